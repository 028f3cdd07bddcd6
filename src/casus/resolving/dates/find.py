"""All time expressions of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from casus.resolving.dates.anaphoric import (
    interpret_anniversary,
    interpret_counted,
    interpret_eve,
    interpret_neighbour,
    interpret_nth_day,
    interpret_period,
    interpret_same,
    interpret_time,
    interpret_within,
)
from casus.resolving.dates.completing import completed
from casus.resolving.dates.context import Direction
from casus.resolving.dates.datelines import is_dateline
from casus.resolving.dates.feasts import interpret_feast
from casus.resolving.dates.foreign import interpret_foreign
from casus.resolving.dates.grammar import load_grammar
from casus.resolving.dates.lexer import read_tokens
from casus.resolving.dates.mention import DateMention, Unresolved
from casus.resolving.dates.numeric import with_order
from casus.resolving.dates.parts import read_parts
from casus.resolving.dates.points import interpret_point, interpret_relative
from casus.resolving.dates.ranges import interpret_days, interpret_range, interpret_season_years
from casus.resolving.dates.relative import (
    interpret_ago,
    interpret_ahead,
    interpret_century,
    interpret_half,
    interpret_length_to,
    interpret_quarter,
    interpret_stretch,
    interpret_weekdays_ago,
)
from casus.resolving.dates.resolve import resolve_parts
from casus.resolving.dates.sheet import Interpreter, Sheet, make_mention, read_prefix

_INTERPRETERS: dict[str, Interpreter] = {
    "foreign": interpret_foreign,
    "feast": interpret_feast,
    "anniversary": interpret_anniversary,
    "eve": interpret_eve,
    "weekday_week": interpret_ahead,
    "quarter": interpret_quarter,
    "days_of_month": interpret_days,
    "days_then_month": interpret_days,
    "span": interpret_range,
    "pair": interpret_range,
    "season_years": interpret_season_years,
    "day": interpret_point,
    "half": interpret_half,
    "edge": interpret_point,
    "season": interpret_point,
    "month": interpret_point,
    "decade": interpret_point,
    "century": interpret_century,
    "year": interpret_point,
    "ago": interpret_ago,
    "weekdays_ago": interpret_weekdays_ago,
    "ahead": interpret_ahead,
    "length_to": interpret_length_to,
    "past": interpret_stretch,
    "coming": interpret_stretch,
    "relative": interpret_relative,
    "weekend": interpret_point,
    "overnight": interpret_point,
    "within": interpret_within,
    "same": interpret_same,
    "neighbour": interpret_neighbour,
    "counted": interpret_counted,
    "nth_day": interpret_nth_day,
    "period": interpret_period,
    "time": interpret_time,
}
# A text may be published so many days after its dateline and still count from the dateline.
_DATELINE_LAG_DAYS = 3


def find_dates(
    text: str, *, published_on: date | None, publisher: str | None = None
) -> tuple[DateMention, ...]:
    """The time expressions of `text`, in order and without overlap.

    Weekdays and dates without a year count from `published_on`; without it, from a
    dateline that has a year; without either they stay unresolved.  `publisher`, a name or
    domain, may tell whether "04/05/2006" has the day or the month first.
    """
    grammar = load_grammar()
    tokens = read_tokens(text, grammar.alphabet)
    found = list(grammar.expressions.finditer(tokens.letters))
    sheet = Sheet(text, tokens, grammar, published_on)
    sheet = replace(sheet, anchor=_anchor(sheet, found))
    mentions = [mention for match in found for mention in _interpreted(sheet, match)]
    return with_order(text, completed(text, mentions), sheet.anchor, publisher)


def _interpreted(sheet: Sheet, match: re.Match[str]) -> list[DateMention]:
    """The mentions in what a rule matched; without days where they would leave the calendar."""
    rule = match.lastgroup or ""
    interpret = _INTERPRETERS.get(rule)
    if interpret is None:
        return []
    try:
        return interpret(sheet, rule, match.start(), match.end())
    except OverflowError:
        return [make_mention(sheet, rule, match.start(), match.end(), Unresolved.OUT_OF_CALENDAR)]


def _anchor(sheet: Sheet, found: list[re.Match[str]]) -> date | None:
    """The day that the text counts from: its dateline's where that is sure, else the publication's."""
    published_on = sheet.anchor
    for match in found:
        if match.lastgroup != "day":
            continue
        prefix = read_prefix(sheet.tokens.words[match.start() : match.end()])
        chars = sheet.tokens.starts[match.start() + prefix.length], sheet.tokens.ends[match.end() - 1]
        if not is_dateline(sheet.text, *chars):
            continue
        parts = read_parts(sheet.piece(match.start(), match.end()))
        span = resolve_parts(parts, published_on, Direction.PAST)
        if isinstance(span, Unresolved) or published_on is None:
            return published_on if isinstance(span, Unresolved) else span.start
        written_on = span.start
        is_sure = timedelta(0) <= published_on - written_on <= timedelta(days=_DATELINE_LAG_DAYS)
        return written_on if is_sure else published_on
    return published_on
