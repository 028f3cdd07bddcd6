"""What a casebook keeps and gives, as typed immutable records.

A *reported event* is one report's account; an *event* is what happened, made of one or
more of them.  Keys name reported events ("0123456789ab.2"), ids name events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from casus.model import (
    Category,
    Claim,
    DatePrecision,
    EventType,
    Harm,
    ReportedEvent,
)


class Grade(StrEnum):
    """How well an event is corroborated, after Airwars (docs/reconciling.md)."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class Standing(StrEnum):
    """How somebody comes to be named as the perpetrator of an event."""

    CLAIMED = "claimed"  # they say so themselves
    ACCUSED = "accused"  # somebody says so
    DENIED = "denied"  # they were named and deny it
    REPORTED = "reported"  # a report says so in its own voice


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report without its text.  `source` names the independent source that it belongs to."""

    number: int
    hash: str
    name: str
    origin: str
    title: str | None
    publisher: str | None
    published_on: date | None
    url: str | None
    credit: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """One report's account of an event, with what its speakers say of it."""

    key: str
    report: ReportHead
    event: ReportedEvent
    claims: tuple[tuple[int, Claim], ...]  # each with its number in the casebook, by hand below 0
    unmet: tuple[int, ...] = ()  # decisions about claims that the account does not make any more


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an independent source gives; `claims` and `keys` say where."""

    source: str
    low: int | None
    best: int | None
    high: int | None
    published_on: date | None
    keys: tuple[str, ...]
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventToll:
    """How many were harmed: over all sources, with the figure of each."""

    harm: Harm
    category: Category
    low: int | None
    best: int | None
    high: int | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Deaths:
    """The dead by side, as UCDP counts them; `best` is the sum of the four."""

    side_a: int
    side_b: int
    civilians: int
    unknown: int
    low: int
    best: int
    high: int


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is said to have done it, how they come to be named, and where."""

    name: str
    registry_id: str | None
    country_code: str | None
    standings: tuple[Standing, ...]
    keys: tuple[str, ...]
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that accounts name: a target, a weapon."""

    name: str
    registry_id: str | None
    country_code: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventWhen:
    """First and last day, both inclusive; `keys` are the accounts that say so."""

    start: date | None
    end: date | None
    precision: DatePrecision
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventWhere:
    """Where; `precision_code` is UCDP's where_prec."""

    name: str | None
    country_code: str | None
    adm1: str | None
    adm2: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    precision_code: int | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What accounts or claims disagree on: a field, and what each source says."""

    field: str
    says: tuple[tuple[str, str], ...]  # source, what


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that a reviewer set, and what the accounts say instead."""

    field: str
    value: object
    computed: object
    by: str
    reason: str
    decision: int


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as the casebook has it now: computed from accounts, claims and decisions."""

    id: str
    event_type: EventType
    when: EventWhen
    where: EventWhere
    perpetrators: tuple[Perpetrator, ...]
    targets: tuple[Named, ...]
    weapons: tuple[Named, ...]
    tolls: tuple[EventToll, ...]
    deaths: Deaths | None
    grade: Grade
    grade_reason: str
    grade_claims: tuple[int, ...]
    grade_keys: tuple[str, ...]
    keys: tuple[str, ...]
    reports: int
    sources: tuple[str, ...]
    disputes: tuple[Dispute, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withheld: tuple[str, ...] = ()
    is_reviewed: bool = False
    is_rejected: bool = False
    needs_review: tuple[str, ...] = ()  # why
    assignee: str | None = None


class Waiting(StrEnum):
    """Why an event waits for a person, the most pressing first."""

    CHANGED = "changed"  # new evidence speaks against what was decided
    CONTESTED = "contested"  # sources contradict each other
    LOW_SCORE = "low_score"  # its place or its links are unsure
    NEW = "new"  # nobody has looked at it


class DecisionKind(StrEnum):
    """What a reviewer can decide."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    WITHHOLD = "withhold"
    ASSIGN = "assign"
    COMMENT = "comment"
    ADD_CLAIM = "add_claim"
    CORRECT_CLAIM = "correct_claim"
    RETRACT_CLAIM = "retract_claim"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, when and why, about which reported events.

    `seen` is what the casebook said at that time; `withdrawn_at` is None while it holds.
    """

    number: int
    kind: DecisionKind
    keys: tuple[str, ...]
    field: str | None
    value: object
    seen: object
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What a reviewer wants to decide about an event.

    CORRECT takes `field` and `value`, MERGE the ids of the `others`, SPLIT the `keys` of the
    accounts to part from the event, WITHHOLD, ASSIGN and COMMENT a `value`.  ADD_CLAIM takes the
    one of the `keys` of the account that makes the claim, and as `value` the claim's fields
    (`casus.casebook.claim_fields.FIELDS`); CORRECT_CLAIM those that change, with the number under
    "claim"; RETRACT_CLAIM the number.
    """

    kind: DecisionKind
    by: str
    reason: str
    field: str | None = None
    value: object = None
    others: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """The account of one run of ingest, in reports."""

    seen: int = 0
    new: int = 0
    known: int = 0
    without_events: int = 0
    reread: int = 0
    failed: int = 0


class Role(StrEnum):
    """What part an actor has in an event."""

    PERPETRATOR = "perpetrator"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are meant; None asks for nothing.  Days are inclusive.

    `event_types` asks for any of several; `place`, `actor` and `text` are parts of names, in any
    case and without accents; `actor_id` is a key of the registry, or a whole name.  Where
    `sees_withheld` is False, names that are withheld are not found.
    """

    since: date | None = None
    until: date | None = None
    country: str | None = None
    place: str | None = None
    actor: str | None = None
    event_type: EventType | None = None
    grade: Grade | None = None
    is_reviewed: bool | None = None
    needs_review: bool | None = None
    includes_rejected: bool = False
    assignee: str | None = None
    ids: tuple[str, ...] = field(default=())
    adm1: str | None = None
    harm: Harm | None = None
    waits_for: Waiting | None = None
    is_waiting: bool | None = None
    is_contested: bool | None = None
    is_assigned: bool | None = None
    is_rejected_only: bool = False
    text: str | None = None
    actor_id: str | None = None
    role: Role | None = None
    geonames_id: int | None = None
    sees_withheld: bool = True
    event_types: tuple[EventType, ...] = ()
