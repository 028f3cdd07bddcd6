"""Claims over all reports, in the order in which they were filed."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.coding import decoded_claim, json_text
from casus.model import Claim, ClaimKind


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it was read: where it stands, what it is about, and its words.

    `key` is the account that it is about and `event` the event that this is part of now; both
    are None where it is about no event.
    """

    number: int
    report: str  # its hash
    key: str | None
    event: str | None
    claim: Claim
    words: str


def claims_after(
    connection: Connection, after: int, limit: int, kind: ClaimKind | None = None
) -> tuple[ClaimRow, ...]:
    """The claims of present readings with a number above `after`, the lowest first."""
    claim, reading, report, link = t.claim.c, t.reading.c, t.report.c, t.link.c
    query = (
        sa.select(claim.number, claim.key, json_text(claim.record), report.hash, report.text, link.event)
        .join(t.reading, sa.and_(reading.number == claim.reading, reading.ended_at.is_(None)))
        .join(t.report, report.number == reading.report)
        .outerjoin(t.link, sa.and_(link.key == claim.key, link.until.is_(None)))
        .where(claim.number > after)
        .order_by(claim.number)
        .limit(limit)
    )
    if kind is not None:
        query = query.where(claim.kind == kind)
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: sa.Row[tuple[object, ...]]) -> ClaimRow:
    claim = decoded_claim(row.record)
    words = row.text[claim.quote.start_char : claim.quote.end_char]
    return ClaimRow(row.number, row.hash, row.key, row.event, claim, words)
