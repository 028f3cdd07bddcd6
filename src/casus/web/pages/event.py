"""One event: its record beside what each source says, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from casus.casebook.book import Casebook
from casus.casebook.coding import encoded
from casus.casebook.dossiers import Dossier
from casus.casebook.records import EventFilter, Told
from casus.casebook.withholding import Withheld
from casus.errors import NotInCasebook
from casus.exports.redacting import RedactedText
from casus.model import Category, Harm
from casus.web.access import Person, Reader
from casus.web.privacy import visible, visible_anywhere, visible_of_event, visible_text
from casus.web.rendering import page, shown_for
from casus.web.views.comparison import columns_of, compare_accounts
from casus.web.views.field_forms import PRECISIONS, field_forms
from casus.web.views.history import entries_of
from casus.web.views.points import point_of
from casus.web.views.queueing import in_queue
from casus.web.views.toll_strip import strips_of
from casus.web.workbench import Bench

router = APIRouter()


@router.get("/events/{event_id}")
def show(event_id: str, request: Request, bench: Bench, person: Reader) -> Response:
    """The page of an event; an id that was merged into another leads to that other."""
    book = bench.book
    found = book.event(event_id).id
    if found != event_id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/events/{found}{query}", 303)
    row = book.browse.row(found)
    if row is None:
        raise NotInCasebook(f"no event {event_id!r} in this casebook")
    whole = _dossier(book, found)
    dossier = visible(person, whole)
    event = dossier.event
    withheld = book.withheld()
    texts = _shown_texts(book, person, whole.told, withheld)
    shown = shown_for(request.headers.get("accept-language", ""))
    columns = columns_of(dossier.told, book.copies_among({one.report.number for one in dossier.told}))
    decisions = visible_of_event(person, book.decisions(found), event.keys, withheld)
    return page(
        request,
        "event.html",
        person,
        event=event,
        row=row,
        told=dossier.told,
        comparison=compare_accounts(event, columns, texts, shown),
        strips=strips_of(event, columns),
        history=entries_of(decisions, person),
        fields=field_forms(event, dossier.told),
        queue=in_queue(book, person, found, request.query_params),
        point=point_of(event.where),
        precision=dict(PRECISIONS).get(str(event.where.precision_code), ""),
        claims=_claims_by_number(dossier.told),
        near=visible_anywhere(person, book.browse.near(found), withheld),
        harms=list(Harm),
        categories=list(Category),
        record=encoded(event),
    )


def _dossier(book: Casebook, event_id: str) -> Dossier:
    wanted = EventFilter(ids=(event_id,), includes_rejected=True)
    return next(book.dossiers(wanted, with_quotes=False))


def _shown_texts(
    book: Casebook, person: Person, told: tuple[Told, ...], withheld: Withheld
) -> Mapping[int, RedactedText]:
    """The texts of the reports of some accounts, as somebody may see them."""
    hashes = {one.report.number: one.report.hash for one in told}
    return {
        number: visible_text(person, text, hashes[number], withheld)
        for number, text in book.texts(hashes).items()
    }


def _claims_by_number(told: tuple[Told, ...]) -> dict[int, Told]:
    """The account that each claim of an event is in."""
    return {number: one for one in told for number, _ in one.claims}
