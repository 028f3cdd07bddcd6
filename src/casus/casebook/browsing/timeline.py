"""Events over time, in periods without gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from casus.casebook.browsing.columns import MISSING, Columns, Flags
from casus.casebook.browsing.overview import figures
from casus.casebook.browsing.records import Period, TimeUnit

_LONGEST_DAYS = {TimeUnit.DAY: 62, TimeUnit.WEEK: 750, TimeUnit.MONTH: 25 * 366}
_MOST_PERIODS = 4000
_DAYS_OF = {TimeUnit.DAY: 1, TimeUnit.WEEK: 7, TimeUnit.MONTH: 30, TimeUnit.YEAR: 365}

Counts = tuple[int, ...]


def timeline_of(columns: Columns, meant: Flags, unit: TimeUnit | None) -> tuple[Period, ...]:
    """The periods from the first event to the last; those without a day are left out.

    Without a unit, or with one that would give thousands of periods, one that suits is taken.
    """
    by_day = _by_day(columns, meant)
    if not by_day:
        return ()
    first, last = min(by_day), max(by_day)
    unit = unit_for(first, last, unit)
    counts: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for day, of_day in by_day.items():
        own = counts[start_of(day, unit)]
        for at, count in enumerate(of_day):
            own[at] += count
    return tuple(Period(start, end, *counts[start]) for start, end in _periods(first, last, unit))


def unit_for(first: date, last: date, unit: TimeUnit | None) -> TimeUnit:
    """The unit that is asked for, or one that gives neither too few nor too many periods."""
    days = (last - first).days + 1
    if unit is None:
        return next((one for one, most in _LONGEST_DAYS.items() if days <= most), TimeUnit.YEAR)
    units = list(TimeUnit)
    return next(
        (one for one in units[units.index(unit) :] if days / _DAYS_OF[one] <= _MOST_PERIODS), units[-1]
    )


def start_of(day: date, unit: TimeUnit) -> date:
    """The first day of the period that a day is in; weeks begin on Mondays."""
    if unit is TimeUnit.WEEK:
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if unit is TimeUnit.MONTH:
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit is TimeUnit.YEAR else day


def _periods(first: date, last: date, unit: TimeUnit) -> Iterator[tuple[date, date]]:
    start = start_of(first, unit)
    while start <= last:
        following = next_start(start, unit)
        yield start, following - timedelta(days=1)
        start = following


def next_start(start: date, unit: TimeUnit) -> date:
    """The first day of the period after one that starts on a day."""
    if unit is TimeUnit.MONTH:
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    if unit is TimeUnit.YEAR:
        return date(start.year + 1, 1, 1)
    return start + timedelta(days=_DAYS_OF[unit])


def _by_day(columns: Columns, meant: Flags) -> Mapping[date, Counts]:
    """How many events began on each day, the dead of them, and how many give a number of them."""
    start = columns.numbers["start"]
    dated = meant & (start != MISSING)
    days, at, counts = np.unique(start[dated], return_inverse=True, return_counts=True)
    sums = []
    for part in ("low", "best", "high"):
        killed = figures(columns, "killed", part)[dated]
        sums.append(np.bincount(at, weights=np.where(killed == MISSING, 0, killed), minlength=len(days)))
    sums.append(np.bincount(at, weights=killed != MISSING, minlength=len(days)))
    return {
        date.fromordinal(int(day)): (int(counts[n]), *(int(some[n]) for some in sums))
        for n, day in enumerate(days)
    }
