"""Whom a clause makes the doer by what it tells: "rebels did it", "it was the army that fired first"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import Actor, Category, EventType, Harm
from casus.reading.clauses import after_by, is_passive, subject_of
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.parties import Party
from casus.reading.persons import could_be_person
from casus.reading.realis import is_negated, is_real
from casus.reading.told import Stance, Told
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.countries import CountryTable

_FARTHEST = 12  # tokens between a phrase of guilt and the one who is named
_HARMS = frozenset((Harm.KILLED, Harm.INJURED, Harm.ABDUCTED))
LEAD = 1  # the index of the last sentence that only tells the news
_LAWFUL = frozenset((EventType.ARREST, EventType.PROTEST))
_ARMED = (Category.SECURITY_FORCES, Category.MILITANTS)
_NOBODY_KNOWN = frozenset(("unidentified", "unknown", "unnamed", "some", "several", "masked"))


def accused_by_content(told: Told) -> Actor | None:
    """The side that a clause makes the doer, the surest sign first; never the speaker's own."""
    found = (
        *_by_phrase(told),
        *_by_mark(told),
        *_by_identity(told),
        *_by_cleft(told),
        *_by_deed(told),
        *_by_noun(told),
        *_by_crime(told),
    )
    for party in found:
        own = told.is_own(party) or told.is_own_subject(told.sentence.doc[party.token])
        if can_be_accused(party, told) and not own:
            return party.actor
    return next(_by_complaint(told), None) or _by_origin(told)


def can_be_accused(party: Party, told: Told) -> bool:
    """True for a side by name, or people told by their cause; "gunmen" and "two rebels" accuse nobody."""
    actor = party.actor
    words = actor.name.lower().split()
    if actor.registry_id is not None or actor.country_code is not None or party.is_named:
        return True
    noun = told.sentence.doc[party.token]
    if _NOBODY_KNOWN & set(words) or any(t.dep_ == "nummod" for t in noun.lefts):
        return False
    return is_a(words[-1].removesuffix("s"), WordClass.ACCUSED_KIND) or is_a(
        words[-1], WordClass.ACCUSED_KIND
    )


def _by_phrase(told: Told) -> Iterator[Party]:
    """Reads "the rebels were behind it", "it was the work of the rebels"."""
    covered = [t.i for t in told.tokens()]
    for start, end, stance in told.phrases(Stance.GUILT_AFTER, Stance.GUILT_BEFORE, Stance.MEMBER_OF):
        if not told.is_asserted(start) or (stance is Stance.MEMBER_OF and not _is_of_doers(told, start)):
            continue
        after = stance is not Stance.GUILT_BEFORE
        order = [i for i in covered if i >= end] if after else [i for i in reversed(covered) if i < start]
        yield from _parties(told, order[:_FARTHEST])


def _is_of_doers(told: Told, start: int) -> bool:
    """True where those of "they belonged to the brigade" are who did it, not its victims."""
    subject = subject_of(told.sentence.doc[start])
    return subject is not None and (
        is_a(subject.lemma_.lower(), WordClass.DOER)
        or is_a(subject.lower_, WordClass.DOER)
        or subject.ent_type_ == "PERSON"
    )


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
        subject = subject_of(verb)
        if verb.lemma_ != "be" or subject is None or is_negated(verb):
            continue
        if is_a(subject.lemma_.lower(), WordClass.DOER) or is_a(subject.lower_, WordClass.DOER):
            named = child(verb, "attr", "acomp")
            party = told.party(named) if named is not None else None
            if party is not None:
                yield party


def _by_cleft(told: Told) -> Iterator[Party]:
    """Reads "it was the army that had fired first", "it was protesters who carried weapons"."""
    for verb in told.verbs():
        subject = child(verb, "nsubj")
        if verb.lemma_ != "be" or subject is None or subject.lower_ != "it" or is_negated(verb):
            continue
        named = child(verb, "attr")
        clause = next((c for t in (verb, named) if t for c in t.rights if c.dep_ in _CLEFT), None)
        party = told.party(named) if named is not None else None
        if party is not None and clause is not None and not is_a(clause.lemma_.lower(), WordClass.GOOD_DEED):
            yield party


_CLEFT = ("relcl", "advcl", "ccomp")


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
        mutual = is_a(trigger.lemma_.lower(), WordClass.FOUGHT)
        if mention.agent is None or lawful or mutual or not (is_real(trigger) or _may_have(trigger)):
            continue
        party = told.party(mention.agent)
        if party is not None:
            yield party


def _by_noun(told: Told) -> Iterator[Party]:
    """Reads "a sabotage by the ruling party", "the massacre by the militia"."""
    if _is_reporters_own(told):
        return
    for token in told.tokens():
        crime = token.pos_ == "NOUN" and (
            told.is_violence(token) or is_a(token.lemma_.lower(), WordClass.CRIME)
        )
        doer = after_by(token) if crime and told.is_asserted(token.i) else None
        party = told.party(doer) if doer is not None else None
        if party is not None:
            yield party


def _by_crime(told: Told) -> Iterator[Party]:
    """Reads "protesters had carried out acts of vandalism", "troops committed abuses"."""
    for verb in told.verbs():
        target = child(verb, "dobj") if is_a(verb.lemma_.lower(), WordClass.CARRY_OUT) else None
        doer = subject_of(verb)
        if target is None or doer is None or not is_a(target.lemma_.lower(), WordClass.CRIME):
            continue
        party = told.party(doer) if is_real(verb) else None
        if party is not None:
            yield party


def _by_complaint(told: Told) -> Iterator[Actor]:
    """The armed sides of "alleged that", "complained that": whatever they did is held against them."""
    if told.verb is None or not is_a(told.verb.lemma_.lower(), WordClass.COMPLAINS):
        return
    for verb in told.verbs():
        if is_negated(verb):
            continue
        doer = after_by(verb) if is_passive(verb) else subject_of(verb)
        beside = (child(c, "pobj") for c in verb.rights if c.lower_ in ("with", "alongside"))
        for noun in (doer, *beside):
            party = told.party(noun) if noun is not None else None
            if party is not None and party.category in _ARMED and not told.is_own(party):
                yield party.actor


def _by_origin(told: Told) -> Actor | None:
    """The side that fire came from: "the missiles were launched from Ruritanian soil"."""
    for verb in told.verbs():
        subject = child(verb, "nsubj", "nsubjpass")
        fired = subject is not None and is_a(subject.lemma_.lower(), WordClass.FIRE)
        if not fired or is_negated(verb) or not is_a(verb.lemma_.lower(), WordClass.FIRED_FROM):
            continue
        links = (c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "from")
        source = next((noun for link in links if (noun := child(link, "pobj")) is not None), None)
        actor = _owner_of_ground(told, source) if source is not None else None
        if actor is not None:
            return actor
    return None


def _owner_of_ground(told: Told, source: Token) -> Actor | None:
    """Whose ground or post a place is, by an actor or a country named with it."""
    for token in source.subtree:
        mark = told.marks.actors.get(token.i)
        if mark is not None and mark.can_act:
            return Actor(mark.name, mark.registry_id, mark.country_code)
        country = CountryTable.load().by_name(token.text)
        if country is not None and country.code != told.home_code:
            return Actor(country.name, None, country.code)
    return None


def is_charged(told: Told) -> bool:
    """True for "he was suspected of having fired", "she would be charged with treason"."""
    verbs = (v for v in told.verbs() if is_a(v.lemma_.lower(), WordClass.CHARGED))
    return any(is_passive(v) and not is_negated(v) and _is_person(told, subject_of(v)) for v in verbs)


def _is_person(told: Told, subject: Token | None) -> bool:
    if subject is None or subject.pos_ != "PROPN":
        return subject is not None and subject.lower_ in ("he", "she")
    return could_be_person(subject, told.marks)


def _is_reporters_own(told: Told) -> bool:
    """True for a lead, "An army raid killed two, medics said": the report's own words, then a source."""
    verb = told.statement.verb
    before = verb is not None and all(end <= verb for _, end in told.scope)
    return before and told.sentence.index <= LEAD and not any(t.text == '"' for t in told.tokens())


def _may_have(verb: Token) -> bool:
    """True for "might have killed": a suspicion."""
    helped = {c.lower_ for c in verb.lefts if c.dep_ == "aux"}
    return "have" in helped and bool(helped & {"may", "might", "could", "must"})
