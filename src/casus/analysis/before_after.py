"""What came after a day against what came before, and whether more reporting alone would explain it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from casus.analysis.counting import counts_by_day, figures_of, press_by_day, press_of, tolls_by_day
from casus.analysis.rates import FEWEST_DAYS, RateComparison, compare_days, to_reports
from casus.analysis.toll_rates import TollComparison, TollDays, compare_tolls
from casus.analysis.trend_results import BeforeAfter, Side
from casus.casebook.book import Casebook
from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.columns import MISSING, Flags, Numbers
from casus.casebook.browsing.tables import EventTable, Press, ReportRows
from casus.errors import NotAnswerable

FEWEST_OTHERS = 20
"""Fewer reports of other things on a side say nothing of how much was reported."""


Told = Callable[[tuple[date, date]], ReportRows]


@dataclass(frozen=True, slots=True)
class Turn:
    """What parts before from after: a day, or of an agreement the days of which one was its day.

    The days from `first` to `last` inclusive: of a single day, which is part of what comes after,
    they are equal; of several days none is part of either side.
    """

    first: date
    last: date
    name: str | None = None

    @classmethod
    def on(cls, day: date) -> Turn:
        """A day."""
        return cls(day, day)

    @property
    def before(self) -> date:
        """The last day before."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """The first day after."""
        return self.first if self.first == self.last else self.last + timedelta(days=1)


def turn_of(book: Casebook, agreement: int) -> Turn:
    """The day of an agreement, by its number in the casebook; raises `NotAnswerable`."""
    record = book.browse.agreement(agreement, days=0)
    if record is None:
        raise NotAnswerable(f"the casebook has no agreement {agreement}")
    first, last = bounds_of(record.row.agreed_on)
    if first is None or last is None:
        raise NotAnswerable(
            f"no report says on which day agreement {agreement} ({record.row.name}) was made: give a day"
        )
    return Turn(first, last, record.row.name)


def before_and_after(
    table: EventTable,
    press: Press,
    told: Told,
    turn: Turn,
    *,
    since: date | None = None,
    until: date | None = None,
    window_days: int | None = None,
) -> BeforeAfter:
    """The events of a table after a turn against those before, and the same of the reports.

    `told` gives the reports that tell of these events, those at least that were published between two
    days; the others show whether there was more reporting.

    Each side has `window_days`, or by default both as many as the casebook covers on the side of
    which it covers less.  What it covers are the days from the first publication of a report to the last,
    or those of them from `since` to `until`.  An event counts where it begins; one that goes on over the
    turn, or began within the several days of one, is on neither side.

    Raises `NotAnswerable` where a side has too few days, and where there is no event on either.
    """
    days = _windows(press, turn, since, until, window_days)
    start, end = table.numbers["start"], table.numbers["end"]
    first, last = (day.toordinal() for day in days.before)
    is_before = (start >= first) & (start <= last) & (end <= last)
    is_beside = (start >= first) & (start < days.after[0].toordinal()) & ~is_before
    is_after = (start >= days.after[0].toordinal()) & (start <= days.after[1].toordinal())
    of_events = _first_told(told((days.before[0], days.after[1])))
    before = _Counted.of(table, press, of_events, days.before, is_before)
    after = _Counted.of(table, press, of_events, days.after, is_after)
    events = compare_days(before.events, after.events)
    deaths, reporting = _deaths(before, after), _Reporting.of(events, before, after)
    notes = (*days.notes, *_left_out(deaths, reporting, before, after))
    return BeforeAfter(
        turn.first,
        turn.name,
        before.side,
        after.side,
        events,
        deaths,
        reporting.published,
        reporting.others,
        reporting.adjusted,
        int(is_beside.sum()),
        notes,
    )


@dataclass(frozen=True, slots=True)
class _Windows:
    before: tuple[date, date]
    after: tuple[date, date]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """A side, and what there is on each of its days."""

    side: Side
    events: Numbers
    deaths: TollDays
    published: Numbers
    others: Numbers

    @classmethod
    def of(
        cls, table: EventTable, press: Press, of_events: Numbers, days: tuple[date, date], is_meant: Flags
    ) -> _Counted:
        first, last = (day.toordinal() for day in days)
        rows = np.flatnonzero(is_meant)
        figures = figures_of(table, rows, np.zeros(len(rows), dtype=np.int64), 1)[0]
        _, outlets = press_of(press, np.array([first]), last)
        published = press_by_day(press, first, last)
        others = published - counts_by_day(of_events[(of_events >= first) & (of_events <= last)], first, last)
        return cls(
            Side(*days, figures, int(published.sum()), int(others.sum()), outlets[0]),
            counts_by_day(table.numbers["start"][rows], first, last),
            tolls_by_day(table, rows, first, last),
            published,
            others,
        )


def _windows(
    press: Press, turn: Turn, since: date | None, until: date | None, window_days: int | None
) -> _Windows:
    covered = covered_days(press)
    if covered is None:
        raise NotAnswerable(
            "no report in this casebook has a day of publication: what it covers is not known"
        )
    low, high = max(covered[0], since or date.min), min(covered[1], until or date.max)
    had = ((turn.before - low).days + 1, (high - turn.after).days + 1)
    for days, side, bound, name in zip(had, ("before", "after"), (low, high), ("first", "last"), strict=True):
        if days < FEWEST_DAYS:
            raise NotAnswerable(
                f"the casebook covers {max(0, days)} days {side} {turn.first} (its {name} day that counts is "
                f"{bound}): at least {FEWEST_DAYS} are needed"
            )
    if window_days is not None and window_days < FEWEST_DAYS:
        raise NotAnswerable(f"a window of {window_days} days is too short: give at least {FEWEST_DAYS}")
    sizes = [min(window_days or min(had), days) for days in had]
    before = (turn.first - timedelta(days=sizes[0]), turn.before)
    after = (turn.after, turn.after + timedelta(days=sizes[1] - 1))
    return _Windows(before, after, tuple(_window_notes(turn, sizes, (low, high), window_days)))


def _window_notes(
    turn: Turn, sizes: list[int], bounds: tuple[date, date], window_days: int | None
) -> Iterator[str]:
    if window_days is None:
        yield (
            f"both sides have {sizes[0]} days, the most that both have of the days that are covered, "
            f"{bounds[0]} to {bounds[1]}"
        )
    ends = zip(sizes, ("before", "after"), bounds, ("first", "last"), strict=True)
    for size, side, bound, end in ends:
        if window_days is not None and size < window_days:
            yield f"only {size} of {window_days} days {side} are covered: {bound} is the {end} day that is"
    if turn.first != turn.last:
        yield f"the day is only known to be of {turn.first} to {turn.last}: these days are on neither side"


def covered_days(press: Press) -> tuple[date, date] | None:
    """The first and the last day on which a report in the casebook was published; None without any."""
    if not len(press.day):
        return None
    return date.fromordinal(int(press.day.min())), date.fromordinal(int(press.day.max()))


def _deaths(before: _Counted, after: _Counted) -> TollComparison | None:
    if not before.side.figures.deaths_best and not after.side.figures.deaths_best:
        return None
    return compare_tolls(before.deaths, after.deaths)


@dataclass(frozen=True, slots=True)
class _Reporting:
    """Comparisons of all reports, of those of other things, and of events to one of those."""

    published: RateComparison | None
    others: RateComparison | None
    adjusted: RateComparison | None

    @classmethod
    def of(cls, events: RateComparison, before: _Counted, after: _Counted) -> _Reporting:
        published = others = adjusted = None
        if before.side.published or after.side.published:
            published = compare_days(before.published, after.published, what="reports")
        counts = (before.side.other_reports, after.side.other_reports)
        if min(counts) >= FEWEST_OTHERS:
            others = compare_days(before.others, after.others, what="reports of other things")
            adjusted = to_reports(events, others)
        return cls(published, others, adjusted)


def _first_told(told: ReportRows) -> Numbers:
    """The day of publication of each report, once, where it is known."""
    _, once = np.unique(told.report, return_index=True)
    days: Numbers = told.day[once]
    known: Numbers = days[days != MISSING]
    return known


def _left_out(
    deaths: TollComparison | None, reporting: _Reporting, before: _Counted, after: _Counted
) -> Iterator[str]:
    if deaths is None:
        yield "no deaths are known on either side, so that there is nothing to compare"
    for counted, name in ((before, "before"), (after, "after")):
        figures = counted.side.figures
        if figures.without_toll:
            yield f"{figures.without_toll} of {figures.events} events {name} give no number of dead"
    if reporting.published is None:
        yield "no report was published on either side"
    elif reporting.others is None:
        yield (
            f"a side has fewer than {FEWEST_OTHERS} reports of other things, so that the casebook can't tell "
            "more violence from more reporting"
        )
