"""Where a server keeps files for jobs: what people sent, and the data sets that were made."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from casus.casebook.store import Store
from casus.errors import NotInCasebook, SourceError
from casus.sources.kinds import Kind
from casus.web.unpacking import Unpacked, Unpacker, UnpackLimits

_ID = re.compile(r"[0-9a-f]{32}")
_MANIFEST = "manifest.json"
_LONGEST_NAME = 120
KEPT_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """Files that somebody sent at once."""

    id: str
    by: str
    files: tuple[Unpacked, ...]


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder for the files of jobs, made when it is first needed."""

    root: Path

    def receive(
        self, sent: Sequence[tuple[str, BinaryIO]], *, by: str, limits: UnpackLimits
    ) -> tuple[Upload, tuple[str, ...]]:
        """Keep what was sent, each with its name; gives it, and why some of it is not kept.

        Raises the first error where nothing is kept.
        """
        upload_id = secrets.token_hex(16)
        folder = self._folder("uploads", upload_id)
        unpacker = Unpacker.into(folder, limits)
        errors: list[SourceError] = []
        try:
            for name, stream in sent:
                try:
                    unpacker.take(stream, shown_name(name))
                except SourceError as error:
                    errors.append(error)
            _require_some(unpacker.files, errors)
            upload = Upload(upload_id, by, tuple(unpacker.files))
            (folder / _MANIFEST).write_text(_manifest(upload), "utf-8")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return upload, tuple(map(str, errors))

    def upload(self, upload_id: str) -> Upload:
        """What was sent under an id; raises `NotInCasebook` where it is not there, or no longer."""
        missing = NotInCasebook(f"{upload_id[:40]!r}: no such upload, or it is too old: send the files again")
        if not _ID.fullmatch(upload_id):
            raise missing
        folder = self.root / "uploads" / upload_id
        try:
            record = json.loads((folder / _MANIFEST).read_text("utf-8"))
        except OSError as error:
            raise missing from error
        files = (
            Unpacked(folder / one["file"], one["name"], Kind(one["kind"]), one["size"])
            for one in record["files"]
        )
        return Upload(upload_id, record["by"], tuple(files))

    def drop_upload(self, upload_id: str) -> None:
        """Forget what was sent under an id."""
        if _ID.fullmatch(upload_id):
            shutil.rmtree(self.root / "uploads" / upload_id, ignore_errors=True)

    def export_folder(self, job: int) -> Path:
        """The folder for the data set that a job makes, empty."""
        self.drop_export(job)
        return self._folder("exports", str(job))

    def exported(self, job: int) -> Path | None:
        """The data set that a job made, None where it is gone."""
        folder = self.root / "exports" / str(job)
        files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
        return files[0] if len(files) == 1 else None

    def drop_export(self, job: int) -> None:
        """Remove what a job made."""
        shutil.rmtree(self.root / "exports" / str(job), ignore_errors=True)

    def sweep(self, kept_s: float = KEPT_S) -> int:
        """Remove what was made longer ago than `kept_s`; gives how many there were."""
        before, count = time.time() - kept_s, 0
        for kind in ("uploads", "exports"):
            folder = self.root / kind
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.stat().st_mtime < before:
                    shutil.rmtree(path, ignore_errors=True)
                    count += 1
        return count

    def _folder(self, *parts: str) -> Path:
        folder = self.root.joinpath(*parts)
        folder.mkdir(parents=True, mode=0o700)
        return folder


def default_root(store: Store) -> Path:
    """Beside a casebook that is a file, else in the user's data folder (`XDG_DATA_HOME`)."""
    if store.folder is not None:
        return Path(store.folder.name) / "files"
    if store.is_sqlite and store.engine.url.database:
        path = Path(store.engine.url.database)
        return path.with_name(f"{path.name}.files")
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    digest = hashlib.sha256(store.shown_url.encode()).hexdigest()[:16]
    return Path(home) / "casus" / f"files-{digest}"


def shown_name(name: str) -> str:
    """A file's name without folders, as one line that is not too long."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(sign if sign.isprintable() else "�" for sign in last)[-_LONGEST_NAME:].strip() or "a file"


def _require_some(files: Sequence[Unpacked], errors: Sequence[SourceError]) -> None:
    if not files:
        raise errors[0] if errors else SourceError("nothing was sent: choose files that hold text")


def _manifest(upload: Upload) -> str:
    files = [
        {"file": one.path.name, "name": one.name, "kind": one.kind, "size": one.size} for one in upload.files
    ]
    return json.dumps({"by": upload.by, "files": files})
