"""Which proper names of a report are those of persons and which those of places, by the grammar around them.

The place resolver keeps out of the first, and keeps the second even where no gazetteer has
them: "gunmen stormed Harubanda", "a hamlet called Little Kuyu", "near Wad Sharif".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from casus.reading.lexicon import load_lexicon
from casus.reading.names import is_title, name_span
from casus.reading.parsing import Sentence
from casus.resolving.places.vocabulary import common_words, place_nouns, words_beside

Chars = tuple[int, int]

_IN = frozenset({"in", "at", "near", "around", "outside", "inside", "towards", "through", "across"})
# What leads to or along a road: "off the Oldpark Road".
_ALONG = frozenset({"on", "off", "along", "up", "down"})
# Where a name of two words is hardly a person: "near Wad Sharif".
_AT = frozenset({"at", "near", "outside"})
_ROADS = frozenset(
    {"road", "street", "avenue", "highway", "lane", "boulevard", "bridge", "motorway", "expressway"}
)
_CALLED = frozenset({"call", "name", "know"})
_SHORTEST_REPEATED = 4


def person_spans(sentences: Sequence[Sentence]) -> Iterator[Chars]:
    """Names that are no places: persons', and those of peoples ("a village of Fulani herders")."""
    for sentence in sentences:
        for entity in sentence.doc.ents:
            is_titled = entity.start > 0 and is_title(sentence.doc[entity.start - 1])
            is_road = _is_road(sentence.doc[entity.end - 1])
            if entity.label_ == "PERSON" and (len(entity) > 1 or is_titled) and not is_road:
                yield sentence.chars(entity.start, entity.end)
        for token in sentence.tokens:
            if token.text[:1].isupper() and _is_of_people(token):
                yield sentence.chars(token.i, token.head.i + 1)


def _is_of_people(token: Token) -> bool:
    """True for a name before a noun for people, where "village of" or the like would make a place of it."""
    head = token.head
    if token.dep_ not in ("amod", "compound") or head.i != token.i + 1 or head.dep_ != "pobj":
        return False
    is_placed = head.head.lower_ == "of" and is_place_noun(head.head.head.lemma_.lower())
    return is_placed and load_lexicon().person(head.lower_, head.lemma_.lower()) is not None


def place_spans(text: str, sentences: Sequence[Sentence]) -> list[Chars]:
    """Names that stand where places stand, at every place where the report has their words."""
    found = set(_place_names(sentences))
    for name in {text[start:end] for start, end in found if end - start >= _SHORTEST_REPEATED}:
        found.update(match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return sorted(found)


def is_place_noun(word: str) -> bool:
    """True for a word that says what kind of settlement, part of one or unit a name is."""
    noun = place_nouns().get(word)
    return noun is not None and noun.role in ("settlement", "unit", "attribute")


def _place_names(sentences: Sequence[Sentence]) -> Iterator[Chars]:
    for sentence in sentences:
        for token in sentence.tokens:
            if token.pos_ != "PROPN" or token.ent_type_ == "DATE" or not _stands_for_place(token):
                continue
            for name in (token, *(t for t in token.conjuncts if t.i > token.i)):
                is_proper = name.pos_ == "PROPN" and name.ent_type_ != "DATE"
                if not is_proper or _is_indefinite(name) or name.text.islower():
                    continue
                start, end = _extent(name)
                if not is_title(sentence.doc[start]) and not _is_generic(sentence.doc[start:end]):
                    yield sentence.chars(start, end)


def _stands_for_place(token: Token) -> bool:
    head = token.head
    if token.dep_ == "pobj":
        return _is_place_after(token, head)
    if any(t.dep_ == "appos" and is_place_noun(t.lemma_.lower()) for t in token.rights):
        return True  # "Rais, a village south of the capital"
    if token.dep_ == "compound":
        return _is_local_name(token, head)
    if token.dep_ == "dobj":
        return head.lemma_.lower() in words_beside("entered") and token.tag_ == "NNP"
    if token.dep_ == "oprd":  # "a village called X"
        called = head.head.lemma_.lower()
        return head.lemma_ in _CALLED and (is_place_noun(called) or called == "place")
    return False


def _is_local_name(token: Token, noun: Token) -> bool:
    """True for "Harubanda village" and "the Sadar quarter", not for "the Aymara town"."""
    word = noun.lemma_.lower()
    is_of_people = word in words_beside("village") and any(t.dep_ == "det" for t in noun.lefts)
    return noun.i > token.i and word in words_beside("local") and not is_of_people


def _is_place_after(token: Token, preposition: Token) -> bool:
    word = preposition.lower_
    if word == "of":
        return _is_part_noun(preposition.head)
    if word == "from":
        return preposition.head.lemma_.lower() in words_beside("leave") or _is_road(
            token
        )  # "abducted from X"
    if word == "at" and _is_aimed(preposition):
        return False  # "fired at Bashir"
    if word in _ALONG:
        return _is_road(token)
    if token.ent_type_ == "PERSON" and any(t.ent_type_ == "PERSON" for t in token.lefts):
        return word in _AT and not any(t.dep_ == "case" for t in token.rights)
    return word in _IN


def _is_aimed(preposition: Token) -> bool:
    """True for the first "at" of a verb of aiming: in "fired at a post at X" the second tells where."""
    verb = preposition.head
    first = next((t for t in verb.rights if t.lower_ == "at"), None)
    return verb.lemma_.lower() in words_beside("aim") and first is preposition


def _is_road(token: Token) -> bool:
    """True for the last word of a name such as "Oldpark Road"."""
    return token.lower_ in _ROADS and any(t.dep_ == "compound" and t.pos_ == "PROPN" for t in token.lefts)


def _is_part_noun(noun: Token) -> bool:
    """True for what has a place behind its "of": "village of X", "lanes of X", "the bridge of X"."""
    word = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (is_place_noun(word) or word in words_beside("part"))


def _is_indefinite(token: Token) -> bool:
    """True for "an SUV": no name of a place has such an article."""
    return any(t.lower_ in ("a", "an") for t in token.lefts)


def _is_generic(name: Span) -> bool:
    """True for capitals on common words alone: "at Police Station", "near Line of Control"."""
    words = [t for t in name if t.text[:1].isupper()]
    noun = place_nouns().get(words[-1].lower_) if len(words) > 1 else None
    if noun is not None and noun.role == "settlement":
        return False  # "Stone Town"
    common = common_words() | words_beside("venue") | place_nouns().keys()
    return all(t.lower_ in common for t in words)


def _extent(token: Token) -> tuple[int, int]:
    """The tokens of a name; a preposition that opens the sentence is no part of it."""
    span = name_span(token, None)
    start = span.start
    if _is_road(token):  # "Tipu Sultan Road" has no sultan in it
        start = min(t.i for t in token.lefts if t.dep_ == "compound")
    while start < token.i and token.doc[start].lower_ in _IN | {"on", "from", "of", "for"}:
        start += 1
    return start, span.end
