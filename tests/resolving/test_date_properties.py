"""What holds of dates on every day of the calendar, and of any text."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.resolving.dates import DateMention, find_dates
from casus.resolving.dates.calendar import easter_sunday, orthodox_easter_sunday, shift_months
from casus.resolving.dates.calendars import (
    YEARS,
    CalendarSystem,
    day_in,
    latest_yearly,
    load_months,
    month_in,
    months_named,
    to_day,
    year_in,
)
from casus.resolving.dates.feast_days import load_feasts

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = st.dates(date(1700, 1, 1), date(2099, 12, 31))
MODERN_DAYS = st.dates(date(1930, 1, 1), date(2040, 12, 31))
# The days around which weeks, months and years turn.
EDGES = [
    date(year, month, day)
    for year in (1900, 1999, 2000, 2004, 2023, 2024, 2100)
    for month, day in ((1, 1), (2, 28), (3, 1), (12, 31))
] + [date(2000, 2, 29), date(2004, 2, 29), date(2024, 2, 29)]


find_dates("Warm up on Monday.", published_on=None)  # the grammar is compiled once, outside any deadline


def only(text: str, published_on: date | None) -> DateMention:
    (mention,) = find_dates(text, published_on=published_on)
    return mention


def span(text: str, published_on: date) -> tuple[date, date]:
    mention = only(text, published_on)
    assert mention.start is not None
    assert mention.end is not None
    assert mention.start <= mention.end
    return mention.start, mention.end


@given(publication=DAYS, weekday=st.integers(0, 6))
def test_a_weekday_is_one_of_the_seven_days_up_to_publication(publication: date, weekday: int) -> None:
    start, end = span(f"Two died on {WEEKDAYS[weekday]}.", publication)
    assert start == end
    assert start.weekday() == weekday
    assert 0 <= (publication - start).days <= 6


@given(publication=DAYS, count=st.integers(1, 400))
def test_days_ago_count_back_exactly(publication: date, count: int) -> None:
    start, end = span(f"Two died {count} days ago.", publication)
    assert start == end
    assert start + timedelta(days=count) == publication


@given(publication=DAYS, count=st.integers(1, 60))
def test_weeks_ago_are_the_week_that_holds_the_day(publication: date, count: int) -> None:
    start, end = span(f"Two died {count} weeks ago.", publication)
    assert start.weekday() == 0
    assert (end - start).days == 6
    assert start <= publication - timedelta(weeks=count) <= end


@pytest.mark.parametrize("publication", EDGES)
def test_months_and_years_turn_where_the_calendar_does(publication: date) -> None:
    last_month = span("Two died last month.", publication)
    assert last_month[1] == publication.replace(day=1) - timedelta(days=1)
    assert last_month[0] == last_month[1].replace(day=1)
    last_year = span("Two died last year.", publication)
    assert last_year == (date(publication.year - 1, 1, 1), date(publication.year - 1, 12, 31))
    yesterday = span("Two died yesterday.", publication)
    assert yesterday[0] == publication - timedelta(days=1)
    overnight = span("Two died overnight.", publication)
    assert overnight == (publication - timedelta(days=1), publication)


@given(publication=DAYS)
def test_a_year_ago_today_is_the_same_day_or_the_last_of_february(publication: date) -> None:
    start, _ = span("Two died a year ago today.", publication)
    assert start == shift_months(publication, -12)
    is_leap_day = (publication.month, publication.day) == (2, 29)
    assert (start.month, start.day) == ((2, 28) if is_leap_day else (publication.month, publication.day))


@given(publication=DAYS, month=st.integers(1, 12))
def test_a_month_lies_in_the_year_up_to_publication(publication: date, month: int) -> None:
    start, _ = span(f"Two died in {MONTHS[month - 1]}.", publication)
    assert start.month == month
    assert 0 <= (publication.year - start.year) * 12 + publication.month - start.month < 12


@given(publication=DAYS, first=DAYS, last=DAYS)
def test_ranges_are_in_order_or_unresolved(publication: date, first: date, last: date) -> None:
    told = [f"{MONTHS[day.month - 1]} {day.day}, {day.year}" for day in (first, last)]
    mention = only(f"It lasted from {told[0]} to {told[1]}.", publication)
    if first <= last:
        assert (mention.start, mention.end) == (first, last)
    else:
        assert mention.start is None


@given(publication=DAYS, weekday=st.integers(0, 6))
def test_weekday_ranges_end_by_publication(publication: date, weekday: int) -> None:
    text = f"It lasted from {WEEKDAYS[weekday]} to {WEEKDAYS[(weekday + 2) % 7]}."
    start, end = span(text, publication)
    assert (end - start).days == 2
    assert 0 <= (publication - end).days <= 6


@given(publication=DAYS)
def test_dates_in_figures_are_read_in_one_order_or_not_at_all(publication: date) -> None:
    text = f"It is dated {publication.day:02}/{publication.month:02}/{publication.year}."
    mention = only(text, publication)
    assert mention.start in {publication, None, _swapped(publication)}
    british = find_dates(text, published_on=publication, publisher="The Times of India")
    assert british[0].start is not None


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def test_the_publisher_tells_the_order_of_day_and_month() -> None:
    (american,) = find_dates("Dated 03/04/2009.", published_on=None, publisher="example.us")
    (indian,) = find_dates("Dated 03/04/2009.", published_on=None, publisher="example.in")
    assert american.start == date(2009, 3, 4)
    assert indian.start == date(2009, 4, 3)


@given(day=MODERN_DAYS, calendar=st.sampled_from(CalendarSystem))
def test_other_calendars_name_every_day_once(day: date, calendar: CalendarSystem) -> None:
    year = _year_of(day, calendar)
    whole = year_in(calendar, year) if year is not None else None
    assert whole is not None
    assert whole.start <= day <= whole.end
    months = 13 if calendar is CalendarSystem.ETHIOPIAN else 12
    spans = [month_in(calendar, year or 0, month) for month in range(1, months + 1)]
    doubt = 2 if calendar is CalendarSystem.ISLAMIC else 0
    for before, after in pairwise(spans):
        assert before is not None
        assert after is not None
        assert (after.start - before.end).days == 1 - doubt


def _year_of(day: date, calendar: CalendarSystem) -> int | None:
    return latest_yearly(calendar, 1, 1, day)


@given(day=MODERN_DAYS)
def test_a_persian_date_reads_as_its_day(day: date) -> None:
    from persiantools.jdatetime import JalaliDate  # noqa: PLC0415

    solar = JalaliDate(day)
    name = next(n for n, months in load_months().items() if (CalendarSystem.PERSIAN, solar.month) in months)
    mention = only(f"It is dated {solar.day} {name.title()} {solar.year}.", None)
    assert (mention.start, mention.end) == (day, day)


@given(day=MODERN_DAYS)
def test_an_islamic_date_reads_as_its_day_and_those_beside_it(day: date) -> None:
    from hijridate import Gregorian  # noqa: PLC0415

    lunar = Gregorian(day.year, day.month, day.day).to_hijri()
    name = next(n for n, months in load_months().items() if (CalendarSystem.ISLAMIC, lunar.month) in months)
    mention = only(f"It is dated {lunar.day} {name.title()} {lunar.year}.", None)
    assert (mention.start, mention.end) == (day - timedelta(days=1), day + timedelta(days=1))


@pytest.mark.parametrize("calendar", CalendarSystem)
def test_calendars_have_no_day_beyond_their_months_and_years(calendar: CalendarSystem) -> None:
    first = YEARS[calendar][0]
    assert to_day(calendar, first + 50, 1, 33) is None
    assert to_day(calendar, first + 50, 14, 1) is None
    assert to_day(calendar, first - 1, 1, 1) is None
    assert day_in(calendar, first + 50, 1, 1) is not None


def test_each_spelling_of_a_month_is_known_with_hyphens_or_blanks() -> None:
    for name, months in load_months().items():
        assert months_named(name) == months
        assert months_named(name.replace("-", " ")) == months


@pytest.mark.parametrize("year", range(1950, 2060, 7))
def test_feasts_come_once_a_year_or_once_a_lunar_year(year: int) -> None:
    for name, feast in load_feasts().items():
        starts = sorted(found.start for found in feast.near(year))
        gaps = [(later - earlier).days for earlier, later in pairwise(starts)]
        assert starts, name
        assert all(325 <= gap <= 395 for gap in gaps), (name, starts)


def test_orthodox_easter_is_never_before_the_western_one() -> None:
    for year in range(1900, 2100):
        gap = (orthodox_easter_sunday(year) - easter_sunday(year)).days
        assert gap in {0, 7, 28, 35}
    assert orthodox_easter_sunday(2021) == date(2021, 5, 2)
    assert orthodox_easter_sunday(2017) == date(2017, 4, 16)


@pytest.mark.parametrize(
    "piece",
    [
        "Gunmen shot two men dead on Tuesday, officials said. ",
        "on 12 of of the the of 12 of ",
        "from 5 to 6 to 7 to 8 to ",
        "the first week of the first week of ",
        "the three months to the three months to ",
        "Rabi al-Awwal Ramadan Eid 1442 of ",
        "1/2/03 2004-05-06 10:30 '98 ",
    ],
)
def test_long_texts_take_time_in_proportion_to_their_length(piece: str) -> None:
    def seconds(copies: int) -> float:
        text = piece * copies
        began = time.process_time()
        find_dates(text, published_on=date(2011, 3, 16))
        return time.process_time() - began

    seconds(10)
    short, long = min(seconds(200) for _ in range(3)), min(seconds(1600) for _ in range(2))
    assert long < 40 * short + 0.1
