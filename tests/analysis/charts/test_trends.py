"""Charts of trends and of before and after: what is drawn is what was counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import altair as alt
import numpy as np
import pytest

from analysis.conftest import MakeBook
from casebook.telling import Account, Story
from casus.analysis.before_after import Turn
from casus.analysis.charts import theme
from casus.analysis.charts.comparisons import Compared, comparison_chart, rows_of
from casus.analysis.charts.trends import trend_chart
from casus.analysis.rates import compare_days
from casus.analysis.selecting import Selection, select
from casus.analysis.trend_by import TrendBy
from casus.analysis.trend_results import Trend
from casus.analysis.trends import trend
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import TimeUnit

FIRST = date(2020, 1, 1)
DRAWN = np.random.default_rng(20)
OTHER = "Masked men set a granary alight at dusk"


def stories() -> Iterator[Story]:
    """An event in January, two in March, one in April; of one in March and of April's no number is told."""
    told = ((4, "Rakha", 9), (64, "Dirbat", 4), (80, "Tolo", None), (100, "Mabar", None))
    for number, (day, place, killed) in enumerate(told):
        when = FIRST + timedelta(days=day)
        yield Story(f"Post {number}", when + timedelta(days=1), (Account(when, place, killed),))
    yield Story(
        "Late", FIRST + timedelta(days=7), (Account(FIRST + timedelta(days=4), "Rakha", 12, told=OTHER),)
    )


@pytest.fixture
def book(book_of: MakeBook) -> Casebook:
    return book_of(*stories())


def monthly(book: Casebook, **more: Any) -> Trend:
    wanted = select(book, since=FIRST, until=date(2020, 4, 11))
    return trend(book, wanted, unit=TimeUnit.MONTH, **more)


def rows(specification: Any, key: str) -> list[list[dict[str, Any]]]:
    """The data of a chart whose rows have a key, in the order of drawing."""
    found: list[list[dict[str, Any]]] = []
    if isinstance(specification, dict):
        values = specification.get("values")
        if isinstance(values, list) and values and isinstance(values[0], dict) and key in values[0]:
            found.append(values)
        for one in specification.values():
            found += rows(one, key)
    elif isinstance(specification, list):
        for one in specification:
            found += rows(one, key)
    return found


def test_bars_are_the_counts_and_an_unknown_toll_is_no_bar(book: Casebook) -> None:
    chart = trend_chart(monthly(book))
    drawn = [one for one in rows(chart.specification, "opacity") if len(one) == 4]
    events, killed, reports = ([row["value"] for row in one] for one in drawn)
    assert events == [1, 0, 2, 1]
    assert killed == [9, 0, 4, None]  # nothing is known of April's, and none happened in February
    assert reports == [2, 0, 2, 1]
    assert [row["opacity"] for row in drawn[0]] == [0.35, 1, 1, 0.35]  # it begins and ends within a month
    svg = chart.svg(is_bare=True)
    bars = [float(one) for one in re.findall(r'v([\d.]+)h-[\d.]+Z" fill="#0072b2"', svg) if float(one)]
    assert bars[1] / bars[0] == pytest.approx(2)


def test_whiskers_go_from_the_lowest_to_the_highest_figure(book: Casebook) -> None:
    _, whiskers = rows(trend_chart(monthly(book)).specification, "low")
    (whisker,) = whiskers
    assert (whisker["low"], whisker["high"], whisker["start"]) == (9, 12, "2020-01-05")


def test_words_and_figures_of_a_trend_say_the_same(book: Casebook) -> None:
    chart = trend_chart(monthly(book))
    assert chart.rows[0] == ("2020-01-05 to 2020-01-31 (in part)", 1, "9, up to 12", 0, 2, 2)
    assert chart.rows[3][0] == "2020-04-01 to 2020-04-11 (in part)"
    assert chart.rows[3][2] is None
    assert chart.alternative.startswith("Bars of 4 events, 13, up to 16 killed, by the month from 2020-01-05")
    assert "2 of 4 events give no number, which is not zero" in " ".join(chart.caption)
    alt.Chart.from_dict(chart.specification)  # raises where it is no Vega-Lite


def test_a_day_is_a_dashed_line_and_groups_have_rows_of_one_scale(book: Casebook) -> None:
    chart = trend_chart(monthly(book, by=TrendBy.COUNTRY, around=Turn.on(date(2020, 2, 15))))
    text = json.dumps(chart.specification)
    assert '"day": "2020-02-15"' in text
    assert "Dashed line: the day (2020-02-15)." in chart.caption
    assert text.count('"domain": [0, 1]') == 2  # of Yemen and of Somalia
    assert [row["value"] for row in rows(chart.specification, "opacity")[0]] == [1, 0, 1, 1]


def test_the_intervals_of_a_comparison_are_drawn_where_they_are() -> None:
    compared = compare_days(DRAWN.poisson(0.5, 90), DRAWN.poisson(1.0, 90))
    chart = comparison_chart(
        [Compared("events", compared)], before="x", after="y", events_in_words="all events", revision=1
    )
    ((row,), *_) = rows(chart.specification, "ends_low")
    assert compared.ratio is not None
    assert compared.low is not None
    assert compared.high is not None
    assert 1 < compared.low < compared.ratio < compared.high
    assert (row["ratio"], row["low"], row["high"]) == (compared.ratio, compared.low, compared.high)
    assert row["ends_low"]
    assert row["ends_high"]
    assert chart.rows[0][1:4] == tuple(round(one, 3) for one in (compared.ratio, compared.low, compared.high))
    svg = chart.svg(is_bare=True)
    assert f'stroke="{theme.BLUE}"' in svg


def test_what_was_not_before_has_no_mark_but_a_bound_with_an_arrow() -> None:
    compared = compare_days(np.zeros(90, dtype=np.int64), DRAWN.poisson(1.0, 90))
    chart = comparison_chart(
        [Compared("events", compared)], before="x", after="y", events_in_words="all events", revision=1
    )
    ((row,), *_) = rows(chart.specification, "ends_low")
    assert row["ratio"] is None
    assert not row["ends_high"]
    assert "none before, so no ratio" in chart.alternative


def test_what_is_compared_has_rows_for_events_deaths_and_reporting(book: Casebook) -> None:
    found = trend(book, Selection(), around=Turn.on(date(2020, 2, 15)), unit=TimeUnit.MONTH)
    assert found.around is not None
    told = {one.says: one.is_effort for one in rows_of(found.around)}
    assert told["events"] is False
    assert told["killed, best figures"] is False
    assert told["all reports"] is True
