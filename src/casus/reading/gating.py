"""The gate: which reports tell of political violence, and which of their sentences can matter.

It looks only for the words of `knowledge/gate.tsv` in the raw text, a hundred times cheaper
than a parse.  It is made to let too much in rather than lose anything: what it lets in is
weighed again once the report is read (`peace`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from casus.knowledge import read_table
from casus.model import Report
from casus.reading.segmenting import Stretch, stretches

# What two neighbouring sentences must weigh for a report to be read: at the head, where news
# tells what it is about, further down, and in a text or a note so short that it has little room for
# signs.  All coded reports with an event pass, 98 percent of the reports of MUC-4 with an
# incident, and one in four local news.
ENOUGH_AT_HEAD = 4
ENOUGH_BELOW = 8
ENOUGH_IN_SHORT = 3
ENOUGH_IN_NOTE = 2
HEAD_SENTENCES = 8
SHORT_CHARS = 600
NOTE_CHARS = 300
# Signs of weight 1 are met in any news; no more than so many count.
MOST_WEAK = 2
# What a sentence must weigh to be parsed for its own sake.
ENOUGH_FOR_SENTENCE = 2
# Sentences parsed beside such a one: who speaks stands before, what became of the victims after.
_BEFORE, _AFTER = 1, 2
# Title and lead tell what the report is about, whatever their words.
_LEAD = 2

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for political violence, and for how much it counts (0 to 4)."""

    name: str
    weight: int


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs by word, and by the stem that longer words begin with."""

    words: Mapping[str, Sign]
    stems: Mapping[str, Sign]
    longest_stem: int

    def of(self, word: str) -> frozenset[Sign]:
        """The signs of a word in lower case; of a compound without a sign of its own, those of its parts."""
        whole = self.words.get(word) or self._by_stem(word)
        if whole is not None:
            return frozenset({whole})
        parts = word.split("-") if "-" in word else ()
        return frozenset(sign for part in parts for sign in self.of(part))

    def _by_stem(self, word: str) -> Sign | None:
        for length in range(min(len(word), self.longest_stem), 0, -1):
            sign = self.stems.get(word[:length])
            if sign is not None:
                return sign
        return None


@functools.cache
def load_signs() -> Signs:
    """The signs of `knowledge/gate.tsv`.  Raises KnowledgeError for a weight that is no number."""
    words: dict[str, Sign] = {}
    stems: dict[str, Sign] = {}
    for row in read_table("gate.tsv", ("sign", "weight", "words")):
        if not row.text("weight").isdecimal():
            raise row.fail(f"weight is {row.text('weight')!r}; use a whole number")
        sign = Sign(row.text("sign"), int(row.text("weight")))
        for word in row.members("words"):
            if word.endswith("*"):
                stems[word[:-1]] = sign
            else:
                words[word] = sign
    return Signs(words, stems, max(map(len, stems), default=0))


@functools.lru_cache(maxsize=100_000)
def _signs_of(word: str) -> frozenset[Sign]:
    return load_signs().of(word)


def signs_in(text: str) -> frozenset[Sign]:
    """The signs that stand in a text."""
    return frozenset().union(*map(_signs_of, set(_WORD.findall(text.lower()))))


def weight_of(signs: frozenset[Sign]) -> int:
    """What signs weigh together; of those of weight 1 two count."""
    weak = sum(sign.weight == 1 for sign in signs)
    return sum(sign.weight for sign in signs if sign.weight > 1) + min(weak, MOST_WEAK)


def relevant_stretches(report: Report) -> tuple[tuple[int, Stretch], ...]:
    """The sentences that can matter, each with its number among all.

    None where the report has too few signs of political violence.
    """
    found = stretches(report)
    signs = [signs_in(report.text[stretch.start : stretch.end]) for stretch in found]
    if not _is_told(report, signs):
        return ()
    chosen = _chosen(report, signs)
    return tuple((number, stretch) for number, stretch in enumerate(found) if number in chosen)


def tells_of_violence(report: Report) -> bool:
    """True where a report has signs enough of political violence to be worth a reading."""
    return _is_told(report, [signs_in(report.text[s.start : s.end]) for s in stretches(report)])


def _is_told(report: Report, signs: Sequence[frozenset[Sign]]) -> bool:
    pairs = zip_longest(signs, signs[1:], fillvalue=frozenset[Sign]())
    weights = [weight_of(own | following) for own, following in pairs]
    return (
        max(weights[:HEAD_SENTENCES], default=0) >= _enough_at_head(len(report.text))
        or max(weights[HEAD_SENTENCES:], default=0) >= ENOUGH_BELOW
    )


def _enough_at_head(chars: int) -> int:
    """What the head of a text must weigh: less where it has little room for signs."""
    if chars <= NOTE_CHARS:
        return ENOUGH_IN_NOTE
    return ENOUGH_IN_SHORT if chars <= SHORT_CHARS else ENOUGH_AT_HEAD


def _chosen(report: Report, signs: Sequence[frozenset[Sign]]) -> frozenset[int]:
    """Numbers of the sentences to parse: those with signs, those beside them, title and lead."""
    if len(report.text) <= SHORT_CHARS:
        return frozenset(range(len(signs)))
    chosen = set(range(_LEAD))
    for number, own in enumerate(signs):
        if weight_of(own) >= ENOUGH_FOR_SENTENCE:
            chosen.update(range(number - _BEFORE, number + _AFTER + 1))
    return frozenset(chosen)
