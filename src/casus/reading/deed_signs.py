"""Signs of one event in what was done, by whom and to whom (weighed by `joining`)."""

from __future__ import annotations

from collections.abc import Iterator

from casus.model import EventType, Harm
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

_RARE = 5
ARMED = frozenset(
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
PUBLIC = _CROWD | {EventType.ARREST, EventType.DESTRUCTION}
_SPECIAL = frozenset((EventType.ABDUCTION, EventType.ARREST, EventType.PROTEST))
_EXACT = frozenset((EventType.AIR_STRIKE, EventType.BOMBING, EventType.SHELLING))
_HELD = frozenset((Harm.ABDUCTED, Harm.RELEASED, Harm.ESCAPED))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both", "other"))
_ATTACKERS = frozenset(
    ("attacker", "attackers", "assailant", "assailants", "raiders", "bomber", "bombers", "gunmen", "gunman")
)


def kind_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """Whether the words name one kind of event, or kinds that do not go together."""
    mine, theirs = incident.types(), draft.types()
    harms = {h.harm for h in incident.harms}
    if mine & theirs or (harms & _HELD and draft.harms() & _HELD):
        yield "type.same"
    if (
        mine <= PUBLIC
        and mine & _CROWD
        and not theirs
        and any(h.agent for i in draft.incidents for h in i.harms)
    ):
        yield "crowd.apart"  # who killed did it before the crowd came
    if not mine or not theirs or mine & theirs:
        return
    if (
        (mine & _SPECIAL and theirs & ARMED and not theirs & _SPECIAL)
        or (theirs & _SPECIAL and mine & (ARMED - {EventType.ATTACK}) and not mine & _SPECIAL)
        or (mine <= _EXACT and theirs <= _EXACT)
    ):
        yield "type.conflict"
    if (mine <= PUBLIC and mine & _CROWD and theirs <= ARMED) or (theirs & _CROWD and mine <= ARMED):
        yield "crowd.apart"


def agent_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """Whether the same actors do it, others, or those to whom it was done before."""
    mine, theirs = agent_names(incident), draft.agents()
    if mine and theirs:
        yield "agent.same" if mine & theirs else "agent.conflict"
    struck_back = mine & (draft.targets() - theirs) or (target_names(incident) - mine) & theirs
    if struck_back and not mine & theirs:
        yield "agent.swapped"
    if is_fresh(draft, incident):
        yield "fresh"
    if _has_new_doer(draft, incident):
        yield "doer.new"


def is_fresh(draft: EventDraft, incident: Incident) -> bool:
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


def toll_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """Whether the same numbers are harmed, others, or people of another side."""
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


def name_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """Whether persons harmed are the same by name."""
    mine, theirs = victim_names(incident), draft.victims()
    if mine and theirs:
        shared = any(a in b or b in a for a in mine for b in theirs)
        yield "names.same" if shared else "names.differ"


def is_of_attackers(incident: Incident) -> bool:
    """True where the victims are those who did what was told before: "four of the attackers were shot"."""
    doc = incident.sentence.doc
    return any(
        doc[i].lower_ in _ATTACKERS and doc[i - 1].lower_ == "the"
        for h in incident.harms
        for g in h.groups
        for i in range(max(1, g.start), min(g.end + 3, len(doc)))
    )
