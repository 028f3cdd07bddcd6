"""The knowledge files, read row by row with strict checks of their form.

A file is UTF-8 text in this folder: lines that begin with `#` are notes, the first
other line is the header, each further line is one fact.  Fields are separated by a
tab, the members of a list within a field by `|`; an empty field is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import TypeVar

from casus.errors import KnowledgeError

Choice = TypeVar("Choice", bound=StrEnum)

_COUNTRY_CODE = re.compile(r"[A-Z]{2}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: the cells of a line by column, and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fail(self, message: str) -> KnowledgeError:
        """The error to raise for this row, with its file and line."""
        return KnowledgeError(f"{self.file}, line {self.line}: {message}")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.cells[column]
        if not value:
            raise self.fail(f"{column} is empty; every row needs one")
        return value

    def optional(self, column: str) -> str | None:
        """A cell, or None where it is empty."""
        return self.cells[column] or None

    def members(self, column: str) -> tuple[str, ...]:
        """The members of a list, in the order of the file; none where the cell is empty."""
        if not self.cells[column]:
            return ()
        members = tuple(self.cells[column].split("|"))
        if any(not member or member != member.strip() for member in members):
            raise self.fail(f"{column} has an empty or padded member; write a|b|c")
        if len(set(members)) != len(members):
            [repeated, *_] = [member for member, count in Counter(members).items() if count > 1]
            raise self.fail(f"{column} names {repeated!r} twice; keep one")
        return members

    def choice(self, column: str, choices: type[Choice]) -> Choice:
        """A cell of a closed list."""
        try:
            return choices(self.cells[column])
        except ValueError as error:
            known = ", ".join(choices)
            raise self.fail(f"{column} is {self.cells[column]!r}; use one of {known}") from error

    def slug(self, column: str) -> str:
        """An id: lower-case letters, digits and single hyphens."""
        value = self.text(column)
        if not _ID.fullmatch(value):
            raise self.fail(f"{column} {value!r} is no slug; use lower-case words joined by hyphens")
        return value

    def country_codes(self, column: str) -> tuple[str, ...]:
        """A list of ISO 3166-1 alpha-2 codes."""
        codes = self.members(column)
        for code in codes:
            if not _COUNTRY_CODE.fullmatch(code):
                raise self.fail(f"{column} has {code!r}; use two-letter country codes")
        return codes

    def year(self, column: str) -> int | None:
        """A year of four digits, or None where the cell is empty."""
        value = self.optional(column)
        if value is None:
            return None
        if not re.fullmatch(r"(1[89]|20)\d\d", value):
            raise self.fail(f"{column} is {value!r}; use a year of four digits or nothing")
        return int(value)


def read_table(file: str, columns: tuple[str, ...], *, text: str | None = None) -> tuple[Row, ...]:
    """The rows of a knowledge file, in its order.

    `columns` is the header that the file must have.  `text` stands in for the file's
    content.  Raises KnowledgeError, naming file and line, for a wrong form.
    """
    content = files(__name__).joinpath(file).read_text("utf-8") if text is None else text
    lines = _fact_lines(content)
    number, header = next(lines, (1, ""))
    if tuple(header.split("\t")) != columns:
        raise KnowledgeError(f"{file}, line {number}: the header must be {' '.join(columns)}")
    return tuple(_row(file, number, line, columns) for number, line in lines)


def _fact_lines(content: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(content.split("\n"), start=1):
        if line and not line.startswith("#"):
            yield number, line


def _row(file: str, number: int, line: str, columns: tuple[str, ...]) -> Row:
    values = line.split("\t")
    row = Row(file, number, dict(zip(columns, values, strict=False)))
    if len(values) != len(columns):
        raise row.fail(f"{len(values)} fields, the header has {len(columns)}; check the tabs")
    for column, value in row.cells.items():
        if value != value.strip():
            raise row.fail(f"{column} is padded with white space; remove it")
    if not unicodedata.is_normalized("NFC", line):
        raise row.fail("accents are written apart; save the file in Unicode form NFC")
    return row


def require_unique(rows: Iterable[Row], column: str) -> None:
    """Raise KnowledgeError where two rows have the same value in `column`; empty cells don't count."""
    seen: dict[str, int] = {}
    for row in rows:
        value = row.cells[column]
        if value and value in seen:
            raise row.fail(f"{column} {value!r} stands in line {seen[value]} too; keep one")
        seen[value] = row.line


def read_roles(file: str) -> Mapping[str, frozenset[str]]:
    """The words of a file with the columns `word` and `role`, by role.

    Raises KnowledgeError for a wrong form.
    """
    roles: dict[str, set[str]] = {}
    for row in read_table(file, ("word", "role")):
        roles.setdefault(row.text("role"), set()).add(row.text("word"))
    return {role: frozenset(words) for role, words in roles.items()}
