"""What happened around an agreement, counted by hand from a small casebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from casebook.pacting import BY_HAND, COUNCIL, FRONT, act, decide, take_in, told_of
from casus.analysis.pact_counts import tally_of
from casus.analysis.pact_results import PactTimeline, Tally
from casus.analysis.pacts import pact_timeline
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import PartyAct, Span, TimeUnit
from casus.casebook.pacts.records import PactDecisionKind
from casus.casebook.records import Role
from casus.errors import NotAnswerable, NotInCasebook
from casus.model import EventType
from web.dealing import take_in_a_deal

NONE = Tally(0, 0, 0, 0, 0)


@pytest.fixture
def book() -> Iterator[Casebook]:
    with Casebook.open("sqlite://") as casebook:
        yield casebook


@pytest.fixture
def deal(book: Casebook) -> tuple[Casebook, int]:
    """An agreement of 10 June 2020; acts of the front (F) and the council (C) around it.

    | day     | by | where        | kind     | killed |
    | ------- | -- | ------------ | -------- | ------ |
    | 1 May   | F  | Rakha, YE    | attack   | 2      |
    | 20 May  | F  | Dirbat, YE   | shelling | 5      |
    | 5 June  | C  | Tolo, SO     | attack   | ?      |
    | 10 June | F  | Mabar, YE    | attack   | 3      |
    | 30 June | F  | Dirbat, YE   | bombing  | 7      |
    """
    take_in(
        book,
        act(date(2020, 5, 1), killed=2),
        act(date(2020, 5, 20), "Dirbat", event_type=EventType.SHELLING, killed=5),
        act(date(2020, 6, 5), "Tolo", by=COUNCIL, against="herders", killed=None),
        act(date(2020, 6, 10), "Mabar", against="villagers", killed=3),
        act(date(2020, 6, 30), "Dirbat", event_type=EventType.BOMBING, against="villagers", killed=7),
    )
    return book, decide(book, PactDecisionKind.ADD, value=BY_HAND).number


def test_periods_are_counted_from_the_day_and_none_is_on_both_sides(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    told = pact_timeline(book, number, 30)
    assert (told.day, told.since, told.until, told.unit) == (
        date(2020, 6, 10), date(2020, 5, 11), date(2020, 7, 9), TimeUnit.WEEK,
    )  # fmt: skip
    everybody = [one for one in told.periods if one.party is None]
    assert [(one.start.isoformat(), one.end.isoformat(), one.side) for one in everybody] == [
        ("2020-05-11", "2020-05-12", "before"),
        ("2020-05-13", "2020-05-19", "before"),
        ("2020-05-20", "2020-05-26", "before"),
        ("2020-05-27", "2020-06-02", "before"),
        ("2020-06-03", "2020-06-09", "before"),
        ("2020-06-10", "2020-06-16", "after"),
        ("2020-06-17", "2020-06-23", "after"),
        ("2020-06-24", "2020-06-30", "after"),
        ("2020-07-01", "2020-07-07", "after"),
        ("2020-07-08", "2020-07-09", "after"),
    ]
    assert [one.tally for one in everybody] == [
        NONE, NONE, Tally(1, 5, 5, 5, 1), NONE, Tally(1, 0, 0, 0, 0),
        Tally(1, 3, 3, 3, 1), NONE, Tally(1, 7, 7, 7, 1), NONE, NONE,
    ]  # fmt: skip
    council = [one.tally.events for one in told.periods if one.party == COUNCIL]
    assert council == [0, 0, 1, 0, 1, 0, 0, 0, 0, 0]  # shelled on 20 May, acted on 5 June


def test_counts_by_party_kind_and_area(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    told = pact_timeline(book, number, 60)
    counts = {(one.what, one.value): (one.before, one.after) for one in told.counts}
    assert counts == {
        ("party", FRONT): (Tally(2, 7, 7, 7, 2), Tally(2, 10, 10, 10, 2)),
        ("party", COUNCIL): (Tally(3, 7, 7, 7, 2), NONE),
        ("type", "attack"): (Tally(2, 2, 2, 2, 1), Tally(1, 3, 3, 3, 1)),
        ("type", "shelling"): (Tally(1, 5, 5, 5, 1), NONE),
        ("type", "bombing"): (NONE, Tally(1, 7, 7, 7, 1)),
        ("area", "Hajjah"): (Tally(1, 2, 2, 2, 1), Tally(1, 3, 3, 3, 1)),
        ("area", "Lahj"): (Tally(1, 5, 5, 5, 1), Tally(1, 7, 7, 7, 1)),
        ("area", "Gedo"): (Tally(1, 0, 0, 0, 0), NONE),
    }
    frame = told.counts_frame()
    after = frame[(frame.what == "party") & (frame.value == FRONT) & (frame.side == "after")].iloc[0]
    assert (after.events, after.killed_best) == (2, 10)


def test_frames_have_what_the_answer_has(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    told = pact_timeline(book, number, 60, TimeUnit.MONTH)
    frame = told.frame()
    everybody = frame[frame.party == ""]
    assert [str(start) for start in everybody.start] == [
        "2020-04-11", "2020-05-10", "2020-06-10", "2020-07-10",
    ]  # fmt: skip
    assert everybody.events.tolist() == [1, 2, 2, 0]
    promises = told.promises_frame()
    assert promises.event_type.tolist() == ["attack", "bombing"]
    assert set(promises.rule) == {told.promises[0].rule}
    assert told.allegations_frame().empty
    assert len(told.rates_frame()) == len(told.rates)


def test_rates_are_of_the_days_that_reports_cover(deal: tuple[Casebook, int]) -> None:
    """The first report is of 1 May, the last of 30 June: 40 days before, 21 after."""
    book, number = deal
    told = pact_timeline(book, number, 60)
    assert told.coverage is not None
    assert (told.coverage.since, told.coverage.until) == (date(2020, 5, 1), date(2020, 6, 30))
    assert told.coverage.reports == (3, 2)
    everybody, front, council = told.rates
    assert [(one.before.count, one.before.days, one.after.count, one.after.days) for one in told.rates] == [
        (3, 40, 2, 21), (2, 40, 2, 21), (3, 40, 0, 21),
    ]  # fmt: skip
    assert everybody.ratio == pytest.approx((2 / 21) / (3 / 40))
    assert front.ratio == pytest.approx((2 / 21) / (2 / 40))
    assert council.low is None
    assert any("the first report is of 2020-05-01" in one for one in told.cautions)
    assert any("nothing here says why" in one for one in told.cautions)


def test_who_alleges_a_violation_in_which_words(book: Casebook) -> None:
    number = take_in_a_deal(book)
    told = pact_timeline(book, number)
    [alleged] = told.alleged
    assert (alleged.role, alleged.accused, alleged.report.publisher) == ("mayor", FRONT, "Evening Star")
    assert alleged.words == "The mayor said that Amal Duur had violated the truce."
    row = told.allegations_frame().iloc[0]
    assert (row.role, row.words) == ("mayor", alleged.words)
    [promise] = told.promises
    assert promise.told_by == ("Daily Post", "Coast Herald")
    assert "until 2020-08-01" in promise.rule
    assert [str(one.start) for one in promise.events] == ["2020-07-01"]
    assert [str(one.start) for one in promise.later] == ["2020-08-20"]
    assert told.promises_frame().when.tolist() == ["until the deadline", "after the deadline"]


def test_an_agreement_of_which_only_the_month_is_known_has_a_time_between(deal: tuple[Casebook, int]) -> None:
    book, _ = deal
    number = decide(
        book, PactDecisionKind.ADD, value={**BY_HAND, "name": "June Accord", "agreed_on": "2020-06"}
    ).number
    told = pact_timeline(book, number, 30)
    sides = [(one.side, one.tally.events) for one in told.periods if one.party is None]
    assert ("between", 3) in sides
    assert sum(events for side, events in sides if side == "before") == 1
    assert "events from 2020-06-01 to 2020-06-30 are on neither side" in told.cautions[0]
    assert any("the last report is of 2020-06-30" in one for one in told.cautions)


def test_an_agreement_without_a_day_has_commitments_and_no_periods(book: Casebook) -> None:
    take_in(book, told_of(agreed_on=None))
    told = pact_timeline(book, 1)
    assert (told.periods, told.rates, told.day) == ((), (), None)
    assert "nobody says when it was agreed" in told.cautions[0]
    assert [one.text for one in told.promises] == ["stop the raids"]
    assert told.frame().empty
    assert told.promises_frame().event.tolist() == [None]


def test_what_can_not_be_asked_is_told(deal: tuple[Casebook, int]) -> None:
    book, number = deal
    with pytest.raises(NotInCasebook, match="no agreement 99"):
        pact_timeline(book, 99)
    with pytest.raises(NotAnswerable, match="ask for 1 to"):
        pact_timeline(book, number, 0)
    short = pact_timeline(book, number, 5)
    assert short.rates == ()
    assert any("too few to compare" in one for one in short.cautions)


def test_nothing_around_an_agreement_is_told_as_nothing(book: Casebook) -> None:
    take_in(book, told_of())
    told: PactTimeline = pact_timeline(book, 1)
    assert told.counts == ()
    assert told.rates == ()
    assert told.cautions


def test_a_toll_that_is_not_known_is_not_nought() -> None:
    def one(span: Span) -> PartyAct:
        day = date(2020, 6, 1)
        return PartyAct("e", day, day, EventType.ATTACK, None, None, span, ((FRONT, Role.TARGET),))

    spans = Span(None, None, None), Span(2, None, None), Span(1, 3, 6), Span(None, 4, None)
    assert tally_of(map(one, spans)) == Tally(4, 2 + 1 + 4, 2 + 3 + 4, 2 + 6 + 4, 3)


def test_each_day_around_an_agreement_is_in_one_period(book: Casebook) -> None:
    number = decide(book, PactDecisionKind.ADD, value={**BY_HAND, "agreed_on": "2020-03-31"}).number
    for unit in TimeUnit:
        for days in (1, 7, 31, 400):
            told = pact_timeline(book, number, days, unit)
            days_told = [
                one.start + timedelta(days=at)
                for one in told.periods
                if one.party is None
                for at in range((one.end - one.start).days + 1)
            ]
            assert told.since is not None
            assert days_told == [told.since + timedelta(days=at) for at in range(2 * days)]
