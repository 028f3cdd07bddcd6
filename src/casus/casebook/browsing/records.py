"""What looking things up gives, as typed immutable records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from casus.casebook.pacts.records import PactCorrection, PactEntered, Undertaking
from casus.casebook.records import DecisionKind, Event, Grade, ReportHead, Role, Standing, Waiting
from casus.model import Agreement, Claim, Commitment, EventType, Issue, ReportedEvent, Statistic


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
    killed_known: int  # how many of the events give a number; with 0, none is known of the killed


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
    `killed_best` is None where no event gives a number, `geonames_id` and `country` where not all
    have the same.
    """

    latitude: float
    longitude: float
    events: int
    killed_best: int | None
    event: str | None
    precision: int | None
    geonames_id: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What filters can be set to, with the number of events of each, the most first."""

    countries: tuple[tuple[str, int], ...]
    units: tuple[tuple[str, int], ...]  # of the country that the filter names
    types: tuple[tuple[EventType, int], ...]
    grades: tuple[tuple[Grade, int], ...]
    assignees: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pulse:
    """What tells whether anything changed: numbers that only go up.

    `job` goes up with each new job; `busy` says how many are not done.
    """

    revision: int
    decision: int
    job: int
    busy: int


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """An event that changed, and the latest decision about it that holds, if there is one."""

    id: str
    revision: int
    changed_at: datetime
    by: str | None
    kind: DecisionKind | None


@dataclass(frozen=True, slots=True)
class ToldHere:
    """An account in a report, and the event that it belongs to now; None where it is not linked."""

    key: str
    told: ReportedEvent
    event: str | None


@dataclass(frozen=True, slots=True)
class ClaimHere:
    """A claim in a report, its number in the casebook, and the account that it is about."""

    number: int
    key: str | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class CopyElsewhere:
    """A report that shares most of its words with another, and how large a share."""

    report: ReportHead
    share: float


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report with its text, what was read in it, and where else it stands.

    Agreements and statistics come with their numbers.  `withheld` are names withheld in an event
    that it tells of, `withheld_elsewhere` full names withheld in any event.
    """

    head: ReportHead
    text: str
    body_start: int
    added_at: datetime
    reader: str
    read_at: datetime
    issues: tuple[Issue, ...]
    events: tuple[ToldHere, ...]
    claims: tuple[ClaimHere, ...]
    agreements: tuple[tuple[int, Agreement], ...]
    statistics: tuple[tuple[int, Statistic], ...]
    copies: tuple[CopyElsewhere, ...]
    withheld: tuple[str, ...]
    withheld_elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list, and how many events it tells of."""

    head: ReportHead
    events: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Some of the reports that are asked for, and how many there are."""

    reports: tuple[ReportRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One aspect of two accounts: in words, and how much it speaks for one event (base 2)."""

    aspect: str
    level: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Two accounts, the evidence that they are of one event, its probability, and the reasons.

    Reasons that weigh nothing are left out, the heaviest come first.
    """

    key: str
    other: str
    weight: float
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event that may be the same as another, and the pair of accounts that speaks most for it.

    `pairs` says how many pairs of accounts do; `is_parted` that a person decided they are two.
    """

    row: EventRow
    best: Alike
    pairs: int
    is_parted: bool


@dataclass(frozen=True, slots=True)
class Near:
    """Events near one, the nearest first, and what ties each account of it to the others.

    An account that no pair ties, since a person put it there, is in `by_hand`.
    """

    events: tuple[NearEvent, ...]
    within: tuple[Alike, ...]
    by_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, in how many events it is named as what, and the dead of those that it is said to have done.

    `id` is its key in the registry, or its folded name.  `names` are those that it goes by, the
    most used first.  `country` is None where it is held to be of several, `killed_best` where no
    event gives a number.
    """

    id: str
    name: str
    registry_id: str | None
    country: str | None
    as_perpetrator: int
    as_target: int
    killed_best: int | None
    first: date | None
    last: date | None
    names: tuple[str, ...]


class ActorOrder(StrEnum):
    """By what actors are sorted."""

    EVENTS = "events"
    PERPETRATOR = "as_perpetrator"
    TARGET = "as_target"
    KILLED = "killed_best"
    FIRST = "first"
    LAST = "last"
    NAME = "name"


class PlaceOrder(StrEnum):
    """By what places are sorted."""

    EVENTS = "events"
    KILLED = "killed_best"
    PRECISION = "precision"
    COUNTRY = "country"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Standings:
    """How an actor comes to be named as perpetrator: in how many events each way, and of how many."""

    counts: dict[Standing, int]
    events: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Some of the actors that are asked for, those in most events first, and how many there are."""

    actors: tuple[ActorRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of events: how many, and the dead of them; `precision` is UCDP's where_prec.

    `killed_best` is None where no event gives a number.
    """

    name: str
    country: str | None
    adm1: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    precision: int | None
    events: int
    killed_best: int | None


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Some of the places that are asked for, those of most events first, and how many there are."""

    places: tuple[PlaceRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name was taken for, or could have been, and in how many accounts."""

    name: str | None
    country: str | None
    adm1: str | None
    adm2: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    score: float | None  # its highest
    chosen: int
    considered: int


@dataclass(frozen=True, slots=True)
class AgreementTold:
    """An agreement as one report tells of it, with its number in the casebook."""

    number: int
    agreement: Agreement
    report: ReportHead


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement of some parties: the reports that tell of it, the first published first, and people.

    It goes by the lowest `number` of its tellings and agreements by hand; any other of them finds it
    too.  `needs_review` tells where reports now say something else than when a person corrected it;
    `revision` counts the decisions about it, made and taken back.
    """

    name: str
    parties: tuple[str, ...]
    agreed_on: str | None
    told: tuple[AgreementTold, ...]
    number: int
    by_hand: tuple[PactEntered, ...] = ()
    commitments: tuple[Undertaking, ...] = ()
    corrections: tuple[PactCorrection, ...] = ()
    needs_review: tuple[str, ...] = ()
    is_rejected: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """Some of the agreements, the latest first, and how many there are."""

    agreements: tuple[AgreementRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PartyEvent:
    """An event that names parties of an agreement, as perpetrator or target."""

    row: EventRow
    parties: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many events of a kind there were before and after a day, as long before as after."""

    what: str  # party, type or area
    value: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PartyAct:
    """An event that names parties of an agreement, as far as it is counted.

    `parties` are the parties that it names, as perpetrator or target; `end` is `start` where it
    is not known.
    """

    event: str
    start: date
    end: date
    event_type: EventType
    country: str | None
    adm1: str | None
    killed: Span
    parties: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """The events before an agreement, after it, and those of which it is not known."""

    before: tuple[PartyAct, ...] = ()
    between: tuple[PartyAct, ...] = ()
    after: tuple[PartyAct, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearing:
    """By which rule events bear on a commitment; it asks for nothing where a field is empty.

    `parties` are those whose acts count: the one that undertook it, or all (`is_everybody`) where it
    is nobody's in particular.  `event_types` are as a person said, or follow from `words` of the
    commitment; `area` is a country, or a country and a first-order unit; `target` the name of whom
    it protects, `told_target` one that the words name and that nothing was left out by.
    """

    parties: tuple[str, ...]
    is_everybody: bool
    event_types: tuple[EventType, ...]
    words: tuple[str, ...]
    area: tuple[str, ...]
    target: str | None
    told_target: str | None
    deadline: str | None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a party undertook, the reports that say so, and the events that bear on it.

    `events` are from the agreement's day to the deadline, or as far as is looked, by the rule
    `bearing`; `later` those after the deadline, by the same rule.  Of the other events after the
    agreement in which the same parties are said to have acted, `others` are of another kind, area
    or target, and `unplaced` may be in the area or not, since their place is not known.
    """

    by: str
    text: str
    deadline: str | None
    told: tuple[tuple[ReportHead, Commitment], ...]
    events: tuple[PartyAct, ...]
    later: tuple[PartyAct, ...]
    bearing: Bearing
    others: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class Allegation:
    """A claim that a party broke its word: who says so of whom, where, and about which event, if any."""

    claim: Claim
    report: ReportHead
    event: str | None


@dataclass(frozen=True, slots=True)
class AgreementRecord:
    """An agreement, and the events of its parties before and after its day, in their order.

    What happened is counted and listed; whether anybody kept their word is not for a count to say.
    `day` and `last` are the first and the last day on which it may have been agreed; `since` and
    `until` bound the days that are looked at, as many before as after.  Without a day there are no
    events.  `actors` are the parties, and who else undertook something; `acts` are all events that name
    them, `before`, `between` and `after` the records of those nearest to the
    day.  Between are those of which it is not known on which side they are: from `day` to `last` where these
    differ, or begun before the day and not over on it.
    """

    row: AgreementRow
    day: date | None
    last: date | None
    since: date | None
    until: date | None
    actors: tuple[str, ...] = ()
    before: tuple[PartyEvent, ...] = ()
    between: tuple[PartyEvent, ...] = ()
    after: tuple[PartyEvent, ...] = ()
    acts: Sides = field(default_factory=Sides)
    counts: tuple[Count, ...] = ()
    promises: tuple[Promise, ...] = ()
    alleged: tuple[Allegation, ...] = ()
    rows: Mapping[str, EventRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatisticRow:
    """A statistic that a report gives, with its number in the casebook."""

    number: int
    statistic: Statistic
    report: ReportHead


@dataclass(frozen=True, slots=True)
class StatisticPage:
    """Some of the statistics, the latest published first, and how many there are."""

    statistics: tuple[StatisticRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: what it published, and how what it tells stands beside what others tell.

    `alone` are events that only it tells of, `contradicted` those on which a source of its name
    disagrees with another, `copied` its reports that were published after a text most like them.
    """

    name: str
    reports: int
    events: int
    alone: int
    contradicted: int
    copied: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Copying:
    """How many texts of an outlet came out later elsewhere; both are one where it prints a text twice."""

    origin: str
    copier: str
    texts: int


@dataclass(frozen=True, slots=True)
class Sources:
    """The outlets, those of most reports first, and who copies whom."""

    outlets: tuple[Outlet, ...]
    copying: tuple[Copying, ...]
