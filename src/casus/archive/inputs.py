"""The files that an archive is read from, and the reports that one of them holds."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from fsspec.core import url_to_fs

from casus.archive.storage import local_copy
from casus.errors import ArchiveError, BadRecord, SourceError
from casus.sources import Form, Mark, Past, SourcedReport, SourceFailure
from casus.sources.admitting import admitted
from casus.sources.draft import Draft
from casus.sources.folders import missing
from casus.sources.kinds import Kind
from casus.sources.records import read_json_lines
from casus.sources.tables import read_parquet

_KINDS = {
    ".parquet": Kind.PARQUET,
    ".jsonl": Kind.JSON_LINES,
    ".jsonl.gz": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".ndjson.gz": Kind.JSON_LINES,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".wet": Kind.WARC,
    ".wet.gz": Kind.WARC,
}
NAMES = ", ".join(f"*{suffix}" for suffix in _KINDS)
_WILD = re.compile(r"[*?\[]")
_STAMPS = ("mtime", "LastModified", "last_modified", "ETag", "etag", "created")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of reports: its address, its size in bytes, and what changes when it is written anew."""

    address: str
    size: int
    stamp: str


def input_files(address: str) -> tuple[InputFile, ...]:
    """The files of a folder, below a folder, of a glob, or one file; sorted by address.

    Hidden files, and those of other names than `NAMES`, are left out of folders.  Raises
    `ArchiveError` where there is nothing.
    """
    try:
        fs, path = url_to_fs(str(Path(address).expanduser()) if "://" not in address else address)
        found = _found(fs, path)
    except (ValueError, ImportError, OSError) as error:
        raise ArchiveError(f"{address}: it can't be opened ({error}): check the address") from error
    files = tuple(
        InputFile(str(fs.unstrip_protocol(name)) if "://" in address else name, *_state(details))
        for name, details in sorted(found.items())
    )
    if not files:
        raise ArchiveError(
            f"{address}: no file of reports there: Casus looks for {NAMES}; "
            "other kinds of files are for casus ingest"
        )
    return files


def _found(fs: Any, path: str) -> dict[str, dict[str, Any]]:
    if _WILD.search(path):
        there = fs.glob(path, detail=True)
    elif fs.isfile(path):
        return {path: fs.info(path)}
    else:
        there = fs.find(path, detail=True)
    return {
        name: details
        for name, details in there.items()
        if details["type"] == "file" and _kind(name) is not None and not _is_hidden(name, path)
    }


def _is_hidden(name: str, root: str) -> bool:
    below = name.removeprefix(_WILD.split(root, maxsplit=1)[0].rstrip("/"))
    return any(part.startswith((".", "_")) for part in below.split("/"))


def _kind(name: str) -> Kind | None:
    lower = name.lower()
    return next((kind for suffix, kind in _KINDS.items() if lower.endswith(suffix)), None)


def _state(details: dict[str, Any]) -> tuple[int, str]:
    stamp = next((str(details[name]) for name in _STAMPS if details.get(name)), "")
    return int(details.get("size") or 0), stamp


def reports_in(address: str, form: Form) -> Iterator[SourcedReport | SourceFailure]:
    """The reports of a file in their order, and a failure in the place of each that can't be one.

    What follows a damage is not read: it is one failure, the last.
    """
    try:
        with local_copy(address) as path, ExitStack() as opened:
            for found in _drafts(path, form, opened):
                if isinstance(found, Mark):
                    continue
                named = _named(found, str(path), address)
                yield admitted(named, None, form.max_chars) if isinstance(named, Draft) else named
    except SourceError as error:
        yield SourceFailure(address, error)
    except OSError as error:
        yield SourceFailure(address, missing(address, error))


def _drafts(path: Path, form: Form, opened: ExitStack) -> Iterator[Draft | SourceFailure | Mark]:
    match _kind(path.name):
        case Kind.PARQUET:
            yield from read_parquet(path, form.columns)
        case Kind.WARC:
            # Imported here: pages need trafilatura, which takes longer to load than all the rest.
            from casus.sources.archives import read_archive  # noqa: PLC0415

            yield from read_archive(path, Past())
        case Kind.JSON_LINES:
            stream = opened.enter_context(_unpacked(path))
            yield from _until_damage(read_json_lines(stream, str(path), form.max_chars, form.columns), path)
        case _:
            raise BadRecord(f"{path}: no kind of file that archives are read from: use {NAMES}")


def _unpacked(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")


def _until_damage(found: Iterator[Draft | SourceFailure], path: Path) -> Iterator[Draft | SourceFailure]:
    """The same; where the packing is damaged, cut off or lies about its size, a failure ends it."""
    try:
        yield from found
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadRecord(
            f"{path}: damaged or cut off ({error}): what comes before was taken; get it anew for the rest"
        ) from error


def _named(found: Draft | SourceFailure, path: str, address: str) -> Draft | SourceFailure:
    """The same, under the address of the file that was copied."""
    if path == address:
        return found
    if isinstance(found, Draft):
        return Draft(found.origin.replace(path, address), found.text, found.metadata, found.id)
    error = type(found.error)(str(found.error).replace(path, address))
    return SourceFailure(found.origin.replace(path, address), error)
