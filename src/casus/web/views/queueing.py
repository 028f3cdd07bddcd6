"""Where one is in the queue: what comes before and after an event in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from casus.casebook.book import Casebook
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import EventFilter
from casus.web.access import Person
from casus.web.filters import Filters, query_of


@dataclass(frozen=True, slots=True)
class InQueue:
    """An event that is worked on as one of a queue; `position` counts from 1, None for one done.

    `next_href` leads to the event that follows it now, whatever is decided about it meanwhile:
    take it for "next" and "skip", and after a decision.
    """

    filters: Filters
    position: int | None
    total: int
    next_href: str
    previous_href: str | None
    back_href: str


def queued(filters: Filters, person: Person) -> EventFilter:
    """What waits, of the events that a filter means."""
    return replace(filters.wanted(person), is_waiting=True)


def filters_in(query: Mapping[str, str]) -> Filters | None:
    """The queue's filter in the address of an event's page; None where it was not come to from there."""
    return Filters.of(dict(parse_qsl(query["queue"]))) if "queue" in query else None


def event_href(event_id: str, filters: Filters) -> str:
    """The address of an event's page, as one of the queue."""
    return f"/events/{event_id}?{query_of({'queue': filters.query()[1:] or 'all'})[1:]}"


def in_queue(book: Casebook, person: Person, event_id: str, query: Mapping[str, str]) -> InQueue | None:
    """Where an event is in the queue, by the query string of its page; None where it is not come to so."""
    filters = filters_in(query)
    if filters is None:
        return None
    near = book.browse.neighbours(event_id, queued(filters, person), EventOrder.PRESSING)
    return InQueue(
        filters,
        near.position,
        near.total,
        f"/queue/next{filters.query(after=event_id, then=near.next)}",
        event_href(near.previous, filters) if near.previous else None,
        f"/queue{filters.query()}",
    )


def following(book: Casebook, person: Person, filters: Filters, after: str | None, then: str) -> str | None:
    """The event to go on with: the one that followed, where it still waits, or else the next that does."""
    wanted = queued(filters, person)
    if then and book.count(replace(wanted, ids=(then,))):
        return then
    return book.browse.next_waiting(after, wanted)
