"""Toll rows: an event's figures, one row a harm and category.

Low, best and high follow the coding rules, "Tolls": the lowest and the highest figure that
any source in the report gives; best is the report's own.  Totals whose parts add up give
way to the parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from casus.model import Category, Harm, Toll
from casus.reading.figures import Figure
from casus.reading.groups import Share
from casus.reading.lexicon import word_lists
from casus.reading.partition import divided, with_sides

_OF_CIVILIANS = frozenset({Harm.DISPLACED, Harm.ARRESTED})
_OF_CAPTIVES = frozenset({Harm.ABDUCTED, Harm.RELEASED})
_RIVAL = 3  # a rival's figure is no more than so many times another's
_ALIKE = 0.7  # two counts of the same people differ by no more than this ratio
# Harms whose victims make a row even where no word says how many: "soldiers were killed".
_COUNTED_ANYHOW = frozenset({Harm.KILLED, Harm.INJURED})


def rows_of(figures: Sequence[Figure], victims: Category | None = None) -> tuple[Toll, ...]:
    """The toll rows of an event, from its figures in the order of the text.

    `victims` is the category of people whom the figures alone leave unknown.
    """
    rows: list[Toll] = []
    for harm in Harm:
        own = [f for f in _without_repeats(figures) if f.harm is harm and not _is_uncounted(f)]
        if any(not f.is_part and not _withdrew(f) for f in own):
            rows.extend(_rows_of_harm(harm, own, victims))
    return tuple(rows)


def _rows_of_harm(harm: Harm, figures: list[Figure], victims: Category | None) -> list[Toll]:
    descriptions = [f for f in figures if f.is_part and f.parts]
    counted = [f for f in figures if not f.is_part and not _withdrew(f)]
    counted = _together(_additions(_without_singles(_without_subsets(_without_weak(counted)))))
    counted = _placed(with_sides(counted, descriptions))
    by_category: dict[Category, list[Figure]] = defaultdict(list)
    for figure in divided(counted, descriptions, victims):
        by_category[figure.category].append(figure)
    _settle_unknown(by_category)
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


# -- figures that count nobody anew


def _without_repeats(figures: Sequence[Figure]) -> list[Figure]:
    """The figures without those who are told to be hurt, and then to have died of it: "was shot and died"."""
    dead = {(f.sentence, f.head) for f in figures if f.harm is Harm.KILLED}
    names = {f.name for f in figures if f.harm is Harm.KILLED and f.is_single and f.name}
    return [
        f
        for f in figures
        if f.harm is not Harm.INJURED
        or not ((f.sentence, f.head) in dead or (f.is_single and f.name and f.name in names))
    ]


def _without_weak(figures: list[Figure]) -> list[Figure]:
    """The figures without people told only to be shot, where others are told to have died."""
    strong = [f for f in figures if not f.is_weak]
    return strong if any(f.value is not None for f in strong) else figures


def _without_subsets(figures: list[Figure]) -> list[Figure]:
    """The figures without "two of them", where those whom it is about are counted before."""
    counted = [f for f in figures if not f.is_subset and f.value is not None]

    def is_counted(subset: Figure) -> bool:
        return any(
            (f.value or 0) >= (subset.value or 0)
            and _may_be_one_side(f, subset)
            and (f.sentence, f.trigger) <= (subset.sentence, subset.trigger)
            for f in counted
        )

    return [f for f in figures if not f.is_subset or not is_counted(f)]


def _may_be_one_side(one: Figure, other: Figure) -> bool:
    return one.category is other.category or Category.UNKNOWN in (one.category, other.category)


def _without_singles(figures: list[Figure]) -> list[Figure]:
    """The figures without "a policeman died", where a number says how many died in all."""
    counted = [f for f in figures if not f.is_single and f.value is not None]

    def is_counted(single: Figure) -> bool:
        beside = (single.sentence, single.trigger)
        return any(
            (f.value or 0) > (single.value or 0)
            and (f.sentence, f.trigger) != beside
            and _may_be_one_side(f, single)
            for f in counted
        )

    return [f for f in figures if not f.is_single or not is_counted(f)]


def _together(figures: list[Figure]) -> list[Figure]:
    """The figures with single persons of one side whom a sentence tells apart made one: "a nurse died and a driver died"."""
    found: list[Figure] = []
    for figure in figures:
        beside = next((f for f in found if _is_another(f, figure)), None)
        if beside is None:
            found.append(figure)
        else:
            found[found.index(beside)] = replace(_raised(beside, figure), is_single=True)
    return found


def _is_another(one: Figure, other: Figure) -> bool:
    """True for two persons of a sentence under two words of harm, neither of whom is told of before."""
    names = one.name.lower().split(), other.name.lower().split()
    apart = bool(names[0] and names[1]) and not set(names[0]) & set(names[1])
    return (
        apart
        and one.is_single
        and other.is_single
        and one.sentence == other.sentence
        and one.trigger != other.trigger
        and one.category is other.category
        and not (one.is_named or other.is_named)
    )


# -- additions


def _additions(figures: list[Figure]) -> list[Figure]:
    """The figures with "four more were killed" added to the one before it, where no total says so."""
    found: list[Figure] = []
    totals = [f.value or 0 for f in figures if f.is_total]
    for figure in figures:
        if not figure.is_more or figure.value is None:
            found.append(figure)
            continue
        before = next((f for f in reversed(found) if _goes_on(f, figure)), None)
        if before is None:
            if not any(total > figure.value for total in totals):
                found.append(figure)
            continue
        found[found.index(before)] = _raised(before, figure)
    return found


def _goes_on(before: Figure, figure: Figure) -> bool:
    if before.value is None or before.is_vague or before.sentence >= figure.sentence or before.is_total:
        return False
    return _may_be_one_side(before, figure)


def _raised(before: Figure, more: Figure) -> Figure:
    total = (before.value or 0) + (more.value or 0)
    return replace(
        before,
        low=total if before.low is not None else None,
        best=total if before.best is not None else None,
        high=total if before.high is not None else None,
        is_single=False,
    )


# -- categories


def _placed(figures: list[Figure]) -> list[Figure]:
    """Figures without a category given the one that the event's other figures of that harm have."""
    known = [f for f in figures if f.category is not Category.UNKNOWN]
    placed = []
    for figure in figures:
        side = None
        if figure.category is Category.UNKNOWN and figure.value is not None:
            side = _side_by_number(figure, known) or _only_side(figure, known)
        placed.append(replace(figure, category=side) if side is not None else figure)
    return [_with_rivals_side(f, figures, placed) for f in placed]


def _with_rivals_side(figure: Figure, told: Sequence[Figure], placed: Sequence[Figure]) -> Figure:
    """A figure with the side found for another count of the same people: "150 people", then "153 bodies"."""
    if figure.category is not Category.UNKNOWN or not figure.value:
        return figure
    for before, after in zip(told, placed, strict=True):
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


def _settle_unknown(by_category: dict[Category, list[Figure]]) -> None:
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
    """The report's own figure: a spoken total, else the first that was not given up; a foe's boast comes last."""
    standing = [f for f in figures if not f.is_past and f.best is not None]
    first = figures[0].sentence
    total = next((f.best for f in standing if f.is_total and f.sentence == first), None)
    if total is not None:
        return total
    plain = [f for f in standing if not f.is_partisan]
    return next((f.best for f in (*plain, *standing, *figures) if f.best is not None), None)
