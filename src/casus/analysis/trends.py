"""Events and deaths over time, and how much is reported in the same time.

An event counts on the day on which it began, and unknown tolls add nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import numpy as np

from casus.analysis.before_after import Turn, before_and_after, covered_days
from casus.analysis.counting import figures_of, in_all, press_of
from casus.analysis.selecting import Selection
from casus.analysis.trend_by import TrendBy
from casus.analysis.trend_groups import Grouped, Placed, grouped
from casus.analysis.trend_results import BeforeAfter, Figures, Trend, TrendPeriod
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Numbers
from casus.casebook.browsing.records import TimeUnit
from casus.casebook.browsing.tables import EventTable, Press
from casus.casebook.browsing.timeline import next_start, start_of, unit_for
from casus.errors import NotAnswerable

LARGEST = 8
"""How many groups are told by themselves."""


def trend(
    book: Casebook,
    selection: Selection,
    *,
    unit: TimeUnit | None = None,
    by: TrendBy | None = None,
    around: Turn | None = None,
    window_days: int | None = None,
    largest: int = LARGEST,
) -> Trend:
    """The selected events in periods without gaps; in units that suit where none is asked for.

    The periods go from the first day that is asked about, else that of the first event, to the
    last; days that no report in the casebook is near of are left out.  With `by` the `largest`
    groups are told, and what the others come to.  With `around` what comes after a day is
    compared with what came before (`before_and_after`).

    Raises `NotAnswerable` where no event is meant, where the days that are asked about are not covered by
    the casebook, and where the unit gives thousands of periods.
    """
    wanted = selection.wanted
    open_ended = replace(wanted, since=None, until=None)
    table, press = book.browse.table(open_ended), book.browse.press()
    if not len(table):
        raise NotAnswerable(f"there are no such events in this casebook: {selection.words}")
    days = _Days.of(table, press, selection)
    suited = _suited(days, unit)
    starts = days.starts(suited)
    cells = np.searchsorted(_ordinals(starts), table.numbers["start"][days.rows], side="right") - 1
    groups = Grouped()
    if by is not None:
        placed = Placed(table, days.rows, cells, len(starts))
        groups = grouped(book, open_ended, placed, by, largest=largest)
    split: BeforeAfter | None = None
    if around is not None:
        split = before_and_after(
            table,
            press,
            partial(book.browse.tellings, table),
            around,
            since=wanted.since,
            until=wanted.until,
            window_days=window_days,
        )
    figures = figures_of(table, days.rows, cells, len(starts))
    return Trend(
        selection.words,
        table.revision,
        suited,
        tuple(_periods(days, suited, starts, press, figures)),
        in_all(figures),
        by,
        groups.groups,
        groups.other_groups,
        groups.others,
        days.undated,
        days.earlier,
        _long(table, days, _ordinals(starts), cells),
        covered_days(press),
        split,
        (*days.notes, *groups.notes),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Days:
    """The days that are counted, both inclusive, which events began on them, and how many are left out."""

    first: date
    last: date
    rows: Numbers
    undated: int
    earlier: int
    notes: tuple[str, ...]

    @classmethod
    def of(cls, table: EventTable, press: Press, selection: Selection) -> _Days:
        start, end = table.numbers["start"], table.numbers["end"]
        is_dated = start != MISSING
        if not is_dated.any():
            raise NotAnswerable(f"no day is known of any of these events: {selection.words}")
        had = [date.fromordinal(int(day)) for day in (start[is_dated].min(), start[is_dated].max())]
        first, last, notes = _bounds(selection, (had[0], had[1]), covered_days(press))
        rows = np.flatnonzero((start >= first.toordinal()) & (start <= last.toordinal()))
        if not len(rows):
            raise NotAnswerable(f"no such event began between {first} and {last}: {selection.words}")
        earlier = is_dated & (start < first.toordinal()) & (end >= first.toordinal())
        return cls(first, last, rows, int((~is_dated).sum()), int(earlier.sum()), notes)

    def starts(self, unit: TimeUnit) -> tuple[date, ...]:
        """The first days of all periods, the first period's being the first day that is counted."""
        starts = [self.first]
        while (following := next_start(start_of(starts[-1], unit), unit)) <= self.last:
            starts.append(following)
        return tuple(starts)


def _bounds(
    selection: Selection, had: tuple[date, date], covered: tuple[date, date] | None
) -> tuple[date, date, tuple[str, ...]]:
    """The days that are asked about, as far as events or reports are near; else those of the events."""
    since, until = selection.wanted.since, selection.wanted.until
    near = (min(had[0], covered[0]), max(had[1], covered[1])) if covered else had
    if until is not None and until < near[0]:
        raise NotAnswerable(f"this casebook begins on {near[0]}, after {until}: ask about later days")
    if since is not None and since > near[1]:
        raise NotAnswerable(f"this casebook ends on {near[1]}, before {since}: ask about earlier days")
    first = had[0] if since is None else max(since, near[0])
    last = had[1] if until is None else min(until, near[1])
    notes = []
    if since is not None and first > since:
        notes.append(f"the casebook has nothing before {first}: days from {since} to then are not counted")
    if until is not None and last < until:
        notes.append(f"the casebook has nothing after {last}: days from then to {until} are not counted")
    return min(first, last), max(first, last), tuple(notes)


def _suited(days: _Days, unit: TimeUnit | None) -> TimeUnit:
    suited = unit_for(days.first, days.last, unit)
    if unit is not None and suited is not unit:
        count = (days.last - days.first).days + 1
        raise NotAnswerable(f"that would be too many periods ({count:,} days): ask for each {suited}")
    return suited


def _periods(
    days: _Days, unit: TimeUnit, starts: tuple[date, ...], press: Press, figures: tuple[Figures, ...]
) -> Iterator[TrendPeriod]:
    published, outlets = press_of(press, _ordinals(starts), days.last.toordinal())
    ends = [*(start - timedelta(days=1) for start in starts[1:]), days.last]
    for start, end, of_period, reports, papers in zip(starts, ends, figures, published, outlets, strict=True):
        begun = start_of(start, unit)
        is_whole = start == begun and next_start(begun, unit) == end + timedelta(days=1)
        yield TrendPeriod(start, end, is_whole, of_period, reports, papers)


def _ordinals(days: tuple[date, ...]) -> Numbers:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _long(table: EventTable, days: _Days, starts: Numbers, cells: Numbers) -> int:
    """How many events go on beyond the period in which they began."""
    ends = np.searchsorted(starts, table.numbers["end"][days.rows], side="right") - 1
    is_beyond = (ends > cells) | (table.numbers["end"][days.rows] > days.last.toordinal())
    return int(is_beyond.sum())
