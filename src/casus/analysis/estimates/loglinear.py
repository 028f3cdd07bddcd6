"""Log-linear models of lists, selected by BIC and averaged by its weights.

Lists depend on each other through terms of two lists or more; the term of all lists is
taken as absent, which no data can check (Fienberg 1972, Biometrika 59:591-603; Bishop,
Fienberg & Holland 1975, ch. 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from casus.analysis.estimates.fitting import Fits, fit, spread_of_constant, term_design
from casus.analysis.estimates.hierarchy import (
    Fittable,
    as_flags,
    fittable,
    hierarchical_models,
    largest_terms,
    words_of,
)
from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.profiles import Profiles, averaged, profiles
from casus.analysis.estimates.spreads import Spread
from casus.casebook.browsing.columns import Flags, Floats, Numbers
from casus.errors import NotAnswerable

MOST_FOR_ALL = 5  # lists for which all hierarchical models are fitted; with more they are searched
_AVERAGED = 0.995  # of the weight, in the average
_MOST_AVERAGED = 80
_LISTED = 10


@dataclass(frozen=True, slots=True)
class LogLinearModel:
    """A model and what it estimates; `low` and `high` are its profile likelihood interval.

    `terms` are its largest, each a number whose bits are lists; `words` name them.  `ties` are the
    odds ratios of pairs of lists that the model ties, by the places of the lists: above 1 for lists
    that record the same cases, 0 for two that share none.
    """

    terms: tuple[int, ...]
    words: str
    weight: float
    unrecorded: float
    low: float
    high: float
    parameters: int
    deviance: float
    degrees: int
    bic: float
    ties: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LogLinear:
    """What log-linear models say: the best of them first, at most ten, and the average of all.

    Of the models that were tried, `without_estimate` have none: too few cases are on the lists
    that they tie, and the likelihood rises without end.
    """

    models: tuple[LogLinearModel, ...]
    tried: int
    without_estimate: int
    is_searched: bool
    best: Spread
    average: Spread

    @property
    def unrecorded(self) -> float:
        """The middle of the averaged distribution."""
        return self.average.quantile(0.5)


def log_linear(histories: CaptureHistories, highest: int | None = None) -> LogLinear:
    """Fit, weigh and average log-linear models; terms tie up to `highest` lists (all but one).

    Of more than five lists the pairwise models are searched: from independence, the term whose
    addition or removal lowers BIC most is added or removed until none does; all models met on
    the way are weighed.  Raises `NotAnswerable` where no model has an estimate.
    """
    cells = histories.independent_cells
    lists = histories.lists
    if lists <= MOST_FOR_ALL:
        trial = _Trial.of(hierarchical_models(lists, highest or lists - 1), cells)
    else:
        trial = _searched(cells, lists)
    if not trial.is_usable.any():
        raise NotAnswerable(
            "no log-linear model has an estimate: too many of the patterns that it takes hold no case"
        )
    weights = trial.weights()
    order = np.argsort(-weights, kind="stable")
    enough = int((np.cumsum(weights[order]) < _AVERAGED).sum()) + 1
    order = order[: min(enough, _MOST_AVERAGED)]
    found = trial.profiles(order)
    models = tuple(trial.told(order, weights, found, histories))
    return LogLinear(
        models,
        len(weights),
        int((~trial.is_usable).sum()),
        lists > MOST_FOR_ALL,
        averaged(_one(found, 0), np.ones(1)).times(histories.clumping),
        averaged(found, weights[order]).times(histories.clumping),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """Models with their fits; `columns` are the terms that any of them has."""

    models: Flags
    cells: Floats
    design: Floats
    columns: Numbers
    parts: Fittable
    fits: Fits
    is_usable: Flags
    bic: Floats

    @classmethod
    def of(cls, models: Flags, cells: Floats) -> _Trial:
        """Fit models to counts."""
        parts = fittable(models, cells)
        columns = np.flatnonzero(models.any(axis=0))
        design = term_design(models.shape[1].bit_length() - 1)[:, columns]
        fits = fit(cells, design, parts.included[:, columns], parts.used)
        bic = models.sum(axis=1) * np.log(cells.sum()) - 2 * fits.log_likelihood
        return cls(models, cells, design, columns, parts, fits, fits.has_estimate & parts.is_identified, bic)

    def weights(self) -> Floats:
        """BIC weights of the models that have an estimate (Buckland, Burnham & Augustin 1997)."""
        best = self.bic[self.is_usable].min()
        raw = np.where(self.is_usable, np.exp(-(self.bic - best) / 2), 0.0)
        weights: Floats = raw / raw.sum()
        return weights

    def profiles(self, rows: Numbers) -> Profiles:
        """The profile likelihoods of some of the models."""
        included = self.parts.included[np.ix_(rows, self.columns)]
        some = Fits(
            self.fits.parameters[rows],
            self.fits.log_likelihood[rows],
            self.fits.expected[rows],
            self.fits.has_estimate[rows],
        )
        errors = np.sqrt(spread_of_constant(some, self.design, included))
        return profiles(
            self.cells,
            self.design,
            included,
            self.parts.used[rows],
            best=some.parameters[:, 0],
            errors=errors,
        )

    def told(
        self, order: Numbers, weights: Floats, found: Profiles, histories: CaptureHistories
    ) -> Iterator[LogLinearModel]:
        """The first of the models with their estimates."""
        full = _saturated(self.cells)
        for place, row in enumerate(order[:_LISTED].tolist()):
            low, high = averaged(_one(found, place), np.ones(1)).interval()
            used = int(self.parts.used[row].sum())
            terms = largest_terms(self.models[row])
            yield LogLinearModel(
                terms,
                words_of(terms, histories.names),
                float(weights[row]),
                float(np.exp(self.fits.parameters[row, 0])) * histories.clumping,
                low * histories.clumping,
                high * histories.clumping,
                int(self.models[row].sum()),
                float(2 * (full - self.fits.log_likelihood[row])),
                used - int(self.parts.included[row].sum()),
                float(self.bic[row]),
                tuple(self._ties(row)),
            )

    def _ties(self, row: int) -> Iterator[tuple[int, int, float]]:
        for place, term in enumerate(self.columns.tolist()):
            if term.bit_count() == 2 and self.models[row, term]:
                lists = [at for at in range(term.bit_length()) if term >> at & 1]
                is_fitted = self.parts.included[row, term]
                odds = float(np.exp(self.fits.parameters[row, place])) if is_fitted else 0.0
                yield lists[0], lists[1], odds


def _searched(cells: Floats, lists: int) -> _Trial:
    """Pairwise models met on a way down in BIC from independence."""
    start = frozenset((0, *(1 << at for at in range(lists))))
    pairs = [1 << one | 1 << other for one in range(lists) for other in range(one)]
    met: dict[frozenset[int], float] = {}
    current = start
    while True:
        near = [current, *(current ^ {pair} for pair in pairs)]
        fresh = [model for model in near if model not in met]
        trial = _Trial.of(as_flags(fresh, lists), cells) if fresh else None
        if trial is not None:
            scores = np.where(trial.is_usable, trial.bic, np.inf).tolist()
            met.update(zip(fresh, scores, strict=True))
        best = min(near, key=lambda model: met[model])
        if best == current:
            break
        current = best
    models = sorted(met, key=_by_size)
    return _Trial.of(as_flags(models, lists), cells)


def _by_size(model: frozenset[int]) -> tuple[int, list[int]]:
    return len(model), sorted(model)


def _saturated(cells: Floats) -> float:
    """The Poisson log-likelihood of counts that are expected to be what they are."""
    seen = cells[1:]
    logarithm = np.log(np.where(seen > 0, seen, 1.0))
    return float((seen * logarithm - seen - gammaln(seen + 1)).sum())


def _one(found: Profiles, row: int) -> Profiles:
    return Profiles(found.logs[row : row + 1], found.roots[row : row + 1])
