"""Feasts and fasts of several calendars, from `knowledge/feasts.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from casus.knowledge import Row, read_table, require_unique
from casus.resolving.dates.calendar import (
    Span,
    day_or_none,
    easter_sunday,
    orthodox_easter_sunday,
    range_span,
)
from casus.resolving.dates.calendars import CalendarSystem, day_in, latest_yearly, month_in

_COLUMNS = ("name", "calendar", "month", "day", "easter_offset_days", "days", "source")
_EASTERS = {"western": easter_sunday, "orthodox": orthodox_easter_sunday}
_FIRST_EASTER = 1583
# "Eid" alone may be either of these.
EITHER_EID = "eid"
EIDS = ("eid al-fitr", "eid al-adha")


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast by its calendar; `days` is None for a whole month."""

    calendar: str
    month: int
    day: int
    easter_offset_days: int
    days: int | None

    def near(self, year: int) -> Iterator[Span]:
        """The feast in a Gregorian year and those around it, in order of time."""
        for around in (year - 1, year, year + 1):
            yield from self._in(around)

    def _in(self, year: int) -> Iterator[Span]:
        if self.calendar in _EASTERS:
            if year >= _FIRST_EASTER:
                yield self._from(_EASTERS[self.calendar](year) + timedelta(days=self.easter_offset_days))
            return
        if self.calendar == "gregorian":
            if (first := day_or_none(year, self.month, self.day)) is not None:
                yield self._from(first)
            return
        yield from self._by_calendar(CalendarSystem(self.calendar), year)

    def _by_calendar(self, calendar: CalendarSystem, year: int) -> Iterator[Span]:
        latest = latest_yearly(calendar, self.month, self.day, date(year, 12, 31))
        for own_year in () if latest is None else (latest - 1, latest):
            whole = month_in(calendar, own_year, self.month) if self.days is None else None
            first = whole or day_in(calendar, own_year, self.month, self.day)
            if first is None or first.start.year != year:
                continue
            more = timedelta(days=(self.days or 1) - 1)
            yield range_span(first.start, first.end + more)

    def _from(self, first: date) -> Span:
        return range_span(first, first + timedelta(days=(self.days or 1) - 1))


@cache
def load_feasts() -> Mapping[str, Feast]:
    """The feasts by name in small letters."""
    rows = read_table("feasts.tsv", _COLUMNS)
    require_unique(rows, "name")
    return {row.text("name"): _feast(row) for row in rows}


def _feast(row: Row) -> Feast:
    calendar, days = row.text("calendar"), row.text("days")
    if calendar not in {*_EASTERS, "gregorian", *CalendarSystem}:
        raise row.fail(f"{calendar!r} is no calendar of this program")
    numbers = [row.optional(column) or "0" for column in ("month", "day", "easter_offset_days")]
    if not all(number.lstrip("-").isdecimal() for number in numbers) or not (
        days == "month" or days.isdecimal()
    ):
        raise row.fail("month, day, easter_offset_days and days are whole numbers, days may be `month`")
    month, day, offset = map(int, numbers)
    return Feast(calendar, month, day, offset, None if days == "month" else int(days))


def load_feast_names() -> tuple[str, ...]:
    """The names of all feasts, in small letters; "eid" is either of two."""
    return (*load_feasts(), EITHER_EID)
