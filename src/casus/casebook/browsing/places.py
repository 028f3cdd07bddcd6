"""Places of events, and what their names could have meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.columns import Columns
from casus.casebook.browsing.overview import figures, known, summed
from casus.casebook.browsing.records import Candidate, PlaceOrder, PlaceRow
from casus.casebook.coding import decoded_reported_event, json_text
from casus.casebook.features import folded_name
from casus.model import Place, PlaceCandidate

_MOST_ACCOUNTS = 500


def all_places(columns: Columns, *, sees_withheld: bool) -> tuple[PlaceRow, ...]:
    """The places of all events that are not rejected, those of most events first."""
    numbers, floats = columns.numbers, columns.floats
    meant = (numbers["place"] > 0) & ~columns.flags["is_rejected"]
    if not sees_withheld:
        meant &= ~columns.flags["is_place_withheld"]
    at = np.flatnonzero(meant)
    if not len(at):
        return ()
    parts = [numbers[name][at] for name in ("place", "country", "adm1", "geonames_id")]
    group = np.zeros(len(at), dtype=np.int64)
    for part in parts:  # one number a part more: as many numbers as there are groups
        _, coded = np.unique(part, return_inverse=True)
        _, group = np.unique(group * (int(coded.max()) + 1) + coded, return_inverse=True)
    _, first, counts = np.unique(group, return_index=True, return_counts=True)
    killed = figures(columns, "killed", "best")[at]
    dead = summed(group, killed, len(counts))
    rows = (
        PlaceRow(
            columns.word("place", int(numbers["place"][one])),
            columns.word("country", int(numbers["country"][one])) or None,
            columns.word("adm1", int(numbers["adm1"][one])) or None,
            known(int(numbers["geonames_id"][one])),
            _number(float(floats["latitude"][one])),
            _number(float(floats["longitude"][one])),
            known(int(numbers["precision_code"][one])),
            int(counts[index]),
            known(int(dead[index])),
        )
        for index, one in enumerate(at[first])
    )
    return tuple(sorted(rows, key=lambda row: (-row.events, row.name, row.country or "", row.adm1 or "")))


def places_named(
    places: Sequence[PlaceRow],
    text: str | None,
    country: str | None,
    order: PlaceOrder = PlaceOrder.EVENTS,
    *,
    descending: bool = True,
) -> tuple[PlaceRow, ...]:
    """Those of some places with a text in their name and in a country, in an order.

    Those of which it is not known what they are sorted by come last in either direction.
    """
    folded = folded_name(text) or ""
    found = tuple(
        row
        for row in places
        if country in (None, row.country) and (not folded or folded in (folded_name(row.name) or ""))
    )
    if order is PlaceOrder.EVENTS and descending:
        return found  # as they are kept
    sortable = [one for one in found if getattr(one, order) is not None]
    unknown = [one for one in found if getattr(one, order) is None]
    return (*sorted(sortable, key=lambda one: getattr(one, order), reverse=descending), *unknown)


def place_of(places: Iterable[PlaceRow], place_id: str, country: str | None) -> tuple[PlaceRow, ...]:
    """A place by its number in GeoNames, or the places of a name that have none."""
    if place_id.isascii() and place_id.isdecimal():
        return tuple(row for row in places if row.geonames_id == int(place_id))
    folded = folded_name(place_id)
    return tuple(
        row
        for row in places
        if row.geonames_id is None
        and country in (None, row.country)
        and folded is not None
        and folded_name(row.name) == folded
    )


def candidates_of(connection: Connection, name: str, country: str | None) -> tuple[Candidate, ...]:
    """What a name was taken for in accounts, and what it could have meant; the chosen ones first."""
    event = t.reported_event.c
    query = sa.select(json_text(event.record)).where(
        event.place == folded_name(name), event.ended_at.is_(None)
    )
    if country is not None:
        query = query.where(event.country == country)
    found: dict[tuple[object, ...], Candidate] = {}
    for record in connection.scalars(query.limit(_MOST_ACCOUNTS)):
        where = decoded_reported_event(record).where
        for place, is_chosen in _meanings(where):
            one = _candidate(place)
            identity = (one.geonames_id,) if one.geonames_id else (one.name, one.country, one.adm1)
            before = found.get(identity, one)
            found[identity] = replace(
                before,
                score=max((score for score in (before.score, one.score) if score is not None), default=None),
                chosen=before.chosen + is_chosen,
                considered=before.considered + 1,
            )
    return tuple(sorted(found.values(), key=lambda one: (-one.chosen, -(one.score or 0.0), one.name or "")))


def _meanings(where: Place) -> Iterator[tuple[Place | PlaceCandidate, bool]]:
    yield where, True
    for other in where.alternatives:
        if other.geonames_id is None or other.geonames_id != where.geonames_id:
            yield other, False


def _candidate(place: Place | PlaceCandidate) -> Candidate:
    return Candidate(
        place.name,
        place.country_code,
        place.adm1,
        place.adm2,
        place.geonames_id,
        place.latitude,
        place.longitude,
        place.score,
        0,
        0,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
