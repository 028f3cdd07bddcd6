"""Toll rows: an event's figures, one row a harm and category.

Low, best and high follow the coding rules, "Tolls": the lowest and the highest figure that
any source in the report gives; best is the report's own.  Totals whose parts add up give
way to the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from casus.model import Category, Harm, Toll
from casus.reading.figures import Figure
from casus.reading.lexicon import word_lists
from casus.reading.partition import divided, with_sides
from casus.reading.people import Share
from casus.reading.recounts import counted_once, without_repeats
from casus.reading.sides import placed, settle_unknown

_OF_CIVILIANS = frozenset({Harm.DISPLACED, Harm.ARRESTED})
_OF_CAPTIVES = frozenset({Harm.ABDUCTED, Harm.RELEASED})
# Harms whose victims make a row even where no word says how many: "soldiers were killed".
_COUNTED_ANYHOW = frozenset({Harm.KILLED, Harm.INJURED})


def rows_of(figures: Sequence[Figure], victims: Category | None = None) -> tuple[Toll, ...]:
    """The toll rows of an event, from its figures in the order of the text.

    `victims` is the category of people whom the figures alone leave unknown.
    """
    rows: list[Toll] = []
    for harm in Harm:
        own = [f for f in without_repeats(figures) if f.harm is harm and not _is_uncounted(f)]
        if any(not f.is_part and not _withdrew(f) for f in own):
            rows.extend(_rows_of_harm(harm, own, victims))
    return tuple(rows)


def _rows_of_harm(harm: Harm, figures: list[Figure], victims: Category | None) -> list[Toll]:
    descriptions = [f for f in figures if f.is_part and f.parts]
    counted = [f for f in figures if not f.is_part and not _withdrew(f)]
    counted = counted_once(counted)
    counted = placed(with_sides(counted, descriptions))
    by_category: dict[Category, list[Figure]] = defaultdict(list)
    for figure in divided(counted, descriptions, victims):
        by_category[figure.category].append(figure)
    settle_unknown(by_category)
    victims = _victims_of(harm, victims)
    unknown = by_category.get(Category.UNKNOWN, [])
    if (
        victims is not None
        and unknown
        and len(by_category) == 1
        and not all(_is_contrast(f) or _are_inmates(f) for f in unknown)
    ):
        by_category[victims] = by_category.pop(Category.UNKNOWN)
    return [_row(harm, category, by_category[category]) for category in Category if category in by_category]


def _victims_of(harm: Harm, victims: Category | None) -> Category | None:
    """Whom a harm befell, where words leave it open: those who are displaced or arrested are civilians."""
    if harm in _OF_CIVILIANS:
        return Category.CIVILIANS
    if harm in _OF_CAPTIVES:
        return victims or Category.CIVILIANS
    return None if harm is Harm.ESCAPED and victims is Category.SECURITY_FORCES else victims


def _is_uncounted(figure: Figure) -> bool:
    """True for people of whom no word says how many: "the rebels rounded up villagers"."""
    return (
        figure.value is None
        and not figure.is_vague
        and not figure.parts
        and figure.harm not in _COUNTED_ANYHOW
    )


def _withdrew(figure: Figure) -> bool:
    """True for fighters who fled: they are not displaced."""
    return figure.harm is Harm.DISPLACED and figure.category in (Category.MILITANTS, Category.SECURITY_FORCES)


def _are_inmates(figure: Figure) -> bool:
    """True for the inmates of a prison, of whom nobody knows for whom they fought."""
    nouns = {word.removesuffix("s") for word in figure.name.lower().split()}
    return figure.harm is Harm.ESCAPED and bool(nouns & word_lists()["inmates"])


def _is_contrast(figure: Figure) -> bool:
    """True for "two policemen were killed and three other people wounded", "59 people, mostly policemen"."""
    mostly = any(p.share is Share.MOST and p.category is not Category.CIVILIANS for p in figure.parts)
    return mostly or (figure.is_more and figure.name.lower() in ("people", "persons", "person"))


# -- rows


def _row(harm: Harm, category: Category, figures: list[Figure]) -> Toll:
    rivals = _rivals(figures)
    lows = [f.low for f in (*rivals, *(f for f in figures if f.is_vague)) if f.low is not None]
    highs = [f.high for f in rivals if f.high is not None]
    open_lows = [f.low for f in rivals if f.low is not None and f.high is None]
    high = max(highs) if highs else None
    if high is not None and open_lows and max(open_lows) >= high:
        high = None
    evidence = tuple(dict.fromkeys(f.evidence for f in figures))
    return Toll(harm, category, min(lows) if lows else None, _best(rivals), high, evidence)


def _rivals(figures: list[Figure]) -> list[Figure]:
    """The figures that count the same people: a smaller one of the same voice is only a part of the first."""
    exact = [f for f in figures if not f.is_vague and f.value is not None]
    figures = exact or figures
    first = next((f for f in figures if f.value is not None), None)
    if first is None:
        return figures
    rising = max((f.value or 0 for f in figures if f.is_rising), default=0)
    kept = []
    for figure in figures:
        if not (figure.is_total or figure.is_past) and (figure.value or 0) < rising:
            continue
        smaller = figure.value is not None and first.value is not None and figure.value < first.value
        if smaller and figure.voice in (first.voice, None) and not figure.is_total and not figure.is_revised:
            continue
        kept.append(figure)
    return kept


def _best(figures: list[Figure]) -> int | None:
    """The report's own figure: a spoken total, else the first not given up; a foe's boast comes last."""
    standing = [f for f in figures if not f.is_past and f.best is not None]
    first = figures[0].sentence
    total = next((f.best for f in standing if f.is_total and f.sentence == first), None)
    if total is not None:
        return total
    plain = [f for f in standing if not f.is_partisan]
    return next((f.best for f in (*plain, *standing, *figures) if f.best is not None), None)
