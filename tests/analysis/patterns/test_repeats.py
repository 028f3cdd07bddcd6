"""Near repeats in a casebook: what is compared, what is left out, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from analysis.patterns.conftest import MakeFilled, Told
from casebook.telling import Account
from casus.analysis.patterns.counting import LeftOut
from casus.analysis.patterns.repeats import near_repeats
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, NewDecision
from casus.errors import NotAnswerable
from casus.model import Place

FIRST = date(2020, 1, 1)


def village(number: int, name: str | None = None, precision: int = 1) -> Place:
    """One of villages in a row from south to north, some 2.2 km from each other."""
    return Place(
        name or f"Oru {number}", "YE", "Hajjah", None, 500 + number, 15 + 0.02 * number, 43.5, precision, 1.0
    )


def raid(day: int, number: int, **changes: object) -> Told:
    return Account(day=FIRST + timedelta(day)), village(number, **changes)  # type: ignore[arg-type]


SPREAD = [raid(37 * at % 211, 5 * at % 23) for at in range(24)]


@pytest.fixture(scope="module")
def book(filled: MakeFilled) -> Casebook:
    """Events with days and villages, one of a month, one of a unit, one without a place."""
    vague = Account(day=FIRST)
    return filled(
        [
            *SPREAD,
            (vague, replace(village(3), precision_code=4)),
            (vague, Place(None, None)),
            (replace(vague, day=None), village(4)),
        ]
    )


def test_pairs_are_those_of_the_events_told_one_by_one(book: Casebook) -> None:
    found = near_repeats(book, distances_km=(0, 5, 40), days=(0, 10, 40), draws=99)
    assert (found.events, found.known) == (24, 24)
    expected = np.zeros((3, 3), dtype=np.int64)
    told = [(37 * at % 211, 5 * at % 23) for at in range(24)]
    for at, (day, number) in enumerate(told):
        for later, other in told[:at]:
            apart, lag = abs(number - other) * 0.02 * 111.195, abs(day - later)
            if apart <= 40 and lag <= 40:
                expected[np.searchsorted((0, 5, 40), apart), np.searchsorted((0, 10, 40), lag)] += 1
    assert [one.observed for one in found.cells] == expected.reshape(-1).tolist()
    assert expected.sum() > 20
    first = found.cells[4]
    assert (first.from_km, first.to_km, first.from_days, first.to_days) == (0.0, 5.0, 1, 10)
    assert first.ratio == pytest.approx(first.observed / first.expected)
    assert found.left_out == (
        LeftOut("not known to the day", 1),
        LeftOut("without coordinates", 1),
        LeftOut("not known to the place (precision 2 or better)", 1),
    )


def test_the_order_in_which_events_came_changes_nothing(filled: MakeFilled) -> None:
    one, other = (near_repeats(filled(told), draws=99) for told in (SPREAD, SPREAD[::-1]))
    assert one.cells == other.cells
    assert one.p_any == other.p_any
    assert near_repeats(filled(SPREAD), draws=99, seed=1).cells != one.cells


def test_pairs_of_one_place_and_day_may_be_one_event_told_twice(filled: MakeFilled) -> None:
    found = near_repeats(filled([*SPREAD, raid(0, 0), raid(0, 0)]), draws=99)
    assert found.doubles == 3
    assert found.cells[0].observed == 3
    assert any(one.startswith("3 pairs are of one place and one day") for one in found.notices)


def test_too_many_pairs_are_those_of_a_sample(book: Casebook) -> None:
    found = near_repeats(book, most_pairs=200, draws=99)
    assert 20 <= found.events < found.known == 24
    assert found.notices[0].startswith("There are too many near pairs to permute")
    assert found == near_repeats(book, most_pairs=200, draws=99)


def test_a_place_that_is_withheld_is_left_out(filled: MakeFilled) -> None:
    book = filled([*SPREAD, (Account(day=FIRST), village(30, "House of Amal Duur"))])
    [hidden] = [event.id for event in book.events() if event.where.name == "House of Amal Duur"]
    book.decide(hidden, NewDecision(kind=DecisionKind.WITHHOLD, by="ada", reason="asked", value="Amal Duur"))
    found = near_repeats(book, draws=99)
    assert found.left_out == (LeftOut("of which the name of the place is withheld", 1),)
    assert found.events == 24


def test_the_figures_as_a_frame(book: Casebook) -> None:
    frame = near_repeats(book, draws=99).frame()
    assert list(frame.columns) == [
        "from_km", "to_km", "from_days", "to_days", "observed", "expected", "ratio", "p",
    ]  # fmt: skip
    assert len(frame) == 25


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"distances_km": (0, 5, 5)}, "bands of kilometres must rise"),
        ({"distances_km": ()}, "bands of kilometres must rise"),
        ({"days": (7, 3)}, "bands of days must rise"),
        ({"days": (0,)}, "bands of days must rise"),
        ({"coarsest": 4}, "need points"),
        ({"draws": 5}, "99 permutations or more"),
        ({"distances_km": (1e-3,)}, "no two of all events are within 0.001 km"),
    ],
)
def test_what_is_asked_wrongly_is_said(filled: MakeFilled, asked: dict[str, object], why: str) -> None:
    book = filled([raid(at * 5, at) for at in range(22)])
    with pytest.raises(NotAnswerable, match=why):
        near_repeats(book, **asked)  # type: ignore[arg-type]


def test_too_little_to_compare_is_said(filled: MakeFilled) -> None:
    few = filled(SPREAD[:5])
    with pytest.raises(NotAnswerable, match=r"20 events or more .* of all events there are 5"):
        near_repeats(few)
    with pytest.raises(NotAnswerable, match="has none of all events in Somalia"):
        near_repeats(few, select(few, country="SO"))
    with pytest.raises(NotAnswerable, match="all at one place"):
        near_repeats(filled([raid(at, 1) for at in range(22)]), draws=99)
    with pytest.raises(NotAnswerable, match="all of one day"):
        near_repeats(filled([raid(3, at) for at in range(22)]), draws=99)
