"""Which number of "04/05/2006" is the month.

The first of these that tells decides: another date of the text in the same notation, of which only
one number can be the month; publication, where one reading lies after it; the publisher's country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from casus.model import DatePrecision
from casus.resolving.countries import CountryTable
from casus.resolving.dates.calendar import day_or_none
from casus.resolving.dates.mention import DateMention, Unresolved

# Countries that write the month first; all others write the day first.
_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})
_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(?![0-9])")
_LAST_MONTH = 12
_LAG = timedelta(days=1)  # a date may be a day ahead of the publisher's clock


def with_order(
    text: str, mentions: Sequence[DateMention], published_on: date | None, publisher: str | None
) -> tuple[DateMention, ...]:
    """The mentions, with those numeric dates settled whose order of day and month can be told."""
    if all(mention.reason is not Unresolved.AMBIGUOUS_ORDER for mention in mentions):
        return tuple(mentions)
    is_day_first = _order_in(text)
    return tuple(_settled(text, m, is_day_first, published_on, publisher) for m in mentions)


def _settled(
    text: str,
    mention: DateMention,
    is_day_first: bool | None,
    published_on: date | None,
    publisher: str | None,
) -> DateMention:
    numbers = _NUMBERS.search(text, mention.start_char, mention.end_char)
    if mention.reason is not Unresolved.AMBIGUOUS_ORDER or numbers is None:
        return mention
    first, second, year = map(int, numbers.groups())
    full = year if len(numbers[3]) > 2 else year + (1900 if year >= 70 else 2000)
    by_day, by_month = day_or_none(full, second, first), day_or_none(full, first, second)
    if by_day is None or by_month is None:
        return mention
    if is_day_first is None and published_on is not None:
        is_past = [day <= published_on + _LAG for day in (by_day, by_month)]
        is_day_first = is_past[0] if is_past[0] != is_past[1] else None
    if is_day_first is None:
        is_day_first = _order_of(publisher)
    if is_day_first is None:
        return mention
    day = by_day if is_day_first else by_month
    is_future = published_on is not None and day > published_on
    return replace(mention, start=day, end=day, precision=DatePrecision.DAY, reason=None, is_future=is_future)


def _order_in(text: str) -> bool | None:
    """Whether the dates of the text that leave no choice have the day first; None where they tell nothing."""
    orders = set(_clear_orders(text))
    return orders.pop() if len(orders) == 1 else None


def _clear_orders(text: str) -> Iterator[bool]:
    for numbers in _NUMBERS.finditer(text):
        first, second = int(numbers[1]), int(numbers[2])
        if (first > _LAST_MONTH) != (second > _LAST_MONTH) and max(first, second) <= 31:
            yield first > _LAST_MONTH


def _order_of(publisher: str | None) -> bool | None:
    """Whether a publisher's country writes the day first; None where its name gives no country away."""
    if not publisher:
        return None
    countries = CountryTable.load()
    codes = [mention.country.code for mention in countries.find(publisher)]
    label = publisher.rstrip("/").rpartition(".")[2].upper()
    if "." in publisher and countries.by_code("GB" if label == "UK" else label) is not None:
        codes.append(label)
    return codes[0] not in _MONTH_FIRST if codes else None
