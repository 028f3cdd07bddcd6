"""Whom and what the record names: actors, places, agreements, statistics and outlets, as pages have them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from casus.casebook.browsing.records import (
    ActorOrder,
    ActorRow,
    AgreementRecord,
    AgreementRow,
    Allegation,
    Bearing,
    Candidate,
    Copying,
    Count,
    Outlet,
    PartyEvent,
    PlaceOrder,
    PlaceRow,
    Promise,
    Standings,
    StatisticRow,
)
from casus.casebook.pacts.bearing import rule_words
from casus.casebook.records import ReportHead, Role
from casus.casebook.withholding import Withheld
from casus.errors import NotInCasebook
from casus.model import Commitment
from casus.web.access import Person, Reader, Right
from casus.web.api.answers import PROBLEMS
from casus.web.api.documented import Limit, Number, Offset
from casus.web.api.wire import EventOut
from casus.web.privacy import visible_anywhere, visible_of_event
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


class AgreementsOut(BaseModel):
    """Some of the agreements, the latest first, and how many there are."""

    agreements: list[AgreementRow]
    total: int
    offset: int
    limit: int


class PartyEventOut(BaseModel):
    """An event, and the parties of the agreement that it names."""

    event: EventOut
    parties: list[tuple[str, Role]]


class PromiseOut(BaseModel):
    """What a party undertook, who tells of it, and the ids of the events that bear on it.

    `rule` tells in words by which rule they do.  `later` are those after the deadline.  Of the other
    events after the agreement in which the party is said to have acted, `others` are of another kind, area or
    target, and `unplaced` are at a place that is not known.
    """

    by: str
    text: str
    deadline: str | None
    told: list[tuple[ReportHead, Commitment]]
    rule: str
    bearing: Bearing
    events: list[str]
    later: list[str]
    others: int
    unplaced: int


class AgreementOut(BaseModel):
    """An agreement and what its parties did and suffered around it; none of it is a finding of a breach.

    `day` and `last` are the first and the last day on which it may have been agreed; `before`, `between`
    (which side is not known) and `after` are the 500 events of each that are nearest to it, at most; the
    `counts` are of all.

    `alleged` is what somebody says: claims that a party broke its word.
    """

    agreement: AgreementRow
    day: date | None
    last: date | None
    since: date | None
    until: date | None
    before: list[PartyEventOut]
    between: list[PartyEventOut]
    after: list[PartyEventOut]
    counts: list[Count]
    promises: list[PromiseOut]
    alleged: list[Allegation]


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


@router.get("/agreements")
def agreements(
    bench: Bench, person: Reader, text: Text = None, offset: Offset = 0, limit: Limit = 100
) -> AgreementsOut:
    """What reports tell of agreements; those of several reports stand together."""
    found = bench.book.browse.agreements(text, offset=offset, limit=limit)
    rows = visible_anywhere(person, found.agreements, bench.book.withheld())
    return AgreementsOut(agreements=list(rows), total=found.total, offset=offset, limit=limit)


@router.get("/agreements/{number}")
def agreement(
    bench: Bench,
    person: Reader,
    number: Number,
    days: Annotated[int, Query(ge=1, le=3650, description="How many days before and after.")] = 90,
) -> AgreementOut:
    """One agreement, what happened before and after, commitment by commitment, and who alleges what."""
    sees = person.may(Right.SEE_WITHHELD)
    found = bench.book.browse.agreement(number, days, sees_withheld=sees)
    if found is None:
        raise NotInCasebook(f"no agreement {number} in this casebook")
    return _agreement_out(person, found, bench.book.withheld())


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


def _agreement_out(person: Person, found: AgreementRecord, withheld: Withheld) -> AgreementOut:
    def shown(record: Any) -> Any:
        return visible_anywhere(person, record, withheld)

    def events(some: tuple[PartyEvent, ...]) -> list[PartyEventOut]:
        return [
            PartyEventOut(
                event=EventOut.of(
                    one.row, visible_of_event(person, one.row.event, one.row.event.keys, withheld)
                ),
                parties=list(shown(one.parties)),
            )
            for one in some
        ]

    def promise(one: Promise) -> PromiseOut:
        by, text, told = shown((one.by, one.text, one.told))
        ids, later = ([act.event for act in acts] for acts in (one.events, one.later))
        return PromiseOut(
            by=by,
            text=text,
            deadline=one.deadline,
            told=list(told),
            rule=shown(rule_words(one.bearing)),
            bearing=shown(one.bearing),
            events=ids,
            later=later,
            others=one.others,
            unplaced=one.unplaced,
        )

    return AgreementOut(
        agreement=shown(found.row),
        day=found.day,
        last=found.last,
        since=found.since,
        until=found.until,
        before=events(found.before),
        between=events(found.between),
        after=events(found.after),
        counts=list(shown(found.counts)),
        promises=[promise(one) for one in found.promises],
        alleged=list(shown(found.alleged)),
    )
