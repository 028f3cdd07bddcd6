"""The unfinished gazetteer of GeoNames' dumps: a database that remembers what was read.

It lies beside the gazetteer as `….part`.  Lines are filed in batches; each is committed
together with how far the file was read, so a build that was stopped goes on after the
last batch, and no line is filed twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from casus.errors import GazetteerError
from casus.resolving.gazetteer import InputAccount
from casus.resolving.gazetteer_tables import SCHEMA
from casus.resolving.geonames_dump import BadLine, DumpFile

Item = TypeVar("Item")
Filer = Callable[[bytes], bool]
"""Files one line; False where it is left out for its kind; raises BadLine where it is malformed."""
Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

BATCH_LINES = 20_000
SHOWN_SKIPS = 10
_HOPELESS_LINES = 1000
_CACHE_KIB = 128 * 1024

# `filed` grows at its end only: names get their order when all are there.
_SCHEMA = f"""
{SCHEMA}
CREATE TABLE plan (identity TEXT NOT NULL);
CREATE TABLE step (
  name TEXT PRIMARY KEY, is_done INTEGER NOT NULL, offset INTEGER NOT NULL, rows INTEGER NOT NULL,
  filed INTEGER NOT NULL, left_out INTEGER NOT NULL, skipped INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE skip (step TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE TABLE unit (codes TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE filed (key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE english (place INTEGER PRIMARY KEY, name TEXT NOT NULL);
"""


class Staging:
    """The unfinished gazetteer; use `open`."""

    def __init__(self, connection: sqlite3.Connection, *, is_resumed: bool) -> None:
        self.connection = connection
        self.is_resumed = is_resumed

    @classmethod
    @contextmanager
    def open(cls, path: Path, identity: str) -> Iterator[Staging]:
        """The unfinished gazetteer at `path`, gone on with where `identity` is that of its plan.

        Raises GazetteerError where another build is at work on it.
        """
        connection = _connect(path)
        try:
            is_resumed = _has_plan(connection, identity)
            if not is_resumed:
                connection.close()
                discard(path)
                connection = _connect(path)
                connection.executescript(f"BEGIN; {_SCHEMA}")
                connection.execute("INSERT INTO plan VALUES (?)", (identity,))
                connection.commit()
            yield cls(connection, is_resumed=is_resumed)
        finally:
            connection.close()

    def is_done(self, step: str) -> bool:
        """Whether a step was finished before."""
        row = self.connection.execute("SELECT is_done FROM step WHERE name = ?", (step,)).fetchone()
        return bool(row and row[0])

    def once(self, step: str, work: Callable[[], None]) -> None:
        """Do a step as one transaction, unless it was done before."""
        if self.is_done(step):
            return
        work()
        self.connection.execute("INSERT INTO step VALUES (?, 1, 0, 0, 0, 0, 0)", (step,))
        self.connection.commit()

    def file_lines(
        self, step: str, dump: DumpFile, filer: Filer, flush: Callable[[], None], told: Callable[[int], None]
    ) -> None:
        """File the lines of a dump from where the last run stopped; `told` gets the bytes read so far.

        `filer` may hold back what it files until `flush`, which comes before each commit.
        Raises GazetteerError where the file seems to be of another kind.
        """
        done, offset, rows, filed, left_out, skipped = self._journal(step)
        if done:
            return
        bad: list[tuple[str, int, str]] = []
        for line in dump.lines(offset):
            rows += 1
            offset += len(line)
            try:
                if filer(line):
                    filed += 1
                else:
                    left_out += 1
            except BadLine as error:
                skipped += 1
                if skipped <= SHOWN_SKIPS:
                    bad.append((step, rows, str(error)))
                if skipped == rows == _HOPELESS_LINES:
                    break
            if rows % BATCH_LINES == 0:
                flush()
                self._commit(step, bad, (0, offset, rows, filed, left_out, skipped))
                bad.clear()
                told(offset)
        if rows == skipped:
            why = f"line {bad[0][1]} has {bad[0][2]}" if bad else "it is empty"
            raise GazetteerError(f"{dump.path} is no dump of the form that {step} needs: {why}")
        flush()
        self._commit(step, bad, (1, offset, rows, filed, left_out, skipped))
        told(offset)

    def file_items(
        self, step: str, items: Iterable[Item], filer: Callable[[Item], None], told: Callable[[int], None]
    ) -> None:
        """File things that are no lines, each whole, from where the last run stopped."""
        done, offset, rows, filed, left_out, skipped = self._journal(step)
        if done:
            return
        bad: list[tuple[str, int, str]] = []
        for number, item in enumerate(items, start=1):
            if number <= rows:
                continue
            rows = number
            try:
                filer(item)
                filed += 1
            except BadLine as error:
                skipped += 1
                if skipped <= SHOWN_SKIPS:
                    bad.append((step, number, str(error)))
            if number % 100 == 0:
                self._commit(step, bad, (0, offset, rows, filed, left_out, skipped))
                bad.clear()
                told(rows)
        self._commit(step, bad, (1, offset, rows, filed, left_out, skipped))

    def _journal(self, step: str) -> tuple[int, int, int, int, int, int]:
        row = self.connection.execute(
            "SELECT is_done, offset, rows, filed, left_out, skipped FROM step WHERE name = ?", (step,)
        ).fetchone()
        return row or (0, 0, 0, 0, 0, 0)

    def _commit(self, step: str, bad: list[tuple[str, int, str]], state: tuple[int, ...]) -> None:
        self.connection.executemany("INSERT INTO skip VALUES (?, ?, ?)", bad)
        self.connection.execute("INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?, ?, ?, ?)", (step, *state))
        self.connection.commit()

    def account(self, step: str, dump: DumpFile) -> InputAccount:
        """What became of the lines that a step read."""
        _, _, rows, filed, left_out, skipped = self._journal(step)
        found = self.connection.execute("SELECT line, reason FROM skip WHERE step = ? ORDER BY line", (step,))
        return InputAccount(
            role=step,
            name=dump.path.name,
            size_bytes=dump.path.stat().st_size,
            modified_on=dump.modified_on,
            rows=rows,
            filed=filed,
            left_out=left_out,
            skipped=skipped,
            first_skips=tuple(f"line {line}: {reason}" for line, reason in found),
        )


def discard(path: Path) -> None:
    """Remove an unfinished gazetteer with the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=1.0)
    try:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("BEGIN EXCLUSIVE")
        connection.commit()
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise GazetteerError(f"another build is at work on {path}: wait for it, or stop it") from error
        raise
    except sqlite3.DatabaseError:  # a file that broke with the machine
        connection.close()
        discard(path)
        return _connect(path)
    return connection


def _has_plan(connection: sqlite3.Connection, identity: str) -> bool:
    try:
        row = connection.execute("SELECT identity FROM plan").fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None and row[0] == identity
