"""The nouns for a country's forces and authorities, and the actors that they make with its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from casus.knowledge import Row, read_table, require_unique
from casus.model import ActorKind, Category
from casus.resolving.actor_records import ActorEntry
from casus.resolving.countries import Country, CountryMention, CountryTable, CountryWord

FILE = "forces.tsv"
COLUMNS = ("noun", "role", "kind", "category", "canonical", "body")


class ForceRole(StrEnum):
    """What a noun of `forces.tsv` does in a text; the file's head explains each."""

    FORCE = "force"
    MEMBERS = "members"
    MEANS = "means"
    ACTS = "acts"


@dataclass(frozen=True, slots=True, eq=False)
class ForceNoun:
    """A noun for a force, its people or its means; nouns with one `body` may mean one force.

    `alone` is the force that the noun begins with ("army" in "army base") and that is
    meant where no country stands beside it.
    """

    noun: str
    role: ForceRole
    kind: ActorKind
    category: Category | None
    canonical: str
    body: str
    alone: ForceNoun | None = None


def load_force_nouns(*, text: str | None = None) -> tuple[ForceNoun, ...]:
    """The rows of `forces.tsv`; raises KnowledgeError for a wrong form."""
    rows = read_table(FILE, COLUMNS, text=text)
    require_unique(rows, "noun")
    nouns = [_noun(row) for row in rows]
    forces = {noun.noun: noun for noun in nouns if noun.role is ForceRole.FORCE}
    return tuple(noun if noun.role is ForceRole.FORCE else _with_force(noun, forces) for noun in nouns)


def _noun(row: Row) -> ForceNoun:
    role = row.choice("role", ForceRole)
    is_means = role in (ForceRole.MEANS, ForceRole.ACTS)
    return ForceNoun(
        row.text("noun"),
        role,
        row.choice("kind", ActorKind),
        row.choice("category", Category) if row.optional("category") else None,
        "" if is_means else row.text("canonical"),
        "" if is_means else row.text("body"),
    )


def _with_force(noun: ForceNoun, forces: Mapping[str, ForceNoun]) -> ForceNoun:
    words = noun.noun.split()
    heads = (forces.get(" ".join(words[:length])) for length in range(len(words) - 1, 0, -1))
    return replace(noun, alone=next((head for head in heads if head is not None), None))


@lru_cache(maxsize=4096)
def composed_entry(adjective: str, country: Country, noun: ForceNoun) -> ActorEntry:
    """A country's force or authority."""
    return ActorEntry(None, f"{adjective} {noun.canonical}", noun.kind, noun.category, country.code)


@lru_cache(maxsize=1024)
def bare_entry(noun: ForceNoun) -> ActorEntry:
    """A force or authority whose country isn't known."""
    return ActorEntry(None, noun.canonical, noun.kind, noun.category)


@lru_cache(maxsize=512)
def country_entry(country: Country) -> ActorEntry:
    """The forces of a country that acts through its weapons: "an Israeli air strike"."""
    return ActorEntry(None, f"{country.adjective} forces", ActorKind.AUTHORITY, None, country.code)


def own_adjective(words: str, mention: CountryMention) -> str:
    """The country's adjective, or the words themselves where they name only a part of its people.

    A part is a demonym that ends in another country's ("Bosnian Serb", "Turkish Cypriot").
    """
    country = mention.country
    if mention.kind is CountryWord.NAME or " " not in words or words.lower() == country.adjective.lower():
        return country.adjective
    return words if _names_another(words, country) else country.adjective


@lru_cache(maxsize=256)
def _names_another(words: str, country: Country) -> bool:
    table = CountryTable.load()
    parts = (table.by_demonym(word) for word in words.split())
    return any(part is not None and part != country for part in parts)
