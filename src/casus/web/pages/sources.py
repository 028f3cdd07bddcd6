"""Outlets: what they publish, how often each is alone or contradicted, and who copies whom."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.browsing.records import Outlet
from casus.casebook.features import folded_name
from casus.web.access import Reader
from casus.web.privacy import visible_anywhere
from casus.web.rendering import page
from casus.web.views.listing import AT_ONCE, Column, list_state
from casus.web.workbench import Bench

router = APIRouter()


class OutletOrder(StrEnum):
    """By what outlets are sorted."""

    NAME = "name"
    REPORTS = "reports"
    EVENTS = "events"
    ALONE = "alone"
    CONTRADICTED = "contradicted"
    COPIED = "copied"
    FIRST = "first"
    LAST = "last"


COLUMNS = (
    Column("Outlet", OutletOrder.NAME),
    Column("Reports", OutletOrder.REPORTS, is_number=True, starts_descending=True),
    Column("Events", OutletOrder.EVENTS, is_number=True, starts_descending=True),
    Column("Alone", OutletOrder.ALONE, is_number=True, starts_descending=True),
    Column("Contradicted", OutletOrder.CONTRADICTED, is_number=True, starts_descending=True),
    Column("Copies of others", OutletOrder.COPIED, is_number=True, starts_descending=True),
    Column("First report", OutletOrder.FIRST),
    Column("Last report", OutletOrder.LAST, starts_descending=True),
)
_PAIRS = 50


@router.get("/sources")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The outlets, searched, sorted, a part at a time, and who copies whom."""
    state = list_state("/sources", COLUMNS, OutletOrder.REPORTS, request.query_params)
    everything = bench.book.browse.sources()
    folded = folded_name(state.kept.get("text")) or ""
    meant = [one for one in everything.outlets if not folded or folded in (folded_name(one.name) or "")]
    known = [one for one in meant if _sorted_by(one, state.order) is not None]
    unknown = [one for one in meant if _sorted_by(one, state.order) is None]
    known.sort(key=lambda one: _sorted_by(one, state.order), reverse=state.descending)
    part = tuple((known + unknown)[state.offset : state.offset + AT_ONCE])
    outlets, pairs = visible_anywhere(person, (part, everything.copying[:_PAIRS]), bench.book.withheld())
    return page(
        request,
        "sources.html",
        person,
        state=state,
        outlets=outlets,
        total=len(meant),
        limit=AT_ONCE,
        pairs=pairs,
        all_pairs=len(everything.copying),
    )


def _sorted_by(outlet: Outlet, order: OutletOrder) -> Any:
    value = getattr(outlet, order)
    return (folded_name(value) or None) if order is OutletOrder.NAME else value
