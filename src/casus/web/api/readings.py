"""Texts are read without being kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from casus.casebook.known import Beside
from casus.output.record import ReadingRecord, reading_record
from casus.web.access import Person, Right, person_with
from casus.web.api.documented import errors
from casus.web.api.texts import ReadIn
from casus.web.workbench import Bench

router = APIRouter(tags=["reports"])
Adder = Annotated[Person, Depends(person_with(Right.ADD))]


class CopyOut(BaseModel):
    """A report of the casebook with most of the same words."""

    hash: str
    title: str | None
    publisher: str | None
    share: float = Field(description="The share of words in common, 0 to 1.")


class ReadOut(BaseModel):
    """What Casus reads in a text, and what the casebook has of it already."""

    reading: ReadingRecord
    known: str | None = Field(description="The hash of the same report, where the casebook has it.")
    copies: list[CopyOut]
    why_no_event: str | None = Field(description="Why no event was read, where none was.")


@router.post(
    "/readings",
    summary="Read a text without keeping it",
    responses=errors(413, 502, 503),
    response_model=ReadOut,
)
def read(wanted: ReadIn, bench: Bench, person: Adder) -> Any:  # noqa: ARG001
    """The events, claims, agreements and statistics of a text, a page or an address, with their evidence."""
    single = wanted.fetched(is_private_allowed=bench.options.allow_private)
    found = bench.reading.read(single)
    beside = bench.book.beside(found.reading.report)
    return ReadOut(
        reading=reading_record(found.reading),
        known=beside.same.hash if beside.same else None,
        copies=copies_of(beside),
        why_no_event=found.why_no_event,
    )


def copies_of(beside: Beside) -> list[CopyOut]:
    """The copies that a casebook has of a report."""
    return [
        CopyOut(
            hash=copy.report.hash,
            title=copy.report.title,
            publisher=copy.report.publisher,
            share=copy.share,
        )
        for copy in beside.copies[:20]
    ]
