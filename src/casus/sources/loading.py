"""Paths become reports: files of several kinds, folders, and standard input."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from casus.errors import NoArticle, SourceError, SourceMissing, TooLarge, WrongLanguage
from casus.model import Report
from casus.settings import Settings
from casus.sources.decoding import decode, tidy
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.folders import files_of, missing, sidecar_metadata
from casus.sources.kinds import KIND_OF_SUFFIX, SNIFFED_BYTES, Kind, kind_of, sniffed
from casus.sources.language import foreign_language
from casus.sources.metadata import Metadata
from casus.sources.records import read_json, read_json_lines

STANDARD_INPUT = "-"


_PAGE_BYTES_PER_CHAR = 10
_TEXT_BYTES_PER_CHAR = 4
_LONGEST_TITLE_CHARS = 200
_FULL_STOP = re.compile(r"[.…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class SourcedReport:
    """A report and where it was found."""

    origin: str
    report: Report


def load(
    paths: Iterable[str | Path],
    *,
    overrides: Metadata | None = None,
    max_chars: int = Settings().max_report_chars,
    stdin: BinaryIO | None = None,
) -> Iterator[SourcedReport | SourceFailure]:
    """The reports at `paths`, in their order; a folder's are sorted by path.

    `-` is `stdin`.  `overrides` go before what the source says.  A report that has no
    publication date there keeps None.  Nothing is raised for a bad input: its place in
    the order holds a `SourceFailure`.
    """
    for path in paths:
        origin = "standard input" if path == STANDARD_INPUT else str(path)
        for draft in _guarded(origin, _drafts_of_path(str(path), max_chars, stdin)):
            yield draft if isinstance(draft, SourceFailure) else _admitted(draft, overrides, max_chars)


def _drafts_of_path(path: str, max_chars: int, stdin: BinaryIO | None) -> Iterator[Draft | SourceFailure]:
    if path == STANDARD_INPUT:
        yield from _drafts_of_stdin(stdin, max_chars)
    elif Path(path).is_dir():
        yield from _drafts_of_folder(Path(path), max_chars)
    else:
        yield from _drafts_of_file(Path(path), max_chars)


def _drafts_of_folder(folder: Path, max_chars: int) -> Iterator[Draft | SourceFailure]:
    is_empty = True
    for path in files_of(folder):
        is_empty = False
        if isinstance(path, SourceFailure):
            yield path
        else:
            yield from _guarded(str(path), _drafts_of_file(path, max_chars))
    if is_empty:
        kinds = ", ".join(KIND_OF_SUFFIX)
        error = SourceMissing(f"{folder}: no report in this folder: Casus looks for files named {kinds}")
        yield SourceFailure(str(folder), error)


def _guarded(origin: str, drafts: Iterator[Draft | SourceFailure]) -> Iterator[Draft | SourceFailure]:
    """The same drafts, and a failure in place of an error."""
    try:
        yield from drafts
    except SourceError as error:
        yield SourceFailure(origin, error)
    except OSError as error:
        yield SourceFailure(origin, missing(origin, error))


def _drafts_of_stdin(stdin: BinaryIO | None, max_chars: int) -> Iterator[Draft | SourceFailure]:
    if stdin is None:
        raise SourceMissing("standard input: there is none here: name a file instead")
    yield from _drafts_of_stream(stdin, None, "standard input", max_chars)


def _drafts_of_file(path: Path, max_chars: int) -> Iterator[Draft | SourceFailure]:
    kind = kind_of(path)
    sidecar = sidecar_metadata(path)
    with path.open("rb") as stream:
        for draft in _drafts_of_stream(stream, kind, str(path), max_chars):
            if isinstance(draft, Draft) and sidecar is not None:
                yield Draft(draft.origin, draft.text, sidecar.over(draft.metadata), draft.id)
            else:
                yield draft


def _drafts_of_stream(
    stream: BinaryIO, kind: Kind | None, origin: str, max_chars: int
) -> Iterator[Draft | SourceFailure]:
    start = stream.read(SNIFFED_BYTES)
    whole = io.BufferedReader(_Rejoined(start, stream))
    match kind or sniffed(start):
        case Kind.JSON:
            yield from read_json(whole, origin, max_chars)
        case Kind.JSON_LINES:
            yield from read_json_lines(whole, origin, max_chars)
        case Kind.HTML:
            # Imported here: trafilatura takes longer to load than a text takes to read.
            from casus.sources.html import read_html  # noqa: PLC0415

            yield read_html(_read_up_to(whole, _PAGE_BYTES_PER_CHAR * max_chars, origin, max_chars), origin)
        case Kind.TEXT:
            data = _read_up_to(whole, _TEXT_BYTES_PER_CHAR * max_chars, origin, max_chars)
            yield Draft(origin, decode(data, origin))


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes were taken, whole again."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _read_up_to(stream: BinaryIO, most_bytes: int, origin: str, max_chars: int) -> bytes:
    data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise _too_large(origin, max_chars)
    return data


def _too_large(origin: str, max_chars: int) -> TooLarge:
    return TooLarge(
        f"{origin}: longer than a report may be ({max_chars:,} characters): split it into its reports, "
        "or set CASUS_MAX_REPORT_CHARS"
    )


def _admitted(draft: Draft, overrides: Metadata | None, max_chars: int) -> SourcedReport | SourceFailure:
    try:
        return SourcedReport(draft.origin, _report(draft, overrides or Metadata(), max_chars))
    except SourceError as error:
        return SourceFailure(draft.origin, error)


def _report(draft: Draft, overrides: Metadata, max_chars: int) -> Report:
    text = tidy(draft.text)
    if not text:
        raise NoArticle(f"{draft.origin}: it is empty: give it the report's text")
    if len(text) > max_chars:
        raise _too_large(draft.origin, max_chars)
    if language := foreign_language(text):
        raise WrongLanguage(
            f"{draft.origin}: this seems to be {language}: Casus reads English, translate it first"
        )
    metadata = overrides.over(draft.metadata)
    return Report.of(
        text,
        title=_one_line(metadata.title) or heading(text),
        publisher=_one_line(metadata.publisher),
        published_on=metadata.published_on,
        url=_one_line(metadata.url),
        id=_one_line(draft.id),
    )


def _one_line(value: str | None) -> str | None:
    """A value without line ends, None where nothing is left of it."""
    return " ".join(tidy(value).split()) or None if value else None


def heading(text: str) -> str | None:
    """The first line where it reads like a title: short, a blank line after it, no full stop."""
    first, _, rest = text.partition("\n")
    line = first.strip()
    is_apart = rest.partition("\n")[0].strip() == "" and rest.strip() != ""
    is_short = 0 < len(line) < _LONGEST_TITLE_CHARS
    return line if is_apart and is_short and not _FULL_STOP.search(line) else None
