"""How two reported events compare, and what speaks for their being one event.

Each aspect of a pair (when, where, who, how many, in which words …) falls into one of a
few levels.  A level has a weight: the logarithm (base 2) of how much oftener it is seen in
pairs of accounts of one event than in others, after Fellegi and Sunter (1969).  The sum of
the weights is the evidence.  Where an aspect is missing on either side, it weighs nothing.
The weights stand in `knowledge/link_weights.tsv`, made by `benchmarks/tune_linking.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casus.casebook.features import Features
from casus.knowledge import read_table
from casus.model import EventType
from casus.resolving.places.geodesy import distance_km

UNKNOWN = "unknown"
_COLUMNS = ("aspect", "level", "weight", "pairs")
SAME_KM, NEAR_KM, REGION_KM = 6.0, 30.0, 120.0
LOCAL = 3  # precision codes up to here are of a place, not of a region
SAME_PLACE_CODE = 2
MANY = 5
NEAR_RATIO = 0.75
GROWN_RATIO = 0.3
FEW, SOME, MOST = 0.06, 0.13, 0.25

_T = EventType
AKIN = (
    frozenset({_T.ATTACK, _T.KILLING, _T.ARMED_CLASH, _T.BOMBING, _T.ABDUCTION, _T.DESTRUCTION}),
    frozenset({_T.SHELLING, _T.AIR_STRIKE, _T.BOMBING, _T.ATTACK, _T.KILLING, _T.DESTRUCTION}),
    frozenset({_T.PROTEST, _T.RIOT, _T.DESTRUCTION}),
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """One aspect of a pair: its level, and the weight of that."""

    name: str
    level: str
    weight: float


def levels_of(one: Features, other: Features) -> dict[str, str]:
    """The level of each aspect of a pair; the order of the two makes no difference."""
    return {
        "date": _date(one, other),
        "place": _place(one, other),
        "perpetrators": _perpetrators(one, other),
        "targets": _targets(one, other),
        "type": _type(one, other),
        "killed": _figures(one, other, one.killed, other.killed),
        "injured": _figures(one, other, one.injured, other.injured),
        "weapon": _overlap(one.weapons, other.weapons),
        "names": _names(one, other),
        "words": _words(one, other),
    }


def compare(one: Features, other: Features) -> tuple[Aspect, ...]:
    """What speaks for and against a pair's being one event."""
    weights = load_weights()
    return tuple(
        Aspect(name, level, weights.get((name, level), 0.0)) for name, level in levels_of(one, other).items()
    )


def weight_of(one: Features, other: Features) -> float:
    """The sum of the evidence that a pair is one event; above 0 it rather is."""
    weights = load_weights()
    total = weights["all", "prior"]
    for aspect in levels_of(one, other).items():
        total += weights.get(aspect, 0.0)
    return total


@lru_cache(maxsize=1)
def load_weights() -> Mapping[tuple[str, str], float]:
    """The weights by aspect and level; raises KnowledgeError for a file of a wrong form."""
    rows = read_table("link_weights.tsv", _COLUMNS)
    return {(row.text("aspect"), row.text("level")): float(row.text("weight")) for row in rows}


def _date(one: Features, other: Features) -> str:
    if not (one.is_dated and other.is_dated):
        return UNKNOWN
    gap = gap_days(one, other)
    if one.is_day and other.is_day:
        if gap == 0:
            return "same"
        return "next" if gap == 1 else "near" if gap <= 3 else "week" if gap <= 7 else "far"
    return "within" if gap == 0 else "aside" if gap <= 7 else "far"


def gap_days(one: Features, other: Features) -> int:
    """Whole days between the times of two dated accounts; 0 where they overlap."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return 0
    return max(0, (other.first - one.last).days, (one.first - other.last).days)


def _place(one: Features, other: Features) -> str:
    if one.country and other.country and one.country != other.country:
        return "abroad"
    is_local = _is_local(one) and _is_local(other)
    if one.place is not None and one.place == other.place:
        return "same" if is_local else "same area"
    if is_local:
        if one.geonames_id is not None and one.geonames_id == other.geonames_id:
            return "same"
        return _by_distance(one, other)
    if _is_inside(one, other) or _is_inside(other, one):
        return "inside"
    if one.adm1 and other.adm1 and one.adm1 != other.adm1:
        return "far"
    return UNKNOWN


def _by_distance(one: Features, other: Features) -> str:
    if one.point is None or other.point is None:
        return UNKNOWN
    apart = distance_km(*one.point, *other.point)
    is_exact = max(one.precision_code or 0, other.precision_code or 0) <= SAME_PLACE_CODE
    if apart <= SAME_KM:
        return "same" if is_exact else "inside"
    if not is_exact and one.adm2 and one.adm2 == other.adm2:
        return "inside"
    return "near" if apart <= NEAR_KM else "region" if apart <= REGION_KM else "far"


def _is_local(features: Features) -> bool:
    return features.precision_code is not None and features.precision_code <= LOCAL


def _is_inside(inner: Features, outer: Features) -> bool:
    """Whether one account names a unit in which the other's place lies."""
    if outer.place is None:
        return False
    return outer.place in (inner.adm1, inner.adm2)


def _perpetrators(one: Features, other: Features) -> str:
    if not one.perpetrators or not other.perpetrators:
        return UNKNOWN
    if one.perpetrators & other.perpetrators:
        return "same"
    are_named = all(any(name.startswith("#") for name in features.perpetrators) for features in (one, other))
    if are_named:
        return "different"
    return "akin" if _share_words(one.perpetrators, other.perpetrators) else UNKNOWN


def _targets(one: Features, other: Features) -> str:
    if not one.targets or not other.targets:
        return UNKNOWN
    if one.targets & other.targets:
        return "same"
    return "akin" if _share_words(one.targets, other.targets) else "different"


def _share_words(names: frozenset[str], others: frozenset[str]) -> bool:
    words, other_words = (
        {word for name in group for word in name.lstrip("#").replace("-", " ").split()}
        for group in (names, others)
    )
    return not words.isdisjoint(other_words)


def _type(one: Features, other: Features) -> str:
    if one.event_type is other.event_type:
        return "same"
    if EventType.OTHER in (one.event_type, other.event_type):
        return UNKNOWN
    is_akin = any(one.event_type in akin and other.event_type in akin for akin in AKIN)
    return "akin" if is_akin else "different"


def _figures(
    one: Features, other: Features, figures: tuple[int, int] | None, others: tuple[int, int] | None
) -> str:
    if figures is None or others is None:
        return UNKNOWN
    (low, high), (other_low, other_high) = figures, others
    size = max(high, other_high)
    if low <= other_high and other_low <= high:
        return "same many" if size >= MANY else "same few"
    ratio = min(high, other_high) / max(low, other_low, 1)
    if ratio >= NEAR_RATIO:
        return "near"
    is_grown = one.published and other.published and (one.published < other.published) == (high < other_low)
    if is_grown and one.published != other.published and ratio >= GROWN_RATIO:
        return "grown"
    return "apart" if size >= MANY else "apart few"


def _overlap(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return UNKNOWN
    return "different" if one.isdisjoint(other) else "same"


def _names(one: Features, other: Features) -> str:
    if not one.names or not other.names:
        return UNKNOWN
    shared = len(one.names & other.names)
    return "none" if shared == 0 else "one" if shared == 1 else "two" if shared == 2 else "more"


def _words(one: Features, other: Features) -> str:
    union = len(one.words | other.words)
    if not one.words or not other.words:
        return UNKNOWN
    share = len(one.words & other.words) / union
    return "few" if share < FEW else "some" if share < SOME else "many" if share < MOST else "most"
