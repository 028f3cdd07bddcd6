"""How well each number of unrecorded cases agrees with a model: the profile likelihood.

For a number of unrecorded cases the model is fitted to the full table, that number being the
count of the cell that nobody sees; its multinomial likelihood, maximised over all other
parameters, falls off on both sides of the best number (Cormack 1992, Biometrics 48:567-576).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.special import gammaln, ndtr

from casus.analysis.estimates.fitting import fit
from casus.analysis.estimates.spreads import Spread
from casus.casebook.browsing.columns import Flags, Floats

_POINTS = 25
_WIDTHS = 4.5  # how many standard errors of the logarithm a grid spans to each side, at first
_FAR = 3.0  # a signed root this far out needs no wider grid
_WIDENINGS = 5
_FEWEST = 1e-3  # of an unrecorded case: as good as none
_FINE = 1201


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """The signed root of the likelihood ratio over the logarithm of the number of unrecorded cases.

    A row for each model; the roots rise with the number and are 0 at the model's best.
    """

    logs: Floats
    roots: Floats

    def root_at(self, row: int, logs: Floats) -> Floats:
        """A model's roots at other numbers; beyond the grid they go on as at its ends."""
        x, y = self.logs[row], self.roots[row]
        found: Floats = PchipInterpolator(x, y)(np.clip(logs, x[0], x[-1]))
        low, high = logs < x[0], logs > x[-1]
        found[low] = y[0] + (logs[low] - x[0]) * (y[1] - y[0]) / (x[1] - x[0])
        found[high] = y[-1] + (logs[high] - x[-1]) * (y[-1] - y[-2]) / (x[-1] - x[-2])
        return found


def profiles(
    cells: Floats, design: Floats, included: Flags, used: Flags, *, best: Floats, errors: Floats
) -> Profiles:
    """The profiles of models whose logarithm of the unseen count is about `best`, with standard errors.

    `used` says which cells each model is fitted to; the unseen one is always among them.
    """
    below, above = best - _WIDTHS * errors, best + _WIDTHS * errors
    highest = np.log(max(cells.sum(), 1.0)) + 16.0
    seen = used.copy()
    seen[:, 0] = True
    logs = np.zeros((len(best), _POINTS))
    roots = np.zeros((len(best), _POINTS))
    rows = np.arange(len(best))  # those whose grid is not yet wide enough
    for _ in range(_WIDENINGS):
        logs[rows] = _grid(below[rows], best[rows], above[rows], highest)
        found = _likelihoods(np.exp(logs[rows]), cells, design, included[rows], seen[rows])
        roots[rows] = _roots(logs[rows], found)
        is_low = (roots[:, 0] > -_FAR) & (logs[:, 0] > np.log(_FEWEST) + 1e-9)
        is_high = (roots[:, -1] < _FAR) & (logs[:, -1] < highest - 1e-9)
        rows = np.flatnonzero(is_low | is_high)
        if not len(rows):
            break
        below = np.where(is_low, below - 2 * (best - below), below)
        above = np.where(is_high, above + 2 * (above - best), above)
    return Profiles(logs, roots)


def averaged(found: Profiles, weights: Floats) -> Spread:
    """The confidence distribution of the number of unrecorded cases, averaged over models.

    At a number it is the weighted mean of each model's probability of less; where it passes
    2.5 and 97.5 percent are the limits of Fletcher & Turek's model-averaged profile
    likelihood interval (2012, Journal of Agricultural, Biological, and Environmental Statistics
    17:38-51).  With one model that is its profile likelihood interval.
    """
    logs = np.linspace(found.logs.min(), found.logs.max(), _FINE)
    chance = sum(
        weight * ndtr(found.root_at(row, logs))
        for row, weight in enumerate((weights / weights.sum()).tolist())
    )
    below = np.maximum.accumulate(np.asarray(chance))
    return Spread(np.concatenate(((0.0,), np.exp(logs))), np.concatenate(((below[0],), below)))


def _grid(below: Floats, best: Floats, above: Floats, highest: float) -> Floats:
    """Points from below the best to above it, a row for each model, the best being one of them."""
    low = np.maximum(below, np.log(_FEWEST))
    middle = np.clip(best, low + 1e-6, highest - 1e-6)
    high = np.clip(above, middle + 1e-6, highest)
    half = np.linspace(0.0, 1.0, _POINTS // 2 + 1)
    left = low[:, None] + (middle - low)[:, None] * half
    right = middle[:, None] + (high - middle)[:, None] * half
    return np.concatenate((left, right[:, 1:]), axis=1)


def _likelihoods(unseen: Floats, cells: Floats, design: Floats, included: Flags, used: Flags) -> Floats:
    """The multinomial log-likelihood of each number of unseen cases under its model, but for a constant."""
    models, points = unseen.shape
    counts = np.repeat(cells[None, :], models * points, axis=0)
    counts[:, 0] = unseen.ravel()
    flags = np.repeat(used, points, axis=0)
    fits = fit(counts, design, np.repeat(included, points, axis=0), flags)
    total = counts.sum(axis=1)
    logarithm = np.log(np.where(fits.expected > 0, fits.expected, 1.0)) - np.log(total)[:, None]
    found = gammaln(total + 1) - gammaln(counts[:, 0] + 1) + (counts * logarithm * flags).sum(axis=1)
    return np.asarray(found).reshape(models, points)


def _roots(logs: Floats, likelihoods: Floats) -> Floats:
    """Signed roots of twice the fall from each row's maximum, which a polynomial finds between points."""
    roots = np.empty_like(likelihoods)
    for row, (x, y) in enumerate(zip(logs, likelihoods, strict=True)):
        at = int(y.argmax())
        peak_x, peak_y = float(x[at]), float(y[at])
        if 1 < at < len(y) - 2:
            curve = np.polyfit(x[at - 2 : at + 3] - x[at], y[at - 2 : at + 3] - y[at], 4)
            between = np.linspace(x[at - 1], x[at + 1], 101)
            heights = np.polyval(curve, between - x[at])
            peak_x, peak_y = float(between[heights.argmax()]), float(y[at] + heights.max())
        roots[row] = np.sign(x - peak_x) * np.sqrt(2 * np.maximum(peak_y - y, 0.0))
    return np.maximum.accumulate(roots, axis=1)
