"""Who to whom: each event once a pairing, ways of being named apart, and names withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.telling import Account, Story, claim, reading_of
from casus.analysis.patterns.casts import NOBODY, OTHERS, WITHHELD
from casus.analysis.patterns.parties import parties
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import Sum
from casus.casebook.records import DecisionKind, NewDecision, Standing
from casus.errors import NotAnswerable
from casus.model import Actor, ClaimKind

Cast = tuple[Sequence[str], Sequence[str], int | None]

CASTS: list[Cast] = [
    (["Red Band"], ["villagers"], 3),
    (["Red Band"], ["villagers"], 4),
    (["Red Band", "Blue Band"], ["villagers"], None),
    (["Blue Band"], ["Red Band"], 5),
    (["Red Band"], ["Blue Band"], 6),
    ([], ["traders"], 7),
    (["Grey Band"], [], 8),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with book_of(tmp_path_factory.mktemp("books") / "book.db", CASTS) as casts:
        yield casts


def book_of(path: Path, casts: Sequence[Cast]) -> Casebook:
    """A casebook with an event for each: perpetrators, targets and how many were killed."""
    accounts = tuple(
        Account(killed=killed, told=f"Raiders came to house {number}")
        for number, (_, _, killed) in enumerate(casts)
    )
    reading = reading_of(Story(accounts=accounts))
    events = tuple(
        replace(
            event,
            perpetrators=tuple(Actor(name, None, None, event.evidence) for name in doers),
            targets=tuple(Actor(name, None, None, event.evidence) for name in targets),
        )
        for event, (doers, targets, _) in zip(reading.events, casts, strict=True)
    )
    book = Casebook.open(f"sqlite:///{path}")
    book.ingest([("all.txt", replace(reading, events=events))])
    return book


def test_events_and_deaths_by_perpetrator_and_target(book: Casebook) -> None:
    found = parties(book)
    told = {(one.perpetrator, one.target): (one.events, one.killed) for one in found.pairings}
    assert told == {
        ("Red Band", "villagers"): (3, Sum(7, 7, 7, 2, 1)),
        ("Red Band", "Blue Band"): (1, Sum(6, 6, 6, 1, 0)),
        ("Blue Band", "villagers"): (1, Sum(0, 0, 0, 0, 1)),
        ("Blue Band", "Red Band"): (1, Sum(5, 5, 5, 1, 0)),
        ("Grey Band", NOBODY): (1, Sum(8, 8, 8, 1, 0)),
        (NOBODY, "traders"): (1, Sum(7, 7, 7, 1, 0)),
    }
    assert (found.events, found.killed, found.several) == (7, Sum(33, 33, 33, 6, 1), 1)
    assert [(one.name, one.events) for one in found.perpetrators] == [
        ("Red Band", 4), ("Blue Band", 2), ("Grey Band", 1), (NOBODY, 1),
    ]  # fmt: skip
    assert any("in several rows and columns (1 such)" in one for one in found.notices)


def test_dyads_have_no_direction_and_two_named_parties(book: Casebook) -> None:
    found = parties(book, is_directed=False)
    told = {frozenset((one.perpetrator, one.target)): one.events for one in found.pairings}
    assert told == {
        frozenset(("Red Band", "villagers")): 3,
        frozenset(("Red Band", "Blue Band")): 2,
        frozenset(("Blue Band", "villagers")): 1,
    }
    assert found.pairings[0].events == 3
    assert list(found.frame().columns[:2]) == ["party", "other_party"]


def test_all_below_the_first_ones_are_others(book: Casebook) -> None:
    found = parties(book, top=1)
    with pytest.raises(NotAnswerable, match="one party or more"):
        parties(book, top=0)
    assert [(one.name, one.events) for one in found.perpetrators] == [
        ("Red Band", 4), (OTHERS, 3), (NOBODY, 1),
    ]  # fmt: skip
    assert [(one.name, one.events) for one in found.targets] == [("villagers", 3), (OTHERS, 3), (NOBODY, 1)]


NAMES = st.lists(
    st.sampled_from(["Red Band", "Blue Band", "Grey Band", "villagers"]), max_size=3, unique=True
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, NAMES, st.integers(1, 9)), min_size=1, max_size=5), st.randoms())
def test_pairings_are_those_of_every_event_counted(
    tmp_path_factory: pytest.TempPathFactory, casts: list[Cast], random: object
) -> None:
    if not any(doers or targets for doers, targets, _ in casts):
        return
    expected: dict[tuple[str, str], int] = {}
    dyads: dict[frozenset[str], int] = {}
    for doers, targets, _ in casts:
        for pair in product(doers or [NOBODY], targets or [NOBODY]):
            expected[pair] = expected.get(pair, 0) + 1
        for both in {frozenset(pair) for pair in product(doers, targets)}:
            dyads[both] = dyads.get(both, 0) + 1
    shuffled = sorted(casts, key=lambda _: random.random())  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("casts")
    with book_of(folder / "one.db", casts) as one, book_of(folder / "other.db", shuffled) as other:
        found, again = parties(one), parties(other)
        undirected = parties(one, is_directed=False)
    assert {(pair.perpetrator, pair.target): pair.events for pair in found.pairings} == expected
    assert {frozenset((pair.perpetrator, pair.target)): pair.events for pair in undirected.pairings} == dyads
    assert found.pairings == again.pairings
    assert found.perpetrators == again.perpetrators


def test_an_accusation_is_told_from_a_claim(tmp_path: Path) -> None:
    accused = (
        claim(ClaimKind.ACCUSATION, "Ila Doran", actor="Red Band"),
        claim(ClaimKind.DENIAL, "Red Band", actor="Red Band"),
    )
    claimed = (claim(ClaimKind.RESPONSIBILITY, "Red Band", actor="Red Band"),)
    stories = [
        Story(accounts=(Account(by="Red Band", claims=accused),)),
        Story(accounts=(Account(date(2021, 5, 1), "Tolo", 3, by="Red Band", claims=claimed, told="A mine"),)),
        Story(accounts=(Account(date(2022, 5, 1), "Dirbat", 4, by="Red Band", told="A shell"),)),
    ]
    with Casebook.open(f"sqlite:///{tmp_path / 'book.db'}") as book:
        book.ingest((f"{at}.txt", reading_of(story)) for at, story in enumerate(stories))
        found, sure = parties(book), parties(book, standing="claimed")
        with pytest.raises(NotAnswerable, match="in Somalia, none has a perpetrator who is accused"):
            parties(book, select(book, country="SO"), standing=Standing.ACCUSED)
    [band] = found.perpetrators
    assert (band.name, band.events) == ("Red Band", 3)
    assert band.standings == {
        Standing.CLAIMED: 1, Standing.ACCUSED: 1, Standing.DENIED: 1, Standing.REPORTED: 1,
    }  # fmt: skip
    assert any("not a finding" in one for one in found.notices)
    assert (sure.events, sure.killed.best, sure.perpetrators[0].events) == (1, 3, 1)
    assert not any("not a finding" in one for one in sure.notices)


def test_a_name_that_is_withheld_stands_nowhere(tmp_path: Path) -> None:
    with book_of(tmp_path / "book.db", [*CASTS, (["Amal Duur"], ["villagers"], 2)]) as book:
        [hidden] = [
            event.id for event in book.events() if [one.name for one in event.perpetrators] == ["Amal Duur"]
        ]
        book.decide(
            hidden, NewDecision(kind=DecisionKind.WITHHOLD, by="ada", reason="asked", value="Amal Duur")
        )
        found = parties(book)
    names = [one.name for one in found.perpetrators]
    assert WITHHELD in names
    assert "Amal Duur" not in found.frame().to_csv() + found.parties_frame().to_csv()
    [hidden_party] = [one for one in found.perpetrators if one.name == WITHHELD]
    assert (hidden_party.events, hidden_party.killed.best) == (1, 2)
    assert hidden_party.standings[Standing.REPORTED] == 1


def test_the_parties_as_a_frame(book: Casebook) -> None:
    frame = parties(book).parties_frame()
    assert set(frame["role"]) == {"perpetrator", "target"}
    assert frame["reported"].tolist()[:3] == [4, 2, 1]


def test_where_nobody_is_named_it_is_said(tmp_path: Path) -> None:
    with (
        book_of(tmp_path / "book.db", [([], [], 3)]) as book,
        pytest.raises(NotAnswerable, match="none names a perpetrator or a target"),
    ):
        parties(book)
