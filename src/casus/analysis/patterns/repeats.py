"""Near repeats: whether events follow each other nearby and soon more often than by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from casus.analysis.patterns.counting import LeftOut, asked_words, many, refuse_nothing
from casus.analysis.patterns.knox import Knox, knox
from casus.analysis.patterns.nearness import Points
from casus.analysis.selecting import Selection
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Floats, Numbers
from casus.casebook.browsing.tables import EventTable
from casus.errors import NotAnswerable

if TYPE_CHECKING:
    import pandas as pd

DISTANCES_KM = (0.0, 5.0, 10.0, 20.0, 40.0)
"""Last kilometres of the bands: one place, the villages around, a district, two districts."""
DAYS = (0, 7, 14, 21, 28)
"""Last days of the bands: one day, then week by week."""
DRAWS = 999
FEWEST_DRAWS = 99
MOST_PAIRS = 1_000_000
"""So many near pairs are permuted; where there are more, of a sample of the events."""
COARSEST = 2
"""The coarsest precision (UCDP's where_prec) of events that have a point of their own."""
FEWEST = 20
"""Of fewer events nothing is said."""
NOTEWORTHY = 0.05
SURELY = 0.01
_FEW_EXPECTED = 5
_LOOKED_AT = 20_000  # events by which the number of near pairs is estimated where there are more


@dataclass(frozen=True, slots=True)
class Cell:
    """Pairs of events so many kilometres and so many days apart, both ends inclusive.

    The next band begins just beyond a last kilometre, and on the day after a last day.
    `ratio` is None where none are expected.
    """

    from_km: float
    to_km: float
    from_days: int
    to_days: int
    observed: int
    expected: float
    ratio: float | None
    p: float

    @property
    def stands_out(self) -> bool:
        """Whether there are more pairs than chance would often give; never of one place and day."""
        return self.p <= NOTEWORTHY and self.observed > self.expected and not self.is_double

    @property
    def is_double(self) -> bool:
        """Whether these are events of one place and one day, which linking may join or leave apart."""
        return self.to_km == 0 and self.to_days == 0


@dataclass(frozen=True, slots=True)
class Repeats:
    """Pairs of events by distance and time, against what permuted dates give.

    `events` were compared, of `known` whose day and place are known well enough; `doubles` are
    pairs of one place and one day.
    """

    asked: str
    revision: int
    events: int
    known: int
    distances_km: tuple[float, ...]
    days: tuple[int, ...]
    cells: tuple[Cell, ...]
    p_any: float
    doubles: int
    draws: int
    seed: int
    left_out: tuple[LeftOut, ...]
    notices: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """A row a band: from_km, to_km, from_days, to_days, observed, expected, ratio, p."""
        import pandas as pd  # noqa: PLC0415 - takes 0.3 s

        names = ("from_km", "to_km", "from_days", "to_days", "observed", "expected", "ratio", "p")
        return pd.DataFrame([{name: getattr(one, name) for name in names} for one in self.cells])


def near_repeats(
    book: Casebook,
    selection: Selection | None = None,
    *,
    distances_km: Sequence[float] = DISTANCES_KM,
    days: Sequence[int] = DAYS,
    coarsest: int = COARSEST,
    draws: int = DRAWS,
    most_pairs: int = MOST_PAIRS,
    seed: int = 0,
) -> Repeats:
    """Whether events are followed by others nearby and soon more often than by chance.

    `distances_km` and `days` are the ends of the bands, rising; a first one of 0 makes a band
    of one place, or of one day.  Only events that are known to the day and to a point
    (`coarsest` is 1 or 2) are compared; docs/patterns.md tells the method and what it can't say.

    Raises `NotAnswerable` where there are fewer than 20 of them, or all of one place or day.
    """
    _refuse_bands(distances_km, days, coarsest)
    if draws < FEWEST_DRAWS:
        raise NotAnswerable(f"a test by permutation needs {FEWEST_DRAWS} permutations or more")
    selection = selection or Selection()
    table = book.browse.table(selection.wanted)
    refuse_nothing(table, selection)
    kept, left_out = _comparable(table, coarsest)
    known = int(kept.sum())
    if known < FEWEST:
        raise NotAnswerable(
            f"near repeats need {FEWEST} events or more that are known to the day and to the place; "
            f"of {asked_words(selection)} there are {known}"
        )
    latitude, longitude, day = _in_order(table, kept)
    chosen = _sampled(latitude, longitude, distances_km[-1], most_pairs, seed)
    latitude, longitude, day = latitude[chosen], longitude[chosen], day[chosen]
    points = Points.of(latitude, longitude)
    _refuse_sameness(points, day, selection)
    near = points.pairs(distances_km)
    if not len(near.first):
        raise NotAnswerable(
            f"no two of {asked_words(selection)} are within {distances_km[-1]:g} km of each other: "
            "ask for longer distances"
        )
    found = knox(near, day, days, draws=draws, seed=seed)
    doubles = _doubles(latitude, longitude, day)
    return Repeats(
        asked_words(selection),
        table.revision,
        len(day),
        known,
        tuple(map(float, distances_km)),
        tuple(days),
        tuple(_cells(found, distances_km, days)),
        found.p_any,
        doubles,
        draws,
        seed,
        left_out,
        tuple(_notices(found, len(day), known, doubles)),
    )


def km_words(cell: Cell) -> str:
    """The band of distance in words."""
    if cell.to_km == 0:
        return "same place"
    return f"up to {cell.to_km:g} km" if cell.from_km == 0 else f"{cell.from_km:g} to {cell.to_km:g} km"


def day_words(cell: Cell) -> str:
    """The band of days in words."""
    if cell.to_days == 0:
        return "same day"
    if cell.from_days == 0:
        return f"up to {many(cell.to_days, 'day')}"
    if cell.from_days == cell.to_days:
        return many(cell.to_days, "day")
    return f"{cell.from_days} to {cell.to_days} days"


def _refuse_bands(distances_km: Sequence[float], days: Sequence[int], coarsest: int) -> None:
    for name, edges in (("kilometres", distances_km), ("days", days)):
        rises = all(one < other for one, other in pairwise(edges))
        if not edges or edges[0] < 0 or edges[-1] <= 0 or not rises:
            raise NotAnswerable(f"the ends of the bands of {name} must rise from 0 or more, as in 0,7,14")
    if coarsest not in (1, COARSEST):
        raise NotAnswerable(
            "near repeats need points: the coarsest precision is 1 (the exact place) or 2 (near it); "
            "the points of units and countries are only their middles"
        )


def _comparable(table: EventTable, coarsest: int) -> tuple[Flags, tuple[LeftOut, ...]]:
    """Which events have a day and a point, and how many do not, by reason."""
    start, code = table.numbers["start"], table.numbers["precision_code"]
    latitude, longitude = table.floats["latitude"], table.floats["longitude"]
    reasons = (
        ("not known to the day", (start == MISSING) | (table.numbers["end"] != start)),
        ("of which the name of the place is withheld", table.flags["is_place_withheld"]),
        ("without coordinates", np.isnan(latitude) | np.isnan(longitude)),
        (f"not known to the place (precision {coarsest} or better)", (code < 1) | (code > coarsest)),
    )
    kept = np.ones(len(table), dtype=np.bool_)
    left_out = []
    for why, flags in reasons:
        if count := int((flags & kept).sum()):
            left_out.append(LeftOut(why, count))
        kept &= ~flags
    return kept, tuple(left_out)


def _in_order(table: EventTable, kept: Flags) -> tuple[Floats, Floats, Numbers]:
    """Latitude, longitude and day of events in an order that follows from these alone."""
    latitude, longitude = table.floats["latitude"][kept], table.floats["longitude"][kept]
    day = table.numbers["start"][kept]
    order = np.lexsort((day, longitude, latitude))
    return latitude[order], longitude[order], day[order]


def _sampled(latitude: Floats, longitude: Floats, most_km: float, most_pairs: int, seed: int) -> Numbers:
    """The rows of all events, or of as many drawn at random as have so many near pairs."""
    size = len(latitude)
    rng = np.random.default_rng(seed)
    looked_at = np.sort(rng.choice(size, min(size, _LOOKED_AT), replace=False))
    pairs = Points.of(latitude[looked_at], longitude[looked_at]).near(most_km)
    pairs_of_all = pairs * (size / len(looked_at)) ** 2
    if pairs_of_all <= most_pairs:
        return np.arange(size)
    kept = max(FEWEST, int(size * sqrt(most_pairs / pairs_of_all)))
    return np.sort(rng.choice(size, kept, replace=False))


def _refuse_sameness(points: Points, day: Numbers, selection: Selection) -> None:
    asked = asked_words(selection)
    if len(points.counts) == 1:
        raise NotAnswerable(f"{asked} are all at one place: near repeats need several")
    if day.min() == day.max():
        raise NotAnswerable(f"{asked} are all of one day: near repeats need several")


def _doubles(latitude: Floats, longitude: Floats, day: Numbers) -> int:
    """How many pairs of events are of one place and one day."""
    _, counts = np.unique(np.stack((latitude, longitude, day), axis=1), axis=0, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def _cells(found: Knox, distances_km: Sequence[float], days: Sequence[int]) -> Iterator[Cell]:
    for row, to_km in enumerate(distances_km):
        for column, to_days in enumerate(days):
            observed, expected = int(found.observed[row, column]), float(found.expected[row, column])
            yield Cell(
                float(distances_km[row - 1]) if row else 0.0,
                float(to_km),
                days[column - 1] + 1 if column else 0,
                to_days,
                observed,
                expected,
                observed / expected if expected else None,
                float(found.p[row, column]),
            )


def _notices(found: Knox, events: int, known: int, doubles: int) -> Iterator[str]:
    if events < known:
        yield (
            f"There are too many near pairs to permute: {events:,} of the {known:,} events were drawn at "
            "random. Pairs are those of the sample; ratios are estimates of those of all."
        )
    if doubles:
        yield (
            f"{many(doubles, 'pair')} are of one place and one day: accounts of one event that are not "
            "linked look just so, and linking may have joined two events that were two. No such pair is "
            "taken for a repeat; review them."
        )
    if (found.expected < _FEW_EXPECTED).any():
        yield f"Where fewer than {_FEW_EXPECTED} pairs are expected, a ratio can be large by chance."
    yield ("Events at a place of one name have one point, so that 0 km is one village or town, not one spot.")
    yield (
        "Dates are permuted over all these events: where violence moved from one region to another, "
        "events near each other are also of one time, though none follows from another."
    )
