"""Mentions of one day, week, month or year."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casus.resolving.dates.calendar import Span, range_span
from casus.resolving.dates.context import (
    Direction,
    direction_by,
    direction_for,
    direction_of_stated,
    direction_on,
    direction_until,
)
from casus.resolving.dates.datelines import is_dateline
from casus.resolving.dates.mention import DateKind, DateMention, Relation, Unresolved
from casus.resolving.dates.parts import DateParts, read_parts
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import NO_PREFIX, Prefix, Sheet, make_mention, read_prefix

# Words before a date that say nothing of when; the last stands for one that belongs to something else.
_ELSEWHERE = "…"
_EMPTY_PREFIXES = {"for", "starting", "beginning", _ELSEWHERE}
# These say something of when only before a part of the day: "in the evening of May 5".
_PART_PREFIXES = {"at", "in", "during", "over", "around"}
# What a day that is still to come may own: "for Sunday's election".
_MEETINGS = (
    "conference deadline election elections funeral hearing march meeting poll polls rally referendum runoff "
    "session summit talks vote"
)
_CLOCK_KINDS = {"CLOCK", "CLOCK_PM"}


def interpret_point(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """One day, week, month or year."""
    prefix = _prefix_of_point(sheet, start, end)
    body = start + prefix.length
    parts = read_parts(sheet.piece(body, end))
    parts.is_overnight = parts.is_overnight or rule == "overnight"
    if rule == "day" and is_dateline(sheet.text, sheet.tokens.starts[body], sheet.tokens.ends[end - 1]):
        span = resolve_parts(parts, sheet.anchor, Direction.PAST)
        mention = make_mention(sheet, "dateline", body, end, span, kind=DateKind.DATELINE)
        return [replace(mention, is_future=False)]
    begin = body if _is_empty(prefix, parts) else start
    return [mention_point(sheet, rule, begin, end, prefix=prefix, parts=parts)]


def mention_point(
    sheet: Sheet, rule: str, start: int, end: int, *, prefix: Prefix, parts: DateParts
) -> DateMention:
    """The mention of a date whose preposition and parts are read."""
    direction = _direction(sheet, start, end, prefix, parts)
    span = resolve_parts(parts, sheet.anchor, direction, relation=prefix.relation)
    span = _with_night(sheet, start, end, parts, span)
    return replace(
        make_mention(sheet, rule, start, end, span, direction=direction),
        relation=prefix.relation,
        part_of_day=parts.part_of_day,
        has_clock=parts.has_clock,
    )


def _is_empty(prefix: Prefix, parts: DateParts) -> bool:
    """Whether the preposition says nothing of when."""
    if prefix.words in _PART_PREFIXES:
        return parts.is_day and parts.part_of_day is None and not parts.has_clock
    return prefix.words in _EMPTY_PREFIXES


def _prefix_of_point(sheet: Sheet, start: int, end: int) -> Prefix:
    """The preposition, unless it belongs to something else, as in "after Friday prayers"."""
    prefix = read_prefix(sheet.tokens.words[start:end])
    body = start + prefix.length
    if prefix.length == 0 or body >= end:
        return NO_PREFIX
    is_limit = prefix.relation in {Relation.BEFORE, Relation.AFTER}
    if is_limit and _is_time_of_day(sheet, body):
        return replace(prefix, relation=Relation.ON)
    is_day = read_parts(sheet.piece(body, end)).is_day
    is_adjective = is_limit and is_day and sheet.kind(end) in {"OTHER", "CAPITAL"}
    is_owner = sheet.kind(end) == "POSSESSIVE" or (is_day and "POSSESSIVE" in sheet.piece(body, end).kinds)
    keeps_limit = prefix.words == "since" or sheet.word(end + 1) == "deadline"
    if is_adjective or (is_owner and not keeps_limit):
        return Prefix(prefix.length, _ELSEWHERE, Relation.ON)
    return prefix


def _is_time_of_day(sheet: Sheet, index: int) -> bool:
    if (
        sheet.kind(index) in _CLOCK_KINDS
        or sheet.kind(index + 1) == "AM_PM"
        or sheet.word(index + 1) == "oclock"
    ):
        return True
    return read_parts(sheet.piece(index, index + 1)).part_of_day is not None


def _direction(sheet: Sheet, start: int, end: int, prefix: Prefix, parts: DateParts) -> Direction:
    around = sheet.surroundings(start, end)
    if prefix.words == "since":
        return Direction.PAST
    if sheet.word(end) == "deadline":
        return Direction.OPEN
    if sheet.kind(end) == "POSSESSIVE":
        is_meeting = {sheet.word(end + 1), sheet.word(end + 2)} & set(_MEETINGS.split())
        return direction_on(around) if is_meeting else Direction.PAST
    is_weekday = parts.weekday is not None and parts.day is None
    if prefix.relation is Relation.UNTIL:
        return direction_until(around, is_weekday=is_weekday)
    if prefix.relation in {Relation.BY, Relation.BEFORE}:
        return direction_by(around, is_weekday=is_weekday)
    if prefix.words == "on":
        return direction_of_stated(around)
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


def interpret_relative(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A week or longer: "last week"; "earlier this week" ends with publication."""
    (mention,) = interpret_point(sheet, rule, start, end)
    words = sheet.tokens.words[start:end]
    is_earlier = {"earlier", "far"} & set(words) and "week" in words and "last" not in words
    if not is_earlier or mention.start is None or sheet.anchor is None:
        return [mention]
    span = range_span(mention.start, max(mention.start, sheet.anchor))
    return [replace(mention, start=span.start, end=span.end, precision=span.precision)]
