"""Numbers in words and digits: the cardinals of a sentence, and the words that limit them.

The words stand in `knowledge/numbers.tsv` and `knowledge/hedges.tsv`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casus.knowledge import read_table


class Hedge(StrEnum):
    """How a number is limited."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


Words = Sequence[str]
Phrases = Mapping[tuple[str, ...], Hedge]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words and hedges of the knowledge files, by kind."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    multipliers: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    plurals: Mapping[tuple[str, ...], int]
    before: Phrases
    after: Phrases


@functools.cache
def number_words() -> NumberWords:
    """The number words of the package.  Raises KnowledgeError for a file of a wrong form."""
    kinds: dict[str, dict[str, int]] = {}
    for row in read_table("numbers.tsv", ("word", "kind", "value")):
        kinds.setdefault(row.text("kind"), {})[row.text("word")] = int(row.text("value"))
    sides: dict[str, dict[tuple[str, ...], Hedge]] = {"before": {}, "after": {}}
    for row in read_table("hedges.tsv", ("phrase", "hedge", "side")):
        sides[row.text("side")][tuple(row.text("phrase").split())] = row.choice("hedge", Hedge)
    return NumberWords(
        kinds["unit"],
        kinds["ten"],
        kinds["multiplier"],
        kinds["scale"],
        kinds["ordinal"],
        {tuple(word.split()): least for word, least in kinds["plural"].items()},
        sides["before"],
        sides["after"],
    )


_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+$|\d+$")
_THREE = re.compile(r"\d{3}")
_DECIMAL = re.compile(r"\d+\.\d+$")


@dataclass(frozen=True, slots=True)
class _Count:
    """A cardinal while it is being read; `last` is the kind of the word read last."""

    total: int = 0
    current: int = 0
    last: str = ""

    @property
    def value(self) -> int:
        return self.total + self.current


def cardinal_at(words: Words, i: int) -> tuple[int, int] | None:
    """The cardinal that begins at token i, as (value, end token), or None."""
    if tuple(words[i : i + 3]) == ("half", "a", "dozen"):
        return 6, i + 3
    if _DECIMAL.match(words[i]):
        scale = number_words().scales.get(words[i + 1]) if i + 1 < len(words) else None
        return (round(float(words[i]) * scale), i + 2) if scale is not None else None
    count, end = _Count(), i
    while i < len(words):
        following = _extended(count, words, i)
        if following is None:
            break
        count, i = following, i + 1
        if count.last not in ("article", "link"):
            end = i
    return (count.value, end) if count.last and count.last != "article" else None


def _extended(count: _Count, words: Words, i: int) -> _Count | None:
    """The cardinal with one more word, or None where that word does not go on with it."""
    known, word = number_words(), words[i]
    following = words[i + 1] if i + 1 < len(words) else ""
    if not count.last:
        return _begun(known, word, following)
    if count.last in ("digits", "thousands") and _is_spaced(count, word):
        return _Count(0, count.current * 1000 + int(word), "thousands")  # "25 000"
    if word in known.units:
        after_ten = count.last == "ten" and 0 < known.units[word] < 10
        fits = after_ten or count.last in ("hundred", "scale", "link")
        return _Count(count.total, count.current + known.units[word], "unit") if fits else None
    if word in known.tens or _hyphened(word) is not None:
        fits = count.last in ("hundred", "scale", "link")
        return _Count(count.total, count.current + (_simple(word) or 0), "ten") if fits else None
    if word in known.multipliers and count.last in ("digits", "unit", "ten", "article"):
        return _Count(count.total, count.current * known.multipliers[word], word)
    if word in known.scales and count.last != "link":
        return _Count(count.total + count.current * known.scales[word], 0, "scale")
    return _Count(count.total, count.current, "link") if _links(count, word, following) else None


def _is_spaced(count: _Count, word: str) -> bool:
    """True for the "000" of "25 000": three digits after one to three that a space sets off."""
    return _THREE.fullmatch(word) is not None and (0 < count.current < 1000 or count.last == "thousands")


def _begun(known: NumberWords, word: str, following: str) -> _Count | None:
    """The first word of a cardinal; "a" only before "hundred", "dozen" and the like."""
    if word in ("a", "an"):
        counts = following in known.scales or following in known.multipliers
        return _Count(0, 1, "article") if counts and following != "m" else None
    if _DIGITS.match(word):
        return _Count(0, int(re.sub(r"\D", "", word)), "digits")
    value = _simple(word)
    return _Count(0, value, "unit" if word in known.units else "ten") if value is not None else None


def _simple(word: str) -> int | None:
    known = number_words()
    return known.units.get(word, known.tens.get(word, _hyphened(word)))


def _hyphened(word: str) -> int | None:
    """The value of "twenty-five", where the tokens keep it in one."""
    ten, _, unit = word.partition("-")
    known = number_words()
    return known.tens[ten] + known.units[unit] if ten in known.tens and unit in known.units else None


def _links(count: _Count, word: str, following: str) -> bool:
    """True where "and" or a hyphen goes on with the same number: "one hundred and five", "twenty-five"."""
    known = number_words()
    if word == "-":
        return count.last == "ten" and 0 < known.units.get(following, 0) < 10
    return word == "and" and count.last in ("hundred", "scale") and _simple(following) is not None
