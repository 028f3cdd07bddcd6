"""What resolving found in a report, laid over the tokens of its sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from casus.model import Category, DatePrecision
from casus.reading.parsing import Sentence
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceMention


Mention = TypeVar("Mention", DateMention, PlaceMention)


@dataclass(frozen=True, slots=True, eq=False)
class ActorMark:
    """An actor named in a sentence: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    name: str
    registry_id: str | None
    kind: str
    country_code: str | None
    category: Category | None
    can_act: bool  # False for bodies that only speak: media, monitors, courts


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The dates, places and actors of one sentence, by token."""

    dates: tuple[tuple[int, int, DateMention], ...]
    places: tuple[tuple[int, int, PlaceMention], ...]
    actors: Mapping[int, ActorMark]
    blocked: frozenset[int]

    def place_tokens(self) -> frozenset[int]:
        """The tokens of names of places."""
        return frozenset(
            i for start, end, place in self.places if place.kind.value != "unknown" for i in range(start, end)
        )

    def date_tokens(self) -> frozenset[int]:
        """The tokens of dates and times."""
        return frozenset(i for start, end, _ in self.dates for i in range(start, end))


def marks_of(
    sentence: Sentence,
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    actors: Mapping[int, ActorMark],
) -> Marks:
    """The marks of a sentence, from the mentions of the whole report."""
    first, last = sentence.chars(0, len(sentence.doc))
    own_dates = _covering(sentence, [d for d in dates if first <= d.start_char < last])
    own_places = _covering(sentence, [p for p in places if first <= p.start_char < last])
    marked = frozenset(i for start, end, _ in own_dates for i in range(start, end))
    return Marks(tuple(own_dates), tuple(own_places), actors, marked | _not_people(sentence))


def _covering(sentence: Sentence, mentions: Sequence[Mention]) -> list[tuple[int, int, Mention]]:
    found = []
    for mention in mentions:
        tokens = sentence.tokens_in(mention.start_char, mention.end_char)
        if tokens is not None:
            found.append((*tokens, mention))
    return found


_UNITS = set(
    "year years year-old month months week weeks day days hour hours minute minutes second seconds km kilometre kilometres kilometer "
    "kilometers mile miles metre metres meter meters feet foot yard yards inch inches kg kilogram kilograms kilo kilos tonne tonnes ton tons "
    "pound pounds litre litres gram grams percent per cent percentage point points dollar dollars euro euros rupee rupees peso pesos "
    "a.m. p.m. am pm o'clock gmt acre acres hectare hectares mm calibre caliber mph knots storey storeys story times round rounds "
    "house houses home homes building buildings vehicle vehicles car cars truck trucks shop shops village villages town towns city cities "
    "province provinces district districts state states shell shells rocket rockets missile missiles bomb bombs attack attacks blast blasts "
    "explosion explosions strike strikes raid raids incident incidents clash clashes gun guns rifle rifles weapon weapons case cases "
    "complaint complaints seat seats vote votes cattle cow cows goat goats sheep animal animals livestock hut huts tent tents bus buses "
    "boat boats ship ships aircraft plane planes helicopter helicopters drone drones tank tanks part parts area areas point way ways "
    "station stations post posts school schools church churches mosque mosques side sides front fronts occasion occasions violation violations "
    "bullet bullets sortie sorties country countries organisation organisations group_x trip trips phase phases stage stages term terms".split()
)
_MONEY = {"$", "€", "£", "us$", "rs", "rs.", "usd", "eur"}


def _not_people(sentence: Sentence) -> frozenset[int]:
    """Tokens of numbers that count no people: ages, distances, money, shares, unit and road numbers, scores."""
    words, doc = sentence.words, sentence.doc
    blocked: set[int] = set()
    for i, word in enumerate(words):
        if not _numeric(word) and doc[i].pos_ != "NUM":
            continue
        after = _after_number(words, i)
        unit = words[after] if after < len(words) else ""
        before = words[i - 1] if i else ""
        if unit in _UNITS and not (unit in ("day", "days", "year", "years") and False):
            blocked.update(range(i, after))
        if (
            unit == "-"
            and after + 1 < len(words)
            and words[after + 1]
            in (
                "year",
                "year-old",
                "years",
                "month",
                "day",
                "hour",
                "km",
                "strong",
                "member",
                "storey",
                "week",
                "mile",
                "minute",
                "seat",
                "room",
                "man",
            )
        ):
            blocked.update(range(i, after))
        if before in _MONEY or unit == "%":
            blocked.update(range(i, after))
        if before in (
            "aged",
            "age",
            "no.",
            "number",
            "route",
            "highway",
            "article",
            "section",
            "resolution",
            "chapter",
            "block",
            "sector",
            "unit",
            "channel",
            "flight",
            "room",
        ):
            blocked.add(i)
        if _is_age(sentence, i):
            blocked.add(i)
        if (
            re.fullmatch(r"\d{1,2}[:.]\d\d", word)
            or re.fullmatch(r"(1[5-9]|20)\d\d", word)
            and before in ("in", "since", "of", "until", "by", "from")
        ):
            blocked.add(i)
        if (
            re.search(r"[a-z]", word)
            and re.search(r"\d", word)
            and not re.fullmatch(r"\d+(st|nd|rd|th)", word)
        ):
            blocked.add(i)
    return frozenset(blocked)


def _numeric(word: str) -> bool:
    return any(c.isdigit() for c in word)


_NUMBERISH = {"hundred", "thousand", "million", "billion", "dozen", "and", "-", "to", "or"}


def _after_number(words: tuple[str, ...], i: int) -> int:
    """The token after a number, a hedge such as "or so" passed over."""
    j = i + 1
    while j < len(words) and (
        words[j]
        in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "dozen",
            "more",
            "other",
            "such",
            "square",
            "mortar",
            "artillery",
            "nautical",
            "cubic",
            "air",
            "different",
        )
    ):
        j += 1
    return j


def _is_age(sentence: Sentence, i: int) -> bool:
    """ "Juan Pérez, 45," and "a woman of 35", "a boy of 15 or 16", "in his seventies"."""
    words, doc = sentence.words, sentence.doc
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    if (
        before == ","
        and after in (",", ".", ";", ")", "and", "")
        and i >= 2
        and doc[i - 2].pos_ in ("PROPN", "NOUN")
        and words[i].isdigit()
        and int(words[i]) < 110
    ):
        return doc[i - 2].pos_ == "PROPN"
    if before == "(" and after == ")" and words[i].isdigit():
        return True
    if (
        before in ("of", "or")
        and words[i].isdigit()
        and 0 < int(words[i]) < 110
        and after not in ("of", "people")
    ):
        k = i - 1
        while k > 0 and (words[k] in ("of", "or") or words[k].isdigit()):
            k -= 1
        return (
            words[k]
            in (
                "woman",
                "man",
                "boy",
                "girl",
                "youth",
                "teenager",
                "child",
                "buddhist",
                "muslim",
                "christian",
                "hindu",
                "person",
                "student",
                "soldier",
                "farmer",
            )
            and k > 0
            and words[k - 1] in ("a", "an", "the")
        )
    return False


def is_dated(mention: DateMention) -> bool:
    """True for a mention that tells a day, a range, a month or a year."""
    return mention.start is not None and mention.precision is not DatePrecision.UNKNOWN
