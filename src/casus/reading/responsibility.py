"""Whether a side owns up to violence by what it tells: "it was our work", "its fighters stormed the base"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.model import GROUP_KINDS, EventType, Harm
from casus.reading.clauses import after_by, is_passive
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.realis import is_negated, is_real
from casus.reading.told import Stance, Told, fights, is_official, uses_force
from casus.reading.voices import VoiceKind
from casus.reading.word_classes import WordClass, is_a


def owns_up(told: Told) -> bool:
    """True where a side that uses force tells of its own act."""
    side = told.voice.side
    if side is None or not (uses_force(side) or _is_listed_group(told, side)):
        return False
    if any(told.is_asserted(start) for start, _, _ in told.phrases(Stance.OWN)):
        return True
    if any(_is_own_guilt(told, start) for start, _, _ in told.phrases(Stance.GUILT_BEFORE)):
        return True
    return any(_is_own_act(told, verb) or _is_done_by_own(told, verb) for verb in told.verbs())


def _is_listed_group(told: Told, side: str) -> bool:
    """True for a side that the list of actors has as armed, whatever its name: "the Haqqani network"."""
    return any(mark.name == side and mark.kind in GROUP_KINDS for mark in told.marks.actors.values())


def _is_done_by_own(told: Told, verb: Token) -> bool:
    """True for "shells fired by its own forces killed six"."""
    doer = after_by(verb) if is_passive(verb) and not is_negated(verb) else None
    return doer is not None and told.is_own_subject(doer) and told.is_violent_verb(verb)


def _is_own_guilt(told: Told, start: int) -> bool:
    subject = child(told.sentence.doc[start], "nsubj")
    return subject is not None and told.is_own_subject(subject) and told.is_asserted(start)


def _is_own_act(told: Told, verb: Token) -> bool:
    subject = child(verb, "nsubj")
    if subject is None or not told.is_own_subject(subject) or is_negated(verb) or not is_real(verb):
        return False
    if (subject.pos_ == "PRON" and _means_another(told, subject)) or _does_nothing(verb):
        return False
    if _meets_device(verb) or _arrests(told, verb):
        return False
    if _is_inside(told, subject, verb) or is_that_deed(verb):
        return True
    return told.does_violence(verb) and _has_object(verb) and not _is_defence(verb)


def is_that_deed(verb: Token) -> bool:
    """True for "had done it", "carried it out": the deed that was just told."""
    target = child(verb, "dobj")
    if target is None or target.lower_ not in ("it", "this", "that"):
        return False
    is_carried_out = verb.lemma_ == "carry" and any(c.lower_ == "out" for c in verb.rights)
    return verb.lemma_ == "do" or is_carried_out


def _does_nothing(verb: Token) -> bool:
    """True for "made no attack"."""
    target = child(verb, "dobj")
    return target is not None and any(c.lower_ == "no" for c in target.lefts)


def _meets_device(verb: Token) -> bool:
    """True for "their vehicle struck a mine"."""
    target = child(verb, "dobj")
    hits = verb.lemma_.lower() in ("strike", "hit", "trip", "trigger")
    return hits and target is not None and is_a(target.lemma_.lower(), WordClass.LAID)


def _arrests(told: Told, verb: Token) -> bool:
    """True for what the officers of a state do lawfully: "police said they had arrested three suspects"."""
    if not is_official(told.voice) or fights(told.voice):
        return False
    lawful = {
        m.harm in _LAWFUL if isinstance(m, HarmMention) else m.event_type is EventType.ARREST
        for m in told.mentions
        if m.trigger == verb.i
    }
    return lawful == {True}


_LAWFUL = (Harm.ARRESTED, Harm.CAPTURED, Harm.RELEASED)


def _means_another(told: Told, pronoun: Token) -> bool:
    """True for "said the rebels broke in and that they fired": the pronoun means those told of before."""
    before = (
        t for start, end in told.statement.scope for t in told.sentence.doc[start:end] if t.i < pronoun.i
    )
    return any(
        t.dep_ in ("nsubj", "nsubjpass") and t.pos_ in ("NOUN", "PROPN") and not told.is_own_subject(t)
        for t in before
        if t.i != told.statement.verb and not any(s.i == t.i for s in _subjects(told))
    )


def _subjects(told: Told) -> list[Token]:
    """The subject of the word of saying itself."""
    subject = child(told.verb, "nsubj") if told.verb is not None else None
    return [subject] if subject is not None else []


def _is_inside(told: Told, subject: Token, verb: Token) -> bool:
    """True for "its fighters were inside the hotel"."""
    if verb.lemma_ != "be" or told.voice.kind is VoiceKind.ANONYMOUS:
        return False
    links = [
        c for c in verb.rights if c.dep_ in ("prep", "advmod") and c.lower_ in ("in", "inside", "on", "at")
    ]
    return bool(links) and is_a(subject.lemma_.lower(), WordClass.OWN_FIGHTER)


def _has_object(verb: Token) -> bool:
    """True where the violence is done to somebody or somewhere: "it had gone off" is nobody's deed."""
    return any(
        c.dep_ in ("dobj", "obj", "prt")
        or (c.dep_ == "prep" and c.lower_ in ("on", "at", "against", "into", "with"))
        for c in verb.children
    ) and not any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)


def _is_defence(verb: Token) -> bool:
    """True for "they fell on the battlefield", "it returned fire", "shot back": no act of its own will."""
    if verb.lemma_.lower() in ("fall", "return", "respond", "die", "defend", "come", "suffer", "lose"):
        return True
    return any(t.lower_ in ("back", "self", "response", "retaliation") for t in verb.subtree if t.i > verb.i)
