"""Pages of events in an order, and what stands beside an event in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.columns import Columns, Flags
from casus.casebook.browsing.records import EventRow, Neighbours, Span
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_event, json_text
from casus.casebook.records import Waiting
from casus.casebook.withholding import Withheld, names_near

_state = t.event_state.c


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


def neighbours_of(columns: Columns, event_id: str, meant: Flags, places: NDArray[np.intp]) -> Neighbours:
    """What stands before and after an event; nothing where the casebook has no such event."""
    at = columns.at_id(event_id)
    inside = meant[places]
    total = int(inside.sum())
    if at is None:
        return Neighbours(None, None, None, total)
    own = int(np.flatnonzero(places == at)[0])
    earlier, later = np.flatnonzero(inside[:own]), np.flatnonzero(inside[own + 1 :])
    return Neighbours(
        columns.ids[places[earlier[-1]]] if len(earlier) else None,
        columns.ids[places[own + 1 + later[0]]] if len(later) else None,
        len(earlier) + 1 if inside[own] else None,
        total,
    )


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
