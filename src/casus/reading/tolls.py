"""Toll rows: an event's figures, one row a harm and category.

Low, best and high follow the coding rules: the lowest and the highest figure that any
source in the report gives; best is the first that the report itself gives.  Totals
whose parts add up give way to the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casus.model import Category, Evidence, Harm, Toll
from casus.reading.groups import Group
from casus.reading.harms import HarmMention


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of an event as a sentence gives it."""

    harm: Harm
    category: Category
    low: int | None
    best: int | None
    high: int | None
    sentence: int
    is_part: bool
    is_more: bool
    is_bare: bool  # a number without a noun
    is_said: bool  # by a speaker, not in the report's own voice
    evidence: Evidence
    mention: HarmMention
    group: Group

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def rows_of(figures: Sequence[Figure]) -> tuple[Toll, ...]:
    """The toll rows of an event, from its figures in the order of the text."""
    rows: list[Toll] = []
    for harm in Harm:
        own = [f for f in figures if f.harm is harm and not f.is_part]
        if own:
            rows.extend(_rows_of_harm(harm, own))
    return tuple(rows)


def _rows_of_harm(harm: Harm, figures: list[Figure]) -> list[Toll]:
    placed = _place_unknown(_additions(figures))
    by_category: dict[Category, list[Figure]] = defaultdict(list)
    for figure in placed:
        by_category[figure.category].append(figure)
    if Category.UNKNOWN in by_category and len(by_category) > 1:
        known = [c for c in by_category if c is not Category.UNKNOWN]
        kept = [
            f for f in by_category[Category.UNKNOWN] if not _explained(f, [by_category[c] for c in known])
        ]
        if kept:
            by_category[Category.UNKNOWN] = kept
        else:
            del by_category[Category.UNKNOWN]
    return [_row(harm, category, by_category[category]) for category in Category if category in by_category]


def _additions(figures: list[Figure]) -> list[Figure]:
    """ "Four more were killed" added to the figure before it, where no total says so already."""
    found: list[Figure] = []
    for figure in figures:
        if figure.is_more and figure.value is not None:
            before = next(
                (
                    f
                    for f in reversed(found)
                    if f.value is not None
                    and f.sentence < figure.sentence
                    and f.category in (figure.category, Category.UNKNOWN)
                ),
                None,
            )
            if before is not None:
                total = (before.value or 0) + figure.value
                if any(f.value == total for f in found):
                    continue
                if any((f.value or 0) > total for f in found):
                    continue
                found[found.index(before)] = replace(
                    before, low=total, best=total, high=total if before.high is not None else None
                )
                continue
        found.append(figure)
    return found


def _place_unknown(figures: list[Figure]) -> list[Figure]:
    """Figures without a category given the one that the event's other figures of that harm have."""
    known = {f.category for f in figures if f.category is not Category.UNKNOWN}
    values = {f.category: {g.value for g in figures if g.category is f.category} for f in figures}
    placed = []
    for figure in figures:
        if figure.category is Category.UNKNOWN and known:
            same = next((c for c in known if figure.value in values[c]), None)
            if same is not None and figure.value is not None:
                figure = replace(figure, category=same)
            elif len(known) == 1 and figure.is_bare:
                figure = replace(figure, category=next(iter(known)))
        placed.append(figure)
    return placed


def _explained(figure: Figure, others: list[list[Figure]]) -> bool:
    """True where a figure without category is the total of those that have one, or says no more than they do."""
    if figure.value is None:
        return True
    parts = [next((f.value for f in group if f.value is not None), 0) or 0 for group in others]
    total = sum(parts)
    if figure.value == total:
        return True
    return len(others) > 1 and abs(figure.value - total) <= max(2, total // 10)


def _row(harm: Harm, category: Category, figures: list[Figure]) -> Toll:
    lows = [n for n in (f.low for f in figures) if n is not None]
    highs = [n for n in (f.high for f in figures) if n is not None]
    open_lows = [f.low for f in figures if f.low is not None and f.high is None]
    best = next((f.best for f in figures if f.best is not None), None)
    low = min(lows) if lows else None
    high = max(highs) if highs else None
    if high is not None and open_lows and max(open_lows) >= high:
        high = None
    if best is not None and high is not None and high < best:
        high = best
    evidence = tuple(dict.fromkeys(f.evidence for f in figures))
    return Toll(harm, category, low, best, high, evidence)
