"""What the patterns share: figures added up by group, what was left out, and what was asked in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from casus.analysis.selecting import Selection
from casus.casebook.browsing.columns import MISSING, Flags, Numbers
from casus.casebook.browsing.records import Sum
from casus.casebook.browsing.tables import EventTable
from casus.casebook.records import Standing
from casus.errors import NotAnswerable

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("low", "best", "high")
_WHOLE = frozenset(
    {"events", "without_number", "with_number", "elsewhere", "population", *map(str, Standing)}
)
NOTHING = Sum(0, 0, 0, 0, 0)


class Measure(StrEnum):
    """What is counted."""

    EVENTS = "events"
    DEATHS = "deaths"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many events a count leaves out, and why."""

    why: str
    events: int


def asked_words(selection: Selection) -> str:
    """Which events were asked for, with their days ("bombings in Niger, 2020-01-01 to 2020-12-31")."""
    since, until = selection.wanted.since, selection.wanted.until
    if since is None and until is None:
        return selection.words
    if since is None:
        return f"{selection.words}, until {until}"
    return f"{selection.words}, since {since}" if until is None else f"{selection.words}, {since} to {until}"


def refuse_nothing(table: EventTable, selection: Selection) -> None:
    """Raise `NotAnswerable` where there are no events."""
    if not len(table):
        raise NotAnswerable(
            f"the casebook has none of {asked_words(selection)}: ask for other events or days"
        )


def killed_of(table: EventTable) -> tuple[Numbers, Numbers, Numbers]:
    """Low, best and high of the killed of each event; `MISSING` where no number is known."""
    low, best, high = (table.numbers[f"killed_{part}"] for part in PARTS)
    return low, best, high


def sums_by(group: Numbers, figures: tuple[Numbers, Numbers, Numbers], size: int) -> tuple[Sum, ...]:
    """The figures of each group added up; `group` holds the number of each row's, below `size`.

    Rows without a number add nothing and are counted apart.
    """
    known = figures[1] != MISSING
    low, best, high = (
        np.bincount(group[known], weights=one[known], minlength=size).astype(np.int64) for one in figures
    )
    with_number = np.bincount(group[known], minlength=size)
    without = np.bincount(group[~known], minlength=size)
    parts = (one.tolist() for one in (low, best, high, with_number, without))
    return tuple(Sum(*values) for values in zip(*parts, strict=True))


def sum_of(figures: tuple[Numbers, Numbers, Numbers], rows: Flags | None = None) -> Sum:
    """The figures of all rows, or of some, added up."""
    chosen = figures if rows is None else tuple(one[rows] for one in figures)
    low, best, high = chosen
    return sums_by(np.zeros(len(best), dtype=np.int64), (low, best, high), 1)[0]


def figure_cells(people: Sum, prefix: str = "killed_") -> dict[str, int | None]:
    """Low, best and high as cells of a frame, None where no number is known, and how many have none."""
    figures = (people.low, people.best, people.high)
    told = {
        f"{prefix}{part}": figure if people.known else None
        for part, figure in zip(PARTS, figures, strict=True)
    }
    return {**told, "without_number": people.unknown}


def whole_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with whole numbers where it has counts and figures, those unknown being NA."""
    names = [name for name in frame.columns if name in _WHOLE or name.removeprefix("killed_") in PARTS]
    return frame.astype(dict.fromkeys(names, "Int64"))


def share(part: float, whole: float) -> float | None:
    """A part of a whole, 0 to 1; None of nothing."""
    return part / whole if whole else None


def many(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun ("1 event", "2,000 events")."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"
