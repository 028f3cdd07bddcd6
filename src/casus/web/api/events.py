"""Events: listed, summed up, one by one with all that is told of them, and decided about."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import TypeAdapter

from casus.casebook.book import Casebook
from casus.casebook.browsing.records import (
    EventRow,
    Facets,
    MapCell,
    Period,
    TimeUnit,
    Totals,
)
from casus.casebook.dossiers import Dossier
from casus.casebook.records import EventFilter
from casus.casebook.withholding import Withheld
from casus.errors import CasusError, NotInCasebook
from casus.web.access import Person, Reader, Reviewer
from casus.web.api.answers import PROBLEMS, etag_of, is_known, revision_in
from casus.web.api.deciding import decide, required_right
from casus.web.api.queries import Events, EventsPage
from casus.web.api.wire import (
    AccountsOut,
    BulkIn,
    BulkOut,
    BulkRefused,
    DecidedOut,
    DecisionIn,
    DecisionsOut,
    EventOut,
    EventsOut,
    NearEventOut,
    NearOut,
)
from casus.web.privacy import visible, visible_anywhere, visible_of_event
from casus.web.problems import status_of
from casus.web.workbench import Bench

router = APIRouter(prefix="/events", tags=["events"], responses=PROBLEMS)

EventId = Annotated[
    str, Path(min_length=4, max_length=64, description="Its id, or the beginning of it where that is enough.")
]
_EVENTS = TypeAdapter(EventsOut)


@router.get("", response_model=EventsOut)
def list_events(request: Request, bench: Bench, person: Reader, wanted: EventsPage) -> Response:
    """Events that a filter means, a part at a time."""
    found = bench.book.browse.page(
        wanted.wanted(person),
        wanted.order,
        descending=wanted.descending,
        offset=wanted.offset,
        limit=wanted.limit,
    )
    etag = etag_of(person, found.revision)
    if is_known(request, etag):
        return Response(status_code=304, headers={"ETag": etag})
    withheld = bench.book.withheld()
    listed = EventsOut(
        events=[_out(person, row, withheld) for row in found.events],
        total=found.total,
        offset=wanted.offset,
        limit=wanted.limit,
        revision=found.revision,
    )
    return Response(_EVENTS.dump_json(listed), media_type="application/json", headers={"ETag": etag})


@router.get("/totals")
def totals(bench: Bench, person: Reader, wanted: Events) -> Totals:
    """What the events that a filter means come to: how many, of which kinds, how many harmed."""
    return bench.book.browse.totals(wanted.wanted(person))


@router.get("/timeline")
def timeline(
    bench: Bench,
    person: Reader,
    wanted: Events,
    unit: Annotated[
        TimeUnit | None, Query(description="How long a period is; chosen by the span else.")
    ] = None,
) -> list[Period]:
    """Events and killed over time, without gaps."""
    return list(bench.book.browse.timeline(wanted.wanted(person), unit))


@router.get("/map")
def cells(
    bench: Bench,
    person: Reader,
    wanted: Events,
    cell_degrees: Annotated[float, Query(ge=0.001, le=30, description="How wide a cell is.")] = 0.5,
) -> list[MapCell]:
    """Where the events are, those that are near each other together."""
    return list(bench.book.browse.map_cells(wanted.wanted(person), cell_degrees))


@router.get("/facets")
def facets(bench: Bench, person: Reader, wanted: Events) -> Facets:
    """What a filter can be narrowed by, with the number of events of each choice."""
    return bench.book.browse.facets(wanted.wanted(person))


@router.post("/bulk")
def decide_about_many(bench: Bench, person: Reviewer, bulk: BulkIn) -> BulkOut:
    """Make one decision about each of several events; each is made or refused by itself."""
    required_right(person, bulk.decision)
    decided: dict[str, int] = {}
    refused: list[BulkRefused] = []
    for one in bulk.ids:
        try:
            number, _ = decide(bench.book, person, one.id, bulk.decision, one.revision)
            decided[one.id] = number
        except CasusError as error:
            refused.append(BulkRefused(id=one.id, status=status_of(error), detail=str(error)))
    return BulkOut(decided=decided, refused=refused)


@router.get("/{event_id}")
def one_event(request: Request, bench: Bench, person: Reader, event_id: EventId, response: Response) -> Any:
    """An event; an id that was merged into another gives that other."""
    row = row_of(bench.book, event_id)
    etag = f'"{row.revision}"'
    if is_known(request, etag):
        return Response(status_code=304, headers={"ETag": etag})
    response.headers["ETag"] = etag
    return _out(person, row, bench.book.withheld())


@router.get("/{event_id}/accounts")
def accounts(bench: Bench, person: Reader, event_id: EventId) -> AccountsOut:
    """What each report tells of an event, with the words of its claims."""
    dossier = visible(person, dossier_of(bench.book, event_id))
    return AccountsOut(accounts=list(dossier.told), quotes=dict(dossier.quotes))


@router.get("/{event_id}/near")
def near(bench: Bench, person: Reader, event_id: EventId) -> NearOut:
    """Events that may be the same as one, the nearest first, with the reasons; and what ties its accounts."""
    withheld = bench.book.withheld()
    found = bench.book.browse.near(bench.book.event(event_id).id)
    events = [
        NearEventOut(
            event=_out(person, one.row, withheld),
            best=visible_anywhere(person, one.best, withheld),
            pairs=one.pairs,
            is_parted=one.is_parted,
        )
        for one in found.events
    ]
    within = visible_anywhere(person, found.within, withheld)
    return NearOut(events=events, within=list(within), by_hand=list(found.by_hand))


@router.get("/{event_id}/history")
def history(bench: Bench, person: Reader, event_id: EventId) -> DecisionsOut:
    """All that was decided about an event, what was taken back among it."""
    keys = bench.book.event(event_id).keys
    decisions = bench.book.decisions(event_id)
    return DecisionsOut(decisions=list(visible_of_event(person, decisions, keys, bench.book.withheld())))


@router.post("/{event_id}/decisions", status_code=201)
def decide_about(
    bench: Bench,
    person: Reviewer,
    event_id: EventId,
    wished: DecisionIn,
    response: Response,
    *,
    if_match: Annotated[
        str | None,
        Header(
            description='The revision of the event that was seen, such as "17"; 412 where it has changed.'
        ),
    ] = None,
) -> DecidedOut:
    """Decide about an event; nothing changes where it is not any more what was seen."""
    required_right(person, wished)
    number, event_id = decide(bench.book, person, event_id, wished, revision_in(if_match))
    row = row_of(bench.book, event_id)
    response.headers["ETag"] = f'"{row.revision}"'
    return DecidedOut(decision=number, event=_out(person, row, bench.book.withheld()))


def row_of(book: Casebook, event_id: str) -> EventRow:
    """An event by its id or the beginning of it, with what is known beside; raises `NotInCasebook`."""
    row = book.browse.row(book.event(event_id).id)
    if row is None:
        raise NotInCasebook(f"no event {event_id!r} in this casebook")
    return row


def dossier_of(book: Casebook, event_id: str) -> Dossier:
    """An event with all that is told of it; raises `NotInCasebook`."""
    found = book.event(event_id).id
    return next(iter(book.dossiers(EventFilter(ids=(found,), includes_rejected=True))))


def _out(person: Person, row: EventRow, withheld: Withheld) -> EventOut:
    return EventOut.of(row, visible_of_event(person, row.event, row.event.keys, withheld))
