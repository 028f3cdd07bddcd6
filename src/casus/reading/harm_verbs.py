"""Harm told by a verb: "killed two men", "were abducted", "three soldiers died".

Rules `harm.verb`, `harm.subject`, and `harm.shot` for people of whom only is told that they
were shot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from casus.model import Category, EventType, Harm
from casus.reading.clauses import agent_of, has_complement, is_passive, patient_of, subject_of
from casus.reading.groups import Group, PhraseReader
from casus.reading.harm_states import list_end, people_between
from casus.reading.lexicon import HarmWord, word_lists
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child

# Harms that depend on who holds: militants abduct, an authority arrests (coding rules, "Tolls").
_HELD = frozenset({Harm.ABDUCTED, Harm.ARRESTED})
# Nouns for the harmed: whoever carries them off or finds them tells no new harm.
_STATES = {"wounded": Harm.INJURED, "injured": Harm.INJURED, "dead": Harm.KILLED}
_EXODUS = 20  # people; fewer who leave a place are travellers


def verb_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions that verbs make, in the order of the sentence."""
    for token in reader.sentence.doc:
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.tag_ in ("VBN", "VBD"):
            mention = _mention_at(reader, token)
            if mention is not None:
                yield mention


def _mention_at(reader: PhraseReader, token: Token) -> HarmMention | None:
    word = _word_at(reader, token)
    if word is None:
        return None
    if _is_only_tried(token):
        return _attempt(reader, token, word)
    index = reader.sentence.index
    if word.patient == "subject":
        groups = _groups(reader, subject_of(token))
        if not groups:
            return None
        return HarmMention(index, token.i, word.harm, groups, None, word.event_type, "harm.subject")
    patient = patient_of(token, "object")
    groups = _groups(reader, patient)
    if not groups and patient is not None and not word.needs and _must_be_people(reader, patient, word):
        groups = (reader.people_at(patient, Category.CIVILIANS),)
    if token.dep_ == "amod" and all(g.quantity is None for g in groups):
        return None  # "the displaced families", "kidnapped schoolgirls": told in passing
    if not groups and word.complement and not is_passive(token):
        groups = _after_complement(reader, token, word.complement)
    if not groups and (elided := _elided_passive(reader, token)):
        return HarmMention(index, token.i, word.harm, elided, None, word.event_type, "harm.stative")
    agent = agent_of(token)
    state = next((s for g in groups if (s := _STATES.get(reader.sentence.words[g.end - 1])) is not None), None)
    if state is not None and state is not word.harm:
        groups = tuple(_of_side(reader, g, agent) for g in groups)
        return HarmMention(index, token.i, state, groups, None, None, "harm.stative")
    harm, event_type = _held_by(reader, word, agent, groups)
    rule = "harm.shot" if word.needs == "shot" else "harm.verb"
    return HarmMention(index, token.i, harm, groups, agent, event_type, rule)


def _of_side(reader: PhraseReader, group: Group, agent: Token | None) -> Group:
    """The wounded of "carried off 20 of their wounded": people of those who carry them."""
    own = agent is not None and bool({"their", "its"} & set(reader.sentence.words[group.start : group.end]))
    side = reader.category(agent) if own and agent is not None else None
    return replace(group, category=side) if side is not None and group.category is Category.UNKNOWN else group


def _groups(reader: PhraseReader, noun: Token | None) -> tuple[Group, ...]:
    return reader.groups_at(noun) if noun is not None else ()


def _attempt(reader: PhraseReader, token: Token, word: HarmWord) -> HarmMention | None:
    """The mention of an attempt that failed: an event, whose people nobody counts; None for a mere wish."""
    groups = tuple(
        replace(g, low=None, best=None, high=None, quantity=None, is_part=True)
        for g in _groups(reader, patient_of(token, "object"))
    )
    if token.head.lemma_.lower() not in ("try", "attempt") or not groups:
        return None
    agent = subject_of(token)
    return HarmMention(
        reader.sentence.index, token.i, word.harm, groups, agent, word.event_type, "harm.verb"
    )


def _is_only_tried(token: Token) -> bool:
    """True for "tried to kill the minister", "an attempt to murder him": nobody is told to be harmed."""
    if token.dep_ not in ("xcomp", "acl") or not any(c.lower_ == "to" for c in token.lefts):
        return False
    return token.head.lemma_.lower() in word_lists()["attempts"]


def _after_complement(reader: PhraseReader, token: Token, complement: str) -> tuple[Group, ...]:
    """The people of "put to death the mayor and four peasants": the object stands after the complement."""
    doc = reader.sentence.doc
    window = doc[token.i + 1 : token.i + 4]
    last = next((t.i for t in window if complement in (t.lower_, t.lemma_.lower())), None)
    return people_between(reader, last + 1, list_end(reader, last + 1)) if last is not None else ()


def _elided_passive(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    """The people of "two were killed and 34 wounded": a number as subject, no object, no auxiliary of its own."""
    subject = child(token, "nsubj")
    bare = child(token, "dobj", "obj", "aux") is None and token.tag_ in ("VBN", "VBD")
    if subject is None or not bare:
        return ()
    return tuple(g for g in reader.groups_at(subject) if g.quantity is not None and g.head < token.i)


def _held_by(
    reader: PhraseReader, word: HarmWord, agent: Token | None, groups: tuple[Group, ...]
) -> tuple[Harm, EventType | None]:
    """Harm and kind of event of a verb of holding or freeing, by who does it; of other verbs as they are."""
    holder = reader.category(agent) if agent is not None else None
    broken = holder is Category.MILITANTS or (
        holder is not Category.SECURITY_FORCES and bool(word_lists()["prisons"] & set(reader.sentence.words))
    )
    if word.harm is Harm.RELEASED and broken and agent is not None and _inmates(reader, groups):
        return Harm.ESCAPED, None
    if word.harm is Harm.ARRESTED and holder is Category.MILITANTS:
        return Harm.ABDUCTED, EventType.ABDUCTION
    if word.harm is Harm.ABDUCTED and word.needs == "seizure" and holder is Category.SECURITY_FORCES:
        return Harm.ARRESTED, EventType.ARREST
    return word.harm, word.event_type


def _must_be_people(reader: PhraseReader, patient: Token, word: HarmWord) -> bool:
    """True for an unknown noun after a verb that is done to people alone: "killed a sarpanch", "kidnapped one Nasir"."""
    if patient.i in reader.blocked or patient.i in reader.places or patient.i in reader.actors:
        return False
    if patient.pos_ == "PROPN":
        return patient.ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "TIME", "PRODUCT", "EVENT", "WORK_OF_ART")
    return patient.pos_ == "NOUN" and not word.complement and patient.lemma_.lower() not in word_lists()["no people killed"]


# -- which verbs mean harm


def _word_at(reader: PhraseReader, token: Token) -> HarmWord | None:
    """The entry of `harms.tsv` that fits a verb where it stands."""
    for word in reader.lexicon.harms.get((token.lemma_.lower(), "VERB"), ()):
        if word.complement and not has_complement(token, word.complement):
            continue
        if not word.needs or _NEEDS[word.needs](reader, token, word):
            return word
    return None


def _has_people(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    patient = patient_of(token, word.patient)
    if patient is None or (word.harm is Harm.INJURED and patient.lemma_.lower() in word_lists()["bodies"]):
        return False
    return any(
        g.is_people or g.pronoun not in (None, "it", "which", "that") or g.quantity
        for g in reader.groups_at(patient)
    )


def _is_shot(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "two guards were shot": not "was shot at", "shot down", or a film that was shot."""
    if any(c.lower_ in ("down", "up") and c.dep_ in ("prt", "advmod") for c in token.children):
        return False
    at = next((c for c in token.children if c.lower_ == "at" and c.dep_ == "prep"), None)
    aimed = child(at, "pobj") if at is not None else None
    if at is not None and (aimed is None or (reader.is_person_noun(aimed) and not is_passive(token))):
        return False
    patient = patient_of(token, word.patient)
    return patient is not None and any(
        g.is_people
        or g.quantity is not None
        or g.pronoun in ("he", "she", "him", "her", "they", "them", "all")
        for g in reader.groups_at(patient)
    )


def _fighters_fell(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "13 rebels fell in the battle": fighters, and nothing that they fell on or into."""
    subject = patient_of(token, word.patient)
    for link in token.children:
        inner = child(link, "pobj")
        dated = inner is not None and inner.i in reader.dated
        if link.lower_ in word_lists()["fall elsewhere"] and not dated:
            return False
    group = reader.group_at(subject) if subject is not None else None
    if group is None or group.pronoun is not None:
        return False
    fighters = group.category in (Category.MILITANTS, Category.SECURITY_FORCES)
    return (fighters and (group.quantity is not None or group.is_people)) or (
        group.quantity is not None and not group.name
    )


def _is_seizure(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "gunmen took 317 pupils from the school", "police are holding 12 suspects": not to a hospital or a court."""
    if any(_leads_elsewhere(reader, c) for c in token.children):
        return False
    patient = patient_of(token, word.patient)
    group = reader.group_at(patient) if patient is not None else None
    if group is None or not (group.is_people or group.pronoun in ("them", "they")):
        return False
    lemma = token.lemma_.lower()
    if is_passive(token):
        taken = lemma == "take" and any(c.lower_ == "from" for c in token.children)
        known = reader.is_kidnapping and lemma in ("take", "hold")
        return (taken or known) and group.quantity is not None and group.pronoun is None
    doer = subject_of(token)
    if doer is None:
        return False
    if lemma == "hold" and reader.is_kidnapping and doer.lower_ in ("they", "who"):
        return True
    held = lemma == "hold" and group.quantity is not None and doer.lower_ in word_lists()["forces"]
    armed = doer.lemma_.lower() in word_lists()["captors"] or doer.i in reader.actors
    return held or (armed and (lemma in ("take", "march") or reader.is_kidnapping))


def _leads_elsewhere(reader: PhraseReader, link: Token) -> bool:
    """True for "took them to hospital", "took over", "took part in": not for "took them in the night"."""
    if link.lower_ not in word_lists()["taken elsewhere"] or link.dep_ not in ("prep", "prt"):
        return False
    inner = child(link, "pobj")
    hour = inner is not None and inner.lemma_.lower() in ("hour", "night", "morning", "evening", "dawn", "raid", "attack")
    return not (hour or (inner is not None and inner.i in reader.dated))


def _are_suspects(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "two men suspected of the murder have been caught", "police caught three gunmen"."""
    agent, patient = agent_of(token), patient_of(token, word.patient)
    group = reader.group_at(patient) if patient is not None else None
    if group is None or not group.is_people or token.lower_ != "caught":
        return False
    if agent is not None:
        return reader.category(agent) is Category.SECURITY_FORCES
    return bool(word_lists()["suspicion"] & set(reader.sentence.words))


def _are_buried(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for the dead of "villagers buried 23 people": not for people under rubble."""
    under = any(c.lower_ in ("under", "beneath", "underneath", "alive") for c in token.subtree)
    patient = patient_of(token, word.patient)
    group = reader.group_at(patient) if patient is not None else None
    return not under and group is not None and group.quantity is not None and (group.value or 0) > 1


def _is_exodus(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "6,300 people have left the town": many civilians, and no other thing that they leave."""
    subject = patient_of(token, word.patient)
    group = reader.group_at(subject) if subject is not None else None
    if group is None or group.pronoun is not None or is_passive(token):
        return False
    plain = group.category is Category.CIVILIANS or "people" in group.name.lower() or not group.name
    if not plain or not group.is_people and group.name:
        return False
    crowd = word_lists()["crowds"] & set(reader.sentence.words[group.start : group.end])
    if (group.value or 0) < _EXODUS and not crowd:
        return False
    left = child(token, "dobj")
    if left is None:
        return word.lemma not in ("abandon", "quit", "desert")
    return (
        left.pos_ == "PROPN"
        or left.i in reader.places
        or left.ent_type_ in ("GPE", "LOC", "FAC")
        or left.lemma_.lower() in word_lists()["homes"]
    )


def _among_captives(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    return reader.is_kidnapping and _has_people(reader, token, word)


def _from_captivity(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for captives and prisoners who escape: not for those who "escaped unhurt" or attackers who got away."""
    if any(t.lower_ in word_lists()["unhurt"] for t in token.doc[token.i + 1 : token.i + 5]):
        return False
    groups = _groups(reader, patient_of(token, word.patient))
    if _inmates(reader, groups) or word_lists()["prisons"] & set(reader.sentence.words):
        return bool(groups)
    held = reader.is_kidnapping or any(g.category is Category.SECURITY_FORCES for g in groups)
    return held and any(
        g.category is not Category.MILITANTS and (g.is_people or g.quantity is not None or g.pronoun)
        for g in groups
    )


def _are_civilians(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for people who flee: not for attackers or troops who withdraw."""
    armed = (Category.MILITANTS, Category.SECURITY_FORCES)
    groups = _groups(reader, patient_of(token, word.patient))
    return any(g.category not in armed and (g.is_people or g.quantity is not None) for g in groups)


def _are_prisoners(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "200 inmates broke out", "the rebels broke out five prisoners"."""
    return _inmates(reader, _groups(reader, patient_of(token, word.patient)))


def _inmates(reader: PhraseReader, groups: tuple[Group, ...]) -> bool:
    """True for the inmates of a prison: whom attackers free has escaped."""
    heads = (reader.people_head(reader.sentence.doc[g.head]) for g in groups)
    return any(head.lemma_.lower() in word_lists()["inmates"] for head in heads)


_NEEDS = {
    "people": _has_people,
    "shot": _is_shot,
    "fighters": _fighters_fell,
    "seizure": _is_seizure,
    "suspects": _are_suspects,
    "burial": _are_buried,
    "exodus": _is_exodus,
    "kidnapping": _among_captives,
    "prisoners": _are_prisoners,
    "captivity": _from_captivity,
    "civilians": _are_civilians,
}
