"""Agreements: the list of them, and one with what happened before and after, commitment by commitment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.book import Casebook
from casus.casebook.browsing.promises import promises_of
from casus.casebook.browsing.records import AgreementRow
from casus.casebook.records import ReportHead
from casus.errors import NotInCasebook
from casus.web.access import Person, Reader, Right
from casus.web.filters import Filters
from casus.web.privacy import visible_anywhere, visible_text
from casus.web.rendering import page, shown_for
from casus.web.views.agreement import (
    Texts,
    agreement_shown,
    reports_of,
    told_time,
    weeks_of,
    words_of,
)
from casus.web.views.chart import chart_of, x_of
from casus.web.views.excerpts import Excerpt
from casus.web.views.listing import AT_ONCE, list_state
from casus.web.workbench import Bench

router = APIRouter()


class AgreementOrder(StrEnum):
    """By what agreements are sorted."""

    LATEST = "latest"


SPANS = (30, 90, 180, 365)
_USUAL = 90
_WORDS = 3


@router.get("/agreements")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The agreements that reports tell of, the latest first."""
    state = list_state("/agreements", (), AgreementOrder.LATEST, request.query_params)
    found = bench.book.browse.agreements(state.kept.get("text"), offset=state.offset, limit=AT_ONCE)
    rows = visible_anywhere(person, found.agreements, bench.book.withheld())
    texts = _texts(bench.book, person, (one.report for row in rows for one in row.told))
    shown = shown_for(request.headers.get("accept-language", ""))

    def words(row: AgreementRow) -> list[Excerpt]:
        return list(words_of(row.told, texts))

    return page(
        request,
        "agreements.html",
        person,
        state=state,
        agreements=rows,
        total=found.total,
        limit=AT_ONCE,
        words_of=words,
        promises_of=lambda row: promises_of(row, ()),
        words_shown=_WORDS,
        told_time=partial(told_time, shown=shown),
    )


@router.get("/agreements/{number}")
def one(number: str, request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """An agreement by the number of one report's telling of it."""
    shown = shown_for(request.headers.get("accept-language", ""))
    asked = request.query_params.get("days", "")
    days = next((span for span in SPANS if str(span) == asked), _USUAL)
    record = (
        bench.book.browse.agreement(int(number), days, sees_withheld=person.may(Right.SEE_WITHHELD))
        if number.isascii() and number.isdecimal() and len(number) < 19
        else None
    )
    if record is None:
        raise NotInCasebook(f"no agreement {number!r} in this casebook")
    withheld = bench.book.withheld()
    weeks = weeks_of(record)

    def days_href(start: date, end: date) -> str:
        return f"/events{Filters().query(since=start, until=end)}"

    return page(
        request,
        "agreement.html",
        person,
        number=int(number),
        record=record,
        counts=visible_anywhere(person, record.counts, withheld),
        agreement=agreement_shown(record, _texts(bench.book, person, reports_of(record)), person, withheld),
        chart=chart_of(weeks, shown, days_href) if record.before or record.after else None,
        mark=None if record.day is None else x_of(weeks, record.day),
        days=days,
        spans=SPANS,
        told_time=partial(told_time, shown=shown),
    )


def _texts(book: Casebook, person: Person, heads: Iterable[ReportHead]) -> Texts:
    """The texts of some reports, as somebody may see them."""
    hashes = {head.number: head.hash for head in heads}
    withheld = book.withheld()
    return {
        number: visible_text(person, text, hashes[number], withheld)
        for number, text in book.texts(hashes).items()
    }
