"""Decisions about agreements in words, for the terminal and for pages."""

from __future__ import annotations

from casus.casebook.pacts.checking import decoded_undertakings
from casus.casebook.pacts.records import PactDecision, PactDecisionKind, PactField, Undertaking

_LABELS = {PactField.AGREED_ON: "day"}


def decision_words(decision: PactDecision) -> str:
    """What was decided."""
    numbers = ", ".join(map(str, decision.about))
    match decision.kind:
        case PactDecisionKind.ADD:
            return "entered it by hand"
        case PactDecisionKind.CORRECT:
            field = decision.field or PactField.NAME
            now, was = (value_words(field, value) for value in (decision.value, decision.seen))
            return f"set the {field_label(field)} to {now}, where it said {was}"
        case PactDecisionKind.JOIN:
            return f"joined the entries of {numbers} as one agreement"
        case PactDecisionKind.PART:
            return f"parted {numbers}: of another agreement"
        case PactDecisionKind.REJECT:
            return "rejected it: no such agreement"


def field_label(field: PactField) -> str:
    """A field of an entry in words."""
    return _LABELS.get(field, str(field))


def value_words(field: PactField, value: object) -> str:
    """A value of a field in words; unknown is not nothing."""
    if field is PactField.COMMITMENTS:
        return "; ".join(undertaking_words(one) for one in decoded_undertakings(value)) or "no commitments"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "nobody"
    return "unknown" if value is None else str(value)


def undertaking_words(one: Undertaking) -> str:
    """A commitment on a line, as `casus agreements add` takes it."""
    return f"{one.by}: {one.text}" + (f" until {one.deadline}" if one.deadline else "")
