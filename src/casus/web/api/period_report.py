"""What the casebook tells of a period, as one page that needs nothing else."""

from __future__ import annotations

from dataclasses import replace
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Response

from casus.casebook.records import EventFilter
from casus.web.access import Person, Right, person_with
from casus.web.answering import require_parts
from casus.web.api.documented import errors
from casus.web.api.queries import Events
from casus.web.api.trend import attached, sent
from casus.web.workbench import Bench, Workbench

router = APIRouter(tags=["answers"], dependencies=[Depends(require_parts)])
Exporter = Annotated[Person, Depends(person_with(Right.EXPORT))]
_AT_ONCE = 2
_free = BoundedSemaphore(_AT_ONCE)


@router.get(
    "/report", response_class=Response, responses={**sent("The report.", "text/html"), **errors(429, 501)}
)
def report(bench: Bench, person: Exporter, wanted: Events) -> Any:
    """Map, trend, the deadliest events with their claims, method, limits and data, in one HTML file.

    The same as `casus report`; it takes some seconds, of many thousand events some twenty.  Names
    that are withheld are left out whoever asks.
    """
    meant = replace(wanted.wanted(person), sees_withheld=False)
    content = bench.answers.of(bench.book, ("report", meant), lambda: _written(bench, meant))
    return Response(content, media_type="text/html", headers=attached("report.html"))


def _written(bench: Workbench, meant: EventFilter) -> bytes:
    from casus.analysis.report import period_report  # noqa: PLC0415
    from casus.analysis.report.page import report_html  # noqa: PLC0415
    from casus.analysis.selecting import selection_for  # noqa: PLC0415

    if not _free.acquire(blocking=False):
        raise HTTPException(
            429, f"{_AT_ONCE} reports are being written: try again when one is done", {"Retry-After": "10"}
        )
    try:
        return report_html(period_report(bench.book, selection_for(bench.book, meant))).encode()
    finally:
        _free.release()
