"""Files settlements, units, countries and regions with their names into an empty gazetteer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from casus.errors import GazetteerError
from casus.resolving import gazetteer_sources as sources
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import BUILD_COMMAND, EntryKind, NameRank, Origin
from casus.resolving.gazetteer_tables import (
    SCHEMA,
    UNSAFE_BUT_FAST,
    file_spellings,
    fingerprint,
    is_useful,
    keys_of,
    packages,
    write_meta,
)
from casus.resolving.place_names import UnitWords, fold_key, is_latin, shown

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, 0 to 1."""

_CELL_DEGREES = 0.5


@dataclass(slots=True)
class _Extent:
    """What the settlements in an area say about it: grid cells with points, people, the chief settlement."""

    cells: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    population: int = 0
    chief: tuple[bool, int, int] | None = None

    def add(self, row: sources.SettlementRow, *, is_namesake: bool) -> None:
        cell = (int(row.latitude // _CELL_DEGREES), int(row.longitude // _CELL_DEGREES))
        sums = self.cells.setdefault(cell, [0.0, 0.0, 0.0])
        sums[0] += row.latitude
        sums[1] += row.longitude
        sums[2] += 1
        self.population += row.population
        rank = (is_namesake, row.population, -row.geonames_id)
        if self.chief is None or rank > self.chief:
            self.chief = rank

    @property
    def chief_id(self) -> int | None:
        return None if self.chief is None else -self.chief[2]

    def centre(self) -> tuple[float, float] | None:
        """The mean of the cells' means, so that a dense corner does not pull the point."""
        if not self.cells:
            return None
        means = [(latitude / count, longitude / count) for latitude, longitude, count in self.cells.values()]
        return (
            round(sum(mean[0] for mean in means) / len(means), 5),
            round(sum(mean[1] for mean in means) / len(means), 5),
        )


class _Member(NamedTuple):
    """What a region needs to know of a unit in it."""

    adm1_id: int | None
    population: int
    latitude: float | None
    longitude: float | None


def _centre(members: Iterable[_Member]) -> tuple[float | None, float | None]:
    """The mean of the members' points."""
    points = [
        (m.latitude, m.longitude) for m in members if m.latitude is not None and m.longitude is not None
    ]
    if not points:
        return None, None
    latitude = sum(point[0] for point in points) / len(points)
    longitude = sum(point[1] for point in points) / len(points)
    return round(latitude, 5), round(longitude, 5)


class Filing:
    """One run of filing into a new database."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress) -> None:
        self._connection = connection
        self._progress = progress
        self._kinds = sources.cue_words("unit")
        self._words = UnitWords(self._kinds, sources.cue_words("foreign"))
        self._exonyms = {row.geonames_id: row for row in sources.exonyms()}
        self._points = sources.unit_points()
        self._extents: dict[int, _Extent] = {}
        self._units: dict[int, sources.UnitRow] = {}
        self._unit_names: dict[int, str] = {}

    def run(self) -> None:
        """File everything; raises GazetteerError where the packages lack their data."""
        self._connection.executescript(f"{UNSAFE_BUT_FAST}{SCHEMA}")
        self.file_places()
        self._progress("filing spellings", 0.75)
        file_spellings(self._connection)
        self._progress("packing", 0.9)
        self._finish()
        self._progress("done", 1.0)

    def file_places(self) -> None:
        """File places and names, in the tables of `SCHEMA`; raises GazetteerError as `run` does."""
        steps: tuple[tuple[str, float, Callable[[], None]], ...] = (
            ("reading units", 0.0, self._read_units),
            ("filing settlements", 0.1, self._file_settlements),
            ("filing units and countries", 0.35, self._file_areas),
            ("filing regions", 0.4, self._file_regions),
            ("filing alternate names", 0.42, self._file_alternates),
        )
        for doing, share, step in steps:
            self._progress(doing, share)
            step()

    def _read_units(self) -> None:
        self._units = dict(sources.units())
        for unit in self._units.values():
            exonym = self._exonyms.get(unit.geonames_id)
            english = self._words.english_form(
                unit.name, unit.aliases, [kind.title() for kind in self._kinds]
            )
            self._unit_names[unit.geonames_id] = exonym.name if exonym and exonym.name else english

    def _file_settlements(self) -> None:
        unit_keys = {unit_id: fold_key(name) for unit_id, name in self._unit_names.items()}
        country_ids = {row.code: row.geonames_id for row in sources.countries()}
        rows = []
        for row in sources.settlements(self._units):
            exonym = self._exonyms.get(row.geonames_id)
            name = exonym.name if exonym and exonym.name else shown(row.name)
            key = fold_key(name)
            for area_id in (row.adm2_id, row.adm1_id, country_ids[row.country_code]):
                if area_id is not None:
                    extent = self._extents.setdefault(area_id, _Extent())
                    extent.add(row, is_namesake=unit_keys.get(area_id) == key)
            place = (
                row.geonames_id,
                int(EntryKind.SETTLEMENT),
                name,
                row.country_code,
                row.adm1_id,
                row.adm2_id,
            )
            rows.append((*place, row.population, row.latitude, row.longitude, None))
        self._insert_places(rows)
        self._insert_names((row[0], (row[2],), NameRank.OWN) for row in rows)

    def _file_areas(self) -> None:
        adm1_by_codes = {unit.codes: unit.geonames_id for unit in self._units.values() if unit.level == 1}
        places: list[tuple[object, ...]] = []
        names: list[tuple[int, tuple[str, ...], NameRank]] = []
        for unit in self._units.values():
            adm1_id = adm1_by_codes.get(unit.codes[:2])
            adm2_id = unit.geonames_id if unit.level == 2 else None
            kind = EntryKind.ADM1 if unit.level == 1 else EntryKind.ADM2
            name = self._unit_names[unit.geonames_id]
            places.append(
                (
                    unit.geonames_id,
                    int(kind),
                    name,
                    unit.country_code,
                    adm1_id,
                    adm2_id,
                    *self._shape(unit.geonames_id),
                )
            )
            names += self._names_of_unit(unit)
        points = sources.country_points()
        table = CountryTable.load()
        for row in sources.countries():
            country = table.by_code(row.code)
            name = country.name if country else row.name
            population, *shape = self._shape(row.geonames_id)
            latitude, longitude = points.get(row.code, (shape[0], shape[1]))
            places.append(
                (
                    row.geonames_id,
                    int(EntryKind.COUNTRY),
                    name,
                    row.code,
                    None,
                    None,
                    population,
                    latitude,
                    longitude,
                    shape[2],
                )
            )
            names.append((row.geonames_id, (name, *(country.aliases if country else ())), NameRank.OWN))
        self._insert_places(places)
        self._insert_names(names)

    def _names_of_unit(self, unit: sources.UnitRow) -> Iterator[tuple[int, tuple[str, ...], NameRank]]:
        exonym = self._exonyms.get(unit.geonames_id)
        full = [name for name in (unit.name, *unit.aliases) if is_latin(name)]
        own = (
            (self._unit_names[unit.geonames_id],)
            if exonym and exonym.name
            else (self._unit_names[unit.geonames_id], unit.name)
        )
        yield unit.geonames_id, own, NameRank.OWN
        yield unit.geonames_id, (*full, *(exonym.aliases if exonym else ())), NameRank.ALIAS
        yield unit.geonames_id, tuple(self._words.bare(name) for name in full), NameRank.BARE

    def _shape(self, area_id: int) -> tuple[int, float | None, float | None, int | None]:
        extent = self._extents.get(area_id)
        centre = extent.centre() if extent else None
        centre = self._points.get(area_id, centre)
        if extent is None or centre is None:
            return 0, None, None, None
        return extent.population, *centre, extent.chief_id

    def _file_regions(self) -> None:
        places: list[tuple[object, ...]] = []
        names: list[tuple[int, tuple[str, ...], NameRank]] = []
        for continent in sources.continents():
            places.append(
                (
                    continent.geonames_id,
                    int(EntryKind.REGION),
                    continent.name,
                    None,
                    None,
                    None,
                    0,
                    continent.latitude,
                    continent.longitude,
                    None,
                )
            )
            names.append((continent.geonames_id, (continent.name,), NameRank.OWN))
        for number, region in enumerate(sources.regions(), start=1):
            kind = EntryKind.WATER if region.kind == "water" else EntryKind.REGION
            code = region.country_codes[0] if len(region.country_codes) == 1 else None
            members = [self._member(region, member) for member in region.members]
            adm1_id = members[0].adm1_id if code and len(members) == 1 else None
            population = sum(member.population for member in members)
            latitude, longitude = region.point or _centre(members)
            places.append(
                (-number, int(kind), region.name, code, adm1_id, None, population, latitude, longitude, None)
            )
            names.append((-number, (region.name, *region.aliases), NameRank.OWN))
        self._insert_places(places)
        self._insert_names(names)

    def _member(self, region: sources.RegionRow, member: str) -> _Member:
        """A unit that a region is made of, by country and name."""
        code, _, name = member.partition("/")
        row = self._connection.execute(
            "SELECT p.adm1, p.population, p.latitude, p.longitude FROM name n JOIN place p ON p.id = n.place"
            " WHERE n.key = ? AND p.country = ? AND p.kind IN (1, 2, 3) ORDER BY p.kind, n.rank, p.id",
            (fold_key(name), code),
        ).fetchone()
        if row is None:
            raise GazetteerError(f"regions.tsv: {region.name} has the member {member!r}, which is no unit")
        return _Member(*row)

    def _file_alternates(self) -> None:
        known = {row[0] for row in self._connection.execute("SELECT id FROM place WHERE kind = 4")}
        self._insert_names(
            (geonames_id, tuple(name for name in names if is_useful(name)), NameRank.ALIAS)
            for geonames_id, names in sources.alternate_names()
            if geonames_id in known
        )
        self._insert_names(
            (row.geonames_id, row.aliases, NameRank.ALIAS)
            for row in self._exonyms.values()
            if row.geonames_id in known
        )

    def _finish(self) -> None:
        write_meta(
            self._connection,
            origin=Origin.PACKAGES,
            sources=packages(),
            fingerprint=fingerprint(),
            rebuild=BUILD_COMMAND,
            inputs=(),
        )
        self._connection.commit()
        self._connection.execute("VACUUM")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def _insert_places(self, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(
            "INSERT INTO place (id, kind, name, country, adm1, adm2, population, latitude, longitude, chief)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _insert_names(self, named: Iterable[tuple[int, tuple[str, ...], NameRank]]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)",
            ((key, place_id, int(rank)) for place_id, names, rank in named for key in keys_of(names)),
        )
