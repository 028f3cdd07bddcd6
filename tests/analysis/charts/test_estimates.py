"""Charts of estimates: what is drawn of them, and what is told below."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.estimates.published import DIABETES, KOSOVO
from casus.analysis.charts.estimates import estimate_chart, strata_chart
from casus.analysis.estimates import CaptureHistories, Stratum, estimate, estimate_strata

SOURCE = "Source: lists."


def test_each_method_has_its_total_and_what_is_recorded_begins_at_zero() -> None:
    result = estimate(KOSOVO)
    chart = estimate_chart(result, words="killings", source=SOURCE)
    assert len(chart.rows) == len(result.estimates)
    assert chart.rows[2] == ("log-linear, best model by BIC", 4400, 10_357, 8994, 12_110)
    assert "best model by BIC: 10,357 (8,994 to 12,110)" in chart.svg()
    across = chart.drawing["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert across[0] == 0
    assert across[1] > max(one.total_high for one in result.estimates)
    assert chart.caption[-1] == SOURCE
    assert any(line.startswith("Models that fit about as well") for line in chart.caption)


def test_an_interval_without_end_is_cut_off_with_an_arrow() -> None:
    few = CaptureHistories.of_patterns(("A", "B", "C"), {"100": 30, "010": 25, "001": 20, "110": 2, "101": 3})
    result = estimate(few, "loglinear")
    high = max(one.total_high for one in result.estimates)
    chart = estimate_chart(result, words="cases", source=SOURCE)
    across = chart.drawing["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert high > across[1] == 12 * few.recorded
    assert chart.rows[-1][-1] == round(result.main.total_high)  # the table tells the whole


def test_strata_are_rows_and_the_refused_are_named() -> None:
    few = replace(DIABETES, counts=(1.0,) * 15)
    found = estimate_strata([Stratum("air_strike", DIABETES), Stratum("protest", few)], "event_type", "bayes")
    chart = strata_chart(found, words="all events", source=SOURCE)
    assert [row[0] for row in chart.rows] == ["air strike"]
    assert chart.rows[0][1] == pytest.approx(2069)
    assert "Without an estimate: protest." in chart.caption
