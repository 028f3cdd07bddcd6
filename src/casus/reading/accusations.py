"""Whom a verb of accusing names: "blamed the rebels", "laid it at the army's door"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.model import Actor, ClaimKind
from casus.reading.noun_phrases import description
from casus.reading.parsing import child
from casus.reading.told import Told
from casus.reading.word_classes import WordClass, is_a


def accused_by_verb(told: Told, verb: Token) -> tuple[ClaimKind, Actor | None] | None:
    """The accusation of a verb of accusing; None where a looser verb ("linked") names no side."""
    if verb.lemma_.lower() in ("name", "identify") and not _names_doer(verb):
        return None
    actor = _target_of(told, verb)
    if actor is None and (is_a(verb.lemma_.lower(), WordClass.LOOSE_ACCUSING) or _lays_on_a_thing(verb)):
        return None
    return ClaimKind.ACCUSATION, actor


def _names_doer(verb: Token) -> bool:
    """True for "named a teacher as the planner", "identified the bomber as"; victims are named too."""
    return any(is_a(t.lemma_.lower(), WordClass.DOER) for t in verb.subtree if t.i > verb.i)


def _target_of(told: Told, verb: Token) -> Actor | None:
    """Whom a verb of accusing names: its object, or what stands after "on" and "to"."""
    linked = (t for t in verb.subtree if t.lower_ in ("to", "on", "at", "of") and verb.i < t.i < verb.i + 10)
    after = [noun for link in linked if (noun := _governed(link)) is not None]
    target = child(verb, "dobj", "obj")
    guilty = _before_guilty(verb)
    for noun in (guilty, *(after if _lays_on(verb) else ()), target, *after):
        if noun is not None:
            actor = _named(told, noun)
            if actor is not None:
                return actor
    return None


def _governed(link: Token) -> Token | None:
    """The noun after "on" or "to", also where the parse takes a quoted name for a verb."""
    inner = child(link, "pobj")
    if inner is None and link.dep_ == "aux":
        near = link.doc[link.i + 1 : link.i + 5]
        inner = next((t for t in near if t.pos_ in ("NOUN", "PROPN")), None)
    return inner


def _lays_on(verb: Token) -> bool:
    """True for verbs whose object is the deed: "attributed the raid to", "blamed it on"."""
    return is_a(verb.lemma_.lower(), WordClass.LAYS_ON)


def _lays_on_a_thing(verb: Token) -> bool:
    """True for "blamed the delay on the march": nobody is named, and no deed."""
    on = any(c.dep_ == "prep" and c.lower_ == "on" for c in verb.subtree if c.i > verb.i)
    return _lays_on(verb) and on


def _before_guilty(verb: Token) -> Token | None:
    """The rebels of "held the rebels responsible"."""
    after = verb.doc[verb.i + 1 : verb.i + 12]
    guilty = next((t for t in after if t.lower_ in ("responsible", "accountable")), None)
    if guilty is None:
        return None
    nouns = [t for t in after if t.i < guilty.i and t.pos_ in ("NOUN", "PROPN")]
    return nouns[-1] if nouns else None


def _named(told: Told, noun: Token) -> Actor | None:
    """The actor, the people or the person that a noun names."""
    party = told.party(noun)
    if party is not None:
        return party.actor
    if noun.pos_ == "PROPN" and noun.ent_type_ not in ("DATE", "TIME"):
        return Actor(noun.doc[noun.left_edge.i : noun.i + 1].text)
    person = told.reader.lexicon.person(noun.lower_, noun.lemma_.lower()) is not None
    is_quoted = noun.i + 1 < len(noun.doc) and noun.doc[noun.i + 1].text == '"'
    if noun.tag_ == "NNS" and (person or is_quoted):
        return Actor(description(noun))
    return None
