"""What `casus read --format json` writes: the keys of the coding rules and what they rest on.

`casus schema` prints the JSON Schema of `ReadingRecord`.
"""

from __future__ import annotations

import json
from typing import Final, Literal

from pydantic import Field

from casus.model import (
    Actor,
    ActorKind,
    Agreement,
    Category,
    Claim,
    Commitment,
    Evidence,
    Issue,
    Place,
    PlaceCandidate,
    Reading,
    ReportedEvent,
    Statistic,
    Toll,
    Weapon,
    content_hash,
)
from casus.output.gold import (
    GoldAgreement,
    GoldClaim,
    GoldCommitment,
    GoldEvent,
    GoldModel,
    GoldReport,
    GoldStatistic,
    GoldToll,
    gold_agreement,
    gold_claim,
    gold_event,
    gold_report,
    gold_statistic,
    gold_toll,
)

FORMAT: Final = "casus-reading/1"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class EvidenceRecord(GoldModel):
    """Characters of `report.text` that a value was read from."""

    start_char: int = Field(ge=0, description="First character, counted from 0 in Unicode code points.")
    end_char: int = Field(ge=0, description="One past the last character.")
    words: str = Field(description="The characters themselves.")
    rule: str = Field(description="The rule that read them, see docs/rules.md.")


class ReportRecord(GoldReport):
    """The report, whole, so that the record stands on its own."""

    id: str
    content_hash: str = Field(description="SHA-256 of text, publisher, publication date and address.")
    text: str = Field(description="Title, blank line, body; all offsets count in it.")


class TollRecord(GoldToll):
    """A toll row and its evidence."""

    evidence: tuple[EvidenceRecord, ...]


class ActorRecord(GoldModel):
    """A group or authority, parallel to the names in `perpetrators` or `targets`."""

    name: str
    registry_id: str | None = Field(description="Its key in Casus's list of actors, null for one not there.")
    country: str | None
    kind: ActorKind | None = Field(description="What it is, see docs/actors.md.")
    parent_id: str | None = Field(description="The key of what it is a part or a faction of.")
    backed_by: tuple[str, ...] = Field(
        description="Countries (ISO 3166-1 alpha-2) and actors that back it, as the report says."
    )
    identifiers: tuple[str, ...] = Field(description="Its keys in other lists, such as ucdp:303.")
    evidence: tuple[EvidenceRecord, ...]


class WeaponRecord(GoldModel):
    """A weapon, parallel to the names in `weapons`."""

    name: str
    evidence: tuple[EvidenceRecord, ...]


class PlaceCandidateRecord(GoldModel):
    """A gazetteer entry that the name could mean and was not taken for."""

    name: str
    country: str | None
    adm1: str | None
    adm2: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    score: float


class EventRecord(GoldEvent):
    """An event and all that it rests on."""

    tolls: tuple[TollRecord, ...]
    geonames_id: int | None
    latitude: float | None = Field(description="WGS 84, degrees north.")
    longitude: float | None = Field(description="WGS 84, degrees east.")
    precision_code: int | None = Field(
        ge=1, le=7, description="UCDP where_prec: 1 exact place to 7 international waters."
    )
    place_score: float | None = Field(description="How sure the gazetteer entry is, 0 to 1.")
    place_alternatives: tuple[PlaceCandidateRecord, ...]
    perpetrator_details: tuple[ActorRecord, ...]
    target_details: tuple[ActorRecord, ...]
    weapon_details: tuple[WeaponRecord, ...]
    event_evidence: tuple[EvidenceRecord, ...]
    date_evidence: tuple[EvidenceRecord, ...]
    place_evidence: tuple[EvidenceRecord, ...]


class ClaimRecord(GoldClaim):
    """A claim and where it stands."""

    affiliation: str | None
    category: Category | None
    actor_details: ActorRecord | None
    tags: tuple[str, ...]
    quote_evidence: EvidenceRecord
    speaker_evidence: tuple[EvidenceRecord, ...]


class CommitmentRecord(GoldCommitment):
    """A commitment and its evidence."""

    evidence: tuple[EvidenceRecord, ...]


class AgreementRecord(GoldAgreement):
    """An agreement and where it stands."""

    commitments: tuple[CommitmentRecord, ...]
    quote_evidence: EvidenceRecord


class StatisticRecord(GoldStatistic):
    """A statistic and where it stands."""

    quote_evidence: EvidenceRecord


class IssueRecord(GoldModel):
    """Something that the reader could not settle."""

    code: str
    message: str
    start_char: int | None
    end_char: int | None


class ReadingRecord(GoldModel):
    """What Casus reads in one report."""

    format: Literal["casus-reading/1"] = FORMAT
    reader: str = Field(description="The reader that made the record, and its version.")
    report: ReportRecord
    events: tuple[EventRecord, ...]
    claims: tuple[ClaimRecord, ...]
    agreements: tuple[AgreementRecord, ...]
    statistics: tuple[StatisticRecord, ...]
    issues: tuple[IssueRecord, ...]


def reading_record(reading: Reading, file: str | None = None) -> ReadingRecord:
    """The record of a reading; `file` is where the report was found."""
    report = reading.report
    return ReadingRecord(
        reader=reading.reader,
        report=ReportRecord(
            **dict(gold_report(report, file)),
            id=report.id,
            content_hash=content_hash(report.text, report.publisher, report.published_on, report.url),
            text=report.text,
        ),
        events=tuple(_event(reading, event) for event in reading.events),
        claims=tuple(_claim(reading, claim) for claim in reading.claims),
        agreements=tuple(_agreement(reading, agreement) for agreement in reading.agreements),
        statistics=tuple(_statistic(reading, statistic) for statistic in reading.statistics),
        issues=tuple(_issue(issue) for issue in reading.issues),
    )


def json_schema() -> str:
    """The JSON Schema (2020-12) of a reading's record, as indented JSON with a line end."""
    schema = ReadingRecord.model_json_schema(mode="serialization")
    return json.dumps({"$schema": SCHEMA_DIALECT, **schema}, indent=2, ensure_ascii=False) + "\n"


def _evidence(reading: Reading, pieces: tuple[Evidence, ...]) -> tuple[EvidenceRecord, ...]:
    return tuple(_piece(reading, piece) for piece in pieces)


def _piece(reading: Reading, piece: Evidence) -> EvidenceRecord:
    return EvidenceRecord(
        start_char=piece.start_char, end_char=piece.end_char, words=reading.quote(piece), rule=piece.rule
    )


def _event(reading: Reading, event: ReportedEvent) -> EventRecord:
    where = event.where
    gold = dict(gold_event(event)) | {"tolls": tuple(_toll(reading, toll) for toll in event.tolls)}
    return EventRecord(
        **gold,
        geonames_id=where.geonames_id,
        latitude=where.latitude,
        longitude=where.longitude,
        precision_code=where.precision_code,
        place_score=where.score,
        place_alternatives=_alternatives(where),
        perpetrator_details=tuple(_actor(reading, actor) for actor in event.perpetrators),
        target_details=tuple(_actor(reading, actor) for actor in event.targets),
        weapon_details=tuple(_weapon(reading, weapon) for weapon in event.weapons),
        event_evidence=_evidence(reading, event.evidence),
        date_evidence=_evidence(reading, event.when.evidence),
        place_evidence=_evidence(reading, where.evidence),
    )


def _toll(reading: Reading, toll: Toll) -> TollRecord:
    return TollRecord(**dict(gold_toll(toll)), evidence=_evidence(reading, toll.evidence))


def _actor(reading: Reading, actor: Actor) -> ActorRecord:
    return ActorRecord(
        name=actor.name,
        registry_id=actor.registry_id,
        country=actor.country_code,
        kind=actor.kind,
        parent_id=actor.parent_id,
        backed_by=actor.backed_by,
        identifiers=actor.identifiers,
        evidence=_evidence(reading, actor.evidence),
    )


def _weapon(reading: Reading, weapon: Weapon) -> WeaponRecord:
    return WeaponRecord(name=weapon.name, evidence=_evidence(reading, weapon.evidence))


def _alternatives(place: Place) -> tuple[PlaceCandidateRecord, ...]:
    return tuple(_candidate(candidate) for candidate in place.alternatives)


def _candidate(candidate: PlaceCandidate) -> PlaceCandidateRecord:
    return PlaceCandidateRecord(
        name=candidate.name,
        country=candidate.country_code,
        adm1=candidate.adm1,
        adm2=candidate.adm2,
        geonames_id=candidate.geonames_id,
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        score=candidate.score,
    )


def _claim(reading: Reading, claim: Claim) -> ClaimRecord:
    return ClaimRecord(
        **dict(gold_claim(reading, claim)),
        affiliation=claim.speaker.affiliation,
        category=claim.category,
        actor_details=_actor(reading, claim.actor) if claim.actor else None,
        tags=claim.tags,
        quote_evidence=_piece(reading, claim.quote),
        speaker_evidence=_evidence(reading, claim.speaker.evidence),
    )


def _agreement(reading: Reading, agreement: Agreement) -> AgreementRecord:
    commitments = tuple(_commitment(reading, commitment) for commitment in agreement.commitments)
    gold = dict(gold_agreement(reading, agreement)) | {"commitments": commitments}
    return AgreementRecord(**gold, quote_evidence=_piece(reading, agreement.quote))


def _commitment(reading: Reading, commitment: Commitment) -> CommitmentRecord:
    return CommitmentRecord(
        by=commitment.by,
        text=commitment.text,
        deadline=commitment.deadline,
        evidence=_evidence(reading, commitment.evidence),
    )


def _statistic(reading: Reading, statistic: Statistic) -> StatisticRecord:
    gold = dict(gold_statistic(reading, statistic))
    return StatisticRecord(**gold, quote_evidence=_piece(reading, statistic.quote))


def _issue(issue: Issue) -> IssueRecord:
    return IssueRecord(
        code=issue.code, message=issue.message, start_char=issue.start_char, end_char=issue.end_char
    )
