"""Clauses: whether a verb is passive, who does it, to whom, and what completes it.

The parse decides; where it is known to go wrong with the language of news ("shot dead a
teacher"), the words do.
"""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.parsing import child

RELATIVE = frozenset({"who", "that", "which", "whom"})
_GOES_ON = frozenset({"xcomp", "conj", "advcl", "ccomp"})
_HAVING = frozenset({"have", "has", "had", "having", "'ve", "'d"})
_STAYING = frozenset({"be", "lie", "remain", "stay", "keep"})
_CLAUSE_DEPS = frozenset({"acl", "amod", "xcomp", "oprd", "ROOT", "advcl", "relcl", "ccomp"})
# What small parsers call the object of a verb that takes a second complement: "shot dead a teacher".
_ODD_OBJECTS = frozenset({"ccomp", "npadvmod", "oprd", "dep", "attr", "nsubj", "dative"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})  # "a wounded man" is no wound
_MAX_CHAIN = 4  # verbs that one subject may be handed on by
_COMPLEMENT_WINDOW = 12  # tokens within which a complement stands


def is_passive(token: Token) -> bool:
    """True for a passive verb: "were killed", "people killed in", "found shot dead"."""
    if child(token, "nsubjpass", "auxpass") is not None:
        return True
    if token.tag_ != "VBN" or (child(token, "nsubj") is not None and token.dep_ not in ("acl", "amod")):
        return False
    if any(c.lower_ in _HAVING for c in token.lefts if c.dep_ == "aux"):
        return False
    has_object = child(token, "dobj") is not None
    if token.dep_ in _CLAUSE_DEPS:
        return not has_object or child(token, "agent") is not None
    if token.dep_ == "conj":
        goes_on = token.head.pos_ in ("VERB", "AUX") and child(token, "nsubj", "dobj") is None
        return is_passive(token.head) if goes_on else not has_object
    return False


def patient_of(token: Token, role: str) -> Token | None:
    """The noun that a verb is done to (`role` object, with) or that it happens to (`role` subject)."""
    if role == "with":
        link = next((c for c in token.children if c.lower_ == "with" and c.i > token.i), None)
        return child(link, "pobj") if link is not None else None  # "made off with two pupils"
    if role == "subject":
        return subject_of(token)
    if is_passive(token):
        own = child(token, "nsubjpass", "nsubj")
        if own is not None:
            return _antecedent(own, token)
        clause = child(token, "csubjpass", "csubj")
        if clause is not None:
            return subject_of(clause)  # "two men kidnapped on Saturday were found dead"
        stranded = _after_semicolon(token)
        if stranded is not None:
            return stranded
        return token.head if token.dep_ in ("acl", "amod", "relcl") else subject_of(token)
    found = _within_clause(token, child(token, "dobj", "obj")) or _allowed(token) or _odd_object(token)
    if token.dep_ == "relcl":
        subject = child(token, "nsubj")
        gap = found is None and subject is not None and subject.lower_ not in RELATIVE
        if gap or (found is not None and found.lower_ in RELATIVE):
            return token.head
    return found


def _after_semicolon(token: Token) -> Token | None:
    """The noun before "were injured" that the parse leaves to the clause before a semicolon."""
    being = child(token, "auxpass")
    doc = token.doc
    start = next((i + 1 for i in range(being.i - 1, -1, -1) if doc[i].text == ";"), None) if being else None
    if being is None or start is None:
        return None
    nouns = (t for t in doc[start : being.i] if t.pos_ in _NOMINAL and t.tag_ != "PRP$")
    return next((t for t in nouns if doc[t.i + 1].pos_ not in _NOMINAL), None)


def _within_clause(token: Token, noun: Token | None) -> Token | None:
    """The object of a verb; the first noun after it where the parse takes one from beyond a semicolon."""
    if noun is None:
        return None
    between = token.doc[token.i + 1 : noun.i]
    if not any(t.text == ";" for t in between):
        return noun
    return next((t for t in between if t.pos_ in _NOMINAL), None)


def _allowed(token: Token) -> Token | None:
    """The people of "let them go"."""
    going = child(token, "ccomp", "xcomp") if token.lemma_.lower() == "let" else None
    return child(going, "nsubj", "dobj") if going is not None else None


def _odd_object(token: Token) -> Token | None:
    if token.tag_ not in ("VBD", "VBN", "VBP", "VB", "VBG"):
        return None
    return next((c for c in token.rights if c.dep_ in _ODD_OBJECTS and c.pos_ in _NOMINAL), None)


def subject_of(token: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, its own or taken over from the verb that it goes on from."""
    own = next((c for c in reversed(list(token.lefts)) if c.dep_ in ("nsubj", "nsubjpass")), None)
    own = own or child(token, "nsubj", "nsubjpass")
    if own is not None:
        return _antecedent(own, token)
    if depth > _MAX_CHAIN:
        return None
    if token.dep_ in ("acl", "relcl"):
        return token.head
    if token.dep_ in _GOES_ON and token.head.pos_ in ("VERB", "AUX"):
        return subject_of(token.head, depth + 1)
    if token.dep_ == "pcomp" and token.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(token.head.head, depth + 1)  # "residents answered by setting fire"
    return None


def _antecedent(noun: Token, verb: Token) -> Token:
    return verb.head if noun.lower_ in RELATIVE and verb.dep_ == "relcl" else noun


def agent_of(token: Token) -> Token | None:
    """Who did it: the active subject, or the noun after "by"."""
    return after_by(token) if is_passive(token) else subject_of(token)


def after_by(token: Token) -> Token | None:
    """The noun after "by" under a verb or a noun: "killed by rebels", "the killing by rebels of"."""
    by = child(token, "agent") or next((c for c in token.children if c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def after_of(token: Token) -> Token | None:
    """The noun after a noun's "of": "the death of two guards"."""
    link = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > token.i), None)
    return child(link, "pobj") if link is not None else None


def has_complement(token: Token, complement: str) -> bool:
    """True where a verb's complement ("dead", "off", "hostage") follows it within its clause."""
    doc = token.doc
    if token.lemma_.lower() in _STAYING and any(
        c.dep_ in ("acomp", "attr", "oprd") and c.lower_ == complement for c in token.children
    ):
        return True
    for other in doc[token.i + 1 : token.i + _COMPLEMENT_WINDOW]:
        if other.lower_ == complement or (
            other.lemma_.lower() == complement and other.tag_ not in _PARTICIPLES
        ):
            return _within(other, token)
        if other.lower_ in ("among", "amongst"):
            return False
        if other.tag_ in ("VBD", "VBZ", "VBP") and other.dep_ not in ("acl", "relcl", "amod"):
            return False
    return False


def _within(other: Token, token: Token) -> bool:
    return other.i - token.i <= 2 or token in other.ancestors or other.head == token.head
