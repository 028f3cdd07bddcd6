"""Which events a question means, by the names that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from casebook.telling import Account, Story
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.records import Role
from casus.errors import NotAnswerable
from casus.model import EventType

RAID = Story(accounts=(Account(by="Amal Duur"),))
MINE = Story(
    "Evening Star",
    date(2020, 6, 2),
    (Account(date(2020, 6, 1), "Tolo", 3, event_type=EventType.BOMBING, against="Amal Duur", told="A mine"),),
)


@pytest.fixture
def book(book_of: Callable[..., Casebook]) -> Casebook:
    return book_of(RAID, MINE)


@pytest.mark.parametrize(
    ("asked", "words", "count"),
    [
        ({}, "all events", 2),
        ({"country": "Yemen"}, "all events in Yemen", 1),
        ({"country": "so"}, "all events in Somalia", 1),
        ({"unit": "hajjah"}, "all events in Hajjah", 1),
        ({"types": ["attack", "bombing"]}, "attacks and bombings", 2),
        ({"types": ["armed_clash"]}, "armed clashes", 0),
        ({"actor": "amal duur"}, "all events with Amal Duur", 2),
        ({"perpetrator": "Amal Duur"}, "all events by Amal Duur", 1),
        ({"target": "Amal Duur", "country": "SO"}, "all events against Amal Duur in Somalia", 1),
        ({"grade": "weak", "is_reviewed": False}, "all events graded weak that nobody has reviewed", 2),
    ],
)
def test_what_is_asked_is_told_in_words(
    book: Casebook, asked: dict[str, object], words: str, count: int
) -> None:
    selection = select(book, **asked)  # type: ignore[arg-type]
    assert selection.words == words
    assert len(book.browse.table(selection.wanted)) == count


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"country": "Ruritania"}, "no country 'Ruritania'"),
        ({"unit": "Gedo", "country": "YE"}, "no event is in a unit 'Gedo' in YE"),
        ({"unit": "Hajja"}, "near it: Hajjah"),
        ({"actor": "Amal Dur"}, "names 'Amal Dur'; near it: Amal Duur"),
        ({"target": "villager men"}, "as target"),
        ({"actor": "Amal Duur", "target": "Amal Duur"}, "not for several"),
        ({"since": date(2020, 2, 1), "until": date(2020, 1, 1)}, "ends before it begins"),
    ],
)
def test_what_is_nobodys_is_said(book: Casebook, asked: dict[str, object], why: str) -> None:
    with pytest.raises(NotAnswerable, match=why):
        select(book, **asked)  # type: ignore[arg-type]


def test_a_selection_is_narrowed_to_days(book: Casebook) -> None:
    spring = select(book, perpetrator="Amal Duur").between(date(2020, 3, 1), None)
    assert (spring.wanted.since, spring.wanted.until) == (date(2020, 3, 1), None)
    assert spring.wanted.role is Role.PERPETRATOR
