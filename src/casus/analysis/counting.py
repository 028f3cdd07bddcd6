"""Events, their figures and published reports, added up by period or by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

import numpy as np

from casus.analysis.toll_rates import TollDays
from casus.analysis.trend_results import Figures
from casus.casebook.browsing.columns import MISSING, Numbers
from casus.casebook.browsing.tables import EventTable, Press

_DEATHS = ("killed_low", "killed_best", "killed_high")


def figures_of(table: EventTable, rows: Numbers, cells: Numbers, size: int) -> tuple[Figures, ...]:
    """What the events of each cell come to; `rows` of the table are in `cells`, of which there are `size`."""

    def added(name: str) -> list[int]:
        numbers = table.numbers[name][rows]
        return _sums(cells, np.where(numbers == MISSING, 0, numbers), size)

    events = np.bincount(cells, minlength=size).tolist()
    is_silent = table.numbers["killed_best"][rows] == MISSING
    columns = (
        events,
        *(added(name) for name in _DEATHS),
        np.bincount(cells[is_silent], minlength=size).tolist(),
        added("reports"),
        added("sources"),
    )
    return tuple(Figures(*values) for values in zip(*columns, strict=True))


def in_all(figures: Iterable[Figures]) -> Figures:
    """What the figures of several sets of events, none in two of them, come to."""
    return Figures(*(sum(column) for column in zip(*map(astuple, figures), strict=True)))


def press_of(press: Press, starts: Numbers, last: int) -> tuple[list[int], list[int]]:
    """How many reports were published in each period, and how many outlets published them.

    Periods begin on the days `starts`, shape (periods,), and each ends where the next begins, the
    last on the day `last`.
    """
    is_meant = (press.day >= starts[0]) & (press.day <= last)
    cells = np.searchsorted(starts, press.day[is_meant], side="right") - 1
    published = _sums(cells, press.reports[is_meant], len(starts))
    outlet = press.outlet.codes[is_meant]
    size = len(press.outlet.words)
    there = np.unique(cells[outlet > 0] * size + outlet[outlet > 0])
    return published, np.bincount(there // size, minlength=len(starts)).tolist()


def counts_by_day(days: Numbers, first: int, last: int) -> Numbers:
    """How many of some days are each of those from a first to a last, shape (days,)."""
    return np.bincount(days - first, minlength=last - first + 1)


def tolls_by_day(table: EventTable, rows: Numbers, first: int, last: int) -> TollDays:
    """The deaths in some events on each day from a first to a last, on one of which each began."""
    at, size = table.numbers["start"][rows] - first, last - first + 1
    sums = []
    for name in _DEATHS:
        numbers = table.numbers[name][rows]
        sums.append(np.array(_sums(at, np.where(numbers == MISSING, 0, numbers), size), dtype=np.int64))
    return TollDays(*sums)


def press_by_day(press: Press, first: int, last: int) -> Numbers:
    """How many reports were published on each day from a first to a last."""
    is_meant = (press.day >= first) & (press.day <= last)
    at = press.day[is_meant] - first
    return np.array(_sums(at, press.reports[is_meant], last - first + 1), dtype=np.int64)


def _sums(cells: Numbers, numbers: Numbers, size: int) -> list[int]:
    # Weights are floats: sums are exact up to 2^53, which no count of people comes near.
    return np.bincount(cells, weights=numbers, minlength=size).astype(np.int64).tolist()  # type: ignore[no-any-return]
