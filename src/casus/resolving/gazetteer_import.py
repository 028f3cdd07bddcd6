"""Files GeoNames' dumps over the data of the packages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from casus.errors import KnowledgeError
from casus.knowledge import read_table, require_unique
from casus.resolving import gazetteer_sources as sources
from casus.resolving.gazetteer import EntryKind, NameRank
from casus.resolving.gazetteer_tables import is_useful, keys_of
from casus.resolving.geonames_dump import NO_NAMES, PlaceLine, parse_name, parse_place
from casus.resolving.place_names import UnitWords, shown

FEATURE_COLUMNS = ("code", "kind", "what")
_ADM_CODES = {"A.ADM1": 2, "A.ADM2": 3}
_UNIT_MARK = b"\tA\tADM"
_COUNTRY_PREFIX = "A.PCL"
_FILEABLE = {
    kind.name.lower(): kind
    for kind in (
        EntryKind.ADM1,
        EntryKind.ADM2,
        EntryKind.LOCAL_UNIT,
        EntryKind.SETTLEMENT,
        EntryKind.FEATURE,
    )
}


@lru_cache(maxsize=1)
def feature_kinds() -> dict[str, EntryKind]:
    """What each feature code of `feature_codes.tsv` is filed as; raises KnowledgeError for a wrong form."""
    rows = read_table("feature_codes.tsv", FEATURE_COLUMNS)
    require_unique(rows, "code")
    for row in rows:
        if row.text("kind") not in _FILEABLE:
            raise KnowledgeError(f"{row.file}, line {row.line}: kind is none of {', '.join(_FILEABLE)}")
    return {row.text("code"): _FILEABLE[row.text("kind")] for row in rows}


@lru_cache(maxsize=1)
def feature_words() -> dict[str, str]:
    """What each feature code means, in words."""
    return {row.text("code"): row.text("what") for row in read_table("feature_codes.tsv", FEATURE_COLUMNS)}


class UnitFiler:
    """Finds the units of a dump first, since the places before them point at them by codes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[str, int]] = []

    def file(self, line: bytes) -> bool:
        """Note a unit of the first or second order; other lines are left for the next pass."""
        if _UNIT_MARK not in line:
            return False
        place = parse_place(line)
        wanted = _ADM_CODES.get(place.feature)
        if wanted is None or len(place.codes) != wanted:
            return False
        self._rows.append((".".join(place.codes), place.geonames_id))
        return True

    def flush(self) -> None:
        """Write what was found."""
        self._connection.executemany("INSERT OR REPLACE INTO unit VALUES (?, ?)", self._rows)
        self._rows.clear()


class PlaceFiler:
    """Files the places of a dump with their names."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kinds = feature_kinds()
        self._codes = {code: code.partition(".")[2] for code in self._kinds}
        self._units = dict(connection.execute("SELECT codes, id FROM unit"))
        self._countries = {row.code for row in sources.countries()}
        self._country_ids = {row.geonames_id for row in sources.countries()}
        self._exonyms = {row.geonames_id: row for row in sources.exonyms()}
        self._english = tuple(word.title() for word in sources.cue_words("unit"))
        self._words = UnitWords(sources.cue_words("unit"), sources.cue_words("foreign"))
        known = connection.execute("SELECT id, name FROM place WHERE kind IN (2, 3)")
        self._unit_names: dict[int, str] = dict(known)
        self._places: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int, int]] = []

    def file(self, line: bytes) -> bool:
        """File a place; False for one of a kind that is left out."""
        place = parse_place(line)
        kind = self._kinds.get(place.feature)
        if kind is None:
            return place.feature.startswith(_COUNTRY_PREFIX) and place.geonames_id in self._country_ids
        codes = place.codes
        adm1_id = self._units.get(".".join(codes[:2])) if len(codes) > 1 else None
        adm2_id = self._units.get(".".join(codes)) if len(codes) > 2 else None
        if kind is EntryKind.ADM1:
            adm1_id, adm2_id = place.geonames_id, None
        elif kind is EntryKind.ADM2:
            adm2_id = place.geonames_id
        name = self._name(place, kind)
        self._places.append(
            (
                place.geonames_id,
                int(kind),
                name,
                codes[0] if codes and codes[0] in self._countries else None,
                adm1_id,
                adm2_id,
                place.population,
                place.latitude,
                place.longitude,
                self._codes[place.feature],
            )
        )
        self._names += self._named(place, kind, name)
        return True

    def _name(self, place: PlaceLine, kind: EntryKind) -> str:
        exonym = self._exonyms.get(place.geonames_id)
        if exonym is not None and exonym.name:
            return exonym.name
        if kind in (EntryKind.ADM1, EntryKind.ADM2):
            known = self._unit_names.get(place.geonames_id)
            aliases = place.alternates.split(",")
            return known or self._words.english_form(place.name, aliases, self._english)
        name = shown(place.name)
        return self._words.bare(name) if kind is EntryKind.LOCAL_UNIT else name

    def _named(self, place: PlaceLine, kind: EntryKind, name: str) -> Iterator[tuple[str, int, int]]:
        """The keys of a place; a feature's further names of one word are anybody's, and stay out."""
        own = (name,) if name == place.name else (name, place.name)
        aliases = [alias for alias in place.alternates.split(",") if alias and is_useful(alias)]
        if kind is EntryKind.FEATURE:
            aliases = [alias for alias in aliases if " " in alias]
        is_unit = kind in (EntryKind.ADM1, EntryKind.ADM2, EntryKind.LOCAL_UNIT)
        bare = {self._words.bare(alias) for alias in (place.name, *aliases)} if is_unit else ()
        seen = set()
        for rank, names in ((NameRank.OWN, own), (NameRank.ALIAS, aliases), (NameRank.BARE, bare)):
            for key in keys_of(names):
                if key not in seen:
                    seen.add(key)
                    yield key, place.geonames_id, int(rank)

    def flush(self) -> None:
        """Write what was filed."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO place"
            " (id, kind, name, country, adm1, adm2, population, latitude, longitude, feature)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._places,
        )
        self._connection.executemany("INSERT INTO filed VALUES (?, ?, ?)", self._names)
        self._places.clear()
        self._names.clear()


class NameFiler:
    """Files the alternate names of places that are there; English preferred names are shown."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        top = connection.execute("SELECT max(id) FROM place").fetchone()[0]
        self._kinds = bytearray(top + 1)
        for place_id, kind in connection.execute("SELECT id, kind FROM place WHERE id > 0"):
            self._kinds[place_id] = kind
        self._exonyms = {row.geonames_id for row in sources.exonyms() if row.name}
        self._words = UnitWords(sources.cue_words("unit"), sources.cue_words("foreign"))
        self._names: list[tuple[str, int, int]] = []
        self._english: list[tuple[int, str]] = []

    def file(self, line: bytes) -> bool:
        """File a name; False for codes, links, nicknames, names in other scripts and of places left out."""
        told = parse_name(line)
        place_id = told.geonames_id
        kind = self._kinds[place_id] if place_id < len(self._kinds) else 0
        if kind < EntryKind.ADM1 or told.language in NO_NAMES or told.is_colloquial:
            return False
        if not is_useful(told.name) or (kind == EntryKind.FEATURE and " " not in told.name):
            return False
        is_english = told.language == "en" and told.is_preferred and not told.is_historic
        rank = NameRank.ALIAS
        if is_english and kind in (EntryKind.SETTLEMENT, EntryKind.FEATURE) and place_id not in self._exonyms:
            rank = NameRank.OWN
            self._english.append((place_id, shown(told.name)))
        self._names += ((key, place_id, int(rank)) for key in keys_of((told.name,)))
        if kind in (EntryKind.ADM1, EntryKind.ADM2, EntryKind.LOCAL_UNIT):
            bare = self._words.bare(told.name)
            self._names += ((key, place_id, int(NameRank.BARE)) for key in keys_of((bare,)))
        return True

    def flush(self) -> None:
        """Write what was filed; the first English name stays."""
        self._connection.executemany("INSERT OR IGNORE INTO english VALUES (?, ?)", self._english)
        self._connection.executemany("INSERT INTO filed VALUES (?, ?, ?)", self._names)
        self._english.clear()
        self._names.clear()
