"""Mentions that count from publication, and stretches of a year or month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from casus.model import DatePrecision
from casus.resolving.dates.calendar import (
    Span,
    day_span,
    earliest_weekday,
    last_of_month,
    latest_weekday,
    month_span,
    range_span,
    shift_months,
    week_span,
    weekend_span,
    year_span,
    years_span,
)
from casus.resolving.dates.context import Direction, direction_on
from casus.resolving.dates.mention import DateKind, DateMention, DateUnit, Unresolved
from casus.resolving.dates.parts import ALL_WEEKDAYS, read_count, read_length, read_parts, read_unit
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import Sheet, make_mention, read_prefix
from casus.resolving.dates.vocabulary import ORDINALS, QUARTERS, UNITS

_MONTHS_OF = {DateUnit.MONTH: 1, DateUnit.YEAR: 12, DateUnit.DECADE: 120}
_ANNIVERSARIES = {"today": DateUnit.DAY, "week": DateUnit.WEEK, "month": DateUnit.MONTH}
# Between a length and the date that it ends, begins or lies with.
_LENGTH_STARTS = frozenset({"starting", "beginning", "from"})
_LENGTH_TIES = frozenset({"to", "ending", "ended", "until", "of"}) | _LENGTH_STARTS
_THIRDS = {"early": (0, 33), "mid": (34, 66), "late": (67, 99)}
_LATER_HALVES = {"second", "latter", "last"}


def interpret_ago(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """So long ago: told in days it is a day, in weeks the week, in months the month, in years the year."""
    words = sheet.tokens.words[start:end]
    is_weekend = "weekend" in words
    told = words[: words.index("ago")] if "ago" in words else words
    unit = DateUnit.WEEK if is_weekend else read_unit(told) or DateUnit.DAY
    count = 2 if words[-1] == "last" else read_length(told)
    within = "today" if "exactly" in told or "precisely" in told else words[-1]
    weekday = ALL_WEEKDAYS.get(words[-1])
    span = _ago(sheet.anchor, count, unit, within=within)
    if weekday is not None and isinstance(span, Span):
        span = day_span(week_span(span.start).start + timedelta(days=weekday))
    if is_weekend and isinstance(span, Span):
        span = weekend_span(span.start)
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


def interpret_weekdays_ago(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """So many weekdays back: "two Sundays ago", counted from the latest before publication."""
    words = sheet.tokens.words[start : end - 1]
    count = read_count(words)
    span: Span | Unresolved = Unresolved.NO_PUBLICATION_DATE if sheet.anchor is None else Unresolved.NO_COUNT
    if sheet.anchor is not None and count is not None:
        last = latest_weekday(ALL_WEEKDAYS[words[-1]], sheet.anchor - timedelta(days=1))
        span = day_span(last - timedelta(weeks=count - 1))
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


def interpret_ahead(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """So long after publication: "in two weeks' time", "three days from now", "Friday week"."""
    words = sheet.tokens.words[start:end]
    span: Span | Unresolved
    if words[-1] == "week":
        span = Unresolved.NO_PUBLICATION_DATE
        if sheet.anchor is not None:
            span = day_span(earliest_weekday(ALL_WEEKDAYS[words[-2]], sheet.anchor) + timedelta(weeks=1))
    else:
        told = words[: words.index("time")] if "time" in words else words[: words.index("from")]
        count, unit = read_length(told), read_unit(told) or DateUnit.DAY
        within = "today" if words[-1] == "today" else ""
        span = _ago(sheet.anchor, None if count is None else -count, unit, within=within)
    mention = make_mention(sheet, rule, start, end, span, direction=Direction.FUTURE)
    return [replace(mention, relation=read_prefix(words).relation, is_future=True)]


def interpret_length_to(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A length that ends or begins with a date: "the 24 hours to Wednesday", "the week of May 5"."""
    words = sheet.tokens.words[start:end]
    tie = next(i for i, word in enumerate(words) if word in _LENGTH_TIES)
    first = tie + 1
    while words[first] in {"with", "on", "in", "the"} and first + 1 < len(words):
        first += 1
    parts = read_parts(sheet.piece(start + first, end))
    direction = direction_on(sheet.surroundings(start, end))
    span = resolve_parts(parts, sheet.anchor, direction)
    if isinstance(span, Span):
        told = words[read_prefix(words).length : tie]
        span = _length_to(span, read_length(told) or 1, read_unit(told) or DateUnit.DAY, words[tie])
    mention = make_mention(sheet, rule, start, end, span, direction=direction)
    return [replace(mention, relation=read_prefix(words).relation)]


def _length_to(edge: Span, count: int, unit: DateUnit, tie: str) -> Span:
    if tie == "of":
        return week_span(edge.start)
    if tie in _LENGTH_STARTS:
        return range_span(edge.start, _moved(edge.start, count, unit) - timedelta(days=1))
    if unit is DateUnit.HOUR:
        return range_span(_moved(edge.end, -count, unit), edge.end)
    if edge.precision is DatePrecision.MONTH:
        return range_span(shift_months(edge.start, 1 - count * _MONTHS_OF.get(unit, 1)), edge.end)
    return range_span(_moved(edge.end, -count, unit) + timedelta(days=1), edge.end)


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
    count = read_length(_counting_words(words)) or (None if words[-1].endswith("s") else 1)
    if count == 1 and words[-1] == "fortnight":
        count = 2
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


def interpret_century(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A hundred years by their number, or the early, middle or late ones of them."""
    words = sheet.tokens.words[start:end]
    told = [w for w in words if w in ORDINALS or w[:1].isdecimal()]
    number = ORDINALS.get(told[-1]) or int(told[-1].rstrip("stndrh"))
    first = 100 * (number - 1) + 1
    early, late = next((_THIRDS[word] for word in words if word in _THIRDS), (0, 99))
    span = years_span(first + early, first + late)
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


def interpret_quarter(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A quarter or half of a year by its number: "Q3 2023"; without a year the latest that has begun."""
    words = sheet.tokens.words[start:end]
    first, last = next(QUARTERS[word] for word in words if word in QUARTERS)
    parts = read_parts(sheet.piece(start, end))
    year = parts.year
    span: Span | Unresolved = Unresolved.NO_PUBLICATION_DATE
    if year is None and sheet.anchor is not None:
        shift = -1 if first > sheet.anchor.month else 0
        year = sheet.anchor.year + (shift if parts.year_shift is None else parts.year_shift)
    if year is not None:
        span = range_span(month_span(year, first).start, month_span(year, last).end)
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


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
