"""Toll rows: an event's figures, one row a harm and category.

Low, best and high follow the coding rules: the lowest and the highest figure that any
source in the report gives; best is the report's own.  Totals whose parts add up give way
to the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from casus.model import Category, Harm, Toll
from casus.reading.figures import Figure


def rows_of(figures: Sequence[Figure], victims: Category | None = None) -> tuple[Toll, ...]:
    """The toll rows of an event, from its figures in the order of the text.

    `victims` is the category of people whom the figures alone leave unknown.
    """
    rows: list[Toll] = []
    for harm in Harm:
        own = [f for f in figures if f.harm is harm and not f.is_part]
        if own:
            rows.extend(_rows_of_harm(harm, own, victims))
    return tuple(rows)


def _rows_of_harm(harm: Harm, figures: list[Figure], victims: Category | None) -> list[Toll]:
    described = next((f.category for f in figures if f.is_description), None)
    figures = [f for f in figures if not f.is_description] or figures
    if described is not None:
        figures = [replace(f, category=described) if f.category is Category.UNKNOWN else f for f in figures]
    placed = _place_unknown(_additions(_without_singles(figures)))
    by_category: dict[Category, list[Figure]] = defaultdict(list)
    for figure in placed:
        by_category[figure.category].append(figure)
    _settle_unknown(by_category)
    if victims is not None and Category.UNKNOWN in by_category and len(by_category) == 1:
        by_category[victims] = by_category.pop(Category.UNKNOWN)
    return [_row(harm, category, by_category[category]) for category in Category if category in by_category]


def _without_singles(figures: list[Figure]) -> list[Figure]:
    """ "A policeman died" counts only where no number says how many died in all."""
    counted = [f for f in figures if not f.is_single and f.value is not None]
    kept = []
    for figure in figures:
        same = [
            f
            for f in counted
            if f.category in (figure.category, Category.UNKNOWN) or figure.category is Category.UNKNOWN
        ]
        if figure.is_single and any((f.value or 0) > (figure.value or 0) for f in same):
            continue
        kept.append(figure)
    return kept


def _additions(figures: list[Figure]) -> list[Figure]:
    """ "Four more were killed" added to the figure before it, where no total says so already."""
    found: list[Figure] = []
    for figure in figures:
        before = next((f for f in reversed(found) if _goes_on(f, figure)), None) if figure.is_more else None
        if before is None or figure.value is None or before.value is None:
            found.append(figure)
            continue
        total = before.value + figure.value
        if not any((f.value or 0) >= total for f in found):
            found[found.index(before)] = replace(
                before, low=total, best=total, high=total if before.high is not None else None
            )
    return found


def _goes_on(before: Figure, figure: Figure) -> bool:
    return (
        before.value is not None
        and before.sentence < figure.sentence
        and before.category in (figure.category, Category.UNKNOWN)
    )


def _place_unknown(figures: list[Figure]) -> list[Figure]:
    """Figures without a category given the one that the event's other figures of that harm have."""
    known = {f.category for f in figures if f.category is not Category.UNKNOWN}
    values = {category: {f.value for f in figures if f.category is category} for category in known}
    placed = []
    for figure in figures:
        if figure.category is Category.UNKNOWN and figure.value is not None:
            same = next((c for c in Category if c in known and figure.value in values[c]), None)
            if same is not None:
                placed.append(replace(figure, category=same))
                continue
            if len(known) == 1 and (figure.is_bare or figure.voice is not None or figure.is_total):
                placed.append(replace(figure, category=next(iter(known))))
                continue
        placed.append(figure)
    return placed


def _settle_unknown(by_category: dict[Category, list[Figure]]) -> None:
    """Drop the figures without category that the others explain: their total, an earlier count, "several"."""
    if Category.UNKNOWN not in by_category or len(by_category) < 2:
        return
    others = {c: f for c, f in by_category.items() if c is not Category.UNKNOWN}
    kept = [f for f in by_category[Category.UNKNOWN] if not _explained(f, others)]
    if kept:
        by_category[Category.UNKNOWN] = kept
    else:
        del by_category[Category.UNKNOWN]


def _explained(figure: Figure, others: Mapping[Category, Sequence[Figure]]) -> bool:
    if figure.value is None:
        return True
    parts = [next((f.value for f in group if f.value is not None), 0) or 0 for group in others.values()]
    total = sum(parts)
    if figure.value <= total:
        return True
    return len(others) > 1 and (figure.is_total or figure.value - total <= max(2, total // 10))


def _row(harm: Harm, category: Category, figures: list[Figure]) -> Toll:
    rival = _rivals(figures)
    lows = [f.low for f in rival if f.low is not None]
    highs = [f.high for f in rival if f.high is not None]
    open_lows = [f.low for f in rival if f.low is not None and f.high is None]
    best = _best(rival)
    low = min(lows) if lows else None
    high = max(highs) if highs else None
    if high is not None and open_lows and max(open_lows) >= high:
        high = None
    evidence = tuple(dict.fromkeys(f.evidence for f in figures))
    return Toll(harm, category, low, best, high, evidence)


def _rivals(figures: list[Figure]) -> list[Figure]:
    """The figures that count the same people: a smaller one of the same voice is only a part of the first."""
    first = next((f for f in figures if f.value is not None), None)
    if first is None:
        return figures
    kept = []
    for figure in figures:
        smaller = figure.value is not None and first.value is not None and figure.value < first.value
        if smaller and figure.voice in (first.voice, None) and not figure.is_total and not figure.is_revised:
            continue
        kept.append(figure)
    return kept


def _best(figures: list[Figure]) -> int | None:
    """The report's own figure: a spoken total in its own voice, else the first figure."""
    total = next(
        (f.best for f in figures if f.is_total and f.best is not None and f.sentence == figures[0].sentence),
        None,
    )
    first = next((f.best for f in figures if f.best is not None), None)
    return total if total is not None else first
