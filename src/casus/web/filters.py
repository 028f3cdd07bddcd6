"""What the address of a page asks of events: one filter that drives every view of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Request

from casus.casebook.records import EventFilter, Grade, Waiting
from casus.model import EventType, Harm
from casus.web.access import Person, Right

ME, NOBODY = "@me", "@nobody"
"""Who asks, and nobody, as an assignee."""

_LONGEST = 200
Choice = TypeVar("Choice", bound=StrEnum)


class Status(StrEnum):
    """How far people are with an event."""

    WAITING = "waiting"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    CONTESTED = "contested"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of events; None asks for nothing.  Days are inclusive.

    `errors` says of each value that could not be understood what is wrong with it, by the name
    of its field; such a value asks for nothing, and `typed` keeps it to be corrected.
    """

    since: date | None = None
    until: date | None = None
    country: str | None = None
    adm1: str | None = None
    text: str | None = None
    actor: str | None = None
    place: str | None = None
    type: EventType | None = None
    harm: Harm | None = None
    grade: Grade | None = None
    status: Status | None = None
    waits_for: Waiting | None = None
    assignee: str | None = None
    actor_id: str | None = None
    geonames_id: int | None = None
    typed: tuple[tuple[str, str], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The filter in a query string."""
        values: dict[str, Any] = {}
        typed: dict[str, str] = {}
        errors: dict[str, str] = {}
        for name, read in _READERS.items():
            text = query.get(name, "").strip()
            if not text:
                continue
            try:
                values[name] = read(text)
            except ValueError as error:
                typed[name], errors[name] = text[:_LONGEST], str(error)
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            typed["until"], errors["until"] = str(values.pop("until")), "the last day is before the first"
        return cls(**values, typed=tuple(typed.items()), errors=tuple(errors.items()))

    def wanted(self, person: Person) -> EventFilter:
        """The same for the casebook, as somebody may ask it."""
        assignee = person.name if self.assignee == ME else self.assignee
        return EventFilter(
            since=self.since,
            until=self.until,
            country=self.country,
            adm1=self.adm1,
            text=self.text,
            actor=self.actor,
            place=self.place,
            event_type=self.type,
            harm=self.harm,
            grade=self.grade,
            is_waiting=True if self.status is Status.WAITING else None,
            is_reviewed={Status.REVIEWED: True, Status.UNREVIEWED: False}.get(self.status or Status.WAITING),
            is_contested=True if self.status is Status.CONTESTED else None,
            is_rejected_only=self.status is Status.REJECTED,
            waits_for=self.waits_for,
            assignee=None if assignee == NOBODY else assignee,
            is_assigned=False if assignee == NOBODY else None,
            actor_id=self.actor_id,
            geonames_id=self.geonames_id,
            sees_withheld=person.may(Right.SEE_WITHHELD),
        )

    def values(self) -> dict[str, str]:
        """What is asked, by the names of the fields, as addresses write it."""
        known = {name: getattr(self, name) for name in NAMES}
        return {name: str(value) for name, value in known.items() if value is not None}

    def query(self, **changes: object) -> str:
        """The query string of this filter with some values changed or added; None takes one out."""
        return query_of({**self.values(), **changes})

    def field_value(self, name: str) -> str:
        """What stands in a field: what is asked, or what was typed and not understood."""
        return dict(self.typed).get(name) or self.values().get(name, "")

    def error_of(self, name: str) -> str | None:
        """What is wrong with what was typed into a field."""
        return dict(self.errors).get(name)

    @property
    def is_empty(self) -> bool:
        """Whether all events are asked for."""
        return not self.values()


def query_of(values: Mapping[str, object]) -> str:
    """A query string of the values that say something, "" for none; tuples give a name several times."""
    known = {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in values.items()
        if value is not None and value not in ("", ())
    }
    return f"?{urlencode(known, doseq=True)}" if known else ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("write a day as 2024-03-31") from None


def _country(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise ValueError("give a country by its two letters, such as NE")
    return text.upper()


def _name(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"give at most {_LONGEST} characters")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("it has characters that are none")
    return text


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise ValueError("give a whole number")
    return int(text)


def _choice(kind: type[Choice], text: str) -> Choice:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"there is no such choice: {', '.join(kind)}") from None


_READERS: dict[str, Callable[[str], object]] = {
    "since": _day,
    "until": _day,
    "country": _country,
    "adm1": _name,
    "text": _name,
    "actor": _name,
    "place": _name,
    "type": partial(_choice, EventType),
    "harm": partial(_choice, Harm),
    "grade": partial(_choice, Grade),
    "status": partial(_choice, Status),
    "waits_for": partial(_choice, Waiting),
    "assignee": _name,
    "actor_id": _name,
    "geonames_id": _number,
}
NAMES: tuple[str, ...] = tuple(one.name for one in fields(Filters) if one.name in _READERS)
"""The fields that addresses name."""


def filters_of(request: Request) -> Filters:
    """The filter that a page is asked for with."""
    return Filters.of(request.query_params)


Asked = Annotated[Filters, Depends(filters_of)]
