"""Mentions of feasts and fasts: "over Christmas", "during Ramadan last year", "the first day of Eid"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from casus.resolving.dates.calendar import Span, range_span
from casus.resolving.dates.context import Direction, direction_by, direction_on
from casus.resolving.dates.feast_days import EIDS, Feast, load_feasts
from casus.resolving.dates.mention import DateMention, Relation, Unresolved
from casus.resolving.dates.parts import read_parts
from casus.resolving.dates.sheet import Sheet, make_mention, read_prefix
from casus.resolving.dates.vocabulary import ORDINALS

_SIGHTING_DAYS = timedelta(days=2)  # an Islamic day may be the one before or after


def interpret_feast(sheet: Sheet, rule: str, start: int, end: int) -> list[DateMention]:
    """A feast, the one before publication unless a verb looks ahead; or a day of it."""
    words = sheet.tokens.words[start:end]
    relation = read_prefix(words).relation
    around = sheet.surroundings(start, end)
    is_limit = relation in {Relation.BY, Relation.BEFORE}
    direction = direction_by(around, is_weekday=False) if is_limit else direction_on(around)
    parts = read_parts(sheet.piece(start, end))
    year = parts.year
    if year is None and parts.year_shift is not None and sheet.anchor is not None:
        year = sheet.anchor.year + parts.year_shift
    if words[0] in {"last", "next"} or words[1:2] in (("last",), ("next",)):
        direction = Direction.FUTURE if "next" in words[:2] else Direction.PAST
    span = _occurrence(_named_in(words), sheet.anchor, direction, year)
    if isinstance(span, Span) and (number := _number_of_day(words)) is not None:
        span = _day_of(span, number, is_month="day" not in words)
    mention = make_mention(sheet, rule, start, end, span, direction=direction)
    return [replace(mention, relation=relation)]


def _named_in(words: tuple[str, ...]) -> list[Feast]:
    """The feasts that the words name; "Eid" alone is either of two."""
    joined = f" {' '.join(word.strip('-') for word in words if word.strip('-'))} "
    plain = {name.replace("-", " "): feast for name, feast in load_feasts().items()}
    named = [name for name in plain if f" {name} " in joined]
    if named:
        return [plain[max(named, key=len)]]
    return [load_feasts()[name] for name in EIDS]


def _occurrence(
    feasts: list[Feast], anchor: date | None, direction: Direction, year: int | None
) -> Span | Unresolved:
    if year is None and anchor is None:
        return Unresolved.NO_PUBLICATION_DATE
    around = year or (anchor.year if anchor else 0)
    spans = sorted((span for feast in feasts for span in feast.near(around)), key=lambda span: span.start)
    if year is not None:
        spans = [span for span in spans if span.start.year == year]
    elif anchor is not None and direction is Direction.FUTURE:
        spans = [span for span in spans if span.end >= anchor]
    elif anchor is not None and direction is Direction.OPEN:
        spans.sort(key=lambda span: abs((span.start - anchor).days))
    elif anchor is not None:
        spans = [span for span in spans if span.start <= anchor][::-1]
    return spans[0] if spans else Unresolved.OUT_OF_CALENDAR


def _number_of_day(words: tuple[str, ...]) -> int | None:
    """Which day of a feast is told: "the first day of Ramadan", "the 27th of Ramadan"."""
    if "of" not in words:
        return None
    before = words[: words.index("of")]
    for word in before:
        if word in ORDINALS:
            return ORDINALS[word]
        if word[:1].isdecimal() and word.rstrip("stndrh").isdecimal():
            return int(word.rstrip("stndrh"))
    return None


def _day_of(span: Span, number: int, *, is_month: bool) -> Span | Unresolved:
    """A day of a feast; with the doubt of a day that the whole has at both ends."""
    lasts = (span.end - span.start).days + 1
    if number > lasts or (is_month and number > 30):
        return Unresolved.NO_SUCH_DAY
    first = span.start + timedelta(days=number - 1)
    return range_span(first, first + _SIGHTING_DAYS)
