"""Signs of one event in the words that tie a sentence to what was told (weighed by `joining`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casus.model import Harm
from casus.reading.deed_signs import ARMED, PUBLIC, is_of_attackers
from casus.reading.drafts import (
    EventDraft,
)
from casus.reading.incidents import Incident
from casus.reading.scene_signs import is_title_alone, opens_elsewhere

_OUTCOMES = frozenset((Harm.DISPLACED, Harm.ARRESTED))
_OBJECTS = frozenset(("him", "her", "them"))
_APART_FIRST = frozenset(("elsewhere", "separately", "meanwhile", "outside"))
_OTHERS = frozenset(
    ("another", "separate", "second", "similar", "previous", "earlier", "different", "third", "other")
)
_LATER = re.compile(
    r"\b(?:hours?|minutes?|moments|days?|weeks?|shortly|soon) (?:later|earlier|afterwards)\b"
    r"|\balso on\b|\b(?:later|earlier) (?:on|in)\b|\bsame (?:day|night|evening|morning)\b"
)


def word_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """What the words say of it: "the attack", "another attack", "hours later", a new item of a list."""
    is_apart = _says_apart(incident)
    if _is_definite(incident, draft) and not is_apart:
        yield "definite"
    elif any(a.is_indefinite and not a.is_loose and not a.is_weapon for a in incident.acts):
        yield "indefinite"
    if is_apart:
        yield "apart"
    if draft.last.sentence.item != incident.sentence.item and not is_title_alone(draft):
        yield "item"
    if opens_elsewhere(draft, incident):
        yield "fronted"
    if _LATER.search(" ".join(incident.sentence.words)):
        yield "later"
    if any(g.is_more for h in incident.harms for g in h.groups):
        yield "more"
    if all(_in_past_perfect(incident, t) for t in incident.triggers):
        yield "past"
    if is_title_alone(draft):
        yield "title"
    if not incident.acts and not incident.dates and {h.harm for h in incident.harms} <= _OUTCOMES:
        yield "consequence"
    if any(a.target is not None and a.target.lower_ in _OBJECTS for a in incident.acts):
        yield "pronoun"
    if is_of_attackers(incident):
        yield "attackers"


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
                or (act.event_type in ARMED and bool(types & ARMED))
                or (act.event_type in PUBLIC and bool(types & PUBLIC))
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
