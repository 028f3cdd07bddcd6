"""Counts of what was found, and the measures that follow from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, 0 to 1, over `gold_count` gold values."""

    gold_count: int
    precision: float
    recall: float
    f1: float


@dataclass(slots=True)
class _Counts:
    hits: int = 0
    gold: int = 0
    found: int = 0


class Tally:
    """Hits against gold and found values, by measure, in the order of first mention."""

    def __init__(self) -> None:
        self._counts: dict[str, _Counts] = {}

    def add(self, measure: str, hits: int, gold: int, found: int) -> None:
        """Count `hits` among `gold` values and `found` ones."""
        counts = self._counts.setdefault(measure, _Counts())
        counts.hits += hits
        counts.gold += gold
        counts.found += found

    def measures(self) -> tuple[str, ...]:
        """The measures counted so far."""
        return tuple(self._counts)

    def score(self, measure: str) -> Score:
        """The score of a measure; with nothing to find and nothing found it is 1."""
        counts = self._counts.get(measure, _Counts())
        precision = counts.hits / counts.found if counts.found else 1.0
        recall = counts.hits / counts.gold if counts.gold else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return Score(counts.gold, precision, recall, f1)
