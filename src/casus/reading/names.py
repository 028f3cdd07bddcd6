"""Names of persons: the run of capitalised words, and where its titles end."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.reading.marks import Marks
from casus.reading.word_classes import WordClass, is_a

_FIRST_PARTICLES = frozenset(("al", "el", "abu", "ibn", "ben"))  # a name may begin with them
_IN_TITLES = frozenset(("-", ".", "(", ")"))
_ALONE = frozenset(("al", "el", "abu"))  # belong to a name whatever stands before


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name: titles from `start`, the name from `name_start`, to `end` (exclusive)."""

    start: int
    name_start: int
    end: int


def name_span(token: Token, marks: Marks | None) -> NameSpan:
    """The run of capitalised words around a proper noun, its titles set apart."""
    doc = token.doc
    start = token.i
    while start > 0 and (_belongs(doc[start - 1], marks) or _opening(doc, start - 1) is not None):
        opening = _opening(doc, start - 1)
        start = start - 1 if opening is None else opening
    end = token.i + 1
    while end < len(doc) and _follows(doc, end):
        end += 1
    while end - 1 > token.i and (_is_particle(doc[end - 1]) or doc[end - 1].text == "-"):
        end -= 1
    while start < token.i and (
        (_is_particle(doc[start]) and doc[start].lower_ not in _FIRST_PARTICLES) or doc[start].text == "-"
    ):
        start += 1
    name_start = start
    for i in range(start, end - 1):
        if (
            is_title(doc[i])
            or (doc[i].text in _IN_TITLES and (i > start or doc[i].text == "("))
            or (i > start and doc[i - 1].text == "(")
        ):
            name_start = i + 1
        else:
            break
    if name_start == start and start < token.i:
        name_start = start = _after_inner_title(doc, start, token.i)
    return NameSpan(start, name_start, end)


def _opening(doc: Doc, i: int) -> int | None:
    """Where "SP (City)" of "SP (City) Omar Aziz" begins, for its last token; None for other tokens."""
    if doc[i].text != ")":
        return None
    opening = next((k for k in range(i - 1, max(0, i - 5), -1) if doc[k].text == "("), None)
    return opening - 1 if opening is not None and is_title(doc[opening - 1]) else None


def is_title(token: Token) -> bool:
    """True for a title, a rank or an office before a name."""
    return is_a(token.lower_.rstrip("."), WordClass.TITLE)


def _is_particle(token: Token) -> bool:
    return is_a(token.lower_, WordClass.PARTICLE)


def _after_inner_title(doc: Doc, start: int, last: int) -> int:
    """The name after a title that other capitalised words precede ("In Jakarta Major General X")."""
    for i in range(last - 1, start, -1):
        if is_title(doc[i]):
            return i + 1
    return start


def _belongs(before: Token, marks: Marks | None) -> bool:
    if marks is not None and (before.i in marks.actors or any(s <= before.i < e for s, e, _ in marks.dates)):
        return False
    if before.text == ".":
        return before.i > 0 and is_title(before.doc[before.i - 1]) and before.dep_ != "punct"
    if before.text == "-":
        return before.i > 0 and (
            before.doc[before.i - 1].text[:1].isupper() or _is_particle(before.doc[before.i - 1])
        )
    if _is_particle(before):
        inside = before.i > 0 and before.doc[before.i - 1].text[:1].isupper()
        return inside or (before.i > 0 and before.lower_ in _ALONE) or before.text[:1].isupper()
    if is_title(before):
        return (
            before.dep_ in ("compound", "amod", "nmod", "ROOT", "appos", "nsubj", "poss")
            or before.pos_ == "PROPN"
        )
    return before.pos_ == "PROPN" and before.text[:1].isupper()


def _follows(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.text == "-":
        return i + 1 < len(token.doc) and token.doc[i + 1].text[:1].isupper() and token.whitespace_ == ""
    if token.text == ".":
        return is_title(doc[i - 1]) and i + 1 < len(doc) and doc[i + 1].pos_ == "PROPN"
    if _is_particle(token) and token.text[:1].islower():
        return i + 1 < len(token.doc) and (
            token.doc[i + 1].text[:1].isupper() or token.doc[i + 1].text == "-"
        )
    return token.pos_ == "PROPN" and token.text[:1].isupper()
