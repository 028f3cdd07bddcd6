"""Groups that a report introduces by saying what they are: "a militia calling itself the Red Hand".

Known forms, with words of `actor_cues.tsv`:

- "a militia calling itself the Red Hand", "an armed group known as Red Hand"
- "the little-known Red Hand Front", "the shadowy Red Hand"
- "the separatist group Red Hand"
- "the Red Hand, a band of separatist guerrillas"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casus.model import Category
from casus.resolving.actor_records import ActorEntry, ActorKind
from casus.resolving.countries import CountryTable
from casus.resolving.introductions import actor_cues

_WORD = r"[A-Z0-9][\w’'‑-]*"
_LINK = r"(?:of|the|for|de|la|del|los|al|el|du|des|ul|e|i|-)"
_NAME = rf"(?P<name>{_WORD}(?:[ \n]+(?:{_LINK}[ \n]+){{0,2}}(?={_WORD}){_WORD})*)"
_ARTICLE = r"(?:[Tt]he[ \n]+)?"
_QUOTE = r"[\"“'‘]?"
_SMALL = r"(?:(?!(?:of|in|at|on|for|to|by|from|with|has|had|is|was|who|that|which)\b)[a-z][\w’'‑-]*[ \n]+)"
_KINDS = {"gang": ActorKind.GANG, "cartel": ActorKind.GANG, "militia": ActorKind.MILITIA}
_CONTEXT = 90
_LEADING = re.compile(
    r"The[ \n]+"
    r"|(?:Fighters|Members|Rebels|Militants|Gunmen|Soldiers|Men)[ \n]+(?:of|from)[ \n]+(?:the[ \n]+)?"
)
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|on|over|through|across|around|of|like|and)[ \n]+(?:the[ \n]+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DescribedName:
    """A name, by its half-open offsets, and who the report says bears it."""

    start_char: int
    end_char: int
    entry: ActorEntry


def find_described(text: str) -> tuple[DescribedName, ...]:
    """The groups that a text introduces by what they are, in order, each once."""
    found: dict[str, DescribedName] = {}
    for first, end, around in _candidates(text):
        leading = _LEADING.match(text, first, end)
        start = leading.end() if leading is not None else first
        name = " ".join(text[start:end].split())
        if _is_name(name):
            found.setdefault(name, DescribedName(start, end, _entry(name, around)))
    return tuple(sorted(found.values(), key=lambda one: one.start_char))


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """The spans of possible names, with the words that describe them."""
    for pattern, is_armed in _patterns():
        for match in pattern.finditer(text):
            around = match[0] if is_armed else _around(text, match.start(), match.end())
            if _PLACED.search(text, max(0, match.start("name") - 20), match.start("name")):
                continue
            if is_armed or _tells_armed(around):
                yield *match.span("name"), around


def _around(text: str, start: int, end: int) -> str:
    before = re.split(r"[.;!?]\s|\n\n", text[max(0, start - _CONTEXT) : start])[-1]
    after = re.split(r"[.;!?](?:\s|$)|\n\n", text[end : end + _CONTEXT], maxsplit=1)[0]
    return f"{before}{text[start:end]}{after}"


def _tells_armed(around: str) -> bool:
    cues = actor_cues()
    words = {*re.findall(r"[\w‑-]+", around), *re.findall(r"[\w‑-]+", around.lower())}
    return not words.isdisjoint(cues["armed context"] | cues["armed quality"] | cues["armed deed"])


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns, each with whether it alone tells that the group is armed."""
    cues = actor_cues()
    group = rf"(?:{_any(cues['group'])})"
    armed = rf"(?:{_any(cues['armed quality'])})"
    naming = rf"(?:{_any(cues['naming'])})"
    unknown = rf"(?:{_any(cues['unknown'])})"
    noun = rf"{_SMALL}{{0,4}}(?:{_WORD}[ \n]+)?{_SMALL}{{0,2}}"
    return (
        (re.compile(rf"\b{group}[ \n]+{naming}[ \n]+{_ARTICLE}{_QUOTE}{_NAME}"), False),
        (re.compile(rf"\b{unknown}[ \n]+(?:{_SMALL}{{0,2}}{group}[ \n]+)?{_QUOTE}{_NAME}"), False),
        (re.compile(rf"\b{armed}[ \n]+{_SMALL}?{group}[ \n]+{_QUOTE}{_NAME}"), True),
        (re.compile(rf"\b{_NAME},[ \n]+(?:an?|the)[ \n]+{noun}{armed}[ \n]+{_SMALL}?{group}\b"), True),
        (re.compile(rf"\b{_NAME},[ \n]+(?:an?|the)[ \n]+{noun}{group}[ \n]+of[ \n]+{noun}{armed}s\b"), True),
    )


def _any(words: frozenset[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n]+") for word in longest)


def _is_name(name: str) -> bool:
    """False for a country, a people, a date, or words that only begin a sentence."""
    first = name.partition(" ")[0]
    if first in actor_cues()["opener"] or name.isdigit():
        return False
    if CountryTable.load().by_name(name) is not None or CountryTable.load().by_demonym(name) is not None:
        return False
    return len(name) > 2


def _entry(name: str, around: str) -> ActorEntry:
    words = set(re.findall(r"\w+", around.lower()))
    kind = next((kind for word, kind in _KINDS.items() if word in words), ActorKind.ARMED_GROUP)
    return ActorEntry(None, name, kind, Category.MILITANTS)
