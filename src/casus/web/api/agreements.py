"""The register of agreements: what is in it, what happened around one, and what people decide."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.browsing.records import (
    AgreementRecord,
    AgreementRow,
    Allegation,
    Bearing,
    Count,
    PartyEvent,
    Promise,
)
from casus.casebook.pacts.bearing import rule_words
from casus.casebook.pacts.entries import numbers_of
from casus.casebook.pacts.records import NewPactDecision, PactDecision, PactDecisionKind
from casus.casebook.records import ReportHead, Role
from casus.casebook.withholding import Withheld
from casus.errors import NotInCasebook
from casus.model import Commitment, EventType
from casus.web.access import Person, Reader, Reviewer, Right
from casus.web.api.answers import PROBLEMS, revision_in
from casus.web.api.documented import Limit, Number, Offset, Plain, errors
from casus.web.api.wire import LONGEST_REASON, EventOut, WithdrawIn
from casus.web.privacy import visible_anywhere, visible_of_event
from casus.web.workbench import Bench

router = APIRouter(prefix="/agreements", tags=["agreements"], responses=PROBLEMS)

Text = Annotated[str | None, Query(max_length=200, description="A part of a name, in any case.")]
_Line = Annotated[Plain, Field(max_length=500)]
_Why = Annotated[Plain, Field(min_length=1, max_length=LONGEST_REASON)]
_RIGHTS = {PactDecisionKind.JOIN: Right.LINK, PactDecisionKind.PART: Right.LINK}


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


class CommitmentIn(BaseModel):
    """What a party undertook, and what bears on it; what is left out or empty asks for nothing."""

    by: _Line
    text: _Line
    deadline: Annotated[_Line | None, Field(description="A day, month or year, such as 2020-08-01.")] = None
    event_types: Annotated[list[EventType], Field(max_length=len(EventType))] = []
    country: Annotated[str | None, Field(max_length=2, description="ISO 3166-1 alpha-2.")] = None
    adm1: Annotated[_Line | None, Field(description="A first-order unit, as events name it.")] = None
    target: Annotated[_Line | None, Field(description="Whom it protects.")] = None


class AgreementIn(BaseModel):
    """An agreement by hand, where it stands, and why it is entered."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Salt Road Accord",
                    "parties": ["Amal Duur", "Coast Council"],
                    "agreed_on": "2020-06-10",
                    "source": "https://example.org/salt-road",
                    "commitments": [{"by": "Amal Duur", "text": "stop the raids", "deadline": "2020-08-01"}],
                    "reason": "the signed text",
                }
            ]
        }
    )

    name: _Line
    parties: Annotated[list[_Line], Field(max_length=50)]
    agreed_on: Annotated[_Line | None, Field(description="A day, month or year.")] = None
    source: Annotated[Plain, Field(max_length=2000, description="An address, or a report.")]
    commitments: Annotated[list[CommitmentIn], Field(max_length=50)] = []
    reason: _Why


class ChangesIn(BaseModel):
    """The fields of an agreement that a correction sets; what is left out stays."""

    name: _Line | None = None
    parties: Annotated[list[_Line] | None, Field(max_length=50)] = None
    agreed_on: _Line | None = None
    commitments: Annotated[list[CommitmentIn] | None, Field(max_length=50)] = None


class PactDecisionIn(BaseModel):
    """What to decide about an agreement.

    `correct` takes the `changes`, `join` the numbers of the `others` that are the same agreement, `part` the
    numbers of the `tellings` that are of another; `reject` says that there is no such agreement.
    """

    kind: Annotated[PactDecisionKind, Field(description="add is a POST to /agreements.", examples=["reject"])]
    reason: _Why
    changes: ChangesIn = ChangesIn()
    others: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=50)] = []
    tellings: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=200)] = []


class PactDecidedOut(BaseModel):
    """The entry as it now is (of what was parted, after a part), and the decision's number."""

    decision: int
    agreement: AgreementRow


class PactDecisionsOut(BaseModel):
    """Decisions in their order, those that were taken back among them."""

    decisions: list[PactDecision]


@router.get("")
def agreements(
    *,
    bench: Bench,
    person: Reader,
    text: Text = None,
    rejected: Annotated[bool, Query(description="Those that somebody rejected, instead.")] = False,
    offset: Offset = 0,
    limit: Limit = 100,
) -> AgreementsOut:
    """The register of agreements: what several reports and people say of one stands together."""
    found = bench.book.browse.agreements(text, offset=offset, limit=limit, is_rejected=rejected)
    rows = visible_anywhere(person, found.agreements, bench.book.withheld())
    return AgreementsOut(agreements=list(rows), total=found.total, offset=offset, limit=limit)


@router.get("/{number}")
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


@router.post("", status_code=201, responses=errors())
def add(bench: Bench, person: Reviewer, wished: AgreementIn) -> PactDecidedOut:
    """Enter an agreement by hand."""
    value = wished.model_dump(mode="json", exclude={"reason"})
    new = NewPactDecision(
        kind=PactDecisionKind.ADD, by=person.name, reason=wished.reason.strip(), value=value
    )
    return _decided(bench, person, [new], None)


@router.get("/{number}/history")
def history(bench: Bench, person: Reader, number: Number) -> PactDecisionsOut:
    """What was decided about an agreement; one by hand that was taken back has its history still."""
    decisions = bench.book.agreements.history(number)
    return PactDecisionsOut(decisions=list(visible_anywhere(person, decisions, bench.book.withheld())))


@router.post("/{number}/decisions", responses=errors(404, 412))
def decide(
    bench: Bench,
    person: Reviewer,
    number: Number,
    wished: PactDecisionIn,
    response: Response,
    *,
    if_match: Annotated[
        str | None,
        Header(description='The revision of the agreement that was seen, such as "2"; 412 where it changed.'),
    ] = None,
) -> PactDecidedOut:
    """Decide about an agreement: correct, join, part or reject it."""
    right = _RIGHTS.get(wished.kind, Right.REVIEW)
    if not person.may(right):
        raise HTTPException(403, f"your role ({person.role}) may not {wished.kind}")
    made = _decided(bench, person, _news(bench, person, number, wished), revision_in(if_match))
    response.headers["ETag"] = f'"{made.agreement.revision}"'
    return made


@router.post("/decisions/{number}/withdraw", responses=errors(404))
def withdraw(bench: Bench, person: Reviewer, number: Number, why: WithdrawIn) -> PactDecision:
    """Take a decision back; it stays in the history.  What others decided takes an editor."""
    made = bench.book.agreements.decision(number)
    if made.by != person.name and not person.may(Right.UNDO_OTHERS):
        raise HTTPException(403, f"{made.by} decided that: it takes an editor to take it back")
    return bench.book.agreements.withdraw(number, by=person.name, reason=why.reason.strip() or "taken back")


def _tellings(bench: Bench, number: int, wished: list[int]) -> tuple[int, ...]:
    """The tellings to part, which are of the entry that is addressed; raises `NotInCasebook`."""
    row = bench.book.browse.register().row_with(number)
    unknown = sorted(set(wished) - set(numbers_of(row) if row else ()))
    if row is None or unknown:
        raise NotInCasebook(f"agreement {number} has no telling {unknown[0] if unknown else number}")
    return tuple(wished)


def _news(bench: Bench, person: Person, number: int, wished: PactDecisionIn) -> list[NewPactDecision]:
    """The decisions that somebody wishes to make; raises 422 for those that this address does not make."""
    about: tuple[int, ...] = (number,)
    match wished.kind:
        case PactDecisionKind.ADD:
            raise HTTPException(422, "an agreement is entered by a POST to /agreements")
        case PactDecisionKind.CORRECT:
            changes = wished.changes.model_dump(mode="json", exclude_unset=True)
            if not changes:
                raise HTTPException(422, "nothing to correct: give the fields that change")
            return [
                NewPactDecision(
                    kind=wished.kind, by=person.name, reason=wished.reason.strip(), about=about, field=field,
                    value=value,
                )
                for field, value in changes.items()
            ]  # fmt: skip
        case PactDecisionKind.JOIN:
            about = (number, *wished.others)
        case PactDecisionKind.PART:
            about = _tellings(bench, number, wished.tellings)
        case PactDecisionKind.REJECT:
            pass
    return [NewPactDecision(kind=wished.kind, by=person.name, reason=wished.reason.strip(), about=about)]


def _decided(
    bench: Bench, person: Person, news: list[NewPactDecision], expected: int | None
) -> PactDecidedOut:
    decision, row = bench.book.agreements.decide_all(news, expected)
    return PactDecidedOut(decision=decision, agreement=visible_anywhere(person, row, bench.book.withheld()))


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
