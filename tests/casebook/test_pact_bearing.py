"""What bears on a commitment, and on which side of an agreement events are; never a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from casebook.pacting import BY_HAND, COUNCIL, FRONT, act, decide, take_in
from casus.casebook.book import Casebook
from casus.casebook.browsing.party_acts import window_of
from casus.casebook.browsing.records import AgreementRecord, PartyAct, Promise
from casus.casebook.pacts.bearing import bearing_of, kinds_in, own_parties, rule_words, target_in
from casus.casebook.pacts.records import PactDecisionKind, Undertaking
from casus.model import EventType

ARMED = (
    EventType.ARMED_CLASH, EventType.ATTACK, EventType.KILLING,
    EventType.BOMBING, EventType.SHELLING, EventType.AIR_STRIKE,
)  # fmt: skip


@pytest.fixture
def book() -> Iterator[Casebook]:
    with Casebook.open("sqlite://") as casebook:
        yield casebook


# Words


@pytest.mark.parametrize(
    ("text", "types"),
    [
        # What is given up is named: all that may be done of that name.
        ("stop the raids", ARMED),
        ("cease attacks on convoys", ARMED),
        ("no attacks on foreign forces", ARMED),
        ("not to ambush convoys", ARMED),
        ("halt air strikes", (EventType.AIR_STRIKE,)),
        ("end the shelling of Rakha", (EventType.SHELLING,)),
        ("refrain from kidnapping aid workers", (EventType.ABDUCTION,)),
        ("end night raids and arrests", (*ARMED, EventType.ARREST)),
        # A pact of arms at rest says so by its name.
        ("observe the ceasefire", ARMED),
        # Nothing is given up, or no act is named: anything may bear on it.
        ("withdraw from Rakha", ()),
        ("release the captives", ()),
        ("allow protests", ()),
        ("attack the common enemy", ()),
        # What others do, or when it holds, is not what is given up.
        ("not to shelter men who attack the council", ()),
        ("withdraw if the raids stop", ()),
    ],
)
def test_the_kinds_of_events_follow_from_words_where_that_is_sure(
    text: str, types: tuple[EventType, ...]
) -> None:
    assert set(kinds_in(text)[0]) == set(types)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("cease attacks on convoys by May", "convoys"),
        ("no attacks on the foreign forces in Rakha", "foreign forces"),
        ("stop raids against any Coast Council posts", "Coast Council posts"),
        ("stop the raids", None),
        ("put pressure on the rebels", None),
    ],
)
def test_whom_a_commitment_names(text: str, target: str | None) -> None:
    assert target_in(text) == target


def test_a_rule_in_words_tells_all_that_it_asks_for() -> None:
    parties = (FRONT, COUNCIL)
    told = bearing_of(Undertaking(FRONT, "stop the shelling", "2020-08-01"), parties)
    assert rule_words(told) == (
        "by Amal Duur, of the kind shelling (the words: shelling), after the agreement and until 2020-08-01"
    )
    nobody = bearing_of(Undertaking("both sides", "free captives"), parties)
    assert rule_words(nobody) == (
        "by Amal Duur or Coast Council (all parties: it is nobody's in particular), of any kind, "
        "after the agreement"
    )
    by_hand = Undertaking(
        FRONT, "stop the raids", None, (EventType.KILLING, EventType.BOMBING), "YE", "Hajjah", "villagers"
    )
    assert rule_words(bearing_of(by_hand, parties)) == (
        "by Amal Duur, of the kinds killing or bombing, against villagers, in Hajjah (YE), "
        "after the agreement"
    )


@pytest.mark.parametrize(
    ("by", "whose"),
    [
        # A party, by its name or beside another.
        (FRONT, (FRONT,)),
        ("the Amal Duur", (FRONT,)),
        (f"{FRONT} and {COUNCIL}", (FRONT, COUNCIL)),
        # Nobody in particular.
        ("both sides", ()),
        ("All factions", ()),
        # Somebody whom nobody counts among the parties; a name may have such a word.
        ("Hill Assembly", ("Hill Assembly",)),
        ("Justice Party", ("Justice Party",)),
    ],
)
def test_whose_acts_bear_on_a_commitment(by: str, whose: tuple[str, ...]) -> None:
    assert own_parties(by, (FRONT, COUNCIL)) == whose


def test_what_one_did_who_undertook_something_without_being_a_party(book: Casebook) -> None:
    take_in(book, act(date(2020, 6, 20), by="Hill Assembly", against="villagers"))
    found = record(book, "2020-06-10", {"by": "Hill Assembly", "text": "stop the raids"})
    assert found.actors == (FRONT, COUNCIL, "Hill Assembly")
    assert days_of(found.promises[0].events) == ["2020-06-20"]
    assert next((one.what, one.value) for one in found.counts) == ("party", "Hill Assembly")


def test_events_are_narrowed_by_a_target_in_words_only_where_it_is_a_party() -> None:
    parties = (FRONT, COUNCIL)
    vague = bearing_of(Undertaking(FRONT, "no attacks on foreign forces"), parties)
    assert (vague.target, vague.told_target) == (None, "foreign forces")
    sure = bearing_of(Undertaking(FRONT, "no attacks on the Coast Council"), parties)
    assert (sure.target, sure.told_target) == (COUNCIL, None)


# Events


def record(
    book: Casebook, agreed_on: str, *commitments: dict[str, object], days: int = 90
) -> AgreementRecord:
    value = {**BY_HAND, "agreed_on": agreed_on, "commitments": list(commitments)}
    row = decide(book, PactDecisionKind.ADD, value=value)
    found = book.browse.agreement(row.number, days)
    assert found is not None
    return found


def days_of(acts: tuple[PartyAct, ...]) -> list[str]:
    return [one.start.isoformat() for one in acts]


def promise(book: Casebook, **fields: object) -> Promise:
    [found] = record(book, "2020-06-10", {"by": FRONT, "text": "keep away", **fields}).promises
    return found


def test_what_bears_on_a_commitment_is_by_the_party_of_the_kind_in_the_area_before_the_deadline(
    book: Casebook,
) -> None:
    take_in(
        book,
        act(date(2020, 6, 8), "Tolo"),  # before the agreement
        act(date(2020, 6, 10)),  # on its day
        act(date(2020, 6, 25), event_type=EventType.SHELLING),
        act(date(2020, 7, 10), "Dirbat"),  # in Lahj
        act(date(2020, 7, 20), None, against="herders", killed=40),  # who knows where
        act(date(2020, 7, 22), "Tolo", by=COUNCIL, against=FRONT),  # what the other side did
        act(date(2020, 7, 31), "Mabar", against="villagers"),
        act(date(2020, 8, 20)),  # after the deadline
    )
    everything = promise(book)
    assert days_of(everything.events) == [
        "2020-06-10", "2020-06-25", "2020-07-10", "2020-07-20", "2020-07-31", "2020-08-20",
    ]  # fmt: skip
    until = promise(book, deadline="2020-08-01")
    assert days_of(until.events) == days_of(everything.events)[:-1]
    assert days_of(until.later) == ["2020-08-20"]
    shelling = promise(book, text="stop the shelling")
    assert (days_of(shelling.events), shelling.others) == (["2020-06-25"], 5)
    hajjah = promise(book, event_types=["attack"], country="YE", adm1="hajjah", deadline="2020-07")
    assert days_of(hajjah.events) == ["2020-06-10", "2020-07-31"]
    assert days_of(hajjah.later) == ["2020-08-20"]
    assert (hajjah.others, hajjah.unplaced) == (2, 1)  # shelling and Lahj; the place unknown
    protected = promise(book, target="villager")
    assert days_of(protected.events) == ["2020-07-31"]


def test_a_window_has_as_many_days_before_as_after() -> None:
    day = date(2020, 6, 10)
    since, until = window_of(day, day, 30)
    assert ((day - since).days, (until - day).days + 1) == (30, 30)
    since, until = window_of(date(2020, 6, 1), date(2020, 6, 30), 30)
    assert (since, until) == (date(2020, 5, 2), date(2020, 7, 30))
    assert window_of(date.min, date.min, 30)[0] == date.min
    assert window_of(date.max, date.max, 30)[1] == date.max


def test_of_events_in_the_month_of_an_agreement_it_is_not_known_on_which_side_they_are(
    book: Casebook,
) -> None:
    take_in(
        book,
        *(act(date(2020, month, 15)) for month in (5, 6, 7)),
        act(date(2020, 7, 30)),
        act(date(2020, 7, 31)),
    )
    found = record(book, "2020-06", days=30)
    assert (found.day, found.last) == (date(2020, 6, 1), date(2020, 6, 30))
    sides = found.acts
    assert [days_of(some) for some in (sides.before, sides.between, sides.after)] == [
        ["2020-05-15"], ["2020-06-15"], ["2020-07-15", "2020-07-30"],
    ]  # fmt: skip
    counted = {(one.what, one.value): (one.before, one.after) for one in found.counts}
    assert counted["party", FRONT] == counted["area", "Hajjah"] == counted["type", "attack"] == (1, 2)


def test_records_come_of_the_events_nearest_to_the_day_and_counts_of_all(book: Casebook) -> None:
    take_in(book, *(act(date(2020, month, 20)) for month in range(3, 9)))
    row = decide(book, PactDecisionKind.ADD, value=BY_HAND)
    found = book.browse.agreement(row.number, most=2)
    assert found is not None
    starts = [[one.row.event.when.start for one in some] for some in (found.before, found.after)]
    assert starts == [[date(2020, month, 20) for month in some] for some in ((4, 5), (6, 7))]
    assert (len(found.acts.before), len(found.acts.after)) == (3, 3)
