"""Figures: what each sentence says of how many, before the figures of an event become toll rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casus.model import Category, Evidence, Harm
from casus.reading.attribution import Statement
from casus.reading.incidents import Incident
from casus.reading.lexicon import word_lists
from casus.reading.mentions import HarmMention
from casus.reading.people import Group, Part
from casus.reading.quantities import Hedge, find_quantities

_MOST_EACH = 10  # attacks of one sentence that each have the same toll


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of an event as a sentence gives it.

    `voice` is whose figure it is, None for the report's own; `parts` is what is told of who
    the people were.  `is_part` marks people counted in another figure, `is_subset` some of
    the people told of before, `is_more` an addition, `is_total` a spoken toll ("put the
    toll at 27"), `is_rising` one that takes in what was told before ("raising the toll to
    six"), `is_single` people named without a number ("a policeman died"), `is_named` a
    person by name, `is_bare` a number without a noun ("wounding 35"), `is_vague` "dozens"
    or "several", `is_weak` people of whom only is told that they were shot, `is_revised` a
    figure told as one of several, `is_past` one told as given up, `is_partisan` one that
    fighters or somebody who "claims" give, `refers_back` people like those told of before.
    """

    harm: Harm
    category: Category
    low: int | None
    best: int | None
    high: int | None
    sentence: int
    trigger: int
    head: int
    evidence: Evidence
    voice: str | None
    name: str = ""
    pronoun: str | None = None
    parts: tuple[Part, ...] = ()
    is_part: bool = False
    is_more: bool = False
    is_total: bool = False
    is_single: bool = False
    is_bare: bool = False
    is_subset: bool = False
    is_weak: bool = False
    is_vague: bool = False
    is_rising: bool = False
    is_revised: bool = False
    is_past: bool = False
    is_definite: bool = False
    is_partisan: bool = False
    is_named: bool = False
    refers_back: bool = False

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def figures_of(incident: Incident) -> list[Figure]:
    """The figures of an incident, in the order of the text."""
    return like_before([f for f in told_in(incident) if f.pronoun is None])


def told_in(incident: Incident) -> Iterator[Figure]:
    """The figures as an incident's own words tell them, those under a pronoun included."""
    for mention in incident.harms:
        yield from _of_mention(incident, mention)


def _of_mention(incident: Incident, mention: HarmMention) -> list[Figure]:
    """One figure a category: "22 children and four women" are 26 civilians."""
    found: dict[tuple[Category, bool, bool], Figure] = {}
    for group in _settled([g for g in mention.groups if not g.is_none]):
        figure = _figure(incident, mention, group)
        key = (figure.category, figure.is_part, figure.pronoun is not None)
        found[key] = _sum(found[key], figure) if key in found else figure
    return list(found.values())


def _settled(groups: Sequence[Group]) -> list[Group]:
    """The groups of a mention, those of no told side given the one of the people beside them.

    So with one person ("a leader and a second militant", "22 children and the driver") and
    with people who refer to the others ("the mayor and 15 others", "and three of his men").
    """
    if len(groups) < 2:
        return list(groups)
    if any(g.low == 1 and g.is_more for g in groups[1:]):
        return [replace(g, category=groups[-1].category) if g.low == 1 else g for g in groups]
    known = {g.category for g in groups if g.category is not Category.UNKNOWN}
    if len(known) != 1:
        return list(groups)
    [side] = known
    return [
        replace(g, category=side)
        if g.category is Category.UNKNOWN
        and (g.low == 1 or g.refers_back or g.is_subset or _is_plain(g, side))
        else g
        for g in groups
    ]


def _is_plain(group: Group, side: Category) -> bool:
    """True for the men of "nine men and a woman": civilians like her."""
    return side is Category.CIVILIANS and group.name.lower().split()[-1:] in (
        ["men"],
        ["people"],
        ["persons"],
    )


def _figure(incident: Incident, mention: HarmMention, group: Group) -> Figure:
    words = incident.sentence.words
    rank = _rank(incident, group) if mention.harm is Harm.KILLED else None
    times = _times(incident, group)
    low, best, high = (n * times if n is not None else None for n in (group.low, group.best, group.high))
    if rank is not None:
        low = best = high = rank
    start, end = mention.span()
    number = group.quantity.start if group.quantity is not None else group.start
    said = next((s for s in incident.statements if s.voices and s.covers(mention.trigger)), None)
    return Figure(
        mention.harm,
        group.category,
        low,
        best,
        high,
        incident.sentence.index,
        mention.trigger,
        group.head,
        Evidence(*incident.sentence.chars(start, end), mention.rule),
        said.voices[0].key if said is not None else None,
        name=group.name,
        pronoun=group.pronoun,
        parts=group.parts,
        is_part=group.is_part,
        is_more=group.is_more and rank is None,
        is_total=mention.rule == "toll.measure" or rank is not None,
        is_single=group.quantity is None and group.low is not None and rank is None,
        is_bare=group.quantity is not None and not group.name,
        is_subset=group.is_subset,
        is_weak=mention.rule == "harm.shot",
        is_vague=group.quantity is not None and group.quantity.hedge is Hedge.VAGUE,
        is_rising=rank is not None or _is_rising(words, mention),
        is_revised=bool(word_lists()["revision"] & set(words)),
        is_past=_is_past(words, number),
        is_definite=group.is_definite,
        is_partisan=said is not None and _is_partisan(incident, said),
        is_named=group.is_named,
        refers_back=group.refers_back and rank is None,
    )


def _is_partisan(incident: Incident, said: Statement) -> bool:
    """True for the figures of fighters, and for what somebody "claimed": they speak for themselves."""
    doc = incident.sentence.doc
    if said.verb is not None and doc[said.verb].lemma_.lower() in word_lists()["boasting"]:
        return True
    speaker = (incident.marks.actors.get(i) for i in range(said.speaker_start, said.speaker_end))
    return any(mark is not None and mark.category is Category.MILITANTS for mark in speaker)


def _is_rising(words: Sequence[str], mention: HarmMention) -> bool:
    """True for "raising the toll to six"."""
    before = words[max(0, mention.trigger - 5) : mention.trigger]
    return mention.rule == "toll.measure" and bool({"raising", "bringing", "taking", "pushing"} & set(before))


def _is_past(words: Sequence[str], number: int) -> bool:
    """True for a figure that gave way to another: "had earlier put it at 20", "up from 13"."""
    before = words[max(0, number - 9) : number]
    if "from" in before[-2:] and word_lists()["rising"] & set(words):
        return True
    lists = word_lists()
    at_first = any(
        a == "at" or c in lists["figure verbs"] | lists["estimates"]
        for a, b, c in zip(before, before[1:], before[2:], strict=False)
        if b == "first"
    )
    had_said = "had" in before and bool(lists["figure verbs"] & set(before))
    return at_first or had_said or bool(lists["superseded"] & set(before))


def _rank(incident: Incident, group: Group) -> int | None:
    """The running count in "an eleventh soldier has died"; None in "the fourth killed this year"."""
    words = incident.sentence.words
    for quantity in incident.reader.ordinals:
        if not group.start <= quantity.start < max(group.head, group.end) or not quantity.start:
            continue
        counts_here = words[quantity.start - 1] in ("a", "an") and not word_lists()["periods"] & set(words)
        if counts_here and quantity.value is not None and quantity.value > 2:
            return quantity.value
    return None


def _times(incident: Incident, group: Group) -> int:
    """How many things the people are told for: 2 in "two attacks killed three soldiers each"; else 1."""
    words = incident.sentence.words
    end = max(group.end, group.quantity.end if group.quantity is not None else 0)
    if group.quantity is None or "each" not in words[end : end + 2]:
        return 1
    things = (q for q in find_quantities(words) if q.end <= group.start and 1 < (q.best or 0) <= _MOST_EACH)
    counted = [q.best or 1 for q in things]
    if counted:
        return counted[-1]
    return 2 if {"both", "separate", "respectively"} & set(words) else 1


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
        parts=(*one.parts, *other.parts),
    )


def like_before(figures: list[Figure]) -> list[Figure]:
    """In one sentence "killing five villagers and wounding 35": the 35 are villagers too."""
    found: list[Figure] = []
    for figure in figures:
        open_side = figure.category is Category.UNKNOWN and (figure.refers_back or figure.is_bare)
        side = _side_beside(figure, figures) if open_side and not figure.parts else None
        found.append(replace(figure, category=side) if side is not None else figure)
    return found


def _side_beside(figure: Figure, figures: Sequence[Figure]) -> Category | None:
    """The category of the people told of last in the sentence, else of all of them; None for several."""
    known = [f for f in figures if f.category is not Category.UNKNOWN and not f.is_part]
    before = [f for f in known if f.trigger < figure.trigger]
    last = {f.category for f in before if f.trigger == before[-1].trigger}
    sides = last or ({f.category for f in known} if not figure.is_more else set())
    return next(iter(sides)) if len(sides) == 1 else None
