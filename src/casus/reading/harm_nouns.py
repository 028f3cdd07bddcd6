"""Harm told by a noun: deaths, lives, bodies, throats.

Rules `harm.noun`, `harm.lives`, `harm.bodies`, `harm.throats`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from casus.model import Category, EventType, Harm
from casus.reading.clauses import after_by, after_of, subject_of
from casus.reading.groups import PhraseReader
from casus.reading.lexicon import word_lists
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.people import Group
from casus.reading.quantities import Quantity


def noun_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "the killing of two men", "53 deaths", "the mayor's murder"."""
    for token in reader.sentence.tokens:
        words = reader.lexicon.harms.get((token.lemma_.lower(), "NOUN"), ())
        if token.pos_ not in ("NOUN", "PROPN") or not words or _in_name(reader, token):
            continue
        patients = _patients(reader, token)
        if patients:
            word, agent = words[0], after_by(token)
            yield HarmMention(
                reader.sentence.index, token.i, word.harm, patients, agent, word.event_type, "harm.noun"
            )


def _in_name(reader: PhraseReader, token: Token) -> bool:
    """True for the "Liberation" of a "Liberation Front"."""
    if token.i in reader.actors:
        return True
    beside = (token.i - 1, token.i + 1)
    doc = token.doc
    return token.pos_ == "PROPN" and any(0 <= i < len(doc) and doc[i].pos_ == "PROPN" for i in beside)


def _patients(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    lemma = token.lemma_.lower()
    inner = after_of(token)
    if inner is not None:
        return tuple(
            g for g in reader.groups_at(inner) if g.is_people or g.quantity is not None or g.is_named
        )
    number = _number_before(reader, token) if token.dep_ != "compound" else None  # "16 arrest warrants"
    if number is not None and lemma in word_lists()["counted harms"]:
        return (replace(reader.counted(number), end=token.i + 1),)
    owner = child(token, "poss")
    return reader.groups_at(owner) if owner is not None and lemma in word_lists()["owned harms"] else ()


def _number_before(reader: PhraseReader, token: Token) -> Quantity | None:
    """The number right before a noun or the adjective before it: "12 confirmed deaths"."""
    return next((q for q in reader.quantities if token.i - 2 <= q.end <= token.i), None)


# -- lives and throats


def lives_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "cost 12 lives", "claimed the lives of 12 people", "lost two men"."""
    for token in reader.sentence.tokens:
        lemma = token.lemma_.lower()
        if token.pos_ != "VERB":
            continue
        groups: tuple[Group, ...] = ()
        if lemma in word_lists()["life takers"]:
            objects = (c for c in token.children if c.dep_ in ("dobj", "attr", "dative"))
            beside = (t for c in objects for t in (c, *c.rights))
            life = next((t for t in beside if t.lemma_.lower() == "life"), None)
            groups = _of_lives(reader, life) if life is not None else ()
        elif lemma == "lose":
            groups = _lost(reader, token)
        if groups:
            yield HarmMention(reader.sentence.index, token.i, Harm.KILLED, groups, None, None, "harm.lives")


def _of_lives(reader: PhraseReader, life: Token) -> tuple[Group, ...]:
    inner = after_of(life)
    if inner is None and child(life, "poss") is not None:
        others = (life.head, *life.head.rights)  # "cost the boy his life"
        inner = next((t for t in others if t.dep_ in ("dative", "dobj", "iobj") and t.i < life.i), None)
    if inner is not None:
        return reader.groups_at(inner)
    number = _number_before(reader, life)
    if number is None or number.value is None:
        return ()
    return (replace(reader.counted(number), end=life.i + 1),)


def _lost(reader: PhraseReader, verb: Token) -> tuple[Group, ...]:
    """The people whom a side lost; men of no told side are of the side that lost them."""
    lost, loser = child(verb, "dobj"), _loser(verb)
    if lost is None or lost.lemma_.lower() in ("life", "seat", "control", "percent"):
        return ()
    own = reader.sentence.words[lost.i + 1 : lost.i + 4]
    of_own = own in (("of", "its", "own"), ("of", "their", "own"))
    groups = (g for g in reader.groups_at(lost) if g.is_people or of_own)
    side = reader.category(loser) if loser is not None else None
    return tuple(
        replace(g, category=side) if side is not None and g.category is Category.UNKNOWN else g
        for g in groups
        if g.quantity is not None or g.is_named or g.low == 1
    )


def _loser(verb: Token) -> Token | None:
    """Who lost people; for "it", the subject of the verb of saying: "the army said it had lost four men"."""
    loser = subject_of(verb)
    if loser is not None and loser.lower_ in ("it", "they") and verb.dep_ == "ccomp":
        return subject_of(verb.head) or loser
    return loser


def throat_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "slit the throats of five villagers", "cut off the heads of two farmers"."""
    for token in reader.sentence.tokens:
        lemma = token.lemma_.lower()
        if lemma not in ("throat", "head"):
            continue
        near = token.doc[max(0, token.i - 4) : token.i + 4]
        if not any(t.lemma_.lower() in ("cut", "slit", "slash", "hack", "chop") for t in near):
            continue
        if lemma == "head" and not any(t.lower_ == "off" for t in near):
            continue
        patient = after_of(token)
        verb = token.head
        while patient is None and verb.lemma_.lower() != "have" and verb.head.i != verb.i:
            verb = verb.head
        if patient is None and (verb.lemma_.lower() == "have" or child(token, "poss") is not None):
            patient = subject_of(verb)  # "found with their throats cut"
        groups = reader.groups_at(patient) if patient is not None else ()
        if groups:
            yield HarmMention(
                reader.sentence.index, token.i, Harm.KILLED, groups, None, EventType.KILLING, "harm.throats"
            )


# -- bodies


def body_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "the bodies of eight civilians", "11 bodies were found", "the remains of 19 people"."""
    for token in reader.sentence.tokens:
        forms = {token.lower_, token.lemma_.lower()}
        if not forms & word_lists()["bodies"] or token.pos_ not in ("NOUN", "PROPN"):
            continue
        groups = _of_bodies(reader, token)
        if groups:
            yield HarmMention(reader.sentence.index, token.i, Harm.KILLED, groups, None, None, "harm.bodies")


def _of_bodies(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    inner, own = after_of(token), reader.group_at(token)
    groups = reader.groups_at(inner) if inner is not None else ()
    if not groups and own is not None and (own.quantity is not None or _is_found(token)):
        groups = (own,)
    counted = tuple(g for g in groups if g.quantity is not None or g.is_named or g.low == 1)
    leaver = subject_of(token.head) if token.head.lemma_.lower() == "leave" else None
    if leaver is not None and any(c.lower_ == "behind" for c in token.head.children):
        side = reader.category(leaver) or Category.UNKNOWN  # "the rebels left 20 bodies behind"
        return tuple(replace(g, category=side) for g in counted)
    theirs = token.tag_ == "NNS" and any(c.dep_ == "poss" for c in token.lefts)
    if theirs and not counted and own is not None:
        return (replace(own, pronoun="their"),)
    return counted


def _is_found(body: Token) -> bool:
    """True for one body that is found or seen, not for a "rights body"."""
    if body.tag_ != "NN" or any(t.dep_ == "compound" for t in body.lefts):
        return False
    found = word_lists()["finding"]
    return body.head.lemma_.lower() in found or any(t.lemma_.lower() in found for t in body.children)
