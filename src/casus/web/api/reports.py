"""Reports: listed, looked at with all that was read in them, and taken in."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from casus.casebook.browsing.records import ReportRecord, ReportRow
from casus.casebook.browsing.reports import ReportFilter
from casus.casebook.filing import Sourced, hash_of
from casus.casebook.records import ReportHead
from casus.errors import NotInCasebook
from casus.model import Agreement, Claim, Issue, ReportedEvent, Statistic
from casus.web.access import Person, Reader, Right, person_with
from casus.web.api.answers import is_known
from casus.web.api.documented import Limit, Offset, Plain, errors
from casus.web.api.texts import ReadIn
from casus.web.privacy import visible_in_report, visible_text
from casus.web.views.moving import moved
from casus.web.workbench import Bench

router = APIRouter(tags=["reports"])
Adder = Annotated[Person, Depends(person_with(Right.ADD))]
Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="The SHA-256 of its content.")]
_Part = Annotated[Plain | None, Query(max_length=200)]


class ReportOut(BaseModel):
    """A report without its text."""

    hash: str
    number: int
    name: str = Field(description="Its id where it came from.")
    title: str | None
    publisher: str | None
    published_on: date | None
    url: str | None
    credit: str | None = Field(description="The agency that its text is from, as it says itself.")

    @classmethod
    def of(cls, head: ReportHead) -> ReportOut:
        """The report with a head."""
        return cls(
            hash=head.hash,
            number=head.number,
            name=head.name,
            title=head.title,
            publisher=head.publisher,
            published_on=head.published_on,
            url=head.url,
            credit=head.credit,
        )


class ListedReport(ReportOut):
    """A report in a list."""

    events: int = Field(description="How many events it tells of.")


class ReportsOut(BaseModel):
    """Some reports, the latest published first."""

    reports: list[ListedReport]
    total: int
    offset: int
    limit: int


class ToldOut(BaseModel):
    """An account of an event: its key, the event that it is part of, and what the report says."""

    key: str
    event_id: str | None
    account: ReportedEvent


class ClaimOut(BaseModel):
    """A claim: its number, the account that it is about, and what is said."""

    number: int
    key: str | None
    claim: Claim


class CopyOut(BaseModel):
    """A copy of the text elsewhere."""

    report: ReportOut
    share: float


class WholeReportOut(BaseModel):
    """A report with its text and all that was read in it; `start_char` and `end_char` count in `text`."""

    report: ReportOut
    text: str = Field(description="Title, blank line, body; names that are withheld are taken out.")
    reader: str
    read_at: datetime
    events: list[ToldOut]
    claims: list[ClaimOut]
    agreements: list[Agreement]
    statistics: list[Statistic]
    issues: list[Issue]
    copies: list[CopyOut]


class KeptOut(BaseModel):
    """A report that the casebook has."""

    hash: str
    is_new: bool = Field(description="False where the casebook had it already.")
    events: list[str] = Field(description="The events that it tells of.")


@router.get(
    "/reports", summary="List reports, the latest first", responses=errors(), response_model=ReportsOut
)
def list_reports(
    *,
    bench: Bench,
    person: Reader,
    text: _Part = None,
    publisher: _Part = None,
    since: date | None = None,
    until: date | None = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Any:
    """By a part of their title, publisher or name, and by the days of publication, both inclusive."""
    wanted = ReportFilter(
        text=text or None,
        publisher=publisher or None,
        since=since,
        until=until,
        sees_withheld=person.may(Right.SEE_WITHHELD),
    )
    found = bench.book.browse.reports(wanted, offset=offset, limit=limit)
    withheld = bench.book.withheld()

    def listed(row: ReportRow) -> ListedReport:
        head = visible_in_report(person, row.head, row.head.hash, withheld)
        return ListedReport(**dict(ReportOut.of(head)), events=row.events)

    reports = [listed(row) for row in found.reports]
    return ReportsOut(reports=reports, total=found.total, offset=offset, limit=limit)


@router.get(
    "/reports/{hash}",
    summary="A report with its text and what was read in it",
    responses={**errors(404), 304: {"description": "It is as it was (If-None-Match)."}},
    response_model=WholeReportOut,
)
def get(hash: Hash, request: Request, bench: Bench, person: Reader) -> Any:
    """Its accounts of events, its claims, agreements and statistics, each with the words they stand in."""
    record = bench.book.browse.report(hash)
    if record is None:
        raise NotInCasebook(f"{hash}: no report with this hash")
    body = _whole(record, person, bench).model_dump_json()
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if is_known(request, etag):
        return Response(status_code=304, headers={"ETag": etag})
    return Response(body, media_type="application/json", headers={"ETag": etag})


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


def _whole(record: ReportRecord, person: Person, bench: Bench) -> WholeReportOut:
    withheld = bench.book.withheld()
    digest = record.head.hash
    text = visible_text(person, record.text, digest, withheld)
    shown = visible_in_report(person, record, digest, withheld)

    return WholeReportOut(
        report=ReportOut.of(shown.head),
        text=text.text,
        reader=record.reader,
        read_at=record.read_at,
        events=[
            ToldOut(key=one.key, event_id=one.event, account=moved(one.told, text)) for one in shown.events
        ],
        claims=[
            ClaimOut(number=one.number, key=one.key, claim=moved(one.claim, text)) for one in shown.claims
        ],
        agreements=[moved(one, text) for _, one in shown.agreements],
        statistics=[moved(one, text) for _, one in shown.statistics],
        issues=[moved(one, text) for one in shown.issues],
        copies=[
            CopyOut(
                report=ReportOut.of(visible_in_report(person, copy.report, copy.report.hash, withheld)),
                share=copy.share,
            )
            for copy in record.copies
        ],
    )
