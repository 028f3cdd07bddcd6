"""An Excel workbook: a sheet for the events, one for each table beside them, one about the set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from casus.casebook.dossiers import Dossier
from casus.errors import ExportError
from casus.exports.about import About
from casus.exports.cells import Value, marked
from casus.exports.event_columns import PLAIN_COLUMNS
from casus.exports.tables import side_tables

MOST_ROWS = 1_048_576
_MOST_CHARS = 32_767
_CUT = "…"
# Characters that XML 1.0, and so a workbook, can't hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_excel(path: Path, dossiers: Iterable[Dossier], about: About) -> int:
    """Write the workbook; gives the number of events left out, which is 0.

    Raises `ExportError` where a sheet would have more rows than Excel can open.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra that only this format needs
    except ImportError as error:
        raise ExportError("Excel needs openpyxl: install casus-events[tables]") from error
    book = Workbook(write_only=True)
    try:
        _fill(book, dossiers, about)
        book.save(path)
    finally:
        for sheet in book.worksheets:
            if not sheet.closed:
                sheet.close()
    return 0


def _fill(book: Any, dossiers: Iterable[Dossier], about: About) -> None:
    _tell_about(book, about)
    events = _Sheet(book, "events", [column.name for column in PLAIN_COLUMNS])
    tables = [
        (_Sheet(book, form.name, [one.name for one in form.fields]), rows_of)
        for form, rows_of in side_tables()
    ]
    for dossier in dossiers:
        events.add(column.value(dossier.event) for column in PLAIN_COLUMNS)
        for sheet, rows_of in tables:
            for row in rows_of(dossier):
                sheet.add(row)
    codebook = _Sheet(book, "codebook", ["table", "column", "type", "what it is"])
    for column in PLAIN_COLUMNS:
        codebook.add(("events", column.name, column.kind, column.description))
    for form, _ in side_tables():
        for one in form.fields:
            codebook.add((form.name, one.name, one.kind, one.description))


class _Sheet:
    """A sheet that rows are added to, counted."""

    def __init__(self, book: Any, name: str, header: list[str]) -> None:
        self._sheet = book.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        self._name = name
        self._rows = 1
        self._sheet.append(header)

    def add(self, values: Iterable[Value]) -> None:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise ExportError(
                f"more than {MOST_ROWS - 1:,} rows of {self._name} don't fit into an Excel sheet: "
                "use --format csv or datapackage, or filter"
            )
        self._sheet.append([_shown(value) for value in values])


def _tell_about(book: Any, about: About) -> None:
    properties = book.properties
    properties.title = about.title
    properties.creator = about.software
    properties.description = about.description
    properties.created = properties.modified = about.made_at.replace(tzinfo=None)
    sheet = _Sheet(book, "about", ["what", "value"])
    for name, value in about.record().items():
        sheet.add((name, "; ".join(value) if isinstance(value, list) else str(value)))


def _shown(value: Value) -> Value:
    """A value for a cell: no formula, no character that a workbook can't hold, no more than fits."""
    if not isinstance(value, str):
        # Excel knows no day before 1900.
        return value.isoformat() if isinstance(value, date) and value.year < 1901 else value
    text = marked(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", value))
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + _CUT
