"""The cells of the PRIO-GRID: half a degree, counted eastwards from 90° S, 180° W."""

from __future__ import annotations

from math import floor

_ROWS, _COLUMNS = 360, 720


def priogrid_cell(latitude: float | None, longitude: float | None) -> int | None:
    """The number (gid) of the cell that a point lies in, None for no point.

    >>> priogrid_cell(-90, -180), priogrid_cell(90, 180), priogrid_cell(15.35, 44.2)
    (1, 259200, 151649)
    """
    if latitude is None or longitude is None:
        return None
    row = min(floor((latitude + 90) * 2) + 1, _ROWS)
    column = min(floor((longitude + 180) * 2) + 1, _COLUMNS)
    return (row - 1) * _COLUMNS + column
