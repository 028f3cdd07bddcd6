"""Long work that servers do on a casebook, kept in it: asked for, begun, under way, ended.

A job is taken by one server alone, however many serve the casebook.  A server says now and
then that a job of its own is under way; one that nobody has said so of for a while is
interrupted, and can be asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.store import Store
from casus.errors import CasebookError, NotInCasebook

SILENCE = timedelta(seconds=30)
"""After so long without a sign of its server a job counts as interrupted."""
_MOST_WAITING = 200
_LARGEST_NUMBER = 2**63 - 1


class JobKind(StrEnum):
    """What a job does."""

    INGEST = "ingest"
    LINK = "link"
    REBUILD = "rebuild"
    EXPORT = "export"


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"  # its server stopped

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work.  `total` is None where it is not known how much there is to do.

    `is_cancelled` says that somebody asked for its end, which may be yet to come.
    """

    number: int
    kind: JobKind
    state: JobState
    by: str
    parameters: Mapping[str, Any]
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    beat_at: datetime | None
    done: int
    total: int | None
    message: str
    result: Mapping[str, Any] | None
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of a casebook."""

    store: Store
    clock: Callable[[], datetime]

    def make(self, kind: JobKind, *, by: str, parameters: Mapping[str, Any] | None = None) -> Job:
        """Ask for a job; raises `CasebookError` where too many wait."""
        with self.store.writes() as connection:
            number = insert_job(connection, kind, by, parameters or {}, self.clock())
            return _get(connection, number)

    def claim(self) -> Job | None:
        """Take the job that has waited longest, None where none waits; no other server gets it."""
        if not self._has(JobState.WAITING):
            return None
        now = self.clock()
        with self.store.writes() as connection:
            job = t.job.c
            query = sa.select(job.number).where(job.state == JobState.WAITING).order_by(job.number).limit(1)
            number = connection.scalar(query)
            if number is None:
                return None
            _set(connection, number, state=JobState.RUNNING, started_at=now, beat_at=now)
            return _get(connection, number)

    def beat(self, number: int, done: int, total: int | None, message: str) -> None:
        """Say that a job is under way, and how far."""
        with self.store.writes() as connection:
            # One that was taken for interrupted is not: its server could not write for a while.
            under_way = sa.or_(t.job.c.state == JobState.RUNNING, t.job.c.state == JobState.INTERRUPTED)
            connection.execute(
                sa.update(t.job)
                .where(t.job.c.number == number, under_way)
                .values(
                    state=JobState.RUNNING,
                    ended_at=None,
                    beat_at=self.clock(),
                    done=done,
                    total=total,
                    message=message,
                )
            )

    def finish(self, number: int, result: Mapping[str, Any], message: str = "") -> None:
        """Note what came of a job."""
        self._end(number, JobState.DONE, message, result)

    def fail(self, number: int, message: str, result: Mapping[str, Any] | None = None) -> None:
        """Note that a job failed, and why."""
        self._end(number, JobState.FAILED, message, result)

    def stop(self, number: int, message: str, result: Mapping[str, Any] | None = None) -> None:
        """Note that a job ended because somebody asked for it."""
        self._end(number, JobState.CANCELLED, message, result)

    def interrupt(self, number: int, message: str, result: Mapping[str, Any] | None = None) -> None:
        """Note that a job ended because its server does."""
        self._end(number, JobState.INTERRUPTED, message, result)

    def cancel(self, number: int) -> Job:
        """Ask for the end of a job: one that waits ends now, one that runs as soon as it can.

        Raises `NotInCasebook`; a job that is over stays as it is.
        """
        with self.store.writes() as connection:
            job = _get(connection, number)
            if job.state is JobState.WAITING:
                _set(
                    connection,
                    number,
                    state=JobState.CANCELLED,
                    is_cancelled=True,
                    ended_at=self.clock(),
                    message="Cancelled before it began.",
                )
            elif job.state is JobState.RUNNING:
                _set(connection, number, is_cancelled=True)
            return _get(connection, number)

    def again(self, number: int, *, by: str) -> Job:
        """Ask anew for a job that came to nothing; raises `CasebookError` where it did not, or is done."""
        with self.store.writes() as connection:
            job = _get(connection, number)
            if job.state not in (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED):
                raise CasebookError(f"job {number} is {job.state}: only what came to nothing is run again")
            made = insert_job(connection, job.kind, by, job.parameters, self.clock())
            return _get(connection, made)

    def is_cancelled(self, number: int) -> bool:
        """Whether somebody asked for the end of a job."""
        with self.store.reads() as connection:
            query = sa.select(t.job.c.is_cancelled).where(t.job.c.number == number)
            return bool(connection.scalar(query))

    def interrupt_silent(self) -> int:
        """Mark the jobs whose servers have been silent for `SILENCE`; gives their number."""
        if not self._has(JobState.RUNNING):
            return 0
        now = self.clock()
        with self.store.writes() as connection:
            job = t.job.c
            silent = (
                sa.update(t.job)
                .where(job.state == JobState.RUNNING, job.beat_at < now - SILENCE)
                .values(
                    state=JobState.INTERRUPTED,
                    ended_at=now,
                    message="The server that ran it stopped. Run it again to go on.",
                )
            )
            return connection.execute(silent).rowcount

    def get(self, number: int) -> Job:
        """A job by its number; raises `NotInCasebook`."""
        with self.store.reads() as connection:
            return _get(connection, number)

    def list(self, *, by: str | None = None, offset: int = 0, limit: int = 50) -> tuple[int, tuple[Job, ...]]:
        """How many jobs there are, of everybody or by somebody, and some of them, the newest first."""
        whose = sa.true() if by is None else t.job.c.by == by
        with self.store.reads() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(t.job).where(whose)) or 0
            query = sa.select(t.job).where(whose).order_by(t.job.c.number.desc())
            query = query.offset(offset).limit(limit)
            return total, tuple(job_of(row) for row in connection.execute(query))

    def unfinished(self) -> tuple[Job, ...]:
        """The jobs that wait or run, the newest first."""
        with self.store.reads() as connection:
            states = [JobState.WAITING, JobState.RUNNING]
            query = sa.select(t.job).where(t.job.c.state.in_(states)).order_by(t.job.c.number.desc())
            return tuple(job_of(row) for row in connection.execute(query))

    def _has(self, state: JobState) -> bool:
        with self.store.reads() as connection:
            return bool(connection.scalar(sa.select(sa.exists().where(t.job.c.state == state))))

    def _end(self, number: int, state: JobState, message: str, result: Mapping[str, Any] | None) -> None:
        with self.store.writes() as connection:
            values = {"state": state, "ended_at": self.clock(), "message": message}
            if result is not None:
                values["result"] = dict(result)
            under_way = t.job.c.state.in_([JobState.RUNNING, JobState.INTERRUPTED])
            connection.execute(sa.update(t.job).where(t.job.c.number == number, under_way).values(**values))


def insert_job(
    connection: Connection, kind: JobKind, by: str, parameters: Mapping[str, Any], now: datetime
) -> int:
    """Ask for a job in a transaction; gives its number.  Raises `CasebookError` where too many wait."""
    waiting = sa.select(sa.func.count()).select_from(t.job).where(t.job.c.state == JobState.WAITING)
    if (connection.scalar(waiting) or 0) >= _MOST_WAITING:
        raise CasebookError(f"{_MOST_WAITING} jobs wait already: try again when some are done")
    insert = sa.insert(t.job).returning(t.job.c.number)
    number: int = connection.execute(
        insert,
        {
            "kind": kind,
            "state": JobState.WAITING,
            "by": by,
            "parameters": dict(parameters),
            "made_at": now,
            "done": 0,
            "total": None,
            "message": "",
            "is_cancelled": False,
        },
    ).scalar_one()
    return number


def _set(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(sa.update(t.job).where(t.job.c.number == number).values(**values))


def _get(connection: Connection, number: int) -> Job:
    known = 0 < number <= _LARGEST_NUMBER
    row = connection.execute(sa.select(t.job).where(t.job.c.number == number)).first() if known else None
    if row is None:
        raise NotInCasebook(f"{number}: no job with this number")
    return job_of(row)


def job_of(row: sa.Row[Any]) -> Job:
    """The job that a row of the table is."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for a row by its columns
    values |= {"kind": JobKind(row.kind), "state": JobState(row.state)}
    return Job(**values)
