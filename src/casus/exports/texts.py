"""The formats that are text, as lines: they can go to a pipe, and over the web while they are made."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casus.casebook.coding import encoded
from casus.casebook.dossiers import Dossier
from casus.exports.about import About
from casus.exports.acled import COLUMNS as ACLED_COLUMNS
from casus.exports.acled import acled_row
from casus.exports.cells import Value, cell, harmless
from casus.exports.event_columns import EVENT_COLUMNS, PLAIN_COLUMNS
from casus.exports.plover import plover_record
from casus.exports.ucdp import COLUMNS as UCDP_COLUMNS
from casus.exports.ucdp import ucdp_row


def csv_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:  # noqa: ARG001
    """Casus's own columns, a line an event."""
    yield _row([column.name for column in EVENT_COLUMNS])
    for dossier in dossiers:
        yield _row([cell(column.value(dossier.event)) for column in EVENT_COLUMNS])


def ucdp_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:  # noqa: ARG001
    """The columns of UCDP GED."""
    yield _row(UCDP_COLUMNS)
    for dossier in dossiers:
        yield _row(_harmless(ucdp_row(dossier)))


def acled_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:
    """The columns of ACLED."""
    yield _row(ACLED_COLUMNS)
    timestamp = int(about.made_at.timestamp())
    for dossier in dossiers:
        yield _row(_harmless(acled_row(dossier, timestamp)))


def plover_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:  # noqa: ARG001
    """PLOVER records; an empty line, which is not to be written, for what PLOVER has no type for."""
    for dossier in dossiers:
        record = plover_record(dossier)
        yield "" if record is None else _json(record) + "\n"


def jsonl_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:
    """Whole events after a line about the set."""
    yield _json({"about": about.record()}) + "\n"
    for dossier in dossiers:
        yield _json(encoded(dossier.event)) + "\n"


def geojson_lines(dossiers: Iterable[Dossier], about: About) -> Iterator[str]:
    """A FeatureCollection; an event without a point has a geometry of null."""
    yield '{"type":"FeatureCollection",\n"metadata":' + _json(about.record()) + ',\n"features":['
    separator = "\n"
    for dossier in dossiers:
        yield separator + _json(_feature(dossier))
        separator = ",\n"
    yield "\n]}\n"


class _Echo:
    """Gives back what is written to it, so that a row can be had as text."""

    def write(self, text: str) -> str:
        return text


def _row(values: Iterable[object]) -> str:
    row: str = csv.writer(_Echo()).writerow(values)
    return row


def _feature(dossier: Dossier) -> dict[str, Any]:
    event = dossier.event
    where = event.where
    properties: dict[str, Any] = {
        column.name: _plain(column.value(event)) for column in PLAIN_COLUMNS if column.name != "id"
    }
    properties |= {
        "perpetrators": [one.name for one in event.perpetrators],
        "targets": [one.name for one in event.targets],
        "weapons": [one.name for one in event.weapons],
        "sources": list(event.sources),
    }
    geometry = None
    if where.latitude is not None and where.longitude is not None:
        geometry = {"type": "Point", "coordinates": [where.longitude, where.latitude]}
    return {"type": "Feature", "id": event.id, "geometry": geometry, "properties": properties}


def _plain(value: Value) -> Value:
    return value if isinstance(value, str | int | float) or value is None else value.isoformat()


def _harmless(row: Sequence[Value]) -> list[Value]:
    return [harmless(value) if isinstance(value, str) else value for value in row]


def _json(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
