"""Agreements and statistics that reports tell of, and what happened before and after an agreement."""

from __future__ import annotations

import calendar
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.paging import rows_of
from casus.casebook.browsing.party_acts import acts_of, aimed_at, counts_of, sides_of, window_of
from casus.casebook.browsing.promises import allegations_of, promises_of
from casus.casebook.browsing.records import (
    AgreementRecord,
    AgreementRow,
    PartyEvent,
    StatisticPage,
    StatisticRow,
)
from casus.casebook.coding import decoded_statistic, json_text
from casus.casebook.features import folded_name
from casus.casebook.pacts.bearing import actors_of
from casus.casebook.pacts.decision_rows import state_of
from casus.casebook.pacts.entries import Register, register_of
from casus.casebook.tellings import head_of, report_columns
from casus.casebook.withholding import withheld_names

MOST_EVENTS = 500
_MOST_OF_PROMISE = 30
_TIMES: tuple[tuple[str, Callable[[date], date]], ...] = (
    ("%Y-%m-%d", lambda day: day),
    ("%Y-%m", lambda day: day.replace(day=calendar.monthrange(day.year, day.month)[1])),
    ("%Y", lambda day: day.replace(month=12, day=31)),
)


@dataclass(slots=True)
class Deals:
    """The register of agreements, kept until another report is read or somebody decides about one."""

    _state: tuple[int, ...] | None = None
    _register: Register = field(default_factory=Register)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at_present(self, connection: Connection) -> Register:
        """The register as it is now."""
        state = state_of(connection)
        with self._lock:
            if self._state != state:
                self._register, self._state = register_of(connection), state
            return self._register


def agreements_named(rows: tuple[AgreementRow, ...], text: str | None) -> tuple[AgreementRow, ...]:
    """Those of some agreements with a text in their name or in a party's."""
    folded = folded_name(text)
    if folded is None:
        return rows
    return tuple(
        row for row in rows if any(folded in (folded_name(name) or "") for name in (row.name, *row.parties))
    )


def record_of(
    connection: Connection, row: AgreementRow, days: int, *, sees_withheld: bool, most: int = MOST_EVENTS
) -> AgreementRecord:
    """An agreement, and what its parties did and suffered around it; records of `most` events a side."""
    day, last = bounds_of(row.agreed_on)
    if day is None or last is None:
        alleged = allegations_of(connection, row, (), None)
        promises = promises_of(row, ())
        return AgreementRecord(row, None, None, None, None, promises=promises, alleged=alleged)
    since, until = window_of(day, last, days)
    actors = actors_of(row.commitments, row.parties)
    acts = acts_of(connection, actors, since, until, sees_withheld=sees_withheld)
    sides = sides_of(acts, day, last)

    def hits(target: str) -> Collection[str]:
        return aimed_at(connection, target, since, until, sees_withheld=sees_withheld)

    promises = promises_of(row, sides.after, hits)
    shown = sides.before[-most:] if most else (), sides.between[:most], sides.after[:most]
    first = [act for one in promises for some in (one.events, one.later) for act in some[:_MOST_OF_PROMISE]]
    wanted = [*(act for some in shown for act in some), *(first if most else ())]
    ids = list(dict.fromkeys(act.event for act in wanted))
    rows = {one.id: one for one in rows_of(connection, ids, withheld_names(connection))}
    before, between, after = (
        tuple(PartyEvent(rows[act.event], act.parties) for act in some if act.event in rows) for some in shown
    )
    return AgreementRecord(
        row,
        day,
        last,
        since,
        until,
        actors,
        before,
        between,
        after,
        sides,
        tuple(counts_of(sides)),
        promises,
        allegations_of(connection, row, sides.after, day),
        rows,
    )


def statistics_of(connection: Connection, offset: int, limit: int) -> StatisticPage:
    """Some of the statistics that reports give, the latest published first."""
    number = t.statistic.c.number
    query = _statistics().order_by(t.report.c.published_on.desc().nulls_last(), number.desc())
    counted = sa.select(sa.func.count()).select_from(_statistics().subquery())
    rows = tuple(
        StatisticRow(row.told_as, decoded_statistic(row.record), head_of(row))
        for row in connection.execute(query.limit(limit).offset(max(0, offset)))
    )
    return StatisticPage(rows, connection.scalar(counted) or 0)


def statistic_with(connection: Connection, number: int) -> StatisticRow | None:
    """The statistic of a number; None where no current reading has it."""
    row = connection.execute(_statistics().where(t.statistic.c.number == number)).one_or_none()
    return None if row is None else StatisticRow(row.told_as, decoded_statistic(row.record), head_of(row))


def bounds_of(told: str | None) -> tuple[date | None, date | None]:
    """The first and last day of an ISO date, month or year; None where there is none."""
    for pattern, following in _TIMES:
        try:
            first = datetime.strptime(told or "", pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
        return first, following(first)
    return None, None


def _statistics() -> sa.Select[Any]:
    told = t.statistic.c
    return (
        sa.select(*report_columns(), told.number.label("told_as"), json_text(told.record))
        .select_from(t.statistic)
        .join(t.reading, sa.and_(t.reading.c.number == told.reading, t.reading.c.ended_at.is_(None)))
        .join(t.report, t.report.c.number == t.reading.c.report)
    )
