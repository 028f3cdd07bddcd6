"""Pages of events in an order, and what stands beside an event in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.ordering import Key, before, turned
from casus.casebook.browsing.records import EventRow, Neighbours, Span
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_event, json_text
from casus.casebook.filtering import conditions_of
from casus.casebook.records import EventFilter, Waiting
from casus.casebook.withholding import Withheld, names_near

_state = t.event_state.c


def ids_of_page(
    connection: Connection, wanted: EventFilter, keys: Sequence[Key], place: tuple[int, int, int]
) -> list[str]:
    """The ids of the events on a page, whose place is told by offset, limit and total.

    What lies beyond the middle is reached from the other end.
    """
    offset, limit, total = place
    limit = min(limit, total - offset)
    if limit <= 0:
        return []
    is_far = offset > total // 2
    if is_far:
        keys, offset = turned(keys), total - offset - limit
    query = sa.select(_state.event).where(*conditions_of(wanted)).order_by(*(key.clause for key in keys))
    found = list(connection.scalars(query.limit(limit).offset(offset)))
    return found[::-1] if is_far else found


def rows_of(connection: Connection, ids: Sequence[str], withheld: Withheld) -> tuple[EventRow, ...]:
    """The rows of some events, in the order of their ids; those that are gone are left out."""
    query = sa.select(
        _state.event, _state.revision, _state.changed_at, _state.waits_for, _state.score, _state.disputes,
        _state.killed_low, _state.killed_best, _state.killed_high,
        _state.injured_low, _state.injured_best, _state.injured_high, json_text(t.event_record.c.record),
    ).join(t.event_record, t.event_record.c.event == _state.event)  # fmt: skip
    found: dict[str, EventRow] = {}
    for some in chunks(ids):
        for row in connection.execute(query.where(_state.event.in_(some))):
            found[row.event] = _row(row, withheld)
    return tuple(found[event_id] for event_id in ids if event_id in found)


def neighbours_of(
    connection: Connection, event_id: str, wanted: EventFilter, keys: Sequence[Key], total: int
) -> Neighbours:
    """What stands before and after an event; nothing where the casebook has no such event."""
    values = connection.execute(
        sa.select(*(key.column for key in keys)).where(_state.event == event_id)
    ).first()
    if values is None:
        return Neighbours(None, None, None, total)
    conditions = conditions_of(wanted)
    earlier = before(keys, values)
    is_in = connection.scalar(sa.select(_state.event).where(_state.event == event_id, *conditions))
    position = None
    if is_in is not None:
        counted = sa.select(sa.func.count()).select_from(t.event_state).where(*conditions, earlier)
        position = int(connection.scalar(counted) or 0) + 1
    ways = (turned(keys), earlier), (keys, before(turned(keys), values))
    previous, following = (
        connection.scalar(
            sa.select(_state.event).where(*conditions, side).order_by(*(key.clause for key in way)).limit(1)
        )
        for way, side in ways
    )
    return Neighbours(previous, following, position, total)


def _row(row: Any, withheld: Withheld) -> EventRow:
    event = decoded_event(row.record)
    return EventRow(
        row.event,
        row.revision,
        row.changed_at,
        Waiting(row.waits_for) if row.waits_for else None,
        row.score,
        row.disputes,
        Span(row.killed_low, row.killed_best, row.killed_high),
        Span(row.injured_low, row.injured_best, row.injured_high),
        event,
        names_near(event, withheld),
    )
