"""A casebook with an agreement that two reports tell of, and with what its parties did around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.model import (
    Actor,
    Agreement,
    Change,
    Claim,
    ClaimKind,
    Commitment,
    DatePrecision,
    EventType,
    Evidence,
    Reading,
    Speaker,
    Statistic,
)

FRONT, COUNCIL = "Amal Duur", "Coast Council"
_SIGNED = "Amal Duur and the Coast Council signed the Salt Road Accord on 10 June 2020."
_PROMISED = "Amal Duur undertook to stop the raids by 1 August."
_BLAMED = "The mayor said that Amal Duur had violated the truce."


def _span(text: str, words: str, rule: str = "agreement.named") -> Evidence:
    start = text.index(words)
    return Evidence(start, start + len(words), rule)


def _raid(day: date, place: str, publisher: str, told: str, killed: int | None = 4) -> Reading:
    account = Account(
        day=day, place=place, killed=killed, told=told, event_type=EventType.ATTACK, by=FRONT, against=COUNCIL
    )
    return reading_of(Story(publisher, day, (account,), head=_BLAMED))


def _of_the_deal(publisher: str, published: date, agreed_on: str) -> Reading:
    account = Account(
        day=None,
        place=None,
        killed=1,
        told="A clerk was shot in the customs house",
        event_type=EventType.KILLING,
    )
    reading = reading_of(Story(publisher, published, (account,), head=f"{_SIGNED} {_PROMISED}"))
    text = reading.report.text
    promise = Commitment(FRONT, "stop the raids", "2020-08-01", (_span(text, _PROMISED),))
    made = Agreement(
        "Salt Road Accord", (FRONT, COUNCIL), agreed_on, DatePrecision.DAY, (promise,), _span(text, _SIGNED)
    )
    measure = Statistic("attacks", Change.UP, 12.0, None, "2020", None, _span(text, _SIGNED))
    return replace(reading, agreements=(made,), statistics=(measure,))


def take_in_a_deal(book: Casebook) -> int:
    """Take in reports of an agreement, of a raid before it and of two after; its number."""
    accused = _raid(date(2020, 7, 1), "Tolo", "Evening Star", "Armed men burned the toll house")
    blame = Claim(
        "e1",
        ClaimKind.ACCUSATION,
        Speaker(None, "mayor", is_anonymous=True),
        _span(accused.report.text, _BLAMED, "blame.said"),
        Actor(FRONT, None, None, (_span(accused.report.text, FRONT),)),
    )
    book.ingest(
        [
            ("one", _of_the_deal("Coast Herald", date(2020, 6, 12), "2020-06")),
            ("two", _of_the_deal("Daily Post", date(2020, 6, 11), "2020-06-10")),
            ("three", _raid(date(2020, 5, 2), "Rakha", "Daily Post", "Raiders burned the mill")),
            ("four", replace(accused, claims=(*accused.claims, blame))),
            ("five", _raid(date(2020, 8, 20), "Dirbat", "Daily Post", "Boats were sunk at the quay")),
        ]
    )
    return book.browse.agreements().agreements[0].number
