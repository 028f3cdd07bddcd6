"""The bytes of a file or of standard input become drafts, by the kind that they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from casus.errors import TooLarge
from casus.settings import Settings
from casus.sources.columns import Columns
from casus.sources.decoding import decode
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.kinds import SNIFFED_BYTES, Kind, sniffed
from casus.sources.records import read_json, read_json_lines
from casus.sources.tables import read_csv

_PAGE_BYTES_PER_CHAR = 10
_TEXT_BYTES_PER_CHAR = 4


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be known of a source to read it: the longest report, and the columns of tables."""

    max_chars: int = Settings().max_report_chars
    columns: Columns = field(default_factory=Columns)


def read_stream(
    stream: BinaryIO, kind: Kind | None, origin: str, form: Form
) -> Iterator[Draft | SourceFailure]:
    """The reports in a stream, of a kind or of that which its first bytes look like."""
    start = stream.read(SNIFFED_BYTES)
    whole = io.BufferedReader(_Rejoined(start, stream))
    match kind or sniffed(start):
        case Kind.JSON:
            yield from read_json(whole, origin, form.max_chars, form.columns)
        case Kind.JSON_LINES:
            yield from read_json_lines(whole, origin, form.max_chars, form.columns)
        case Kind.CSV:
            yield from read_csv(whole, origin, form.max_chars, form.columns)
        case Kind.HTML:
            # Imported here: trafilatura takes longer to load than a text takes to read.
            from casus.sources.html import read_html  # noqa: PLC0415

            yield read_html(_read_up_to(whole, _PAGE_BYTES_PER_CHAR, origin, form.max_chars), origin)
        case _:
            data = _read_up_to(whole, _TEXT_BYTES_PER_CHAR, origin, form.max_chars)
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


def _read_up_to(stream: BinaryIO, bytes_per_char: int, origin: str, max_chars: int) -> bytes:
    most_bytes = bytes_per_char * max_chars
    data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise too_large(origin, max_chars)
    return data


def too_large(origin: str, max_chars: int) -> TooLarge:
    """The error for a report beyond the limit."""
    return TooLarge(
        f"{origin}: longer than a report may be ({max_chars:,} characters): split it into its reports, "
        "or set CASUS_MAX_REPORT_CHARS"
    )
