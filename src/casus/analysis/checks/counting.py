"""What a statistic counts, counted in the casebook: by day, over a period, and the reports beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from casus.analysis.checks.records import Days, Recorded, Subject
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Numbers, harm_bit
from casus.casebook.browsing.tables import EventTable, Press, Words
from casus.model import Harm

_FIGURES = ("low", "best", "high")
_IN_COLUMNS = (Harm.KILLED, Harm.INJURED)
_WIDE = 27  # days that an event may have been on, and more: it is known to the month or the year


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """How many on each day: events, or people by the low, best and high figures.

    `undated` events have no day and are on none; `wide` ones are known to a month or a year only
    and count on its first day.
    """

    first: int  # the ordinal of the first day
    events: Numbers
    figures: dict[str, Numbers] | None
    without_number: Numbers
    undated: int
    wide: int

    def of(self, days: Days, figure: str = "best") -> Numbers:
        """The counts of some days, zeros where the record has nothing."""
        counted = self.events if self.figures is None else self.figures[figure]
        return _part(counted, self.first, days)

    def recorded(self, days: Days) -> Recorded:
        """What the record holds over some days."""
        low, best, high = (int(self.of(days, figure).sum()) for figure in _FIGURES)
        events = int(_part(self.events, self.first, days).sum())
        return Recorded(
            days, low, best, high, events, int(_part(self.without_number, self.first, days).sum())
        )


def coverage_of(press: Press) -> Days | None:
    """The first and last day on which the casebook's reports were published; None without any."""
    if not len(press.day):
        return None
    return Days(date.fromordinal(int(press.day.min())), date.fromordinal(int(press.day.max())))


@dataclass(frozen=True, slots=True, eq=False)
class Reports:
    """Reports by the day of publication: all, and those that tell of nothing that is counted."""

    first: int
    every: Numbers
    others: Numbers

    def of(self, days: Days) -> Numbers:
        """All reports of some days."""
        return _part(self.every, self.first, days)

    def others_of(self, days: Days) -> Numbers:
        """The reports of some days that tell of nothing that is counted."""
        return _part(self.others, self.first, days)


def reports_beside(book: Casebook, press: Press, subject: Subject, days: Days) -> Reports:
    """The reports of the casebook, and which of them tell of other things than a subject on some days.

    Reports come with what they report: where violence grows, so do they.  Those that tell of
    something else say whether the press, or who fills the casebook, came to write and file more.
    """
    first, size = int(press.day.min()), int(press.day.max() - press.day.min()) + 1
    every = np.bincount(press.day - first, weights=press.reports, minlength=size).astype(np.int64)
    table = book.browse.table(replace(subject.selection.wanted, since=None, until=None))
    told = book.browse.tellings(table, (days.first, days.last))
    _, once = np.unique(told.report, return_index=True)
    published = told.day[once]
    of_subject = np.bincount(published[published != MISSING] - first, minlength=size)
    return Reports(first, every, every - of_subject)


def series_of(book: Casebook, subject: Subject) -> Series:
    """What a subject comes to on each day of the record."""
    table = book.browse.table(replace(subject.selection.wanted, since=None, until=None))
    start = table.numbers["start"]
    dated = start != MISSING
    days = start[dated]
    first = int(days.min()) if len(days) else 1
    size = int(days.max()) - first + 1 if len(days) else 0

    def by_day(per_event: Numbers | Flags) -> Numbers:
        counts = np.bincount(days - first, weights=per_event[dated], minlength=size)
        return counts.astype(np.int64)

    wide = int((dated & (table.numbers["end"] - start >= _WIDE)).sum())
    undated = int((~dated).sum())
    if not subject.harms:
        every = np.ones(len(table), dtype=np.bool_)
        return Series(first, by_day(every), None, by_day(~every), undated, wide)
    harmed = _harmed(book, table, subject)
    figures = {figure: by_day(np.where(harmed.known, harmed.figures[figure], 0)) for figure in _FIGURES}
    return Series(first, by_day(harmed.told), figures, by_day(harmed.told & ~harmed.known), undated, wide)


@dataclass(frozen=True, slots=True, eq=False)
class _Harmed:
    """People harmed in each event of a table: whether it is told, whether with a number, and the figures."""

    told: Flags
    known: Flags
    figures: dict[str, Numbers]


def _harmed(book: Casebook, table: EventTable, subject: Subject) -> _Harmed:
    if len(subject.harms) == 1 and subject.harms[0] in _IN_COLUMNS and not subject.categories:
        harm = subject.harms[0]
        figures = {figure: table.numbers[f"{harm}_{figure}"] for figure in _FIGURES}
        told = (table.numbers["harms"] & harm_bit(harm)) != 0
        return _Harmed(told, figures["best"] != MISSING, figures)
    rows = book.browse.tolls(table)
    kept = np.isin(rows.harm.codes, _codes(rows.harm, subject.harms))
    if subject.categories:
        kept &= np.isin(rows.category.codes, _codes(rows.category, subject.categories))
    at, size = rows.event[kept], len(table)
    low, best, high = (getattr(rows, figure)[kept] for figure in _FIGURES)
    # Of a row with one figure, the nearest stands for those that it does not give, as in sums elsewhere.
    best = np.where(best != MISSING, best, np.where(low != MISSING, low, high))
    low, high = (np.where(one != MISSING, one, best) for one in (low, high))
    known = best != MISSING
    figures = {
        figure: np.bincount(at[known], weights=one[known], minlength=size).astype(np.int64)
        for figure, one in zip(_FIGURES, (low, best, high), strict=True)
    }
    return _Harmed(np.bincount(at, minlength=size) > 0, np.bincount(at[known], minlength=size) > 0, figures)


def _codes(words: Words, wanted: Sequence[StrEnum]) -> list[int]:
    return [words.words.index(str(one)) for one in wanted]


def _part(counts: Numbers, first: int, days: Days) -> Numbers:
    """The counts of some days out of those from a first day on; zeros beyond them."""
    found = np.zeros(len(days), dtype=np.int64)
    begin = days.first.toordinal() - first
    lower, upper = max(0, begin), min(len(counts), begin + len(days))
    if lower < upper:
        found[lower - begin : upper - begin] = counts[lower:upper]
    return found
