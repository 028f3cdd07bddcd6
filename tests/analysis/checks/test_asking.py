"""Statistics that are typed."""

from __future__ import annotations

from datetime import date

import pytest

from casus.analysis.checks.asking import Kind, asserted_in
from casus.errors import NotAnswerable
from casus.model import Change

FEBRUARY = (date(2020, 2, 1), date(2020, 2, 29))


@pytest.mark.parametrize(
    ("text", "kind", "change", "figure", "measure"),
    [
        ("up 70 percent since 2020-02", Kind.CHANGE, Change.UP, 1.7, ""),
        ("attacks have surged by 70 % since 2020-02", Kind.CHANGE, Change.UP, 1.7, "attacks"),
        ("bombings fell by 25 per cent since 2020-02", Kind.CHANGE, Change.DOWN, 0.75, "bombings"),
        ("attacks doubled since 2020-02", Kind.CHANGE, Change.UP, 2.0, "attacks"),
        ("3 times as many attacks since 2020-02", Kind.CHANGE, Change.UP, 3.0, "attacks"),
        ("riots down since 2020-02", Kind.CHANGE, Change.DOWN, None, "riots"),
        ("riots unchanged since 2020-02", Kind.CHANGE, Change.LEVEL, 1.0, "riots"),
        ("more than 1,300 people killed since 2020-02", Kind.COUNT, None, 1300, "people killed"),
        ("60 percent of killings since 2020-02", Kind.SHARE, None, None, "killings"),
    ],
)
def test_what_is_typed_is_understood(
    text: str, kind: Kind, change: Change | None, figure: float | None, measure: str
) -> None:
    asserted = asserted_in(text)
    assert asserted.kind is kind
    assert asserted.change is change
    assert (asserted.count if kind is Kind.COUNT else asserted.ratio) == pytest.approx(figure)
    assert asserted.measure == measure
    assert asserted.since == FEBRUARY


def test_the_end_is_told_or_given() -> None:
    assert asserted_in("attacks up since 2020-02-01 until 2020-06-30").until == date(2020, 6, 30)
    assert asserted_in("attacks up since 2020-02-01", date(2020, 5, 1)).until == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("attacks", "neither how many nor which way"),
        ("attacks up 70 percent", "since when"),
        ("attacks up since 2020-13", "no day, month or year"),
        ("attacks down 120 percent since 2020", "more than 100"),
        ("attacks up since 2020-05 until 2020-02", "ends before it begins"),
    ],
)
def test_what_is_no_statistic_is_said(text: str, why: str) -> None:
    with pytest.raises(NotAnswerable, match=why):
        asserted_in(text)
