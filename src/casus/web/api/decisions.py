"""Decisions: what was decided last, and taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query

from casus.casebook.records import Decision
from casus.web.access import Reader, Reviewer, Right
from casus.web.api.answers import PROBLEMS
from casus.web.api.wire import DecisionsOut, WithdrawIn
from casus.web.privacy import visible_of_event
from casus.web.workbench import Bench

router = APIRouter(prefix="/decisions", tags=["decisions"], responses=PROBLEMS)

Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("")
def latest(
    bench: Bench,
    person: Reader,
    by: Annotated[str | None, Query(max_length=200, description="Only what this person decided.")] = None,
    before: Annotated[int | None, Query(ge=1, le=2**53, description="Only with a lower number.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> DecisionsOut:
    """Decisions about all events, the latest first."""
    decisions = bench.book.latest_decisions(by=by, before=before, limit=limit)
    withheld = bench.book.withheld()
    return DecisionsOut(decisions=[visible_of_event(person, one, one.keys, withheld) for one in decisions])


@router.post("/{number}/withdraw")
def withdraw(bench: Bench, person: Reviewer, number: Number, why: WithdrawIn) -> Decision:
    """Take a decision back; it stays in the history.  What others decided takes an editor."""
    made = bench.book.decision(number)
    if made.by != person.name and not person.may(Right.UNDO_OTHERS):
        raise HTTPException(403, f"{made.by} decided that: it takes an editor to take it back")
    return bench.book.withdraw(number, by=person.name, reason=why.reason.strip() or "taken back")
