"""The actor lists of UCDP and ACLED, read in the columns in which they are published.

UCDP: the Actor Dataset (`ActorId`, `NameData`, `NameOrig`, `NameOrigFull`,
`NameOrigFullEng`, `NewName` …, `Org`, `Location`), as of versions 17 to 26.  ACLED: the
list of actors (`actor_name`, `inter` or the type of actor, `country`), whose names carry
country and years in brackets.  Case, blanks and underscores in column names don't matter.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casus.errors import KnowledgeError
from casus.model import ActorKind
from casus.resolving.actor_imports import ImportedActor, Skipped
from casus.resolving.countries import CountryTable

_CURRENT_NAMES = ("namedata", "newnamefulleng", "newname", "newnamefullmothertongue", "namedataold", "name")
_ORIGINAL_NAMES = ("nameorigfulleng", "namefull", "namefulleng", "nameorig", "nameorigfull", "fullname")
_GOVERNMENT_OF = "Government of "
_NOTHING = frozenset({"", "n/a", "na", "nan", "none", "-", "unknown", "0"})
_BRACKETED = re.compile(r"\s*\(([^()]*)\)\s*$")
_YEARS = re.compile(r"\((\d{4})\s*-\s*(\d{4})?\)")
_ACRONYM = re.compile(r"([A-Z0-9][A-Za-z0-9&/.-]{1,14}):\s+(.+)")
_SEPARATOR = re.compile(r"\s*[;|]\s*")
_PEOPLES = ("2", "3")  # informally organised, and communal groups
_GOVERNMENT = "4"


class Publisher(StrEnum):
    """Whose list of actors is imported."""

    UCDP = "ucdp"
    ACLED = "acled"


Row = Mapping[str, str]


def published_actors(text: str, publisher: Publisher) -> Iterator[ImportedActor | Skipped]:
    """The actors of a published list, in order, with the rows that make none.

    Raises KnowledgeError where a column is missing without which nothing can be read.
    """
    for line, row in _rows(text, publisher):
        yield _ucdp_actor(line, row) if publisher is Publisher.UCDP else _acled_actor(line, row)


def _rows(text: str, publisher: Publisher) -> Iterator[tuple[int, Row]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    header = [re.sub(r"[^a-z0-9]", "", column.lower()) for column in next(reader, [])]
    wanted = _UCDP_NEEDS if publisher is Publisher.UCDP else _ACLED_NEEDS
    for names in wanted:
        if not names & set(header):
            raise KnowledgeError(
                f"no column {' or '.join(sorted(names))} in the header; is it the {publisher.upper()} list?"
            )
    line = 2
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        line = reader.line_num + 1


_UCDP_NEEDS = (frozenset({"actorid", "id"}), frozenset({"namedata", "name"}))
_ACLED_NEEDS = (frozenset({"actorname", "actor", "actor1", "name"}),)


# -- UCDP


def _ucdp_actor(line: int, row: Row) -> ImportedActor | Skipped:
    key = row.get("actorid") or row.get("id", "")
    if not key.isdecimal():
        return Skipped(line, f"ActorId is {key!r} and not a number")
    is_renamed = row.get("namechange") == "1"
    current = _ucdp_names(row, _CURRENT_NAMES if is_renamed else (*_CURRENT_NAMES, *_ORIGINAL_NAMES))
    former = _ucdp_names(row, _ORIGINAL_NAMES) if is_renamed else ()
    if not current:
        return Skipped(line, f"actor {key} has no name")
    if current[0].lower() == "civilians":
        return Skipped(line, "civilians are no organisation")
    places = _places(row.get("location", ""))
    countries = tuple(dict.fromkeys(code for name in places for code in _code(name)))
    found = ImportedActor(
        line, f"ucdp:{key}", current, ActorKind.ARMED_GROUP, countries, former=_without(former, current)
    )
    if row.get("org") == _GOVERNMENT or current[0].startswith(_GOVERNMENT_OF):
        own = tuple(_code(current[0].removeprefix(_GOVERNMENT_OF)))
        return replace(found, kind=ActorKind.AUTHORITY, countries=own or countries, is_state=True)
    if row.get("org") in _PEOPLES:
        return replace(found, kind=ActorKind.COMMUNAL_GROUP, is_people=True)
    return found


def _ucdp_names(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for column in columns for name in _names(row.get(column, ""))))


def _without(names: Iterable[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _names(cell: str) -> Iterator[str]:
    for name in _SEPARATOR.split(cell):
        plain = " ".join(name.split())
        if plain.lower() not in _NOTHING:
            yield plain


def _places(cell: str) -> Iterator[str]:
    """The countries of a list such as "Russia (Soviet Union), Yemen (North Yemen)"."""
    for place in re.split(r"[;,]\s*(?![^(]*\))", cell):
        if place.strip():
            yield place.strip()


def _code(name: str) -> Iterator[str]:
    """The code of a country by its name, or by the name that stands before or in brackets."""
    inner = _BRACKETED.search(name)
    forms = (name, _BRACKETED.sub("", name), inner[1] if inner else "")
    countries = (CountryTable.load().by_name(form) for form in forms if form)
    country = next((country for country in countries if country is not None), None)
    if country is not None and country.code is not None:
        yield country.code


# -- ACLED


@dataclass(frozen=True, slots=True)
class _AcledName:
    """An ACLED name taken apart: "JNIM: Group for Support … (Mali)", "Police Forces of X (2011-)"."""

    base: str
    acronym: str | None
    countries: tuple[str, ...]
    valid_from: int | None
    valid_to: int | None
    unit: str | None  # what stands behind the years: "Y Division"


_STATE_NAME = re.compile(r"(Military Forces|Police Forces|Government|Mutiny of Military Forces) of (.+)")
_STATE_KINDS = {
    "Military Forces": ActorKind.STATE_FORCE,
    "Police Forces": ActorKind.POLICE,
    "Government": ActorKind.AUTHORITY,
}
_ACLED_KINDS = {
    "1": ActorKind.STATE_FORCE,
    "2": ActorKind.REBEL_GROUP,
    "3": ActorKind.MILITIA,
    "4": ActorKind.COMMUNAL_GROUP,
    "8": ActorKind.INTERNATIONAL_FORCE,
    "state forces": ActorKind.STATE_FORCE,
    "rebel group": ActorKind.REBEL_GROUP,
    "rebel groups": ActorKind.REBEL_GROUP,
    "rebel forces": ActorKind.REBEL_GROUP,
    "political militia": ActorKind.MILITIA,
    "political militias": ActorKind.MILITIA,
    "identity militia": ActorKind.COMMUNAL_GROUP,
    "identity militias": ActorKind.COMMUNAL_GROUP,
    "external/other forces": ActorKind.INTERNATIONAL_FORCE,
    "external forces": ActorKind.INTERNATIONAL_FORCE,
    "other forces": ActorKind.INTERNATIONAL_FORCE,
}
_CROWDS = frozenset({"5", "6", "7", "rioters", "protesters", "civilians"})
_NOBODY = re.compile(r"(Unidentified|Unknown|Civilians|Protesters|Rioters|Vigilante)\b")


def _acled_actor(line: int, row: Row) -> ImportedActor | Skipped:
    name = next((row[c] for c in ("actorname", "actor", "actor1", "name") if row.get(c)), "")
    if not name:
        return Skipped(line, "the actor has no name")
    types = ("inter", "inter1", "actortype", "type", "actorgroup")
    told = next((row[c] for c in types if row.get(c)), "").lower()
    if told in _CROWDS or _NOBODY.match(name):
        return Skipped(line, f"{name!r} is no organisation")
    parts = _acled_name(name, row.get("country", ""))
    state = _STATE_NAME.fullmatch(parts.base)
    identifier = f"acled:{name.replace('|', '/')}"
    found = ImportedActor(
        line,
        identifier,
        tuple(dict.fromkeys(n for n in (parts.base, parts.acronym) if n)),
        _kind_of(told, parts.base),
        parts.countries,
        valid_from=parts.valid_from,
        valid_to=parts.valid_to,
    )
    if state is None:
        return found
    kind = _STATE_KINDS.get(state[1], ActorKind.REBEL_GROUP)
    countries = tuple(_code(state[2])) or parts.countries
    if parts.unit is not None:
        unit = (parts.unit,)
        return replace(found, names=unit, kind=kind, countries=countries, ambiguous=unit)
    return replace(
        found, names=(_whole_name(parts),), kind=kind, countries=countries, is_state=state[1] in _STATE_KINDS
    )


def _whole_name(parts: _AcledName) -> str:
    """The name with its years, which tell the forces of one government from those of the next."""
    if parts.valid_from is None:
        return parts.base
    return f"{parts.base} ({parts.valid_from}-{parts.valid_to or ''})"


def _acled_name(name: str, country: str) -> _AcledName:
    rest, unit = " ".join(name.split()), None
    years = _YEARS.search(rest)
    if years is not None:
        unit = rest[years.end() :].strip() or None
        rest = rest[: years.start()].strip()
    places: list[str] = []
    while (bracket := _BRACKETED.search(rest)) is not None and [*_code(bracket[1])]:
        places.append(bracket[1])
        rest = rest[: bracket.start()]
    acronym = _ACRONYM.fullmatch(rest)
    told = [*places, *(_SEPARATOR.split(country) if country else ())]
    return _AcledName(
        acronym[2] if acronym else rest,
        acronym[1] if acronym else None,
        tuple(dict.fromkeys(code for place in told for code in _code(place))),
        int(years[1]) if years else None,
        int(years[2]) if years and years[2] else None,
        unit,
    )


def _kind_of(told: str, base: str) -> ActorKind:
    """The kind of an actor by ACLED's type, or by its name where the type is not told."""
    if told in _ACLED_KINDS:
        return _ACLED_KINDS[told]
    if re.search(r"\b(?:Communal|Ethnic|Clan|Tribal) (?:Militia|Group)\b", base):
        return ActorKind.COMMUNAL_GROUP
    if base.endswith("Militia"):
        return ActorKind.MILITIA
    return ActorKind.CARTEL if base.endswith("Cartel") else ActorKind.ARMED_GROUP
