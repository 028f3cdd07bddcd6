"""The gazetteer: places by name, in one SQLite file that `gazetteer_build` makes.

The content is GeoNames data (geonames.org, CC BY 4.0).  Opening reads nothing but
the header; a look-up is one indexed query, and the last few thousand are kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from rapidfuzz.distance import JaroWinkler

from casus.errors import GazetteerError
from casus.resolving.place_names import fold_key, skeleton, without_article

SCHEMA_VERSION = "4"
BUILD_COMMAND = "casus gazetteer build"
_KEPT_NAMES = 4096
_KEPT_ENTRIES = 16384
_MANY_SPELLINGS = 4000
_MAPPED_BYTES = 256 * 1024 * 1024


class EntryKind(IntEnum):
    """What an entry is, from wide to narrow; a region is any area that is no unit."""

    COUNTRY = 1
    ADM1 = 2
    ADM2 = 3
    SETTLEMENT = 4
    REGION = 5
    WATER = 6


class NameRank(IntEnum):
    """How a name belongs to an entry."""

    OWN = 0
    ALIAS = 1
    BARE = 2


class Entry(NamedTuple):
    """A place; a named tuple, since tens of thousands are made a second.

    `id` is the GeoNames id, negative for an entry that GeoNames lacks.  `adm1_id` and
    `adm2_id` are those of the units it lies in, and its own for a unit.  A unit's
    point is derived from its settlements; `chief_id` is its chief settlement.
    `population` is that of the settlements in it; 0 is unknown.
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

    @property
    def geonames_id(self) -> int | None:
        """The id in GeoNames, None for an entry of our own."""
        return self.id if self.id > 0 else None


class Match(NamedTuple):
    """An entry that a name may mean.  `likeness` is 1 for the same key, less for a like spelling."""

    entry: Entry
    rank: NameRank
    likeness: float


@dataclass(frozen=True, slots=True)
class GazetteerInfo:
    """What a gazetteer file holds."""

    path: Path
    size_bytes: int
    sources: str
    attribution: str
    fingerprint: str
    counts: tuple[tuple[str, int], ...]


def default_path() -> Path:
    """Where the gazetteer is kept: `CASUS_GAZETTEER`, else the user's data folder (`XDG_DATA_HOME`)."""
    chosen = os.environ.get("CASUS_GAZETTEER")
    if chosen:
        return Path(chosen).expanduser()
    data_home = os.environ.get("XDG_DATA_HOME")
    base = Path(data_home) if data_home else Path.home() / ".local" / "share"
    return base / "casus" / "gazetteer.sqlite"


_LOOKUP = (
    "SELECT n.rank, p.id, p.kind, p.name, p.country, p.adm1, p.adm2, p.population, p.latitude, p.longitude,"
    " p.chief FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
)
_ENTRY = (
    "SELECT id, kind, name, country, adm1, adm2, population, latitude, longitude, chief"
    " FROM place WHERE id = ?"
)


class Gazetteer:
    """Places by name and by id.  Use `open`; one instance serves one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._names: OrderedDict[str, tuple[Match, ...]] = OrderedDict()
        self._entries: OrderedDict[int, Entry | None] = OrderedDict()
        self._countries: dict[str, Entry] | None = None

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer at `path`, or at `default_path()`.

        Raises GazetteerError where there is none, or one that this version can't read.
        """
        path = path or default_path()
        remedy = f"run '{BUILD_COMMAND}' to make it"
        if not path.is_file():
            raise GazetteerError(f"no gazetteer at {path}: {remedy}")
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise GazetteerError(f"{path} is no gazetteer: {remedy}") from error
        if found is None or found[0] != SCHEMA_VERSION:
            connection.close()
            raise GazetteerError(f"{path} was built by another version of Casus: {remedy} anew")
        return cls(connection, path)

    def close(self) -> None:
        """Close the file; the gazetteer can't be used afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def info(self) -> GazetteerInfo:
        """What the file holds: sizes, sources and counts by kind."""
        meta = dict(self._connection.execute("SELECT key, value FROM meta"))
        by_kind = dict(self._connection.execute("SELECT kind, count(*) FROM place GROUP BY kind"))
        names = self._connection.execute("SELECT count(*) FROM name").fetchone()[0]
        counts = [(kind.name.lower(), by_kind.get(int(kind), 0)) for kind in EntryKind]
        return GazetteerInfo(
            self.path,
            self.path.stat().st_size,
            meta["sources"],
            meta["attribution"],
            meta["fingerprint"],
            (*counts, ("names", names)),
        )

    def lookup(self, name: str) -> tuple[Match, ...]:
        """The entries with a name, whatever its accents and spaces: units first, then by population."""
        return self.by_key(fold_key(name))

    def by_key(self, key: str) -> tuple[Match, ...]:
        """As `lookup`, for a key that `fold_key` made."""
        kept = self._names.get(key)
        if kept is not None:
            return kept
        rows = self._connection.execute(_LOOKUP, (key,)).fetchall()
        matches = tuple(Match(_entry(row[1:]), _RANKS[row[0]], 1.0) for row in rows)
        if len(matches) > 1:
            matches = tuple(sorted(matches, key=_by_weight))
        self._names[key] = matches
        if len(self._names) > _KEPT_NAMES:
            self._names.popitem(last=False)
        return matches

    def entry(self, entry_id: int | None) -> Entry | None:
        """The entry with an id, None where there is none."""
        if entry_id is None:
            return None
        if entry_id in self._entries:
            return self._entries[entry_id]
        row = self._connection.execute(_ENTRY, (entry_id,)).fetchone()
        entry = None if row is None else _entry(row)
        self._entries[entry_id] = entry
        if len(self._entries) > _KEPT_ENTRIES:
            self._entries.popitem(last=False)
        return entry

    def country(self, code: str) -> Entry | None:
        """The entry of a country by its ISO 3166-1 alpha-2 code."""
        if self._countries is None:
            rows = self._connection.execute(_ENTRY.replace("id = ?", "kind = ?"), (int(EntryKind.COUNTRY),))
            entries = [_entry(row) for row in rows]
            self._countries = {entry.country_code: entry for entry in entries if entry.country_code}
        return self._countries.get(code)

    def settlement_points(self) -> Iterator[tuple[float, float, str]]:
        """Latitude, longitude and country code of every settlement."""
        yield from self._connection.execute(
            "SELECT latitude, longitude, country FROM place WHERE kind = ? ORDER BY id",
            (int(EntryKind.SETTLEMENT),),
        )

    def alike(
        self, name: str, *, country_codes: frozenset[str] = frozenset(), least: float = 0.84, most: int = 8
    ) -> tuple[Match, ...]:
        """The entries whose names may be other transliterations of `name`, likest first.

        Only names of the same consonant skeleton are compared (Jaro-Winkler of the
        folded keys, at least `least`); the name's own key is left out.  With
        `country_codes`, only entries in these countries count.
        """
        found: dict[int, Match] = {}
        stems = [name, without_article(name)]
        for key in dict.fromkeys(fold_key(stem) for stem in stems if stem):
            for spelling, likeness in self._spellings(key, least):
                for match in self.by_key(spelling):
                    entry = match.entry
                    if country_codes and entry.country_code not in country_codes:
                        continue
                    known = found.get(entry.id)
                    if known is None or likeness > known.likeness:
                        found[entry.id] = Match(entry, match.rank, likeness)
        ranked = sorted(
            found.values(), key=lambda match: (-match.likeness, -match.entry.population, match.entry.id)
        )
        return tuple(ranked[:most])

    def _spellings(self, key: str, least: float) -> list[tuple[str, float]]:
        consonants = skeleton(key)
        rows = self._connection.execute(
            "SELECT key FROM sound WHERE skeleton = ? LIMIT ?", (consonants, _MANY_SPELLINGS)
        )
        compared = [(row[0], JaroWinkler.similarity(key, row[0])) for row in rows if row[0] != key]
        kept = [pair for pair in compared if pair[1] >= least]
        return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:40]


_KINDS = {int(kind): kind for kind in EntryKind}
_RANKS = tuple(NameRank)
_ORDER = (0, 0, 0, 0, 1, 2, 2)


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], _KINDS[row[1]], *row[2:])


def _by_weight(match: Match) -> tuple[int, int, int]:
    """Countries and units first, then settlements by population, then regions."""
    entry = match.entry
    return _ORDER[entry.kind], -entry.population, entry.id
