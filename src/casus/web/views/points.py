"""Points of a map, each with how exactly it is known."""

from __future__ import annotations

from typing import TypedDict

from casus.casebook.records import EventWhere
from casus.output.precision import COUNTRY, radius_km_of


class MapPoint(TypedDict, total=False):
    """A point as js/map.js draws it; with a radius or a country it is an area.

    `noun` is what several points are called where they are no events.
    """

    latitude: float
    longitude: float
    radius_km: int
    country: str
    label: str
    href: str
    count: int
    killed: int
    noun: str


def point_of(where: EventWhere, label: str = "", href: str = "") -> MapPoint | None:
    """The point of a place, None where it has none."""
    if where.latitude is None or where.longitude is None:
        return None
    point = MapPoint(latitude=where.latitude, longitude=where.longitude)
    if label:
        point["label"] = label
    if href:
        point["href"] = href
    if where.precision_code == COUNTRY and where.country_code:
        point["country"] = where.country_code
    elif radius := radius_km_of(where.precision_code):
        point["radius_km"] = radius
    return point
