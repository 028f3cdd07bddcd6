"""A report's words with what place spotting asks of each: capitals, blocks, sentence starts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casus.resolving.name_index import Word, words_of
from casus.resolving.place_names import fold_key
from casus.resolving.places.vocabulary import MONTHS

Span = tuple[int, int]

_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?P<place>[A-Z][^\n–—]{1,70}?)"
    r"(?:[ \t]*\((?:[A-Z][\w .&/-]{1,30})\))?[ \t]*(?:--|[–—]|-|:(?=[^\n]*[.!?][”\"]?[ \t]*(?:\n|$)))[ \t]",
)
_DATE = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b\.?.*$", re.IGNORECASE)
_TITLE_CASE_SHARE = 0.7
_TITLE_CASE_WORDS = 4
_DATELINE_DEPTH = 700
_LINES_ABOVE = 2  # title and byline


@dataclass(frozen=True)
class Passage:
    """A text cut into words, with the characters that are known not to be places."""

    text: str
    blocked: tuple[Span, ...] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words and marks, in order."""
        return words_of(self.text)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words in small letters without accents; a mark is itself."""
        return tuple(word.key if word.key.isascii() else fold_key(word.key) for word in self.words)

    @cached_property
    def is_blocked(self) -> list[bool]:
        """For each word whether a blocked span touches it; the search lets go of some."""
        flags = [False] * len(self.words)
        if not self.blocked:
            return flags
        spans = sorted(self.blocked)
        position = 0
        for index, word in enumerate(self.words):
            while position < len(spans) and spans[position][1] <= word.start_char:
                position += 1
            flags[index] = position < len(spans) and spans[position][0] < word.end_char
        return flags

    @cached_property
    def is_capital(self) -> Sequence[bool]:
        """For each word whether it may be (part of) a name: a capital, or letters without case."""
        return [(word.caseless and word.key.isalpha()) or word.surface[:1].isupper() for word in self.words]

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """The words with which a line begins."""
        breaks = (found.end() for found in re.finditer("\n", self.text))
        return frozenset({0, *(self.find_word(start) for start in breaks)})

    def starts_line(self, index: int) -> bool:
        """Whether a line begins with a word."""
        return index in self.line_starts

    def starts_sentence(self, index: int) -> bool:
        """Whether a sentence, a quotation or a line begins with a word."""
        return index in self.line_starts or self.words[index - 1].surface in _ENDERS

    @cached_property
    def title_case(self) -> Sequence[bool]:
        """For each word whether its line is a headline with a capital on nearly every word."""
        flags = [False] * len(self.words)
        starts = sorted(start for start in self.line_starts if start < len(self.words))
        for start, end in itertools.pairwise([*starts, len(self.words)]):
            if self._is_title(start, end):
                flags[start:end] = [True] * (end - start)
        return flags

    def _is_title(self, first: int, last: int) -> bool:
        words = [word for word in self.words[first:last] if word.surface.isalpha() and len(word.surface) > 2]
        is_sentence = any(word.surface in _STOPS for word in self.words[max(first, last - 2) : last])
        if len(words) < _TITLE_CASE_WORDS or words[0].caseless or is_sentence:
            return False
        return sum(word.surface[:1].isupper() for word in words) >= _TITLE_CASE_SHARE * len(words)

    @cached_property
    def datelines(self) -> tuple[Span, ...]:
        """Where the place of writing stands at the head: "KABUL", "NAZRAN, Ingushetia".

        What ends in a colon further down is the heading of an item ("Est: On 14 March").
        """
        spans: list[Span] = []
        for found in _DATELINE.finditer(self.text, 0, _DATELINE_DEPTH):
            start, end = found.span("place")
            place = _DATE.sub("", self.text[start:end])
            names = [name.strip() for name in place.split(",") if name.strip()]
            n_lines = sum(1 for line in self.text[:start].splitlines() if line.strip())
            if n_lines > _LINES_ABOVE and found.group().rstrip().endswith(":"):
                continue
            if names and all(_is_name(name) for name in names):
                spans.append((start, start + len(place)))
        return tuple(spans)

    @cached_property
    def dateline_towns(self) -> tuple[Span, ...]:
        """The names in capitals before a comma in datelines, towns whether known or not: "ACTEAL, Mexico"."""
        towns = []
        for start, end in self.datelines:
            town, comma, _ = self.text[start:end].partition(",")
            if comma and town.isupper():
                towns.append((start, start + len(town)))
        return tuple(towns)

    def find_word(self, start_char: int) -> int:
        """The index of the first word that begins at or after a character."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].start_char < start_char:
                low = middle + 1
            else:
                high = middle
        return low


_STOPS = frozenset({".", "!", "?"})
_ENDERS = frozenset({".", "!", "?", "\n", "“", '"', "”", ":", "(", "-", "–", "—", "•", "*"})


def _is_name(words: str) -> bool:
    return all(word[0].isupper() or word.isdecimal() or len(word) <= 3 for word in words.split())
