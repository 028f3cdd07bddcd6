"""Puts marked names where they stand: offsets of corpora count from one, or miss a few characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casus.evaluation.toponym_corpora import GoldToponym

_MOST_SHIFTS = 200


def align(text: str, marks: Sequence[GoldToponym]) -> tuple[list[GoldToponym], int]:
    """The marks at their names in the text, in order, and how many were moved apart from the rest.

    Of all shifts that bring some mark onto its name, the one that suits most marks is the
    text's; each mark then goes to the occurrence nearest to its shifted offset.  A mark
    whose name the text lacks, or that only fits under another, is left out.
    """
    places = [_occurrences(text, mark.name) for mark in marks]
    shift = _shift(marks, places)
    placed: list[GoldToponym] = []
    moved = 0
    order = sorted(range(len(marks)), key=lambda at: (marks[at].start_char, -len(marks[at].name)))
    for at in order:
        expected = marks[at].start_char + shift
        spot = _free_spot(places[at], expected, placed)
        if spot is not None:
            moved += spot[0] != expected
            placed.append(replace(marks[at], start_char=spot[0], end_char=spot[1]))
    return sorted(placed, key=lambda mark: mark.start_char), moved


def _free_spot(
    places: Sequence[tuple[int, int]], expected: int, placed: Sequence[GoldToponym]
) -> tuple[int, int] | None:
    """The occurrence nearest to an offset that no other mark covers."""
    for start, end in sorted(places, key=lambda place: (abs(place[0] - expected), place[0])):
        if all(end <= other.start_char or other.end_char <= start for other in placed):
            return start, end
    return None


def _occurrences(text: str, name: str) -> list[tuple[int, int]]:
    """Where a name stands, whatever its white space; whatever its case if it stands nowhere so."""
    pattern = r"\s+".join(re.escape(word) for word in name.split())
    if not pattern:
        return []
    exact = [found.span() for found in re.finditer(pattern, text)]
    return exact or [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def _shift(marks: Sequence[GoldToponym], places: Sequence[Sequence[tuple[int, int]]]) -> int:
    """By how many characters most offsets are off; the smaller of equally good shifts."""
    votes: Counter[int] = Counter()
    for mark, spans in zip(marks, places, strict=True):
        votes.update({start - mark.start_char for start, _ in spans[:_MOST_SHIFTS]})
    return min(votes, key=lambda shift: (-votes[shift], abs(shift), shift), default=0)
