"""Which sources or columns make up which list."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from casus.errors import NotAnswerable

REST = "*"


@dataclass(frozen=True, slots=True)
class ListGroup:
    """A list and its members; the member "*" stands for all that are in no other list."""

    name: str
    members: tuple[str, ...]

    @classmethod
    def parsed(cls, text: str) -> ListGroup:
        """A list from "Radio A,Radio B" or "Radio=Radio A,Radio B"; a name with a comma is quoted.

        Raises `NotAnswerable` where it names nobody.
        """
        head, sign, tail = text.partition("=")
        named, members = (head.strip(), tail) if sign else ("", text)
        cells = next(csv.reader([members], skipinitialspace=True), [])
        found = tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
        if not found:
            raise NotAnswerable(f"the list {text!r} names nobody: give names with commas between them")
        return cls(named or ("others" if found == (REST,) else " + ".join(found)), found)


def checked(groups: Sequence[ListGroup]) -> None:
    """Raise `NotAnswerable` where two lists share a name or a member, or there is one only."""
    if len(groups) < 2:
        raise NotAnswerable("one list alone says nothing of what it lacks: name two lists or more")
    for what, words in (
        ("lists are called", [group.name for group in groups]),
        ("lists have", [member for group in groups for member in group.members]),
    ):
        twice = sorted({word for word in words if words.count(word) > 1})
        if twice:
            raise NotAnswerable(f"two {what} {twice[0]!r}: each name may stand in one list")
