"""Names on a map: of countries in the middle of what is seen of them, of places beside their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casus.analysis.charts.ground import Ground, Pixel, clipped_ring

_LETTER, _LINE = 6.4, 13  # pixels a letter, and a line
_MOST_PLACES = 6

Disc = tuple[float, float, float]
"""The middle of a mark and its radius, in pixels."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a point; `left`, `top`, `right` and `bottom` are what they cover, in pixels."""

    says: str
    x: float
    y: float
    left: float
    right: float

    @property
    def top(self) -> float:
        """Where the line begins."""
        return self.y - _LINE / 2

    @property
    def bottom(self) -> float:
        """Where the line ends."""
        return self.y + _LINE / 2

    def meets(self, other: Text) -> bool:
        """Whether two texts would lie over each other."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def covers(self, mark: Disc) -> bool:
        """Whether a mark would lie under the text."""
        x, y, radius = mark
        return self.left - radius < x < self.right + radius and self.top - radius < y < self.bottom + radius


def place_names(named: Sequence[tuple[str, Disc]], ground: Ground, marks: Sequence[Disc]) -> Iterator[Text]:
    """The names of the first places that have room beside, above or below their marks.

    No name lies over another or over a mark.
    """
    written: list[Text] = []
    for name, own in named:
        others = [mark for mark in marks if mark[:2] != own[:2]]
        for text in _beside(name, own):
            is_in = (
                text.left > 0 and text.right < ground.width and text.top > 0 and text.bottom < ground.height
            )
            if is_in and not any(map(text.meets, written)) and not any(map(text.covers, others)):
                written.append(text)
                yield text
                break
        if len(written) == _MOST_PLACES:
            return


def _beside(name: str, mark: Disc) -> Iterator[Text]:
    """Where a name may stand: right of its mark, left, above, below."""
    x, y, radius = mark
    wide, off = len(name) * _LETTER, radius + _LINE / 2 + 2
    for left, at in (
        (x + radius + 3, y),
        (x - radius - 3 - wide, y),
        (x - wide / 2, y - off),
        (x - wide / 2, y + off),
        (x - radius, y - off),
        (x - radius, y + off),
    ):
        yield Text(name, left, at, left, left + wide)


def country_names(
    ground: Ground,
    countries: Sequence[tuple[str, list[list[Pixel]]]],
    written: Sequence[Text],
    marks: Sequence[Disc],
) -> Iterator[Text]:
    """The names of the countries that are seen to be wide enough for them."""
    view = (0.0, 0.0, float(ground.width), float(ground.height))
    taken = list(written)
    for name, rings in countries:
        seen = [part for ring in rings for part in clipped_ring(ring, view)]
        if not seen:
            continue
        largest = max(seen, key=lambda ring: abs(_area(ring)))
        half = len(name) * _LETTER / 2
        wide = max(x for x, _ in largest) - min(x for x, _ in largest)
        if wide < 2 * half + 8 or abs(_area(largest)) < 2 * half * _LINE * 1.5:
            continue
        x, y = _middle(largest)
        x = min(max(x, half + 4), ground.width - half - 4)
        for dy in (0, 18, -18, 36, -36):  # moved away from what is written already
            text = Text(name, x, y + dy, x - half, x + half)
            is_in = text.top > 0 and text.bottom < ground.height
            if is_in and not any(map(text.meets, taken)) and not any(map(text.covers, marks)):
                taken.append(text)
                yield text
                break


def _area(ring: Sequence[Pixel]) -> float:
    """The area of a ring, negative where it turns the other way round (the shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _middle(ring: Sequence[Pixel]) -> Pixel:
    """The centre of gravity of a ring."""
    area = _area(ring) * 6
    x = y = 0.0
    for a, b in pairwise(ring):
        cross = a[0] * b[1] - b[0] * a[1]
        x += (a[0] + b[0]) * cross
        y += (a[1] + b[1]) * cross
    return x / area, y / area
