r"""Tables of cases: a sentence a line, with its time expressions in braces.

The file is tab-separated text with a head line.  Its columns:

- `published`: the day of publication, as 2024-05-31, or nothing where it is unknown;
- `text`: the sentence, each expression in {braces}; `\n` stands for the end of a line;
- `start`, `end`: the first and last day; an empty `end` is that of one day, an empty `start`
  an expression without a date;
- `precision`: day, range, month or year; empty without a date;
- `focus`: the day from which "a day earlier" counts, may be empty or left out.

Where a sentence has several expressions, their values are separated by "; ".  Lines that
begin with # are comments, further columns are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path

from casus.errors import BadRecord
from casus.evaluation.dates.annotated import AnnotatedText, GoldKind, GoldSpan, GoldValue
from casus.model import DatePrecision
from casus.sources.decoding import decode

_COLUMNS = ("published", "text", "start", "end", "precision")
_MARKED = re.compile(r"\{(.*?)\}", re.DOTALL)
_PRECISIONS = frozenset({DatePrecision.DAY, DatePrecision.RANGE, DatePrecision.MONTH, DatePrecision.YEAR})


def read_table_file(path: Path) -> list[AnnotatedText]:
    """The cases of a table; raises `BadRecord` with the line and what to correct."""
    cases = [_case(path, number, row) for number, row in _rows(path)]
    if not cases:
        raise BadRecord(f"{path}: no cases in this table: write one a line below the head line")
    return cases


def read_rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a table by line number, as columns by name, text as it is written."""
    yield from _rows(path)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    head: list[str] | None = None
    for number, line in enumerate(decode(path.read_bytes(), path.name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if head is None:
            head = fields
            if missing := [name for name in _COLUMNS if name not in head]:
                raise BadRecord(f"{path}:{number}: no column {missing[0]!r} in the head line: add it")
        elif len(fields) > len(head):
            raise BadRecord(f"{path}:{number}: {len(fields)} fields under {len(head)} columns")
        else:
            yield number, dict(zip_longest(head, fields, fillvalue=""))


def _case(path: Path, number: int, row: Mapping[str, str]) -> AnnotatedText:
    where = f"{path}:{number}"
    marked = row["text"].replace("\\n", "\n")
    places = [match.span(1) for match in _MARKED.finditer(marked)]
    values = [_values(row[name], len(places), f"{where}: {name}") for name in ("start", "end", "precision")]
    spans = [
        _span((first - 2 * i - 1, last - 2 * i - 1), start, end or start, precision, where)
        for i, ((first, last), start, end, precision) in enumerate(zip(places, *values, strict=True))
    ]
    return AnnotatedText(
        f"{path.name}:{number}",
        _MARKED.sub(r"\1", marked),
        _day(row["published"], f"{where}: published"),
        tuple(spans),
        _day(row.get("focus", ""), f"{where}: focus"),
    )


def _values(field: str, count: int, where: str) -> list[str]:
    values = [value.strip() for value in field.split(";")] if field.strip() else [""] * count
    if len(values) != count:
        raise BadRecord(f"{where}: {len(values)} values for {count} expressions in braces")
    return values


def _span(place: tuple[int, int], start: str, end: str, precision: str, where: str) -> GoldSpan:
    first, last = _day(start, f"{where}: start"), _day(end, f"{where}: end")
    if first is None or last is None:
        return GoldSpan(*place, GoldKind.DATE, GoldValue.NONE, written="no date")
    if last < first:
        raise BadRecord(f"{where}: end: {last} is before {first}")
    if precision not in _PRECISIONS:
        raise BadRecord(f"{where}: precision: {precision!r} is none of {', '.join(sorted(_PRECISIONS))}")
    written = f"{first} {precision}" if first == last else f"{first}..{last} {precision}"
    return GoldSpan(*place, GoldKind.DATE, GoldValue.DAYS, first, last, precision, written)


def _day(field: str, where: str) -> date | None:
    if not field.strip():
        return None
    try:
        return date.fromisoformat(field.strip())
    except ValueError as error:
        raise BadRecord(f"{where}: {field!r} is no day: write it as 2024-05-31") from error
