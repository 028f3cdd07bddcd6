"""What the parties of an agreement did and suffered around it, as it is counted and listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import Count, PartyAct, Sides, Span
from casus.casebook.features import folded_name
from casus.casebook.pacts.naming import keys_of
from casus.casebook.records import Role
from casus.model import EventType


def window_of(day: date, last: date, days: int) -> tuple[date, date]:
    """The first and the last day to look at: as many days before the agreement as after it.

    Its own day is the first of those after it.  Where it may have been on one of several days, the
    days after begin behind the last of them.
    """
    since = date.fromordinal(max(1, day.toordinal() - days))
    before_first = last.toordinal() if last != day else day.toordinal() - 1
    return since, date.fromordinal(min(date.max.toordinal(), before_first + days))


def acts_of(
    connection: Connection, parties: Sequence[str], since: date, until: date, *, sees_withheld: bool
) -> tuple[PartyAct, ...]:
    """The events that began between two days and name parties, by day."""
    party_of = {key: party for party in parties for key in keys_of(party)}
    named, state = t.event_actor.c, t.event_state.c
    query = (
        sa.select(
            named.event, named.role, named.registry_id, named.folded,
            state.start, state.end, state.event_type, state.country, state.adm1,
            state.killed_low, state.killed_best, state.killed_high,
        )
        .join(t.event_state, state.event == named.event)
        .where(
            sa.or_(named.registry_id.in_(party_of), named.folded.in_(party_of)),
            state.start.between(since, until),
            sa.not_(state.is_rejected),
        )
        .order_by(state.day, named.event, named.role)
    )  # fmt: skip
    if not sees_withheld:
        query = query.where(sa.not_(named.is_withheld))
    by_event: defaultdict[str, dict[tuple[str, Role], None]] = defaultdict(dict)
    states: dict[str, Any] = {}
    for row in connection.execute(query):
        party = party_of.get(row.registry_id) or party_of[row.folded]
        by_event[row.event][party, Role(row.role)] = None
        states[row.event] = row
    return tuple(
        PartyAct(
            event,
            row.start,
            row.end or row.start,
            EventType(row.event_type),
            row.country,
            row.adm1,
            Span(row.killed_low, row.killed_best, row.killed_high),
            tuple(by_event[event]),
        )
        for event, row in states.items()
    )


def aimed_at(
    connection: Connection, target: str, since: date, until: date, *, sees_withheld: bool
) -> Collection[str]:
    """The events between two days of which somebody is a target, by a name or a part of one."""
    named, state = t.event_actor.c, t.event_state.c
    folded = folded_name(target) or target
    query = (
        sa.select(named.event)
        .join(t.event_state, state.event == named.event)
        .where(
            named.role == Role.TARGET,
            state.start.between(since, until),
            sa.or_(
                named.registry_id.in_(sorted(keys_of(target))), named.folded.contains(folded, autoescape=True)
            ),
        )
    )
    if not sees_withheld:
        query = query.where(sa.not_(named.is_withheld))
    return frozenset(connection.scalars(query))


def sides_of(acts: Iterable[PartyAct], day: date, last: date) -> Sides:
    """Which events are before an agreement, which after it, and of which it is not known.

    Where its day is known, events of that day are after it.
    """
    before, between, after = [], [], []
    for act in acts:
        if act.end < day:
            before.append(act)
        elif act.start > last or day == last == act.start:
            after.append(act)
        else:
            between.append(act)
    return Sides(tuple(before), tuple(between), tuple(after))


def counts_of(sides: Sides) -> Iterable[Count]:
    """How many events there were before and after, by party, kind and area."""
    counters: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = Counter(), Counter()
    for acts, counter in zip((sides.before, sides.after), counters, strict=True):
        for act in acts:
            counter.update(aspects_of(act))
    order = ("party", "type", "area")
    for what, value in sorted({*counters[0], *counters[1]}, key=lambda pair: (order.index(pair[0]), pair[1])):
        yield Count(what, value, counters[0][what, value], counters[1][what, value])


def aspects_of(act: PartyAct) -> set[tuple[str, str]]:
    """What an event counts for: each party that it names once, its type, and its area, "" where unknown."""
    parties = {("party", party) for party, _ in act.parties}
    return parties | {("type", str(act.event_type)), ("area", act.adm1 or act.country or "")}
