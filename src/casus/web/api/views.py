"""Saved views: a page with its filter, under a name."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Path, Response
from pydantic import BaseModel, Field

from casus.casebook.views import SavedView
from casus.errors import CasebookError
from casus.web.access import Person, Reader, Right, Via
from casus.web.api.answers import PROBLEMS
from casus.web.filters import query_of
from casus.web.privacy import visible_views
from casus.web.views.saved import PAGES
from casus.web.workbench import Bench

router = APIRouter(prefix="/views", tags=["views"], responses=PROBLEMS)


def _keeper(person: Reader) -> Person:
    """Who may keep views: everybody who is signed in; a token only where it may change something."""
    if person.via == Via.TOKEN and not person.may(Right.REVIEW):
        raise HTTPException(403, "this token is for reading only")
    return person


Keeper = Annotated[Person, Depends(_keeper)]


class ViewIn(BaseModel):
    """What to save: the address of a page, as its path and its query string."""

    name: Annotated[str, Field(min_length=1, max_length=200, examples=["Contested in the north"])]
    page: Annotated[str, Field(max_length=24, examples=["/events"])]
    query: Annotated[str, Field(max_length=4000, examples=["?country=NE&status=contested"])] = ""
    is_shared: Annotated[bool, Field(description="Shown to all; takes an editor.")] = False


class ViewsOut(BaseModel):
    """A person's own views, and those that others share."""

    views: list[SavedView]


@router.get("")
def saved(bench: Bench, person: Reader) -> ViewsOut:
    """Your own views, and those that others share."""
    return ViewsOut(views=visible_views(person, bench.book.views.list(person.name), bench.book.withheld()))


@router.post("", status_code=201)
def save(bench: Bench, person: Keeper, view: ViewIn) -> SavedView:
    """Save a view, in place of your own of the same name."""
    if view.is_shared and not person.may(Right.SHARE):
        raise HTTPException(403, f"your role ({person.role}) may not share views: it takes an editor")
    if view.page not in PAGES:
        raise CasebookError(f"{view.page}: views are of the pages {', '.join(PAGES)}")
    if "\x00" in view.name or any("\ud800" <= char <= "\udfff" for char in view.name + view.query):
        raise CasebookError("the name or the query has characters that are none")
    asked: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(view.query.removeprefix("?")):
        asked[name] = (*asked.get(name, ()), value)
    return bench.book.views.save(person.name, view.name, view.page, query_of(asked), is_shared=view.is_shared)


@router.delete("/{number}", status_code=204)
def delete(bench: Bench, person: Keeper, number: Annotated[int, Path(ge=1, le=2**53)]) -> Response:
    """Delete one of your own views; an editor deletes shared ones of others, too."""
    others = {one.number for one in bench.book.views.list(person.name) if one.by != person.name}
    bench.book.views.delete(person.name, number, is_any=number in others and person.may(Right.SHARE))
    return Response(status_code=204)
