"""What looking things up gives, as typed immutable records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from casus.casebook.records import Event, Grade, Waiting
from casus.model import EventType


class EventOrder(StrEnum):
    """By what events are sorted; those of which it is unknown come last in either direction."""

    DAY = "day"
    CHANGED = "changed"
    KILLED = "killed"
    INJURED = "injured"
    TYPE = "type"
    COUNTRY = "country"
    PLACE = "place"
    GRADE = "grade"
    REPORTS = "reports"
    SOURCES = "sources"
    SCORE = "score"
    DISPUTES = "disputes"
    PRESSING = "pressing"  # as the queue has them: by why they wait, the newest first


class TimeUnit(StrEnum):
    """How long the periods of a timeline are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest, best and highest figure; None where none is known."""

    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list: its record, and what is known of it beside.

    `withheld` are names that are kept back, of this event or of a report that tells of it.
    """

    id: str
    revision: int
    changed_at: datetime
    waits_for: Waiting | None
    score: float | None
    disputes: int
    killed: Span
    injured: Span
    event: Event
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of the events that a filter means, how many there are, and the casebook's revision."""

    events: tuple[EventRow, ...]
    total: int
    revision: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after an event in an order; its `position` counts from 1.

    `position` is None where the filter leaves the event out.
    """

    previous: str | None
    next: str | None
    position: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of events added up, and how many of them have figures and how many none.

    Where an event has no best figure its lowest counts, and where no lowest or highest its best.
    """

    low: int
    best: int
    high: int
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What some events come to."""

    events: int
    waiting: int
    contested: int
    reviewed: int
    undated: int
    by_grade: dict[Grade, int]
    by_type: dict[EventType, int]
    by_country: dict[str, int]  # the most first; "" where it is unknown
    by_waiting: dict[Waiting, int]
    killed: Sum
    injured: Sum


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a timeline, its first and last day, and what began in it."""

    start: date
    end: date
    events: int
    killed_low: int
    killed_best: int
    killed_high: int


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, in degrees; its west lies east of its east where it spans the line of dates."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class MapCell:
    """Events near each other: where they lie in the middle; `event` is the one where there is one.

    `precision` is UCDP's where_prec of the one event, or the least exact of several.
    """

    latitude: float
    longitude: float
    events: int
    killed_best: int
    event: str | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class Facets:
    """What filters can be set to, with the number of events of each, the most first."""

    countries: tuple[tuple[str, int], ...]
    units: tuple[tuple[str, int], ...]  # of the country that the filter names
    types: tuple[tuple[EventType, int], ...]
    grades: tuple[tuple[Grade, int], ...]
    assignees: tuple[tuple[str, int], ...]
