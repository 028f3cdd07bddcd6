"""The audit log: entries are added and read, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.people.records import AuditEntry, AuditFilter, By

_MOST_CHARS = 500


def note(
    connection: Connection,
    by: By,
    action: str,
    about: str,
    *,
    now: datetime,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Add an entry."""
    row = {
        "at": now,
        "who": _clean(by.name),
        "action": action[:40],
        "about": _clean(about),
        "detail": dict(detail or {}),
        "address": None if by.address is None else by.address[:64],
    }
    connection.execute(sa.insert(t.audit), row)


def entries(connection: Connection, wanted: AuditFilter, most: int) -> tuple[AuditEntry, ...]:
    """The newest entries that a filter means, at most so many."""
    query = sa.select(t.audit).order_by(t.audit.c.number.desc()).limit(most)
    query = query.where(*_conditions(wanted))
    return tuple(
        AuditEntry(row.number, row.at, row.who, row.action, row.about, row.detail, row.address)
        for row in connection.execute(query)
    )


def _conditions(wanted: AuditFilter) -> Iterator[sa.ColumnElement[bool]]:
    c = t.audit.c
    if wanted.who is not None:
        yield c.who == _clean(wanted.who)
    if wanted.action is not None:
        yield c.action.startswith(_clean(wanted.action), autoescape=True)
    if wanted.about is not None:
        yield c.about == _clean(wanted.about)
    if wanted.since is not None:
        yield c.at >= wanted.since
    if wanted.until is not None:
        yield c.at <= wanted.until
    if wanted.before is not None:
        yield c.number < wanted.before


def _clean(text: str) -> str:
    """A text as every database keeps it: without NUL and half characters, not too long."""
    return (
        text.encode("utf-8", "replace")
        .decode("utf-8")
        .replace("\0", "\N{REPLACEMENT CHARACTER}")[:_MOST_CHARS]
    )
