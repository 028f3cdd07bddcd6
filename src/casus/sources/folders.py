"""The files of a folder that are reports, and the metadata that stands beside a text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from casus.errors import SourceError, SourceMissing
from casus.sources.failure import SourceFailure
from casus.sources.kinds import is_gathered
from casus.sources.metadata import Metadata
from casus.sources.records import parse_json, read_metadata


def files_of(folder: Path) -> Iterator[Path | SourceFailure]:
    """The files below a folder that Casus reads, sorted; hidden ones are left out.

    Subfolders that can't be opened come last, as failures.  A JSON file that only
    describes the text beside it is part of that text.
    """
    unreadable: list[OSError] = []
    for directory, subfolders, names in os.walk(folder, onerror=unreadable.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if is_gathered(path) and not name.startswith(".") and not _is_sidecar(path):
                yield path
    for error in unreadable:
        yield SourceFailure(str(error.filename), missing(str(error.filename), error))


def missing(origin: str, error: OSError) -> SourceMissing:
    """The error that tells why a path could not be opened."""
    if isinstance(error, FileNotFoundError):
        return SourceMissing(f"{origin}: no such file or folder: check the spelling of the path")
    if isinstance(error, PermissionError):
        return SourceMissing(f"{origin}: no right to read it: change its permissions, or copy it elsewhere")
    return SourceMissing(f"{origin}: it can't be opened ({error.strerror}): check the path")


def _sidecar_content(path: Path) -> object:
    """What the JSON file beside a text holds, None where there is none or it has a text of its own."""
    beside = path.with_suffix(".json")
    if path.suffix.lower() != ".txt" or not beside.is_file():
        return None
    content = parse_json(beside.read_bytes(), str(beside))
    return None if isinstance(content, dict) and "text" in content else content


def sidecar_metadata(path: Path) -> Metadata | None:
    """What `NAME.json` says of `NAME.txt`, None where there is no such file.

    Raises `BadRecord` where that file is malformed.
    """
    content = _sidecar_content(path)
    return None if content is None else read_metadata(content, str(path.with_suffix(".json")))


def _is_sidecar(path: Path) -> bool:
    text = path.with_suffix(".txt")
    if path.suffix.lower() != ".json" or not text.is_file():
        return False
    try:
        return _sidecar_content(text) is not None
    except (SourceError, OSError):
        return True  # reading the text reports what is wrong
