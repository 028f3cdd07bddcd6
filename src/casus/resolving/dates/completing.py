"""Dates that a date before them completes: "in May, on the evening of the 24th", "that December"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casus.model import DatePrecision
from casus.resolving.dates.calendar import day_or_none, month_span
from casus.resolving.dates.mention import DateKind, DateMention

# How far back the completing date may stand, in characters, and what may not stand between.
_MONTH_REACH, _YEAR_REACH = 60, 300
_SENTENCE_END = re.compile(r"[.!?]\s")
_DAY_ALONE = re.compile(r"\bthe\s+(\d{1,2})(?:st|nd|rd|th)$", re.IGNORECASE)
_THAT_YEAR = {"that year", "that same year", "the same year"}
_THAT = re.compile(r"\bthat\s+\w+$", re.IGNORECASE)


def completed(text: str, mentions: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """The mentions of a text, in order, with days and months that need one before them."""
    done: list[DateMention] = []
    for mention in mentions:
        if done and _is_of_that_year(text, done[-1], mention):
            done[-1] = _moved_to_year(done, mention)
        else:
            done.append(_completed(text, done, mention))
    return tuple(done)


def _completed(text: str, before: Sequence[DateMention], mention: DateMention) -> DateMention:
    words = text[mention.start_char : mention.end_char]
    if mention.kind is DateKind.ABSOLUTE and (found := _DAY_ALONE.search(words)):
        return _in_month(text, before, mention, int(found[1]))
    if mention.kind is DateKind.ANAPHORIC and mention.month is not None and _THAT.search(words):
        return _in_year(before, mention)
    return mention


def _is_of_that_year(text: str, last: DateMention, mention: DateMention) -> bool:
    """Whether a mention is the year of the one before: "on January 17 of that year"."""
    words = text[mention.start_char : mention.end_char].lower()
    is_near = last.kind is DateKind.ABSOLUTE and last.precision in {DatePrecision.DAY, DatePrecision.MONTH}
    between = text[last.end_char : mention.start_char].lower().strip(" ,")
    return is_near and words.removeprefix("of ") in _THAT_YEAR and between in {"of", ""}


def _moved_to_year(done: Sequence[DateMention], year: DateMention) -> DateMention:
    """The last mention in the year that was told before it."""
    last = done[-1]
    told = [m for m in done[:-1] if m.kind is DateKind.ABSOLUTE and m.start is not None and not m.is_future]
    if not told or last.start is None or last.end is None or told[-1].start is None:
        return replace(last, end_char=year.end_char)
    shift = told[-1].start.year - last.start.year
    if last.precision is DatePrecision.MONTH:
        month = month_span(last.start.year + shift, last.start.month)
        return replace(last, end_char=year.end_char, start=month.start, end=month.end, is_future=False)
    day = day_or_none(last.start.year + shift, last.start.month, last.start.day)
    if day is None:
        return replace(last, end_char=year.end_char)
    return replace(last, end_char=year.end_char, start=day, end=day, is_future=False)


def _in_month(text: str, before: Sequence[DateMention], mention: DateMention, number: int) -> DateMention:
    """The day of "the 24th" in the month that its sentence has just named."""
    last = before[-1] if before else None
    if last is None or last.start is None or last.precision is not DatePrecision.MONTH:
        return mention
    gap = text[last.end_char : mention.start_char]
    day = day_or_none(last.start.year, last.start.month, number)
    if day is None or len(gap) > _MONTH_REACH or _SENTENCE_END.search(gap):
        return mention
    return replace(mention, start=day, end=day, precision=DatePrecision.DAY, is_future=last.is_future)


def _in_year(before: Sequence[DateMention], mention: DateMention) -> DateMention:
    """The month of "that December", counted from the date told last."""
    told = [m for m in before if m.kind is DateKind.ABSOLUTE and m.start is not None and not m.is_future]
    if not told or mention.start_char - told[-1].end_char > _YEAR_REACH:
        return mention
    last, month = told[-1].start, mention.month
    if last is None or month is None:
        return mention
    span = month_span(last.year if month >= last.month else last.year + 1, month)
    return replace(mention, kind=DateKind.ABSOLUTE, start=span.start, end=span.end, precision=span.precision)
