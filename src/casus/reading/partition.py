"""Totals and parts: what later words say of the people of a figure, and what is left of it.

Coding rules, "Tolls": where the parts of a total add up to it, only the parts are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from casus.model import Category
from casus.reading.breakdowns import covers_all
from casus.reading.figures import Figure
from casus.reading.people import Part, Share

_ARMED = frozenset({Category.SECURITY_FORCES, Category.MILITANTS})


def with_sides(figures: Sequence[Figure], descriptions: Sequence[Figure]) -> list[Figure]:
    """The figures with the category that "the dead were militants" tells of all of them."""
    whole = next((p.category for f in descriptions for p in f.parts if covers_all(p)), None)
    if whole is None:
        return list(figures)
    return [replace(f, category=whole) if f.category is Category.UNKNOWN else f for f in figures]


def divided(
    figures: Sequence[Figure], descriptions: Sequence[Figure], victims: Category | None
) -> list[Figure]:
    """The figures, those without category split into their parts where these are known.

    `victims` is the category of those of whom nothing else is told, None where unknown.
    """
    told = [p for f in descriptions for p in f.parts]
    found: list[Figure] = []
    for figure in figures:
        parts = _parts_of(figure, told)
        rest = _rest_of(parts, figures, victims) if parts else None
        if rest is not None or _adds_up(figure, parts):
            found.extend(_split(figure, parts, rest))
        else:
            found.extend([figure, *_armed_among(figure, parts)])
    return found


def _armed_among(figure: Figure, parts: Iterable[Part]) -> list[Figure]:
    """The soldiers or fighters told apart in a total: "75 people, including ten soldiers"."""
    armed = [p for p in parts if p.category in _ARMED]
    return _split(figure, armed, None) if armed else []


def _parts_of(figure: Figure, told: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of a figure without category, one a category, its own words first."""
    if figure.category is not Category.UNKNOWN or figure.value is None or figure.is_vague:
        return ()
    found: dict[tuple[Share, Category], Part] = {}
    for part in figure.parts or tuple(told):
        if part.share is Share.REST:
            found.setdefault((part.share, Category.UNKNOWN), part)
        elif part.share is Share.COUNT and part.count and part.category is not Category.UNKNOWN:
            key = (part.share, part.category)
            before = found[key].count or 0 if key in found and figure.parts else 0
            found[key] = replace(part, count=before + part.count)
    return tuple(found.values()) if _number(found.values()) <= figure.value else ()


def _number(parts: Iterable[Part]) -> int:
    return sum(p.count or 0 for p in parts)


def _adds_up(figure: Figure, parts: Sequence[Part]) -> bool:
    return bool(parts) and _number(parts) == figure.value


def _rest_of(parts: Sequence[Part], figures: Sequence[Figure], victims: Category | None) -> Category | None:
    """The category of the people that the counted parts leave; None where it is not known."""
    rest = next((p.category for p in parts if p.share is Share.REST), None)
    if rest is not None:
        return rest
    counted = {p.category for p in parts}
    if counted <= {Category.CIVILIANS}:
        return None
    others = {f.category for f in figures} - counted - {Category.UNKNOWN}
    if len(others) == 1:
        return next(iter(others))
    return victims if victims is not None and victims not in counted and not others else None


def _split(figure: Figure, parts: Sequence[Part], rest: Category | None) -> list[Figure]:
    """A figure as one figure a part, and one for the rest."""
    counted = [p for p in parts if p.share is Share.COUNT]
    number = _number(counted)
    found = [
        replace(figure, category=p.category, low=p.count, best=p.count, high=p.count, parts=(), is_bare=False)
        for p in counted
    ]
    if rest is not None and number < (figure.value or 0):
        found.append(
            replace(
                figure,
                category=rest,
                low=_less(figure.low, number),
                best=_less(figure.best, number),
                high=_less(figure.high, number),
                parts=(),
                is_bare=False,
            )
        )
    return found


def _less(bound: int | None, number: int) -> int | None:
    return bound - number if bound is not None else None
