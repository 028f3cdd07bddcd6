"""What is true of a marked name: country and first-order unit, from the corpus or the gazetteer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from casus.evaluation.toponym_corpora import GoldToponym
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import EntryKind, Gazetteer
from casus.resolving.places.geodesy import distance_km

_CELL_DEGREES = 1.0
_UNBOUND = (EntryKind.REGION, EntryKind.WATER)


@dataclass(frozen=True, slots=True)
class Truth:
    """A country's code and a first-order unit by name and GeoNames ids; None where nothing tells.

    There may be two ids: the corpus's, and that of today's gazetteer for the marked place.
    """

    country_code: str | None = None
    adm1_name: str | None = None
    adm1_ids: frozenset[int] = frozenset()


class TruthReader:
    """Reads the truth of marks.

    The corpus's own words come first, then the gazetteer's entry of the marked GeoNames id.
    A first-order unit may be that of either, for units have moved since the corpora were
    made; a country has none.  For a corpus that gives points only, the country is that of the
    nearest settlement; a region, continent or sea has none.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._countries = CountryTable.load()

    def of(self, toponym: GoldToponym, point: tuple[float, float]) -> Truth:
        """The truth of a mark that has a point."""
        entry = self._gazetteer.entry(toponym.geonames_id)
        named = self._countries.by_name(toponym.country_name or "")
        code = named.code if named is not None else entry.country_code if entry is not None else None
        if toponym.geonames_id is None and code is None:
            matches = self._gazetteer.lookup(toponym.name)
            is_unbound = any(match.entry.kind in _UNBOUND for match in matches)
            return Truth(None if is_unbound else self.nearest_country(point))
        is_country = entry is not None and entry.kind is EntryKind.COUNTRY
        if is_country or (toponym.feature or "").startswith("PCL"):
            return Truth(code)
        unit = self._gazetteer.entry(entry.adm1_id) if entry is not None else None
        name = toponym.adm1_name or (unit.name if unit is not None else None)
        ids = {toponym.adm1_id, unit.id if unit is not None else None}
        return Truth(code, name, frozenset(adm1_id for adm1_id in ids if adm1_id is not None))

    def nearest_country(self, point: tuple[float, float]) -> str | None:
        """The country of the nearest settlement, None more than a degree or so from any."""
        row, column = _cell(*point)
        around = [(row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
        near = [settlement for cell in around for settlement in self._cells.get(cell, ())]
        if not near:
            return None
        return min(near, key=lambda settlement: distance_km(*point, settlement[0], settlement[1]))[2]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[tuple[float, float, str]]]:
        """The settlements in squares of a degree."""
        cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for latitude, longitude, code in self._gazetteer.settlement_points():
            cells.setdefault(_cell(latitude, longitude), []).append((latitude, longitude, code))
        return cells


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL_DEGREES), math.floor(longitude / _CELL_DEGREES)
