"""Decisions as the API takes them."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException

from casus.casebook.book import Casebook
from casus.casebook.claims_by_hand import CLAIM_KINDS
from casus.casebook.correcting import checked_value
from casus.casebook.records import DecisionKind, NewDecision
from casus.errors import CasebookError
from casus.web.access import Person, Right
from casus.web.api.wire import DecisionIn

_RIGHTS = {DecisionKind.MERGE: Right.LINK, DecisionKind.SPLIT: Right.LINK}
_NEEDS_REASON = frozenset(
    {
        DecisionKind.CORRECT,
        DecisionKind.REJECT,
        DecisionKind.MERGE,
        DecisionKind.SPLIT,
        DecisionKind.CORRECT_CLAIM,
        DecisionKind.RETRACT_CLAIM,
    }
)
_NEEDS_VALUE = frozenset({DecisionKind.WITHHOLD, DecisionKind.COMMENT})
_LONGEST_VALUE = 10_000


def required_right(person: Person, wished: DecisionIn) -> None:
    """403 where somebody may not make such a decision."""
    right = _RIGHTS.get(wished.kind, Right.REVIEW)
    if not person.may(right):
        raise HTTPException(403, f"your role ({person.role}) may not {wished.kind}")


def new_decision(person: Person, wished: DecisionIn) -> NewDecision:
    """What somebody wishes to decide, checked; raises `CasebookError`."""
    reason = _plain("reason", wished.reason)
    if wished.kind in _NEEDS_REASON and not reason:
        raise CasebookError("say why: the reason stays in the history")
    value: Any = wished.value
    if wished.kind is DecisionKind.CORRECT:
        value = checked_value(wished.field or "", _plain("value", _as_text(value)))
    elif wished.kind in _NEEDS_VALUE | {DecisionKind.ASSIGN}:
        value = _plain("value", _as_text(value)) or None
        if value is None and wished.kind in _NEEDS_VALUE:
            raise CasebookError(f"{wished.kind}: give a value")
    elif wished.kind not in CLAIM_KINDS:
        value = None
    return NewDecision(
        kind=wished.kind,
        by=person.name,
        reason=reason,
        field=wished.field,
        value=value,
        others=tuple(wished.others),
        keys=tuple(wished.keys),
    )


def decide(
    book: Casebook, person: Person, event_id: str, wished: DecisionIn, expected: int | None
) -> tuple[int, str]:
    """Make a decision; gives its number and the id that the event then has.

    Raises `StaleRecord` where the event is not at the revision that was `expected`.
    """
    event = book.decide(event_id, new_decision(person, wished), expected)
    made = [
        one.number for one in book.decisions(event.id) if (one.by, one.kind) == (person.name, wished.kind)
    ]
    return max(made), event.id


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_as_text(one) for one in value)
    if isinstance(value, bool | dict):
        raise CasebookError(f"{value!r}: give the value as text")
    return str(value)


def _plain(what: str, text: str) -> str:
    """A text that a database can keep; raises `CasebookError`."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise CasebookError(f"{what}: it has characters that are none")
    if len(text) > _LONGEST_VALUE:
        raise CasebookError(f"{what}: give at most {_LONGEST_VALUE} characters")
    return text.strip()
