"""Files that somebody sent, unpacked within limits and told apart by what is in them."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from casus.errors import NotText, SourceError, TooLarge
from casus.sources.decoding import decode
from casus.sources.kinds import KIND_OF_SUFFIX, SNIFFED_BYTES, Kind, kind_of, sniffed

_PIECE_BYTES = 1 << 18
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_GZIP_WINDOW = 31
_LARGEST_DIRECTORY_BYTES = 1 << 20
_ZIP_END, _ZIP64_END, _ZIP_END_BYTES = b"PK\x05\x06", b"PK\x06\x07", 22
_ENCRYPTED = 1
_SUFFIX_OF = {kind: suffix for suffix, kind in reversed(KIND_OF_SUFFIX.items())}
_BY_NAME = frozenset({Kind.CSV, Kind.JSON_LINES, Kind.JSON, Kind.HTML})
_HIDDEN = re.compile(r"(^|/)(\.(?!\.?/)|__MACOSX/)")


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """What may come of one delivery of files; bytes are after unpacking."""

    files: int = 1000
    total_bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of reports at `path`, which was named `name` where it came from."""

    path: Path
    name: str
    kind: Kind
    size: int


@dataclass(slots=True)
class Unpacker:
    """Writes files into a folder under names of its own, until the limits of all of them are reached."""

    folder: Path
    limits: UnpackLimits
    files: list[Unpacked]
    left: int = 0

    @classmethod
    def into(cls, folder: Path, limits: UnpackLimits) -> Unpacker:
        """An unpacker into a folder that is there."""
        return cls(folder, limits, [], limits.total_bytes)

    def take(self, stream: BinaryIO, name: str) -> None:
        """Take a file or an archive of files.

        Raises `TooLarge` beyond the limits, `NotText` for what holds no reports, `SourceError`
        for archives that are damaged or locked.
        """
        start = stream.read(SNIFFED_BYTES)
        stream.seek(0)
        if start.startswith(_ZIP):
            self._take_zip(stream, name)
        elif start.startswith(_GZIP):
            self._take_gzip(stream, name)
        else:
            self._keep(_pieces(stream), name)

    def _take_zip(self, stream: BinaryIO, name: str) -> None:
        _require_small_directory(stream, name)
        try:
            with zipfile.ZipFile(stream) as archive:
                members = [one for one in archive.infolist() if not one.is_dir()]
                members = [one for one in members if not _HIDDEN.search(one.filename)]
                if len(members) > self.limits.files:
                    raise TooLarge(f"{name}: {len(members)} files in it: send at most {self.limits.files}")
                if any(one.filename.startswith("word/") for one in members):
                    raise NotText(f"{name}: this is a document, no text: save it as plain text first")
                for member in members:
                    if member.flag_bits & _ENCRYPTED:
                        raise SourceError(f"{name}: it is locked with a password: unpack it first")
                    with archive.open(member) as inside:
                        self._keep(_pieces(inside), f"{name}, {_shown(member.filename)}")
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
            raise SourceError(f"{name}: a damaged archive ({_told(error)}): pack it anew") from error

    def _take_gzip(self, stream: BinaryIO, name: str) -> None:
        """A packed file; an archive of pages stays packed, since its reader needs it so."""
        inner = name[:-3] if name.lower().endswith(".gz") else name
        try:
            kept = self._keep(_gunzipped(stream), inner)
        except zlib.error as error:
            raise SourceError(f"{name}: damaged packing ({_told(error)}): pack it anew") from error
        if kept is not None and kept.kind is Kind.WARC:
            stream.seek(0)
            packed = kept.path.with_suffix(".warc.gz")
            with packed.open("wb") as target:
                for piece in _pieces(stream):
                    target.write(piece)
            kept.path.unlink()
            self.files[-1] = Unpacked(packed, name, Kind.WARC, packed.stat().st_size)

    def _keep(self, pieces: Iterator[bytes], name: str) -> Unpacked | None:
        """Write a file as it comes; what is empty is left out."""
        if len(self.files) >= self.limits.files:
            raise TooLarge(f"{name}: more than {self.limits.files} files: send fewer at once")
        path = self.folder / f"{len(self.files):06d}"
        try:
            with path.open("wb") as target:
                size, start = self._write(pieces, target, name)
            if not size:
                return None
            kind = kind_of_content(start, name)
            # The readers go by suffixes, which are ours: a sender's name never becomes a path.
            final = path.with_suffix(_SUFFIX_OF[kind])
            path.rename(final)
        finally:
            path.unlink(missing_ok=True)
        kept = Unpacked(final, name, kind, size)
        self.files.append(kept)
        return kept

    def _write(self, pieces: Iterator[bytes], target: IO[bytes], name: str) -> tuple[int, bytes]:
        """Write what comes while there is room; gives how much it was, and its beginning."""
        size, start = 0, b""
        for piece in pieces:
            size += len(piece)
            self.left -= len(piece)
            if self.left < 0:
                most = self.limits.total_bytes // 1024 // 1024
                raise TooLarge(f"{name}: more than {most} MiB when unpacked: send less at once")
            start = start or piece[:SNIFFED_BYTES]
            target.write(piece)
        return size, start


def kind_of_content(start: bytes, name: str) -> Kind:
    """What a file holds, by its first bytes; its name decides among kinds of text alone.

    Raises `NotText` where it is no kind that Casus reads.
    """
    kind = sniffed(start)
    if kind in (Kind.PARQUET, Kind.WARC):
        return kind
    if start.startswith((*_ZIP, _GZIP)):
        raise NotText(f"{name}: an archive within an archive: unpack it first")
    if not start.startswith(_WIDE):
        # A character may be cut in two at the end of what was looked at.
        is_cut = len(start) >= SNIFFED_BYTES
        decode(start[: max(start.rfind(b" "), start.rfind(b"\n"), 1)] if is_cut else start, name)
    told = kind_of(Path(name.rpartition("/")[2].lower()))
    if kind in (Kind.TEXT, Kind.JSON) and told in _BY_NAME:
        return told
    return kind


def _require_small_directory(stream: BinaryIO, name: str) -> None:
    """Refuse an archive whose list of files is itself a burden, before the list is read."""
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - 0xFFFF - _ZIP_END_BYTES))
    tail = stream.read()
    at = tail.rfind(_ZIP_END)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 0 and (size > _LARGEST_DIRECTORY_BYTES or _ZIP64_END in tail[max(0, at - 20) : at]):
        raise TooLarge(f"{name}: too many files in it: send fewer at once")
    stream.seek(0)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE_BYTES):
        yield piece


def _gunzipped(stream: BinaryIO) -> Iterator[bytes]:
    """What is packed, a piece at a time and never more of it at once, however tightly it is packed."""
    member = zlib.decompressobj(_GZIP_WINDOW)
    for piece in _pieces(stream):
        rest = piece
        while rest:
            if data := member.decompress(rest, _PIECE_BYTES):
                yield data
            rest = member.unconsumed_tail
            if member.eof:
                rest = member.unused_data
                if rest:
                    member = zlib.decompressobj(_GZIP_WINDOW)
    while not member.eof:
        data = member.decompress(b"", _PIECE_BYTES)
        if not data:
            raise zlib.error("it is cut off")
        yield data


def _shown(name: str) -> str:
    """A name as it may be told: one line, not too long."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)[-120:]


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
