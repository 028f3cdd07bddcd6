"""Outlets: what they publish, how often each is alone or contradicted, and who copies whom."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.beside import Beside, Row
from casus.casebook.browsing.columns import Columns, Numbers, Pool
from casus.casebook.browsing.records import Copying, Outlet, Sources

UNNAMED = ""
"""The name under which reports without a publisher stand."""


class _Text(NamedTuple):
    """A text, by when it came out."""

    day: date
    number: int
    outlet: str


@dataclass(slots=True)
class Copies:
    """From which text each copy comes; the pairs of reports that came since are added."""

    _last: int = 0
    _origins: dict[int, tuple[_Text, _Text]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at_present(self, connection: Connection) -> Counter[tuple[str, str]]:
        """How many texts went from one outlet to another: from the first published to the next alike."""
        last = last_report(connection)
        with self._lock:
            if last > self._last:
                self._take(connection)
                self._last = last
                self._counts = Counter(
                    (origin.outlet, copier.outlet) for origin, copier in self._origins.values()
                )
            return self._counts

    def _take(self, connection: Connection) -> None:
        one, other = t.report.alias("one"), t.report.alias("other")
        query = (
            sa.select(
                one.c.number, one.c.publisher, one.c.published_on,
                other.c.number, other.c.publisher, other.c.published_on,
            )
            .select_from(t.copy_pair)
            .join(one, one.c.number == t.copy_pair.c.one)
            .join(other, other.c.number == t.copy_pair.c.other)
            .where(t.copy_pair.c.other > self._last)  # the later of the two came in then
        )  # fmt: skip
        for row in connection.execute(query):
            origin, copier = sorted(
                _Text(day or date.max, number, outlet or UNNAMED)
                for number, outlet, day in (tuple(row)[:3], tuple(row)[3:])
            )
            # A copy of several texts is counted once, as one of the first of them.
            if copier.number not in self._origins or origin < self._origins[copier.number][0]:
                self._origins[copier.number] = origin, copier


@dataclass(slots=True)
class Press:
    """Which outlets tell of each event and which sources disagree on it, kept beside the columns."""

    names: Pool = field(default_factory=Pool)
    copies: Copies = field(default_factory=Copies)
    telling: Beside = field(init=False)
    disagreeing: Beside = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)  # both name outlets by one pool

    def __post_init__(self) -> None:
        self.telling, self.disagreeing = Beside(self._told, 1), Beside(self._disagreed, 1)

    def sources(self, connection: Connection, columns: Columns) -> Sources:
        """The outlets, and who copies whom."""
        with self._lock:
            return self._sources(connection, columns)

    def _sources(self, connection: Connection, columns: Columns) -> Sources:
        at, outlet = _present(self.telling, connection, columns)
        _, disputing = _present(self.disagreeing, connection, columns)
        size = len(self.names.words)
        tellers = np.bincount(at, minlength=len(columns.ids))
        events = np.bincount(outlet, minlength=size)
        alone = np.bincount(outlet[tellers[at] == 1], minlength=size)
        contradicted = np.bincount(disputing, minlength=size)
        copying = self.copies.at_present(connection)
        copied: Counter[str] = Counter()
        for (_, copier), texts in copying.items():
            copied[copier] += texts
        outlets = []
        for publisher, reports, first, last in connection.execute(_published()):
            name = publisher or UNNAMED
            number = self.names.number_of.get(name, 0)
            outlets.append(
                Outlet(
                    name,
                    reports,
                    int(events[number]) if number else 0,
                    int(alone[number]) if number else 0,
                    int(contradicted[number]) if number else 0,
                    copied[name],
                    first,
                    last,
                )
            )
        ranked = sorted(copying.items(), key=lambda item: (-item[1], item[0]))
        return Sources(
            tuple(sorted(outlets, key=lambda one: (-one.reports, one.name))),
            tuple(Copying(origin, copier, texts) for (origin, copier), texts in ranked),
        )

    def _told(self, connection: Connection, some: Sequence[str] | None) -> Iterator[Row]:
        event, link = t.reported_event.c, t.link.c
        query = (
            sa.select(link.event, t.report.c.publisher)
            .select_from(t.link)
            .join(t.reported_event, sa.and_(event.key == link.key, event.ended_at.is_(None)))
            .join(t.report, t.report.c.number == event.report)
            .where(link.until.is_(None))
            .distinct()
        )
        for event_id, publisher in connection.execute(_of(query, link.event, some)):
            yield event_id, (self.names.number(publisher or UNNAMED),)

    def _disagreed(self, connection: Connection, some: Sequence[str] | None) -> Iterator[Row]:
        state, record = t.event_state.c, t.event_record.c
        query = (
            sa.select(record.event, record.record["disputes"])
            .join(t.event_state, state.event == record.event)
            .where(state.disputes > 0)
        )
        for event_id, disputes in connection.execute(_of(query, record.event, some)):
            named: set[str] = set()
            for dispute in disputes:
                says = dispute["says"]
                if len({what for _, what in says}) > 1:
                    named.update(source for source, _ in says)
            for name in sorted(named):
                yield event_id, (self.names.number(name),)


def last_report(connection: Connection) -> int:
    """The number of the report that came last, 0 where none did."""
    return connection.scalar(sa.select(sa.func.max(t.report.c.number))) or 0


def _present(beside: Beside, connection: Connection, columns: Columns) -> tuple[Numbers, Numbers]:
    """Where the events of rows stand, and the number of each row; without rejected events."""
    rows = beside.at_present(connection, columns)
    meant = rows.at >= 0
    meant[meant] &= ~columns.flags["is_rejected"][rows.at[meant]]
    return rows.at[meant], rows.values[meant, 0]


def _published() -> sa.Select[Any]:
    report = t.report.c
    return sa.select(
        report.publisher, sa.func.count(), sa.func.min(report.published_on), sa.func.max(report.published_on)
    ).group_by(report.publisher)


def _of(query: sa.Select[Any], column: sa.Column[Any], some: Sequence[str] | None) -> sa.Select[Any]:
    return query if some is None else query.where(column.in_(some))


def days_of_reports(connection: Connection) -> tuple[date, date] | None:
    """The first and the last day on which a report was published; None where no report has a day."""
    day = t.report.c.published_on
    first, last = connection.execute(sa.select(sa.func.min(day), sa.func.max(day))).one()
    return None if first is None else (first, last)


def published_between(connection: Connection, since: date, until: date) -> tuple[int, int]:
    """How many reports were published between two days, both included, and by how many outlets."""
    report = t.report.c
    query = sa.select(sa.func.count(), sa.func.count(sa.distinct(report.publisher)))
    reports, outlets = connection.execute(query.where(report.published_on.between(since, until))).one()
    return reports, outlets
