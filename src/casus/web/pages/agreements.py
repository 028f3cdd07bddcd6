"""Agreements: the list of them, and one with what happened before and after, commitment by commitment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.book import Casebook
from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.records import AgreementRow
from casus.casebook.pacts.naming import keys_of
from casus.casebook.pacts.wording import field_label, value_words
from casus.casebook.records import ReportHead
from casus.errors import NotInCasebook
from casus.model import EventType
from casus.web.access import Person, Reader, Right
from casus.web.filters import Filters
from casus.web.privacy import visible_anywhere, visible_text
from casus.web.rendering import page, shown_for
from casus.web.views.agreement import (
    MOST_LINES,
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
from casus.web.views.pact_history import pact_entries
from casus.web.workbench import Bench

router = APIRouter()


class AgreementOrder(StrEnum):
    """By what agreements are sorted."""

    LATEST = "latest"


SPANS = (30, 90, 180, 365)
_USUAL = 90
_WORDS = 3
_MOST_NEAR = 8


@router.get("/agreements")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The agreements that reports tell of and people entered, the latest first."""
    state = list_state(
        "/agreements", (), AgreementOrder.LATEST, request.query_params, names=("text", "rejected")
    )
    is_rejected = "rejected" in state.kept
    found = bench.book.browse.agreements(
        state.kept.get("text"), offset=state.offset, limit=AT_ONCE, is_rejected=is_rejected
    )
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
        is_rejected=is_rejected,
        rejected=bench.book.browse.agreements(limit=1, is_rejected=True).total,
        event_types=list(EventType),
        words_shown=_WORDS,
        told_time=partial(told_time, shown=shown),
    )


@router.get("/agreements/{number}")
def one(number: str, request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """An agreement by any number of it."""
    shown = shown_for(request.headers.get("accept-language", ""))
    asked = request.query_params.get("days", "")
    days = next((span for span in SPANS if str(span) == asked), _USUAL)
    record = (
        bench.book.browse.agreement(
            int(number), days, sees_withheld=person.may(Right.SEE_WITHHELD), most=MOST_LINES
        )
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
        history=pact_entries(
            visible_anywhere(person, bench.book.agreements.history(int(number)), withheld), person
        ),
        near=near_pacts(bench.book, record.row) if person.may(Right.LINK) else (),
        event_types=list(EventType),
        field_label=field_label,
        value_words=value_words,
        agreement=agreement_shown(record, _texts(bench.book, person, reports_of(record)), person, withheld),
        chart=chart_of(weeks, shown, days_href) if record.before or record.after else None,
        mark=None if record.day is None else x_of(weeks, record.day),
        days=days,
        spans=SPANS,
        told_time=partial(told_time, shown=shown),
    )


def near_pacts(book: Casebook, row: AgreementRow) -> list[AgreementRow]:
    """Other agreements that may be the same: those with a party in common, the nearest in time first."""
    keys = {key for party in row.parties for key in keys_of(party)}
    others = [
        other
        for other in book.browse.register().rows
        if other.number != row.number and any(keys & keys_of(party) for party in other.parties)
    ]
    day = bounds_of(row.agreed_on)[0]

    def apart(other: AgreementRow) -> int:
        start = bounds_of(other.agreed_on)[0]
        return date.max.toordinal() if day is None or start is None else abs((day - start).days)

    return sorted(others, key=apart)[:_MOST_NEAR]


def _texts(book: Casebook, person: Person, heads: Iterable[ReportHead]) -> Texts:
    """The texts of some reports, as somebody may see them."""
    hashes = {head.number: head.hash for head in heads}
    withheld = book.withheld()
    return {
        number: visible_text(person, text, hashes[number], withheld)
        for number, text in book.texts(hashes).items()
    }
