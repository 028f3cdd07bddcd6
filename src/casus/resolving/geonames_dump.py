"""Reads GeoNames' dumps: allCountries, cities and country files, and alternateNamesV2, zipped or plain.

The formats are those of the readme at download.geonames.org/export/dump: UTF-8, tab
between the fields, no header, no quotes; 19 fields a place, 10 a name (8 in files of
before 2018, without `from` and `to`).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from casus.errors import GazetteerError

PLACE_FIELDS = 19
NAME_FIELDS = (8, 10)
_ASIDE = ("readme.txt", "iso-languagecodes.txt")
_SAMPLE_BYTES = 1 << 16
_LONGEST_LINE = 1 << 20
_BUFFER_BYTES = 1 << 20

NO_NAMES = frozenset(
    ["link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "abbr"]  # codes, not names
)


class BadLine(Exception):
    """A line of a wrong form; the message says why."""


class PlaceLine(NamedTuple):
    """One place of a dump; `codes` are those of its country and units ("AF", "39", "3901")."""

    geonames_id: int
    name: str
    alternates: str
    latitude: float
    longitude: float
    feature: str
    codes: tuple[str, ...]
    population: int


class NameLine(NamedTuple):
    """One alternate name of a dump."""

    geonames_id: int
    language: str
    name: str
    is_preferred: bool
    is_short: bool
    is_colloquial: bool
    is_historic: bool


def parse_place(line: bytes) -> PlaceLine:
    """A place from its line; raises BadLine."""
    cells = _cells(line)
    if len(cells) != PLACE_FIELDS:
        raise BadLine(f"{len(cells)} fields where {PLACE_FIELDS} belong")
    try:
        geonames_id, latitude, longitude = int(cells[0]), float(cells[4]), float(cells[5])
        population = int(cells[14] or 0)
    except ValueError as error:
        raise BadLine(f"no number: {str(error).rpartition(': ')[2]}") from error
    if geonames_id <= 0 or not cells[1]:
        raise BadLine("no id" if cells[1] else "no name")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadLine(f"the point {cells[4]}, {cells[5]} is not on the globe")
    country, adm1, adm2 = cells[8], cells[10], cells[11]
    has_units = adm1 not in ("", "00")
    codes = (country, adm1, adm2) if has_units and adm2 else (country, adm1) if has_units else (country,)
    return PlaceLine(
        geonames_id,
        cells[1],
        cells[3],
        round(latitude, 5),
        round(longitude, 5),
        f"{cells[6]}.{cells[7]}",
        codes if country else (),
        max(population, 0),
    )


def parse_name(line: bytes) -> NameLine:
    """An alternate name from its line; raises BadLine."""
    cells = _cells(line)
    if len(cells) not in NAME_FIELDS:
        raise BadLine(f"{len(cells)} fields where {NAME_FIELDS[-1]} belong")
    if not cells[1].isdecimal() or not cells[3]:
        raise BadLine(f"no number: {cells[1]!r}" if cells[3] else "no name")
    flags = (cells[index] == "1" for index in range(4, 8))
    return NameLine(int(cells[1]), cells[2], cells[3], *flags)


def _cells(line: bytes) -> list[str]:
    if not line.endswith(b"\n") and len(line) >= _LONGEST_LINE:
        raise BadLine("longer than any line of a dump")
    try:
        return line.rstrip(b"\r\n").decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        raise BadLine(f"no UTF-8 at byte {error.start + 1}") from error


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A dump on disk; `identity` tells whether it is the same that was read before."""

    path: Path
    member: str | None
    bytes_inside: int

    @classmethod
    def find(cls, path: Path) -> DumpFile:
        """The dump at `path`; raises GazetteerError where there is none or the archive is broken."""
        if not path.is_file():
            raise GazetteerError(f"no file {path}: give the path of a dump from download.geonames.org")
        if path.suffix.lower() != ".zip":
            return cls(path, None, path.stat().st_size)
        with _broken_archive(path), zipfile.ZipFile(path) as archive:
            inside = [info for info in archive.infolist() if not info.is_dir()]
        texts = [info for info in inside if info.filename.rpartition("/")[2].lower() not in _ASIDE]
        own = [info for info in texts if Path(info.filename).stem.lower() == path.stem.lower()]
        chosen = own or sorted(texts, key=lambda info: -info.file_size)
        if not chosen:
            raise GazetteerError(f"{path} has no dump in it: give an archive from download.geonames.org")
        return cls(path, chosen[0].filename, chosen[0].file_size)

    @property
    def identity(self) -> str:
        """Size, time and a hash of head and tail: changes when the file does."""
        stat = self.path.stat()
        with self.path.open("rb") as stream:
            sample = stream.read(_SAMPLE_BYTES)
            stream.seek(max(0, stat.st_size - _SAMPLE_BYTES))
            sample += stream.read(_SAMPLE_BYTES)
        digest = hashlib.sha256(sample).hexdigest()
        return f"{self.path.name} {stat.st_size} {stat.st_mtime_ns} {digest}"

    @property
    def modified_on(self) -> str:
        """The date of the dump: the archive's own of its content, else the file's (ISO)."""
        if self.member is None:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC).date().isoformat()
        with _broken_archive(self.path), zipfile.ZipFile(self.path) as archive:
            year, month, day, *_ = archive.getinfo(self.member).date_time
        return f"{year:04}-{month:02}-{day:02}"

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The content as bytes; raises GazetteerError where it breaks off or is damaged."""
        with _broken_archive(self.path):
            if self.member is None:
                with self.path.open("rb") as stream:
                    yield stream
                return
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as packed:
                yield io.BufferedReader(packed, _BUFFER_BYTES)  # type: ignore[type-var]

    def lines(self, offset: int = 0) -> Iterator[bytes]:
        """The lines from a byte on, with their ends."""
        with self.open() as stream:
            stream.seek(offset)
            while line := stream.readline(_LONGEST_LINE):
                yield line


@contextmanager
def _broken_archive(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        message = f"{path} is truncated or damaged ({error}): download it again; nothing was changed"
        raise GazetteerError(message) from error
    except OSError as error:
        raise GazetteerError(f"{path} can't be read: {error.strerror or error}") from error
