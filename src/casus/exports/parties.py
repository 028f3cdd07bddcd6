"""What kind of party somebody in an event is, and on which side they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from casus.casebook.records import Event, Named, Perpetrator, Standing
from casus.knowledge import read_table
from casus.model import ActorKind, Category
from casus.resolving.actor_records import ActorEntry
from casus.resolving.actors import ActorRegistry


class PartyKind(StrEnum):
    """What a party to an event is."""

    STATE = "state"
    PEACEKEEPERS = "peacekeepers"  # and coalitions of states
    ARMED_GROUP = "armed_group"
    MILITIA = "militia"  # and gangs and cartels
    COMMUNAL_GROUP = "communal_group"
    UNNAMED_FIGHTERS = "unnamed_fighters"  # "gunmen", "rebels"
    CIVILIANS = "civilians"
    UNKNOWN = "unknown"


STATES = frozenset({PartyKind.STATE, PartyKind.PEACEKEEPERS})
NAMED_GROUPS = frozenset({PartyKind.ARMED_GROUP, PartyKind.MILITIA, PartyKind.COMMUNAL_GROUP})
ARMED = STATES | NAMED_GROUPS | {PartyKind.UNNAMED_FIGHTERS}

_KINDS = {
    ActorKind.STATE_FORCE: PartyKind.STATE,
    ActorKind.POLICE: PartyKind.STATE,
    ActorKind.INTELLIGENCE: PartyKind.STATE,
    ActorKind.AUTHORITY: PartyKind.STATE,
    ActorKind.INTERNATIONAL_FORCE: PartyKind.PEACEKEEPERS,
    ActorKind.REBEL_GROUP: PartyKind.ARMED_GROUP,
    ActorKind.ARMED_GROUP: PartyKind.ARMED_GROUP,
    ActorKind.MILITIA: PartyKind.MILITIA,
    ActorKind.CARTEL: PartyKind.MILITIA,
    ActorKind.GANG: PartyKind.MILITIA,
    ActorKind.COMMUNAL_GROUP: PartyKind.COMMUNAL_GROUP,
    ActorKind.CIVILIANS: PartyKind.CIVILIANS,
}
_OF_CATEGORY = {
    Category.CIVILIANS: PartyKind.CIVILIANS,
    Category.SECURITY_FORCES: PartyKind.STATE,
    Category.MILITANTS: PartyKind.UNNAMED_FIGHTERS,
    Category.UNKNOWN: PartyKind.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event, with what they are and the country that they belong to."""

    name: str
    kind: PartyKind
    country_code: str | None
    registry_id: str | None


def perpetrators_of(event: Event) -> tuple[Party, ...]:
    """Who did it: those who only deny it stand aside where others are named."""
    named = event.perpetrators
    standing = [one for one in named if one.standings != (Standing.DENIED,)]
    parties = (_party(one, event.where.country_code) for one in standing or named)
    return tuple(replace(one, kind=PartyKind.ARMED_GROUP) if _is_named_group(one) else one for one in parties)


def targets_of(event: Event) -> tuple[Party, ...]:
    """To whom it was done."""
    return tuple(_party(one, event.where.country_code) for one in event.targets)


def _is_named_group(party: Party) -> bool:
    """Whether it acts under a name of its own that the registry does not have ("Dawn Front")."""
    return party.kind is PartyKind.UNKNOWN and party.name[:1].isupper()


def _party(one: Perpetrator | Named, country: str | None) -> Party:
    kind, code = _kind_of(one.name, one.registry_id, one.country_code, country)
    return Party(one.name, kind, one.country_code or code, one.registry_id)


@lru_cache(maxsize=50_000)
def _kind_of(
    name: str, registry_id: str | None, own_country: str | None, country: str | None
) -> tuple[PartyKind, str | None]:
    """What an actor is, and its country: by the registry, else by the words of its name."""
    registry = ActorRegistry.load()
    known = registry.by_id(registry_id) if registry_id else None
    entry: ActorEntry | None = known.entry if known is not None else None
    if entry is None:
        by_words = _category_of(name)
        if by_words is not None and by_words is not Category.SECURITY_FORCES:
            return _OF_CATEGORY[by_words], None
        mentions = registry.find(name, country_code=own_country or country)
        entry = mentions[0].entry if mentions else None
        if entry is None:
            # Forces without a country of their own are those of the country where it was.
            is_force = by_words is Category.SECURITY_FORCES
            return _OF_CATEGORY[by_words or Category.UNKNOWN], country if is_force else None
    return _KINDS.get(entry.kind, PartyKind.UNKNOWN), entry.country_code


def _category_of(name: str) -> Category | None:
    """The category of the noun that a name ends in: civilians for "nine villagers"."""
    words = re.split(r" (?:of|in|from) ", name, maxsplit=1)[0].split()
    if not words:
        return None
    last = words[-1]
    plain = last.lower()
    stems = (plain, plain.removesuffix("s"), plain.removesuffix("es"), f"{plain.removesuffix('ies')}y")
    for stem in (last, *stems, f"{plain.removesuffix('men')}man"):
        if stem in _people():
            return _people()[stem]
    return None


@lru_cache(maxsize=1)
def _people() -> Mapping[str, Category]:
    rows = read_table("people.tsv", ("word", "category", "kind"))
    return {row.text("word"): row.choice("category", Category) for row in rows}
