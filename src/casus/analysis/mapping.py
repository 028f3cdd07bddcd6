"""Where events were, with their dead and with how exactly the places are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from casus.casebook.browsing.columns import MISSING
from casus.casebook.browsing.tables import EventTable
from casus.output.precision import COUNTRY, radius_km_of

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Dead:
    """How many were killed in some events: over the `told` of them that give a number.

    The figures are None where none gives one; that is unknown, and not zero.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    told: int = 0

    @classmethod
    def of(cls, table: EventTable, rows: Iterable[int]) -> Dead:
        """The dead of some rows of a table."""
        meant = np.fromiter(rows, dtype=np.int64)
        known = meant[table.numbers["killed_best"][meant] != MISSING]
        if not len(known):
            return cls()
        low, best, high = (int(table.numbers[f"killed_{part}"][known].sum()) for part in _FIELDS)
        return cls(low, best, high, len(known))

    def __add__(self, other: Dead) -> Dead:
        """Both together."""
        if not self.told or not other.told:
            return self if self.told else other
        low, best, high = ((getattr(self, part) or 0) + (getattr(other, part) or 0) for part in _FIELDS)
        return Dead(low, best, high, self.told + other.told)


@dataclass(frozen=True, slots=True)
class Mark:
    """Events at one point of the map.

    `radius_km` is None where the place itself is known; else it was somewhere within so many
    kilometres, by the usual size of what is known (docs/maps.md).
    """

    latitude: float
    longitude: float
    radius_km: int | None
    place: str | None
    unit: str | None
    country: str | None
    events: int
    killed: Dead


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Events that have no point: why, and how many were killed in them."""

    events: int = 0
    killed: Dead = field(default_factory=Dead)


@dataclass(frozen=True, slots=True)
class EventMap:
    """Where events were, the deadliest marks first, and those that no point stands for."""

    revision: int
    events: int
    marks: tuple[Mark, ...]
    countrywide: Unplaced  # no more than the country is known
    placeless: Unplaced  # no coordinates are known
    withheld: Unplaced  # the name of the place is withheld, and so is where it lies

    @property
    def drawn(self) -> int:
        """How many events the marks stand for."""
        return sum(mark.events for mark in self.marks)

    def frame(self) -> pd.DataFrame:
        """The marks as a frame.

        Columns: latitude, longitude (degrees), radius_km (NA: the place itself), place, unit, country,
        events, killed_low, killed_best, killed_high (NA: no event gives a number), told (events that
        give a number).
        """
        import pandas as pd  # noqa: PLC0415 - takes half a second

        rows = [
            (
                *(getattr(mark, name) for name in ("latitude", "longitude", "radius_km")),
                *(getattr(mark, name) for name in ("place", "unit", "country", "events")),
                *(getattr(mark.killed, part) for part in (*_FIELDS, "told")),
            )
            for mark in self.marks
        ]
        columns = [
            *("latitude", "longitude", "radius_km", "place", "unit", "country", "events"),
            *("killed_low", "killed_best", "killed_high", "told"),
        ]
        frame = pd.DataFrame(rows, columns=columns)
        whole = ["radius_km", "killed_low", "killed_best", "killed_high"]
        return frame.astype(dict.fromkeys(whole, "Int64"))


def map_of(table: EventTable) -> EventMap:
    """Where the events of a table were; places whose names are withheld are left out."""
    shut = table.flags["is_place_withheld"].tolist()
    latitudes, longitudes = (table.floats[name].tolist() for name in ("latitude", "longitude"))
    precisions = table.numbers["precision_code"].tolist()
    at: defaultdict[tuple[float, float, int | None], list[int]] = defaultdict(list)
    left: dict[str, list[int]] = {"withheld": [], "placeless": [], "countrywide": []}
    for row, (is_shut, latitude, longitude, precision) in enumerate(
        zip(shut, latitudes, longitudes, precisions, strict=True)
    ):
        if is_shut:
            left["withheld"].append(row)
        elif precision == COUNTRY:
            left["countrywide"].append(row)
        elif isnan(latitude) or isnan(longitude):
            left["placeless"].append(row)
        else:
            at[latitude, longitude, radius_km_of(max(0, precision))].append(row)
    marks = [_mark(table, *point, rows) for point, rows in at.items()]
    marks.sort(key=lambda one: (-(one.killed.best or 0), -one.events, one.latitude, one.longitude))
    return EventMap(
        table.revision,
        len(table),
        tuple(marks),
        **{name: Unplaced(len(rows), Dead.of(table, rows)) for name, rows in left.items()},
    )


def _mark(
    table: EventTable, latitude: float, longitude: float, radius_km: int | None, rows: list[int]
) -> Mark:
    place, unit, country = (table.words[name][rows[0]] for name in ("place", "adm1", "country"))
    return Mark(latitude, longitude, radius_km, place, unit, country, len(rows), Dead.of(table, rows))
