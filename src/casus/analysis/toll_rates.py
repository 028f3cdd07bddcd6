"""Deaths after against deaths before: sums of figures, of which few events have most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casus.analysis.rate_intervals import Interval, bootstrap_interval
from casus.analysis.rate_results import FEW, LEVEL, Method, RateComparison, Stretch, row_of
from casus.analysis.rate_tests import Days, autocorrelation, variance_ratio
from casus.analysis.rate_words import blocks_words
from casus.analysis.rates import ratio_of, sides_of, stretches_of

if TYPE_CHECKING:
    import pandas as pd

_GREAT_SHARE = 1 / 3  # of a side's deaths, on one day


@dataclass(frozen=True, slots=True, eq=False)
class TollDays:
    """Sums of figures on each of some days that follow each other, low, best and high; unknown adds 0."""

    low: Days
    best: Days
    high: Days


@dataclass(frozen=True, slots=True)
class TollComparison:
    """Deaths after against deaths before, by the low, the best and the high figures of the events.

    `low` is None where no event has a low figure above 0.  `envelope_low` and `envelope_high` hold
    the intervals of all that are there; None where one of them has no bound on that side.
    `extreme_low` and `extreme_high` are the ratios if the figures of one side were all the low and
    those of the other all the high; None where that would divide by 0.
    """

    best: RateComparison
    low: RateComparison | None
    high: RateComparison
    envelope_low: float | None
    envelope_high: float | None
    extreme_low: float | None
    extreme_high: float | None

    def frame(self) -> pd.DataFrame:
        """A row for each of low, best and high in the column `figure`, with the columns of a comparison."""
        import pandas as pd  # noqa: PLC0415 - loading takes long

        named = (("low", self.low), ("best", self.best), ("high", self.high))
        return pd.DataFrame([{"figure": name, **dict(row_of(one))} for name, one in named if one])


def compare_tolls(
    before: TollDays, after: TollDays, *, what: str = "deaths", level: float = LEVEL, seed: int = 0
) -> TollComparison:
    """The deaths of days after against those of days before, by low, best and high figures.

    Many die in few events, so that no model of counts holds: a block bootstrap over days gives
    the interval of each ratio.

    Raises `NotAnswerable` where a side has too few days, and where by the best figures nobody
    died on either side.
    """
    best = _compare(before.best, after.best, what, level, seed)
    high = _compare(before.high, after.high, what, level, seed)
    low = None
    if before.low.any() or after.low.any():
        low = _compare(before.low, after.low, what, level, seed)
    there = [one for one in (low, best, high) if one is not None]
    longer = len(before.best) / len(after.best)
    return TollComparison(
        best,
        low,
        high,
        _outermost(min, (one.low for one in there)),
        _outermost(max, (one.high for one in there)),
        _over(int(after.low.sum()), int(before.high.sum()), longer),
        _over(int(after.high.sum()), int(before.low.sum()), longer),
    )


def _compare(before: Days, after: Days, what: str, level: float, seed: int) -> RateComparison:
    sides = sides_of(before, after, what)
    stretches, exposures = stretches_of(sides), (float(len(before)), float(len(after)))
    method, interval = Method.BOUND, Interval(None, None)
    if before.any() and after.any():
        method = Method.BLOCK_BOOTSTRAP
        interval = bootstrap_interval(sides, exposures, level, seed=seed)
    return RateComparison(
        what,
        *stretches,
        ratio_of(stretches, exposures),
        interval.low,
        interval.high,
        method,
        (autocorrelation(sides, seed), variance_ratio(sides, seed)),
        (_reason(what, method, stretches, interval),),
        tuple(_warnings(what, sides, method, interval)),
        level,
        block_days=interval.block_days,
    )


def _reason(what: str, method: Method, stretches: tuple[Stretch, Stretch], interval: Interval) -> str:
    if method is Method.BLOCK_BOOTSTRAP:
        return (
            f"few events have most of the {what}, so that no model of counts holds: the interval is that of "
            f"a block bootstrap over days, with blocks of {blocks_words(interval)}"
        )
    missing = "before" if not stretches[0].count else "after"
    return (
        f"no {what} are known {missing}: there is no bound on the ratio without knowing how many die in an "
        "event; see the events"
    )


def _warnings(what: str, sides: tuple[Days, Days], method: Method, interval: Interval) -> Iterator[str]:
    for side, name in zip(sides, ("before", "after"), strict=True):
        deadly = int((side > 0).sum())
        if 0 < deadly < FEW:
            yield f"{what} are known of only {deadly} days {name}: the interval may well be too narrow"
        total, worst = int(side.sum()), int(side.max())
        if total and worst > _GREAT_SHARE * total and deadly > 1:
            yield f"one day has {worst / total:.0%} of the {what} {name}: the ratio hangs on it"
    if method is Method.BLOCK_BOOTSTRAP and interval.low is None:
        yield f"{what} fall on so few days that no interval can be given"


def _outermost(pick: Callable[[list[float]], float], bounds: Iterable[float | None]) -> float | None:
    listed = list(bounds)
    known = [bound for bound in listed if bound is not None]
    return pick(known) if len(known) == len(listed) else None


def _over(after: int, before: int, longer: float) -> float | None:
    """The ratio of two sums a day, the side before being so many times as long."""
    return after / before * longer if before else None
