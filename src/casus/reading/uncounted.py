"""Numbers that count no people: ages, distances, money, shares, times, years, numbers of roads and units."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from casus.knowledge import read_roles
from casus.reading.lexicon import load_lexicon, word_lists
from casus.reading.parsing import Sentence

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
_BEFORE_YEAR = ("in", "since", "of", "until", "by", "from")
_AFTER_AGE = (",", ".", ";", ")", "and", "")
_OLDEST = 110


@functools.cache
def _words() -> Mapping[str, frozenset[str]]:
    return read_roles("uncounted.tsv")


def uncounted(sentence: Sentence) -> frozenset[int]:
    """The tokens of a sentence's numbers that count no people."""
    words, doc = sentence.words, sentence.doc
    found: set[int] = set()
    for i, word in enumerate(words):
        if not _has_digit(word) and doc[i].pos_ != "NUM":
            continue
        after = _after_number(words, i)
        if _measures(words, i, after):
            found.update(range(i, after))
        if _is_label(words, i) or _is_age(sentence, i):
            found.add(i)
    return frozenset(found)


def _measures(words: tuple[str, ...], i: int, after: int) -> bool:
    """True where what stands around a number makes it a measure or a sum of money."""
    roles = _words()
    unit = words[after] if after < len(words) else ""
    if words[after + 1 : after + 2] == ("-",) and unit not in roles["span"]:
        unit = ""  # "six bullet-riddled bodies"
    spanned = unit == "-" and after + 1 < len(words) and words[after + 1] in roles["span"]
    money = i > 0 and words[i - 1] in roles["money"]
    return unit in roles["unit"] or unit == "%" or spanned or money


def _is_label(words: tuple[str, ...], i: int) -> bool:
    """True for "aged 12", "resolution 1701", "10.30", "in 1998", "T-72"."""
    word, before = words[i], words[i - 1] if i else ""
    if before in _words()["label"] or _CLOCK.fullmatch(word):
        return True
    if _YEAR.fullmatch(word) and before in _BEFORE_YEAR:
        return True
    return _has_digit(word) and re.search(r"[a-z]", word) is not None and not _ORDINAL.fullmatch(word)


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _after_number(words: tuple[str, ...], i: int) -> int:
    """The token after a number; what may stand between it and its unit is passed over."""
    j = i + 1
    while j < len(words) and words[j] in _words()["between"]:
        j += 1
    return j


def _is_age(sentence: Sentence, i: int) -> bool:
    """True for "Juan Pérez, 45," and "Juan Pérez (45)", "a woman of 35", "a boy of 15 or 16"."""
    words, doc = sentence.words, sentence.doc
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    if not words[i].isdecimal() or not 0 < int(words[i]) < _OLDEST:
        return False
    if before == "(" and after == ")":
        return True
    if before == "," and i >= 2:
        return doc[i - 2].pos_ == "PROPN" and after in _AFTER_AGE
    return before in ("of", "or", "and") and after not in ("of", "people") and _is_aged(sentence, i)


def _is_aged(sentence: Sentence, i: int) -> bool:
    """True where a person stands before "of 35", "of 15 or 16", "of 16 and 19": no group of so many."""
    words, k = sentence.words, i - 1
    while k > 0 and (words[k] in ("of", "or", "and") or words[k].isdecimal()):
        k -= 1
    noun = sentence.doc[k]
    if words[k + 1] != "of" or noun.pos_ != "NOUN" or noun.lemma_.lower() in word_lists()["gatherings"]:
        return False
    return load_lexicon().person(words[k], noun.lemma_.lower()) is not None
