"""Histories from the user's own lists: a table with a row for each case, or for each pattern."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from casus.analysis.estimates.estimating import Stratum
from casus.analysis.estimates.groups import REST, ListGroup, checked
from casus.analysis.estimates.histories import MOST_LISTS, CaptureHistories
from casus.casebook.browsing.columns import Flags, Floats
from casus.errors import BadRecord, NotText, SourceMissing

_MARKS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class ListTable:
    """A table of cases: who is on which list (cases x lists), and how many each row stands for.

    `by` is the stratum of each row, where the table was read by one; `ignored` are columns that
    were taken for no list.
    """

    names: tuple[str, ...]
    is_on: Flags
    counts: Floats | None
    by: tuple[str, ...]
    ignored: tuple[str, ...]

    def histories(self, rows: Flags | None = None) -> CaptureHistories:
        """The histories of all rows, or of some."""
        kept = np.ones(len(self.is_on), dtype=np.bool_) if rows is None else rows
        members = self.is_on[kept].astype(np.int64)
        pattern = members @ (1 << np.arange(len(self.names), dtype=np.int64))
        weights = None if self.counts is None else self.counts[kept]
        cells = np.bincount(pattern, weights=weights, minlength=2 ** len(self.names)).astype(float)
        notes = (f"taken for no list: {', '.join(self.ignored)}",) if self.ignored else ()
        return CaptureHistories(
            self.names, tuple(cells[1:].tolist()), known_besides=float(cells[0]), notes=notes
        )

    def strata(self) -> tuple[Stratum, ...]:
        """The histories of each value of the column that the table was read by, in order."""
        names = np.array(self.by, dtype=object)
        return tuple(Stratum(name, self.histories(names == name)) for name in sorted(set(self.by)))


def histories_of_table(
    path: Path | str, lists: Sequence[ListGroup] = (), count: str | None = None
) -> CaptureHistories:
    """The histories of a table in CSV; see `read_lists`."""
    return read_lists(path, lists, count).histories()


def strata_of_table(
    path: Path | str, by: str, lists: Sequence[ListGroup] = (), count: str | None = None
) -> tuple[Stratum, ...]:
    """The histories of each value of a column, in its order; blank ones are "unknown"."""
    return read_lists(path, lists, count, by).strata()


def read_lists(
    path: Path | str, lists: Sequence[ListGroup] = (), count: str | None = None, by: str | None = None
) -> ListTable:
    """Read a table with a heading; commas, semicolons or tabs stand between columns.

    Each list is a column of 0 and 1 (or no and yes, false and true), or several columns where
    `lists` joins them; without `lists`, every column that begins with such a mark is one.  With the
    column `count`, a row stands for so many cases.  Raises `SourceMissing`, `NotText` or `BadRecord`.
    """
    heading, rows = _read(Path(path))
    for column in (count, by):
        if column is not None and column not in heading:
            raise BadRecord(f"{path} has no column {column!r}; it has {', '.join(heading)}")
    besides = {count, by}
    free = [name for name in heading if name not in besides]
    marked = [name for name in free if rows[0][heading.index(name)].strip().lower() in _MARKS]
    groups = _groups(lists, marked, free, path)
    columns = {member: _marks(rows, heading, member, path) for group in groups for member in group.members}
    is_on = np.column_stack(
        [np.any([columns[member] for member in group.members], axis=0) for group in groups]
    )
    at = None if by is None else heading.index(by)
    return ListTable(
        tuple(group.name for group in groups),
        is_on,
        None if count is None else _counts(rows, heading.index(count), count, path),
        () if at is None else tuple(row[at].strip() or _UNKNOWN for row in rows),
        tuple(name for name in free if name not in columns),
    )


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceMissing(f"can't read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise NotText(f"{path} is not UTF-8 text: save it as CSV in UTF-8") from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter, strict=True) if any(row)]
    except csv.Error as error:
        raise BadRecord(f"{path} is no table in CSV: {error}") from error
    if len(rows) < 2:
        raise BadRecord(f"{path} has no cases: give a heading and a row for each case")
    heading = [cell.strip() for cell in rows[0]]
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(heading):
            raise BadRecord(f"{path}, row {number}: {len(row)} cells where the heading has {len(heading)}")
    twice = [name for name in heading if heading.count(name) > 1]
    if twice:
        raise BadRecord(f"{path} has two columns {twice[0]!r}")
    return heading, rows[1:]


def _groups(
    lists: Sequence[ListGroup], marked: Sequence[str], free: Sequence[str], path: Path | str
) -> list[ListGroup]:
    """The lists that are asked for, or each column of marks; "*" filled in."""
    if not lists:
        if not 2 <= len(marked) <= MOST_LISTS:
            raise BadRecord(
                f"{path} has {len(marked)} columns of 0 and 1, and lists are 2 to {MOST_LISTS}: "
                "name them, or join some"
            )
        return [ListGroup(name, (name,)) for name in marked]
    checked(lists)
    named = {member for group in lists for member in group.members} - {REST}
    missing = sorted(named - set(free))
    if missing:
        raise BadRecord(f"{path} has no column {missing[0]!r}; it has {', '.join(free)}")
    rest = tuple(name for name in marked if name not in named)
    return [
        ListGroup(
            group.name, tuple(name for one in group.members for name in (rest if one == REST else (one,)))
        )
        for group in lists
    ]


def _marks(rows: Sequence[Sequence[str]], heading: Sequence[str], name: str, path: Path | str) -> Flags:
    at = heading.index(name)
    for number, row in enumerate(rows, start=2):
        if row[at].strip().lower() not in _MARKS:
            raise BadRecord(
                f"{path}, row {number}, column {name!r}: {row[at]!r} is neither 0 nor 1; "
                "correct it, or name the columns that are lists"
            )
    return np.array([_MARKS[row[at].strip().lower()] for row in rows], dtype=np.bool_)


def _counts(rows: Sequence[Sequence[str]], at: int, name: str, path: Path | str) -> Floats:
    for number, row in enumerate(rows, start=2):
        if not row[at].strip().isdecimal():
            raise BadRecord(f"{path}, row {number}, column {name!r}: {row[at]!r} is no whole number")
    return np.array([float(row[at]) for row in rows])
