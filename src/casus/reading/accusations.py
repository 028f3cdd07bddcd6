"""Whom a statement makes the doer: by its verb ("blamed the rebels"), or what it tells ("rebels did it")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import Actor, ClaimKind, EventType, Harm
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.parties import Party
from casus.reading.realis import is_negated, is_real
from casus.reading.told import Stance, Told
from casus.reading.word_classes import WordClass, is_a

_FARTHEST = 12  # tokens between a phrase of guilt and the one who is named
_HARMS = frozenset((Harm.KILLED, Harm.INJURED, Harm.ABDUCTED))
LEAD = 1  # the index of the last sentence that only tells the news
_LAWFUL = frozenset((EventType.ARREST, EventType.PROTEST))


def accused_by_verb(told: Told, verb: Token) -> tuple[ClaimKind, Actor | None] | None:
    """The accusation of a verb of accusing; None where a looser verb ("linked") names no side."""
    if verb.lemma_.lower() in ("name", "identify") and not _names_doer(verb):
        return None
    actor = _target_of(told, verb)
    if actor is None and is_a(verb.lemma_.lower(), WordClass.LOOSE_ACCUSING):
        return None
    return ClaimKind.ACCUSATION, actor


def _names_doer(verb: Token) -> bool:
    """True for "named a teacher as the planner", "identified the bomber as"; victims are named too."""
    return any(is_a(t.lemma_.lower(), WordClass.DOER) for t in verb.subtree if t.i > verb.i)


def _target_of(told: Told, verb: Token) -> Actor | None:
    """Whom a verb of accusing names: its object, or what stands after "on" and "to"."""
    linked = (t for t in verb.subtree if t.lower_ in ("to", "on", "at", "of") and verb.i < t.i < verb.i + 10)
    after = [noun for link in linked if (noun := child(link, "pobj")) is not None]
    target = child(verb, "dobj", "obj")
    guilty = _before_guilty(verb)
    for noun in (guilty, *(after if _lays_on(verb) else ()), target, *after):
        if noun is not None:
            actor = _named(told, noun)
            if actor is not None:
                return actor
    return None


def _lays_on(verb: Token) -> bool:
    """True for verbs whose object is the deed: "attributed the raid to", "blamed it on"."""
    return is_a(verb.lemma_.lower(), WordClass.LAYS_ON)


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
    return None


# -- by what is told


def accused_by_content(told: Told) -> Actor | None:
    """The side that a clause makes the doer, the surest sign first; never the speaker's own."""
    for party in (*_by_phrase(told), *_by_mark(told), *_by_identity(told), *_by_deed(told)):
        if can_be_accused(party) and not told.is_own(party):
            return party.actor
    return None


def can_be_accused(party: Party) -> bool:
    """True for a side by name, or people told by their cause; "gunmen" and "attackers" accuse nobody."""
    actor = party.actor
    last = actor.name.lower().split()[-1]
    return (
        actor.registry_id is not None
        or actor.country_code is not None
        or party.is_named
        or is_a(last.removesuffix("s"), WordClass.ACCUSED_KIND)
        or is_a(last, WordClass.ACCUSED_KIND)
    )


def _by_phrase(told: Told) -> Iterator[Party]:
    """Reads "the rebels were behind it", "it was the work of the rebels"."""
    covered = [t.i for t in told.tokens()]
    for start, end, stance in told.phrases(Stance.GUILT_AFTER, Stance.GUILT_BEFORE):
        if not told.is_asserted(start):
            continue
        after = stance is Stance.GUILT_AFTER
        order = [i for i in covered if i >= end] if after else [i for i in reversed(covered) if i < start]
        yield from _parties(told, order[:_FARTHEST])


def _parties(told: Told, tokens: list[int]) -> Iterator[Party]:
    for i in tokens:
        token = told.sentence.doc[i]
        is_head = token.dep_ != "compound" or i in told.marks.actors
        party = told.party(token) if token.pos_ in ("NOUN", "PROPN") and is_head else None
        if party is not None:
            yield party
            return


def _by_mark(told: Told) -> Iterator[Party]:
    """Reads "the attack bore the group's stamp"."""
    for token in told.tokens():
        owner = child(token, "poss") if is_a(token.lemma_.lower(), WordClass.MARK_LEFT) else None
        party = told.party(owner) if owner is not None else None
        if party is not None and told.is_asserted(token.i):
            yield party


def _by_identity(told: Told) -> Iterator[Party]:
    """Reads "the attackers were men of the brigade", "the planes were Syrian"."""
    for verb in told.verbs():
        subject = child(verb, "nsubj")
        if verb.lemma_ != "be" or subject is None or is_negated(verb):
            continue
        if is_a(subject.lemma_.lower(), WordClass.DOER) or is_a(subject.lower_, WordClass.DOER):
            named = child(verb, "attr", "acomp")
            party = told.party(named) if named is not None else None
            if party is not None:
                yield party


def _by_deed(told: Told) -> Iterator[Party]:
    """The doers of the clause's acts, where the speaker and not the report names them."""
    if _is_reporters_own(told):
        return
    for mention in told.mentions:
        if isinstance(mention, HarmMention):
            lawful = mention.harm not in _HARMS
        else:
            lawful = mention.event_type in _LAWFUL
        trigger = told.sentence.doc[mention.trigger]
        if mention.agent is None or lawful or not (is_real(trigger) or _may_have(trigger)):
            continue
        party = told.party(mention.agent)
        if party is not None:
            yield party


def _is_reporters_own(told: Told) -> bool:
    """True for a lead, "An army raid killed two, medics said": the report's own words, then a source."""
    verb = told.statement.verb
    before = verb is not None and all(end <= verb for _, end in told.scope)
    return before and told.sentence.index <= LEAD and not any(t.text == '"' for t in told.tokens())


def _may_have(verb: Token) -> bool:
    """True for "might have killed": a suspicion."""
    helped = {c.lower_ for c in verb.lefts if c.dep_ == "aux"}
    return "have" in helped and bool(helped & {"may", "might", "could", "must"})
