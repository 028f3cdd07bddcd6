"""Which incidents of a report are the same event.

Incidents are taken in the order of the text.  Each is compared with the events told so
far; `WEIGHTS` says how much each sign counts.  An incident without date, place or
number of its own goes on with the event before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from casus.model import DatePrecision, EventDate, EventType, Harm
from casus.reading.acts import ActMention
from casus.reading.clusters import places_differ
from casus.reading.doings import doings_of
from casus.reading.incidents import Incident
from casus.reading.parties import Party, party_at
from casus.reading.realis import is_habit, is_real
from casus.resolving.dates import DateKind, Relation
from casus.resolving.places import PlaceMention

# Chosen on the development reports (docs/reading-log.md); a score of THRESHOLD or more joins.
WEIGHTS = {
    "date.same": 2.0,
    "date.near": 0.0,
    "date.inside": -1.2,
    "date.conflict": -6.0,
    "date.new_only": -0.4,
    "date.rival": -3.75,
    "place.same": 2.5,
    "place.within": 0.4,
    "place.conflict": -4.0,
    "place.new_only": -0.5,
    "type.same": 0.5,
    "type.conflict": -1.25,
    "agent.same": 1.0,
    "agent.conflict": -2.0,
    "agent.swapped": -2.0,
    "toll.same": 0.25,
    "toll.differs": -0.6,
    "definite": 2.0,
    "apart": -4.0,
    "bare": 1.5,
    "floating": 2.85,
    "recent": 1.2,
    "main": 0.4,
    "distance": -0.58,
    "paragraph": 0.6,
    "background": -1.0,
    "fresh": -1.5,
}
THRESHOLD = 0.6

_ARMED = {
    EventType.ATTACK,
    EventType.KILLING,
    EventType.ARMED_CLASH,
    EventType.BOMBING,
    EventType.SHELLING,
    EventType.AIR_STRIKE,
}
_PUBLIC = {EventType.PROTEST, EventType.RIOT, EventType.ARREST, EventType.DESTRUCTION}


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event while the report is being read: its incidents and what they say together."""

    incidents: list[Incident] = field(default_factory=list)
    when: EventDate | None = None
    is_background: bool = False

    @property
    def first(self) -> Incident:
        """The incident that told of it first."""
        return self.incidents[0]

    @property
    def last(self) -> Incident:
        """The incident that told of it last."""
        return self.incidents[-1]

    def places(self) -> list[PlaceMention]:
        """Its places, in the order of the text."""
        return [place for incident in self.incidents for _, place in incident.places]

    def types(self) -> set[EventType]:
        """The kinds of event that its words name."""
        return {t for incident in self.incidents for t in incident.types()}

    def agents(self) -> set[str]:
        """The names of the actors said to have done it, in lower case."""
        return {
            p.actor.name.lower() for incident in self.incidents for p in agents_of(incident) if p.is_named
        }

    def figures(self) -> set[tuple[Harm, int]]:
        """Its figures, by harm."""
        return {f for incident in self.incidents for f in figures_of(incident)}


def _owners(incident: Incident) -> list[str]:
    """The sides that own up to the event in the incident's sentence."""
    text = " ".join(incident.sentence.words)
    owning = "its work" in text or "was behind" in text
    return [
        v.affiliation
        for s in incident.statements
        for v in s.voices
        if v.affiliation is not None and (s.kind == "responsibility" or owning)
    ]


def agents_of(incident: Incident) -> list[Party]:
    """The parties that an incident's words make its doers, in order."""
    return [doing.party for doing in doings_of(incident)]


def figures_of(incident: Incident) -> set[tuple[Harm, int]]:
    """The figures of an incident, by harm."""
    return {
        (h.harm, g.best if g.best is not None else g.low)
        for h in incident.harms
        for g in h.groups
        if not g.is_part and g.quantity is not None and (g.best is not None or g.low is not None)
    }  # type: ignore[misc]


def own_date(incident: Incident, anchor: EventDate | None) -> EventDate | None:
    """The date that an incident's own words give, relative words counted from `anchor`."""
    ordered = sorted(
        incident.dates, key=lambda pair: (_date_rank(incident, pair[0]), _PRECISION.index(pair[1].precision))
    )
    seized = _date_of_seizure(incident)
    if seized is not None:
        return seized
    for _, mention in ordered:
        if mention.relation in (Relation.BEFORE, Relation.AFTER) or mention.has_complement:
            continue
        if mention.kind is DateKind.ABSOLUTE and mention.start is not None:
            return mention.event_date()
        if mention.kind is DateKind.ANAPHORIC and anchor is not None:
            found = mention.resolve(anchor)
            if found.start is not None:
                return found
    return None


def _date_of_seizure(incident: Incident) -> EventDate | None:
    """ "Freed on Wednesday, two days after they were seized": the day of the seizure."""
    own = next((m for _, m in incident.dates if m.kind is DateKind.ABSOLUTE and m.start is not None), None)
    told = next((m for _, m in incident.dates if m.has_complement), None)
    if own is None or told is None or not {h.harm for h in incident.harms} & _LATE_HARMS:
        return None
    found = told.resolve_complement(own.event_date())
    return found if found.start is not None else None


_PRECISION = [
    DatePrecision.DAY,
    DatePrecision.RANGE,
    DatePrecision.MONTH,
    DatePrecision.YEAR,
    DatePrecision.UNKNOWN,
]
_LATE_HARMS = {Harm.RELEASED, Harm.ESCAPED}


def _date_rank(incident: Incident, trigger: int) -> int:
    """The date of the act before that of a release, a rescue or a death from wounds."""
    harms = {h.harm for h in incident.harms if h.trigger == trigger}
    if harms and harms <= _LATE_HARMS:
        return 2
    return 1 if any(h.rule == "harm.subject" for h in incident.harms if h.trigger == trigger) else 0


_ROUNDUP = re.compile(
    r"\b(round-?up|incidents|developments|violence across|attacks across|at a glance|factbox|in brief|wrap-?up|weekly|this week in|chronology|timeline)\b",
    re.IGNORECASE,
)


def is_roundup(heading: str) -> bool:
    """True where title and lead announce a list of separate events."""
    return bool(_ROUNDUP.search(heading))


def group_events(incidents: Sequence[Incident], *, roundup: bool = False) -> list[EventDraft]:
    """The events of a report, in the order in which it tells them.

    In a round-up each sentence with a toll tells an event of its own.
    """
    drafts: list[EventDraft] = []
    for incident in incidents:
        if not _happened(incident):
            continue
        anchor = _anchor(drafts, incident)
        when = own_date(incident, anchor)
        home = _home(drafts, incident, when, roundup=roundup)
        if home is not None:
            home.incidents.append(incident)
            if home.when is None and when is not None:
                home.when = when
            elif when is not None and home.when is not None and _finer(when, home.when):
                home.when = when
        elif _makes_event(incident, when, is_lead=not drafts and incident.sentence.index <= 2):
            drafts.append(EventDraft([incident], when))
        elif drafts and _continues(incident):
            _latest(drafts).incidents.append(incident)
    _date_undated(drafts, roundup=roundup)
    return drafts


def _date_undated(drafts: list[EventDraft], *, roundup: bool) -> None:
    """Give events without a date the one that the text has just told: all of a round-up, and those told beside the first."""
    first = next((d.when for d in drafts if d.when is not None), None)
    if first is None or first.start is None:
        return
    for draft in drafts:
        if draft.when is None and (roundup or _told_beside(draft, drafts[0])):
            draft.when = first


def _told_beside(draft: EventDraft, main: EventDraft) -> bool:
    """True for "In Bago police fired too": of the main event's kind, soon after it, in the plain past."""
    incident = draft.first
    if draft is main or main.when is None or incident.sentence.index - main.first.sentence.index > 6:
        return False
    words = incident.sentence.words
    if {"meanwhile", "earlier", "previous", "last", "ago", "later", "had", "since", "separately", "before"} & set(words):
        return False
    return bool(draft.types() & main.types()) or bool({h.harm for h in incident.harms} & {h.harm for i in main.incidents for h in i.harms})


def _anchor(drafts: list[EventDraft], incident: Incident) -> EventDate | None:
    dated = [d for d in drafts if d.when is not None]
    if not dated:
        return incident.said_on.event_date() if incident.said_on is not None else None
    return max(dated, key=lambda d: d.last.sentence.index).when


def _latest(drafts: list[EventDraft]) -> EventDraft:
    return max(drafts, key=lambda d: d.last.sentence.index)


def _finer(new: EventDate, old: EventDate) -> bool:
    """True where a new date tells more than a month, a year or a week told before."""
    weekend = any(e.rule in ("date.weekend", "date.relative") for e in old.evidence)
    vague = old.precision in (DatePrecision.MONTH, DatePrecision.YEAR) or _days(old) >= 5 or (weekend and _days(new) < _days(old))
    return vague and _days(new) < 5 and _overlap(new, old)


def _days(when: EventDate) -> int:
    """How many days a date may mean, less one; 0 for a day."""
    return (when.end - when.start).days if when.start is not None and when.end is not None else 0


def _happened(incident: Incident) -> bool:
    """Drop the triggers that tell of no real act; False where none is left."""
    doc = incident.sentence.doc
    incident.harms = [
        h for h in incident.harms if is_real(doc[h.trigger]) and not any(g.is_none for g in h.groups)
    ]
    incident.acts = [a for a in incident.acts if is_real(doc[a.trigger])]
    counted = incident.has_toll()
    dated = any(m.start is not None for _, m in incident.dates)
    if not counted and not dated:
        incident.harms = [h for h in incident.harms if not is_habit(doc[h.trigger])]
        incident.acts = [a for a in incident.acts if not is_habit(doc[a.trigger])]
    return bool(incident.harms or incident.acts)


def _home(
    drafts: list[EventDraft], incident: Incident, when: EventDate | None, *, roundup: bool
) -> EventDraft | None:
    scored = [
        (score(draft, incident, when, is_recent=draft is _latest(drafts), is_first=i == 0), -i, draft)
        for i, draft in enumerate(drafts)
    ]
    if roundup and incident.has_toll() and not any(a.is_definite for a in incident.acts):
        scored = [(value - 2.5, order, draft) for value, order, draft in scored]
    best = max(scored, key=lambda s: (s[0], s[1]), default=None)
    return best[2] if best is not None and best[0] >= THRESHOLD else None


def score(
    draft: EventDraft, incident: Incident, when: EventDate | None, *, is_recent: bool, is_first: bool
) -> float:
    """How much speaks for one event (see `WEIGHTS`)."""
    signs = [
        *_date_signs(draft, incident, when),
        *_place_signs(draft, incident),
        *_kind_signs(draft, incident),
        *_agent_signs(draft, incident),
        *_toll_signs(draft, incident),
    ]
    definite = _is_definite(incident, draft)
    if definite:
        signs.append("definite")
    if _says_apart(incident):
        signs.append("apart")
    if when is None and not _local_places(incident):
        signs.append("floating" if incident.has_toll() else "bare")
    if is_recent:
        signs.append("recent")
    if is_first:
        signs.append("main")
    if draft.last.sentence.paragraph == incident.sentence.paragraph:
        signs.append("paragraph")
    if _is_fresh(draft, incident):
        signs.append("fresh")
    gap = incident.sentence.index - draft.last.sentence.index
    return sum(WEIGHTS[sign] for sign in signs) + WEIGHTS["distance"] * min(gap, 10)


def _date_signs(draft: EventDraft, incident: Incident, when: EventDate | None) -> list[str]:
    if when is None:
        return []
    if draft.when is None:
        rival = incident.has_toll() and any(i.has_toll() for i in draft.incidents)
        return ["date.rival"] if rival else ["date.new_only"]
    if when.start == draft.when.start and when.end == draft.when.end:
        return ["date.same"]
    if not _overlap(when, draft.when):
        return ["date.conflict"]
    return ["date.inside"] if _days(draft.when) >= 3 and _days(when) < 3 else ["date.near"]


def _overlap(a: EventDate, b: EventDate) -> bool:
    far = date.max
    return (a.start or date.min) <= (b.end or far) and (b.start or date.min) <= (a.end or far)


def _local_places(incident: Incident) -> list[PlaceMention]:
    return [p for _, p in incident.places if p.kind not in ("country", "demonym")]


def _place_signs(draft: EventDraft, incident: Incident) -> list[str]:
    mine = _local_places(incident)
    theirs = [p for p in draft.places() if p.kind not in ("country", "demonym")]
    countries = {p.place.country_code for _, p in incident.places if p.place.country_code}
    their_countries = {p.place.country_code for p in draft.places() if p.place.country_code}
    if countries and their_countries and not countries & their_countries:
        return ["place.conflict"]
    if not mine:
        return []
    if not theirs:
        return ["place.new_only"]
    if any(_same_place(a, b) for a in mine for b in theirs):
        return ["place.same"]
    if all(places_differ(a, b) for a in mine for b in theirs):
        return ["place.conflict"]
    return ["place.within"]


def _same_place(a: PlaceMention, b: PlaceMention) -> bool:
    pa, pb = a.place, b.place
    if pa.geonames_id is not None and pa.geonames_id == pb.geonames_id and a.kind == b.kind:
        return True
    return bool(pa.name and pb.name and pa.name.lower() == pb.name.lower())


def _kind_signs(draft: EventDraft, incident: Incident) -> list[str]:
    mine, theirs = incident.types(), draft.types()
    signs = []
    if mine & theirs:
        signs.append("type.same")
    held = {Harm.ABDUCTED, Harm.RELEASED, Harm.ESCAPED}
    my_harms = {h.harm for h in incident.harms}
    their_harms = {h.harm for i in draft.incidents for h in i.harms}
    if mine and theirs and not mine & theirs:
        special = {EventType.ABDUCTION, EventType.ARREST, EventType.PROTEST}
        if (mine & special) and (theirs & _ARMED) and not (theirs & special):
            signs.append("type.conflict")
        elif (theirs & special) and (mine & (_ARMED - {EventType.ATTACK})) and not (mine & special):
            signs.append("type.conflict")
        elif len(mine | theirs) and _far_apart(mine, theirs):
            signs.append("type.conflict")
    if my_harms & held and their_harms & held and "type.same" not in signs:
        signs.append("type.same")
    return signs


def _far_apart(mine: set[EventType], theirs: set[EventType]) -> bool:
    """True for an air strike against a bombing on the ground, and the like; an "attack" goes with any."""
    exact = {EventType.AIR_STRIKE, EventType.BOMBING, EventType.SHELLING}
    return bool(mine <= exact and theirs <= exact and mine and theirs)


def _agent_signs(draft: EventDraft, incident: Incident) -> list[str]:
    mine = {p.actor.name.lower() for p in agents_of(incident) if p.is_named}
    theirs = draft.agents()
    if not mine or not theirs:
        return []
    return ["agent.same"] if mine & theirs else ["agent.conflict"]


def _toll_signs(draft: EventDraft, incident: Incident) -> list[str]:
    mine, theirs = figures_of(incident), draft.figures()
    if mine & theirs:
        return ["toll.same"]
    return ["toll.differs"] if {h for h, _ in mine} & {h for h, _ in theirs} else []


def _is_fresh(draft: EventDraft, incident: Incident) -> bool:
    """True where a new doer acts in a new way on a new target: "Israeli artillery then turned on villages"."""
    theirs = draft.agents()
    for act in incident.acts:
        if act.rule != "act.verb" or act.agent is None or act.target is None or act.target.pos_ == "PRON":
            continue
        doer = party_at(act.agent, incident.reader, incident.marks)
        if doer is not None and doer.is_named and doer.actor.name.lower() not in theirs and act.event_type not in draft.types():
            return True
    return False


def _is_definite(incident: Incident, draft: EventDraft) -> bool:
    """True for "the attack", "the killings": an act told before, of a kind that fits."""
    types = draft.types()
    for act in incident.acts:
        if act.rule == "act.noun" and act.is_definite:
            return (
                act.event_type in types
                or not types
                or (act.event_type in _ARMED and bool(types & _ARMED))
                or (act.event_type in _PUBLIC and bool(types & _PUBLIC))
            )
    return any(
        g.pronoun in ("they", "them", "all", "both") or (g.is_definite and g.quantity is not None)
        for h in incident.harms
        for g in h.groups
    )


_OTHER_EVENT = {
    "another",
    "elsewhere",
    "separately",
    "separate",
    "meanwhile",
    "similar",
    "previous",
    "earlier",
    "also",
}


_APART_FIRST = {"elsewhere", "separately", "meanwhile", "outside"}


def _says_apart(incident: Incident) -> bool:
    """True where the words set it apart: "in another attack", "elsewhere", "a second bomb", "another 11 bodies"."""
    words = incident.sentence.words
    if words and words[0] in _APART_FIRST:
        return True
    if any(h.rule == "harm.bodies" and any(g.is_more for g in h.groups) for h in incident.harms):
        return True
    for act in incident.acts:
        if act.rule == "act.noun":
            before = words[max(0, act.start - 3) : act.start]
            if any(w in ("another", "separate", "second", "similar", "previous", "earlier", "different", "third", "other") for w in before):
                return True
    return False


def _makes_event(incident: Incident, when: EventDate | None, *, is_lead: bool) -> bool:
    """True where an incident says enough to stand as an event of its own."""
    if _is_aftermath(incident):
        return False
    if incident.has_toll():
        return True
    specific = [a for a in incident.acts if not _is_loose(incident, a)]
    named = [h for h in incident.harms if any(g.is_named or g.low is not None for g in h.groups)]
    told = [h for h in incident.harms if h.groups and not any(g.pronoun for g in h.groups)]
    if is_lead and (specific or told or any(h.agent is not None and h.groups for h in incident.harms)):
        return True
    if when is not None:
        return when.precision is not DatePrecision.YEAR and bool(
            specific or named or told or (agents_of(incident) and incident.acts)
        )
    if named:
        return True
    placed = bool(incident.places)
    aimed = any(a.target is not None for a in specific)
    return placed and bool(aimed or told or (specific and agents_of(incident)))


def _is_aftermath(incident: Incident) -> bool:
    """True for "the man who died on Sunday": one of the victims told before, not an event."""
    groups = [g for h in incident.harms for g in h.groups]
    return (
        bool(groups)
        and not incident.acts
        and not any(h.agent is not None for h in incident.harms)
        and all(g.is_definite and g.quantity is None and not g.is_named and g.low == 1 for g in groups)
    )


_LOOSE = {
    "violence",
    "fighting",
    "operation",
    "incident",
    "unrest",
    "crackdown",
    "combat",
    "sweep",
    "encounter",
    "confrontation",
    "crossfire",
}


def _is_loose(incident: Incident, act: ActMention) -> bool:
    """True for words that sum up rather than tell: plural nouns without article, "violence", "fighting"."""
    if act.rule != "act.noun":
        return False
    return act.is_plural or incident.sentence.words[act.trigger] in _LOOSE


def _continues(incident: Incident) -> bool:
    return not incident.dates and not _local_places(incident)
