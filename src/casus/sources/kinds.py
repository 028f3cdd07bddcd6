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


KIND_OF_SUFFIX = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".json": Kind.JSON,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
}
_HTML_START = re.compile(rb"\s*<(!doctype\s+html|html|head|body|article|\?xml)\b", re.IGNORECASE)
SNIFFED_BYTES = 1024


def kind_of(path: Path) -> Kind | None:
    """The kind that a file's name tells, None where it tells none."""
    return KIND_OF_SUFFIX.get(path.suffix.lower())


def sniffed(start: bytes) -> Kind:
    """The kind that the first `SNIFFED_BYTES` of a file look like; JSON Lines count as JSON."""
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith((b"{", b"[")) and not bare.startswith(b"{\\rtf"):
        return Kind.JSON
    return Kind.HTML if _HTML_START.match(bare) else Kind.TEXT
