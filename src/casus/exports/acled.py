"""Events in the 31 columns and the codes of ACLED.

docs/exports.md has the rule of each column, `knowledge/acled_types.tsv` the event types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Event
from casus.casebook.tolls import total_of
from casus.exports.cells import Value
from casus.exports.country_codes import codes_of, country_name
from casus.exports.deaths import deaths_in, killed_rows
from casus.exports.parties import ARMED, STATES, Party, PartyKind, perpetrators_of, targets_of
from casus.exports.telling import notes_on
from casus.exports.ucdp import date_precision
from casus.knowledge import read_table
from casus.model import EventType, Harm

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
FILE = "acled_types.tsv"
FILE_COLUMNS = ("event_type", "sign", "acled_type", "sub_type", "disorder")
# The kinds of actor, in the order of ACLED's codes.
_INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters",
    "Civilians", "External/Other forces",
)  # fmt: skip
_INTER_OF = {
    PartyKind.PEACEKEEPERS: "External/Other forces",
    PartyKind.ARMED_GROUP: "Rebel group",
    PartyKind.MILITIA: "Political militia",
    PartyKind.COMMUNAL_GROUP: "Identity militia",
    PartyKind.UNNAMED_FIGHTERS: "Political militia",
    PartyKind.CIVILIANS: "Civilians",
}
_TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_GEO_PRECISION = {1: 1, 2: 2, 3: 2, 5: 2, 4: 3, 6: 3, 7: 3}
_CROWDS = {EventType.PROTEST: "Protesters", EventType.RIOT: "Rioters"}
_WEAPON_SIGNS = frozenset({"suicide", "grenade", "chemical"})
_AGAINST_PEOPLE = frozenset({"Violence against civilians", "Explosions/Remote violence"})
_HAS_NO_DOER = frozenset({"Strategic developments"})


@dataclass(frozen=True, slots=True)
class AcledType:
    """An event type of ACLED, and the sign that it asks for, empty for none."""

    sign: str
    event_type: str
    sub_type: str
    disorder: str


@dataclass(frozen=True, slots=True)
class _Actor:
    name: str | None
    others: str | None
    inter: str | None


@lru_cache(maxsize=1)
def acled_types() -> Mapping[EventType, tuple[AcledType, ...]]:
    """The table, read once; raises KnowledgeError for a wrong form."""
    found: dict[EventType, tuple[AcledType, ...]] = {}
    for row in read_table(FILE, FILE_COLUMNS):
        kind = row.choice("event_type", EventType)
        one = AcledType(
            row.optional("sign") or "", row.text("acled_type"), row.text("sub_type"), row.text("disorder")
        )
        found[kind] = (*found.get(kind, ()), one)
    return found


def acled_type(event: Event) -> AcledType:
    """The event type of ACLED that an event has."""
    return next(one for one in acled_types()[event.event_type] if not one.sign or _holds(one.sign, event))


def acled_row(dossier: Dossier, timestamp: int) -> list[Value]:
    """An event's values in the order of `COLUMNS`; `timestamp` is the export's, in Unix seconds."""
    event = dossier.event
    where, start, kind = event.where, event.when.start, acled_type(event)
    codes = codes_of(where.country_code)
    first, second = _actors(event, kind)
    precision = date_precision(event)
    return [
        event.id,
        start.isoformat() if start else None,
        start.year if start else None,
        _TIME_PRECISION.get(precision or 0),
        kind.disorder,
        kind.event_type,
        kind.sub_type,
        first.name,
        first.others,
        first.inter,
        second.name,
        second.others,
        second.inter,
        _interaction(first.inter, second.inter),
        "Civilian targeting" if second.inter == "Civilians" and kind.event_type in _AGAINST_PEOPLE else None,
        codes.iso_number,
        codes.acled_region,
        country_name(where.country_code),
        where.adm1,
        where.adm2,
        None,
        where.name or where.adm2 or where.adm1 or country_name(where.country_code),
        where.latitude,
        where.longitude,
        _GEO_PRECISION.get(where.precision_code or 0),
        "; ".join(event.sources) or None,
        None,
        notes_on(event),
        fatalities(event),
        None,
        timestamp,
    ]


def fatalities(event: Event) -> int | None:
    """The best figure of the killed; 0 where nobody is told to be killed, None where no number is."""
    deaths = deaths_in(event)
    if deaths is not None:
        return deaths.best
    return None if killed_rows(event) else 0


def _holds(sign: str, event: Event) -> bool:
    if sign in _WEAPON_SIGNS:
        return any(sign in one.name.lower() for one in event.weapons)
    if sign == "armed":
        return any(one.kind in ARMED for one in targets_of(event))
    by_state = any(one.kind in STATES for one in perpetrators_of(event))
    if sign == "excessive":
        return by_state and any(row.harm in (Harm.KILLED, Harm.INJURED) for row in event.tolls)
    return by_state


def _actors(event: Event, kind: AcledType) -> tuple[_Actor, _Actor]:
    country = country_name(event.where.country_code)
    here = event.where.country_code
    doers, hit = perpetrators_of(event), targets_of(event)
    crowd = _CROWDS.get(event.event_type)
    if crowd is not None:
        return _Actor(_in(crowd, country), None, crowd), _side(doers, here, country)
    first = _side(doers, here, country)
    if first.name is None and kind.event_type not in _HAS_NO_DOER:
        first = _Actor(_in("Unidentified Armed Group", country), None, "Political militia")
    armed = [one for one in hit if one.kind in ARMED]
    if kind.event_type == "Battles" or (kind.event_type not in _AGAINST_PEOPLE and armed):
        return first, _side(armed or hit, here, country)
    is_at_civilians = any(one.kind is PartyKind.CIVILIANS for one in hit) or (
        total_of(event.tolls, Harm.KILLED)[1] is not None and not armed
    )
    if kind.event_type == "Violence against civilians" or (is_at_civilians and not armed):
        return first, _Actor(_in("Civilians", country), _names(hit), "Civilians")
    return first, _side(armed or hit, here, country)


def _side(parties: Sequence[Party], here: str | None, country: str | None) -> _Actor:
    if not parties:
        return _Actor(None, None, None)
    first, *others = parties
    name = first.name
    if first.kind is PartyKind.UNNAMED_FIGHTERS:
        name, others = _in("Unidentified Armed Group", country), list(parties)
    return _Actor(name, _names(others), _inter(first, here))


def _inter(party: Party, here: str | None) -> str | None:
    if party.kind is PartyKind.STATE:
        is_foreign = party.country_code is not None and here is not None and party.country_code != here
        return "External/Other forces" if is_foreign else "State forces"
    return _INTER_OF.get(party.kind)


def _interaction(one: str | None, other: str | None) -> str | None:
    """Both kinds of actor, the one with the lower code first; "… only" where there is one."""
    kinds = sorted((kind for kind in (one, other) if kind), key=_INTER.index)
    if not kinds:
        return None
    return f"{kinds[0]} only" if len(kinds) == 1 else "-".join(kinds)


def _in(name: str, country: str | None) -> str:
    return f"{name} ({country})" if country else name


def _names(parties: Sequence[Party]) -> str | None:
    return "; ".join(dict.fromkeys(one.name for one in parties)) or None
