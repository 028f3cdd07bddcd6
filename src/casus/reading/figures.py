"""Figures: what each sentence says of how many, before the figures of an event become toll rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casus.model import Category, Evidence, Harm
from casus.reading.groups import Group
from casus.reading.mentions import HarmMention
from casus.reading.incidents import Incident


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of an event as a sentence gives it.

    `is_total` marks a spoken toll ("put the toll at 27"), `is_single` people named without
    a number ("a policeman died"), `is_bare` a number without a noun ("wounding 35"),
    `is_revised` one told as superseded.
    """

    harm: Harm
    category: Category
    low: int | None
    best: int | None
    high: int | None
    sentence: int
    is_part: bool
    is_more: bool
    is_total: bool
    is_single: bool
    is_bare: bool
    voice: str | None  # whose figure it is; None for the report's own
    is_revised: bool  # "at first", "earlier", "had put it at"
    is_description: bool
    evidence: Evidence
    trigger: int

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def figures_of(incident: Incident) -> list[Figure]:
    """The figures of an incident, in the order of the text."""
    found: list[Figure] = []
    for harm in incident.harms:
        found += _of_mention(incident, harm)
    return _named_as_before(found)


def _of_mention(incident: Incident, harm: HarmMention) -> list[Figure]:
    """One figure a category: "22 children and four women" are 26 civilians."""
    counted = [g for g in harm.groups if g.pronoun is None and not g.is_none]
    found: dict[tuple[Category, bool], Figure] = {}
    for group in _settled(counted):
        figure = _figure(incident, harm, group)
        key = (figure.category, figure.is_part)
        found[key] = _sum(found[key], figure) if key in found else figure
    return list(found.values())


def _settled(groups: Sequence[Group]) -> list[Group]:
    """People of no certain category counted with the others of their phrase: "22 children and the driver"."""
    known = {g.category for g in groups if g.category is not Category.UNKNOWN}
    if len(known) != 1 or len(groups) < 2:
        return list(groups)
    return [
        replace(g, category=next(iter(known))) if g.category is Category.UNKNOWN and g.low == 1 else g
        for g in groups
    ]


def _figure(incident: Incident, harm: HarmMention, group: Group) -> Figure:
    start, end = harm.span()
    ordinal = _rank(incident, group) if harm.harm is Harm.KILLED else None
    low, best, high = (
        (ordinal, ordinal, ordinal) if ordinal is not None else (group.low, group.best, group.high)
    )
    return Figure(
        harm.harm,
        group.category,
        low,
        best,
        high,
        incident.sentence.index,
        is_part=group.is_part,
        is_more=group.is_more,
        is_total=harm.rule == "toll.measure" or ordinal is not None,
        is_single=group.quantity is None and group.low is not None and ordinal is None,
        is_bare=group.quantity is not None and not group.name,
        voice=next((s.voices[0].key for s in incident.statements if s.voices and s.covers(harm.trigger)), None),
        is_revised=bool(_REVISED & set(incident.sentence.words)),
        is_description=group.share is not None,
        evidence=Evidence(*incident.sentence.chars(start, end), harm.rule),
        trigger=harm.trigger,
    )


_REVISED = {"first", "earlier", "initially", "previously", "originally", "initial", "revised", "lowered", "cut", "raised", "rose", "risen", "counted", "tally", "estimate", "estimates"}


def _rank(incident: Incident, group: Group) -> int | None:
    """The running count in "an eleventh soldier has died", "a fourth policeman"."""
    words = incident.sentence.words
    for quantity in incident.reader.ordinals:
        if group.start <= quantity.start < group.head and quantity.value and quantity.value > 2:
            return quantity.value
    return None if words else None


def _sum(one: Figure, other: Figure) -> Figure:
    def add(a: int | None, b: int | None) -> int | None:
        return a + b if a is not None and b is not None else None

    low = add(one.low, other.low)
    if low is None:
        return one if one.value is not None else other
    return replace(
        one,
        low=low,
        best=add(one.best, other.best),
        high=add(one.high, other.high),
        is_single=one.is_single and other.is_single,
    )


def _named_as_before(figures: list[Figure]) -> list[Figure]:
    """In one sentence "killing five villagers and wounding 35": the 35 are villagers too."""
    known = {f.category for f in figures if f.category is not Category.UNKNOWN}
    if len(known) != 1:
        return figures
    category = next(iter(known))
    return [
        replace(f, category=category) if f.category is Category.UNKNOWN and f.is_bare else f for f in figures
    ]
