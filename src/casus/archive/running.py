"""A run of reading from beginning to end: stage, sort, read, and the account of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from casus.archive.engines import Engine
from casus.archive.inputs import InputFile, input_files
from casus.archive.plan import ABOUT, COMPLETE, FILES, FORMAT, WORK, Plan, begin, inputs_digest
from casus.archive.sorting import kept_lots
from casus.archive.staging import jobs_of
from casus.archive.storage import Folder, alone_in
from casus.archive.units import TRIES_FOLDER, Job, Unit, account_of, is_done

_FILES = pa.schema(
    [
        ("file", pa.string()),
        ("size", pa.int64()),
        *((name, pa.int64()) for name in ("documents", "failed", "not_violent", "let_in", "repeats")),
        *((name, pa.int64()) for name in ("read", "copies", "set_aside")),
        *((name, pa.int64()) for name in ("events", "claims", "agreements", "statistics")),
        ("damage", pa.string()),
        ("reader", pa.string()),
        ("gate", pa.string()),
        ("casus", pa.string()),
    ]
)
"""The account of each input file: its documents by what became of them, and what these tell."""

_SUMMED = ("documents", "failed", "not_violent", "let_in", "repeats", "read", "copies", "set_aside")
_TOLD = ("events", "claims", "agreements", "statistics")


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: its stage, and units done of all; `documents` are those of the units done."""

    stage: str
    done: int
    of: int
    documents: int


@dataclass(frozen=True, slots=True)
class Account:
    """What came of a run: input files and documents by what became of them, and what they tell."""

    files: int
    damaged: tuple[tuple[str, str], ...]
    counts: Mapping[str, int]
    was_complete: bool = False

    def record(self) -> dict[str, Any]:
        """The account for programs."""
        return {**asdict(self), "damaged": [list(pair) for pair in self.damaged]}


Tell = Callable[[Step], None]


def read_archive(
    output: Folder, plan: Plan, engine: Callable[[], AbstractContextManager[Engine]], tell: Tell
) -> Account:
    """Read an archive into a folder, or go on with it; gives the account of all of it.

    Raises `ArchiveError` where there is no input, where the folder holds something else or
    another run is at work there, and where it can't be written.
    """
    files = input_files(plan.source)
    with alone_in(output):
        if begin(output, plan, files):
            return kept_account(output)
        output.remove(TRIES_FOLDER)
        with engine() as doing:
            jobs = list(jobs_of([(file.address, file.size) for file in files]))
            work = _Work(doing, output, plan, tell)
            staged = work.all(jobs, "looking through files")
            tell(Step("finding copies", 0, 1, 0))
            lots = kept_lots(output)
            if lots is None:
                lots = doing.sort(output, plan)
            tell(Step("finding copies", 1, 1, 0))
            read = work.all(lots, "reading")
        return _finish(output, plan, files, staged, read)


def kept_account(output: Folder) -> Account:
    """The account that a complete archive holds."""
    about = output.read_json(ABOUT)
    kept = about["account"]
    damaged = tuple((file, damage) for file, damage in kept["damaged"])
    return Account(kept["files"], damaged, kept["counts"], was_complete=True)


@dataclass(frozen=True, slots=True)
class _Work:
    """Jobs done by an engine, as far as no earlier run did them."""

    engine: Engine
    output: Folder
    plan: Plan
    tell: Tell

    def all(self, jobs: Sequence[Job], stage: str) -> list[dict[str, Any]]:
        """Do the jobs that are not done; gives the accounts of all."""
        done = [job for job in jobs if is_done(self.output, job)]
        accounts = [account_of(self.output, job) for job in done]
        documents = sum(map(_documents, accounts))

        def told(account: dict[str, Any]) -> None:
            nonlocal documents
            accounts.append(account)
            documents += _documents(account)
            self.tell(Step(stage, len(accounts), len(jobs), documents))

        self.tell(Step(stage, len(accounts), len(jobs), documents))
        there = set(done)
        waiting = [Unit.of(self.output, self.plan, job) for job in jobs if job not in there]
        if waiting:
            self.engine.each(waiting, told)
        return accounts


def _documents(account: Mapping[str, Any]) -> int:
    return int(account.get("documents", account.get("reports", 0)))


def _finish(
    output: Folder,
    plan: Plan,
    files: Sequence[InputFile],
    staged: Iterable[Mapping[str, Any]],
    read: Iterable[Mapping[str, Any]],
) -> Account:
    """Write the account of each file and of all, and so make the archive complete."""
    of_file: dict[str, Counter[str]] = {}
    for lot in read:
        for file, counts in lot["counts"].items():
            of_file.setdefault(file, Counter()).update(counts)
    made_by = {"reader": plan.reader, "gate": plan.gate_name, "casus": plan.casus}
    rows = [
        _file_row(account, of_file.get(account["file"], Counter()), made_by)
        for account in sorted(staged, key=lambda account: account["number"])
    ]
    total: Counter[str] = Counter()
    for row in rows:
        total.update({name: row[name] for name in (*_SUMMED, *_TOLD)})
    account = Account(
        files=len(rows),
        damaged=tuple((row["file"], row["damage"]) for row in rows if row["damage"]),
        counts={name: total[name] for name in (*_SUMMED, *_TOLD)},
    )
    output.write_table(FILES, pa.Table.from_pylist(rows, _FILES))
    output.write_json(
        ABOUT,
        {
            "format": FORMAT,
            "state": COMPLETE,
            "plan": plan.record(),
            "inputs": inputs_digest(files),
            "completed_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "account": account.record(),
        },
    )
    output.remove(WORK)
    return account


def _file_row(
    staged: Mapping[str, Any], told: Mapping[str, int], made_by: Mapping[str, str]
) -> dict[str, Any]:
    own = {"read": told.get("read", 0), "copies": told.get("copy", 0), "set_aside": told.get("set_aside", 0)}
    return {
        **{name: staged[name] for name in ("file", "size", "documents", "failed", "not_violent", "let_in")},
        "repeats": staged["let_in"] - sum(own.values()),
        **own,
        **{name: told.get(name, 0) for name in _TOLD},
        "damage": staged["damage"],
        **made_by,
    }
