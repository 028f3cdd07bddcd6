"""A Bayesian estimate over all decomposable graphs of lists (Madigan & York 1997, Biometrika 84:19-31).

Under a graph the chances of the patterns have a hyper-Dirichlet prior, as if each pattern had been
seen `prior_count` times before; the marginal likelihood is then a product of gamma functions, and
the posterior over graphs and numbers of unrecorded cases is exact but for the spacing of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import gammaln

from casus.analysis.estimates.graphs import Graph, decomposable_graphs
from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.spreads import Spread, of_weights
from casus.casebook.browsing.columns import Floats
from casus.errors import NotAnswerable

MOST_FOR_GRAPHS = 5
_ALL_UP_TO = 2000  # numbers of unrecorded cases that are all looked at; above, they stand wider apart
_WIDER = 1.004
_LISTED = 10


class Prior(StrEnum):
    """What is thought of the number before the lists are seen: in proportion to what it falls."""

    TOTAL = "total"  # to one over the total, after Jeffreys, as in Madigan & York
    UNRECORDED = "unrecorded"  # to one over the unrecorded, at least one, as in the R package dga


@dataclass(frozen=True, slots=True)
class GraphWeight:
    """A graph, how probable it is, and what is unrecorded under it: median and 95 percent interval."""

    graph: Graph
    words: str
    weight: float
    unrecorded: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The posterior over graphs and numbers: `joint[i, j]` that of graph `i` and `unrecorded[j]`.

    `width[j]` is how many numbers stand for `unrecorded[j]`; `joint` sums to one with them.
    """

    graphs: tuple[Graph, ...]
    unrecorded: Floats
    joint: Floats

    def of_graphs(self) -> Floats:
        """How probable each graph is."""
        weights: Floats = self.joint.sum(axis=1)
        return weights

    def spread(self, graph: int | None = None) -> Spread:
        """The distribution of the unrecorded cases, over all graphs or under one."""
        weights = self.joint.sum(axis=0) if graph is None else self.joint[graph]
        return of_weights(self.unrecorded, weights)


@dataclass(frozen=True, slots=True, eq=False)
class Bayes:
    """What the graphs say: the most probable first, at most ten, and the posterior over all."""

    graphs: tuple[GraphWeight, ...]
    tried: int
    spread: Spread

    @property
    def unrecorded(self) -> float:
        """The posterior median."""
        return self.spread.quantile(0.5)


def graphs_posterior(
    cells: Floats,
    *,
    prior_count: float | None = None,
    prior: Prior = Prior.TOTAL,
    unrecorded: Floats | None = None,
) -> Posterior:
    """The posterior for counts by pattern (the unseen cell first; its count is not used).

    `prior_count` is one over the number of patterns unless told; `unrecorded` are the numbers that
    are thought possible, rising: all that are not far less likely than the best, unless told.
    """
    lists = len(cells).bit_length() - 1
    graphs = decomposable_graphs(lists)
    delta = 1 / len(cells) if prior_count is None else prior_count
    coefficients = _coefficients(graphs, lists)
    if unrecorded is None:
        unrecorded = _numbers(float(cells.sum()))
    width = np.gradient(unrecorded) if len(unrecorded) > 1 else np.ones(1)
    logs = coefficients @ _marginals(cells, unrecorded, delta)
    total = cells.sum() + unrecorded
    logs += gammaln(total + 1) - gammaln(unrecorded + 1) + np.log(width)
    logs -= np.log(total) if prior is Prior.TOTAL else np.log(np.maximum(unrecorded, 0.5))
    joint = np.exp(logs - logs.max())
    return Posterior(graphs, unrecorded, joint / joint.sum())


def bayes(histories: CaptureHistories, prior_count: float | None = None) -> Bayes:
    """The Bayesian estimate; raises `NotAnswerable` for more than five lists."""
    if histories.lists > MOST_FOR_GRAPHS:
        raise NotAnswerable(
            f"the graphs of {histories.lists} lists are too many to go through: "
            f"join lists until there are {MOST_FOR_GRAPHS} at most"
        )
    found = graphs_posterior(histories.independent_cells, prior_count=prior_count)
    weights = found.of_graphs()
    order = np.argsort(-weights, kind="stable")[:_LISTED].tolist()
    listed = []
    for row in order:
        spread = found.spread(row).times(histories.clumping)
        words = found.graphs[row].words(histories.names)
        listed.append(
            GraphWeight(
                found.graphs[row], words, float(weights[row]), spread.quantile(0.5), *spread.interval()
            )
        )
    return Bayes(tuple(listed), len(weights), found.spread().times(histories.clumping))


def _coefficients(graphs: Sequence[Graph], lists: int) -> Floats:
    """How often each set of lists is a clique of a graph, less how often a separator."""
    found = np.zeros((len(graphs), 2**lists))
    for row, graph in enumerate(graphs):
        for clique in graph.cliques:
            found[row, clique] += 1
        for separator in graph.separators:
            found[row, separator] -= 1
    return found


def _marginals(cells: Floats, unrecorded: Floats, delta: float) -> Floats:
    """The log marginal likelihood of the counts on each set of lists; sets x numbers."""
    size = len(cells)
    whole = delta * size
    total = cells.sum() + unrecorded
    found = np.zeros((size, len(unrecorded)))
    patterns = np.arange(size)
    for some in range(1, size):
        counts = np.bincount(patterns & some, weights=cells, minlength=size)
        within = np.unique(patterns & some)
        share = whole / len(within)
        seen = counts[within[1:]]
        fixed = (gammaln(seen + share) - gammaln(share)).sum() - gammaln(share) + gammaln(whole)
        found[some] = fixed + gammaln(counts[0] + unrecorded + share) - gammaln(total + whole)
    return found


def _numbers(recorded: float) -> Floats:
    """Numbers of unrecorded cases from 0 to far above the recorded: all small ones, then wider apart."""
    highest = max(1000.0 * recorded, 1e5)
    steps = int(np.ceil(np.log(highest / _ALL_UP_TO) / np.log(_WIDER)))
    wide = np.unique(np.round(_ALL_UP_TO * _WIDER ** np.arange(1, steps + 1)))
    return np.concatenate((np.arange(_ALL_UP_TO + 1.0), wide))
