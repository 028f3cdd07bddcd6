"""Dates in the language of news.

`find_dates` reads a text by a grammar of words, without a language pipeline and without
a clock.  Where the language leaves a choice:

- a weekday is the latest one on or before publication, "last Friday" is before that day;
- a date without a year is the latest one, at most a week ahead, unless a verb looks ahead;
- weeks run from Monday to Sunday; "two weeks ago" and "a week earlier" are such a week,
  "two months ago" a month, "two years ago" a year, and so is the early or late part of one;
- "overnight" is the range of both days, "last night" the day before, "Tuesday night" Tuesday;
- the end of a month or year is its last day after "by", "until" and "before", else the whole;
- seasons are those of the north, in whole months;
- a feast is the latest that has begun; an Islamic date is the computed day and those beside it;
- "04/05/2006" takes the order of other dates of the text, of the past, or of the publisher's country;
- a text with a dateline up to three days before publication counts from its dateline.
"""

from __future__ import annotations

from casus.resolving.dates.find import find_dates
from casus.resolving.dates.mention import (
    DateKind,
    DateMention,
    DateUnit,
    PartOfDay,
    Relation,
    Unresolved,
    month_or_day_iso,
)

__all__ = [
    "DateKind",
    "DateMention",
    "DateUnit",
    "PartOfDay",
    "Relation",
    "Unresolved",
    "find_dates",
    "month_or_day_iso",
]
