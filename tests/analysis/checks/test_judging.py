"""The rules of verdicts, on ratios and figures that are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casus.analysis.checks.asking import Asserted, asserted_in
from casus.analysis.checks.judging import (
    change_words,
    judge_change,
    judge_count,
    judge_share,
    rounded,
    with_effort,
)
from casus.analysis.checks.records import Days, Recorded, Share, Verdict
from casus.analysis.rates import Method, RateComparison, Stretch

YEAR = Days(date(2020, 1, 1), date(2020, 12, 31))


def asserted(words: str) -> Asserted:
    return asserted_in(f"attacks {words} since 2020-02-01")


def compared(ratio: float | None, low: float | None, high: float | None) -> RateComparison:
    sides = Stretch(10, 100), Stretch(17, 100)
    return RateComparison("events", *sides, ratio, low, high, Method.POISSON, (), (), ())


@pytest.mark.parametrize(
    ("words", "interval", "verdict", "why"),
    [
        ("up 70 percent", (1.6, 1.2, 2.1), Verdict.SUPPORTED, "within that interval"),
        ("up 70 percent", (1.3, 0.9, 1.9), Verdict.WITHIN_UNCERTAINTY, "both 70 percent more and no change"),
        ("up 70 percent", (1.3, 1.1, 1.5), Verdict.CONTRADICTED, "a rise, but a smaller one"),
        ("up 70 percent", (2.6, 2.1, 3.2), Verdict.CONTRADICTED, "a rise, but a larger one"),
        ("up 70 percent", (1.0, 0.8, 1.2), Verdict.CONTRADICTED, "no rise of 70 percent more"),
        ("up 70 percent", (0.6, 0.4, 0.8), Verdict.CONTRADICTED, "the opposite"),
        ("up 70 percent", (1.5, 1.3, 1.66), Verdict.SUPPORTED, "within"),  # 70 stands for 65 to 75
        ("up 71 percent", (1.5, 1.3, 1.66), Verdict.CONTRADICTED, "smaller"),
        ("down 50 percent", (0.55, 0.4, 0.7), Verdict.SUPPORTED, "50 percent less"),
        ("down 50 percent", (0.9, 0.7, 1.1), Verdict.CONTRADICTED, "no fall"),
        ("up", (1.3, 1.1, 1.5), Verdict.SUPPORTED, "no size is asserted"),
        ("up", (1.3, 0.9, 1.5), Verdict.WITHIN_UNCERTAINTY, "can't tell a rise from no change"),
        ("down", (1.3, 1.1, 1.5), Verdict.CONTRADICTED, "the opposite of the asserted fall"),
        ("unchanged", (1.0, 0.9, 1.1), Verdict.SUPPORTED, "no change"),
        ("unchanged", (1.0, 0.6, 1.6), Verdict.WITHIN_UNCERTAINTY, "can't tell"),
        ("unchanged", (1.5, 1.2, 1.9), Verdict.CONTRADICTED, "it changed"),
    ],
)
def test_a_change_is_judged_by_its_interval(
    words: str, interval: tuple[float, float, float], verdict: Verdict, why: str
) -> None:
    judged = judge_change(asserted(words), compared(*interval))
    assert judged.verdict is verdict
    assert why in judged.why


def test_a_bound_on_one_side_is_enough_or_not() -> None:
    none_before = compared(None, 2.0, None)
    assert judge_change(asserted("up"), none_before).verdict is Verdict.SUPPORTED
    assert judge_change(asserted("up 70 percent"), none_before).verdict is Verdict.CONTRADICTED
    assert "where there was none" in change_words(none_before)
    none_after = compared(0.0, None, 0.4)
    assert judge_change(asserted("down 80 percent"), none_after).verdict is Verdict.SUPPORTED
    assert judge_change(asserted("up"), none_after).verdict is Verdict.CONTRADICTED
    assert change_words(none_after) == "100 percent fewer (at most 60 percent fewer)"


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("up 70 percent", 1.65, 1.75), ("up 73 percent", 1.725, 1.735), ("down 40 percent", 0.56, 0.64)],
)
def test_round_figures_stand_for_what_rounds_to_them(words: str, low: float, high: float) -> None:
    assert rounded(asserted(words)) == pytest.approx(
        (low, high) if words != "down 40 percent" else (0.56, 0.64)
    )


@pytest.mark.parametrize(
    ("told", "held", "is_covered", "verdict"),
    [
        ("500", (480, 500, 530), True, Verdict.SUPPORTED),
        ("545", (480, 500, 530), True, Verdict.WITHIN_UNCERTAINTY),
        ("300", (480, 500, 530), True, Verdict.CONTRADICTED),
        ("300", (480, 500, 530), False, Verdict.CONTRADICTED),  # more are recorded already
        ("900", (480, 500, 530), False, Verdict.NOT_CHECKABLE),
        ("more than 300", (480, 500, 530), True, Verdict.SUPPORTED),
        ("at least 300", (480, 500, 530), False, Verdict.SUPPORTED),
    ],
)
def test_a_count_is_held_against_a_lower_bound(
    told: str, held: tuple[int, int, int], is_covered: bool, verdict: Verdict
) -> None:
    said = asserted_in(f"{told} people killed since 2020")
    judged = judge_count(said, Recorded(YEAR, *held, 90, 2), is_covered=is_covered)
    assert judged.verdict is verdict


def test_a_share_is_judged_by_its_interval() -> None:
    said = asserted_in("60 percent of killings since 2020")
    assert judge_share(said, Share(YEAR, 30, 50, 60.0, 46.0, 72.0)).verdict is Verdict.SUPPORTED
    assert judge_share(said, Share(YEAR, 10, 50, 20.0, 11.0, 33.0)).verdict is Verdict.CONTRADICTED


def test_a_verdict_is_withdrawn_where_reporting_explains_it() -> None:
    said = asserted("up 70 percent")
    judged = judge_change(said, compared(1.6, 1.2, 2.1))
    more_reports = compared(1.5, 1.2, 1.9)
    to_a_report = compared(1.05, 0.8, 1.4)
    assert with_effort(said, judged, more_reports, to_a_report).verdict is Verdict.WITHIN_UNCERTAINTY
    as_many = replace(more_reports, ratio=1.0, low=0.9, high=1.1)
    assert with_effort(said, judged, as_many, to_a_report) == judged
    assert with_effort(said, judged, more_reports, compared(1.7, 1.3, 2.2)) == judged
    assert with_effort(said, judged, None, None) == judged
