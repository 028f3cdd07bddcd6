"""Whatever stops a casebook from being written to: nothing of it is lost, and the error is clear."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config

from casebook.dying import complete, faults_of, readings, started, state_of
from casus.casebook import migrations, store
from casus.casebook.book import Casebook
from casus.errors import CasebookError

KILLS = 50
NewUrl = Callable[[], str]


def test_a_process_that_is_killed_leaves_whole_reports_and_the_next_completes_them(new_url: NewUrl) -> None:
    sourced = readings(10)
    whole = new_url()
    started(whole, []).join()  # the first process takes longer to start
    began = time.monotonic()
    undisturbed = started(whole, sourced)
    undisturbed.join()
    took_s = time.monotonic() - began
    assert undisturbed.exitcode == 0
    with Casebook.open(whole) as book:
        expected = state_of(book)
    assert len(expected["report"]) == 10
    chance = random.Random(11)
    interrupted = 0
    while interrupted < KILLS:
        url = new_url()
        process = started(url, sourced)
        time.sleep(chance.uniform(0, took_s))
        process.kill()
        process.join()
        interrupted += process.exitcode != 0
        process.close()
        with Casebook.open(url) as book:
            assert list(faults_of(book, sourced)) == []
            complete(book, sourced)
            assert state_of(book) == expected


def test_two_writers_at_once_lose_nothing(new_url: NewUrl) -> None:
    sourced = readings(20)
    url = new_url()
    writers = [started(url, sourced[:13]), started(url, sourced[7:])]  # six of them by both
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    one_url = new_url()
    with Casebook.open(one_url) as one, Casebook.open(url) as both:
        complete(one, sourced)
        assert list(faults_of(both, sourced)) == []
        assert both.unread([item.reading.report for item in sourced], "hand/1") == []
        groups = [{frozenset(event.keys) for event in book.events()} for book in (one, both)]
        assert groups[0] == groups[1]
        tolls = [
            sorted((sorted(event.keys), event.deaths) for event in book.events()) for book in (one, both)
        ]
        assert tolls[0] == tolls[1]


def test_the_same_readings_twice_add_nothing(book: Casebook) -> None:
    sourced = readings(10)
    complete(book, sourced)
    before = state_of(book)
    book.ingest_batch(sourced)
    assert state_of(book) == before


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A disk on which no file can be larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_what_was_complete_is_kept(tmp_path: Path) -> None:
    sourced = readings(60)
    url = f"sqlite:///{tmp_path}/book.db"
    with Casebook.open(url) as book:
        complete(book, sourced[:10])
        pages = sa.text("PRAGMA page_count")
        with book.store.reads() as connection:
            most = connection.scalar(pages) + 4

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {most}")

    with Casebook.open(url) as book:
        book.store.engine.dispose()
        sa.event.listen(book.store.engine, "connect", limit)
        with pytest.raises(CasebookError, match="is full: make room"):
            complete(book, sourced)
    with Casebook.open(url) as book:
        assert list(faults_of(book, sourced)) == []
        assert len(book.unread([item.reading.report for item in sourced], "hand/1")) <= 50
        complete(book, sourced)
        assert list(faults_of(book, sourced)) == []


def test_a_disk_that_fails_while_it_is_written_to_is_told(tmp_path: Path) -> None:
    sourced = readings(60)
    path = tmp_path / "book.db"
    with Casebook.open(f"sqlite:///{path}") as book:
        complete(book, sourced[:10])
        log = path.with_name("book.db-wal")
        with largest_file(log.stat().st_size + 4096), pytest.raises(CasebookError, match="make room"):
            book.ingest_batch(sourced)
        assert list(faults_of(book, sourced)) == []
        complete(book, sourced)
        assert book.unread([item.reading.report for item in sourced], "hand/1") == []


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Without root's rights, for root may write anything."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *list(folder.parents)[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    sourced = readings(4)
    with Casebook.open(f"sqlite:///{path}") as book:
        complete(book, sourced[:2])
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    before = path.read_bytes()
    with as_nobody(tmp_path), pytest.raises(CasebookError, match=r"may not be written|may be written"):  # noqa: SIM117
        with Casebook.open(f"sqlite:///{path}") as book:
            complete(book, sourced)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"nonsense" * 999, b"A report.\n" * 500])
def test_a_file_that_is_no_casebook_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.db"
    path.write_bytes(content)
    if not content:  # an empty file is an empty database
        Casebook.open(f"sqlite:///{path}").close()
        return
    with pytest.raises(CasebookError, match=r"no casebook|damaged"):
        Casebook.open(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_casebook_of_a_newer_version_is_left_alone(new_url: NewUrl) -> None:
    url, sourced = new_url(), readings(4)
    with Casebook.open(url) as book:
        complete(book, sourced)
        before = state_of(book)
        _set_version(book, "9999")
        with pytest.raises(CasebookError, match="written by a newer version"):
            Casebook.open(url)
        [(version,)] = _versions(book)
        assert version == "9999"
        _set_version(book, store.ScriptDirectory.from_config(store._config()).get_current_head() or "")
    with Casebook.open(url) as book:
        assert state_of(book) == before


def _set_version(book: Casebook, version: str) -> None:
    with book.store.writes() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def _versions(book: Casebook) -> list[sa.Row[tuple[str]]]:
    with book.store.reads() as connection:
        return list(connection.execute(sa.text("SELECT version_num FROM alembic_version")))


NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None


def upgrade():
    op.create_table("later", sa.Column("number", sa.Integer))
    op.execute("UPDATE report SET title = 'changed'")
    op.execute("DELETE FROM link")
    {last}
"""


@pytest.mark.parametrize("last", ["op.execute('SELECT * FROM nowhere')", "raise KeyError('nowhere')"])
def test_a_migration_that_breaks_leaves_the_casebook_as_it_was(
    new_url: NewUrl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    url, sourced = new_url(), readings(4)
    with Casebook.open(url) as book:
        complete(book, sourced)
        before, [(head,)] = state_of(book), _versions(book)
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, scripts)
    later = scripts / "versions" / "next.py"

    def config() -> Config:
        made = Config()
        made.set_main_option("script_location", str(scripts))
        return made

    with monkeypatch.context() as patch:
        patch.setattr(store, "_config", config)
        later.write_text(NEXT.format(head=head, last=last), encoding="utf-8")
        with pytest.raises(CasebookError, match="left as it was"):
            Casebook.open(url)
    with Casebook.open(url) as book:  # the version before still opens it
        assert _versions(book) == [(head,)]
        assert state_of(book) == before
    with monkeypatch.context() as patch:
        patch.setattr(store, "_config", config)
        later.write_text(NEXT.format(head=head, last="pass"), encoding="utf-8")
        shutil.rmtree(later.parent / "__pycache__", ignore_errors=True)
        with Casebook.open(url) as book:
            assert _versions(book) == [("next",)]
