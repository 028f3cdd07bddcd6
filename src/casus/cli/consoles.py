"""Where output goes: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self, TextIO

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from casus.intake.ingestion import Account

_PLAIN_COLUMNS = 100


def notice_console() -> Console:
    """Standard error, for messages."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def result_console(stream: TextIO) -> Console:
    """A console on `stream`; without a terminal it has no colours and 100 columns."""
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PLAIN_COLUMNS
    return Console(file=stream, highlight=False, width=width)


@contextmanager
def result_stream(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name once it is complete, and not empty."""
    if output is None:
        yield sys.stdout
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        if part.stat().st_size:
            part.replace(output)
    except OSError as error:
        raise typer.BadParameter(
            f"can't write to {output}: {error.strerror}", param_hint="--output"
        ) from error
    finally:
        part.unlink(missing_ok=True)


class Counter:
    """A running count on standard error, of reports or of another noun; silent without a terminal there.

    With a `total`, the count is shown against it.
    """

    def __init__(self, *, is_shown: bool, total: int | None = None, noun: str = "reports read") -> None:
        count = f"{{task.completed}} {noun}" if total is None else "{task.completed} of {task.total} read"
        columns = (SpinnerColumn(), TextColumn(count), TimeElapsedColumn())
        is_visible = is_shown and sys.stderr.isatty()
        self._progress = Progress(
            *columns, console=Console(stderr=True), transient=True, disable=not is_visible
        )
        self._task = self._progress.add_task("reading", total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def advance(self) -> None:
        """Count one report."""
        self._progress.advance(self._task)


class IngestProgress:
    """What came of reports so far, on standard error; silent without a terminal there."""

    def __init__(self, *, is_shown: bool) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        is_visible = is_shown and sys.stderr.isatty()
        self._progress = Progress(
            *columns, console=Console(stderr=True), transient=True, disable=not is_visible
        )
        self._task = self._progress.add_task("looking for reports", total=None)
        self._told = ""

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the line away."""
        self._progress.stop()

    def tell(self, account: Account, read: int) -> None:
        """Show an account, and how many reports were read since."""
        told = account.ingested
        self._told = f"{told.seen + read} in, {told.new + read} new, {told.known} known, {told.failed} failed"
        self._progress.update(self._task, description=self._told)

    def wait(self, until: str) -> None:
        """Show what is waited for."""
        self._progress.update(self._task, description=f"{self._told}; {until}")
