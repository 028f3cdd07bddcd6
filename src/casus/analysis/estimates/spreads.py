"""How likely each number of unrecorded cases is, as a distribution: what intervals and sums are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from scipy.stats import norm

from casus.casebook.browsing.columns import Floats

_STEPS = 401
SURE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A distribution over numbers of unrecorded cases: `below[i]` is how likely fewer than `points[i]` are.

    Both rise.  Between points the distribution is taken as even.  What it is (a posterior, or a
    confidence distribution) the method that made it says.
    """

    points: Floats
    below: Floats

    def quantile(self, share: float) -> float:
        """The number that so large a share of the distribution lies below."""
        return float(np.interp(share, self.below, self.points))

    def interval(self) -> tuple[float, float]:
        """The middle 95 percent."""
        tail = (1 - SURE) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    def drawn(self, random: np.random.Generator, size: int) -> Floats:
        """So many numbers drawn from it."""
        return np.interp(random.random(size), self.below, self.points)

    def times(self, factor: float) -> Spread:
        """The distribution of so many times the number."""
        return Spread(self.points * factor, self.below)


def log_normal(estimate: float, variance: float) -> Spread:
    """A distribution around an estimate above zero with a variance: normal in the logarithm (Chao 1987)."""
    if estimate <= 0:
        return Spread(np.zeros(2), np.array((0.0, 1.0)))
    width = sqrt(log(1 + variance / estimate**2))
    shares = np.linspace(0.0005, 0.9995, _STEPS)
    return Spread(exp(log(estimate)) * np.exp(width * norm.ppf(shares)), shares)


def of_weights(points: Floats, weights: Floats) -> Spread:
    """The distribution of rising points with weights, half of each below its point."""
    below = np.cumsum(weights) - weights / 2
    return Spread(points, below / weights.sum())


def of_draws(draws: Floats) -> Spread:
    """The distribution that draws come from."""
    shares = np.linspace(0.0, 1.0, 1001)
    return Spread(np.quantile(draws, shares), shares)


def of_sum(spreads: Sequence[Spread], random: np.random.Generator, draws: int = 20_000) -> Spread:
    """The distribution of the sum of independent numbers, by drawing each."""
    return of_draws(np.sum([spread.drawn(random, draws) for spread in spreads], axis=0))
