"""Files boundaries: a unit's point, and the units of places that GeoNames files under none.

Needs shapely (the extra `boundaries`).  The shapes themselves are not kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import Any

from casus.errors import GazetteerError
from casus.resolving import gazetteer_sources as sources
from casus.resolving.boundaries import Shape
from casus.resolving.gazetteer import EntryKind
from casus.resolving.geonames_dump import BadLine
from casus.resolving.place_names import UnitWords, fold_key

_KINDS = {0: EntryKind.COUNTRY, 1: EntryKind.ADM1, 2: EntryKind.ADM2}
_Unit = tuple[int, int, str | None, int | None, int | None]
_UNIT = "SELECT id, kind, country, adm1, adm2 FROM place"
# Settlements, local units and features without a unit of some order.
_UNLINKED = "kind IN (4, 7, 8) AND (adm1 IS NULL OR adm2 IS NULL)"
_NEAR = (
    f"SELECT id, longitude, latitude, adm1 FROM place WHERE {_UNLINKED}"  # noqa: S608 - a constant
    " AND country = ? AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
)
_UNIT_NAMES = (
    "SELECT n.key, n.place FROM (SELECT key, place FROM name UNION ALL SELECT key, place FROM filed) n"
    " JOIN place p ON p.id = n.place WHERE p.kind IN (2, 3)"
)


class BoundaryFiler:
    """Files one shape after another into the unfinished gazetteer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Raises GazetteerError where shapely isn't installed."""
        try:
            self._shapely: Any = import_module("shapely")
        except ModuleNotFoundError as error:
            raise GazetteerError(
                "boundaries need shapely: run 'pip install \"casus-events[boundaries]\"',"
                " or leave out --boundaries"
            ) from error
        self._connection = connection
        self._codes = {row.iso3: row.code for row in sources.countries()}
        self._words = UnitWords(sources.cue_words("unit"), sources.cue_words("foreign"))
        connection.execute(
            f"CREATE INDEX IF NOT EXISTS unlinked ON place (country, latitude) WHERE {_UNLINKED}"
        )
        connection.execute(
            "CREATE INDEX IF NOT EXISTS units ON place (country, kind) WHERE kind IN (1, 2, 3)"
        )

    def file(self, shape: Shape) -> None:
        """File a shape; raises BadLine where it is malformed or no unit is known for it."""
        if shape.fault is not None:
            raise BadLine(shape.fault)
        try:
            area = self._shapely.geometry.shape(shape.geometry)
            if not area.is_valid:
                area = self._shapely.make_valid(area)
        except (self._shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadLine(f"a geometry of a wrong form ({error})") from error
        if area.is_empty or area.geom_type not in ("Polygon", "MultiPolygon", "GeometryCollection"):
            raise BadLine(f"a {area.geom_type} where an area belongs")
        unit = self._unit(shape, area)
        if unit[1] != EntryKind.COUNTRY:
            self._move(unit, area)
            self._link(unit, area)

    def _unit(self, shape: Shape, area: Any) -> _Unit:
        """The unit that a shape is the boundary of."""
        if shape.geonames_id is not None:
            row: _Unit | None = self._connection.execute(
                f"{_UNIT} WHERE id = ? AND kind IN (1, 2, 3)", (shape.geonames_id,)
            ).fetchone()
            if row is None:
                raise BadLine(f"no country or unit has the GeoNames id {shape.geonames_id}")
            return row
        code, kind = self._codes.get(shape.iso3 or ""), _KINDS.get(shape.level or 0)
        if code is None or kind is None:
            raise BadLine(f"no unit of level {shape.level} in {shape.iso3} is known")
        rows: list[_Unit] = self._connection.execute(
            f"{_UNIT} WHERE country = ? AND kind = ?", (code, int(kind))
        ).fetchall()
        found = rows if kind is EntryKind.COUNTRY else self._named(rows, shape.names[-1])
        if len(found) > 1:
            found = [unit for unit in found if self._has_its_point(unit, area)]
        if len(found) != 1:
            name = shape.names[-1] if shape.names else shape.iso3
            raise BadLine(f"{'no' if not found else 'more than one'} unit is called {name} in {code}")
        return found[0]

    @cached_property
    def _ids_by_key(self) -> dict[str, set[int]]:
        """The units by their names; only files that tell no ids need them."""
        found: dict[str, set[int]] = {}
        for key, unit_id in self._connection.execute(_UNIT_NAMES):
            found.setdefault(key, set()).add(unit_id)
        return found

    def _named(self, rows: Iterable[_Unit], name: str) -> list[_Unit]:
        """The units among some that have a name, with or without the word for their kind."""
        keys = {fold_key(name), fold_key(self._words.bare(name))}
        ids = {unit_id for key in keys for unit_id in self._ids_by_key.get(key, ())}
        return [unit for unit in rows if unit[0] in ids]

    def _has_its_point(self, unit: _Unit, area: Any) -> bool:
        latitude, longitude = self._connection.execute(
            "SELECT latitude, longitude FROM place WHERE id = ?", (unit[0],)
        ).fetchone()
        return latitude is not None and bool(self._shapely.contains_xy(area, longitude, latitude))

    def _move(self, unit: _Unit, area: Any) -> None:
        """Give a unit the middle of its area, or a point inside where the middle lies outside."""
        point = area.centroid
        if not area.covers(point):
            point = area.representative_point()
        self._connection.execute(
            "UPDATE place SET latitude = ?, longitude = ? WHERE id = ?",
            (round(point.y, 5), round(point.x, 5), unit[0]),
        )

    def _link(self, unit: _Unit, area: Any) -> None:
        """Put places without a unit of this order into it, where they lie in its area."""
        unit_id, kind, country, adm1_id, _ = unit
        west, south, east, north = area.bounds
        bounds = (country, south, north, west, east)
        rows = self._connection.execute(_NEAR, bounds).fetchall()
        if not rows:
            return
        self._shapely.prepare(area)
        inside = self._shapely.contains_xy(area, [row[1] for row in rows], [row[2] for row in rows])
        own_adm1, own_adm2 = (unit_id, None) if kind == EntryKind.ADM1 else (adm1_id, unit_id)
        self._connection.executemany(
            "UPDATE place SET adm1 = ifnull(adm1, ?), adm2 = ifnull(adm2, ?) WHERE id = ?",
            [
                (own_adm1, own_adm2, row[0])
                for row, is_inside in zip(rows, inside, strict=True)
                if is_inside and row[3] in (None, own_adm1)
            ],
        )
