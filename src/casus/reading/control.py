"""Who holds a place by what is told: "took the town", "the base is in rebel hands", "the city fell to"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.model import Actor
from casus.reading.clauses import after_by, is_passive
from casus.reading.parsing import child
from casus.reading.realis import is_negated, is_real
from casus.reading.told import Told, own_side, speaks_for_party
from casus.reading.word_classes import WordClass, is_a


def holder_of(told: Told) -> Actor | None:
    """The side that a clause says holds a place; None where it tells of none, or only of trying."""
    for verb in told.verbs():
        if _is_kept(told, verb) or _is_won_back(told, verb):
            return own_side(told.voice)
        if is_negated(verb) or not is_real(verb) or is_a(verb.head.lemma_.lower(), WordClass.TRY):
            continue
        noun = _holder(told, verb)
        if noun is None:
            continue
        if noun.pos_ == "PRON" or told.is_own_subject(noun):
            return own_side(told.voice)
        party = told.party(noun)
        if party is not None:
            return party.actor
    return None


def _is_kept(told: Told, verb: Token) -> bool:
    """True for "the city is ours", "the town has not fallen"."""
    subject = child(verb, "nsubj")
    if subject is None or not _is_held(told, subject):
        return False
    if verb.lemma_ == "be":
        return not is_negated(verb) and any(c.lower_ in ("ours", "theirs", "mine") for c in verb.rights)
    return verb.lemma_ == "fall" and is_negated(verb)


def _is_won_back(told: Told, verb: Token) -> bool:
    """True where a side tells that a place "has been liberated", "was retaken": its own side holds it."""
    subject = child(verb, "nsubjpass")
    won = verb.lemma_.lower() in _WON_BACK and is_passive(verb) and after_by(verb) is None
    if subject is None or not won or is_negated(verb) or not is_real(verb):
        return False
    return _is_held(told, subject) and speaks_for_party(told.voice)


_WON_BACK = frozenset(("liberate", "recapture", "regain", "retake", "secure"))


def _holder(told: Told, verb: Token) -> Token | None:
    lemma = verb.lemma_.lower()
    subject, target = child(verb, "nsubj", "nsubjpass"), child(verb, "dobj")
    if subject is None:
        return None
    if is_passive(verb):
        return after_by(verb) if is_a(lemma, WordClass.HOLD) and _is_held(told, subject) else None
    if is_a(lemma, WordClass.HOLD) and target is not None:
        return subject if _is_held(told, target) else None
    if is_a(lemma, WordClass.DRIVE_OUT) and target is not None:
        return subject if _is_emptied(told, verb, target) else None
    if is_a(lemma, WordClass.HAND_OVER) and target is not None and _is_held(told, target):
        to = _link(verb, ("to",))
        return child(to, "pobj") if to is not None else None
    if lemma in ("raise", "hoist", "plant") and target is not None and target.lemma_.lower() == "flag":
        return subject if _link(verb, ("over", "at", "in", "on", "above")) is not None else None
    if lemma == "fall" and _is_held(told, subject):
        to = _link(verb, ("to", "into"))
        return child(to, "pobj") if to is not None else None
    return _in_hand(told, verb, subject) if lemma in ("be", "remain", "come", "stay", "have") else None


def _link(verb: Token, words: tuple[str, ...]) -> Token | None:
    """The first of the prepositions after a verb."""
    return next((c for c in verb.rights if c.dep_ in ("prep", "dative") and c.lower_ in words), None)


def _is_emptied(told: Told, verb: Token, target: Token) -> bool:
    """True for "drove the rebels from four villages", "out of the town", "cleared the town of rebels"."""
    link = _link(verb, ("from", "of", "out"))
    inner = child(link, "prep") if link is not None else None
    place = child(inner or link, "pobj") if link is not None else None
    if place is None:
        return False
    if _is_held(told, target):
        return told.party(place) is not None
    return told.party(target) is not None and _is_held(told, place)


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
    of = next((c for c in link.rights if c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    if not _is_held(told, subject):
        return subject if inner is not None and _is_held(told, inner) else None
    return inner or child(link, "poss", "amod", "compound")


def _is_held(told: Told, noun: Token) -> bool:
    """True for a town, a post, a named place, or a share of one."""
    if is_a(noun.lemma_.lower(), WordClass.HELD) or noun.i in told.marks.place_tokens():
        return noun.ent_type_ != "PERSON"
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    return inner is not None and is_a(noun.lemma_.lower(), WordClass.SHARE) and _is_held(told, inner)
