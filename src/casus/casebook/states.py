"""The present state of each event, kept so that it can be searched, and made anew at any time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import progress
from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_event, encoded, json_text
from casus.casebook.decision_rows import decisions_about
from casus.casebook.filtering import filtered
from casus.casebook.reconciling import reconcile
from casus.casebook.records import Event, EventFilter
from casus.casebook.state_rows import actor_rows, state_row
from casus.casebook.tellings import accounts_of
from casus.casebook.withholding import (
    Hidden,
    Withheld,
    any_withheld,
    events_beside,
    events_naming,
    withheld_names,
)
from casus.errors import StaleRecord

_PAGE = 200
_REVISION = "casebook:revision"


def refresh_states(connection: Connection, events: Sequence[str], now: datetime) -> None:
    """Compute the states of some events from their accounts and decisions, and keep them.

    Each event whose record changes gets the next revision.  Where names come to be withheld, or
    are no longer, so do the states of the other events that they concern.
    """
    is_withholding = any_withheld(connection)
    withheld = withheld_names(connection) if is_withholding else Withheld((), {})
    touched = _refresh(connection, events, withheld, now)
    if is_withholding and touched.keys:
        others = events_beside(connection, sorted(touched.keys))
        others |= events_naming(connection, sorted(touched.names))
        _refresh(connection, sorted(others - set(events)), withheld, now)


@dataclass(frozen=True, slots=True)
class _Touched:
    """The accounts of events with withheld names, before and now, and the names that came or went."""

    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def note(self, before: Mapping[str, Any], now: Mapping[str, Event]) -> None:
        """Take up some events as they were and as they are."""
        for event_id in {*before, *now}:
            old = before[event_id].record if event_id in before else {}
            was, names = set(old.get("withheld", ())), set()
            if event_id in now:
                names = set(now[event_id].withheld)
            if was or names:
                self.names.update(was ^ names)
                self.keys.update(old.get("keys", ()))
                self.keys.update(now[event_id].keys if event_id in now else ())


def _refresh(connection: Connection, events: Sequence[str], withheld: Withheld, now: datetime) -> _Touched:
    revision = began_at = last_revision(connection)
    touched = _Touched()
    for some in chunks(events):
        told = accounts_of(connection, some)
        decisions = decisions_about(connection, [one.key for all_told in told.values() for one in all_told])
        before = _before(connection, some)
        for table in (t.event_actor, t.event_record, t.event_state):
            connection.execute(sa.delete(table).where(table.c.event.in_(some)))
        rows: dict[sa.Table, list[dict[str, Any]]] = {
            table: [] for table in (t.event_state, t.event_record, t.event_actor)
        }
        now_there: dict[str, Event] = {}
        for event_id, accounts in sorted(told.items()):
            own = {number: one for account in accounts for number, one in decisions[account.key].items()}
            event = reconcile(event_id, accounts, [own[number] for number in sorted(own)])
            hidden = Hidden.of(event, withheld)
            row, record = state_row(event, accounts, hidden), encoded(event)
            old = before.get(event_id)
            same = (record, row["score"], row["open_names"])
            if old is not None and (old.record, old.score, old.open_names) == same:
                row |= {"revision": old.revision, "changed_at": old.changed_at}
            else:
                revision += 1
                row |= {"revision": revision, "changed_at": now}
            rows[t.event_state].append(row)
            rows[t.event_record].append({"event": event_id, "record": record})
            rows[t.event_actor] += actor_rows(event, hidden)
            now_there[event_id] = event
        touched.note(before, now_there)
        for table, table_rows in rows.items():
            if table_rows:
                connection.execute(sa.insert(table), table_rows)
    if revision > began_at:
        progress.keep(connection, {_REVISION: {"last": revision}}, now)
    return touched


def drop_orphans(connection: Connection) -> None:
    """Forget the states of events that have no account any more."""
    linked = sa.select(t.link.c.event).where(t.link.c.until.is_(None))
    for table in (t.event_actor, t.event_record, t.event_state):
        connection.execute(sa.delete(table).where(table.c.event.not_in(linked)))


def all_events(connection: Connection) -> list[str]:
    """The ids of all events that have accounts."""
    query = sa.select(t.link.c.event).where(t.link.c.until.is_(None)).distinct()
    return sorted(connection.scalars(query))


def last_revision(connection: Connection) -> int:
    """The revision of the event that changed last, 0 in an empty casebook; it never goes back."""
    return int((progress.kept(connection, _REVISION) or {}).get("last", 0))


def require_revision(connection: Connection, event_id: str, expected: int | None) -> None:
    """Raise `StaleRecord` where an event has another revision than the one expected; None expects none."""
    if expected is not None:
        require_revision_of_one(connection, (event_id,), expected)


def require_revision_of_one(connection: Connection, event_ids: Sequence[str], expected: int) -> None:
    """Raise `StaleRecord` where none of some events has the revision that is expected."""
    present = _before(connection, event_ids)
    if any(row.revision == expected for row in present.values()):
        return
    current = next((decoded_event(row.record) for row in present.values()), None)
    raise StaleRecord(
        f"{', '.join(event_ids)} was changed since it was looked at: look at it again, and decide anew",
        current,
    )


def _before(connection: Connection, events: Sequence[str]) -> dict[str, Any]:
    state, record = t.event_state.c, t.event_record.c
    query = sa.select(state.event, state.revision, state.changed_at, state.score, state.open_names)
    query = query.add_columns(record.record).join(t.event_record, record.event == state.event)
    return {row.event: row for row in connection.execute(query.where(state.event.in_(events)))}


def find_events(connection: Connection, wanted: EventFilter) -> Iterator[Event]:
    """The events that a filter means, by day and id, a page at a time; those without a day come last."""
    state = t.event_state
    query = filtered(sa.select(json_text(t.event_record.c.record), state.c.event, state.c.day), wanted)
    query = query.join(t.event_record, t.event_record.c.event == state.c.event)
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
    query = filtered(sa.select(sa.func.count()).select_from(t.event_state), wanted)
    return int(connection.scalar(query) or 0)
