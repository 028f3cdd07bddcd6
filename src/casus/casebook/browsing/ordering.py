"""The orders of events: what is compared, and what comes before and after an event in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from casus.casebook import schema as t
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import Grade

_state = t.event_state.c


@dataclass(frozen=True, slots=True)
class Key:
    """A part of an order: what is compared, which way, and whether unknown values come last."""

    column: sa.ColumnElement[Any]
    is_descending: bool = False
    is_nullable: bool = False
    unknown_last: bool = True

    def turned(self) -> Key:
        """The same the other way round."""
        return Key(self.column, not self.is_descending, self.is_nullable, not self.unknown_last)

    @property
    def clause(self) -> sa.ColumnElement[Any]:
        """What to sort by."""
        column = self.column.desc() if self.is_descending else self.column.asc()
        if not self.is_nullable:
            return column
        return column.nulls_last() if self.unknown_last else column.nulls_first()

    def before(self, value: Any) -> sa.ColumnElement[bool]:
        """What sorts before a value."""
        if value is None:
            return self.column.is_not(None) if self.unknown_last else sa.false()
        earlier: sa.ColumnElement[bool] = self.column > value if self.is_descending else self.column < value
        if self.is_nullable and not self.unknown_last:
            return sa.or_(earlier, self.column.is_(None))
        return earlier

    def same(self, value: Any) -> sa.ColumnElement[bool]:
        """What has a value."""
        return self.column.is_(None) if value is None else self.column == value


def keys_of(order: EventOrder, *, descending: bool) -> tuple[Key, ...]:
    """What an order compares; the newest come first among equals, and ids settle the rest."""
    if order is EventOrder.DAY:
        return (Key(_state.newest) if descending else Key(_state.day), Key(_state.event, descending))
    if order is EventOrder.CHANGED:
        return (Key(_state.revision, descending),)
    if order is EventOrder.PRESSING:
        keys = Key(_state.pressing), Key(_state.newest), Key(_state.event)
        return tuple(key.turned() for key in keys) if descending else keys
    column = _COLUMNS[order]
    is_nullable = bool(getattr(column, "nullable", False))
    return Key(column, descending, is_nullable), Key(_state.event, descending)


def turned(keys: Sequence[Key]) -> tuple[Key, ...]:
    """An order the other way round."""
    return tuple(key.turned() for key in keys)


def before(keys: Sequence[Key], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """What comes before some values in an order."""
    parts = [
        sa.and_(
            *(key.same(value) for key, value in zip(keys[:at], values[:at], strict=True)),
            keys[at].before(values[at]),
        )
        for at in range(len(keys))
    ]
    return sa.or_(*parts)


_COLUMNS: dict[EventOrder, sa.ColumnElement[Any]] = {
    EventOrder.KILLED: _state.killed_best,
    EventOrder.INJURED: _state.injured_best,
    EventOrder.TYPE: _state.event_type,
    EventOrder.COUNTRY: _state.country,
    EventOrder.PLACE: _state.place,
    EventOrder.GRADE: sa.case({str(grade): rank for rank, grade in enumerate(Grade)}, value=_state.grade),
    EventOrder.REPORTS: _state.reports,
    EventOrder.SOURCES: _state.sources,
    EventOrder.SCORE: _state.score,
    EventOrder.DISPUTES: _state.disputes,
}
