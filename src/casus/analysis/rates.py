"""What two stretches of days say of each other: counts a day, their ratio, and how sure it is.

Counts of events or reports are compared here, sums of figures such as deaths in `toll_rates`.
Which method gives the interval is chosen by tests that the answer reports (`docs/trends.md`).
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, hypot, log

from casus.analysis.rate_intervals import (
    Interval,
    bootstrap_interval,
    bound,
    exact_interval,
    negative_binomial_interval,
    poisson_interval,
)
from casus.analysis.rate_results import FEW, FEWEST_DAYS, LEVEL, Method, RateComparison, Stretch
from casus.analysis.rate_tests import (
    Asked,
    Days,
    Test,
    autocorrelation,
    dispersion,
    overdispersion,
    overdispersion_regression,
    variance_ratio,
)
from casus.analysis.rate_words import reasons_of, warnings_of
from casus.errors import NotAnswerable

__all__ = [
    "FEW",
    "FEWEST_DAYS",
    "LEVEL",
    "Asked",
    "Method",
    "RateComparison",
    "Stretch",
    "Test",
    "compare_days",
    "to_reports",
]


def compare_days(
    before: Days,
    after: Days,
    *,
    what: str = "events",
    level: float = LEVEL,
    seed: int = 0,
) -> RateComparison:
    """The counts of days after against those of days before, shape (days,) each.

    Raises `NotAnswerable` where a side has fewer than `FEWEST_DAYS` days, and where there is
    nothing on both sides.
    """
    sides = sides_of(before, after, what)
    exposures = (float(len(before)), float(len(after)))
    tests = _tests_of_counts(sides, seed)
    method = _method(sides, tests)
    interval = _interval(method, sides, exposures, level, tests=tests, seed=seed)
    stretches = stretches_of(sides)
    return RateComparison(
        what,
        *stretches,
        ratio_of(stretches, exposures),
        interval.low,
        interval.high,
        method,
        tests,
        tuple(reasons_of(what, method, stretches, tests, interval, level=level)),
        tuple(warnings_of(what, method, stretches, interval)),
        level,
        interval.alpha,
        interval.block_days,
    )


def to_reports(events: RateComparison, reports: RateComparison) -> RateComparison:
    """Events to a report: what is left of their change once that of reports is taken out of it.

    Both are comparisons of the same days.  The interval takes in the chance of both, each end by
    the distances of the two ratios from theirs on the log scale (Zou and Donner 2008); where one
    side has no events, the bound by the far end of the reports'.

    Raises `NotAnswerable` where a side has no reports.
    """
    if not reports.ratio:
        side = "before" if not reports.before.count else "after"
        raise NotAnswerable(f"no report was published {side}, so that events can't be counted to a report")
    before, after = (
        Stretch(told.count, told.days, published.count)
        for told, published in ((events.before, reports.before), (events.after, reports.after))
    )
    low, high = _quotient(events, reports)
    return replace(
        events,
        before=before,
        after=after,
        ratio=None if events.ratio is None else events.ratio / reports.ratio,
        low=low,
        high=high,
        reasons=(*events.reasons, "the interval takes in chance in the reports as well as in the events"),
    )


def _quotient(events: RateComparison, reports: RateComparison) -> tuple[float | None, float | None]:
    """The ends of the interval of one ratio over another."""
    if not reports.ratio or reports.low is None or reports.high is None:
        return None, None
    if not events.ratio:
        low = None if events.low is None else events.low / reports.high
        return low, None if events.high is None else events.high / reports.low
    if events.low is None or events.high is None:
        return None, None
    centre = log(events.ratio / reports.ratio)
    down = hypot(log(events.ratio / events.low), log(reports.high / reports.ratio))
    up = hypot(log(events.high / events.ratio), log(reports.ratio / reports.low))
    return exp(centre - down), exp(centre + up)


def sides_of(before: Days, after: Days, what: str) -> tuple[Days, Days]:
    """Two sides that can be compared; raises `NotAnswerable` where they can't."""
    for side, name in ((before, "before"), (after, "after")):
        if len(side) < FEWEST_DAYS:
            raise NotAnswerable(
                f"{len(side)} days {name} are too few to compare: at least {FEWEST_DAYS} are needed on each "
                "side"
            )
    if not before.any() and not after.any():
        raise NotAnswerable(f"no {what} on either side: there is nothing to compare")
    return before, after


def stretches_of(sides: tuple[Days, Days]) -> tuple[Stretch, Stretch]:
    """The sums of two sides."""
    before, after = (Stretch(int(side.sum()), len(side)) for side in sides)
    return before, after


def ratio_of(stretches: tuple[Stretch, Stretch], exposures: tuple[float, float]) -> float | None:
    """After over before, each to its exposure; None where before has none."""
    before, after = stretches
    if not before.count:
        return None
    return (after.count / exposures[1]) / (before.count / exposures[0])


def _tests_of_counts(sides: tuple[Days, Days], seed: int) -> tuple[Test, ...]:
    return (
        dispersion(sides),
        overdispersion(sides, seed),
        overdispersion_regression(sides),
        autocorrelation(sides, seed),
        variance_ratio(sides, seed),
    )


def _method(sides: tuple[Days, Days], tests: tuple[Test, ...]) -> Method:
    found = {test.asked for test in tests if test.is_found}
    fewest = min(int(side.sum()) for side in sides)
    if fewest == 0:
        return Method.BOUND
    # Few events that come at regular times look tied to each other, though they are not in bursts.
    tied = {Asked.VARIANCE_RATIO} if fewest < FEW else {Asked.VARIANCE_RATIO, Asked.AUTOCORRELATION}
    if found & tied:
        return Method.BLOCK_BOOTSTRAP
    if Asked.OVERDISPERSION in found:
        return Method.NEGATIVE_BINOMIAL
    return Method.EXACT if fewest < FEW else Method.POISSON


def _interval(
    method: Method,
    sides: tuple[Days, Days],
    exposures: tuple[float, float],
    level: float,
    *,
    tests: tuple[Test, ...],
    seed: int,
) -> Interval:
    counts = (int(sides[0].sum()), int(sides[1].sum()))
    match method:
        case Method.POISSON:
            return poisson_interval(sides, exposures, level)
        case Method.NEGATIVE_BINOMIAL:
            return negative_binomial_interval(sides, exposures, level)
        case Method.BLOCK_BOOTSTRAP:
            return bootstrap_interval(sides, exposures, level, seed=seed)
        case Method.EXACT:
            return exact_interval(counts, exposures, level)
        case Method.BOUND:
            return bound(counts, exposures, level, effect=_effect(tests))


def _effect(tests: tuple[Test, ...]) -> float:
    """How many times as much as a Poisson's the counts vary, over weeks, as far as tests find it."""
    of = {test.asked: test for test in tests}
    days, weeks = of[Asked.DISPERSION].statistic, of[Asked.VARIANCE_RATIO].statistic
    effect = max(1.0, days) if of[Asked.OVERDISPERSION].is_found else 1.0
    return effect * (max(1.0, weeks) if of[Asked.VARIANCE_RATIO].is_found else 1.0)
