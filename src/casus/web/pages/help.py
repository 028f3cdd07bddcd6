"""What the words and signs of the workbench mean."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.records import Grade, Waiting
from casus.model import Category, EventType, Harm
from casus.web.access import Reader
from casus.web.rendering import page

router = APIRouter()


@router.get("/help")
def show(request: Request, person: Reader) -> HTMLResponse:
    """Types, harms, grades and reasons to wait, each with its badge, and the keys."""
    return page(
        request,
        "help.html",
        person,
        types=list(EventType),
        harms=list(Harm),
        categories=list(Category),
        grades=list(Grade),
        waits=list(Waiting),
    )
