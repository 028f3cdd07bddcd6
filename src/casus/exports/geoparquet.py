"""GeoParquet 1.1: one row an event, its point as WKB, a page of rows at a time."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Event
from casus.errors import ExportError
from casus.exports.about import About
from casus.exports.event_columns import PLAIN_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 10_000
_LISTS = ("perpetrators", "targets", "weapons", "sources")
_POINT = struct.Struct("<BIdd")


def write_geoparquet(path: Path, dossiers: Iterable[Dossier], about: About) -> int:
    """Write the events; gives the number of events left out, which is 0."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra that only this format needs
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExportError("GeoParquet needs pyarrow: install casus-events[tables]") from error
    schema = _schema(pa, about)
    events = (dossier.event for dossier in dossiers)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        box: list[float] = []
        while page := list(islice(events, _ROWS)):
            box = _grown(box, page)
            writer.write_table(pa.Table.from_pydict(_columns(page), schema=schema))
        writer.add_key_value_metadata({"geo": json.dumps(_geo(box))})
    return 0


def _schema(pa: Any, about: About) -> pa.Schema:
    kinds = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    names = [
        (column.name, pa.list_(pa.string()) if column.name in _LISTS else kinds[column.kind])
        for column in PLAIN_COLUMNS
    ]
    schema: pa.Schema = pa.schema([*names, ("geometry", pa.binary())])
    return schema.with_metadata({"casus": json.dumps(about.record(), ensure_ascii=False)})


def _columns(page: list[Event]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        column.name: [column.value(event) for event in page]
        for column in PLAIN_COLUMNS
        if column.name not in _LISTS
    }
    for name in ("perpetrators", "targets", "weapons"):
        columns[name] = [[one.name for one in getattr(event, name)] for event in page]
    columns["sources"] = [list(event.sources) for event in page]
    columns["geometry"] = [wkb_point(event.where.latitude, event.where.longitude) for event in page]
    return columns


def wkb_point(latitude: float | None, longitude: float | None) -> bytes | None:
    """A point as little-endian WKB, x the longitude; None for no point."""
    if latitude is None or longitude is None:
        return None
    return _POINT.pack(1, 1, longitude, latitude)


def _grown(box: list[float], page: list[Event]) -> list[float]:
    """The box (west, south, east, north) of all points so far."""
    xs = [event.where.longitude for event in page if event.where.longitude is not None]
    ys = [event.where.latitude for event in page if event.where.latitude is not None]
    if not xs or not ys:
        return box
    west, south, east, north = box or (min(xs), min(ys), max(xs), max(ys))
    return [min(west, *xs), min(south, *ys), max(east, *xs), max(north, *ys)]


def _geo(box: list[float]) -> dict[str, Any]:
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if box:
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
