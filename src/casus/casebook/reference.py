"""Reference data sets: other people's coding of events, kept apart from the casebook's own.

They are loaded to be compared with, and never change an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.records import EventFilter
from casus.errors import CasebookError, NotInCasebook

_ROWS = 1000


class ReferenceFormat(StrEnum):
    """Whose columns and codes a reference data set has."""

    UCDP_GED = "ucdp-ged"
    ACLED = "acled"


class Violence(StrEnum):
    """The types of event of UCDP."""

    STATE_BASED = "state_based"
    NON_STATE = "non_state"
    ONE_SIDED = "one_sided"


@dataclass(frozen=True, slots=True)
class ReferenceEvent:
    """An event as somebody else coded it.

    `event_type` is a `Violence` of UCDP, or the `EventType` that ACLED's type answers to.
    `start` and `end` are the first and last day on which it may have been.
    `precision_code` is UCDP's where_prec.  `record` has the published cells by column.
    """

    id: str
    event_type: str
    start: date
    end: date
    country_code: str | None
    place: str | None
    latitude: float | None
    longitude: float | None
    precision_code: int | None
    low: int | None
    best: int | None
    high: int | None
    actors: tuple[str, ...]
    record: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """A reference data set that is loaded."""

    number: int
    name: str
    format: ReferenceFormat
    loaded_at: datetime
    description: str
    events: int


def load_reference(
    connection: Connection,
    name: str,
    reference_format: ReferenceFormat,
    events: Iterable[ReferenceEvent],
    *,
    description: str,
    replaces: bool,
    now: datetime,
) -> int:
    """File a data set under a name, in place of an earlier one only if told so; gives its number of events.

    Raises `CasebookError` where the name is taken.
    """
    number = connection.scalar(sa.select(t.reference_set.c.number).where(t.reference_set.c.name == name))
    if number is not None:
        if not replaces:
            raise CasebookError(
                f"there is a reference data set {name!r} already: replace it, or choose a name"
            )
        _drop(connection, number)
    row = {"name": name, "format": reference_format, "loaded_at": now, "description": description}
    number = connection.scalar(sa.insert(t.reference_set).returning(t.reference_set.c.number), row)
    count = 0
    for some in chunks(events, _ROWS):
        connection.execute(sa.insert(t.reference_event), [_row(number, event) for event in some])
        count += len(some)
    return count


def drop_reference(connection: Connection, name: str) -> None:
    """Forget a data set; raises `NotInCasebook`."""
    _drop(connection, reference_named(connection, name).number)


def references(connection: Connection) -> tuple[ReferenceSet, ...]:
    """The data sets that are loaded, in the order of loading."""
    events = t.reference_event
    counts = (
        sa.select(sa.func.count())
        .where(events.c.reference_set == t.reference_set.c.number)
        .scalar_subquery()
        .label("events")
    )
    rows = connection.execute(sa.select(t.reference_set, counts).order_by(t.reference_set.c.number))
    return tuple(
        ReferenceSet(
            row.number, row.name, ReferenceFormat(row.format), row.loaded_at, row.description, row.events
        )
        for row in rows
    )


def reference_named(connection: Connection, name: str) -> ReferenceSet:
    """A data set by its name; raises `NotInCasebook`."""
    there = references(connection)
    found = next((one for one in there if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in there) or "none is loaded"
        raise NotInCasebook(f"no reference data set {name!r} in this casebook (there: {known})")
    return found


def reference_events(connection: Connection, number: int, wanted: EventFilter) -> Iterator[ReferenceEvent]:
    """The events of a data set on the days and in the country of a filter, by day and id."""
    event = t.reference_event.c
    query = sa.select(t.reference_event).where(event.reference_set == number)
    if wanted.since is not None:
        query = query.where(event.end >= wanted.since)
    if wanted.until is not None:
        query = query.where(event.start <= wanted.until)
    if wanted.country is not None:
        query = query.where(event.country == wanted.country.upper())
    query = query.order_by(event.start, event.id).execution_options(yield_per=_ROWS)
    for row in connection.execute(query):
        yield ReferenceEvent(
            row.id,
            row.event_type,
            row.start,
            row.end,
            row.country,
            row.record.get("place"),
            row.latitude,
            row.longitude,
            row.precision_code,
            row.low,
            row.best,
            row.high,
            tuple(row.actors),
            row.record["cells"],
        )


def _row(number: int | None, event: ReferenceEvent) -> dict[str, Any]:
    return {
        "reference_set": number,
        "id": event.id,
        "event_type": event.event_type,
        "start": event.start,
        "end": event.end,
        "country": event.country_code,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "precision_code": event.precision_code,
        "low": event.low,
        "best": event.best,
        "high": event.high,
        "actors": list(event.actors),
        "record": {"place": event.place, "cells": dict(event.record)},
    }


def _drop(connection: Connection, number: int) -> None:
    connection.execute(sa.delete(t.reference_event).where(t.reference_event.c.reference_set == number))
    connection.execute(sa.delete(t.reference_set).where(t.reference_set.c.number == number))
