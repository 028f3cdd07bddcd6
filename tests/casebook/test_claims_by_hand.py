"""Claims that people add, correct and retract, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, Event, Grade, NewDecision, Standing, Told
from casus.errors import CasebookError, NotInCasebook
from casus.model import Category, ClaimKind, Harm, Reading

TOLD_BY_TWO = Account(claims=(claim(ClaimKind.TOLL, "the mayor", low=9),))
FIRST = Story(accounts=(TOLD_BY_TWO,))
SECOND = Story(
    "Evening Star",
    date(2020, 3, 6),
    (Account(killed=12, told="Armed men set the mill alight near the orchard"),),
)


def take_in(book: Casebook, *stories: Story) -> Event:
    book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))
    [event] = book.events()
    return event


def decide(book: Casebook, event: Event, kind: DecisionKind, value: object, *keys: str) -> Event:
    return book.decide(event.id, NewDecision(kind=kind, by="ada", reason="read it", value=value, keys=keys))


def add(book: Casebook, event: Event, key: str, **fields: object) -> Event:
    marked = {"start_char": 0, "end_char": 20, "speaker": "a nurse", **fields}
    return decide(book, event, DecisionKind.ADD_CLAIM, marked, key)


def figures(event: Event, harm: Harm = Harm.KILLED) -> list[tuple[object, ...]]:
    return [(row.category, row.low, row.best, row.high) for row in event.tolls if row.harm is harm]


def account(book: Casebook, event: Event, publisher: str) -> Told:
    return next(one for one in book.told(event.id) if one.report.publisher == publisher)


def test_a_toll_claim_by_hand_gives_its_account_a_toll_row(book: Casebook) -> None:
    event = take_in(book, FIRST)
    again = add(book, event, event.keys[0], kind="toll", harm="injured", category="civilians", low=4, high=6)
    assert figures(again, Harm.INJURED) == [(Category.CIVILIANS, 4, 4, 6)]
    [(number, made)] = [pair for pair in book.told(event.id)[0].claims if pair[0] < 0]
    [row] = [row for row in again.tolls if row.harm is Harm.INJURED]
    assert number in row.figures[0].claims
    assert (made.quote.start_char, made.quote.end_char, made.quote.rule) == (0, 20, "reviewer")
    assert (made.speaker.name, made.speaker.is_anonymous) == ("a nurse", False)


def test_a_second_toll_claim_widens_what_its_account_says(book: Casebook) -> None:
    event = take_in(book, FIRST)
    again = add(book, event, event.keys[0], kind="toll", harm="killed", category="civilians", low=11)
    assert figures(again) == [(Category.CIVILIANS, 9, 9, 11)]
    again = add(book, event, event.keys[0], kind="toll", harm="killed", category="civilians", low=7, high=7)
    assert figures(again)[0][1:3] == (7, 9)


def test_figures_over_sources_follow_a_claim_by_hand(book: Casebook) -> None:
    event = take_in(book, FIRST, SECOND)
    key = account(book, event, "Evening Star").key
    again = add(book, event, key, kind="toll", harm="killed", category="civilians", low=20, high=20)
    assert figures(again) == [(Category.CIVILIANS, 9, 9, 20)]


def test_a_retracted_toll_claim_takes_its_number_out(book: Casebook) -> None:
    event = take_in(book, FIRST, SECOND)
    [(number, _)] = account(book, event, "Daily Post").claims
    again = decide(book, event, DecisionKind.RETRACT_CLAIM, number)
    assert figures(again) == [(Category.CIVILIANS, 12, 12, 12)]
    assert account(book, event, "Daily Post").claims == ()
    [decision] = book.decisions(event.id)
    assert decision.keys == (account(book, event, "Daily Post").key,)
    book.withdraw(decision.number, by="ada", reason="it was right")
    assert book.event(event.id).tolls == event.tolls


def test_a_corrected_toll_claim_changes_its_number(book: Casebook) -> None:
    event = take_in(book, FIRST, SECOND)
    [(number, _)] = account(book, event, "Daily Post").claims
    again = decide(
        book,
        event,
        DecisionKind.CORRECT_CLAIM,
        {"claim": number, "low": "15", "high": 16, "speaker": "a clerk"},
    )
    assert figures(again) == [(Category.CIVILIANS, 12, 12, 16)]
    [(_, now)] = account(book, event, "Daily Post").claims
    assert (now.low, now.high, now.speaker.name) == (15, 16, "a clerk")


def test_a_claim_by_hand_can_be_corrected_and_retracted(book: Casebook) -> None:
    event = take_in(book, FIRST)
    add(book, event, event.keys[0], kind="toll", harm="injured", low=4, high=4)
    [number] = [number for number, _ in book.told(event.id)[0].claims if number < 0]
    again = decide(book, event, DecisionKind.CORRECT_CLAIM, {"claim": number, "high": 5})
    assert figures(again, Harm.INJURED) == [(Category.UNKNOWN, 4, 4, 5)]
    again = decide(book, event, DecisionKind.RETRACT_CLAIM, number)
    assert figures(again, Harm.INJURED) == []


def test_who_did_it_and_the_grade_follow_claims_by_hand(book: Casebook) -> None:
    event = take_in(book, FIRST)
    again = add(book, event, event.keys[0], kind="responsibility", actor="Orchard Brigade")
    assert again.grade is Grade.CONFIRMED
    assert [(one.name, one.standings) for one in again.perpetrators] == [
        ("Orchard Brigade", (Standing.CLAIMED,))
    ]
    again = add(book, event, event.keys[0], kind="denial", actor="Orchard Brigade")
    assert again.grade is Grade.CONTESTED


def test_a_retracted_accusation_takes_the_name_out_with_it(book: Casebook) -> None:
    accused = Account(
        by="Orchard Brigade", claims=(claim(ClaimKind.ACCUSATION, "the mayor", actor="Orchard Brigade"),)
    )
    event = take_in(book, Story(accounts=(accused,)))
    assert [one.name for one in event.perpetrators] == ["Orchard Brigade"]
    [(number, _)] = book.told(event.id)[0].claims
    assert decide(book, event, DecisionKind.RETRACT_CLAIM, number).perpetrators == ()


def reread(story: Story, **changes: object) -> Reading:
    """The same report as a later reader has it: the same words, with changes to its claims."""
    reading = reading_of(story)
    claims = tuple(replace(one, **changes) for one in reading.claims)  # type: ignore[arg-type]
    return replace(reading, reader="hand/2", claims=claims)


def test_what_people_did_to_claims_holds_when_the_report_is_read_again(book: Casebook) -> None:
    event = take_in(book, FIRST)
    add(book, event, event.keys[0], kind="toll", harm="injured", low=4, high=4)
    [number] = [number for number, _ in book.told(event.id)[0].claims if number > 0]
    before = decide(book, event, DecisionKind.CORRECT_CLAIM, {"claim": number, "low": 11, "high": 11})
    assert figures(before) == [(Category.CIVILIANS, 11, 11, 11)]
    book.ingest([("0.txt", reread(FIRST, tags=("seen",)))])
    again = book.event(event.id)
    assert figures(again) == figures(before)
    assert figures(again, Harm.INJURED) == [(Category.UNKNOWN, 4, 4, 4)]
    assert again.needs_review == ()
    book.rebuild()
    assert figures(book.event(event.id)) == figures(before)


def test_a_corrected_claim_that_is_not_read_any_more_comes_back_to_a_person(book: Casebook) -> None:
    event = take_in(book, FIRST)
    [(number, _)] = book.told(event.id)[0].claims
    decide(book, event, DecisionKind.CORRECT_CLAIM, {"claim": number, "low": 11, "high": 11})
    book.ingest([("0.txt", reread(FIRST, kind=ClaimKind.CIRCUMSTANCE, harm=None))])
    again = book.event(event.id)
    assert "not read any more" in again.needs_review[0]
    confirmed = book.decide(event.id, NewDecision(kind=DecisionKind.CONFIRM, by="ada", reason=""))
    assert confirmed.needs_review == ()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "toll", "low": 3}, "harm"),
        ({"kind": "toll", "harm": "killed", "low": 5, "high": 3}, "above"),
        ({"kind": "toll", "harm": "killed", "low": -1}, "below 0"),
        ({"kind": "toll", "harm": "killed", "low": "many"}, "whole number"),
        ({"kind": "rumour"}, "none of"),
        ({"kind": "denial"}, "actor"),
        ({"kind": "toll", "harm": "killed", "end_char": 9000}, "no words"),
        ({"kind": "toll", "harm": "killed", "start_char": 20}, "no words"),
        ({"kind": "toll", "harm": "killed", "colour": "red"}, "no field"),
        ({"kind": "toll", "harm": "killed", "low": 10**12}, "more than"),
        ({"kind": "toll", "harm": "killed", "speaker": "\x00"}, "characters"),
        ({"kind": "toll", "harm": "killed", "speaker": {"name": "x"}}, "no text"),
        ({"kind": "toll", "harm": "killed", "speaker": "x" * 501}, "at most"),
    ],
)
def test_what_is_no_claim_is_refused(book: Casebook, fields: dict[str, object], told: str) -> None:
    event = take_in(book, FIRST)
    with pytest.raises(CasebookError, match=told):
        add(book, event, event.keys[0], **fields)
    assert book.decisions(event.id) == ()


def test_claims_and_accounts_of_other_events_are_refused(book: Casebook) -> None:
    event = take_in(book, FIRST)
    with pytest.raises(NotInCasebook, match="no claim 99"):
        decide(book, event, DecisionKind.RETRACT_CLAIM, 99)
    with pytest.raises(CasebookError, match="no number"):
        decide(book, event, DecisionKind.CORRECT_CLAIM, {"low": 3})
    with pytest.raises(NotInCasebook, match=event.keys[0]):
        add(book, event, "elsewhere.1", kind="circumstance")


def test_a_confirmation_covers_the_corrections_before_it(book: Casebook) -> None:
    event = take_in(book, FIRST)
    place = NewDecision(kind=DecisionKind.CORRECT, by="ada", reason="seen", field="place", value="Old Rakha")
    book.decide(event.id, place)
    confirmed = book.decide(event.id, NewDecision(kind=DecisionKind.CONFIRM, by="ada", reason=""))
    assert confirmed.needs_review == ()
    take_in(book, SECOND)
    assert book.event(event.id).needs_review
    again = book.decide(event.id, NewDecision(kind=DecisionKind.CONFIRM, by="ada", reason=""))
    assert again.needs_review == ()


def test_of_several_corrections_of_a_field_the_last_one_counts(book: Casebook) -> None:
    event = take_in(book, FIRST)
    for place in ("Old Rakha", "New Rakha"):
        new = NewDecision(kind=DecisionKind.CORRECT, by="ada", reason="seen", field="place", value=place)
        event = book.decide(event.id, new)
    assert event.where.name == "New Rakha"
    assert [(one.value, one.computed) for one in event.corrections] == [("New Rakha", "Rakha")]
    assert event.needs_review == ()
    book.withdraw(event.corrections[0].decision, by="ada", reason="no")
    assert book.event(event.id).where.name == "Old Rakha"
