"""Feeds that the server takes in now and then."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.feeds import LEAST_MINUTES, MOST_MINUTES, Feed
from casus.web.access import Person, Reader, Right, person_with
from casus.web.api.documented import Number, errors
from casus.web.api.jobs import JobOut, job_out
from casus.web.api.texts import Line, WebAddress
from casus.web.privacy import visible_anywhere
from casus.web.workbench import Bench

router = APIRouter(tags=["feeds"])
Keeper = Annotated[Person, Depends(person_with(Right.FEEDS))]
Minutes = Annotated[int, Field(ge=LEAST_MINUTES, le=MOST_MINUTES)]


class FeedIn(BaseModel):
    """A feed to watch."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://news.example/feed.xml", "name": "Example Times"}]},
    )

    url: WebAddress = Field(description="Of RSS or Atom.")
    name: Line | None = Field(default=None, description="What to call it; its address without one.")
    every_minutes: Minutes = 60


class FeedChange(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"is_active": False}]})

    name: Annotated[Line, Field(min_length=1)] | None = None
    every_minutes: Minutes | None = None
    is_active: bool | None = Field(default=None, description="False pauses it.")


class FeedOut(BaseModel):
    """A feed, and what came of it last."""

    number: int
    url: str
    name: str
    every_minutes: int
    is_active: bool
    made_by: str
    made_at: datetime
    taken_at: datetime | None = Field(description="When it was last asked for.")
    due_at: datetime | None = Field(description="When it is asked for next; null while it is paused.")
    result: dict[str, Any] | None = Field(
        description="What came of it last: the job, its state, its account."
    )


@router.get("/feeds", summary="List the feeds", responses=errors())
def list_feeds(bench: Bench, person: Reader) -> list[FeedOut]:
    """All feeds, by name, with what came of each last."""
    feeds = visible_anywhere(person, bench.book.feeds.list(), bench.book.withheld())
    return [feed_out(feed) for feed in feeds]


@router.post("/feeds", status_code=201, summary="Watch a feed", responses=errors())
def add(wanted: FeedIn, bench: Bench, person: Keeper) -> FeedOut:
    """It is taken in at once, and from then on when it is due."""
    feed = bench.book.feeds.add(
        wanted.url, name=wanted.name or wanted.url, every_minutes=wanted.every_minutes, by=person.name
    )
    bench.runner.wake()
    return feed_out(feed)


@router.get("/feeds/{number}", summary="A feed", responses=errors(404))
def get(number: Number, bench: Bench, person: Reader) -> FeedOut:
    """A feed with what came of it last."""
    return feed_out(visible_anywhere(person, bench.book.feeds.get(number), bench.book.withheld()))


@router.patch("/feeds/{number}", summary="Change or pause a feed", responses=errors(404))
def change(number: Number, wanted: FeedChange, bench: Bench, person: Keeper) -> FeedOut:  # noqa: ARG001
    """What is given is changed."""
    return feed_out(bench.book.feeds.change(number, **wanted.model_dump(exclude_unset=True)))


@router.delete("/feeds/{number}", status_code=204, summary="Watch a feed no longer", responses=errors(404))
def remove(number: Number, bench: Bench, person: Keeper) -> None:  # noqa: ARG001
    """The reports that came of it stay."""
    bench.book.feeds.remove(number)


@router.post("/feeds/{number}/take", status_code=202, summary="Take a feed in now", responses=errors(404))
def take(number: Number, bench: Bench, person: Keeper) -> JobOut:
    """The job that does it; the one that is under way, where there is one."""
    job = bench.book.feeds.take(number, by=person.name)
    bench.runner.wake()
    return job_out(job)


def feed_out(feed: Feed) -> FeedOut:
    """A feed as programs see it."""
    return FeedOut(
        number=feed.number,
        url=feed.url,
        name=feed.name,
        every_minutes=feed.every_minutes,
        is_active=feed.is_active,
        made_by=feed.made_by,
        made_at=feed.made_at,
        taken_at=feed.taken_at,
        due_at=feed.due_at,
        result=dict(feed.result) if feed.result is not None else None,
    )
