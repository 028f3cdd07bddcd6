"""What the words of a date say: the numbers and names in it, before any calendar is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casus.resolving.dates.mention import DateUnit, PartOfDay
from casus.resolving.dates.vocabulary import (
    CARDINALS,
    MONTH_ABBREVIATIONS,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAY_PLURALS,
    WEEKDAYS,
)

ALL_WEEKDAYS = WEEKDAYS | WEEKDAY_ABBREVIATIONS | WEEKDAY_PLURALS
ALL_MONTHS = MONTHS | MONTH_ABBREVIATIONS
_SHIFTS = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}
_EDGES = {
    "early": "early",
    "late": "late",
    "mid": "mid",
    "middle": "mid",
    "end": "end",
    "close": "end",
    "start": "start",
    "beginning": "start",
}
_FIRST_YEAR_OF_1900S = 70
_DAY_SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


@dataclass(slots=True)
class DateParts:
    """The parts of one date.

    A shift counts from publication: -2 the one before last, -1 last, 0 this, 1 next.
    """

    weekday: int | None = None
    weekday_shift: int | None = None
    day: int | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    weekend_shift: int | None = None
    is_the_weekend: bool = False
    month: int | None = None
    month_shift: int | None = None
    year: int | None = None
    year_shift: int | None = None
    season: str | None = None
    season_shift: int | None = None
    written: str | None = None
    named: str | None = None
    edge: str | None = None
    part_of_day: PartOfDay | None = None
    has_clock: bool = False
    is_overnight: bool = False
    decade: int | None = None

    @property
    def needs_direction(self) -> bool:
        """Whether the words leave open on which side of publication the date lies."""
        if (
            self.year is not None
            or self.year_shift is not None
            or self.written
            or self.week_shift is not None
        ):
            return False
        return self.weekday is not None or self.month is not None or self.named is not None

    @property
    def is_day(self) -> bool:
        """Whether they name single days rather than months or years."""
        days = (self.weekday, self.day, self.day_shift, self.written, self.named)
        return self.is_overnight or any(part is not None for part in days)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of tokens: the kind of each ("WORD" where it has none) and its words."""

    kinds: Sequence[str]
    words: Sequence[str]

    def word(self, index: int) -> str:
        """The word there, empty outside the stretch."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def kind(self, index: int) -> str:
        """The kind there, empty outside the stretch."""
        return self.kinds[index] if 0 <= index < len(self.kinds) else ""


def read_parts(piece: Piece) -> DateParts:
    """The parts of one date; where one is told twice, the first counts."""
    parts = DateParts()
    for index, kind in enumerate(piece.kinds):
        if kind == "WORD":
            _read_word(parts, piece, index)
        else:
            _read_form(parts, piece, index)
    if parts.part_of_day is None and parts.is_day:
        parts.part_of_day = {"early": PartOfDay.EARLY, "late": PartOfDay.LATE}.get(parts.edge or "")
    return parts


def _read_form(parts: DateParts, piece: Piece, index: int) -> None:
    kind, word = piece.kind(index), piece.word(index)
    if _is_hour(piece, index):
        parts.has_clock = True
    elif kind in {"NEW_YEAR", "OLD_YEAR"}:
        parts.year = parts.year or int(word)
    elif kind == "SHORT_YEAR":
        parts.year = parts.year or _full_year(int(word.strip("'")))
    elif kind in {"DAY", "NTH", "TWO"}:
        _read_day(parts, int(word.rstrip("stndrh")))
    elif kind == "SHAKY":
        _set_month(parts, piece, index)
    elif kind in {"ISO", "SLASHED"}:
        parts.written = parts.written or word
    elif kind == "NAMED":
        parts.named = parts.named or " ".join(word.split())
    elif kind == "DECADE":
        parts.decade = _decade(word)


def _is_hour(piece: Piece, index: int) -> bool:
    if piece.kind(index) in {"CLOCK", "CLOCK_PM", "NUMBER"}:
        return True
    following = piece.word(index + 1)
    return piece.kind(index + 1) == "AM_PM" or following in {"oclock", "gmt", "utc", "hrs", "hours"}


def _read_day(parts: DateParts, number: int) -> None:
    if parts.day is None:
        parts.day = number
    elif parts.month is not None and parts.year is None:
        parts.year = _full_year(number)


def _full_year(number: int) -> int:
    """The year that two digits stand for."""
    return number + (1900 if number >= _FIRST_YEAR_OF_1900S else 2000)


def _decade(word: str) -> int:
    digits = word.strip("'s")
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if digits < "30" else 1900)


def _read_word(parts: DateParts, piece: Piece, index: int) -> None:
    word = piece.words[index]
    if word in ALL_WEEKDAYS and parts.weekday is None:
        parts.weekday, parts.weekday_shift = ALL_WEEKDAYS[word], _shift_before(piece, index)
        if piece.words[index + 1 : index + 3] == ("before", "last"):
            parts.weekday_shift = -2
    elif word in ALL_MONTHS:
        _set_month(parts, piece, index)
    elif word in PARTS:
        _read_part_of_day(parts, piece, index)
    elif word in _EDGES:
        parts.edge = parts.edge or _EDGES[word]
    elif word in _DAY_SHIFTS:
        _read_day_shift(parts, piece, index)
    elif word in SEASONS:
        parts.season, parts.season_shift = SEASONS[word], _shift_before(piece, index)
    elif word == "overnight" or (word == "to" and piece.word(index - 1) == "night"):
        parts.is_overnight = True
    elif word in CARDINALS and piece.word(index + 1) == "oclock":
        parts.has_clock = True
    elif word in {"week", "weekend", "month", "year"}:
        _read_unit(parts, piece, index)
    elif word == "hours" and piece.word(index - 1) in {"small", "wee", "first", "last"}:
        parts.part_of_day = PartOfDay.LATE if piece.word(index - 1) == "last" else PartOfDay.EARLY
    elif word == "light":
        parts.part_of_day = parts.part_of_day or PartOfDay.DAWN
    elif word in ORDINALS and parts.day is None and piece.word(index + 1) not in {"light", "hours"}:
        parts.day = ORDINALS[word]


def _set_month(parts: DateParts, piece: Piece, index: int) -> None:
    if parts.month is None:
        parts.month = ALL_MONTHS[piece.words[index]]
        parts.month_shift = _shift_before(piece, index)


def _shift_before(piece: Piece, index: int) -> int | None:
    """-1, 0 or 1 for last, this or next before a word; "this past" is last."""
    return _SHIFTS.get(piece.word(index - 1))


def _read_part_of_day(parts: DateParts, piece: Piece, index: int) -> None:
    word = piece.words[index]
    before = piece.word(index - 1)
    if before in {"this", "last"} and parts.weekday is None:
        parts.day_shift = _SHIFTS[before]
    parts.part_of_day = parts.part_of_day or PARTS[word]


def _read_day_shift(parts: DateParts, piece: Piece, index: int) -> None:
    word = piece.words[index]
    parts.day_shift = _DAY_SHIFTS[word]
    if piece.word(index - 2) == "day" and piece.word(index - 1) in {"before", "after"}:
        parts.day_shift += -1 if piece.word(index - 1) == "before" else 1
    if word == "tonight":
        parts.part_of_day = PartOfDay.NIGHT


def _read_unit(parts: DateParts, piece: Piece, index: int) -> None:
    """A week or longer: "last week", "this month"; without such a word ("the year") the present one."""
    shift = _shift_before(piece, index) or 0
    match piece.words[index]:
        case "week":
            parts.week_shift = shift
        case "weekend":
            parts.weekend_shift = shift
            parts.is_the_weekend = _shift_before(piece, index) is None or piece.word(index - 2) == "the"
        case "month":
            parts.month_shift = shift
        case _:
            parts.year_shift = shift


def before_unit(words: Sequence[str]) -> Sequence[str]:
    """The words in front of the last unit of time, where its number stands."""
    units = [index for index, word in enumerate(words) if word in UNITS]
    return words[: units[-1]] if units else ()


def read_count(words: Sequence[str]) -> int | None:
    """The number that words tell, None where they tell none ("several") or no whole one."""
    if "half" in words or "or" in words or "to" in words:
        return None
    if "couple" in words:
        return 2
    if "dozen" in words:
        return 12
    count = 0
    for word in words:
        if word.isdecimal():
            return int(word) if len(word) <= 6 else None
        count += CARDINALS.get(word, 0)
    return count or _one(words)


def _one(words: Sequence[str]) -> int | None:
    if {"few", "some", "many", "several", "number", "matter"} & set(words):
        return None
    return 1 if {"a", "an"} & set(words) else None


def read_length(words: Sequence[str]) -> int | None:
    """The number of units that words tell; None as for `read_count`.  A fortnight is two weeks."""
    count = read_count(before_unit(words))
    return 2 * count if count is not None and {"fortnight", "fortnights"} & set(words) else count


def read_unit(words: Sequence[str]) -> DateUnit | None:
    """The last unit of time among words."""
    units = [UNITS[word] for word in words if word in UNITS]
    return units[-1] if units else None
