"""What a filter asks of events, on their columns; `filtering` asks the same of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy.engine import Connection

from casus.casebook.browsing.columns import MISSING, Columns, Flags, harm_bit
from casus.casebook.features import folded_name
from casus.casebook.records import EventFilter, Grade, Waiting

_WAITING = tuple(Waiting)
OfActor = Callable[[Connection, Columns, EventFilter], Flags]
"""Gives the events that name the actor whom a filter asks for."""


def mask_of(connection: Connection, columns: Columns, wanted: EventFilter, of_actor: OfActor) -> Flags:
    """Which events a filter means."""
    made: Flags | None = columns.made.get(wanted)
    if made is None:
        made = np.ones(len(columns.ids), dtype=np.bool_)
        for asked in (_when, _what, _work):
            for flags in asked(columns, wanted):
                made &= flags
        for flags in _named(connection, columns, wanted, of_actor):
            made &= flags
        columns.keep(wanted, made)
    return made


def _when(columns: Columns, wanted: EventFilter) -> Iterator[Flags]:
    start, end = columns.numbers["start"], columns.numbers["end"]
    if wanted.since is not None:
        yield np.where(end == MISSING, start, end) >= wanted.since.toordinal()
    if wanted.until is not None:
        yield (start != MISSING) & (start <= wanted.until.toordinal())


def _what(columns: Columns, wanted: EventFilter) -> Iterator[Flags]:
    numbers = columns.numbers
    words = {
        "country": wanted.country and wanted.country.upper(),
        "adm1": wanted.adm1,
        "event_type": wanted.event_type,
        "grade": wanted.grade,
        "assignee": wanted.assignee,
    }
    for name, word in words.items():
        if word is not None:
            yield numbers[name] == columns.pools[name].number_of.get(word, -1)
    if wanted.event_types:
        pool = columns.pools["event_type"]
        yield np.isin(numbers["event_type"], [pool.number_of.get(word, -1) for word in wanted.event_types])
    if wanted.geonames_id is not None:
        yield numbers["geonames_id"] == wanted.geonames_id
    if wanted.harm is not None:
        yield (numbers["harms"] & harm_bit(wanted.harm)) != 0
    if wanted.is_contested is not None:
        yield contested(columns) == wanted.is_contested


def contested(columns: Columns) -> Flags:
    """The events whose sources contradict each other."""
    grade = columns.pools["grade"].number_of.get(Grade.CONTESTED, -1)
    flags: Flags = (columns.numbers["disputes"] > 0) | (columns.numbers["grade"] == grade)
    return flags


def waiting(columns: Columns) -> Flags:
    """The events that wait for a person."""
    flags: Flags = columns.numbers["pressing"] < len(_WAITING)
    return flags


def _work(columns: Columns, wanted: EventFilter) -> Iterator[Flags]:
    flags = columns.flags
    if wanted.waits_for is not None:
        yield columns.numbers["pressing"] == _WAITING.index(wanted.waits_for)
    if wanted.is_waiting is not None:
        yield waiting(columns) == wanted.is_waiting
    if wanted.is_reviewed is not None:
        yield flags["is_reviewed"] == wanted.is_reviewed
    if wanted.needs_review is not None:
        yield flags["needs_review"] == wanted.needs_review
    if wanted.is_assigned is not None:
        yield (columns.numbers["assignee"] != 0) == wanted.is_assigned
    if wanted.is_rejected_only:
        yield flags["is_rejected"]
    elif not wanted.includes_rejected:
        yield ~flags["is_rejected"]


def _named(
    connection: Connection, columns: Columns, wanted: EventFilter, of_actor: OfActor
) -> Iterator[Flags]:
    searched = columns.names if wanted.sees_withheld else columns.open_names
    for name in (wanted.place, wanted.actor, wanted.text):
        if name is not None:
            folded = folded_name(name) or ""
            yield np.array([folded in names for names in searched], dtype=np.bool_)
    if wanted.ids:
        yield _those(columns, wanted.ids)
    if wanted.actor_id is not None:
        yield of_actor(connection, columns, wanted)


def _those(columns: Columns, ids: tuple[str, ...]) -> Flags:
    flags = np.zeros(len(columns.ids), dtype=np.bool_)
    flags[[columns.at[event_id] for event_id in ids if event_id in columns.at]] = True
    return flags
