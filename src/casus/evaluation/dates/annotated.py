"""A text whose time expressions people have marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class GoldKind(StrEnum):
    """What an expression is, as TimeML has it."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class GoldValue(StrEnum):
    """What is known of an expression's date."""

    DAYS = "days"  # `start` to `end`
    NONE = "none"  # it has no date, and none should be given
    REFERENCE = "reference"  # TimeML's PRESENT_REF, PAST_REF and FUTURE_REF
    OTHER = "other"  # a value that is no stretch of days: "XXXX-12", "P3D"


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One marked expression; the first and last day of it are set where `value` is DAYS.

    `written` is the value as the source has it.  `precision` is set where the source tells it.
    """

    start_char: int
    end_char: int
    kind: GoldKind
    value: GoldValue
    start: date | None = None
    end: date | None = None
    precision: str | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text, the day on which it was published, and its marked expressions in order.

    `focus` is the day from which "a day earlier" counts, where the source tells one.  In
    running text it is the day told last, at first that of publication.
    """

    name: str
    text: str
    published_on: date | None
    spans: tuple[GoldSpan, ...]
    focus: date | None = None
    is_running: bool = False
