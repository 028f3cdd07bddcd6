"""Mentions of dates of other calendars: "15 Sawr 1400", "12 Rabi al-Awwal 1442", "22 May 2557 BE"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casus.resolving.dates.calendar import Span, month_span, year_span
from casus.resolving.dates.calendars import (
    BUDDHIST_SHIFT,
    ERAS,
    YEARS,
    CalendarSystem,
    day_in,
    latest_yearly,
    month_in,
    months_named,
    year_in,
)
from casus.resolving.dates.context import Direction
from casus.resolving.dates.mention import DateMention, Unresolved
from casus.resolving.dates.parts import ALL_MONTHS, Piece, read_parts
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import Sheet, make_mention, read_prefix
from casus.resolving.dates.vocabulary import ORDINALS

_LONGEST_NAME = 6  # tokens of a month's name
_ADJECTIVES = {
    "ethiopian": CalendarSystem.ETHIOPIAN,
    "islamic": CalendarSystem.ISLAMIC,
    "hijri": CalendarSystem.ISLAMIC,
    "lunar": CalendarSystem.ISLAMIC,
    "persian": CalendarSystem.PERSIAN,
    "iranian": CalendarSystem.PERSIAN,
    "afghan": CalendarSystem.PERSIAN,
    "solar": CalendarSystem.PERSIAN,
    "nepali": CalendarSystem.NEPALI,
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What the words of a date in another calendar say."""

    months: tuple[tuple[CalendarSystem, int], ...]
    year: int | None
    day: int | None
    era: CalendarSystem | None


def interpret_foreign(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A date of another calendar; where its Gregorian day stands beside it, that day."""
    relation = read_prefix(sheet.tokens.words[start:end]).relation
    span: Span | Unresolved | None = _gregorian_beside(sheet, start, end)
    if span is None:
        told = _told(sheet.piece(start, end))
        if not told.months and told.year is None:
            return []
        span = _span(told, sheet.anchor)
    if span is None:
        return []
    return [replace(make_mention(sheet, rule, start, end, span), relation=relation)]


def _gregorian_beside(sheet: Sheet, start: int, end: int) -> Span | None:
    """The Gregorian date in "15 Sawr 1400 (5 May 2021)", or before its bracket."""
    kinds = [sheet.kind(i) for i in range(start, end)]
    marks = [start + i for i, kind in enumerate(kinds) if kind in {"OPEN", "SLASH"}]
    first = start + read_prefix(sheet.tokens.words[start:end]).length
    for mark in marks:
        last = end - 1 if sheet.kind(end - 1) == "CLOSE" else end
        for begin, stop in ((mark + 1, last), (first, mark)):
            if not sheet.grammar.point.fullmatch(sheet.tokens.letters, begin, stop):
                continue
            parts = read_parts(sheet.piece(begin, stop))
            span = resolve_parts(parts, sheet.anchor, Direction.PAST)
            if parts.is_day and isinstance(span, Span):
                return span
    return None


def _told(piece: Piece) -> _Told:
    months, at, length = _month(piece)
    year = next((int(w) for w in piece.words if len(w) == 4 and w.isdecimal()), None)
    near = range(at - 3, at + length + 2)
    days = [n for i in near if i >= 0 and (n := _day_number(piece, i)) is not None]
    return _Told(months, year, days[0] if days else None, _era(piece))


def _month(piece: Piece) -> tuple[tuple[tuple[CalendarSystem, int], ...], int, int]:
    """The month in the words, where it begins and how many tokens it has."""
    for length in range(_LONGEST_NAME, 0, -1):
        for at in range(len(piece.words) - length + 1):
            words = piece.words[at : at + length]
            if months := months_named(" ".join(words)):
                return tuple(months), at, length
    for at, word in enumerate(piece.words):
        if word in ALL_MONTHS:
            return ((CalendarSystem.BUDDHIST, ALL_MONTHS[word]),), at, 1
    return (), 0, 0


def _day_number(piece: Piece, index: int) -> int | None:
    if piece.kind(index) in {"DAY", "NTH", "TWO"}:
        return int(piece.word(index).rstrip("stndrh"))
    return ORDINALS.get(piece.word(index))


def _era(piece: Piece) -> CalendarSystem | None:
    for word in piece.words:
        letters = "".join(filter(str.isalpha, word))
        if (era := _ADJECTIVES.get(letters) or ERAS.get(letters)) is not None:
            return era
    return None


def _span(told: _Told, anchor: date | None) -> Span | Unresolved | None:
    """The days; None where the words turn out to be no date."""
    if not told.months:
        return _whole_year(told)
    fitting = [(calendar, month) for calendar, month in told.months if told.era in {None, calendar}]
    if told.year is None:
        return _yearless(told, anchor)
    fitting = [(c, month) for c, month in fitting if told.year in YEARS[c]]
    if not fitting:
        return None
    calendar, month = fitting[0]
    if calendar is CalendarSystem.BUDDHIST and told.day is None:
        return month_span(told.year - BUDDHIST_SHIFT, month)
    if told.day is None:
        return month_in(calendar, told.year, month)
    return day_in(calendar, told.year, month, told.day) or Unresolved.NO_SUCH_DAY


def _whole_year(told: _Told) -> Span | None:
    if told.year is None or told.era is None or told.year not in YEARS[told.era]:
        return None
    if told.era is CalendarSystem.BUDDHIST:
        return year_span(told.year - BUDDHIST_SHIFT)
    return year_in(told.era, told.year)


def _yearless(told: _Told, anchor: date | None) -> Span | Unresolved | None:
    """The latest such day on or before publication."""
    calendar, month = told.months[0]
    if told.day is None or len(told.months) > 1:
        return None
    if anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    year = latest_yearly(calendar, month, told.day, anchor)
    span = day_in(calendar, year, month, told.day) if year is not None else None
    return span or Unresolved.NO_SUCH_DAY
