"""The clauses of what somebody said: "that X, and that Y" tells two things."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from casus.reading.parsing import child

Range = tuple[int, int]  # tokens, the end exclusive


def clauses_of(doc: Doc, scope: Sequence[Range], verb: int | None) -> list[tuple[Range, ...]]:
    """The ranges of each coordinated clause of a statement, in order; together they are `scope`.

    `verb` is the word of saying, which begins no clause.  A stretch without a verb belongs to
    the clause after it ("the track, he said, had been full of mines").
    """
    pieces = [piece for start, end in scope for piece in _pieces(doc, start, end, verb)]
    clauses: list[tuple[Range, ...]] = []
    waiting: tuple[Range, ...] = ()
    for piece in pieces:
        if _has_verb(doc, piece, verb):
            clauses.append((*waiting, piece))
            waiting = ()
        else:
            waiting = (*waiting, piece)
    if waiting and clauses:
        clauses[-1] = (*clauses[-1], *waiting)
    return clauses or ([tuple(scope)] if scope else [])


def _pieces(doc: Doc, start: int, end: int, verb: int | None) -> list[Range]:
    cuts = sorted({i for i in range(start + 1, end) if _begins_clause(doc, i, start, end, verb)})
    edges = [start, *cuts, end]
    return [(a, b) for a, b in itertools.pairwise(edges) if b > a]


def _begins_clause(doc: Doc, i: int, start: int, end: int, verb: int | None) -> bool:
    token = doc[i]
    if doc[i - 1].text == ";":
        return True
    if token.lower_ == "that" and token.dep_ == "mark":
        return doc[i - 1].lower_ in ("and", "but", ",", "or")
    head = _clause_head(token)
    if head is None or not start <= head.i < end or head.i == verb:
        return False
    joined = head.dep_ == "conj" and (head.head.i < i) and head.head.i >= start and head.head.i != verb
    return joined and doc[i - 1].lower_ in ("and", "but", ",", "while", "or")


def _clause_head(token: Token) -> Token | None:
    """The verb whose clause begins at a token: the one whose subject's phrase does."""
    noun = token
    for _ in range(6):
        if noun.dep_ in ("nsubj", "nsubjpass", "expl"):
            verb = noun.head
            return verb if min(t.i for t in noun.subtree) == token.i else None
        if noun.head.i == noun.i:
            return None
        noun = noun.head
    return None


def _has_verb(doc: Doc, piece: Range, verb: int | None) -> bool:
    return any(
        t.i != verb
        and (t.tag_ in ("VBD", "VBZ", "VBP", "MD") or (t.pos_ == "VERB" and child(t, "nsubj", "nsubjpass")))
        for t in doc[piece[0] : piece[1]]
    )
