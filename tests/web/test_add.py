"""Pages to add reports, to watch jobs and to keep feeds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.jobs import JobKind
from casus.settings import Settings
from casus.web.reading import ReadingService
from web.opening import bench_of, opened

EVIL = "<script>alert(1)</script>"
TEXT = "Gunmen killed four farmers near Anzourou on Monday, the governor of Tillaberi said."


@pytest.fixture(scope="module")
def service() -> Iterator[ReadingService]:
    started = ReadingService(Settings())
    yield started
    started.close()


@pytest.fixture
def reading(book: Casebook, service: ReadingService) -> TestClient:
    client = opened(book)
    bench_of(client).reading = service
    return client


def test_a_text_is_shown_as_it_is_read(reading: TestClient) -> None:
    shown = reading.post("/add/reading", json={"text": TEXT, "published": "2024-03-06"}).text
    assert "data-keep" in shown
    assert "4 civilians killed" in shown
    assert '<mark class="seg m-toll"' in shown
    assert 'data-fill="text"' in shown


def test_what_is_known_is_not_kept_twice(reading: TestClient, book: Casebook) -> None:
    head = next(iter(book.heads()))
    text = book.browse.report(head.hash)
    assert text is not None
    body = {
        "text": text.text[text.body_start :],
        "title": head.title,
        "publisher": head.publisher,
        "published": head.published_on.isoformat() if head.published_on else None,
        "url": head.url,
    }
    shown = reading.post("/add/reading", json=body).text
    assert "has this report already" in shown
    assert "data-keep" not in shown
    copied = reading.post("/add/reading", json=body | {"publisher": "Another Paper"}).text
    assert "copies of this text" in copied
    assert "data-keep" in copied


def test_what_has_no_event_and_no_day_is_told(reading: TestClient) -> None:
    shown = reading.post("/add/reading", json={"text": "The choir sang in the new hall until ten."}).text
    assert "No event was read" in shown
    assert "Without its day of publication" in shown


def test_scripts_in_texts_stay_text(reading: TestClient, book: Casebook) -> None:
    body = {"text": f"{TEXT} {EVIL}", "title": EVIL, "publisher": EVIL}
    for shown in (
        reading.post("/add/reading", json=body).text,
        reading.post("/add/reading", json={"address": f"http://127.0.0.1/{EVIL}"}).text,
    ):
        assert EVIL not in shown
    book.feeds.add(f"https://a.example/{EVIL}", name=EVIL, every_minutes=60, by=EVIL)
    job = book.jobs.make(JobKind.INGEST, by=EVIL, parameters={"addresses": [EVIL]})
    book.jobs.claim()
    failures = [{"reason": EVIL, "count": 1, "examples": [EVIL]}]
    came = [{"hash": "0" * 64, "events": [EVIL]}]
    book.jobs.finish(
        job.number, {"in": 1, "failed": 1, "failures": failures, "reports": came, "came": 1}, EVIL
    )
    for path in ("/add", "/jobs", f"/jobs/{job.number}", "/settings/feeds"):
        answer = reading.get(path)
        assert answer.status_code == 200
        assert EVIL not in answer.text


def test_what_can_not_be_read_says_why(reading: TestClient) -> None:
    private = reading.post("/add/reading", json={"address": "http://10.0.0.1/report"})
    assert private.status_code == 422
    assert "public internet" in private.text
    assert reading.post("/add/reading", json={}).status_code == 422


def test_empty_pages_say_what_they_are_for(client: TestClient) -> None:
    assert "No job yet" in client.get("/jobs").text
    assert "No feed is watched" in client.get("/settings/feeds").text
    assert client.get("/jobs/1").status_code == 404
    assert client.get(f"/jobs/{2**70}").status_code == 422
