"""The text of a reading in pieces, each with the kinds of evidence that it is."""

from __future__ import annotations

from dataclasses import dataclass

from casus.model import Reading
from casus.output.highlighting import Mark, marks_of


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a text; `mark` is the kind of evidence they are, None where they are none."""

    text: str
    mark: Mark | None


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """The whole text, in order; where evidence overlaps, the shorter one shows."""
    text = reading.report.text
    marks: list[Mark | None] = [None] * len(text)
    spans = [(mark, one.start_char, one.end_char) for mark, one in marks_of(reading)]
    for mark, start, end in sorted(spans, key=lambda span: span[1] - span[2]):
        marks[start:end] = [mark] * (min(end, len(text)) - start)
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marks[at] is not marks[start]:
            pieces.append(Piece(text[start:at], marks[start]))
            start = at
    return tuple(pieces)


def marks_in(pieces: tuple[Piece, ...]) -> tuple[Mark, ...]:
    """The kinds of evidence that stand in a text, for its legend."""
    present = {piece.mark for piece in pieces}
    return tuple(mark for mark in Mark if mark in present)
