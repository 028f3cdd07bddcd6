"""The words of a noun phrase: where it begins and ends, its description, its apposition."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from casus.reading.parsing import child

_QUOTES = re.compile(r"[\"“”]")
_ARTICLE = re.compile(r"^(the|a|an|another|one|this|that|these|those|some)\s+(?!of\b)", re.IGNORECASE)
_LEFT = frozenset(
    ("det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "quantmod", "predet", "punct")
)
_OF = frozenset(("of", "in", "at", "from", "for", "with", "on"))
_LONGEST_APPOSITION = 14  # tokens between a name and the role that stands after it


def phrase_of(token: Token) -> tuple[int, int]:
    """Tokens of the noun phrase with that head, appositions included (end exclusive)."""
    start = phrase_start(token)
    end = token.i + 1
    for t in token.rights:
        if t.dep_ in ("appos", "prep", "relcl", "acl"):
            end = max(end, t.right_edge.i + 1)
    return start, end


def phrase_start(token: Token) -> int:
    """First token of the noun phrase with that head; quotation marks and commas don't count."""
    start = token.i
    for t in reversed(list(token.lefts)):
        if t.dep_ not in _LEFT or (t.dep_ == "punct" and t.text != "-"):
            break
        start = t.left_edge.i
    return _hyphened_start(token.doc, start)


def _hyphened_start(doc: Doc, start: int) -> int:
    """The start of "vice-president", which parses break at the hyphen."""
    while start >= 1:
        hyphen = start if doc[start].text == "-" else start - 1
        is_inside = hyphen >= 1 and doc[hyphen].text == "-" and not doc[hyphen].whitespace_
        if not is_inside or doc[hyphen - 1].whitespace_:
            break
        start = hyphen - 1
    return start


def of_phrase_end(token: Token) -> int:
    """Last token of a noun with its "of …" and its conjuncts: "killing of two men and a boy"."""
    edge = token.i
    for t in token.rights:
        if t.dep_ == "prep" and t.lower_ == "of":
            edge = max(edge, t.right_edge.i)
        elif t.dep_ == "conj" and t.pos_ == token.pos_ and t.i - token.i < 5:
            edge = max(edge, t.i)
    return edge


def description_end(token: Token) -> int:
    """Last token of a person's description: "source close to the army", without a relative clause."""
    edge = token.i
    for t in token.rights:
        if t.dep_ == "prep" and t.lower_ in _OF and t.i == edge + 1:
            inner = child(t, "pobj")
            dated = inner is not None and inner.ent_type_ in ("DATE", "TIME")
            edge = of_phrase_end(inner) if inner is not None and not dated else edge
        elif t.dep_ == "amod" and t.lower_ == "close":
            edge = t.right_edge.i
    return edge


def description(token: Token) -> str:
    """A noun phrase without its article, relative clauses and appositions."""
    return without_article(token.doc[phrase_start(token) : description_end(token) + 1].text)


def apposition(token: Token) -> Token | None:
    """The noun that stands in apposition after a noun or a name, or None."""
    return next(
        (
            t
            for t in token.rights
            if t.dep_ == "appos" and t.i - token.i < _LONGEST_APPOSITION and t.pos_ in ("NOUN", "PROPN")
        ),
        None,
    )


def apposition_text(token: Token) -> str | None:
    """The role that stands after a name: "researcher of the group", without its article."""
    noun = apposition(token)
    if noun is None:
        return None
    end = noun.i
    for t in noun.rights:
        if t.dep_ not in ("prep", "compound", "amod"):
            break
        end = max(end, t.right_edge.i)
    return without_article(token.doc[noun.left_edge.i : end + 1].text)


def without_article(text: str) -> str:
    """The words without quotation marks and a leading article."""
    return _ARTICLE.sub("", _QUOTES.sub("", text).strip(" ,-"))
