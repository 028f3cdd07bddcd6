"""The nouns for people without a name, and the words around them, of `actor_nouns.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from casus.knowledge import Row, read_table
from casus.model import ActorKind

FILE = "actor_nouns.tsv"
COLUMNS = ("noun", "role", "kind", "local", "communal")
_LONGEST = 3  # words of a noun
_PLURALS = (("ies", "y"), ("men", "man"), ("children", "child"), ("ches", "ch"), ("shes", "sh"), ("s", ""))


class NounRole(StrEnum):
    """What a word of `actor_nouns.tsv` tells; the file's head explains each."""

    NOUN = "noun"
    QUALITY = "quality"
    PART = "part"
    WING = "wing"
    DISSENT = "dissent"
    BACKING = "backing"
    DISGUISE = "disguise"
    CREED = "creed"
    QUANTITY = "quantity"
    ARMED = "armed"


class _Yes(StrEnum):
    YES = "yes"


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A noun for people: their kind, whether of the report's country, whether a people's name may precede."""

    noun: str
    kind: ActorKind
    is_local: bool
    is_communal: bool


@dataclass(frozen=True, slots=True, eq=False)
class ActorWords:
    """The words of the file: nouns by their singular, qualities with their kind, all by role."""

    nouns: Mapping[str, ActorNoun]
    qualities: Mapping[str, ActorKind]
    by_role: Mapping[NounRole, frozenset[str]]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> ActorWords:
        """The words, read once; raises KnowledgeError for a file of a wrong form."""
        return ActorWords.of(read_table(FILE, COLUMNS))

    @staticmethod
    def of(rows: tuple[Row, ...]) -> ActorWords:
        """The words of these rows."""
        nouns: dict[str, ActorNoun] = {}
        qualities: dict[str, ActorKind] = {}
        by_role: dict[NounRole, set[str]] = {role: set() for role in NounRole}
        for row in rows:
            word, role = row.text("noun"), row.choice("role", NounRole)
            if word in by_role[role]:
                raise row.fail(f"{word!r} stands twice with the role {role}; keep one")
            by_role[role].add(word)
            if role is NounRole.NOUN:
                nouns[word] = ActorNoun(
                    word, row.choice("kind", ActorKind), _is_yes(row, "local"), _is_yes(row, "communal")
                )
            elif role is NounRole.QUALITY:
                qualities[word] = row.choice("kind", ActorKind)
        return ActorWords(nouns, qualities, {role: frozenset(words) for role, words in by_role.items()})

    def noun_in(self, words: list[str]) -> tuple[ActorNoun, int] | None:
        """The last noun among words in small letters, and the word that it begins at."""
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - _LONGEST), end):
                found = self.noun(" ".join(words[start:end]))
                if found is not None:
                    return found, start
        return None

    def noun(self, words: str) -> ActorNoun | None:
        """The noun that words in small letters are, in the singular or the plural."""
        return next((self.nouns[form] for form in singulars(words) if form in self.nouns), None)

    def has(self, role: NounRole, text: str) -> bool:
        """True where a text in small letters has a word of a role."""
        return next(self.found(role, text), None) is not None

    def found(self, role: NounRole, text: str) -> Iterator[str]:
        """The words of a role in a text in small letters: in order, the longest at each place."""
        return (match[0] for match in _pattern(self.by_role[role]).finditer(text))


@lru_cache(maxsize=32)
def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")


def singulars(words: str) -> tuple[str, ...]:
    """The forms that words may have in a list of singulars, themselves first."""
    return (words, *(words.removesuffix(end) + one for end, one in _PLURALS if words.endswith(end)))


def _is_yes(row: Row, column: str) -> bool:
    return row.optional(column) is not None and row.choice(column, _Yes) is _Yes.YES
