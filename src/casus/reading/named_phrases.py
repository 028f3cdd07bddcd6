"""The words of a noun phrase that name somebody or something: without article, number and hedge."""

from __future__ import annotations

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
    start, end = _start(token), token.i + 1
    counted = {i for q in reader.quantities for i in range(q.start, q.end)}
    while start < token.i and (
        token.doc[start].lower_ in party_words()["outer"] or start in counted or token.doc[start].like_num
    ):
        start += 1
    if token.i in counted and start == token.i:
        return None
    return start, _with_tail(token, end)


def _start(token: Token) -> int:
    """The first token of what stands to the left of a noun and belongs to it, without gaps."""
    start = token.i
    for left in reversed(list(token.lefts)):
        if left.dep_ not in _LEFT or left.right_edge.i + 1 < start:
            if left.is_punct and left.i + 1 == start:
                start = left.i
                continue
            break
        if any(inner.pos_ in ("VERB", "AUX") and inner.dep_ in ("relcl", "acl") for inner in left.subtree):
            break
        start = left.left_edge.i
    return start


def _with_tail(token: Token, end: int) -> int:
    """The end of "members of X", "residents of Y", "convoy of Z" where that tells who or what is meant."""
    if token.lower_ not in party_words()["member"]:
        return end
    link = next((c for c in token.rights if c.dep_ == "prep" and c.i == end), None)
    inner = child(link, "pobj") if link is not None and link.lower_ in ("of", "from") else None
    if inner is None or inner.i - token.i > _LONGEST_TAIL or inner.lower_ in ("them", "whom", "which"):
        return end
    return inner.i + 1


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
        and (token.ent_type_ == "PERSON" or reader.category(token) is not None)
    )
