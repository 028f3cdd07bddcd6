"""Sources become reports: files of several kinds, folders, standard input and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from casus.errors import SourceError, SourceMissing
from casus.settings import Settings
from casus.sources.admitting import SourcedReport, admitted
from casus.sources.columns import Columns
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.folders import files_of, missing, sidecar_metadata
from casus.sources.kinds import KIND_OF_SUFFIX, SNIFFED_BYTES, Kind, kind_of, sniffed
from casus.sources.marks import Mark, Past
from casus.sources.metadata import Metadata
from casus.sources.streams import Form, read_stream
from casus.sources.tables import read_parquet

if TYPE_CHECKING:
    from casus.sources.fetching import Fetcher

STANDARD_INPUT = "-"
Found = Draft | SourceFailure | Mark


@dataclass(frozen=True, slots=True)
class Loading:
    """How sources are read: in what form, with what of earlier runs, and who fetches addresses.

    Without a `fetcher` one is made with the default limits, for the open internet only.
    """

    form: Form = field(default_factory=Form)
    overrides: Metadata | None = None
    stdin: BinaryIO | None = None
    past: Past = field(default_factory=Past)
    fetcher: Fetcher | None = None


def load(
    paths: Iterable[str | Path],
    *,
    overrides: Metadata | None = None,
    max_chars: int = Settings().max_report_chars,
    stdin: BinaryIO | None = None,
    columns: Columns | None = None,
) -> Iterator[SourcedReport | SourceFailure]:
    """The reports at `paths`, in their order; a folder's are sorted by path.

    A path may be an address; `-` is `stdin`.  `overrides` go before what the source says.  A
    report that has no publication date there keeps None.  Nothing is raised for a bad input:
    its place in the order holds a `SourceFailure`.
    """
    loading = Loading(Form(max_chars, columns or Columns()), overrides, stdin)
    return (item for item in gather(paths, loading) if not isinstance(item, Mark))


def gather(sources: Iterable[str | Path], loading: Loading) -> Iterator[SourcedReport | SourceFailure | Mark]:
    """The same as `load`, with the marks that say how far sources were taken in."""
    with ExitStack() as open_until_the_end:
        for source in sources:
            origin = "standard input" if source == STANDARD_INPUT else str(source)
            for found in _guarded(origin, _found_at(str(source), loading, open_until_the_end)):
                if isinstance(found, Draft):
                    yield admitted(found, loading.overrides, loading.form.max_chars)
                else:
                    yield found


def _found_at(source: str, loading: Loading, open_until_the_end: ExitStack) -> Iterator[Found]:
    if source == STANDARD_INPUT:
        if loading.stdin is None:
            raise SourceMissing("standard input: there is none here: name a file instead")
        yield from read_stream(loading.stdin, None, "standard input", loading.form)
    elif "://" in source:
        # Imported here: the web is needed for few sources, and takes time to load.
        from casus.sources.fetching import Fetcher  # noqa: PLC0415
        from casus.sources.web import read_address  # noqa: PLC0415

        fetcher = loading.fetcher or open_until_the_end.enter_context(Fetcher())
        yield from read_address(source, fetcher, loading.past, loading.form)
    elif Path(source).is_dir():
        yield from _found_in_folder(Path(source), loading)
    else:
        yield from _found_in_file(Path(source), loading)


def _found_in_folder(folder: Path, loading: Loading) -> Iterator[Found]:
    is_empty = True
    for path in files_of(folder):
        is_empty = False
        if isinstance(path, SourceFailure):
            yield path
        else:
            yield from _guarded(str(path), _found_in_file(path, loading))
    if is_empty:
        kinds = ", ".join(KIND_OF_SUFFIX)
        error = SourceMissing(f"{folder}: no report in this folder: Casus looks for files named {kinds}")
        yield SourceFailure(str(folder), error)


def _guarded(origin: str, found: Iterator[Found]) -> Iterator[Found]:
    """The same, and a failure in place of an error."""
    try:
        yield from found
    except SourceError as error:
        yield SourceFailure(origin, error)
    except OSError as error:
        yield SourceFailure(origin, missing(origin, error))


def _found_in_file(path: Path, loading: Loading) -> Iterator[Found]:
    sidecar = sidecar_metadata(path)
    with path.open("rb") as stream:
        kind = kind_of(path) or _sniffed(stream)
        if kind is Kind.WARC:
            # Imported here: pages need trafilatura, which takes longer to load than all the rest.
            from casus.sources.archives import read_archive  # noqa: PLC0415

            yield from read_archive(path, loading.past)
        elif kind is Kind.PARQUET:
            yield from read_parquet(path, loading.form.columns)
        else:
            for draft in read_stream(stream, kind, str(path), loading.form):
                if isinstance(draft, Draft) and sidecar is not None:
                    yield Draft(draft.origin, draft.text, sidecar.over(draft.metadata), draft.id)
                else:
                    yield draft


def _sniffed(stream: BinaryIO) -> Kind | None:
    """The kind of a file by its first bytes where that needs the file itself, None elsewhere."""
    kind = sniffed(stream.read(SNIFFED_BYTES))
    stream.seek(0)
    return kind if kind in (Kind.WARC, Kind.PARQUET) else None
