"""Whom and what the record names: actors, places, statistics and outlets, as pages have them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from casus.casebook.browsing.records import (
    ActorOrder,
    ActorRow,
    Candidate,
    Copying,
    Outlet,
    PlaceOrder,
    PlaceRow,
    Standings,
    StatisticRow,
)
from casus.casebook.records import Role
from casus.errors import NotInCasebook
from casus.web.access import Reader, Right
from casus.web.api.answers import PROBLEMS
from casus.web.api.documented import Limit, Offset
from casus.web.privacy import visible_anywhere
from casus.web.workbench import Bench

router = APIRouter(tags=["lists"], responses=PROBLEMS)

Text = Annotated[str | None, Query(max_length=200, description="A part of a name, in any case.")]
Descending = Annotated[bool, Query(description="The last first.")]
ActorId = Annotated[
    str, Path(max_length=300, description="Its key in the registry, or its name in small letters.")
]


class ActorsOut(BaseModel):
    """Some of the actors, and how many there are."""

    actors: list[ActorRow]
    total: int
    offset: int
    limit: int


class ActorOut(BaseModel):
    """An actor, and how it comes to be named as perpetrator in its latest events."""

    actor: ActorRow
    standings: Standings


class PlacesOut(BaseModel):
    """Some of the places of events, and how many there are."""

    places: list[PlaceRow]
    total: int
    offset: int
    limit: int


class PlaceOut(BaseModel):
    """A place, each country and unit that it is held to be in, and what its name could have meant."""

    places: list[PlaceRow]
    candidates: list[Candidate]


class StatisticsOut(BaseModel):
    """Some of the statistics that reports give, and how many there are."""

    statistics: list[StatisticRow]
    total: int
    offset: int
    limit: int


class SourcesOut(BaseModel):
    """Some of the outlets, those of most reports first, and the pairs that copy most from each other."""

    outlets: list[Outlet]
    total: int
    offset: int
    limit: int
    copying: Annotated[list[Copying], Field(description="The fullest 500.")]


_MOST_PAIRS = 500


@router.get("/actors")
def actors(
    *,
    bench: Bench,
    person: Reader,
    text: Text = None,
    role: Annotated[Role | None, Query(description="Named as this in an event.")] = None,
    order: Annotated[ActorOrder, Query(description="By what they are sorted.")] = ActorOrder.EVENTS,
    descending: Descending = True,
    offset: Offset = 0,
    limit: Limit = 100,
) -> ActorsOut:
    """Whom events name, a part at a time."""
    found = bench.book.browse.actors(
        text,
        role,
        order=order,
        descending=descending,
        offset=offset,
        limit=limit,
        sees_withheld=person.may(Right.SEE_WITHHELD),
    )
    rows = visible_anywhere(person, found.actors, bench.book.withheld())
    return ActorsOut(actors=list(rows), total=found.total, offset=offset, limit=limit)


@router.get("/actors/{actor_id:path}")
def actor(bench: Bench, person: Reader, actor_id: ActorId) -> ActorOut:
    """One actor; its events are those of `/events?actor_id=…`."""
    sees = person.may(Right.SEE_WITHHELD)
    found = bench.book.browse.actor(actor_id, sees_withheld=sees)
    if found is None:
        raise NotInCasebook("no event names such an actor")
    standings = bench.book.browse.standings(found.id, sees_withheld=sees)
    return ActorOut(actor=visible_anywhere(person, found, bench.book.withheld()), standings=standings)


@router.get("/places")
def places(
    *,
    bench: Bench,
    person: Reader,
    text: Text = None,
    country: Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")] = None,
    order: Annotated[PlaceOrder, Query(description="By what they are sorted.")] = PlaceOrder.EVENTS,
    descending: Descending = True,
    offset: Offset = 0,
    limit: Limit = 100,
) -> PlacesOut:
    """Where events were, a part at a time."""
    found = bench.book.browse.places(
        text,
        country,
        order=order,
        descending=descending,
        offset=offset,
        limit=limit,
        sees_withheld=person.may(Right.SEE_WITHHELD),
    )
    rows = visible_anywhere(person, found.places, bench.book.withheld())
    return PlacesOut(places=list(rows), total=found.total, offset=offset, limit=limit)


@router.get("/places/{place_id:path}")
def place(
    bench: Bench,
    person: Reader,
    place_id: Annotated[
        str, Path(max_length=300, description="Its number in GeoNames, or the name of one that has none.")
    ],
    country: Annotated[str | None, Query(pattern="^[A-Z]{2}$")] = None,
) -> PlaceOut:
    """One place; its events are those of `/events?geonames_id=…`."""
    found = bench.book.browse.place(place_id, country, sees_withheld=person.may(Right.SEE_WITHHELD))
    if not found:
        raise NotInCasebook("no event is at such a place")
    candidates = bench.book.browse.candidates(found[0].name, found[0].country)
    shown = visible_anywhere(person, (found, candidates), bench.book.withheld())
    return PlaceOut(places=list(shown[0]), candidates=list(shown[1]))


@router.get("/statistics")
def statistics(bench: Bench, person: Reader, offset: Offset = 0, limit: Limit = 100) -> StatisticsOut:
    """Figures over periods that reports give, the latest published first."""
    found = bench.book.browse.statistics(offset=offset, limit=limit)
    rows = visible_anywhere(person, found.statistics, bench.book.withheld())
    return StatisticsOut(statistics=list(rows), total=found.total, offset=offset, limit=limit)


@router.get("/sources")
def sources(bench: Bench, person: Reader, offset: Offset = 0, limit: Limit = 100) -> SourcesOut:
    """Outlets: what they publish, how often each is alone or contradicted, and who copies whom."""
    found = bench.book.browse.sources()
    part = found.outlets[offset : offset + limit], found.copying[:_MOST_PAIRS]
    outlets, copying = visible_anywhere(person, part, bench.book.withheld())
    return SourcesOut(
        outlets=list(outlets), total=len(found.outlets), offset=offset, limit=limit, copying=list(copying)
    )
