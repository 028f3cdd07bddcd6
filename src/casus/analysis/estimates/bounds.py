"""Estimates from how many cases are on one list and how many on two: two-list estimates, lower bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt

import numpy as np

from casus.analysis.estimates.fitting import fit, spread_of_constant, term_design
from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.profiles import averaged, profiles
from casus.analysis.estimates.spreads import Spread, log_normal
from casus.casebook.browsing.columns import Floats
from casus.errors import NotAnswerable


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """An estimate of the unrecorded, its standard error, and its distribution."""

    unrecorded: float
    error: float
    spread: Spread

    def times(self, factor: float) -> Bound:
        """The same of so many times the number."""
        return Bound(self.unrecorded * factor, self.error * factor, self.spread.times(factor))


def chapman(histories: CaptureHistories) -> Bound:
    """The two-list estimate of Chapman (1951), a Lincoln-Petersen estimate that hardly errs in the mean.

    Its variance is Seber's (1970); the interval is log-normal in the unrecorded.  It takes
    the two lists as independent.  Raises `NotAnswerable` for other than two lists.
    """
    if histories.lists != 2:
        raise NotAnswerable("the two-list estimate needs two lists, no more and no fewer")
    _, first, second, both = histories.independent_cells.tolist()
    one, other = first + both, second + both
    total = (one + 1) * (other + 1) / (both + 1) - 1
    variance = (one + 1) * (other + 1) * first * second / ((both + 1) ** 2 * (both + 2))
    unrecorded = max(total - first - second - both, 0.0)
    found = Bound(unrecorded, sqrt(variance), log_normal(unrecorded, variance))
    return found.times(histories.clumping)


def chao(histories: CaptureHistories) -> Bound:
    """Chao's lower bound (1987, Biometrics 43:783-791) for lists that all reach equally far.

    With f1 cases on one list and f2 on two of k, at least (k-1)/k * f1^2 / 2 f2 are unrecorded
    where cases differ in how likely they are to be recorded; with no case on two lists, f2 is
    raised as in Chao's bias-corrected form.  Lists of very different reach push it up beyond a bound.
    """
    once, twice = _once_and_twice(histories)
    share = (histories.lists - 1) / histories.lists
    if twice:
        ratio = once / twice
        unrecorded = share * once**2 / (2 * twice)
        variance = twice * (share * ratio**2 / 2 + share**2 * ratio**3 + share**2 * ratio**4 / 4)
    else:
        unrecorded = max(0.0, share * once * (once - 1) / 2)
        variance = share * once * (once - 1) / 2 + share**2 * once * (2 * once - 1) ** 2 / 4
        variance -= share**2 * once**4 / (4 * unrecorded) if unrecorded else 0.0
    found = Bound(unrecorded, sqrt(max(variance, 0.0)), log_normal(unrecorded, max(variance, 0.0)))
    return found.times(histories.clumping)


def lower_bound(histories: CaptureHistories, tied: Sequence[int] = ()) -> Bound:
    """Chao's lower bound for lists that reach differently far (Rivest & Baillargeon 2007).

    A log-linear model with a term for each list, and a bend at each number of lists from three
    on, so that only cases on one or two lists tell of the unseen (Biometrics 63:999-1006).  A
    bend downwards, which no difference between cases makes, is left out.  `tied` are lists
    that depend on each other besides, as sums of bits.  The interval is the profile likelihood's.
    With two lists it is the Lincoln-Petersen estimate.  Raises `NotAnswerable` where no case is
    on exactly two lists.
    """
    cells = histories.independent_cells
    if not _once_and_twice(histories)[1]:
        raise NotAnswerable("no case is on exactly two lists, which the lower bound is made of")
    lists = histories.lists
    on = np.bitwise_count(np.arange(2**lists))
    main = term_design(lists)[:, [0, *(1 << at for at in range(lists)), *tied]]
    bends = list(range(3, lists + 1))
    used = (on > 0)[None, :]
    while True:
        design = np.column_stack([main, *(np.maximum(on - (number - 1.0), 0.0) for number in bends)])
        included = np.ones((1, design.shape[1]), dtype=np.bool_)
        fits = fit(cells, design, included, used)
        terms = fits.parameters[0, main.shape[1] :]
        if not len(terms) or terms.min() >= 0:
            break
        bends.pop(int(terms.argmin()))
    if not fits.has_estimate[0]:
        raise NotAnswerable("too few cases are on two lists for a lower bound")
    constant, spread = fits.parameters[:, 0], spread_of_constant(fits, design, included)
    found = profiles(cells, design, included, used, best=constant, errors=np.sqrt(spread))
    unrecorded = exp(float(constant[0]))
    error = sqrt(unrecorded + unrecorded**2 * float(spread[0]))
    return Bound(unrecorded, error, averaged(found, np.ones(1))).times(histories.clumping)


def _once_and_twice(histories: CaptureHistories) -> tuple[float, float]:
    frequencies: Floats = histories.frequencies() / histories.clumping
    return float(frequencies[0]), float(frequencies[1])
