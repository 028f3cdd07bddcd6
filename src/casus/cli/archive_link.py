"""`casus archive link`: the reported events of archives, linked to events by the casebook's rules."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from casus.cli.archive import (
    ArchiveFormat,
    ArchiveProgress,
    EngineKind,
    EngineOption,
    FormatOption,
    MasterOption,
    QuietOption,
    needed,
    stoppable,
)
from casus.cli.consoles import result_console

if TYPE_CHECKING:
    from casus.archive.linking.running import LinkAccount, Started

ArchivesArgument = Annotated[
    list[str],
    typer.Argument(metavar="ARCHIVE…", help="Archives that casus archive read made; all are taken together."),
]


def archive_link(
    archives: ArchivesArgument,
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Where to write the links; for one archive, links within it if left out.",
        ),
    ] = None,
    engine: EngineOption = EngineKind.LOCAL,
    master: MasterOption = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-w", min=1, metavar="N", help="How many cores work; all if left out."),
    ] = None,
    memory: Annotated[
        str,
        typer.Option(
            "--memory",
            metavar="SIZE",
            help="With --engine local: what the tables may take, as 500MB or 4GB; the rest goes to disk.",
        ),
    ] = "1GB",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace links of another state of the archives.")
    ] = False,
    output_format: FormatOption = ArchiveFormat.TEXT,
    quiet: QuietOption = False,
) -> None:
    """Link the reported events of archives to events, by the rules of casus link.

    Writes the tables links, pairs and events. Links that are there for the
    same archives are left as they are. docs/archive-linking.md says which
    pairs are compared, and how many.

    [bold]Examples[/bold]

    casus archive link archive/

    casus archive link 2020/ 2021/ --output links/ --memory 8GB

    casus archive link s3://results/2021 --engine spark --master yarn
    """
    needed("splink")
    # Loaded here: tables and engines take longer to load than most commands to run.
    from casus.archive.linking.running import FOLDER, link_archives  # noqa: PLC0415
    from casus.archive.storage import folder_of  # noqa: PLC0415

    if output is None and len(archives) > 1:
        raise typer.BadParameter("several archives are linked: name a folder for it", param_hint="--output")
    target = output if output is not None else f"{archives[0].rstrip('/')}/{FOLDER}"
    start = _starting(engine, master, workers, memory)
    with ArchiveProgress(is_shown=not quiet) as progress, stoppable():
        account = link_archives(
            [folder_of(archive) for archive in archives],
            folder_of(target),
            start,
            progress.tell,
            overwrite=overwrite,
        )
    if output_format is ArchiveFormat.JSON:
        record = {"archives": archives, "links": target, **account.record()}
        sys.stdout.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    elif not quiet:
        _print(account, target)


def _starting(kind: EngineKind, master: str | None, workers: int | None, memory: str) -> Started:
    if kind is EngineKind.SPARK:
        from casus.archive.linking.spark import spark_engine  # noqa: PLC0415

        return lambda work: spark_engine(work, master, workers)
    from casus.archive.linking.local import local_engine  # noqa: PLC0415

    if master is not None:
        raise typer.BadParameter("it is Spark's: add --engine spark", param_hint="--master")
    processes = workers or len(os.sched_getaffinity(0))
    return lambda work: local_engine(work, processes, memory)


def _print(account: LinkAccount, target: str) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    rows = [
        (account.accounts, f"reported events in {account.reports:,} reports"),
        (account.pairs, "pairs of them compared"),
        (account.kept, "pairs that speak for one event"),
        (account.parts, f"groups that these tie together, {account.largest_part:,} accounts the largest"),
        (account.events, "events"),
        (account.events_of_several, "of them told by several accounts"),
    ]
    for count, words in rows:
        table.add_row(f"{count:,}", words)
    if account.taken_apart:
        table.add_row(f"{account.taken_apart:,}", "groups too large to be clustered whole, taken apart first")
    console = result_console(sys.stdout)
    console.print(table)
    word = "were complete already" if account.was_complete else "are complete"
    console.print(f"The links {target} {word}.", soft_wrap=True, markup=False)
