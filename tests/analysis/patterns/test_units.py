"""Events and deaths by unit: what stands where, what is left out and said to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.patterns.conftest import MakeFilled
from casebook.telling import Account
from casus.analysis.patterns.counting import LeftOut, Measure
from casus.analysis.patterns.populations import populations_of
from casus.analysis.patterns.unit_results import Level
from casus.analysis.patterns.units import units
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import Sum
from casus.casebook.records import DecisionKind, NewDecision
from casus.errors import NotAnswerable
from casus.model import Place

RAKHA, MABAR, DIRBAT, TOLO = (Account(place=name) for name in ("Rakha", "Mabar", "Dirbat", "Tolo"))
COUNTRY_ONLY = Place("Yemen", "YE", None, None, 20, 15.5, 47.5, 6, 1.0)
IN_THE_UNIT = Place("Hajjah", "YE", "Hajjah", None, 14, 15.7, 43.6, 4, 1.0)
NOWHERE = Place(None, None)
TOLD = [
    (RAKHA, None),
    (replace(RAKHA, killed=1), None),
    (replace(MABAR, killed=None), None),
    (replace(DIRBAT, killed=2), None),
    (replace(TOLO, killed=20), None),
    (replace(TOLO, killed=3), COUNTRY_ONLY),
    (replace(TOLO, killed=4), IN_THE_UNIT),
    (replace(TOLO, killed=5), NOWHERE),
]


@pytest.fixture(scope="module")
def book(filled: MakeFilled) -> Casebook:
    return filled(TOLD)


def test_events_and_deaths_by_first_order_unit(book: Casebook) -> None:
    found = units(book, level=Level.ADM1)
    told = [(one.label, one.events, one.killed, one.event_share) for one in found.counts]
    assert told == [
        ("Hajjah (YE)", 4, Sum(14, 14, 14, 3, 1), 4 / 6),
        ("Gedo (SO)", 1, Sum(20, 20, 20, 1, 0), 1 / 6),
        ("Lahj (YE)", 1, Sum(2, 2, 2, 1, 0), 1 / 6),
    ]
    assert [one.cumulative for one in found.counts] == pytest.approx([4 / 6, 5 / 6, 1])
    assert [one.death_share for one in found.counts] == pytest.approx([14 / 36, 20 / 36, 2 / 36])
    assert (found.events, found.killed) == (6, Sum(36, 36, 36, 5, 1))
    assert found.left_out == (
        LeftOut("of which no country is known", 1),
        LeftOut("known to the country only", 1),
    )
    events, deaths = found.concentration
    assert (events.half, deaths.half) == (1, 1)
    # 1, 1, 4 differ by 0, 3, 3, on average 2, over twice their mean 2; 2, 14, 20 by 12, 18, 6.
    assert events.gini == pytest.approx(2 / 4)
    assert deaths.gini == pytest.approx(12 / 24)


def test_deaths_order_units_where_they_are_asked_for(book: Casebook) -> None:
    found = units(book, order=Measure.DEATHS)
    assert [one.label for one in found.counts] == ["Gedo (SO)", "Hajjah (YE)", "Lahj (YE)"]
    assert [one.cumulative for one in found.counts] == pytest.approx([20 / 36, 34 / 36, 1])


@pytest.mark.parametrize(
    ("level", "labels", "left_out"),
    [
        ("country", ["Yemen", "Somalia"], 1),
        ("adm2", ["Rakha, Hajjah (YE)", "Dirbat, Lahj (YE)", "Mabar, Hajjah (YE)", "Tolo, Gedo (SO)"], 3),
        ("place", ["Rakha, Hajjah (YE)", "Dirbat, Lahj (YE)", "Mabar, Hajjah (YE)", "Tolo, Gedo (SO)"], 3),
    ],
)
def test_the_finer_the_unit_the_more_is_left_out(
    book: Casebook, level: str, labels: list[str], left_out: int
) -> None:
    found = units(book, level=level)
    assert sorted(one.label for one in found.counts) == sorted(labels)
    assert found.counts[0].label == labels[0]
    assert sum(one.events for one in found.left_out) == left_out
    assert found.events + left_out == len(TOLD)


def test_places_of_one_name_are_told_apart(filled: MakeFilled) -> None:
    other = Place("Rakha", "YE", "Hajjah", "Rakha", 99, 15.9, 43.1, 1, 1.0)
    found = units(filled([(RAKHA, None), (RAKHA, other), (TOLO, None)]), level="place")
    assert [one.label for one in found.counts].count("Rakha, Hajjah (YE)") == 2


def test_a_place_that_is_withheld_is_left_out_of_all_but_countries(filled: MakeFilled) -> None:
    hamlet = Place("House of Amal Duur", "YE", "Hajjah", None, None, 15.5, 43.5, 1, 1.0)
    book = filled([(RAKHA, None), (DIRBAT, None), (MABAR, hamlet)])
    [hidden] = [event.id for event in book.events() if event.where.name == hamlet.name]
    book.decide(hidden, NewDecision(kind=DecisionKind.WITHHOLD, by="ada", reason="asked", value="Amal Duur"))
    for level in ("adm1", "place"):
        found = units(book, level=level)
        assert found.left_out == (LeftOut("of which the name of the place is withheld", 1),)
        assert "Duur" not in found.frame().to_csv()
    assert units(book, level="country").events == 3


def test_units_without_events_count_where_their_number_is_given(book: Casebook) -> None:
    alone, of_all = units(book), units(book, units_in_all=22)
    assert any("--units-in-all" in one for one in alone.notices)
    assert not any("--units-in-all" in one for one in of_all.notices)
    assert of_all.concentration[0].units == 22
    assert (of_all.concentration[0].gini or 0) > (alone.concentration[0].gini or 1)


def test_the_figures_as_a_frame(book: Casebook) -> None:
    frame = units(book, level="adm1").frame()
    assert list(frame.columns) == [
        "country", "adm1", "events", "killed_low", "killed_best", "killed_high", "without_number",
        "event_share", "death_share", "cumulative_share",
    ]  # fmt: skip
    assert frame.iloc[0].to_dict()["adm1"] == "Hajjah"


def test_rates_follow_from_populations_that_the_user_brings(book: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("country,adm1,population\nYemen,HAJJAH,200000\nSO,Gedo,50000\nSO,Bay,10000\n", "utf-8")
    found = units(book, populations=populations_of(path, Level.ADM1.fields))
    rates = {one.names[1]: (one.event_rate, one.death_rates) for one in found.counts}
    assert rates["Hajjah"] == (2.0, (7.0, 7.0, 7.0))
    assert rates["Gedo"] == (2.0, (40.0, 40.0, 40.0))
    assert rates["Lahj"] == (None, None)
    assert found.frame()["events_per_100k"].tolist()[:2] == [2.0, 2.0]
    assert [one for one in found.notices if "population" in one] == [
        "Of 1 first-order unit no population is given; they have no rates.",
        "The file has 1 population of first-order units without an event here.",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("country,population\nYE,1\n", "no column 'adm1'"),
        ("country,adm1,population\nYE,Hajjah,1.5e6\n", "line 2: '1.5e6' is no number of people"),
        ("country,adm1,population\nYE,Hajjah,0\n", "line 2: '0' is no number"),
        ("country,adm1,population\nYE,Hajjah,5\nye,hajjah,6\n", "line 3: ye, hajjah stands twice"),
        ("country,adm1,population\nRuritania,Hentzau,5\n", "no country 'Ruritania'"),
        ("country,adm1,population\nML,Gao,5\n", "no unit with events is in the file"),
    ],
)
def test_a_file_of_populations_of_a_wrong_form_is_told_of(
    book: Casebook, tmp_path: Path, text: str, why: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(NotAnswerable, match=why):
        units(book, populations=populations_of(path, Level.ADM1.fields))
    with pytest.raises(NotAnswerable, match="can't read populations"):
        populations_of(tmp_path / "none.csv", Level.ADM1.fields)


def test_what_can_not_be_counted_is_said(book: Casebook, filled: MakeFilled) -> None:
    with pytest.raises(NotAnswerable, match="has none of bombings in Yemen"):
        units(book, select(book, country="YE", types=["bombing"]))
    with pytest.raises(NotAnswerable, match="3 first-order units with events, more than the 2 in all"):
        units(book, units_in_all=2)
    with pytest.raises(NotAnswerable, match="100 draws or more"):
        units(book, draws=5)
    nowhere = filled([(RAKHA, NOWHERE), (RAKHA, COUNTRY_ONLY)])
    with pytest.raises(NotAnswerable, match="can be put in a first-order unit: 1 of which no country"):
        units(nowhere)


def test_of_one_unit_there_is_no_concentration(book: Casebook) -> None:
    found = units(book, select(book, country="SO"))
    assert [one.gini for one in found.concentration] == [None, None]
    assert found.notices[0] == "All are in one first-order unit: of one there is no concentration."
