"""Turns the unfinished gazetteer of the dumps into the file that is looked up in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casus.resolving.gazetteer import EntryKind
from casus.resolving.gazetteer_tables import SCHEMA, UNSAFE_BUT_FAST, file_spellings
from casus.resolving.place_names import fold_key

Told = Callable[[str, float], None]

_NATIONAL, _FIRST, _SECOND, _PART = "PPLC", "PPLA", "PPLA2", "PPLX"


@dataclass(slots=True)
class _Sum:
    """The people of a unit's settlements and its chief one: the seat, else its namesake, else the largest."""

    population: int = 0
    chief: tuple[bool, bool, int, int] | None = None

    def add(self, place_id: int, population: int, *, is_seat: bool, is_namesake: bool, is_part: bool) -> None:
        if is_part:
            return
        self.population += population
        rank = (is_seat, is_namesake, population, -place_id)
        if self.chief is None or rank > self.chief:
            self.chief = rank


def sum_up_units(connection: sqlite3.Connection) -> None:
    """Give each unit its people and its chief settlement, from the settlements that lie in it."""
    units = connection.execute("SELECT id, name FROM place WHERE kind IN (2, 3)")
    keys = {unit_id: fold_key(name) for unit_id, name in units}
    sums: dict[int, _Sum] = {}
    rows = connection.execute(
        "SELECT id, adm1, adm2, population, name, feature FROM place WHERE kind = ?",
        (int(EntryKind.SETTLEMENT),),
    )
    for place_id, adm1_id, adm2_id, population, name, feature in rows:
        for unit_id, seats in ((adm1_id, (_NATIONAL, _FIRST)), (adm2_id, (_NATIONAL, _FIRST, _SECOND))):
            if unit_id in keys:
                sums.setdefault(unit_id, _Sum()).add(
                    place_id,
                    population,
                    is_seat=feature in seats,
                    is_namesake=keys[unit_id] == fold_key(name),
                    is_part=feature == _PART,
                )
    connection.executemany(
        "UPDATE place SET population = ifnull(nullif(?1, 0), population), chief = ?2 WHERE id = ?3",
        (
            (total.population, None if total.chief is None else -total.chief[3], unit_id)
            for unit_id, total in sums.items()
        ),
    )


def pack(staging: sqlite3.Connection, path: Path, told: Told) -> sqlite3.Connection:
    """Write what `staging` holds into a new gazetteer file, in the order of its keys; gives the file, open.

    SQLite sorts in temporary files, so memory stays bounded.
    """
    connection = sqlite3.connect(path)
    connection.executescript(f"{UNSAFE_BUT_FAST}{SCHEMA}")
    connection.close()
    staging.execute("ATTACH DATABASE ? AS packed", (str(path),))
    told("packing places", 0.0)
    staging.execute("PRAGMA packed.journal_mode = OFF")
    staging.execute("PRAGMA packed.synchronous = OFF")
    staging.execute(
        "INSERT INTO packed.place SELECT p.id, p.kind, ifnull(e.name, p.name), p.country, p.adm1, p.adm2,"
        " p.population, p.latitude, p.longitude, p.chief, p.feature"
        " FROM place p LEFT JOIN english e ON e.place = p.id ORDER BY p.id"
    )
    staging.commit()
    told("packing names", 0.15)
    staging.execute(
        "INSERT INTO packed.name SELECT key, place, min(rank) FROM"
        " (SELECT key, place, rank FROM name UNION ALL SELECT key, place, rank FROM filed)"
        " GROUP BY key, place ORDER BY key, place"
    )
    staging.commit()
    staging.execute("DETACH DATABASE packed")
    told("filing spellings", 0.5)
    connection = sqlite3.connect(path)
    connection.executescript(UNSAFE_BUT_FAST)
    file_spellings(connection)
    connection.commit()
    return connection
