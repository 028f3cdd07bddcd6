"""What kind of event: from the words of its incidents, its weapons, its harms and its sides.

The order of the questions is that of the coding rules: kinds told by name (abduction,
arrest, protest, riot), then the weapon that did most of the harm, then whether both
sides fought, whether the defenceless were singled out, or a place was attacked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.model import Category, EventType, Harm
from casus.reading.acts import ActMention
from casus.reading.discourse import EventDraft
from casus.reading.incidents import Incident
from casus.reading.weapons import WeaponMention

_FROM_AFAR = (EventType.AIR_STRIKE, EventType.SHELLING, EventType.BOMBING)
_AIR = {
    "warplane",
    "warplanes",
    "jet",
    "jets",
    "plane",
    "planes",
    "aircraft",
    "helicopter",
    "helicopters",
    "drone",
    "drones",
    "airstrike",
    "airstrikes",
    "aerial",
    "bombers",
}
_CROWD = {
    "protester",
    "protesters",
    "protestors",
    "demonstrator",
    "demonstrators",
    "marchers",
    "marcher",
    "protest",
    "protests",
    "demonstration",
    "rally",
}
_RIOT = {"rioters", "looters", "mob", "mobs", "rioting", "looting", "riots", "riot"}
# Words that say people were singled out who could not fight back.
_SINGLED_OUT = {
    "massacre", "massacred", "executed", "execution", "assassinated", "assassination", "murdered", "murder", "beheaded", "slaughtered", "slaughter", "throats", "lynched", "hacked", "butchered",
    "massacres", "killings", "slain", "slayings", "execution-style", "bludgeoned", "decapitated", "slayed", "murders",
}  # fmt: skip
# Things whose attack is an attack even where only people died.
_PLACES = {
    "post", "checkpoint", "outpost", "base", "barracks", "convoy", "patrol", "headquarters", "station", "prison", "town", "hotel", "camp", "position", "compound", "building", "buildings", "airport", "mosque",
    "church", "school", "market", "embassy", "bus", "vehicle", "truck", "posts", "checkpoints", "bases", "office", "offices", "train", "ship", "university", "hospital", "restaurant", "garrison", "consulate", "city",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Signs:
    """What an event's sentences say of its kind; `lead` is its first incident."""

    lead: Counter[EventType]
    every: Counter[EventType]
    harms: set[Harm]
    first_harms: set[Harm]
    families: list[EventType]
    words: set[str]
    lead_words: set[str]
    victims: set[Category]
    targets: set[str]


def kind_of(draft: EventDraft, weapons: Sequence[WeaponMention], title: str = "") -> EventType:
    """The event type of the coding rules; `title` is the report's, for its main event."""
    signs = _signs_of(draft, weapons, title)
    return _by_name(signs) or _by_weapon(signs) or _by_sides(signs)


def _signs_of(draft: EventDraft, weapons: Sequence[WeaponMention], title: str) -> _Signs:
    words = {w for i in draft.incidents for w in i.sentence.words} if len(draft.incidents) < 40 else set()
    lead_words = set(draft.first.sentence.words) | set(title.lower().split())
    victims = {
        g.category
        for i in draft.incidents
        for h in i.harms
        if h.harm in (Harm.KILLED, Harm.INJURED)
        for g in h.groups
        if not g.is_part
    }
    return _Signs(
        lead=_types(draft.incidents[:1]),
        every=_types(draft.incidents),
        harms={h.harm for i in draft.incidents for h in i.harms},
        first_harms={h.harm for h in draft.first.harms},
        families=[w.family for w in weapons if w.family is not None],
        words=words | lead_words,
        lead_words=lead_words,
        victims=victims - {Category.UNKNOWN},
        targets=_targets(a for i in draft.incidents[:2] for a in i.acts),
    )


def _targets(acts: Iterable[ActMention]) -> set[str]:
    return {
        t.lemma_.lower() for act in acts if act.target is not None for t in (act.target, *act.target.lefts)
    }


def _types(incidents: Sequence[Incident]) -> Counter[EventType]:
    found: Counter[EventType] = Counter()
    for incident in incidents:
        found.update(h.event_type for h in incident.harms if h.event_type is not None)
        found.update(a.event_type for a in incident.acts)
    return found


def _by_name(signs: _Signs) -> EventType | None:
    deadly = bool({Harm.KILLED, Harm.INJURED} & signs.first_harms)
    if signs.lead.get(EventType.ARREST) and not deadly and not signs.first_harms & {Harm.ABDUCTED}:
        return EventType.ARREST
    if signs.first_harms & {Harm.ABDUCTED, Harm.RELEASED} and not deadly:
        return EventType.ABDUCTION
    if signs.lead.get(EventType.ABDUCTION) and not deadly:
        return EventType.ABDUCTION
    if _RIOT & signs.lead_words or (
        signs.lead.get(EventType.RIOT) and not signs.lead.get(EventType.ARMED_CLASH)
    ):
        return EventType.RIOT
    if signs.lead.get(EventType.PROTEST) or (
        _CROWD & signs.lead_words and not any(signs.lead.get(k) for k in _FROM_AFAR)
    ):
        return EventType.PROTEST
    return None


def _by_weapon(signs: _Signs) -> EventType | None:
    """Bombing, shelling or air strike, by the act's own word, else by the weapon beside a strike or blast."""
    named = [kind for kind in _FROM_AFAR if signs.lead.get(kind)]
    clash = (
        signs.lead.get(EventType.ARMED_CLASH)
        and {Category.MILITANTS, Category.SECURITY_FORCES} <= signs.victims
    )
    if clash:
        return None
    if named:
        if _AIR & signs.words and (EventType.AIR_STRIKE in named or EventType.BOMBING in named):
            return EventType.AIR_STRIKE
        if (
            EventType.BOMBING in named
            and len(named) == 1
            and EventType.SHELLING in signs.families
            and EventType.BOMBING not in signs.families
        ):
            return EventType.SHELLING
        return named[0]
    if (
        _AIR & signs.lead_words
        and {"hit", "struck", "strike", "bombed", "killed", "targeted", "raid", "air", "attack"}
        & signs.lead_words
        and not signs.lead.get(EventType.ARMED_CLASH)
    ):
        return EventType.AIR_STRIKE
    first = signs.families[0] if signs.families else None
    if (
        first in _FROM_AFAR
        and not signs.every.get(EventType.ARMED_CLASH)
        and (
            not signs.lead
            or {"explosion", "blast", "exploded", "detonated", "landed", "fell", "hit", "struck"}
            & signs.words
            or signs.every.get(first)
        )
    ):
        return first
    return None


def _by_sides(signs: _Signs) -> EventType:
    if signs.lead.get(EventType.ARMED_CLASH) and not signs.lead.get(EventType.KILLING):
        return EventType.ARMED_CLASH
    if (
        signs.every.get(EventType.ARMED_CLASH)
        and {Category.MILITANTS, Category.SECURITY_FORCES} <= signs.victims
    ):
        return EventType.ARMED_CLASH
    singled = bool(_SINGLED_OUT & signs.words) or bool(signs.lead.get(EventType.KILLING))
    if singled and Category.SECURITY_FORCES not in signs.victims | (
        set() if not signs.lead.get(EventType.KILLING) else signs.victims
    ):
        return EventType.KILLING
    if signs.lead.get(EventType.KILLING):
        return EventType.KILLING
    if signs.targets & _PLACES:
        return EventType.ATTACK
    if signs.lead.get(EventType.DESTRUCTION) and not {Harm.KILLED, Harm.INJURED} & signs.harms:
        return EventType.DESTRUCTION
    for kind in _FROM_AFAR:
        if signs.every.get(kind) and not signs.lead.get(EventType.ATTACK):
            return kind
    if signs.lead.get(EventType.ATTACK):
        return EventType.ATTACK
    if {Harm.KILLED, Harm.INJURED} & signs.harms:
        return (
            EventType.KILLING
            if Category.CIVILIANS in signs.victims or signs.victims == {Category.MILITANTS}
            else EventType.ATTACK
        )
    for kind in (
        EventType.ARMED_CLASH,
        EventType.ATTACK,
        EventType.DESTRUCTION,
        EventType.ABDUCTION,
        EventType.ARREST,
    ):
        if signs.every.get(kind):
            return kind
    if Harm.ABDUCTED in signs.harms:
        return EventType.ABDUCTION
    return EventType.ARREST if Harm.ARRESTED in signs.harms else EventType.OTHER
