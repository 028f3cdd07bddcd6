"""Who people told of only as "people" are, by everything else that the event's sentences say."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from spacy.tokens import Token

from casus.knowledge import read_roles
from casus.model import Category, EventType
from casus.reading.discourse import EventDraft
from casus.reading.incidents import Incident
from casus.reading.parties import target_at
from casus.reading.sentences import Annotation

_OF_CIVILIANS = (EventType.ARREST, EventType.ABDUCTION, EventType.PROTEST)


@functools.cache
def _civilian_things() -> frozenset[str]:
    """Things and places that are civilian in themselves: people hurt there are civilians."""
    return read_roles("party_words.tsv")["civilian thing"]


def victims_of(draft: EventDraft, kind: EventType, annotation: Annotation | None) -> Category | None:
    """The category of an event's "people", None where nothing tells it.

    Civilians where the event has none but civilians for victims, security forces where
    they alone were aimed at.  `annotation` is the report's where the event is its main one.
    """
    if kind in _OF_CIVILIANS:
        return Category.CIVILIANS
    aimed = set(_aimed_at(draft))
    if Category.SECURITY_FORCES in aimed and Category.CIVILIANS not in aimed:
        return Category.SECURITY_FORCES
    found: set[Category] = {Category.CIVILIANS} if kind is EventType.KILLING else set()
    for incident in draft.incidents:
        found.update(_told_in(incident))
    if annotation is not None and annotation.sentences and annotation.sentences[0].sentence.is_title:
        title = annotation.sentences[0]
        found |= {g.category for h in title.harms for g in h.groups if not g.is_part}
    return Category.CIVILIANS if found - {Category.UNKNOWN} == {Category.CIVILIANS} else None


def tells_civilians(draft: EventDraft) -> bool:
    """True where the event's sentences name civilians, or a place that is theirs."""
    return any(Category.CIVILIANS in _told_in(incident) for incident in draft.incidents)


def _aimed_at(draft: EventDraft) -> Iterator[Category | None]:
    for incident in draft.incidents:
        for act in incident.acts:
            party = target_at(act.target, incident.reader, incident.marks) if act.target is not None else None
            if party is not None:
                yield party.category


def _told_in(incident: Incident) -> Iterator[Category]:
    """The categories of those harmed and aimed at in a sentence, civilians for civilian things."""
    for harm in incident.harms:
        yield from (group.category for group in harm.groups if not group.is_part)
    for act in incident.acts:
        for token in _people_of(act.target):
            category = incident.reader.category(token)
            if category is not None:
                yield category
    if not _civilian_things().isdisjoint(incident.sentence.words):
        yield Category.CIVILIANS


def _people_of(target: Token | None) -> Iterator[Token]:
    """The target and what stands after its "of": "a camp of refugees"."""
    if target is None:
        return
    yield target
    for link in target.children:
        if link.lower_ in ("of", "for"):
            yield from (inner for inner in link.children if inner.dep_ == "pobj")
