"""Feeds that a server takes in now and then, and what came of it last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from casus.casebook import schema as t
from casus.casebook.jobs import Job, JobKind, JobState, insert_job, job_of
from casus.casebook.store import Store
from casus.errors import CasebookError, NotInCasebook

LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60
_LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.  `taken_at` is when it was last asked for, `result` the account of that."""

    number: int
    url: str
    name: str
    every_minutes: int
    is_active: bool
    made_by: str
    made_at: datetime
    taken_at: datetime | None
    result: Mapping[str, Any] | None

    @property
    def due_at(self) -> datetime | None:
        """When it is to be taken in next, None while it is paused."""
        if not self.is_active:
            return None
        last = self.taken_at
        return self.made_at if last is None else last + timedelta(minutes=self.every_minutes)


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of a casebook."""

    store: Store
    clock: Callable[[], datetime]

    def add(self, url: str, *, name: str, every_minutes: int, by: str) -> Feed:
        """Watch a feed; raises `CasebookError` where it is watched already."""
        _require_interval(every_minutes)
        try:
            with self.store.writes() as connection:
                number = connection.execute(
                    sa.insert(t.feed).returning(t.feed.c.number),
                    {
                        "url": url,
                        "name": name,
                        "every_minutes": every_minutes,
                        "is_active": True,
                        "made_by": by,
                        "made_at": self.clock(),
                    },
                ).scalar_one()
                return _get(connection, number)
        except CasebookError as error:
            if isinstance(error.__cause__, IntegrityError):
                raise CasebookError(f"{url} is watched already: change that feed instead") from error
            raise

    def change(
        self,
        number: int,
        *,
        name: str | None = None,
        every_minutes: int | None = None,
        is_active: bool | None = None,
    ) -> Feed:
        """Change what is given; a feed that is not active is paused.  Raises `NotInCasebook`."""
        if every_minutes is not None:
            _require_interval(every_minutes)
        values = {"name": name, "every_minutes": every_minutes, "is_active": is_active}
        changed = {column: value for column, value in values.items() if value is not None}
        with self.store.writes() as connection:
            _get(connection, number)
            if changed:
                connection.execute(sa.update(t.feed).where(t.feed.c.number == number).values(**changed))
            return _get(connection, number)

    def remove(self, number: int) -> None:
        """Watch a feed no longer; the reports that came of it stay.  Raises `NotInCasebook`."""
        with self.store.writes() as connection:
            _get(connection, number)
            connection.execute(sa.delete(t.feed).where(t.feed.c.number == number))

    def get(self, number: int) -> Feed:
        """A feed by its number; raises `NotInCasebook`."""
        with self.store.reads() as connection:
            return _get(connection, number)

    def list(self) -> tuple[Feed, ...]:
        """All feeds, by name."""
        with self.store.reads() as connection:
            return tuple(map(_feed, connection.execute(sa.select(t.feed).order_by(t.feed.c.name))))

    def take(self, number: int, *, by: str) -> Job:
        """Ask for a feed's new reports as a job now; the one that is under way, where there is one."""
        with self.store.writes() as connection:
            return self._taken(connection, _get(connection, number), by)

    def take_due(self) -> int:
        """Ask for the reports of all feeds that are due, each as a job; gives how many they were."""
        if not self._due(self.clock()):
            return 0
        with self.store.writes() as connection:
            due = [feed for feed in map(_feed, connection.execute(sa.select(t.feed))) if self._is_due(feed)]
            for feed in due:
                self._taken(connection, feed, feed.made_by)
        return len(due)

    def note(self, number: int, result: Mapping[str, Any]) -> None:
        """Keep what came of taking a feed in; nothing where it was removed meanwhile."""
        with self.store.writes() as connection:
            connection.execute(sa.update(t.feed).where(t.feed.c.number == number).values(result=dict(result)))

    def _due(self, now: datetime) -> bool:
        return any(feed.due_at is not None and feed.due_at <= now for feed in self.list())

    def _is_due(self, feed: Feed) -> bool:
        return feed.due_at is not None and feed.due_at <= self.clock()

    def _taken(self, connection: Connection, feed: Feed, by: str) -> Job:
        now = self.clock()
        connection.execute(sa.update(t.feed).where(t.feed.c.number == feed.number).values(taken_at=now))
        unfinished = sa.select(t.job).where(
            t.job.c.kind == JobKind.INGEST, t.job.c.state.in_([JobState.WAITING, JobState.RUNNING])
        )
        for row in connection.execute(unfinished):
            if row.parameters.get("feed") == feed.number:
                return job_of(row)
        number = insert_job(connection, JobKind.INGEST, by, {"feed": feed.number, "name": feed.name}, now)
        row = connection.execute(sa.select(t.job).where(t.job.c.number == number)).one()
        return job_of(row)


def _require_interval(every_minutes: int) -> None:
    if not LEAST_MINUTES <= every_minutes <= MOST_MINUTES:
        raise CasebookError(
            f"every {every_minutes} minutes: take a feed in every {LEAST_MINUTES} to {MOST_MINUTES} minutes"
        )


def _get(connection: Connection, number: int) -> Feed:
    known = 0 < number <= _LARGEST_NUMBER
    row = connection.execute(sa.select(t.feed).where(t.feed.c.number == number)).first() if known else None
    if row is None:
        raise NotInCasebook(f"{number}: no feed with this number")
    return _feed(row)


def _feed(row: sa.Row[Any]) -> Feed:
    return Feed(**row._mapping)  # noqa: SLF001
