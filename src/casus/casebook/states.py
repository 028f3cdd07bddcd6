"""The present state of each event, kept so that it can be searched, and made anew at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import progress
from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_event, encoded, json_text
from casus.casebook.decision_rows import decisions_about
from casus.casebook.features import folded_name
from casus.casebook.reconciling import reconcile
from casus.casebook.records import Event, EventFilter, Grade, Told, Waiting
from casus.casebook.tellings import accounts_of
from casus.casebook.tolls import total_of
from casus.model import Harm

_PAGE = 200
_REVISION = "casebook:revision"
_LOW_SCORE = 0.5


def refresh_states(connection: Connection, events: Sequence[str], now: datetime) -> None:
    """Compute the states of some events from their accounts and decisions, and keep them.

    Each event whose record changes gets the next revision.
    """
    revision = began_at = last_revision(connection)
    for some in chunks(events):
        told = accounts_of(connection, some)
        decisions = decisions_about(connection, [one.key for all_told in told.values() for one in all_told])
        before = _revisions(connection, some)
        for table in (t.event_actor, t.event_state):
            connection.execute(sa.delete(table).where(table.c.event.in_(some)))
        rows: list[dict[str, Any]] = []
        actors: list[dict[str, Any]] = []
        for event_id, accounts in sorted(told.items()):
            own = {number: one for account in accounts for number, one in decisions[account.key].items()}
            event = reconcile(event_id, accounts, [own[number] for number in sorted(own)])
            row = _row(event, accounts)
            if event_id in before and before[event_id].record == row["record"]:
                row |= {"revision": before[event_id].revision, "changed_at": before[event_id].changed_at}
            else:
                revision += 1
                row |= {"revision": revision, "changed_at": now}
            rows.append(row)
            actors += _actor_rows(event)
        if rows:
            connection.execute(sa.insert(t.event_state), rows)
        if actors:
            connection.execute(sa.insert(t.event_actor), actors)
    if revision > began_at:
        progress.keep(connection, {_REVISION: {"last": revision}}, now)


def drop_orphans(connection: Connection) -> None:
    """Forget the states of events that have no account any more."""
    linked = sa.select(t.link.c.event).where(t.link.c.until.is_(None))
    for table in (t.event_actor, t.event_state):
        connection.execute(sa.delete(table).where(table.c.event.not_in(linked)))


def all_events(connection: Connection) -> list[str]:
    """The ids of all events that have accounts."""
    query = sa.select(t.link.c.event).where(t.link.c.until.is_(None)).distinct()
    return sorted(connection.scalars(query))


def last_revision(connection: Connection) -> int:
    """The revision of the event that changed last, 0 in an empty casebook; it never goes back."""
    return int((progress.kept(connection, _REVISION) or {}).get("last", 0))


def waiting_of(event: Event, score: float | None) -> Waiting | None:
    """Why an event waits for a person, None where it does not."""
    if event.needs_review:
        return Waiting.CHANGED
    if event.is_reviewed or event.is_rejected:
        return None
    if event.disputes or event.grade is Grade.CONTESTED:
        return Waiting.CONTESTED
    return Waiting.LOW_SCORE if score is not None and score < _LOW_SCORE else Waiting.NEW


def _revisions(connection: Connection, events: Sequence[str]) -> dict[str, Any]:
    state = t.event_state.c
    query = sa.select(state.event, state.revision, state.changed_at, state.record)
    return {row.event: row for row in connection.execute(query.where(state.event.in_(events)))}


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


def _row(event: Event, told: Sequence[Told]) -> dict[str, Any]:
    where = event.where
    killed, injured = total_of(event.tolls, Harm.KILLED), total_of(event.tolls, Harm.INJURED)
    score = _score(event, told)
    waiting = waiting_of(event, score)
    places = (where.name, where.adm1, where.adm2)
    actors = (*(one.name for one in event.perpetrators), *(one.name for one in event.targets))
    names = list(dict.fromkeys(folded for name in (*places, *actors) if (folded := folded_name(name))))
    hidden = {word for name in event.withheld for word in (folded_name(name) or "").split()}
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
        "adm2": where.adm2,
        "geonames_id": where.geonames_id,
        "precision_code": where.precision_code,
        "killed_low": killed[0],
        "killed_best": killed[1],
        "killed_high": killed[2],
        "injured_low": injured[0],
        "injured_best": injured[1],
        "injured_high": injured[2],
        "harms": f" {' '.join(dict.fromkeys(str(row.harm) for row in event.tolls))} ",
        "disputes": len(event.disputes),
        "score": score,
        "waits_for": None if waiting is None else str(waiting),
        "reports": event.reports,
        "sources": len(event.sources),
        "is_reviewed": event.is_reviewed,
        "is_rejected": event.is_rejected,
        "needs_review": bool(event.needs_review),
        "assignee": event.assignee,
        "names": "\n".join(names),
        "open_names": "\n".join(name for name in names if not hidden & set(name.split())),
        "record": encoded(event),
    }


def _score(event: Event, told: Sequence[Told]) -> float | None:
    """How sure the place is, by the surest account that gives it; None where there is none."""
    scores = [one.event.where.score for one in told if one.key in event.where.keys]
    return max((score for score in scores if score is not None), default=None)


def _actor_rows(event: Event) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for role, actors in (("perpetrator", event.perpetrators), ("target", event.targets)):
        for actor in actors:
            folded = folded_name(actor.name)
            if folded:
                rows[role, folded] = {
                    "event": event.id,
                    "role": role,
                    "folded": folded,
                    "name": actor.name,
                    "registry_id": actor.registry_id,
                    "country": actor.country_code,
                }
    return list(rows.values())
