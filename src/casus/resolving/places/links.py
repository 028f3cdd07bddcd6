"""Which place the text puts inside which: "X, Y", "X in Y province", "X, a town in Y", "Y's X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casus.resolving.gazetteer import EntryKind
from casus.resolving.places import vocabulary
from casus.resolving.places.cues import Cue
from casus.resolving.places.records import PlaceRelation
from casus.resolving.places.spotting import Spot

_NOUNS = (
    "town|city|village|capital|hamlet|suburb|suburbs|neighbou?rhood|quarter|district|sub-?district|province|region"
    "|state|port|headquarters|centre|center|stronghold|settlement|area|camp|base|municipality|county|township"
    "|outskirts|part|parts|seat|hometown|community|enclave|island|locality|commune"
)
_ADJECTIVES = rf"(?:(?:{'|'.join(sorted(vocabulary.DIRECTION_ADJECTIVES | vocabulary.EPITHETS))})\s+)*"
_IN = re.compile(
    rf"^,?\s*(?:(?:which|that)\s+(?:is|lies)\s+)?(?:deep\s+|high\s+|situated\s+|located\s+|both\s+|also\s+|all\s+)?"
    rf"(?:in|of|inside|within)\s*(?:the\s+)?{_ADJECTIVES}(?:(?:{_NOUNS})\s+(?:of\s+)?)?(?:the\s+)?$",
    re.IGNORECASE,
)
_COMMA = re.compile(rf"^\s*,\s*(?:the\s+)?{_ADJECTIVES}$", re.IGNORECASE)
_APPOSITION = re.compile(
    rf"^(?:['’]s\s+\w+)?\s*[,(–—-]\s*(?:which\s+is\s+|now\s+)?(?:a|an|the|its|another)\s+[^,.;:()]{{0,60}}?\b(?:{_NOUNS})\b"
    rf"(?:\s+[\w-]+){{0,8}}?\s+(?:in|of|inside)\s+(?:the\s+)?{_ADJECTIVES}$",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"^\s*,\s*(?:which\s+(?:is|lies)\s+)?(?:about|some|around|just|roughly|nearly|\d|on|near|north|south|east|west)"
    rf"[^.;:()]{{0,80}}\b(?:in|(?:{_NOUNS})\s+of)\s+(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"^\s*[,(–—]?\s*(?:among\s+them|including|such\s+as|namely|notably|especially)\s+(?:the\s+)?(?:\w+\s+of\s+)?"
    r"(?:[\w’'-]+(?:\s+[\w’'-]+)?(?:,\s+|\s+and\s+))*$",
    re.IGNORECASE,
)
_NARROWING = re.compile(
    rf"^\s*,?\s*(?:at|in|near|around)\s+(?:the\s+)?(?:(?:{_NOUNS})s?\s+of\s+)?$", re.IGNORECASE
)
_POSSESSIVE = re.compile(rf"^['’]s\s+(?:[\w-]+\s+){{0,4}}?(?:(?:{_NOUNS})s?\s+(?:of\s+)?)?$", re.IGNORECASE)
_ADJECTIVAL = re.compile(rf"^\s+{_ADJECTIVES}(?:(?:{_NOUNS})s?\s+(?:of\s+)?)?$", re.IGNORECASE)
_AND = re.compile(
    r"^\s*(?:,\s*)?(?:(?:and|or|&)\s+(?:(?:at|in|near)\s+)?|,\s*)(?:the\s+)?(?:(?:villages?|towns?|city)\s+of\s+)?$",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"^\s?[-–—/]\s?$")
_BESIDE = re.compile(r"^\s*(?:,|\(|which|that|lies|is)[^.;:()]{0,50}$", re.IGNORECASE)
_SLOW = re.compile(
    r"\b(?:said|says|was|were|killed|who|whose|when|where|after|but|while|told|has|had"
    r"|(?:that|which)(?!\s+(?:is|lies|sits|stands)\b))\b"
)
_LISTED = re.compile(r"^\s*(?:,|,?\s+and|,?\s+or|;)\s*$", re.IGNORECASE)
_TO = re.compile(r"^\s+(?:to|and|with)\s+(?:the\s+)?$", re.IGNORECASE)
_LEADING = re.compile(
    r"\b(?:road|highway|route|motorway|railway|line|track|axis)\s+(?:that\s+)?(?:running\s+|leading\s+|which\s+)?"
    r"(?:from|linking|links|connecting|connects|joining|between)\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
    re.IGNORECASE,
)
_ROAD_LOOK_BACK = 60
_LONGEST_GAP = 110
_SHORTEST_LIST = 3


@dataclass(frozen=True, slots=True)
class Link:
    """The text puts spot `inner` inside spot `outer` (indices).

    A weak link may be a mere list; an example is one of "Y, among them X".
    """

    inner: int
    outer: int
    is_weak: bool = False
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Containments, and pairs of spots.

    `siblings` stand in one list ("A, B and C"); of `nearby` the second is what the
    first is measured from ("X, a town 12 km west of Y").
    """

    containments: tuple[Link, ...]
    siblings: tuple[tuple[int, int], ...]
    nearby: tuple[tuple[int, int], ...]


def link(text: str, spots: Sequence[Spot], cues: Sequence[Cue]) -> Links:
    """The links between neighbouring spots."""
    containments: list[Link] = []
    siblings: list[tuple[int, int]] = []
    nearby: list[tuple[int, int]] = []
    listed = _listed_units(text, spots)
    for one in range(len(spots) - 1):
        other = one + 1
        if one in listed and other in listed:
            siblings.append((one, other))
            continue
        start, end = cues[one].phrase_end, spots[other].start_char
        is_part = cues[other].relation is PlaceRelation.PART
        gap = text[start : cues[other].phrase_start if is_part else end]
        if len(gap) > _LONGEST_GAP or "\n\n" in gap:
            continue
        if cues[other].relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET):
            before = text[start : cues[other].phrase_start]
            if _BESIDE.match(before) and not _SLOW.search(before):
                nearby.append((one, other))
            continue
        found = None if cues[one].relation is PlaceRelation.BORDER else _containment(gap, spots, one)
        if is_part and (found is None or found.is_weak):
            found = _containment(text[start:end], spots, one) or found
        if found is not None:
            containments.append(found)
        if found is None or found.is_weak:
            is_pair = _AND.match(gap) or _HYPHEN.match(gap) or leads_along(text, spots[one].start_char, gap)
            siblings += [(one, other)] if is_pair else []
    return Links(_through_modifiers(containments), tuple(siblings), tuple(nearby))


def leads_along(text: str, start_char: int, gap: str) -> bool:
    """Whether a road leads from the name at an offset to the next: "the highway linking A to B"."""
    before = text[max(0, start_char - _ROAD_LOOK_BACK) : start_char]
    return _TO.match(gap) is not None and _LEADING.search(before) is not None


def _listed_units(text: str, spots: Sequence[Spot]) -> frozenset[int]:
    """The spots in lists of three and more states or countries: "Louisiana, Missouri, Montana"."""
    listed: set[int] = set()
    run = [0]
    for at in range(1, len(spots) + 1):
        is_next = (
            at < len(spots)
            and _LISTED.match(text[spots[at - 1].end_char : spots[at].start_char])
            and _may_be_state(spots[at - 1])
            and _may_be_state(spots[at])
        )
        if is_next:
            run.append(at)
            continue
        listed.update(run if len(run) >= _SHORTEST_LIST else ())
        run = [at]
    return frozenset(listed)


def _may_be_state(spot: Spot) -> bool:
    """Whether a name is a country's or a first-order unit's."""
    return spot.country is not None or any(match.entry.kind is EntryKind.ADM1 for match in spot.matches)


def _containment(gap: str, spots: Sequence[Spot], one: int) -> Link | None:
    """Which of two neighbours the words between them put in the other."""
    first, second = spots[one], spots[one + 1]
    if first.is_demonym:
        return Link(one + 1, one) if _ADJECTIVAL.match(gap) else None
    if _POSSESSIVE.match(gap):
        return Link(one + 1, one)
    if _IN.match(gap):
        return Link(one, one + 1)
    if _COMMA.match(gap):
        return Link(one, one + 1, is_weak=True)
    if _AMONG.match(gap):
        return Link(one + 1, one, is_example=True)
    if _NARROWING.match(gap) and _may_hold(first) and not _may_hold(second):
        return Link(one + 1, one)
    if not _SLOW.search(gap) and (_APPOSITION.match(gap) or _OFFSET.match(gap)):
        return Link(one, one + 1)
    return None


def _may_hold(spot: Spot) -> bool:
    """Whether a name may be that of a country, a unit or a region."""
    return spot.country is not None or any(
        match.entry.kind is not EntryKind.SETTLEMENT for match in spot.matches
    )


def _through_modifiers(containments: list[Link]) -> tuple[Link, ...]:
    """The containments, and what follows: with "X in Sudan's Y" that X lies in Y."""
    holder_of = {link.inner: link.outer for link in containments}
    inner_of = {link.outer: link.inner for link in containments if link.inner == link.outer + 1}
    extended = list(containments)
    for found in containments:
        modified = inner_of.get(found.outer)
        if found.outer == found.inner + 1 and modified is not None and modified != found.inner:
            extended.append(Link(found.inner, modified, found.is_weak))
        if found.is_example and holder_of.get(found.outer - 1) == found.outer:
            extended.append(Link(found.inner, found.outer - 1))
        beyond = holder_of.get(found.outer)
        if beyond is not None and beyond != found.inner:
            extended.append(Link(found.inner, beyond, found.is_weak))
    return tuple(dict.fromkeys(extended))
