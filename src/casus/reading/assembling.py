"""The record of a report, from its annotated sentences: events, claims, agreements, statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casus.model import (
    Actor,
    Agreement,
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    Place,
    ReportedEvent,
    Statistic,
    Weapon,
)
from casus.reading.agreements import find_agreements
from casus.reading.carrying import date_drafts
from casus.reading.claiming import find_claims, without_agreed
from casus.reading.heading import title_incidents
from casus.reading.discourse import group_events, is_roundup
from casus.reading.drafts import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.kinds import Surroundings, kind_of
from casus.reading.locating import where
from casus.reading.targets import targets_of
from casus.reading.peace import Tenor, is_violent
from casus.reading.parties import Party
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.reading.figures import event_figures, figures_by_sentence
from casus.reading.tolls import rows_of
from casus.reading.victims import victims_of
from casus.reading.weapons import WeaponMention


@dataclass(frozen=True, slots=True)
class Record:
    """What a reading holds beside the report."""

    events: tuple[ReportedEvent, ...]
    claims: tuple[Claim, ...]
    agreements: tuple[Agreement, ...]
    statistics: tuple[Statistic, ...]

# Words of conflict that a report without events needs before its figures count (of crimes, of accidents).
FEWEST_CONFLICT_WORDS = 4


def assemble(annotation: Annotation, published_on: date | None = None) -> Record:
    """The record of an annotated report."""
    body = [s for s in annotation.sentences if not s.sentence.is_title]
    heading = " ".join(s.sentence.doc.text for s in annotation.sentences[:3])
    told = [*title_incidents(annotation.sentences), *(i for s in body for i in s.incidents)]
    roundup = is_roundup(heading)
    drafts = group_events(told, roundup=roundup, published_on=published_on)
    date_drafts(drafts, body, roundup=roundup, published_on=published_on)
    text = " ".join(s.sentence.doc.text for s in annotation.sentences)
    tenor = Tenor.of(text)
    drafts = [d for d in drafts if is_violent(d, body, tenor)]
    events: tuple[ReportedEvent, ...] = ()
    for n, draft in enumerate(drafts, 1):
        main_kind = events[0].event_type if events else None
        events = (*events, _event(f"e{n}", draft, annotation, body, main_kind))
    home_code = annotation.country.code if annotation.country is not None else None
    claims = find_claims(body, drafts, home_code)
    groups = _armed_groups(body)
    events = tuple(_with_group(_with_accused(event, claims), groups) for event in events)
    events = tuple(_with_main_doers(event, events) for event in events)
    agreements = find_agreements([(s.sentence, s.marks) for s in annotation.sentences], has_events=bool(events))
    claims = without_agreed(claims, agreements)
    is_about_conflict = bool(events) or tenor.conflict >= FEWEST_CONFLICT_WORDS
    statistics = tuple(f.statistic for s in body for f in s.statistics if is_about_conflict)
    return Record(events, claims, agreements, statistics)


# -- events


def _event(
    event_id: str,
    draft: EventDraft,
    annotation: Annotation,
    body: Sequence[AnnotatedSentence],
    main_kind: EventType | None,
) -> ReportedEvent:
    weapons = _weapons(draft, body)
    told = figures_by_sentence(i for s in body for i in s.incidents)
    figures = event_figures(draft.incidents, told)
    is_main = _is_main(draft, body)
    kind = kind_of(draft, weapons, _surroundings(draft, annotation, body, None if is_main else main_kind))
    title = next((s for s in annotation.sentences[:1] if is_main and s.sentence.is_title), None)
    victims = victims_of(draft, kind, title or (annotation.sentences[0] if is_main else None))
    return ReportedEvent(
        event_id,
        is_main=is_main,
        event_type=kind,
        when=draft.when or EventDate(None, None, DatePrecision.UNKNOWN),
        where=where(draft, annotation, is_first=draft.first.sentence.index <= min((i.sentence.index for s in body for i in s.incidents), default=0),
        ),
        perpetrators=_perpetrators(draft),
        targets=targets_of(draft, kind, victims, annotation.country.adjective if annotation.country is not None else None),
        weapons=tuple(dict.fromkeys(w.weapon for w in weapons)),
        tolls=rows_of(figures, victims),
        evidence=tuple(_trigger_evidence(i) for i in draft.incidents),
    )


def _surroundings(
    draft: EventDraft, annotation: Annotation, body: Sequence[AnnotatedSentence], main_kind: EventType | None
) -> Surroundings:
    lead = draft.first.sentence.index
    told = {i.sentence.index for i in draft.incidents}
    near = {
        w
        for s in body
        if 0 < abs(s.sentence.index - lead) <= 2 and (s.sentence.index in told or not s.incidents)
        for w in s.sentence.words
    }
    title = [s for s in annotation.sentences[:1] if s.sentence.is_title and main_kind is None]
    return Surroundings(
        tuple(a for s in title for a in s.acts),
        frozenset(w for s in title for w in s.sentence.words),
        frozenset(near),
        main_kind,
    )


def _with_accused(event: ReportedEvent, claims: Sequence[Claim]) -> ReportedEvent:
    """The event with the doer that claims alone name: who owns up to it, else who alone is accused."""
    if any(actor.registry_id or actor.country_code for actor in event.perpetrators):
        return event
    own = [c for c in claims if c.event_id == event.id and c.actor is not None and c.actor.name]
    owners = {c.actor.name.lower(): c.actor for c in own if c.kind is ClaimKind.RESPONSIBILITY and c.actor}
    accused = {c.actor.name.lower(): c.actor for c in own if c.kind is ClaimKind.ACCUSATION and c.actor}
    chosen = owners or (accused if len(accused) == 1 else {})
    return replace(event, perpetrators=tuple(chosen.values())[:2]) if chosen else event


_GROUP_KINDS = {"armed_group", "militia", "gang"}
_PEACEFUL = {EventType.PROTEST, EventType.RIOT, EventType.ARREST, EventType.OTHER}


def _armed_groups(body: Sequence[AnnotatedSentence]) -> dict[str, Actor]:
    """The armed groups that a report names, by name."""
    found: dict[str, Actor] = {}
    for annotated in body:
        for mark in annotated.marks.actors.values():
            if mark.kind in _GROUP_KINDS:
                evidence = Evidence(*annotated.sentence.chars(mark.start, mark.end), "actor.only_group")
                found.setdefault(
                    mark.name, Actor(mark.name, mark.registry_id, mark.country_code, (evidence,))
                )
    return found


def _with_group(event: ReportedEvent, groups: Mapping[str, Actor]) -> ReportedEvent:
    """The event with the one armed group that the report names, where its doers are told by kind alone."""
    if (
        len(groups) != 1
        or event.event_type in _PEACEFUL
        or any(a.registry_id or a.country_code for a in event.perpetrators)
    ):
        return event
    group = next(iter(groups.values()))
    if any(a.name == group.name for a in event.targets):
        return event
    if event.is_main or any(word in _FIGHTERS for a in event.perpetrators for word in a.name.lower().split()):
        return replace(event, perpetrators=(group,))
    return event


def _with_main_doers(event: ReportedEvent, events: Sequence[ReportedEvent]) -> ReportedEvent:
    """An event told beside the main one with its doers, where its own are not told: further strikes, further ambushes."""
    main = events[0]
    if event is main or event.perpetrators or not any(a.registry_id or a.country_code for a in main.perpetrators):
        return event
    afar = event.event_type is main.event_type and event.event_type in (EventType.AIR_STRIKE, EventType.SHELLING)
    own = {t.category for t in event.tolls}
    fought = Category.SECURITY_FORCES in own and Category.SECURITY_FORCES in {t.category for t in main.tolls}
    return replace(event, perpetrators=main.perpetrators) if afar or fought else event


_FIGHTERS = {
    "militants",
    "rebels",
    "insurgents",
    "guerrillas",
    "fighters",
    "separatists",
    "terrorists",
    "jihadists",
    "islamists",
    "extremists",
    "group",
    "militiamen",
}


def _trigger_evidence(incident: Incident) -> Evidence:
    triggers = incident.triggers
    return Evidence(*incident.sentence.chars(triggers[0], triggers[-1] + 1), "event.trigger")


def _is_main(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> bool:
    """True for the events of the lead: the first sentence that tells any."""
    first = min((s.sentence.index for s in body if s.incidents), default=0)
    return draft.first.sentence.index <= first


def _weapons(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> list[WeaponMention]:
    own = {i.sentence.index for i in draft.incidents}
    return [w for s in body if s.sentence.index in own for w in s.weapons]


def _perpetrators(draft: EventDraft) -> tuple[Actor, ...]:
    parties: list[Party] = [
        p for incident in draft.incidents for p in (*agents_of(incident), *incident.blamed)
    ]
    parties = [p for p in parties if p.category is not Category.CIVILIANS or p.is_named]
    named = [p for p in parties if p.is_named]
    chosen = named or parties
    found: dict[str, Actor] = {}
    for party in chosen[:1] if not named else chosen:
        found.setdefault(party.actor.name.lower(), party.actor)
    return tuple(list(found.values())[:2])
