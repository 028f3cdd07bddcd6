"""Reports on their way into a casebook: each once, with an account of all, whatever stops the run."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from casus.casebook.book import Casebook
from casus.casebook.records import Ingested
from casus.cli import main
from casus.errors import BadRecord, CasebookError, NoArticle, TooLarge
from casus.intake.ingestion import Found, Ingestion
from casus.model import Reading, Report
from casus.sources import Mark, SourcedReport, SourceFailure
from sources.serving import Site, content, serve

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
BODY = (
    "Gunmen shot dead two guards near Bol on Tuesday, police said. The guards had stood watch at a market "
    "on the shore, and traders who fled across the lake came back on Thursday to bury them."
)


def report(number: int) -> Report:
    return Report.of(f"Report {number}. {BODY}")


def found(*numbers: int) -> list[Found]:
    return [SourcedReport(f"{number}.txt", report(number)) for number in numbers]


@dataclass
class Reader:
    """Reads nothing in reports, and may be stopped before one of them."""

    name: str = "hand/1"
    stops_at: int | None = None
    error: type[BaseException] = KeyboardInterrupt
    read: list[Report] = field(default_factory=list)

    def __call__(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for one in reports:
            if self.stops_at == len(self.read):
                raise self.error
            self.read.append(one)
            yield Reading(one, self.name, ())


def ingestion(book: Casebook, reader: Reader, **options: Any) -> Ingestion:
    return Ingestion(book, reader, reader.name, **options)


def test_each_report_is_read_once(book: Casebook) -> None:
    reader = Reader()
    first = ingestion(book, reader)
    first.take(found(1, 2, 1, 3))
    assert first.account.ingested == Ingested(seen=4, new=3, known=1, without_events=3)
    again = ingestion(book, reader)
    again.take(found(3, 4))
    assert again.account.ingested == Ingested(seen=2, new=1, known=1, without_events=1)
    assert reader.read == [report(number) for number in (1, 2, 3, 4)]


def test_another_reader_reads_anew(book: Casebook) -> None:
    ingestion(book, Reader()).take(found(1, 2))
    anew = ingestion(book, Reader("hand/2"))
    anew.take(found(1, 2))
    assert anew.account.ingested == Ingested(seen=2, reread=2)


def test_failures_are_told_by_their_kind_with_the_first_examples(book: Casebook) -> None:
    failed = [SourceFailure(f"{number}", NoArticle(f"{number}: it is empty")) for number in range(5)]
    run = ingestion(book, Reader())
    run.take([*failed, SourceFailure("x", TooLarge("x: too large")), *found(1)])
    assert run.account.ingested == Ingested(seen=7, new=1, without_events=1, failed=6)
    assert run.account.exit_code == 20
    lines = list(run.account.lines())
    assert lines[0] == "7 reports in: 1 new (1 of them not violent), 0 already known, 6 failed"
    assert lines[1:6] == [
        "  5 × Nothing to read in it",
        "      0: it is empty",
        "      1: it is empty",
        "      2: it is empty",
        "      and 2 more",
    ]
    alone = ingestion(book, Reader())
    alone.take([SourceFailure("x", BadRecord("x: bad"))])
    assert alone.account.exit_code == BadRecord.exit_code


def test_a_limit_counts_new_reports(book: Casebook) -> None:
    ingestion(book, Reader()).take(found(1, 2))
    run = ingestion(book, Reader(), limit=3, lot_size=4)
    run.take(found(1, 2, *range(3, 20)))
    assert run.account.ingested.new == 3
    assert run.is_full


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_run_that_is_stopped_keeps_what_was_read_and_marks_nothing_beyond(
    book: Casebook, error: type[BaseException]
) -> None:
    items = [*found(1, 2), Mark("a", {"offset": 1}), *found(3, 4), Mark("a", {"offset": 2})]
    stopped = ingestion(book, Reader(stops_at=3, error=error), lot_size=3)
    with pytest.raises(error):
        stopped.take(items)
    assert stopped.account.ingested.new == 3
    assert book.kept("a") == {"offset": 1}
    rest = Reader()
    ingestion(book, rest).take(items)
    assert rest.read == [report(4)]
    assert book.kept("a") == {"offset": 2}
    assert book.kept("b") is None


def test_marks_wait_until_their_reports_are_filed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Ingested:
        raise CasebookError("the disk is full")

    monkeypatch.setattr(Casebook, "ingest_batch", broken)
    with pytest.raises(CasebookError):
        ingestion(book, Reader()).take([*found(1), Mark("a", {"offset": 1})])
    assert book.kept("a") is None


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and the code that it ended with."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


@pytest.fixture
def ingest(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `casus ingest` with a casebook of the test's own."""
    monkeypatch.setenv("CASUS_CASEBOOK", f"sqlite:///{tmp_path}/book.db")

    def run(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ending:
            main(["ingest", *map(str, arguments)])
        out, err = capsys.readouterr()
        return Outcome(int(ending.value.code or 0), out, err)

    return run


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def count(tmp_path: Path, table: str) -> int:
    with sqlite3.connect(tmp_path / "book.db") as connection:
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(number)


class TestCommand:
    def test_the_same_folder_twice_adds_nothing(self, ingest: Command, tmp_path: Path) -> None:
        reports = len(list(EXAMPLES.glob("*.txt")))
        first = ingest(EXAMPLES)
        assert (first.code, first.err) == (0, "")
        assert first.out.startswith(f"{reports} reports in: {reports} new")
        tables = ("report", "reading", "reported_event", "claim", "link", "event", "event_state")
        before = [count(tmp_path, table) for table in tables]
        assert all(before)
        again = json.loads(ingest(EXAMPLES, "--format", "json").out)
        assert (again["in"], again["new"], again["known"], again["failed"]) == (reports, 0, reports, 0)
        assert [count(tmp_path, table) for table in tables] == before

    def test_links_may_wait(self, ingest: Command, tmp_path: Path) -> None:
        ingest(EXAMPLES, "--no-link", "--quiet")
        assert count(tmp_path, "event") == 0
        assert count(tmp_path, "pending") > 0

    def test_columns_are_named(self, ingest: Command, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps({"body": BODY, "day": "2022-05-12"}), encoding="utf-8")
        assert ingest(path, "--columns", "text=body,published=day").code == 0
        assert count(tmp_path, "report") == 1
        outcome = ingest(path, "--columns", "mood=body")
        assert outcome.code == BadRecord.exit_code
        assert outcome.err.count("\n") == 1

    def test_some_failures_are_told(self, ingest: Command, tmp_path: Path) -> None:
        (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
        (tmp_path / "empty.txt").write_text("", encoding="utf-8")
        outcome = ingest(tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "none.txt")
        assert outcome.code == 20
        assert "1 × No such file or folder" in outcome.out
        quiet = ingest(tmp_path / "good.txt", tmp_path / "empty.txt", "--quiet")
        assert quiet.out == ""
        assert "empty.txt" in quiet.err

    def test_private_addresses_are_refused_unless_allowed(
        self, ingest: Command, tmp_path: Path, site: Site
    ) -> None:
        url = site.put("/a.txt", content(BODY.encode(), "text/plain"))
        assert ingest(url).code == 17
        assert site.asked == []
        assert ingest(url, "--allow-private").code == 0
        assert count(tmp_path, "report") == 1

    def test_a_feed_is_followed_until_ctrl_c(
        self, ingest: Command, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def feed(*numbers: int) -> None:
            items = "".join(
                f"<item><title>T</title><guid>{number}</guid>"
                f"<description>{number} {BODY}</description></item>"
                for number in numbers
            )
            page = f"<rss version='2.0'><channel><title>Lake Courier</title>{items}</channel></rss>"
            site.put("/feed", content(page.encode(), "application/rss+xml"))

        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            feed(1, 2)
            if len(waits) == 2:
                raise KeyboardInterrupt

        feed(1)
        monkeypatch.setattr(sys.modules["casus.cli.ingest"], "_wait", wait)
        outcome = ingest(site.root + "/feed", "--allow-private", "--follow", "--every", "7")
        assert outcome.code == 130
        assert outcome.out.startswith("2 reports in: 2 new")
        assert "run the same command again" in outcome.out
        assert waits == [420, 420]
        assert count(tmp_path, "report") == 2
        assert "0 reports in" in ingest(site.root + "/feed", "--allow-private").out

    def test_files_cannot_be_followed(self, ingest: Command) -> None:
        outcome = ingest(EXAMPLES, "--follow")
        assert outcome.code == 2
        assert "no address" in outcome.err

    def test_a_casebook_that_cannot_be_opened_is_told_in_one_line(self, ingest: Command) -> None:
        outcome = ingest(EXAMPLES, "--casebook", "sqlite:////nowhere/at/all.db")
        assert outcome.code == CasebookError.exit_code
        assert outcome.err.count("\n") == 1
