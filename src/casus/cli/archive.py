"""`casus archive`: archives of millions of reports, read on all cores of a machine or of a cluster."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from casus.cli.consoles import result_console
from casus.errors import SOME_FAILED, STOPPED, ArchiveError
from casus.settings import Settings
from casus.sources.columns import Columns

if TYPE_CHECKING:
    from casus.archive.engines import Engine
    from casus.archive.plan import GateKind, Plan
    from casus.archive.running import Account, Step
    from casus.archive.storage import Folder

archive_app = typer.Typer(
    help="Read, link and load archives of millions of reports, on one machine or on a cluster.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
_MOST_SHOWN = 5


class EngineKind(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    SPARK = "spark"


class GateChoice(StrEnum):
    """What decides which texts are worth parsing."""

    LINEAR = "linear"
    WORDS = "words"
    NONE = "none"


class ArchiveFormat(StrEnum):
    """How an account is written."""

    TEXT = "text"
    JSON = "json"


EngineOption = Annotated[
    EngineKind,
    typer.Option("--engine", help="local: processes of this machine; spark: Spark, here or on a cluster."),
]
MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master",
        metavar="URL",
        help="With --engine spark: where Spark runs, such as local[4], yarn, k8s://… or spark://host:7077.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", "-w", min=1, metavar="N", help="How many processes read; all cores if left out."
    ),
]
FormatOption = Annotated[
    ArchiveFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


@archive_app.command("read")
def archive_read(
    source: Annotated[
        str,
        typer.Argument(
            metavar="INPUT",
            help="A folder, a glob, a file or an object-store address of Parquet, JSON Lines or WARC files.",
        ),
    ],
    output: Annotated[
        str, typer.Argument(metavar="OUTPUT", help="The folder or address to write the archive's tables to.")
    ],
    *,
    engine: EngineOption = EngineKind.LOCAL,
    master: MasterOption = None,
    workers: WorkersOption = None,
    gate: Annotated[
        GateChoice,
        typer.Option(
            "--gate",
            help="What is worth parsing: linear asks a model over words; "
            "words asks the signs of violence that casus read looks for; none keeps every report.",
        ),
    ] = GateChoice.LINEAR,
    gate_threshold: Annotated[
        float | None,
        typer.Option(
            "--gate-threshold",
            metavar="SCORE",
            help="The least score that the linear gate lets in: a higher one is faster and loses more.",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="FIELD=COLUMN,…",
            help="Which columns or keys hold text, title, published, publisher, url and id.",
        ),
    ] = None,
    most_seconds: Annotated[
        int,
        typer.Option(
            "--most-seconds",
            min=1,
            metavar="S",
            help="Set a report aside that takes more of the processor's time.",
        ),
    ] = 300,
    output_format: FormatOption = ArchiveFormat.TEXT,
    quiet: QuietOption = False,
) -> None:
    """Read an archive of reports into tables: reports, claims and reported events, by month.

    A run that was stopped goes on when the same command is given again.
    A report that can't be read is set aside with its error. Copies of one
    wire story are read once.

    [bold]Examples[/bold]

    casus archive read news/ archive/

    casus archive read "news/2021-*.jsonl.gz" archive/ --workers 8 --columns text=body,published=date

    casus archive read s3://crawl/CC-NEWS/2021/ s3://results/2021 --engine spark --master yarn
    """
    needed()
    # Loaded here: tables and engines take longer to load than most commands to run.
    from casus.archive.plan import output_of, plan_of  # noqa: PLC0415
    from casus.archive.running import read_archive  # noqa: PLC0415
    from casus.intake.readers import reader_name  # noqa: PLC0415

    if gate_threshold is not None and gate is not GateChoice.LINEAR:
        raise typer.BadParameter("it is the linear gate's: leave --gate out", param_hint="--gate-threshold")
    settings = Settings.from_environment(os.environ)
    kind, gate_name = _gate(gate)
    plan = plan_of(
        settings,
        source,
        reader_name(settings),
        gate=kind,
        gate_name=gate_name,
        gate_threshold=gate_threshold,
        columns=dict(Columns.parse(columns).of_field) if columns else {},
        most_seconds=most_seconds,
    )
    _require_gazetteer(plan)
    folder = output_of(output)
    with ArchiveProgress(is_shown=not quiet) as progress, stoppable():
        account = read_archive(folder, plan, lambda: _engine(engine, master, workers), progress.tell)
    if output_format is ArchiveFormat.JSON:
        sys.stdout.write(
            json.dumps({"archive": output, **account.record()}, indent=2, ensure_ascii=False) + "\n"
        )
    elif not quiet:
        _print(account, output)
    if account.damaged or account.counts["failed"] or account.counts["set_aside"]:
        raise typer.Exit(SOME_FAILED)


@archive_app.command("show")
def archive_show(
    archive: Annotated[
        str, typer.Argument(metavar="ARCHIVE", help="An archive that casus archive read made.")
    ],
    *,
    failures: Annotated[
        bool, typer.Option("--failures", help="List what could not be a report, and why, by kind.")
    ] = False,
    output_format: FormatOption = ArchiveFormat.TEXT,
) -> None:
    """Show the account of an archive: what came in, what became of it, and what made it.

    [bold]Examples[/bold]

    casus archive show archive/

    casus archive show archive/ --failures
    """
    needed()
    from casus.archive.plan import finished, output_of  # noqa: PLC0415
    from casus.archive.running import kept_account  # noqa: PLC0415

    folder = output_of(archive)
    about = finished(folder)
    if failures:
        _print_failures(folder, output_format)
        return
    if output_format is ArchiveFormat.JSON:
        sys.stdout.write(json.dumps(about, indent=2, ensure_ascii=False) + "\n")
        return
    _print(kept_account(folder), archive)
    plan = about["plan"]
    sys.stdout.write(
        f"Read from {plan['source']} by {plan['reader']}, gate {plan['gate_name'] or plan['gate']}, "
        f"Casus {plan['casus']}, completed {about['completed_at']}\n"
    )


def _print_failures(folder: Folder, output_format: ArchiveFormat) -> None:
    by_kind: dict[str, list[str]] = {}
    for name in folder.names("failures", ".parquet"):
        for row in folder.read_table(name, ["error", "message"]).to_pylist():
            by_kind.setdefault(row["error"], []).append(row["message"])
    ranked = sorted(by_kind.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    if output_format is ArchiveFormat.JSON:
        listed = [{"error": kind, "count": len(told), "messages": told} for kind, told in ranked]
        sys.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False) + "\n")
        return
    for kind, told in ranked:
        sys.stdout.write(f"{len(told):,} × {kind}\n")
        sys.stdout.writelines(f"    {message}\n" for message in told[:_MOST_SHOWN])
        if len(told) > _MOST_SHOWN:
            sys.stdout.write(f"    and {len(told) - _MOST_SHOWN:,} more, in the table failures\n")
    if not ranked:
        sys.stdout.write("Nothing failed.\n")


def needed(*more: str) -> None:
    """Raises `ArchiveError` where a package that archives need, or one of some more, is not installed."""
    for name in ("duckdb", "fsspec", "pyarrow", *more):
        if find_spec(name) is None:
            raise ArchiveError(f"archives need {name}, which is not installed: install casus-events[archive]")


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C ends a command with a word on how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        sys.stderr.write("Stopped: run the same command again to go on.\n")
        raise typer.Exit(STOPPED) from None


class ArchiveProgress:
    """How far each stage of a run is, on standard error; silent without a terminal there."""

    def __init__(self, *, is_shown: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.description:22}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not (is_shown and sys.stderr.isatty()),
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, step: Step) -> None:
        """Show a step."""
        if step.stage not in self._tasks:
            self._tasks[step.stage] = self._progress.add_task(step.stage, total=step.of, told="")
        told = f"{step.documents:,} documents" if step.documents else ""
        self._progress.update(self._tasks[step.stage], completed=step.done, total=step.of, told=told)


def _gate(choice: GateChoice) -> tuple[GateKind, str]:
    from casus.archive.plan import GateKind  # noqa: PLC0415

    kind = GateKind(choice.value)
    if kind is not GateKind.LINEAR:
        return kind, choice.value
    from casus.archive.gate import load_gate  # noqa: PLC0415

    return kind, load_gate().name


def _require_gazetteer(plan: Plan) -> None:
    """Say at once, and not in each worker, that there is no gazetteer."""
    from pathlib import Path  # noqa: PLC0415

    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(Path(plan.gazetteer) if plan.gazetteer else None):
        pass


def _engine(kind: EngineKind, master: str | None, workers: int | None) -> AbstractContextManager[Engine]:
    if kind is EngineKind.SPARK:
        from casus.archive.spark_engine import SparkEngine  # noqa: PLC0415

        return SparkEngine(master, workers)
    from casus.archive.local_engine import LocalEngine  # noqa: PLC0415

    if master is not None:
        raise typer.BadParameter("it is Spark's: add --engine spark", param_hint="--master")
    return LocalEngine(workers or len(os.sched_getaffinity(0)))


def _print(account: Account, output: str) -> None:
    counts = account.counts
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    rows: list[tuple[int, str]] = [
        (account.files, "input files"),
        (counts["documents"], "documents in them"),
        (counts["failed"], "that can't be a report (the table failures says why)"),
        (counts["not_violent"], "that the gate holds back"),
        (counts["repeats"], "met before, word for word"),
        (counts["copies"], "copies of a report that is read"),
        (counts["set_aside"], "set aside, their reading failed"),
        (counts["read"], "reports read"),
        (counts["events"], "reported events"),
        (counts["claims"], "claims"),
        (counts["agreements"], "agreements"),
        (counts["statistics"], "statistics"),
    ]
    for count, words in rows:
        table.add_row(f"{count:,}", words)
    console = result_console(sys.stdout)
    console.print(table)
    for file, damage in account.damaged[:_MOST_SHOWN]:
        console.print(
            f"Damaged: {damage if file in damage else f'{file}: {damage}'}", soft_wrap=True, markup=False
        )
    if len(account.damaged) > _MOST_SHOWN:
        console.print(f"and {len(account.damaged) - _MOST_SHOWN} more damaged files, see files.parquet")
    word = "was complete already" if account.was_complete else "is complete"
    console.print(f"The archive {output} {word}.", soft_wrap=True, markup=False)
