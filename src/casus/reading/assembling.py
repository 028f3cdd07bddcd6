"""The record of a report, from its annotated sentences: events, claims, agreements, statistics."""

from __future__ import annotations

from collections.abc import Sequence
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
from casus.reading.backdrop import set_scenes
from casus.reading.carrying import date_drafts
from casus.reading.claiming import find_claims, without_agreed
from casus.reading.discourse import group_events, is_roundup
from casus.reading.doers import told_doers
from casus.reading.drafts import EventDraft
from casus.reading.event_figures import event_figures, figures_by_sentence
from casus.reading.heading import title_incidents
from casus.reading.incidents import Incident
from casus.reading.kinds import Surroundings, kind_of, signs_of
from casus.reading.locating import where
from casus.reading.peace import Tenor, is_violent
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.reading.settling import settled_doers
from casus.reading.stories import Story
from casus.reading.targets import targets_of
from casus.reading.tolls import rows_of
from casus.reading.victims import victims_of
from casus.reading.weapons import WeaponMention, recorded


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
    body = annotation.body
    drafts = drafts_of(annotation, published_on)
    events, claims = _told(annotation, drafts) if drafts else ((), ())
    agreements = find_agreements(
        [(s.sentence, s.marks) for s in annotation.sentences], has_events=bool(events)
    )
    claims = without_agreed(claims, agreements)
    told = [f.statistic for s in body for f in s.statistics if f.statistic is not None]
    is_kept = bool(told) and (bool(events) or _is_about_conflict(annotation))
    return Record(events, claims, agreements, tuple(told) if is_kept else ())


def _is_about_conflict(annotation: Annotation) -> bool:
    return Tenor.of(annotation.words).conflict >= FEWEST_CONFLICT_WORDS


def _told(
    annotation: Annotation, drafts: Sequence[EventDraft]
) -> tuple[tuple[ReportedEvent, ...], tuple[Claim, ...]]:
    """The events, and what is claimed of them."""
    body = annotation.body
    story = Story.of(annotation, drafts)
    events: tuple[ReportedEvent, ...] = ()
    for n, draft in enumerate(drafts, 1):
        main_kind = events[0].event_type if events else None
        events = (*events, _event(f"e{n}", draft, annotation, story, main_kind))
    claims = find_claims(body, drafts, annotation.country.code if annotation.country is not None else None)
    events = settled_doers(events, drafts, claims, story)
    return events, claims


def drafts_of(annotation: Annotation, published_on: date | None) -> list[EventDraft]:
    """The incidents of a report grouped into events of political violence, dated."""
    tenor = Tenor.of(annotation.words)
    drafts = all_drafts_of(annotation, published_on)
    return [draft for draft in drafts if is_violent(draft, annotation.body, tenor)]


def all_drafts_of(annotation: Annotation, published_on: date | None) -> list[EventDraft]:
    """The incidents of a report grouped into events of any sort, dated."""
    body = annotation.body
    heading = " ".join(s.sentence.plain_text for s in annotation.sentences[:3])
    set_scenes(body)
    told = [*title_incidents(annotation.sentences), *(i for s in body for i in s.incidents)]
    roundup = is_roundup(heading)
    drafts = group_events(told, roundup=roundup, published_on=published_on)
    date_drafts(drafts, body, roundup=roundup, published_on=published_on)
    return drafts


def kind_signs(draft: EventDraft, annotation: Annotation, main_kind: EventType | None) -> frozenset[str]:
    """The signs of an event's kind; `main_kind` is that of the main event, for the others."""
    body = annotation.body
    about = _surroundings(draft, annotation, body, None if _is_main(draft, body) else main_kind)
    return signs_of(draft, _weapons(draft, body), about)


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
    kind = kind_of(kind_signs(draft, annotation, main_kind))
    title = next((s for s in annotation.sentences[:1] if is_main and s.sentence.is_title), None)
    victims = victims_of(draft, kind, title or (annotation.sentences[0] if is_main else None))
    adjective = annotation.country.adjective if annotation.country is not None else None
    doers = told_doers(draft, kind, story, adjective=adjective)
    return ReportedEvent(
        event_id,
        is_main=is_main,
        event_type=kind,
        when=draft.when or EventDate(None, None, DatePrecision.UNKNOWN),
        where=where(draft, annotation, is_first=main_kind is None),
        perpetrators=doers,
        targets=targets_of(
            draft,
            kind,
            doers,
            victims=victims,
            adjective=adjective,
            title=story.title if is_main else (),
            body=body,
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
