"""What people enter in the register of agreements and decide about it, as typed immutable records.

A *telling* is what one report tells of an agreement; an *entry* of the register is what several
tellings and people say of one agreement.  Each telling, and each agreement by hand, has a number;
an entry goes by the number of any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casus.model import EventType


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a party undertook, and what bears on it as far as a person said so.

    `deadline` is an ISO day, month or year.  `event_types` empty, `country`, `adm1` and `target`
    None ask for nothing; `country` is ISO 3166-1 alpha-2, `target` the name of whom it protects.
    """

    by: str
    text: str
    deadline: str | None = None
    event_types: tuple[EventType, ...] = ()
    country: str | None = None
    adm1: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class PactByHand:
    """An agreement that a person entered; `agreed_on` is an ISO day, month or year.

    `source` is where it stands: an address, or a report.
    """

    name: str
    parties: tuple[str, ...]
    agreed_on: str | None
    commitments: tuple[Undertaking, ...]
    source: str


class PactField(StrEnum):
    """What can be corrected in an entry."""

    NAME = "name"
    PARTIES = "parties"
    AGREED_ON = "agreed_on"
    COMMITMENTS = "commitments"


class PactDecisionKind(StrEnum):
    """What a person can decide about agreements."""

    ADD = "add"
    CORRECT = "correct"
    JOIN = "join"
    PART = "part"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class PactDecision:
    """Who decided what, when and why, about which tellings and agreements by hand.

    `seen` is what the entry said at that time; `withdrawn_at` is None while it holds.
    """

    number: int
    kind: PactDecisionKind
    about: tuple[int, ...]
    field: PactField | None
    value: object
    seen: object
    reason: str
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPactDecision:
    """What a person wants to decide.

    ADD takes as `value` the fields of an agreement (`casus.casebook.pacts.checking.FIELDS`); CORRECT
    an entry's number, a `field` and a `value`; JOIN the numbers of two entries or more; PART the
    numbers of the tellings to part from their entry; REJECT an entry's number.  All take a reason.
    """

    kind: PactDecisionKind
    by: str
    reason: str
    about: tuple[int, ...] = ()
    field: str | None = None
    value: object = None


@dataclass(frozen=True, slots=True)
class PactEntered:
    """An agreement by hand: with its number, who entered it, when and why."""

    number: int
    agreement: PactByHand
    by: str
    at: datetime
    reason: str
    decision: int


@dataclass(frozen=True, slots=True)
class PactCorrection:
    """A field of an entry that a person set, and what reports, or who entered it, say instead."""

    field: PactField
    value: object
    computed: object
    by: str
    reason: str
    decision: int
