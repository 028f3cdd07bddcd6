"""The figures of an event, with the people that "they", "others" and bare numbers stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casus.model import Category, Harm
from casus.reading.figures import Figure, figures_of, like_before, told_in
from casus.reading.incidents import Incident
from casus.reading.people import Group

_NEAR = 5  # sentences before one that its "them" may stand for


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
        for figure in like_before(list(told_in(incident))):
            if _counts_nobody(figure, found or nearby):
                continue
            own = [f for f in found if f.sentence < index]
            meant = _with_antecedent(figure, found, incident)
            meant = _like_person(meant, found or nearby, [*earlier, incident])
            known = _like_counted(meant, [*earlier, incident])
            found.append(_some_of(_like_told(known, own or nearby, nearby), [*earlier, incident]))
        earlier.append(incident)
    return [f for f in found if f.pronoun is None or f.parts]


def _counts_nobody(figure: Figure, before: Sequence[Figure]) -> bool:
    """True for a bare number after words of counting ("the count was 20") where nothing was counted yet."""
    return figure.evidence.rule == "toll.elliptic" and not any(f.harm is figure.harm for f in before)


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
    if figure.harm is Harm.ARRESTED:
        told = [f for f in told if f.harm in _HELD]  # not the officers hurt by those arrested
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


_SINGULAR = frozenset({"he", "him", "she", "her"})
_ENDS = frozenset({Harm.RELEASED, Harm.ESCAPED})
_TO_PERSONS = frozenset({Harm.KILLED, Harm.ABDUCTED, Harm.ARRESTED})
_HELD = frozenset({Harm.ABDUCTED, Harm.ARRESTED, Harm.CAPTURED})


def _like_person(figure: Figure, before: Sequence[Figure], incidents: Sequence[Incident]) -> Figure:
    """The figure of "freed him", "shot her dead" with the one person that the pronoun stands for.

    An end is that of the person told to be held before; other harms are of the person named
    last, where nobody else is told to be harmed so.
    """
    if figure.pronoun not in _SINGULAR:
        return figure
    if figure.harm in _ENDS:
        held = next((f for f in reversed(before) if f.harm in _HELD and f.value == 1), None)
        return _standing_for(figure, 1, 1, 1, held.category) if held is not None else figure
    if figure.harm not in _TO_PERSONS or any(f.harm in (figure.harm, Harm.KILLED) for f in before):
        return figure
    person = _person_before(figure, incidents)
    return _standing_for(figure, 1, 1, 1, person.category) if person is not None else figure


def _person_before(figure: Figure, incidents: Sequence[Incident]) -> Group | None:
    """The single person, no doer, named last before a pronoun in its sentence or the one before."""
    for incident in reversed(incidents):
        if figure.sentence - incident.sentence.index > 1:
            return None
        named = [
            group
            for group in _told_before(figure, incident, ("NN", "NNP"))
            if group.low == 1 and group.category is not Category.MILITANTS
        ]
        if named:
            return named[-1]
    return None


def _told_before(figure: Figure, incident: Incident, tags: tuple[str, ...]) -> list[Group]:
    """The people, no doers, that nouns with those tags name before a figure."""
    doers = {m.agent.i for m in incident.harms if m.agent is not None}
    return [
        group
        for token in incident.sentence.tokens
        if token.tag_ in tags
        and token.i not in doers
        and (incident.sentence.index, token.i) < (figure.sentence, figure.head)
        and (group := incident.reader.group_at(token)) is not None
        and group.is_people
    ]


def _some_of(figure: Figure, incidents: Sequence[Incident]) -> Figure:
    """The figure of "four of them were killed" with the side of those named last, where no toll told it."""
    if not figure.is_subset or figure.category is not Category.UNKNOWN or figure.parts:
        return figure
    for incident in reversed(incidents):
        told = _told_before(figure, incident, ("NNS", "NNPS"))
        named = [group for group in told if group.category is not Category.UNKNOWN]
        if named:
            return replace(figure, category=named[-1].category)
    return figure


def _like_counted(figure: Figure, incidents: Sequence[Incident]) -> Figure:
    """The figure of "all three were killed", "both were shot" with the people of that number told before."""
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
    for token in incident.sentence.tokens:
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
