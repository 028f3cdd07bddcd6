"""What a verb asks for before it means harm: people, fighters, a captor (`harms.tsv`, column needs)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spacy.tokens import Token

from casus.model import Category, Harm
from casus.reading.clauses import after_of, agent_of, is_passive, patient_of, subject_of
from casus.reading.groups import PhraseReader
from casus.reading.lexicon import HarmWord, word_lists
from casus.reading.parsing import child
from casus.reading.people import Group

_HOURS_AND_ACTS = frozenset(("hour", "night", "morning", "evening", "dawn", "raid", "attack"))
_HELD = frozenset({"them", "they", "him", "her"})
_EXODUS = 20  # people; fewer who leave a place are travellers


def groups_of(reader: PhraseReader, noun: Token | None) -> tuple[Group, ...]:
    """The people under a noun; none where there is no noun."""
    return reader.groups_at(noun) if noun is not None else ()


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
    """True for "gunmen took 317 pupils from the school", "police are holding 12 suspects"."""
    if any(_leads_elsewhere(reader, c) for c in token.children):
        return False
    patient = patient_of(token, word.patient)
    group = reader.group_at(patient) if patient is not None else None
    if group is None or not (group.is_people or group.pronoun in _HELD):
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
    if link.lower_ == "in" and inner is not None and inner.i in reader.places:
        return False
    hour = inner is not None and inner.lemma_.lower() in _HOURS_AND_ACTS
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
    if not plain or (not group.is_people and group.name):
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
    """True for captives of a report that speaks of them, and not handed over to police or a court."""
    if not reader.is_kidnapping or not _has_people(reader, token, word):
        return False
    links = (c for c in token.children if c.lower_ == "to")
    takers = {t.lower_ for link in links for t in link.subtree}
    return not takers & word_lists()["jailers"]


def _from_captivity(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for captives and prisoners who escape: not for "escaped unhurt" or attackers who got away."""
    if any(t.lower_ in word_lists()["unhurt"] for t in token.doc[token.i + 1 : token.i + 5]):
        return False
    escaped = child(token, "dobj")
    if escaped is not None and escaped.lemma_.lower() not in word_lists()["captivity"]:
        return False  # "escaped a blast", "escaped an assassination attempt"
    groups = groups_of(reader, patient_of(token, word.patient))
    if any(word_lists()["pursued"] & set(g.name.lower().split()) for g in groups):
        return False
    if are_inmates(reader, groups) or word_lists()["prisons"] & set(reader.sentence.words):
        return bool(groups)
    held = reader.is_kidnapping or any(g.category is Category.SECURITY_FORCES for g in groups)
    return held and any(
        g.category is not Category.MILITANTS and (g.is_people or g.quantity is not None or g.pronoun)
        for g in groups
    )


def _are_civilians(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for people who flee: not for attackers or troops who withdraw."""
    armed = (Category.MILITANTS, Category.SECURITY_FORCES)
    groups = groups_of(reader, patient_of(token, word.patient))
    return any(g.category not in armed and (g.is_people or g.quantity is not None) for g in groups)


def _are_prisoners(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "200 inmates broke out", "the rebels broke out five prisoners"."""
    return are_inmates(reader, groups_of(reader, patient_of(token, word.patient)))


def are_inmates(reader: PhraseReader, groups: tuple[Group, ...]) -> bool:
    """True for the inmates of a prison: whom attackers free has escaped."""
    heads = (reader.people_head(reader.sentence.doc[g.head]) for g in groups)
    return any(head.lemma_.lower() in word_lists()["inmates"] for head in heads)


def _in_hands_of_fighters(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    """True for "30 officers were in the hands of mutineers": not for a town, nor for troops who hold it."""
    doc = reader.sentence.doc
    hands = next((t for t in doc[token.i + 1 : token.i + 8] if t.lower_ == "hands"), None)
    if hands is None or not _has_people(reader, token, word):
        return False
    owners = [after_of(hands), *(c for c in hands.lefts if c.dep_ in ("compound", "poss", "amod"))]
    return any(o is not None and _may_capture(reader, o) for o in owners)


def _may_capture(reader: PhraseReader, owner: Token) -> bool:
    mark = reader.actors.get(owner.i)
    militant = mark is not None and mark.category is Category.MILITANTS
    return (
        militant
        or owner.lemma_.lower() in word_lists()["captors"]
        or reader.category(owner) is Category.MILITANTS
    )


NEEDS: Mapping[str, Callable[[PhraseReader, Token, HarmWord], bool]] = {
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
    "captors": _in_hands_of_fighters,
}
