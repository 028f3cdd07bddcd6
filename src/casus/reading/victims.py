"""Whose people an event's victims were, where their own words leave it open: "25 people were killed".

Civilians where the event hits a place of civilian life or people who could not fight back;
security forces where it was aimed at these alone; else unknown.  An event that a report only
recalls is told in too few words for the first guess, and needs plainer ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import Category, EventType
from casus.reading.breakdowns import covers_all
from casus.reading.drafts import EventDraft
from casus.reading.incidents import Incident
from casus.reading.lexicon import word_lists
from casus.reading.parties import target_at
from casus.reading.people import Share
from casus.reading.sentences import AnnotatedSentence

_CIVIL_KINDS = frozenset({EventType.ARREST, EventType.ABDUCTION, EventType.PROTEST})
_ARMED = frozenset({Category.SECURITY_FORCES, Category.MILITANTS})


def victims_of(draft: EventDraft, kind: EventType, title: AnnotatedSentence | None) -> Category | None:
    """The category of people told of only as "people"; None where the event does not tell.

    `title` is the report's, for its main event; None for an event that it recalls.
    """
    if kind in _CIVIL_KINDS:
        return Category.CIVILIANS
    told = {c for i in draft.incidents for c in _told(i)} | ({*_told(title)} if title is not None else set())
    aimed = {c for i in draft.incidents for c in _aimed(i)}
    if not _ARMED & told and _is_civil(draft, kind, told | aimed, title):
        contested = Category.CIVILIANS not in told and _is_contested(draft)
        return None if contested else Category.CIVILIANS
    if told | aimed != {Category.SECURITY_FORCES}:
        return None
    return Category.SECURITY_FORCES if aimed or not _civilian_words(draft, title) else None


def _told(sentence: Incident | AnnotatedSentence) -> Iterator[Category]:
    """The sides of the people whom a sentence tells to be harmed."""
    for mention in sentence.harms:
        for group in mention.groups:
            if not group.is_part and group.category is not Category.UNKNOWN:
                yield group.category
            yield from (p.category for p in group.parts if covers_all(p))


def _aimed(incident: Incident) -> Iterator[Category]:
    """The sides of the people at whom a sentence's acts were aimed."""
    for act in incident.acts:
        party = target_at(act.target, incident.reader, incident.marks) if act.target is not None else None
        if party is not None and party.category is not None:
            yield party.category
        for token in _nouns_of(act.target):
            category = incident.reader.category(token)
            if category not in (None, Category.UNKNOWN):
                yield category or Category.UNKNOWN


def _nouns_of(target: Token | None) -> list[Token]:
    """The target and what stands after its "of": "a camp of refugees"."""
    if target is None:
        return []
    links = (c for c in target.children if c.lower_ in ("of", "for"))
    return [target, *(inner for link in links for inner in link.children if inner.dep_ == "pobj")]


def _is_civil(
    draft: EventDraft, kind: EventType, sides: set[Category], title: AnnotatedSentence | None
) -> bool:
    """True where the event's words show civilians, and no armed people among those that it hit."""
    if Category.SECURITY_FORCES in sides and Category.CIVILIANS not in sides:
        return False
    if Category.CIVILIANS in sides or _civilian_words(draft, title):
        return True
    if title is None:
        return any(m.event_type is EventType.KILLING for i in draft.incidents for m in i.harms)
    mentions = [m for i in draft.incidents for m in i.harms]
    found = all(m.rule == "harm.bodies" for m in mentions)
    slain = any(m.event_type is EventType.KILLING for m in mentions)  # "lynched", "massacred"
    return slain or (kind is EventType.KILLING and not found)


def _civilian_words(draft: EventDraft, title: AnnotatedSentence | None) -> bool:
    """True where the sentences of an event name places of civilian life."""
    words = {w for i in draft.incidents for w in i.sentence.words}
    if title is None:
        return bool(word_lists()["homes hit"] & words)
    return bool(word_lists()["civilian places"] & (words | set(title.sentence.words)))


def _is_contested(draft: EventDraft) -> bool:
    """True where a side insists that the dead were fighters, or some of them are said to have been."""
    parts = (p for i in draft.incidents for m in i.harms for g in m.groups for p in g.parts)
    return any(
        (p.share is Share.ALL and p.category is Category.UNKNOWN)
        or (p.share is Share.SOME and p.category is Category.MILITANTS)
        for p in parts
    )
