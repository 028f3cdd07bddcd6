"""At what an act was aimed, where its own object doesn't say.

Known forms:

- "came under fire", "were caught in an ambush", "ran into gunfire": the subject
- "ran over a mine", "stepped on a bomb", "their truck hit a device": the subject
- "set fire to a school", "set a school ablaze", "burned down a school"
- "fired two grenades towards a house", "threw stones at the police"
"""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.casting import party_words
from casus.reading.clauses import subject_of
from casus.reading.parsing import child

_TOWARDS = ("at", "towards", "toward", "into", "on", "onto", "against", "over")
_COME_UNDER = frozenset({"come", "be", "fall", "remain"})
_RUN_INTO = frozenset({"run", "walk", "drive", "fall", "stumble", "sail", "fly", "catch"})
_MEET = frozenset({"hit", "strike", "trigger", "run", "drive", "step", "activate", "detonate", "tread"})
_AFLAME = frozenset({"ablaze", "alight", "aflame"})
_NOT_THROWN = ("NOUN", "PROPN")


def aim_of(trigger: Token, target: Token | None) -> Token | None:
    """What an act was aimed at: `target`, or what the words around it say."""
    if trigger.pos_ in _NOT_THROWN:
        return target if target is not None else _under_fire(trigger)
    if meets_mine(trigger) or fire_on(trigger) is not None:
        return subject_of(trigger)
    if target is not None and target.lower_ in _AFLAME:
        return child(target, "compound", "nsubj")
    thing = child(trigger, "dobj", "nsubjpass")
    if thing is None:
        return _after_particle(trigger) or target
    if target is not None and target != thing:
        return target
    if thing.lower_ == "fire" and trigger.lemma_.lower() == "set":
        return _after(trigger, ("to",)) or _after(thing, ("to",))
    if thing.lemma_.lower() in party_words()["missile"]:
        return _after(thing, _TOWARDS) or _after(trigger, _TOWARDS)
    return target


def meets_mine(trigger: Token) -> bool:
    """True for a verb by which somebody sets off what others buried: "struck a mine", "ran over a bomb"."""
    if trigger.lemma_.lower() not in _MEET:
        return False
    links = (c for c in trigger.children if c.dep_ == "prep" and c.lower_ in ("on", "over", "into", "upon"))
    things = (child(trigger, "dobj"), *(child(link, "pobj") for link in links))
    return any(thing is not None and thing.lemma_.lower() in party_words()["buried"] for thing in things)


def fire_on(trigger: Token) -> Token | None:
    """The noun of violence that the subject of a verb suffers: "attack" in "came under attack"."""
    if trigger.lemma_.lower() not in _COME_UNDER:
        return None
    link = next((c for c in trigger.children if c.dep_ == "prep" and c.lower_ == "under"), None)
    return child(link, "pobj") if link is not None else None


def _after_particle(trigger: Token) -> Token | None:
    """The object of "burned down the lodge", where the parse takes "down" for a preposition."""
    particle = next((c for c in trigger.rights if c.dep_ == "prt"), None)
    return child(particle, "pobj") if particle is not None else None


def _under_fire(deed: Token) -> Token | None:
    """Who "came under attack", "ran into an ambush"."""
    link = deed.head
    verbs = {"under": _COME_UNDER, "into": _RUN_INTO, "in": frozenset({"catch"})}.get(link.lower_)
    if deed.dep_ != "pobj" or verbs is None or link.head.lemma_.lower() not in verbs:
        return None
    return subject_of(link.head)


def _after(word: Token, links: tuple[str, ...]) -> Token | None:
    for link in word.children:
        if link.dep_ in ("prep", "dative", "prt") and link.lower_ in links and link.i > word.i:
            inner = child(link, "pobj")
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                return inner
    return None
