"""Runs of `casus archive` on made-up archives, as a user starts them, and what they took."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casus.archive.plan import WORK
from watching import Watched, watch

CASUS = str(Path(sys.executable).with_name("casus"))
STAGES = ("looking through files", "finding copies", "reading")
_SOME_FAILED = 20
_FILES_OF = 5000


@dataclass(frozen=True, slots=True)
class Run:
    """A measured run: of what, over how many documents, and what the account says of them."""

    what: str
    engine: str
    workers: int
    documents: int
    seconds: float
    core_seconds: float
    peak_mib: dict[str, float]
    shares: dict[str, float]
    counts: dict[str, int]
    output_bytes: int
    work_bytes: int

    @property
    def documents_a_second(self) -> float:
        """Documents by seconds on the clock."""
        return self.documents / self.seconds

    @property
    def documents_a_core_second(self) -> float:
        """Documents by seconds of one core."""
        return self.documents / self.core_seconds

    @property
    def core_seconds_a_thousand(self) -> float:
        """Seconds of one core for a thousand documents."""
        return 1000 * self.core_seconds / self.documents


class RunFailed(Exception):
    """A command that should have worked; its message holds what it said."""


def made_archive(folder: Path, documents: int, *, form: str, shared: Path) -> Path:
    """The made-up archive of a size, made unless it is there."""
    name = f"made-{documents}-{form}" + ("" if (shared / "data" / "relevance").is_dir() else "-invented")
    output = folder / name
    done = folder / f"{name}.made"
    made_by = _generator()
    if not done.exists() or done.read_text() != made_by:
        shutil.rmtree(output, ignore_errors=True)
        maker = Path(__file__).with_name("archives.py")
        command = [sys.executable, str(maker), "--documents", str(documents), "--output", str(output)]
        command += ["--format", form, "--shared", str(shared), "--files-of", str(files_of(documents))]
        subprocess.run(command, check=True)
        done.write_text(made_by)
    return output


def _generator() -> str:
    """The digest of what makes archives: another generator makes others."""
    folder = Path(__file__).parent
    names = (
        "archives",
        "archive_files",
        "archive_sources",
        "growing",
        "happenings",
        "invented_news",
        "corpora",
    )
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in names)).hexdigest()


def files_of(documents: int) -> int:
    """How many documents stand in a file: so many that each worker has several files."""
    return min(_FILES_OF, max(250, documents // 8))


def read(source: Path, output: Path, *, documents: int, engine: str, workers: int, gate: str) -> Run:
    """Read an archive into `output`, which is emptied before."""
    shutil.rmtree(output, ignore_errors=True)
    command = [CASUS, "archive", "read", str(source), str(output), "--engine", engine, "--gate", gate]
    command += ["--workers", str(workers), "--format", "json", "--quiet"]
    files = sum(1 for _ in source.iterdir())
    most = 0

    def staged() -> bool:
        return len(list((output / WORK / "staged").glob("*.json"))) >= files

    def is_sorted() -> bool:
        nonlocal most
        # The most room is taken once lots stand beside what was staged.
        if (output / WORK / "sorted.json").exists():
            most = _bytes_of(output / WORK)
            return True
        return False

    done = watch(command, {STAGES[0]: staged, STAGES[1]: is_sorted})
    _require_done(command, done)
    counts = json.loads(done.output[done.output.index("{") :])["counts"]
    return Run(
        "read", engine, workers, documents, done.seconds, done.core_seconds, dict(done.peak_mib),
        done.stage_shares(STAGES), counts, _bytes_of(output), most,
    )  # fmt: skip


def link(archive: Path, *, documents: int, workers: int) -> Run:
    """Link the reported events of an archive."""
    links = archive / "links"
    shutil.rmtree(links, ignore_errors=True)
    command = [CASUS, "archive", "link", str(archive), "--workers", str(workers), "--format", "json"]
    done = watch([*command, "--quiet"])
    _require_done(command, done)
    account = json.loads(done.output[done.output.index("{") :])
    counts = {name: account[name] for name in ("accounts", "pairs", "kept", "parts", "events")}
    whole = sum(account["seconds"].values())
    shares = {name: taken / whole for name, taken in account["seconds"].items()}
    return Run(
        "link", "local", workers, documents, done.seconds, done.core_seconds, dict(done.peak_mib), shares,
        counts, _bytes_of(links), 0,
    )  # fmt: skip


def sample(source: Path, count: int) -> Iterator[str]:
    """Texts of an archive in JSON Lines, evenly over its first file."""
    path = min(source.iterdir())
    lines = path.read_text("utf-8").splitlines()
    for at in range(min(count, len(lines))):
        yield json.loads(lines[at * len(lines) // min(count, len(lines))])["text"]


def _require_done(command: list[str], done: Watched) -> None:
    if done.status not in (0, _SOME_FAILED):
        raise RunFailed(f"{' '.join(command)} ended with {done.status}:\n{done.output[-2000:]}")


def _bytes_of(folder: Path) -> int:
    found = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # a file that a worker has renamed meanwhile
            found += path.stat().st_size if path.is_file() else 0
    return found
