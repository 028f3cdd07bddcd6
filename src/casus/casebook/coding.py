"""The records of a reading and of an event as JSON values, and back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from casus.casebook.records import Event
from casus.model import Agreement, Claim, Issue, ReportedEvent, Statistic

_REPORTED_EVENT = TypeAdapter(ReportedEvent)
_CLAIM = TypeAdapter(Claim)
_AGREEMENT = TypeAdapter(Agreement)
_STATISTIC = TypeAdapter(Statistic)
_ISSUE = TypeAdapter(Issue)
_EVENT = TypeAdapter(Event)


def json_text(column: sa.Column[Any]) -> sa.Label[str]:
    """A column of JSON as text under its own name: records are read from it twice as fast."""
    return sa.cast(column, sa.Text).label(column.name)


def encoded(record: ReportedEvent | Claim | Agreement | Statistic | Issue | Event) -> Any:
    """A record as values that JSON has."""
    match record:
        case ReportedEvent():
            return _REPORTED_EVENT.dump_python(record, mode="json")
        case Claim():
            return _CLAIM.dump_python(record, mode="json")
        case Agreement():
            return _AGREEMENT.dump_python(record, mode="json")
        case Statistic():
            return _STATISTIC.dump_python(record, mode="json")
        case Issue():
            return _ISSUE.dump_python(record, mode="json")
        case Event():
            return _EVENT.dump_python(record, mode="json")


def decoded_reported_event(value: object) -> ReportedEvent:
    """The reported event that `encoded` wrote, from its values or from JSON text."""
    return (
        _REPORTED_EVENT.validate_json(value)
        if isinstance(value, str)
        else _REPORTED_EVENT.validate_python(value)
    )


def decoded_claim(value: object) -> Claim:
    """The claim that `encoded` wrote, from its values or from JSON text."""
    return _CLAIM.validate_json(value) if isinstance(value, str) else _CLAIM.validate_python(value)


def decoded_event(value: object) -> Event:
    """The event that `encoded` wrote, from its values or from JSON text."""
    return _EVENT.validate_json(value) if isinstance(value, str) else _EVENT.validate_python(value)


def decoded_agreement(value: object) -> Agreement:
    """The agreement that `encoded` wrote, from its values or from JSON text."""
    return _AGREEMENT.validate_json(value) if isinstance(value, str) else _AGREEMENT.validate_python(value)


def decoded_statistic(value: object) -> Statistic:
    """The statistic that `encoded` wrote, from its values or from JSON text."""
    return _STATISTIC.validate_json(value) if isinstance(value, str) else _STATISTIC.validate_python(value)


def decoded_issue(value: object) -> Issue:
    """The issue that `encoded` wrote, from its values."""
    return _ISSUE.validate_python(value)
