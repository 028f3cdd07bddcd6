"""The formats that are text: written line by line, so that they can go to a pipe."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

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


def write_csv(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:  # noqa: ARG001
    """Casus's own columns; gives the number of events left out, which is 0."""
    writer = csv.writer(handle)
    writer.writerow([column.name for column in EVENT_COLUMNS])
    for dossier in dossiers:
        writer.writerow([cell(column.value(dossier.event)) for column in EVENT_COLUMNS])
    return 0


def write_ucdp(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:  # noqa: ARG001
    """The columns of UCDP GED; gives the number of events left out, which is 0."""
    writer = csv.writer(handle)
    writer.writerow(UCDP_COLUMNS)
    writer.writerows(_harmless(ucdp_row(dossier)) for dossier in dossiers)
    return 0


def write_acled(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:
    """The columns of ACLED; gives the number of events left out, which is 0."""
    writer = csv.writer(handle)
    writer.writerow(ACLED_COLUMNS)
    timestamp = int(about.made_at.timestamp())
    writer.writerows(_harmless(acled_row(dossier, timestamp)) for dossier in dossiers)
    return 0


def write_plover(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:  # noqa: ARG001
    """PLOVER records, one a line; gives the number of events that PLOVER has no type for."""
    left_out = 0
    for dossier in dossiers:
        record = plover_record(dossier)
        if record is None:
            left_out += 1
        else:
            handle.write(_json(record) + "\n")
    return left_out


def write_jsonl(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:
    """Whole events, one a line after a line about the set; gives the number left out, which is 0."""
    handle.write(_json({"about": about.record()}) + "\n")
    handle.writelines(_json(encoded(dossier.event)) + "\n" for dossier in dossiers)
    return 0


def write_geojson(handle: TextIO, dossiers: Iterable[Dossier], about: About) -> int:
    """A FeatureCollection; gives the number of events left out, which is 0.

    An event without a point has a geometry of null.
    """
    handle.write('{"type":"FeatureCollection",\n"metadata":' + _json(about.record()) + ',\n"features":[')
    separator = "\n"
    for dossier in dossiers:
        handle.write(separator + _json(_feature(dossier)))
        separator = ",\n"
    handle.write("\n]}\n")
    return 0


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
