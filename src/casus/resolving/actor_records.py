"""Actors and bodies as the registry knows them, read from the knowledge files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casus.knowledge import Row, read_table, require_unique
from casus.model import STATE_KINDS, ActorKind, Category
from casus.resolving.countries import CountryTable

ACTOR_FILE = "actors.tsv"
ACTOR_COLUMNS = (
    "id",
    "name",
    "aliases",
    "kind",
    "countries",
    "category",
    "members",
    "parent",
    "valid_from",
    "valid_to",
    "ambiguous",
    "identifiers",
    "source",
)
ORGANISATION_FILE = "organisations.tsv"
ORGANISATION_COLUMNS = ("id", "name", "aliases", "kind", "countries", "parent", "ambiguous", "source")


class OrganisationKind(StrEnum):
    """The kinds that `knowledge/organisations.tsv` may use."""

    INTERGOVERNMENTAL = "intergovernmental"
    MONITOR = "monitor"
    AID = "aid"
    MEDIA = "media"
    PARTY = "party"
    UNION = "union"
    COURT = "court"


class FightingKind(StrEnum):
    """The kinds that `knowledge/actors.tsv` and one's own lists may use."""

    STATE_FORCE = "state_force"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    REBEL_GROUP = "rebel_group"
    MILITIA = "militia"
    CARTEL = "cartel"
    GANG = "gang"
    COMMUNAL_GROUP = "communal_group"
    ARMED_GROUP = "armed_group"
    INTERNATIONAL_FORCE = "international_force"
    AUTHORITY = "authority"
    PARTY = "party"


_STATE_ROLES = STATE_KINDS | {ActorKind.AUTHORITY}
_STATE_NAME = re.compile(r"(?:Government|Military Forces|Police Forces) of ([^()]+?)(?: \(|$)")
_ONLY_SPEAKS = frozenset({ActorKind.MEDIA, ActorKind.MONITOR, ActorKind.COURT})


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Who a mention means.

    `id` is the key in the knowledge files, None for a force composed of a country and a
    noun, a country itself, and a group that only the report introduces.  `category` is
    that of its losses, None where neither an armed group nor a force.  `can_act` is
    False for bodies that only speak: media, monitors, courts.  `parent_id` is the key of
    what it is a part of, `identifiers` are its keys in other lists.
    """

    id: str | None
    name: str
    kind: ActorKind
    category: Category | None = None
    country_code: str | None = None
    can_act: bool = True
    parent_id: str | None = None
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor in a text: half-open offsets, who it is, and the words that named it."""

    start_char: int
    end_char: int
    entry: ActorEntry
    alias: str


@dataclass(frozen=True, slots=True, eq=False)
class KnownActor:
    """A row of `actors.tsv` or `organisations.tsv`.

    `aliases` holds every way to name it, its name first; those in `ambiguous` mean it
    only beside another sign of it.  `valid_from` and `valid_to` are years, inclusive.
    """

    entry: ActorEntry
    aliases: tuple[str, ...]
    ambiguous: frozenset[str] = frozenset()
    countries: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None

    @property
    def is_state(self) -> bool:
        """True for a government or its forces as other lists name them, which no report is searched for.

        Casus composes those that reports name of a country and a noun, and gives them the
        identifiers of such a row.
        """
        match = _STATE_NAME.match(self.entry.name) if self.entry.kind in _STATE_ROLES else None
        return match is not None and CountryTable.load().by_name(match[1]) is not None

    def was_there(self, year: int | None) -> bool:
        """False for a year before its first or after its last; unknown years exclude nothing."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from or year) <= year <= (self.valid_to or year)

    @property
    def parent(self) -> str | None:
        """The key of the actor that it is a part of."""
        return self.entry.parent_id

    @property
    def id(self) -> str:
        """The key of its row."""
        return self.entry.id or ""


def load_actors(*, text: str | None = None) -> tuple[KnownActor, ...]:
    """The rows of `actors.tsv`; `text` stands in for its content.

    Raises KnowledgeError for a wrong form, a second row of one id, and an unknown parent.
    """
    rows = read_table(ACTOR_FILE, ACTOR_COLUMNS, text=text)
    require_unique(rows, "id")
    ids = {row.cells["id"] for row in rows}
    for row in rows:
        parent = row.optional("parent")
        if parent is not None and (parent not in ids or parent == row.cells["id"]):
            raise row.fail(f"parent {parent!r} is no other row's id; correct or remove it")
    return tuple(actor_of_row(row) for row in rows)


def load_organisations(*, text: str | None = None) -> tuple[KnownActor, ...]:
    """The rows of `organisations.tsv`; raises KnowledgeError for a wrong form."""
    rows = read_table(ORGANISATION_FILE, ORGANISATION_COLUMNS, text=text)
    require_unique(rows, "id")
    return tuple(_organisation(row) for row in rows)


def actor_of_row(row: Row) -> KnownActor:
    """The actor of a row with the columns of `actors.tsv`; raises KnowledgeError for a wrong form."""
    kind = ActorKind(row.choice("kind", FightingKind))
    category = row.choice("category", Category) if row.optional("category") else None
    countries = row.country_codes("countries")
    valid_from, valid_to = row.year("valid_from"), row.year("valid_to")
    if valid_from is not None and valid_to is not None and valid_from > valid_to:
        raise row.fail("valid_from lies after valid_to; correct the years")
    row.text("source")
    entry = ActorEntry(
        row.slug("id"),
        row.text("name"),
        kind,
        category,
        countries[0] if countries else None,
        parent_id=row.optional("parent"),
        identifiers=row.members("identifiers"),
    )
    aliases = _aliases(row, "aliases", "members")
    return KnownActor(entry, aliases, _ambiguous(row, aliases), countries, valid_from, valid_to)


def _organisation(row: Row) -> KnownActor:
    kind = ActorKind(row.choice("kind", OrganisationKind))
    countries = row.country_codes("countries")
    row.text("source")
    entry = ActorEntry(
        row.slug("id"),
        row.text("name"),
        kind,
        None,
        countries[0] if countries else None,
        can_act=kind not in _ONLY_SPEAKS,
        parent_id=row.optional("parent"),
    )
    aliases = _aliases(row, "aliases")
    return KnownActor(entry, aliases, _ambiguous(row, aliases), countries)


def _aliases(row: Row, *columns: str) -> tuple[str, ...]:
    named = (row.text("name"), *(alias for column in columns for alias in row.members(column)))
    if len(set(named)) != len(named):
        raise row.fail(f"{row.cells['id']} has one name in two places; keep one")
    return named


def _ambiguous(row: Row, aliases: tuple[str, ...]) -> frozenset[str]:
    ambiguous = frozenset(row.members("ambiguous"))
    for alias in sorted(ambiguous - set(aliases)):
        raise row.fail(f"ambiguous has {alias!r}, which is none of its names; add it to them or remove it")
    return ambiguous
