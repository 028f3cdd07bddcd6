"""For each value of an event, the words it was read from and the rule that read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casus.model import Agreement, Claim, Evidence, Reading, ReportedEvent, Statistic
from casus.output.wording import (
    claim_words,
    figure_words,
    short_speaker_words,
    statistic_words,
    when_words,
    where_words,
    words_of,
)
from casus.resolving.countries import CountryTable


@dataclass(frozen=True, slots=True)
class Reason:
    """A value, and one of the pieces of evidence that it rests on."""

    value: str
    words: str
    rule: str


def event_reasons(reading: Reading, event: ReportedEvent, countries: CountryTable) -> Iterator[Reason]:
    """The reasons of an event's values, in the order in which they are shown."""
    yield from _reasons(reading, words_of(event.event_type), event.evidence)
    yield from _reasons(reading, when_words(event.when), event.when.evidence)
    yield from _reasons(reading, where_words(event.where, countries), event.where.evidence)
    for actor in event.perpetrators:
        yield from _reasons(reading, f"by {actor.name}", actor.evidence)
    for actor in event.targets:
        yield from _reasons(reading, f"to {actor.name}", actor.evidence)
    for weapon in event.weapons:
        yield from _reasons(reading, f"with {weapon.name}", weapon.evidence)
    for toll in event.tolls:
        value = f"{toll.harm} {figure_words(toll.low, toll.best, toll.high)}, {words_of(toll.category)}"
        yield from _reasons(reading, value, toll.evidence)


def claim_reasons(reading: Reading, claims: Iterable[Claim]) -> Iterator[Reason]:
    """The reasons of claims: the statement, then its speaker and its actor."""
    for claim in claims:
        told = f"{words_of(claim.kind)} {claim_words(claim)}".strip()
        yield from _reasons(reading, told, (claim.quote,))
        yield from _reasons(reading, f"says {short_speaker_words(claim.speaker)}", claim.speaker.evidence)
        if claim.actor is not None:
            yield from _reasons(reading, f"about {claim.actor.name}", claim.actor.evidence)


def agreement_reasons(reading: Reading, agreement: Agreement) -> Iterator[Reason]:
    """The reasons of an agreement and its commitments."""
    yield from _reasons(reading, agreement.name, (agreement.quote,))
    for commitment in agreement.commitments:
        yield from _reasons(reading, f"{commitment.by}: {commitment.text}", commitment.evidence)


def statistic_reasons(reading: Reading, statistic: Statistic) -> Iterator[Reason]:
    """The reason of a statistic."""
    yield from _reasons(reading, f"{statistic.measure}: {statistic_words(statistic)}", (statistic.quote,))


def _reasons(reading: Reading, value: str, pieces: Iterable[Evidence]) -> Iterator[Reason]:
    for piece in dict.fromkeys(pieces):
        yield Reason(value, reading.quote(piece), piece.rule)
