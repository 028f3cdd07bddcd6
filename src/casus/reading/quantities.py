"""How many: the number expressions of a sentence, with their hedges.

What low, best and high become under each hedge is told in the coding rules, "Tolls":
"at least N" is N, N, None; "about N" N, N, N; "up to N" None, None, N; "between N and M"
N, N, M; "dozens" 24, None, None; "several" three Nones.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number expression: tokens `start` to `end` (exclusive) of its sentence.

    `number_start` is the first token of the number itself, after the hedge.
    `is_more` marks an addition ("another 12", "six more"); `is_ordinal` a rank that
    tells a running count ("a fourth policeman").
    """

    start: int
    end: int
    number_start: int
    low: int | None
    best: int | None
    high: int | None
    hedge: Hedge
    is_more: bool = False
    is_ordinal: bool = False

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


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


def find_quantities(words: Words) -> tuple[Quantity, ...]:
    """Every number expression of a sentence, given its tokens in lower case, in order.

    Ranges ("28-30", "between five and seven", "13 or 14") are one expression.
    """
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        quantity = _range_at(words, i) or _vague_at(words, i) or _plain_at(words, i) or _ordinal_at(words, i)
        if quantity is None:
            i += 1
            continue
        found.append(_with_more(words, quantity))
        i = quantity.end
    return _joined(words, found)


def bounded(number: int, hedge: Hedge) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of one number under a hedge."""
    if hedge is Hedge.AT_LEAST:
        return number, number, None
    if hedge is Hedge.AT_MOST:
        return None, None, number
    return number, number, number


# -- cardinals

_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+$|\d+$")
_DECIMAL = re.compile(r"\d+\.\d+$")
_RANGE = re.compile(r"(\d+)[-–](\d+)$")
_RANK = re.compile(r"(\d+)(?:st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class _Count:
    """A cardinal while it is being read: what stands before the last scale word, and since; the last word's kind."""

    total: int = 0
    current: int = 0
    last: str = ""

    @property
    def value(self) -> int:
        return self.total + self.current


def _cardinal_at(words: Words, i: int) -> tuple[int, int] | None:
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
    if word in known.units:
        fits = count.last in ("hundred", "scale", "link") or (
            count.last == "ten" and 0 < known.units[word] < 10
        )
        return _Count(count.total, count.current + known.units[word], "unit") if fits else None
    if word in known.tens or _hyphened(word) is not None:
        fits = count.last in ("hundred", "scale", "link")
        return _Count(count.total, count.current + (_simple(word) or 0), "ten") if fits else None
    if word in known.multipliers and count.last in ("digits", "unit", "ten", "article"):
        return _Count(count.total, count.current * known.multipliers[word], word)
    if word in known.scales and count.last != "link":
        return _Count(count.total + count.current * known.scales[word], 0, "scale")
    return _Count(count.total, count.current, "link") if _links(count, word, following) else None


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


# -- expressions


def _plain_at(words: Words, i: int) -> Quantity | None:
    alone = (
        words[i] == "dozen" and i > 0 and words[i - 1] in ("the", "this", "that", "first", "last", "other")
    )
    number = (12, i + 1) if alone else _cardinal_at(words, i)
    if number is None:
        return None
    value, end = number
    hedge, start = _hedge_before(words, i)
    later = _phrase_at(number_words().after, words, end)
    if later is not None:
        hedge, end = later
    elif tuple(words[end + 1 : end + 3]) == ("or", "more"):
        hedge = Hedge.AT_LEAST
    low, best, high = bounded(value, hedge)
    return Quantity(start, end, i, low, best, high, hedge)


def _hedge_before(words: Words, i: int) -> tuple[Hedge, int]:
    """The hedge that ends right before token i, the longest that fits, with the token where it begins."""
    for length in range(min(i, 4), 0, -1):
        hedge = number_words().before.get(tuple(words[i - length : i]))
        if hedge is not None and hedge is not Hedge.VAGUE:
            return hedge, i - length
    return Hedge.EXACT, i


def _phrase_at(phrases: Phrases, words: Words, i: int) -> tuple[Hedge, int] | None:
    """The longest phrase that begins at token i, with the token after it."""
    if i and words[i - 1] == "as":
        return None
    for length in range(min(len(words) - i, 5), 0, -1):
        hedge = phrases.get(tuple(words[i : i + length]))
        if hedge is not None:
            return hedge, i + length
    return None


def _vague_at(words: Words, i: int) -> Quantity | None:
    """ "Dozens", "several", "several hundred", "some soldiers", "a couple of soldiers"."""
    if tuple(words[i : i + 3]) == ("a", "couple", "of"):
        return Quantity(i, i + 3, i, 2, 2, 2, Hedge.ABOUT)
    plural = _plural_at(words, i)
    if plural is not None:
        return plural
    found = _phrase_at(number_words().before, words, i)
    if found is not None and found[0] is Hedge.VAGUE and words[i] != "few":
        return _vague_scaled(words, i, found[1]) or Quantity(i, found[1], i, None, None, None, Hedge.VAGUE)
    following = words[i + 1] if i + 1 < len(words) else "of"
    if words[i] == "some" and following != "of" and _cardinal_at(words, i + 1) is None:
        return Quantity(i, i + 1, i, None, None, None, Hedge.VAGUE)
    return None


def _plural_at(words: Words, i: int) -> Quantity | None:
    for length in (3, 1):
        phrase = tuple(words[i : i + length])
        least = number_words().plurals.get(phrase)
        if least is not None and len(phrase) == length:
            return Quantity(i, i + length, i, least, None, None, Hedge.VAGUE)
    return None


def _vague_scaled(words: Words, i: int, end: int) -> Quantity | None:
    """ "Several hundred", "a few dozen": no less than the plural."""
    plural = _plural_at((*words[:end], f"{words[end]}s"), end) if end < len(words) else None
    return replace(plural, start=i, number_start=i) if plural is not None else None


def _range_at(words: Words, i: int) -> Quantity | None:
    lead = 1 if words[i] == "between" else 0
    if i + lead >= len(words):
        return None
    first = _cardinal_at(words, i + lead)
    if first is None:
        return _one_token_range(words, i, lead)
    low, end = first
    link = words[end] if end < len(words) else ""
    if link not in (("and",) if lead else ("to", "-", "–", "—", "or")):
        return None
    second = _cardinal_at(words, end + 1) if end + 1 < len(words) else None
    if second is None or second[0] <= low or (link == "or" and second[0] - low > max(5, low // 2)):
        return None
    if link == "to" and i and words[i - 1] == "from":
        return None
    return Quantity(_hedge_before(words, i)[1], second[1], i, low, low, second[0], Hedge.RANGE)


def _one_token_range(words: Words, i: int, lead: int) -> Quantity | None:
    """A range in one token: "28-30"."""
    match = _RANGE.fullmatch(words[i + lead])
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return Quantity(i, i + lead + 1, i, int(match[1]), int(match[1]), int(match[2]), Hedge.RANGE)


def _ordinal_at(words: Words, i: int) -> Quantity | None:
    match = _RANK.fullmatch(words[i])
    value = int(match[1]) if match is not None else number_words().ordinals.get(words[i])
    if value is None:
        return None
    return Quantity(i, i + 1, i, value, value, value, Hedge.EXACT, is_ordinal=True)


_MORE_BEFORE = {"another", "further", "additional"}
_MORE_AFTER = {"more", "other", "others", "additional", "further"}


def _with_more(words: Words, quantity: Quantity) -> Quantity:
    before = words[quantity.start - 1] if quantity.start else ""
    after = tuple(words[quantity.end : quantity.end + 2])
    further = before in _MORE_BEFORE or (after[:1] and after[0] in _MORE_AFTER and after[1:] != ("than",))
    return replace(quantity, is_more=True) if further else quantity


# -- two numbers for one thing

_UPPER = {"possibly", "perhaps", "maybe", "even", "up", "many", "probably"}
_LINKS = {",", "and", "or", "but", "to", "as", "-", "("}


def _joined(words: Words, found: list[Quantity]) -> tuple[Quantity, ...]:
    """The expressions with "three soldiers, possibly four" and "20 and as many as 35" made one range."""
    kept: list[Quantity] = []
    for quantity in found:
        if kept and _raises(words, kept[-1], quantity):
            kept[-1] = _raised(words, kept[-1], quantity)
        else:
            kept.append(quantity)
    return tuple(kept)


def _raises(words: Words, first: Quantity, second: Quantity) -> bool:
    """True where the second number is told as what the first may come to."""
    if first.best is None or second.value is None or second.value <= first.best or second.is_ordinal:
        return False
    between = [*words[first.end : second.number_start]]
    if not _UPPER & set(between) or len(between) > 6 or first.is_ordinal:
        return False
    nouns = [word for word in between if word not in _LINKS | _UPPER]
    bare_second = second.end >= len(words) or not words[second.end].isalpha()
    return not nouns or (bare_second and len(nouns) <= 2)


def _raised(words: Words, first: Quantity, second: Quantity) -> Quantity:
    nouns = any(word not in _LINKS | _UPPER for word in words[first.end : second.number_start])
    end = first.end if nouns else second.end
    return replace(first, end=end, high=second.value, hedge=Hedge.RANGE)
