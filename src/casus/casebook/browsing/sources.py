"""Outlets: what they publish, how often each is alone or contradicted, and who copies whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import Copying, Outlet, Sources

UNNAMED = ""
"""The name under which reports without a publisher stand."""


class _Text(NamedTuple):
    """A text, by when it came out."""

    day: date
    number: int
    outlet: str


def sources_of(connection: Connection) -> Sources:
    """The outlets, and who copies whom."""
    report = t.report.c
    events, alone = _events(connection)
    contradicted = _contradicted(connection)
    copying = _copying(connection)
    copied: Counter[str] = Counter()
    for (_, copier), texts in copying.items():
        copied[copier] += texts
    query = sa.select(
        report.publisher, sa.func.count(), sa.func.min(report.published_on), sa.func.max(report.published_on)
    )
    outlets = [
        Outlet(
            name := row[0] or UNNAMED,
            row[1],
            events[name],
            alone[name],
            contradicted[name],
            copied[name],
            row[2],
            row[3],
        )
        for row in connection.execute(query.group_by(report.publisher))
    ]
    ranked = sorted(copying.items(), key=lambda item: (-item[1], item[0]))
    return Sources(
        tuple(sorted(outlets, key=lambda one: (-one.reports, one.name))),
        tuple(Copying(origin, copier, texts) for (origin, copier), texts in ranked),
    )


def _events(connection: Connection) -> tuple[Counter[str], Counter[str]]:
    """The number of events that each outlet tells of, and of those that it alone tells of."""
    event, link = t.reported_event.c, t.link.c
    query = (
        sa.select(link.event, t.report.c.publisher)
        .select_from(t.link)
        .join(t.reported_event, sa.and_(event.key == link.key, event.ended_at.is_(None)))
        .join(t.report, t.report.c.number == event.report)
        .join(t.event_state, t.event_state.c.event == link.event)
        .where(link.until.is_(None), sa.not_(t.event_state.c.is_rejected))
        .distinct()
    )
    outlets: defaultdict[str, list[str]] = defaultdict(list)
    for event_id, publisher in connection.execute(query):
        outlets[event_id].append(publisher or UNNAMED)
    events = Counter(name for names in outlets.values() for name in names)
    alone = Counter(names[0] for names in outlets.values() if len(names) == 1)
    return events, alone


def _contradicted(connection: Connection) -> Counter[str]:
    """The number of events on which each source disagrees with another."""
    state, record = t.event_state.c, t.event_record.c
    query = (
        sa.select(record.record["disputes"])
        .join(t.event_state, state.event == record.event)
        .where(state.disputes > 0, sa.not_(state.is_rejected))
    )
    counts: Counter[str] = Counter()
    for disputes in connection.scalars(query):
        named: set[str] = set()
        for dispute in disputes:
            says = dispute["says"]
            if len({what for _, what in says}) > 1:
                named.update(source for source, _ in says)
        counts.update(named)
    return counts


def _copying(connection: Connection) -> Counter[tuple[str, str]]:
    """How many texts went from one outlet to another: from the first published to the next alike."""
    one, other = t.report.alias("one"), t.report.alias("other")
    query = (
        sa.select(
            one.c.number, one.c.publisher, one.c.published_on,
            other.c.number, other.c.publisher, other.c.published_on,
        )
        .select_from(t.copy_pair)
        .join(one, one.c.number == t.copy_pair.c.one)
        .join(other, other.c.number == t.copy_pair.c.other)
    )  # fmt: skip
    origins: dict[int, tuple[_Text, _Text]] = {}
    for row in connection.execute(query):
        origin, copier = sorted(
            _Text(day or date.max, number, outlet or UNNAMED)
            for number, outlet, day in (tuple(row)[:3], tuple(row)[3:])
        )
        # A copy of several texts is counted once, as one of the first of them.
        if copier.number not in origins or origin < origins[copier.number][0]:
            origins[copier.number] = origin, copier
    return Counter((origin.outlet, copier.outlet) for origin, copier in origins.values())
