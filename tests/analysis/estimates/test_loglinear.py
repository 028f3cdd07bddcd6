"""Log-linear models: which there are, that they are fitted as others fit them, and their average."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import linprog
from scipy.stats import norm

from analysis.estimates.published import DARROCH, FISH, KOSOVO, UNITED_KINGDOM, united_kingdom_five
from casus.analysis.estimates import CaptureHistories
from casus.analysis.estimates.fitting import fit, spread_of_constant, term_design
from casus.analysis.estimates.hierarchy import as_flags, fittable, hierarchical_models, words_of
from casus.analysis.estimates.loglinear import log_linear
from casus.analysis.estimates.spreads import log_normal, of_sum
from casus.casebook.browsing.columns import Flags, Floats


@pytest.mark.parametrize(("lists", "highest", "models"), [(2, 1, 1), (3, 2, 8), (4, 2, 64), (4, 3, 113)])
def test_there_are_so_many_hierarchical_models(lists: int, highest: int, models: int) -> None:
    assert len(hierarchical_models(lists, highest)) == models


def test_a_model_has_all_that_is_within_its_terms() -> None:
    for model in hierarchical_models(4, 3):
        terms = np.flatnonzero(model).tolist()
        assert all(part in terms for term in terms for part in range(term) if part & term == part)


def test_models_are_named_by_their_largest_terms() -> None:
    assert words_of((), "ABC") == "independent"
    assert words_of((0b111, 0b1001), ("a", "b", "c", "d")) == "a*b*c, a*d"


def test_fits_are_those_of_a_poisson_regression() -> None:
    models = hierarchical_models(4, 3)[::9]
    parts, design = fittable(models, KOSOVO.cells), term_design(4)
    fits = fit(KOSOVO.cells, design, parts.included, parts.used)
    spread = spread_of_constant(fits, design, parts.included)
    for row, model in enumerate(models):
        columns = np.flatnonzero(model)
        other = sm.GLM(KOSOVO.cells[1:], design[1:][:, columns], family=sm.families.Poisson()).fit(tol=1e-12)
        assert fits.parameters[row, columns] == pytest.approx(other.params, abs=1e-6)
        assert fits.log_likelihood[row] == pytest.approx(other.llf)
        assert np.sqrt(spread[row]) == pytest.approx(other.bse[0], rel=1e-5)


def test_a_model_has_an_estimate_where_linear_programming_finds_one() -> None:
    # Fienberg & Rinaldo (2012), Annals of Statistics 40:996-1023: the sufficient counts must
    # lie within the cone of what can be expected; the largest smallest cell is then above zero.
    five = united_kingdom_five()
    models = hierarchical_models(5, 4)[5::140]
    parts, design = fittable(models, five.cells), term_design(5)
    fits = fit(five.cells, design, parts.included, parts.used)
    found = [has_estimate(five.cells, design, *row) for row in zip(parts.included, parts.used, strict=True)]
    usable = parts.is_identified & fits.has_estimate
    assert usable.tolist() == (parts.is_identified & np.array(found)).tolist()
    assert 0 < usable.sum() < len(models)


def has_estimate(cells: Floats, design: Floats, included: Flags, used: Flags) -> bool:
    """Whether the likelihood of a model has a maximum."""
    part = design[np.ix_(used, included)]
    size = len(part)
    equal = np.column_stack([part.T, np.zeros(part.shape[1])])
    least = np.column_stack([-np.eye(size), np.ones(size)])
    outcome = linprog(
        np.append(np.zeros(size), -1.0),
        A_ub=least,
        b_ub=np.zeros(size),
        A_eq=equal,
        b_eq=part.T @ cells[used],
        bounds=[(0, None)] * (size + 1),
    )
    return bool(-outcome.fun > 1e-7)


def test_lists_that_share_nothing_are_tied_at_minus_infinity() -> None:
    # A and B share no case: with their tie the two cells of both are empty for sure, and the rest is
    # that of C alone with each: 20 * 30 / 10 by C's ties left out, solved by hand below.
    lists = CaptureHistories.of_patterns("ABC", {"100": 40, "010": 30, "001": 60, "101": 20, "011": 15})
    model = as_flags([(0, 1, 2, 4, 0b011)], 3)
    parts, design = fittable(model, lists.cells), term_design(3)
    assert parts.used[0].tolist() == [False, True, True, False, True, True, True, False]
    fits = fit(lists.cells, design, parts.included, parts.used)
    # A and C are independent among those not on B, B and C among those not on A: the odds of C are
    # those of 20 + 15 to 40 + 30, and the unseen are 60 / that.
    assert float(np.exp(fits.parameters[0, 0])) == pytest.approx(60 * (40 + 30) / (20 + 15))


def test_an_average_of_one_model_is_its_profile_interval() -> None:
    found = log_linear(FISH)
    assert found.tried == 1
    assert found.models[0].weight == 1
    low, high = found.average.interval()
    assert (found.models[0].low, found.models[0].high) == (low, high)
    # close to a Wald interval on the logarithm: 781 * 254 / 167, variance 1/781 + 1/254 + 1/167
    centre, width = np.log(781 * 254 / 167), norm.ppf(0.975) * np.sqrt(1 / 781 + 1 / 254 + 1 / 167)
    assert low == pytest.approx(np.exp(centre - width), rel=0.03)
    assert high == pytest.approx(np.exp(centre + width), rel=0.03)


def test_weights_are_those_of_bic() -> None:
    found = log_linear(DARROCH)
    first, second = found.models[:2]
    assert first.weight / second.weight == pytest.approx(np.exp((second.bic - first.bic) / 2))
    assert sum(model.weight for model in found.models) == pytest.approx(1, abs=0.002)
    assert first.unrecorded != second.unrecorded
    assert found.average.interval()[1] > min(model.high for model in found.models)


def test_six_lists_are_searched_and_the_end_is_no_worse_than_its_neighbours() -> None:
    six = CaptureHistories.of_patterns(("LA", "NG", "PF", "GO", "GP", "NCA"), UNITED_KINGDOM)
    found = log_linear(six)
    assert found.is_searched
    best = found.models[0]
    chosen = {term for term in best.terms if term.bit_count() == 2}
    pairs = [1 << one | 1 << other for one, other in combinations(range(6), 2)]
    start = (0, 1, 2, 4, 8, 16, 32)
    near = as_flags([(*start, *(chosen ^ {pair})) for pair in pairs], 6)
    parts = fittable(near, six.cells)
    fits = fit(six.cells, term_design(6), parts.included, parts.used)
    bic = near.sum(axis=1) * np.log(six.recorded) - 2 * fits.log_likelihood
    assert best.bic <= bic[fits.has_estimate & parts.is_identified].min()


def test_ties_are_odds_ratios() -> None:
    # All pairs of three lists: the odds ratio of A and B among those not on C is that of the counts
    # with the unseen one: unseen * n11 / (n10 * n01).
    found = next(model for model in log_linear(DARROCH).models if len(model.terms) == 3)
    odds = {(one, other): ratio for one, other, ratio in found.ties}
    cells = DARROCH.cells
    assert odds[0, 1] == pytest.approx(found.unrecorded * cells[0b011] / (cells[0b001] * cells[0b010]))


def test_a_sum_is_drawn_from_its_parts() -> None:
    random = np.random.default_rng(3)
    part = log_normal(100.0, 25.0)
    low, high = of_sum([part] * 4, random).interval()
    assert low == pytest.approx(400 - 1.96 * 10, abs=2)
    assert high == pytest.approx(400 + 1.96 * 10, abs=2)
