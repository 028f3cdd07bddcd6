"""Texts are read in a process beside the server, and nothing of them is kept."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.errors import NotRead, SourceError
from casus.intake.single import Single
from casus.settings import Settings
from casus.sources import Metadata
from casus.web.reading import ReadingService
from sources.serving import Site, content, redirect, serve
from web.opening import bench_of, opened

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/reading.schema.json").read_text("utf-8"))
TEXT = "Gunmen killed four farmers near Anzourou on Monday, the governor of Tillaberi said."
PAGE = (
    f"<html><head><title>Four killed</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article>"
    "</body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


@pytest.fixture(scope="module")
def service() -> Iterator[ReadingService]:
    opened = ReadingService(Settings(), longest_s=20)
    opened.warm_up()
    yield opened
    opened.close()


@pytest.fixture
def trusting(book: Casebook, service: ReadingService) -> TestClient:
    """A server that fetches from this machine, too."""
    client = opened(book, allow_private=True)
    bench_of(client).reading = service
    return client


@pytest.fixture
def client(book: Casebook, service: ReadingService) -> TestClient:
    client = opened(book)
    bench_of(client).reading = service
    return client


def test_a_text_is_read_as_the_schema_says_and_not_kept(client: TestClient, book: Casebook) -> None:
    before = len(list(book.heads()))
    answer = client.post(
        "/api/v1/readings", json={"text": TEXT, "title": "Four killed", "published": "2024-03-06"}
    )
    told = answer.json()
    assert answer.status_code == 200
    jsonschema.validate(told["reading"], SCHEMA)
    [event] = told["reading"]["events"]
    assert event["start"] == "2024-03-04"
    assert event["tolls"][0]["best"] == 4
    assert (told["known"], told["why_no_event"]) == (None, None)
    assert len(list(book.heads())) == before


def test_the_same_report_and_its_copies_are_told_of(client: TestClient, book: Casebook) -> None:
    head = next(iter(book.heads()))
    record = json.loads(Path(head.origin).with_suffix(".json").read_text("utf-8"))
    body = {"text": Path(head.origin).read_text("utf-8"), "title": head.title, "publisher": head.publisher}
    whole = body | {
        "published": head.published_on.isoformat() if head.published_on else None,
        "url": head.url,
    }
    assert record
    assert client.post("/api/v1/readings", json=whole).json()["known"] == head.hash
    other = client.post("/api/v1/readings", json=whole | {"publisher": "Another Paper"}).json()
    assert other["known"] is None
    assert head.hash in [copy["hash"] for copy in other["copies"]]


def test_what_has_no_event_says_why(client: TestClient) -> None:
    told = client.post("/api/v1/readings", json={"text": "The choir sang in the new hall until ten."}).json()
    assert told["reading"]["events"] == []
    assert "no sentence" in told["why_no_event"]


def test_a_page_is_read_by_its_article(client: TestClient) -> None:
    told = client.post("/api/v1/readings", json={"html": PAGE}).json()
    assert TEXT in told["reading"]["report"]["text"]
    assert "<p>" not in told["reading"]["report"]["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": TEXT, "address": "https://news.example/"}, 422),
        ({"text": TEXT, "published": "yesterday"}, 422),
        ({"text": TEXT, "colour": "red"}, 422),
        ({"text": "   "}, 422),
        ({"text": "x" * 600_000}, 422),
        ({"text": "Солдаты вошли в город утром, сообщили местные жители и власти области." * 3}, 422),
        ({"text": TEXT, "url": "javascript:alert(1)"}, 422),
        ({"address": "file:///etc/passwd"}, 422),
        ({"address": "ftp://news.example/report"}, 422),
    ],
)
def test_what_is_no_report_is_refused(client: TestClient, body: dict[str, str], status: int) -> None:
    answer = client.post("/api/v1/readings", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_odd_characters_are_read_or_refused_but_never_an_error_of_ours(client: TestClient) -> None:
    for text in (f"{TEXT}\x00", f"\ufeff{TEXT}\u202e", f"{TEXT} \U0001f4a5 e\u0301"):
        assert client.post("/api/v1/readings", json={"text": text}).status_code == 200
    lone = client.post(
        "/api/v1/readings",
        content=b'{"text": "\\ud800 killed"}',
        headers={"Content-Type": "application/json"},
    )
    assert lone.status_code in (200, 422)


# Everything that means this machine or a private network, however it is written.
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0.0.0.0",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[::]",
        "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]",
        "224.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "[2002:7f00:1::]", "[64:ff9b:1::a00:1]",
        "[ff02::1]", "[2001::1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_addresses_within_private_networks_are_refused(client: TestClient, site: Site, host: str) -> None:
    port = site.root.rpartition(":")[2]
    answer = client.post("/api/v1/readings", json={"address": f"http://{host}:{port}/report"})
    told = answer.json()["detail"]
    assert answer.status_code in (422, 502)
    assert any(why in told for why in ("public internet", "no such host", "Invalid IPv4 address"))
    assert site.paths() == []


def test_an_address_is_fetched_and_read(trusting: TestClient, site: Site) -> None:
    site.put("/moved", redirect("/report"))
    site.put("/report", content(PAGE.encode()))
    told = trusting.post("/api/v1/readings", json={"address": f"{site.root}/moved"}).json()
    assert told["reading"]["report"]["source_url"] == f"{site.root}/report"
    assert len(told["reading"]["events"]) == 1


def test_what_an_address_can_go_wrong_with_is_told(trusting: TestClient, site: Site) -> None:
    feed = b'<rss version="2.0"><channel><title>A</title></channel></rss>'
    cases = {
        site.put("/feed", content(feed, "application/rss+xml")): 422,
        site.put("/pdf", content(b"%PDF-1.4", "application/pdf")): 422,
        site.put("/large", content(b"a" * (6 * 1024 * 1024))): 413,
        site.put("/round", redirect("/round")): 502,
        f"{site.root}/nothing": 502,
        site.put("/elsewhere", redirect("file:///etc/passwd")): 422,
    }
    for address, status in cases.items():
        answer = trusting.post("/api/v1/readings", json={"address": address})
        assert (address, answer.status_code) == (address, status)


def test_a_reader_that_dies_is_started_again(service: ReadingService) -> None:
    assert service.read(Single("a", text=TEXT)).reading.events
    [process] = service.processes()
    os.kill(process, signal.SIGKILL)
    assert service.read(Single("a", text=TEXT)).reading.events


def test_texts_are_read_side_by_side_in_their_order(service: ReadingService) -> None:
    with ThreadPoolExecutor(8) as threads:
        texts = [f"Gunmen killed {count} farmers near Anzourou, police said." for count in range(2, 22)]
        read = list(threads.map(lambda text: service.read(Single(text[:20], text=text)), texts))
    assert [one.reading.report.text for one in read] == texts


def test_a_text_that_takes_too_long_is_given_up(service: ReadingService) -> None:
    service.read(Single("a", text=TEXT))
    slow = ReadingService(Settings(), longest_s=0.0001)
    slow.warm_up()
    try:
        assert slow.wait_until_ready(120)
        with pytest.raises(NotRead, match="longer than"):
            slow.read(Single("a", text=TEXT * 50))
    finally:
        slow.close()


def test_a_service_that_is_closed_reads_nothing() -> None:
    closed = ReadingService(Settings())
    closed.close()
    with pytest.raises(NotRead):
        closed.read(Single("a", text=TEXT))


def test_errors_of_a_text_come_back_as_they_are(service: ReadingService) -> None:
    with pytest.raises(SourceError, match="empty"):
        service.read(Single("the text", text=" ", metadata=Metadata(title="Nothing")))
