"""What people decide about agreements, as rows that are added and taken back, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import AgreementRow
from casus.casebook.pacts.checking import checked_value, encoded_pact, new_pact
from casus.casebook.pacts.decision_rows import decision_numbered
from casus.casebook.pacts.entries import Register, field_of, numbers_of, register_of
from casus.casebook.pacts.records import (
    NewPactDecision,
    PactByHand,
    PactDecision,
    PactDecisionKind,
    PactField,
)
from casus.errors import CasebookError, NotInCasebook, StaleRecord

_Checked = tuple[list[int], object, object]
"""What a decision is about, its value, and what stands there now."""


def decide(
    connection: Connection, new: NewPactDecision, now: datetime, expected_revision: int | None = None
) -> tuple[int, int]:
    """Note a decision; gives its number, and the number of a telling or agreement that it is about.

    Raises `CasebookError` where it can't be made, `NotInCasebook` for unknown numbers, and
    `StaleRecord` where the first entry's revision is another than the one that is expected.
    """
    if not new.reason.strip():
        raise CasebookError("say why: the reason stays in the history")
    if new.kind is PactDecisionKind.ADD:
        added = _entered(connection, new_pact(new.value))
        return _note(connection, new, ([added], None, None), now), added
    register = register_of(connection)
    entries = _entries(register, new.about)
    _require_revision(entries[0], expected_revision)
    checked = _checked(new, entries)
    return _note(connection, new, checked, now), checked[0][0]


def withdraw(connection: Connection, number: int, *, by: str, reason: str, now: datetime) -> PactDecision:
    """Take a decision back; raises `NotInCasebook`, and `CasebookError` where it is taken back already."""
    decision = decision_numbered(connection, number)
    if decision.withdrawn_at is not None:
        raise CasebookError(f"decision {number} was taken back already, by {decision.withdrawn_by}")
    connection.execute(
        sa.update(t.agreement_decision)
        .where(t.agreement_decision.c.number == number)
        .values(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason)
    )
    return decision_numbered(connection, number)


def entry_of(register: Register, number: int) -> AgreementRow:
    """The entry that a number is of, rejected ones among them; raises `NotInCasebook`."""
    row = register.row_with(number)
    if row is None:
        raise NotInCasebook(f"no agreement {number} in this casebook: 'casus agreements list' lists them")
    return row


def history_of(register: Register, number: int) -> tuple[PactDecision, ...]:
    """All decisions about an entry, or about an agreement by hand that was taken back; in their order.

    Raises `NotInCasebook`.
    """
    row = register.row_with(number)
    about = register.about((number,) if row is None else numbers_of(row))
    if row is None and not about:
        entry_of(register, number)
    return about


def _entries(register: Register, about: Sequence[int]) -> list[AgreementRow]:
    if not about:
        raise CasebookError("say which agreement is meant, by its number")
    found = {row.number: row for row in (entry_of(register, number) for number in about)}
    rejected = next((row for row in found.values() if row.is_rejected), None)
    if rejected is not None:
        raise CasebookError(f"agreement {rejected.number} was rejected: take that decision back first")
    return list(found.values())


def _require_revision(row: AgreementRow, expected: int | None) -> None:
    if expected is not None and row.revision != expected:
        raise StaleRecord(f"somebody decided about agreement {row.number} meanwhile: look at it again", row)


def _checked(new: NewPactDecision, entries: Sequence[AgreementRow]) -> _Checked:
    """What a decision is about, its value, and what the entry says now."""
    numbers = [number for row in entries for number in numbers_of(row)]
    match new.kind:
        case PactDecisionKind.JOIN:
            if len(entries) < 2:
                raise CasebookError("nothing to join: name two agreements or more that are one")
            return numbers, None, None
        case PactDecisionKind.PART:
            return _apart(new, _only(entries)), None, None
        case PactDecisionKind.CORRECT:
            row, value = _only(entries), checked_value(new.field, new.value)
            seen = field_of(row, PactField(new.field or ""))
            if seen == value:
                raise CasebookError(f"nothing to correct: the {new.field} is that already")
            return numbers, value, _computed(row, PactField(new.field or ""), seen)
        case _:
            _only(entries)
            return numbers, None, None


def _computed(row: AgreementRow, field: PactField, seen: object) -> object:
    """What reports, or who entered it, say in a field, under the corrections."""
    return next((one.computed for one in row.corrections if one.field is field), seen)


def _only(entries: Sequence[AgreementRow]) -> AgreementRow:
    if len(entries) > 1:
        raise CasebookError("name one agreement: these are of several")
    return entries[0]


def _apart(new: NewPactDecision, row: AgreementRow) -> list[int]:
    """The tellings to part from an entry, by the numbers of now."""
    known = numbers_of(row)
    unknown = sorted(set(new.about) - set(known))
    if unknown:
        raise NotInCasebook(
            f"agreement {row.number} has no telling {unknown[0]}: it has {', '.join(map(str, known))}"
        )
    if set(new.about) == set(known):
        raise CasebookError(f"nothing to part: name some of the tellings of agreement {row.number}, not all")
    return sorted(set(new.about))


def _entered(connection: Connection, pact: PactByHand) -> int:
    row = {"reading": None, "record": encoded_pact(pact)}
    return int(connection.scalar(sa.insert(t.agreement).returning(t.agreement.c.number), row) or 0)


def _note(connection: Connection, new: NewPactDecision, checked: _Checked, now: datetime) -> int:
    about, value, seen = checked
    row = {
        "kind": new.kind,
        "about": list(about),
        "field": new.field if new.kind is PactDecisionKind.CORRECT else None,
        "value": value,
        "seen": seen,
        "reason": new.reason.strip(),
        "by": new.by,
        "at": now,
    }
    number = t.agreement_decision.c.number
    return int(connection.scalar(sa.insert(t.agreement_decision).returning(number), row) or 0)
