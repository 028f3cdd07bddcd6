"""Reports in the rows of a table: CSV and Parquet, read a piece at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from casus.errors import BadRecord, NotText, SourceError
from casus.sources.columns import Columns, row_of
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.records import draft_or_failure

_ROWS_AT_ONCE = 256
_SNIFFED_CHARS = 65_536


def read_csv(
    stream: BinaryIO, origin: str, max_chars: int, columns: Columns
) -> Iterator[Draft | SourceFailure]:
    """The reports of a CSV file in UTF-8 whose first row names its columns; `;` and tabs separate, too.

    Raises `BadRecord` and `NotText`.
    """
    # A cell longer than a report may be is told by the check on reports.
    csv.field_size_limit(max(max_chars * 2, csv.field_size_limit()))
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        first = text.readline(_SNIFFED_CHARS)
        rows = csv.DictReader(_rejoined(first, text), delimiter=_delimiter(first), restkey="", strict=True)
        selected = columns.select([name for name in rows.fieldnames or () if name], origin)
        for number, row in enumerate(rows, 2):
            yield draft_or_failure(row_of(selected, row), f"{origin}, row {number}")
    except UnicodeDecodeError as error:
        raise NotText(
            f"{origin}: this is not UTF-8 text: convert it, for example with: iconv -f ENCODING -t UTF-8 FILE"
        ) from error
    except csv.Error as error:
        raise BadRecord(f"{origin}: no valid CSV ({error}): correct it there") from error
    finally:
        text.detach()


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _rejoined(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def read_parquet(path: Path, columns: Columns) -> Iterator[Draft | SourceFailure]:
    """The reports of a Parquet file, a few rows at a time.

    Raises `BadRecord` where it is damaged or lacks columns, `SourceError` without pyarrow.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - comes with casus-events[tables]
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise SourceError(f"{path}: reading Parquet needs pyarrow: install casus-events[tables]") from error
    number = 0
    try:
        with pq.ParquetFile(path) as table:
            selected = columns.select(list(table.schema_arrow.names), str(path))
            for batch in table.iter_batches(_ROWS_AT_ONCE, columns=sorted(set(selected.values()))):
                for row in batch.to_pylist():
                    number += 1
                    plain = {name: _plain(name, value) for name, value in row_of(selected, row).items()}
                    yield draft_or_failure(plain, f"{path}, row {number}")
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        reason = " ".join(str(error).split())
        raise BadRecord(
            f"{path}: no sound Parquet file after row {number} ({reason}): copy it anew"
        ) from error


def _plain(name: str, value: Any) -> Any:
    """A value as JSON has it: a date or a time as text."""
    is_date = name == "published" and isinstance(value, date)
    return value.isoformat() if is_date else value
