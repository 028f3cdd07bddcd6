"""Stories of a rise whose days are known: twenty attacks in half a year, thirty-four in the next."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from casebook.telling import Account, Story

CHANGE = date(2020, 7, 1)
PLACES = ("Rakha", "Dirbat", "Tolo")
TOLD = (
    "Raiders burned the mill", "A patrol was shot at", "Herders fell to rifle fire", "Shots hit the ferry",
    "A guard died at the gate", "Strangers stormed the ginnery", "A lorry was stopped and looted",
)  # fmt: skip


def attacks(days: Iterable[date], by: str = "Amal Duur", *, killed: int = 1) -> Iterator[Story]:
    """An attack on each of some days, far enough from each other to stay apart."""
    for number, day in enumerate(days):
        yield Story(
            f"Outlet {number % 5}",
            day + timedelta(days=1),
            (
                Account(
                    day,
                    PLACES[number % 3],
                    killed,
                    by=by,
                    told=f"{TOLD[number % 7]} {number}",
                    against=f"side {number}",
                ),
            ),
        )


def others(first: date, last: date, every: int) -> Iterator[Story]:
    """Reports of something else, one in so many days on average."""
    days = (last - first).days
    for offset in (0, days - 1, *random.Random(every).sample(range(1, days - 1), days // every)):
        day = first + timedelta(days=offset)
        yield Story("Gazette", day, (), head=f"Onions sold well until {day}.")


def drawn(first: date, days: int, count: int) -> list[date]:
    """So many days of a stretch, by chance but always the same, and four days apart."""
    chosen = random.Random(days * count).sample(range(0, days, 4), count)
    return [first + timedelta(days=offset) for offset in sorted(chosen)]


STEADY = (*others(date(2020, 1, 1), CHANGE, 4), *others(CHANGE, date(2020, 12, 30), 4))
BEFORE, AFTER = drawn(date(2020, 1, 2), 180, 20), drawn(CHANGE, 180, 34)
