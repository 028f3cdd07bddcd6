"""Figures that count nobody anew, and figures that add up: what is left to count of an event's people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casus.model import Category, Harm
from casus.reading.figures import Figure


def counted_once(figures: list[Figure]) -> list[Figure]:
    """The figures of one harm without those that others take in, additions added to what they add to."""
    return _together(_additions(_without_singles(_without_subsets(_without_weak(figures)))))


def without_repeats(figures: Sequence[Figure]) -> list[Figure]:
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
    """The figures with single persons of one side and sentence made one: "a nurse died and a driver died"."""
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
