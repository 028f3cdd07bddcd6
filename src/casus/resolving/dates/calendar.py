"""Spans of days, and the arithmetic of days, weeks, months and years.

Weeks run from Monday to Sunday, weekdays count from 0 (Monday) as in `datetime`.
Every function raises OverflowError where it leaves the years 1 to 9999.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from casus.model import DatePrecision

# First and last month; a winter is named for the year that it begins in.
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
# The thirds of a year, as months, and those of a decade, as years.
_JULIAN_LAG_DAYS = 13  # from 1900 to 2099
_YEAR_MIDDLE = (5, 8)
_DECADE_THIRDS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both inclusive, and how exactly they are meant."""

    start: date
    end: date
    precision: DatePrecision


def day_span(day: date) -> Span:
    """One day."""
    return Span(day, day, DatePrecision.DAY)


def range_span(start: date, end: date) -> Span:
    """The days from `start` to `end`; one day where they are the same."""
    return day_span(start) if start == end else Span(start, end, DatePrecision.RANGE)


def month_span(year: int, month: int) -> Span:
    """A calendar month; months beyond December go on into the next years."""
    first = _day(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Span(first, last_of_month(first), DatePrecision.MONTH)


def year_span(year: int) -> Span:
    """A calendar year."""
    return Span(_day(year, 1, 1), _day(year, 12, 31), DatePrecision.YEAR)


def years_span(first: int, last: int) -> Span:
    """The calendar years from `first` to `last`."""
    return range_span(_day(first, 1, 1), _day(last, 12, 31))


def mid_year_span(year: int) -> Span:
    """The middle third of a year."""
    first, last = _YEAR_MIDDLE
    return range_span(_day(year, first, 1), last_of_month(_day(year, last, 1)))


def decade_span(first_year: int, third: str | None) -> Span:
    """Ten years, or the early, mid or late ones of them."""
    first, last = _DECADE_THIRDS.get(third or "", (0, 9))
    return years_span(first_year + first, first_year + last)


def season_span(season: str, year: int) -> Span:
    """A season of the northern year, in whole months."""
    first, last = _SEASON_MONTHS[season]
    return range_span(month_span(year, first).start, month_span(year, last).end)


def week_span(day: date) -> Span:
    """The week that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return range_span(monday, monday + timedelta(days=6))


def weekend_span(day: date) -> Span:
    """Saturday and Sunday of the week that `day` lies in."""
    saturday = day + timedelta(days=5 - day.weekday())
    return range_span(saturday, saturday + timedelta(days=1))


def last_of_month(day: date) -> date:
    """The last day of the month that `day` lies in."""
    following = shift_months(day.replace(day=1), 1) if (day.year, day.month) != (9999, 12) else None
    return following - timedelta(days=1) if following else day.replace(day=31)


def shift_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for too_far in range(4):
        if (shifted := day_or_none(year, month + 1, day.day - too_far)) is not None:
            return shifted
    raise OverflowError


def _day(year: int, month: int, day: int) -> date:
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError
    return date(year, month, day)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_weekday(weekday: int, until: date) -> date:
    """The latest such weekday on or before `until`."""
    return until - timedelta(days=(until.weekday() - weekday) % 7)


def earliest_weekday(weekday: int, since: date) -> date:
    """The earliest such weekday on or after `since`."""
    return since + timedelta(days=(weekday - since.weekday()) % 7)


def orthodox_easter_sunday(year: int) -> date:
    """Easter Sunday of the Orthodox churches (the Julian computus, in Gregorian days; 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=_JULIAN_LAG_DAYS)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computus, 1876)."""
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_rest = divmod(of_century, 4)
    sunday = (32 + 2 * century_rest + 2 * leap_years - moon - year_rest) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
