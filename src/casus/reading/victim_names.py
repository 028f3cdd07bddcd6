"""By what else a sentence calls the people of a harm: their names, and who most of them were.

Known forms:

- "two guards, Pedro Gil and Luis Mora, were killed", "a teacher, identified as Ali Khan,"
- "55 people, most of them Ashaninka Indians,", "30 people, mostly pilgrims"
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from casus.reading.people import Group

_SHARES = frozenset({"most", "all", "mostly", "mainly", "many", "both", "nearly", "largely", "chiefly"})
_LINKS = frozenset({"of", "them", "whom", "were", "are", "was", "being", "from", "the", "all"})
_NAMING = frozenset({"identified", "named", "namely", "as", "both"})
_NOMINAL = ("NOUN", "PROPN")
_REACH = 6  # tokens from the noun to the comma before names or a share
_MOST_NAMES = 4


def names_of(group: Group, doc: Doc) -> list[Token]:
    """The last tokens of the names of the people of a group, where the sentence gives them beside it."""
    i = _after_comma(group, doc)
    if i is None:
        return []
    while i < len(doc) and doc[i].lower_ in _NAMING:
        i += 1
    found: list[Token] = []
    for start, end in _runs(doc, i):
        if end - start < 2 and doc[start].ent_type_ != "PERSON":
            break
        found.append(doc[end - 1])
    return found if len(found) <= min(group.value or 1, _MOST_NAMES) else []


def _runs(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """The runs of proper nouns from a token on, with nothing but commas and "and" between them."""
    while i < len(doc):
        start = i
        while i < len(doc) and doc[i].pos_ == "PROPN" and doc[i].ent_type_ not in ("GPE", "LOC", "DATE"):
            i += 1
        if i == start:
            return
        yield start, i
        while i < len(doc) and doc[i].lower_ in (",", "and"):
            i += 1


def share_of(group: Group, doc: Doc) -> Token | None:
    """The noun for most or all of a group: "pilgrims" in "30 people, mostly pilgrims"."""
    i = _after_comma(group, doc)
    if i is None or doc[i].lower_ not in _SHARES:
        return None
    return next(_nouns_from(doc, i + 1), None)


def _nouns_from(doc: Doc, i: int) -> Iterator[Token]:
    """The head of the noun phrase that begins at a token or after words that lead up to it."""
    while i < len(doc) and (doc[i].lower_ in _LINKS or doc[i].pos_ == "ADJ"):
        i += 1
    if i < len(doc) and doc[i].pos_ in _NOMINAL:
        while i + 1 < len(doc) and doc[i + 1].pos_ in _NOMINAL:
            i += 1
        yield doc[i]


def _after_comma(group: Group, doc: Doc) -> int | None:
    """The token after the comma that follows a group's noun phrase."""
    for i in range(group.end, min(group.end + _REACH, len(doc) - 1)):
        if doc[i].text == ",":
            return i + 1
        if doc[i].pos_ in ("VERB", "AUX") or doc[i].is_punct:
            return None
    return None
