"""Decisions about agreements in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casus.casebook.pacts.records import PactDecision
from casus.casebook.pacts.wording import decision_words
from casus.web.access import Person, Right


@dataclass(frozen=True, slots=True)
class PactEntry:
    """A decision in words; `can_undo` says that the one who looks may take it back."""

    number: int
    words: str
    reason: str
    by: str
    at: datetime
    can_undo: bool
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


def pact_entries(decisions: Sequence[PactDecision], person: Person) -> tuple[PactEntry, ...]:
    """The history of an agreement, the latest first."""
    return tuple(
        PactEntry(
            one.number,
            decision_words(one),
            one.reason,
            one.by,
            one.at,
            _can_undo(one, person),
            one.withdrawn_at,
            one.withdrawn_by,
            one.withdrawn_reason,
        )
        for one in reversed(decisions)
    )


def _can_undo(decision: PactDecision, person: Person) -> bool:
    if decision.withdrawn_at is not None or not person.may(Right.REVIEW):
        return False
    return decision.by == person.name or person.may(Right.UNDO_OTHERS)
