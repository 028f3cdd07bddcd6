"""Events and deaths by unit, as types: the levels that units are of, and what each unit has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casus.analysis.patterns.concentration import Concentration
from casus.analysis.patterns.counting import LeftOut, Measure, figure_cells, whole_numbers
from casus.casebook.browsing.records import Sum

if TYPE_CHECKING:
    import pandas as pd


class Level(StrEnum):
    """What events are counted by, from the widest."""

    COUNTRY = "country"
    ADM1 = "adm1"
    ADM2 = "adm2"
    PLACE = "place"

    @property
    def words(self) -> str:
        """The level in words."""
        return _WORDS[self]

    @property
    def plural(self) -> str:
        """Several of them in words."""
        return "countries" if self is Level.COUNTRY else f"{self.words}s"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names that a unit has, from the widest."""
        if self is Level.PLACE:
            return ("country", "adm1", "place")
        levels = tuple(Level)
        return tuple(map(str, levels[: levels.index(self) + 1]))


_WORDS: Mapping[Level, str] = {
    Level.COUNTRY: "country",
    Level.ADM1: "first-order unit",
    Level.ADM2: "second-order unit",
    Level.PLACE: "place",
}


@dataclass(frozen=True, slots=True)
class UnitCount:
    """What a unit has: its names from the widest, events, deaths, and shares of the whole (0 to 1).

    `cumulative` is the share of all units down to this one, in the order asked for.  The rates
    are events, and deaths low, best and high, for each 100,000 people, over all days asked for.
    """

    names: tuple[str, ...]
    label: str
    events: int
    killed: Sum
    event_share: float
    death_share: float | None
    cumulative: float | None = None
    population: int | None = None
    event_rate: float | None = None
    death_rates: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """Events and deaths by unit, those with most first.

    `asked` are the events in words; `events` and `killed` those that stand in a unit.
    """

    asked: str
    revision: int
    level: Level
    order: Measure
    counts: tuple[UnitCount, ...]
    events: int
    killed: Sum
    concentration: tuple[Concentration, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """A row a unit: its names, events, killed_low, killed_best, killed_high, without_number, shares.

        `cumulative_share` is of what the units are ordered by; with populations `population`,
        `events_per_100k` and `killed_…_per_100k` follow.
        """
        import pandas as pd  # noqa: PLC0415 - takes 0.3 s

        rows = [dict(zip(self.level.fields, one.names, strict=True)) | _cells(one) for one in self.counts]
        frame = whole_numbers(pd.DataFrame(rows))
        if all(one.population is None for one in self.counts):
            frame = frame.drop(columns=list(_RATES))
        return frame


_RATES = (
    "population",
    "events_per_100k",
    "killed_low_per_100k",
    "killed_best_per_100k",
    "killed_high_per_100k",
)


def _cells(one: UnitCount) -> dict[str, object]:
    rates = (one.population, one.event_rate, *(one.death_rates or (None, None, None)))
    return {
        "events": one.events,
        **figure_cells(one.killed),
        "event_share": one.event_share,
        "death_share": one.death_share,
        "cumulative_share": one.cumulative,
    } | dict(zip(_RATES, rates, strict=True))
