"""The queue: what waits for a person, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from casus.casebook.browsing.browser import Browser
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import EventFilter, Waiting
from casus.web.access import Person, Reader
from casus.web.filters import ME, NOBODY, Asked, Filters
from casus.web.rendering import page, shown_for
from casus.web.views.filter_bar import filter_bar
from casus.web.views.lines import event_lines
from casus.web.views.queueing import event_href, following, queued
from casus.web.views.saved import saved_links
from casus.web.workbench import Bench

router = APIRouter(prefix="/queue")

_LIMIT = 50
_EventId = Annotated[str | None, Query(max_length=64)]


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the queue, and how much waits in it."""

    label: str
    href: str
    count: int
    is_current: bool


@router.get("")
def show(
    request: Request,
    bench: Bench,
    person: Reader,
    asked: Asked,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """What waits, the most pressing first, by why it does and whom it is given to."""
    browse = bench.book.browse
    filters = replace(asked, status=None)
    wanted = queued(filters, person)
    shown = shown_for(request.headers.get("accept-language", ""))
    found = browse.page(wanted, EventOrder.PRESSING, offset=offset, limit=_LIMIT)

    def part_href(part: int) -> str:
        return f"/queue{filters.query(offset=part or None)}"

    return page(
        request,
        "queue.html",
        person,
        filters=filters,
        saved=saved_links(bench.book, person),
        bar=filter_bar("/queue", filters, browse.facets(wanted), person=person, shown=shown),
        reasons=_reasons(browse, filters, wanted),
        people=_people(browse, filters, person),
        lines=event_lines(found.events, person, bench.book.withheld()),
        total=found.total,
        offset=offset,
        limit=_LIMIT,
        part_href=part_href,
        event_href=event_href,
        is_done=bool(request.query_params.get("done")),
    )


@router.get("/next")
def go_on(
    bench: Bench,
    person: Reader,
    asked: Asked,
    *,
    queue: Annotated[str | None, Query(max_length=4000)] = None,
    after: _EventId = None,
    then: _EventId = None,
) -> RedirectResponse:
    """On to the event that follows `after`; `then` is the one that did when its page was shown."""
    filters = replace(asked if queue is None else Filters.of(dict(parse_qsl(queue))), status=None)
    found = following(bench.book, person, filters, after, then or "")
    return RedirectResponse(event_href(found, filters) if found else f"/queue{filters.query(done=1)}", 303)


def _reasons(browse: Browser, filters: Filters, wanted: EventFilter) -> tuple[Tab, ...]:
    labels = {
        Waiting.CHANGED: "New evidence",
        Waiting.CONTESTED: "Contested",
        Waiting.LOW_SCORE: "Unsure",
        Waiting.NEW: "New",
    }
    counts = browse.totals(replace(wanted, waits_for=None)).by_waiting
    everything = Tab(
        "All", f"/queue{filters.query(waits_for=None)}", sum(counts.values()), filters.waits_for is None
    )
    return (
        everything,
        *(
            Tab(
                labels[one],
                f"/queue{filters.query(waits_for=one)}",
                counts.get(one, 0),
                filters.waits_for is one,
            )
            for one in Waiting
        ),
    )


def _people(browse: Browser, filters: Filters, person: Person) -> tuple[Tab, ...]:
    def tab(label: str, assignee: str | None) -> Tab:
        asked = replace(filters, assignee=assignee)
        count = browse.page(queued(asked, person), EventOrder.PRESSING, limit=0).total
        return Tab(label, f"/queue{asked.query()}", count, filters.assignee == assignee)

    tabs = [tab("anybody", None), tab("me", ME), tab("nobody", NOBODY)]
    if filters.assignee not in (None, ME, NOBODY):
        tabs.append(tab(filters.assignee or "", filters.assignee))
    return tuple(tabs)
