"""Events that Casus exported, read back: from CSV, JSON Lines or a data package."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import TextIO

from casus.casebook.coding import decoded_event
from casus.casebook.records import Event
from casus.errors import ExportError
from casus.exports.about import FORMAT
from casus.exports.datapackage import DESCRIPTOR
from casus.exports.event_columns import EVENT_COLUMNS, event_of

_MOST_CHARS = 1 << 30
_FIELD_LIMIT = Lock()


def read_events(path: Path) -> Iterator[Event]:
    """The events of an export: a CSV or JSON Lines file, or the folder of a data package.

    Raises `ExportError` where it is none that Casus wrote.
    """
    try:
        if path.is_dir():
            yield from _from_package(path)
            return
        with path.open(encoding="utf-8", newline="") as handle:
            first = handle.read(1)
            handle.seek(0)
            yield from _from_jsonl(handle, path) if first == "{" else _from_csv(handle, path)
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path} can't be read: {error}") from error


def _from_package(folder: Path) -> Iterator[Event]:
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        is_ours = descriptor["casus"]["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        is_ours = False
    if not is_ours:
        raise ExportError(f"{folder} is no data package of Casus ({FORMAT}): name the folder of an export")
    with (folder / "events.csv").open(encoding="utf-8", newline="") as handle:
        yield from _from_csv(handle, folder / "events.csv")


def _from_csv(handle: TextIO, path: Path) -> Iterator[Event]:
    reader = csv.DictReader(handle)
    with _FIELD_LIMIT:
        limit = csv.field_size_limit(_MOST_CHARS)
        try:
            header = reader.fieldnames or ()
        finally:
            csv.field_size_limit(limit)
    missing = [column.name for column in EVENT_COLUMNS if column.name not in header]
    if missing:
        raise ExportError(f"{path} is no CSV export of Casus: it has no column {missing[0]}")
    rows = iter(reader)
    while True:
        # Details may be longer than the module's limit, which is one for the whole process.
        with _FIELD_LIMIT:
            limit = csv.field_size_limit(_MOST_CHARS)
            try:
                row = next(rows, None)
            finally:
                csv.field_size_limit(limit)
        if row is None:
            return
        yield event_of(row)


def _from_jsonl(handle: TextIO, path: Path) -> Iterator[Event]:
    for number, line in enumerate(handle, start=1):
        try:
            record = json.loads(line)
            if number == 1:
                if record["about"]["format"] != FORMAT:
                    raise ExportError(f"{path} is of the form {record['about']['format']}, not {FORMAT}")
                continue
            yield decoded_event(record)
        except (ValueError, KeyError, TypeError) as error:
            raise ExportError(f"{path}, line {number}: no event that Casus wrote: {error}") from error
