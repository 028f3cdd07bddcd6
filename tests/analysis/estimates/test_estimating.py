"""When there is no estimate, what is told with one, and strata and their sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.estimates.published import DARROCH, DIABETES, FISH, KOSOVO
from casus.analysis.estimates import (
    CaptureHistories,
    CautionKind,
    Method,
    Stratum,
    Unit,
    estimate,
    estimate_strata,
)
from casus.errors import NotAnswerable

THREE = tuple("ABC")


def kinds(histories: CaptureHistories) -> set[CautionKind]:
    """The kinds of cautions that come with an estimate."""
    return {caution.kind for caution in estimate(histories).cautions}


@pytest.mark.parametrize(
    ("names", "counts", "words"),
    [
        (("A",), {"1": 50}, "two lists or more"),
        (tuple("ABCDEFGHIJK"), {"1" * 11: 50}, "11 lists are too many"),
        (THREE, {"100": 30, "110": 9}, "nothing is on C: leave it out"),
        (
            THREE,
            {"100": 9, "010": 5, "001": 4, "110": 1},
            "19 cases are on the lists, and an estimate needs 20",
        ),
        (THREE, {"100": 30, "010": 20, "001": 9}, "no case is on two lists"),
        (THREE, {"100": 30, "010": 20, "001": 9, "110": 4}, "only 4 cases are on two lists or more"),
    ],
)
def test_lists_that_allow_no_estimate_are_refused_with_the_reason(
    names: tuple[str, ...], counts: dict[str, float], words: str
) -> None:
    with pytest.raises(NotAnswerable, match=words):
        estimate(CaptureHistories.of_patterns(names, counts))


def test_two_lists_are_never_without_a_warning() -> None:
    result = estimate(FISH)
    assert [one.method for one in result.estimates] == [Method.CHAPMAN, Method.LOGLINEAR, Method.GRAPHS]
    assert result.cautions[0].kind is CautionKind.TWO_LISTS


def test_small_overlaps_and_lists_that_avoid_each_other_are_told() -> None:
    lists = CaptureHistories.of_patterns(THREE, {"100": 40, "010": 30, "001": 60, "101": 4, "011": 3})
    assert {CautionKind.SHARED_NOTHING, CautionKind.SMALL_OVERLAP, CautionKind.SPARSE} <= kinds(lists)


def test_a_list_within_another_is_told_and_tells_nothing() -> None:
    result = estimate(CaptureHistories.of_patterns(("A", "B"), {"10": 30, "11": 20}))
    words = [one.words for one in result.cautions if one.kind is CautionKind.WITHIN]
    assert words == [
        "all cases on B are on A too: a list within another tells nothing of what that one misses"
    ]
    assert result.of(Method.LOGLINEAR) is None
    assert result.not_made == (
        (
            "log-linear, average of models",
            "no log-linear model has an estimate: too many of the patterns that it takes hold no case",
        ),
    )


def test_lists_that_copy_or_avoid_each_other_are_named() -> None:
    words = [one.words for one in estimate(DARROCH).cautions if one.kind is CautionKind.DEPENDENT]
    assert any(text.startswith("A and B (odds ratio 21)") and "record the same" in text for text in words)
    apart = CaptureHistories.of_patterns(
        THREE, {"100": 400, "010": 350, "001": 200, "110": 8, "101": 100, "011": 90, "111": 2}
    )
    words = [one.words for one in estimate(apart).cautions if one.kind is CautionKind.DEPENDENT]
    assert any(text.startswith("A and B") and "share far fewer" in text for text in words)


def test_cases_that_differ_push_the_lower_bound_above_the_estimate() -> None:
    # Half of the cases are ten times as likely to be on each list as the other half, of which most are on
    # none; the models know of no such thing.
    chances = np.array([[0.6, 0.5, 0.4, 0.3], [0.06, 0.05, 0.04, 0.03]])
    cells = np.zeros(16)
    for pattern in range(16):
        on = np.array([pattern >> at & 1 for at in range(4)])
        cells[pattern] = (3000 * np.prod(np.where(on, chances, 1 - chances), axis=1)).sum()
    lists = CaptureHistories(tuple("ABCD"), tuple(np.round(cells[1:]).tolist()))
    result = estimate(lists)
    assert result.main.unrecorded < 0.5 * cells[0]
    assert CautionKind.UNEQUAL_CASES in {one.kind for one in result.cautions}


def test_more_known_from_elsewhere_than_estimated_is_told() -> None:
    main = estimate(DIABETES).main
    assert CautionKind.KNOWN_BESIDES not in kinds(replace(DIABETES, known_besides=main.low))
    assert CautionKind.KNOWN_BESIDES in kinds(replace(DIABETES, known_besides=main.high + 1))


def test_deaths_count_as_fewer_cases_than_they_are() -> None:
    random = np.random.default_rng(5)
    is_on = random.random((600, 3)) < 0.4
    sizes = random.integers(1, 9, 600).astype(float)
    deaths = CaptureHistories.of_rows(THREE, is_on, sizes, Unit.DEATHS)
    used = sizes[is_on.any(axis=1)]
    assert deaths.clumping == pytest.approx((used**2).sum() / used.sum())
    whole, clumped = estimate(replace(deaths, clumping=1.0)), estimate(deaths)
    assert clumped.main.recorded == used.sum()
    bounds = [one.of(Method.LOWER_BOUND) for one in (whole, clumped)]
    assert bounds[0] is not None
    assert bounds[1] is not None
    assert bounds[1].unrecorded == pytest.approx(bounds[0].unrecorded)
    wider = (bounds[1].high - bounds[1].low) / (bounds[0].high - bounds[0].low)
    assert wider == pytest.approx(np.sqrt(deaths.clumping), rel=0.1)
    assert CautionKind.DEATHS in {one.kind for one in clumped.cautions}


def test_methods_can_be_chosen() -> None:
    assert {one.method for one in estimate(KOSOVO, "chao").estimates} == {Method.CHAO, Method.LOWER_BOUND}
    assert {one.method for one in estimate(KOSOVO, "bayes").estimates} == {Method.GRAPHS}
    assert estimate(KOSOVO, "bayes").main.method is Method.GRAPHS
    assert len(estimate(KOSOVO).estimates) == 5


def test_a_result_has_frames() -> None:
    result = estimate(KOSOVO)
    frame = result.frame()
    assert list(frame["method"]) == [str(one.method) for one in result.estimates]
    assert (frame["total"] == frame["recorded"] + frame["unrecorded"]).all()
    assert (frame["unrecorded_low"] < frame["unrecorded"]).all()
    assert (frame["unrecorded"] < frame["unrecorded_high"]).all()
    models = result.models_frame()
    assert set(models["method"]) == {"loglinear", "graphs"}
    assert models.loc[models["method"] == "graphs", "bic"].isna().all()


def test_strata_are_estimated_each_and_summed() -> None:
    strata = [
        Stratum("north", DIABETES),
        Stratum("south", DIABETES),
        Stratum("west", CaptureHistories.of_patterns(tuple("ABCD"), {"1000": 9, "1111": 2})),
    ]
    found = estimate_strata(strata, "province", seed=4)
    assert [one.name for one in found.strata] == ["north", "south"]
    assert [(one.name, one.recorded) for one in found.refused] == [("west", 11)]
    assert "11 cases" in found.refused[0].reason
    single = found.strata[0].main
    total = next(one for one in found.totals if one.method is single.method)
    assert total.unrecorded == pytest.approx(2 * single.unrecorded)
    # two alike: the width of the sum's interval grows by the root of two, not by two
    assert (total.high - total.low) / (single.high - single.low) == pytest.approx(np.sqrt(2), rel=0.06)
    again = estimate_strata(strata, "province", seed=4).totals
    assert [one.low for one in again] == [one.low for one in found.totals]
    assert set(found.frame()["stratum"]) == {"north", "south", "total"}


def test_an_empty_list_is_left_out_of_a_stratum() -> None:
    lists = CaptureHistories.of_patterns(THREE, {"100": 60, "010": 40, "110": 20})
    result = estimate_strata([Stratum("here", lists)], "place").strata[0]
    assert result.histories.names == ("A", "B")
    assert any(one.kind is CautionKind.LEFT_OUT and "nothing is on C" in one.words for one in result.cautions)


def test_where_every_stratum_is_refused_there_is_no_answer() -> None:
    few = CaptureHistories.of_patterns(("A", "B"), {"10": 3, "11": 1})
    with pytest.raises(NotAnswerable, match="no stratum allows an estimate"):
        estimate_strata([Stratum("here", few)], "place")
