"""Who did it to whom, by the grammar around a word of harm or act.

To the subject, object and "by" that the words themselves give this adds:

- a weapon stands for who sent it: "a shell fired by the army", "jets of the alliance", "its planes"
- "was ambushed by rebels, killing five": the doer of the passive verb is that of the participle
- "accused the rebels of killing five": whom a verb of guilt is said of
- "died in an ambush laid by rebels", "in police firing": who is behind the deed
- "between A and B", "A clashed with B": the first side, and the other (`clashes`)
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from casus.model import EventType
from casus.reading.acts import ActMention
from casus.reading.aims import aim_of, fire_on
from casus.reading.casting import party_words
from casus.reading.clashes import Sides, met, with_conjuncts
from casus.reading.clauses import agent_of, is_passive, subject_of
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.subjects import mended

# Verbs that say of somebody that he did what the verb after them tells.
_GUILT = frozenset(
    {"accuse", "suspect", "convict", "blame", "charge", "indict", "acquit", "see", "hear", "film", "catch"}
)
_SENT_BY = ("by", "from", "of", "belonging")
_IN_DEED = ("in", "by", "during", "from")
_UP_TREE = 6


def sides_of(mention: HarmMention | ActMention, doc: Doc) -> Sides:
    """The sides of an act or a harm, as far as its own clause tells."""
    trigger = doc[mention.trigger]
    agent = mended(trigger, mention.agent)
    if mention.event_type is EventType.ARMED_CLASH:
        sides = met(trigger, agent)
        if sides is not None:
            return sides
    target = aim_of(trigger, mention.target) if isinstance(mention, ActMention) else None
    return Sides(with_conjuncts(_doer(trigger, agent)), with_conjuncts(target))


# -- doers


def _doer(trigger: Token, agent: Token | None) -> Token | None:
    fire = fire_on(trigger)
    if fire is not None:
        return _by(fire)
    noun = _of_guilt(trigger) or _of_passive(trigger, agent) or _of_clause(trigger, agent) or agent
    if noun is None:
        noun = _through(trigger) or _made_by(trigger)
    if noun is None:
        return None
    return _sender(noun) or noun


def _of_passive(trigger: Token, agent: Token | None) -> Token | None:
    """The "by" of the passive verb that a participle goes with, where it took over that verb's subject."""
    verb = trigger.head
    if agent is None or trigger.dep_ != "advcl" or trigger.tag_ != "VBG" or not is_passive(verb):
        return None
    return agent_of(verb) if subject_of(verb) == agent else None


def _of_clause(trigger: Token, agent: Token | None) -> Token | None:
    """The subject of "rebels ambushed a convoy, killing five", where the parse takes the convoy for it."""
    if agent is None or trigger.tag_ != "VBG" or trigger.dep_ != "acl" or agent != trigger.head:
        return None
    if agent.lower_ not in party_words()["venue"]:
        return None
    verb = next((word for word in agent.ancestors if word.pos_ == "VERB"), None)
    return agent_of(verb) if verb is not None else None


def _through(trigger: Token) -> Token | None:
    """Who is behind the deed that harmed: "died in police firing", "hurt in an assault by settlers"."""
    for link in trigger.rights:
        deed = child(link, "pobj") if link.dep_ in ("prep", "agent") and link.lower_ in _IN_DEED else None
        if deed is None or deed.lemma_.lower() not in party_words()["deed"]:
            continue
        owner = child(deed, "poss") or next((c for c in deed.lefts if c.dep_ in ("compound", "nmod")), None)
        return _by(deed) or _made_by(deed) or owner
    return None


def _made_by(deed: Token) -> Token | None:
    """Who made a deed: "an ambush laid by rebels", "the attack carried out by the Front"."""
    if deed.pos_ not in ("NOUN", "PROPN"):
        return None
    for verb in deed.rights:
        if (
            verb.dep_ in ("acl", "relcl")
            and is_passive(verb)
            and verb.lemma_.lower() in party_words()["makes"]
        ):
            return _by(verb)
    verb = deed.head
    if deed.dep_ == "nsubjpass" and verb.lemma_.lower() in party_words()["makes"]:
        return _by(verb)
    return None


def _of_guilt(trigger: Token) -> Token | None:
    """Whom "accused … of killing", "suspected of", "was seen shooting" is said of."""
    verb = trigger
    for _ in range(_UP_TREE):
        if verb.dep_ == "conj":
            verb = verb.head
        elif verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "for", "with"):
            verb = verb.head.head
            break
        elif verb.dep_ in ("xcomp", "ccomp") and child(verb, "nsubj", "nsubjpass") is None:
            verb = verb.head
            break
        else:
            return None
    if verb.lemma_.lower() not in _GUILT:
        return None
    if is_passive(verb):
        return child(verb, "nsubjpass") or (verb.head if verb.dep_ in ("acl", "relcl") else None)
    return child(verb, "dobj", "obj")


def _sender(noun: Token) -> Token | None:
    """Who sent, set off or owns a weapon; None for other nouns and where nobody is told."""
    words = party_words()
    if noun.lower_ not in words["weapon"]:
        return None
    for verb in noun.rights:
        if verb.dep_ in ("acl", "relcl") and verb.lemma_.lower() in words["origin"]:
            found = _by(verb) or (None if is_passive(verb) else subject_of(verb))
            if found is not None and found != noun:
                return found
    owner = child(noun, "poss")
    if owner is not None:
        return owner_of(owner)
    return _by(noun)


def _by(word: Token) -> Token | None:
    for link in word.rights:
        if link.dep_ in ("prep", "agent", "acl") and link.lower_ in _SENT_BY:
            inner = child(link, "pobj") or child(child(link, "prep") or link, "pobj")
            if inner is not None:
                return inner
    return None


def owner_of(owner: Token) -> Token | None:
    """Whose a thing is; for "its" and "their" the subject of the clause above."""
    if owner.pos_ != "PRON":
        return owner
    verb = owner.head
    for _ in range(_UP_TREE):
        subject = child(verb, "nsubj", "nsubjpass")
        if subject is not None and owner not in subject.subtree and subject.pos_ != "PRON":
            return subject
        verb = verb.head
    return None
