"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casus.errors import ExportError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when all is written; raises `ExportError` for a folder."""
    if path.is_dir():
        raise ExportError(f"{path} is a folder: name a file")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def umask() -> int:
    """The rights that new files of this process go without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def explained(target: str | Path) -> Iterator[None]:
    """What the system refuses, as an `ExportError` that says what to do; a pipe's end passes through."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(
            f"{target} can't be written: {error.strerror or error}: check the folder, its rights and the disk"
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears when it is complete, in place of an earlier one; raises `ExportError`."""
    with explained(path), new_file(path) as part:
        part.write_bytes(content)
