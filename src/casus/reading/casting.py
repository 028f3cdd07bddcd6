"""How a report names the actors that it tells of: by full name, in its own words, or by "the rebels"."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casus.knowledge import read_roles
from casus.model import GROUP_KINDS, STATE_KINDS
from casus.reading.marks import ActorMark
from casus.reading.names import is_title
from casus.reading.naming import is_place_noun
from casus.reading.parsing import Sentence
from casus.resolving.actors import ActorEntry, ActorMention, ActorRegistry
from casus.resolving.countries import CountryTable

_DEFINITE = frozenset({"the", "these", "those", "its", "their"})
_OTHER_GROUP = re.compile(
    r"\b(?:research|rights|aid|monitoring|advocacy|relief|medical|charity|lobby|campaign|watchdog|society"
    r"|opposition|pro-democracy|media|church) (?:group|organi[sz]ation)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.6  # of the mentions of groups, where several are named and none just before
_NEAR = 400  # characters back to the group that "the rebels" may mean


@functools.cache
def party_words() -> Mapping[str, frozenset[str]]:
    """The words of `party_words.tsv` by role; the file's head says what each role is."""
    return read_roles("party_words.tsv")


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """The actors of a report in the order of the text, and the name that it uses for each."""

    mentions: tuple[ActorMention, ...]
    groups: tuple[ActorMention, ...]  # the mentions of armed groups, militias and gangs
    has_other_group: bool  # the report tells of a rights group or the like
    names: Mapping[str, str]  # by registry id, where the registry's own name isn't in the text
    registry: ActorRegistry

    @classmethod
    def of(cls, text: str, mentions: Sequence[ActorMention], registry: ActorRegistry) -> Cast:
        """The cast of a report's text, whose mentions the registry found."""
        ordered = tuple(sorted(mentions, key=lambda mention: mention.start_char))
        groups = tuple(mention for mention in ordered if mention.entry.kind in GROUP_KINDS)
        names = _own_names(text, ordered, registry)
        return cls(ordered, groups, _OTHER_GROUP.search(text) is not None, names, registry)

    def marks(self, sentence: Sentence) -> dict[int, ActorMark]:
        """The actors of one sentence, by each token of their names."""
        first, last = sentence.chars(0, len(sentence.doc))
        found: dict[int, ActorMark] = {}
        for mention in self.mentions:
            if not first <= mention.start_char < last:
                continue
            tokens = sentence.tokens_in(mention.start_char, mention.end_char)
            if tokens is None or _is_rank(sentence, *tokens):
                continue
            if not _is_place_name(sentence, *tokens):
                found.update(dict.fromkeys(range(*tokens), self._mark(*tokens, mention.entry)))
        for i in range(len(sentence.words)):
            entry = self._meant(sentence, i) if i not in found else None
            if entry is not None:
                found[i] = self._mark(i, i + 1, entry)
        return found

    def _mark(self, start: int, end: int, entry: ActorEntry) -> ActorMark:
        name = self.names.get(entry.id or "", entry.name)
        return ActorMark(
            start,
            end,
            name,
            entry.id,
            entry.kind,
            entry.country_code,
            entry.category,
            entry.can_act,
            None if entry.can_act else self._owner(entry),
        )

    def _owner(self, entry: ActorEntry) -> str | None:
        """The name of the group whose mouthpiece a body is."""
        owner = self.registry.by_id(entry.parent_id) if entry.parent_id is not None else None
        return self.names.get(owner.id, owner.entry.name) if owner is not None else None

    def _meant(self, sentence: Sentence, i: int) -> ActorEntry | None:
        """The actor that a noun refers back to: "the coalition", "the rebels", "the Front"."""
        word, words = sentence.words[i], party_words()
        after = sentence.words[i + 1] if i + 1 < len(sentence.words) else ""
        if after == "of" or not _is_definite(sentence, i):
            return None
        if word in words["short"]:
            return self._shortened(sentence, i, self.mentions)
        if word in words["named body"]:
            return self._shortened(sentence, i, self.groups)
        if word == "group" and self.has_other_group:
            return None
        if word in words["body"]:
            return self._shortened(sentence, i, self.groups) or self._antecedent(sentence, i)
        if word in words["fighters"]:
            return self._antecedent(sentence, i)
        return None

    def _shortened(self, sentence: Sentence, i: int, mentions: Sequence[ActorMention]) -> ActorEntry | None:
        """The only actor with that word in a name of its: "the Front" for the National Front."""
        word = sentence.words[i]
        meant = {m.entry for m in mentions if word in m.alias.lower().split()}
        return meant.pop() if len(meant) == 1 else None

    def _antecedent(self, sentence: Sentence, i: int) -> ActorEntry | None:
        """The armed group that a noun for its people means.

        The only one, or that of the country before the noun; of several the one named just
        before this sentence, else the one that most of the report is about.
        """
        candidates = self.groups
        people = sentence.words[i - 1] if i else ""
        country = CountryTable.load().by_demonym(people)
        if country is not None:
            candidates = tuple(m for m in self.groups if m.entry.country_code == country.code)
        entries = Counter(m.entry for m in candidates)
        if len(entries) < 2:
            return next(iter(entries), None)
        start, _ = sentence.chars(i, i + 1)
        first, _ = sentence.chars(0, 1)
        last = bisect_left([m.start_char for m in candidates], first) - 1
        if last < 0:
            last = bisect_left([m.start_char for m in candidates], start) - 1
        if last >= 0 and start - candidates[last].start_char <= _NEAR:
            return candidates[last].entry
        [(main, times)] = entries.most_common(1)
        return main if times >= _MOSTLY * entries.total() else None


def _is_definite(sentence: Sentence, i: int) -> bool:
    """True for "the rebels", "the Somali militants", "rebel positions" and a headline's bare "rebels"."""
    word, words = sentence.words[i], sentence.words
    before = words[i - 1] if i else ""
    if word in party_words()["modifier"] or before in _DEFINITE:
        return True
    if before == "same" and i >= 2 and words[i - 2] == "the":
        return True
    if sentence.is_title and before not in ("a", "an", "another") and sentence.doc[i].dep_ != "compound":
        return not any(left.dep_ in ("amod", "compound", "nummod") for left in sentence.doc[i].lefts)
    if i >= 2 and words[i - 2] in _DEFINITE and word in party_words()["fighters"]:
        return CountryTable.load().by_demonym(before) is not None or before in party_words()["quality"]
    return False


def _own_names(text: str, mentions: Sequence[ActorMention], registry: ActorRegistry) -> dict[str, str]:
    """By registry id, the report's own words for an actor.

    The full name with its abbreviation where the report introduces it so; else its first
    words for an actor whose registered name isn't in the text.
    """
    names = _introduced_names(text, mentions)
    lower = text.lower()
    for mention in mentions:
        entry = mention.entry
        is_composed = entry.kind in STATE_KINDS and not _is_own_name(mention, registry)
        if entry.id is None or entry.id in names or is_composed:
            continue
        if entry.name.lower() not in lower:
            words = text[mention.start_char : mention.end_char]
            names[entry.id] = words.removeprefix("the ").removeprefix("The ")
    return names


def _introduced_names(text: str, mentions: Sequence[ActorMention]) -> dict[str, str]:
    """By registry id, names like "National Liberation Army (ELN)", as the report gives them."""
    names: dict[str, str] = {}
    for full, short in itertools.pairwise(mentions):
        entry, between = full.entry, text[full.end_char : short.start_char]
        if (
            entry.id is None
            or entry != short.entry
            or between.strip() not in ("(", "[")
            or not full.alias[:1].isupper()
        ):
            continue
        if short.alias.isupper() and text[short.end_char : short.end_char + 1] in (")", "]"):
            name = " ".join(text[full.start_char : full.end_char].removeprefix("the ").split())
            names.setdefault(entry.id, f"{name} ({short.alias})")
    return names


def _is_own_name(mention: ActorMention, registry: ActorRegistry) -> bool:
    """True for "CRPF" and "Ertzaintza", False for "the army" and other words that many forces share."""
    known = registry.by_id(mention.entry.id or "")
    return known is not None and mention.alias in known.aliases and mention.alias[:1].isupper()


def _is_rank(sentence: Sentence, start: int, end: int) -> bool:
    """True where a group's initials are an officer's rank: "SSP Omar Aziz"."""
    doc = sentence.doc
    if end - start > 1 or end == len(doc) or not doc[start].text.isupper():
        return False
    return is_title(doc[start]) and doc[end].pos_ == "PROPN"


def _is_place_name(sentence: Sentence, start: int, end: int) -> bool:
    """True where a name that a group bears too is a place here: "at Shabiha, a village"."""
    words = sentence.words
    after = words[end : end + 4]
    return (
        start > 0
        and words[start - 1] in ("in", "at", "near")
        and len(after) > 2
        and after[0] == ","
        and any(is_place_noun(word) for word in after[1:])
    )
