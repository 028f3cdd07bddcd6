"""Casebooks of one long report each: its accounts are as many events, none linked to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.model import Place

Told = tuple[Account, Place | None]
MakeFilled = Callable[[Sequence[Told]], Casebook]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeFilled]:
    """Makes a casebook of accounts, each with its place (None keeps the account's)."""
    made: list[Casebook] = []
    folder = tmp_path_factory.mktemp("books")

    def make(told: Sequence[Told]) -> Casebook:
        accounts = tuple(
            replace(account, told=f"Raiders came to house {number}")
            for number, (account, _) in enumerate(told)
        )
        reading = reading_of(Story(accounts=accounts))
        events = tuple(
            event if place is None else replace(event, where=place)
            for event, (_, place) in zip(reading.events, told, strict=True)
        )
        book = Casebook.open(f"sqlite:///{folder / f'{len(made)}.db'}")
        made.append(book)
        book.ingest([("all.txt", replace(reading, events=events))])
        return book

    yield make
    for book in made:
        book.close()
