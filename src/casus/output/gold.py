"""The record that a human coder makes of a report, in the keys of the coding rules.

The same models check hand-coded records at the door and write readings in their form
(`docs/coding-rules.md` explains each key).
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from casus.model import (
    Agreement,
    Category,
    Change,
    Claim,
    ClaimKind,
    DatePrecision,
    EventType,
    Harm,
    Reading,
    Report,
    ReportedEvent,
    Statistic,
    Toll,
)

_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


def _partial_date(value: str) -> str:
    if not _PARTIAL_DATE.fullmatch(value):
        raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    if len(value) == 10:
        date.fromisoformat(value)
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Count = Annotated[int, Field(ge=0, strict=True)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class GoldModel(BaseModel):
    """A part of the record.  Keys that the rules don't name are left aside."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class GoldReport(GoldModel):
    """Which report the record is of."""

    file: str | None = Field(default=None, description="The report's file name.")
    title: str | None
    publisher: str | None
    published: date | None = Field(description="Publication date, YYYY-MM-DD.")
    source_url: str | None


class GoldToll(GoldModel):
    """How many were harmed: one row a harm and category.  Null is unknown, never zero."""

    harm: Harm
    category: Category
    low: Count | None = Field(description="The lowest figure that any source in the report gives.")
    best: Count | None = Field(description="The report's own figure, else the best-placed source's.")
    high: Count | None = Field(description="The highest figure that any source in the report gives.")


class GoldEvent(GoldModel):
    """One event as the report tells it."""

    id: str
    main: bool = Field(description="True for what the report is about, false for what it recalls.")
    event_type: EventType
    start: date | None
    end: date | None
    date_precision: DatePrecision
    country: CountryCode | None = Field(description="ISO 3166-1 alpha-2.")
    adm1: str | None = Field(description="First-order unit, without the word province or the like.")
    adm2: str | None = Field(description="Second-order unit, without the word district or the like.")
    place: str | None = Field(description="The place in the words of the text.")
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    tolls: tuple[GoldToll, ...]


class GoldClaim(GoldModel):
    """One statement by one speaker."""

    event: str | None = Field(description="The id of the event that it is about.")
    kind: ClaimKind
    speaker: str | None = Field(description="Null exactly where the source is anonymous.")
    role: str | None
    anonymous: bool
    actor: str | None = Field(default=None, description="Whom the claim is about.")
    harm: Harm | None = Field(default=None, description="Toll claims: what was done.")
    low: Count | None = Field(default=None, description="Toll claims: the lowest figure told.")
    high: Count | None = Field(default=None, description="Toll claims: the highest figure told.")
    quote: str = Field(description="The words of the report, exactly.")


class GoldCommitment(GoldModel):
    """What a party undertook to do."""

    by: str
    text: str
    deadline: PartialDate | None


class GoldAgreement(GoldModel):
    """A deal, a ceasefire or talks."""

    name: str
    parties: tuple[str, ...]
    date: PartialDate | None
    date_precision: DatePrecision
    commitments: tuple[GoldCommitment, ...]
    quote: str


class GoldStatistic(GoldModel):
    """A figure over a period, not one event's toll."""

    measure: str
    change: Change | None
    percent: float | None
    value: int | None
    since: PartialDate | None
    speaker: str | None
    quote: str


class GoldRecord(GoldModel):
    """All that a report tells, in the form of the gold records."""

    report: GoldReport
    events: tuple[GoldEvent, ...]
    claims: tuple[GoldClaim, ...]
    agreements: tuple[GoldAgreement, ...]
    statistics: tuple[GoldStatistic, ...]

    def to_json(self) -> str:
        """The record as indented JSON with a line end, as hand-coded records look.

        What only some claims have (actor, harm, low, high) is left out of the others.
        """
        content = self.model_dump(mode="json")
        content["claims"] = [_without_idle_keys(claim) for claim in content["claims"]]
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _without_idle_keys(claim: dict[str, object]) -> dict[str, object]:
    idle = set() if claim["kind"] == ClaimKind.TOLL else {"harm", "low", "high"}
    if claim["actor"] is None:
        idle.add("actor")
    return {key: value for key, value in claim.items() if key not in idle}


def gold_record(reading: Reading, file: str | None = None) -> GoldRecord:
    """A reading as a human coder would write it down; `file` is the report's file name."""
    return GoldRecord(
        report=gold_report(reading.report, file),
        events=tuple(gold_event(event) for event in reading.events),
        claims=tuple(gold_claim(reading, claim) for claim in reading.claims),
        agreements=tuple(gold_agreement(reading, agreement) for agreement in reading.agreements),
        statistics=tuple(gold_statistic(reading, statistic) for statistic in reading.statistics),
    )


def gold_report(report: Report, file: str | None) -> GoldReport:
    """The key `report`."""
    return GoldReport(
        file=file,
        title=report.title,
        publisher=report.publisher,
        published=report.published_on,
        source_url=report.url,
    )


def gold_event(event: ReportedEvent) -> GoldEvent:
    """One of `events`."""
    return GoldEvent(
        id=event.id,
        main=event.is_main,
        event_type=event.event_type,
        start=event.when.start,
        end=event.when.end,
        date_precision=event.when.precision,
        country=event.where.country_code,
        adm1=event.where.adm1,
        adm2=event.where.adm2,
        place=event.where.name,
        perpetrators=tuple(actor.name for actor in event.perpetrators),
        targets=tuple(actor.name for actor in event.targets),
        weapons=tuple(weapon.name for weapon in event.weapons),
        tolls=tuple(gold_toll(toll) for toll in event.tolls),
    )


def gold_toll(toll: Toll) -> GoldToll:
    """One of an event's `tolls`."""
    return GoldToll(harm=toll.harm, category=toll.category, low=toll.low, best=toll.best, high=toll.high)


def gold_claim(reading: Reading, claim: Claim) -> GoldClaim:
    """One of `claims`."""
    return GoldClaim(
        event=claim.event_id,
        kind=claim.kind,
        speaker=claim.speaker.name,
        role=claim.speaker.role,
        anonymous=claim.speaker.is_anonymous,
        actor=claim.actor.name if claim.actor else None,
        harm=claim.harm,
        low=claim.low,
        high=claim.high,
        quote=reading.quote(claim.quote),
    )


def gold_agreement(reading: Reading, agreement: Agreement) -> GoldAgreement:
    """One of `agreements`."""
    return GoldAgreement(
        name=agreement.name,
        parties=agreement.parties,
        date=agreement.agreed_on,
        date_precision=agreement.precision,
        commitments=tuple(
            GoldCommitment(by=commitment.by, text=commitment.text, deadline=commitment.deadline)
            for commitment in agreement.commitments
        ),
        quote=reading.quote(agreement.quote),
    )


def gold_statistic(reading: Reading, statistic: Statistic) -> GoldStatistic:
    """One of `statistics`."""
    return GoldStatistic(
        measure=statistic.measure,
        change=statistic.change,
        percent=statistic.percent,
        value=statistic.value,
        since=statistic.since,
        speaker=statistic.speaker,
        quote=reading.quote(statistic.quote),
    )
