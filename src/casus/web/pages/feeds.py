"""The settings of feeds."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.feeds import LEAST_MINUTES, MOST_MINUTES
from casus.web.access import Reader
from casus.web.privacy import visible_anywhere
from casus.web.rendering import page
from casus.web.workbench import Bench

router = APIRouter()


@router.get("/settings/feeds")
def show(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The feeds, what came of each last, and a form for another."""
    return page(
        request,
        "feeds.html",
        person,
        feeds=visible_anywhere(person, bench.book.feeds.list(), bench.book.withheld()),
        least=LEAST_MINUTES,
        most=MOST_MINUTES,
        intervals=(
            (15, "15 minutes"),
            (30, "30 minutes"),
            (60, "hour"),
            (180, "3 hours"),
            (720, "12 hours"),
            (1440, "day"),
        ),
    )
