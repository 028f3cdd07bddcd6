"""Events in the columns and codes of the UCDP Georeferenced Event Dataset (GED 21 and later).

Identifiers that UCDP gives to events, conflicts and dyads stay empty: the casebook has none.
Actors have theirs where the list of actors that the reports were read with does.
docs/exports.md has the rule of each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Deaths, Event, EventWhere, Told
from casus.exports.cells import Value
from casus.exports.country_codes import codes_of, country_name
from casus.exports.deaths import deaths_in
from casus.exports.grid import priogrid_cell
from casus.exports.parties import (
    ARMED,
    NAMED_GROUPS,
    STATES,
    Party,
    PartyKind,
    perpetrators_of,
    targets_of,
)
from casus.model import DatePrecision

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original", "where_prec",
    "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
    "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_SEPARATOR = ";"
_WEEK_DAYS = 7
_MONTH_DAYS = 31
_COARSEST_CLEAR = 3


class Violence(IntEnum):
    """UCDP's type_of_violence."""

    STATE_BASED = 1
    NON_STATE = 2
    ONE_SIDED = 3


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of an event as UCDP asks for them; `violence` is None where no type fits."""

    violence: Violence | None
    a: tuple[Party, ...]
    b: tuple[Party, ...]


def sides_of(event: Event) -> Sides:
    """Who stands on which side.

    1, state-based: armed parties on both sides, a state on one; side A is the state.
    2, non-state: named armed groups on both sides; side A is the perpetrator.
    3, one-sided: a state or named group against people who bear no arms; side B is civilians.
    """
    doers = tuple(one for one in perpetrators_of(event) if one.kind in ARMED)
    hit = tuple(one for one in targets_of(event) if one.kind in ARMED)
    doer_states, hit_states = _of(doers, STATES), _of(hit, STATES)
    if doers and hit:
        if doer_states:
            return Sides(Violence.STATE_BASED, doer_states, hit)
        if hit_states:
            return Sides(Violence.STATE_BASED, hit_states, doers)
        if _of(doers, NAMED_GROUPS) and _of(hit, NAMED_GROUPS):
            return Sides(Violence.NON_STATE, _of(doers, NAMED_GROUPS), _of(hit, NAMED_GROUPS))
        return Sides(None, doers, hit)
    organised = doer_states or _of(doers, NAMED_GROUPS)
    if organised and _harms_civilians(event):
        return Sides(Violence.ONE_SIDED, organised, ())
    return Sides(None, doers, hit)


def ucdp_row(dossier: Dossier) -> list[Value]:
    """An event's values in the order of `COLUMNS`."""
    event, told = dossier.event, dossier.told
    where, sides = event.where, sides_of(event)
    codes = codes_of(where.country_code)
    name_a, name_b = _side_name(sides.a), _side_name(sides.b)
    if sides.violence is Violence.ONE_SIDED:
        name_b = "Civilians"
    start = event.when.start
    precision = date_precision(event)
    deaths = _by_side(deaths_in(event), sides)
    clear = precision is not None and precision <= _COARSEST_CLEAR
    articles = list({one.report.number: one.report for one in told}.values())
    return [
        None,
        event.id,
        start.year if start else None,
        None,
        "Clear" if event.is_reviewed and not event.needs_review else None,
        sides.violence.value if sides.violence else None,
        None,
        None,
        None,
        None,
        None,
        f"{name_a} - {name_b}" if name_a and name_b else None,
        None,
        _identifiers(sides.a, told),
        name_a,
        None,
        _identifiers(sides.b, told),
        name_b,
        len(event.sources),
        _listed(
            ",".join(filter(None, (one.publisher or one.name, _iso(one.published_on), one.title)))
            for one in articles
        ),
        _listed(one.publisher or one.name for one in articles),
        _listed(_iso(one.published_on) or "" for one in articles),
        _listed(one.title or "" for one in articles),
        _listed(dict.fromkeys(_speakers(told))),
        where.precision_code,
        where.name,
        place_in_words(where),
        where.adm1,
        where.adm2,
        where.latitude,
        where.longitude,
        _point(where),
        priogrid_cell(where.latitude, where.longitude),
        country_name(where.country_code),
        codes.gleditsch_ward,
        codes.ucdp_region,
        (1 if clear else 2) if precision is not None else None,
        precision,
        _moment(start),
        _moment(event.when.end or start),
        *deaths,
        _state_numbers(sides.a),
        _state_numbers(sides.b),
    ]


def date_precision(event: Event) -> int | None:
    """UCDP's date_prec: by the number of days, 4 for a month, 5 for a year; None without a date."""
    when = event.when
    if when.start is None:
        return None
    if when.precision is DatePrecision.MONTH:
        return 4
    if when.precision is DatePrecision.YEAR:
        return 5
    days = ((when.end or when.start) - when.start).days + 1
    if days <= 1:
        return 1
    if days < _WEEK_DAYS:
        return 2
    if days == _WEEK_DAYS:
        return 3
    return 4 if days <= _MONTH_DAYS else 5


def place_in_words(where: EventWhere) -> str | None:
    """The place with the units that it lies in."""
    parts = (where.name, where.adm2, where.adm1, country_name(where.country_code))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _harms_civilians(event: Event) -> bool:
    deaths = deaths_in(event)
    if deaths is not None and deaths.side_a + deaths.side_b:
        return False
    if any(one.kind is PartyKind.CIVILIANS for one in targets_of(event)):
        return True
    return deaths is not None and deaths.civilians > 0


def _by_side(deaths: Deaths | None, sides: Sides) -> Sequence[int | None]:
    """deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low.

    A category's dead stand on a side where the sides tell it; others are of unknown side.
    """
    if deaths is None:
        return (None,) * 7
    forces, fighters = deaths.side_a, deaths.side_b
    a = b = 0
    unknown = deaths.unknown
    a_is_state, b_is_state = bool(_of(sides.a, STATES)), bool(_of(sides.b, STATES))
    if sides.violence is Violence.STATE_BASED and not b_is_state:
        a, b = forces, fighters
    elif sides.violence is Violence.ONE_SIDED:
        a = forces if a_is_state else fighters
        unknown += fighters if a_is_state else forces
    else:
        unknown += forces + fighters
    return (a, b, deaths.civilians, unknown, deaths.best, deaths.high, deaths.low)


def _of(parties: Iterable[Party], kinds: frozenset[PartyKind]) -> tuple[Party, ...]:
    return tuple(one for one in parties if one.kind in kinds)


def _side_name(parties: Sequence[Party]) -> str | None:
    return ", ".join(dict.fromkeys(_party_name(one) for one in parties)) or None


def _party_name(party: Party) -> str:
    country = country_name(party.country_code)
    return f"Government of {country}" if party.kind is PartyKind.STATE and country else party.name


def _state_numbers(parties: Sequence[Party]) -> str | None:
    numbers = (codes_of(one.country_code).gleditsch_ward for one in parties if one.kind is PartyKind.STATE)
    return ", ".join(dict.fromkeys(str(number) for number in numbers if number is not None)) or None


def _identifiers(parties: Sequence[Party], told: Sequence[Told]) -> str | None:
    """UCDP's numbers of the actors of a side, as far as the actors of the accounts carry them."""
    numbers: dict[str, None] = {}
    for one in told:
        for actor in (*one.event.perpetrators, *one.event.targets):
            if any((actor.registry_id, actor.name) == (party.registry_id, party.name) for party in parties):
                found = (key.partition(":") for key in actor.identifiers)
                numbers |= dict.fromkeys(number for publisher, _, number in found if publisher == "ucdp")
    return ", ".join(numbers) or None


def _speakers(told: Sequence[Told]) -> Iterable[str]:
    for one in told:
        for _, claim in one.claims:
            speaker = claim.speaker
            name = speaker.name or speaker.role or speaker.affiliation
            if name:
                yield name


def _listed(texts: Iterable[str]) -> str | None:
    return _SEPARATOR.join(text.replace(_SEPARATOR, ",") for text in texts).strip(_SEPARATOR) or None


def _point(where: EventWhere) -> str | None:
    if where.latitude is None or where.longitude is None:
        return None
    return f"POINT ({where.longitude} {where.latitude})"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(day: date | None) -> str | None:
    """A day as UCDP writes it."""
    return f"{day.isoformat()} 00:00:00.000" if day else None
