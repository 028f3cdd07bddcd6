"""Which events of the casebook are which of a reference data set, and where the two differ.

Two events can be one where their days are at most two apart and they lie in one country, no
farther apart than the precision of both places allows; without places below the country they
need an actor in common.  How well they agree is a weighted mean: day (7), place (7), actors
(4), type (2); what is not known of one side counts half.  Pairs are taken from the best down,
each event once.
docs/comparing.md has the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from casus.casebook.features import folded_name
from casus.casebook.records import Event
from casus.casebook.reference import ReferenceEvent, ReferenceFormat, ReferenceSet, Violence
from casus.casebook.tolls import total_of
from casus.model import STATE_KINDS, ActorKind, EventType, Harm
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.places.geodesy import distance_km

LEAST_SCORE = 0.6
_MOST_DAYS = 2
_LONGEST_WINDOW = 400
_WEIGHTS = {"day": 7.0, "place": 7.0, "actors": 4.0, "type": 2.0}
# How far a place may be off, in km, by UCDP's where_prec; a country has no limit.
_REACH_KM = {1: 10.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 75.0, 7: 300.0}
_COUNTRY = 6
_STATES = STATE_KINDS | {ActorKind.AUTHORITY, ActorKind.INTERNATIONAL_FORCE}
_EXPLOSIONS = frozenset({EventType.BOMBING, EventType.SHELLING, EventType.AIR_STRIKE})
_ASSAULTS = frozenset({EventType.ATTACK, EventType.KILLING, EventType.ARMED_CLASH})
_CROWDS = frozenset({EventType.PROTEST, EventType.RIOT})
_FAMILIES = (_EXPLOSIONS, _ASSAULTS, _CROWDS, frozenset({EventType.ATTACK, *_EXPLOSIONS}))


class TollRelation(StrEnum):
    """How the casebook's number of the killed stands to the reference's."""

    SAME = "same"
    OVERLAPS = "overlaps"  # the best figures differ, the ranges meet
    HIGHER_HERE = "higher_here"
    LOWER_HERE = "lower_here"
    UNKNOWN = "unknown"  # one side has no number


@dataclass(frozen=True, slots=True)
class Killed:
    """Lowest, best and highest number of the killed; None where there is none."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Sketch:
    """An event in a few words, of either side."""

    id: str
    event_type: str
    start: date | None
    end: date | None
    country_code: str | None
    place: str | None
    actors: tuple[str, ...]
    killed: Killed


@dataclass(frozen=True, slots=True)
class Match:
    """Two events that are taken for one, and how they agree.

    `km_apart` is None without two points that stand for less than a country.
    """

    here: Sketch
    there: Sketch
    score: float
    days_apart: int
    km_apart: float | None
    shares_actor: bool | None
    toll: TollRelation


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a casebook and a reference data set have in common, and what only one has."""

    reference: ReferenceSet
    matches: tuple[Match, ...]
    only_here: tuple[Sketch, ...]
    only_there: tuple[Sketch, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """An event as far as it is compared."""

    sketch: Sketch
    first: date
    last: date
    country: str | None
    latitude: float | None
    longitude: float | None
    precision_code: int | None
    identities: frozenset[str]


def compare_events(
    reference: ReferenceSet, events: Iterable[Event], coded: Iterable[ReferenceEvent]
) -> Comparison:
    """Match events with those of a reference data set, one to one."""
    is_ucdp = reference.format is ReferenceFormat.UCDP_GED
    there = [_coded_side(event, is_ucdp=is_ucdp) for event in coded]
    by_day = _by_day(there)
    here: list[Sketch] = []
    pairs: list[tuple[float, int, int, Match]] = []
    for event in events:
        side = _own_side(event, is_ucdp=is_ucdp)
        number = len(here)
        here.append(_sketch(event))
        if side is None:
            continue
        for index in _candidates(side, by_day):
            match = _match(side, there[index])
            if match is not None:
                pairs.append((-match.score, number, index, match))
    matches = list(_one_to_one(pairs, here, there))
    matched = {(match.here.id, match.there.id) for match in matches}
    ours, theirs = {one for one, _ in matched}, {other for _, other in matched}
    return Comparison(
        reference,
        tuple(sorted(matches, key=lambda match: (match.here.start or date.max, match.here.id))),
        tuple(one for one in here if one.id not in ours),
        tuple(one.sketch for one in there if one.sketch.id not in theirs),
    )


def toll_relation(here: Killed, there: Killed) -> TollRelation:
    """How one number of the killed stands to another."""
    if here.best is None or there.best is None:
        return TollRelation.UNKNOWN
    if here.best == there.best:
        return TollRelation.SAME
    low, high = _range(here)
    other_low, other_high = _range(there)
    if low <= other_high and other_low <= high:
        return TollRelation.OVERLAPS
    return TollRelation.HIGHER_HERE if here.best > there.best else TollRelation.LOWER_HERE


def _range(killed: Killed) -> tuple[int, int]:
    best = killed.best or 0
    low = killed.low if killed.low is not None else best
    high = killed.high if killed.high is not None else best
    return min(low, best), max(high, best)


def _one_to_one(
    pairs: Sequence[tuple[float, int, int, Match]], here: Sequence[Sketch], there: Sequence[_Side]
) -> Iterator[Match]:
    """The pairs from the best down, without those of which one event is taken."""
    taken_here: set[int] = set()
    taken_there: set[int] = set()

    def rank(pair: tuple[float, int, int, Match]) -> tuple[float, bool, str, str]:
        score, one, other, match = pair
        return score, match.toll is not TollRelation.SAME, here[one].id, there[other].sketch.id

    for _, one, other, match in sorted(pairs, key=rank):
        if one not in taken_here and other not in taken_there:
            taken_here.add(one)
            taken_there.add(other)
            yield match


def _by_day(sides: Sequence[_Side]) -> dict[tuple[str | None, int], list[int]]:
    by_day: defaultdict[tuple[str | None, int], list[int]] = defaultdict(list)
    for index, side in enumerate(sides):
        for day in _days(side, 0):
            by_day[side.country, day].append(index)
    return dict(by_day)


def _candidates(side: _Side, by_day: dict[tuple[str | None, int], list[int]]) -> Iterable[int]:
    found: dict[int, None] = {}
    for day in _days(side, _MOST_DAYS):
        for index in by_day.get((side.country, day), ()):
            found[index] = None
    return found


def _days(side: _Side, more: int) -> range:
    """The days of a window, as numbers, with some more on both sides; of a long one the first 400."""
    first, last = side.first.toordinal() - more, side.last.toordinal() + more
    return range(first, min(last, first + _LONGEST_WINDOW) + 1)


def _match(here: _Side, there: _Side) -> Match | None:
    """How two events agree, None where they can't be one or too little speaks for it."""
    days_apart = max(0, (there.first - here.last).days, (here.first - there.last).days)
    km_apart = _km(here, there)
    place = _place_score(here, there, km_apart)
    if place is not None and place < 0:
        return None
    shares = None
    if here.identities and there.identities:
        shares = not here.identities.isdisjoint(there.identities)
    if place is None and not shares:
        return None
    scores = {
        "day": _day_score(here, there, days_apart),
        "place": place,
        "actors": None if shares is None else float(shares),
        "type": _type_score(here.sketch.event_type, there.sketch.event_type),
    }
    agreed = sum(weight * _or_half(scores[name]) for name, weight in _WEIGHTS.items())
    score = agreed / sum(_WEIGHTS.values())
    if score < LEAST_SCORE:
        return None
    toll = toll_relation(here.sketch.killed, there.sketch.killed)
    return Match(here.sketch, there.sketch, round(score, 3), days_apart, km_apart, shares, toll)


def _or_half(score: float | None) -> float:
    return 0.5 if score is None else score


def _day_score(here: _Side, there: _Side, days_apart: int) -> float:
    """1 for the same day, less for neighbouring days and for days within a longer time."""
    if days_apart:
        return 0.6 if days_apart == 1 else 0.3
    longest = max((here.last - here.first).days, (there.last - there.first).days)
    if longest == 0:
        return 1.0
    return 0.8 if longest < 7 else 0.6 if longest <= 31 else 0.3


def _km(here: _Side, there: _Side) -> float | None:
    if _COUNTRY in (here.precision_code, there.precision_code):
        return None
    if here.latitude is None or here.longitude is None or there.latitude is None or there.longitude is None:
        return None
    return round(distance_km(here.latitude, here.longitude, there.latitude, there.longitude), 1)


def _place_score(here: _Side, there: _Side, km_apart: float | None) -> float | None:
    """1 at one point, falling to 0.5 at the limit of the precisions; below 0 beyond; None without points."""
    if km_apart is None:
        return None
    codes = (here.precision_code or 4, there.precision_code or 4)
    reach = sum(_REACH_KM.get(code, _REACH_KM[4]) for code in codes)
    if km_apart > reach:
        return -1.0
    best = 1.0 if max(codes) <= 3 else 0.8
    return best - 0.5 * km_apart / reach * best


def _type_score(here: str, there: str) -> float | None:
    own = EventType(here)
    if there in tuple(Violence):
        # UCDP's types are about the sides; what it codes are fatal uses of armed force.
        return 0.0 if own in (EventType.PROTEST, EventType.ARREST, EventType.DESTRUCTION) else None
    if own == there:
        return 1.0
    other = EventType(there)
    return 0.6 if any(own in family and other in family for family in _FAMILIES) else 0.0


def _own_side(event: Event, *, is_ucdp: bool) -> _Side | None:
    """An event of the casebook, None without a day."""
    start, where = event.when.start, event.where
    if start is None:
        return None
    named = [
        *((one.name, one.registry_id, one.country_code) for one in event.perpetrators),
        *((one.name, one.registry_id, one.country_code) for one in event.targets),
    ]
    identities = [
        identity(name, registry, country or where.country_code) for name, registry, country in named
    ]
    return _Side(
        _sketch(event),
        start,
        max(start, event.when.end or start),
        _country(where.country_code, is_ucdp=is_ucdp),
        where.latitude,
        where.longitude,
        where.precision_code,
        frozenset(one for one in identities if one is not None),
    )


def _coded_side(event: ReferenceEvent, *, is_ucdp: bool) -> _Side:
    identities = [identity(name, None, event.country_code) for name in event.actors]
    return _Side(
        Sketch(
            event.id,
            event.event_type,
            event.start,
            event.end,
            event.country_code,
            event.place,
            event.actors,
            Killed(event.low, event.best, event.high),
        ),
        event.start,
        max(event.start, event.end),
        _country(event.country_code, is_ucdp=is_ucdp),
        event.latitude,
        event.longitude,
        event.precision_code,
        frozenset(one for one in identities if one is not None),
    )


def _country(code: str | None, *, is_ucdp: bool) -> str | None:
    """UCDP counts Palestine to Israel."""
    return "IL" if is_ucdp and code == "PS" else code


@lru_cache(maxsize=20_000)
def identity(name: str, registry_id: str | None, country: str | None) -> str | None:
    """What two names of one actor share: the registry's key, or the state; None for nobody in particular.

    >>> identity("Government of Yemen (North Yemen)", None, "YE") == identity("Yemeni army", None, "YE")
    True
    >>> identity("Unidentified Armed Group (Yemen)", None, "YE") is None
    True
    """
    if registry_id is not None:
        registry = ActorRegistry.load()
        known = registry.by_id(registry_id)
        is_state = known is not None and known.entry.kind in _STATES
        return f"state {known.entry.country_code}" if known and is_state else registry_id
    plain = name.split(" (", maxsplit=1)[0]
    folded = folded_name(plain) or ""
    if not folded or folded.startswith(("unidentified", "unknown", "civilians", "protesters", "rioters")):
        return None
    mentions = ActorRegistry.load().find(plain, country_code=country)
    if mentions:
        entry = mentions[0].entry
        return f"state {entry.country_code}" if entry.kind in _STATES else entry.id or folded
    return _government(plain) or (folded if plain[:1].isupper() else None)


def _government(name: str) -> str | None:
    """The state of "Government of Mali" or "Military Forces of Mali"."""
    body, of, country = name.partition(" of ")
    if not of or not body.endswith(("Government", "Forces")):
        return None
    found = [mention.country.code for mention in CountryTable.load().find(country)]
    return f"state {found[0]}" if found else None


def _sketch(event: Event) -> Sketch:
    where = event.where
    return Sketch(
        event.id,
        str(event.event_type),
        event.when.start,
        event.when.end,
        where.country_code,
        where.name,
        (*(one.name for one in event.perpetrators), *(one.name for one in event.targets)),
        Killed(*total_of(event.tolls, Harm.KILLED)),
    )
