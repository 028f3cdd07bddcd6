"""What a record must obey beyond the form of its fields (coding rules, "The record")."""

from __future__ import annotations

from collections.abc import Iterator

from casus.model import ClaimKind
from casus.output.gold import GoldClaim, GoldEvent, GoldRecord

FieldFault = tuple[str, str]


def semantic_faults(record: GoldRecord, text: str) -> Iterator[FieldFault]:
    """Each field (as a dotted path) that breaks a rule, with what to correct.

    `text` is the report that the record is of: quotes must stand in it.
    """
    ids = [event.id for event in record.events]
    for number, event in enumerate(record.events):
        if event.id in ids[:number]:
            yield f"events.{number}.id", f"{event.id!r} is the id of an earlier event: give each its own"
        yield from _event_faults(event, f"events.{number}")
    for number, claim in enumerate(record.claims):
        field = f"claims.{number}"
        if claim.event is not None and claim.event not in ids:
            yield f"{field}.event", f"{claim.event!r} is the id of no event"
        yield from _claim_faults(claim, field)
    yield from _quote_faults(record, text)


def _event_faults(event: GoldEvent, field: str) -> Iterator[FieldFault]:
    if event.start and event.end and event.end < event.start:
        yield f"{field}.end", f"{event.end} is before start"
    rows = [(toll.harm, toll.category) for toll in event.tolls]
    for number, toll in enumerate(event.tolls):
        figures = [figure for figure in (toll.low, toll.best, toll.high) if figure is not None]
        if figures != sorted(figures):
            yield f"{field}.tolls.{number}", f"low, best and high are out of order: {figures}"
        if rows[number] in rows[:number]:
            yield f"{field}.tolls.{number}", "a second row of the same harm and category: put them in one row"


def _claim_faults(claim: GoldClaim, field: str) -> Iterator[FieldFault]:
    if (claim.speaker is None) != claim.anonymous:
        yield f"{field}.anonymous", "must be true where speaker is null, and false elsewhere"
    if claim.kind is ClaimKind.TOLL and claim.harm is None:
        yield f"{field}.harm", "a toll claim needs it"


def _quote_faults(record: GoldRecord, text: str) -> Iterator[FieldFault]:
    for field, quote in _quotes(record):
        if quote not in text:
            yield field, "these words are not in the text, character by character"


def _quotes(record: GoldRecord) -> Iterator[tuple[str, str]]:
    for number, claim in enumerate(record.claims):
        yield f"claims.{number}.quote", claim.quote
    for number, agreement in enumerate(record.agreements):
        yield f"agreements.{number}.quote", agreement.quote
    for number, statistic in enumerate(record.statistics):
        yield f"statistics.{number}.quote", statistic.quote
