"""The command line: each command calls one function of the layers below and prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from casus import __version__
from casus.cli import casebook_export, casebook_lookup, casebook_review
from casus.cli.actors import actors_app
from casus.cli.agreements import agreements_app
from casus.cli.archive import archive_app
from casus.cli.archive_link import archive_link
from casus.cli.archive_load import archive_load
from casus.cli.check import check
from casus.cli.estimate import estimate
from casus.cli.evaluate import evaluate_app
from casus.cli.evaluate_dates import dates
from casus.cli.evaluate_links import links
from casus.cli.gazetteer import gazetteer_app
from casus.cli.ingest import ingest
from casus.cli.map import event_map
from casus.cli.patterns import patterns_app
from casus.cli.people import people_app
from casus.cli.read import read
from casus.cli.report import report
from casus.cli.schema import schema
from casus.cli.serve import serve
from casus.cli.trend import trend
from casus.errors import CasusError

app = typer.Typer(
    name="casus",
    help="Read reports of political violence and keep the record of them.",
    epilog="Exit codes: 0 done, 2 wrong use, 3 to 24 an error (docs/output.md), 20 some reports failed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(read)
app.command()(schema)
evaluate_app.command("dates")(dates)
evaluate_app.command("links")(links)
archive_app.command("link")(archive_link)
archive_app.command("load")(archive_load)
for command in (
    serve,
    ingest,
    casebook_lookup.events,
    casebook_lookup.show,
    casebook_lookup.link,
    casebook_review.review,
    casebook_review.merge,
    casebook_review.split,
    casebook_lookup.history,
    casebook_export.export,
    casebook_export.compare,
    casebook_review.rebuild,
):
    app.command(rich_help_panel="Casebook")(command)
for answer in (trend, check, estimate, report):
    app.command(rich_help_panel="Answers")(answer)
app.command("map", rich_help_panel="Answers")(event_map)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(gazetteer_app, name="gazetteer")
app.add_typer(actors_app, name="actors")
app.add_typer(agreements_app, name="agreements", rich_help_panel="Casebook")
app.add_typer(archive_app, name="archive", rich_help_panel="Archives")
app.add_typer(patterns_app, name="patterns", rich_help_panel="Answers")
app.add_typer(people_app, name="people", rich_help_panel="Workbench")


def _show_version(is_asked: bool) -> None:
    if is_asked:
        sys.stdout.write(f"casus {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Read reports of political violence and keep the record of them."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends with `SystemExit`, whose code the README explains."""
    _speak_utf8()
    try:
        app(args=None if arguments is None else list(arguments), prog_name="casus")
    except CasusError as error:
        sys.stderr.write(f"casus: {error}\n")
        sys.exit(error.exit_code)


def _speak_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the locale; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
