"""Who holds a place by what is told: "took the town", "the base is in rebel hands", "the city fell to"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.model import Actor
from casus.reading.parsing import child
from casus.reading.realis import is_negated, is_real
from casus.reading.told import Told, own_side
from casus.reading.word_classes import WordClass, is_a


def holder_of(told: Told) -> Actor | None:
    """The side that a clause says holds a place; None where it tells of none, or only of trying."""
    for verb in told.verbs():
        if _is_kept(told, verb):
            return own_side(told.voice)
        if is_negated(verb) or not is_real(verb) or is_a(verb.head.lemma_.lower(), WordClass.TRY):
            continue
        noun = _holder(told, verb)
        if noun is None:
            continue
        party = told.party(noun)
        if party is not None:
            return party.actor
        if noun.pos_ == "PRON":
            return own_side(told.voice)
    return None


def _is_kept(told: Told, verb: Token) -> bool:
    """True for "the city is ours", "the town has not fallen"."""
    subject = child(verb, "nsubj")
    if subject is None or not _is_held(told, subject):
        return False
    if verb.lemma_ == "be":
        return not is_negated(verb) and any(c.lower_ in ("ours", "theirs", "mine") for c in verb.rights)
    return verb.lemma_ == "fall" and is_negated(verb)


def _holder(told: Told, verb: Token) -> Token | None:
    lemma = verb.lemma_.lower()
    subject, target = child(verb, "nsubj", "nsubjpass"), child(verb, "dobj")
    if subject is None:
        return None
    if is_a(lemma, WordClass.HOLD) and target is not None:
        return subject if _is_held(told, target) else None
    if lemma == "fall" and _is_held(told, subject):
        to = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ in ("to", "into")), None)
        return child(to, "pobj") if to is not None else None
    return _in_hand(told, verb, subject) if lemma in ("be", "remain", "come", "stay", "have") else None


def _in_hand(told: Told, verb: Token, subject: Token) -> Token | None:
    """The holder of "the town is in rebel hands" and of "the rebels are in control of the town"."""
    link = next(
        (
            t
            for t in verb.subtree
            if is_a(t.lower_, WordClass.IN_HAND) and t.i > verb.i and t.head.lower_ in ("in", "under")
        ),
        None,
    )
    if link is None:
        return None
    if not _is_held(told, subject):
        return subject
    of = next((c for c in link.rights if c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    return inner or child(link, "poss", "amod", "compound")


def _is_held(told: Told, noun: Token) -> bool:
    """True for a town, a post, a named place, or a share of one."""
    if is_a(noun.lemma_.lower(), WordClass.HELD) or noun.i in told.marks.place_tokens():
        return noun.ent_type_ != "PERSON"
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    return inner is not None and is_a(noun.lemma_.lower(), WordClass.SHARE) and _is_held(told, inner)
