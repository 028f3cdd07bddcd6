"""The orders of events."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from casus.casebook.browsing.columns import MISSING, Columns, Numbers
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import Grade

_NUMBER_OF = {
    EventOrder.DAY: "start",
    EventOrder.CHANGED: "revision",
    EventOrder.KILLED: "killed_best",
    EventOrder.INJURED: "injured_best",
    EventOrder.REPORTS: "reports",
    EventOrder.SOURCES: "sources",
    EventOrder.DISPUTES: "disputes",
    EventOrder.PRESSING: "pressing",
}
_WORD_OF = {EventOrder.TYPE: "event_type", EventOrder.COUNTRY: "country", EventOrder.PLACE: "place"}


def in_order(columns: Columns, order: EventOrder, *, descending: bool) -> NDArray[np.intp]:
    """Where the events stand in columns, in an order: the newest first among equals, unknown ones last."""
    made = columns.made.get((order, descending))
    if made is None:
        values = _values(columns, order)
        unknown = values == MISSING if order is not EventOrder.SCORE else np.isnan(values)
        newest = -columns.numbers["start"]  # without a day: a large number, which comes last
        made = np.lexsort((columns.numbers["tie"], newest, -values if descending else values, unknown))
        columns.keep((order, descending), made)
    places: NDArray[np.intp] = made
    return places


def _values(columns: Columns, order: EventOrder) -> NDArray[Any]:
    if order is EventOrder.SCORE:
        return columns.floats["score"]
    if order is EventOrder.GRADE:
        ranks = [MISSING, *(list(Grade).index(Grade(word)) for word in columns.pools["grade"].words[1:])]
        return np.array(ranks, dtype=np.int64)[columns.numbers["grade"]]
    if order in _WORD_OF:
        word = _WORD_OF[order]
        ranks_by_number: Numbers = columns.pools[word].ranks()
        return ranks_by_number[columns.numbers[word]]
    return columns.numbers[_NUMBER_OF[order]]
