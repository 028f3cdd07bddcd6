"""From a stretch of tokens that the grammar found to the mentions in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casus.resolving.dates.calendar import Span, range_span, years_span
from casus.resolving.dates.context import (
    Direction,
    Surroundings,
    direction_by,
    direction_for,
    direction_on,
    direction_until,
    find_surroundings,
)
from casus.resolving.dates.datelines import is_dateline
from casus.resolving.dates.grammar import Grammar
from casus.resolving.dates.lexer import Tokens
from casus.resolving.dates.mention import DateKind, DateMention, Relation, Unresolved
from casus.resolving.dates.parts import DateParts, Piece, read_parts
from casus.resolving.dates.resolve import resolve_parts, resolve_range

_PREFIXES = {
    "no later than": Relation.BY,
    "not later than": Relation.BY,
    "as of": Relation.ON,
    "up to": Relation.UNTIL,
    "prior to": Relation.BEFORE,
    "ahead of": Relation.BEFORE,
    "since": Relation.SINCE,
    "from": Relation.SINCE,
    "starting": Relation.SINCE,
    "beginning": Relation.SINCE,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "through": Relation.UNTIL,
    "by": Relation.BY,
    "before": Relation.BEFORE,
    "after": Relation.AFTER,
} | dict.fromkeys(
    ("on", "in", "at", "during", "throughout", "over", "around", "for", "within", "between"), Relation.ON
)
# Words before a date that say nothing of when; the last stands for one that belongs to something else.
_ELSEWHERE = "…"
_EMPTY_PREFIXES = {"for", "starting", "beginning", _ELSEWHERE}
# These say something of when only before a part of the day: "in the evening of May 5".
_PART_PREFIXES = {"at", "in", "during", "over", "around"}
_TIMES_OF_DAY = {"PART_NAME", "MOMENT"}
_MEETINGS = {
    *("conference deadline election elections funeral hearing march meeting poll polls rally").split(),
    *("referendum run runoff session summit talks vote").split(),
}
_RANGE_WORDS = {"to", "until", "till", "through", "into", "or"}
_TIE_WORDS = _RANGE_WORDS | {"and"}
_TIE_KINDS = {"TIGHT_DASH", "WIDE_DASH", "SLASH"}
_CLOCK_KINDS = {"CLOCK", "CLOCK_PM"}


@dataclass(frozen=True, slots=True)
class Prefix:
    """The preposition before a date, in tokens."""

    length: int
    words: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text under the grammar, with the day that its weekdays count from (None if unknown)."""

    text: str
    tokens: Tokens
    grammar: Grammar
    anchor: date | None

    def piece(self, start: int, end: int) -> Piece:
        """The tokens from `start` to before `end`."""
        kinds = [self.grammar.kinds.get(letter, "WORD") for letter in self.tokens.letters[start:end]]
        return Piece(kinds, self.tokens.words[start:end])

    def word(self, index: int) -> str:
        """The word there, empty outside the text."""
        return self.tokens.words[index] if 0 <= index < len(self.tokens.words) else ""

    def kind(self, index: int) -> str:
        """The kind of token there, "WORD" where the grammar knows the word itself, empty outside the text."""
        letters = self.tokens.letters
        return self.grammar.kinds.get(letters[index], "WORD") if 0 <= index < len(letters) else ""

    def surroundings(self, start: int, end: int) -> Surroundings:
        """The sentence around the tokens."""
        return find_surroundings(self.tokens.plain, self.tokens.starts[start], self.tokens.ends[end - 1])


Interpreter = Callable[[Sheet, str, int, int], list[DateMention]]


def read_prefix(words: Sequence[str]) -> Prefix:
    """The preposition that words begin with, of length 0 where there is none."""
    for length in (3, 2, 1):
        prefix = " ".join(words[:length])
        if prefix in _PREFIXES:
            return Prefix(length, prefix, _PREFIXES[prefix])
    return Prefix(0, "", Relation.ON)


def interpret_point(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """One day, week, month or year."""
    prefix = _prefix_of_point(sheet, start, end)
    parts = read_parts(sheet.piece(start + prefix.length, end))
    parts.is_overnight = parts.is_overnight or rule == "overnight"
    body = start + prefix.length
    if rule == "day" and is_dateline(sheet.text, sheet.tokens.starts[body], sheet.tokens.ends[end - 1]):
        span = resolve_parts(parts, sheet.anchor, Direction.PAST)
        mention = make_mention(sheet, "dateline", body, end, span, kind=DateKind.DATELINE)
        return [replace(mention, is_future=False)]
    has_part = parts.part_of_day is not None or parts.has_clock
    is_empty = prefix.words in _EMPTY_PREFIXES or (
        prefix.words in _PART_PREFIXES and parts.is_day and not has_part
    )
    begin = body if is_empty else start
    direction = _direction(sheet, start, end, prefix, parts)
    span = resolve_parts(parts, sheet.anchor, direction, relation=prefix.relation)
    span = _with_night(sheet, start, end, parts, span)
    return [
        replace(
            make_mention(sheet, rule, begin, end, span, direction=direction),
            relation=prefix.relation,
            part_of_day=parts.part_of_day,
            has_clock=parts.has_clock,
        )
    ]


def _prefix_of_point(sheet: Sheet, start: int, end: int) -> Prefix:
    """The preposition, unless it belongs to something else: "after Friday prayers", "before dawn on Friday"."""
    prefix = read_prefix(sheet.tokens.words[start:end])
    if prefix.length == 0 or start + prefix.length >= end:
        return Prefix(0, "", Relation.ON)
    following = sheet.kind(end)
    is_day = read_parts(sheet.piece(start, end)).is_day
    is_possessed = following == "POSSESSIVE" or (is_day and "POSSESSIVE" in sheet.piece(start, end).kinds)
    if prefix.relation in {Relation.BEFORE, Relation.AFTER}:
        if _is_time_of_day(sheet, start + prefix.length):
            return Prefix(prefix.length, prefix.words, Relation.ON)
        is_adjective = following in {"OTHER", "CAPITAL"} and sheet.word(end) not in {"when", "while"}
        if (is_possessed or is_adjective) and is_day:
            return Prefix(prefix.length, _ELSEWHERE, Relation.ON)
    if is_possessed and prefix.words != "since" and sheet.word(end + 1) != "deadline":
        return Prefix(prefix.length, _ELSEWHERE, Relation.ON)
    return prefix


def _is_time_of_day(sheet: Sheet, index: int) -> bool:
    if sheet.kind(index) in _CLOCK_KINDS or sheet.kind(index + 1) == "AM_PM" or sheet.word(index + 1) == "oclock":
        return True
    return read_parts(sheet.piece(index, index + 1)).part_of_day is not None


def _direction(sheet: Sheet, start: int, end: int, prefix: Prefix, parts: DateParts) -> Direction:
    around = sheet.surroundings(start, end)
    if sheet.kind(end) == "POSSESSIVE":
        is_meeting = sheet.word(end + 1) in _MEETINGS
        return direction_on(around) if is_meeting else Direction.PAST
    is_weekday = parts.weekday is not None and parts.day is None
    if prefix.relation is Relation.UNTIL:
        return direction_until(around, is_weekday=is_weekday)
    if prefix.relation in {Relation.BY, Relation.BEFORE}:
        return direction_by(around, is_weekday=is_weekday)
    if prefix.words == "for" and parts.needs_direction:
        return direction_for(around)
    return direction_on(around)


def _with_night(
    sheet: Sheet, start: int, end: int, parts: DateParts, span: Span | Unresolved
) -> Span | Unresolved:
    """Both days of "overnight on Tuesday"; "overnight into Wednesday" ends on it."""
    if not parts.is_overnight or isinstance(span, Unresolved) or span.start != span.end:
        return span
    ends_there = {"into", "to"} & set(sheet.tokens.words[start:end])
    day = span.start
    if ends_there or (sheet.anchor is not None and day >= sheet.anchor):
        return range_span(day - timedelta(days=1), day)
    return range_span(day, day + timedelta(days=1))


def interpret_range(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Two dates tied to each other: one range, or two mentions where "and" ties distant ones."""
    prefix = read_prefix(sheet.tokens.words[start:end])
    tie = _find_tie(sheet, start + prefix.length, end)
    if tie is None:
        return []
    body, second = start + prefix.length, tie + 1 + (sheet.word(tie + 1) == "on")
    first, last = read_parts(sheet.piece(body, tie)), read_parts(sheet.piece(second, end))
    if _is_dash_after_dateline(sheet, body, tie):
        return interpret_point(sheet, "day", body, tie) + interpret_point(sheet, "day", second, end)
    is_one = prefix.words in {"between", "from"} or sheet.word(tie) != "and"
    return _range_or_two(sheet, rule, (start, tie, second, end), first, last, is_one=is_one)


def _find_tie(sheet: Sheet, start: int, end: int) -> int | None:
    """The token between two dates."""
    letters, point = sheet.tokens.letters, sheet.grammar.point
    for index in range(start + 1, end - 1):
        if sheet.word(index) not in _TIE_WORDS and sheet.kind(index) not in _TIE_KINDS:
            continue
        second = index + 1 + (sheet.word(index + 1) == "on")
        if point.fullmatch(letters, start, index) and point.fullmatch(letters, second, end):
            return index
    return None


def _is_dash_after_dateline(sheet: Sheet, body: int, tie: int) -> bool:
    chars = sheet.tokens.starts[body], sheet.tokens.ends[tie - 1]
    return sheet.kind(tie) == "WIDE_DASH" and is_dateline(sheet.text, *chars)


def _range_or_two(
    sheet: Sheet,
    rule: str,
    bounds: tuple[int, int, int, int],
    first: DateParts,
    last: DateParts,
    *,
    is_one: bool,
) -> list[DateMention]:
    start, tie, second, end = bounds
    direction = direction_on(sheet.surroundings(start, end))
    span = resolve_range(first, last, sheet.anchor, direction)
    if not is_one and not _is_unbroken(first, last, sheet.anchor, direction, span):
        return _two(sheet, rule, bounds, first, last)
    mention = make_mention(sheet, rule, start, end, span, direction=direction)
    return [
        replace(
            mention,
            part_of_day=first.part_of_day or last.part_of_day,
            has_clock=first.has_clock or last.has_clock,
        )
    ]


def _is_unbroken(
    first: DateParts, last: DateParts, anchor: date | None, direction: Direction, span: Span | Unresolved
) -> bool:
    """Whether nothing lies between the two dates."""
    if isinstance(span, Unresolved):
        return False
    start = resolve_parts(first, span.end, Direction.PAST)
    end = resolve_parts(last, anchor, direction)
    if isinstance(start, Unresolved) or isinstance(end, Unresolved):
        return False
    return end.start == span.start or (end.start - span.start).days == (start.end - start.start).days + 1


def _two(
    sheet: Sheet, rule: str, bounds: tuple[int, int, int, int], first: DateParts, last: DateParts
) -> list[DateMention]:
    start, tie, second, end = bounds
    mentions = []
    for begin, stop, parts in ((start, tie, first), (second, end, last)):
        prefix = read_prefix(sheet.tokens.words[begin:stop])
        direction = _direction(sheet, begin, stop, prefix, parts)
        span = resolve_parts(parts, sheet.anchor, direction, relation=prefix.relation)
        mention = make_mention(sheet, rule, begin, stop, span, direction=direction)
        mentions.append(
            replace(
                mention,
                relation=prefix.relation,
                part_of_day=parts.part_of_day,
                has_clock=parts.has_clock,
            )
        )
    return mentions


def interpret_days(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Two days of one month: "April 24-26", "22 and 23 February"."""
    piece = sheet.piece(start, end)
    first_day, second_day = [i for i, kind in enumerate(piece.kinds) if kind in {"DAY", "NTH"}][:2]
    tie = first_day + 1
    numbers = [int(piece.word(i).rstrip("stndrh")) for i in (first_day, second_day)]
    kept = [i for i in range(len(piece.words)) if i != second_day]
    first = read_parts(Piece([piece.kinds[i] for i in kept], [piece.words[i] for i in kept]))
    last = replace(first, day=numbers[1])
    is_one = piece.word(0) in {"between", "from"} or piece.word(tie) != "and" or numbers[1] - numbers[0] == 1
    bounds = (start, start + tie, start + second_day, end)
    if is_one:
        return _range_or_two(sheet, rule, bounds, first, last, is_one=True)
    return _two(sheet, rule, bounds, first, last)


def interpret_season_years(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """ "in 2003-04": the two years."""
    first, second = int(sheet.word(end - 3)), int(sheet.word(end - 1))
    last = first - first % 100 + second
    if last <= first:
        return []
    return [make_mention(sheet, rule, start, end, years_span(first, last))]


def make_mention(
    sheet: Sheet,
    rule: str,
    start: int,
    end: int,
    span: Span | Unresolved | None,
    *,
    kind: DateKind = DateKind.ABSOLUTE,
    direction: Direction = Direction.PAST,
) -> DateMention:
    """The mention of tokens `start` to before `end`, with its span or the reason why it has none."""
    mention = DateMention(
        start_char=sheet.tokens.starts[start],
        end_char=sheet.tokens.ends[end - 1],
        kind=kind,
        rule=f"date.{rule}",
        is_future=direction is Direction.FUTURE,
    )
    if isinstance(span, Unresolved):
        return replace(mention, reason=span)
    if span is None:
        return mention
    return replace(
        mention,
        start=span.start,
        end=span.end,
        precision=span.precision,
        is_future=_is_future(span, sheet.anchor, direction),
    )


def _is_future(span: Span, anchor: date | None, direction: Direction) -> bool:
    if anchor is None:
        return direction is Direction.FUTURE
    return span.start > anchor or (direction is Direction.FUTURE and span.end >= anchor)
