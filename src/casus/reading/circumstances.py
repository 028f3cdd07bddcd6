"""Circumstances of violence that matter in law, as tags of claims (`knowledge/circumstances.tsv`)."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from enum import StrEnum

from spacy.tokens import Doc, Token

from casus.knowledge import read_table
from casus.reading.phrase_tables import PhraseTable

COLUMNS = ("tag", "phrase", "told_as")
_NOT = frozenset(("not", "n't", "no", "never", "without", "refuse", "deny"))
# Links between an act and what it was aimed at or befell.
_LINKS = frozenset(
    ("at", "on", "in", "inside", "against", "of", "outside", "near", "into", "among", "including")
)
_CARRIED = frozenset(
    (
        "compound",
        "poss",
        "pobj",
        "prep",
        "conj",
        "appos",
        "nmod",
        "amod",
        "dobj",
        "nsubjpass",
        "nsubj",
        "nummod",
        "agent",
    )
)


class ToldAs(StrEnum):
    """How a phrase tells of a circumstance: by itself, or as what an act was aimed at."""

    WORD = "word"
    OBJECT = "object"


@functools.cache
def _table() -> PhraseTable[tuple[str, ToldAs]]:
    return PhraseTable.of(
        (row.text("phrase"), (row.text("tag"), row.choice("told_as", ToldAs)))
        for row in read_table("circumstances.tsv", COLUMNS)
    )


def tags_of(doc: Doc, ranges: Sequence[tuple[int, int]], acts: Collection[int]) -> tuple[str, ...]:
    """The tags that a stretch of a sentence earns, by the alphabet; `acts` are its tokens of violence."""
    found = {
        tag
        for start, end, (tag, told_as) in _table().find(doc, ranges)
        if not _denied(doc, start)
        and (acts if told_as is ToldAs.WORD else any(_befalls(doc[i], acts) for i in range(start, end)))
    }
    return tuple(sorted(found))


def _denied(doc: Doc, start: int) -> bool:
    return any(t.lemma_.lower() in _NOT for t in doc[max(0, start - 3) : start])


def _befalls(token: Token, acts: Collection[int]) -> bool:
    """True where a noun is the object, victim or scene of an act; "taken to hospital" does not count."""
    for _ in range(6):
        if token.head.i == token.i or token.dep_ not in _CARRIED:
            return False
        if (
            token.dep_ == "nsubj"
            and token.head.pos_ == "VERB"
            and token.head.tag_ != "VBN"
            and not _suffers(token.head)
        ):
            return False
        token = token.head
        if token.pos_ == "ADP" and token.lower_ not in _LINKS:
            return False
        if token.i in acts:
            return True
    return False


def _suffers(verb: Token) -> bool:
    """True for verbs whose subject is the victim."""
    return verb.lemma_.lower() in ("die", "perish", "suffer", "be", "bleed", "burn", "collapse", "come")
