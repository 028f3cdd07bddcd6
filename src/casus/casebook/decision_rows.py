"""Decisions as they are kept, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.records import Decision, DecisionKind


def decisions_about(
    connection: Connection, keys: Iterable[str], kinds: Collection[DecisionKind] | None = None
) -> defaultdict[str, dict[int, Decision]]:
    """The decisions that hold, of all kinds or of some: by account, then by number."""
    about: defaultdict[str, dict[int, Decision]] = defaultdict(dict)
    for some in chunks(sorted(set(keys))):
        query = (
            sa.select(t.decision_key.c.key.label("about"), t.decision)
            .join(t.decision, t.decision.c.number == t.decision_key.c.decision)
            .where(t.decision_key.c.key.in_(some), t.decision.c.withdrawn_at.is_(None))
            .order_by(t.decision.c.number)
        )
        if kinds is not None:
            query = query.where(t.decision.c.kind.in_(sorted(kinds)))
        for row in connection.execute(query):
            about[row.about][row.number] = decision_of(row)
    return about


def decision_of(row: sa.Row[Any]) -> Decision:
    """The decision that a row holds."""
    return Decision(
        row.number,
        DecisionKind(row.kind),
        tuple(row.keys),
        row.field,
        row.value,
        row.seen,
        row.reason,
        row.by,
        row.at,
        row.withdrawn_at,
        row.withdrawn_by,
        row.withdrawn_reason,
    )
