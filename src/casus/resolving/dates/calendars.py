"""Dates of other calendars: Islamic, Iranian and Afghan solar, Ethiopian, Bikram Sambat, Buddhist era.

The Islamic calendar is the Umm al-Qura one (through `hijridate`); where a month begins with
the sighting of the moon it may differ by a day, so an Islamic date is the range of three
days around the computed one.  The solar one goes through `persiantools`, the Bikram Sambat
through `nepali-datetime`; the Ethiopian is arithmetic: thirteen months, a leap day in every
fourth year.  The libraries are loaded when a text first has such a date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from casus.knowledge import read_table
from casus.resolving.dates.calendar import Span, day_span, range_span


class CalendarSystem(StrEnum):
    """A calendar that news gives dates in, other than the Gregorian."""

    ISLAMIC = "islamic"
    PERSIAN = "persian"
    ETHIOPIAN = "ethiopian"
    NEPALI = "nepali"
    BUDDHIST = "buddhist"


# The years in which news dates by each: their bounds tell calendars apart that share a month's name.
YEARS = {
    CalendarSystem.ISLAMIC: range(1343, 1501),
    CalendarSystem.PERSIAN: range(1250, 1501),
    CalendarSystem.ETHIOPIAN: range(1850, 2093),
    CalendarSystem.NEPALI: range(1975, 2101),
    CalendarSystem.BUDDHIST: range(2443, 2643),
}
# What marks a year's calendar, without dots: "1442 AH", "2014 E.C.", "2558 BE".
ERAS = {
    "ah": CalendarSystem.ISLAMIC,
    "sh": CalendarSystem.PERSIAN,
    "ap": CalendarSystem.PERSIAN,
    "hs": CalendarSystem.PERSIAN,
    "ec": CalendarSystem.ETHIOPIAN,
    "bs": CalendarSystem.NEPALI,
    "be": CalendarSystem.BUDDHIST,
}
BUDDHIST_SHIFT = 543
_SIGHTING = timedelta(days=1)
_ETHIOPIAN_EPOCH = date(8, 8, 27).toordinal()  # 1 Meskerem 1, which is 29 August 8 of the Julian calendar
_MONTH_DAYS = 30
_ETHIOPIAN_MONTHS = 13
_MARKS = re.compile(r"[\s'’-]+")


@cache
def load_months() -> Mapping[str, Sequence[tuple[CalendarSystem, int]]]:
    """The calendars and months that each spelling of a month's name stands for, in small letters."""
    months: dict[str, list[tuple[CalendarSystem, int]]] = {}
    for row in read_table("calendar_months.tsv", ("calendar", "month", "names", "source")):
        if row.text("calendar") not in set(CalendarSystem) or not row.text("month").isdecimal():
            raise row.fail("calendar is one of this program's, month a whole number")
        for name in row.members("names"):
            entry = (CalendarSystem(row.text("calendar")), int(row.text("month")))
            months.setdefault(name, []).append(entry)
    return months


@cache
def _plain_months() -> Mapping[str, Sequence[tuple[CalendarSystem, int]]]:
    return {_MARKS.sub(" ", name): months for name, months in load_months().items()}


def months_named(words: str) -> Sequence[tuple[CalendarSystem, int]]:
    """The calendars and months of a name as a text spells it, blanks, hyphens and apostrophes being one."""
    return _plain_months().get(_MARKS.sub(" ", words), ())


def to_day(calendar: CalendarSystem, year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a date; None where the calendar has no such day or year."""
    try:
        return _to_day(calendar, year, month, day)
    except (ValueError, OverflowError):
        return None


def _to_day(calendar: CalendarSystem, year: int, month: int, day: int) -> date | None:
    if year not in YEARS[calendar]:
        return None
    match calendar:
        case CalendarSystem.ISLAMIC:
            from hijridate import Hijri  # noqa: PLC0415 - few texts need it

            found = Hijri(year, month, day).to_gregorian()
            return date(found.year, found.month, found.day)
        case CalendarSystem.PERSIAN:
            from persiantools.jdatetime import JalaliDate  # noqa: PLC0415 - few texts need it

            solar = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
            return solar.to_gregorian()
        case CalendarSystem.NEPALI:
            import nepali_datetime  # noqa: PLC0415 - few texts need it

            return date.fromisoformat(nepali_datetime.date(year, month, day).to_datetime_date().isoformat())
        case CalendarSystem.ETHIOPIAN:
            return _ethiopian(year, month, day)
        case CalendarSystem.BUDDHIST:
            return date(year - BUDDHIST_SHIFT, month, day)


def _ethiopian(year: int, month: int, day: int) -> date | None:
    length = _MONTH_DAYS if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= _ETHIOPIAN_MONTHS and 1 <= day <= length):
        return None
    before = 365 * (year - 1) + year // 4 + _MONTH_DAYS * (month - 1) + day - 1
    return date.fromordinal(_ETHIOPIAN_EPOCH + before)


def day_in(calendar: CalendarSystem, year: int, month: int, day: int) -> Span | None:
    """A date as days: three of them for an Islamic one; None where there is no such day."""
    found = to_day(calendar, year, month, day)
    if found is None:
        return None
    if calendar is CalendarSystem.ISLAMIC:
        return range_span(found - _SIGHTING, found + _SIGHTING)
    return day_span(found)


def month_in(calendar: CalendarSystem, year: int, month: int) -> Span | None:
    """The days of a month, a day more at both ends for an Islamic one."""
    start = day_in(calendar, year, month, 1)
    after = _first_after(calendar, year, month)
    if start is None or after is None:
        return None
    return range_span(start.start, after.end - timedelta(days=1))


def _first_after(calendar: CalendarSystem, year: int, month: int) -> Span | None:
    is_last = month >= (_ETHIOPIAN_MONTHS if calendar is CalendarSystem.ETHIOPIAN else 12)
    return day_in(calendar, year + 1, 1, 1) if is_last else day_in(calendar, year, month + 1, 1)


def year_in(calendar: CalendarSystem, year: int) -> Span | None:
    """The days of a year."""
    start, after = day_in(calendar, year, 1, 1), day_in(calendar, year + 1, 1, 1)
    if start is None or after is None:
        return None
    return range_span(start.start, after.end - timedelta(days=1))


def latest_yearly(calendar: CalendarSystem, month: int, day: int, until: date) -> int | None:
    """The latest year of a calendar whose such day is on or before `until`; None where there is none."""
    years = YEARS[calendar]
    guess = {
        CalendarSystem.ISLAMIC: round((until.year - 622) * 1.0307),
        CalendarSystem.PERSIAN: until.year - 621,
        CalendarSystem.ETHIOPIAN: until.year - 7,
        CalendarSystem.NEPALI: until.year + 57,
        CalendarSystem.BUDDHIST: until.year + BUDDHIST_SHIFT,
    }[calendar]
    for year in range(guess + 2, guess - 4, -1):
        found = to_day(calendar, year, month, day) if year in years else None
        if found is not None and found <= until:
            return year
    return None
