"""What changed since somebody last looked."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import ChangedEvent, Pulse
from casus.casebook.records import DecisionKind
from casus.casebook.states import last_revision


def pulse_of(connection: Connection) -> Pulse:
    """The latest numbers of revisions, decisions and jobs."""
    job = t.job.c
    return Pulse(
        last_revision(connection),
        _decided(connection),
        connection.scalar(sa.select(sa.func.max(job.number))) or 0,
        connection.scalar(sa.select(sa.func.count()).where(job.ended_at.is_(None))) or 0,
    )


def _decided(connection: Connection) -> int:
    """How many decisions there are, about events and agreements, and how many of the latter went back."""
    about_pacts = t.agreement_decision.c
    counted = sa.select(
        sa.select(sa.func.max(t.decision.c.number)).scalar_subquery(),
        sa.select(sa.func.max(about_pacts.number)).scalar_subquery(),
        sa.select(sa.func.count(about_pacts.withdrawn_at)).scalar_subquery(),
    )
    return sum(number or 0 for number in connection.execute(counted).one())


def changes_since(connection: Connection, revision: int, limit: int) -> tuple[ChangedEvent, ...]:
    """The events that changed after a revision, the first changed first."""
    state = t.event_state.c
    query = (
        sa.select(state.event, state.revision, state.changed_at)
        .where(state.revision > revision)
        .order_by(state.revision)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    latest = _latest_decisions(connection, [row.event for row in rows])
    return tuple(
        ChangedEvent(row.event, row.revision, row.changed_at, *latest.get(row.event, (None, None)))
        for row in rows
    )


def _latest_decisions(connection: Connection, events: list[str]) -> dict[str, tuple[str, DecisionKind]]:
    about, link, decision = t.decision_key.c, t.link.c, t.decision.c
    query = (
        sa.select(link.event, decision.by, decision.kind)
        .join(t.decision_key, about.key == link.key)
        .join(t.decision, decision.number == about.decision)
        .where(link.event.in_(events), link.until.is_(None), decision.withdrawn_at.is_(None))
        .order_by(decision.number)
    )
    return {row.event: (row.by, DecisionKind(row.kind)) for row in connection.execute(query)}
