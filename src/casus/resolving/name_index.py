"""Finding thousands of names in a text at once.

Names and text are cut into the same words, so that the differences that reports
make don't matter: accents, typographic apostrophes and hyphens, "al-Qaeda" and "al
Qaeda", "U.N." and "UN".  A look-up starts at the first word of a name, so its cost
grows with the text and not with the number of names.  Offsets are those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

_APOSTROPHES = "'’‘ʼʻʿʾ`´"
_HYPHENS = "\\-‐‑–"
_TOKEN = re.compile(
    rf"(?P<dotted>(?:[^\W\d_]\.)+[^\W\d_]\b\.?)"
    rf"|(?P<word>[\w\u0300-\u036f]+(?:[{_APOSTROPHES}](?![sS]\b)[\w\u0300-\u036f]+)*)"
    rf"|(?P<possessive>[{_APOSTROPHES}][sS]\b)"
    rf"|(?P<mark>(?<![\w.])[{_HYPHENS}]|[{_HYPHENS}](?!\w)|[^\w\s{_HYPHENS}])"
)
_UNJOINED = str.maketrans("ıłŁøØđĐðÐ", "ilLoOdDdD", _APOSTROPHES + ".")
_UPPER_LINE_LETTERS = 8
# A text with a smaller share of capitalised words than this has lost its case.
_FEW_CAPITALS = 0.02
_CAPITAL_WORD = re.compile(r"\b[A-ZÀ-Þ]")
_SMALL_WORD = re.compile(r"\b[a-zà-ÿ]")
_OPPOSING_PREFIXES = frozenset({"anti", "non", "ex", "un", "counter", "pro"})
# Names that are everyday words where a text shows no capitals (MUC-4 reports, tickers).
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        us is who it car aim care let pole poles polish male eta path sos par far gal man cop mend pace pal
        can may ante safe pen fis bla pic cap mas ban ira snap ap pap ran era sla rap rebel all fact times
        site cut nation ask model emergency map amnesty guardian memorial commonwealth dawn inquirer beta
        tempo punch semana proceso reforma vanguard conservatives rangers greyhounds scorpions cobras ninjas
        bloods crips petra
        """,
    )
)


class Word(NamedTuple):
    """A word of a text: where it stands, its key for look-up, and its shape.

    `key` is without accents, apostrophes, dots and case; `surface` keeps the case.
    `joined` says that a hyphen ties it to the word before.  In a `caseless` passage
    (all capitals or all small letters) case says nothing.
    """

    start_char: int
    end_char: int
    key: str
    surface: str
    is_dotted: bool
    joined: bool
    caseless: bool


@dataclass(frozen=True, slots=True)
class NameMatch(Generic[Value]):
    """A name found in a text, with the values filed under it.

    `tail` is the word that a hyphen ties to it, in small letters ("led" in "Saudi-led").
    """

    start_char: int
    end_char: int
    name: str
    values: tuple[Value, ...]
    tail: str | None


class _Filed(NamedTuple, Generic[Value]):
    name: str
    surfaces: tuple[str, ...]
    values: tuple[Value, ...]


def fold(text: str) -> str:
    """`text` without accents, apostrophes and dots, its case kept."""
    if text.isalnum() and text.isascii():
        return text
    plain = text.translate(_UNJOINED)
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_UNJOINED)


def key_of(name: str) -> str:
    """What two spellings of one name share: folded words in small letters, without a leading "the"."""
    keys, _ = _cut(name)
    return " ".join(keys[1:] if len(keys) > 1 and keys[0] == "the" else keys)


@lru_cache(maxsize=16)
def words_of(text: str) -> tuple[Word, ...]:
    """The words and marks of a text, in order; a blank line counts as a mark."""
    is_small = _has_lost_capitals(text)
    words: list[Word] = []
    end_before = -1
    for first, line, is_capital in _lines(text):
        caseless = is_small or is_capital
        if not line.strip():
            words.append(Word(first, first, "\n", "\n", False, False, False))
            end_before = first
        for match in _TOKEN.finditer(text, first, first + len(line)):
            start, end = match.span()
            token = match[0]
            joined = start == end_before + 1 and not text[end_before].isspace()
            end_before = end
            if token.isascii() and token.isalnum():
                words.append(Word(start, end, token.lower(), token, False, joined, caseless))
                continue
            surface = token if match.lastgroup == "mark" else fold(token)
            is_dotted = match.lastgroup == "dotted"
            words.append(Word(start, end, surface.casefold(), surface, is_dotted, joined, caseless))
    return tuple(words)


def _has_lost_capitals(text: str) -> bool:
    """Whether next to no word of a text begins with a capital; a line that was added may keep its own."""
    capital = len(_CAPITAL_WORD.findall(text))
    return capital == 0 or capital < _FEW_CAPITALS * len(_SMALL_WORD.findall(text))


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """The lines of a text: where each begins, its words, and whether it is all in capitals."""
    start = 0
    for line in text.split("\n"):
        is_capital = line.isupper() and sum(char.isalpha() for char in line) >= _UPPER_LINE_LETTERS
        yield start, line, is_capital
        start += len(line) + 1


class NameIndex(Generic[Value]):
    """Names with a value each; a name may be filed with several values."""

    def __init__(self, named: Iterable[tuple[str, Value]]) -> None:
        filed: dict[tuple[str, ...], tuple[_Filed[Value], ...]] = {}
        for name, value in named:
            keys, surfaces = _cut(name)
            if keys:
                filed[keys] = _with(filed.get(keys, ()), _Filed(name, surfaces, (value,)))
        self._filed = filed
        self._lengths: dict[str, dict[str, list[int]]] = {}
        for keys in sorted(filed, key=len, reverse=True):
            lengths = self._lengths.setdefault(keys[0], {}).setdefault(keys[1] if len(keys) > 1 else "", [])
            if not lengths or lengths[-1] != len(keys):
                lengths.append(len(keys))

    def get(self, name: str) -> tuple[Value, ...]:
        """The values of a name, whatever its case, in the order in which they were filed."""
        keys, _ = _cut(name)
        forms = self._filed.get(keys, ())
        if not forms and keys[:1] == ("the",):
            forms = self._filed.get(keys[1:], ())
        return tuple(value for form in forms for value in form.values)

    def find(self, text: str) -> tuple[NameMatch[Value], ...]:
        """The names in a text: in order, the longest at each place, none overlapping."""
        words = words_of(text)
        matches: list[NameMatch[Value]] = []
        position = 0
        while position < len(words):
            if words[position].key not in self._lengths:
                position += 1
                continue
            match, length = self._at(words, position)
            if match is not None:
                matches.append(match)
            position += length
        return tuple(matches)

    def _lengths_at(self, words: Sequence[Word], position: int) -> list[int]:
        """How many words the names have that begin with the next two words, the longest first."""
        by_second = self._lengths[words[position].key]
        alone = by_second.get("", [])
        if position + 1 == len(words):
            return alone
        longer = by_second.get(words[position + 1].key)
        return [*longer, *alone] if longer else alone

    def _at(self, words: Sequence[Word], position: int) -> tuple[NameMatch[Value] | None, int]:
        for length in self._lengths_at(words, position):
            span = words[position : position + length]
            forms = self._filed.get(tuple(word.key for word in span), ())
            fitting = [form for form in forms if _fits(form.surfaces, span)]
            if not fitting:
                continue
            if span[0].joined and words[position - 1].key in _OPPOSING_PREFIXES:
                return None, length
            values = tuple(dict.fromkeys(value for form in fitting for value in form.values))
            after = words[position + length] if position + length < len(words) else None
            tail = after.key if after is not None and after.joined else None
            return NameMatch(span[0].start_char, span[-1].end_char, fitting[0].name, values, tail), length
        return None, 1


def _with(forms: tuple[_Filed[Value], ...], new: _Filed[Value]) -> tuple[_Filed[Value], ...]:
    """The forms of a name with one more, whose value joins the form of the same capitals."""
    if not forms:
        return (new,)
    if all(form.surfaces != new.surfaces for form in forms):
        return (*forms, new)
    return tuple(
        form._replace(values=form.values + new.values) if form.surfaces == new.surfaces else form
        for form in forms
    )


def _cut(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys and surfaces of a name, without a leading "the"."""
    surfaces = name.split()
    if name.isascii() and "".join(surfaces).isalnum():
        keys = name.lower().split()
    else:
        surfaces = [
            match[0] if match.lastgroup == "mark" else fold(match[0]) for match in _TOKEN.finditer(name)
        ]
        keys = [surface.casefold() for surface in surfaces]
    first = 1 if len(surfaces) > 1 and surfaces[0] == "the" else 0
    return tuple(keys[first:]), tuple(surfaces[first:])


def _fits(surfaces: tuple[str, ...], span: Sequence[Word]) -> bool:
    if len(span) == 1 and span[0].caseless and not span[0].is_dotted and span[0].key in _EVERYDAY:
        return False
    return all(
        word.caseless or _same_case(surface, word.surface)
        for surface, word in zip(surfaces, span, strict=True)
    )


def _same_case(filed: str, found: str) -> bool:
    """Whether a word of the text has the capitals that the name asks for.

    Names in small letters may have any; a capital asks for a capital; an acronym asks
    for all of them, but from four letters on one will do ("Farc", "Unita").
    """
    if filed == found or filed == filed.lower():
        return True
    if not filed[0].isupper() or not found[0].isupper():
        return False
    inner = filed[1:]
    if inner == inner.lower():
        return True
    if found.isupper():
        return True
    return len(filed) >= 4 and found[1:] == found[1:].lower()
