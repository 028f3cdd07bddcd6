"""Why a method was taken, and what to be careful about, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from casus.analysis.rate_intervals import Interval
from casus.analysis.rate_results import FEW, Method, RateComparison, Stretch
from casus.analysis.rate_tests import Asked, Test

_FEW_DAYS = 30


def p_words(p: float) -> str:
    """A p value as it is told ("p = 0.03", "p < 0.001")."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.2f}" if p >= 0.01 else f"p = {p:.3f}"


def ratio_words(one: RateComparison) -> str:
    """How many times as many a day (or to a report), with the interval, and the change in percent."""
    per = "to a report" if one.before.reports is not None else "a day"
    if one.ratio is None:
        least = f"; at least {one.low:.2f} times as many {per}" if one.low is not None else ""
        return f"none before, so that there is no ratio{least}"
    if one.ratio == 0:
        most = f"; at most {one.high:.2f} times as many {per}" if one.high is not None else ""
        return f"none any more{most}"
    times = f"{one.ratio:.2f} times as many {per}"
    if one.low is None or one.high is None:
        return f"{times}, {_change(one.ratio)} (no interval can be given)"
    interval = f"{one.level:.0%} interval {one.low:.2f} to {one.high:.2f}"
    return f"{times} ({interval}): {_change(one.ratio)}, {_range(one.low, one.high)}"


def _change(ratio: float) -> str:
    percent = round(100 * (ratio - 1))
    return "unchanged" if percent == 0 else f"{'up' if percent > 0 else 'down'} {abs(percent):,} percent"


def _range(low: float, high: float) -> str:
    """The interval in percent ("33 to 117 percent up", "between 6 percent down and 13 percent up")."""
    least, most = round(100 * (low - 1)), round(100 * (high - 1))
    if least >= 0:
        return f"{least:,} to {most:,} percent up"
    if most <= 0:
        return f"{-most:,} to {-least:,} percent down"
    return f"between {-least:,} percent down and {most:,} percent up"


def reasons_of(
    what: str,
    method: Method,
    stretches: tuple[Stretch, Stretch],
    tests: tuple[Test, ...],
    interval: Interval,
    *,
    level: float,
) -> Iterator[str]:
    """Why the interval is that of a method, for counts."""
    if method is Method.BOUND:
        yield from _bound(what, stretches, interval, level)
        return
    asked = {test.asked: test for test in tests}
    dispersion, spread = asked[Asked.DISPERSION], asked[Asked.OVERDISPERSION]
    together, weeks = asked[Asked.AUTOCORRELATION], asked[Asked.VARIANCE_RATIO]
    varied = f"variance to mean {dispersion.statistic:.2f}, {p_words(spread.p or 0)}"
    hangs = (
        f"Ljung-Box {p_words(together.p or 0)}; weeks vary {weeks.statistic:.1f} times as days apart would, "
        f"{p_words(weeks.p or 0)}"
    )
    match method:
        case Method.BLOCK_BOOTSTRAP:
            yield (
                f"one day's count tells of the next days' ({hangs}): the interval is that of a block "
                f"bootstrap, with blocks of {blocks_words(interval)}"
            )
        case Method.NEGATIVE_BINOMIAL:
            yield (
                f"daily counts vary more than those of a Poisson process ({varied}), and no day's tells "
                f"of the next days' ({hangs}): the model is negative binomial, with alpha "
                f"{interval.alpha:.2f}"
            )
        case _:
            yield (
                f"no sign that daily counts vary more than those of a Poisson process ({varied}), or that "
                f"they come in bursts ({hangs}): the model is Poisson"
            )
    if method is Method.EXACT:
        yield f"a side has fewer than {FEW} {what}: the interval is the exact one given their sum (mid-P)"


def warnings_of(
    what: str, method: Method, stretches: tuple[Stretch, Stretch], interval: Interval
) -> Iterator[str]:
    """What to be careful about, for counts."""
    fewest = min(stretch.count for stretch in stretches)
    if fewest < FEW and method is not Method.BOUND:
        yield f"few {what}: {stretches[0].count} before and {stretches[1].count} after"
    if min(stretch.days for stretch in stretches) < _FEW_DAYS:
        yield f"with fewer than {_FEW_DAYS} days on a side the tests seldom see that days hang together"
    if method is Method.BLOCK_BOOTSTRAP and interval.low is None:
        yield f"{what} come in bursts and fall on so few days that no interval can be given"
    elif fewest < FEW and method in (Method.BLOCK_BOOTSTRAP, Method.NEGATIVE_BINOMIAL):
        yield f"{what} come in bursts and are few: the interval may well be too narrow"


def _bound(what: str, stretches: tuple[Stretch, Stretch], interval: Interval, level: float) -> Iterator[str]:
    before, after = stretches
    if after.count == 0 and interval.high is not None:
        yield (
            f"no {what} after, against {before.count} before: how far the rate fell can't be said, only that "
            f"with {level:.0%} confidence it is at most {interval.high:.2g} times that before "
            "(exact, given the sum)"
        )
    elif interval.low is not None:
        yield (
            f"no {what} before, so that there is no ratio to what was before; with {level:.0%} confidence "
            f"the rate after, {after.count} in {after.days} days, is at least {interval.low:.2g} times it "
            "(exact, given the sum)"
        )
    count = before.count + after.count
    if interval.events_told is not None and interval.events_told < count:
        yield (
            f"{what} come in bursts: the {count} are taken to tell as much as {interval.events_told:.1f} "
            "that come by themselves"
        )


def blocks_words(interval: Interval) -> str:
    """How long the blocks of a bootstrap are ("30 days", "30 and 15 days")."""
    days = interval.block_days or (0, 0)
    return f"{days[0]} days" if days[0] == days[1] else f"{days[0]} and {days[1]} days"
