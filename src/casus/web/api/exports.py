"""Data sets as streams."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from casus.casebook.records import EventFilter
from casus.exports import ExportFormat, export_lines
from casus.web.access import Person, Right, person_with
from casus.web.api.documented import errors
from casus.web.api.wanted import Licence, Wanted
from casus.web.work import build_export, export_name
from casus.web.workbench import Bench

router = APIRouter(tags=["exports"])
Exporter = Annotated[Person, Depends(person_with(Right.EXPORT))]
_PIECE_CHARS = 1 << 16
_AT_ONCE = 4
_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}
_SENT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The data set, with the name of a file in Content-Disposition.",
        "content": {
            media_type: {"schema": {"type": "object" if media_type.endswith("json") else "string"}}
            for media_type in _MEDIA_TYPES.values()
        },
    }
}
_free = BoundedSemaphore(_AT_ONCE)


class WantedSet(Wanted):
    """Which events, and under which licence the set is."""

    licence: Licence = "CC-BY-4.0"


WantedQuery = Annotated[WantedSet, Query()]


@router.get(
    "/exports/{format}",
    summary="Events as a data set",
    response_class=StreamingResponse,
    responses={**errors(429), **_SENT},
)
def export(format: ExportFormat, wanted: WantedQuery, bench: Bench, person: Exporter) -> Any:
    """The events that a filter means, in a format of the field; docs/exports.md tells the columns.

    Formats that are text are sent as they are made.  Names that are withheld stand as [name withheld].
    """
    now = datetime.now(UTC)
    meant = wanted.wanted(person)
    headers, media_type = _headers(format, now)
    _take_turn()
    try:
        if format.is_text:
            lines = export_lines(bench.book, format, now, wanted=meant, licence=wanted.licence)
            return _Streamed(_pieces(lines), media_type=media_type, headers=headers)
        folder = Path(tempfile.mkdtemp(prefix="casus-export-"))
        return _built(format, meant, bench, now, folder, wanted.licence)
    except BaseException:
        _free.release()
        raise


@router.head(
    "/exports/{format}",
    summary="What a data set would be called",
    responses=errors(),
    response_class=Response,
)
def head(format: ExportFormat, wanted: WantedQuery, bench: Bench, person: Exporter) -> Any:  # noqa: ARG001
    """The headers of GET, without making the data set."""
    wanted.wanted(person)
    headers, media_type = _headers(format, datetime.now(UTC))
    return Response(media_type=media_type, headers=headers)


def _headers(export_format: ExportFormat, now: datetime) -> tuple[dict[str, str], str]:
    name = export_name(export_format, now)
    media_type = _MEDIA_TYPES[name.rpartition(".")[2]]
    return {"Content-Disposition": f'attachment; filename="{name}"'}, media_type


def _take_turn() -> None:
    if not _free.acquire(blocking=False):
        raise HTTPException(
            429, f"{_AT_ONCE} data sets are being made: try again when one is done", {"Retry-After": "10"}
        )


def _built(  # noqa: PLR0917
    export_format: ExportFormat,
    wanted: EventFilter,
    bench: Bench,
    now: datetime,
    folder: Path,
    licence: str,
) -> FileResponse:
    target = folder / export_name(export_format, now)
    try:
        build_export(bench.book, export_format, target, now, wanted=wanted, licence=licence)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    headers, media_type = _headers(export_format, now)
    return _Built(target, media_type=media_type, headers=headers)


class _Streamed(StreamingResponse):
    """Sends a data set as it is made; the casebook is let go of however the sending ends."""

    def __init__(self, pieces: Generator[bytes, None, None], **options: Any) -> None:
        super().__init__(pieces, **options)
        self.pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            _free.release()
            self.pieces.close()


class _Built(FileResponse):
    """Sends a file and removes its folder, however the sending ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            _free.release()
            shutil.rmtree(Path(self.path).parent, ignore_errors=True)


def _pieces(lines: Iterator[str]) -> Generator[bytes, None, None]:
    """The lines as bytes, the first at once and the others many at a time."""
    waiting: list[str] = []
    size, is_first = 0, True
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _PIECE_CHARS or is_first:
            yield "".join(waiting).encode()
            waiting, size, is_first = [], 0, False
    if waiting:
        yield "".join(waiting).encode()
