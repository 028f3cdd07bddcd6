"""Changes, shares: "rose by 41 percent", "three times as many", "went up to 10", "93 percent of deaths"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Change
from casus.reading.numerals import number_words
from casus.reading.parsing import Sentence
from casus.reading.quantities import find_quantities
from casus.reading.word_classes import WordClass, is_a

_FAR = 16  # tokens between a figure and the change that it came to
_NEAR = 8  # tokens between a figure and the word that says which way it went
_PARTS = {"half": 50, "third": 33, "quarter": 25, "fifth": 20, "tenth": 10}
_VERBS = {"double": 100, "triple": 200, "treble": 200, "quadruple": 300, "halve": 50}
_MULTIPLE = re.compile(
    r"\b(?P<times>twice|\w+ times) (?:as many|as much|more|the (?:number|total|figure|toll|rate))\b"
)
_PART = re.compile(
    r"\b(?:by|of|almost|nearly|about|more than|over|up|down) (?:a|an|almost a|nearly a|about a|more than a) "
    r"(?P<part>third|quarter|fifth|half|tenth)\b"
    r"|\ba (?P<share>third|quarter|fifth|half|tenth) (?:more|fewer|less|higher|lower)\b"
    r"|\b(?P<half>half) as many\b"
)
_OUT_OF = re.compile(r"\b(?P<some>\w+) (?:in|out of)(?: every)? (?P<all>\w+)\b")
_COMPARISON = re.compile(
    r"\b(?:(?:as )?compared (?:with|to)|(?:as )?against|up from|down from|instead of|rather than|from only)\b"
)
_PERIOD = re.compile(
    r"\b(?:same (?:period|months|time|stretch|month)|last year|a year (?:ago|earlier|before)"
    r"|(?:in|of|for) \d{4}|previous (?:year|month))\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FROM_TO = re.compile(
    r"\b(?:to|at) (?P<to>[\d,]+|\w+)(?: \w+)? from\b"
    r"|\bfrom (?P<old>[\d,]+|\w+)(?: \w+)? to (?P<new>[\d,]+|\w+)\b"
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that went up or down, or a share (`change` is None): its token, percent and new value."""

    token: int
    change: Change | None
    percent: float | None
    value: int | None


def changes_in(sentence: Sentence) -> Iterator[Moved]:
    """The changes and shares that a sentence tells, in order."""
    yield from _percentages(sentence)
    yield from _compared(sentence)
    yield from _multiples(sentence)
    yield from _from_to(sentence)
    yield from _shares_in_words(sentence)


def direction(tokens: list[Token]) -> Change | None:
    """Which way a figure went by the words around it; None where they say nothing or both."""
    lemmas = [t.lemma_.lower() for t in tokens]
    up = any(is_a(lemma, WordClass.ROSE) for lemma in lemmas)
    down = any(is_a(lemma, WordClass.FELL) for lemma in lemmas)
    if up == down:
        return None
    return Change.UP if up else Change.DOWN


def _percentages(sentence: Sentence) -> Iterator[Moved]:
    words, doc = sentence.words, sentence.doc
    for i, word in enumerate(words):
        if word not in ("percent", "%", "percentage") and not (
            word == "cent" and i and words[i - 1] == "per"
        ):
            continue
        number = next((q for q in find_quantities(words) if q.end in (i, i - 1)), None)
        if number is None or number.value is None:
            continue
        change = direction(list(doc[max(0, i - _NEAR) : i + 5]))
        share = i + 1 < len(words) and words[i + 1] == "of"
        if change is not None:
            yield Moved(i, change, float(number.value), _new_value(sentence, i))
        elif share:
            yield Moved(i, None, float(number.value), None)


def _new_value(sentence: Sentence, i: int) -> int | None:
    """The figure come to: "by 20 percent to 340", or one before, "793 incidents, 34 percent fewer"."""
    words = sentence.words
    for quantity in find_quantities(words):
        if quantity.start > i and words[quantity.start - 1] == "to" and (quantity.value or 0) >= 100:
            return quantity.value
        if (
            quantity.end <= i - 2
            and i - quantity.end <= _FAR
            and "," in words[quantity.end : i]
            and (quantity.value or 0) >= _MANY
        ):
            return quantity.value
    return None


_MANY = 20


def _multiples(sentence: Sentence) -> Iterator[Moved]:
    """Reads "three times as many as", "doubled", "a rise of a third"."""
    text = " ".join(sentence.words)
    match = _MULTIPLE.search(text)
    if match is not None:
        times = _times(match["times"].split()[0])
        if times is not None:
            token = _token_at(text, match.start())
            yield Moved(token, Change.UP, 100.0 * (times - 1), _value_before(sentence, token))
            return
    part = _PART.search(text)
    if part is not None:
        token = _token_at(text, part.start())
        change = (
            Change.DOWN if part["half"] else direction(list(sentence.doc[max(0, token - _NEAR) : token + 5]))
        )
        if change is not None:
            share = part["part"] or part["share"] or part["half"]
            yield Moved(token, change, float(_PARTS[share]), _value_before(sentence, token))
            return
    for verb in sentence.tokens:
        if verb.pos_ == "VERB" and verb.lemma_.lower() in _VERBS:
            down = verb.lemma_.lower() == "halve"
            yield Moved(
                verb.i,
                Change.DOWN if down else Change.UP,
                float(_VERBS[verb.lemma_.lower()]),
                _new_value(sentence, verb.i),
            )


def _times(word: str) -> int | None:
    """The factor of "twice" and of "three times"; None for "some times"."""
    return 2 if word == "twice" else number_words().units.get(word)


def _token_at(text: str, char: int) -> int:
    return text[:char].count(" ")


def _value_before(sentence: Sentence, token: int) -> int | None:
    """The figure that a multiple is of: the last one before it."""
    found = [q for q in find_quantities(sentence.words) if q.end <= token and (q.value or 0) >= _MANY]
    return found[-1].value if found else None


def _compared(sentence: Sentence) -> Iterator[Moved]:
    """A change told by the figure before it: "11 incidents, compared with 23 in the same period of 2018"."""
    text = " ".join(sentence.words)
    link = _COMPARISON.search(text)
    if link is None or not _PERIOD.search(text) or "percent" in sentence.words or "%" in sentence.words:
        return
    token = _token_at(text, link.end())
    numbers = [q for q in find_quantities(sentence.words) if q.best is not None]
    later = next((q for q in numbers if token <= q.start <= token + 3), None)
    earlier = [q for q in numbers if q.end <= token and not _YEAR.fullmatch(sentence.words[q.start])]
    if later is None or not earlier or earlier[-1].best == later.best:
        return
    now, then = earlier[-1], later
    change = Change.UP if (now.best or 0) > (then.best or 0) else Change.DOWN
    yield Moved(now.start, change, None, now.best)


def _from_to(sentence: Sentence) -> Iterator[Moved]:
    """A change told by two figures: "deaths came down from 456 to 330", "went up to 10 from two"."""
    text = " ".join(sentence.words)
    match = _FROM_TO.search(text)
    if match is None or "percent" in sentence.words:
        return
    token = _token_at(text, match.start())
    change = direction(list(sentence.doc[max(0, token - _NEAR) : token]))
    spoken = (match["to"] or match["new"]).split()
    value = next((q.value for q in find_quantities(tuple(spoken))), None)
    if change is not None and value is not None:
        yield Moved(token, change, None, value)


def _shares_in_words(sentence: Sentence) -> Iterator[Moved]:
    """Reads "six out of every ten", "two in every three"."""
    text, units = " ".join(sentence.words), number_words().units
    for match in _OUT_OF.finditer(text):
        some, every = units.get(match["some"]), units.get(match["all"])
        if (
            some is not None
            and every is not None
            and some < every
            and "every" in match.group() + text[match.start() : match.end() + 6]
        ):
            yield Moved(_token_at(text, match.start()), None, float(round(100 * some / every)), None)
            return
