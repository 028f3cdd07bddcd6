"""What the words around a name in capitals make of it: a place, a person, an organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casus.resolving.places import vocabulary
from casus.resolving.places.passage import Passage
from casus.resolving.places.vocabulary import BINDING, LOOSE, PlaceNoun, common_words, place_nouns

_LONGEST_NAME = 6
_LONGEST_TITLE = 4
# Nouns that also stand for a part of a place, or for bodies that are no places.
_RELATIONAL = frozenset({"capital", "headquarters", "seat", "suburb", "community", "state", "stronghold"})
# Nouns in small letters behind a name: "the Sadar neighbourhood".
TRAILING = frozenset({"neighbourhood", "neighborhood", "suburb", "quarter", "hamlet", "area"})
# Units that a name is said to be: "Khas Uruzgan, a district of".
_APPOSED_UNITS = frozenset({"district", "county", "municipality", "province", "governorate", "department"})
NOT_UNITS = frozenset({"division", "agency", "state", "department", "zone"})


class Runs:
    """Questions about runs of capitals in one passage; `country_starts` are where its country names begin."""

    def __init__(self, passage: Passage, country_starts: Collection[int]) -> None:
        self._passage = passage
        self._country_starts = country_starts
        self._nouns = place_nouns()
        self._common = common_words()
        self.surnames = set(_blocked_surnames(passage))

    def is_article(self, position: int) -> bool:
        """Whether a word is an Arabic article in small letters before a capital: "al-Rashad"."""
        passage = self._passage
        key = passage.keys[position]
        if key not in vocabulary.ARTICLE_KEYS or position + 1 >= len(passage.words):
            return False
        after = passage.words[position + 1]
        return after.surface[:1].isupper() and (after.joined or key in ("al", "el", "ez", "ed"))

    def end(self, position: int) -> int:
        """The end of the run that begins at a word: capitals, with small connectors inside."""
        passage = self._passage
        last = end = position + 1
        while end < len(passage.words) and end - position < _LONGEST_NAME + 2:
            word = passage.words[end]
            if passage.is_blocked[end] or passage.starts_line(end):
                break
            if word.surface[:1].isalnum() and (passage.is_capital[end] or word.surface.isdecimal()):
                last = end + 1
            elif passage.keys[end] not in vocabulary.NAME_CONNECTORS and not self._is_abbreviated(end):
                break
            elif self._is_conjunction(end):
                break  # "in Kabul as Afghans voted"
            end += 1
        return last

    def _is_conjunction(self, position: int) -> bool:
        """Whether "as" is the English word, and not the Arabic article: "Deir as-Salam"."""
        words = self._passage.words
        is_joined = words[position].joined or (position + 1 < len(words) and words[position + 1].joined)
        return self._passage.keys[position] == "as" and not is_joined

    def _is_abbreviated(self, position: int) -> bool:
        passage = self._passage
        return passage.words[position].surface == "." and passage.keys[position - 1] in vocabulary.SHORTENED

    def past_capitals(self, first: int, run_end: int) -> int:
        """The end of the capitals that follow one another from a word on."""
        end = first
        while end < run_end and self._passage.is_capital[end]:
            end += 1
        return end

    def noun_at(self, position: int) -> tuple[PlaceNoun | None, int]:
        """The place noun in capitals at a word, and where it ends; two words before one."""
        keys = self._passage.keys
        if position >= len(keys) or not self._passage.is_capital[position]:
            return None, position
        noun = self._nouns.get(" ".join(keys[position : position + 2]))
        if noun is not None:
            return noun, position + 2
        noun = self._nouns.get(keys[position])
        return noun, position + (noun is not None)

    def small_noun_at(self, position: int) -> PlaceNoun | None:
        """The place noun at a word, whatever its letters."""
        keys = self._passage.keys
        return self._nouns.get(keys[position]) if position < len(keys) else None

    def is_common(self, first: int, last: int) -> bool:
        """Whether all words are such as are rarely places."""
        return all(key in self._common for key in self._passage.keys[first:last])

    def is_direction(self, first: int, last: int) -> bool:
        """Whether all words are points of the compass or the like: "the North", "South and Central"."""
        return all(key in vocabulary.DIRECTION_ADJECTIVES for key in self._passage.keys[first:last])

    def has_unit_behind(self, last: int) -> bool:
        """Whether a word for a unit follows: "North region", "the Eastern Province"."""
        noun = self.small_noun_at(last)
        return noun is not None and noun.role == "unit"

    def is_titled(self, first: int) -> bool:
        """Whether a title in front makes a person of a name."""
        keys = self._passage.keys
        if first == 0:
            return False
        if keys[first - 1] == "." and first > 1:
            return keys[first - 2] in vocabulary.TITLES and len(keys[first - 2]) <= _LONGEST_TITLE
        return keys[first - 1] in vocabulary.TITLES and keys[first - 1] not in vocabulary.SHORTENED

    def is_organisation(self, first: int, run_end: int) -> bool:
        """Whether capitals behind a name make an organisation of it: "Kabul Police", "Nepal Army"."""
        end = self.past_capitals(first, run_end)
        return any(self._passage.keys[at] in vocabulary.ORGANISATION_WORDS for at in range(first, end))

    def is_name_tail(self, first: int, last_spot_end: int) -> bool:
        """Whether the word before is a capital of the same (person's) name."""
        passage = self._passage
        before, key = passage.words[first - 1], passage.keys[first - 1]
        if before.caseless or passage.title_case[first] or not before.surface[:1].isupper():
            return False
        if passage.starts_line(first):
            return False
        if key in self._common or key in self._nouns or before.start_char in self._country_starts:
            return False
        return last_spot_end != first and key not in vocabulary.PREPOSITIONS

    def has_type(self, first: int, last: int) -> bool:
        """Whether "village of" stands before a name, "district" or ", a village" behind it."""
        keys = self._passage.keys
        if appositive_noun(self._passage, first, last) is not None:
            return True
        if first > 1 and keys[first - 1] == "of":
            noun = self._nouns.get(keys[first - 2])
            if noun is not None and noun.role in ("unit", "settlement") and noun.word not in _RELATIONAL:
                return not self._passage.is_capital[first - 2]
        noun = self.small_noun_at(last)
        if noun is None or self._passage.is_capital[last]:
            return False
        is_landform = noun.role in ("nature", "water") and noun.word not in ("coast", "channel")
        return is_landform or noun.word in TRAILING or (noun.role == "unit" and noun.word not in NOT_UNITS)

    def may_stand_alone(self, first: int, last_spot_end: int) -> bool:
        """Whether a word can be a name: no article, month or acronym; two letters as in "Columbia, S.C."."""
        passage = self._passage
        key, word = passage.keys[first], passage.words[first]
        if key in vocabulary.ARTICLE_KEYS:
            return False
        if key in vocabulary.MONTHS and (
            first == 0 or passage.keys[first - 1] not in ("near", "village", "town")
        ):
            return False
        if len(key) >= 3 and not word.is_dotted:
            return word.caseless or not word.surface.isupper() or len(key) > 3
        return first > 0 and last_spot_end == first - 1 and passage.keys[first - 1] == ","

    def name_end(self, first: int, run_end: int) -> int:
        """The end of an unknown name: the run up to a connector that also stands between two names."""
        passage = self._passage
        loose = (
            at for at in range(first, run_end) if passage.keys[at] in LOOSE and not passage.is_capital[at]
        )
        last = next(loose, run_end)
        while last > first + 1 and not passage.is_capital[last - 1]:
            last -= 1
        return last

    def breaks_off(self, last: int, run_end: int) -> bool:
        """Whether a found name is only the head of a longer one: "Sid" of "Sid el Kebir"."""
        passage = self._passage
        return last < run_end and passage.keys[last] in BINDING and not passage.is_capital[last]


def appositive_noun(passage: Passage, first: int, last: int) -> PlaceNoun | None:
    """The noun for a settlement that stands beside a name: "X, a mountain village", "the village, X"."""
    keys, nouns = passage.keys, place_nouns()
    if keys[last : last + 1] == (",",) and keys[last + 1 : last + 2] in (("a",), ("the",), ("another",)):
        for key in keys[last + 2 : last + 5]:
            noun = nouns.get(key)
            if noun is not None and (noun.role == "settlement" or noun.word in _APPOSED_UNITS):
                return noun
    if first > 1 and keys[first - 1] == "," and not passage.is_capital[first - 2]:
        noun = nouns.get(keys[first - 2])
        if noun is not None and noun.word in ("village", "town", "hamlet"):
            return noun
    return None


def _blocked_surnames(passage: Passage) -> Iterator[str]:
    """First and last words of blocked names: "Jackson" alone is the Mike Jackson who was blocked."""
    for start, end in passage.blocked:
        keys = []
        index = passage.find_word(start)
        while index < len(passage.words) and passage.words[index].start_char < end:
            if passage.words[index].surface[:1].isupper():
                keys.append(passage.keys[index])
            index += 1
        if len(keys) > 1:
            yield from (keys[0], keys[-1])
