"""Reports: the list of them, and one with the words that everything was read from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from casus.casebook.browsing.reports import ReportFilter
from casus.errors import NotInCasebook
from casus.model import Category, ClaimKind, Harm
from casus.web.access import Reader, Right
from casus.web.privacy import visible_anywhere, visible_in_report, visible_text
from casus.web.rendering import page, query, shown_for
from casus.web.views.evidence import MarkKind, segments_of
from casus.web.views.report_values import values_of
from casus.web.workbench import Bench

router = APIRouter()

_AT_ONCE = 50
_LONGEST = 200


class ReportQuery(BaseModel):
    """What the address of the list asks for."""

    text: str = Field("", max_length=_LONGEST)
    publisher: str = Field("", max_length=_LONGEST)
    offset: int = Field(0, ge=0, le=10_000_000)


@router.get("/reports")
def listed(
    request: Request,
    bench: Bench,
    person: Reader,
    asked: Annotated[ReportQuery, Query()],
) -> Response:
    """The reports of the casebook, the latest published first."""
    text, publisher, offset = asked.text, asked.publisher, asked.offset
    wanted = ReportFilter(
        text=text.strip() or None,
        publisher=publisher.strip() or None,
        sees_withheld=person.may(Right.SEE_WITHHELD),
    )
    found = bench.book.browse.reports(wanted, offset=offset, limit=_AT_ONCE)
    return page(
        request,
        "reports.html",
        person,
        found=visible_anywhere(person, found, bench.book.withheld()),
        text=text,
        publisher=publisher,
        offset=offset,
        limit=_AT_ONCE,
        href=lambda at: f"/reports{query(text=text, publisher=publisher, offset=at)}",
    )


@router.get("/reports/{report_hash}")
def show(report_hash: str, request: Request, bench: Bench, person: Reader) -> Response:
    """The page of a report; its number and the beginning of its hash that keys have lead to it, too."""
    book = bench.book
    record = book.browse.report(report_hash)
    if record is None:
        raise NotInCasebook(f"no report {report_hash!r} in this casebook")
    if record.head.hash != report_hash:
        return RedirectResponse(f"/reports/{record.head.hash}", 303)
    withheld = book.withheld()
    text = visible_text(person, record.text, report_hash, withheld)
    told = visible_in_report(person, book.told_in(record.head.number), report_hash, withheld)
    record = visible_in_report(person, record, report_hash, withheld)
    values = values_of(record, told, text, shown_for(request.headers.get("accept-language", "")))
    rows = {event: row for event, _ in told if (row := book.browse.row(event)) is not None}
    return page(
        request,
        "report.html",
        person,
        report=record,
        head=record.head,
        values=values,
        segments=segments_of(text.text, values.spans()),
        by_number={value.number: value for value in values.all},
        kinds=[kind for kind in MarkKind if any(value.kind is kind for value in values.all)],
        events=visible_anywhere(person, rows, withheld),
        is_whole=not text.cuts,
        length=len(record.text),
        claim_kinds=list(ClaimKind),
        harms=list(Harm),
        categories=list(Category),
    )
