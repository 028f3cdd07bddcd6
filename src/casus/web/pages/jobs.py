"""Jobs: those under way and those that are over, with what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from casus.casebook.jobs import Job
from casus.exports import ExportFormat
from casus.web.access import Person, Reader
from casus.web.privacy import visible_in_report, visible_job, whose_jobs
from casus.web.rendering import page, query
from casus.web.views.jobs import JobLine, job_line, shown_hashes
from casus.web.workbench import Bench, Workbench

router = APIRouter()
_AT_ONCE = 30
_MOST_REPORTS = 200


@router.get("/jobs")
def show(
    request: Request,
    bench: Bench,
    person: Reader,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> HTMLResponse:
    """The jobs, the newest first, and forms to ask for others."""
    total, jobs = bench.book.jobs.list(by=whose_jobs(person), offset=offset, limit=_AT_ONCE)
    return page(
        request,
        "jobs.html",
        person,
        jobs=lines_of(bench, person, jobs),
        total=total,
        offset=offset,
        limit=_AT_ONCE,
        href=lambda at: f"/jobs{query(offset=at)}",
        formats=list(ExportFormat),
    )


@router.get("/jobs/{number}")
def one(
    request: Request, bench: Bench, person: Reader, number: Annotated[int, Path(ge=1, le=2**63 - 1)]
) -> HTMLResponse:
    """A job with all that came of it."""
    job = visible_job(person, bench.book.jobs.get(number))
    [line] = lines_of(bench, person, [job], _MOST_REPORTS)
    return page(request, "job.html", person, job=line)


def lines_of(bench: Workbench, person: Person, jobs: Sequence[Job], most: int = 5) -> list[JobLine]:
    """Jobs as somebody may see them, each with the first of its reports."""
    hashes = shown_hashes(tuple(jobs), most)
    withheld = bench.book.withheld() if hashes else None
    heads = bench.book.heads_of(hashes) if hashes else {}
    if withheld is not None:
        heads = {digest: visible_in_report(person, head, digest, withheld) for digest, head in heads.items()}
    return [job_line(job, person, heads, most) for job in jobs]
