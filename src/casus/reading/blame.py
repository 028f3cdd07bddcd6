"""Whom the report's own words point at, and who owns up: "was blamed on X", "X admitted the killing".

Known forms:

- "was blamed on X", "attributed to X", "claimed by X", "a crime attributed to X"
- "X is suspected", "X is believed to be behind it", "gunmen thought to be from X"
- "suspicion fell on X", "much points to X", "bears the hallmarks of X", "the work of X"
- "X claimed the attack", "X owned up to it", "X took responsibility for"
- "the attackers were members of X", "the gunmen, who belong to X"
- "X was behind the attack", "X is responsible for the killings", "X carried out both attacks"
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import GROUP_KINDS
from casus.reading.casting import party_words
from casus.reading.clauses import is_passive, subject_of
from casus.reading.groups import PhraseReader
from casus.reading.marks import Marks
from casus.reading.parsing import child
from casus.reading.parties import Party, actor_in, party_at

# Passive verbs and what links them to the one blamed.
_LAID_TO = {
    "blame": ("on",),
    "lay": ("to", "on"),
    "attribute": ("to",),
    "ascribe": ("to",),
    "pin": ("on",),
    "claim": ("by",),
    "put": ("to",),
    "impute": ("to",),
    "trace": ("to",),
}
_ACCUSED = frozenset({"blame", "suspect", "accuse", "hold", "think", "believe"})
_NAMES = frozenset({"name", "suspect", "implicate", "see"})
_POINTS = {"point": ("to", "at"), "fall": ("on", "upon")}
_SILENT = frozenset(  # they point at nobody
    {"DET", "PUNCT", "ADP", "ADV", "NUM", "CCONJ", "SCONJ", "PART", "PRON", "SPACE", "SYM", "INTJ"}
)
_TOLD = ("the", "both", "this", "these", "those", "that")
_BELONG = frozenset({"belong", "come", "be", "hail"})


def blamed_in(reader: PhraseReader, marks: Marks) -> Iterator[Party]:
    """The parties that a sentence points at in its own voice, in order."""
    for token in reader.sentence.tokens:
        if token.pos_ in _SILENT:
            continue
        for noun in _pointed_at(token, marks):
            for each in _with_joined(noun, marks) if noun is not None else ():
                party = party_at(each, reader, marks)
                if party is not None:
                    yield party


def _with_joined(noun: Token, marks: Marks) -> Iterator[Token]:
    """A noun, and the groups that are joined to it by name: "claimed by the Front and the Brigade"."""
    yield noun
    for other in noun.conjuncts:
        mark = marks.actors.get(other.i)
        if mark is not None and mark.kind in GROUP_KINDS:
            yield other


def _pointed_at(token: Token, marks: Marks) -> Iterator[Token | None]:
    yield _blamed_noun(token)
    yield _marked(token)
    yield _owner(token, marks)
    yield _identity(token, marks)
    yield _author(token)


def _blamed_noun(token: Token) -> Token | None:
    lemma = token.lemma_.lower()
    if lemma in _LAID_TO and is_passive(token):
        found = _after(token, _LAID_TO[lemma])
        if found is not None:
            return found
    if lemma == "put" and any(c.lower_ == "down" for c in token.children):
        return _after(token, ("to",))
    if lemma in _NAMES and not is_passive(token):
        return _named(token)
    if lemma in _ACCUSED and is_passive(token):
        return _suspect(token, lemma)
    if lemma in _POINTS:
        subject = child(token, "nsubj", "amod")
        if subject is not None and subject.lemma_.lower() in party_words()["pointer"]:
            return _after(token, _POINTS[lemma])
    return None


def _named(verb: Token) -> Token | None:
    """Whom "first reports name", "many suspect", whose hand somebody sees."""
    named = child(verb, "dobj")
    if _is_negated(verb) or named is None:
        return None
    if verb.lemma_.lower() == "see":
        return _after(named, ("of",)) if named.lemma_.lower() == "hand" else None
    return named if named.pos_ == "PROPN" or verb.lemma_.lower() == "suspect" else None


def _suspect(verb: Token, lemma: str) -> Token | None:
    """Who is suspected: the subject, or whom it is thought to be."""
    if lemma == "hold" and "responsible" not in {t.lower_ for t in verb.rights}:
        return None
    subject = child(verb, "nsubjpass")
    named = _said_to_be(verb)
    if named is not None:
        return named
    opined = lemma in ("think", "believe") and not any(c.dep_ == "xcomp" for c in verb.children)
    if subject is not None and opined:
        return None
    if subject is not None and subject.lower_ in ("who", "which"):
        return verb.head if verb.dep_ == "relcl" else None
    return subject if subject is not None else (verb.head if verb.dep_ == "acl" else None)


def _said_to_be(token: Token) -> Token | None:
    """The group in "gunmen who are thought to have been Tigers"."""
    being = child(token, "xcomp")
    if being is None:
        return None
    if being.lemma_ == "be":
        return child(being, "attr")
    return _after(being, ("from", "of", "to")) if being.lemma_.lower() in _BELONG else None


def _marked(token: Token) -> Token | None:
    """The group in "the work of X", "bears the hallmarks of X"."""
    is_hallmark = token.lemma_.lower() in party_words()["hallmark"]
    if not is_hallmark or token.dep_ not in ("dobj", "attr", "oprd", "pobj"):
        return None
    return _after(token, ("of",)) if token.dep_ != "pobj" or token.head.lower_ == "as" else None


def _owner(token: Token, marks: Marks) -> Token | None:
    """The group in "X owned up to the ambush", "X claimed responsibility for"."""
    if token.lemma_.lower() not in party_words()["owns"] or is_passive(token) or _is_negated(token):
        return None
    subject = child(token, "nsubj")
    owned = child(token, "dobj") or _after(token, ("to", "for"))
    if subject is None or (owned is not None and owned.lemma_.lower() not in party_words()["owned"]):
        return None
    if owned is None and not any(c.lower_ == "up" for c in token.children):
        return None
    side = _after(token, ("for",)) if token.lemma_.lower() == "claim" else None
    for noun in (side, subject):
        mark = actor_in(noun, marks) if noun is not None else None
        if mark is not None and mark.kind in GROUP_KINDS:
            return noun
    return None


def _author(token: Token) -> Token | None:
    """Who "was behind the attack", "carried out the killings", and no pronoun."""
    if _is_negated(token):
        return None
    if token.lemma_ != "be":
        return _maker(token)
    state = child(token, "acomp")
    deed = _after(token, ("behind",))
    if deed is None and state is not None and state.lower_ in ("responsible", "culpable"):
        deed = _after(state, ("for",))
    if deed is None or deed.lemma_.lower() not in party_words()["owned"]:
        return None
    subject = subject_of(token)
    return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else None


def _maker(verb: Token) -> Token | None:
    """Who "had carried out both attacks": a deed that the report has told of."""
    deed = child(verb, "dobj")
    if verb.lemma_.lower() not in party_words()["makes"] or deed is None or is_passive(verb):
        return None
    if deed.lemma_.lower() not in party_words()["owned"]:
        return None
    if not any(c.lower_ in _TOLD for c in deed.lefts):
        return None
    subject = subject_of(verb)
    return subject if subject is not None and subject.pos_ in ("NOUN", "PROPN") else None


def _identity(token: Token, marks: Marks) -> Token | None:
    """The group in "the attackers were members of X", "the gunmen, who belong to X"."""
    if token.lemma_.lower() not in _BELONG or _is_negated(token):
        return None
    subject = subject_of(token)
    if subject is None or subject.lower_ not in party_words()["attackers"] | {"they"}:
        return None
    noun = child(token, "attr") if token.lemma_ == "be" else _after(token, ("to", "from", "of"))
    if noun is None:
        return None
    if _is_a_peoples(noun) and subject.lower_ != "they":
        return noun
    groups = [t for t in noun.subtree if t.i in marks.actors and marks.actors[t.i].kind in GROUP_KINDS]
    own = [t for t in groups if not _is_allied(t, noun)]
    return own[-1] if own else None


def _is_a_peoples(noun: Token) -> bool:
    """True for "Pokot youths", "Fulani herdsmen": people told by what people they are of."""
    return noun.tag_ == "NNS" and any(
        c.text[:1].isupper() and c.dep_ in ("amod", "compound", "nmod") for c in noun.lefts
    )


def _is_allied(group: Token, noun: Token) -> bool:
    """True for ISIS in "a group linked to ISIS": an ally, not the group itself."""
    for word in (group, *group.ancestors):
        if word == noun:
            return False
        if word.lemma_.lower() in party_words()["ally"] and group.head.lower_ in ("to", "with", "by"):
            return True
    return False


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _after(token: Token, links: tuple[str, ...]) -> Token | None:
    for link in token.children:
        if link.dep_ in ("prep", "agent", "dative", "prt") and link.lower_ in links and link.i > token.i:
            return child(link, "pobj")
    return None
