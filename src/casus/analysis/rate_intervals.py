"""Intervals of the ratio of two rates, by exact, Poisson and negative binomial models and by resampling.

A ratio is that of the side after over the side before; `exposures` are how much of what the
rates are to: days, or reports.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from typing import Any

import numpy as np

from casus.analysis.rate_tests import Days, Floats

BLOCKS = 6
"""Into how many blocks of days that follow each other the bootstrap cuts each side."""
DRAWS = 1999
"""How often the bootstrap draws."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a ratio is held to be; None where that side has no bound.

    `alpha` is that of the negative binomial, `block_days` how long the blocks of each side are,
    `events_told` on how many events that come by themselves a bound rests.
    """

    low: float | None
    high: float | None
    alpha: float | None = None
    block_days: tuple[int, int] | None = None
    events_told: float | None = None


def exact_interval(
    counts: tuple[int, int], exposures: tuple[float, float], level: float, *, is_mid_p: bool = True
) -> Interval:
    """The interval of a ratio of two Poisson rates given the sum of their counts.

    Given their sum, the count after is binomial, whatever the rates but for their ratio
    (Przyborowski and Wilenski 1940); the tails are Clopper and Pearson's (1934), or with
    `is_mid_p` those with half the chance of what was seen (Lancaster 1961), which hold the level
    on average where the others hold more.  Both counts are above 0.
    """
    before, after = counts
    total, tail = before + after, 1 - level
    odds = exposures[0] / exposures[1]
    low, high = _binomial_interval(after, total, tail / 2, 0.5 if is_mid_p else 1.0)
    return Interval(odds * _odds(low), odds * _odds(high))


def bound(
    counts: tuple[int, int], exposures: tuple[float, float], level: float, *, effect: float = 1.0
) -> Interval:
    """The bound on a ratio of which one side counts none: the other end of the exact interval.

    It holds with the level by itself (Clopper and Pearson 1934).  `effect` is how many times as
    much as a Poisson's the counts vary: events in bursts tell as much as so many times fewer
    that come by themselves (the design effect of Kish 1965), though no less than one does.
    """
    told = max(1.0, sum(counts) / max(1.0, effect))
    chance, odds = (1 - level) ** (1 / told), exposures[0] / exposures[1]
    if counts[1] == 0:
        return Interval(None, odds * _odds(1 - chance), events_told=told)
    return Interval(odds * _odds(chance), None, events_told=told)


def poisson_interval(sides: tuple[Days, Days], exposures: tuple[float, float], level: float) -> Interval:
    """Wald's interval of the log of the ratio in a Poisson regression with a log link.

    Each day has the offset log(exposure of its side / days of its side).
    """
    from statsmodels.genmod.families import Poisson  # noqa: PLC0415 - loading takes long

    return _fitted_interval(sides, exposures, level, Poisson())


def negative_binomial_interval(
    sides: tuple[Days, Days], exposures: tuple[float, float], level: float
) -> Interval:
    """The same with a variance of mu + alpha mu^2 (NB2), and Student's quantile.

    One alpha for both sides, where Pearson's chi-squared is its degrees of freedom (Breslow
    1984); it is nearer than that of the likelihood where there are few days.
    """
    from statsmodels.genmod.families import NegativeBinomial  # noqa: PLC0415 - loading takes long

    alpha = negative_binomial_alpha(sides)
    found = _fitted_interval(sides, exposures, level, NegativeBinomial(alpha=alpha), is_student=True)
    return Interval(found.low, found.high, alpha=alpha)


def negative_binomial_alpha(sides: tuple[Days, Days]) -> float:
    """The alpha for which Pearson's chi-squared is the degrees of freedom; near 0 where there is none."""
    from scipy.optimize import brentq  # noqa: PLC0415 - loading takes long

    squares = [float(np.square(side - side.mean()).sum()) for side in sides]
    means = [float(side.mean()) for side in sides]
    degrees = sum(len(side) for side in sides) - len(sides)

    def missed(alpha: float) -> float:
        pairs = zip(squares, means, strict=True)
        return sum(square / (mean + alpha * mean**2) for square, mean in pairs if mean) - degrees

    least, most = 1e-9, 1.0
    if missed(least) <= 0:
        return least
    while missed(most) > 0:
        most *= 4
    return float(brentq(missed, least, most))


def bootstrap_interval(
    sides: tuple[Days, Days],
    exposures: tuple[float, float],
    level: float,
    *,
    seed: int = 0,
    draws: int = DRAWS,
) -> Interval:
    """The interval of a ratio of sums by a circular block bootstrap of the log of the ratio.

    Each side is drawn anew in blocks of a sixth of its days, which begin anywhere and go round
    (Politis and Romano 1992); what is drawn is divided by its own standard error, from its blocks
    (Goetze and Kuensch 1996), and the interval is symmetric (Hall 1988).  Few long blocks keep
    the level where days hang together, at the price of somewhat wide intervals (Ibragimov and
    Mueller 2010).  Where too many draws have a side of nothing, there is no bound.
    """
    drawn = np.random.default_rng(seed)
    resampled = [_Side.of(side) for side in sides]
    before, after = (side.redrawn(draws, drawn) for side in resampled)
    block_days = (resampled[0].block_days, resampled[1].block_days)
    centre = log(resampled[1].mean / resampled[0].mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = np.abs(np.log(after.means / before.means) - centre)
        spread = np.sqrt(after.variances / after.means**2 + before.variances / before.means**2)
        reaches = np.where((before.means > 0) & (after.means > 0) & (spread > 0), moved / spread, inf)
    reach = float(np.quantile(reaches, level, method="higher"))
    if reach == inf:
        return Interval(None, None, block_days=block_days)
    reach *= sqrt(sum(side.variance / side.mean**2 for side in resampled))
    centre += log(exposures[0] / len(sides[0])) - log(exposures[1] / len(sides[1]))
    return Interval(exp(centre - reach), exp(centre + reach), block_days=block_days)


@dataclass(frozen=True, slots=True, eq=False)
class _Redrawn:
    """Means of drawn sides and the variances of the means, shape (draws,)."""

    means: Floats
    variances: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The means of all blocks of a side's days, which go round, and how many blocks a side is drawn from."""

    mean: float
    variance: float
    block_days: int
    blocks: int
    block_means: Floats

    @classmethod
    def of(cls, side: Days) -> _Side:
        length = max(1, len(side) // BLOCKS)
        blocks = len(side) // length
        sums = np.cumsum(np.concatenate(([0], side, side[: length - 1])))
        means = (sums[length:] - sums[:-length]) / length
        # Blocks that overlap vary about the mean of the very days they are of: by 1/blocks too little.
        variance = float(means.var()) / (blocks - 1)
        return cls(float(side.mean()), variance, length, blocks, means)

    def redrawn(self, draws: int, drawn: np.random.Generator) -> _Redrawn:
        means = self.block_means[drawn.integers(0, len(self.block_means), size=(draws, self.blocks))]
        return _Redrawn(means.mean(axis=1), means.var(axis=1, ddof=1) / self.blocks)


def _fitted_interval(
    sides: tuple[Days, Days],
    exposures: tuple[float, float],
    level: float,
    family: Any,
    *,
    is_student: bool = False,
) -> Interval:
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - loading takes long
    from statsmodels.genmod.generalized_linear_model import GLM  # noqa: PLC0415 - loading takes long
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning  # noqa: PLC0415

    counts = np.concatenate(sides)
    is_after = np.repeat([0.0, 1.0], [len(side) for side in sides])
    shares = [log(exposure / len(side)) for exposure, side in zip(exposures, sides, strict=True)]
    offset = np.repeat(shares, [len(side) for side in sides])
    model = GLM(counts, np.column_stack([np.ones(len(counts)), is_after]), family=family, offset=offset)
    with warnings.catch_warnings():
        # Where all days of a side are alike the fit leaves nothing over, which is no fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit()
    tail = 1 - (1 - level) / 2
    reach = float(stdtrit(len(counts) - 2, tail) if is_student else ndtri(tail)) * float(fitted.bse[1])
    centre = float(fitted.params[1])
    return Interval(exp(centre - reach), exp(centre + reach))


def _binomial_interval(count: int, total: int, tail: float, weight: float) -> tuple[float, float]:
    """The chances for which what was seen, with a weight, and what is beyond it comes to a tail."""
    from scipy.optimize import brentq  # noqa: PLC0415 - loading takes long
    from scipy.special import bdtr, bdtrc  # noqa: PLC0415 - loading takes long

    def below(chance: float) -> float:
        seen = bdtr(count, total, chance) - bdtr(count - 1, total, chance)
        return float(bdtr(count - 1, total, chance) + weight * seen) - tail

    def above(chance: float) -> float:
        seen = bdtrc(count - 1, total, chance) - bdtrc(count, total, chance)
        return float(bdtrc(count, total, chance) + weight * seen) - tail

    return float(brentq(above, 0.0, 1.0, xtol=1e-12)), float(brentq(below, 0.0, 1.0, xtol=1e-12))


def _odds(chance: float) -> float:
    return chance / (1 - chance)
