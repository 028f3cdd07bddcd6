"""Pages of WARC archives, such as Common Crawl's crawl of the news."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from casus.errors import BadRecord, NoArticle, SourceError, TooLarge
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.marks import Mark, Past
from casus.sources.metadata import Metadata
from casus.sources.pages import PAGE_TYPES, TEXT_TYPE, page_draft, text_draft

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_LARGEST_PAGE_BYTES = 5 * 1024 * 1024
_MARKED_RECORDS = 100
_RECORD_STARTS = (b"WARC/1.", b"\x1f\x8b")
_PIECE_BYTES = 1 << 16


class _Cut(Exception):
    """The archive ends, or is damaged, within a record."""


def read_archive(path: Path, past: Past) -> Iterator[Draft | SourceFailure | Mark]:
    """The pages of an archive that answered 200, and texts taken from pages (WET).

    It goes on from where an earlier run had come.  A page without an article is passed
    over without a word: a crawl is full of them.  What follows a damage is not read: it is
    one failure, and the next run begins there again.  Raises `SourceError` without fastwarc.
    """
    try:
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - comes with casus-events[archive]
    except ImportError as error:
        raise SourceError(f"{path}: reading WARC needs fastwarc: install casus-events[archive]") from error
    state = path.stat()
    source = f"warc {past.reader} {path.resolve()}"
    identity = {"bytes": state.st_size, "changed": state.st_mtime_ns}
    start = _start(past.recall(source), identity)
    at = start
    with path.open("rb") as stream:
        if not _begins_record(stream, start):
            start = 0
            stream.seek(0)
        try:
            for number, record in enumerate(ArchiveIterator(stream, parse_http=False)):
                at = record.stream_pos
                if number and number % _MARKED_RECORDS == 0:
                    yield Mark(source, {**identity, "offset": at})
                yield from _of_record(record, f"{path}, byte {at}")
            _require_whole(stream, at)
        except (_Cut, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            message = (
                f"{path}: damaged or cut off at byte {at} of {state.st_size}: what comes before was taken; "
                "get the archive anew for the rest"
            )
            yield SourceFailure(str(path), BadRecord(message))
            yield Mark(source, {**identity, "offset": at})
        else:
            yield Mark(source, {**identity, "offset": state.st_size})


def _start(kept: Mapping[str, Any] | None, identity: Mapping[str, int]) -> int:
    is_same = kept is not None and all(kept.get(key) == value for key, value in identity.items())
    return int(kept["offset"]) if kept is not None and is_same else 0


def _begins_record(stream: BinaryIO, offset: int) -> bool:
    """Whether there is a record at an offset, or the end; leaves the stream there."""
    stream.seek(offset)
    start = stream.read(8)
    stream.seek(offset)
    return not start or start.startswith(_RECORD_STARTS)


def _of_record(record: WarcRecord, place: str) -> Iterator[Draft | SourceFailure]:
    from fastwarc.warc import WarcRecordType  # noqa: PLC0415

    if record.headers.get("Content-Length") is None:
        raise _Cut
    url = record.headers.get("WARC-Target-URI")
    origin = url or place
    if record.record_type not in (WarcRecordType.response, WarcRecordType.conversion):
        return
    expected = record.content_length
    if expected > _LARGEST_PAGE_BYTES:
        yield SourceFailure(origin, TooLarge(f"{place}: a page larger than 5 MiB: it is passed over"))
        return
    record.freeze()
    if record.content_length < expected:
        raise _Cut
    try:
        draft = _draft(record, origin, Metadata(published_on=record.record_date.date(), url=url))
    except NoArticle:
        return
    except OSError:
        yield SourceFailure(origin, BadRecord(f"{place}: a damaged record: it is passed over"))
        return
    except SourceError as error:
        yield SourceFailure(origin, error)
        return
    if draft is not None:
        yield draft


def _draft(record: WarcRecord, origin: str, archived: Metadata) -> Draft | None:
    """The page of a whole record, None where it holds none."""
    from fastwarc.warc import WarcRecordType  # noqa: PLC0415

    if record.record_type == WarcRecordType.conversion:
        is_text = (record.headers.get("Content-Type") or TEXT_TYPE).startswith(TEXT_TYPE)
        return text_draft(record.reader.read(_LARGEST_PAGE_BYTES), origin, archived) if is_text else None
    if not record.is_http:
        return None
    record.parse_http(auto_decode="all")
    if record.http_headers is None or record.http_headers.status_code != 200:
        return None
    content_type = (record.http_content_type or "").lower()
    data = record.reader.read(_LARGEST_PAGE_BYTES + 1)
    if len(data) > _LARGEST_PAGE_BYTES:
        raise TooLarge(f"{origin}: a page larger than 5 MiB: it is passed over")
    if content_type in PAGE_TYPES:
        return page_draft(data, record.http_charset, origin, archived)
    return text_draft(data, origin, archived) if content_type == TEXT_TYPE else None


def _require_whole(stream: BinaryIO, last: int) -> None:
    """Raise `_Cut` where a packed archive ends within a member; `last` is where its last record begins."""
    stream.seek(last)
    member: Any = None
    while piece := stream.read(_PIECE_BYTES):
        if member is None:
            if not piece.startswith(_RECORD_STARTS[1]):
                return
            member = zlib.decompressobj(31)
        while piece:
            try:
                member.decompress(piece)
            except zlib.error as error:
                raise _Cut from error
            piece = member.unused_data
            if member.eof:
                member = zlib.decompressobj(31) if piece else None
    if member is not None:
        raise _Cut
