"""An event's fields, computed from its accounts, their claims and what people decided.

`reconcile` is a pure function: the same accounts and decisions give the same event, in
whatever order they came.  docs/reconciling.md has the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from casus.casebook.blame import identity_of, perpetrators_of, verdict_on
from casus.casebook.correcting import with_decisions
from casus.casebook.records import Decision, Dispute, Event, EventWhen, EventWhere, Named, Told
from casus.casebook.tolls import deaths_of, event_tolls
from casus.model import Actor, DatePrecision, EventType, Harm, Weapon
from casus.resolving.places.geodesy import distance_km

Value = TypeVar("Value")

_DATE_RANK = {
    DatePrecision.DAY: 0,
    DatePrecision.RANGE: 1,
    DatePrecision.MONTH: 2,
    DatePrecision.YEAR: 3,
    DatePrecision.UNKNOWN: 4,
}
# Where as many sources say the one as the other, the more telling type counts.
_TYPE_RANK = (
    EventType.AIR_STRIKE, EventType.SHELLING, EventType.BOMBING, EventType.ABDUCTION, EventType.ARMED_CLASH,
    EventType.RIOT, EventType.PROTEST, EventType.ARREST, EventType.KILLING, EventType.ATTACK,
    EventType.DESTRUCTION, EventType.OTHER,
)  # fmt: skip
_NO_PRECISION = 9
_EXACT = 2
_FAR_KM = 30.0


def reconcile(event_id: str, told: Sequence[Told], decisions: Sequence[Decision] = ()) -> Event:
    """The event that some accounts make, with the decisions about it applied in their order."""
    perpetrators = perpetrators_of(told)
    verdict = verdict_on(told, perpetrators)
    tolls = event_tolls(told)
    event = Event(
        id=event_id,
        event_type=_type(told),
        when=_when(told),
        where=_where(told),
        perpetrators=perpetrators,
        targets=_actors(told, lambda one: one.event.targets),
        weapons=_weapons(told),
        tolls=tolls,
        deaths=deaths_of(told),
        grade=verdict.grade,
        grade_reason=verdict.reason,
        grade_claims=verdict.claims,
        grade_keys=verdict.keys,
        keys=tuple(one.key for one in told),
        reports=len({one.report.number for one in told}),
        sources=tuple(dict.fromkeys(one.report.source for one in told)),
        disputes=tuple(_disputes(told)),
    )
    unmet = {number for one in told for number in one.unmet}
    return with_decisions(event, decisions, unmet)


def _most_sources(told: Sequence[Told], value_of: Callable[[Told], Value | None]) -> list[tuple[Value, int]]:
    """The values that accounts give, with the number of independent sources for each."""
    given = {(one.report.source, value) for one in told if (value := value_of(one)) is not None}
    counts = Counter(value for _, value in given)
    in_order = dict.fromkeys(value for one in told if (value := value_of(one)) is not None)
    return [(value, counts[value]) for value in in_order]


def _type(told: Sequence[Told]) -> EventType:
    mains = [one for one in told if one.event.is_main] or list(told)
    counted = _most_sources(mains, lambda one: one.event.event_type)
    return min(counted, key=lambda pair: (-pair[1], _TYPE_RANK.index(pair[0])))[0]


def _when(told: Sequence[Told]) -> EventWhen:
    """The date of the best precision that most sources give; the first published of equal ones."""
    dated = [one for one in told if one.event.when.start is not None]
    if not dated:
        return EventWhen(None, None, DatePrecision.UNKNOWN, ())
    best = min(_DATE_RANK[one.event.when.precision] for one in dated)
    # A range beside a day is as good: "the night of 20 to 21" is no worse than "21".
    good = [one for one in dated if _DATE_RANK[one.event.when.precision] <= max(best, 1)]
    counted = _most_sources(good, lambda one: (one.event.when.start, one.event.when.end))
    rank = {value: index for index, (value, _) in enumerate(counted)}
    (start, end), _ = min(counted, key=lambda pair: (-pair[1], rank[pair[0]]))
    chosen = [one for one in good if (one.event.when.start, one.event.when.end) == (start, end)]
    return EventWhen(start, end, chosen[0].event.when.precision, tuple(one.key for one in chosen))


def _where(told: Sequence[Told]) -> EventWhere:
    """The place of the best precision that most sources give; the first published of equal ones."""
    placed = [one for one in told if one.event.where.country_code or one.event.where.name]
    if not placed:
        return EventWhere(None, None, None, None, None, None, None, None, ())
    best = min(_precision(one) for one in placed)
    good = [one for one in placed if _precision(one) <= max(best, _EXACT) or _precision(one) == best]
    counted = _most_sources(good, _place_identity)
    rank = {value: index for index, (value, _) in enumerate(counted)}
    identity = min(counted, key=lambda pair: (-pair[1], rank[pair[0]]))[0]
    chosen = sorted((one for one in good if _place_identity(one) == identity), key=_precision)
    where = chosen[0].event.where
    return EventWhere(
        where.name,
        where.country_code,
        where.adm1,
        where.adm2,
        where.geonames_id,
        where.latitude,
        where.longitude,
        where.precision_code,
        tuple(one.key for one in chosen),
    )


def _precision(one: Told) -> int:
    return one.event.where.precision_code or _NO_PRECISION


def _place_identity(one: Told) -> str:
    where = one.event.where
    return str(where.geonames_id or (where.name or where.country_code or "").lower())


def _actors(told: Sequence[Told], actors_of: Callable[[Told], Iterable[Actor]]) -> tuple[Named, ...]:
    named: dict[str, tuple[Actor, dict[str, None]]] = {}
    for one in told:
        for actor in actors_of(one):
            named.setdefault(identity_of(actor), (actor, {}))[1][one.key] = None
    return tuple(
        Named(actor.name, actor.registry_id, actor.country_code, tuple(keys))
        for actor, keys in named.values()
    )


def _weapons(told: Sequence[Told]) -> tuple[Named, ...]:
    named: dict[str, tuple[Weapon, dict[str, None]]] = {}
    for one in told:
        for weapon in one.event.weapons:
            named.setdefault(weapon.name.lower(), (weapon, {}))[1][one.key] = None
    return tuple(Named(weapon.name, None, None, tuple(keys)) for weapon, keys in named.values())


def _disputes(told: Sequence[Told]) -> Iterable[Dispute]:
    """What sources contradict each other on: day, place, type of harm's figures."""
    days = {
        one.report.source: _day_words(one)
        for one in told
        if one.event.when.precision in (DatePrecision.DAY, DatePrecision.RANGE)
    }
    if len(set(days.values())) > 1:
        yield Dispute("date", tuple(days.items()))
    places = [one for one in told if _precision(one) <= _EXACT]
    if any(_apart(one, other) for one in places for other in places):
        yield Dispute("place", tuple((one.report.source, one.event.where.name or "") for one in places))
    for toll_harm in (Harm.KILLED, Harm.INJURED, Harm.ABDUCTED):
        figures = dict(_totals(told, toll_harm))
        if len(set(figures.values())) > 1:
            yield Dispute(str(toll_harm), tuple(figures.items()))


def _totals(told: Sequence[Told], harm: Harm) -> Iterable[tuple[str, str]]:
    """The latest total of each source, in words."""
    for one in told:
        rows = [row for row in one.event.tolls if row.harm is harm]
        figures = [row.best if row.best is not None else row.low for row in rows]
        known = [figure for figure in figures if figure is not None]
        if known:
            yield one.report.source, str(sum(known))


def _day_words(one: Told) -> str:
    start, end = one.event.when.start, one.event.when.end
    return f"{start}" if start == end or end is None else f"{start} to {end}"


def _apart(one: Told, other: Told) -> bool:
    a, b = one.event.where, other.event.where
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude) > _FAR_KM
