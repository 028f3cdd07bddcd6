"""How many: the number expressions of a sentence, with their hedges.

What low, best and high become under each hedge is told in the coding rules, "Tolls":
"at least N" is N, N, None; "about N" N, N, N; "up to N" None, None, N; "between N and M"
N, N, M; "dozens" 24, None, None; "several" three Nones.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from casus.reading.lexicon import word_lists
from casus.reading.numerals import Hedge, Phrases, Words, cardinal_at, number_words

__all__ = ["Hedge", "Quantity", "find_quantities"]

_RANGE = re.compile(r"(\d+)[-–](\d+)$")
_RANK = re.compile(r"(\d+)(?:st|nd|rd|th)$")
# What cardinals, ranges and "some" begin with beside the words of the knowledge files.
_FIRST_WORDS = {"a", "an", "between", "dozen", "half", "some"}


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


def find_quantities(words: Words) -> tuple[Quantity, ...]:
    """Every number expression of a sentence, given its tokens in lower case, in order.

    Ranges ("28-30", "between five and seven", "13 or 14") are one expression.
    """
    return _quantities(tuple(words))


@functools.lru_cache(maxsize=64)  # several readers of a sentence ask in turn
def _quantities(words: tuple[str, ...]) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        if not _may_begin(words[i]):
            i += 1
            continue
        quantity = _range_at(words, i) or _vague_at(words, i) or _plain_at(words, i) or _ordinal_at(words, i)
        if quantity is None:
            i += 1
            continue
        found.append(_with_more(words, quantity))
        i = quantity.end
    return _joined(words, found)


def _may_begin(word: str) -> bool:
    """False for the many words that no number expression begins with."""
    return word in _first_words() or word[:1].isdigit() or "-" in word


@functools.cache
def _first_words() -> frozenset[str]:
    known = number_words()
    phrases = {phrase[0] for phrase in (*known.plurals, *known.before)}
    return frozenset(_FIRST_WORDS | phrases | known.units.keys() | known.tens.keys() | known.ordinals.keys())


def bounded(number: int, hedge: Hedge) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of one number under a hedge."""
    if hedge is Hedge.AT_LEAST:
        return number, number, None
    if hedge is Hedge.AT_MOST:
        return None, None, number
    return number, number, number


# -- expressions


def _plain_at(words: Words, i: int) -> Quantity | None:
    alone = (
        words[i] == "dozen" and i > 0 and words[i - 1] in ("the", "this", "that", "first", "last", "other")
    )
    number = (12, i + 1) if alone else cardinal_at(words, i)
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
        if hedge is not None and hedge is not Hedge.VAGUE and not _is_particle(words, i - length):
            return hedge, i - length
    return Hedge.EXACT, i


def _is_particle(words: Words, i: int) -> bool:
    """True for the "over" of "handed over 14 men": part of the verb, no limit of the number."""
    return words[i] == "over" and i > 0 and words[i - 1] in word_lists()["verbs with over"]


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
    """The quantity of "dozens", "several", "several hundred", "some soldiers", "a couple of soldiers"."""
    if tuple(words[i : i + 3]) == ("a", "couple", "of"):
        return Quantity(i, i + 3, i, 2, 2, 2, Hedge.ABOUT)
    plural = _plural_at(words, i)
    if plural is not None:
        return plural
    found = _phrase_at(number_words().before, words, i)
    if found is not None and found[0] is Hedge.VAGUE and words[i] != "few":
        return _vague_scaled(words, i, found[1]) or Quantity(i, found[1], i, None, None, None, Hedge.VAGUE)
    following = words[i + 1] if i + 1 < len(words) else "of"
    if words[i] == "some" and following != "of" and cardinal_at(words, i + 1) is None:
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
    """The quantity of "several hundred", "a few dozen": no less than the plural."""
    plural = _plural_at((*words[:end], f"{words[end]}s"), end) if end < len(words) else None
    return replace(plural, start=i, number_start=i) if plural is not None else None


def _range_at(words: Words, i: int) -> Quantity | None:
    lead = 1 if words[i] == "between" else 0
    if i + lead >= len(words):
        return None
    first = cardinal_at(words, i + lead)
    if first is None:
        return _one_token_range(words, i, lead)
    low, end = first
    link = words[end] if end < len(words) else ""
    if link not in (("and",) if lead else ("to", "-", "–", "—", "or")):
        return None
    second = cardinal_at(words, end + 1) if end + 1 < len(words) else None
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
