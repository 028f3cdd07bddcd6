"""Which events a request to the API means: the filter of the pages, checked strictly."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import EventFilter, Grade, Waiting
from casus.model import EventType, Harm
from casus.web.access import Person
from casus.web.filters import Filters, Status

MOST_LISTED = 500
_MOST_OFFSET = 10_000_000
_Name = Annotated[str | None, Field(max_length=200)]


class EventQuery(BaseModel):
    """A filter of events, the same as in the addresses of pages; what is left out asks for nothing."""

    model_config = ConfigDict(frozen=True)

    since: Annotated[date | None, Field(description="On this day or later.", examples=["2024-03-01"])] = None
    until: Annotated[date | None, Field(description="On this day or before.")] = None
    country: Annotated[
        str | None, Field(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.", examples=["NE"])
    ] = None
    adm1: Annotated[_Name, Field(description="First-order unit, by its name.")] = None
    text: Annotated[_Name, Field(description="A place or an actor of this name.")] = None
    actor: Annotated[_Name, Field(description="A perpetrator or target of this name.")] = None
    place: Annotated[_Name, Field(description="A place of this name.")] = None
    type: Annotated[EventType | None, Field(description="Of this type.")] = None
    harm: Annotated[Harm | None, Field(description="With people harmed so.")] = None
    grade: Annotated[Grade | None, Field(description="Of this grade.")] = None
    status: Annotated[
        Status | None, Field(description="How far people are; rejected events are given for `rejected` only.")
    ] = None
    waits_for: Annotated[Waiting | None, Field(description="Waiting for a person, for this reason.")] = None
    assignee: Annotated[_Name, Field(description="Given to somebody; @me and @nobody, too.")] = None
    actor_id: Annotated[_Name, Field(description="Of an actor of the registry.")] = None
    geonames_id: Annotated[int | None, Field(ge=1, le=10**12, description="At a place of GeoNames.")] = None

    def wanted(self, person: Person) -> EventFilter:
        """The filter for somebody; 422 for values that make no sense together."""
        known = {name: getattr(self, name) for name in EventQuery.model_fields}
        filters = Filters.of({name: str(value) for name, value in known.items() if value is not None})
        if filters.errors:
            raise HTTPException(422, "; ".join(f"{name}: {told}" for name, told in filters.errors))
        return filters.wanted(person)


class PageQuery(EventQuery):
    """A filter, an order, and which part of what it gives."""

    order: Annotated[EventOrder, Field(description="By what they are sorted.")] = EventOrder.DAY
    descending: Annotated[bool, Field(description="The last first.")] = True
    offset: Annotated[int, Field(ge=0, le=_MOST_OFFSET, description="How many to pass over.")] = 0
    limit: Annotated[int, Field(ge=1, le=MOST_LISTED, description="How many to give at most.")] = 100


Events = Annotated[EventQuery, Query()]
EventsPage = Annotated[PageQuery, Query()]
