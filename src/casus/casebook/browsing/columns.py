"""The states of all events as columns in memory, which are filtered, sorted and summed at once.

A database looks at 100,000 rows in tenths of a second, and after each change of an event it
would have to look again.  In columns it takes a few milliseconds, and a change costs only the
rows that changed.  Each process that looks things up keeps its own columns, about 600 bytes an
event; they follow the casebook's revision, whoever changes it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from zlib import crc32

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.states import last_revision
from casus.model import Harm

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

Value = TypeVar("Value", bound=np.generic)
One = TypeVar("One", bound=Hashable)

MISSING = -(2**40)
"""What stands in a column of whole numbers where nothing is known."""

_DAYS = ("start", "end")
_NUMBERS = (
    "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high",
    "geonames_id", "precision_code", "disputes", "pressing", "revision", "reports", "sources",
)  # fmt: skip
_FLAGS = ("is_reviewed", "is_rejected", "needs_review", "is_place_withheld")
_WORDS = ("event_type", "country", "adm1", "adm2", "place", "grade", "assignee")
_FLOATS = ("latitude", "longitude", "score")
_HARMS = {str(harm): 1 << at for at, harm in enumerate(Harm)}
_COLUMNS = ("event", "harms", "names", "open_names", *_DAYS, *_NUMBERS, *_FLAGS, *_WORDS, *_FLOATS)
_MOST_CHANGED = 20_000
_MOST_ANSWERS = 128


@dataclass(slots=True)
class Pool:
    """The words of a column, each by a number; 0 is none.  Words are added and never taken out."""

    words: list[str] = field(default_factory=lambda: [""])
    number_of: dict[str, int] = field(default_factory=dict)

    def number(self, word: str | None) -> int:
        """The number of a word, a new one where it has none."""
        if word is None:
            return 0
        found = self.number_of.get(word)
        if found is None:
            found = self.number_of[word] = len(self.words)
            self.words.append(word)
        return found

    def ranks(self) -> Numbers:
        """The place of each word by its number when they are sorted; none is `MISSING`."""
        order = sorted(range(1, len(self.words)), key=self.words.__getitem__)
        ranks = np.full(len(self.words), MISSING, dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


@dataclass(frozen=True, slots=True)
class Columns:
    """The states of all events at one revision; a change makes new ones."""

    revision: int
    ids: list[str]
    at: dict[str, int]
    numbers: dict[str, Numbers]
    floats: dict[str, Floats]
    flags: dict[str, Flags]
    names: list[str]
    open_names: list[str]
    pools: dict[str, Pool]
    made: dict[Any, Any] = field(default_factory=dict)  # what was worked out from them

    def word(self, column: str, number: int) -> str:
        """The word that a number in a column of words stands for."""
        return self.pools[column].words[number]

    def keep(self, question: Any, answer: Any) -> None:
        """Keep what was worked out, as long as these columns hold; too many answers are forgotten."""
        if len(self.made) >= _MOST_ANSWERS:
            self.made.clear()
        self.made[question] = answer

    def at_id(self, event_id: str) -> int | None:
        """Where an event stands, None where there is none."""
        return self.at.get(event_id)


@dataclass(slots=True)
class Panorama:
    """The latest columns, brought up to date as they are asked for."""

    _columns: Columns | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at_present(self, connection: Connection) -> Columns:
        """The columns at the revision that a connection sees, or a later one that others saw."""
        revision = last_revision(connection)
        with self._lock:
            if self._columns is None:
                self._columns = _loaded(connection, revision, {name: Pool() for name in _WORDS})
            elif self._columns.revision < revision:
                self._columns = _updated(connection, self._columns, revision)
            return self._columns

    def forget(self) -> None:
        """Drop what was worked out from the columns."""
        with self._lock:
            if self._columns is not None:
                self._columns.made.clear()


def harm_bit(harm: Harm) -> int:
    """The bit that says in the column of harms that there is one."""
    return _HARMS[str(harm)]


def _query() -> sa.Select[Any]:
    """All columns; days and flags come as the database has them, which is twice as fast for many rows."""
    return sa.select(*(_plain(name) for name in _COLUMNS))


def _plain(name: str) -> sa.ColumnElement[Any]:
    column = t.event_state.c[name]
    if name in _DAYS:
        return plain_day(column)
    return sa.type_coerce(column, sa.Integer()).label(name) if name in _FLAGS else column


def plain_day(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A day as the database has it, for `ordinal`."""
    return sa.type_coerce(column, sa.String()).label(column.name)


def _loaded(connection: Connection, revision: int, pools: dict[str, Pool]) -> Columns:
    rows = connection.execute(_query()).all()
    return _columns_of(rows, revision, pools)


def _columns_of(rows: Sequence[Any], revision: int, pools: dict[str, Pool]) -> Columns:
    by_name: dict[str, Sequence[Any]] = dict(
        zip(_COLUMNS, zip(*rows, strict=True) if rows else [()] * len(_COLUMNS), strict=True)
    )
    ids = list(by_name["event"])
    names = list(by_name["names"])
    numbers = {name: _whole(by_name[name]) for name in _NUMBERS}
    numbers |= {name: each(by_name[name], ordinal) for name in _DAYS}
    numbers |= {name: each(by_name[name], pools[name].number) for name in _WORDS}
    numbers["harms"] = each(by_name["harms"], _harm_bits)
    numbers["tie"] = np.array([crc32(event_id.encode()) for event_id in ids], dtype=np.int64)
    return Columns(
        revision,
        ids,
        {event_id: at for at, event_id in enumerate(ids)},
        numbers,
        {name: np.array(by_name[name], dtype=np.float64) for name in _FLOATS},
        {name: np.array(by_name[name], dtype=np.bool_) for name in _FLAGS},
        names,
        [name if name == shown else shown for name, shown in zip(names, by_name["open_names"], strict=True)],
        pools,
    )


def _updated(connection: Connection, old: Columns, revision: int) -> Columns:
    """The columns with the rows that changed since, and without those that are gone."""
    state = t.event_state.c
    changed = connection.execute(
        _query().where(state.revision > old.revision).order_by(state.revision).limit(_MOST_CHANGED)
    ).all()
    if len(changed) == _MOST_CHANGED:
        return _loaded(connection, revision, old.pools)
    new = _columns_of(changed, revision, old.pools)
    count = connection.scalar(sa.select(sa.func.count()).select_from(t.event_state)) or 0
    if count == len(old.ids) and all(event_id in old.at for event_id in new.ids):
        return _written(old, new)
    there = np.ones(len(old.ids), dtype=np.bool_)
    there[[old.at[event_id] for event_id in new.ids if event_id in old.at]] = False
    if count != int(there.sum()) + len(new.ids):
        present = np.fromiter(connection.scalars(sa.select(state.revision)), dtype=np.int64)
        there &= np.isin(old.numbers["revision"], present)
    return _joined(old, new, np.flatnonzero(there))


def _written(old: Columns, new: Columns) -> Columns:
    """Old columns with the rows of some events written over: which events there are is the same."""
    rows = [old.at[event_id] for event_id in new.ids]
    names, open_names = old.names.copy(), old.open_names.copy()
    for at, name, open_name in zip(rows, new.names, new.open_names, strict=True):
        names[at], open_names[at] = name, open_name
    return Columns(
        new.revision,
        old.ids,
        old.at,
        {name: _over(one, rows, new.numbers[name]) for name, one in old.numbers.items()},
        {name: _over(one, rows, new.floats[name]) for name, one in old.floats.items()},
        {name: _over(one, rows, new.flags[name]) for name, one in old.flags.items()},
        names,
        open_names,
        old.pools,
    )


def _over(old: NDArray[Value], rows: list[int], new: NDArray[Value]) -> NDArray[Value]:
    column = old.copy()
    column[rows] = new
    return column


def _joined(old: Columns, new: Columns, kept: NDArray[np.intp]) -> Columns:
    """What is kept of old columns, with new ones after it."""

    def words(name: str) -> list[str]:
        column: list[str] = getattr(old, name)
        return [*(column[at] for at in kept), *getattr(new, name)]

    ids = words("ids")
    return Columns(
        new.revision,
        ids,
        {event_id: at for at, event_id in enumerate(ids)},
        {name: np.concatenate((one[kept], new.numbers[name])) for name, one in old.numbers.items()},
        {name: np.concatenate((one[kept], new.floats[name])) for name, one in old.floats.items()},
        {name: np.concatenate((one[kept], new.flags[name])) for name, one in old.flags.items()},
        words("names"),
        words("open_names"),
        old.pools,
    )


def _whole(values: Sequence[int | None]) -> Numbers:
    """Whole numbers; `MISSING` for None, by way of floats, which hold them exactly."""
    floats = np.array(values, dtype=np.float64)
    return np.where(np.isnan(floats), MISSING, floats).astype(np.int64)


def each(values: Sequence[One], number: Callable[[One], int]) -> Numbers:
    """The number of each value, worked out once for those that are alike."""
    numbers = {value: number(value) for value in dict.fromkeys(values)}
    return np.array([numbers[value] for value in values], dtype=np.int64)


def ordinal(day: date | str | None) -> int:
    """The number of a day, or of its ISO form; `MISSING` for none."""
    if day is None:
        return MISSING
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


def _harm_bits(harms: str) -> int:
    return sum(_HARMS[harm] for harm in harms.split())
