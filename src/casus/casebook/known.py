"""What a casebook has already of a report that is about to come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.copies import LEAST_SHARE, copy_keys, shared_words
from casus.casebook.filing import hash_of
from casus.casebook.records import ReportHead
from casus.casebook.tellings import head_of
from casus.model import Report


@dataclass(frozen=True, slots=True)
class Copy:
    """A filed report with most of the words of another; `share` is 0 to 1."""

    report: ReportHead
    share: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The same report, None where it is new, and copies of it by their likeness."""

    same: ReportHead | None
    copies: tuple[Copy, ...]


def beside(connection: Connection, report: Report) -> Beside:
    """What is filed already of a report."""
    digest = hash_of(report)
    numbers = set(
        connection.scalars(
            sa.select(t.copy_key.c.report).where(t.copy_key.c.key.in_(copy_keys(report.text))).distinct()
        )
    )
    copies: list[Copy] = []
    for some in chunks(sorted(numbers)):
        for row in connection.execute(sa.select(t.report).where(t.report.c.number.in_(some))):
            share = shared_words(report.text, row.text)
            if row.hash != digest and share >= LEAST_SHARE:
                copies.append(Copy(head_of(row), round(share, 4)))
    same = connection.execute(sa.select(t.report).where(t.report.c.hash == digest)).first()
    copies.sort(key=lambda copy: (-copy.share, copy.report.number))
    return Beside(None if same is None else head_of(same), tuple(copies))


def events_told_by(connection: Connection, hashes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The events that some reports tell of, by the reports' hashes; a report of none is left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for some in chunks(hashes):
        query = (
            sa.select(t.report.c.hash, t.link.c.event)
            .join(t.reported_event, t.reported_event.c.report == t.report.c.number)
            .join(t.link, t.link.c.key == t.reported_event.c.key)
            .where(t.report.c.hash.in_(some), t.link.c.until.is_(None), t.reported_event.c.ended_at.is_(None))
            .order_by(t.reported_event.c.key)
        )
        for row in connection.execute(query):
            if row.event not in found[row.hash]:
                found[row.hash].append(row.event)
    return {digest: tuple(events) for digest, events in found.items()}


def heads_of(connection: Connection, hashes: Sequence[str]) -> dict[str, ReportHead]:
    """The reports with some hashes, without their texts; those that are not filed are left out."""
    found: dict[str, ReportHead] = {}
    for some in chunks(hashes):
        for row in connection.execute(sa.select(t.report).where(t.report.c.hash.in_(some))):
            found[row.hash] = head_of(row)
    return found
