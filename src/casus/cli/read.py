"""`casus read`: reports in, records out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from casus.cli.consoles import Counter, notice_console, result_stream
from casus.cli.intake import Intake
from casus.cli.writing import OutputFormat, Sourced, write_readings
from casus.intake.readers import read_with
from casus.settings import Settings
from casus.sources import Metadata, load, parse_day


def read(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (text, HTML, JSON, JSON Lines, CSV, Parquet, WARC), folders of them, addresses, "
            "or - for standard input.",
        ),
    ],
    *,
    output_format: Annotated[
        OutputFormat,
        typer.Option("--format", "-f", help="text for people, json for one record, jsonl for many."),
    ] = OutputFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the terminal.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="YYYY-MM-DD", help="When the report was published; dates follow from it."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The report's title.")] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Who published the report.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="The report's address.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show for each value the words and the rule that gave it.")
    ] = False,
    actors: Annotated[
        Path | None,
        typer.Option("--actors", metavar="FILE", help="Actors of your own, laid over the built-in ones."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, metavar="N", help="Read on N processor cores.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only results and errors.")] = False,
) -> None:
    """Read reports: what happened, where, when, by whom, to whom, how many, and who says so.

    What an option says goes before what the file says. Without a publication date
    weekdays stay unresolved; Casus never takes today's date instead.

    [bold]Examples[/bold]

    casus read report.txt --published 2020-09-23

    casus read page.html --explain

    casus read report.txt --actors my-actors.tsv

    casus read reports/ --format jsonl --output readings.jsonl

    curl -s https://example.org/article | casus read - --format json
    """
    _require_one_report(paths, title, url)
    settings = Settings.from_environment(os.environ)
    settings = replace(
        settings, processes=processes or settings.processes, actors_path=actors or settings.actors_path
    )
    overrides = Metadata(title, publisher, parse_day(published, "--published") if published else None, url)
    stdin = sys.stdin.buffer if "-" in paths else None
    found = load(paths, overrides=overrides, max_chars=settings.max_report_chars, stdin=stdin)
    intake = Intake(found)
    is_counted = not quiet and (output is not None or not sys.stdout.isatty())
    with result_stream(output) as stream, Counter(is_shown=is_counted) as counter:
        write_readings(_readings(intake, settings, counter), output_format, stream, explains=explain)
    _close(intake, is_quiet=quiet)


def _require_one_report(paths: list[str], title: str | None, url: str | None) -> None:
    is_one = len(paths) == 1 and not Path(paths[0]).is_dir()
    if not is_one and (title or url):
        option = "--title" if title else "--url"
        message = "it describes one report, and several were given: name one file, or leave it out"
        raise typer.BadParameter(message, param_hint=option)


def _readings(intake: Intake, settings: Settings, counter: Counter) -> Iterator[Sourced]:
    for reading in read_with(settings, intake.reports()):
        counter.advance()
        yield intake.next_origin(), reading


def _close(intake: Intake, *, is_quiet: bool) -> None:
    notices = notice_console()
    for line in intake.failure_lines():
        notices.print(line, markup=False)
    total = intake.read_count + len(intake.failures)
    if total > 1 and not is_quiet:
        notices.print(f"{total} reports: {intake.read_count} read, {len(intake.failures)} failed")
    if code := intake.exit_code():
        raise typer.Exit(code)
