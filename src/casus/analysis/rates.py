"""What two stretches of days say of each other: counts a day, their ratio, and how sure it is.

Counts of events or reports are compared here, sums of figures such as deaths in `toll_rates`.
Which method gives the interval is chosen by tests that the answer reports (`docs/trends.md`).
"""

from __future__ import annotations

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
]


def compare_days(
    before: Days,
    after: Days,
    *,
    what: str = "events",
    reports: tuple[int, int] | None = None,
    level: float = LEVEL,
    seed: int = 0,
) -> RateComparison:
    """The counts of days after against those of days before, shape (days,) each.

    With `reports`, the numbers of reports before and after, the rates are to a report: what is
    left of the change once reporting is taken to explain as much as it can.  The reports are
    taken as they are, without chance of their own.

    Raises `NotAnswerable` where a side has fewer than `FEWEST_DAYS` days, where there is nothing
    on both sides, and where rates are to a report and a side has none.
    """
    sides = sides_of(before, after, what)
    if reports is not None and not all(reports):
        side = "before" if not reports[0] else "after"
        raise NotAnswerable(f"no report was published {side}, so that {what} can't be counted to a report")
    exposures = (
        (float(len(before)), float(len(after))) if reports is None else (float(reports[0]), float(reports[1]))
    )
    tests = _tests_of_counts(sides, seed)
    method = _method(sides, tests)
    interval = _interval(method, sides, exposures, level, tests=tests, seed=seed)
    stretches = stretches_of(sides, reports)
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


def stretches_of(sides: tuple[Days, Days], reports: tuple[int, int] | None) -> tuple[Stretch, Stretch]:
    """The sums of two sides."""
    told = reports or (None, None)
    before, after = (
        Stretch(int(side.sum()), len(side), number) for side, number in zip(sides, told, strict=True)
    )
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
