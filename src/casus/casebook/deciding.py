"""What people decide about events, as rows that are added and taken back, never changed.

A decision is about reported events, so that it holds whatever event they come to be linked to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.claim_fields import checked_claim, checked_fields, new_claim
from casus.casebook.claims_by_hand import CLAIM_KINDS
from casus.casebook.coding import encoded
from casus.casebook.correcting import field_value, summary_of
from casus.casebook.decision_rows import decision_of
from casus.casebook.linking import relink
from casus.casebook.reconciling import reconcile
from casus.casebook.records import Decision, DecisionKind, NewDecision
from casus.casebook.tellings import accounts_of
from casus.errors import CasebookError, NotInCasebook

_MOST_SHOWN = 5


def event_id_of(connection: Connection, given: str) -> str:
    """The id of the event that an id, or the beginning of one, means now; raises `NotInCasebook`."""
    query = sa.select(t.event.c.id, t.event.c.ended_at, t.event.c.successor)
    rows = connection.execute(query.where(t.event.c.id == given)).all()
    if not rows:
        starts = t.event.c.id.startswith(given, autoescape=True)
        rows = connection.execute(query.where(starts, t.event.c.ended_at.is_(None)).limit(_MOST_SHOWN)).all()
    if not rows:
        raise NotInCasebook(f"no event {given!r} in this casebook: 'casus events' lists them")
    if len(rows) > 1:
        shown = ", ".join(row.id for row in rows)
        raise NotInCasebook(f"{given!r} begins the ids of several events ({shown}): give more of it")
    row = rows[0]
    seen = {row.id}
    while row.ended_at is not None:
        following = None
        if row.successor is not None and row.successor not in seen:
            following = connection.execute(query.where(t.event.c.id == row.successor)).first()
        if following is None:
            raise NotInCasebook(f"the event {given} has no account left: it was read anew and not found")
        row = following
        seen.add(row.id)
    return str(row.id)


def decide(
    connection: Connection, event_id: str, new: NewDecision, now: datetime
) -> tuple[str, tuple[str, ...]]:
    """Note a decision; gives the id that the event then has, and the events that changed.

    Raises `CasebookError` where the decision can't be made, `NotInCasebook` for unknown ids.
    """
    found = event_id_of(connection, event_id)
    keys = _keys_of(connection, [found])
    apart: tuple[str, ...] = ()
    seen: object = None
    if new.kind is DecisionKind.MERGE:
        ids = [event_id_of(connection, other) for other in new.others]
        if not set(ids) - {found}:
            raise CasebookError("nothing to merge: name at least two different events")
        keys = _keys_of(connection, [found, *ids])
    elif new.kind is DecisionKind.SPLIT:
        apart = _parted(found, keys, new.keys)
        keys = [key for key in keys if key not in apart]
        new = replace(new, value=list(apart))
    elif new.kind in (DecisionKind.CORRECT, DecisionKind.CONFIRM):
        event = reconcile(found, accounts_of(connection, [found])[found])
        is_whole = new.kind is DecisionKind.CONFIRM
        seen = summary_of(event) if is_whole else field_value(event, new.field or "")
    elif new.kind in CLAIM_KINDS:
        new, keys, seen = _about_a_claim(connection, found, new)
    number = _note(connection, new, keys, seen, now)
    about = sorted({*keys, *apart})
    connection.execute(sa.insert(t.decision_key), [{"key": key, "decision": number} for key in about])
    changed: tuple[str, ...] = (found,)
    if new.kind in (DecisionKind.MERGE, DecisionKind.SPLIT):
        changed = relink(connection, about, now)
    return _event_with(connection, keys[0]), changed


def _parted(event_id: str, keys: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The accounts to part from an event, checked."""
    unknown = sorted(set(wanted) - set(keys))
    if unknown:
        raise NotInCasebook(f"{event_id} has no account {unknown[0]}: it has {', '.join(keys)}")
    if not wanted or set(wanted) == set(keys):
        raise CasebookError(f"nothing to split: name some of the accounts of {event_id}, and not all")
    return tuple(sorted(set(wanted)))


def _about_a_claim(
    connection: Connection, event_id: str, new: NewDecision
) -> tuple[NewDecision, list[str], object]:
    """A decision about a claim, checked: with the account that it is about, and the claim as it was."""
    accounts = accounts_of(connection, [event_id])[event_id]
    if new.kind is DecisionKind.ADD_CLAIM:
        one = next((one for one in accounts if (one.key,) == new.keys), None)
        if one is None:
            known = ", ".join(account.key for account in accounts)
            raise NotInCasebook(f"name the one account of {event_id} that makes the claim: {known}")
        added = new_claim(new.value, _length_of(connection, one.report.number))
        return replace(new, value=encoded(added)), [one.key], None
    number, changes = _claim_and_changes(new)
    for one in accounts:
        for own, claim in one.claims:
            if own == number:
                if changes is None:
                    return replace(new, value=number), [one.key], encoded(claim)
                checked_claim(claim, changes, _length_of(connection, one.report.number))
                return replace(new, value={"claim": number, **changes}), [one.key], encoded(claim)
    raise NotInCasebook(f"{event_id} has no claim {number}")


def _claim_and_changes(new: NewDecision) -> tuple[int, dict[str, object] | None]:
    """The number of the claim that a decision is about, and the fields that it changes."""
    value = new.value
    is_correction = new.kind is DecisionKind.CORRECT_CLAIM
    given = value.get("claim") if is_correction and isinstance(value, Mapping) else value
    if (
        isinstance(given, bool)
        or not isinstance(given, int | str)
        or not re.fullmatch(r"-?\d{1,15}", str(given))
    ):
        raise CasebookError(f"{given!r} is no number of a claim")
    if not is_correction:
        return int(given), None
    fields = dict(value) if isinstance(value, Mapping) else {}
    changes = checked_fields({name: one for name, one in fields.items() if name != "claim"})
    if not changes:
        raise CasebookError("nothing to correct: give the fields of the claim that change")
    return int(given), changes


def _length_of(connection: Connection, report: int) -> int:
    text = connection.scalar(sa.select(t.report.c.text).where(t.report.c.number == report))
    return len(text or "")


def withdraw(
    connection: Connection, number: int, *, by: str, reason: str, now: datetime
) -> tuple[Decision, tuple[str, ...]]:
    """Take a decision back; gives it and the events that changed."""
    query = sa.select(t.decision).where(t.decision.c.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise NotInCasebook(f"no decision {number} in this casebook: 'casus history EVENT' lists them")
    if row.withdrawn_at is not None:
        raise CasebookError(f"decision {number} was taken back before, by {row.withdrawn_by}")
    connection.execute(
        sa.update(t.decision)
        .where(t.decision.c.number == number)
        .values(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason)
    )
    keys = list(
        connection.scalars(sa.select(t.decision_key.c.key).where(t.decision_key.c.decision == number))
    )
    decision = decision_of(connection.execute(query).one())
    if decision.kind in (DecisionKind.MERGE, DecisionKind.SPLIT):
        return decision, relink(connection, keys, now)
    return decision, tuple(sorted({_event_with(connection, key) for key in keys}))


def events_about(connection: Connection, number: int) -> tuple[str, ...]:
    """The events that a decision is about, as they are now."""
    keys = sa.select(t.decision_key.c.key).where(t.decision_key.c.decision == number)
    query = sa.select(t.link.c.event).where(t.link.c.key.in_(keys), t.link.c.until.is_(None))
    return tuple(sorted(set(connection.scalars(query))))


def all_about(connection: Connection, keys: Iterable[str]) -> tuple[Decision, ...]:
    """All decisions about some accounts, those taken back among them, in their order."""
    found: dict[int, Decision] = {}
    for some in chunks(sorted(set(keys))):
        numbers = sa.select(t.decision_key.c.decision).where(t.decision_key.c.key.in_(some))
        for row in connection.execute(sa.select(t.decision).where(t.decision.c.number.in_(numbers))):
            found[row.number] = decision_of(row)
    return tuple(found[number] for number in sorted(found))


def one(connection: Connection, number: int) -> Decision:
    """A decision by its number; raises `NotInCasebook`."""
    row = connection.execute(sa.select(t.decision).where(t.decision.c.number == number)).first()
    if row is None:
        raise NotInCasebook(f"no decision {number} in this casebook: 'casus history EVENT' lists them")
    return decision_of(row)


def latest(
    connection: Connection, *, by: str | None = None, before: int | None = None, limit: int
) -> tuple[Decision, ...]:
    """The latest decisions about all events, of one person and before a number where that is asked."""
    query = sa.select(t.decision).order_by(t.decision.c.number.desc()).limit(limit)
    if by is not None:
        query = query.where(t.decision.c.by == by)
    if before is not None:
        query = query.where(t.decision.c.number < before)
    return tuple(decision_of(row) for row in connection.execute(query))


def _keys_of(connection: Connection, ids: Sequence[str]) -> list[str]:
    query = sa.select(t.link.c.key).where(t.link.c.event.in_(ids), t.link.c.until.is_(None))
    return sorted(connection.scalars(query))


def _event_with(connection: Connection, key: str) -> str:
    query = sa.select(t.link.c.event).where(t.link.c.key == key, t.link.c.until.is_(None))
    return str(connection.scalar(query))


def _note(connection: Connection, new: NewDecision, keys: Sequence[str], seen: object, now: datetime) -> int:
    row = {
        "kind": new.kind,
        "keys": list(keys),
        "field": new.field,
        "value": new.value,
        "seen": seen,
        "reason": new.reason,
        "by": new.by,
        "at": now,
    }
    return int(connection.scalar(sa.insert(t.decision).returning(t.decision.c.number), row) or 0)
