"""The ground of a map: which part of the world, how it is laid flat, and what lies on it.

Maps keep areas equal.  Lambert's azimuthal projection about the middle of the map does so for
parts of the world, with shapes and distances right near the middle (Snyder 1987, "Map
Projections: A Working Manual", pages 182 to 190); Equal Earth does so for the whole of it
(Šavrič, Patterson and Jenny 2018).  All is laid flat here, to pixels that are drawn as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, atan2, ceil, cos, degrees, floor, isfinite, log10, pi, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from casus.knowledge.natural_earth import Ring, outlines, unit_lines

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

Pixel = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north; west may be below -180

_WORLD_DEGREES = 100  # wider than this the whole world is drawn
_COUNTRY_DEGREES = 45  # wider countries are not shown whole
_UNITS_DEGREES = 25  # wider than this there are no lines between units
_LEAST_DEGREES = 1.2
_MARGIN = 0.08
_LOWEST, _HIGHEST = 260, 520  # pixels
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that must be on the map, and how far around it, in kilometres."""

    latitude: float
    longitude: float
    radius_km: float = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """A part of the world on a drawing of `width` by `height` pixels; x goes right, y down."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int
    scale: float  # pixels a radius of the Earth
    at: Pixel  # where the middle of the projection lies
    is_world: bool

    @property
    def projection(self) -> str:
        """How the map is laid flat, in words."""
        return "Equal Earth" if self.is_world else "Lambert azimuthal equal-area"

    @property
    def has_units(self) -> bool:
        """Whether lines between units of the first order are drawn."""
        return self.east - self.west < _UNITS_DEGREES

    def pixel(self, longitude: float, latitude: float) -> Pixel:
        """Where a place lies."""
        x, y = self._flat(longitude, latitude)
        return round(self.at[0] + x * self.scale, 1), round(self.at[1] - y * self.scale, 1)

    def circle(self, spot: Spot, corners: int = 48) -> list[Pixel]:
        """What lies as far from a place as its radius, as a closed line."""
        angle = spot.radius_km / EARTH_KM
        latitude, longitude = radians(spot.latitude), radians(spot.longitude)
        points = []
        for at in range(corners + 1):
            bearing = 2 * pi * at / corners
            north = asin(sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing))
            east = longitude + atan2(
                sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sin(north)
            )
            points.append(self.pixel(degrees(east), degrees(north)))
        return points

    def countries(self) -> tuple[tuple[str, list[list[Pixel]]], ...]:
        """The countries that are seen, by name, each as closed lines."""
        return tuple(self._countries())

    def _countries(self) -> Iterator[tuple[str, list[list[Pixel]]]]:
        seen: defaultdict[str, list[list[Pixel]]] = defaultdict(list)
        for name, shape in self._seen(_country_rings(), clipped_ring):
            if _is_visible(shape):
                seen[name].append(shape)
        yield from seen.items()

    def units(self) -> list[list[Pixel]]:
        """The lines between units of the first order that are seen."""
        if not self.has_units:
            return []
        return [shape for _, shape in self._seen(_unit_lines(), clipped_line) if len(shape) > 1]

    def scale_bar(self) -> tuple[int, float]:
        """A round number of kilometres, and how many pixels they take in the middle of the map."""
        longest = 0.22 * self.width / self.scale * EARTH_KM
        power = 10 ** floor(log10(longest))
        kilometres = next(step * power for step in (5, 2, 1) if step * power <= longest)
        return max(1, int(kilometres)), kilometres / EARTH_KM * self.scale

    def _flat(self, longitude: float, latitude: float) -> Pixel:
        middle = (self.west + self.east) / 2
        if self.is_world:
            return _equal_earth(longitude - middle, latitude)
        return _azimuthal(longitude - middle, latitude, (self.south + self.north) / 2)

    def _seen(
        self, shapes: _Shapes, clipped: Callable[[Sequence[Pixel], Box], list[list[Pixel]]]
    ) -> Iterator[tuple[str, list[Pixel]]]:
        """What of some shapes is seen, in pixels, with the name of each."""
        wide, high = (self.east - self.west) * 0.3, (self.north - self.south) * 0.3
        box = (self.west - wide, max(-89, self.south - high), self.east + wide, min(89, self.north + high))
        frame = (-2.0, -2.0, self.width + 2.0, self.height + 2.0)
        west, south, east, north = shapes.bounds.T
        for turn in (-360, 0, 360):
            meets = (east + turn >= box[0]) & (west + turn <= box[2]) & (north >= box[1]) & (south <= box[3])
            for at in np.flatnonzero(meets).tolist():
                name, points = shapes.named[at]
                for part in clipped([(x + turn, y) for x, y in points], box):
                    for shape in clipped(_thinned([self.pixel(x, y) for x, y in part]), frame):
                        yield name, shape


@dataclass(frozen=True, slots=True, eq=False)
class _Shapes:
    """Rings or lines with their names, and the box around each: west, south, east, north."""

    named: tuple[tuple[str, Ring], ...]
    bounds: NDArray[np.float64]

    @classmethod
    def of(cls, named: Iterable[tuple[str, Ring]]) -> _Shapes:
        """Shapes with the boxes around them."""
        some = tuple(named)
        return cls(some, np.array([_bounds(ring) for _, ring in some], dtype=np.float64))


@lru_cache(maxsize=1)
def _country_rings() -> _Shapes:
    return _Shapes.of(
        (outline.name, ring) for outline in outlines() for polygon in outline.polygons for ring in polygon
    )


@lru_cache(maxsize=1)
def _unit_lines() -> _Shapes:
    return _Shapes.of(("", line) for line in unit_lines())


def ground_of(spots: Sequence[Spot], width: int, country_code: str | None = None) -> Ground:
    """The part of the world around some places (one at least), with all of a country that is named."""
    spots = [*spots, *_corners(country_code)]
    west, east = _arc([one.longitude for one in spots], [_reach(one) for one in spots])
    south = max(-85.0, min(one.latitude - degrees(one.radius_km / EARTH_KM) for one in spots))
    north = min(85.0, max(one.latitude + degrees(one.radius_km / EARTH_KM) for one in spots))
    if east - west > _WORLD_DEGREES or north - south > _WORLD_DEGREES:
        return _fitted((-180.0, -58.0, 180.0, 80.0), width, is_world=True)
    middle, half = (west + east) / 2, max(_LEAST_DEGREES, (east - west) * (0.5 + _MARGIN))
    level, tall = (south + north) / 2, max(_LEAST_DEGREES, (north - south) * (0.5 + _MARGIN))
    # Neither a strip nor a column: what lies beside the places tells where they are.
    across = half * cos(radians(level))
    tall, across = max(tall, across * _LOWEST / width), max(across, tall * width / _HIGHEST)
    half = min(80.0, across / max(0.1, cos(radians(level))))
    return _fitted((middle - half, max(-88.0, level - tall), middle + half, min(88.0, level + tall)), width)


def _corners(country_code: str | None) -> list[Spot]:
    """The corners of the largest part of a country; none of one that is too large to be shown whole."""
    found = next((one for one in outlines() if one.code == country_code), None) if country_code else None
    if found is None:
        return []
    boxes = [_bounds(polygon[0]) for polygon in found.polygons]
    west, south, east, north = max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    if east - west > _COUNTRY_DEGREES:
        return []
    return [Spot(south, west), Spot(north, east)]


def _bounds(ring: Sequence[Pixel]) -> Box:
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return min(across), min(up), max(across), max(up)


def _fitted(box: Box, width: int, *, is_world: bool = False) -> Ground:
    west, south, east, north = box
    free = Ground(west, south, east, north, width, _LOWEST, 1.0, (0.0, 0.0), is_world)
    # Where the middle parallel and meridian leave the box; what bulges beyond them may be cut.
    level = (south + north) / 2
    right, _ = free._flat(east, 0.0 if is_world else level)  # noqa: SLF001 - its own
    _, top = free._flat((west + east) / 2, north)  # noqa: SLF001
    _, bottom = free._flat((west + east) / 2, south)  # noqa: SLF001
    scale = width / (2 * right)
    height = min(_HIGHEST, max(0 if is_world else _LOWEST, ceil((top - bottom) * scale)))
    scale = min(scale, height / (top - bottom))
    at = (width / 2, height / 2 + (top + bottom) / 2 * scale)
    return Ground(west, south, east, north, width, height, scale, at, is_world)


def _azimuthal(longitude: float, latitude: float, level: float) -> Pixel:
    """Lambert's azimuthal equal-area projection about a latitude, in radii of the Earth."""
    x, y, middle = radians(longitude), radians(latitude), radians(level)
    near = 1 + sin(middle) * sin(y) + cos(middle) * cos(y) * cos(x)
    k = sqrt(2 / max(near, 1e-6))
    return k * cos(y) * sin(x), k * (cos(middle) * sin(y) - sin(middle) * cos(y) * cos(x))


def _equal_earth(longitude: float, latitude: float) -> Pixel:
    """The Equal Earth projection, in radii of the Earth."""
    angle = asin(_M * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    x = (
        radians(longitude)
        * cos(angle)
        / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    )
    return x, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def _reach(spot: Spot) -> float:
    """How many degrees of longitude a place's radius takes."""
    return min(90.0, degrees(spot.radius_km / EARTH_KM) / max(0.1, cos(radians(spot.latitude))))


def _arc(longitudes: Sequence[float], reaches: Sequence[float]) -> tuple[float, float]:
    """The shortest arc that has all longitudes in it; its west may lie east of 180 less a turn."""
    places = sorted(set(longitudes))
    gaps = [places[at] - places[at - 1] + 360 * (at == 0) for at in range(len(places))]
    west = places[gaps.index(max(gaps))]  # after the widest gap
    turned = [one if one >= west else one + 360 for one in longitudes]
    return (
        min(one - reach for one, reach in zip(turned, reaches, strict=True)),
        max(one + reach for one, reach in zip(turned, reaches, strict=True)),
    )


def clipped_ring(ring: Sequence[Pixel], box: Box) -> list[list[Pixel]]:
    """What of a polygon lies in a box, by Sutherland and Hodgman (1974)."""
    west, south, east, north = box
    points = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        kept: list[Pixel] = []
        for one, following in zip(points, [*points[1:], *points[:1]], strict=True):
            is_in, follows_in = sign * (one[axis] - limit) >= 0, sign * (following[axis] - limit) >= 0
            if is_in:
                kept.append(one)
            if is_in != follows_in:
                share = (limit - one[axis]) / (following[axis] - one[axis])
                kept.append(
                    (one[0] + share * (following[0] - one[0]), one[1] + share * (following[1] - one[1]))
                )
        points = kept
        if not points:
            return []
    return [[*points, points[0]]]


def clipped_line(line: Sequence[Pixel], box: Box) -> list[list[Pixel]]:
    """The stretches of a line that touch a box, each with the points just outside of it."""
    west, south, east, north = box
    parts: list[list[Pixel]] = []
    was_in = False
    for at, (x, y) in enumerate(line):
        is_in = west <= x <= east and south <= y <= north
        if is_in and not was_in:
            parts.append([*line[max(0, at - 1) : at]])
        if is_in or was_in:
            parts[-1].append((x, y))
        was_in = is_in
    return parts


def _is_visible(shape: Sequence[Pixel]) -> bool:
    """Whether an area is more than a dot."""
    across, down = ([point[axis] for point in shape] for axis in (0, 1))
    return len(shape) > 3 and max(across) - min(across) + max(down) - min(down) > 2


def _thinned(points: list[Pixel]) -> list[Pixel]:
    """A line without points that lie within a pixel or so of the one before."""
    kept: list[Pixel] = []
    for point in points:
        if not (isfinite(point[0]) and isfinite(point[1])):
            continue
        if (
            not kept
            or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 0.9
            or point == points[-1]
        ):
            kept.append(point)
    return kept
