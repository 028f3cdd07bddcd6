"""The overview: what the casebook comes to, where, when, and what is new in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import EventFilter
from casus.web.access import Reader
from casus.web.filters import Asked
from casus.web.rendering import page, shown_for
from casus.web.views.chart import chart_of
from casus.web.views.filter_bar import filter_bar
from casus.web.views.lines import event_lines
from casus.web.views.saved import saved_links
from casus.web.workbench import Bench

router = APIRouter()

_NEWEST = 6
_COUNTRIES = 10
_WIDE_DEGREES = 4.0


@router.get("/")
def show(request: Request, bench: Bench, person: Reader, filters: Asked) -> HTMLResponse:
    """Map, timeline, totals, newest and most contested events; what to do first in an empty casebook."""
    browse = bench.book.browse
    if filters.is_empty and not bench.book.count(EventFilter(includes_rejected=True)):
        return page(request, "first_steps.html", person)
    wanted = filters.wanted(person)
    shown = shown_for(request.headers.get("accept-language", ""))
    totals = browse.totals(wanted)
    withheld = bench.book.withheld()
    contested = replace(wanted, is_contested=True)

    def days_href(start: date, end: date) -> str:
        return f"/{filters.query(since=start, until=end)}"

    newest = browse.page(wanted, EventOrder.DAY, descending=True, limit=_NEWEST)
    most_contested = browse.page(contested, EventOrder.DISPUTES, descending=True, limit=_NEWEST)
    return page(
        request,
        "overview.html",
        person,
        filters=filters,
        saved=saved_links(bench.book, person),
        bar=filter_bar("/", filters, browse.facets(wanted), person=person, shown=shown),
        totals=totals,
        unplaced=totals.events - sum(cell.events for cell in browse.map_cells(wanted, _WIDE_DEGREES)),
        chart=chart_of(browse.timeline(wanted), shown, days_href),
        map_url=f"/api/v1/events/map{filters.query()}",
        newest=event_lines(newest.events, person, withheld),
        contested=event_lines(most_contested.events, person, withheld),
        countries_shown=_COUNTRIES,
    )
