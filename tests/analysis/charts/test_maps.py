"""Events on a map: what is drawn as a place, what as a unit, and what is only told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from analysis.conftest import MakeBook
from casebook.telling import Account, Story
from casus.analysis.charts.ground import Spot, ground_of
from casus.analysis.charts.lettering import country_names, place_names
from casus.analysis.charts.maps import map_chart
from casus.analysis.mapping import Dead, EventMap, map_of
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, NewDecision
from casus.errors import NotAnswerable

ACCOUNTS = (
    Account(place="Rakha", killed=9),
    Account(place="Rakha", killed=7, told="Gunmen shot at a bus on the dam"),
    Account(place="Dirbat", killed=4, told="Shells fell on the brick kiln"),
    Account(place="Hajjah", killed=6, told="Riders robbed a caravan of salt"),
    Account(place="Mabar", killed=None, told="Boys threw stones at a tax office"),
    Account(place="Somalia", killed=3, told="Pirates sank a dhow with millet"),
    Account(place=None, killed=2, told="A drone struck a lorry with hay"),
)


def told(*accounts: Account) -> tuple[Story, ...]:
    """A report of each, 40 days apart, so that each is an event of its own."""
    days = [date(2020, 1, 4) + timedelta(days=40 * number) for number in range(len(accounts))]
    return tuple(
        Story(f"Post {number}", day + timedelta(days=1), (replace(account, day=day),))
        for number, (day, account) in enumerate(zip(days, accounts, strict=True))
    )


@pytest.fixture
def book(book_of: MakeBook) -> Casebook:
    return book_of(*told(*ACCOUNTS))


@pytest.fixture
def found(book: Casebook) -> EventMap:
    return map_of(book.browse.table())


def points(found: EventMap) -> list[dict[str, Any]]:
    """The marks of a map as the drawing has them."""

    def within(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict) and "exactly" in part:
            yield part
        for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from within(one)

    return list(within(json.loads(map_chart(found).json())))


def test_events_of_a_place_are_one_mark_with_all_their_dead(found: EventMap) -> None:
    deadliest = found.marks[0]
    assert (deadliest.place, deadliest.events, deadliest.radius_km) == ("Rakha", 2, None)
    assert deadliest.killed == Dead(16, 16, 16, 2)
    assert found.drawn == 5


def test_what_is_known_to_the_country_or_nowhere_is_counted_and_not_drawn(found: EventMap) -> None:
    assert (found.countrywide.events, found.countrywide.killed.best) == (1, 3)
    assert (found.placeless.events, found.placeless.killed.best) == (1, 2)
    assert "Somalia" not in map_chart(found).json()
    assert (
        "Not drawn: 1 event known to the country only (3 killed); 1 event without a known place (2 killed)."
        in map_chart(found).caption
    )


def test_the_area_of_a_mark_is_how_many_were_killed(found: EventMap) -> None:
    area = {one["place"]: one["area"] for one in points(found)}
    assert area["Rakha"] / area["Dirbat"] == pytest.approx(16 / 4, rel=0.01)


def test_a_unit_is_a_hollow_mark_in_a_dashed_circle_of_its_size(found: EventMap) -> None:
    by_place = {one["place"]: one for one in points(found)}
    assert by_place["Hajjah"]["known"] is False
    assert by_place["Hajjah"]["exactly"] == "within 100 km"
    assert by_place["Rakha"]["known"] is True
    svg = map_chart(found).svg()
    assert len(re.findall('fill="none"[^>]*stroke-dasharray="4,3"|stroke-dasharray="4,3"', svg)) == 1
    (circle,) = json.loads(map_chart(found).json())["datasets"]["circles"][0]["geometry"]["coordinates"]
    assert len(circle) == 49


def test_an_unknown_number_is_a_mark_of_its_own_kind_and_not_zero(found: EventMap) -> None:
    by_place = {one["place"]: one for one in points(found)}
    assert by_place["Mabar"]["shape"] == "triangle-up"
    assert by_place["Mabar"]["killed"] == "no number killed told"
    assert by_place["Rakha"]["shape"] == "circle"
    assert [mark.killed for mark in found.marks if mark.place == "Mabar"] == [Dead(None, None, None, 0)]


def test_a_withheld_place_is_nowhere_on_the_map(book: Casebook) -> None:
    event = next(one for one in book.events() if one.where.name == "Dirbat")
    book.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="r", reason="asked", value="Dirbat"))
    found = map_of(book.browse.table())
    assert "Dirbat" not in {mark.place for mark in found.marks}
    assert 44.9 not in {mark.longitude for mark in found.marks}
    assert found.withheld.events == 1
    chart = map_chart(found)
    assert "Dirbat" not in chart.json() + chart.html() + chart.svg()
    assert "1 event whose place is withheld (4 killed)" in " ".join(chart.caption)


def test_words_and_figures_say_the_same(found: EventMap) -> None:
    chart = map_chart(found, "all events in Yemen")
    assert chart.alternative == (
        "Map of 5 events at 4 places, 1 of them known to a unit or nearby place only. Most people were "
        "killed at Rakha, 16 killed in 2 events; Hajjah, 6 killed in 1 event; Dirbat, 4 killed in 1 event."
    )
    assert chart.rows[0] == ("Rakha", "Hajjah", "YE", "the place", 2, "16", 0)
    assert chart.rows[-1] == ("Mabar", "Hajjah", "YE", "the place", 1, None, 1)
    assert any("Lambert azimuthal equal-area" in line for line in chart.caption)
    assert chart.caption[-1].startswith("Source: casebook at revision ")


def test_no_name_lies_over_another_or_over_a_mark() -> None:
    ground = ground_of([Spot(12.0, 2.0), Spot(16.0, 10.0)], 640)
    marks = [(100.0, 100.0, 4.0), (140.0, 102.0, 4.0), (100.0, 160.0, 4.0), (300.0, 200.0, 15.0)]
    # Between its neighbours there is no room for the last.
    marks += [(290.0 + dx, 240.0 + dy, 9.0) for dx in (-18, 18) for dy in (-9, 9)] + [(290.0, 240.0, 4.0)]
    named = [(f"Place {at}", mark) for at, mark in enumerate(marks) if at < 4 or at == 8]
    names = list(place_names(named, ground, marks))
    assert [one.says for one in names] == ["Place 0", "Place 1", "Place 2", "Place 3"]
    assert names[0].right < 100  # left of its mark, since another stands right of it
    assert names[1].left > 140
    countries = list(country_names(ground, ground.countries(), names, marks))
    assert "Niger" in {one.says for one in countries}
    for text in (*names, *countries):
        assert not any(text.meets(other) for other in (*names, *countries) if other is not text)
        assert not any(map(text.covers, marks))


def test_a_map_needs_a_place(book_of: MakeBook) -> None:
    found = map_of(book_of(*told(*ACCOUNTS[5:])).browse.table())
    with pytest.raises(NotAnswerable, match="no map can be drawn of all events: none of the 2 has"):
        map_chart(found)


def test_the_frame_has_a_row_a_mark(found: EventMap) -> None:
    frame = found.frame()
    assert list(frame["place"]) == ["Rakha", "Hajjah", "Dirbat", "Mabar"]
    assert frame["killed_best"].sum() == 26
    assert frame["killed_best"].isna().sum() == 1
    assert frame.loc[frame["place"] == "Hajjah", "radius_km"].item() == 100
