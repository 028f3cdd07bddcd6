"""Long work runs beside the server: once, with progress, and to an end that somebody asks for."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.jobs import SILENCE, JobKind, JobState
from casus.errors import CasebookError, NotInCasebook
from casus.web.running import Runner
from casus.web.spool import Spool
from sources.serving import Site, content, hang, serve
from web.opening import opened

TEXT = "Gunmen killed {} fishermen near Baga on Tuesday, the district head said. Nobody has claimed it."
WAIT_S = 90


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


@pytest.fixture
def trusting(book: Casebook) -> Iterator[TestClient]:
    with opened(book, allow_private=True) as client:
        yield client


def until(client: TestClient, number: int, *states: str) -> dict[str, Any]:
    """The job when it has reached a state, over by default."""
    wanted = states or ("done", "failed", "cancelled", "interrupted")
    ends_at = time.monotonic() + WAIT_S
    while time.monotonic() < ends_at:
        job: dict[str, Any] = client.get(f"/api/v1/jobs/{number}").json()
        if job["state"] in wanted:
            return job
        time.sleep(0.05)
    raise AssertionError(job)


def ask(client: TestClient, **body: Any) -> int:
    answer = client.post("/api/v1/jobs", json=body)
    assert answer.status_code == 202, answer.json()
    return int(answer.json()["number"])


def send(client: TestClient, *files: tuple[str, bytes]) -> Any:
    return client.post("/api/v1/uploads", files=[("files", (name, data)) for name, data in files])


class TestIngesting:
    def test_files_and_texts_come_in_with_an_account_and_the_events_they_tell_of(
        self, client: TestClient, book: Casebook
    ) -> None:
        lines = "\n".join(f'{{"text": "{TEXT.format(count)}"}}' for count in ("three", "three", ""))
        upload = send(
            client,
            ("../../etc/report.txt", TEXT.format("two").encode()),
            ("more.jsonl", f"{lines}\n{{broken\n".encode()),
            ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        ).json()
        assert [one["name"] for one in upload["files"]] == ["report.txt", "more.jsonl"]
        assert "photo.png" in upload["refused"][0]
        number = ask(
            client,
            kind="ingest",
            uploads=[upload["id"]],
            texts=[{"text": TEXT.format("five"), "title": "Five killed", "published": "2024-05-01"}],
        )
        job = until(client, number)
        told = job["result"]
        assert (job["state"], job["by"], job["about"]) == ("done", "rowan", "Reports: 2 files, 1 text")
        assert (told["in"], told["new"], told["known"], told["failed"]) == (6, 4, 1, 1)
        assert "more.jsonl, line 4" in told["failures"][0]["examples"][0]
        for report in told["reports"]:
            assert report["events"]
            assert all(book.event(event) for event in report["events"])
        assert {head.origin for head in book.heads()} >= {"report.txt", "more.jsonl, line 1", "pasted"}
        assert client.get("/api/v1/jobs").json()["jobs"][0]["number"] == number

    def test_the_same_again_is_known(self, client: TestClient) -> None:
        body = {"kind": "ingest", "texts": [{"text": TEXT.format("two")}]}
        first, second = (until(client, ask(client, **body))["result"] for _ in range(2))
        assert (first["new"], second["new"], second["known"]) == (1, 0, 1)

    def test_a_feed_and_a_page_come_in(self, trusting: TestClient, site: Site) -> None:
        page = f"<html><body><article><p>{TEXT.format('six')}</p><p>{TEXT.format('six')}</p></article></body>"
        entry = f"<item><title>One</title><description>{TEXT.format('nine') * 2}</description></item>"
        feed = f'<rss version="2.0"><channel><title>Paper</title>{entry}</channel></rss>'
        addresses = [
            site.put("/page", content(page.encode())),
            site.put("/feed", content(feed.encode(), "application/rss+xml")),
            site.root + "/nothing",
        ]
        job = until(trusting, ask(trusting, kind="ingest", addresses=addresses))
        assert (job["result"]["new"], job["result"]["failed"]) == (2, 1)

    def test_private_addresses_are_not_fetched_unless_the_server_allows_it(
        self, client: TestClient, site: Site
    ) -> None:
        address = site.put("/page", content(b"<html>"))
        job = until(client, ask(client, kind="ingest", addresses=[address]))
        assert job["result"]["failed"] == 1
        assert site.asked == []

    def test_nothing_to_take_in_is_refused(self, client: TestClient) -> None:
        assert client.post("/api/v1/jobs", json={"kind": "ingest"}).status_code == 422
        unknown = {"kind": "ingest", "uploads": ["0" * 32]}
        assert client.post("/api/v1/jobs", json=unknown).status_code == 404
        above = {"kind": "ingest", "uploads": ["../../../../etc"]}
        assert client.post("/api/v1/jobs", json=above).status_code == 422


class TestEnding:
    def test_a_job_that_runs_ends_soon(self, trusting: TestClient, site: Site) -> None:
        address = site.put("/slow", hang)
        number = ask(trusting, kind="ingest", addresses=[address])
        until(trusting, number, "running")
        ends_at = time.monotonic() + WAIT_S
        while not site.asked and time.monotonic() < ends_at:
            time.sleep(0.05)
        began = time.monotonic()
        assert trusting.post(f"/api/v1/jobs/{number}/cancel").json()["is_cancelled"]
        assert until(trusting, number)["state"] == "cancelled"
        assert time.monotonic() - began < 5  # two are usual; other tests may hold the machine
        site.put("/slow", content(f"<html><body><article><p>{TEXT.format('ten') * 3}</p></article>".encode()))
        again = trusting.post(f"/api/v1/jobs/{number}/again").json()["number"]
        assert until(trusting, again)["result"]["new"] == 1

    def test_a_job_that_waits_never_begins(self, book: Casebook) -> None:
        job = book.jobs.make(JobKind.LINK, by="rowan")
        assert book.jobs.cancel(job.number).state is JobState.CANCELLED
        assert book.jobs.claim() is None
        assert book.jobs.cancel(job.number).state is JobState.CANCELLED

    def test_a_job_that_a_dead_server_left_is_interrupted_and_can_be_run_again(self, book: Casebook) -> None:
        now = datetime(2024, 5, 1, tzinfo=UTC)
        book.clock = lambda: now
        job = book.jobs.make(JobKind.LINK, by="rowan")
        book.jobs.claim()
        now += SILENCE / 2
        assert book.jobs.interrupt_silent() == 0
        now += SILENCE
        assert book.jobs.interrupt_silent() == 1
        assert book.jobs.get(job.number).state is JobState.INTERRUPTED
        again = book.jobs.again(job.number, by="kim")
        assert (again.state, again.by) == (JobState.WAITING, "kim")
        with pytest.raises(CasebookError, match="only what came to nothing"):
            book.jobs.again(again.number, by="kim")

    def test_a_job_whose_server_was_only_busy_goes_on(self, book: Casebook) -> None:
        now = datetime(2024, 5, 1, tzinfo=UTC)
        book.clock = lambda: now
        job = book.jobs.make(JobKind.LINK, by="rowan")
        book.jobs.claim()
        now += 2 * SILENCE
        book.jobs.interrupt_silent()
        book.jobs.beat(job.number, 3, 9, "linking")
        assert book.jobs.get(job.number).state is JobState.RUNNING
        book.jobs.finish(job.number, {"accounts": 9})
        book.jobs.beat(job.number, 4, 9, "late")
        assert book.jobs.get(job.number).state is JobState.DONE

    def test_a_server_that_ends_says_so_of_its_job(self, book: Casebook, site: Site) -> None:
        address = site.put("/slow", hang)
        with opened(book, allow_private=True) as client:
            number = ask(client, kind="ingest", addresses=[address])
            until(client, number, "running")
        assert book.jobs.get(number).state is JobState.INTERRUPTED


class TestOnceEach:
    def test_two_servers_share_the_jobs_of_one_casebook(self, book: Casebook, tmp_path: Path) -> None:
        with Casebook.open(book.store.shown_url) as beside:
            jobs = [book.jobs.make(JobKind.LINK, by=str(count)).number for count in range(12)]
            runners = [Runner(one, Spool(tmp_path / "files")) for one in (book, beside)]
            for runner in runners:
                runner.start()
            try:
                ends_at = time.monotonic() + WAIT_S
                while book.jobs.unfinished() and time.monotonic() < ends_at:
                    time.sleep(0.05)
            finally:
                for runner in runners:
                    runner.stop()
            ended = [book.jobs.get(number) for number in jobs]
        assert {job.state for job in ended} == {JobState.DONE}

    def test_many_who_claim_at_once_get_each_job_once(self, book: Casebook) -> None:
        made = {book.jobs.make(JobKind.LINK, by="rowan").number for _ in range(20)}
        with ThreadPoolExecutor(8) as threads:
            claimed = list(threads.map(lambda _: book.jobs.claim(), range(30)))
        numbers = [job.number for job in claimed if job is not None]
        assert sorted(numbers) == sorted(made)


class TestOtherWork:
    def test_linking_anew_changes_nothing(self, client: TestClient, book: Casebook) -> None:
        before = {event.id for event in book.events()}
        assert until(client, ask(client, kind="rebuild"))["result"]["accounts"] > 0
        assert until(client, ask(client, kind="link"))["result"] == {"accounts": 0}
        assert {event.id for event in book.events()} == before

    def test_a_data_set_is_made_and_fetched(self, client: TestClient, book: Casebook) -> None:
        for form in ("csv", "datapackage", "xlsx"):
            number = ask(client, kind="export", format=form, filter={"country": "NE"})
            job = until(client, number)
            assert job["state"] == "done", job
            assert job["result"]["events"] == book.count()
            answer = client.get(job["file"])
            assert answer.status_code == 200
            assert job["result"]["file"] in answer.headers["content-disposition"]
            assert len(answer.content) == job["result"]["bytes"]
        assert client.get("/api/v1/jobs/1/file").status_code == 200
        assert client.get("/api/v1/jobs/99/file").status_code == 404

    def test_what_a_job_can_ask_for_wrongly_is_told(self, client: TestClient) -> None:
        wrong: list[dict[str, Any]] = [
            {},
            {"kind": "sweep"},
            {"kind": "export", "format": "pdf"},
            {"kind": "export", "format": "csv", "filter": {"country": "Niger"}},
            {"kind": "link", "force": True},
            {"kind": "ingest", "texts": [{"html": "<p>"}]},
        ]
        assert {client.post("/api/v1/jobs", json=body).status_code for body in wrong} == {422}
        assert client.get(f"/api/v1/jobs/{2**70}").status_code == 422
        assert client.get("/api/v1/jobs/4").status_code == 404


class TestUploads:
    def test_archives_are_unpacked_within_limits(self, client: TestClient, tmp_path: Path) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("../../../up.txt", TEXT.format("two"))
            archive.writestr("/absolute.txt", TEXT.format("three"))
            archive.writestr("__MACOSX/._up.txt", b"\x00\x05")
        answer = send(client, ("many.zip", packed.getvalue()), ("one.txt.gz", gzip.compress(b"Some words.")))
        assert [one["name"] for one in answer.json()["files"]] == [
            "many.zip, ../../../up.txt",
            "many.zip, /absolute.txt",
            "one.txt",
        ]
        assert not (tmp_path.parent / "up.txt").exists()

    @pytest.mark.parametrize("name", ["bomb.zip", "bomb.gz"])
    def test_bombs_are_refused(self, book: Casebook, tmp_path: Path, name: str) -> None:
        packed = io.BytesIO()
        nothing = b"a " * (4 * 1024 * 1024)
        if name.endswith("zip"):
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.txt", nothing)
        else:
            packed.write(gzip.compress(nothing))
        client = opened(book, unpacked_bytes=1024 * 1024, folder=tmp_path / "files")
        answer = send(client, (name, packed.getvalue()))
        assert answer.status_code == 413
        assert list((tmp_path / "files" / "uploads").iterdir()) == []

    def test_too_much_is_refused_before_it_is_taken(self, book: Casebook) -> None:
        client = opened(book, upload_bytes=1000, upload_files=3)
        assert send(client, ("a.txt", b"word " * 20_000)).status_code == 413
        assert send(client, *[(f"{count}.txt", b"some words") for count in range(4)]).status_code == 413

        def endless() -> Iterator[bytes]:
            for _ in range(400):
                yield b"a" * 65536

        headers = {"Content-Type": "application/json"}
        assert client.post("/api/v1/readings", content=endless(), headers=headers).status_code == 413

    @pytest.mark.parametrize(
        "data",
        [
            b"%PDF-1.7 words",
            b"\x7fELF\x00\x00",
            b"PK\x03\x04 broken",
            b"\x1f\x8b broken",
            b"",
            gzip.compress(gzip.compress(b"words")),
            b"PK\x05\x06" + b"\x00" * 18,
        ],
        ids=["pdf", "elf", "broken zip", "broken gzip", "nothing", "gzip in gzip", "empty zip"],
    )
    def test_what_holds_no_text_is_refused(self, client: TestClient, data: bytes) -> None:
        answer = send(client, ("words.txt", data))
        assert answer.status_code == 422, answer.json()

    def test_a_locked_or_crowded_archive_is_refused(self, client: TestClient) -> None:
        crowded = io.BytesIO()
        with zipfile.ZipFile(crowded, "w") as archive:
            for count in range(1001):
                archive.writestr(f"{count}.txt", "words")
        assert send(client, ("crowded.zip", crowded.getvalue())).status_code == 413

    def test_what_is_old_is_cleared_away(self, tmp_path: Path) -> None:
        spool = Spool(tmp_path)
        from casus.web.unpacking import UnpackLimits  # noqa: PLC0415

        upload, _ = spool.receive([("a.txt", io.BytesIO(b"words"))], by="rowan", limits=UnpackLimits())
        assert spool.sweep() == 0
        assert spool.sweep(kept_s=-timedelta(days=1).total_seconds()) == 1
        with pytest.raises(NotInCasebook):
            spool.upload(upload.id)
