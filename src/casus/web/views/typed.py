"""Fields of a form in an address, beside those of the filter: what is set, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Self

_LONGEST = 300
_LARGEST = 36_525
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in some fields: values that are understood, and texts that are not, with why."""

    values: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, str], readers: Mapping[str, Reader]) -> Self:
        """The fields in a query string; what can't be understood asks for nothing."""
        values: dict[str, Any] = {}
        wrong: dict[str, tuple[str, str]] = {}
        for name, read in readers.items():
            text = query.get(name, "").strip()
            if not text:
                continue
            try:
                values[name] = read(text)
            except ValueError as error:
                wrong[name] = text[:_LONGEST], str(error)
        return cls(values, wrong)

    def kept(self) -> dict[str, object]:
        """What is set, as addresses write it."""
        return {name: str(value) for name, value in self.values.items()}

    def shown(self, name: str) -> str:
        """What stands in a field."""
        return self.wrong[name][0] if name in self.wrong else str(self.values.get(name, ""))

    def error_of(self, name: str) -> str | None:
        """What is wrong with it."""
        return self.wrong[name][1] if name in self.wrong else None

    @property
    def is_set(self) -> bool:
        """Whether anything is."""
        return bool(self.values or self.wrong)


def a_day(text: str) -> date:
    """A day; raises `ValueError`, as all readers do."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("write a day as 2024-03-31") from None


def a_name(text: str) -> str:
    """A name, or a statistic."""
    if len(text) > _LONGEST:
        raise ValueError(f"give at most {_LONGEST} characters")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("it has characters that are none")
    return text


def a_number(text: str) -> int:
    """A number of days, or of an entry."""
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:12]) <= _LARGEST:
        raise ValueError(f"give a whole number from 1 to {_LARGEST:,}")
    return int(text)


def one_of(kind: type[StrEnum]) -> Reader:
    """One of the words of a closed list."""
    return partial(_chosen, kind)


def _chosen(kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"there is no such choice: {', '.join(kind)}") from None
