"""The words of a noun phrase that name somebody or something: without article, number and hedge."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from casus.reading.casting import party_words
from casus.reading.groups import PhraseReader
from casus.reading.names import is_title, name_span
from casus.reading.parsing import child

_LEFT = ("det", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "predet", "advmod", "npadvmod")
_LONGEST_TAIL = 7
_APPOSED_REACH = 9


def named_span(token: Token, reader: PhraseReader) -> tuple[int, int] | None:
    """The tokens (end exclusive) that name what a noun heads; None where nothing telling is left.

    A person told by office and name goes by the name, others by noun and modifiers:
    "masked gunmen", "members of the town council".
    """
    person = _person(token, reader)
    if person is not None:
        return person
    if is_named_body(token):
        return body_name(token)
    counted = {i for q in reader.quantities for i in range(q.start, q.end)}
    start = _after_figures(_start(token), token, counted | reader.dated)
    while start < token.i and _names_nothing(token.doc[start]):
        start += 1
    if token.i in counted and start == token.i:
        return None
    return start, _with_tail(token, token.i + 1)


def is_named_body(token: Token) -> bool:
    """True for "Front", "Army" as the last word of a name: a body, and no person."""
    words = party_words()
    return token.pos_ == "PROPN" and token.lower_ in words["body"] | words["named body"] | words["collective"]


def body_name(token: Token) -> tuple[int, int]:
    """The whole name of a body: "National Front of Boroland (North)", "Union for Peace"."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start - 1].pos_ == "PROPN":
        start -= 1
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for") and doc[end + 1].pos_ == "PROPN":
        end += 1
        while end < len(doc) and doc[end].pos_ == "PROPN":
            end += 1
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
    return start, end


def _after_figures(start: int, token: Token, figures: AbstractSet[int]) -> int:
    """The first token after the numbers and dates to the left of a noun: "rebels" of "on 15 July rebels"."""
    return max((i + 1 for i in figures if start <= i < token.i), default=start)


def _names_nothing(word: Token) -> bool:
    return word.lower_ in party_words()["outer"] or word.like_num or word.is_punct or word.is_quote


def _start(token: Token) -> int:
    """The first token of what stands to the left of a noun and belongs to it, without gaps."""
    start = token.i
    for left in reversed(list(token.lefts)):
        if left.dep_ not in _LEFT or left.right_edge.i + 1 < start:
            if left.is_punct and left.i + 1 == start and not _is_dash(left):
                start = left.i
                continue
            break
        if any(inner.pos_ in ("VERB", "AUX") and inner.dep_ in ("relcl", "acl") for inner in left.subtree):
            break
        start = left.left_edge.i
    return start


def _is_dash(mark: Token) -> bool:
    """True for a dash between spaces, as after a dateline."""
    return bool(mark.i and mark.doc[mark.i - 1].whitespace_ and mark.whitespace_)


def _with_tail(token: Token, end: int) -> int:
    """The end of "members of X", "residents of Y", "convoy of Z" where that tells who or what is meant."""
    dress = _dress(token, end)
    if dress is not None:
        return dress
    if token.lower_ not in party_words()["member"]:
        return end
    link = next((c for c in token.rights if c.dep_ == "prep" and c.i == end), None)
    inner = child(link, "pobj") if link is not None and link.lower_ in ("of", "from") else None
    if inner is None or inner.i - token.i > _LONGEST_TAIL or inner.lower_ in ("them", "whom", "which"):
        return end
    return _with_tail(inner, inner.i + 1)


def _dress(token: Token, end: int) -> int | None:
    """The end of "men in white shirts", by which people without a name are told."""
    link = token.doc[end] if end < len(token.doc) else None
    if link is None or link.lower_ not in ("in", "with") or token.tag_ != "NNS":
        return None
    worn = child(link, "pobj")
    return worn.i + 1 if worn is not None and worn.lemma_.lower() in party_words()["dress"] else None


def _person(token: Token, reader: PhraseReader) -> tuple[int, int] | None:
    """The name of "Governor Amir Rashid", "Amir Rashid, the governor" and "the governor, Amir Rashid"."""
    if _is_person(token, reader):
        return _bare_name(token)
    if token.pos_ != "NOUN" or token.tag_ != "NN" or reader.category(token) is None:
        return None
    apposed = next((c for c in token.rights if c.dep_ == "appos" and c.i - token.i < _APPOSED_REACH), None)
    if apposed is None or not _is_person(apposed, reader):
        return None
    return _bare_name(apposed)


def _bare_name(token: Token) -> tuple[int, int]:
    """A person's name without titles: "Ali Hamdani" in "Major-General Ali Hamdani"."""
    span = name_span(token, None)
    start = span.name_start
    while start < token.i and (token.doc[start].text == "-" or is_title(token.doc[start])):
        start += 1
    return start, span.end


def _is_person(token: Token, reader: PhraseReader) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.tag_ == "NNP"
        and token.i not in reader.places
        and token.i not in reader.actors
        and not is_named_body(token)
        and (token.ent_type_ == "PERSON" or reader.category(token) is not None)
    )
