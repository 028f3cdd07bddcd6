"""Readings that tell of agreements, and decisions about them, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import AgreementRow
from casus.casebook.pacts.records import NewPactDecision, PactDecisionKind
from casus.model import Agreement, Commitment, DatePrecision, EventType, Evidence, Reading

FRONT, COUNCIL = "Amal Duur", "Coast Council"
BY_HAND = {
    "name": "Salt Road Accord",
    "parties": [FRONT, COUNCIL],
    "agreed_on": "2020-06-10",
    "source": "https://example.org/salt-road",
    "commitments": [{"by": FRONT, "text": "stop the raids", "deadline": "2020-08-01"}],
}


def told_of(
    name: str = "Salt Road Accord",
    *,
    publisher: str = "Daily Post",
    published: date = date(2020, 6, 11),
    parties: tuple[str, ...] = (FRONT, COUNCIL),
    agreed_on: str | None = "2020-06-10",
    promised: str = "stop the raids",
    reader: str = "hand/1",
    sentence: str | None = None,
) -> Reading:
    """A report that tells of an agreement; read otherwise, a `sentence` of its own keeps the text."""
    told = sentence or f"{' and '.join(parties)} signed the {name} in {agreed_on}."
    account = Account(day=None, place=None, killed=None, told="A clerk was hurt", event_type=EventType.OTHER)
    reading = reading_of(Story(publisher, published, (account,), head=told, reader=reader))
    quote = Evidence(0, len(told), "agreement.named")
    promise = Commitment(parties[0], promised, None, (quote,))
    made = Agreement(name, parties, agreed_on, DatePrecision.DAY, (promise,), quote)
    return replace(reading, agreements=(made,))


def act(
    day: date,
    place: str | None = "Rakha",
    *,
    by: str = FRONT,
    against: str = COUNCIL,
    event_type: EventType = EventType.ATTACK,
    killed: int | None = 2,
    publisher: str = "Daily Post",
) -> Reading:
    """A report of one event, told in words of its own so that it is linked to no other."""
    told = f"On {day:%d %B %Y} something befell the {event_type} of {place or 'nowhere'} by {by}"
    account = Account(
        day=day, place=place, killed=killed, event_type=event_type, by=by, against=against, told=told
    )
    return reading_of(Story(publisher, day, (account,)))


def take_in(book: Casebook, *readings: Reading) -> None:
    """Take in some reports."""
    book.ingest((f"report {number}", reading) for number, reading in enumerate(readings, start=1))


def decide(
    book: Casebook,
    kind: PactDecisionKind,
    *about: int,
    field: str | None = None,
    value: object = None,
    reason: str = "as the text has it",
    by: str = "rowan",
) -> AgreementRow:
    """Make a decision; gives the entry as it then is."""
    new = NewPactDecision(kind=kind, by=by, reason=reason, about=about, field=field, value=value)
    return book.agreements.decide(new)[1]
