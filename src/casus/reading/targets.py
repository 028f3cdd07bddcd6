"""To whom: the people, forces and things that an event was aimed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casus.model import Actor, Category, EventType, Evidence
from casus.reading.drafts import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.parties import Party, target_at

# Words that name nobody: people hurt in an attack on somebody or something else.
_NOBODY = {
    "people", "person", "persons", "man", "men", "others", "other", "body", "bodies", "victim", "victims", "number", "dead", "corpse", "corpses", "casualties", "lives", "suspect", "suspects",
    "individuals", "which", "wounded", "injured", "most", "some", "more", "charge", "talk", "arrest",
}  # fmt: skip
_CROWD = ("protesters", "demonstrators", "marchers", "protestors", "activists", "supporters", "students")


def targets_of(
    draft: EventDraft, kind: EventType, victims: Category | None, adjective: str | None
) -> tuple[Actor, ...]:
    """The targets of an event, those aimed at first, then those hurt; at most four.

    `victims` is the category of people told of only as "people": civilians are a target,
    nobody in particular is none.  `adjective` is that of the report's country: its policemen are "Afghan policemen".
    """
    found: dict[str, Actor] = {}
    for party in [*_parties(draft), *(_crowd(draft) if kind in (EventType.PROTEST, EventType.ARREST) else ())]:
        actor = _national(party, adjective)
        name = actor.name.lower()
        if name not in _NOBODY or (name == "people" and victims is Category.CIVILIANS):
            found.setdefault(actor.name.lower(), actor)
    doers = {p.actor.name.lower() for i in draft.incidents for p in agents_of(i)}
    return tuple(actor for name, actor in found.items() if name not in doers)[:4]


def _parties(draft: EventDraft) -> Iterator[Party]:
    for incident in draft.incidents:
        for act in incident.acts:
            party = target_at(act.target, incident.reader, incident.marks) if act.target is not None else None
            if party is not None:
                yield party
        yield from _harmed(incident)


def _harmed(incident: Incident) -> Iterator[Party]:
    for harm in incident.harms:
        for group in harm.groups:
            if group.is_part or group.pronoun is not None or not group.name:
                continue
            party = target_at(incident.sentence.doc[group.head], incident.reader, incident.marks)
            if party is not None:
                yield party


def _crowd(draft: EventDraft) -> Iterator[Party]:
    """The demonstrators of a protest, where no verb makes them its target."""
    for incident in draft.incidents[:2]:
        for i, word in enumerate(incident.sentence.words):
            if word in _CROWD:
                evidence = Evidence(*incident.sentence.chars(i, i + 1), "target.people")
                yield Party(Actor(word, None, None, (evidence,)), False, Category.CIVILIANS, i)


def _national(party: Party, adjective: str | None) -> Actor:
    actor = party.actor
    plain = not any(word[:1].isupper() for word in actor.name.split())
    if adjective is not None and plain and party.category is Category.SECURITY_FORCES and party.is_people:
        return replace(actor, name=f"{adjective} {actor.name}")
    return actor
