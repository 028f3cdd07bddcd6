"""What is estimated from published lists is what was published."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from analysis.estimates.published import (
    DARROCH,
    DEATHS,
    DIABETES,
    FISH,
    FOUR_SPARSE,
    KOSOVO,
    MADIGAN_YORK,
    UNITED_KINGDOM,
    united_kingdom_five,
)
from casus.analysis.estimates import CaptureHistories, CautionKind, Method, estimate
from casus.analysis.estimates.bayes import graphs_posterior
from casus.analysis.estimates.bounds import chao, chapman, lower_bound
from casus.analysis.estimates.fitting import fit, spread_of_constant, term_design
from casus.analysis.estimates.hierarchy import as_flags, fittable
from casus.analysis.estimates.loglinear import log_linear
from casus.analysis.estimates.profiles import averaged, profiles

INDEPENDENT = {3: (0, 1, 2, 4), 4: (0, 1, 2, 4, 8), 5: (0, 1, 2, 4, 8, 16)}


def fitted(histories: CaptureHistories, *pairs: str) -> tuple[float, float, float, tuple[float, float]]:
    """Total, standard error, deviance and profile interval of a model with some pairs, as "AC"."""
    letters = "ABCDE"
    terms = [1 << letters.index(one) | 1 << letters.index(other) for one, other in pairs]
    models = as_flags([(*INDEPENDENT[histories.lists], *terms)], histories.lists)
    parts, design = fittable(models, histories.cells), term_design(histories.lists)
    fits = fit(histories.cells, design, parts.included, parts.used)
    constant, variance = fits.parameters[:, 0], spread_of_constant(fits, design, parts.included)
    unseen = float(np.exp(constant[0]))
    seen = histories.cells[1:]
    ratio = np.log(np.where(seen > 0, seen, 1) / fits.expected[0, 1:])
    deviance = float(2 * (seen * ratio - seen + fits.expected[0, 1:]).sum())
    found = profiles(
        histories.cells, design, parts.included, parts.used, best=constant, errors=np.sqrt(variance)
    )
    low, high = averaged(found, np.ones(1)).interval()
    total = histories.recorded
    return (
        total + unseen,
        sqrt(unseen + unseen**2 * float(variance[0])),
        deviance,
        (total + low, total + high),
    )


def test_the_best_model_of_kosovo_gives_the_total_of_ball_and_others() -> None:
    # 10,356 killings, 95 percent interval 9,002 to 12,122, of which 4,400 were recorded (Ball and others
    # 2002); their interval is not a profile likelihood's, hence the tolerance.
    result = estimate(KOSOVO)
    best = result.of(Method.LOGLINEAR_BEST)
    assert best is not None
    assert best.recorded == 4400
    assert int(best.total) == 10_356
    assert best.total_low == pytest.approx(9002, rel=0.002)
    assert best.total_high == pytest.approx(12_122, rel=0.002)


def test_kosovo_has_rivals_that_are_told_of() -> None:
    kinds = {caution.kind for caution in estimate(KOSOVO).cautions}
    assert {CautionKind.MODELS_DISAGREE, CautionKind.WIDE} <= kinds


def test_a_model_of_the_five_british_lists_gives_the_published_estimate() -> None:
    # 11,313: Bales, Hesketh & Silverman (2015), Significance 12(3):16-21.  Which terms their model
    # has we did not find told: that this one gives the same total shows the fit, not that it is theirs.
    five = united_kingdom_five()
    assert five.recorded == sum(UNITED_KINGDOM.values()) == 2744
    total, *_ = fitted(five, "AB", "AC", "BD", "BE", "CE", "DE")
    assert round(total) == 11_313


@pytest.mark.parametrize(
    ("histories", "pairs", "total", "error", "deviance"),
    [
        # Bruno and others (1994), and Rivest (2011), from the tests of Rcapture
        (DIABETES, "AB AC BC BD CD", 2771, 145, 7.62),
        (DIABETES, "AC BD CD", 2472, 53, 21.97),
        (DARROCH, "AB AC BC", 1240, 451, 0.0),
        (DARROCH, "AB BC", 850, 186, 3.8),
        # Cormack, Chang & Smith (2000), Table 3a
        (FOUR_SPARSE, "", 215, None, 87.1),
        (FOUR_SPARSE, "CD", 215, None, None),
        (FOUR_SPARSE, "AB AC CD", 218, None, 2.6),
    ],
)
def test_a_model_gives_its_published_total(
    histories: CaptureHistories, pairs: str, total: int, error: int | None, deviance: float | None
) -> None:
    found = fitted(histories, *pairs.split())
    assert round(found[0]) == total
    if error is not None:
        assert round(found[1]) == error
    if deviance is not None:
        assert found[2] == pytest.approx(deviance, abs=0.051)


@pytest.mark.parametrize(
    ("pairs", "deviance", "low", "high"),
    [("", 75.1, 203, 217), ("BC", 1.2, 210, None), ("AC BC", None, 204, None)],
)
def test_a_profile_interval_is_the_published_one(
    pairs: str, deviance: float | None, low: int, high: int | None
) -> None:
    # Cormack, Chang & Smith (2000), Table 3b, as far as Rcapture gives the same
    found = fitted(DEATHS, *pairs.split())
    if deviance is not None:
        assert found[2] == pytest.approx(deviance, abs=0.051)
    assert round(found[3][0]) == low
    if high is not None:
        assert round(found[3][1]) == high


def test_two_lists_are_estimated_as_in_seber() -> None:
    # Rcapture: 2389.9 (130.4) for the Lincoln-Petersen estimate, 2382.8 (129.1) with bias correction
    plain, corrected = lower_bound(FISH), chapman(FISH)
    assert FISH.recorded + plain.unrecorded == pytest.approx(2389.9, abs=0.05)
    assert plain.error == pytest.approx(130.4, abs=0.05)
    assert FISH.recorded + corrected.unrecorded == pytest.approx(2382.8, abs=0.05)
    assert corrected.error == pytest.approx(129.1, abs=0.05)


def test_chaos_bound_is_that_of_snowshoe_hares() -> None:
    # 25, 22, 13, 5, 1 and 2 hares caught once to six times: Cormack (1989); Rcapture gives 79.8 (6.4).
    patterns = ("100000", "110000", "111000", "111100", "111110", "111111")
    hares = CaptureHistories.of_patterns(
        tuple("ABCDEF"), dict(zip(patterns, (25, 22, 13, 5, 1, 2), strict=True))
    )
    found = chao(hares)
    assert hares.recorded + found.unrecorded == pytest.approx(79.8, abs=0.05)
    assert found.error == pytest.approx(6.4, abs=0.05)


@pytest.mark.parametrize(
    ("histories", "tied", "total", "error"),
    [(DIABETES, (0b0101, 0b1010, 0b1100), 2588, 75), (DARROCH, (0b011,), 681, 78)],
)
def test_the_lower_bound_with_ties_is_that_of_rivest(
    histories: CaptureHistories, tied: tuple[int, ...], total: int, error: int
) -> None:
    # Rivest (2011), Statistics in Medicine 30:3119-3134 and the tests of Rcapture
    found = lower_bound(histories, tied)
    assert round(histories.recorded + found.unrecorded) == total
    assert round(found.error) == error


@pytest.mark.parametrize(
    ("words", "weight", "totals"),
    [
        ("A-B, A-C, B-D, D-E", 0.21707345, (716, 713, 687, 752)),
        ("A-B, A-C, D-E", 0.16029369, (704, 703, 680, 734)),
        ("A-B, A-C, A-D, B-D, D-E", 0.08226562, (702, 699, 675, 737)),
        ("A-B, A-C, A-D, D-E", 0.06535887, (699, 697, 674, 729)),
        ("A-B, A-C, C-D, D-E", 0.05193514, (705, 703, 680, 736)),
    ],
)
def test_graphs_have_the_published_posterior(
    words: str, weight: float, totals: tuple[int, int, int, int]
) -> None:
    # The table in the README of dgaFast (Binette), prior count 0.5 and 1 to 300 unrecorded: estimate,
    # mode and limits.  Its totals are 626 (the cases of another example) more than the unrecorded, not
    # the 537 of this one.
    found = graphs_posterior(MADIGAN_YORK.cells, prior_count=0.5, unrecorded=np.arange(1.0, 301.0))
    row = [graph.words("ABCDE") for graph in found.graphs].index(words)
    assert found.of_graphs()[row] == pytest.approx(weight, abs=1e-8)
    chances = found.joint[row] / found.joint[row].sum()
    shifted, below = found.unrecorded + 626, chances.cumsum()
    # Madigan & York's estimator is that of a loss relative to the total
    estimator = round((chances / shifted).sum() / (chances / shifted**2).sum())
    mode, *limits = (shifted[at] for at in (chances.argmax(), *np.searchsorted(below, (0.025, 0.975))))
    assert (estimator, mode, *limits) == totals


def test_the_most_probable_graph_is_found_among_five_lists() -> None:
    found = graphs_posterior(MADIGAN_YORK.cells, prior_count=0.5, unrecorded=np.arange(1.0, 301.0))
    assert found.graphs[int(found.of_graphs().argmax())].words("ABCDE") == "A-B, A-C, B-D, D-E"


def test_models_without_an_estimate_are_left_out() -> None:
    # Cormack, Chang & Smith (2000): with all pairs the estimate runs away; Rcapture gives over a million
    found = log_linear(FOUR_SPARSE)
    assert found.without_estimate > 0
    assert max(model.unrecorded for model in found.models) < 1000
    assert CautionKind.SPARSE in {caution.kind for caution in estimate(FOUR_SPARSE).cautions}
