"""What an event has several of, such as actors and outlets, as rows in memory beside the columns.

To count them over 100,000 events takes a database seconds.  Kept as rows of numbers they are
counted in milliseconds, and a change of an event costs only its own rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.columns import Columns, Numbers
from casus.casebook.chunks import chunks

_MOST_CHANGED = 20_000

Row = tuple[str, tuple[int, ...]]
Ask = Callable[[Connection, Sequence[str] | None], Iterable[Row]]
"""Gives the rows of some events, of all for None: each an event's id and its numbers."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of all events: `at` is where the event of each stands in the columns, -1 where it is gone."""

    at: Numbers
    values: Numbers

    def of(self, kept: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Rows:
        """Some of the rows."""
        return Rows(self.at[kept], self.values[kept])


@dataclass(slots=True)
class Beside:
    """Rows beside events, brought up to date as they are asked for; `width` numbers in each."""

    ask: Ask
    width: int
    _revision: int | None = None
    _ids: list[str] = field(default_factory=list)
    _number_of: dict[str, int] = field(default_factory=dict)
    _events: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _values: Numbers = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    _places: tuple[dict[str, int], Numbers] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at_present(self, connection: Connection, columns: Columns) -> Rows:
        """The rows at the revision of some columns, or a later one."""
        with self._lock:
            if self._revision is None:
                self._put(*self._read(connection, None))
            elif self._revision < columns.revision:
                self._follow(connection)
            self._revision = max(self._revision or 0, columns.revision)
            return Rows(self._placed(columns), self._values)

    def _follow(self, connection: Connection) -> None:
        state = t.event_state.c
        query = sa.select(state.event).where(state.revision > self._revision).limit(_MOST_CHANGED)
        changed = connection.scalars(query).all()
        if len(changed) == _MOST_CHANGED:
            self._put(*self._read(connection, None))
            return
        events, values = self._read(connection, changed)
        theirs = [self._number_of[one] for one in changed if one in self._number_of]
        stay = ~np.isin(self._events, theirs)
        self._put(np.concatenate((self._events[stay], events)), np.concatenate((self._values[stay], values)))

    def _read(self, connection: Connection, some: Sequence[str] | None) -> tuple[Numbers, Numbers]:
        numbers: list[int] = []
        values: list[tuple[int, ...]] = []
        for piece in (None,) if some is None else chunks(some):
            for event_id, row in self.ask(connection, piece):
                numbers.append(self._number(event_id))
                values.append(row)
        shaped = np.array(values, dtype=np.int64).reshape(len(values), self.width)
        return np.array(numbers, dtype=np.int64), shaped

    def _number(self, event_id: str) -> int:
        number = self._number_of.setdefault(event_id, len(self._ids))
        if number == len(self._ids):
            self._ids.append(event_id)
        return number

    def _put(self, events: Numbers, values: Numbers) -> None:
        self._events, self._values = events, values

    def _placed(self, columns: Columns) -> Numbers:
        """Where the events of the rows stand; kept while there are the same events."""
        kept = self._places
        if kept is None or kept[0] is not columns.at or len(kept[1]) != len(self._ids):
            of_number = np.fromiter(
                (columns.at.get(one, -1) for one in self._ids), dtype=np.int64, count=len(self._ids)
            )
            kept = self._places = columns.at, of_number
        placed: Numbers = kept[1][self._events]
        return placed
