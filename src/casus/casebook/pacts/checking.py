"""The fields of an agreement that people fill in, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from pydantic import TypeAdapter

from casus.casebook.features import folded_name
from casus.casebook.pacts.records import PactByHand, PactField, Undertaking
from casus.errors import CasebookError
from casus.model import EventType
from casus.resolving.countries import CountryTable
from casus.sources import tidy

FIELDS = (*PactField, "source")
COMMITMENT_FIELDS = ("by", "text", "deadline", "event_types", "country", "adm1", "target")
LONGEST_TEXT = 500
LONGEST_SOURCE = 2000
_MOST = 50
_TIME = re.compile(r"(?:1[89]|20)\d\d(-\d{2}(-\d{2})?)?")
_PACT = TypeAdapter(PactByHand)
_UNDERTAKING = TypeAdapter(Undertaking)


def encoded_pact(pact: PactByHand) -> object:
    """An agreement by hand as values that JSON has."""
    return _PACT.dump_python(pact, mode="json")


def decoded_pact(value: object) -> PactByHand:
    """The agreement that `encoded_pact` wrote, from its values or from JSON text."""
    return _PACT.validate_json(value) if isinstance(value, str) else _PACT.validate_python(value)


def encoded_undertaking(undertaking: Undertaking) -> object:
    """A commitment as values that JSON has."""
    return _UNDERTAKING.dump_python(undertaking, mode="json")


def decoded_undertakings(value: object) -> tuple[Undertaking, ...]:
    """The commitments of a correction."""
    return tuple(map(_UNDERTAKING.validate_python, value)) if isinstance(value, list | tuple) else ()


def new_pact(given: object) -> PactByHand:
    """The agreement that some fields give; raises `CasebookError` where they give none."""
    fields = _known(given, FIELDS, "an agreement")
    source = _text("source", fields.get("source"), LONGEST_SOURCE)
    if source is None:
        raise CasebookError("say where the agreement stands: the source is an address, or a report")
    name = _text("name", fields.get("name"))
    if name is None:
        raise CasebookError("an agreement needs a name, such as the one that the parties gave it")
    return PactByHand(
        name,
        _parties(fields.get("parties")),
        _time("agreed_on", fields.get("agreed_on")),
        _undertakings(fields.get("commitments")),
        source,
    )


def checked_value(field: str | None, value: object) -> object:
    """A value for a field of an entry, as JSON has it; raises `CasebookError`."""
    match _field(field):
        case PactField.NAME:
            name = _text("name", value)
            if name is None:
                raise CasebookError("an agreement needs a name, such as the one that the parties gave it")
            return name
        case PactField.PARTIES:
            return list(_parties(value))
        case PactField.AGREED_ON:
            return _time("agreed_on", value)
        case PactField.COMMITMENTS:
            return [encoded_undertaking(one) for one in _undertakings(value)]


def _field(given: str | None) -> PactField:
    try:
        return PactField(given or "")
    except ValueError as error:
        raise CasebookError(
            f"{given!r} is no field of an agreement: use one of {', '.join(PactField)}"
        ) from error


def _known(given: object, fields: tuple[str, ...], what: str) -> dict[str, object]:
    if not isinstance(given, Mapping):
        raise CasebookError(f"{what} is given by its fields: {', '.join(fields)}")
    unknown = sorted(set(map(str, given)) - set(fields))
    if unknown:
        raise CasebookError(f"{unknown[0]!r} is no field of {what}: use {', '.join(fields)}")
    return {str(name): value for name, value in given.items()}


def _text(field: str, value: object, longest: int = LONGEST_TEXT) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise CasebookError(f"{field}: give text, not {value!r}")
    told = " ".join(tidy(value).split())
    if len(told) > longest:
        raise CasebookError(f"{field}: give at most {longest} characters")
    return told or None


def _listed(field: str, value: object) -> list[object]:
    if value is None:
        return []
    if isinstance(value, str):
        return [part for part in value.split(";") if part.strip()]
    if not isinstance(value, list | tuple):
        raise CasebookError(f"{field}: give a list")
    if len(value) > _MOST:
        raise CasebookError(f"{field}: give at most {_MOST}")
    return list(value)


def _parties(value: object) -> tuple[str, ...]:
    names = [name for one in _listed("parties", value) if (name := _text("parties", one)) is not None]
    by_key = {folded_name(name): name for name in reversed(names)}
    if not by_key:
        raise CasebookError("an agreement needs its parties: name at least one")
    return tuple(reversed(by_key.values()))


def _time(field: str, value: object) -> str | None:
    told = _text(field, value)
    if told is None:
        return None
    try:
        first = date.fromisoformat((told + "-01-01")[: len("2000-01-01")]) if _TIME.fullmatch(told) else None
    except ValueError:
        first = None
    if first is None:
        raise CasebookError(f"{field}: {told!r} is no day, month or year: use 2020-02-29, 2020-02 or 2020")
    return told


def _undertakings(value: object) -> tuple[Undertaking, ...]:
    if isinstance(value, str):
        raise CasebookError("commitments: give a list, each with by and text")
    return tuple(_undertaking(one) for one in _listed("commitments", value))


def _undertaking(given: object) -> Undertaking:
    if isinstance(given, Undertaking):
        given = encoded_undertaking(given)
    fields = _known(given, COMMITMENT_FIELDS, "a commitment")
    by, text = _text("by", fields.get("by")), _text("text", fields.get("text"))
    if by is None or text is None:
        raise CasebookError("a commitment needs who made it (by) and what was undertaken (text)")
    country = _country(fields.get("country"))
    adm1 = _text("adm1", fields.get("adm1"))
    if adm1 is not None and country is None:
        raise CasebookError(f"{adm1}: a first-order unit needs its country, since names come twice")
    return Undertaking(
        by,
        text,
        _time("deadline", fields.get("deadline")),
        _event_types(fields.get("event_types")),
        country,
        adm1,
        _text("target", fields.get("target")),
    )


def _event_types(value: object) -> tuple[EventType, ...]:
    found = {str(one).strip() for one in _listed("event_types", value)}
    unknown = sorted(found - set(EventType))
    if unknown:
        raise CasebookError(f"{unknown[0]!r} is no type of event: use one of {', '.join(EventType)}")
    return tuple(one for one in EventType if one in found)


def _country(value: object) -> str | None:
    code = _text("country", value)
    if code is None:
        return None
    if CountryTable.load().by_code(code.upper()) is None:
        raise CasebookError(f"{code!r} is no code of a country: use two letters (ISO 3166-1)")
    return code.upper()
