"""What every casebook does, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, EventFilter, Grade, Ingested, NewDecision, Standing
from casus.errors import CasebookError, NotInCasebook
from casus.model import Category, ClaimKind, Harm

FIRST = Story()
SECOND = Story(
    "Evening Star",
    date(2020, 3, 6),
    (replace(Account(), killed=12, told="Armed men set the mill alight near the orchard"),),
)
ELSEWHERE = Story(
    "Daily Post",
    date(2020, 3, 5),
    (Account(place="Tolo", killed=3, told="A mine tore up a minibus on the salt track"),),
)


def take_in(book: Casebook, *stories: Story) -> Ingested:
    return book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))


def groups(book: Casebook) -> set[frozenset[str]]:
    """Which reported events are one event."""
    return {frozenset(event.keys) for event in book.events()}


def test_two_outlets_on_one_event_make_one_event(book: Casebook) -> None:
    assert take_in(book, FIRST, SECOND, ELSEWHERE) == Ingested(seen=3, new=3)
    events = list(book.events())
    assert sorted(event.reports for event in events) == [1, 2]
    [both] = [event for event in events if event.reports == 2]
    assert both.sources == ("Daily Post", "Evening Star")
    assert both.grade is Grade.FAIR
    assert [(row.harm, row.category, row.low, row.best, row.high) for row in both.tolls] == [
        (Harm.KILLED, Category.CIVILIANS, 9, 9, 12)
    ]
    assert [dispute.field for dispute in both.disputes] == ["killed"]


def test_the_same_reports_twice_add_nothing(book: Casebook) -> None:
    take_in(book, FIRST, SECOND)
    before = list(book.events())
    assert take_in(book, FIRST, SECOND) == Ingested(seen=2, known=2)
    assert list(book.events()) == before


def test_the_order_of_arrival_makes_no_difference(new_url: Callable[[], str]) -> None:
    vague = Story(
        "The Hill",
        date(2020, 3, 9),
        (
            replace(
                Account(), day=None, place="Hajjah", killed=None, told="Raiders burned a mill in the hills"
            ),
        ),
    )
    found = set()
    for stories in permutations([FIRST, SECOND, ELSEWHERE, vague]):
        with Casebook.open(new_url()) as one_by_one:
            for story in stories:
                take_in(one_by_one, story)
            found.add(frozenset(groups(one_by_one)))
    assert len(found) == 1


def test_a_rebuild_gives_the_same(book: Casebook) -> None:
    take_in(book, FIRST, SECOND, ELSEWHERE)
    [both] = [event for event in book.events() if event.reports == 2]
    new = NewDecision(kind=DecisionKind.CORRECT, by="ada", reason="seen", field="place", value="Old Rakha")
    book.decide(both.id, new)
    before = list(book.events())
    assert book.rebuild() == 3
    assert list(book.events()) == before


def test_links_may_wait(book: Casebook) -> None:
    readings = [("a", reading_of(FIRST)), ("b", reading_of(SECOND))]
    book.ingest(readings, links=False)
    assert book.count() == 0
    assert book.link() == 2
    assert book.count() == 1
    assert book.link() == 0


def test_the_latest_figure_of_a_source_takes_the_place_of_its_earlier(book: Casebook) -> None:
    later = replace(FIRST, published=date(2020, 3, 7), accounts=(replace(Account(), killed=15),))
    take_in(book, FIRST, later, SECOND)
    [event] = book.events()
    [row] = event.tolls
    assert (row.low, row.best, row.high) == (12, 12, 15)
    assert {figure.source: figure.best for figure in row.figures} == {"Daily Post": 15, "Evening Star": 12}


def test_copies_and_agency_text_are_one_source(book: Casebook) -> None:
    one = Story(
        "Northern Times", head="RAKHA (Reuters) - Smoke hung over the valley on Thursday as people came back."
    )
    two = Story(
        "Coast Herald",
        head="RAKHA, March 5 (Reuters) - Smoke hung over the valley on Thursday as people came home.",
    )
    take_in(book, one, two)
    [event] = book.events()
    assert event.reports == 2
    assert event.sources == ("Reuters",)
    assert event.grade is Grade.WEAK


def test_a_claim_of_responsibility_confirms_and_a_denial_contests(book: Casebook) -> None:
    said = claim(ClaimKind.RESPONSIBILITY, "Abu Nur", actor="Dawn Front", actor_id="dawn-front")
    take_in(book, replace(FIRST, accounts=(replace(Account(), claims=(said,)),)))
    [event] = book.events()
    assert event.grade is Grade.CONFIRMED
    assert event.grade_claims
    assert event.perpetrators[0].standings == (Standing.CLAIMED,)
    denied = claim(ClaimKind.DENIAL, "Abu Nur", actor="Dawn Front", actor_id="dawn-front")
    take_in(book, replace(SECOND, accounts=(replace(SECOND.accounts[0], claims=(denied,)),)))
    [event] = book.events()
    assert event.grade is Grade.CONTESTED


def test_what_both_sides_tell_is_confirmed(book: Casebook) -> None:
    army = claim(ClaimKind.TOLL, "Nigerian army", low=9)
    group = claim(ClaimKind.TOLL, "Boko Haram", low=12)
    take_in(book, replace(FIRST, accounts=(replace(Account(), claims=(army,)),)))
    assert [event.grade for event in book.events()] == [Grade.WEAK]
    take_in(book, replace(SECOND, accounts=(replace(SECOND.accounts[0], claims=(group,)),)))
    [event] = book.events()
    assert event.grade is Grade.CONFIRMED
    assert len(event.grade_claims) == 2


def test_corrections_hold_when_more_comes_in(book: Casebook) -> None:
    take_in(book, FIRST)
    [event] = book.events()
    new = NewDecision(
        kind=DecisionKind.CORRECT,
        by="ada",
        reason="counted the graves",
        field="killed.civilians.best",
        value=11,
    )
    corrected = book.decide(event.id, new)
    assert corrected.tolls[0].best == 11
    assert corrected.corrections[0].computed == 9
    assert corrected.is_reviewed
    assert not corrected.needs_review
    take_in(book, replace(FIRST, published=date(2020, 3, 8), accounts=(replace(Account(), killed=14),)))
    [again] = book.events()
    assert again.tolls[0].best == 11
    assert "they now say 14" in again.needs_review[0]


def test_events_are_merged_and_split_by_people(book: Casebook) -> None:
    take_in(book, FIRST, SECOND, ELSEWHERE)
    [far, both] = sorted(book.events(), key=lambda event: event.reports)
    merged = book.decide(
        both.id, NewDecision(kind=DecisionKind.MERGE, by="ada", reason="one convoy", others=(far.id,))
    )
    assert len(merged.keys) == 3
    assert book.event(far.id).id == merged.id
    [merge] = book.decisions(merged.id)
    book.withdraw(merge.number, by="ada", reason="not so")
    assert len(groups(book)) == 2
    parted = book.decide(
        both.id, NewDecision(kind=DecisionKind.SPLIT, by="ada", reason="two raids", keys=both.keys[1:])
    )
    assert len(parted.keys) == 1
    assert len(groups(book)) == 3
    book.rebuild()
    assert len(groups(book)) == 3


def test_reading_again_keeps_keys_and_decisions(book: Casebook) -> None:
    take_in(book, FIRST)
    [event] = book.events()
    book.decide(event.id, NewDecision(kind=DecisionKind.CONFIRM, by="ada", reason="read it"))
    better = replace(FIRST, reader="hand/2", accounts=(replace(Account(), killed=10),))
    # What a better reader finds in the same text: the same words, another figure.
    text = reading_of(FIRST)
    reread = replace(text, reader="hand/2", events=reading_of(replace(better, reader="hand/1")).events)
    assert book.ingest([("0.txt", reread)]) == Ingested(seen=1, reread=1)
    [again] = book.events()
    assert again.id == event.id
    assert again.is_reviewed
    assert again.needs_review


def test_filters(book: Casebook) -> None:
    take_in(book, FIRST, SECOND, ELSEWHERE)
    assert book.count(EventFilter(country="so")) == 1
    assert book.count(EventFilter(since=date(2020, 3, 5))) == 0
    assert book.count(EventFilter(until=date(2020, 3, 4))) == 2
    assert book.count(EventFilter(place="rakha")) == 1
    assert book.count(EventFilter(actor="villag")) == 2
    assert book.count(EventFilter(grade=Grade.FAIR)) == 1
    assert book.count(EventFilter(is_reviewed=True)) == 0


def test_a_rejected_event_is_listed_only_when_asked_for(book: Casebook) -> None:
    take_in(book, FIRST)
    [event] = book.events()
    book.decide(event.id, NewDecision(kind=DecisionKind.REJECT, by="ada", reason="a drill"))
    assert book.count() == 0
    assert book.count(EventFilter(includes_rejected=True)) == 1


def test_wrong_decisions_are_refused(book: Casebook) -> None:
    take_in(book, FIRST)
    [event] = book.events()
    with pytest.raises(NotInCasebook, match="no event"):
        book.event("zzz")
    with pytest.raises(CasebookError, match="nothing to merge"):
        book.decide(event.id, NewDecision(kind=DecisionKind.MERGE, by="a", reason="b", others=(event.id,)))
    with pytest.raises(CasebookError, match="nothing to split"):
        book.decide(event.id, NewDecision(kind=DecisionKind.SPLIT, by="a", reason="b", keys=event.keys))
    with pytest.raises(CasebookError, match="is no field"):
        book.decide(event.id, NewDecision(kind=DecisionKind.CORRECT, by="a", reason="b", field="mood"))
    assert book.decisions(event.id) == ()
