"""Whether anything changed: what open pages ask every other second."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from casus.casebook import states
from casus.web.access import Reader
from casus.web.workbench import Bench

router = APIRouter(tags=["live"])


class PulseOut(BaseModel):
    """Counts up with every change of an event."""

    revision: int


@router.get("/pulse")
def pulse(bench: Bench, person: Reader) -> PulseOut:  # noqa: ARG001
    """The revision of the event that changed last."""
    with bench.book.store.reads() as connection:
        return PulseOut(revision=states.last_revision(connection))
