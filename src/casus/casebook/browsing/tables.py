"""Events as columns, and what each has several of as rows beside them: what analyses count.

Row `i` of a column is the event `ids[i]`.  Days are ordinals (`date.toordinal`), figures are
whole numbers, `MISSING` where nothing is known; unknown is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.actors import Cast
from casus.casebook.browsing.columns import (
    MISSING,
    Columns,
    Flags,
    Floats,
    Numbers,
    Pool,
    each,
    ordinal,
    plain_day,
)
from casus.casebook.browsing.overview import figures
from casus.casebook.chunks import chunks
from casus.casebook.features import folded_name
from casus.casebook.records import Role, Standing
from casus.model import Category, Harm

FEW = 2000
"""Events that are asked for by their ids; of more, all rows are looked through."""
_ROLES = tuple(Role)
_PARTS = ("low", "best", "high")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words: the number of each row's word in `words`, whose first is "" for none."""

    codes: Numbers
    words: tuple[str, ...]

    def __getitem__(self, row: int) -> str | None:
        """The word of a row; None where it has none."""
        return self.words[int(self.codes[row])] or None

    def all(self) -> list[str | None]:
        """The word of each row."""
        return [self.words[code] or None for code in self.codes.tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """The events that a filter means, by their ids, at one revision of the casebook.

    `words` are event_type, country, adm1, adm2, place and grade; `numbers` start, end, the figures of
    killed and injured (killed_low …), geonames_id, precision_code, disputes, reports, sources, and
    harms, whose bits (`harm_bit`) say which harms are told of, with a number or without;
    `floats` latitude and longitude; `flags` is_reviewed and is_place_withheld.
    """

    revision: int
    ids: tuple[str, ...]
    numbers: Mapping[str, Numbers]
    floats: Mapping[str, Floats]
    flags: Mapping[str, Flags]
    words: Mapping[str, Words]

    def __len__(self) -> int:
        """How many events there are."""
        return len(self.ids)

    def day_of(self, row: int) -> date | None:
        """The first day of an event; None where none is known."""
        start = int(self.numbers["start"][row])
        return None if start == MISSING else date.fromordinal(start)


@dataclass(frozen=True, slots=True, eq=False)
class RoleRows:
    """Whom events name: the event's row in the table, the part, the actor's key and its name there.

    `is_withheld` says that the name may not be shown.
    """

    event: Numbers
    role: Numbers  # the place in `tuple(Role)`
    actor: Words
    name: Words
    is_withheld: Flags


@dataclass(frozen=True, slots=True, eq=False)
class SourceRows:
    """The independent sources of events: the event's row in the table, and the source's name."""

    event: Numbers
    source: Words


@dataclass(frozen=True, slots=True, eq=False)
class TollRows:
    """The tolls of events: the event's row in the table, harm and category, low, best and high.

    `is_numbered` says that some source gives a number: where low, best and high are unknown all
    the same, that source is not the one that the event's figures are of.
    """

    event: Numbers
    harm: Words
    category: Words
    low: Numbers
    best: Numbers
    high: Numbers
    is_numbered: Flags


@dataclass(frozen=True, slots=True, eq=False)
class StandingRows:
    """How perpetrators come to be named: the event's row in the table, the actor's key, a way.

    One who is accused and denies it is there twice.  Names that are withheld are among them.
    """

    event: Numbers
    actor: Words
    standing: Words


@dataclass(frozen=True, slots=True, eq=False)
class ReportRows:
    """Reports that tell of events: the event's row, the report's number, its day and outlet.

    A report that tells of an event twice is there once.
    """

    event: Numbers
    report: Numbers
    day: Numbers
    outlet: Words


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """How many reports each outlet published on each day, over the whole casebook."""

    day: Numbers
    outlet: Words
    reports: Numbers


def table_of(columns: Columns, meant: Flags) -> EventTable:
    """Some of the events as a table."""
    at = np.flatnonzero(meant)
    numbers = {
        name: columns.numbers[name][at]
        for name in (
            "start",
            "end",
            "geonames_id",
            "precision_code",
            "disputes",
            "reports",
            "sources",
            "harms",
        )
    }
    for harm in ("killed", "injured"):
        for part in ("low", "best", "high"):
            numbers[f"{harm}_{part}"] = figures(columns, harm, part)[at]
    end = numbers["end"]
    numbers["end"] = np.where(end == MISSING, numbers["start"], end)
    return EventTable(
        columns.revision,
        tuple(columns.ids[place] for place in at.tolist()),
        numbers,
        {name: columns.floats[name][at] for name in ("latitude", "longitude")},
        {name: columns.flags[name][at] for name in ("is_reviewed", "is_place_withheld")},
        {
            name: Words(columns.numbers[name][at], tuple(columns.pools[name].words))
            for name in ("event_type", "country", "adm1", "adm2", "place", "grade")
        },
    )


def roles_of(
    connection: Connection, columns: Columns, cast: Cast, meant: Flags, *, sees_withheld: bool
) -> RoleRows:
    """Whom some events name."""
    rows, actors, names = cast.named(connection, columns, sees_withheld=sees_withheld)
    place_of = _rows_of(meant)
    kept = rows.of((rows.at >= 0) & meant[rows.at])
    actor, role, name, is_withheld = (kept.values[:, at] for at in range(4))
    return RoleRows(place_of[kept.at], role, Words(actor, actors), Words(name, names), is_withheld > 0)


def sources_of(connection: Connection, table: EventTable) -> SourceRows:
    """The independent sources of events, copies of one text being one."""
    pool, record = Pool(), t.event_record.c
    events, codes = [], []
    for row, names in _recorded(connection, table, record.record["sources"]):
        for name in names:
            events.append(row)
            codes.append(pool.number(name))
    return SourceRows(_whole(events), Words(_whole(codes), tuple(pool.words)))


def tolls_of(connection: Connection, table: EventTable) -> TollRows:
    """The tolls of events, by harm and category."""
    harms, categories = _numbered(Harm), _numbered(Category)
    found: list[tuple[int, ...]] = []
    for row, tolls in _recorded(connection, table, t.event_record.c.record["tolls"]):
        for toll in tolls:
            low, best, high = (MISSING if (one := toll.get(part)) is None else one for part in _PARTS)
            found.append(
                (row, harms[toll["harm"]], categories[toll["category"]], low, best, high, _has_figure(toll))
            )
    shaped = np.array(found, dtype=np.int64).reshape(len(found), 7)
    event, harm_codes, category_codes, lows, bests, highs, is_numbered = (shaped[:, at] for at in range(7))
    return TollRows(
        event,
        Words(harm_codes, ("", *harms)),
        Words(category_codes, ("", *categories)),
        lows,
        bests,
        highs,
        is_numbered > 0,
    )


def standings_of_events(connection: Connection, table: EventTable) -> StandingRows:
    """How the perpetrators of events come to be named."""
    actors, ways = Pool(), _numbered(Standing)
    keys: dict[str, int] = {}
    found: list[tuple[int, int, int]] = []
    for row, perpetrators in _recorded(connection, table, t.event_record.c.record["perpetrators"]):
        for one in perpetrators:
            known = one["registry_id"] or one["name"]
            if known not in keys:
                keys[known] = actors.number(one["registry_id"] or folded_name(one["name"]))
            found.extend((row, keys[known], ways[standing]) for standing in one["standings"])
    shaped = np.array(found, dtype=np.int64).reshape(len(found), 3)
    return StandingRows(
        shaped[:, 0], Words(shaped[:, 1], tuple(actors.words)), Words(shaped[:, 2], ("", *ways))
    )


def reports_of_events(
    connection: Connection, table: EventTable, between: tuple[date, date] | None = None
) -> ReportRows:
    """The reports that tell of events; `between` asks for those published from one day to another."""
    event, link = t.reported_event.c, t.link.c
    query = (
        sa.select(link.event, event.report)
        .select_from(t.link)
        .join(t.reported_event, sa.and_(event.key == link.key, event.ended_at.is_(None)))
        .where(link.until.is_(None))
    )
    if between is None:
        found = list(_rows_for(connection, table, query, link.event))
    else:
        published = t.report.c.published_on.between(*between)
        query = query.join(t.report, t.report.c.number == event.report).where(published)
        found = list(_placed(connection.execute(query).all(), table))
    # A report may tell of an event twice; the database is slower at finding that than this is.
    shaped = np.unique(np.array(found, dtype=np.int64).reshape(len(found), 2), axis=0)
    numbers, at = np.unique(shaped[:, 1], return_inverse=True)
    days, outlets, words = _published(connection, numbers)
    return ReportRows(shaped[:, 0], shaped[:, 1], days[at], Words(outlets[at], words))


def told_of(table: EventTable, ids: tuple[str, ...], told: ReportRows) -> ReportRows:
    """Of the reports that tell of the events `ids`, those that tell of the events of a table."""
    if table.ids == ids:
        return told
    at = {event_id: row for row, event_id in enumerate(table.ids)}
    rows = np.array([at.get(event_id, -1) for event_id in ids], dtype=np.int64)[told.event]
    kept = rows >= 0
    outlet = Words(told.outlet.codes[kept], told.outlet.words)
    return ReportRows(rows[kept], told.report[kept], told.day[kept], outlet)


def _published(connection: Connection, numbers: Numbers) -> tuple[Numbers, Numbers, tuple[str, ...]]:
    """The day and the outlet of each of some reports, and the outlets' names by their numbers."""
    report = t.report.c
    query = sa.select(report.number, plain_day(report.published_on), report.publisher)
    few = len(numbers) <= FEW
    queries = [query.where(report.number.in_(some)) for some in chunks(numbers.tolist())] if few else [query]
    days, outlets, pool = np.full(len(numbers), MISSING), np.zeros(len(numbers), dtype=np.int64), Pool()
    for one in queries:
        rows = connection.execute(one).all()
        if rows:
            number, day, outlet = zip(*rows, strict=True)
            of = np.array(number, dtype=np.int64)
            meant = np.isin(of, numbers)
            at = np.searchsorted(numbers, of[meant])
            days[at], outlets[at] = each(day, ordinal)[meant], each(outlet, pool.number)[meant]
    return days, outlets, tuple(pool.words)


def press_of(connection: Connection) -> Press:
    """How many reports each outlet published each day; those without a day are left out."""
    report = t.report.c
    query = (
        sa.select(report.publisher, plain_day(report.published_on), sa.func.count())
        .where(report.published_on.is_not(None))
        .group_by(report.publisher, report.published_on)
    )
    rows = connection.execute(query).all()
    outlets, days, counts = zip(*rows, strict=True) if rows else ((), (), ())
    pool = Pool()
    return Press(
        each(days, ordinal),
        Words(each(outlets, pool.number), tuple(pool.words)),
        np.array(counts, dtype=np.int64),
    )


def _has_figure(toll: Mapping[str, Any]) -> bool:
    """Whether a source gives a number."""
    return any(
        figure["low"] is not None or figure["best"] is not None or figure["high"] is not None
        for figure in toll["figures"]
    )


def _numbered(kinds: type[StrEnum]) -> dict[str, int]:
    """A number for each word of a closed list, from 1."""
    return {str(kind): number for number, kind in enumerate(kinds, start=1)}


def _recorded(
    connection: Connection, table: EventTable, column: sa.ColumnElement[Any]
) -> Iterator[Sequence[Any]]:
    """A part of the whole states of events, each with its row in the table."""
    query = sa.select(t.event_record.c.event, column)
    yield from _rows_for(connection, table, query, t.event_record.c.event)


def _rows_for(
    connection: Connection, table: EventTable, query: sa.Select[Any], column: sa.Column[Any]
) -> Iterator[Sequence[Any]]:
    """The rows of a query whose first column is an event of the table: its row stands there instead."""
    queries = (
        [query] if len(table) > FEW else [query.where(column.in_(some)) for some in chunks(list(table.ids))]
    )
    for one in queries:
        yield from _placed(connection.execute(one).all(), table)


def _placed(rows: Iterable[Sequence[Any]], table: EventTable) -> Iterator[Sequence[Any]]:
    """Rows of events that are in a table, each with its place there instead of the event's id."""
    at = {event_id: row for row, event_id in enumerate(table.ids)}
    for event_id, *values in rows:
        row = at.get(event_id)
        if row is not None:
            yield row, *values


def _rows_of(meant: Flags) -> Numbers:
    """The row in the table of each event of the columns, where it is meant."""
    rows: Numbers = np.cumsum(meant, dtype=np.int64) - 1
    return rows


def _whole(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)
