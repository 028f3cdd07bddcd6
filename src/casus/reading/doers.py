"""By whom: the perpetrators of an event, as the report's voice or its best-attributed claim names them.

Rules of `gold/README.md`: nobody where nobody is named; who alone is accused is named, even where
it denies; where accounts name different perpetrators and the report takes no side, nobody.

The order of the questions: whom the words of the event name, whom the report blames, who owns up
to it, who alone is accused, what the title says, and whom an event told beside the main one shares
with it.  Rule `actor.only_group`: the one armed group that a report names, where it tells of
attackers by kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casus.model import Actor, Category, Claim, ClaimKind, EventType, Evidence, ReportedEvent
from casus.reading.discourse import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.naming import GROUP_KINDS, party_words
from casus.reading.parties import Party
from casus.reading.sentences import AnnotatedSentence

_MOST = 2
_FROM_AFAR = (EventType.AIR_STRIKE, EventType.SHELLING)
_PEACEFUL = (EventType.PROTEST, EventType.RIOT, EventType.ARREST, EventType.OTHER)


# -- as the event's own words name them


def told_doers(draft: EventDraft) -> tuple[Actor, ...]:
    """The doers that the words of an event name: organised sides before people told by kind."""
    parties = [p for i in draft.incidents for p in (*agents_of(i), *i.blamed)]
    named = [p for p in parties if p.is_named]
    if named:
        return _distinct(named)[:_MOST]
    return _distinct([p for p in parties if p.category is not Category.CIVILIANS] or parties)[:1]


def _distinct(parties: Sequence[Party]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for party in parties:
        found.setdefault(party.actor.name.lower(), party.actor)
    return tuple(found.values())


# -- as the report as a whole tells


def settled_doers(
    events: Sequence[ReportedEvent], claims: Sequence[Claim], body: Sequence[AnnotatedSentence]
) -> tuple[ReportedEvent, ...]:
    """The events with the doers that claims and the rest of the report name."""
    groups = _armed_groups(body)
    settled = [_with_group(_with_accused(event, claims), groups) for event in events]
    return tuple(_with_main_doers(event, settled) for event in settled)


def _is_settled(actors: Sequence[Actor]) -> bool:
    return any(actor.registry_id or actor.country_code for actor in actors)


def _with_accused(event: ReportedEvent, claims: Sequence[Claim]) -> ReportedEvent:
    """The event with the doer that claims alone name: who owns up to it, else who alone is accused."""
    if _is_settled(event.perpetrators):
        return event
    owners = _named_in(claims, event, ClaimKind.RESPONSIBILITY)
    accused = _named_in(claims, event, ClaimKind.ACCUSATION)
    chosen = owners or (accused if len(accused) == 1 else ())
    return replace(event, perpetrators=chosen[:_MOST]) if chosen else event


def _named_in(claims: Sequence[Claim], event: ReportedEvent, kind: ClaimKind) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for claim in claims:
        if claim.event_id == event.id and claim.kind is kind and claim.actor is not None and claim.actor.name:
            found[claim.actor.name.lower()] = claim.actor
    return tuple(found.values())


def _armed_groups(body: Sequence[AnnotatedSentence]) -> dict[str, Actor]:
    """The armed groups that a report names, by name."""
    found: dict[str, Actor] = {}
    for annotated in body:
        for mark in annotated.marks.actors.values():
            if mark.kind in GROUP_KINDS:
                evidence = Evidence(*annotated.sentence.chars(mark.start, mark.end), "actor.only_group")
                found.setdefault(
                    mark.name, Actor(mark.name, mark.registry_id, mark.country_code, (evidence,))
                )
    return found


def _with_group(event: ReportedEvent, groups: Mapping[str, Actor]) -> ReportedEvent:
    """The event with the one armed group that the report names, where its doers are told by kind alone."""
    if len(groups) != 1 or event.event_type in _PEACEFUL or _is_settled(event.perpetrators):
        return event
    group = next(iter(groups.values()))
    if any(actor.name == group.name for actor in event.targets):
        return event
    words = {word for actor in event.perpetrators for word in actor.name.lower().split()}
    if event.is_main or not words.isdisjoint(party_words()["fighters"]):
        return replace(event, perpetrators=(group,))
    return event


def _with_main_doers(event: ReportedEvent, events: Sequence[ReportedEvent]) -> ReportedEvent:
    """An event told beside the main one with its doers, where its own are not told."""
    main = events[0]
    if event is main or event.perpetrators or not _is_settled(main.perpetrators):
        return event
    afar = event.event_type is main.event_type and event.event_type in _FROM_AFAR
    own = {t.category for t in event.tolls}
    fought = Category.SECURITY_FORCES in own & {t.category for t in main.tolls}
    return replace(event, perpetrators=main.perpetrators) if afar or fought else event
