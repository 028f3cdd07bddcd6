"""Reports: one taken in at once."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from casus.casebook.filing import Sourced, hash_of
from casus.web.access import Person, Right, person_with
from casus.web.api.documented import errors
from casus.web.api.texts import ReadIn
from casus.web.workbench import Bench

router = APIRouter(tags=["reports"])
Adder = Annotated[Person, Depends(person_with(Right.ADD))]


class KeptOut(BaseModel):
    """A report that the casebook has."""

    hash: str
    is_new: bool = Field(description="False where the casebook had it already.")
    events: list[str] = Field(description="The events that it tells of.")


@router.post(
    "/reports",
    status_code=201,
    summary="Read a report and keep it",
    responses={**errors(413, 502, 503), 200: {"model": KeptOut, "description": "It was known already."}},
    response_model=KeptOut,
)
def keep(wanted: ReadIn, response: Response, bench: Bench, person: Adder) -> Any:  # noqa: ARG001
    """A text, a page or an address is read, filed, and linked to the events of the casebook at once.

    For many of them ask for a job (POST /jobs), which does not keep its caller waiting.
    """
    found = bench.reading.read(wanted.fetched(is_private_allowed=bench.options.allow_private))
    origin = wanted.address or wanted.url or "pasted"
    account = bench.book.ingest_batch([Sourced(origin, found.reading)])
    digest = hash_of(found.reading.report)
    events = bench.book.events_told_by([digest]).get(digest, ())
    response.status_code = 201 if account.new else 200
    response.headers["Location"] = f"/api/v1/reports/{digest}"
    return KeptOut(hash=digest, is_new=bool(account.new), events=list(events))
