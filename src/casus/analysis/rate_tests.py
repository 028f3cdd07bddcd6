"""Tests of daily counts: do they vary as a Poisson's do, and does a day tell of the next days.

Both sides are looked at together, each about its own mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""A figure for each of some days that follow each other, shape (days,)."""
Floats = NDArray[np.float64]

SIGNIFICANCE = 0.1
"""Tests find what they ask below this p value: too wide an interval is a lesser fault than too narrow."""
WEEK = 7
"""The days whose sums the variance ratio looks at."""
_FEW_FOR_LIMIT = 200  # days with any: below it p values are drawn, above it those of the limit hold
_SIMULATED = 999
_MOST_LAGS = 10


class Asked(StrEnum):
    """What a test asks of daily counts."""

    DISPERSION = "dispersion"
    """Pearson's chi-squared over its degrees of freedom: 1 where counts vary as a Poisson's do."""
    OVERDISPERSION = "overdispersion"
    """Dean's score test for a variance above the mean."""
    OVERDISPERSION_REGRESSION = "overdispersion_regression"
    """Cameron and Trivedi's regression for the same."""
    AUTOCORRELATION = "autocorrelation"
    """Ljung and Box's test whether a day's count tells of the next days'."""
    VARIANCE_RATIO = "variance_ratio"
    """Lo and MacKinlay's: the variance of weeks over seven times that of days, 1 where days are apart."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a test gave: its figure, its p value, and whether it found what it asks.

    Both are None of a figure that is only looked at.
    """

    __test__ = False  # pytest takes it for one of its own

    asked: Asked
    statistic: float
    degrees: int | None
    p: float | None
    is_found: bool | None


def dispersion(sides: tuple[Days, Days]) -> Test:
    """Pearson's chi-squared of both sides over its degrees of freedom; it has no p value of its own."""
    degrees = sum(len(side) for side in sides) - len(sides)
    statistic = float(np.square(pearson_residuals(sides)).sum()) / degrees
    return Test(Asked.DISPERSION, statistic, degrees, None, None)


def overdispersion(sides: tuple[Days, Days], seed: int = 0) -> Test:
    """Dean's (1992) adjusted score test P'_B against a variance of mu (1 + a mu), a > 0; one-sided.

    Given each side's sum each of its events falls on any day with equal chance, if they are
    Poisson; where fewer than 200 days have any, the p value is that of such draws (Fisher 1950).
    """
    means = [float(side.mean()) for side in sides]
    excess = sum(
        float(np.square(side - mean).sum() - side.sum()) for side, mean in zip(sides, means, strict=True)
    )
    spread = np.sqrt(2 * sum(len(side) * mean**2 for side, mean in zip(sides, means, strict=True)))
    # A day's own share of the fit is 1 over the days of its side, so that the shares come to the means.
    statistic = float((excess + sum(means)) / spread)
    p = _drawn_p(sides, seed) if _is_sparse(sides) else _upper_normal(statistic)
    return Test(Asked.OVERDISPERSION, statistic, None, p, p < SIGNIFICANCE)


def overdispersion_regression(sides: tuple[Days, Days]) -> Test:
    """Cameron and Trivedi's (1990) regression of ((y - mu)^2 - y) / mu on mu through 0; one-sided."""
    some = [side for side in sides if side.any()]
    counts, means = np.concatenate(some).astype(np.float64), _fitted(some)
    left = (np.square(counts - means) - counts) / means
    slope = float((left * means).sum() / np.square(means).sum())
    rest = left - slope * means
    degrees = len(counts) - 1
    deviation = np.sqrt(float(np.square(rest).sum()) / degrees / float(np.square(means).sum()))
    statistic = slope / deviation if deviation > 0 else 0.0
    p = _upper_normal(statistic)
    return Test(Asked.OVERDISPERSION_REGRESSION, float(statistic), degrees, p, p < SIGNIFICANCE)


def autocorrelation(sides: tuple[Days, Days], seed: int = 0) -> Test:
    """Ljung and Box's (1978) test of Pearson residuals, up to ten days or a fifth of the shorter side.

    Days of one side are not paired with those of the other: the statistics of both sides are
    added, and so are their degrees of freedom.  Where fewer than 200 days have any, the p value
    is that of days in chance order.
    """
    lags = max(1, min(_MOST_LAGS, min(len(side) for side in sides) // 5))
    some = [side for side in sides if side.any()]
    statistic = sum(float(_ljung_box(_centred(side), lags)[0]) for side in some)
    degrees = lags * len(some)
    if _is_sparse(sides):
        drawn = np.random.default_rng(seed)
        simulated = [_ljung_box(_shuffled(side, drawn), lags) for side in some]
        p = _share_reached(simulated, statistic)
    else:
        from scipy.special import chdtrc  # noqa: PLC0415 - loading takes long

        p = float(chdtrc(degrees, statistic))
    return Test(Asked.AUTOCORRELATION, statistic, degrees, p, p < SIGNIFICANCE)


def variance_ratio(sides: tuple[Days, Days], seed: int = 0) -> Test:
    """Lo and MacKinlay's (1988) variance ratio of a week's sum; one-sided, for days that hang together.

    It is 1 + 2 sum over k of (1 - k/7) times the autocorrelation k days on, of both sides by their
    days, each autocorrelation being raised by what days apart would have (-1/days).  Bursts of a few
    days, which Ljung and Box's test spreads over many lags, add up here.
    """
    some = [side for side in sides if side.any()]
    weights = 1 - np.arange(1, WEEK) / WEEK
    days = sum(len(side) for side in some)
    added = sum(float(_weighted(_centred(side), weights)[0]) for side in some)
    if _is_sparse(sides):
        drawn = np.random.default_rng(seed)
        simulated = [_weighted(_shuffled(side, drawn), weights) for side in some]
        p = _share_reached(simulated, added)
    else:
        p = _upper_normal(added / np.sqrt(days * float(np.square(weights).sum())))
    return Test(Asked.VARIANCE_RATIO, 1 + 2 * added / days, None, p, p < SIGNIFICANCE)


def pearson_residuals(sides: tuple[Days, Days]) -> Floats:
    """(y - mu) / sqrt(mu) of each day, of one side after the other; 0 on a side without any."""
    means = _fitted(sides)
    counts = np.concatenate(sides)
    residuals: Floats = np.divide(counts - means, np.sqrt(means), out=np.zeros(len(counts)), where=means > 0)
    return residuals


def _is_sparse(sides: tuple[Days, Days]) -> bool:
    return sum(int(np.count_nonzero(side)) for side in sides) < _FEW_FOR_LIMIT


def _fitted(sides: Sequence[Days]) -> Floats:
    return np.concatenate([np.full(len(side), side.mean()) for side in sides])


def _centred(side: Days) -> Floats:
    """A side about its mean, as one row."""
    row: Floats = (side - side.mean())[None, :]
    return row


def _shuffled(side: Days, drawn: np.random.Generator) -> Floats:
    """The days of a side in chance orders, about their mean, an order a row."""
    orders: Floats = drawn.permuted(np.tile(_centred(side), (_SIMULATED, 1)), axis=1)
    return orders


def _share_reached(simulated: Sequence[Floats], statistic: float) -> float:
    """How often the sides' sum of what was drawn reaches what was seen, which counts as drawn once."""
    reached = np.count_nonzero(np.sum(simulated, axis=0) >= statistic - 1e-9)
    return float((1 + reached) / (_SIMULATED + 1))


def _weighted(rows: Floats, weights: Floats) -> Floats:
    """The weighted sum of each row's autocorrelations, times its days; rows have the mean 0."""
    days = rows.shape[1]
    spread = np.square(rows).sum(axis=1)
    added = np.zeros(len(rows))
    for lag, weight in enumerate(weights.tolist(), start=1):
        if lag < days:
            together = (rows[:, lag:] * rows[:, :-lag]).sum(axis=1)
            share = np.divide(together, spread, out=np.full(len(rows), -1 / days), where=spread > 0)
            added += weight * (days * share + 1)
    return added


def _ljung_box(rows: Floats, lags: int) -> Floats:
    """The statistic of each row, whose mean is 0; 0 where nothing varies."""
    days = rows.shape[1]
    spread = np.square(rows).sum(axis=1)
    statistic = np.zeros(len(rows))
    for lag in range(1, lags + 1):
        together = (rows[:, lag:] * rows[:, :-lag]).sum(axis=1)
        share = np.divide(together, spread, out=np.zeros(len(rows)), where=spread > 0)
        statistic += np.square(share) / (days - lag)
    scaled: Floats = days * (days + 2) * statistic
    return scaled


def _drawn_p(sides: tuple[Days, Days], seed: int) -> float:
    """How often days drawn by chance are as uneven, each side's sum being given."""
    drawn = np.random.default_rng(seed)
    uneven = np.zeros(_SIMULATED)
    for side in sides:
        days, count = len(side), int(side.sum())
        at = drawn.integers(0, days, size=(_SIMULATED, count)) + days * np.arange(_SIMULATED)[:, None]
        counts = np.bincount(at.ravel(), minlength=days * _SIMULATED).reshape(_SIMULATED, days)
        uneven += np.square(counts).sum(axis=1)
    observed = sum(int(np.square(side).sum()) for side in sides)
    return float((1 + np.count_nonzero(uneven >= observed)) / (_SIMULATED + 1))


def _upper_normal(statistic: float) -> float:
    from scipy.special import ndtr  # noqa: PLC0415 - loading takes long

    return float(ndtr(-statistic))
