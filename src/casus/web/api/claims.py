"""Claims: who says what, over all reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from casus.casebook.browsing.claims import ClaimRow
from casus.casebook.withholding import Withheld
from casus.model import Claim, ClaimKind
from casus.web.access import Person, Reader
from casus.web.api.documented import Limit, errors
from casus.web.privacy import visible_in_report
from casus.web.workbench import Bench

router = APIRouter(prefix="/claims", tags=["reports"])


class ListedClaim(BaseModel):
    """A claim as it was read, with its words; what people corrected by hand is in an event's accounts."""

    number: int
    report: str = Field(description="The hash of the report that it stands in.")
    key: str | None = Field(description="The account that it is about.")
    event: str | None = Field(description="The event that this account is part of now.")
    claim: Claim
    words: str


class ClaimsOut(BaseModel):
    """Some claims by their numbers; `next_after` asks for those that follow, null at the end."""

    claims: list[ListedClaim]
    next_after: int | None


@router.get("", summary="List claims", responses=errors())
def list_claims(
    *,
    bench: Bench,
    person: Reader,
    kind: ClaimKind | None = None,
    after: Annotated[int, Query(ge=0, le=2**53, description="Only with a higher number.")] = 0,
    limit: Limit = 100,
) -> ClaimsOut:
    """Who says what in which report, with the words and the event that it is about."""
    rows = bench.book.browse.claims(after, limit, kind)
    withheld = bench.book.withheld()
    return ClaimsOut(
        claims=[_out(person, row, withheld) for row in rows],
        next_after=rows[-1].number if len(rows) == limit else None,
    )


def _out(person: Person, row: ClaimRow, withheld: Withheld) -> ListedClaim:
    claim, words = visible_in_report(person, (row.claim, row.words), row.report, withheld)
    return ListedClaim(
        number=row.number, report=row.report, key=row.key, event=row.event, claim=claim, words=words
    )
