"""Processes that take readings into a casebook, to be killed while they do, and what is there after.

Run by a fork server, so that a process starts in the time that it takes to fork.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any

import sqlalchemy as sa

from casebook.telling import PLACES, Account, Story, claim, reading_of
from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.chunks import chunks
from casus.casebook.filing import Sourced
from casus.model import ClaimKind

_BATCH = 2
_ACTS = (
    "Raiders burned the mill",
    "A mine tore up a minibus",
    "Shells fell on the market",
    "Guards were shot",
)
_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload(
    [
        "__main__",
        "casus.casebook.book",
        "alembic.autogenerate",
        "psycopg",
        "sqlalchemy.dialects.postgresql.psycopg",
        "sqlalchemy.dialects.sqlite",
    ]
)


def readings(number: int, seed: int = 7) -> list[Sourced]:
    """Readings of reports on a few events, with claims, some of one event and some copies."""
    chance = random.Random(seed)
    made = []
    for index in range(number):
        day = date(2020, 3, 1) + timedelta(days=chance.randrange(4))
        accounts = tuple(
            Account(
                day=day,
                place=chance.choice(sorted(PLACES)),
                killed=chance.randrange(1, 30),
                told=f"{chance.choice(_ACTS)} beside the orchard {account}",
                claims=(claim(ClaimKind.TOLL, "the mayor", low=index),),
            )
            for account in range(chance.randrange(1, 3))
        )
        # No paper has two reports of one day: which of them is the later one, nobody knows.
        published = day + timedelta(days=1 + 5 * (index // 8))
        story = Story(f"Paper {index % 8}", published, accounts, head=f"Report {index}.")
        made.append(Sourced(f"{index}.txt", replace(reading_of(story), reader="hand/1")))
    return made


def take_in(url: str, sourced: Sequence[Sourced]) -> None:
    """Open a casebook and take in what it does not have yet."""
    with Casebook.open(url) as book:
        complete(book, sourced)


def complete(book: Casebook, sourced: Sequence[Sourced]) -> None:
    """Take in what a casebook does not have yet, a few at a time, as `casus ingest` does."""
    unread = {report.id for report in book.unread([item.reading.report for item in sourced], "hand/1")}
    for batch in chunks((item for item in sourced if item.reading.report.id in unread), _BATCH):
        book.ingest_batch(batch)


def started(url: str, sourced: Sequence[Sourced]) -> ForkServerProcess:
    """A process that takes readings in."""
    process = _SERVER.Process(target=take_in, args=(url, sourced))
    process.start()
    return process


def state_of(book: Casebook) -> dict[str, list[Any]]:
    """All that a casebook holds, without times, and with numbers by their order."""
    with book.store.reads() as connection:
        reports = _ranks(connection, t.report)
        claims = _ranks(connection, t.claim)
        readings_ = _ranks(connection, t.reading)
        state = {
            table.name: [_plain(row._mapping) for row in connection.execute(sa.select(table))]
            for table in (
                t.report,
                t.reading,
                t.reported_event,
                t.claim,
                t.copy_pair,
                t.pair,
                t.event_state,
                t.pending,
            )
        }
        is_current = t.link.c.until.is_(None)
        state["link"] = [
            tuple(row)
            for row in connection.execute(sa.select(t.link.c.event, t.link.c.key).where(is_current))
        ]
        ended = connection.scalar(sa.select(sa.func.count()).where(t.event.c.ended_at.is_(None)))
    state["events that hold"] = [ended]
    ranks = {
        "report": reports,
        "one": reports,
        "other": reports,
        "reading": readings_,
        "claims": claims,
        "grade_claims": claims,
    }
    for name, rows in state.items():
        if name == "report":
            continue
        state[name] = sorted((_ranked(row, ranks) for row in rows), key=repr)
    for row in state["report"]:
        row["number"] = reports[row["number"]]
    for name in ("reading", "claim"):
        for row in state[name]:
            row.pop("number", None)
        state[name].sort(key=repr)
    state["report"].sort(key=repr)
    return state


def _ranks(connection: sa.Connection, table: sa.Table) -> dict[int, int]:
    numbers = connection.scalars(sa.select(table.c.number).order_by(table.c.number))
    return {number: rank for rank, number in enumerate(numbers)}


def _plain(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not key.endswith("_at")}


def _ranked(value: Any, ranks: dict[str, dict[int, int]], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _ranked(inner, ranks, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_ranked(inner, ranks, key) for inner in value]
    return ranks[key].get(value, value) if key in ranks and isinstance(value, int) else value


def faults_of(book: Casebook, sourced: Sequence[Sourced]) -> Iterator[str]:
    """What is wrong with a casebook into which some of the readings were taken."""
    made = {item.reading.report.id: item.reading for item in sourced}
    with book.store.reads() as connection:
        if book.store.is_sqlite:
            yield from (
                f"integrity: {row}"
                for (row,) in connection.exec_driver_sql("PRAGMA integrity_check")
                if row != "ok"
            )
            yield from (
                f"foreign key: {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            )
        else:
            yield from _orphans(connection)
        current = sa.select(t.report.c.name, t.reading.c.number).outerjoin(
            t.reading, sa.and_(t.reading.c.report == t.report.c.number, t.reading.c.ended_at.is_(None))
        )
        for name, number in connection.execute(current):
            for table, expected in ((t.reported_event, made[name].events), (t.claim, made[name].claims)):
                query = sa.select(sa.func.count()).select_from(table).where(table.c.reading == number)
                if connection.scalar(query) != len(expected):
                    yield f"half a report: {name} in {table.name}"
        linked = sa.select(t.link.c.key).where(t.link.c.until.is_(None))
        unlinked = sa.select(t.reported_event.c.key).where(t.reported_event.c.key.not_in(linked))
        yield from (f"not linked: {key}" for key in connection.scalars(unlinked))
        stated = sa.select(t.event_state.c.event)
        yield from (
            f"no state: {event}"
            for event in connection.scalars(
                sa.select(t.link.c.event).where(t.link.c.until.is_(None), t.link.c.event.not_in(stated))
            )
        )


def _orphans(connection: sa.Connection) -> Iterator[str]:
    """Rows that point to none, for each foreign key of one column."""
    for table in t.metadata.sorted_tables:
        for key in table.foreign_keys:
            column = key.parent
            query = sa.select(sa.func.count()).where(
                column.is_not(None), column.not_in(sa.select(key.column.table.alias().c[key.column.name]))
            )
            if connection.scalar(query):
                yield f"foreign key: {table.name}.{column.name}"
