"""The sampler of latent classes, against a posterior that is known and one that is drawn plainly."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.estimates.published import DIABETES, FISH
from casus.analysis.estimates import CaptureHistories, Method, estimate, latent
from casus.analysis.estimates.bayes import graphs_posterior
from casus.analysis.estimates.latent import latent_classes
from casus.errors import NotAnswerable

FEW = CaptureHistories.of_patterns(
    tuple("ABC"), {"100": 6, "010": 4, "001": 3, "110": 3, "101": 2, "011": 1, "111": 2}
)


def test_one_class_is_independence() -> None:
    # Each list is then a coin with a uniform prior: the graph without ties, two prior cases in all.
    cells = DIABETES.cells
    exact = graphs_posterior(cells, prior_count=2 / 16)
    alone = next(row for row, graph in enumerate(exact.graphs) if not graph.joined)
    spread = exact.spread(alone)
    found = latent_classes(DIABETES, 1, steps=1500, classes=1)
    assert found.mixing < 1.02
    assert found.unrecorded == pytest.approx(spread.quantile(0.5), rel=0.01)
    assert found.spread.interval() == pytest.approx(spread.interval(), rel=0.02)


def test_three_classes_give_the_posterior_that_weighted_draws_from_the_prior_give() -> None:
    random = np.random.default_rng(8)
    size = 200_000
    concentration = random.gamma(0.25, 4.0, size)
    sticks = random.beta(1.0, np.maximum(concentration, 1e-12)[:, None], (size, 2))
    shares = np.column_stack(
        (sticks[:, 0], (1 - sticks[:, 0]) * sticks[:, 1], (1 - sticks[:, 0]) * (1 - sticks[:, 1]))
    )
    chances = random.random((size, 3, 3))
    members = FEW.members()
    likely = np.stack(
        [(shares * np.where(on, chances, 1 - chances).prod(axis=2)).sum(axis=1) for on in members], axis=1
    )
    logs = (FEW.cells[1:] * np.log(likely[:, 1:])).sum(axis=1) - FEW.recorded * np.log1p(-likely[:, 0])
    weights = np.exp(logs - logs.max())
    picked = random.choice(size, 20_000, p=weights / weights.sum())
    unseen = random.negative_binomial(int(FEW.recorded), 1 - likely[picked, 0])
    found = latent_classes(FEW, 2, steps=2500, classes=3)
    assert (weights.sum() ** 2) / (weights**2).sum() > 1000  # as many draws as that would be, unweighted
    assert found.unrecorded == pytest.approx(np.median(unseen), abs=1)
    for share in (0.1, 0.25, 0.75, 0.9):
        assert found.spread.quantile(share) == pytest.approx(np.quantile(unseen, share), abs=1.5, rel=0.06)


def test_the_same_seed_gives_the_same_figure_and_two_lists_none() -> None:
    one, other = (latent_classes(FEW, 5, steps=300).unrecorded for _ in range(2))
    assert one == other
    with pytest.raises(NotAnswerable, match="three lists"):
        latent_classes(FISH)


def test_classes_are_told_beside_the_other_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latent, "_STEPS", 600)
    result = estimate(FEW, "bayes", latent=True, seed=1)
    assert [one.method for one in result.estimates] == [Method.GRAPHS, Method.LATENT_CLASSES]
    two = estimate(FISH, "bayes", latent=True)
    assert two.not_made == (("Bayesian, latent classes", "latent classes need three lists or more"),)
