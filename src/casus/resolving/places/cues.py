"""What the words around a name say about it: the kind of place, and how the event lies to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import EntryKind
from casus.resolving.places import vocabulary
from casus.resolving.places.passage import Passage
from casus.resolving.places.records import PlaceRelation
from casus.resolving.places.relations import told_by
from casus.resolving.places.runs import TRAILING, appositive_noun
from casus.resolving.places.spotting import Spot
from casus.resolving.places.vocabulary import PlaceNoun

_BORDER_AFTER = re.compile(r"(?:['’]s)?(?:[-–]\w+)?\s+(?:border|frontier)\b", re.IGNORECASE)
_LOOK_BACK = 110
_NOT_TYPES = frozenset({"capital", "capital city", "suburb", "headquarters", "seat", "quarter", "ward"})


@dataclass(frozen=True, slots=True)
class Cue:
    """The phrase around a name and what it says.

    `noun` is the word for the kind of place ("the village of X", "X district").
    `is_strong` says that a preposition of place or such a noun stands with the name,
    `is_vague` that the distance is told in time ("an hour's drive from").
    """

    phrase_start: int
    phrase_end: int
    noun: PlaceNoun | None = None
    is_strong: bool = False
    is_possessive: bool = False
    is_dateline: bool = False
    relation: PlaceRelation = PlaceRelation.IN
    distance_km: float | None = None
    bearing: float | None = None
    is_vague: bool = False

    @property
    def levels(self) -> frozenset[EntryKind]:
        """The unit levels that the noun may mean; empty for other nouns."""
        return self.noun.levels if self.noun is not None else frozenset()

    @property
    def role(self) -> str | None:
        """The role of the noun in `place_cues.tsv`."""
        return self.noun.role if self.noun is not None else None


def read_cue(passage: Passage, spot: Spot) -> Cue:
    """What stands around a spot."""
    cue = Cue(spot.start_char, spot.end_char, spot.noun, is_strong=spot.noun is not None)
    cue = _after(passage, spot, cue)
    cue = _before(passage, spot, cue)
    if any(start <= spot.start_char < end for start, end in passage.datelines):
        cue = replace(cue, is_dateline=True, is_strong=True)
    return cue


def _after(passage: Passage, spot: Spot, cue: Cue) -> Cue:
    """The words behind a name: a unit or kind, the genitive, a border."""
    words = passage.words
    position = spot.last
    if spot.noun is not None:
        while position < len(words) and position < spot.last + 2 and passage.is_capital[position]:
            position += 1
        cue = replace(cue, phrase_end=words[position - 1].end_char)
    is_possessive = position < len(words) and passage.keys[position] == "s" and words[position].joined
    cue = replace(cue, is_possessive=is_possessive, relation=_border_after(passage, spot))
    if is_possessive or cue.noun is not None or spot.is_demonym:
        return cue
    noun, end = _noun_from(passage, position)
    if noun is not None and not _names_another(passage, end, noun):
        is_building = spot.country is not None and noun.role not in ("unit", "settlement")
        if is_building:  # "an East Timor church"
            return cue
        return replace(cue, noun=noun, phrase_end=words[end - 1].end_char, is_strong=True)
    noun = None if spot.country is not None else appositive_noun(passage, spot.first, spot.last)
    return cue if noun is None else replace(cue, noun=noun, is_strong=True)


def _noun_from(passage: Passage, position: int) -> tuple[PlaceNoun | None, int]:
    nouns = vocabulary.place_nouns()
    for length in (2, 1):
        noun = nouns.get(" ".join(passage.keys[position : position + length]))
        if noun is not None and position + length <= len(passage.words):
            return noun, position + length
    return None, position


def _names_another(passage: Passage, position: int, noun: PlaceNoun) -> bool:
    """Whether a noun of place belongs to what follows: "Sudan state television", "the Yemen port of Aden"."""
    if position >= len(passage.words):
        return False
    key = passage.keys[position]
    is_of_next = key == "of" and noun.role == "settlement" and noun.word not in TRAILING
    return is_of_next or key in ("television", "media", "council", "police", "tv")


def _border_after(passage: Passage, spot: Spot) -> PlaceRelation:
    window = passage.text[spot.end_char : spot.end_char + 40]
    return PlaceRelation.BORDER if _BORDER_AFTER.match(window) else PlaceRelation.IN


def _before(passage: Passage, spot: Spot, cue: Cue) -> Cue:
    """The words in front of a name: prepositions, directions, "the village of"."""
    position = spot.first - 1
    start = spot.start_char
    relation = cue.relation
    while (
        position >= 0
        and passage.words[position].surface[:1].isalnum()
        and not passage.starts_line(position + 1)
    ):
        key = passage.keys[position]
        if key in vocabulary.DIRECTION_ADJECTIVES and not _is_offset_point(passage, position):
            relation = PlaceRelation.PART if relation is PlaceRelation.IN else relation
        elif key not in vocabulary.ARTICLES and key not in vocabulary.EPITHETS:
            break
        start = passage.words[position].start_char
        position -= 1
    cue = replace(cue, relation=relation)
    if position < 0 or passage.starts_line(position + 1):
        return replace(cue, phrase_start=start)
    key = passage.keys[position]
    if key == "of":
        return _before_of(passage, spot, replace(cue, phrase_start=start), position)
    noun, first = _noun_before(passage, position)
    if (
        noun is not None
        and cue.noun is None
        and noun.role in ("unit", "settlement")
        and noun.word not in _NOT_TYPES
    ):
        return _with_preposition(passage, replace(cue, noun=noun, is_strong=True, phrase_start=first), first)
    return _with_preposition(passage, replace(cue, phrase_start=start), start)


def _is_offset_point(passage: Passage, position: int) -> bool:
    return passage.keys[position + 1] in ("of", "from")


def _noun_before(passage: Passage, position: int) -> tuple[PlaceNoun | None, int]:
    """The noun of place that ends at a word, in small letters, and where its phrase begins."""
    nouns = vocabulary.place_nouns()
    word = passage.words[position]
    if word.surface[:1].isupper() and not word.caseless:
        return None, word.start_char
    for length in (2, 1):
        first = position - length + 1
        if first < 0:
            continue
        noun = nouns.get(" ".join(passage.keys[first : position + 1]))
        if noun is not None:
            return noun, _phrase_start(passage, first)
    return None, word.start_char


def _phrase_start(passage: Passage, first: int) -> int:
    """Where "the northern Spanish region of" begins: at its article, at most five words back."""
    for index in range(first - 1, max(-1, first - 6), -1):
        key = passage.keys[index]
        if key in vocabulary.ARTICLES:
            return passage.words[index].start_char
        if not key.isalpha() or key in vocabulary.PREPOSITIONS or key in vocabulary.WEAK_PREPOSITIONS:
            break
    return passage.words[first].start_char


def _before_of(passage: Passage, spot: Spot, cue: Cue, position: int) -> Cue:
    """Read "the village of X", "the outskirts of X", "40 km south of X"."""
    offset = _with_preposition(passage, cue, cue.phrase_start)
    if offset.relation not in (PlaceRelation.IN, PlaceRelation.PART):
        return offset
    noun, start = _noun_before(passage, position - 1) if position else (None, cue.phrase_start)
    if noun is None or noun.word in _NOT_TYPES or noun.role == "attribute":
        return offset
    is_behind = noun.role != "settlement" or noun.word in TRAILING
    if is_behind and position > 1 and _is_name(passage.words[position - 2].surface):
        return offset  # "the Mayo district of Pattani": the noun is Mayo's
    if noun.role == "unit" and passage.keys[position - 1] != noun.word and not _is_list(passage, spot):
        return replace(
            offset, relation=PlaceRelation.PART, phrase_start=start
        )  # "the districts of Mogadishu"
    return _with_preposition(
        passage, replace(offset, noun=cue.noun or noun, is_strong=True, phrase_start=start), start
    )


def _is_name(word: str) -> bool:
    """Whether a word is a capitalised name and no nationality: "the Afghan province of X" is X's noun."""
    return word[:1].isupper() and CountryTable.load().by_demonym(word) is None


def _is_list(passage: Passage, spot: Spot) -> bool:
    """Whether another name follows behind a comma or "and"."""
    keys = passage.keys
    return (
        keys[spot.last : spot.last + 1] in (("and",), (",",))
        and passage.is_capital[min(spot.last + 1, len(keys) - 1)]
    )


def _with_preposition(passage: Passage, cue: Cue, start: int) -> Cue:
    """Read what stands before the phrase that begins at `start`."""
    before = passage.text[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2]
    last = before.split()[-1].lower() if before.split() else ""
    if last.strip("'\"“(") in vocabulary.PREPOSITIONS:
        cue = replace(cue, is_strong=True)
    shift = start - len(before)
    told = told_by(before)
    if told is not None and not (told.relation is PlaceRelation.PART and _names_other(before[told.start :])):
        return replace(
            cue,
            phrase_start=shift + told.start,
            is_strong=True,
            relation=told.relation,
            distance_km=told.distance_km,
            bearing=told.bearing,
            is_vague=told.is_vague,
        )  # but not "the Sadda area of Kurram": the area has a name of its own
    if last in vocabulary.NEAR_WORDS:
        return replace(cue, relation=PlaceRelation.NEAR, phrase_start=shift + before.lower().rindex(last))
    return cue


def _names_other(phrase: str) -> bool:
    return any(word[:1].isupper() and word != "The" for word in phrase.split())
