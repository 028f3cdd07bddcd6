"""The outlines of countries and the lines between their units, as Natural Earth has them (docs/maps.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "natural-earth"
"""Where `countries.geojson` and `units.geojson` are, which the workbench gives to browsers."""
CREDIT = "Natural Earth"

Ring = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees, within -180 to 180; of a polygon the last is the first again."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: its ISO 3166-1 alpha-2 code, None for none, its name, and its polygons as rings."""

    code: str | None
    name: str
    polygons: tuple[tuple[Ring, ...], ...]


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """All countries."""
    found = json.loads((FOLDER / "countries.geojson").read_text("utf-8"))["features"]
    return tuple(
        Outline(
            one["properties"]["code"],
            one["properties"]["name"],
            tuple(tuple(_ring(ring) for ring in polygon) for polygon in one["geometry"]["coordinates"]),
        )
        for one in found
    )


@lru_cache(maxsize=1)
def unit_lines() -> tuple[Ring, ...]:
    """The lines between units of the first order, coarser than the outlines of countries."""
    found = json.loads((FOLDER / "units.geojson").read_text("utf-8"))
    return tuple(_ring(line) for line in found["geometry"]["coordinates"])


def _ring(points: list[list[float]]) -> Ring:
    return tuple((x, y) for x, y in points)
