"""Events go out in a format: whole or not at all, and without the names that are withheld."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from casus.casebook.book import Casebook
from casus.casebook.dossiers import Dossier
from casus.casebook.records import EventFilter
from casus.errors import ExportError
from casus.exports.about import About, about
from casus.exports.datapackage import CODEBOOK, DESCRIPTOR, TABLES, write_datapackage
from casus.exports.excel import write_excel
from casus.exports.files import explained, new_file, umask
from casus.exports.geoparquet import write_geoparquet
from casus.exports.redacting import redacted
from casus.exports.texts import acled_lines, csv_lines, geojson_lines, jsonl_lines, plover_lines, ucdp_lines

STDOUT = "-"


class ExportFormat(StrEnum):
    """A format that events can be exported in."""

    UCDP_GED = "ucdp-ged"
    ACLED = "acled"
    PLOVER = "plover"
    GEOJSON = "geojson"
    GEOPARQUET = "geoparquet"
    CSV = "csv"
    EXCEL = "xlsx"
    DATAPACKAGE = "datapackage"
    JSONL = "jsonl"

    @property
    def is_text(self) -> bool:
        """Whether it can go to standard output."""
        return self in _TEXT

    @property
    def needs_accounts(self) -> bool:
        """Whether it tells of reports and claims, and not of events alone."""
        return self in _WITH_ACCOUNTS

    @property
    def needs_quotes(self) -> bool:
        """Whether it has the words of claims."""
        return self in _WITH_QUOTES


_TEXT: dict[ExportFormat, Callable[[Iterable[Dossier], About], Iterator[str]]] = {
    ExportFormat.UCDP_GED: ucdp_lines,
    ExportFormat.ACLED: acled_lines,
    ExportFormat.PLOVER: plover_lines,
    ExportFormat.GEOJSON: geojson_lines,
    ExportFormat.CSV: csv_lines,
    ExportFormat.JSONL: jsonl_lines,
}
_BINARY: dict[ExportFormat, Callable[[Path, Iterable[Dossier], About], int]] = {
    ExportFormat.GEOPARQUET: write_geoparquet,
    ExportFormat.EXCEL: write_excel,
}
_WITH_ACCOUNTS = frozenset(
    {ExportFormat.UCDP_GED, ExportFormat.PLOVER, ExportFormat.EXCEL, ExportFormat.DATAPACKAGE}
)
_WITH_QUOTES = _WITH_ACCOUNTS - {ExportFormat.UCDP_GED}
_PACKAGE_FILES = frozenset({DESCRIPTOR, CODEBOOK, *(f"{form.name}.csv" for form in TABLES)})


@dataclass(frozen=True, slots=True)
class Exported:
    """The account of an export: events taken, and those that the format has no place for."""

    events: int
    left_out: int

    @property
    def written(self) -> int:
        """The events that were written."""
        return self.events - self.left_out


def export_casebook(
    book: Casebook,
    export_format: ExportFormat,
    target: str | Path,
    made_at: datetime,
    *,
    wanted: EventFilter | None = None,
    licence: str = "CC-BY-4.0",
    progress: Callable[[int], None] | None = None,
) -> Exported:
    """Write the events of a casebook that a filter means, as `export_events` does.

    `made_at` is the time that the data set says it was made at.
    """
    dossiers = book.dossiers(
        wanted, with_accounts=export_format.needs_accounts, with_quotes=export_format.needs_quotes
    )
    told = about(book, made_at, licence=licence)
    return export_events(export_format, dossiers, target, told, progress=progress)


def export_events(
    export_format: ExportFormat,
    dossiers: Iterable[Dossier],
    target: str | Path,
    about: About,
    *,
    progress: Callable[[int], None] | None = None,
) -> Exported:
    """Write events to `target` ("-" is standard output), and give the account.

    A file or folder appears when it is complete, in place of an earlier one; where
    something goes wrong, the earlier one stays.  `progress` is called with the number of
    events so far.  Raises `ExportError`.
    """
    passing = _Passing(dossiers, progress)
    with explained(target):
        if str(target) == STDOUT:
            left_out = _to_stdout(export_format, passing, about)
        elif export_format in _TEXT:
            with new_file(Path(target)) as part, part.open("w", encoding="utf-8", newline="") as handle:
                left_out = _write_lines(handle, _TEXT[export_format](passing, about))
        elif export_format in _BINARY:
            with new_file(Path(target)) as part:
                left_out = _BINARY[export_format](part, passing, about)
        else:
            with _new_folder(Path(target)) as part:
                left_out = write_datapackage(part, passing, about)
    return Exported(passing.count, left_out)


def export_lines(
    book: Casebook,
    export_format: ExportFormat,
    made_at: datetime,
    *,
    wanted: EventFilter | None = None,
    licence: str = "CC-BY-4.0",
) -> Iterator[str]:
    """A data set that is text as its lines, made as they are asked for.

    Raises `ExportError` for a format that is no text.
    """
    if not export_format.is_text:
        raise ExportError(f"{export_format} is no text: have it made as a file")
    dossiers = book.dossiers(
        wanted, with_accounts=export_format.needs_accounts, with_quotes=export_format.needs_quotes
    )
    return _TEXT[export_format](_Passing(dossiers, None), about(book, made_at, licence=licence))


def _write_lines(handle: TextIO, lines: Iterable[str]) -> int:
    """Write lines; gives the number of empty ones, which stand for events that were left out."""
    left_out = 0
    for line in lines:
        handle.write(line)
        left_out += not line
    return left_out


class _Passing:
    """The dossiers on their way, counted and without the names that are withheld."""

    def __init__(self, dossiers: Iterable[Dossier], progress: Callable[[int], None] | None) -> None:
        self._dossiers = dossiers
        self._progress = progress
        self.count = 0

    def __iter__(self) -> Iterator[Dossier]:
        for dossier in self._dossiers:
            yield redacted(dossier)
            self.count += 1
            if self._progress is not None:
                self._progress(self.count)


def _to_stdout(export_format: ExportFormat, dossiers: Iterable[Dossier], about: About) -> int:
    if not export_format.is_text:
        raise ExportError(f"{export_format} can't go to standard output: name a file or folder")
    left_out = _write_lines(sys.stdout, _TEXT[export_format](dossiers, about))
    sys.stdout.flush()
    return left_out


@contextmanager
def _new_folder(path: Path) -> Iterator[Path]:
    """A folder beside `path` that takes its place when all is written.

    A folder that is there must be empty or hold an earlier data package of Casus alone.
    """
    if path.exists() and (not path.is_dir() or {one.name for one in path.iterdir()} - _PACKAGE_FILES):
        raise ExportError(f"{path} is there and is no data package of Casus: name a new folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    before = part.with_suffix(".before")
    try:
        yield part
        part.chmod(0o777 & ~umask())
        if path.exists():
            path.rename(before)
        part.rename(path)
    finally:
        if before.exists() and not path.exists():
            before.rename(path)
        shutil.rmtree(before, ignore_errors=True)
        shutil.rmtree(part, ignore_errors=True)
