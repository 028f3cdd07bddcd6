"""Expressions that count: "two weeks ago", "a day earlier", "within 72 hours", "for six hours"."""

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
from casus.resolving.dates.interpret import Sheet, interpret_point, make_mention, read_prefix
from casus.resolving.dates.mention import DateKind, DateMention, DateUnit, Relation, Unresolved
from casus.resolving.dates.parts import DateParts, read_count, read_parts, read_unit
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.vocabulary import ORDINALS, UNITS

_BACKWARD = {"earlier", "before", "previously", "beforehand", "previous", "preceding", "prior"}
_COMPLEMENT_WORDS = {"before", "after", "to", "following"}
# After these, "two days before" has ended.
_NO_COMPLEMENT = (
    "in at near by and but or as from when while on outside inside with during for to which who"
).split()
_PUNCTUATION = {"COMMA", "DOT", "OPEN", "CLOSE", "MARK", "BREAK", "TIGHT_DASH", "WIDE_DASH", "SLASH", ""}
_MONTHS_OF = {DateUnit.MONTH: 1, DateUnit.YEAR: 12, DateUnit.DECADE: 120}
_HALF_NAMES = {"second": 1, "latter": 1, "last": 1}


def interpret_ago(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "three days ago" is a day, in weeks the week, in months the month, in years the year it was in."""
    words = sheet.tokens.words[start:end]
    prefix = read_prefix(words)
    count, unit = (2, read_unit(words)) if words[-1] == "last" else (_count(words), read_unit(words))
    is_weekend = "weekend" in words
    span = _ago(sheet.anchor, count, DateUnit.WEEK if is_weekend else unit or DateUnit.DAY)
    if is_weekend and isinstance(span, Span):
        span = weekend_span(span.start)
    return [replace(make_mention(sheet, rule, start, end, span), relation=prefix.relation)]


def _count(words: tuple[str, ...]) -> int | None:
    """The number in front of the last unit."""
    last_unit = max(index for index, word in enumerate(words) if word in UNITS)
    return read_count(words[:last_unit])


def _ago(anchor: date | None, count: int | None, unit: DateUnit) -> Span | Unresolved:
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    if unit in {DateUnit.HOUR, DateUnit.MINUTE}:
        count = (count or 0) // 24 if unit is DateUnit.HOUR else 0
        unit = DateUnit.DAY
    if count is None:
        return Unresolved.NO_COUNT
    try:
        if unit is DateUnit.DAY:
            return day_span(anchor - timedelta(days=count))
        if unit is DateUnit.WEEK:
            return week_span(anchor - timedelta(weeks=count))
        then = shift_months(anchor, -count * _MONTHS_OF[unit])
        return month_span(then.year, then.month) if unit is DateUnit.MONTH else year_span(then.year)
    except (OverflowError, ValueError):
        return Unresolved.OUT_OF_CALENDAR


def interpret_stretch(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "the past three weeks" ends with publication, "the next three days" begins with it."""
    words = sheet.tokens.words[start:end]
    unit = read_unit(words) or DateUnit.DAY
    is_singular = words[-1] in UNITS and not words[-1].endswith("s")
    count = read_count(_counted_words(words)) or (1 if is_singular else None)
    is_ahead = rule == "coming"
    span = _stretch(sheet.anchor, count, unit, is_ahead=is_ahead)
    if count is None:
        span = None
    direction = Direction.FUTURE if is_ahead else Direction.PAST
    kind = DateKind.ABSOLUTE if count is not None else DateKind.PERIOD
    mention = make_mention(sheet, rule, start, end, span, kind=kind, direction=direction)
    return [replace(mention, is_future=is_ahead, offset=count, unit=unit)]


def _counted_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words after "past", "last", "next" or "coming"."""
    heads = [i for i, word in enumerate(words) if word in {"past", "last", "latest", "next", "coming"}]
    return words[heads[0] + 1 :] if heads else words


def _stretch(
    anchor: date | None, count: int | None, unit: DateUnit, *, is_ahead: bool
) -> Span | Unresolved | None:
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    if count is None:
        return Unresolved.NO_COUNT
    try:
        far = _moved(anchor, count if is_ahead else -count, unit)
    except (OverflowError, ValueError):
        return Unresolved.OUT_OF_CALENDAR
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
    """ "the first days": nobody knows how many."""
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
    if which in _HALF_NAMES:
        return range_span(middle + timedelta(days=1), whole.end)
    return range_span(whole.start, middle)


def interpret_within(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "within 72 hours": by so long after the event."""
    words = sheet.tokens.words[start:end]
    count = _count(words) if words[-1] != words[1] else None
    mention = _anaphoric(sheet, rule, start, end, offset=count, unit=read_unit(words))
    direction = direction_on(sheet.surroundings(start, end))
    is_future = direction is Direction.FUTURE
    return [replace(mention, relation=Relation.BY, is_future=is_future)]


def interpret_same(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "the same day", "that night", "since then"."""
    words = sheet.tokens.words[start:end]
    parts = read_parts(sheet.piece(start, end))
    unit = DateUnit.DAY if parts.part_of_day or words[-1] == "then" else _unit_of(words)
    goes_on = "next" in words
    mention = _anaphoric(sheet, rule, start, end, offset=0, unit=unit)
    del goes_on
    return [replace(mention, part_of_day=parts.part_of_day)]


def _unit_of(words: tuple[str, ...]) -> DateUnit:
    return DateUnit.WEEK if "weekend" in words else read_unit(words) or DateUnit.DAY


def interpret_neighbour(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "the previous night", "the following Monday", "the day before"."""
    words = sheet.tokens.words[start:end]
    is_backward = bool(_BACKWARD & set(words))
    parts = read_parts(sheet.piece(start + read_prefix(words).length, end))
    unit = DateUnit.DAY if parts.part_of_day else _unit_of(words)
    mention = _anaphoric(sheet, rule, start, end, offset=-1 if is_backward else 1, unit=unit)
    if parts.weekday is None and parts.month is None:
        return [replace(mention, part_of_day=parts.part_of_day)]
    return [replace(mention, weekday=parts.weekday, month=parts.month, part_of_day=parts.part_of_day)]


def interpret_counted(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "two days later", "a week before the vote", "hours after they fled"."""
    words = sheet.tokens.words[start:end]
    is_backward = bool(_BACKWARD & set(words))
    unit = DateUnit.WEEK if "fortnight" in words else read_unit(words) or DateUnit.MINUTE
    count = 2 if "fortnight" in words else _counted(words)
    offset = None if count is None else -count if is_backward else count
    return [_anaphoric(sheet, rule, start, end, offset=offset, unit=unit, is_backward=is_backward)]


def _counted(words: tuple[str, ...]) -> int | None:
    return _count(words) if any(word in UNITS for word in words) else None


def _anaphoric(
    sheet: Sheet,
    rule: str,
    start: int,
    end: int,
    *,
    offset: int | None,
    unit: DateUnit | None,
    is_backward: bool = False,
) -> DateMention:
    words = sheet.tokens.words[start:end]
    is_vague = offset is None and unit not in {DateUnit.HOUR, DateUnit.MINUTE}
    return replace(
        make_mention(sheet, rule, start, end, None, kind=DateKind.ANAPHORIC),
        relation=read_prefix(words).relation,
        offset=offset,
        unit=unit,
        is_backward=is_backward or (offset or 0) < 0,
        has_complement=words[-1] in _COMPLEMENT_WORDS and _has_complement(sheet, end),
        reason=Unresolved.NO_COUNT if is_vague else None,
    )


def _has_complement(sheet: Sheet, end: int) -> bool:
    if sheet.word(end) == "that":
        end += 1
    return sheet.kind(end) not in _PUNCTUATION and sheet.word(end) not in _NO_COMPLEMENT


def interpret_nth_day(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "on the third day": two days after the first."""
    word = sheet.word(end - 2)
    number = ORDINALS.get(word) or int(word.rstrip("stndrh"))
    return [_anaphoric(sheet, rule, start, end, offset=number - 1, unit=DateUnit.DAY)]


def interpret_period(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A length of time, or a repeated one: no date."""
    words = sheet.tokens.words[start:end]
    unit = read_unit(words)
    is_repeated = words[0] in {"every", "each"} or unit is None
    mention = make_mention(sheet, rule, start, end, None, kind=DateKind.PERIOD)
    if is_repeated:
        return [mention]
    direction = direction_on(sheet.surroundings(start, end))
    is_future = words[0] == "in" and direction is Direction.FUTURE
    return [replace(mention, offset=_count(words), unit=unit, is_future=is_future)]


def interpret_time(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A time of day: it has the day of its event."""
    parts = read_parts(sheet.piece(start, end))
    relation = read_prefix(sheet.tokens.words[start:end]).relation
    if relation in {Relation.BEFORE, Relation.AFTER}:
        relation = Relation.ON
    mention = make_mention(sheet, rule, start, end, None, kind=DateKind.TIME)
    return [
        replace(mention, relation=relation, part_of_day=parts.part_of_day, has_clock=parts.has_clock, unit=None)
    ]


def interpret_relative(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "last week", "earlier this month"; "earlier this week" ends with publication."""
    (mention,) = interpret_point(sheet, rule, start, end)
    words = sheet.tokens.words[start:end]
    is_earlier = {"earlier", "far"} & set(words) and "week" in words and "last" not in words
    if not is_earlier or mention.start is None or sheet.anchor is None:
        return [mention]
    span = range_span(mention.start, max(mention.start, sheet.anchor))
    return [replace(mention, start=span.start, end=span.end, precision=span.precision)]


_ = DateParts
