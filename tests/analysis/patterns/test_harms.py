"""Tolls by harm and category: what adds up, what has no number, and how far civilians' share could go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.analysis.patterns.harms import CivilianShare, HarmCount, harms
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import Sum
from casus.errors import NotAnswerable
from casus.model import Category, Harm, Reading, Toll

Row = tuple[Harm, Category, int | None, int | None, int | None]
KILLED, INJURED = Harm.KILLED, Harm.INJURED
CIVILIANS, FORCES, UNKNOWN = Category.CIVILIANS, Category.SECURITY_FORCES, Category.UNKNOWN


def telling(events: Sequence[Sequence[Row]]) -> Reading:
    """A report of events with these tolls."""
    accounts = tuple(
        Account(killed=None, told=f"Raiders came to house {number}") for number in range(len(events))
    )
    reading = reading_of(Story(accounts=accounts))
    told = tuple(
        replace(event, tolls=tuple(Toll(*row, event.evidence) for row in rows))
        for event, rows in zip(reading.events, events, strict=True)
    )
    return replace(reading, events=told)


def book_of(path: Path, *readings: Reading) -> Casebook:
    book = Casebook.open(f"sqlite:///{path}")
    book.ingest((f"{at}.txt", reading) for at, reading in enumerate(readings))
    return book


EVENTS: list[list[Row]] = [
    [(KILLED, CIVILIANS, 3, 4, 6), (KILLED, FORCES, 2, 2, 2), (INJURED, UNKNOWN, None, None, None)],
    [(KILLED, UNKNOWN, 5, 5, 7)],
    [(KILLED, CIVILIANS, None, None, None), (INJURED, CIVILIANS, 8, None, None)],
    [],
]


def test_tolls_by_harm_and_category(tmp_path: Path) -> None:
    with book_of(tmp_path / "book.db", telling(EVENTS)) as book:
        found = harms(book)
    assert found.counts == (
        HarmCount(KILLED, None, 3, Sum(10, 11, 15, 2, 1)),
        HarmCount(KILLED, CIVILIANS, 2, Sum(3, 4, 6, 1, 1)),
        HarmCount(KILLED, FORCES, 1, Sum(2, 2, 2, 1, 0)),
        HarmCount(KILLED, UNKNOWN, 1, Sum(5, 5, 7, 1, 0)),
        HarmCount(INJURED, None, 2, Sum(8, 8, 8, 1, 1)),
        HarmCount(INJURED, CIVILIANS, 1, Sum(8, 8, 8, 1, 0)),
        HarmCount(INJURED, UNKNOWN, 1, Sum(0, 0, 0, 0, 1)),
    )
    assert (found.events, found.without_toll) == (4, 1)
    assert "Of 1 event no toll is told at all, which is not zero." in found.notices
    assert any("several were wounded" in one for one in found.notices)


def test_the_share_of_civilians_between_the_extremes(tmp_path: Path) -> None:
    """Four civilians (3 to 6), two soldiers, five (to seven) of whom nothing is known.

    At least 3 of 3 + 2 + 7; at most 6 + 7 of 6 + 7 + 2; of the known 4 of 6.
    """
    with book_of(tmp_path / "book.db", telling(EVENTS)) as book:
        found = harms(book).civilians
    assert found == CivilianShare(
        4, 2, 5, pytest.approx(4 / 6), pytest.approx(3 / 12), pytest.approx(13 / 15)
    )


def test_people_whom_sources_put_in_two_categories_are_counted_once_and_unsure(tmp_path: Path) -> None:
    told_so = Account(killed=6)
    told_else = Account(killed=4, category=FORCES, told="Armed men set the mill alight near the orchard")
    post, star = Story(accounts=(told_so,)), Story("Evening Star", accounts=(told_else,))
    with book_of(tmp_path / "book.db", reading_of(post), reading_of(star)) as book:
        assert len(book.browse.table()) == 1
        found = harms(book)
    told = {one.category: (one.events, one.people.best, one.elsewhere) for one in found.counts}
    assert told == {None: (1, 4, 0), FORCES: (1, 4, 0), CIVILIANS: (0, 0, 1)}
    assert found.civilians == CivilianShare(0, 0, 4, None, 0.0, 1.0)
    assert any("counted once" in one for one in found.notices)


def test_the_figures_as_a_frame(tmp_path: Path) -> None:
    with book_of(tmp_path / "book.db", telling(EVENTS)) as book:
        frame = harms(book).frame()
    assert list(frame.columns) == [
        "harm", "category", "events", "low", "best", "high", "without_number", "with_number", "elsewhere",
    ]  # fmt: skip
    assert frame.iloc[0]["category"] == "all"


def test_the_order_of_events_changes_nothing(tmp_path: Path) -> None:
    with (
        book_of(tmp_path / "one.db", telling(EVENTS)) as one,
        book_of(tmp_path / "other.db", telling(EVENTS[::-1])) as other,
    ):
        assert harms(one).counts == harms(other).counts
        assert harms(one).civilians == harms(other).civilians


def test_where_nobody_is_told_to_be_harmed_it_is_said(tmp_path: Path) -> None:
    with book_of(tmp_path / "book.db", telling([[]])) as book:
        with pytest.raises(NotAnswerable, match="of all events, none tells of anybody harmed"):
            harms(book)
        with pytest.raises(NotAnswerable, match="none of bombings"):
            harms(book, select(book, types=["bombing"]))


def test_deaths_without_a_number_give_no_share(tmp_path: Path) -> None:
    with book_of(tmp_path / "book.db", telling([[(KILLED, CIVILIANS, None, None, None)]])) as book:
        assert harms(book).civilians is None
