"""The codes by which other data sets name countries, by ISO 3166-1 alpha-2 code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casus.knowledge import read_table, require_unique
from casus.resolving.countries import CountryTable

FILE = "country_codes.tsv"
COLUMNS = ("code", "iso3", "iso_number", "gleditsch_ward", "acled_region")
# The regions of UCDP are ranges of these numbers.
_REGIONS = (
    (2, 199, "Americas"),
    (200, 399, "Europe"),
    (400, 629, "Africa"),
    (630, 699, "Middle East"),
    (700, 999, "Asia"),
)


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country's codes, None where a list does not have it."""

    code: str
    iso3: str | None
    iso_number: int | None
    gleditsch_ward: int | None
    acled_region: str | None

    @property
    def ucdp_region(self) -> str | None:
        """The region that UCDP counts the country to, by its Gleditsch-Ward number."""
        number = self.gleditsch_ward
        if number is None:
            return None
        return next((name for first, last, name in _REGIONS if first <= number <= last), None)


@lru_cache(maxsize=1)
def country_codes() -> Mapping[str, CountryCodes]:
    """The table, read once; raises KnowledgeError for a wrong form."""
    rows = read_table(FILE, COLUMNS)
    for column in ("code", "iso3", "iso_number", "gleditsch_ward"):
        require_unique(rows, column)
    return {
        row.text("code"): CountryCodes(
            row.text("code"),
            row.optional("iso3"),
            _number(row.optional("iso_number")),
            _number(row.optional("gleditsch_ward")),
            row.optional("acled_region"),
        )
        for row in rows
    }


def codes_of(code: str | None) -> CountryCodes:
    """The codes of a country; all unknown for none."""
    return country_codes().get(code or "") or CountryCodes(code or "", None, None, None, None)


@lru_cache(maxsize=512)
def country_name(code: str | None) -> str | None:
    """The name of a country, in English."""
    country = CountryTable.load().by_code(code) if code else None
    return country.name if country is not None else None


@lru_cache(maxsize=512)
def code_of_gleditsch_ward(number: int) -> str | None:
    """The country with a Gleditsch-Ward number."""
    return next((one.code for one in country_codes().values() if one.gleditsch_ward == number), None)


@lru_cache(maxsize=512)
def code_of_iso_number(number: int) -> str | None:
    """The country with a number of ISO 3166-1."""
    return next((one.code for one in country_codes().values() if one.iso_number == number), None)


@lru_cache(maxsize=2048)
def code_of_name(name: str) -> str | None:
    """The country that a data set names; what stands in brackets is left aside ("Yemen (North Yemen)")."""
    table = CountryTable.load()
    for given in (name, re.sub(r"\s*\(.*?\)", "", name)):
        country = table.by_name(given.strip())
        if country is not None:
            return country.code
    return None


def _number(text: str | None) -> int | None:
    return int(text) if text else None
