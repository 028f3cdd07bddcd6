"""Whether an incident tells of an event that the report told before: signs for and against, each weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from casus.model import EventDate, EventType, Harm
from casus.reading.clusters import places_differ
from casus.reading.dating import days, overlap
from casus.reading.drafts import (
    EventDraft,
    agent_names,
    categories_of,
    figures_of,
    target_names,
    victim_names,
)
from casus.reading.incidents import Incident
from casus.reading.parties import party_at
from casus.resolving.places import PlaceKind, PlaceMention

# What each sign weighs; a sum of THRESHOLD or more joins.  Found by `benchmarks/tune.py joining`.
WEIGHTS = {
    "date.same": 2.0,
    "date.near": 0.0,
    "date.inside": -1.2,  # a day within a week or a month
    "date.conflict": -6.0,
    "date.new_only": -0.4,
    "date.rival": -3.75,  # both have tolls, only the new one a date
    "date.first": -1.0,  # the same, of fresh news and the event told first
    "date.old": -1.0,  # a date long before publication, the event so far undated
    "place.same": 2.0,
    "place.within": 0.4,
    "place.conflict": -4.0,
    "place.new_only": -0.25,
    "type.same": 0.5,
    "type.conflict": -0.75,
    "crowd.apart": -1.0,  # a protest or riot against a battle, or the other way
    "agent.same": 1.0,
    "agent.conflict": -2.0,
    "agent.swapped": -1.0,  # who did it before is hit now
    "toll.same": 0.25,
    "toll.rare": 0.4,  # the same number, of RARE or more
    "toll.differs": -0.6,
    "victims.differ": -0.5,  # numbered victims of another side
    "names.differ": -1.5,  # other persons by name
    "names.same": 1.5,
    "definite": 2.0,  # "the attack"
    "indefinite": -0.5,  # "an attack"
    "fronted": -0.5,  # "In Bago, …": the sentence opens with another place
    "later": -0.5,  # "hours later", "also on Monday"
    "more": -0.7,  # "another three", "two other soldiers"
    "apart": -4.0,  # "in another attack", "elsewhere"
    "bare": 1.5,  # no date, place or toll of its own
    "floating": 2.85,  # no date or place, but a toll
    "recent": 1.2,  # the event told last
    "main": 0.4,  # the event told first
    "distance": -0.58,  # each sentence between
    "paragraph": 0.6,
    "past": -0.5,  # told in the past perfect
    "title": 1.5,  # the event so far stands in the title alone
    "freed": 2.5,  # a release and the seizure before it
    "consequence": 1.0,  # people who fled or were arrested, and nothing else
    "pronoun": 1.0,  # done to "him", "them"
    "attackers": 2.5,  # done to "the attackers"
    "fresh": -1.5,  # a new doer acts in a new way on a new target
    "doer.new": -0.5,  # "a teenager", "warplanes": people or arms not told of before
    "item": -2.0,  # another item of a list
}
THRESHOLD = 0.6

_FARTHEST = 10  # sentences; a longer way weighs no more
_RARE = 5
_OLD = timedelta(days=21)
_ARMED = frozenset(
    (
        EventType.ATTACK,
        EventType.KILLING,
        EventType.ARMED_CLASH,
        EventType.BOMBING,
        EventType.SHELLING,
        EventType.AIR_STRIKE,
    )
)
_CROWD = frozenset((EventType.PROTEST, EventType.RIOT))
_PUBLIC = _CROWD | {EventType.ARREST, EventType.DESTRUCTION}
_SPECIAL = frozenset((EventType.ABDUCTION, EventType.ARREST, EventType.PROTEST))
_EXACT = frozenset((EventType.AIR_STRIKE, EventType.BOMBING, EventType.SHELLING))
ENDS = frozenset((Harm.RELEASED, Harm.ESCAPED))
_SEIZED = frozenset((Harm.ABDUCTED, Harm.ARRESTED, Harm.CAPTURED))
_OUTCOMES = frozenset((Harm.DISPLACED, Harm.ARRESTED))
_HELD = frozenset((Harm.ABDUCTED, Harm.RELEASED, Harm.ESCAPED))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "other"))
_ATTACKERS = frozenset(
    ("attacker", "attackers", "assailant", "assailants", "raiders", "bomber", "bombers", "gunmen", "gunman")
)
_OBJECTS = frozenset(("him", "her", "them"))
_APART_FIRST = frozenset(("elsewhere", "separately", "meanwhile", "outside"))
_OTHERS = frozenset(
    ("another", "separate", "second", "similar", "previous", "earlier", "different", "third", "other")
)
_OPENING = 4  # tokens; how far in a place may stand to open a sentence
_LATER = re.compile(
    r"\b(?:hours?|minutes?|moments|days?|weeks?|shortly|soon) (?:later|earlier|afterwards)\b"
    r"|\balso on\b|\b(?:later|earlier) (?:on|in)\b|\bsame (?:day|night|evening|morning)\b"
)
_QUARTERS = frozenset(
    ("quarter", "neighbourhood", "neighborhood", "suburb", "ward", "slum", "sector", "street")
)
_WIDE = (PlaceKind.COUNTRY, PlaceKind.DEMONYM)


def score(
    draft: EventDraft,
    incident: Incident,
    when: EventDate | None,
    *,
    is_recent: bool,
    is_first: bool,
    published_on: date | None = None,
) -> float:
    """How much speaks for one event (see `WEIGHTS`)."""
    signs = [
        *_date_signs(draft, incident, when, published_on, is_first=is_first),
        *_place_signs(draft, incident),
        *_kind_signs(draft, incident),
        *_agent_signs(draft, incident),
        *_toll_signs(draft, incident),
        *_name_signs(draft, incident),
        *_word_signs(draft, incident),
    ]
    if when is None and not local_places(incident):
        signs.append("floating" if incident.has_toll() else "bare")
    if is_recent:
        signs.append("recent")
    if is_first:
        signs.append("main")
    if draft.last.sentence.paragraph == incident.sentence.paragraph:
        signs.append("paragraph")
    gap = incident.sentence.index - draft.last.sentence.index
    return sum(WEIGHTS[sign] for sign in signs) + WEIGHTS["distance"] * min(gap, _FARTHEST)


def _date_signs(
    draft: EventDraft,
    incident: Incident,
    when: EventDate | None,
    published_on: date | None,
    *,
    is_first: bool,
) -> Iterator[str]:
    if is_release_of(draft, incident):
        yield "freed"
        return
    if when is None:
        return
    if draft.when is None:
        is_rival = incident.has_toll() and draft.has_toll() and not _is_title_alone(draft)
        is_old = published_on is not None and when.end is not None and published_on - when.end > _OLD
        if is_rival:
            yield "date.first" if is_first and published_on is not None and not is_old else "date.rival"
        else:
            yield "date.new_only"
        if is_old:
            yield "date.old"
    elif when.start == draft.when.start and when.end == draft.when.end:
        yield "date.same"
    elif not overlap(when, draft.when):
        yield "date.conflict"
    else:
        yield "date.inside" if days(draft.when) >= 3 and days(when) < 3 else "date.near"


def is_release_of(draft: EventDraft, incident: Incident) -> bool:
    """True where one tells of a seizure and the other only of how it ended, whatever the day."""
    mine, theirs = {h.harm for h in incident.harms}, draft.harms()
    ends, begins = mine <= ENDS and bool(mine), theirs <= ENDS and bool(theirs)
    if ends and not begins:
        return bool(theirs & _SEIZED) or EventType.ABDUCTION in draft.types()
    return begins and not ends and (bool(mine & _SEIZED) or EventType.ABDUCTION in incident.types())


def _is_title_alone(draft: EventDraft) -> bool:
    return all(i.sentence.is_title for i in draft.incidents)


def local_places(incident: Incident) -> list[PlaceMention]:
    """An incident's places smaller than a country."""
    return [p for _, p in incident.places if p.kind not in _WIDE]


def _place_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    mine = local_places(incident)
    theirs = [p for p in draft.places() if p.kind not in _WIDE]
    countries = {p.place.country_code for _, p in incident.places if p.place.country_code}
    their_countries = {p.place.country_code for p in draft.places() if p.place.country_code}
    if is_release_of(draft, incident):
        return
    if any(_same_place(a, b) for a in mine for b in theirs):
        yield "place.same"
    elif countries and their_countries and not countries & their_countries:
        yield "place.conflict"
    elif not mine:
        return
    elif not theirs:
        yield "place.new_only"
    elif all(places_differ(a, b) and not _is_quarter(incident, a) for a in mine for b in theirs):
        yield "place.conflict"
    else:
        yield "place.within"


def _is_quarter(incident: Incident, mention: PlaceMention) -> bool:
    """True for "the Boriki quarter": a part of a town that may have been named before."""
    tokens = incident.sentence.tokens_in(mention.start_char, mention.end_char)
    return tokens is not None and bool(_QUARTERS & set(incident.sentence.words[tokens[1] : tokens[1] + 1]))


def _same_place(a: PlaceMention, b: PlaceMention) -> bool:
    pa, pb = a.place, b.place
    if pa.geonames_id is not None and pa.geonames_id == pb.geonames_id and a.kind == b.kind:
        return True
    return bool(pa.name and pb.name and pa.name.lower() == pb.name.lower())


def _kind_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    mine, theirs = incident.types(), draft.types()
    harms = {h.harm for h in incident.harms}
    if mine & theirs or (harms & _HELD and draft.harms() & _HELD):
        yield "type.same"
    if not mine or not theirs or mine & theirs:
        return
    if (
        (mine & _SPECIAL and theirs & _ARMED and not theirs & _SPECIAL)
        or (theirs & _SPECIAL and mine & (_ARMED - {EventType.ATTACK}) and not mine & _SPECIAL)
        or (mine <= _EXACT and theirs <= _EXACT)
    ):
        yield "type.conflict"
    if (mine <= _PUBLIC and mine & _CROWD and theirs <= _ARMED) or (theirs & _CROWD and mine <= _ARMED):
        yield "crowd.apart"


def _agent_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    mine, theirs = agent_names(incident), draft.agents()
    if mine and theirs:
        yield "agent.same" if mine & theirs else "agent.conflict"
    struck_back = mine & (draft.targets() - theirs) or (target_names(incident) - mine) & theirs
    if struck_back and not mine & theirs:
        yield "agent.swapped"
    if _is_fresh(draft, incident):
        yield "fresh"
    if _has_new_doer(draft, incident):
        yield "doer.new"


def _is_fresh(draft: EventDraft, incident: Incident) -> bool:
    """True where a new doer acts in a new way on a target: "army guns then turned on villages"."""
    known = draft.agents()
    for act in incident.acts:
        if act.rule != "act.verb" or act.agent is None or act.target is None or act.target.pos_ == "PRON":
            continue
        doer = party_at(act.agent, incident.reader, incident.marks)
        if (
            doer is not None
            and doer.is_named
            and doer.actor.name.lower() not in known
            and act.event_type not in draft.types()
        ):
            return True
    return False


def _has_new_doer(draft: EventDraft, incident: Incident) -> bool:
    """True where an act has a doer brought in as somebody new, and the event so far another one."""
    known = {act.agent.lemma_.lower() for i in draft.incidents for act in i.acts if act.agent is not None}
    for act in incident.acts:
        agent = act.agent if act.rule == "act.verb" else None
        if agent is None or agent.pos_ != "NOUN" or agent.lemma_.lower() in known or not known:
            continue
        if not any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in agent.lefts):
            return True
    return False


def _toll_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    mine, theirs = figures_of(incident), draft.figures()
    if mine & theirs:
        yield "toll.same"
        if any(number >= _RARE for _, number in mine & theirs):
            yield "toll.rare"
        return
    if {h for h, _ in mine} & {h for h, _ in theirs}:
        yield "toll.differs"
    sides = categories_of(incident)
    their_sides = {pair for i in draft.incidents for pair in categories_of(i)}
    if any(h == k and a is not b for h, a in sides for k, b in their_sides) and not sides & their_sides:
        yield "victims.differ"


def _name_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    mine, theirs = victim_names(incident), draft.victims()
    if mine and theirs:
        shared = any(a in b or b in a for a in mine for b in theirs)
        yield "names.same" if shared else "names.differ"


def _word_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    is_apart = _says_apart(incident)
    if _is_definite(incident, draft) and not is_apart:
        yield "definite"
    elif any(a.is_indefinite and not a.is_loose and not a.is_weapon for a in incident.acts):
        yield "indefinite"
    if is_apart:
        yield "apart"
    if draft.last.sentence.item != incident.sentence.item:
        yield "item"
    if _opens_elsewhere(draft, incident):
        yield "fronted"
    if _LATER.search(" ".join(incident.sentence.words)):
        yield "later"
    if any(g.is_more for h in incident.harms for g in h.groups):
        yield "more"
    if all(_in_past_perfect(incident, t) for t in incident.triggers):
        yield "past"
    if _is_title_alone(draft):
        yield "title"
    if not incident.acts and not incident.dates and {h.harm for h in incident.harms} <= _OUTCOMES:
        yield "consequence"
    if any(a.target is not None and a.target.lower_ in _OBJECTS for a in incident.acts):
        yield "pronoun"
    if _is_of_attackers(incident):
        yield "attackers"


def _is_of_attackers(incident: Incident) -> bool:
    """True where the victims are those who did what was told before: "four of the attackers were shot"."""
    doc = incident.sentence.doc
    return any(
        doc[i].lower_ in _ATTACKERS and doc[i - 1].lower_ == "the"
        for h in incident.harms
        for g in h.groups
        for i in range(max(1, g.start), min(g.end + 3, len(doc)))
    )


def _opens_elsewhere(draft: EventDraft, incident: Incident) -> bool:
    """True where a sentence opens with a place that the event told before does not have."""
    words = incident.sentence.words
    if not words or words[0] not in ("in", "at", "near", "outside", "around"):
        return False
    known = [p for p in draft.places() if p.kind not in _WIDE]
    for mention in local_places(incident):
        tokens = incident.sentence.tokens_in(mention.start_char, mention.end_char)
        if tokens is not None and tokens[0] <= _OPENING:
            return not any(_same_place(mention, other) for other in known)
    return False


def _in_past_perfect(incident: Incident, trigger: int) -> bool:
    return any(c.lower_ in ("had", "'d") and c.dep_ == "aux" for c in incident.sentence.doc[trigger].lefts)


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


def _says_apart(incident: Incident) -> bool:
    """True where the words set it apart: "in another attack", "elsewhere", "another 11 bodies"."""
    words = incident.sentence.words
    if words and words[0] in _APART_FIRST:
        return True
    if any(h.rule == "harm.bodies" and any(g.is_more for g in h.groups) for h in incident.harms):
        return True
    return any(
        _OTHERS & set(words[max(0, act.start - 3) : act.start])
        for act in incident.acts
        if act.rule == "act.noun"
    )


def is_contrast(draft: EventDraft, incident: Incident) -> bool:
    """True where an incident is of another sort than an event: a crowd's against fighters'."""
    return "crowd.apart" in _kind_signs(draft, incident) or _is_fresh(draft, incident)


def is_continuation(incident: Incident) -> bool:
    """True for an incident with no date and no place of its own."""
    return not incident.dates and not local_places(incident)
