"""Tolls told as lists: "Killed: 72. Wounded: 96.", "a list of nine names", "41 fresh graves".

Rules `toll.label` and `toll.elliptic`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from casus.model import Harm
from casus.reading.groups import PhraseReader
from casus.reading.lexicon import word_lists
from casus.reading.mentions import HarmMention
from casus.reading.toll_measures import MEASURED, with_side

_BEFORE = 6  # tokens before a number within which "list" stands
_LEFT = frozenset({"names", "graves", "coffins"})
_SHARED = frozenset({"mass", "common", "collective", "communal", "family"})  # graves of many
_LABEL_STARTS = frozenset({".", ";", ":", "-", "–", "—", "•", "(", ","})
_LABEL = 6  # tokens of a label before its colon


def label_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in the form of a list: "Killed on the spot: 72. Wounded: 96, a colonel among them."."""
    words = reader.sentence.words
    for number in reader.quantities:
        colon = number.start - 1
        if colon < 1 or words[colon] != ":":
            continue
        first = max((i + 1 for i in range(colon) if words[i] in _LABEL_STARTS), default=0)
        labels = [(i, MEASURED[words[i]]) for i in range(first, colon) if words[i] in MEASURED]
        after = words[number.end] if number.end < len(words) else "."
        ends = after in word_lists()["after bare number"] | {"(", "as"}
        if not labels or colon - first > _LABEL or not ends:
            continue
        i, harm = labels[0]
        group = (with_side(reader, reader.counted(number), i),)
        yield HarmMention(reader.sentence.index, i, harm, group, None, None, "toll.label")


def listed_names(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "a list of nine names", "41 fresh graves": the dead by what is left of them."""
    words = reader.sentence.words
    for number in reader.quantities:
        noun = next(
            (i for i in range(number.end, min(len(words), number.end + 3)) if words[i] in _LEFT), None
        )
        if noun is None or number.value is None or _SHARED & set(words[number.end : noun]):
            continue
        listed = "list" in words[max(0, number.start - _BEFORE) : number.start]
        if listed if words[noun] == "names" else words[noun] != "names":
            group = (replace(reader.counted(number), end=noun + 1),)
            yield HarmMention(reader.sentence.index, noun, Harm.KILLED, group, None, None, "toll.elliptic")
