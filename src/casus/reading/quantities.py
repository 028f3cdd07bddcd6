"""How many: number expressions of a sentence, with their hedges.

The rules for low, best and high are those of the coding rules, section "Numbers":
"at least N" is N-N-None, "about N" N-N-N, "up to N" None-None-N, "between N and M"
N-N-M, "dozens" 24-None-None, "several" three Nones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# A vague plural and the least that it can mean (coding rules, "Numbers").
PLURALS = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000}
VAGUE = {"several", "some", "many", "few", "numerous", "various", "countless", "more", "multiple"}

_AT_LEAST = (
    "at least",
    "no fewer than",
    "not fewer than",
    "no less than",
    "not less than",
    "more than",
    "over",
    "upwards of",
    "upward of",
    "a minimum of",
    "in excess of",
    "greater than",
    "well over",
    "as least",
    "above",
    "north of",
    "better than",
)
_ABOUT = (
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "close to",
    "roughly",
    "approximately",
    "an estimated",
    "estimated",
    "just under",
    "just over",
    "up towards",
    "circa",
    "perhaps",
    "probably",
    "nearer",
    "as few as",
    "a total of",
    "an average of",
)
_AT_MOST = (
    "up to",
    "as many as",
    "at most",
    "no more than",
    "not more than",
    "a maximum of",
    "fewer than",
    "less than",
    "as much as",
)
_EXACT = ("only", "just", "exactly", "a further", "another", "all", "the", "these", "those", "other", "a")


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
    `is_more` marks an addition ("another 12", "six more"); `ordinal` a rank that
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


def bounded(number: int, hedge: Hedge) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of one number under a hedge."""
    if hedge is Hedge.AT_LEAST:
        return number, number, None
    if hedge is Hedge.AT_MOST:
        return None, None, number
    return number, number, number


_DIGITS = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+$|\d+$")
_DECIMAL = re.compile(r"\d+\.\d+$")


def _digits(word: str) -> int | None:
    if _DIGITS.match(word):
        return int(re.sub(r"\D", "", word))
    return None


def _number_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The cardinal that begins at token i, as (value, end token), or None."""
    start, total, current, seen, article = i, 0, 0, False, False
    while i < len(words):
        word = words[i]
        if (
            word in ("a", "half")
            and not seen
            and i + 1 < len(words)
            and words[i + 1] in ("hundred", "thousand", "million", "dozen")
        ):
            current, article = 1, True
            i += 1
            continue
        value = _digits(word)
        if value is not None and (not seen or (article and i == start)):
            current += value
        elif value is not None:
            break
        elif _DECIMAL.match(word) and not seen and i + 1 < len(words) and words[i + 1] in SCALES:
            total = round(float(word) * SCALES[words[i + 1]])
            return total, i + 2
        elif word in UNITS and (current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20)):
            current += UNITS[word]
        elif word in TENS and current % 100 == 0:
            current += TENS[word]
        elif "-" in word and _hyphened(word) is not None and not seen:
            current += _hyphened(word) or 0
        elif word == "hundred" and (seen or article):
            current *= 100
        elif word in SCALES and (seen or article):
            total, current = total + current * SCALES[word], 0
        elif word == "dozen" and (seen or article):
            current *= 12
        elif word in ("and", "-") and seen and _joins(words, i, current):
            i += 1
            continue
        else:
            break
        seen = True
        i += 1
    if not seen:
        return None
    while i > start and words[i - 1] in ("and", "-"):
        i -= 1
    return total + current, i


def _joins(words: Sequence[str], i: int, current: int) -> bool:
    """True where "and" or a hyphen goes on with the same number: "one hundred and five", "twenty-five"."""
    if i + 1 >= len(words):
        return False
    following = words[i + 1]
    if words[i] == "-":
        return current % 100 >= 20 and current % 10 == 0 and following in UNITS and 0 < UNITS[following] < 10
    return words[i - 1] in ("hundred", "thousand") and (
        following in UNITS or following in TENS or "-" in following
    )


def _hyphened(word: str) -> int | None:
    parts = word.split("-")
    if len(parts) == 2 and parts[0] in TENS and parts[1] in UNITS:
        return TENS[parts[0]] + UNITS[parts[1]]
    return None


def _hedge_before(words: Sequence[str], i: int) -> tuple[Hedge, int]:
    """The hedge that ends right before token i, with the token where it begins."""
    for hedge, phrases in ((Hedge.AT_LEAST, _AT_LEAST), (Hedge.AT_MOST, _AT_MOST), (Hedge.ABOUT, _ABOUT)):
        for phrase in phrases:
            parts = phrase.split()
            start = i - len(parts)
            if start >= 0 and list(words[start:i]) == parts:
                if (
                    hedge is Hedge.AT_LEAST
                    and phrase in ("more than", "less than", "fewer than")
                    and start
                    and words[start - 1] in ("no", "not")
                ):
                    return (Hedge.AT_MOST if phrase == "more than" else Hedge.AT_LEAST), start - 1
                if (
                    hedge is Hedge.AT_LEAST
                    and start
                    and words[start - 1] in ("well", "far", "many", "slightly", "much")
                ):
                    start -= 1
                return hedge, start
    return Hedge.EXACT, i


def find_quantities(words: Sequence[str]) -> tuple[Quantity, ...]:
    """Every number expression of a sentence, given its tokens in lower case, in order.

    Ranges ("28-30", "between five and seven", "13 or 14") are one expression.
    """
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        quantity = _range_at(words, i) or _plural_at(words, i) or _plain_at(words, i) or _ordinal_at(words, i)
        if quantity is None:
            i += 1
            continue
        found.append(_with_more(words, quantity))
        i = quantity.end
    return tuple(found)


def _plain_at(words: Sequence[str], i: int) -> Quantity | None:
    number = _number_at(words, i)
    if number is None:
        return _vague_at(words, i)
    value, end = number
    hedge, start = _hedge_before(words, i)
    if end + 1 < len(words) and words[end] == "or" and words[end + 1] == "more":
        hedge, end = Hedge.AT_LEAST, end + 2
    elif end < len(words) and words[end] == "+":
        hedge, end = Hedge.AT_LEAST, end + 1
    low, best, high = bounded(value, hedge)
    return Quantity(start, end, i, low, best, high, hedge)


def _vague_at(words: Sequence[str], i: int) -> Quantity | None:
    word = words[i]
    if word in ("several", "many", "numerous", "countless", "multiple") or (
        word == "some"
        and i + 1 < len(words)
        and words[i + 1] not in ("of",)
        and _number_at(words, i + 1) is None
    ):
        return Quantity(i, i + 1, i, None, None, None, Hedge.VAGUE)
    for phrase in (
        ("a", "number", "of"),
        ("a", "few"),
        ("an", "unknown", "number", "of"),
        ("an", "undetermined", "number", "of"),
        ("an", "unspecified", "number", "of"),
        ("an", "unconfirmed", "number", "of"),
    ):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return Quantity(i, i + len(phrase), i, None, None, None, Hedge.VAGUE)
    if tuple(words[i : i + 3]) == ("a", "couple", "of"):
        return Quantity(i, i + 3, i, 2, 2, 2, Hedge.ABOUT)
    if tuple(words[i : i + 3]) == ("a", "handful", "of"):
        return Quantity(i, i + 3, i, None, None, None, Hedge.VAGUE)
    return None


def _plural_at(words: Sequence[str], i: int) -> Quantity | None:
    if words[i] == "tens" and tuple(words[i + 1 : i + 3]) == ("of", "thousands"):
        return Quantity(i, i + 3, i, 20_000, None, None, Hedge.VAGUE)
    if words[i] == "hundreds" and tuple(words[i + 1 : i + 3]) == ("of", "thousands"):
        return Quantity(i, i + 3, i, 200_000, None, None, Hedge.VAGUE)
    if words[i] in PLURALS:
        start = i - 1 if i and words[i - 1] in ("many", "several") else i
        return Quantity(start, i + 1, i, PLURALS[words[i]], None, None, Hedge.VAGUE)
    return None


def _range_at(words: Sequence[str], i: int) -> Quantity | None:
    lead = 1 if words[i] in ("between", "from") else 0
    first = _number_at(words, i + lead)
    if first is None or first[1] >= len(words):
        return None
    low, end = first
    link = words[end]
    allowed = ("and", "to", "-", "–", "—") if lead else ("to", "-", "–", "—", "or")
    if link not in allowed:
        return _joined_range(words, i, lead)
    second = _number_at(words, end + 1)
    if second is None or second[0] <= low:
        return None
    if link == "or" and second[0] - low > max(5, low // 2):
        return None
    start = _hedge_before(words, i)[1]
    return Quantity(start, second[1], i, low, low, second[0], Hedge.RANGE)


def _joined_range(words: Sequence[str], i: int, lead: int) -> Quantity | None:
    """A range in one token: "28-30"."""
    match = re.fullmatch(r"(\d+)[-–](\d+)", words[i + lead])
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return Quantity(i, i + lead + 1, i, int(match[1]), int(match[1]), int(match[2]), Hedge.RANGE)


def _ordinal_at(words: Sequence[str], i: int) -> Quantity | None:
    value = ORDINALS.get(words[i])
    if value is None:
        match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", words[i])
        value = int(match[1]) if match else None
    if value is None:
        return None
    return Quantity(i, i + 1, i, value, value, value, Hedge.EXACT, is_ordinal=True)


def _with_more(words: Sequence[str], quantity: Quantity) -> Quantity:
    before = words[quantity.start - 1] if quantity.start else ""
    after = words[quantity.end] if quantity.end < len(words) else ""
    further = before in ("another", "further", "additional") or after in (
        "more",
        "other",
        "others",
        "additional",
    )
    return replace(quantity, is_more=True) if further else quantity
