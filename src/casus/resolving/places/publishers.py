"""Where a publisher is, by its name or its address: a report most often tells of its publisher's country."""

from __future__ import annotations

import re
from functools import lru_cache

from casus.knowledge import read_table, require_unique
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import EntryKind, Gazetteer
from casus.resolving.place_names import fold_key

_COLUMNS = ("name", "country", "domain")
# Endings that the whole world uses, whatever country they were given to.
_WORLDWIDE = frozenset(
    {"tv", "io", "co", "me", "ai", "fm", "la", "cc", "ws", "nu", "to", "gg", "im", "sh", "st", "vc"}
)
_LABELS_OF_PLACE = frozenset(
    {"com", "co", "org", "net", "gov", "ac", "edu", "news", "www", "english", "en", "m"}
)
_ADDRESS = re.compile(r"^(?:https?://)?(?P<host>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_SHORTEST_HEAD = 4
_TOWN = 2_000


def publisher_country(publisher: str, countries: CountryTable, gazetteer: Gazetteer) -> str | None:
    """The ISO code of a publisher's country, by `publishers.tsv`, its name, or its address.

    A name tells by a country, a demonym or a capital in it ("The Jakarta Post"), an address by
    its ending (".co.ke") or by a country or capital that it begins with ("bangkokpost.com"),
    where no town elsewhere has that name.
    """
    address = _ADDRESS.match(publisher.strip())
    if address is not None:
        return _of_host(address["host"].lower(), countries, gazetteer)
    known = _known_names().get(fold_key(publisher))
    for mention in countries.find(publisher):
        return mention.country.code
    if known is not None:
        return known
    for word in re.findall(r"[^\W\d_]+", publisher):
        code = _of_name(word, countries, gazetteer)
        if code is not None:
            return code
    return None


def _of_host(host: str, countries: CountryTable, gazetteer: Gazetteer) -> str | None:
    host = host.removeprefix("www.")
    for domain, code in _known_domains().items():
        if host == domain or host.endswith(f".{domain}"):
            return code
    labels = host.split(".")
    ending = labels[-1].upper()
    country = countries.by_code("GB" if ending == "UK" else ending) if len(ending) == 2 else None
    if country is not None and labels[-1] not in _WORLDWIDE:
        return country.code
    for label in labels[:-1]:
        found = None if label in _LABELS_OF_PLACE else _of_label(label, countries, gazetteer)
        if found is not None:
            return found
    return None


def _of_label(label: str, countries: CountryTable, gazetteer: Gazetteer) -> str | None:
    """The country that a word run together begins or ends with: "bangkokpost", "timesofindia"."""
    word = fold_key(label.removeprefix("the"))
    for length in range(len(word), _SHORTEST_HEAD - 1, -1):
        for part in (word[:length], word[-length:]):
            code = _of_name(part, countries, gazetteer)
            if code is not None:
                return code
    return None


def _of_name(word: str, countries: CountryTable, gazetteer: Gazetteer) -> str | None:
    """The country whose name or capital a word is, where no town in another country has it."""
    capitals = _capitals(countries)
    code = capitals.get(fold_key(word)) or _country_names(countries).get(fold_key(word))
    if code is None:
        return None
    namesakes = (
        match.entry
        for match in gazetteer.lookup(word)
        if match.entry.kind is EntryKind.SETTLEMENT and match.entry.country_code != code
    )
    return None if any(entry.population >= _TOWN for entry in namesakes) else code


@lru_cache(maxsize=4)
def _capitals(countries: CountryTable) -> dict[str, str]:
    return {
        fold_key(country.capital): country.code
        for country in countries.countries
        if country.capital and country.code
    }


@lru_cache(maxsize=4)
def _country_names(countries: CountryTable) -> dict[str, str]:
    return {
        fold_key(name): country.code
        for country in countries.countries
        if country.code
        for name in (country.name, *country.aliases)
    }


@lru_cache(maxsize=1)
def _known_names() -> dict[str, str]:
    return {fold_key(name): code for name, code, _ in _known() if not name.endswith(")")}


@lru_cache(maxsize=1)
def _known_domains() -> dict[str, str]:
    return {domain: code for _, code, domain in _known()}


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, str, str], ...]:
    rows = read_table("publishers.tsv", _COLUMNS)
    require_unique(rows, "domain")
    return tuple((row.text("name"), row.text("country"), row.text("domain")) for row in rows)
