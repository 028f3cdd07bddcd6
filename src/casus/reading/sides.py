"""Of which side people are whose own words leave it open, by the other figures of their event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casus.model import Category
from casus.reading.figures import Figure

_RIVAL = 3  # a rival's figure is no more than so many times another's
_ALIKE = 0.7  # two counts of the same people differ by no more than this ratio


def placed(figures: list[Figure]) -> list[Figure]:
    """Figures without a category given the one that the event's other figures of that harm have."""
    known = [f for f in figures if f.category is not Category.UNKNOWN]
    found = []
    for figure in figures:
        side = None
        if figure.category is Category.UNKNOWN and figure.value is not None:
            side = _side_by_number(figure, known) or _only_side(figure, known)
        found.append(replace(figure, category=side) if side is not None else figure)
    return [_with_rivals_side(f, figures, found) for f in found]


def _with_rivals_side(figure: Figure, told: Sequence[Figure], found: Sequence[Figure]) -> Figure:
    """A figure with the side found for another count of the same people: "150 people", then "153 bodies"."""
    if figure.category is not Category.UNKNOWN or not figure.value:
        return figure
    for before, after in zip(told, found, strict=True):
        moved = before.category is Category.UNKNOWN and after.category is not Category.UNKNOWN
        if moved and after.value and _ALIKE <= figure.value / after.value <= 1 / _ALIKE:
            return replace(figure, category=after.category)
    return figure


def _side_by_number(figure: Figure, known: Sequence[Figure]) -> Category | None:
    """The category of a figure that counts as many."""
    return next(
        (c for c in Category if any(f.category is c and f.value == figure.value for f in known)), None
    )


def _only_side(figure: Figure, known: Sequence[Figure]) -> Category | None:
    """The one category told, for a toll, a bare number or another's figure not told beside it."""
    sides = {f.category for f in known}
    most = max((f.value or 0 for f in known), default=0)
    if not figure.is_partisan and Category.CIVILIANS not in sides and (figure.value or 0) > _RIVAL * most:
        return None  # ten soldiers among 75 wounded
    beside = any((f.sentence, f.trigger) == (figure.sentence, figure.trigger) for f in known)
    fits = figure.is_bare or figure.voice is not None or figure.is_total
    return next(iter(sides)) if len(sides) == 1 and fits and not beside else None


def settle_unknown(by_category: dict[Category, list[Figure]]) -> None:
    """Drop the figures without category that the others explain: their total, an earlier count, "several"."""
    if Category.UNKNOWN not in by_category or len(by_category) < 2:
        return
    others = [figures for category, figures in by_category.items() if category is not Category.UNKNOWN]
    kept = [f for f in by_category[Category.UNKNOWN] if not _is_explained(f, others)]
    if kept:
        by_category[Category.UNKNOWN] = kept
    else:
        del by_category[Category.UNKNOWN]


def _is_explained(figure: Figure, others: Sequence[Sequence[Figure]]) -> bool:
    if figure.value is None:
        return True
    total = sum(next((f.value for f in group if f.value is not None), 0) or 0 for group in others)
    if figure.value <= total:
        return True
    return len(others) > 1 and (figure.is_total or figure.value - total <= max(2, total // 10))
