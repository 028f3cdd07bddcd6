"""Mentions of two dates tied to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casus.resolving.dates.calendar import years_span
from casus.resolving.dates.context import Direction, direction_on
from casus.resolving.dates.datelines import is_dateline
from casus.resolving.dates.mention import DateMention, Unresolved
from casus.resolving.dates.parts import DateParts, Piece, read_parts
from casus.resolving.dates.points import interpret_point, mention_point
from casus.resolving.dates.resolve import resolve_parts, resolve_range
from casus.resolving.dates.sheet import NO_PREFIX, Sheet, make_mention, read_prefix

_RANGE_PREFIXES = {"between", "from"}
_TIE_WORDS = {"to", "until", "till", "through", "into", "or", "and"}
_TIE_KINDS = {"TIGHT_DASH", "WIDE_DASH", "SLASH"}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two dates in the tokens of a text, each from its start to before its end."""

    first: DateParts
    last: DateParts
    start: int
    first_end: int
    last_start: int
    end: int


def interpret_range(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Two dates tied to each other: one range, or two mentions where "and" ties distant ones."""
    prefix = read_prefix(sheet.tokens.words[start:end])
    body = start + prefix.length
    tie = _find_tie(sheet, body, end)
    if tie is None:
        return []
    second = _after_tie(sheet, tie)
    if _is_dash_after_dateline(sheet, body, tie):
        return interpret_point(sheet, "day", body, tie) + interpret_point(sheet, "day", second, end)
    first, last = read_parts(sheet.piece(body, tie)), read_parts(sheet.piece(second, end))
    pair = _Pair(first, last, start, tie, second, end)
    if prefix.words in _RANGE_PREFIXES or sheet.word(tie) != "and" or _is_unbroken(sheet, pair):
        return [_one(sheet, rule, pair)]
    return _two(sheet, rule, pair)


def _find_tie(sheet: Sheet, start: int, end: int) -> int | None:
    """The token between two dates."""
    letters, point = sheet.tokens.letters, sheet.grammar.point
    for tie in range(start + 1, end - 1):
        if sheet.word(tie) not in _TIE_WORDS and sheet.kind(tie) not in _TIE_KINDS:
            continue
        if point.fullmatch(letters, start, tie) and point.fullmatch(letters, _after_tie(sheet, tie), end):
            return tie
    return None


def _after_tie(sheet: Sheet, tie: int) -> int:
    return tie + 2 if sheet.word(tie + 1) == "on" else tie + 1


def _is_dash_after_dateline(sheet: Sheet, body: int, tie: int) -> bool:
    chars = sheet.tokens.starts[body], sheet.tokens.ends[tie - 1]
    is_day = read_parts(sheet.piece(body, tie)).is_day
    return sheet.kind(tie) == "WIDE_DASH" and is_day and is_dateline(sheet.text, *chars)


def _is_unbroken(sheet: Sheet, pair: _Pair) -> bool:
    """Whether nothing lies between the two dates."""
    direction = direction_on(sheet.surroundings(pair.start, pair.end))
    whole = resolve_range(pair.first, pair.last, sheet.anchor, direction)
    if isinstance(whole, Unresolved):
        return False
    first = resolve_parts(pair.first, whole.start, Direction.FUTURE)
    last = resolve_parts(pair.last, whole.end, Direction.PAST, tolerance_days=0)
    if isinstance(first, Unresolved) or isinstance(last, Unresolved):
        return False
    return (last.start - first.end).days <= 1


def _one(sheet: Sheet, rule: str, pair: _Pair) -> DateMention:
    direction = direction_on(sheet.surroundings(pair.start, pair.end))
    span = resolve_range(pair.first, pair.last, sheet.anchor, direction)
    return replace(
        make_mention(sheet, rule, pair.start, pair.end, span, direction=direction),
        part_of_day=pair.first.part_of_day or pair.last.part_of_day,
        has_clock=pair.first.has_clock or pair.last.has_clock,
    )


def _two(sheet: Sheet, rule: str, pair: _Pair) -> list[DateMention]:
    prefix = read_prefix(sheet.tokens.words[pair.start : pair.first_end])
    earlier = pair.first
    if earlier.month is not None and earlier.year is None and earlier.year_shift is None:
        is_before = (earlier.month, earlier.day or 0) <= (pair.last.month or 0, pair.last.day or 0)
        earlier = replace(earlier, year=pair.last.year if is_before else None)
    first = mention_point(sheet, rule, pair.start, pair.first_end, prefix=prefix, parts=earlier)
    last = mention_point(sheet, rule, pair.last_start, pair.end, prefix=NO_PREFIX, parts=pair.last)
    return [first, last]


def interpret_days(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Two or more days of one month: "April 24-26", "22 and 23 February", "May 3, 4 and 5"."""
    piece = sheet.piece(start, end)
    days = [i for i, kind in enumerate(piece.kinds) if kind in {"DAY", "NTH"}]
    first_day, last_day = days[0], days[-1]
    kept = [i for i in range(len(piece.words)) if i not in days[1:]]
    first = read_parts(Piece([piece.kinds[i] for i in kept], [piece.words[i] for i in kept]))
    last = replace(first, day=int(piece.words[last_day].rstrip("stndrh")))
    pair = _Pair(first, last, start, start + first_day + 1, start + last_day, end)
    is_range = piece.words[0] in _RANGE_PREFIXES or piece.words[last_day - 1] != "and"
    if is_range or (last.day or 0) - (first.day or 0) == len(days) - 1:
        return [_one(sheet, rule, pair)]
    return _two(sheet, rule, pair)


def interpret_season_years(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Years of which the second is shortened: "in 2003-04"."""
    first, ending = int(sheet.word(end - 3)), int(sheet.word(end - 1))
    last = first - first % 100 + ending
    return [make_mention(sheet, rule, start, end, years_span(first, last))] if last > first else []
