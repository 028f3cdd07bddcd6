"""From the parts of a date to its days, by the calendar and the day of publication."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from casus.model import DatePrecision
from casus.resolving.dates.calendar import (
    Span,
    day_or_none,
    day_span,
    decade_span,
    earliest_weekday,
    latest_weekday,
    mid_year_span,
    month_span,
    range_span,
    season_span,
    shift_months,
    week_span,
    weekend_span,
    year_span,
)
from casus.resolving.dates.context import Direction
from casus.resolving.dates.mention import Relation, Unresolved
from casus.resolving.dates.named_days import load_named_days
from casus.resolving.dates.parts import DateParts

# A day without a year may lie this many days after publication though nothing says that it is ahead.
TOLERANCE_DAYS = 7
_SIGNS = re.compile(r"[/.-]")
_LONGEST_YEAR_DAYS = 366
# On these weekdays (Monday, Tuesday) "this weekend" is still the one just past.
_AFTER_WEEKEND = (0, 1)


def resolve_parts(
    parts: DateParts,
    anchor: date | None,
    direction: Direction,
    *,
    relation: Relation = Relation.ON,
    tolerance_days: int = TOLERANCE_DAYS,
) -> Span | Unresolved:
    """The days that the parts name, counted from `anchor`, the day of publication."""
    span = _resolve(parts, anchor, direction, tolerance_days)
    return span if isinstance(span, Unresolved) else _at_edge(span, parts, relation)


def resolve_range(
    first: DateParts,
    last: DateParts,
    anchor: date | None,
    direction: Direction,
) -> Span | Unresolved:
    """The days from one date to another; each may leave out what the other tells."""
    first, last = _completed(first, last)
    if last.needs_direction and (direction is Direction.FUTURE or not first.needs_direction):
        start = resolve_parts(first, anchor, direction)
        if isinstance(start, Unresolved):
            return start
        end = resolve_parts(last, start.start, Direction.FUTURE)
    else:
        end = resolve_parts(last, anchor, direction)
        if isinstance(end, Unresolved):
            return end
        inner = end.start if first.needs_direction else anchor
        start = resolve_parts(first, inner, Direction.PAST, tolerance_days=0)
    if isinstance(start, Unresolved) or isinstance(end, Unresolved):
        return start if isinstance(start, Unresolved) else Unresolved.OUT_OF_CALENDAR
    return _joined(start, end, first)


def _joined(start: Span, end: Span, first: DateParts) -> Span | Unresolved:
    if first.weekday is not None and first.day is None and start == end:
        start = day_span(start.start - timedelta(days=7))
    if start.start > end.end:
        return Unresolved.OUT_OF_ORDER
    return range_span(start.start, end.end)


def _completed(first: DateParts, last: DateParts) -> tuple[DateParts, DateParts]:
    """Both dates with the month that only one of them tells: "April 24-26", "24-26 April"."""
    if last.day is not None and last.month is None:
        last = replace(last, month=first.month)
    if first.day is not None and first.month is None:
        first = replace(first, month=last.month)
    return first, last


def _resolve(
    parts: DateParts, anchor: date | None, direction: Direction, tolerance_days: int
) -> Span | Unresolved:
    if parts.written:
        return _written(parts.written)
    if parts.decade is not None:
        return decade_span(parts.decade, parts.edge)
    if parts.named:
        return _named(parts, anchor, direction, tolerance_days)
    if parts.day is not None and parts.month is not None:
        return _day_of_month(parts, anchor, direction, tolerance_days)
    year = parts.year
    if year is None and anchor is not None and parts.year_shift is not None:
        year = anchor.year + parts.year_shift
    if year is not None and not parts.is_day:
        return _in_year(parts, year)
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    return _from_publication(parts, anchor, direction)


def _in_year(parts: DateParts, year: int) -> Span:
    if parts.month is not None:
        return month_span(year, parts.month)
    return season_span(parts.season, year) if parts.season else year_span(year)


def _from_publication(parts: DateParts, anchor: date, direction: Direction) -> Span | Unresolved:
    if parts.day is not None:
        alone = _day_alone(parts.day, anchor)
        if parts.weekday is None or (isinstance(alone, Span) and alone.start.weekday() == parts.weekday):
            return alone
    if parts.weekday is not None:
        return day_span(_weekday(parts, parts.weekday, anchor, direction))
    if parts.day_shift is not None:
        return day_span(anchor + timedelta(days=parts.day_shift))
    if parts.is_overnight:
        return range_span(anchor - timedelta(days=1), anchor)
    if parts.month is not None:
        return _month(parts.month, parts.month_shift, anchor, direction)
    if parts.season:
        return _season(parts.season, parts.season_shift, anchor)
    if parts.weekend_shift is not None:
        return _weekend(parts, anchor, direction)
    if parts.week_shift is not None:
        return week_span(anchor + timedelta(weeks=parts.week_shift))
    shifted = shift_months(anchor, parts.month_shift or 0)
    return month_span(shifted.year, shifted.month)


def _at_edge(span: Span, parts: DateParts, relation: Relation) -> Span:
    """The last or first day where one counts up to or from it; the middle of a year by itself."""
    if parts.is_day:
        return span
    if parts.edge == "mid" and span.precision is DatePrecision.YEAR:
        return mid_year_span(span.start.year)
    if parts.edge == "end" and relation in {Relation.BY, Relation.UNTIL, Relation.BEFORE}:
        return day_span(span.end)
    if parts.edge == "start" and relation is Relation.SINCE:
        return day_span(span.start)
    return span


def _written(word: str) -> Span | Unresolved:
    """ISO dates; with slashes or dots, those in which only one number can be the month."""
    if word[:4].isdecimal():
        day = day_or_none(*map(int, word[:10].replace("/", "-").split("-")))
        return day_span(day) if day else Unresolved.NO_SUCH_DAY
    first, second, year = map(int, _SIGNS.split(word))
    if year < 100:
        year += 1900 if year >= 70 else 2000
    days = {day_or_none(year, second, first), day_or_none(year, first, second)} - {None}
    if len(days) > 1:
        return Unresolved.AMBIGUOUS_ORDER
    day = days.pop() if days else None
    return day_span(day) if day else Unresolved.NO_SUCH_DAY


def _named(
    parts: DateParts, anchor: date | None, direction: Direction, tolerance_days: int
) -> Span | Unresolved:
    named_day = load_named_days()[parts.named or ""]
    year = parts.year or named_day.year
    if year is None and anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    if year is None and anchor is not None and parts.year_shift is not None:
        year = anchor.year + parts.year_shift
    if year is not None or anchor is None:
        day = named_day.in_year(year or 0)
        return day_span(day) if day else Unresolved.OUT_OF_CALENDAR
    days = [named_day.in_year(anchor.year + shift) for shift in (-1, 0, 1)]
    return _chosen([day for day in days if day], anchor, direction, tolerance_days)


def _day_of_month(
    parts: DateParts, anchor: date | None, direction: Direction, tolerance_days: int
) -> Span | Unresolved:
    month, day = parts.month or 0, parts.day or 0
    if day_or_none(2000, month, day) is None:
        return Unresolved.NO_SUCH_DAY
    year = parts.year
    if year is None and anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    if year is None and anchor is not None and parts.year_shift is not None:
        year = anchor.year + parts.year_shift
    if year is not None or anchor is None:
        only = day_or_none(year or 0, month, day)
        return day_span(only) if only else Unresolved.NO_SUCH_DAY
    near = [day_or_none(anchor.year + shift, month, day) for shift in (-1, 0, 1)]
    days = [candidate for candidate in near if candidate]
    on_weekday = [candidate for candidate in days if candidate.weekday() == parts.weekday]
    slip = [candidate for candidate in days if 0 <= (anchor - candidate).days <= TOLERANCE_DAYS]
    if slip and direction is Direction.PAST and all(_far(candidate, anchor) for candidate in on_weekday):
        return day_span(slip[0])  # the weekday is wrong rather than the year
    within_a_year = [candidate for candidate in days if (anchor - candidate).days <= _LONGEST_YEAR_DAYS]
    if on_weekday and direction is Direction.PAST and on_weekday[0] > anchor:
        return day_span(on_weekday[0])
    return _chosen(on_weekday or within_a_year, anchor, direction, tolerance_days)


def _far(day: date, anchor: date) -> bool:
    return abs((day - anchor).days) > _LONGEST_YEAR_DAYS // 2


def _chosen(days: list[date], anchor: date, direction: Direction, tolerance_days: int) -> Span | Unresolved:
    """The one of yearly days that lies in the direction, or the nearest; in order of time."""
    if not days:
        return Unresolved.NO_SUCH_DAY
    if direction is Direction.OPEN:
        return day_span(min(days, key=lambda day: abs(day - anchor)))
    until = anchor + timedelta(days=tolerance_days)
    fitting = [day for day in days if (day >= anchor if direction is Direction.FUTURE else day <= until)]
    if not fitting:
        return Unresolved.NO_SUCH_DAY
    return day_span(fitting[0] if direction is Direction.FUTURE else fitting[-1])


def _day_alone(number: int, anchor: date) -> Span | Unresolved:
    """The latest one on or before publication: "the 14th"."""
    for months_back in (0, 1):
        first = shift_months(anchor.replace(day=1), -months_back)
        day = day_or_none(first.year, first.month, number)
        if day and day <= anchor:
            return day_span(day)
    return Unresolved.NO_SUCH_DAY


def _weekday(parts: DateParts, weekday: int, anchor: date, direction: Direction) -> date:
    if parts.week_shift is not None:
        return week_span(anchor).start + timedelta(days=7 * parts.week_shift + weekday)
    if parts.weekday_shift is not None and parts.weekday_shift < 0:
        return latest_weekday(weekday, anchor - timedelta(days=1)) + timedelta(weeks=parts.weekday_shift + 1)
    if parts.weekday_shift == 1:
        return earliest_weekday(weekday, anchor + timedelta(days=1))
    before, after = latest_weekday(weekday, anchor), earliest_weekday(weekday, anchor)
    if direction is Direction.OPEN:
        return before if anchor - before <= after - anchor else after
    return after if direction is Direction.FUTURE else before


def _month(month: int, shift: int | None, anchor: date, direction: Direction) -> Span:
    this = month_span(anchor.year, month)
    if shift == 0:
        return this
    is_before = month < anchor.month or (month == anchor.month and shift is None)
    before = this if is_before else month_span(anchor.year - 1, month)
    is_after = month > anchor.month or (month == anchor.month and shift is None)
    after = this if is_after else month_span(anchor.year + 1, month)
    if shift is not None:
        return before if shift < 0 else after
    if direction is Direction.OPEN:
        return before if anchor - before.end <= after.start - anchor else after
    return after if direction is Direction.FUTURE else before


def _season(season: str, shift: int | None, anchor: date) -> Span:
    near = [season_span(season, anchor.year + years) for years in (-2, -1, 0, 1)]
    if shift == 0:
        return near[2]
    if shift == 1:
        return next(span for span in near if span.start > anchor)
    return next(span for span in reversed(near) if (span.end if shift else span.start) <= anchor)


def _weekend(parts: DateParts, anchor: date, direction: Direction) -> Span:
    """The one just past, on a Sunday the present one; "this weekend" may be ahead."""
    weekend, before = weekend_span(anchor), weekend_span(anchor - timedelta(weeks=1))
    if parts.is_the_weekend:
        return weekend if direction is Direction.FUTURE or anchor == weekend.end else before
    if parts.weekend_shift == 1:
        return weekend_span(anchor + timedelta(weeks=1)) if anchor >= weekend.start else weekend
    if parts.weekend_shift == -1:
        return before
    is_just_past = anchor.weekday() in _AFTER_WEEKEND and direction is not Direction.FUTURE
    return before if is_just_past else weekend
