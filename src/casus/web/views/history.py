"""Decisions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casus.casebook.decision_wording import about_claim_words, value_words
from casus.casebook.records import Decision, DecisionKind
from casus.web.access import Person, Right


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision in words; `can_undo` says that the one who looks may take it back."""

    number: int
    words: str
    reason: str
    by: str
    at: datetime
    kind: DecisionKind
    can_undo: bool
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


def entries_of(decisions: Sequence[Decision], person: Person) -> tuple[Entry, ...]:
    """The history of an event, the latest first."""
    return tuple(
        Entry(
            one.number,
            decision_words(one),
            one.reason,
            one.by,
            one.at,
            one.kind,
            _can_undo(one, person),
            one.withdrawn_at,
            one.withdrawn_by,
            one.withdrawn_reason,
        )
        for one in reversed(decisions)
    )


def _can_undo(decision: Decision, person: Person) -> bool:
    if decision.withdrawn_at is not None or not person.may(Right.REVIEW):
        return False
    return decision.by == person.name or person.may(Right.UNDO_OTHERS)


def decision_words(decision: Decision) -> str:
    """What was decided."""
    value = decision.value
    match decision.kind:
        case DecisionKind.CONFIRM:
            return "confirmed the event as it stands"
        case DecisionKind.CORRECT:
            was = value_words(decision.seen)
            field = field_label(decision.field or "")
            return f"set {field} to {value_words(value)}, where the accounts said {was}"
        case DecisionKind.MERGE:
            return f"put {len(decision.keys)} accounts together as one event"
        case DecisionKind.SPLIT:
            return f"parted {value_words(value)} from the event"
        case DecisionKind.REJECT:
            return "rejected it: no such event"
        case DecisionKind.WITHHOLD:
            return f"withheld the name {value_words(value)}"
        case DecisionKind.ASSIGN:
            return f"gave it to {value}" if value else "gave it to nobody"
        case DecisionKind.COMMENT:
            return f"noted: {value}"
        case DecisionKind.ADD_CLAIM | DecisionKind.CORRECT_CLAIM | DecisionKind.RETRACT_CLAIM:
            return about_claim_words(decision) or ""


def field_label(field: str) -> str:
    """A field's name in words: killed.civilians.best is "killed civilians, best"."""
    harm, _, rest = field.partition(".")
    category, _, figure = rest.partition(".")
    return f"{harm} {category.replace('_', ' ')}, {figure}" if figure else _LABELS.get(field, field)


_LABELS = {
    "type": "type of event",
    "start": "first day",
    "end": "last day",
    "adm1": "first-order unit",
    "adm2": "second-order unit",
    "precision": "precision of the place",
}
