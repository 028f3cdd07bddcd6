"""The full words of a place: its venue, its distance and its name ("market near the port of X").

Rule `place.venue`: a hotel, a market, a quarter that stands with a place or alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import Evidence, Place
from casus.reading.incidents import Incident
from casus.reading.lexicon import load_lexicon
from casus.reading.parsing import Sentence, child
from casus.resolving.places import PlaceMention, PlaceRelation
from casus.resolving.places.vocabulary import common_words, words_beside

RULE = "place.venue"
_LINKS = frozenset({"of", "in", "near", "at", "outside", "on"})
_ALONE = frozenset({"at", "in", "on", "outside", "inside", "near"})
_ROAD_LINKS = frozenset({"from", "to", "between"})
_ARTICLES = frozenset({"a", "an", "the"})
_PARTS_OF_NAME = frozenset({"compound", "amod", "nmod", "poss", "nummod", "punct", "case"})
_MOST_VENUES = 3
_FARTHEST_VENUE = 9


def named_fully(place: Place, mention: PlaceMention, sentence: Sentence) -> Place:
    """The place under the fullest words of its sentence: venue, distance and name."""
    tokens = sentence.tokens_in(mention.start_char, mention.end_char)
    if tokens is None:
        return place
    start, end = _with_venue(sentence, tokens)
    if mention.relation is not PlaceRelation.IN and mention.phrase_start < mention.start_char:
        phrase = sentence.tokens_in(mention.phrase_start, mention.phrase_end)
        if phrase is not None:
            start, end = min(start, phrase[0]), max(end, phrase[1])
    if start >= tokens[0] and end <= tokens[1]:
        return place
    evidence = Evidence(*sentence.chars(start, end), RULE)
    return replace(place, name=sentence.text(start, end), evidence=(*place.evidence, evidence))


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue that stands with an event and no place; `is_named`: "the K5 crossroads", not "a shop"."""

    name: str
    evidence: Evidence
    is_named: bool


def lone_venue(incident: Incident) -> Venue | None:
    """The venue of an event in the words of one sentence: "a bomb placed in a noodle shop"."""
    sentence, triggers = incident.sentence, set(incident.triggers)
    venues = words_beside("venue") - words_beside("plain_venue")
    for token in sentence.tokens:
        noun = child(token, "pobj") if token.dep_ == "prep" and token.lower_ in _ALONE else None
        if noun is None or not any(t.i in triggers for t in token.ancestors):
            continue
        end = _road_end(noun)
        is_venue = bool({noun.lower_, noun.lemma_.lower()} & venues) or end > noun.i + 1
        if is_venue or (token.lower_ == "at" and _is_named_thing(noun, incident)):
            start = _phrase_start(noun)
            evidence = Evidence(*sentence.chars(start, end), RULE)
            is_named = any(_is_own_name(t) for t in sentence.doc[start:end])
            is_ward = noun.lemma_.lower() in words_beside("ward")
            return Venue(sentence.text(start, end), evidence, is_named=is_named and not is_ward)
    return None


def _is_own_name(token: Token) -> bool:
    """True for a capital on a word that is no common one: not on "Police Station"."""
    return token.text[:1].isupper() and token.lower_ not in common_words() | words_beside("venue")


def _is_named_thing(noun: Token, incident: Incident) -> bool:
    """True for "the Golovnoi water intake": a thing with a name of its own, no gathering and no person."""
    if noun.pos_ != "NOUN" or noun.ent_type_ == "DATE" or noun.i in incident.triggers:
        return False
    names = [t for t in noun.doc[_phrase_start(noun) : noun.i] if t.pos_ == "PROPN"]
    if not names or any(t.ent_type_ == "DATE" or t.i in incident.marks.actors for t in names):
        return False
    lemma = noun.lemma_.lower()
    return lemma not in words_beside("occasion") and load_lexicon().person(noun.lower_, lemma) is None


def _road_end(noun: Token) -> int:
    """Where the words for a road end, with what lies at its ends: "track from X to the border"."""
    if noun.lemma_.lower() not in words_beside("road"):
        return noun.i + 1
    ends = [t.right_edge.i + 1 for t in noun.rights if t.dep_ == "prep" and t.lower_ in _ROAD_LINKS]
    return max(ends, default=noun.i + 1)


def _with_venue(sentence: Sentence, tokens: tuple[int, int]) -> tuple[int, int]:
    """The tokens from a venue before the place to the place: "Gasenyi quarter of Y"."""
    head: Token = sentence.doc[tokens[1] - 1]
    start = tokens[0]
    for _ in range(_MOST_VENUES):
        link = head.head
        if head.dep_ != "pobj" or link.dep_ != "prep" or link.lower_ not in _LINKS:
            break
        noun = link.head
        words = {noun.lower_, noun.lemma_.lower()}
        is_venue = noun.pos_ in ("NOUN", "PROPN") and bool(words & words_beside("venue"))
        if not is_venue or noun.i >= tokens[0] or tokens[0] - noun.i > _FARTHEST_VENUE:
            break
        start, head = _phrase_start(noun), noun
    return start, tokens[1]


def _phrase_start(noun: Token) -> int:
    """Where the words for a venue begin, without article: "crowded fish market"."""
    start = noun.i
    for left in noun.lefts:
        if left.dep_ in _PARTS_OF_NAME and left.lower_ not in _ARTICLES:
            start = min(start, left.left_edge.i)
    while start < noun.i and (noun.doc[start].dep_ == "det" or noun.doc[start].lower_ in _ARTICLES):
        start += 1
    return start
