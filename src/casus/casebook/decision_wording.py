"""Decisions about claims in words, for the terminal and for pages."""

from __future__ import annotations

from collections.abc import Mapping

from casus.casebook.claims_by_hand import claim_number
from casus.casebook.coding import decoded_claim
from casus.casebook.records import Decision, DecisionKind
from casus.output.wording import claim_words, speaker_words, words_of


def value_words(value: object) -> str:
    """A value of a field in words; unknown is not nothing."""
    if value is None or value in ("", []):
        return "unknown"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def about_claim_words(decision: Decision) -> str | None:
    """What a decision about a claim does, None for a decision about something else."""
    match decision.kind:
        case DecisionKind.ADD_CLAIM:
            return f"added a claim: {_said(decision.value)}"
        case DecisionKind.CORRECT_CLAIM:
            number = claim_number(decision)
            return f"corrected claim {number} ({_said(decision.seen)}): {_changes(decision.value)}"
        case DecisionKind.RETRACT_CLAIM:
            return f"retracted claim {claim_number(decision)}: {_said(decision.seen)}"
        case _:
            return None


def _said(value: object) -> str:
    if not isinstance(value, Mapping):
        return "unknown"
    claim = decoded_claim(value)
    return f"{claim_words(claim) or words_of(claim.kind)}, says {speaker_words(claim.speaker)}"


def _changes(value: object) -> str:
    fields = value.items() if isinstance(value, Mapping) else ()
    changed = (
        f"{name.removesuffix('_char')} {value_words(given)}" for name, given in fields if name != "claim"
    )
    return ", ".join(changed)
