"""Which cases are on which lists: how many there are of each pattern, the material of all estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from casus.casebook.browsing.columns import Flags, Floats

MOST_LISTS = 10


class Unit(StrEnum):
    """What is counted and estimated."""

    CASES = "cases"  # rows of the user's own table
    EVENTS = "events"
    DEATHS = "deaths"


@dataclass(frozen=True, slots=True)
class CaptureHistories:
    """How many cases are on which of several lists.

    `counts` has one number for each pattern but the empty one, 2^k - 1 of them for k lists:
    that of the lists whose bits are set in `p` stands at `p - 1`, the first list being the lowest
    bit.  `clumping` is how many counted units make one independent case: 1 for cases, more
    for deaths, which are recorded by the event.  `known_besides` are those that are known to be
    there though they are on none of the lists; `notes` say what the lists are made of.
    """

    names: tuple[str, ...]
    counts: tuple[float, ...]
    unit: Unit = Unit.CASES
    clumping: float = 1.0
    known_besides: float = 0.0
    notes: tuple[str, ...] = ()

    @classmethod
    def of_patterns(
        cls, names: Sequence[str], counts: Mapping[str, float], unit: Unit = Unit.CASES
    ) -> CaptureHistories:
        """Histories from counts by pattern, such as {"110": 4} for four cases on the first two lists."""
        cells = np.zeros(2 ** len(names))
        for pattern, count in counts.items():
            cells[sum(1 << at for at, mark in enumerate(pattern) if mark == "1")] += count
        return cls(tuple(names), tuple(cells[1:].tolist()), unit)

    @classmethod
    def of_rows(
        cls,
        names: Sequence[str],
        is_on: Flags,
        weights: Floats | None = None,
        unit: Unit = Unit.CASES,
    ) -> CaptureHistories:
        """Histories from cases: `is_on` has a row for each case and a column for each list.

        Cases on no list are known besides.  With `weights`, a case counts so often, but tells
        only as much as one.
        """
        pattern = is_on.astype(np.int64) @ (1 << np.arange(len(names), dtype=np.int64))
        size = 2 ** len(names)
        counts = np.bincount(pattern, weights=weights, minlength=size).astype(float)
        used = weights[pattern > 0] if weights is not None else np.zeros(0)
        total = float(used.sum())
        clumping = float((used**2).sum()) / total if total else 1.0
        return cls(tuple(names), tuple(counts[1:].tolist()), unit, clumping, float(counts[0]))

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return len(self.names)

    @property
    def cells(self) -> Floats:
        """The counts by pattern, with a zero for the pattern that nobody records."""
        return np.array((0.0, *self.counts))

    @property
    def recorded(self) -> float:
        """How many cases are on one list or more."""
        return float(sum(self.counts))

    @property
    def independent_cells(self) -> Floats:
        """The counts in independent cases: deaths divided by their clumping (Kish's effective size)."""
        return self.cells / self.clumping

    def members(self) -> Flags:
        """Which lists are in which pattern; 2^k rows, k columns."""
        patterns = np.arange(2**self.lists)
        flags: Flags = (patterns[:, None] >> np.arange(self.lists)) & 1 == 1
        return flags

    def sizes(self) -> Floats:
        """How many cases are on each list."""
        sizes: Floats = self.cells @ self.members()
        return sizes

    def overlaps(self) -> Floats:
        """How many cases are on both of two lists; k rows, k columns, the sizes on the diagonal."""
        members = self.members().astype(float)
        shared: Floats = (members * self.cells[:, None]).T @ members
        return shared

    def frequencies(self) -> Floats:
        """How many cases are on exactly one list, on two, and so on."""
        on = self.members().sum(axis=1)
        return np.bincount(on, weights=self.cells, minlength=self.lists + 1)[1:].astype(float)

    def only(self, kept: Sequence[int]) -> CaptureHistories:
        """The histories on some of the lists; cases on none of these are known besides."""
        members = self.members()[:, list(kept)].astype(np.int64)
        pattern = members @ (1 << np.arange(len(kept), dtype=np.int64))
        counts = np.bincount(pattern, weights=self.cells, minlength=2 ** len(kept))
        return replace(
            self,
            names=tuple(self.names[at] for at in kept),
            counts=tuple(counts[1:].tolist()),
            known_besides=self.known_besides + float(counts[0]),
        )

    def label(self, pattern: int) -> str:
        """A pattern as ones and zeros, the first list first."""
        return "".join("1" if pattern >> at & 1 else "0" for at in range(self.lists))

    def frame(self) -> pd.DataFrame:
        """A row for each pattern: `pattern` (text), 0 or 1 for each list, `count`."""
        members = self.members()[1:].astype(int)
        rows: dict[str, Any] = {"pattern": [self.label(at) for at in range(1, 2**self.lists)]}
        rows |= {name: members[:, at] for at, name in enumerate(self.names)}
        return pd.DataFrame({**rows, "count": self.counts})
