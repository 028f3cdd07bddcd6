"""Whether a word tells of something that happened: plans, threats, conditions, denials and habits do not.

The words stand in `knowledge/realis.tsv`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

from spacy.tokens import Token

from casus.knowledge import read_table
from casus.reading.parsing import child

_NOBODY = ("nobody", "none", "noone", "neither")
_VERBS = ("VERB", "AUX")
_NOUNS = ("NOUN", "PROPN")
_DEPTH = 3  # verbs that one verb may hang on in turn


def is_real(token: Token) -> bool:
    """True where a verb or noun tells of something that did happen, as the sentence has it."""
    if is_negated(token):
        return False
    return not (_is_unreal_noun(token) if token.pos_ in _NOUNS else _is_unreal_verb(token))


def is_negated(token: Token) -> bool:
    """True for "did not kill", "nobody was hurt", "no attack", "without killing anyone"."""
    if child(token, "neg") is not None or any(
        c.lower_ in ("no", "neither", "never", "without") for c in token.lefts
    ):
        return True
    subject = child(token, "nsubj", "nsubjpass")
    if subject is not None and (subject.lower_ in _NOBODY or any(c.lower_ == "no" for c in subject.lefts)):
        return True
    head = token.head
    if token.dep_ in ("pobj", "pcomp") and head.lower_ == "without":
        return True
    return token.dep_ == "xcomp" and head.pos_ in _VERBS and child(head, "neg") is not None


def is_habit(token: Token) -> bool:
    """True for a present tense: "the rebels attack convoys", "two bands are fighting over the routes"."""
    if token.pos_ in _NOUNS:
        return _is_object_of_habit(token)
    auxiliaries = _auxiliaries(token)
    if token.tag_ in ("VBZ", "VBP"):
        return not auxiliaries
    first = auxiliaries[0] if auxiliaries else None
    is_present = first is not None and first.tag_ in ("VBZ", "VBP") and first.lemma_ == "be"
    return is_present and token.tag_ in ("VBN", "VBG")


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table("realis.tsv", ("list", "word")):
        found[row.text("list")].add(row.text("word"))
    return {name: frozenset(words) for name, words in found.items()}


def _auxiliaries(verb: Token) -> list[Token]:
    return [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]


def _is_unreal_verb(token: Token, depth: int = 0) -> bool:
    lists, auxiliaries = _lists(), _auxiliaries(token)
    # "'d" before a participle is "had"
    if any(
        a.lower_ in lists["modal"] and not (a.lower_ == "'d" and token.tag_ == "VBN") for a in auxiliaries
    ):
        return True
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in lists["condition"] for c in token.lefts):
        return True
    if any(a.lower_ == "to" for a in auxiliaries):
        return _is_unreal_infinitive(token, depth)
    if token.dep_ == "pcomp":
        return _is_unreal_gerund(token)
    head = token.head
    feared = token.tag_ == "VBN" and head.lower_ == "feared"  # "17 people are feared killed" tells a toll
    if token.dep_ == "xcomp" and head.lemma_.lower() in lists["unreal_verb"] and not feared:
        return True
    if depth >= _DEPTH or head.pos_ not in _VERBS:
        return False
    shares_subject = child(token, "nsubj", "nsubjpass") is None
    if token.dep_ == "conj" and not auxiliaries and shares_subject:
        return _is_unreal_verb(head, depth + 1)
    if token.dep_ == "advcl" and token.tag_ == "VBG":
        return _is_unreal_verb(head, depth + 1)
    return False


def _is_unreal_infinitive(token: Token, depth: int) -> bool:
    """True for "planned to attack", "came to attack"; "tried to attack" is real where trying is."""
    head = token.head
    if token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl") and head.lemma_.lower() in _lists()["tried"]:
        return head.pos_ in _VERBS and depth < _DEPTH and _is_unreal_verb(head, depth + 1)
    return token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl", "conj", "pcomp")


def _is_unreal_gerund(token: Token) -> bool:
    """True for "plans for attacking", "prevented from attacking", "without killing"."""
    lists, link = _lists(), token.head
    holder = link.head.lemma_.lower()
    if link.lower_ in ("without", "from", "against"):
        return True
    return link.lower_ in ("of", "before", "for", "to") and (
        holder in lists["unreal_verb"] or holder in lists["unreal_noun"]
    )


def _is_unreal_noun(token: Token) -> bool:
    lists, head = _lists(), token.head
    if token.dep_ == "compound":
        return head.lemma_.lower() in lists["unreal_head"]
    threatened = token.dep_ == "pobj" and head.lower_ in ("of", "to", "against", "for", "on")
    if threatened and head.head.lemma_.lower() in lists["unreal_noun"]:
        return True
    if token.dep_ in ("dobj", "pobj", "nsubjpass"):
        verb = head.head if token.dep_ == "pobj" else head
        if verb.pos_ not in _VERBS:
            return False
        return verb.lemma_.lower() in lists["unmade"] or _is_unreal_verb(verb)
    return token.dep_ == "nsubj" and head.pos_ in _VERBS and _is_unreal_verb(head)


def _is_object_of_habit(noun: Token) -> bool:
    """True for a noun without article under a bare present."""
    if any(c.dep_ in ("det", "poss", "nummod") for c in noun.lefts):
        return False
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and is_habit(verb)
