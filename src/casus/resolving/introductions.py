"""Names that a report introduces with their abbreviation: "National Front (NF)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from casus.knowledge import read_roles
from casus.model import ActorKind, Category
from casus.resolving.actor_records import ActorEntry
from casus.resolving.countries import CountryTable
from casus.resolving.name_index import fold

_LONGEST_NAME = 140
_CONTEXT_BEFORE = 40
_CONTEXT_AFTER = 70
_ABBREVIATION = r"(?:[A-Z]\.){2,}(?:[A-Z]\b)?|[A-Z][A-Za-z0-9]*(?:[-/&.][A-Z0-9][A-Za-z0-9]*)*"
_IN_BRACKETS = re.compile(
    rf"[(\[]\s*(?:the\s+)?[\"“'‘]?(?P<short>{_ABBREVIATION})[\"”'’]?(?:\s*[,;][^()\[\]\n]{{0,40}})?\s*[)\]]"
)
_BEHIND_COMMA = re.compile(
    r",\s+(?:or|(?:(?:also|better|locally) )?known as"
    r"|known by (?:its|the) [\w ]{0,24}?(?:acronym|initials)(?: as)?)"
    rf"\s+(?:the\s+)?(?P<short>{_ABBREVIATION})\b"
)
_NAME_WORD = re.compile(r"[\w&]+(?:['’‑-][\w]+)*['’]?")
_NEXT_WORD = re.compile(r"[ -](\w+)")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
# fmt: off
_CONNECTORS = frozenset({
    "of", "the", "and", "for", "in", "on", "to", "at", "with", "against", "de", "la", "le", "les",
    "del", "los", "das", "da", "do", "du", "des", "el", "al", "et", "y", "e", "und", "für", "zur", "fi",
    "wa", "&",
})
# fmt: on
_BREAKS = frozenset({"and", "to", "with", "at", "on", "against", "in"})  # before "the": another name begins
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNED = frozenset(
    {"people", "peoples", "workers", "lord", "women", "farmers", "peasants", "soldiers", "citizens"}
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A full name, by its half-open offsets, and the abbreviation told beside it."""

    start_char: int
    end_char: int
    abbreviation: str
    is_spelled: bool  # the abbreviation is made of the name's initials


@lru_cache(maxsize=1)
def actor_cues() -> Mapping[str, frozenset[str]]:
    """The words of `actor_cues.tsv` by role."""
    return read_roles("actor_cues.tsv")


def find_abbreviations(text: str) -> tuple[Introduction, ...]:
    """The full names that a text introduces with an abbreviation, in order.

    Known forms: "Full Name (FN)", "Full Name [FN]", "Full Name, or FN," and "Full Name, known as FN".
    The name is the nearest run of words whose initials spell the abbreviation, else all
    the capitalised words before it where one of them heads names of organisations.
    """
    if "(" not in text and "[" not in text and ", or " not in text and "known " not in text:
        return ()
    found = [
        introduction
        for pattern in (_IN_BRACKETS, _BEHIND_COMMA)
        for match in pattern.finditer(text)
        if _is_abbreviation(match["short"])
        and (introduction := _introduction(text, match.start(), match["short"])) is not None
    ]
    return tuple(sorted(found, key=lambda introduction: introduction.start_char))


def _is_abbreviation(short: str) -> bool:
    return len(short) > 1 and (short.isalpha() or sum(char.isupper() for char in short) >= 2)


def _introduction(text: str, end: int, short: str) -> Introduction | None:
    words = _words_before(text, end)
    if not words:
        return None
    name_end = words[-1].start() + len(_POSSESSIVE.sub("", words[-1][0]))
    spelled = _spelled(words, short)
    if spelled is not None:
        return Introduction(spelled.start(), name_end, short, is_spelled=True)
    named = _whole_name(words)
    if named is None or not (_is_acronym(short) or _is_anagram(words[words.index(named) :], short)):
        return None
    return Introduction(named.start(), name_end, short, is_spelled=False)


def _words_before(text: str, end: int) -> list[re.Match[str]]:
    """The capitalised words, with connectors among them, that end right before `end`."""
    start = max(0, end - _LONGEST_NAME)
    words = list(_NAME_WORD.finditer(text, start, end))
    kept: list[re.Match[str]] = []
    edge = end
    for word in reversed(words):
        if not _GAP.fullmatch(text, word.end(), edge) and not _is_quote(text[word.end() : edge]):
            break
        if not word[0][0].isupper() and not word[0][0].isdigit() and word[0] not in _CONNECTORS:
            break
        kept.append(word)
        edge = word.start()
    kept.reverse()
    return kept


def _is_quote(gap: str) -> bool:
    return gap.strip() in ('"', "“", "”", "'", "‘", "’")


def _spelled(words: list[re.Match[str]], short: str) -> re.Match[str] | None:
    """The first word of the nearest run whose initials are those of `short`."""
    wanted = "".join(char for char in fold(short).casefold() if char.isalnum())
    capitals = "".join(char for char in fold(short) if char.isupper()).casefold()
    for first in range(len(words) - 2, -1, -1):
        if words[first][0] in _CONNECTORS:
            continue
        if _initials(words[first:]) & {wanted, capitals}:
            return words[first]
    return None


def _is_acronym(short: str) -> bool:
    return sum(char.isupper() for char in short) >= 2


def _is_anagram(words: list[re.Match[str]], short: str) -> bool:
    """True where `short` has the initials in another order, as the Spanish "Farc" has."""
    return any(sorted(initials) == sorted(short.casefold()) for initials in _initials(words))


def _initials(words: list[re.Match[str]]) -> set[str]:
    every, telling = "", ""
    for word in words:
        parts = [part for part in re.split(r"[-‑]", fold(word[0])) if part]
        letters = "".join(part[0] for part in parts).casefold()
        every += letters
        if word[0] not in _CONNECTORS:
            telling += letters
    return {every, telling}


def _whole_name(words: list[re.Match[str]]) -> re.Match[str] | None:
    heads = actor_cues()["head"]
    first = 0
    for position, word in enumerate(words[:-1]):
        if _POSSESSIVE.search(word[0]) and fold(_POSSESSIVE.sub("", word[0])).casefold() not in _OWNED:
            first = position + 1
        if word[0] in _BREAKS and words[position + 1][0] == "the":
            first = position + 2
    while first < len(words) and (words[first][0] in _CONNECTORS or words[first][0] in ("The", "A", "An")):
        first += 1
    rest = words[first:]
    if len(rest) < 2 or not any(word[0] in heads for word in rest):
        return None
    return rest[0]


def local_entry(text: str, introduction: Introduction) -> ActorEntry | None:
    """What an introduced body that no registry knows is; None for what is no body.

    An armed group where rebels, militants or the like stand beside its name, or where
    the name itself tells it; otherwise an organisation.
    """
    name = " ".join(text[introduction.start_char : introduction.end_char].split())
    cues = actor_cues()
    words = set(re.findall(r"[\w]+(?:[-‑]\w+)*", name))
    around = _words_beside(text, introduction) | _words_after(text, introduction)
    is_beside = not around.isdisjoint(cues["armed context"])
    is_body = bool(words & cues["head"])
    if not is_body and not is_beside:
        return None
    country = _country_in(name)
    if any(word in name for word in cues["state name"]):
        return ActorEntry(None, name, ActorKind.STATE_FORCE, Category.SECURITY_FORCES, country)
    if words & cues["silent name"]:
        return ActorEntry(None, name, ActorKind.ORGANISATION, None, country, can_act=False)
    if (is_beside and not words & cues["civil name"]) or words & cues["armed name"]:
        return ActorEntry(None, name, ActorKind.ARMED_GROUP, Category.MILITANTS, country)
    return ActorEntry(None, name, ActorKind.ORGANISATION, None, country)


def _words_beside(text: str, introduction: Introduction) -> set[str]:
    before = text[max(0, introduction.start_char - _CONTEXT_BEFORE) : introduction.start_char]
    last = introduction.end_char + len(introduction.abbreviation) + _CONTEXT_AFTER
    after = text[introduction.end_char : last]
    before = re.split(r"[.;\n]\s", before)[-1]
    after = re.split(r"[.;\n](?:\s|$)", after, maxsplit=1)[0]
    around = f"{before} {after}".lower()
    return {*re.findall(r"\w+", around), *re.findall(r"armed (?:group|wing|men)", around)}


def _words_after(text: str, introduction: Introduction) -> set[str]:
    """The words right after each use of the abbreviation: "rebels" in "NFD rebels"."""
    ends = (end for _, end in occurrences(text, introduction.abbreviation))
    return {word[1].lower() for end in ends if (word := _NEXT_WORD.match(text, end)) is not None}


def _country_in(name: str) -> str | None:
    codes = {mention.country.code for mention in CountryTable.load().find(name)}
    return codes.pop() if len(codes) == 1 else None


def occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where exactly these words stand in a text, not as a part of longer ones."""
    start = text.find(words)
    while start != -1:
        end = start + len(words)
        if not (start and _is_part(text[start - 1])) and not (end < len(text) and _is_part(text[end])):
            yield start, end
        start = text.find(words, end)


def _is_part(char: str) -> bool:
    return char.isalnum() or char == "_"
