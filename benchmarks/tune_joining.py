"""Look for better weights of the signs that join incidents into events (`reading/joining.py`).

One weight after another is moved, and stays where the sum of the mean F1 of the headline
measures and half the F1 of events is larger.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casus.evaluation import Comparison
from casus.output.gold import gold_record
from casus.reading.joining import WEIGHTS

if TYPE_CHECKING:
    from tune import Prepared

_EVENTS = 0.5
_LEAST_GAIN = 0.0004
_SEED = 7


def tune_joining(reports: Sequence[Prepared], *, minutes: float) -> None:
    """Try other values of one weight after another until the time is over; prints each that does better."""
    until = time.monotonic() + 60 * minutes
    best = _goodness(reports)
    print(f"at first {best:.4f}")
    signs = list(WEIGHTS)
    random.Random(_SEED).shuffle(signs)
    is_better = True
    while is_better and time.monotonic() < until:
        is_better = False
        for sign in signs:
            for value in _others(WEIGHTS[sign]):
                before, WEIGHTS[sign] = WEIGHTS[sign], value
                goodness = _goodness(reports)
                if goodness > best + _LEAST_GAIN:
                    print(f"{sign} {before} -> {value}: {goodness:.4f}", flush=True)
                    best, is_better = goodness, True
                else:
                    WEIGHTS[sign] = before
            if time.monotonic() > until:
                break


def _others(value: float) -> Iterator[float]:
    yield from (round(other, 2) for other in (value + 0.5, value - 0.5, value * 1.5, value * 0.5))


def _goodness(reports: Sequence[Prepared]) -> float:
    comparison = Comparison()
    for report in reports:
        if report.coded is not None:
            comparison.add(report.coded.record, gold_record(report.reading()))
    return comparison.mean_f1() + _EVENTS * comparison.total.score("events").f1
