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
from casus.reading.groups import PhraseReader
from casus.reading.harm_states import list_end, people_between
from casus.reading.lexicon import HarmWord, word_lists
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.people import Group
from casus.reading.phrases import conjuncts
from casus.reading.verb_needs import NEEDS, are_inmates, groups_of

# Harms that depend on who holds: militants abduct, an authority arrests (coding rules, "Tolls").
_HELD = frozenset({Harm.ABDUCTED, Harm.ARRESTED})
_NO_PEOPLE = frozenset(("GPE", "LOC", "FAC", "DATE", "TIME", "PRODUCT", "EVENT", "WORK_OF_ART"))
_FREEING = frozenset({"free", "release", "liberate", "let", "spring", "break"})
# Nouns for the harmed: whoever carries them off or finds them tells no new harm.
_STATES = {"wounded": Harm.INJURED, "injured": Harm.INJURED, "dead": Harm.KILLED}
_SPANS = frozenset({"hour", "hours", "minutes"})  # for so long somebody was held
_WITH_WINDOW = 8  # tokens after a verb within which its "along with" stands
_BESIDE = frozenset({"conj", "nsubjpass", "dobj", "appos", "npadvmod"})
_NOT_BESIDE = 14  # tokens over which two nouns of a verb are not joined


def verb_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions that verbs make, in the order of the sentence."""
    for token in reader.sentence.tokens:
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.tag_ in ("VBN", "VBD"):
            mention = _mention_at(reader, token)
            if mention is not None:
                yield mention
                yield from _let_go(token, mention)


def _mention_at(reader: PhraseReader, token: Token) -> HarmMention | None:
    word = _word_at(reader, token)
    if word is None or _is_count(reader, token):
        return None
    if _is_only_tried(token):
        return _attempt(reader, token, word)
    if word.patient == "subject":
        groups = groups_of(reader, subject_of(token))
        groups = (*groups, *_together_with(reader, token, groups))
        return _mention(reader, token, word, groups, "harm.subject") if groups else None
    return _done_to(reader, token, word)


def _let_go(token: Token, mention: HarmMention) -> Iterator[HarmMention]:
    """The release that "held him for several hours" tells by the way; not "have been held for 12 days"."""
    if mention.harm not in _HELD or any(c.lower_ in ("have", "has", "'ve") for c in token.lefts):
        return
    for link in token.children:
        span = child(link, "pobj") if link.lower_ == "for" else None
        if span is not None and span.lower_ in _SPANS:
            yield replace(mention, harm=Harm.RELEASED, event_type=None)


def _is_count(reader: PhraseReader, token: Token) -> bool:
    """True for "put losses at 18 killed": the number's state, and nothing that befell the subject."""
    bare = token.tag_ == "VBN" and child(token, "nsubjpass", "auxpass", "aux", "nsubj") is None
    return bare and token.dep_ == "advcl" and any(q.end == token.i for q in reader.quantities)


def _word_at(reader: PhraseReader, token: Token) -> HarmWord | None:
    """The entry of `harms.tsv` that fits a verb where it stands."""
    for word in reader.lexicon.harms.get((token.lemma_.lower(), "VERB"), ()):
        if word.complement and (
            word.complement not in reader.sentence.forms or not has_complement(token, word.complement)
        ):
            continue
        if not word.needs or NEEDS[word.needs](reader, token, word):
            return word
    return None


def _mention(
    reader: PhraseReader, token: Token, word: HarmWord, groups: tuple[Group, ...], rule: str
) -> HarmMention:
    return HarmMention(reader.sentence.index, token.i, word.harm, groups, None, word.event_type, rule)


def _done_to(reader: PhraseReader, token: Token, word: HarmWord) -> HarmMention | None:
    """The mention of a verb whose object or passive subject is harmed."""
    groups = _victims(reader, token, word)
    if token.dep_ == "amod" and _is_in_passing(word, groups):
        return None
    if not groups and (elided := _elided_passive(reader, token)):
        return _mention(reader, token, word, elided, "harm.stative")
    agent = agent_of(token)
    words = reader.sentence.words
    state = next((_STATES[words[g.end - 1]] for g in groups if words[g.end - 1] in _STATES), None)
    if state is not None and all(g.quantity is None for g in groups):
        return None  # "the wounded were taken to hospital": told of before
    if state is not None and state is not word.harm:
        groups = tuple(_of_side(reader, g, agent) for g in groups)
        return replace(_mention(reader, token, word, groups, "harm.stative"), harm=state, event_type=None)
    harm, event_type = _held_by(reader, word, agent, groups)
    rule = "harm.shot" if word.needs == "shot" else "harm.verb"
    return HarmMention(reader.sentence.index, token.i, harm, groups, agent, event_type, rule)


def _is_in_passing(word: HarmWord, groups: tuple[Group, ...]) -> bool:
    """True for "the displaced families", "two kidnapped policemen": not for "55 wounded civilians"."""
    counts = word.harm in (Harm.KILLED, Harm.INJURED)
    return not counts or all(g.quantity is None for g in groups)


# -- whom


def _victims(reader: PhraseReader, token: Token, word: HarmWord) -> tuple[Group, ...]:
    """The people whom the verb is done to."""
    patient = patient_of(token, word.patient)
    groups = groups_of(reader, patient)
    if not groups and patient is not None and not word.needs and _must_be_people(reader, patient, word):
        groups = (reader.people_at(patient, Category.CIVILIANS), *_joined(reader, patient))
    if not groups and word.complement and not is_passive(token):
        return _after_complement(reader, token, word.complement)
    if groups and patient is not None:
        groups = (*groups, *_beside(reader, token, patient, groups))
        groups = (*groups, *_together_with(reader, token, groups))
    return groups


def _joined(reader: PhraseReader, patient: Token) -> Iterator[Group]:
    """The people joined to a noun that names none by itself: "the ruler of the town and his wife"."""
    for head in conjuncts(patient)[1:]:
        group = reader.group_at(head)
        if group is not None and group.is_people:
            yield group


def _beside(reader: PhraseReader, verb: Token, patient: Token, groups: tuple[Group, ...]) -> Iterator[Group]:
    """The people joined to the patient whom the parse hangs on the verb: "a man, 60, and his daughter"."""
    known = {g.head for g in groups}
    for noun in verb.children:
        if not 0 < noun.i - patient.i <= _NOT_BESIDE or noun.pos_ not in ("NOUN", "PROPN") or noun.i in known:
            continue
        between = reader.sentence.words[patient.i + 1 : noun.i]
        verbs = any(t.pos_ in ("VERB", "AUX") for t in verb.doc[patient.i + 1 : noun.i])
        same_side = (noun.i < verb.i) == (patient.i < verb.i)
        joined = "and" in between or any(c.lower_ == "and" for c in noun.children)
        if same_side and joined and not verbs and noun.dep_ in _BESIDE:
            found = reader.groups_at(noun)
            yield from (g for g in found if g.is_people and not g.is_part and g.head not in known)


def _together_with(reader: PhraseReader, verb: Token, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The people of "was killed along with his driver and two guards"."""
    if not groups:
        return ()
    words = reader.sentence.words
    first = min(verb.i, groups[-1].end)
    last = min(len(words) - 2, max(verb.i, groups[-1].end) + _WITH_WINDOW)
    for i in range(first, last):
        if words[i] in ("along", "together") and words[i + 1] == "with":
            known = {g.head for g in groups}
            found = people_between(reader, i + 2, list_end(reader, i + 2))
            return tuple(g for g in found if g.head not in known)
    return ()


def _must_be_people(reader: PhraseReader, patient: Token, word: HarmWord) -> bool:
    """True for an unknown noun after a verb that is done to people alone: "kidnapped one Nasir"."""
    if patient.i in reader.blocked or patient.i in reader.places or patient.i in reader.actors:
        return False
    if patient.pos_ == "PROPN":
        return patient.ent_type_ not in _NO_PEOPLE
    known = patient.lemma_.lower() in word_lists()["no people killed"]
    return patient.pos_ == "NOUN" and not word.complement and not known


def _after_complement(reader: PhraseReader, token: Token, complement: str) -> tuple[Group, ...]:
    """The people of "put to death the mayor and four peasants": the object stands after the complement."""
    doc = reader.sentence.doc
    window = doc[token.i + 1 : token.i + 4]
    last = next((t.i for t in window if complement in (t.lower_, t.lemma_.lower())), None)
    return people_between(reader, last + 1, list_end(reader, last + 1)) if last is not None else ()


def _elided_passive(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    """The people of "two were killed and 34 wounded": a number as subject, no object, no auxiliary."""
    subject = child(token, "nsubj")
    bare = child(token, "dobj", "obj", "aux") is None and token.tag_ in ("VBN", "VBD")
    if subject is None or not bare:
        return ()
    return tuple(g for g in reader.groups_at(subject) if g.quantity is not None and g.head < token.i)


# -- attempts


def _is_only_tried(token: Token) -> bool:
    """True for "tried to kill the minister", "an attempt to murder him": nobody is told to be harmed."""
    if token.dep_ not in ("xcomp", "acl") or not any(c.lower_ == "to" for c in token.lefts):
        return False
    return token.head.lemma_.lower() in word_lists()["attempts"]


def _attempt(reader: PhraseReader, token: Token, word: HarmWord) -> HarmMention | None:
    """The mention of an attempt that failed: an event, whose people nobody counts; None for a mere wish."""
    groups = tuple(
        replace(g, low=None, best=None, high=None, quantity=None, is_part=True)
        for g in groups_of(reader, patient_of(token, "object"))
    )
    if token.head.lemma_.lower() not in ("try", "attempt") or not groups:
        return None
    return replace(_mention(reader, token, word, groups, "harm.verb"), agent=subject_of(token))


# -- which harm


def _held_by(
    reader: PhraseReader, word: HarmWord, agent: Token | None, groups: tuple[Group, ...]
) -> tuple[Harm, EventType | None]:
    """Harm and kind of event of a verb of holding or freeing, by who does it; of other verbs as they are."""
    if agent is None:
        return word.harm, word.event_type
    holder = reader.category(agent)
    if word.harm is Harm.RELEASED and word.lemma in _FREEING and are_inmates(reader, groups):
        prison = bool(word_lists()["prisons"] & set(reader.sentence.words))
        if holder is Category.MILITANTS or (prison and holder is not Category.SECURITY_FORCES):
            return Harm.ESCAPED, None
    if word.harm is Harm.ARRESTED and holder is Category.MILITANTS:
        return Harm.ABDUCTED, EventType.ABDUCTION
    if word.harm is Harm.ABDUCTED and word.needs == "seizure" and holder is Category.SECURITY_FORCES:
        return Harm.ARRESTED, EventType.ARREST
    return word.harm, word.event_type


def _of_side(reader: PhraseReader, group: Group, agent: Token | None) -> Group:
    """The wounded of "carried off 20 of their wounded": people of those who carry them."""
    own = agent is not None and bool({"their", "its"} & set(reader.sentence.words[group.start : group.end]))
    side = reader.category(agent) if own and agent is not None else None
    return replace(group, category=side) if side is not None and group.category is Category.UNKNOWN else group
