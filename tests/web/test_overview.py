"""The overview: one filter for all that it shows, tolls with their spread, and the way to begin."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.browsing.records import Period
from casus.casebook.records import DecisionKind, EventFilter, NewDecision
from casus.knowledge import natural_earth
from casus.web.app import create_app
from casus.web.options import ServeOptions
from casus.web.rendering import shown_for
from casus.web.views.chart import chart_of, nice_top
from web.accounts import app_of, signed_in, with_accounts
from web.reading import hrefs, page, text

BASEMAP = natural_earth.FOLDER


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    """Somebody at the workbench on a casebook without a report."""
    with Casebook.open(f"sqlite:///{tmp_path / 'empty.db'}") as book:
        yield TestClient(create_app(book, ServeOptions(local_name="rowan", hosts=("testserver",))))


def test_an_empty_casebook_says_what_to_do_first(empty: TestClient) -> None:
    first = page(empty, "/")
    assert "/add" in hrefs(first, "//main//a")
    assert "No event is as you ask" in text(page(empty, "/?country=NE"))


def test_totals_are_those_of_the_casebook(client: TestClient, book: Casebook) -> None:
    totals = book.browse.totals()
    shown = text(page(client, "/").get_element_by_id("live-totals"))
    assert f"Events {totals.events}" in shown
    assert f"Killed {totals.killed.best} {totals.killed.low}–{totals.killed.high}" in shown


def test_unknown_is_not_zero(client: TestClient, book: Casebook) -> None:
    totals = book.browse.totals()
    assert totals.injured.unknown == 1
    assert "1 event gives no number" in text(page(client, "/").get_element_by_id("live-totals"))
    [none_injured] = [row for row in book.browse.page().events if row.injured.best is None]
    only = page(client, f"/?since={none_injured.event.when.start}&until={none_injured.event.when.start}")
    assert "Injured unknown" in text(only.get_element_by_id("live-totals"))


def test_one_filter_drives_every_part(client: TestClient, book: Casebook) -> None:
    wanted = EventFilter(place="Ayorou")
    assert book.count(wanted) == 1 < book.count()
    found = page(client, "/?place=Ayorou")
    assert "Events 1" in text(found.get_element_by_id("live-totals"))
    assert len(found.xpath("//*[@id='live-newest']//li")) == 1
    assert len(found.xpath("//*[@id='live-when']//tbody/tr")) == 1
    [address] = found.xpath("//*[@data-map-url]/@data-map-url")
    assert len(client.get(address).json()) == 1
    assert "/events?place=Ayorou" in hrefs(found, "//main//a")


def test_a_bar_sets_its_days(client: TestClient) -> None:
    bars = hrefs(page(client, "/?type=attack"), "//*[@id='live-when']//svg//a")
    assert bars
    for bar in bars:
        assert "type=attack" in bar
        assert "since=" in bar
        assert text(page(client, bar).get_element_by_id("live-totals")).startswith("Totals Events 1")


def test_what_is_not_understood_stands_beside_its_field(client: TestClient) -> None:
    found = page(client, "/?since=soon&country=NE")
    field = found.get_element_by_id("filter-since")
    assert (field.get("aria-invalid"), field.value) == ("true", "soon")
    assert "write a day as" in text(found.get_element_by_id(field.get("aria-describedby")))
    assert [text(chip) for chip in found.xpath("//a[@class='chip']")] == ["country Niger ×"]


def test_a_chip_takes_its_part_of_the_filter_out(client: TestClient) -> None:
    found = page(client, "/?country=NE&adm1=Tillab%C3%A9ri&type=attack")
    chips = {text(chip): chip.get("href") for chip in found.xpath("//a[@class='chip']")}
    assert chips["country Niger ×"] == "/?type=attack"
    assert chips["type attack ×"] == "/?country=NE&adm1=Tillab%C3%A9ri"


def test_the_most_contested_come_first(client: TestClient, book: Casebook) -> None:
    contested = book.browse.page(EventFilter(is_contested=True)).events
    most = max(contested, key=lambda row: row.disputes)
    links = hrefs(page(client, "/"), "//*[@id='live-contested']//li//a")
    assert links[0] == f"/events/{most.id}"


def test_the_map_says_how_exactly_places_are_known(client: TestClient) -> None:
    cells = client.get("/api/v1/events/map?cell_degrees=0.01").json()
    assert {cell["country"] for cell in cells} == {"NE"}
    assert all(cell["precision"] for cell in cells)


def test_names_that_are_withheld_are_not_shown_to_viewers(book: Casebook) -> None:
    with_accounts(book)
    [event] = [row.event for row in book.browse.page().events if row.event.perpetrators][:1]
    name = event.perpetrators[0].name
    book.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="rowan", reason="", value=name))
    app = app_of(book)
    for address in ("/events", "/queue", "/"):
        assert name not in signed_in(app, "viewer").get(address).text, address
    assert name in signed_in(app, "reviewer").get("/events").text


# The chart


MARCH = Period(date(2024, 3, 1), date(2024, 3, 31), 3, 5, 8, 13, 2)


def test_bars_and_whiskers_stay_in_the_chart() -> None:
    periods = [MARCH, replace(MARCH, start=date(2024, 4, 1), end=date(2024, 4, 30), killed_high=200)]
    chart = chart_of(periods, shown_for("en-GB"), lambda start, end: f"/?{start}{end}")
    assert chart is not None
    for bar in (*chart.events, *chart.killed):
        assert 0 <= bar.y <= bar.y + bar.height <= 100.01
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        if bar.whisker:
            assert 0 <= bar.whisker.y_high <= bar.y <= bar.whisker.y_low <= 100
    assert chart.killed[0].title == "Mar 2024: 3 events, 8 (5–13) killed"


def test_a_period_of_which_no_toll_is_known_is_not_one_without_dead() -> None:
    unknown = replace(MARCH, killed_low=0, killed_best=0, killed_high=0, killed_known=0)
    chart = chart_of([unknown, replace(unknown, killed_known=3)], shown_for("en"), lambda *_: "/")
    assert chart is not None
    assert [row.killed for row in chart.rows] == ["unknown", "0"]


def test_a_chart_of_nothing_is_none() -> None:
    assert chart_of([], shown_for("en"), lambda *_: "/") is None


@pytest.mark.parametrize(("most", "top"), [(0, 1), (7, 7), (11, 15), (99, 100), (530, 600), (1001, 1500)])
def test_axes_end_at_a_round_number_that_holds_all(most: int, top: int) -> None:
    assert nice_top(most) == top


# Saved views


def test_a_view_is_saved_opened_and_deleted(client: TestClient) -> None:
    saved = client.post("/api/v1/views", json={"name": "In Niger", "page": "/", "query": "?country=NE&x="})
    assert saved.status_code == 201
    assert hrefs(page(client, "/"), "//*[@id='saved-views']//li//a") == ["/?country=NE"]
    assert client.delete(f"/api/v1/views/{saved.json()['number']}").status_code == 204
    assert hrefs(page(client, "/"), "//*[@id='saved-views']//li//a") == []


@pytest.mark.parametrize("where", ["https://example.org/", "//example.org", "/settings", ""])
def test_a_view_leads_to_pages_of_events_only(client: TestClient, where: str) -> None:
    assert client.post("/api/v1/views", json={"name": "Away", "page": where}).status_code == 422


def test_views_are_shared_by_editors_and_kept_by_everybody(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book)
    editor, viewer = signed_in(app, "editor"), signed_in(app, "viewer")
    view = {"name": "For all", "page": "/events", "is_shared": True}
    assert viewer.post("/api/v1/views", json=view).status_code == 403
    shared = editor.post("/api/v1/views", json=view).json()
    own = editor.post("/api/v1/views", json={**view, "name": "Own", "is_shared": False}).json()
    assert [one["name"] for one in viewer.get("/api/v1/views").json()["views"]] == ["For all"]
    for number in (shared["number"], own["number"]):
        assert viewer.delete(f"/api/v1/views/{number}").status_code == 404
    assert signed_in(app, "admin").delete(f"/api/v1/views/{shared['number']}").status_code == 204
    assert signed_in(app, "admin").delete(f"/api/v1/views/{own['number']}").status_code == 404


# The basemap


def test_the_basemap_has_each_country_once_with_its_code_and_within_the_world() -> None:
    countries = json.loads((BASEMAP / "countries.geojson").read_text("utf-8"))["features"]
    uncoded = [one["properties"]["name"] for one in countries if one["properties"]["code"] is None]
    assert uncoded == ["Siachen Glacier"]  # claimed by two states, and given to none
    assert len({one["properties"]["code"] for one in countries}) > 230
    for one in countries:
        for ring in (ring for part in one["geometry"]["coordinates"] for ring in part):
            assert ring[0] == ring[-1]
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
            across = max(abs(a[0] - b[0]) for a, b in pairwise(ring))
            assert across < 180 or one["properties"]["code"] == "AQ", one["properties"]


def test_the_basemap_is_served_by_the_workbench(client: TestClient) -> None:
    for name in ("countries", "units"):
        assert client.get(f"/static/natural-earth/{name}.geojson").status_code == 200
