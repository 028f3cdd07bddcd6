"""Feeds are taken in when they are due, as jobs, and say what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.jobs import JobState
from casus.errors import CasebookError
from sources.serving import Site, content, serve
from web.opening import opened

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = "Gunmen killed {} fishermen near Baga on Tuesday, the district head said. Nobody has claimed it. "


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def feed_of(*counts: str) -> bytes:
    items = "".join(
        f"<item><guid>{count}</guid><title>{count} killed</title><description>{TEXT.format(count) * 2}"
        "</description></item>"
        for count in counts
    )
    return f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'.encode()


def test_a_feed_is_due_at_once_and_then_after_its_interval(book: Casebook) -> None:
    now = NOW
    book.clock = lambda: now
    feed = book.feeds.add("https://news.example/feed", name="Paper", every_minutes=30, by="rowan")
    assert book.feeds.take_due() == 1
    assert book.feeds.take_due() == 0
    [job] = book.jobs.unfinished()
    assert (job.parameters["feed"], job.by) == (feed.number, "rowan")
    now += timedelta(minutes=31)
    # The job of last time still waits: another would take in the same.
    assert book.feeds.take_due() == 1
    assert len(book.jobs.unfinished()) == 1
    book.jobs.cancel(job.number)
    book.feeds.change(feed.number, is_active=False)
    now += timedelta(days=2)
    assert book.feeds.take_due() == 0
    assert book.feeds.get(feed.number).due_at is None


def test_an_address_is_watched_once_and_not_too_often(book: Casebook) -> None:
    book.feeds.add("https://news.example/feed", name="Paper", every_minutes=30, by="rowan")
    with pytest.raises(CasebookError, match="watched already"):
        book.feeds.add("https://news.example/feed", name="Paper 2", every_minutes=30, by="rowan")
    with pytest.raises(CasebookError, match="every 5 to"):
        book.feeds.add("https://news.example/other", name="Paper 2", every_minutes=1, by="rowan")


def test_a_feed_that_was_removed_leaves_its_job_to_fail(book: Casebook) -> None:
    feed = book.feeds.add("https://news.example/feed", name="Paper", every_minutes=30, by="rowan")
    job = book.feeds.take(feed.number, by="kim")
    book.feeds.remove(feed.number)
    with opened(book):
        ends_at = time.monotonic() + 60
        while not book.jobs.get(job.number).state.is_over and time.monotonic() < ends_at:
            time.sleep(0.05)
    ended = book.jobs.get(job.number)
    assert (ended.state, ended.message) == (JobState.FAILED, "the feed was removed meanwhile")


def test_a_server_takes_feeds_in_and_keeps_what_came_of_them(book: Casebook, site: Site) -> None:
    address = site.put("/feed", content(feed_of("two", "three"), "application/rss+xml"))
    with opened(book, allow_private=True) as client:
        made = client.post("/api/v1/feeds", json={"url": address, "name": "Paper"})
        assert made.status_code == 201
        number = made.json()["number"]

        def result_after(job: int) -> dict[str, dict[str, int]]:
            ends_at = time.monotonic() + 90
            while time.monotonic() < ends_at:
                result = client.get(f"/api/v1/feeds/{number}").json()["result"]
                if result and result["job"] > job:
                    told: dict[str, dict[str, int]] = result
                    return told
                time.sleep(0.05)
            raise AssertionError(client.get("/api/v1/jobs").json())

        first = result_after(0)
        assert first["account"]["new"] == 2
        site.put("/feed", content(feed_of("two", "three", "seven"), "application/rss+xml"))
        job = client.post(f"/api/v1/feeds/{number}/take")
        assert job.status_code == 202
        second = result_after(job.json()["number"] - 1)
        assert (second["account"]["in"], second["account"]["new"]) == (1, 1)


def test_feeds_are_changed_and_removed(client: TestClient) -> None:
    number = client.post(
        "/api/v1/feeds", json={"url": "https://news.example/f", "every_minutes": 10080}
    ).json()["number"]
    changed = client.patch(f"/api/v1/feeds/{number}", json={"is_active": False, "name": "Paper"}).json()
    assert (changed["name"], changed["is_active"], changed["due_at"]) == ("Paper", False, None)
    assert [one["number"] for one in client.get("/api/v1/feeds").json()] == [number]
    assert client.delete(f"/api/v1/feeds/{number}").status_code == 204
    assert client.get(f"/api/v1/feeds/{number}").status_code == 404
    assert client.delete(f"/api/v1/feeds/{number}").status_code == 404
    for body in ({"url": "file:///etc/passwd"}, {"url": "https://a.example", "every_minutes": 0}, {}):
        assert client.post("/api/v1/feeds", json=body).status_code == 422
