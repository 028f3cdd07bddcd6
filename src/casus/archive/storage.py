"""Folders on a disk or in an object store, in which a file is there whole or not at all.

On a disk a file is written aside and renamed; an object store shows an object once it is
complete.  Addresses are those of fsspec (`s3://bucket/folder`, `gs://…`, a path).
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.core import url_to_fs

from casus.errors import ArchiveError

_LOCAL = ("file", "local")
_LOCK = "_lock"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its address.  All names are relative to it, with `/` between their parts."""

    address: str

    @property
    def is_local(self) -> bool:
        """Whether it lies on a disk of this machine, or one that is mounted."""
        return _is_local(self._fs())

    @property
    def path(self) -> Path:
        """The folder on a disk; only where `is_local`."""
        return Path(self._root())

    def file_system(self) -> Any:
        """The fsspec file system that it is in."""
        return self._fs()

    def full(self, name: str) -> str:
        """The address of a file in it, as its file system knows it."""
        return f"{self._root()}/{name}" if name else self._root()

    def url(self, name: str) -> str:
        """The whole address of a file in it, protocol and all, but a plain path on a disk."""
        return self.full(name) if self.is_local else f"{self.address.rstrip('/')}/{name}"

    def exists(self, name: str = "") -> bool:
        """Whether there is a file or folder of that name."""
        return bool(self._fs().exists(self.full(name)))

    def is_empty(self) -> bool:
        """Whether nothing is in it, or it is not there."""
        fs = self._fs()
        return not fs.exists(self._root()) or (fs.isdir(self._root()) and not fs.ls(self._root()))

    def is_file(self) -> bool:
        """Whether a file stands where the folder should be."""
        return bool(self._fs().isfile(self._root()))

    def names(self, below: str, suffix: str = "") -> list[str]:
        """The names of all files below a subfolder, sorted."""
        start = len(self._root().rstrip("/")) + 1
        fs = self._fs()
        fs.invalidate_cache()
        if not fs.exists(self.full(below)):
            return []
        return sorted(path[start:] for path in fs.find(self.full(below)) if path.endswith(suffix))

    def read(self, name: str) -> bytes:
        """What a file holds.  Raises `FileNotFoundError`."""
        with self._fs().open(self.full(name), "rb") as stream:
            return bytes(stream.read())

    def read_json(self, name: str) -> Any:
        """What a JSON file holds.  Raises `FileNotFoundError`, and `ArchiveError` where it is damaged."""
        try:
            return json.loads(self.read(name))
        except ValueError as error:
            raise ArchiveError(f"{self.url(name)}: damaged: remove it, and run the command again") from error

    def write(self, name: str, content: bytes | memoryview) -> None:
        """Write a file whole, in place of an earlier one.  Raises `ArchiveError` where that can't be done."""
        with explained(self.url(name)):
            if self.is_local:
                _write_and_rename(Path(self.full(name)), content)
            else:
                self._fs().pipe_file(self.full(name), bytes(content))

    def write_json(self, name: str, value: object) -> None:
        """Write a value as a JSON file."""
        self.write(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())

    def write_table(self, name: str, table: pa.Table) -> int:
        """Write a Parquet file; gives its size in bytes."""
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", compression_level=3)
        content = sink.getvalue()
        self.write(name, memoryview(content))
        return int(content.size)

    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """A Parquet file that Casus wrote.  Raises `ArchiveError` where it is damaged."""
        try:
            with self._fs().open(self.full(name), "rb") as stream, pq.ParquetFile(stream) as parquet:
                return parquet.read(columns=columns)
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise ArchiveError(f"{self.url(name)}: no sound Parquet file: make the archive anew") from error

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; nothing happens where there is none."""
        with suppress(FileNotFoundError):
            self._fs().rm(self.full(name), recursive=True)

    def _fs(self) -> Any:
        return url_to_fs(self.address)[0]

    def _root(self) -> str:
        root: str = url_to_fs(self.address)[1]
        return root.rstrip("/") or "/"


def _is_local(fs: Any) -> bool:
    protocols = (fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol
    return any(protocol in _LOCAL for protocol in protocols)


def _write_and_rename(path: Path, content: bytes | memoryview) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def explained(target: str) -> Iterator[None]:
    """What the system refuses to write, as an `ArchiveError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise ArchiveError(
                f"{target}: no room left to write it: make room, and run the same command again to go on"
            ) from error
        reason = error.strerror or " ".join(str(error).split())
        raise ArchiveError(
            f"{target}: it can't be written ({reason}): check the folder and its rights"
        ) from error


@contextmanager
def alone_in(folder: Folder) -> Iterator[None]:
    """Keeps other runs out of a folder; raises `ArchiveError` where one is at work there.

    On a disk the system gives the lock back however a run ends.  In an object store it is
    an object that names the run, which a run that was killed leaves behind.
    """
    with _locked_file(folder.path) if folder.is_local else _locked_object(folder):
        yield


@contextmanager
def _locked_file(folder: Path) -> Iterator[None]:
    with explained(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / _LOCK).open("a")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _taken(str(folder)) from error
        if not _is_still_there(stream.fileno(), folder / _LOCK):
            raise _taken(str(folder))
        try:
            yield
        finally:
            (folder / _LOCK).unlink(missing_ok=True)


def _is_still_there(descriptor: int, path: Path) -> bool:
    """Whether a path still names an open file: another run that ended meanwhile removes its own."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


@contextmanager
def _locked_object(folder: Folder) -> Iterator[None]:
    if folder.exists(_LOCK):
        raise _taken(folder.address, f"; if none is, remove {folder.url(_LOCK)}")
    folder.write_json(_LOCK, {"host": socket.gethostname(), "process": os.getpid()})
    try:
        yield
    finally:
        folder.remove(_LOCK)


def _taken(address: str, besides: str = "") -> ArchiveError:
    return ArchiveError(f"{address}: another run is at work there: wait until it ends{besides}")


def folder_of(address: str) -> Folder:
    """The folder at an address.  Raises `ArchiveError` for an address that nothing here can open."""
    try:
        url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise ArchiveError(f"{address}: this address can't be opened ({error}): check it") from error
    return Folder(address if "://" in address else str(Path(address).expanduser().absolute()))


@contextmanager
def local_copy(address: str) -> Iterator[Path]:
    """A file on a disk of this machine: itself where it lies there, else a copy while it is used."""
    fs, path = url_to_fs(address)
    if _is_local(fs):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="casus-") as folder:
        copy = Path(folder, Path(path).name)
        fs.get_file(path, str(copy))
        yield copy
