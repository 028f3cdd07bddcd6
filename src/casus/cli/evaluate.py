"""`casus evaluate`: how near readings, and who phrases mean, come to what people made of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from casus.cli.consoles import Counter, notice_console
from casus.cli.evaluate_toponyms import toponyms
from casus.errors import BadRecord
from casus.evaluation import (
    CodedReport,
    Comparison,
    Fault,
    read_cases,
    read_folder,
    report_line,
    score_cases,
    score_lines,
    table_lines,
)
from casus.intake.readers import read_with
from casus.output import GoldRecord, gold_record
from casus.resolving.actor_lists import read_text
from casus.resolving.actors import ActorRegistry
from casus.settings import Settings

evaluate_app = typer.Typer(
    help="Compare what is read with what people marked or recorded of the same texts.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@evaluate_app.callback()
def root() -> None:
    """Compare what is read with what people marked or recorded of the same texts."""


evaluate_app.command("toponyms")(toponyms)


@evaluate_app.command("gold")
def gold(
    directory: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A folder with a NAME.json, coded by hand, for each NAME.txt."),
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions", metavar="OUT", help="Write each reading to this folder, coded likewise."
        ),
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="A line a report, before the table.")] = False,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, metavar="N", help="Read on N processor cores.")
    ] = None,
) -> None:
    """Read every report of a hand-coded folder and print how well it was read.

    The records follow docs/coding-rules.md. Each must be right before anything is read;
    every fault is listed with its file and field.

    [bold]Examples[/bold]

    casus evaluate gold my-coded-reports/ --each

    casus evaluate gold my-coded-reports/ --predictions readings/
    """
    coded_reports = _checked(directory)
    settings = Settings.from_environment(os.environ)
    settings = replace(settings, processes=processes or settings.processes)
    comparison = Comparison()
    with Counter(is_shown=not each) as counter:
        for coded, found in _predictions(coded_reports, settings):
            tally = comparison.add(coded.record, found)
            counter.advance()
            if predictions is not None:
                _write(predictions / coded.name, found)
            if each:
                sys.stdout.write(report_line(Path(coded.name).stem, tally) + "\n")
    sys.stdout.write("\n".join(table_lines(comparison)) + "\n")


@evaluate_app.command("actors")
def actors(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table of cases (docs/actors.md).")],
    *,
    each: Annotated[bool, typer.Option("--each", help="Print what came out wrong, after the table.")] = False,
    own: Annotated[
        Path | None,
        typer.Option("--actors", metavar="FILE", help="Actors of your own, laid over the built-in ones."),
    ] = None,
) -> None:
    """Say for a table of phrases how many actors were told right, field by field.

    [bold]Examples[/bold]

    casus evaluate actors benchmarks/actors.tsv

    casus evaluate actors my-cases.tsv --each
    """
    cases = read_cases(read_text(file), str(file))
    own = own or Settings.from_environment(os.environ).actors_path
    score = score_cases(cases, ActorRegistry.load(own))
    sys.stdout.write("\n".join(score_lines(score)) + "\n")
    for miss in score.misses if each else ():
        case = miss.case
        expected = case.expected[miss.field]
        sys.stdout.write(
            f"line {case.line}: {case.phrase}: {miss.field} is {miss.found}, expected {expected}\n"
        )


def _checked(directory: Path) -> list[CodedReport]:
    """The reports of the folder; raises `BadRecord` after listing the faults, if there are any."""
    coded_reports: list[CodedReport] = []
    faults: list[Fault] = []
    for item in read_folder(directory):
        if isinstance(item, Fault):
            faults.append(item)
        else:
            coded_reports.append(item)
    notices = notice_console()
    for fault in faults:
        notices.print(f"{directory / fault.file}: {fault.field}: {fault.message}", markup=False)
    if faults:
        files = len({fault.file for fault in faults})
        raise BadRecord(f"{len(faults)} faults in {files} records of {directory}: correct them and run again")
    return coded_reports


def _predictions(
    coded_reports: list[CodedReport], settings: Settings
) -> Iterator[tuple[CodedReport, GoldRecord]]:
    readings = read_with(settings, (coded.report for coded in coded_reports))
    for coded, reading in zip(coded_reports, readings, strict=True):
        yield coded, gold_record(reading, coded.record.report.file)


def _write(path: Path, record: GoldRecord) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.to_json(), encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(
            f"can't write {path}: {error.strerror}", param_hint="--predictions"
        ) from error
