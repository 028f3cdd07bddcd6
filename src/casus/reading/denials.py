"""Whether a side denies by what it tells: "there was no massacre", "its jets hit nobody", "that is a lie"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.parsing import child
from casus.reading.realis import is_negated
from casus.reading.told import Stance, Told, speaks_for_party
from casus.reading.word_classes import WordClass, is_a

_SELF = frozenset(("it", "they", "we", "he", "she", "i"))
_SELF_OWNED = frozenset(("its", "their", "our", "his", "her", "my"))
_NOTHING = frozenset(("no", "neither", "not", "none"))


def is_denial(told: Told) -> bool:
    """True where a clause denies a part in what happened, or that it happened."""
    if any(True for _ in told.phrases(Stance.DENIAL)) and _is_about_self(told):
        return True
    if _calls_false(told):
        return True
    return speaks_for_party(told.voice) and any(_is_denied_act(told, verb) for verb in told.verbs())


def _is_about_self(told: Told) -> bool:
    """True where what is told is of the speaker."""
    subjects = [c for v in told.verbs() for c in v.children if c.dep_ in ("nsubj", "nsubjpass")]
    return not subjects or any(_is_self(told, subject) for subject in subjects)


def _is_self(told: Told, subject: Token) -> bool:
    if subject.lower_ in _SELF or any(c.lower_ in _SELF_OWNED for c in subject.lefts):
        return True
    party = told.party(subject)
    return party is not None and told.is_own(party)


def _calls_false(told: Told) -> bool:
    """True for "called the report a fabrication", and from a party "the claims were baseless"."""
    calling = told.verb is not None and is_a(told.verb.lemma_.lower(), WordClass.CALLING)
    for start, end, _ in told.phrases(Stance.FALSEHOOD):
        head = told.sentence.doc[end - 1]
        being = head.head.lemma_ == "be" or (head.dep_ == "pobj" and head.head.head.lemma_ == "be")
        if told.is_asserted(start) and (calling or (being and speaks_for_party(told.voice))):
            return True
    return False


def _is_denied_act(told: Told, verb: Token) -> bool:
    if any(c.dep_ == "aux" and c.lower_ in ("will", "would", "wo", "'d", "shall") for c in verb.lefts):
        return False  # a refusal
    if any(c.dep_ == "expl" for c in verb.children):
        return _is_no_act(told, verb)
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    if subject.lower_ in _NOTHING or any(c.lower_ in _NOTHING for c in subject.lefts):
        return _is_no_force(told, subject, verb)
    if not is_negated(verb):
        return _has_none(told, subject, verb)
    own = (
        told.is_own_subject(subject)
        or subject.lower_ in _SELF
        or is_a(subject.lemma_.lower(), WordClass.FORCE)
    )
    return own and (is_a(verb.lemma_.lower(), WordClass.DENIED) or told.does_violence(verb))


def _is_no_act(told: Told, verb: Token) -> bool:
    """True for "there was no attack"."""
    noun = child(verb, "attr", "nsubj")
    if noun is None or not any(c.lower_ == "no" for c in noun.lefts):
        return False
    return told.is_violence(noun) or is_a(noun.lemma_.lower(), WordClass.PROOF)


def _is_no_force(told: Told, subject: Token, verb: Token) -> bool:
    """True for "no soldier took part", "neither aircraft nor guns were used", "no attack took place"."""
    lemma = subject.lemma_.lower()
    who = is_a(lemma, WordClass.FORCE) or is_a(lemma, WordClass.PROOF) or told.is_violence(subject)
    return who and (is_a(verb.lemma_.lower(), WordClass.TOOK_PART) or told.does_violence(verb))


def _has_none(told: Told, subject: Token, verb: Token) -> bool:
    """True for "its troops had no fire missions", "our men carry no firearms"."""
    target = child(verb, "dobj")
    none = target is not None and any(c.lower_ == "no" for c in target.lefts)
    weak = verb.lemma_.lower() in ("have", "give", "conduct", "launch", "see") or is_a(
        verb.lemma_.lower(), WordClass.DENIED
    )
    return none and weak and (told.is_own_subject(subject) or is_a(subject.lemma_.lower(), WordClass.FORCE))
