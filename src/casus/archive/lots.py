"""The third stage: the originals of a lot are read, and all that it holds becomes rows of the tables."""

from __future__ import annotations

import functools
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from casus.archive.plan import WORK, Plan
from casus.archive.sorting import LotJob
from casus.archive.storage import Folder
from casus.archive.tables import COPY, READ, TABLES, Row, issues_text, report_of, rows_of_reading, table_of
from casus.casebook.filing import hash_of
from casus.errors import NotRead
from casus.model import Reading, Report

_DONE_FOLDER = f"{WORK}/done"
_STAGE = "reading"
_COUNTED = ("events", "claims", "agreements", "statistics")

Note = Callable[[str | None], None]
"""Notes which report is being read, by its hash, so that it is known should the worker die of it."""


@dataclass(frozen=True, slots=True)
class LotAccount:
    """What came of a lot, by input file: reports read, copies, reports set aside, and what they tell."""

    name: str
    reports: int
    counts: Mapping[str, Mapping[str, int]]

    def record(self) -> dict[str, Any]:
        """The account as JSON has it."""
        return {"name": self.name, "reports": self.reports, "counts": self.counts}


class _TookTooLong(Exception):
    """A report that takes longer to read than it may."""


def is_read(output: Folder, job: LotJob) -> bool:
    """Whether a lot was read by an earlier run."""
    return output.exists(_done(job))


def lot_account(output: Folder, job: LotJob) -> LotAccount:
    """The account of a lot that was read."""
    return LotAccount(**output.read_json(_done(job)))


def read_lot(
    output: Folder, plan: Plan, job: LotJob, *, careful: bool, aside: frozenset[str], note: Note
) -> LotAccount:
    """Read a lot and write its rows, then its account.

    A report that can't be read is a row of `failures`, and the others are read.  `careful`
    reads one report at a time, each noted before; those `aside` have stopped a worker and
    are not read.
    """
    rows = _rows_of(output, job)
    _reader(plan)
    wanted = [row for row in rows if row["is_read"] and row["hash"] not in aside]
    readings, errors = _readings(plan, [report_of(row) for row in wanted], careful=careful, note=note)
    errors |= {digest: NotRead("reading this text stopped the reader: it was set aside") for digest in aside}
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        digest = row["hash"]
        own = counts.setdefault(row["file"], Counter())
        if row["is_read"] and digest in errors:
            tables["failures"].append(_failure(row, errors[digest]))
            own["set_aside"] += 1
            continue
        reading = readings.get(digest) if row["is_read"] else None
        own[READ if reading is not None else COPY] += 1
        tables["reports"].append(_report_row(row, reading))
        for name, of_reading in rows_of_reading(reading, digest) if reading is not None else ():
            tables[name].append(of_reading)
            own[name] += name in _COUNTED
    for name, own_rows in tables.items():
        file = f"{name}/month={job.month}/lot-{job.part:05d}.parquet"
        if own_rows:
            output.write_table(file, table_of(name, own_rows))
    account = LotAccount(job.name, len(rows), {file: dict(own) for file, own in sorted(counts.items())})
    output.write_json(_done(job), account.record())
    return account


def _done(job: LotJob) -> str:
    return f"{_DONE_FOLDER}/{job.name}.json"


def _rows_of(output: Folder, job: LotJob) -> list[Row]:
    parts = [output.read_table(name) for name in output.names(job.folder, ".parquet")]
    rows: list[Row] = pa.concat_tables(parts, promote_options="permissive").to_pylist() if parts else []
    return sorted(rows, key=lambda row: row["place_in_order"])


def _report_row(row: Mapping[str, Any], reading: Reading | None) -> Row:
    kept = {name: row.get(name) for name in TABLES["reports"].names}
    return kept | {
        "status": READ if reading is not None else COPY,
        "reader": reading.reader if reading is not None else None,
        "issues": issues_text(reading) if reading is not None else "[]",
    }


def _failure(row: Mapping[str, Any], error: Exception) -> Row:
    kind = type(error).__name__ if not isinstance(error, _TookTooLong) else NotRead.__name__
    return {
        "file": row["file"],
        "origin": row["origin"],
        "stage": _STAGE,
        "error": kind,
        "message": f"{row['origin']}: {str(error) or kind}",
        "hash": row["hash"],
    }


def _readings(
    plan: Plan, reports: Sequence[Report], *, careful: bool, note: Note
) -> tuple[dict[str, Reading], dict[str, Exception]]:
    """The readings by hash, and the errors of those that could not be read."""
    readings: dict[str, Reading] = {}
    errors: dict[str, Exception] = {}
    size = 1 if careful else plan.batch_size
    for start in range(0, len(reports), size):
        batch = reports[start : start + size]
        for report in batch if careful else ():
            note(hash_of(report))
        try:
            with _no_longer_than(plan.most_seconds):
                found = list(_reader(plan).read_all(batch))
        except Exception as error:  # noqa: BLE001 - whatever one text does, the others are read
            if len(batch) == 1:
                errors[hash_of(batch[0])] = error
            else:
                more, more_errors = _readings(plan, batch, careful=True, note=note)
                readings |= more
                errors |= more_errors
                note(None)
        else:
            readings |= {hash_of(reading.report): reading for reading in found}
    return readings, errors


@functools.cache
def _made(pipeline: str, batch_size: int, actors: str | None) -> Any:
    # Loaded here, once in a worker: spaCy takes longer to load than everything else together.
    from pathlib import Path  # noqa: PLC0415

    from casus.reading.reader import RuleReader  # noqa: PLC0415

    reader = RuleReader(pipeline=pipeline, batch_size=batch_size, actors=Path(actors) if actors else None)
    list(reader.read_all([]))  # loads all that it needs, before the first report's time runs
    return reader


def _reader(plan: Plan) -> Any:
    return _made(plan.pipeline, plan.batch_size, plan.actors)


@contextmanager
def _no_longer_than(seconds: int) -> Iterator[None]:
    """Stops what takes longer, with `_TookTooLong`; it can't where signals don't reach, in a thread.

    It is time of the processor, so that a busy machine sets no report aside.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TookTooLong(
            f"reading it took longer than {seconds} seconds of the processor: it was set aside"
        )

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
