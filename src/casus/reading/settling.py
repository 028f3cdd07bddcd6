"""By whom, as the whole report tells it: who owns up, who alone is accused, what the title says.

Rules of `gold/README.md`: who alone is accused is named, even where it denies; where accounts name
different perpetrators and the report takes no side, nobody.

Rule, by name: `actor.only_group`, the one armed group that a report names, where it tells of
attackers by kind alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casus.model import (
    GROUP_KINDS,
    Actor,
    Category,
    Claim,
    ClaimKind,
    EventType,
    Evidence,
    Place,
    ReportedEvent,
)
from casus.reading.casting import party_words
from casus.reading.doers import MOST_DOERS, distinct
from casus.reading.drafts import EventDraft
from casus.reading.parsing import child
from casus.reading.parties import Party, party_at
from casus.reading.stories import Story

_FIRST_SENTENCES = 8
_RAIDS = (EventType.ATTACK, EventType.KILLING, EventType.ABDUCTION, EventType.DESTRUCTION)
_PEACEFUL = (EventType.PROTEST, EventType.RIOT, EventType.ARREST, EventType.OTHER)


def settled_doers(
    events: Sequence[ReportedEvent], drafts: Sequence[EventDraft], claims: Sequence[Claim], story: Story
) -> tuple[ReportedEvent, ...]:
    """The events, one a draft, with the doers that claims, the title and the rest of the report name."""
    groups = _armed_groups(story)
    settled = []
    for event, draft in zip(events, drafts, strict=True):
        accused = _named_in(claims, event, ClaimKind.ACCUSATION)
        if event.event_type is not EventType.ARMED_CLASH and _is_rebutted(event, draft, accused, story):
            settled.append(replace(event, perpetrators=()))
            continue
        found = _with_title(_with_accused(event, claims), story)
        settled.append(found if accused else _with_group(found, groups, story))
    pairs = zip(settled, drafts, strict=True)
    settled = [_with_comers(event, draft, story) for event, draft in pairs]
    return tuple(_with_main_doers(event, settled, story) for event in settled)


def _is_rebutted(event: ReportedEvent, draft: EventDraft, accused: Sequence[Actor], story: Story) -> bool:
    """True where only the accused name the doer: each side blames the other."""
    names = {actor.name for actor in accused} - {actor.name for actor in event.perpetrators}
    if not names or not _is_settled(event.perpetrators):
        return False
    tellers: set[str | None] = set()
    for incident in draft.incidents:
        for doing in story.doings.get(id(incident), ()):
            if doing.party.is_named and not doing.is_attributed:
                return False
            covering = [s for s in incident.statements if s.covers(doing.trigger)]
            tellers |= {v.affiliation for s in covering for v in s.voices}
    return bool(tellers & names)


def _is_settled(actors: Sequence[Actor]) -> bool:
    return any(actor.registry_id or actor.country_code for actor in actors)


def _with_accused(event: ReportedEvent, claims: Sequence[Claim]) -> ReportedEvent:
    """The event with the doer that claims alone name: who owns up to it, else who alone is accused."""
    if _is_settled(event.perpetrators) or event.event_type is EventType.ARREST:
        return event
    owners = _named_in(claims, event, ClaimKind.RESPONSIBILITY)
    if any(_is_force(actor) for actor in event.perpetrators):
        return event
    if event.perpetrators:
        owners = tuple(actor for actor in owners if _is_telling(actor) and not _is_force(actor))
    accused = [actor for actor in _named_in(claims, event, ClaimKind.ACCUSATION) if not _is_state(actor)]
    if event.perpetrators:
        accused = [actor for actor in accused if _is_telling(actor)]
    chosen = owners or (tuple(accused) if len(accused) == 1 else ())
    return replace(event, perpetrators=chosen[:MOST_DOERS]) if chosen else event


def _is_telling(actor: Actor) -> bool:
    """True for a side by name, which says more than "gunmen"."""
    return _is_settled((actor,)) or any(word[:1].isupper() for word in actor.name.split())


def _is_force(actor: Actor) -> bool:
    """True for police or troops, who mostly own up to what they did after others had attacked."""
    return actor.name.split()[-1].lower() in party_words()["national"]


def _is_state(actor: Actor) -> bool:
    """True for a country by its bare name: whom its enemy blames is not settled by that."""
    return any(evidence.rule == "actor.country" for evidence in actor.evidence)


def _named_in(claims: Sequence[Claim], event: ReportedEvent, kind: ClaimKind) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for claim in claims:
        actor = claim.actor
        if claim.event_id != event.id or claim.kind is not kind or actor is None or not actor.name:
            continue
        if kind is ClaimKind.ACCUSATION and actor.name in _hit_or_heard(event, claim):
            continue
        told = actor.evidence or claim.speaker.evidence or ((claim.quote,) if _is_telling(actor) else ())
        if told:
            found[actor.name.lower()] = replace(actor, evidence=told)
    return tuple(found.values())


def _hit_or_heard(event: ReportedEvent, claim: Claim) -> set[str | None]:
    """Those whom an accusation can't be about: its speaker and the event's targets."""
    return {claim.speaker.name, *(target.name for target in event.targets)}


def _with_title(event: ReportedEvent, story: Story) -> ReportedEvent:
    """The main event with the doer that the title names, where the text names none."""
    if not event.is_main or _is_settled(event.perpetrators):
        return event
    pointed = [party for s in story.title for party in story.blamed.get(s.sentence.index, ())]
    if pointed and not event.perpetrators:
        return replace(event, perpetrators=distinct(pointed)[:MOST_DOERS])
    incidents = [i for s in story.title for i in s.incidents]
    if len(incidents) != 1:
        return event
    doings = [d for d in story.doings.get(id(incidents[0]), ()) if d.party.token < d.trigger]
    named = [d.party for d in doings if d.party.is_named]
    if named:
        return replace(event, perpetrators=distinct(named)[:MOST_DOERS])
    if event.perpetrators or not doings:
        return event
    return replace(event, perpetrators=distinct(d.party for d in doings)[:1])


def _armed_groups(story: Story) -> dict[str, Actor]:
    """The armed groups that a report names, by name."""
    found: dict[str, Actor] = {}
    for annotated in story.body:
        for mark in annotated.marks.actors.values():
            if mark.kind in GROUP_KINDS:
                evidence = Evidence(*annotated.sentence.chars(mark.start, mark.end), "actor.only_group")
                found.setdefault(
                    mark.name, Actor(mark.name, mark.registry_id, mark.country_code, (evidence,))
                )
    return found


def _with_group(event: ReportedEvent, groups: Mapping[str, Actor], story: Story) -> ReportedEvent:
    """The event with the one armed group that the report names, where its doers are told by kind alone."""
    if len(groups) != 1 or event.event_type in _PEACEFUL or _is_settled(event.perpetrators):
        return event
    group = next(iter(groups.values()))
    is_known = any(actor.name == group.name for actor in event.targets) or group.name in story.tellers
    words = {word for actor in event.perpetrators for word in actor.name.lower().split()}
    are_fighters = not words.isdisjoint(party_words()["fighters"])
    if is_known or (story.unclaimed and not are_fighters):
        return event
    if are_fighters or (event.is_main and not event.perpetrators):
        return replace(event, perpetrators=(group,))
    return event


def _with_main_doers(event: ReportedEvent, events: Sequence[ReportedEvent], story: Story) -> ReportedEvent:
    """An event told beside the main one with its doers, where its own are not told."""
    main = events[0]
    if event is main or event.perpetrators or not _is_settled(main.perpetrators) or story.unclaimed:
        return event
    same = event.event_type is main.event_type and _is_near(event.where, main.where)
    own = {t.category for t in event.tolls}
    fought = Category.SECURITY_FORCES in own & {t.category for t in main.tolls}
    return replace(event, perpetrators=main.perpetrators) if same or fought else event


def _with_comers(event: ReportedEvent, draft: EventDraft, story: Story) -> ReportedEvent:
    """The main event with the armed people who "entered the village", where no other word tells the doer."""
    if not event.is_main or event.perpetrators or event.event_type not in _RAIDS:
        return event
    return replace(event, perpetrators=distinct(_comers(draft, story))[:1])


def _comers(draft: EventDraft, story: Story) -> Iterator[Party]:
    """The armed people who come in a report's first sentences, those of other events apart."""
    others = story.eventful - {i.sentence.index for i in draft.incidents}
    for annotated in (s for s in story.body[:_FIRST_SENTENCES] if s.sentence.index not in others):
        for verb in annotated.sentence.tokens:
            if verb.pos_ != "VERB" or verb.lemma_.lower() not in party_words()["comes"]:
                continue
            subject = child(verb, "nsubj")
            party = party_at(subject, annotated.reader, annotated.marks) if subject is not None else None
            if party is None or party.category is Category.CIVILIANS or party.is_named:
                continue
            words = {*party.actor.name.lower().split()}
            if party.category is Category.MILITANTS or words & {"gunmen", "armed", "masked", "hooded"}:
                yield party


def _is_near(one: Place | None, other: Place | None) -> bool:
    """True for places in one first-order unit, as far as they are known."""
    if one is None or other is None:
        return True
    return one.country_code == other.country_code and (
        None in (one.adm1, other.adm1) or one.adm1 == other.adm1
    )
