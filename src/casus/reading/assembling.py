"""The record of a report, from its annotated sentences: events, claims, agreements, statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casus.model import (
    Agreement,
    Claim,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    ReportedEvent,
    Statistic,
)
from casus.reading.agreements import find_agreements
from casus.reading.attribution import Statement
from casus.reading.carrying import date_drafts
from casus.reading.claims import Told, claims_of, quoted
from casus.reading.discourse import group_events, is_roundup
from casus.reading.doers import told_doers
from casus.reading.drafts import EventDraft
from casus.reading.event_figures import event_figures, figures_by_sentence
from casus.reading.figures import figures_of
from casus.reading.heading import title_incidents
from casus.reading.incidents import Incident
from casus.reading.kinds import Surroundings, kind_of
from casus.reading.locating import where
from casus.reading.peace import Tenor, is_violent
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.reading.settling import settled_doers
from casus.reading.stories import Story
from casus.reading.targets import targets_of
from casus.reading.tolls import rows_of
from casus.reading.victims import victims_of
from casus.reading.weapons import WeaponMention, recorded
from casus.resolving.countries import CountryTable


@dataclass(frozen=True, slots=True)
class Record:
    """What a reading holds beside the report."""

    events: tuple[ReportedEvent, ...]
    claims: tuple[Claim, ...]
    agreements: tuple[Agreement, ...]
    statistics: tuple[Statistic, ...]


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
    story = Story.of(annotation, drafts)
    numbered = {
        id(incident): (f"e{n}", draft) for n, draft in enumerate(drafts, 1) for incident in draft.incidents
    }
    events: tuple[ReportedEvent, ...] = ()
    for n, draft in enumerate(drafts, 1):
        main_kind = events[0].event_type if events else None
        events = (*events, _event(f"e{n}", draft, annotation, story, main_kind))
    claims = quoted(list(_claims(body, drafts, numbered, {e.id: e for e in events})))
    events = settled_doers(events, drafts, claims, story)
    agreements = find_agreements([(s.sentence, s.marks, _party_names(s)) for s in annotation.sentences])
    statistics = tuple(f.statistic for s in body for f in s.statistics)
    return Record(events, claims, agreements, statistics)


# -- events


def _event(
    event_id: str,
    draft: EventDraft,
    annotation: Annotation,
    story: Story,
    main_kind: EventType | None,
) -> ReportedEvent:
    body = story.body
    weapons = _weapons(draft, body)
    told = figures_by_sentence(i for s in body for i in s.incidents)
    figures = event_figures(draft.incidents, told)
    is_main = _is_main(draft, body)
    kind = kind_of(draft, weapons, _surroundings(draft, annotation, body, None if is_main else main_kind))
    title = next((s for s in annotation.sentences[:1] if is_main and s.sentence.is_title), None)
    victims = victims_of(draft, kind, title or (annotation.sentences[0] if is_main else None))
    adjective = annotation.country.adjective if annotation.country is not None else None
    doers = told_doers(draft, kind, story)
    first = min((i.sentence.index for s in body for i in s.incidents), default=0)
    return ReportedEvent(
        event_id,
        is_main=is_main,
        event_type=kind,
        when=draft.when or EventDate(None, None, DatePrecision.UNKNOWN),
        where=where(draft, annotation, is_first=draft.first.sentence.index <= first),
        perpetrators=doers,
        targets=targets_of(
            draft, kind, doers, victims=victims, adjective=adjective, title=story.title if is_main else ()
        ),
        weapons=recorded(weapons, [i.sentence for i in draft.incidents]),
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


# -- claims


def _claims(
    body: Sequence[AnnotatedSentence],
    drafts: Sequence[EventDraft],
    numbered: Mapping[int, tuple[str, EventDraft]],
    events: Mapping[str, ReportedEvent],
) -> Iterator[Claim]:
    for annotated in body:
        if annotated.statistics:
            continue
        for statement in annotated.statements:
            incidents = [i for i in annotated.incidents if id(i) in numbered]
            covered = [i for i in incidents if any(statement.covers(t) for t in i.triggers)]
            if covered:
                for event_id in dict.fromkeys(numbered[id(i)][0] for i in covered):
                    own = [i for i in covered if numbered[id(i)][0] == event_id]
                    yield from claims_of(_told(annotated, statement, event_id, own, events))
            else:
                event_id_or_none = _event_in_focus(annotated, drafts, incidents, numbered)
                if event_id_or_none is not None:
                    yield from claims_of(_told(annotated, statement, event_id_or_none, [], events))


def _told(
    annotated: AnnotatedSentence,
    statement: Statement,
    event_id: str,
    incidents: list[Incident],
    events: Mapping[str, ReportedEvent],
) -> Told:
    figures = [f for i in incidents for f in figures_of(i) if statement.covers(f.trigger)]
    event = events[event_id]
    return Told(
        statement,
        annotated.sentence,
        annotated.reader,
        annotated.marks,
        event_id,
        tuple(incidents),
        tuple(f for f in figures if f.value is not None),
        tuple(a.name for a in event.perpetrators),
        tuple(a.name for a in event.targets),
    )


def _event_in_focus(
    annotated: AnnotatedSentence,
    drafts: Sequence[EventDraft],
    incidents: Sequence[Incident],
    numbered: Mapping[int, tuple[str, EventDraft]],
) -> str | None:
    if incidents:
        return numbered[id(incidents[0])][0]
    sentence = annotated.sentence
    same = [
        (n, d)
        for n, d in enumerate(drafts, 1)
        if any(
            i.sentence.paragraph == sentence.paragraph and i.sentence.index < sentence.index
            for i in d.incidents
        )
    ]
    if same:
        return f"e{max(same, key=lambda pair: max(i.sentence.index for i in pair[1].incidents if i.sentence.index < sentence.index))[0]}"
    return "e1" if drafts else None


def _party_names(annotated: AnnotatedSentence) -> dict[int, str]:
    """Names of possible parties to an agreement, at their head tokens."""
    names: dict[int, str] = {}
    table = CountryTable.load()
    for mark in {id(m): m for m in annotated.marks.actors.values()}.values():
        if mark.can_act:
            names[mark.end - 1] = mark.name
    for _, end, place in annotated.marks.places:
        if end - 1 in annotated.marks.actors:
            continue
        text = place.place.name or ""
        country = (
            table.seat_of(text)
            if place.is_metonym
            else (table.by_name(text) if place.kind.value == "country" else None)
        )
        if country is not None and place.kind.value != "demonym":
            names[end - 1] = country.name
    return names
