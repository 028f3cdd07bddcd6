"""Whether a side denies by what it tells: "there was no massacre", "its jets hit nobody", "that is a lie"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.parsing import child
from casus.reading.realis import is_negated
from casus.reading.responsibility import is_that_deed
from casus.reading.told import Stance, Told, speaks_for_party, uses_force
from casus.reading.voices import VoiceKind
from casus.reading.word_classes import WordClass, is_a

_SELF = frozenset(("it", "they", "we", "he", "she", "i"))
_SELF_OWNED = frozenset(("its", "their", "our", "his", "her", "my"))
_NOTHING = frozenset(("no", "neither", "not", "none"))
_STAFF = frozenset(("employee", "guard", "officer", "official", "supporter", "worker"))
_PRESENCE = frozenset(("in", "at", "near", "inside", "on", "with", "among", "within", "around"))
_THERE = frozenset(("there", "here", "present", "nearby", "around"))


def is_denial(told: Told) -> bool:
    """True where a clause denies a part in what happened, or that it happened."""
    if any(True for _ in told.phrases(Stance.DENIAL)) and _is_about_self(told):
        return True
    if _calls_false(told):
        return True
    body = told.voice.kind is VoiceKind.INSTITUTION and uses_force(told.voice.name or "")
    may_deny = body or speaks_for_party(told.voice)
    return may_deny and any(_is_denied_act(told, verb) for verb in told.verbs())


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
    own = _is_own(told, subject)
    if own and verb.lemma_ == "be":
        return _is_elsewhere(verb)
    own = own or is_a(subject.lemma_.lower(), WordClass.FORCE)
    is_deed = is_a(verb.lemma_.lower(), WordClass.DENIED) or told.does_violence(verb) or is_that_deed(verb)
    return own and is_deed


def _is_own(told: Told, subject: Token) -> bool:
    """True for the speaker's side, by its name, as "its men", or by a pronoun."""
    owned = any(c.lower_ in _SELF_OWNED for c in subject.lefts)
    named = subject.pos_ == "NOUN" and subject.lower_ in told.voice.told().replace("'s", "").split()
    return owned or named or subject.lower_ in _SELF or told.is_own_subject(subject)


def _is_elsewhere(verb: Token) -> bool:
    """True for "were not there", "had not been in the village", with "not" before."""
    return any(
        (c.dep_ == "prep" and c.lower_ in _PRESENCE) or (c.dep_ == "advmod" and c.lower_ in _THERE)
        for c in verb.rights
    )


def _is_no_act(told: Told, verb: Token) -> bool:
    """True for "there was no attack"."""
    noun = child(verb, "attr", "nsubj")
    if noun is None or not any(c.lower_ == "no" for c in noun.lefts):
        return False
    return told.is_violence(noun) or is_a(noun.lemma_.lower(), WordClass.PROOF)


def _is_no_force(told: Told, subject: Token, verb: Token) -> bool:
    """True for "no soldier took part", "none of its men were there", "no attack took place"."""
    lemma = subject.lemma_.lower()
    if _is_of_own(subject):
        return True
    who = is_a(lemma, WordClass.FORCE) or is_a(lemma, WordClass.PROOF) or told.is_violence(subject)
    return who and (is_a(verb.lemma_.lower(), WordClass.TOOK_PART) or told.does_violence(verb))


def _is_of_own(subject: Token) -> bool:
    """True for "none of its men", "not one of ours", "no employee of the company"."""
    of = next((c for c in subject.rights if c.dep_ == "prep" and c.lower_ in ("of", "from")), None)
    inner = child(of, "pobj") if of is not None else None
    if inner is None:
        return False
    if inner.lower_ in ("ours", "theirs", "us") or any(c.lower_ in _SELF_OWNED for c in inner.lefts):
        return True
    return is_a(subject.lemma_.lower(), WordClass.OWN_FIGHTER) or subject.lemma_.lower() in _STAFF


def _has_none(told: Told, subject: Token, verb: Token) -> bool:
    """True for "its troops had no fire missions", "the army made no attack", "we know nothing of it"."""
    target, lemma = child(verb, "dobj"), verb.lemma_.lower()
    if target is None:
        return False
    if lemma == "know":
        return target.lower_ == "nothing" and _is_own(told, subject)
    if not any(c.lower_ == "no" for c in target.lefts):
        return False
    if told.is_violence(target) and (is_a(lemma, WordClass.CARRY_OUT) or lemma == "make"):
        return _is_own(told, subject) or told.party(subject) is not None
    lacks = is_a(target.lemma_.lower(), WordClass.FORCE) or is_a(target.lemma_.lower(), WordClass.LACKED)
    return lacks and (_is_own(told, subject) or is_a(subject.lemma_.lower(), WordClass.FORCE))
