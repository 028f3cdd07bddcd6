"""Casebooks for questions, filled from told stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook.telling import Story, reading_of
from casus.casebook.book import Casebook

MakeBook = Callable[..., Casebook]


@pytest.fixture
def book_of(tmp_path: Path) -> Iterator[MakeBook]:
    """Makes a casebook of stories, at each call another."""
    made: list[Casebook] = []

    def make(*stories: Story) -> Casebook:
        book = Casebook.open(f"sqlite:///{tmp_path / f'{len(made)}.db'}")
        made.append(book)
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))
        return book

    yield make
    for book in made:
        book.close()
