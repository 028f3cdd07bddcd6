"""What some events come to: sums, a map, and what there is to choose from."""

from __future__ import annotations

import numpy as np

from casus.casebook.browsing.columns import MISSING, Columns, Flags, Numbers
from casus.casebook.browsing.masks import contested, waiting
from casus.casebook.browsing.records import Box, MapCell, Sum, Totals
from casus.casebook.records import Grade, Waiting
from casus.model import EventType

_LEAST_DEGREES = 0.001
_NEAREST = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}


def totals_of(columns: Columns, meant: Flags) -> Totals:
    """What some events come to."""
    pressing = np.bincount(columns.numbers["pressing"][meant], minlength=len(Waiting))
    return Totals(
        events=int(meant.sum()),
        waiting=int((waiting(columns) & meant).sum()),
        contested=int((contested(columns) & meant).sum()),
        reviewed=int((columns.flags["is_reviewed"] & meant).sum()),
        undated=int((columns.numbers["start"][meant] == MISSING).sum()),
        by_grade={Grade(word): count for word, count in counts_by(columns, "grade", meant)},
        by_type={EventType(word): count for word, count in counts_by(columns, "event_type", meant)},
        by_country=dict(counts_by(columns, "country", meant)),
        by_waiting={why: int(pressing[at]) for at, why in enumerate(Waiting)},
        killed=_sum(columns, "killed", meant),
        injured=_sum(columns, "injured", meant),
    )


def counts_by(columns: Columns, column: str, meant: Flags) -> list[tuple[str, int]]:
    """The number of events by a column of words, the most first; "" for none."""
    counts = np.bincount(columns.numbers[column][meant], minlength=1)
    found = ((columns.word(column, int(number)), int(counts[number])) for number in np.flatnonzero(counts))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def figures(columns: Columns, harm: str, part: str) -> Numbers:
    """A figure of each event: where it gives none of a kind, the nearest that it gives."""
    first, second, third = (columns.numbers[f"{harm}_{name}"] for name in _NEAREST[part])
    chosen: Numbers = np.where(first != MISSING, first, np.where(second != MISSING, second, third))
    return chosen


def summed(group: Numbers, numbers: Numbers, size: int) -> Numbers:
    """What the numbers of each group come to; `MISSING` where none of them is known."""
    is_known = numbers != MISSING
    sums = np.bincount(group, weights=np.where(is_known, numbers, 0), minlength=size).astype(np.int64)
    told: Numbers = np.where(np.bincount(group[is_known], minlength=size) > 0, sums, MISSING)
    return told


def known(number: int) -> int | None:
    """A number of a column; None where it is unknown."""
    return None if number == MISSING else number


def cells_of(columns: Columns, meant: Flags, degrees: float, box: Box | None) -> tuple[MapCell, ...]:
    """The events that have a point, in cells of so many degrees, the fullest last, to be drawn on top."""
    latitude, longitude = columns.floats["latitude"], columns.floats["longitude"]
    places = np.flatnonzero(meant & ~np.isnan(latitude) & ~np.isnan(longitude) & _within(columns, box))
    if not len(places):
        return ()
    degrees = max(degrees, _LEAST_DEGREES)
    rows, across = (
        np.floor((one[places] + 180.0) / degrees).astype(np.int64) for one in (latitude, longitude)
    )
    _, first, cell, counts = np.unique(
        rows * 2**32 + across, return_index=True, return_inverse=True, return_counts=True
    )
    killed = figures(columns, "killed", "best")[places]
    precision = np.zeros(len(counts), dtype=np.int64)
    np.maximum.at(precision, cell, np.maximum(0, columns.numbers["precision_code"][places]))
    middles = [np.bincount(cell, weights=one[places]) / counts for one in (latitude, longitude)]
    dead = np.bincount(cell, weights=np.where(killed == MISSING, 0, killed)).astype(np.int64)
    is_known = np.bincount(cell, weights=killed != MISSING) > 0
    same = {name: _same(columns.numbers[name][places], first, cell) for name in ("geonames_id", "country")}
    return tuple(
        MapCell(
            round(float(middles[0][at]), 5),
            round(float(middles[1][at]), 5),
            int(counts[at]),
            int(dead[at]) if is_known[at] else None,
            columns.ids[places[first[at]]] if counts[at] == 1 else None,
            int(precision[at]) or None,
            None if same["geonames_id"][at] == MISSING else int(same["geonames_id"][at]),
            columns.word("country", max(0, int(same["country"][at]))) or None,
        )
        for at in np.argsort(counts, kind="stable")
    )


def _same(values: Numbers, first: Numbers, cell: Numbers) -> Numbers:
    """What all events of a cell have, `MISSING` where they differ."""
    of_first: Numbers = values[first]
    differs = np.bincount(cell, weights=values != of_first[cell], minlength=len(first)) > 0
    return np.where(differs, MISSING, of_first)


def _within(columns: Columns, box: Box | None) -> Flags:
    latitude, longitude = columns.floats["latitude"], columns.floats["longitude"]
    if box is None:
        return np.ones(len(latitude), dtype=np.bool_)
    if box.west <= box.east:
        across = (longitude >= box.west) & (longitude <= box.east)
    else:  # over the line of dates
        across = (longitude >= box.west) | (longitude <= box.east)
    flags: Flags = (latitude >= box.south) & (latitude <= box.north) & across
    return flags


def _sum(columns: Columns, harm: str, meant: Flags) -> Sum:
    low, best, high = (figures(columns, harm, part)[meant] for part in ("low", "best", "high"))
    known = best != MISSING
    count = int(known.sum())
    return Sum(
        int(low[known].sum()), int(best[known].sum()), int(high[known].sum()), count, len(known) - count
    )
