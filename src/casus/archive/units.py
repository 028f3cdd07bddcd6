"""One unit of work, done once however often it is begun: what a process of a pool or of Spark runs.

A unit that is done says so in a file, and isn't done again.  A unit that is begun notes it,
so that the next try knows that the last one died, and of what: the second try reads one report
at a time, and a report that stops its worker then is set aside by the third.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from casus.archive.lots import is_read, lot_account, read_lot
from casus.archive.plan import WORK, Plan
from casus.archive.sorting import LotJob
from casus.archive.staging import FileJob, is_staged, stage, staged_account
from casus.archive.storage import Folder

TRIES_FOLDER = f"{WORK}/tries"
STAGE, LOT = "stage", "lot"

Job = FileJob | LotJob


@dataclass(frozen=True, slots=True)
class Unit:
    """A job of a plan, as values that JSON has."""

    output: str
    plan: Mapping[str, Any]
    kind: str
    job: Mapping[str, Any]

    @classmethod
    def of(cls, output: Folder, plan: Plan, job: Job) -> Unit:
        """The unit that a job makes."""
        kind = STAGE if isinstance(job, FileJob) else LOT
        return cls(output.address, plan.record(), kind, asdict(job))


@dataclass(slots=True)
class _Tries:
    """How often a unit was begun, the report that it was last at, and those that stopped a worker."""

    begun: int = 0
    at: str | None = None
    aside: list[str] = field(default_factory=list)


def is_done(output: Folder, job: Job) -> bool:
    """Whether a job was done by an earlier run."""
    return is_staged(output, job) if isinstance(job, FileJob) else is_read(output, job)


def account_of(output: Folder, job: Job) -> dict[str, Any]:
    """What came of a job that is done."""
    done = staged_account(output, job) if isinstance(job, FileJob) else lot_account(output, job)
    return done.record()


def do(unit: Unit) -> dict[str, Any]:
    """Do a unit, or find it done; gives its account."""
    output, plan = Folder(unit.output), Plan.of(unit.plan)
    job = FileJob(**unit.job) if unit.kind == STAGE else LotJob(**unit.job)
    if is_done(output, job):
        return account_of(output, job)
    _use_gazetteer(plan)
    tries = _begin(output, f"{TRIES_FOLDER}/{unit.kind}-{job.name}.json")
    if isinstance(job, FileJob):
        return stage(output, plan, job, tries.begun).record()

    def note(digest: str | None) -> None:
        tries.at = digest
        output.write_json(f"{TRIES_FOLDER}/{unit.kind}-{job.name}.json", asdict(tries))

    done = read_lot(output, plan, job, careful=tries.begun > 1, aside=frozenset(tries.aside), note=note)
    return done.record()


def _begin(output: Folder, name: str) -> _Tries:
    tries = _Tries(**output.read_json(name)) if output.exists(name) else _Tries()
    tries.begun += 1
    if tries.at is not None:
        tries.aside.append(tries.at)
        tries.at = None
    output.write_json(name, asdict(tries))
    return tries


def _use_gazetteer(plan: Plan) -> None:
    """Set where the gazetteer is, unless this machine says so itself."""
    if plan.gazetteer is not None and Path(plan.gazetteer).exists():
        os.environ.setdefault("CASUS_GAZETTEER", plan.gazetteer)
