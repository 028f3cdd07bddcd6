"""Reports are added: pasted, fetched or dropped, and read before they are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from casus.web.access import Person, Right, person_with
from casus.web.api.texts import MOST_CHARS, ReadIn
from casus.web.pages.jobs import lines_of
from casus.web.privacy import visible_in_report
from casus.web.rendering import page
from casus.web.views.reading_spans import kinds_in, segments_in
from casus.web.workbench import Bench

router = APIRouter()
Adder = Annotated[Person, Depends(person_with(Right.ADD))]
_JOBS = 5


@router.get("/add")
def show(request: Request, bench: Bench, person: Adder) -> HTMLResponse:
    """Forms for texts, addresses and files, and the latest jobs."""
    _, jobs = bench.book.jobs.list(limit=_JOBS)
    return page(
        request,
        "add.html",
        person,
        jobs=lines_of(bench, person, jobs),
        most_chars=MOST_CHARS,
        upload_mib=bench.options.upload_bytes // 1024 // 1024,
    )


@router.post("/add/reading")
def read(wanted: ReadIn, request: Request, bench: Bench, person: Adder) -> HTMLResponse:
    """How a text is read, before it is kept."""
    found = bench.reading.read(wanted.fetched(is_private_allowed=bench.options.allow_private))
    report = found.reading.report
    beside, withheld = bench.book.beside(report), bench.book.withheld()
    segments = segments_in(found.reading)
    heads = [beside.same] if beside.same else [copy.report for copy in beside.copies]
    return page(
        request,
        "add-reading.html",
        person,
        reading=found.reading,
        body=report.text[report.body_start :].strip(),
        why_no_event=found.why_no_event,
        known=beside.same,
        beside=[visible_in_report(person, head, head.hash, withheld) for head in heads],
        events=bench.book.events_told_by([beside.same.hash]).get(beside.same.hash, ()) if beside.same else (),
        segments=segments,
        kinds=kinds_in(segments),
    )
