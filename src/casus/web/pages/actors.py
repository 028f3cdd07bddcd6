"""Whom events name: the list of actors, and one with what it is said to have done and suffered."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.browsing.records import ActorOrder, EventOrder
from casus.casebook.records import Role
from casus.errors import NotInCasebook
from casus.web.access import Reader, Right
from casus.web.filters import Filters
from casus.web.privacy import visible_anywhere
from casus.web.rendering import page, shown_for
from casus.web.views.chart import chart_of
from casus.web.views.lines import event_lines
from casus.web.views.listing import AT_ONCE, Column, list_state
from casus.web.workbench import Bench

router = APIRouter()

COLUMNS: tuple[Column[ActorOrder], ...] = (
    Column("Actor", ActorOrder.NAME),
    Column("Said to have done", ActorOrder.PERPETRATOR, is_number=True, starts_descending=True),
    Column("Suffered", ActorOrder.TARGET, is_number=True, starts_descending=True),
    Column("Events", ActorOrder.EVENTS, is_number=True, starts_descending=True),
    Column("Killed", ActorOrder.KILLED, is_number=True, starts_descending=True),
    Column("First day", ActorOrder.FIRST),
    Column("Last day", ActorOrder.LAST, starts_descending=True),
    Column("Other names used"),
)
_NEWEST = 10
_COUNTRIES = 10


@router.get("/actors")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The actors of all events, searched, sorted, a part at a time."""
    state = list_state("/actors", COLUMNS, ActorOrder.EVENTS, request.query_params, ("text", "role"))
    role = next((one for one in Role if one == state.kept.get("role")), None)
    found = bench.book.browse.actors(
        state.kept.get("text"),
        role,
        order=state.order,
        descending=state.descending,
        offset=state.offset,
        limit=AT_ONCE,
        sees_withheld=person.may(Right.SEE_WITHHELD),
    )
    return page(
        request,
        "actors.html",
        person,
        state=state,
        role=role,
        actors=visible_anywhere(person, found.actors, bench.book.withheld()),
        total=found.total,
        limit=AT_ONCE,
        address=actor_address,
    )


@router.get("/actors/{actor_id:path}")
def one(actor_id: str, request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """An actor by its key in the registry or its name."""
    browse = bench.book.browse
    sees = person.may(Right.SEE_WITHHELD)
    found = browse.actor(actor_id, sees_withheld=sees)
    if found is None:
        raise NotInCasebook("no event names such an actor")
    filters = Filters(actor_id=found.id)
    wanted = filters.wanted(person)
    shown = shown_for(request.headers.get("accept-language", ""))

    def days_href(start: date, end: date) -> str:
        return f"/events{filters.query(since=start, until=end)}"

    newest = browse.page(wanted, EventOrder.DAY, descending=True, limit=_NEWEST)
    return page(
        request,
        "actor.html",
        person,
        actor=visible_anywhere(person, found, bench.book.withheld()),
        filters=filters,
        standings=browse.standings(found.id, sees_withheld=sees),
        totals=browse.totals(wanted),
        chart=chart_of(browse.timeline(wanted), shown, days_href),
        map_url=f"/api/v1/events/map{filters.query()}",
        newest=event_lines(newest.events, person, bench.book.withheld()),
        countries_shown=_COUNTRIES,
    )


def actor_address(actor_id: str) -> str:
    """The page of an actor."""
    return f"/actors/{quote(actor_id)}"
