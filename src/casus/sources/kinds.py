"""What a file holds, by its name, else by its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a file holds."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "json lines"
    CSV = "csv"
    PARQUET = "parquet"
    WARC = "warc"


KIND_OF_SUFFIX = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".parquet": Kind.PARQUET,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
}
_HTML_START = re.compile(rb"\s*<(!doctype\s+html|html|head|body|article|\?xml)\b", re.IGNORECASE)
SNIFFED_BYTES = 1024


def kind_of(path: Path) -> Kind | None:
    """The kind that a file's name tells, None where it tells none."""
    name = path.name.lower()
    return next((kind for suffix, kind in KIND_OF_SUFFIX.items() if name.endswith(suffix)), None)


def is_gathered(path: Path) -> bool:
    """Whether a file in a folder is taken in by its name.

    Tables in CSV are not, since any may stand beside reports: they are named themselves.
    """
    return kind_of(path) not in (None, Kind.CSV)


def sniffed(start: bytes) -> Kind:
    """The kind that the first `SNIFFED_BYTES` of a file look like; JSON Lines count as JSON."""
    if start.startswith(b"PAR1"):
        return Kind.PARQUET
    if start.startswith(b"WARC/1."):
        return Kind.WARC
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith((b"{", b"[")) and not bare.startswith(b"{\\rtf"):
        return Kind.JSON
    return Kind.HTML if _HTML_START.match(bare) else Kind.TEXT
