"""Log-linear models of counts, many at a time, by Newton's method on the Poisson likelihood.

A model is a row of flags over the columns of one design.  The fits are those of a
Poisson regression with logarithmic link; thousands of them take as long as one call of a
general library, which is why they are made here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from casus.casebook.browsing.columns import Flags, Floats

_MOST_STEPS = 35
_TOLERANCE = 1e-8
_LONGEST_STEP = 5.0
_LARGEST = 20.0  # of a parameter between lists: e^20 is no finite estimate
_RIDGE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """Fitted models: row `i` is that of the i-th row of flags.

    `has_estimate` is False where the likelihood has no maximum at finite parameters.
    """

    parameters: Floats  # models x columns of the design, 0 where a model lacks the column
    log_likelihood: Floats  # of the cells that are used, with all constants
    expected: Floats  # models x cells
    has_estimate: Flags

    def __len__(self) -> int:
        """How many models there are."""
        return len(self.has_estimate)


def term_design(lists: int) -> Floats:
    """Indicators of all log-linear terms: cell `c` has term `t` where all lists of `t` are in `c`.

    2^k rows and columns; column 0 is the constant.
    """
    cells = np.arange(2**lists)
    design: Floats = ((cells[:, None] & cells) == cells).astype(np.float64)
    return design


def fit(counts: Floats, design: Floats, included: Flags, used: Flags) -> Fits:
    """Fit models by maximum likelihood.

    `counts` is one row of cells for all models or a row for each; `design` cells x columns;
    `included` models x columns; `used` models x cells, the cells that a model is fitted to.
    """
    models, columns = included.shape
    y = np.broadcast_to(counts, (models, design.shape[0])) * used
    products = (design[:, :, None] * design[:, None, :]).reshape(design.shape[0], columns * columns)
    parameters = _start(y, design, products, included, used)
    converged = np.zeros(models, dtype=np.bool_)
    moving = np.arange(models)
    for _ in range(_MOST_STEPS):
        mean = _mean(parameters[moving], design, used[moving])
        gradient = (y[moving] - mean) @ design
        step = _solved(mean, products, gradient, included[moving])
        longest = np.abs(step).max(axis=1)
        parameters[moving] += step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-300))[:, None]
        converged[moving] = longest < _TOLERANCE
        moving = moving[longest >= _TOLERANCE]
        if not len(moving):
            break
    mean = _mean(parameters, design, used)
    between = design.sum(axis=0) < design.shape[0] / 2  # neither the constant nor a list's own term
    finite = np.abs(parameters[:, between]).max(axis=1, initial=0.0) < _LARGEST
    return Fits(parameters, _log_likelihood(y, mean, used), mean, converged & finite)


def spread_of_constant(fits: Fits, design: Floats, included: Flags) -> Floats:
    """The variance of each model's constant, from the information at its estimate."""
    columns = design.shape[1]
    products = (design[:, :, None] * design[:, None, :]).reshape(design.shape[0], columns * columns)
    unit = np.zeros((len(fits), columns))
    unit[:, 0] = 1.0
    variance: Floats = _solved(fits.expected, products, unit, included)[:, 0]
    return variance


def _start(y: Floats, design: Floats, products: Floats, included: Flags, used: Flags) -> Floats:
    """Weighted least squares on the logarithms of the counts, one half being added to each."""
    raised = (y + 0.5) * used
    target = np.log(y + 0.5) - 0.5 / (y + 0.5)
    return _solved(raised, products, (raised * target) @ design, included)


def _solved(mean: Floats, products: Floats, right: Floats, included: Flags) -> Floats:
    """The solution of each model's weighted normal equations; 0 for columns that it lacks."""
    models, columns = included.shape
    kept = included.astype(float)
    left = (mean @ products).reshape(models, columns, columns) * kept[:, :, None] * kept[:, None, :]
    diagonal = np.arange(columns)
    left[:, diagonal, diagonal] += 1.0 - kept + _RIDGE * kept
    solution: Floats = np.linalg.solve(left, (right * kept)[:, :, None])[:, :, 0]
    return solution


def _mean(parameters: Floats, design: Floats, used: Flags) -> Floats:
    mean: Floats = np.exp(np.clip(parameters @ design.T, -100.0, 60.0)) * used
    return mean


def _log_likelihood(y: Floats, mean: Floats, used: Flags) -> Floats:
    logarithm = np.log(np.where(used & (mean > 0), mean, 1.0))
    terms: Floats = np.where(used, y * logarithm - mean - gammaln(y + 1.0), 0.0).sum(axis=1)
    return terms
