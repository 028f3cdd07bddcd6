"""When: the date of an incident from its own words, and of events that tell none from those beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from spacy.tokens import Token

from casus.model import DatePrecision, EventDate, Harm
from casus.reading.drafts import EventDraft
from casus.reading.incidents import Incident
from casus.resolving.dates import DateKind, DateUnit, PartOfDay, Relation

_PRECISION = [
    DatePrecision.DAY,
    DatePrecision.RANGE,
    DatePrecision.MONTH,
    DatePrecision.YEAR,
    DatePrecision.UNKNOWN,
]
_LATE_HARMS = {Harm.RELEASED, Harm.ESCAPED}
# Words that keep an undated event from taking the date of the main one.
_OTHER_TIME = frozenset(("meanwhile", "earlier", "previous", "last", "ago", "since", "separately", "before"))
_NEAR = 8  # sentences within which an event is told beside the main one


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date from which relative words count, and the part of its day where that is told."""

    when: EventDate
    part: PartOfDay | None = None


def own_date(incident: Incident, anchor: Anchor | None) -> EventDate | None:
    """The date that an incident's own words give, relative words counted from `anchor`."""
    found = _told_date(incident, anchor)
    return _lasting(incident, found) if found is not None else None


def _lasting(incident: Incident, when: EventDate) -> EventDate:
    """The day with those that follow it where the act went on: "killed villagers there for three days"."""
    if when.precision is not DatePrecision.DAY or when.end is None:
        return when
    for first, _, mention in incident.marks.dates:
        is_told = mention.kind is DateKind.PERIOD and mention.unit is DateUnit.DAY and mention.offset
        if not is_told or incident.sentence.words[first] != "for":
            continue
        if incident.sentence.doc[first].head.i in incident.triggers:
            end = when.end + timedelta(days=(mention.offset or 1) - 1)
            evidence = (*when.evidence, mention.evidence)
            return EventDate(when.start, end, DatePrecision.RANGE, evidence)
    return when


def _told_date(incident: Incident, anchor: Anchor | None) -> EventDate | None:
    if _is_late(incident) or _is_harm_counted(incident):
        counted = _counted_from(incident, None)
        if counted is not None:
            return counted
    ordered = sorted(
        incident.dates, key=lambda pair: (_rank(incident, pair[0]), _PRECISION.index(pair[1].precision))
    )
    for _, mention in ordered:
        if mention.relation in (Relation.BEFORE, Relation.AFTER) or mention.has_complement:
            continue
        if mention.kind is DateKind.ABSOLUTE and mention.start is not None:
            return mention.event_date()
        if mention.kind is DateKind.ANAPHORIC and anchor is not None:
            found = mention.resolve(anchor.when, anchor_part_of_day=anchor.part)
            if found.start is not None:
                return found
    return _counted_from(incident, anchor)


def _is_late(incident: Incident) -> bool:
    """True for a release whose seizure has no day: "freed on Wednesday, two days after they were seized"."""
    seized = {h.trigger for h in incident.harms if h.harm not in _LATE_HARMS}
    told = {trigger for trigger, m in incident.dates if m.start is not None}
    return bool({h.harm for h in incident.harms} & _LATE_HARMS) and not seized & told


def _is_harm_counted(incident: Incident) -> bool:
    """True where a sentence counts from the harm: "voted on Monday, a day after a shell killed five"."""
    harmed = {h.trigger for h in incident.harms if incident.sentence.doc[h.trigger].pos_ == "VERB"}
    counted = {trigger for trigger, m in incident.dates if m.has_complement}
    direct = {trigger for trigger, m in incident.dates if not m.has_complement}
    return bool(counted & harmed) and not direct & harmed


def _counted_from(incident: Incident, anchor: Anchor | None) -> EventDate | None:
    """The day of what a sentence counts from: "buried on Monday, two days after gunmen stormed the camp"."""
    told = next((m for _, m in incident.dates if m.has_complement), None)
    if told is None:
        return None
    days = [m for _, _, m in incident.marks.dates if m.kind is DateKind.ABSOLUTE and m.start is not None]
    before = next((m.event_date() for m in days if m.start_char < told.start_char), None)
    after = next((m.event_date() for m in days if m.start_char > told.start_char), None)
    own = before or (anchor.when if anchor is not None else None) or after
    found = told.resolve_complement(own) if own is not None else None
    return found if found is not None and found.start is not None else None


def _rank(incident: Incident, trigger: int) -> int:
    """The date of the act before that of a release, a rescue or a death from wounds."""
    harms = {h.harm for h in incident.harms if h.trigger == trigger}
    if harms and harms <= _LATE_HARMS:
        return 2
    return 1 if any(h.rule == "harm.subject" for h in incident.harms if h.trigger == trigger) else 0


def anchor_of(drafts: Sequence[EventDraft], incident: Incident) -> Anchor | None:
    """The date from which an incident's relative words count: the event told last, else the day of speech."""
    dated = [d for d in drafts if d.when is not None]
    if not dated:
        return Anchor(incident.said_on.event_date()) if incident.said_on is not None else None
    last = max(dated, key=lambda d: d.last.sentence.index)
    if last.when is None:
        return None
    mentions = (m for i in last.incidents for _, m in i.dates if m.start == last.when.start)
    return Anchor(last.when, next((m.part_of_day for m in mentions if m.part_of_day is not None), None))


def date_undated(drafts: Sequence[EventDraft], *, roundup: bool) -> None:
    """Give events without a date that of the first: all of a round-up, and those told beside it."""
    first = next((d.when for d in drafts if d.when is not None), None)
    if first is None or first.start is None:
        return
    for draft in drafts:
        if draft.when is None and (roundup or _is_told_beside(draft, drafts[0])):
            draft.when = first


def _is_told_beside(draft: EventDraft, main: EventDraft) -> bool:
    """True for "In Bago police fired too": soon after the main event, in the plain past."""
    incident = draft.first
    gaps = [incident.sentence.index - i.sentence.index for i in main.incidents]
    if draft is main or main.when is None or min((gap for gap in gaps if gap > 0), default=_NEAR + 1) > _NEAR:
        return False
    return "then" in incident.sentence.words or not is_of_other_time(incident)


def is_of_other_time(incident: Incident) -> bool:
    """True where the words of an event set it apart from the time of those beside it."""
    doc = incident.sentence.doc
    verbs = [doc[i] for i in incident.triggers if doc[i].pos_ == "VERB"]
    is_earlier = bool(verbs) and all(_is_past_perfect(verb) for verb in verbs)
    return is_earlier or bool(_OTHER_TIME & set(incident.sentence.words))


def _is_past_perfect(verb: Token) -> bool:
    return any(t.dep_ == "aux" and t.lower_ in ("had", "'d") for t in verb.children)


def finer(new: EventDate, old: EventDate) -> bool:
    """True where a new date tells more than a month, a year or a week told before."""
    loose = any(e.rule in ("date.weekend", "date.relative") for e in old.evidence)
    vague = (
        old.precision in (DatePrecision.MONTH, DatePrecision.YEAR)
        or days(old) >= 5
        or (loose and days(new) < days(old))
    )
    return vague and days(new) < 5 and overlap(new, old)


def days(when: EventDate) -> int:
    """How many days a date may mean, less one; 0 for a day."""
    return (when.end - when.start).days if when.start is not None and when.end is not None else 0


def overlap(a: EventDate, b: EventDate) -> bool:
    """True where both may mean one day; an open end has no bound."""
    starts_early = a.start is None or b.end is None or a.start <= b.end
    return starts_early and (b.start is None or a.end is None or b.start <= a.end)
