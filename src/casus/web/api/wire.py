"""What the API takes and gives for events and decisions, beside the records themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.browsing.records import Alike, EventRow
from casus.casebook.records import Decision, DecisionKind, Event, Told, Waiting

LONGEST_REASON = 4000
_MOST_NAMED = 200
MOST_AT_ONCE = 500
_ID = Annotated[str, Field(min_length=1, max_length=64)]
_KEY = Annotated[str, Field(min_length=3, max_length=64)]


class ProblemOut(BaseModel):
    """An error (RFC 9457)."""

    type: str = "about:blank"
    title: Annotated[str, Field(examples=["Not found"])]
    status: Annotated[int, Field(examples=[404])]
    detail: str


class SpanOut(BaseModel):
    """Lowest, best and highest figure; null where none is known, which is not zero."""

    low: int | None
    best: int | None
    high: int | None


class EventOut(BaseModel):
    """An event, and what is known of it beside its record.

    `revision` counts up over the whole casebook with each change of an event; a change sends
    it back in `If-Match`.
    """

    id: str
    revision: int
    changed_at: datetime
    waits_for: Waiting | None
    score: float | None
    disputes: int
    killed: SpanOut
    injured: SpanOut
    event: Event

    @classmethod
    def of(cls, row: EventRow, event: Event) -> EventOut:
        """A row, with the event as somebody may see it."""
        return cls(
            id=row.id,
            revision=row.revision,
            changed_at=row.changed_at,
            waits_for=row.waits_for,
            score=row.score,
            disputes=row.disputes,
            killed=SpanOut(low=row.killed.low, best=row.killed.best, high=row.killed.high),
            injured=SpanOut(low=row.injured.low, best=row.injured.best, high=row.injured.high),
            event=event,
        )


class EventsOut(BaseModel):
    """Some events, and how many there are in all."""

    events: list[EventOut]
    total: int
    offset: int
    limit: int
    revision: int


class NearEventOut(BaseModel):
    """An event that may be the same as another, and the pair of accounts that speaks most for it."""

    event: EventOut
    best: Alike
    pairs: int
    is_parted: bool


class NearOut(BaseModel):
    """Events near one, and what ties its own accounts; those put there by a person are in `by_hand`."""

    events: list[NearEventOut]
    within: list[Alike]
    by_hand: list[str]


class AccountsOut(BaseModel):
    """The accounts of an event, and the words of their claims by the claims' numbers."""

    accounts: list[Told]
    quotes: dict[int, str]


class DecisionIn(BaseModel):
    """What to decide about an event.

    `correct` takes `field` and `value` (text as a person types it; empty for unknown), `merge` the ids of
    the `others`, `split` the `keys` of the accounts to part from the event, `withhold`, `assign` and
    `comment` a `value`.  `add_claim` takes as `keys` the one account that makes the claim, and as
    `value` the claim's fields: kind, start_char, end_char (code points of the report's text), speaker, role,
    affiliation, harm, category, low, high, actor, tags; `correct_claim` those of them that change, with
    the claim's number as `claim`; `retract_claim` the number.  A `reason` is asked for by all that change
    what is there.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"kind": "confirm", "reason": ""},
                {
                    "kind": "correct",
                    "field": "killed.civilians.best",
                    "value": "11",
                    "reason": "the list of the hospital",
                },
                {"kind": "merge", "others": ["3f9a1c77ab01f3c9"], "reason": "one convoy, two villages"},
                {
                    "kind": "add_claim",
                    "keys": ["3f9a1c22b0d4.1"],
                    "value": {
                        "kind": "toll",
                        "harm": "injured",
                        "category": "civilians",
                        "low": 4,
                        "high": 6,
                        "speaker": "a nurse",
                        "start_char": 120,
                        "end_char": 171,
                    },
                },
            ]
        }
    )

    kind: DecisionKind
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    field: Annotated[str | None, Field(max_length=64)] = None
    value: Any = None
    others: Annotated[list[_ID], Field(max_length=_MOST_NAMED)] = []
    keys: Annotated[list[_KEY], Field(max_length=_MOST_NAMED)] = []


class DecidedOut(BaseModel):
    """The event as it now is, and the number to take the decision back by."""

    decision: int
    event: EventOut


class BulkTarget(BaseModel):
    """An event, and the revision of it that was seen."""

    id: _ID
    revision: int | None = None


class BulkIn(BaseModel):
    """One decision about several events."""

    ids: Annotated[list[BulkTarget], Field(min_length=1, max_length=MOST_AT_ONCE)]
    decision: DecisionIn


class BulkRefused(BaseModel):
    """Why the decision was not made about an event."""

    id: str
    status: int
    detail: str


class BulkOut(BaseModel):
    """What came of it: the numbers of the decisions, and what was refused."""

    decided: dict[str, int]
    refused: list[BulkRefused]


class WithdrawIn(BaseModel):
    """Why a decision is taken back."""

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]


class DecisionsOut(BaseModel):
    """Decisions in their order, those that were taken back among them."""

    decisions: list[Decision]
