"""Long work: files and texts taken in, everything linked anew, data sets made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.jobs import Job, JobKind, JobState
from casus.errors import CasebookError, NotInCasebook, TooLarge
from casus.exports import ExportFormat
from casus.web.access import Anyone, Person, Reader, Right, person_with
from casus.web.api.documented import Limit, Number, Offset, errors
from casus.web.api.texts import TextIn, WebAddress, job_text
from casus.web.api.wanted import Licence, Wanted
from casus.web.privacy import visible_job, whose_jobs
from casus.web.unpacking import UnpackLimits
from casus.web.views.jobs import RIGHT_OF, about
from casus.web.workbench import Bench

router = APIRouter(tags=["jobs"])
Adder = Annotated[Person, Depends(person_with(Right.ADD))]
Exporter = Annotated[Person, Depends(person_with(Right.EXPORT))]
_MOST_AT_ONCE = 500


class _JobIn(BaseModel):
    model_config = ConfigDict(extra="forbid")


class IngestIn(_JobIn):
    """Reports to take in: files that were uploaded, texts, addresses of pages and of feeds."""

    kind: Literal["ingest"]
    uploads: list[Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]] = Field(default=[], max_length=20)
    texts: list[TextIn] = Field(default=[], max_length=_MOST_AT_ONCE)
    addresses: list[WebAddress] = Field(default=[], max_length=_MOST_AT_ONCE)
    link: bool = Field(default=True, description="Link what is told to the events of the casebook.")


class LinkIn(_JobIn):
    """Link what is not linked yet."""

    kind: Literal["link"]


class RebuildIn(_JobIn):
    """Link everything anew from accounts and decisions."""

    kind: Literal["rebuild"]


class ExportIn(_JobIn):
    """Make a data set as a file; its job tells where to get it."""

    kind: Literal["export"]
    format: ExportFormat
    filter: Wanted = Wanted()
    licence: Licence = "CC-BY-4.0"


JobIn = Annotated[IngestIn | LinkIn | RebuildIn | ExportIn, Field(discriminator="kind")]
_EXAMPLES = {
    "ingest": {
        "summary": "Take a page in",
        "value": {"kind": "ingest", "addresses": ["https://news.example/attack"]},
    },
    "export": {"summary": "Make a data set", "value": {"kind": "export", "format": "ucdp-ged"}},
    "rebuild": {"summary": "Link everything anew", "value": {"kind": "rebuild"}},
}


class JobOut(BaseModel):
    """A job, and how far it is."""

    number: int
    kind: JobKind
    state: JobState
    by: str
    about: str = Field(description="What it is about, in words.")
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    done: int
    total: int | None = Field(description="How much there is to do; null where that is not known.")
    message: str
    is_cancelled: bool = Field(description="Somebody asked for its end.")
    result: dict[str, Any] | None = Field(
        description="Of an ingest the account (in, new, known, failed, why) and the reports that came in, "
        "each with its events; of an export the name and size of the file."
    )
    file: str | None = Field(description="Where to get the data set that was made.")


class JobsOut(BaseModel):
    """Some jobs, the newest first."""

    total: int
    jobs: list[JobOut]


class SentFileOut(BaseModel):
    """A file that was kept."""

    name: str
    kind: str
    bytes: int


class UploadOut(BaseModel):
    """Files that were sent, to be taken in by a job."""

    id: str
    files: list[SentFileOut]
    refused: list[str] = Field(description="Why files were not kept.")


@router.post(
    "/uploads",
    status_code=201,
    summary="Send files of reports",
    responses=errors(400, 413),
    response_model=UploadOut,
)
def upload(files: list[UploadFile], bench: Bench, person: Adder) -> Any:
    """Text, HTML, JSON, JSON Lines, CSV, Parquet and WARC, also within .zip and .gz, told by content.

    They are kept for a week, until a job takes them in: POST /jobs with this id among its `uploads`.
    """
    options = bench.options
    if len(files) > options.upload_files:
        raise TooLarge(f"{len(files)} files: send at most {options.upload_files} at once")
    sent = [(one.filename or "a file", one.file) for one in files]
    limits = UnpackLimits(total_bytes=options.unpacked_bytes)
    kept, refused = bench.spool.receive(sent, by=person.name, limits=limits)
    shown = [SentFileOut(name=one.name, kind=one.kind, bytes=one.size) for one in kept.files]
    return UploadOut(id=kept.id, files=shown, refused=list(refused))


@router.post(
    "/jobs",
    status_code=202,
    summary="Ask for a job",
    responses=errors(404),
    response_model=JobOut,
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": _EXAMPLES}}}},
)
def make(wanted: JobIn, response: Response, bench: Bench, person: Anyone) -> Any:
    """It waits until those before it are done, then runs beside the server: ask GET /jobs/{number}."""
    kind = JobKind(wanted.kind)
    require(person, RIGHT_OF[kind])
    parameters = _parameters(wanted, bench, person)
    job = bench.book.jobs.make(kind, by=person.name, parameters=parameters)
    bench.runner.wake()
    response.headers["Location"] = f"/api/v1/jobs/{job.number}"
    return job_out(job)


@router.get("/jobs", summary="List jobs, the newest first", responses=errors(), response_model=JobsOut)
def list_jobs(bench: Bench, person: Reader, offset: Offset = 0, limit: Limit = 50) -> Any:
    """Those that wait, run and are over; your own where you may not see withheld names."""
    total, jobs = bench.book.jobs.list(by=whose_jobs(person), offset=offset, limit=limit)
    return JobsOut(total=total, jobs=[job_out(job) for job in jobs])


@router.get("/jobs/{number}", summary="How far a job is", responses=errors(404), response_model=JobOut)
def get(number: Number, bench: Bench, person: Anyone) -> Any:
    """A job with what came of it; one of your own, or of anybody with the rights to read and see all."""
    if not person.may(Right.READ):
        require(person, Right.ADD)
        return job_out(_own(bench.book.jobs.get(number), person))
    return job_out(visible_job(person, bench.book.jobs.get(number)))


@router.post("/jobs/{number}/cancel", summary="End a job", responses=errors(404), response_model=JobOut)
def cancel(number: Number, bench: Bench, person: Anyone) -> Any:
    """One that runs ends within a second or two; what was complete is kept.

    Who asked for a job may end it, others need the right to run jobs.
    """
    require_any(person)
    _own(bench.book.jobs.get(number), person)
    job = bench.book.jobs.cancel(number)
    bench.runner.wake()
    return job_out(job)


@router.post(
    "/jobs/{number}/again",
    status_code=202,
    summary="Run a job again",
    responses=errors(404),
    response_model=JobOut,
)
def again(number: Number, bench: Bench, person: Anyone) -> Any:
    """A new job like one that failed, was cancelled or was interrupted; known reports are passed over."""
    require_any(person)
    old = bench.book.jobs.get(number)
    require(person, RIGHT_OF[old.kind])
    for upload_id in old.parameters.get("uploads", ()):
        bench.spool.upload(upload_id)
    job = bench.book.jobs.again(number, by=person.name)
    bench.runner.wake()
    return job_out(job)


@router.get(
    "/jobs/{number}/file",
    summary="The data set that a job made",
    response_class=FileResponse,
    responses={**errors(404), 200: {"content": {"application/octet-stream": {}}, "description": "The file."}},
)
def download(number: Number, bench: Bench, person: Exporter) -> Any:  # noqa: ARG001
    """It is kept for a week."""
    path = _file_of(bench, number)
    return FileResponse(path, filename=path.name)


def job_out(job: Job) -> JobOut:
    """A job as programs see it."""
    has_file = job.kind is JobKind.EXPORT and job.state is JobState.DONE
    return JobOut(
        number=job.number,
        kind=job.kind,
        state=job.state,
        by=job.by,
        about=about(job),
        made_at=job.made_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        done=job.done,
        total=job.total,
        message=job.message,
        is_cancelled=job.is_cancelled,
        result=dict(job.result) if job.result is not None else None,
        file=f"/api/v1/jobs/{job.number}/file" if has_file else None,
    )


def require(person: Person, right: Right) -> None:
    """Raise 403 where somebody lacks a right that depends on what they ask for."""
    if not person.may(right):
        raise HTTPException(403, f"your role ({person.role}) may not do this: it takes the right '{right}'")


def require_any(person: Person) -> None:
    """Raise 403 where somebody may ask for no job at all."""
    if not any(person.may(right) for right in RIGHT_OF.values()):
        require(person, Right.ADD)


def _own(job: Job, person: Person) -> Job:
    """The job, of those who asked for it, and of those who may run any; 403 for others."""
    if job.by != person.name:
        require(person, Right.JOBS)
    return job


def _parameters(
    wanted: IngestIn | LinkIn | RebuildIn | ExportIn, bench: Bench, person: Person
) -> dict[str, Any]:
    match wanted:
        case IngestIn():
            uploads = [bench.spool.upload(one) for one in wanted.uploads]
            if not (uploads or wanted.texts or wanted.addresses):
                raise CasebookError("nothing to take in: give uploads, texts or addresses")
            if any(one.text is None for one in wanted.texts):
                raise CasebookError("texts of a job are plain: upload pages as files")
            return {
                "uploads": wanted.uploads,
                "files": sum(len(one.files) for one in uploads),
                "texts": [job_text(one) for one in wanted.texts],
                "addresses": wanted.addresses,
                "links": wanted.link,
            }
        case ExportIn():
            return {
                "format": str(wanted.format),
                "filter": wanted.filter.record(person),
                "licence": wanted.licence,
            }
        case _:
            return {}


def _file_of(bench: Bench, number: int) -> Path:
    job = bench.book.jobs.get(number)
    path = bench.spool.exported(number) if job.kind is JobKind.EXPORT and job.state is JobState.DONE else None
    if path is None:
        raise NotInCasebook(f"job {number} has no file, or it is gone: make the data set again")
    return path
