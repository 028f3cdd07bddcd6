"""What a job does, in a process of its own: it tells how far it is, and may be ended at any moment.

Everything that it keeps, it keeps in transactions of the casebook, so that an end in the
midst of it loses no more than the transaction.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from casus.casebook.book import Casebook
from casus.casebook.filing import hash_of
from casus.casebook.jobs import JobKind
from casus.casebook.records import EventFilter
from casus.exports import ExportFormat, export_casebook
from casus.intake.ingestion import Account, Ingestion
from casus.intake.readers import ReaderPool, reader_name
from casus.model import Reading, Report
from casus.settings import Settings
from casus.sources import Form, Loading, Mark, Metadata, Past, SourcedReport, SourceFailure, gather
from casus.sources.admitting import admitted
from casus.sources.draft import Draft
from casus.sources.fetching import Fetcher
from casus.sources.kinds import Kind
from casus.web.unpacking import Unpacked

Found = SourcedReport | SourceFailure | Mark
_MOST_SHOWN = 200
_LOT = 16
_ONE_EACH = frozenset({Kind.TEXT, Kind.HTML})
_FILTER = TypeAdapter(EventFilter)


@dataclass(frozen=True, slots=True)
class PastedText:
    """A text to take in, with what is known of it; `origin` says where it is from."""

    origin: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done for a job, whole: the process that does it sees nothing else."""

    kind: JobKind
    folder: Path | None = None  # for what is made
    files: tuple[Unpacked, ...] = ()
    texts: tuple[PastedText, ...] = ()
    addresses: tuple[str, ...] = ()
    is_private_allowed: bool = False
    links: bool = True
    export_format: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `total` is None where that is not known, `result` what came of it so far."""

    done: int
    total: int | None
    message: str
    result: Mapping[str, Any] = field(default_factory=dict)


Tell = Callable[[Progress], None]


def do(work: Work, book: Casebook, settings: Settings, tell: Tell) -> Progress:
    """Do what a job asks for; gives what came of it.  Raises `CasusError` where it fails."""
    match work.kind:
        case JobKind.INGEST:
            return _ingest(work, book, settings, tell)
        case JobKind.LINK:
            tell(Progress(0, None, "Linking what is not linked yet."))
            return _linked(book.link())
        case JobKind.REBUILD:
            tell(Progress(0, None, "Linking everything anew."))
            return _linked(book.rebuild())
        case JobKind.EXPORT:
            return _export(work, book, tell)


def _linked(accounts: int) -> Progress:
    return Progress(accounts, accounts, f"{accounts} accounts linked.", {"accounts": accounts})


def _ingest(work: Work, book: Casebook, settings: Settings, tell: Tell) -> Progress:
    total = _expected(work)
    came: dict[str, None] = {}
    reader = reader_name(settings)

    def show(account: Account, read: int) -> None:
        done = account.ingested.seen + read
        tell(Progress(done, None if total is None else max(total, done), _counts(account), account.record()))

    with (
        ReaderPool(replace(settings, processes=1, batch_size=_LOT)) as pool,
        Fetcher(is_private_allowed=work.is_private_allowed) as fetcher,
    ):

        def read(reports: Iterable[Report]) -> Iterator[Reading]:
            for reading in pool.read(reports):
                came[hash_of(reading.report)] = None
                yield reading

        loading = Loading(Form(settings.max_report_chars), past=Past(book.kept, reader), fetcher=fetcher)
        ingestion = Ingestion(book, read, reader, work.links, _LOT, tell=show)
        ingestion.take(_found(work, loading))
    account = ingestion.account
    result = {**account.record(), "reports": _came(book, list(came)), "came": len(came)}
    return Progress(account.ingested.seen, account.ingested.seen, _counts(account), result)


def _came(book: Casebook, hashes: Sequence[str]) -> list[dict[str, Any]]:
    """The first of the reports that came in, each with the events that it tells of."""
    shown = hashes[:_MOST_SHOWN]
    events = book.events_told_by(shown)
    return [{"hash": one, "events": list(events.get(one, ()))} for one in shown]


def _counts(account: Account) -> str:
    told = account.ingested
    counts = [f"{told.new} new", f"{told.known} known"]
    counts += [f"{told.reread} read anew"] if told.reread else []
    counts += [f"{told.failed} failed"] if told.failed else []
    return ", ".join(counts)


def _expected(work: Work) -> int | None:
    """How many reports there will be, None where only reading all of it would tell."""
    if work.addresses or any(one.kind not in (*_ONE_EACH, Kind.JSON_LINES) for one in work.files):
        return None
    count = len(work.texts)
    for one in work.files:
        count += 1 if one.kind in _ONE_EACH else _line_count(one.path)
    return count


def _line_count(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for line in stream if line.strip())


def _found(work: Work, loading: Loading) -> Iterator[Found]:
    texts = (
        admitted(Draft(one.origin, one.text), one.metadata, loading.form.max_chars) for one in work.texts
    )
    files = (found for one in work.files for found in _in_file(one, loading))
    return chain(texts, files, gather(work.addresses, loading))


def _in_file(one: Unpacked, loading: Loading) -> Iterator[Found]:
    """What is in a file, told of by the name that it was sent under, not by where it is kept."""
    path = str(one.path)
    for found in gather([path], loading):
        match found:
            case SourcedReport():
                yield SourcedReport(found.origin.replace(path, one.name), found.report)
            case SourceFailure():
                error = type(found.error)(str(found.error).replace(path, one.name))
                yield SourceFailure(found.origin.replace(path, one.name), error)
            case Mark():
                pass  # a file is sent once: there is nothing to go on from


def _export(work: Work, book: Casebook, tell: Tell) -> Progress:
    if work.folder is None:
        raise ValueError("an export needs a folder")
    export_format = ExportFormat(work.export_format)
    wanted = _FILTER.validate_python(dict(work.wanted))
    total = book.count(wanted)
    now = datetime.now(UTC)
    target = work.folder / export_name(export_format, now)
    tell(Progress(0, total, "Writing events."))
    exported = build_export(
        book,
        export_format,
        target,
        now,
        wanted=wanted,
        licence=work.licence,
        progress=lambda count: tell(Progress(count, total, "Writing events.")),
    )
    result = {
        "file": target.name,
        "bytes": target.stat().st_size,
        "events": exported[0],
        "left_out": exported[1],
    }
    return Progress(exported[0], exported[0], f"{exported[0] - exported[1]} events written.", result)


_SUFFIXES = {
    ExportFormat.UCDP_GED: "csv",
    ExportFormat.ACLED: "csv",
    ExportFormat.PLOVER: "jsonl",
    ExportFormat.GEOPARQUET: "parquet",
    ExportFormat.DATAPACKAGE: "zip",
}


def export_name(export_format: ExportFormat, made_at: datetime) -> str:
    """The name of the file of a data set: casus-ucdp-ged-20240131.csv."""
    form = "" if str(export_format) in ("csv", "jsonl", "xlsx") else f"-{export_format}"
    suffix = _SUFFIXES.get(export_format, str(export_format))
    return f"casus{form or '-events'}-{made_at:%Y%m%d}.{suffix}"


def build_export(
    book: Casebook,
    export_format: ExportFormat,
    target: Path,
    made_at: datetime,
    *,
    wanted: EventFilter,
    licence: str,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, int]:
    """Write a data set as one file, a data package as a ZIP of it; gives events taken and left out."""
    is_package = export_format is ExportFormat.DATAPACKAGE
    place = target.with_suffix("") if is_package else target
    exported = export_casebook(
        book, export_format, place, made_at, wanted=wanted, licence=licence, progress=progress
    )
    if is_package:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(place.iterdir()):
                archive.write(path, f"{place.name}/{path.name}")
        shutil.rmtree(place)
    return exported.events, exported.left_out
