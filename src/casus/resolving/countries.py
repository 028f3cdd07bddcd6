"""Countries, their people and their governments, as the words of reports name them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from casus.knowledge import Row, read_table, require_unique
from casus.resolving.name_index import NameIndex, NameMatch, key_of

FILE = "countries.tsv"
COLUMNS = (
    "code",
    "name",
    "adjective",
    "aliases",
    "demonyms",
    "capital",
    "government_seats",
    "rarer_names",
    "exceptions",
)


class CountryWord(StrEnum):
    """What a mention of a country is."""

    NAME = "name"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class Country:
    """A country, territory or past state.

    `code` is ISO 3166-1 alpha-2 (XK for Kosovo), None for a past state.  `adjective`
    stands before a noun ("Turkish" army).  `rarer_names` mean another country first
    ("Congo" in the row of the Republic of the Congo).  `exceptions` are phrases in
    which a name does not mean the country ("Gulf of Guinea").
    """

    code: str | None
    name: str
    adjective: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    government_seats: tuple[str, ...]
    rarer_names: tuple[str, ...]
    exceptions: tuple[str, ...]

    @classmethod
    def of_row(cls, row: Row) -> Country:
        """A country from its row; raises KnowledgeError for a wrong form."""
        codes = row.country_codes("code")
        return cls(
            codes[0] if codes else None,
            row.text("name"),
            row.optional("adjective") or row.text("name"),
            row.members("aliases"),
            row.members("demonyms"),
            row.optional("capital"),
            row.members("government_seats"),
            row.members("rarer_names"),
            row.members("exceptions"),
        )


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country's name or demonym in a text; offsets are half-open.

    `tail` is the word that a hyphen ties to it, in small letters: "led" in "Saudi-led".
    """

    start_char: int
    end_char: int
    country: Country
    kind: CountryWord
    tail: str | None = None


@dataclass(frozen=True, slots=True)
class _Meaning:
    country: Country | None
    kind: CountryWord
    is_rarer: bool


class CountryTable:
    """The countries of `knowledge/countries.tsv`."""

    def __init__(self, countries: tuple[Country, ...]) -> None:
        self.countries = countries
        self._by_code = {country.code: country for country in countries if country.code}
        self._index = NameIndex(named for country in countries for named in _names(country))
        self._seats = {key_of(seat): country for country in countries for seat in country.government_seats}

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> CountryTable:
        """The table, read once; raises KnowledgeError for a file of a wrong form."""
        rows = read_table(FILE, COLUMNS)
        require_unique(rows, "code")
        require_unique(rows, "name")
        return CountryTable(tuple(Country.of_row(row) for row in rows))

    def by_code(self, code: str) -> Country | None:
        """The country with an alpha-2 code, in capitals or not."""
        return self._by_code.get(code.upper())

    def by_name(self, name: str) -> Country | None:
        """The country with a name or alias, whatever its case."""
        return self._first(name, CountryWord.NAME)

    def by_demonym(self, word: str) -> Country | None:
        """The country of an adjective or noun for its people, whatever its case."""
        return self._first(word, CountryWord.DEMONYM)

    def seat_of(self, name: str) -> Country | None:
        """The country whose government reports mean by a place's name ("Ankara", "the Kremlin")."""
        return self._seats.get(key_of(name))

    def find(self, text: str) -> tuple[CountryMention, ...]:
        """The countries that a text names, in order, none overlapping.

        A name of two countries means the rarer one only where the text names that one,
        or its capital, in another way, and never the first.
        """
        matches = self._index.find(text)
        sure = {meaning.country for match in matches if len(match.values) == 1 for meaning in match.values}
        mentions = []
        for match in matches:
            meaning = _meant(match, sure, text)
            if meaning.country is not None:
                mentions.append(
                    CountryMention(
                        match.start_char, match.end_char, meaning.country, meaning.kind, match.tail
                    )
                )
        return tuple(mentions)

    def _first(self, name: str, kind: CountryWord) -> Country | None:
        found = [value for value in self._index.get(name) if value.kind is kind and value.country is not None]
        found.sort(key=lambda value: value.is_rarer)
        return found[0].country if found else None


def _names(country: Country) -> list[tuple[str, _Meaning]]:
    """Each way to name a country, with what it means."""
    name, demonym = CountryWord.NAME, CountryWord.DEMONYM
    return [
        *((alias, _Meaning(country, name, is_rarer=False)) for alias in (country.name, *country.aliases)),
        *((word, _Meaning(country, demonym, is_rarer=False)) for word in country.demonyms),
        *((word, _Meaning(country, name, is_rarer=True)) for word in country.rarer_names),
        *((phrase, _Meaning(None, name, is_rarer=True)) for phrase in country.exceptions),
    ]


def _meant(match: NameMatch[_Meaning], sure: set[Country | None], text: str) -> _Meaning:
    """The meaning of a match that fits the rest of the text."""
    first, *others = sorted(match.values, key=lambda meaning: meaning.is_rarer)
    if _is_meant(first.country, sure, text):
        return first
    for other in others:
        if other.country != first.country and _is_meant(other.country, sure, text):
            return _Meaning(other.country, first.kind, is_rarer=True)
    return first


def _is_meant(country: Country | None, sure: set[Country | None], text: str) -> bool:
    if country is None:
        return False
    return country in sure or (country.capital is not None and country.capital in text)
