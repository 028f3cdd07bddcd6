"""Groups that a report introduces by saying what they are: "a militia calling itself the Red Hand".

Known forms, with words of `actor_cues.tsv`:

- "a militia calling itself the Red Hand", "an armed group known as Red Hand"
- "the little-known Red Hand Front", "the shadowy Red Hand"
- "the separatist group Red Hand"
- "the Red Hand, a band of separatist guerrillas", "the Red Hand, a militia that raids villages"
- "fighters of the Red Hand Front", "Red Hand Front rebels"
- "the Red Hand Liberation Front", by the words of the name, where something armed stands beside it
- "the government and the Red Hand Front signed a truce", in a report of rebels
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from casus.model import ActorKind, Category
from casus.resolving.actor_records import ActorEntry
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
_TRUCE = re.compile(
    r"\b(?:truces?|cease-?fires?|peace (?:deal|accord|agreement|pact|talks))\b", re.IGNORECASE
)
_CLAUSE_END = (
    r"(?=[,.;:)\n\"”]|[ \n]+(?:that|which|whose|who|of|in|from|based|active|led|linked|allied|loyal)\b)"
)
_LEADING = re.compile(
    r"(?:The|At least|About|Some|[0-9]+|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)[ \n]+"
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
    is_armed = not _words(text).isdisjoint(actor_cues()["armed context"])
    tells_of_truce = is_armed and _TRUCE.search(text) is not None
    for form in _forms():
        if form.sign is _Sign.TRUCE and not tells_of_truce:
            continue
        for match in form.pattern.finditer(text):
            around = match[0] if form.sign is _Sign.OWN else _around(text, match.start(), match.end())
            first = match.start("name")
            if form.after_place and _PLACED.search(text, max(0, first - 20), first):
                continue
            if form.sign is _Sign.TRUCE and not (is_armed and _TRUCE.search(around)):
                continue
            if form.by_name and not _is_groups(match["name"]):
                continue
            if form.sign is not _Sign.AROUND or _tells_armed(around):
                yield *match.span("name"), around


def _is_groups(name: str) -> bool:
    """True for a name built as those of organised groups are, and not of offices or firms."""
    words, cues = {*re.findall(r"[\w‑-]+", name)}, actor_cues()
    if len(words) < 2 or words & (cues["civil name"] | cues["state name"] | cues["silent name"]):
        return False
    return bool(words & cues["head"]) and "Party" not in words


def _around(text: str, start: int, end: int) -> str:
    before = re.split(r"[.;!?]\s|\n\n", text[max(0, start - _CONTEXT) : start])[-1]
    after = re.split(r"[.;!?](?:\s|$)|\n\n", text[end : end + _CONTEXT], maxsplit=1)[0]
    return f"{before}{text[start:end]}{after}"


def _tells_armed(around: str) -> bool:
    cues = actor_cues()
    return not _words(around).isdisjoint(cues["armed context"] | cues["armed quality"] | cues["armed deed"])


def _words(text: str) -> set[str]:
    return {*re.findall(r"[\w‑-]+", text), *re.findall(r"[\w‑-]+", text.lower())}


class _Sign(Enum):
    """What tells that a group is armed: the form itself, the words around it, a truce with a government."""

    OWN = "own"
    AROUND = "around"
    TRUCE = "truce"


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of words that gives a group's name; `by_name` asks for a name built as theirs are."""

    pattern: re.Pattern[str]
    sign: _Sign
    after_place: bool = True  # a preposition before the name makes it a place
    by_name: bool = False


@lru_cache(maxsize=1)
def _forms() -> tuple[_Form, ...]:
    cues = actor_cues()
    group = rf"(?:{_any(cues['group'])})"
    armed = rf"(?:{_any(cues['armed quality'])})"
    naming = rf"(?:{_any(cues['naming'])})"
    unknown = rf"(?:{_any(cues['unknown'])})"
    band = rf"(?:{_any(cues['band'])})"
    bearers = rf"(?:{_any(cues['bearers'])})"
    noun = rf"{_SMALL}{{0,4}}(?:{_WORD}[ \n]+)?{_SMALL}{{0,2}}"
    article = r"(?:an?|the|another)"

    def form(pattern: str, sign: _Sign, *, after_place: bool = True, by_name: bool = False) -> _Form:
        return _Form(re.compile(pattern), sign, after_place, by_name)

    return (
        form(rf"\b{group}[ \n]+{naming}[ \n]+{_ARTICLE}{_QUOTE}{_NAME}", _Sign.AROUND),
        form(rf"\b{unknown}[ \n]+(?:{_SMALL}{{0,2}}{group}[ \n]+)?{_QUOTE}{_NAME}", _Sign.AROUND),
        form(rf"\b{armed}[ \n]+{_SMALL}?{group}[ \n]+{_QUOTE}{_NAME}", _Sign.OWN),
        form(rf"\b{_NAME},[ \n]+{article}[ \n]+{noun}{armed}[ \n]+{_SMALL}?{group}\b", _Sign.OWN),
        form(rf"\b{_NAME},[ \n]+{article}[ \n]+{noun}{group}[ \n]+of[ \n]+{noun}{armed}s\b", _Sign.OWN),
        form(
            rf"\b{_NAME},[ \n]+(?:an?|another)[ \n]+{noun}{band}{_CLAUSE_END}",
            _Sign.AROUND,
            after_place=False,
        ),
        form(
            rf"\b(?i:{bearers})[ \n]+(?:of|from)[ \n]+the[ \n]+{_NAME}",
            _Sign.OWN,
            after_place=False,
            by_name=True,
        ),
        form(rf"\b{_NAME}[ \n]+{bearers}\b", _Sign.OWN, after_place=False, by_name=True),
        form(rf"\bgovernment[ \n]+and[ \n]+the[ \n]+{_NAME}", _Sign.TRUCE, after_place=False, by_name=True),
        form(rf"\b{_NAME}[ \n]+and[ \n]+the[ \n]+government\b", _Sign.TRUCE, after_place=False, by_name=True),
    )


def _any(words: frozenset[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n]+") for word in longest)


def _is_name(name: str) -> bool:
    """False for a country, a people, a date, or words that only begin a sentence."""
    first = name.partition(" ")[0]
    if first in actor_cues()["opener"] or name.isdigit() or name in actor_cues()["state name"]:
        return False
    if CountryTable.load().by_name(name) is not None or CountryTable.load().by_demonym(name) is not None:
        return False
    return len(name) > 2


def _entry(name: str, around: str) -> ActorEntry:
    words = set(re.findall(r"\w+", around.lower()))
    kind = next((kind for word, kind in _KINDS.items() if word in words), ActorKind.ARMED_GROUP)
    return ActorEntry(None, name, kind, Category.MILITANTS)
