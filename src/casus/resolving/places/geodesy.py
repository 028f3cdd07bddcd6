"""Distances and points on the globe, taken as a sphere of the mean radius (error up to 0.6 percent)."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance between two points, in km."""
    one, other = radians(latitude), radians(other_latitude)
    half = sin((other - one) / 2) ** 2
    half += cos(one) * cos(other) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def destination(latitude: float, longitude: float, bearing: float, distance: float) -> tuple[float, float]:
    """The point at a distance (km) and bearing (degrees from north) from a point, to 5 decimals."""
    start, angle, course = radians(latitude), distance / EARTH_RADIUS_KM, radians(bearing)
    end = asin(sin(start) * cos(angle) + cos(start) * sin(angle) * cos(course))
    turn = atan2(sin(course) * sin(angle) * cos(start), cos(angle) - sin(start) * sin(end))
    return round(degrees(end), 5), round((longitude + degrees(turn) + 540) % 360 - 180, 5)


def midpoint(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> tuple[float, float]:
    """The point halfway between two points on the great circle, to 5 decimals."""
    one, other = radians(latitude), radians(other_latitude)
    turn = radians(other_longitude - longitude)
    x, y = cos(other) * cos(turn), cos(other) * sin(turn)
    middle = atan2(sin(one) + sin(other), sqrt((cos(one) + x) ** 2 + y**2))
    return round(degrees(middle), 5), round(
        (longitude + degrees(atan2(y, cos(one) + x)) + 540) % 360 - 180, 5
    )
