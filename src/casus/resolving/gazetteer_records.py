"""What the gazetteer gives: entries, matches, and an account of what a file holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import NamedTuple


class EntryKind(IntEnum):
    """What an entry is; a region is any area that is no unit.

    A local unit is one below the second order.  A feature is anything else on the map
    (airfields, camps, mountains, rivers); only gazetteers of GeoNames' dumps have the
    last two.
    """

    COUNTRY = 1
    ADM1 = 2
    ADM2 = 3
    SETTLEMENT = 4
    REGION = 5
    WATER = 6
    LOCAL_UNIT = 7
    FEATURE = 8


class NameRank(IntEnum):
    """How a name belongs to an entry."""

    OWN = 0
    ALIAS = 1
    BARE = 2


class Entry(NamedTuple):
    """A place; a named tuple, since tens of thousands are made a second.

    `id` is the GeoNames id, negative for an entry that GeoNames lacks.  `adm1_id` and
    `adm2_id` are those of the units it lies in, and its own for a unit.  A unit's
    point is that of its boundary, else of the dump, else derived from its settlements;
    `chief_id` is its chief settlement.  `population` is that of the settlements in it;
    0 is unknown.  `feature_code` is GeoNames' own, None where the source lacks it.
    """

    id: int
    kind: EntryKind
    name: str
    country_code: str | None
    adm1_id: int | None
    adm2_id: int | None
    population: int
    latitude: float | None
    longitude: float | None
    chief_id: int | None
    feature_code: str | None = None

    @property
    def geonames_id(self) -> int | None:
        """The id in GeoNames, None for an entry of our own."""
        return self.id if self.id > 0 else None


class Match(NamedTuple):
    """An entry that a name may mean.  `likeness` is 1 for the same key, less for a like spelling."""

    entry: Entry
    rank: NameRank
    likeness: float


class Origin(StrEnum):
    """What a gazetteer was made from."""

    PACKAGES = "packages"
    DUMPS = "dumps"


@dataclass(frozen=True, slots=True)
class InputAccount:
    """What became of the lines of one file: filed, left out for their kind, or skipped as malformed.

    The three add up to `rows`.  `modified_on` is the date of the file (ISO).
    `first_skips` are the first malformed lines, as "line N: why".
    """

    role: str
    name: str
    size_bytes: int
    modified_on: str
    rows: int
    filed: int
    left_out: int
    skipped: int
    first_skips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """What a gazetteer file holds.

    `rebuild_command` makes it anew from the same files; `inputs` are the dumps that were
    laid over the packages' data, none in an embedded gazetteer.
    """

    path: Path
    size_bytes: int
    origin: Origin
    sources: str
    attribution: str
    fingerprint: str
    rebuild_command: str
    inputs: tuple[InputAccount, ...]
    counts: tuple[tuple[str, int], ...]
