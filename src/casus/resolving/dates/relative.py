"""Mentions that count from publication, and stretches of a year or month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from casus.model import DatePrecision
from casus.resolving.dates.calendar import (
    Span,
    day_span,
    last_of_month,
    month_span,
    range_span,
    shift_months,
    week_span,
    weekend_span,
    year_span,
)
from casus.resolving.dates.context import Direction, direction_on
from casus.resolving.dates.mention import DateKind, DateMention, DateUnit, Unresolved
from casus.resolving.dates.parts import before_unit, read_count, read_parts, read_unit
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import Sheet, make_mention, read_prefix
from casus.resolving.dates.vocabulary import ORDINALS, UNITS

_MONTHS_OF = {DateUnit.MONTH: 1, DateUnit.YEAR: 12, DateUnit.DECADE: 120}
_ANNIVERSARIES = {"today": DateUnit.DAY, "week": DateUnit.WEEK, "month": DateUnit.MONTH}
_LATER_HALVES = {"second", "latter", "last"}


def interpret_ago(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """So long ago: told in days it is a day, in weeks the week, in months the month, in years the year."""
    words = sheet.tokens.words[start:end]
    is_weekend = "weekend" in words
    told = words[: words.index("ago")] if "ago" in words else words
    unit = DateUnit.WEEK if is_weekend else read_unit(told) or DateUnit.DAY
    count = 2 if words[-1] == "last" else read_count(before_unit(told))
    span = _ago(sheet.anchor, count, unit, within=words[-1])
    if is_weekend and isinstance(span, Span):
        span = weekend_span(span.start)
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


def _ago(anchor: date | None, count: int | None, unit: DateUnit, *, within: str) -> Span | Unresolved:
    """The unit that lies so far back, or the day, week or month in it ("a year ago today")."""
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    if unit in {DateUnit.HOUR, DateUnit.MINUTE}:
        count = (count or 0) // 24 if unit is DateUnit.HOUR else 0
        unit = DateUnit.DAY
    if count is None:
        return Unresolved.NO_COUNT
    then = _moved(anchor, -count, unit)
    unit = _ANNIVERSARIES.get(within, unit)
    if unit is DateUnit.DAY:
        return day_span(then)
    if unit is DateUnit.WEEK:
        return week_span(then)
    return month_span(then.year, then.month) if unit is DateUnit.MONTH else year_span(then.year)


def interpret_stretch(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A stretch that ends with publication ("the past three weeks") or begins with it.

    Without a number ("the coming days") it is a period.
    """
    words = sheet.tokens.words[start:end]
    unit = read_unit(words) or DateUnit.DAY
    is_ahead = rule == "coming"
    direction = Direction.FUTURE if is_ahead else Direction.PAST
    count = read_count(_counting_words(words)) or (None if words[-1].endswith("s") else 1)
    if count is None:
        mention = make_mention(sheet, rule, start, end, None, kind=DateKind.PERIOD, direction=direction)
    else:
        span = _stretch(sheet.anchor, count if is_ahead else -count, unit)
        mention = make_mention(sheet, rule, start, end, span, direction=direction)
    return [replace(mention, is_future=is_ahead, offset=count, unit=unit)]


def _counting_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words after "past", "last", "next" or "coming"."""
    heads = [i for i, word in enumerate(words) if word in {"past", "last", "latest", "next", "coming"}]
    return words[heads[0] + 1 :]


def _stretch(anchor: date | None, count: int, unit: DateUnit) -> Span | Unresolved:
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    far = _moved(anchor, count, unit)
    return Span(min(anchor, far), max(anchor, far), DatePrecision.RANGE)


def _moved(day: date, count: int, unit: DateUnit) -> date:
    """The day `count` units away; hours fill whole days."""
    if unit in _MONTHS_OF:
        return shift_months(day, count * _MONTHS_OF[unit])
    if unit is DateUnit.WEEK:
        return day + timedelta(weeks=count)
    if unit is DateUnit.DAY:
        return day + timedelta(days=count)
    days = ceil(abs(count) / 24) if unit is DateUnit.HOUR else 0
    return day + timedelta(days=days if count > 0 else -days)


def interpret_half(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A stretch of a named year or month: "the first half of 2004", "the last week of May"."""
    words = sheet.tokens.words[start:end]
    prefix = read_prefix(words)
    of = words.index("of")
    whole = resolve_parts(
        read_parts(sheet.piece(start + of + 1, end)),
        sheet.anchor,
        direction_on(sheet.surroundings(start, end)),
    )
    span = whole
    if isinstance(whole, Span) and not _is_vague(words[:of]):
        span = _part_of(whole, words[prefix.length : of])
    return [replace(make_mention(sheet, rule, start, end, span), relation=prefix.relation)]


def _is_vague(words: tuple[str, ...]) -> bool:
    """Whether nobody knows how many: "the first days"."""
    return words[-1].endswith("s") and read_count(words) is None


def _part_of(whole: Span, words: tuple[str, ...]) -> Span:
    is_last = "last" in words
    if words[-1] == "half":
        return _halved(whole, words[1])
    if words[-1] == "quarter":
        first = shift_months(whole.start, 3 * (ORDINALS[words[1]] - 1))
        return range_span(first, last_of_month(shift_months(first, 2)))
    unit = UNITS[words[-1]]
    number = ORDINALS.get(words[1], 1) if not is_last else 1
    count = read_count(words[2:-1]) or 1
    if unit is DateUnit.MONTH:
        first = shift_months(whole.start, 12 - count if is_last else (number - 1 if count == 1 else 0))
        return range_span(first, last_of_month(shift_months(first, count - 1)))
    days = count * (7 if unit is DateUnit.WEEK else 1)
    skipped = timedelta(days=days * (number - 1))
    if is_last:
        return range_span(whole.end - timedelta(days=days - 1), whole.end)
    return range_span(whole.start + skipped, min(whole.end, whole.start + skipped + timedelta(days=days - 1)))


def _halved(whole: Span, which: str) -> Span:
    is_month = whole.precision is DatePrecision.MONTH
    middle = whole.start + timedelta(days=14) if is_month else last_of_month(shift_months(whole.start, 5))
    if which in _LATER_HALVES:
        return range_span(middle + timedelta(days=1), whole.end)
    return range_span(whole.start, middle)
