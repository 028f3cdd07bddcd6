"""Lists that are searched, sorted and shown a part at a time: what their addresses say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from casus.web.filters import query_of

AT_ONCE = 50
_LONGEST = 200
_MOST_OFFSET = 10_000_000
_YES = frozenset({"true", "1", "on", "yes"})

Order = TypeVar("Order", bound=StrEnum)


@dataclass(frozen=True)  # no slots: generic ones can't be made with a type named
class Column(Generic[Order]):
    """A column of a list, and by what it sorts, the largest first where `starts_descending`."""

    label: str
    order: Order | None = None
    is_number: bool = False
    starts_descending: bool = False


@dataclass(frozen=True, slots=True)
class ListHeading:
    """A heading; `href` sorts by it, `sorted` is what aria-sort says."""

    label: str
    is_number: bool
    href: str | None
    sorted: str | None


@dataclass(frozen=True)
class ListState(Generic[Order]):
    """What an address asks of a list; `kept` is what else it is asked for, such as a text."""

    path: str
    columns: Sequence[Column[Order]]
    usual: Order
    order: Order
    descending: bool
    offset: int
    kept: Mapping[str, str]

    def href(self, **changes: object) -> str:
        """The address of the list with some changes."""
        is_usual = (self.order, self.descending) == (self.usual, _starts_descending(self.columns, self.usual))
        sorting: dict[str, object] = (
            {} if is_usual else {"order": str(self.order), "descending": self.descending}
        )
        return self.path + query_of({**self.kept, **sorting, **changes})

    def part_href(self, offset: int) -> str:
        """The address of the part that begins so far on."""
        return self.href(offset=offset or None)

    @property
    def headings(self) -> tuple[ListHeading, ...]:
        """The headings of the columns; pressing one sorts by it, and again the other way round."""
        return tuple(self._heading(column) for column in self.columns)

    def _heading(self, column: Column[Order]) -> ListHeading:
        if column.order is None:
            return ListHeading(column.label, column.is_number, None, None)
        is_sorted = column.order is self.order
        descending = not self.descending if is_sorted else column.starts_descending
        href = self.href(order=str(column.order), descending=descending)
        direction = ("descending" if self.descending else "ascending") if is_sorted else None
        return ListHeading(column.label, column.is_number, href, direction)


def list_state(
    path: str,
    columns: Sequence[Column[Order]],
    usual: Order,
    asked: Mapping[str, str],
    names: Sequence[str] = ("text",),
) -> ListState[Order]:
    """The state in a query string; what can't be understood is as usual."""
    orders = {str(one.order): one.order for one in columns if one.order is not None}
    order = orders.get(asked.get("order", ""), usual)
    descending = asked.get("descending")
    kept = {name: value for name in names if (value := asked.get(name, "").strip()[:_LONGEST])}
    starts = _starts_descending(columns, order)
    is_descending = starts if descending is None else descending.lower() in _YES
    return ListState(path, columns, usual, order, is_descending, offset_of(asked.get("offset")), kept)


def _starts_descending(columns: Sequence[Column[Order]], order: Order) -> bool:
    return any(one.starts_descending for one in columns if one.order is order)


def offset_of(text: str | None) -> int:
    """How many rows an address passes over; what can't be understood is none."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 12
    return min(int(text), _MOST_OFFSET) if text is not None and is_number else 0
