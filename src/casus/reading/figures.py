"""Figures: what each sentence says of how many, before the figures of an event become toll rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casus.model import Category, Evidence, Harm
from casus.reading.groups import Group, Part
from casus.reading.incidents import Incident
from casus.reading.lexicon import word_lists
from casus.reading.mentions import HarmMention
from casus.reading.quantities import Hedge

_NEAR = 5  # sentences before one that its "them" may stand for


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of an event as a sentence gives it.

    `is_part` marks people counted in another figure, `parts` what is told of who people
    were, `is_total` a spoken toll ("put the toll at 27"), `is_single` people named without
    a number ("a policeman died"), `is_bare` a number without a noun ("wounding 35"),
    `is_subset` some of the people told of before, `is_weak` people of whom only is told
    that they were shot, `is_vague` "dozens" or "several", `is_rising` a total that takes in what was told before
    ("a sixth died", "raising the toll to six"), `is_revised` a figure told as one
    of several, `is_past` one told as given up.  `voice` is whose figure it is; None for the
    report's own.
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
    refers_back: bool = False

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


def figures_of(incident: Incident) -> list[Figure]:
    """The figures of an incident, in the order of the text."""
    return _like_before([f for f in _told(incident) if f.pronoun is None])


def figures_by_sentence(incidents: Iterable[Incident]) -> dict[int, list[Figure]]:
    """The figures of a report by the sentence that tells them, of whatever event."""
    found: dict[int, list[Figure]] = {}
    for incident in incidents:
        found.setdefault(incident.sentence.index, []).extend(figures_of(incident))
    return found


def event_figures(incidents: Sequence[Incident], told: Mapping[int, Sequence[Figure]]) -> list[Figure]:
    """The figures of an event, in the order of the text; `told` are those of the report by sentence.

    Words that refer back have the number and the category of the people that they stand for.
    """
    found: list[Figure] = []
    earlier: list[Incident] = []
    for incident in sorted(incidents, key=lambda i: i.sentence.index):
        index = incident.sentence.index
        nearby = [f for i in range(index - _NEAR, index) for f in told.get(i, ())]
        for figure in _like_before(list(_told(incident))):
            own = [f for f in found if f.sentence < index]
            known = _like_counted(_with_antecedent(figure, found, incident), [*earlier, incident])
            found.append(_like_told(known, own or nearby, nearby))
        earlier.append(incident)
    return [f for f in found if f.pronoun is None or f.parts]


def _told(incident: Incident) -> Iterator[Figure]:
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
    """One person of no certain side, counted with others of a phrase, is of theirs: "a leader and a second militant"."""
    known = {g.category for g in groups if g.category is not Category.UNKNOWN}
    if len(groups) < 2:
        return list(groups)
    if any(g.low == 1 and g.is_more for g in groups[1:]):
        return [replace(g, category=groups[-1].category) if g.low == 1 else g for g in groups]
    if len(known) != 1:
        return list(groups)
    [category] = known
    return [
        replace(g, category=category) if g.category is Category.UNKNOWN and g.low == 1 else g for g in groups
    ]


def _figure(incident: Incident, mention: HarmMention, group: Group) -> Figure:
    words = incident.sentence.words
    rank = _rank(incident, group) if mention.harm is Harm.KILLED else None
    low, best, high = (rank, rank, rank) if rank is not None else (group.low, group.best, group.high)
    start, end = mention.span()
    number = group.quantity.start if group.quantity is not None else group.start
    covering = (s for s in incident.statements if s.voices and s.covers(mention.trigger))
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
        next((s.voices[0].key for s in covering), None),
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
        refers_back=group.refers_back and rank is None,
    )


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
    """The running count in "an eleventh soldier has died", "a sixth victim"; not in "the fourth killed this year"."""
    words = incident.sentence.words
    for quantity in incident.reader.ordinals:
        if not group.start <= quantity.start < max(group.head, group.end) or not quantity.start:
            continue
        counts_here = words[quantity.start - 1] in ("a", "an") and not word_lists()["periods"] & set(words)
        if counts_here and quantity.value is not None and quantity.value > 2:
            return quantity.value
    return None


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


# -- people that stand for people told of before


def _like_before(figures: list[Figure]) -> list[Figure]:
    """In one sentence "killing five villagers and wounding 35": the 35 are villagers too."""
    found: list[Figure] = []
    for figure in figures:
        open_side = figure.category is Category.UNKNOWN and (figure.refers_back or figure.is_bare)
        side = _side_beside(figure, figures) if open_side and not figure.parts else None
        found.append(replace(figure, category=side) if side is not None else figure)
    return found


def _side_beside(figure: Figure, figures: Sequence[Figure]) -> Category | None:
    """The category of the people told of last in the sentence, or of all that it tells of, where these are one."""
    known = [f for f in figures if f.category is not Category.UNKNOWN and not f.is_part]
    before = [f for f in known if f.trigger < figure.trigger]
    last = {f.category for f in before if f.trigger == before[-1].trigger}
    sides = last or ({f.category for f in known} if not figure.is_more else set())
    return next(iter(sides)) if len(sides) == 1 else None


def _like_told(figure: Figure, before: Sequence[Figure], nearby: Sequence[Figure]) -> Figure:
    """The figure of "two others", "his comrades" with the category of the people told of last.

    `before` are the event's own figures, `nearby` those of the sentences before: "28 of them"
    may be of people of another event.
    """
    before = nearby if figure.is_subset else before
    if (
        not (figure.refers_back or figure.is_subset)
        or figure.category is not Category.UNKNOWN
        or figure.is_total
        or figure.parts
    ):
        return figure
    told = [f for f in before if f.category is not Category.UNKNOWN and not f.is_part]
    if not told:
        return figure
    last = {f.category for f in told if f.sentence == told[-1].sentence}
    plain = not figure.name and not figure.is_more and figure.evidence.rule != "toll.elliptic"
    if len(last) != 1 or (Category.MILITANTS in last and plain):
        return figure
    return replace(figure, category=told[-1].category)


_PLURAL = frozenset({"they", "them", "all", "both", "their", "those"})


def _with_antecedent(figure: Figure, before: Sequence[Figure], incident: Incident) -> Figure:
    """The figure of "all of them were freed" with the number of the people that it stands for."""
    if figure.pronoun not in _PLURAL or figure.value is not None or figure.parts:
        return figure
    died = figure.evidence.rule == "harm.subject" and figure.harm is Harm.KILLED
    if not died and figure.evidence.rule not in ("harm.verb", "harm.bodies", "harm.shot"):
        return figure
    if any(f.harm is figure.harm and f.value is not None for f in before):
        return figure
    here = _people_before(incident, figure)
    if here is not None:
        return _standing_for(figure, here.low, here.best, here.high, here.category)
    told = next((f for f in reversed(before) if f.value is not None and not f.is_part), None)
    if told is None or told.harm is Harm.KILLED or died:
        return figure
    return _standing_for(figure, told.low, told.best, told.high, told.category)


def _like_counted(figure: Figure, incidents: Sequence[Incident]) -> Figure:
    """The figure of "all three were killed", "both were shot" with the people of that number told of before."""
    number = 2 if figure.pronoun == "both" else figure.value
    definite = figure.pronoun == "both" or (figure.is_definite and figure.refers_back)
    if not definite or figure.category is not Category.UNKNOWN or number is None:
        return figure
    for incident in reversed(incidents):
        for group in _counted(incident):
            before = (incident.sentence.index, group.head) < (figure.sentence, figure.head)
            if before and group.value == number and group.category is not Category.UNKNOWN:
                return _standing_for(figure, number, number, number, group.category)
    return figure


def _counted(incident: Incident) -> Iterator[Group]:
    """The people whom an incident's sentence numbers, whatever became of them."""
    for token in incident.sentence.doc:
        group = incident.reader.group_at(token) if token.pos_ == "NOUN" else None
        if group is not None and group.quantity is not None and group.is_people and not group.is_part:
            yield group


def _people_before(incident: Incident, figure: Figure) -> Group | None:
    """The numbered people last named before a pronoun in its sentence, those who did it apart."""
    doers = {m.agent.i for m in incident.harms if m.agent is not None}
    others = (g for g in _counted(incident) if g.head < figure.head and g.head not in doers)
    return next(iter([g for g in others if g.category is not Category.MILITANTS][-1:]), None)


def _standing_for(
    figure: Figure, low: int | None, best: int | None, high: int | None, category: Category
) -> Figure:
    return replace(figure, low=low, best=best, high=high, category=category, pronoun=None, is_single=False)
