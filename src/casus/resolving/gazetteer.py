"""The gazetteer: places by name, in one SQLite file that `gazetteer_build` makes.

The content is GeoNames data (geonames.org, CC BY 4.0).  Opening reads nothing but
the header; a look-up is one indexed query, and the last few thousand are kept.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casus.errors import GazetteerError
from casus.resolving.gazetteer_matching import in_order, spelling_likeness
from casus.resolving.gazetteer_records import (
    Entry,
    EntryKind,
    GazetteerInfo,
    InputAccount,
    Match,
    NameRank,
    Origin,
)
from casus.resolving.place_names import fold_key, skeleton, without_article

__all__ = [
    "BUILD_COMMAND",
    "SCHEMA_VERSION",
    "Entry",
    "EntryKind",
    "Gazetteer",
    "GazetteerInfo",
    "InputAccount",
    "Match",
    "NameRank",
    "Origin",
    "default_path",
    "read_meta",
]

SCHEMA_VERSION = "5"
BUILD_COMMAND = "casus gazetteer build"
_KEPT_NAMES = 4096
_BATCH = 200
_WITHOUT_ARTICLE = 0.97
_KEPT_ENTRIES = 16384
_MANY_SPELLINGS = 4000
_MAPPED_BYTES = 256 * 1024 * 1024


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
    " p.chief, p.feature FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
)
_LOOKUP_MANY = _LOOKUP.replace("n.rank", "n.key, n.rank", 1).replace("n.key = ?", "n.key IN ")
_ENTRY = (
    "SELECT id, kind, name, country, adm1, adm2, population, latitude, longitude, chief, feature"
    " FROM place WHERE id = ?"
)


def read_meta(path: Path) -> dict[str, str]:
    """What a gazetteer file of any version says of itself; empty where there is none."""
    if not path.is_file():
        return {}
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return {}
    finally:
        connection.close()


class Gazetteer:
    """Places by name and by id.  Use `open`; one instance serves one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._execute = connection.cursor().execute
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
            command = read_meta(path).get("rebuild", BUILD_COMMAND)
            raise GazetteerError(
                f"{path} was built by another version of Casus: run '{command}' to make it anew"
            )
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
        inputs = json.loads(meta["inputs"])
        return GazetteerInfo(
            self.path,
            self.path.stat().st_size,
            Origin(meta["origin"]),
            meta["sources"],
            meta["attribution"],
            meta["fingerprint"],
            meta["rebuild"],
            tuple(InputAccount(**{**told, "first_skips": tuple(told["first_skips"])}) for told in inputs),
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
        rows = self._execute(_LOOKUP, (key,)).fetchall()
        matches = [
            _new(Match, (_new(Entry, (row[1], _KINDS[row[2]], *row[3:])), _RANKS[row[0]], 1.0))
            for row in rows
        ]
        ordered = in_order(matches) if len(matches) > 1 else tuple(matches)
        self._names[key] = ordered
        if len(self._names) > _KEPT_NAMES:
            self._names.popitem(last=False)
        return ordered

    def lookup_many(self, names: Iterable[str]) -> Iterator[tuple[str, tuple[Match, ...]]]:
        """Each of many names with what `lookup` gives for it, in order; faster, and keeps nothing."""
        rest = iter(names)
        while batch := list(islice(rest, _BATCH)):
            keys = [fold_key(name) for name in batch]
            wanted = sorted(set(keys))
            found: dict[str, list[Match]] = {key: [] for key in wanted}
            places = ", ".join("?" * len(wanted))
            rows = self._execute(f"{_LOOKUP_MANY} ({places})", wanted).fetchall()
            for row in rows:
                entry = _new(Entry, (row[2], _KINDS[row[3]], *row[4:]))
                found[row[0]].append(_new(Match, (entry, _RANKS[row[1]], 1.0)))
            ordered = {key: in_order(matches) for key, matches in found.items()}
            for name, key in zip(batch, keys, strict=True):
                yield name, ordered[key]

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

    def settlement_ids(self) -> Iterator[int]:
        """The ids of all settlements, in their order."""
        rows = self._connection.execute(
            "SELECT id FROM place WHERE kind = ? ORDER BY id", (int(EntryKind.SETTLEMENT),)
        )
        yield from (row[0] for row in rows)

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

        Only names of the same consonant skeleton are compared, at least `least` alike (see
        `spelling_likeness`); the name's own key is left out.  With `country_codes`, only entries
        in these countries count.
        """
        found: dict[int, Match] = {}
        own, bare = fold_key(name), fold_key(without_article(name) or "")
        spellings = [
            pair for key in (own, bare) if key for pair in self._spellings(key, country_codes, least)
        ]
        if bare:
            spellings.append((bare, _WITHOUT_ARTICLE))
        for spelling, likeness in spellings:
            if spelling == own:
                continue
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

    def _spellings(self, key: str, country_codes: frozenset[str], least: float) -> list[tuple[str, float]]:
        query, values = _SPELLINGS, [skeleton(key), *sorted(country_codes)]
        if country_codes:
            query += f" AND country IN ({', '.join('?' * len(country_codes))})"
        rows = self._execute(f"{query} LIMIT {_MANY_SPELLINGS}", values).fetchall()
        spellings = {row[0] for row in rows if row[0] != key}
        compared = [(spelling, spelling_likeness(key, spelling)) for spelling in spellings]
        kept = [pair for pair in compared if pair[1] >= least]
        return sorted(kept, key=lambda pair: (-pair[1], pair[0]))[:40]


_SPELLINGS = "SELECT key FROM sound WHERE skeleton = ?"
_KINDS = (None, *EntryKind)
_RANKS = tuple(NameRank)


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], EntryKind(row[1]), *row[2:])


# The constructors of named tuples check their arguments, which takes half the time of a look-up.
_new: Any = tuple.__new__
