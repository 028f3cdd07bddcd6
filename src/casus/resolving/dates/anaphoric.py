"""Mentions that hang on an event's date, and those that have none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casus.resolving.dates.calendar import Span, day_span
from casus.resolving.dates.context import Direction, direction_on
from casus.resolving.dates.mention import DateKind, DateMention, DateUnit, Relation, Unresolved
from casus.resolving.dates.named_days import load_named_days
from casus.resolving.dates.parts import DateParts, read_length, read_parts, read_unit
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import Sheet, make_mention, read_prefix
from casus.resolving.dates.vocabulary import ORDINALS

_BACKWARD = {"earlier", "before", "previously", "beforehand", "previous", "preceding", "prior"}
_COMPLEMENT_WORDS = {"before", "after", "to", "following"}
# After these, "two days before" has ended.
_NO_COMPLEMENT = "in at near by and but or as from when while on outside inside with during for to which who"
_PUNCTUATION = {"COMMA", "DOT", "OPEN", "CLOSE", "MARK", "BREAK", "TIGHT_DASH", "WIDE_DASH", "SLASH", ""}


def interpret_within(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """By so long after the event: "within 72 hours"."""
    words = sheet.tokens.words[start:end]
    mention = _anaphoric(sheet, rule, start, end, offset=read_length(words), unit=read_unit(words))
    direction = direction_on(sheet.surroundings(start, end))
    is_future = direction is Direction.FUTURE
    return [replace(mention, relation=Relation.BY, is_future=is_future)]


def interpret_same(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """The event's own date again: "the same day", "that night", "since then"."""
    words = sheet.tokens.words[start:end]
    parts = read_parts(sheet.piece(start, end))
    unit = DateUnit.DAY if parts.part_of_day or words[-1] == "then" else _unit_of(words)
    mention = _anaphoric(sheet, rule, start, end, offset=0, unit=unit)
    return [replace(mention, part_of_day=parts.part_of_day, following_days=int("next" in words))]


def _unit_of(words: tuple[str, ...]) -> DateUnit:
    return DateUnit.WEEK if "weekend" in words else read_unit(words) or DateUnit.DAY


def interpret_neighbour(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """The next one on either side: "the previous night", "the following Monday"."""
    words = sheet.tokens.words[start:end]
    is_backward = bool(_BACKWARD & set(words))
    parts = read_parts(sheet.piece(start + read_prefix(words).length, end))
    unit = DateUnit.DAY if parts.part_of_day else _unit_of(words)
    mention = _anaphoric(sheet, rule, start, end, offset=-1 if is_backward else 1, unit=unit)
    return [replace(mention, weekday=parts.weekday, month=parts.month, part_of_day=parts.part_of_day)]


def interpret_counted(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """So long before or after: "two days later", "hours after they fled"."""
    words = sheet.tokens.words[start:end]
    is_backward = bool(_BACKWARD & set(words))
    unit = read_unit(words) or DateUnit.MINUTE
    count = read_length(words)
    offset = None if count is None else -count if is_backward else count
    return [_anaphoric(sheet, rule, start, end, offset=offset, unit=unit, is_backward=is_backward)]


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
    return sheet.kind(end) not in _PUNCTUATION and sheet.word(end) not in _NO_COMPLEMENT.split()


def interpret_eve(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """The day before: of a date, or of the event that the words after name."""
    words = sheet.tokens.words[start:end]
    if words[-1] == "of":
        mention = _anaphoric(sheet, rule, start, end, offset=-1, unit=DateUnit.DAY)
        return [replace(mention, has_complement=True)]
    of = start + len(words) - words[::-1].index("of")
    around = sheet.surroundings(start, end)
    span = resolve_parts(read_parts(sheet.piece(of, end)), sheet.anchor, direction_on(around))
    if isinstance(span, Span):
        span = day_span(span.start - timedelta(days=1))
    return [replace(make_mention(sheet, rule, start, end, span), relation=read_prefix(words).relation)]


def interpret_anniversary(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """The day of the year on which something happened, where its date is told."""
    words = sheet.tokens.words[start:end]
    parts = read_parts(sheet.piece(start + words.index("of"), end))
    direction = direction_on(sheet.surroundings(start, end))
    span: Span | Unresolved = Unresolved.NO_EVENT
    if parts.named is not None and (named := load_named_days()[parts.named]).month:
        parts.month, parts.day = named.month, named.day
    if parts.month is not None and parts.day is not None:
        parts = DateParts(month=parts.month, day=parts.day)
        span = resolve_parts(parts, sheet.anchor, direction)
    kind = DateKind.PERIOD if isinstance(span, Unresolved) else DateKind.ABSOLUTE
    mention = make_mention(sheet, rule, start, end, span, direction=direction, kind=kind)
    return [replace(mention, relation=read_prefix(words).relation)]


def interpret_nth_day(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """Days counted from the first one: "on the third day"."""
    word = sheet.word(end - 2)
    number = ORDINALS.get(word) or int(word.rstrip("stndrh"))
    mention = _anaphoric(sheet, rule, start, end, offset=number - 1, unit=DateUnit.DAY)
    return [replace(mention, is_from_start=True)]


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
    return [replace(mention, offset=read_length(words), unit=unit, is_future=is_future)]


def interpret_time(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A time of day: it has the day of its event."""
    parts = read_parts(sheet.piece(start, end))
    relation = read_prefix(sheet.tokens.words[start:end]).relation
    if relation in {Relation.BEFORE, Relation.AFTER}:
        relation = Relation.ON
    mention = make_mention(sheet, rule, start, end, None, kind=DateKind.TIME)
    return [replace(mention, relation=relation, part_of_day=parts.part_of_day, has_clock=parts.has_clock)]
