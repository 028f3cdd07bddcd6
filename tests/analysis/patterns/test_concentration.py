"""Gini coefficients by hand, what chance does to them, and how often the interval covers the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.analysis.patterns.concentration import concentrations, gini, units_with_half
from casus.analysis.patterns.counting import Measure

AMOUNTS = st.lists(st.integers(0, 50), min_size=2, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("amounts", "by_hand"),
    [
        # The mean difference of all pairs over twice the mean: of 1, 2, 3, 4 the six differences
        # are 1, 2, 3, 1, 2, 1, their mean 10/6, the mean amount 10/4: (10/6) / (2 * 10/4) = 1/3.
        ([4, 1, 3, 2], 1 / 3),
        ([5, 5, 5], 0.0),
        ([0, 0, 0, 7], 1.0),
        # One pair, 1 and 3: their difference 2 over twice the mean 2.
        ([3, 1], 0.5),
    ],
)
def test_the_coefficient_by_hand(amounts: list[int], by_hand: float) -> None:
    assert gini(amounts) == pytest.approx(by_hand)


@given(AMOUNTS, st.integers(1, 9))
def test_the_coefficient_is_half_the_relative_mean_difference_whatever_the_scale(
    amounts: list[int], scale: int
) -> None:
    pairs = [abs(one - other) for at, one in enumerate(amounts) for other in amounts[:at]]
    expected = np.mean(pairs) / (2 * np.mean(amounts))
    assert gini(amounts) == pytest.approx(expected)
    assert gini([scale * one for one in amounts]) == pytest.approx(expected)
    assert 0 <= gini(amounts) <= 1 + 1e-12


@pytest.mark.parametrize(
    ("amounts", "few"), [([6, 3, 2, 1], 1), ([3, 3, 3, 3], 2), ([5, 4, 3], 2), ([0, 0], 0), ([1], 1)]
)
def test_how_few_units_have_half(amounts: list[int], few: int) -> None:
    assert units_with_half(amounts) == few


def test_the_order_of_events_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    unit, dead = rng.integers(0, 6, 80), rng.integers(0, 9, 80)
    shuffled = rng.permutation(80)

    def found(order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> object:
        weights = {Measure.EVENTS: np.ones(80, dtype=np.int64), Measure.DEATHS: dead[order]}
        return concentrations(unit[order], weights, 8, draws=50)

    assert found(np.arange(80)) == found(shuffled)


def test_of_one_unit_or_one_event_there_is_no_coefficient() -> None:
    one = np.zeros(1, dtype=np.int64)
    ones = {Measure.EVENTS: np.ones(1, dtype=np.int64)}
    assert concentrations(one, ones, 5)[0].gini is None
    [of_two] = concentrations(np.zeros(2, dtype=np.int64), {Measure.EVENTS: np.ones(2, dtype=np.int64)}, 1)
    assert (of_two.gini, of_two.half, of_two.total) == (None, 1, 2)
    [nobody] = concentrations(np.arange(3), {Measure.DEATHS: np.zeros(3, dtype=np.int64)}, 3)
    assert (nobody.gini, nobody.half) == (None, 0)


def test_units_without_events_make_it_more_concentrated() -> None:
    unit = np.repeat(np.arange(3), 40)
    ones = {Measure.EVENTS: np.ones(120, dtype=np.int64)}
    [of_three], [of_nine] = (concentrations(unit, ones, units, draws=60) for units in (3, 9))
    assert of_three.gini == pytest.approx(0)
    assert of_nine.gini == pytest.approx(0.75)  # of nine, six have nothing: 6/8 by pairs


def test_events_spread_by_chance_look_concentrated_and_are_told_to_be_no_more_than_that() -> None:
    unit = np.random.default_rng(1).integers(0, 12, 80)
    [found] = concentrations(unit, {Measure.EVENTS: np.ones(80, dtype=np.int64)}, 12, draws=200)
    assert found.gini is not None
    assert found.if_even is not None
    assert found.estimate is not None
    assert found.gini > 0.15
    assert abs(found.gini - found.if_even) < 0.08
    assert found.estimate < found.gini


def test_of_few_events_a_unit_no_interval_is_given() -> None:
    [found] = concentrations(np.arange(9) % 3, {Measure.EVENTS: np.ones(9, dtype=np.int64)}, 3, draws=100)
    assert found.gini == pytest.approx(0)
    assert found.if_even is not None
    assert (found.estimate, found.low, found.high) == (None, None, None)


def test_the_interval_covers_the_truth_where_units_have_many_events() -> None:
    rng = np.random.default_rng(2)
    covered, runs = 0, 80
    for seed in range(runs):
        shares = rng.dirichlet(np.full(12, 2.0))
        unit = rng.choice(12, 1200, p=shares)
        [found] = concentrations(
            unit, {Measure.EVENTS: np.ones(1200, dtype=np.int64)}, 12, draws=120, seed=seed
        )
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= gini(shares) <= found.high
    assert 0.9 <= covered / runs <= 1
