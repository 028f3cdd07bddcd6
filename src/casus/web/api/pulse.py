"""Whether anything changed: what open pages ask every other second."""

from __future__ import annotations

from fastapi import APIRouter

from casus.casebook.browsing.records import Pulse
from casus.web.access import Reader
from casus.web.workbench import Bench

router = APIRouter(tags=["live"])


@router.get("/pulse")
def pulse(bench: Bench, person: Reader) -> Pulse:  # noqa: ARG001
    """Numbers that go up: the revision of the event that changed last, decisions, jobs."""
    return bench.book.browse.pulse()
