"""Long lists in pieces, since a statement takes only so many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

MOST_VALUES = 400


def chunks(items: Iterable[Item], size: int = MOST_VALUES) -> Iterator[tuple[Item, ...]]:
    """The items in order, `size` at a time."""
    remaining = iter(items)
    while piece := tuple(islice(remaining, size)):
        yield piece
