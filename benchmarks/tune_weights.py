"""Look for better weights of `reading/joining.py` and `reading/peace.py`, one weight at a time.

What is made large: the mean F1 of the headline measures and half that of events, over the
coded reports; what is made small: negatives with events, and general news with events.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casus.evaluation import Comparison
from casus.output.gold import gold_record
from casus.reading import joining, peace

if TYPE_CHECKING:
    from tune import Prepared

_EVENTS, _NEGATIVES, _GENERAL = 0.5, 0.25, 0.15
_LEAST_GAIN = 0.0004
_SEED = 7


def tune_weights(reports: Sequence[Prepared], general: Sequence[Prepared], *, minutes: float) -> None:
    """Try other values of one weight after another until the time is over; prints each that does better."""
    until = time.monotonic() + 60 * minutes
    best = _goodness(reports, general)
    print(f"at first {best:.4f}")
    choices = [(table, sign) for table in (joining.WEIGHTS, peace.WEIGHTS) for sign in table]
    random.Random(_SEED).shuffle(choices)
    is_better = True
    while is_better and time.monotonic() < until:
        is_better = False
        for table, sign in choices:
            for value in _others(table[sign]):
                before, table[sign] = table[sign], value
                goodness = _goodness(reports, general)
                if goodness > best + _LEAST_GAIN:
                    print(f"{sign} {before} -> {value}: {goodness:.4f}", flush=True)
                    best, is_better = goodness, True
                else:
                    table[sign] = before
            if time.monotonic() > until:
                break


def _others(value: float) -> Iterator[float]:
    yield from (round(other, 2) for other in (value + 0.5, value - 0.5, value * 1.5, value * 0.5))


def _goodness(reports: Sequence[Prepared], general: Sequence[Prepared]) -> float:
    comparison = Comparison()
    for report in reports:
        if report.coded is not None:
            comparison.add(report.coded.record, gold_record(report.reading()))
    false = sum(bool(report.reading().events) for report in general) / max(len(general), 1)
    clean = comparison.clean / max(comparison.negatives, 1)
    events = comparison.total.score("events").f1
    return comparison.mean_f1() + _EVENTS * events + _NEGATIVES * clean - _GENERAL * false
