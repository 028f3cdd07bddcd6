"""Reports over the API: listed, whole, kept, and without the names that are withheld."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, NewDecision
from casus.settings import Settings
from casus.web.reading import ReadingService
from web.opening import bench_of, opened


@pytest.fixture(scope="module")
def service() -> Iterator[ReadingService]:
    started = ReadingService(Settings())
    yield started
    started.close()


def test_reports_are_listed_a_part_at_a_time(client: TestClient, book: Casebook) -> None:
    whole = client.get("/api/v1/reports").json()
    part = client.get("/api/v1/reports?limit=2&offset=1").json()
    assert whole["total"] == part["total"] == len(list(book.heads()))
    assert part["reports"] == whole["reports"][1:3]
    days = [one["published_on"] for one in whole["reports"]]
    assert days == sorted(days, reverse=True)
    publisher = whole["reports"][0]["publisher"]
    same = client.get("/api/v1/reports", params={"publisher": publisher}).json()["reports"]
    assert {one["publisher"] for one in same} == {publisher}


def test_a_report_comes_whole_and_only_when_it_changed(client: TestClient, book: Casebook) -> None:
    head = next(iter(book.heads()))
    answer = client.get(f"/api/v1/reports/{head.hash}")
    told = answer.json()
    [*_, event] = told["events"]
    piece = event["account"]["where"]["evidence"][0]
    assert told["text"][piece["start_char"] : piece["end_char"]]
    assert book.event(event["event_id"])
    etag = answer.headers["etag"]
    assert client.get(f"/api/v1/reports/{head.hash}", headers={"If-None-Match": etag}).status_code == 304
    assert client.get(f"/api/v1/reports/{head.hash}", headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.get(f"/api/v1/reports/{'0' * 64}").status_code == 404
    assert client.get("/api/v1/reports/1").status_code == 422


def test_withheld_names_are_taken_out_and_evidence_follows(book: Casebook) -> None:
    from casus.web import access  # noqa: PLC0415

    event, told, name = next(
        (event, told, claim.speaker.name)
        for event in book.events()
        for told in book.told(event.id)
        for _, claim in told.claims
        if claim.speaker.name
    )
    book.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="rowan", reason="asked for", value=name))
    viewer = access.Person("kim", "Kim", "viewer", access.ROLE_RIGHTS[access.Role.VIEWER])
    client = opened(book)
    app = client.app
    before = client.get(f"/api/v1/reports/{told.report.hash}")
    assert name in before.text
    app.dependency_overrides[access.Reader.__metadata__[0].dependency] = lambda: viewer  # type: ignore[attr-defined]
    after = client.get(f"/api/v1/reports/{told.report.hash}").json()
    assert name not in str(after)
    for old, new in zip(before.json()["events"], after["events"], strict=True):
        for was, now in zip(old["account"]["evidence"], new["account"]["evidence"], strict=True):
            words = before.json()["text"][was["start_char"] : was["end_char"]]
            shown = after["text"][now["start_char"] : now["end_char"]]
            assert shown == words or "[name withheld]" in shown


def test_a_report_is_kept_at_once(book: Casebook, service: ReadingService) -> None:
    client = opened(book)
    bench_of(client).reading = service
    body = {
        "text": "Gunmen killed four farmers near Anzourou on Monday, police said.",
        "published": "2024-03-06",
    }
    first, second = (client.post("/api/v1/reports", json=body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json()["is_new"], second.json()["is_new"]) == (True, False)
    assert first.json()["events"] == second.json()["events"] != []
    assert client.get(first.headers["location"]).status_code == 200
