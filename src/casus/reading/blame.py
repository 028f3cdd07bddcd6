"""Whom the report's own words point at: "the raid was blamed on X", "suspicion fell on X", "X is suspected".

Rule `actor.blamed`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.reading.groups import PhraseReader
from casus.reading.harms import is_passive
from casus.reading.marks import Marks
from casus.reading.parsing import child
from casus.reading.parties import Party, party_at

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
}
_ACCUSED = {"blame", "suspect", "accuse", "hold", "think", "believe"}
_POINTS = {"point": ("to", "at"), "fall": ("on", "upon")}


def blamed_in(reader: PhraseReader, marks: Marks) -> Iterator[Party]:
    """The parties that a sentence blames in its own voice, in order."""
    for token in reader.sentence.doc:
        noun = _blamed_noun(token)
        party = party_at(noun, reader, marks) if noun is not None else None
        if party is not None:
            yield party


def _blamed_noun(token: Token) -> Token | None:
    lemma = token.lemma_.lower()
    if lemma in _LAID_TO and is_passive(token):
        found = _after(token, _LAID_TO[lemma])
        if found is not None:
            return found
    if lemma in _ACCUSED and is_passive(token):
        subject = child(token, "nsubjpass")
        named = _said_to_be(token)
        if named is not None:
            return named
        if (
            subject is not None
            and lemma in ("think", "believe")
            and not any(c.dep_ == "xcomp" for c in token.children)
        ):
            return None
        if subject is not None and subject.lower_ in ("who", "which"):
            return token.head if token.dep_ == "relcl" else None
        return subject if subject is not None else (token.head if token.dep_ == "acl" else None)
    if lemma in _POINTS:
        subject = child(token, "nsubj")
        if subject is not None and subject.lemma_.lower() in (
            "suspicion",
            "much",
            "finger",
            "evidence",
            "everything",
            "sign",
        ):
            return _after(token, _POINTS[lemma])
    return None


def _said_to_be(token: Token) -> Token | None:
    """The group in "gunmen who are thought to have been Tigers"."""
    being = child(token, "xcomp")
    if being is None:
        return None
    if being.lemma_ == "be":
        return child(being, "attr")
    return next(
        (
            child(c, "pobj")
            for c in being.children
            if c.lower_ in ("from", "of", "to") and being.lemma_ in ("belong", "come", "be")
        ),
        None,
    )


def _after(token: Token, links: tuple[str, ...]) -> Token | None:
    for link in token.children:
        if link.dep_ in ("prep", "agent", "dative", "prt") and link.lower_ in links and link.i > token.i:
            return child(link, "pobj")
    return None
