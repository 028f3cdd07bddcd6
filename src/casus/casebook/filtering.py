"""What a filter asks of events, as conditions on their states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from casus.casebook import schema as t
from casus.casebook.features import folded_name
from casus.casebook.records import EventFilter, Grade

Condition = sa.ColumnElement[bool]


def filtered(query: sa.Select[Any], wanted: EventFilter) -> sa.Select[Any]:
    """A query on event states, with what a filter asks of them."""
    return query.where(*conditions_of(wanted))


def conditions_of(wanted: EventFilter) -> list[Condition]:
    """What a filter asks of event states."""
    return [*_when_and_where(wanted), *_what(wanted), *_work(wanted), *_names(wanted)]


def _when_and_where(wanted: EventFilter) -> Iterator[Condition]:
    state = t.event_state.c
    if wanted.since is not None:
        yield sa.func.coalesce(state.end, state.start) >= wanted.since
    if wanted.until is not None:
        yield state.start <= wanted.until
    if wanted.country is not None:
        yield state.country == wanted.country.upper()
    if wanted.adm1 is not None:
        yield state.adm1 == wanted.adm1


def _what(wanted: EventFilter) -> Iterator[Condition]:
    state = t.event_state.c
    if wanted.event_type is not None:
        yield state.event_type == wanted.event_type
    if wanted.event_types:
        yield state.event_type.in_(wanted.event_types)
    if wanted.grade is not None:
        yield state.grade == wanted.grade
    if wanted.harm is not None:
        yield state.harms.contains(f" {wanted.harm} ", autoescape=True)
    if wanted.is_contested is not None:
        is_contested = sa.or_(state.disputes > 0, state.grade == Grade.CONTESTED)
        yield is_contested if wanted.is_contested else sa.not_(is_contested)


def _work(wanted: EventFilter) -> Iterator[Condition]:
    state = t.event_state.c
    if wanted.waits_for is not None:
        yield state.waits_for == wanted.waits_for
    if wanted.is_waiting is not None:
        yield state.waits_for.is_not(None) if wanted.is_waiting else state.waits_for.is_(None)
    if wanted.is_reviewed is not None:
        yield state.is_reviewed == wanted.is_reviewed
    if wanted.needs_review is not None:
        yield state.needs_review == wanted.needs_review
    if wanted.assignee is not None:
        yield state.assignee == wanted.assignee
    if wanted.is_assigned is not None:
        yield state.assignee.is_not(None) if wanted.is_assigned else state.assignee.is_(None)
    if wanted.is_rejected_only:
        yield state.is_rejected
    elif not wanted.includes_rejected:
        yield sa.not_(state.is_rejected)
    if wanted.ids:
        yield state.event.in_(wanted.ids)


def _names(wanted: EventFilter) -> Iterator[Condition]:
    state = t.event_state.c
    searched = state.names if wanted.sees_withheld else state.open_names
    for name in (wanted.place, wanted.actor, wanted.text):
        if name is not None:
            yield searched.contains(folded_name(name) or "", autoescape=True)
    if wanted.actor_id is not None:
        yield state.event.in_(events_of_actor(wanted))
    if wanted.geonames_id is not None:
        yield state.geonames_id == wanted.geonames_id


def events_of_actor(wanted: EventFilter) -> sa.Select[tuple[str]]:
    """The events that name the actor whom a filter asks for."""
    named = t.event_actor.c
    query = sa.select(named.event).where(
        sa.or_(named.registry_id == wanted.actor_id, named.folded == folded_name(wanted.actor_id))
    )
    if wanted.role is not None:
        query = query.where(named.role == wanted.role)
    return query if wanted.sees_withheld else query.where(sa.not_(named.is_withheld))
