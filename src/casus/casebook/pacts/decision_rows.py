"""Decisions about agreements as they are kept, and back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.pacts.records import PactDecision, PactDecisionKind, PactField
from casus.errors import NotInCasebook


def all_decisions(connection: Connection) -> tuple[PactDecision, ...]:
    """All decisions about agreements, those taken back among them, in their order."""
    query = sa.select(t.agreement_decision).order_by(t.agreement_decision.c.number)
    return tuple(_decision(row) for row in connection.execute(query))


def decision_numbered(connection: Connection, number: int) -> PactDecision:
    """A decision by its number; raises `NotInCasebook`."""
    query = sa.select(t.agreement_decision).where(t.agreement_decision.c.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise NotInCasebook(f"no decision {number} about an agreement: 'casus agreements history' lists them")
    return _decision(row)


def state_of(connection: Connection) -> tuple[int, ...]:
    """Numbers that change with each reading, and each decision that is made or taken back."""
    decision = t.agreement_decision.c
    query = sa.select(
        sa.select(sa.func.max(t.reading.c.number)).scalar_subquery(),
        sa.select(sa.func.max(decision.number)).scalar_subquery(),
        sa.select(sa.func.count(decision.withdrawn_at)).scalar_subquery(),
    )
    return tuple(number or 0 for number in connection.execute(query).one())


def _decision(row: sa.Row[Any]) -> PactDecision:
    return PactDecision(
        row.number,
        PactDecisionKind(row.kind),
        tuple(row.about),
        None if row.field is None else PactField(row.field),
        row.value,
        row.seen,
        row.reason,
        row.by,
        row.at,
        row.withdrawn_at,
        row.withdrawn_by,
        row.withdrawn_reason,
    )
