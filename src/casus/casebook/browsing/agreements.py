"""Agreements and statistics that reports tell of, and what happened before and after an agreement."""

from __future__ import annotations

import calendar
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.paging import rows_of
from casus.casebook.browsing.promises import allegations_of, keys_of, promises_of
from casus.casebook.browsing.records import (
    AgreementRecord,
    AgreementRow,
    AgreementTold,
    Count,
    PartyEvent,
    StatisticPage,
    StatisticRow,
)
from casus.casebook.coding import decoded_agreement, decoded_statistic, json_text
from casus.casebook.features import folded_name
from casus.casebook.records import Role
from casus.casebook.tellings import head_of, report_columns
from casus.casebook.withholding import withheld_names

_MOST_EVENTS = 1000
_TIMES: tuple[tuple[str, Callable[[date], date]], ...] = (
    ("%Y-%m-%d", lambda day: day),
    ("%Y-%m", lambda day: day.replace(day=calendar.monthrange(day.year, day.month)[1])),
    ("%Y", lambda day: day.replace(month=12, day=31)),
)


@dataclass(slots=True)
class Deals:
    """All agreements, kept until another report is read."""

    _reading: int | None = None
    _rows: tuple[AgreementRow, ...] = ()
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at_present(self, connection: Connection) -> tuple[AgreementRow, ...]:
        """All agreements, the latest first."""
        latest = connection.scalar(sa.select(sa.func.max(t.reading.c.number))) or 0
        with self._lock:
            if self._reading is None or self._reading < latest:
                self._rows, self._reading = all_agreements(connection), latest
            return self._rows


def all_agreements(connection: Connection) -> tuple[AgreementRow, ...]:
    """All agreements, the latest first; what several reports tell of one stands together."""
    groups: defaultdict[tuple[object, ...], list[AgreementTold]] = defaultdict(list)
    for row in connection.execute(_query(t.agreement)):
        agreement = decoded_agreement(row.record)
        parties = frozenset(folded_name(party) for party in agreement.parties)
        groups[folded_name(agreement.name), parties].append(
            AgreementTold(row.told_as, agreement, head_of(row))
        )
    rows = (_row(told) for told in groups.values())
    return tuple(sorted(rows, key=lambda row: (row.agreed_on or "", row.told[0].number), reverse=True))


def agreements_named(rows: tuple[AgreementRow, ...], text: str | None) -> tuple[AgreementRow, ...]:
    """Those of some agreements with a text in their name or in a party's."""
    folded = folded_name(text)
    if folded is None:
        return rows
    return tuple(
        row for row in rows if any(folded in (folded_name(name) or "") for name in (row.name, *row.parties))
    )


def row_with(rows: Iterable[AgreementRow], number: int) -> AgreementRow | None:
    """The agreement that one report's telling, by its number, is of."""
    return next((row for row in rows if any(one.number == number for one in row.told)), None)


def record_of(
    connection: Connection, row: AgreementRow, days: int, *, sees_withheld: bool
) -> AgreementRecord:
    """An agreement, and what its parties did and suffered around it."""
    day, last = bounds_of(row.agreed_on)
    if day is None or last is None:
        alleged = allegations_of(connection, row, (), None)
        return AgreementRecord(row, None, None, None, (), (), (), promises_of(row, ()), alleged)
    since = date.fromordinal(max(1, day.toordinal() - days))
    until = date.fromordinal(min(date.max.toordinal(), last.toordinal() + days))
    events = _events(connection, row.parties, since, until, sees_withheld=sees_withheld)
    before = tuple(one for one in events if (one.row.event.when.start or day) < day)
    after = tuple(one for one in events if (one.row.event.when.start or day) >= day)
    return AgreementRecord(
        row,
        day,
        since,
        until,
        before,
        after,
        tuple(_counts(before, after)),
        promises_of(row, after),
        allegations_of(connection, row, after, day),
    )


def statistics_of(connection: Connection, offset: int, limit: int) -> StatisticPage:
    """Some of the statistics that reports give, the latest published first."""
    number = t.statistic.c.number
    query = _query(t.statistic).order_by(t.report.c.published_on.desc().nulls_last(), number.desc())
    counted = sa.select(sa.func.count()).select_from(_query(t.statistic).subquery())
    rows = tuple(
        StatisticRow(row.told_as, decoded_statistic(row.record), head_of(row))
        for row in connection.execute(query.limit(limit).offset(max(0, offset)))
    )
    return StatisticPage(rows, connection.scalar(counted) or 0)


def statistic_with(connection: Connection, number: int) -> StatisticRow | None:
    """The statistic of a number; None where no current reading has it."""
    row = connection.execute(_query(t.statistic).where(t.statistic.c.number == number)).one_or_none()
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


def _query(table: sa.Table) -> sa.Select[Any]:
    return (
        sa.select(*report_columns(), table.c.number.label("told_as"), json_text(table.c.record))
        .select_from(table)
        .join(t.reading, sa.and_(t.reading.c.number == table.c.reading, t.reading.c.ended_at.is_(None)))
        .join(t.report, t.report.c.number == t.reading.c.report)
    )


def _row(told: Iterable[AgreementTold]) -> AgreementRow:
    ordered = sorted(told, key=lambda one: (one.report.published_on or date.max, one.number))
    dated = [one.agreement for one in ordered if one.agreement.agreed_on]
    # Most say the day, some only the month: the longest is the most exact, the first told of equals.
    best = max(dated, key=lambda one: len(one.agreed_on or ""), default=ordered[0].agreement)
    return AgreementRow(
        ordered[0].agreement.name, ordered[0].agreement.parties, best.agreed_on, tuple(ordered)
    )


def _events(
    connection: Connection, parties: Sequence[str], since: date, until: date, *, sees_withheld: bool
) -> list[PartyEvent]:
    """The events between two days that name parties, by day."""
    party_of = {key: party for party in parties for key in keys_of(party)}
    named, state = t.event_actor.c, t.event_state.c
    query = (
        sa.select(named.event, named.role, named.registry_id, named.folded)
        .join(t.event_state, state.event == named.event)
        .where(
            sa.or_(named.registry_id.in_(party_of), named.folded.in_(party_of)),
            state.start.between(since, until),
            sa.not_(state.is_rejected),
        )
        .order_by(state.day, named.event, named.role)
        .limit(_MOST_EVENTS)
    )
    if not sees_withheld:
        query = query.where(sa.not_(named.is_withheld))
    by_event: defaultdict[str, dict[tuple[str, Role], None]] = defaultdict(dict)
    for row in connection.execute(query):
        party = party_of.get(row.registry_id) or party_of[row.folded]
        by_event[row.event][party, Role(row.role)] = None
    rows = rows_of(connection, list(by_event), withheld_names(connection))
    return [PartyEvent(row, tuple(by_event[row.id])) for row in rows]


def _counts(before: Sequence[PartyEvent], after: Sequence[PartyEvent]) -> Iterable[Count]:
    sides: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = Counter(), Counter()
    for events, counter in zip((before, after), sides, strict=True):
        for one in events:
            event = one.row.event
            counter.update({("party", party) for party, _ in one.parties})
            counter["type", str(event.event_type)] += 1
            counter["area", event.where.adm1 or event.where.country_code or ""] += 1
    order = ("party", "type", "area")
    for what, value in sorted({*sides[0], *sides[1]}, key=lambda pair: (order.index(pair[0]), pair[1])):
        yield Count(what, value, sides[0][what, value], sides[1][what, value])
