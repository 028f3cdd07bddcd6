"""The first stage: an input file's reports are admitted, judged by the gate, and staged with copy keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from casus.archive.inputs import reports_in
from casus.archive.plan import WORK, GateKind, Plan
from casus.archive.storage import Folder
from casus.archive.tables import FAILURES, STAGED, UNDATED, Found, Row, month_of, report_row
from casus.casebook.copies import copy_keys
from casus.errors import NotRead
from casus.model import Report
from casus.sources import SourcedReport, SourceFailure

STAGED_FOLDER = f"{WORK}/staged"
MOST_TRIES = 3
_ROWS_A_PART = 2000
_LAST_DAY = "9999-12-31"
_STAGE = "admitting"


@dataclass(frozen=True, slots=True)
class FileJob:
    """An input file to stage: its number among all, and its address."""

    number: int
    address: str
    size: int

    @property
    def name(self) -> str:
        """What its staged files are named."""
        return f"{self.number:07d}"


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What came of an input file: documents in it, by what became of them; `damage` where it broke off."""

    number: int
    file: str
    size: int
    documents: int = 0
    failed: int = 0
    not_violent: int = 0
    let_in: int = 0
    damage: str | None = None

    def record(self) -> dict[str, Any]:
        """The account as JSON has it."""
        return asdict(self)


def is_staged(output: Folder, job: FileJob) -> bool:
    """Whether a file was staged by an earlier run."""
    return output.exists(_done(job))


def staged_account(output: Folder, job: FileJob) -> FileAccount:
    """The account of a file that was staged."""
    return FileAccount(**output.read_json(_done(job)))


def stage(output: Folder, plan: Plan, job: FileJob, tries: int = 1) -> FileAccount:
    """Stage a file: its reports that the gate lets in, its failures, then its account.

    A file whose worker died several times (`tries`) is set aside with all that is in it.
    """
    if tries > MOST_TRIES:
        return _set_aside(output, job)
    gate = _gate(plan)
    counts: Counter[str] = Counter()
    rows = _Parts(output, STAGED, lambda part: f"{STAGED_FOLDER}/{job.name}-{part:04d}.parquet")
    failures = _Parts(output, FAILURES, lambda part: failures_name(job, part))
    damage: str | None = None
    for position, found in enumerate(reports_in(job.address, plan.form)):
        if isinstance(found, SourceFailure):
            failures.add(_failure(job.address, found.origin, found.error))
            is_of_file = found.origin == job.address
            damage = str(found.error) if is_of_file else damage
            counts["failed"] += 1
            counts["documents"] += not is_of_file
            continue
        counts["documents"] += 1
        score = gate(found.report)
        if score is None:
            counts["not_violent"] += 1
        else:
            counts["let_in"] += 1
            rows.add(_staged_row(found, job, position, score))
    rows.end()
    failures.end()
    account = FileAccount(
        number=job.number,
        file=job.address,
        size=job.size,
        documents=counts["documents"],
        failed=counts["failed"],
        not_violent=counts["not_violent"],
        let_in=counts["let_in"],
        damage=damage,
    )
    output.write_json(_done(job), account.record())
    return account


def _set_aside(output: Folder, job: FileJob) -> FileAccount:
    """Take a file out whose worker died again and again, with all that was staged of it."""
    message = f"{job.address}: reading this file stopped its worker {MOST_TRIES} times: it was set aside"
    for name in output.names(STAGED_FOLDER):
        if name.startswith(f"{STAGED_FOLDER}/{job.name}-"):
            output.remove(name)
    failures = _Parts(output, FAILURES, lambda part: failures_name(job, part))
    failures.add(_failure(job.address, job.address, NotRead(message)))
    failures.end()
    account = FileAccount(job.number, job.address, job.size, failed=1, damage=message)
    output.write_json(_done(job), account.record())
    return account


class _Parts:
    """Rows on their way into a table's numbered files, a bounded number of them in memory."""

    def __init__(self, output: Folder, schema: pa.Schema, name_of: Callable[[int], str]) -> None:
        self._output, self._schema, self._name_of = output, schema, name_of
        self._rows: list[Row] = []
        self._written = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _ROWS_A_PART:
            self.end()

    def end(self) -> None:
        if self._rows:
            table = pa.Table.from_pylist(self._rows, self._schema)
            self._output.write_table(self._name_of(self._written), table)
            self._written, self._rows = self._written + 1, []


def failures_name(job: FileJob, part: int) -> str:
    """Where a part of a file's failures stands."""
    return f"failures/month={UNDATED}/file-{job.name}-{part:04d}.parquet"


def _done(job: FileJob) -> str:
    return f"{STAGED_FOLDER}/{job.name}.json"


def _gate(plan: Plan) -> Callable[[Report], float | None]:
    """Gives the score of a report that is let in, None for one that is not."""
    # Loaded here: the reader's signs load much besides.
    from casus.reading.gating import tells_of_violence  # noqa: PLC0415

    match plan.gate:
        case GateKind.NONE:
            return lambda _: 0.0
        case GateKind.WORDS:
            return lambda report: 0.0 if tells_of_violence(report) else None
        case GateKind.LINEAR:
            from casus.archive.gate import load_gate  # noqa: PLC0415

            gate = load_gate()
            least = gate.threshold if plan.gate_threshold is None else plan.gate_threshold

            def judged(report: Report) -> float | None:
                score = gate.score(report.text)
                return score if score >= least else None

            return judged


def _staged_row(found: SourcedReport, job: FileJob, position: int, score: float) -> Row:
    report = found.report
    row = report_row(Found(report, job.address, found.origin, score))
    day = report.published_on.isoformat() if report.published_on is not None else _LAST_DAY
    return row | {
        "month": month_of(report.published_on),
        "place_in_order": f"{day} {row['hash']}",
        "file_number": job.number,
        "position": position,
        "keys": list(dict.fromkeys(copy_keys(report.text))),
    }


def _failure(file: str, origin: str, error: Exception, digest: str | None = None) -> Row:
    return {
        "file": file,
        "origin": origin,
        "stage": _STAGE,
        "error": type(error).__name__,
        "message": str(error),
        "hash": digest,
    }


def jobs_of(files: list[tuple[str, int]]) -> Iterator[FileJob]:
    """The jobs of some files, numbered in their order."""
    for number, (address, size) in enumerate(files):
        yield FileJob(number, address, size)
