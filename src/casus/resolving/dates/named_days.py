"""Days with a name of their own, from `knowledge/named_days.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from casus.knowledge import Row, read_table, require_unique
from casus.resolving.dates.calendar import easter_sunday

_COLUMNS = ("name", "month", "day", "easter_offset_days", "year", "source")
# The years for which the Western Easter is computed.
_FIRST_GREGORIAN_YEAR = 1583


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of the year, by month and day or by its distance from Easter Sunday.

    `year` is set for the name of a single day, such as 9/11.
    """

    month: int | None
    day: int | None
    easter_offset_days: int | None
    year: int | None

    def in_year(self, year: int) -> date | None:
        """The day in a year; None where the calendar has none."""
        if self.easter_offset_days is not None:
            if year < _FIRST_GREGORIAN_YEAR:
                return None
            return easter_sunday(year) + timedelta(days=self.easter_offset_days)
        return date(year, self.month, self.day) if self.month and self.day else None


@cache
def load_named_days(text: str | None = None) -> Mapping[str, NamedDay]:
    """The named days by name in small letters; `text` stands in for the file's content."""
    rows = read_table("named_days.tsv", _COLUMNS, text=text)
    require_unique(rows, "name")
    return {row.text("name"): _named_day(row) for row in rows}


def _named_day(row: Row) -> NamedDay:
    day = NamedDay(
        _number(row, "month"), _number(row, "day"), _number(row, "easter_offset_days"), row.year("year")
    )
    if (day.month is None) != (day.day is None) or (day.month is None) == (day.easter_offset_days is None):
        raise row.fail("a named day has either month and day or an offset from Easter")
    if row.text("name") != row.text("name").lower():
        raise row.fail("names are written in small letters")
    try:
        day.in_year(day.year or 2000)
    except ValueError as error:
        raise row.fail("the calendar has no such day") from error
    return day


def _number(row: Row, column: str) -> int | None:
    value = row.optional(column)
    if value is None:
        return None
    if not value.lstrip("-").isdecimal():
        raise row.fail(f"{column} is {value!r}; use a whole number or nothing")
    return int(value)
