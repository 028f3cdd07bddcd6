"""How often the intervals of rates hold the truth, on days drawn with a known ratio.

    python benchmarks/simulate_rates.py [--draws 500] [--seed 6]

For each kind of violence it draws days before and after, compares them as `casus trend` does,
and counts how often the interval holds the ratio that the days were drawn with, which methods the
tests chose, and how far the estimate is off in the middle.  The intervals are meant to hold it in
95 of 100; with 500 draws between 93 and 97 is as near as can be told.  Then it draws reports of
a part of the events only, a part that changes on the day, to see what counting events to a
report does mend and what it does not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casus.analysis.rates import RateComparison, compare_days
from casus.analysis.toll_rates import TollDays, compare_tolls

Days = NDArray[np.int64]
Draw = Callable[[np.random.Generator, int, float], Days]
"""Draws the counts of so many days, so many a day on average."""
AIM = (0.93, 0.97)
RATIO = 1.7  # "up 70 percent"


def poisson(drawn: np.random.Generator, days: int, a_day: float) -> Days:
    """Events that know nothing of each other."""
    return drawn.poisson(a_day, days)


def negative_binomial(alpha: float) -> Draw:
    """Good days and bad days, each by itself: the variance is mu + alpha mu^2."""

    def draw(drawn: np.random.Generator, days: int, a_day: float) -> Days:
        return drawn.poisson(a_day * drawn.gamma(1 / alpha, alpha, days))

    return draw


def waves(hangs: float, spread: float) -> Draw:
    """Good and bad times: the log of the rate goes on from day to day (autoregression of order 1)."""

    def draw(drawn: np.random.Generator, days: int, a_day: float) -> Days:
        moved = drawn.normal(0, spread * np.sqrt(1 - hangs**2), days)
        mood = drawn.normal(0, spread)
        rates = np.empty(days)
        for day in range(days):
            mood = hangs * mood + moved[day]
            rates[day] = a_day * np.exp(mood - spread**2 / 2)
        return drawn.poisson(rates)

    return draw


def bursts(size: float, days_long: float) -> Draw:
    """Offensives: each draws further events after it, `size` on average (Neyman and Scott's clusters)."""

    def draw(drawn: np.random.Generator, days: int, a_day: float) -> Days:
        before = int(10 * days_long)  # days on which bursts began that go on into the first
        begun = np.flatnonzero(np.ones(days + before))
        parents = np.repeat(begun, drawn.poisson(a_day / size, days + before))
        at = np.repeat(parents, drawn.poisson(size, len(parents)))
        at = at + drawn.geometric(1 / days_long, len(at)) - 1 - before
        return np.bincount(at[(at >= 0) & (at < days)], minlength=days)

    return draw


def deaths(events: Draw, median: float = 2.0, spread: float = 1.2) -> Draw:
    """The dead of events: many events of few, few events of many (lognormal tolls, rounded up)."""

    def draw(drawn: np.random.Generator, days: int, a_day: float) -> Days:
        counts = events(drawn, days, a_day)
        tolls = np.ceil(drawn.lognormal(np.log(median), spread, int(counts.sum()))).astype(np.int64)
        ends = np.cumsum(counts)
        sums = np.concatenate(([0], np.cumsum(tolls)))
        return sums[ends] - sums[ends - counts]

    return draw


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of violence: how its days are drawn, how many on each side, and how many events a day."""

    name: str
    draw: Draw
    days: tuple[int, int]
    a_day: float
    is_deaths: bool = False


KINDS = (
    Kind("Poisson, 90 days a side", poisson, (90, 90), 1.0),
    Kind("Poisson, 365 and 60 days", poisson, (365, 60), 2.0),
    Kind("few events, about 5 and 8", poisson, (60, 60), 5 / 60),
    Kind("very few events, about 2 and 3", poisson, (60, 60), 2 / 60),
    Kind("good and bad days, alpha 0.5", negative_binomial(0.5), (180, 90), 2.0),
    Kind("good and bad days, alpha 2", negative_binomial(2.0), (90, 90), 1.0),
    Kind("few events on bad days", negative_binomial(3.0), (90, 90), 0.1),
    Kind("waves, 180 days a side", waves(0.6, 0.6), (180, 180), 2.0),
    Kind("long waves, 365 days a side", waves(0.8, 0.6), (365, 365), 2.0),
    Kind("bursts, 180 days a side", bursts(3, 4), (180, 180), 2.0),
    Kind("bursts, 90 days a side", bursts(3, 4), (90, 90), 2.0),
    Kind("few events in bursts", bursts(3, 4), (90, 90), 0.1),
    Kind("some events in bursts", bursts(3, 4), (90, 90), 0.3),
    Kind("deaths, 180 days a side", deaths(poisson), (180, 180), 1.0, is_deaths=True),
    Kind("deaths, 90 days, an event in two", deaths(poisson), (90, 90), 0.5, is_deaths=True),
    Kind("deaths in bursts, 180 days", deaths(bursts(3, 4)), (180, 180), 2.0, is_deaths=True),
)


def compared(kind: Kind, drawn: np.random.Generator) -> RateComparison | None:
    """One draw of a kind compared; None where there is nothing on either side."""
    before = kind.draw(drawn, kind.days[0], kind.a_day)
    after = kind.draw(drawn, kind.days[1], kind.a_day * RATIO)
    if not before.any() and not after.any():
        return None
    if kind.is_deaths:
        return compare_tolls(TollDays(before, before, before), TollDays(after, after, after)).best
    return compare_days(before, after)


def holds(comparison: RateComparison, truth: float) -> bool:
    """Whether the interval, or the bound, holds the truth."""
    low, high = comparison.low or 0.0, comparison.high
    return low <= truth and (high is None or truth <= high)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--only")
    options = parser.parse_args()
    for n, kind in enumerate(KINDS):
        if options.only and options.only not in kind.name:
            continue
        a = time.time()
        drawn = np.random.default_rng([options.seed, n])
        found = [one for _ in range(options.draws) if (one := compared(kind, drawn)) is not None]
        coverage = sum(holds(one, RATIO) for one in found) / len(found)
        by = {}
        for one in found:
            by.setdefault(one.method.value, []).append(holds(one, RATIO))
        widths = [np.log(one.high / one.low) for one in found if one.high and one.low]
        ratios = [one.ratio for one in found if one.ratio]
        print(
            f"{kind.name:35s} {coverage:.3f} width {np.median(widths):.2f} median {np.median(ratios):.2f}",
            {k: (len(v), round(float(np.mean(v)), 3)) for k, v in by.items()},
            round(time.time() - a),
        )


main()
