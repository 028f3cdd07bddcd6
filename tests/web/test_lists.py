"""Actors, places, agreements and outlets: on their pages, and the same through the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, EventFilter, NewDecision
from web.accounts import app_of, signed_in, with_accounts
from web.dealing import take_in_a_deal
from web.opening import opened
from web.reading import hrefs, page, text

API = "/api/v1"
LISTS = ("/actors", "/places", "/agreements", "/sources")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Casebook]:
    """A casebook without a report."""
    with Casebook.open(f"sqlite:///{tmp_path / 'bare.db'}") as book:
        yield book


def rows(client: TestClient, address: str) -> list[str]:
    """The rows of the first table of a page, each in one line."""
    return [text(row) for row in page(client, address).xpath("//main//table")[0].xpath(".//tbody/tr")]


def asked(client: TestClient, address: str, **params: Any) -> Any:
    answer = client.get(f"{API}{address}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(found: list[dict[str, Any]]) -> list[str]:
    return [one["name"] for one in found]


# Lists


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_where_its_rows_come_from(bare: Casebook, address: str) -> None:
    with opened(bare) as client:
        first = page(client, address)
        assert "/add" in hrefs(first, "//main//a")
        assert not first.xpath("//main//tbody")
        nothing = page(client, f"{address}?text=nowhere")
        assert address in hrefs(nothing, "//main//a")
        assert "Nothing is as you ask" in text(nothing)


@pytest.mark.parametrize("address", ["/actors", "/places", "/sources"])
def test_a_list_is_sorted_by_what_is_pressed(client: TestClient, address: str) -> None:
    first = page(client, address)
    for link in hrefs(first, "//thead//a"):
        sorted_so = page(client, link)
        [heading] = sorted_so.xpath("//th[@aria-sort]")
        [other_way] = hrefs(heading, "./a")
        assert page(client, other_way).xpath("//th/@aria-sort") != heading.xpath("./@aria-sort")
        assert sorted(rows(client, link)) == sorted(rows(client, address))


def test_actors_by_what_they_are_said_to_have_done(client: TestClient) -> None:
    assert rows(client, "/actors")[0].startswith("Armed men 2 0 2 23 6 Mar 2022 8 Mar 2022")
    assert rows(client, "/actors?text=azawagh")[0].startswith("Azawagh Liberation Front 1 0 1 18 6 Mar 2022")
    done_to = rows(client, "/actors?role=target")
    assert len(done_to) == 9
    assert done_to[0].startswith("civilians Niger 0 1 1 –")
    assert rows(client, "/actors?order=name&descending=false")[0].startswith("Armed men")
    assert rows(client, "/actors?order=name&descending=true")[0].startswith("weekly market")


def test_an_actor_with_how_it_comes_to_be_named(client: TestClient, book: Casebook) -> None:
    found = page(client, "/actors/nigerien-army")
    assert "Said to have done 1 Suffered 0" in text(found.get_element_by_id("live-figures"))
    standings = text(found.get_element_by_id("live-standings"))
    [event] = book.events(EventFilter(actor_id="nigerien-army"))
    [army] = [one for one in event.perpetrators if one.registry_id == "nigerien-army"]
    words = {"claimed": "claims it", "accused": "is accused by somebody", "denied": "denies it"}
    for standing, told in words.items():
        assert f"{told} {int(standing in army.standings)}" in standings
    assert "/events?actor_id=nigerien-army" in hrefs(found, "//main//a")
    assert "Sunday market of Ayorou" in text(found.get_element_by_id("live-newest"))
    assert client.get("/actors/nobody%20at%20all").status_code == 404


def test_places_with_how_exactly_they_are_known(client: TestClient) -> None:
    market, village = rows(client, "/places")
    assert market == "Sunday market of Ayorou Tillabéri Niger 1 18 the exact place"
    assert village == "village near Anzourou Tillabéri Niger 1 5 a first-order unit"
    assert rows(client, "/places?text=AYOROU&country=NE") == [market]
    assert page(client, "/places?country=ML").xpath("//tbody/tr") != []  # no such choice asks for nothing


def test_a_place_with_what_its_name_could_mean(client: TestClient) -> None:
    for link in hrefs(page(client, "/places"), "//tbody//th/a"):
        found = page(client, link)
        assert len(found.xpath("//tr[@class='is-chosen']")) == 1
        [drawn] = found.xpath("//*[@data-map]/@data-map")
        assert json.loads(drawn)["points"][0]["noun"] == "places"
    market = page(client, "/places/2447416")
    assert "100% 1 chosen in 1" in text(market)
    assert "/events?geonames_id=2447416" in hrefs(market, "//main//a")
    assert "Drawn as a point" in text(market)
    village = page(client, "/places/village%20near%20anzourou?country=NE")
    assert "dashed circle of 100 km" in text(village)
    assert client.get("/places/99").status_code == client.get("/places/nowhere").status_code == 404


def test_outlets_and_who_copies_whom(client: TestClient) -> None:
    found = rows(client, "/sources")
    assert found[0].startswith("Niger River Post 3 2 1 50% 1 50% 0 7 Mar 2022 10 Mar 2022")
    assert found[1].startswith("Gao Evening News 1 1 0 0% 0 0% 1")
    copying = page(client, "/sources").get_element_by_id("live-copying")
    assert "Sahel Wire Gao Evening News 1" in text(copying)
    assert "/reports?publisher=Radio+Dosso" in hrefs(page(client, "/sources"), "//main//a")


# Agreements


@pytest.fixture
def deal(bare: Casebook) -> tuple[Casebook, int]:
    """A casebook with an agreement of two reports, a raid before it and two after it."""
    return bare, take_in_a_deal(bare)


def test_an_agreement_in_the_words_of_its_reports(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    with opened(book) as client:
        found = page(client, "/agreements")
        assert len(found.xpath("//article")) == 1
        assert "2 reports" in text(found)
        assert text(found).count("by 1 Aug 2020") == 1  # both reports tell of the same commitment
        assert f"/agreements/{number}" in hrefs(found, "//article//a")
        words = hrefs(found, "//figcaption//a")
        assert len(words) == 2
        for link in words:
            report, _, span = link.partition("#c")
            start, end = map(int, span.split("-"))
            shown = book.browse.report(report.removeprefix("/reports/"))
            assert shown is not None
            assert "Salt Road Accord" in shown.text[start:end]


def test_what_happened_around_an_agreement_is_no_verdict(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    with opened(book) as client:
        found = page(client, f"/agreements/{number}")
        assert "It is no verdict" in text(found)
        promises = found.get_element_by_id("live-promises")
        assert "Amal Duur : stop the raids by 1 Aug 2020" in text(promises).replace("Duur:", "Duur :")
        assert "Events that bear on it are those by Amal Duur, of the kinds armed clash" in text(promises)
        assert "Tolo" in text(promises)
        [later] = promises.xpath(".//details")
        assert "1 event after the deadline" in text(later)
        assert "Dirbat" in text(later)
        alleged = text(found.get_element_by_id("live-alleged"))
        assert "mayor, not named accuses Amal Duur" in alleged
        assert "had violated the truce" in alleged
        around = text(found.get_element_by_id("live-around"))
        assert "Amal Duur 1 2" in around
        assert "Before: 1" in around
        assert "After: 2" in around
        assert len(found.xpath("//*[@class='mark']")) == 2
        near = page(client, f"/agreements/{number}?days=30")
        assert "Before: 0" in text(near)
        assert client.get("/agreements/99").status_code == client.get("/agreements/x").status_code == 404


def test_an_agreement_through_the_api(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    with opened(book) as client:
        listed = asked(client, "/agreements")
        assert (listed["total"], len(listed["agreements"][0]["told"])) == (1, 2)
        assert asked(client, "/agreements", text="nobody")["total"] == 0
        found = asked(client, f"/agreements/{number}")
        assert found["day"] == "2020-06-10"
        assert [len(found[side]) for side in ("before", "after")] == [1, 2]
        [promise] = found["promises"]
        assert promise["events"] == [found["after"][0]["event"]["id"]]
        [alleged] = found["alleged"]
        assert alleged["event"] == found["after"][0]["event"]["id"]
        assert asked(client, "/statistics", limit=1)["total"] == 2
        assert client.get(f"{API}/agreements/99").status_code == 404


# The API gives what the pages give


def test_the_api_lists_what_the_pages_do(client: TestClient) -> None:
    actors = asked(client, "/actors", limit=2)
    assert (actors["total"], len(actors["actors"])) == (13, 2)
    assert names(asked(client, "/actors", order="name", descending=False)["actors"])[:1] == ["Armed men"]
    assert names(asked(client, "/actors", offset=2, limit=1)["actors"]) == ["civilians"]
    army = asked(client, "/actors/nigerien-army")
    assert (army["actor"]["as_perpetrator"], army["standings"]["events"]) == (1, 1)
    places = asked(client, "/places", country="NE")
    assert names(places["places"]) == ["Sunday market of Ayorou", "village near Anzourou"]
    [chosen] = asked(client, "/places/2447416")["candidates"]
    assert chosen["chosen"] >= 1
    sources = asked(client, "/sources", limit=1)
    assert (sources["total"], names(sources["outlets"])) == (4, ["Niger River Post"])
    assert sources["copying"] == [{"origin": "Sahel Wire", "copier": "Gao Evening News", "texts": 1}]


@pytest.mark.parametrize(
    "address", ["/actors/nobody", "/places/nowhere", "/agreements/7", "/events/feed/near"]
)
def test_what_is_not_there_is_a_problem_document(client: TestClient, address: str) -> None:
    answer = client.get(f"{API}{address}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_events_near_one_another_come_with_reasons(bare: Casebook) -> None:
    raid = Account(told="Raiders burned the mill beside the orchard")
    bare.ingest([("one", reading_of(Story(accounts=(raid,))))])
    bare.ingest(
        [("two", reading_of(Story("Evening Star", accounts=(raid,), head="Smoke hung over the valley.")))]
    )
    [event] = bare.events()
    with opened(bare) as client:
        whole = asked(client, f"/events/{event.id}/near")
        [tie] = whole["within"]
        assert "the same day" in [reason["words"] for reason in tie["reasons"]]
        bare.decide(
            event.id, NewDecision(kind=DecisionKind.SPLIT, by="r", reason="two mills", keys=event.keys[1:])
        )
        [near] = asked(client, f"/events/{event.id}/near")["events"]
        assert near["is_parted"]
        assert near["event"]["id"] != event.id


def test_the_pulse_tells_of_decisions_and_jobs(client: TestClient, book: Casebook) -> None:
    before = asked(client, "/pulse")
    event = next(iter(book.events()))
    book.decide(event.id, NewDecision(kind=DecisionKind.COMMENT, by="r", reason="", value="seen"))
    after = asked(client, "/pulse")
    assert after["decision"] == before["decision"] + 1
    assert {"revision", "job", "busy"} <= set(after)


# What changes, and what is withheld


def test_lists_follow_what_is_decided(client: TestClient, book: Casebook) -> None:
    assert asked(client, "/actors/gunmen")["actor"]["killed_best"] == 18
    assert asked(client, "/sources")["outlets"][0]["events"] == 2
    [market] = [one for one in book.events() if one.where.geonames_id == 2447416]
    book.decide(market.id, NewDecision(kind=DecisionKind.REJECT, by="r", reason="it is another"))
    assert client.get(f"{API}/actors/gunmen").status_code == 404
    assert names(asked(client, "/places")["places"]) == ["village near Anzourou"]
    assert asked(client, "/sources")["outlets"][0]["events"] == 1


def test_a_withheld_actor_is_in_no_list_of_who_may_not_see_it(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book)
    viewer, reviewer = signed_in(app, "viewer"), signed_in(app, "reviewer")
    name = "Azawagh Liberation Front"
    [event] = [one for one in book.events() if any(actor.name == name for actor in one.perpetrators)]
    assert "Azawagh" in text(page(viewer, "/actors"))
    new = NewDecision(kind=DecisionKind.WITHHOLD, by="reviewer", reason="asked", value=name)
    book.decide(event.id, new)
    for address in ("/actors", f"{API}/actors", f"{API}/events/{event.id}/near"):
        assert "azawagh" not in viewer.get(address).text.lower()
    assert viewer.get("/actors/azawagh%20liberation%20front").status_code == 404
    assert "Azawagh" in text(page(reviewer, "/actors/azawagh%20liberation%20front"))
