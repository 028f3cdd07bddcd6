"""Readings for tests, made by hand: what a report says, without a text to read it from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casus.model import (
    Actor,
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    Harm,
    Place,
    Reading,
    Report,
    ReportedEvent,
    Speaker,
    Toll,
)

PLACES = {
    "Rakha": Place("Rakha", "YE", "Hajjah", "Rakha", 11, 15.5, 43.5, 1, 1.0),
    "Mabar": Place("Mabar", "YE", "Hajjah", "Mabar", 12, 15.52, 43.52, 1, 1.0),
    "Dirbat": Place("Dirbat", "YE", "Lahj", "Dirbat", 13, 13.1, 44.9, 1, 1.0),
    "Hajjah": Place("Hajjah", "YE", "Hajjah", None, 14, 15.7, 43.6, 4, 1.0),
    "Somalia": Place("Somalia", "SO", None, None, 16, 6.0, 48.0, 6, 1.0),
    "Tolo": Place("Tolo", "SO", "Gedo", "Tolo", 15, 3.2, 42.1, 1, 1.0),
}


@dataclass(frozen=True, slots=True)
class Account:
    """What one report says of one event."""

    day: date | None = date(2020, 3, 4)
    place: str | None = "Rakha"
    killed: int | None = 9
    category: Category = Category.CIVILIANS
    event_type: EventType = EventType.ATTACK
    by: str | None = None
    by_id: str | None = None
    against: str = "villagers"
    told: str = "Raiders burned the mill beside the orchard"
    claims: tuple[Claim, ...] = ()
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """A report: who published it and when, and its accounts."""

    publisher: str = "Daily Post"
    published: date = date(2020, 3, 5)
    accounts: tuple[Account, ...] = field(default_factory=lambda: (Account(),))
    head: str = ""
    reader: str = "hand/1"


def reading_of(story: Story) -> Reading:
    """The reading of a report that says what the story has, in sentences of its own."""
    sentences = [
        f"{account.told}, killing {account.killed} in {account.place}." for account in story.accounts
    ]
    report = Report.of(
        " ".join([story.head, *sentences]).strip(), publisher=story.publisher, published_on=story.published
    )
    events, claims = [], []
    for number, (account, sentence) in enumerate(zip(story.accounts, sentences, strict=True), start=1):
        start = report.text.index(sentence)
        evidence = (Evidence(start, start + len(sentence), "harm.verb"),)
        events.append(_event(f"e{number}", account, evidence))
        claims += [_placed(claim, f"e{number}", evidence[0]) for claim in account.claims]
    return Reading(report, story.reader, tuple(events), tuple(claims))


def claim(
    kind: ClaimKind,
    speaker: str,
    *,
    actor: str | None = None,
    actor_id: str | None = None,
    low: int | None = None,
) -> Claim:
    """A claim of a named speaker."""
    return Claim(
        None,
        kind,
        Speaker(speaker, None, is_anonymous=False),
        Evidence(0, 1, "claim.said"),
        Actor(actor, actor_id) if actor else None,
        Harm.KILLED if kind is ClaimKind.TOLL else None,
        None,
        low,
        None,
    )


def _placed(made: Claim, event_id: str, quote: Evidence) -> Claim:
    return Claim(
        event_id, made.kind, made.speaker, quote, made.actor, made.harm, made.category, made.low, made.high
    )


def _event(event_id: str, account: Account, evidence: tuple[Evidence, ...]) -> ReportedEvent:
    precision = DatePrecision.UNKNOWN if account.day is None else DatePrecision.DAY
    when = EventDate(account.day, account.day, precision, evidence)
    where = PLACES[account.place] if account.place else Place(None, None)
    tolls = ()
    if account.killed is not None:
        tolls = (
            Toll(Harm.KILLED, account.category, account.killed, account.killed, account.killed, evidence),
        )
    doers = (Actor(account.by, account.by_id, None, evidence),) if account.by else ()
    targets = (Actor(account.against, None, None, evidence),)
    return ReportedEvent(
        event_id, account.is_main, account.event_type, when, where, doers, targets, (), tolls, evidence
    )
