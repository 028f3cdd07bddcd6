"""The table of events."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.web.access import Reader
from casus.web.filters import Asked
from casus.web.rendering import page, shown_for
from casus.web.views.event_table import COLUMNS, LIMITS, TableState, exports, headings
from casus.web.views.filter_bar import filter_bar
from casus.web.views.lines import event_lines
from casus.web.views.saved import saved_links
from casus.web.workbench import Bench

router = APIRouter()

_COOKIE = "casus-columns"
_YEAR_S = 365 * 24 * 3600


@router.get("/events")
def show(request: Request, bench: Bench, person: Reader, filters: Asked) -> HTMLResponse:
    """Events that a filter means, sorted, a part at a time; columns are remembered by the browser."""
    browse = bench.book.browse
    state = TableState.of(request.query_params, request.cookies.get(_COOKIE, ""))
    wanted = filters.wanted(person)
    shown = shown_for(request.headers.get("accept-language", ""))
    found = browse.page(
        wanted, state.order, descending=state.descending, offset=state.offset, limit=state.limit
    )

    def part_href(offset: int) -> str:
        return f"/events{filters.query(**state.keep(), offset=offset or None)}"

    answer = page(
        request,
        "events.html",
        person,
        filters=filters,
        saved=saved_links(bench.book, person),
        bar=filter_bar(
            "/events", filters, browse.facets(wanted), person=person, shown=shown, keep=state.keep()
        ),
        state=state,
        headings=headings(state, filters),
        lines=event_lines(found.events, person, bench.book.withheld()),
        total=found.total,
        part_href=part_href,
        all_columns=COLUMNS,
        limits=LIMITS,
        exports=exports(filters.query()),
    )
    if "column" in request.query_params:
        is_secure = bench.options.is_secure
        value = state.remembered()
        answer.set_cookie(_COOKIE, value, _YEAR_S, httponly=True, samesite="lax", secure=is_secure)
    return answer
