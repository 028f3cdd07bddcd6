"""When: the day of events whose own sentences tell none, from the sentences around them.

Rules, by name (the evidence is the expression's own, with its rule):

in a list of events, the day that it says it is of ("reported up to Tuesday");
a day of its own sentences that is too long ago to be when something was said;
a sentence beside that tells no event but says when ("It happened at dawn on Monday");
"since Friday", with a perfect ("have found 12 bodies since Friday"), which runs to publication;
the day of speech, where it is that of publication: what is told then is fresh news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from casus.model import DatePrecision, EventDate
from casus.reading.dating import date_undated, is_of_other_time
from casus.reading.drafts import EventDraft
from casus.reading.incidents import Incident
from casus.reading.sentences import AnnotatedSentence
from casus.reading.timing import in_since_clause, scene_date
from casus.resolving.dates import DateKind, DateMention, Relation

_HEADING = 3  # sentences in which a list tells its day
_FRESH = 31  # days within which what was said is news
_BEFORE, _AFTER, _AFTER_MAIN = 2, 2, 4  # sentences beside an event that may tell its day


def date_drafts(
    drafts: Sequence[EventDraft],
    sentences: Sequence[AnnotatedSentence],
    *,
    roundup: bool,
    published_on: date | None,
) -> None:
    """Give events without a date one that the sentences around them tell."""
    heading = _heading_day(sentences) if roundup else None
    plain = _plain(drafts, sentences, roundup=roundup)
    for number, draft in enumerate(drafts):
        if draft.when is None and heading is not None:
            draft.when = _long_ago(draft, published_on) or heading
        elif draft.when is None:
            draft.when = (
                _long_ago(draft, published_on)
                or _beside(draft, plain, is_main=number == 0)
                or _since(draft, published_on)
                or _in_paragraph(draft, drafts, sentences)
            )
    date_undated(drafts, roundup=roundup)
    if drafts and drafts[0].when is None:
        drafts[0].when = _of_speech(drafts[0].first, published_on)


def _heading_day(sentences: Sequence[AnnotatedSentence]) -> EventDate | None:
    """The day that a list of events is of, told before the first: "incidents reported up to Tuesday"."""
    for annotated in sentences[:_HEADING]:
        if annotated.incidents:
            return None
        for _, _, mention in annotated.marks.dates:
            is_day = mention.kind is DateKind.ABSOLUTE and mention.precision is DatePrecision.DAY
            if is_day and mention.relation in (Relation.ON, Relation.UNTIL) and not mention.is_future:
                return mention.event_date()
    return None


def _long_ago(draft: EventDraft, published_on: date | None) -> EventDate | None:
    """The one day or month of an event's sentences that is too long ago to be when something was said."""
    if published_on is None:
        return None
    told = {
        mention
        for incident in draft.incidents
        for first, _, mention in incident.marks.dates
        if mention.kind is DateKind.ABSOLUTE and mention.relation is Relation.ON and mention.start is not None
        if not in_since_clause(incident.sentence, first)
        if mention.precision in (DatePrecision.DAY, DatePrecision.MONTH)
        if (published_on - mention.start).days > _FRESH
    }
    return next(iter(told)).event_date() if len(told) == 1 else None


def _beside(draft: EventDraft, sentences: Sequence[AnnotatedSentence], *, is_main: bool) -> EventDate | None:
    """The day of the nearest sentence that tells no event, just before or soon after one of the draft's."""
    for incident in draft.incidents[:1] if not is_main else draft.incidents:
        told: list[tuple[bool, DateMention]] = []
        for annotated in _near(incident, sentences, _AFTER_MAIN if is_main else _AFTER):
            mention = scene_date(annotated.sentence, annotated.marks, annotated.statements)
            if mention is not None and _is_exact(mention):
                told.append((_looks_back(annotated, mention), mention))
        if told:
            return _counted_from(incident, max(told, key=lambda pair: pair[0])[1].event_date())
    return None


def _counted_from(incident: Incident, beside: EventDate) -> EventDate:
    """The day beside an event, or the one that its own words count from it ("two days before")."""
    for _, mention in incident.dates:
        if mention.kind is DateKind.ANAPHORIC and not mention.has_complement:
            found = mention.resolve(beside)
            return found if found.start is not None else beside
    return beside


def _in_paragraph(
    draft: EventDraft, drafts: Sequence[EventDraft], sentences: Sequence[AnnotatedSentence]
) -> EventDate | None:
    """The day told last before an event in its paragraph: "It began on Wednesday. … Police fired"."""
    own = draft.first.sentence
    if is_of_other_time(draft.first):
        return None
    before = [s for s in sentences if s.sentence.paragraph == own.paragraph and s.sentence.index < own.index]
    for annotated in reversed(before):
        told = next((d for d in drafts if d.when is not None and _tells(annotated, d)), None)
        if told is not None:
            return told.when
        mention = scene_date(annotated.sentence, annotated.marks, annotated.statements)
        if mention is not None and _is_exact(mention):
            return mention.event_date()
    return None


def _tells(annotated: AnnotatedSentence, draft: EventDraft) -> bool:
    """True for a sentence that gives the day of an event."""
    own = [i for i in annotated.incidents if any(i is other for other in draft.incidents)]
    return any(i.dates for i in own)


def _looks_back(annotated: AnnotatedSentence, mention: DateMention) -> bool:
    """True for "the men had left on Tuesday": a past perfect tells what came before the rest."""
    tokens = annotated.sentence.tokens_in(mention.start_char, mention.end_char)
    if tokens is None:
        return False
    verb = annotated.sentence.doc[tokens[0]].head
    return any(t.dep_ == "aux" and t.lower_ == "had" for t in (*verb.children, *verb.head.children))


def _plain(
    drafts: Sequence[EventDraft], sentences: Sequence[AnnotatedSentence], *, roundup: bool
) -> list[AnnotatedSentence]:
    """The sentences that tell none of the events: what incidents they have were left out of all.

    In a list of events none with an incident is plain, since what is left out is another item.
    """
    kept = (i for draft in drafts for i in draft.incidents)
    told = {id(i) for i in ((i for s in sentences for i in s.incidents) if roundup else kept)}
    return [
        s
        for s in sentences
        if not s.statistics and not s.sentence.is_title and not told & {id(i) for i in s.incidents}
    ]


def _near(
    incident: Incident, sentences: Sequence[AnnotatedSentence], after: int
) -> Iterator[AnnotatedSentence]:
    """Of sentences, those around an incident: before it in its paragraph, then after it."""
    own = incident.sentence
    before = [s for s in sentences if 0 < own.index - s.sentence.index <= _BEFORE]
    yield from (s for s in reversed(before) if s.sentence.paragraph == own.paragraph)
    yield from (s for s in sentences if 0 < s.sentence.index - own.index <= after)


def _is_exact(mention: DateMention) -> bool:
    return mention.precision in (DatePrecision.DAY, DatePrecision.RANGE)


def _since(draft: EventDraft, published_on: date | None) -> EventDate | None:
    """The stretch from "since Friday" to publication, where its verb is a perfect."""
    for incident in draft.incidents:
        doc = incident.sentence.doc
        for first, _, mention in incident.marks.dates:
            if mention.relation is not Relation.SINCE or mention.start is None or published_on is None:
                continue
            verb = doc[first].head
            is_perfect = any(t.dep_ == "aux" and t.lemma_ == "have" for t in verb.children)
            if is_perfect and mention.start <= published_on and (published_on - mention.start).days <= 31:
                found = mention.event_date()
                return replace(found, end=published_on, precision=DatePrecision.RANGE)
    return None


def _of_speech(incident: Incident, published_on: date | None) -> EventDate | None:
    """The day on which the first event was told, where the report came out on that day.

    Not where it lies before what is told ("denied on Friday that it had shelled the town").
    """
    said = incident.said_on
    if said is None or said.start != published_on or not _is_exact(said):
        return None
    doc = incident.sentence.doc
    verbs = [child for trigger in incident.triggers for child in doc[trigger].children]
    is_earlier = any(t.dep_ == "aux" and t.lower_ in ("had", "'d") for t in verbs)
    return None if is_earlier else said.event_date()
