"""What kind of event: from the words of its incidents, its weapons, its harms and its sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from casus.model import Category, EventType, Harm
from casus.reading.discourse import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.weapons import WeaponMention

_NAMED_FIRST = (EventType.AIR_STRIKE, EventType.SHELLING, EventType.BOMBING)


def kind_of(draft: EventDraft, weapons: Sequence[WeaponMention]) -> EventType:
    """The event type of the coding rules.

    Abduction, arrest, protest and riot are told by name; then the weapon that did most
    of the harm (else the first named) gives bombing, shelling or air strike; then two
    armed sides a clash, the killing of the defenceless a killing, the rest an attack.
    """
    lead = _types(draft.incidents[:1])
    every = _types(draft.incidents)
    harms = {h.harm for i in draft.incidents for h in i.harms}
    special = _special(draft, lead, every, harms)
    if special is not None:
        return special
    families = [w.family for w in weapons if w.family is not None]
    for kind in _NAMED_FIRST:
        if lead.get(kind):
            return _by_weapon(lead, families)
    if families and families[0] in _NAMED_FIRST and not every.get(EventType.ARMED_CLASH):
        return families[0]
    return _by_sides(draft, lead, every, harms, families)


def _types(incidents: Sequence[Incident]) -> Counter[EventType]:
    found: Counter[EventType] = Counter()
    for incident in incidents:
        for harm in incident.harms:
            if harm.event_type is not None:
                found[harm.event_type] += 1
        for act in incident.acts:
            found[act.event_type] += 1
    return found


def _special(
    draft: EventDraft, lead: Counter[EventType], every: Counter[EventType], harms: set[Harm]
) -> EventType | None:
    first = draft.first
    if lead.get(EventType.PROTEST) or (every.get(EventType.PROTEST) and not lead):
        return EventType.RIOT if lead.get(EventType.RIOT, 0) > lead[EventType.PROTEST] else EventType.PROTEST
    if first.harms and first.harms[0].harm in (Harm.ABDUCTED, Harm.RELEASED) and not _has_weapon_type(lead):
        return EventType.ABDUCTION
    if lead.get(EventType.ABDUCTION) and Harm.KILLED not in {h.harm for h in first.harms}:
        return EventType.ABDUCTION
    if lead.get(EventType.ARREST) and not {Harm.KILLED, Harm.INJURED} & {h.harm for h in first.harms}:
        return EventType.ARREST
    if lead.get(EventType.RIOT):
        return EventType.RIOT
    return None


def _has_weapon_type(types: Counter[EventType]) -> bool:
    return any(types.get(kind) for kind in _NAMED_FIRST)


def _by_weapon(lead: Counter[EventType], families: list[EventType]) -> EventType:
    for kind in _NAMED_FIRST:
        if lead.get(kind) and kind in families:
            return kind
    return next(kind for kind in _NAMED_FIRST if lead.get(kind))


def _by_sides(
    draft: EventDraft,
    lead: Counter[EventType],
    every: Counter[EventType],
    harms: set[Harm],
    families: list[EventType],
) -> EventType:
    if lead.get(EventType.ARMED_CLASH):
        return EventType.ARMED_CLASH
    if lead.get(EventType.KILLING):
        return EventType.KILLING
    if lead.get(EventType.DESTRUCTION) and not harms:
        return EventType.DESTRUCTION
    categories = {
        g.category for i in draft.incidents for h in i.harms if h.harm is Harm.KILLED for g in h.groups
    }
    if every.get(EventType.ARMED_CLASH) and {Category.MILITANTS, Category.SECURITY_FORCES} <= categories:
        return EventType.ARMED_CLASH
    for kind in _NAMED_FIRST:
        if every.get(kind):
            return kind
    if lead.get(EventType.ATTACK):
        return EventType.ATTACK
    if every.get(EventType.KILLING):
        return EventType.KILLING
    if every.get(EventType.ARMED_CLASH):
        return EventType.ARMED_CLASH
    if every.get(EventType.ATTACK):
        return EventType.ATTACK
    if every.get(EventType.DESTRUCTION):
        return EventType.DESTRUCTION
    if Harm.KILLED in harms or Harm.INJURED in harms:
        return (
            EventType.KILLING
            if agents_of(draft.first) or Category.CIVILIANS in categories
            else EventType.ATTACK
        )
    if Harm.ABDUCTED in harms:
        return EventType.ABDUCTION
    if Harm.ARRESTED in harms:
        return EventType.ARREST
    return EventType.OTHER
