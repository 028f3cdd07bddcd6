"""The present state of each event, kept so that it can be searched, and made anew at any time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_event, encoded, json_text
from casus.casebook.features import folded_name
from casus.casebook.reconciling import killed_best, reconcile
from casus.casebook.records import Decision, DecisionKind, Event, EventFilter
from casus.casebook.tellings import accounts_of

_PAGE = 200


def refresh_states(connection: Connection, events: Sequence[str]) -> None:
    """Compute the states of some events from their accounts and decisions, and keep them."""
    for some in chunks(events):
        told = accounts_of(connection, some)
        decisions = decisions_about(connection, [one.key for all_told in told.values() for one in all_told])
        connection.execute(sa.delete(t.event_state).where(t.event_state.c.event.in_(some)))
        rows = []
        for event_id, accounts in sorted(told.items()):
            own = {number: one for account in accounts for number, one in decisions[account.key].items()}
            event = reconcile(event_id, accounts, [own[number] for number in sorted(own)])
            rows.append(_row(event))
        if rows:
            connection.execute(sa.insert(t.event_state), rows)


def decisions_about(connection: Connection, keys: Iterable[str]) -> defaultdict[str, dict[int, Decision]]:
    """The decisions that hold, by the accounts that they are about, each by its number."""
    about: defaultdict[str, dict[int, Decision]] = defaultdict(dict)
    for some in chunks(sorted(set(keys))):
        query = (
            sa.select(t.decision_key.c.key, t.decision)
            .join(t.decision, t.decision.c.number == t.decision_key.c.decision)
            .where(t.decision_key.c.key.in_(some), t.decision.c.withdrawn_at.is_(None))
        )
        for row in connection.execute(query):
            about[row.key][row.number] = decision_of(row)
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


def find_events(connection: Connection, wanted: EventFilter) -> Iterator[Event]:
    """The events that a filter means, by day and id, a page at a time; those without a day come last."""
    state = t.event_state
    query = _where(sa.select(json_text(state.c.record), state.c.event, state.c.day), wanted)
    query = query.order_by(state.c.day, state.c.event).limit(_PAGE)
    page = connection.execute(query).all()
    while page:
        for row in page:
            yield decoded_event(row.record)
        last = page[-1]
        after = sa.or_(state.c.day > last.day, sa.and_(state.c.day == last.day, state.c.event > last.event))
        page = connection.execute(query.where(after)).all() if len(page) == _PAGE else []


def count_events(connection: Connection, wanted: EventFilter) -> int:
    """How many events a filter means."""
    query = _where(sa.select(sa.func.count()).select_from(t.event_state), wanted)
    return int(connection.scalar(query) or 0)


def _where(query: sa.Select[Any], wanted: EventFilter) -> sa.Select[Any]:
    state = t.event_state.c
    conditions = [
        wanted.since is not None and sa.func.coalesce(state.end, state.start) >= wanted.since,
        wanted.until is not None and state.start <= wanted.until,
        wanted.country is not None and state.country == (wanted.country or "").upper(),
        wanted.event_type is not None and state.event_type == wanted.event_type,
        wanted.grade is not None and state.grade == wanted.grade,
        wanted.is_reviewed is not None and state.is_reviewed == wanted.is_reviewed,
        wanted.needs_review is not None and state.needs_review == wanted.needs_review,
        wanted.assignee is not None and state.assignee == wanted.assignee,
        not wanted.includes_rejected and sa.not_(state.is_rejected),
        bool(wanted.ids) and state.event.in_(wanted.ids),
        *(
            name is not None and state.names.contains(folded_name(name) or "", autoescape=True)
            for name in (wanted.place, wanted.actor)
        ),
    ]
    return query.where(*(condition for condition in conditions if not isinstance(condition, bool)))


def _row(event: Event) -> dict[str, Any]:
    where = event.where
    places = (where.name, where.adm1, where.adm2)
    actors = (*(one.name for one in event.perpetrators), *(one.name for one in event.targets))
    return {
        "event": event.id,
        "event_type": event.event_type,
        "day": event.when.start or date.max,
        "start": event.when.start,
        "end": event.when.end,
        "country": where.country_code,
        "adm1": where.adm1,
        "place": where.name,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "grade": event.grade,
        "killed_best": killed_best(event),
        "reports": event.reports,
        "sources": len(event.sources),
        "is_reviewed": event.is_reviewed,
        "is_rejected": event.is_rejected,
        "needs_review": bool(event.needs_review),
        "assignee": event.assignee,
        "names": "\n".join(
            dict.fromkeys(folded for name in (*places, *actors) if (folded := folded_name(name)))
        ),
        "record": encoded(event),
    }
