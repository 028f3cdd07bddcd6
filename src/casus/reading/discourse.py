"""Which incidents of a report tell of one event.

Incidents are taken in the order of the text.  Each joins the event told before with
which it agrees most (`joining`), or begins one of its own where it says enough to stand
alone.  An incident without date, place or number of its own goes on with the event told last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from casus.model import DatePrecision, EventDate
from casus.reading.acts import ActMention
from casus.reading.dating import anchor_of, days, finer, own_date
from casus.reading.drafts import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.joining import THRESHOLD, is_continuation, is_contrast, score
from casus.reading.realis import is_habit, is_real
from casus.reading.scene_signs import ENDS, is_release_of, local_places

_ROUNDUP = re.compile(
    r"\b(round-?up|incidents|developments|violence across|attacks across|at a glance|factbox|in brief|"
    r"wrap-?up|weekly|this week in|chronology|timeline)\b",
    re.IGNORECASE,
)
_ROUNDUP_COST = 2.5  # what joining costs more in a round-up
_SEASON = 80  # days; so long a time holds many events
_LEAD = 2  # the last sentence in which a report's first event may be told without date or number


def is_roundup(heading: str) -> bool:
    """True where title and lead announce a list of separate events."""
    return bool(_ROUNDUP.search(heading))


def group_events(
    incidents: Sequence[Incident], *, roundup: bool = False, published_on: date | None = None
) -> list[EventDraft]:
    """The events of a report, in the order in which it tells them.

    In a round-up each sentence with a toll tells an event of its own.
    """
    drafts: list[EventDraft] = []
    for incident in incidents:
        if not _happened(incident):
            continue
        when = own_date(incident, anchor_of(drafts, incident))
        home = _home(drafts, incident, when, roundup=roundup, published_on=published_on)
        if home is not None:
            _join(home, incident, when)
        elif _makes_event(incident, when, is_lead=not drafts and incident.sentence.index <= _LEAD) or (
            not drafts and _is_told(incident)
        ):
            drafts.append(EventDraft([incident], when))
        elif drafts and is_continuation(incident):
            if _is_told(incident) and is_contrast(_latest(drafts), incident):
                drafts.append(EventDraft([incident], when))
            else:
                _latest(drafts).incidents.append(incident)
    return drafts


def _join(draft: EventDraft, incident: Incident, when: EventDate | None) -> None:
    is_seizure = is_release_of(draft, incident) and {h.harm for h in draft.incidents[0].harms} <= ENDS
    draft.incidents.append(incident)
    if is_seizure and when is not None:
        draft.when = when
        return
    if not incident.harms and all(a.is_loose for a in incident.acts):
        return  # "since the operation began last week" dates no event of its own
    if when is not None and (draft.when is None or finer(when, draft.when)):
        draft.when = when


def _latest(drafts: Sequence[EventDraft]) -> EventDraft:
    return max(drafts, key=lambda d: d.last.sentence.index)


def _home(
    drafts: Sequence[EventDraft],
    incident: Incident,
    when: EventDate | None,
    *,
    roundup: bool,
    published_on: date | None,
) -> EventDraft | None:
    """The event that an incident tells of, among those told before."""
    if not drafts:
        return None
    latest = _latest(drafts)
    scores = [
        score(draft, incident, when, is_recent=draft is latest, is_first=i == 0, published_on=published_on)
        for i, draft in enumerate(drafts)
    ]
    best = max(range(len(drafts)), key=lambda i: (scores[i], -i))
    apart = roundup and incident.has_toll() and not any(a.is_definite for a in incident.acts)
    return drafts[best] if scores[best] - (_ROUNDUP_COST if apart else 0.0) >= THRESHOLD else None


def _happened(incident: Incident) -> bool:
    """Drop the triggers that tell of no real act; False where none is left."""
    doc = incident.sentence.doc
    incident.harms = [
        h for h in incident.harms if is_real(doc[h.trigger]) and not any(g.is_none for g in h.groups)
    ]
    incident.acts = [a for a in incident.acts if is_real(doc[a.trigger])]
    dated = any(m.start is not None for _, m in incident.dates)
    if not incident.has_toll() and not dated and not incident.sentence.is_title:
        incident.harms = [h for h in incident.harms if not is_habit(doc[h.trigger])]
        incident.acts = [a for a in incident.acts if not is_habit(doc[a.trigger])]
    return bool(incident.harms or incident.acts)


def _makes_event(incident: Incident, when: EventDate | None, *, is_lead: bool) -> bool:
    """True where an incident says enough to stand as an event of its own."""
    if _is_aftermath(incident) and not is_lead:
        return False
    if when is not None and days(when) >= _SEASON and not local_places(incident):
        return False  # "in 2013, when 81 of them were killed": a figure over a period
    if incident.has_toll():
        return True
    specific = [a for a in incident.acts if not _is_loose(a)]
    named = any(g.is_named or g.low is not None for h in incident.harms for g in h.groups)
    told = any(h.groups and not any(g.pronoun for g in h.groups) for h in incident.harms)
    if is_lead and (specific or told or any(h.agent is not None and h.groups for h in incident.harms)):
        return True
    if when is not None:
        by_somebody = bool(incident.acts) and bool(agents_of(incident))
        return when.precision is not DatePrecision.YEAR and (bool(specific) or named or told or by_somebody)
    if named:
        return True
    aimed = any(a.target is not None for a in specific)
    return bool(incident.places) and (aimed or told or (bool(specific) and bool(agents_of(incident))))


def _is_told(incident: Incident) -> bool:
    """True for an act with doer and target, in a report that has told no event so far."""
    by_somebody = bool(agents_of(incident))
    return by_somebody and any(a.target is not None and not _is_loose(a) for a in incident.acts)


def _is_aftermath(incident: Incident) -> bool:
    """True for "the man who died on Sunday": one of the victims told before, not an event."""
    groups = [g for h in incident.harms for g in h.groups]
    return (
        bool(groups)
        and not incident.acts
        and not agents_of(incident)
        and all(g.is_definite and g.quantity is None and not g.is_named and g.low == 1 for g in groups)
    )


def _is_loose(act: ActMention) -> bool:
    """True for words that sum up rather than tell: plural nouns, "violence", "fighting"."""
    return act.rule == "act.noun" and (act.is_plural or act.is_loose)
