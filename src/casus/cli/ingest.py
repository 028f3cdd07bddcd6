"""`casus ingest`: reports from anywhere into a casebook."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.casebook_options import CasebookOption, open_casebook
from casus.cli.consoles import IngestProgress
from casus.errors import STOPPED
from casus.intake.readers import ReaderPool, reader_name
from casus.settings import Settings
from casus.sources import Columns, Form, Loading, Past, gather

if TYPE_CHECKING:
    from casus.casebook.book import Casebook
    from casus.intake.ingestion import Account, Ingestion


class AccountFormat(StrEnum):
    """How the account is written."""

    TEXT = "text"
    JSON = "json"


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files (text, HTML, JSON, JSON Lines, CSV, Parquet, WARC), folders of them, addresses of "
            "pages, of RSS and of Atom feeds, or - for standard input.",
        ),
    ],
    *,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="FIELD=COLUMN,…",
            help="Which columns or keys hold text, title, published, publisher, url and id.",
        ),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Keep watching the feeds until Ctrl-C.")] = False,
    every: Annotated[
        int, typer.Option("--every", min=1, metavar="MINUTES", help="With --follow: how often to look.")
    ] = 15,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from addresses within private networks, too."),
    ] = False,
    no_link: Annotated[
        bool, typer.Option("--no-link", help="Don't link now: casus link does it later.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="Stop after N new reports.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, metavar="N", help="Read on N processor cores.")
    ] = None,
    output_format: Annotated[
        AccountFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
    ] = AccountFormat.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    casebook: CasebookOption = None,
) -> None:
    """Read reports into a casebook, and link what they tell to its events.

    Reports that the casebook has are passed over, so a run may be stopped at any time and
    started again. At the end an account says what came in and what did not, and why.

    [bold]Examples[/bold]

    casus ingest reports/ more.jsonl --casebook sqlite:///violence.db

    casus ingest news.parquet --columns text=body,published=date --processes 4

    casus ingest https://example.org/feed.xml --follow --every 30

    casus ingest CC-NEWS-20240101.warc.gz --limit 1000
    """
    # Loaded here: the database and the web take longer to load than most commands to run.
    from casus.intake.ingestion import Ingestion  # noqa: PLC0415
    from casus.sources.fetching import Fetcher  # noqa: PLC0415

    if follow and not any(map(_is_address, sources)):
        raise typer.BadParameter("there is no address to watch among the sources", param_hint="--follow")
    settings = Settings.from_environment(os.environ)
    settings = replace(settings, processes=processes or settings.processes)
    form = Form(settings.max_report_chars, Columns.parse(columns) if columns else Columns())
    stdin = sys.stdin.buffer if "-" in sources else None
    reader = reader_name(settings)
    with (
        open_casebook(casebook, is_new_allowed=True) as book,
        ReaderPool(settings) as pool,
        Fetcher(is_private_allowed=allow_private) as fetcher,
    ):
        loading = Loading(form, stdin=stdin, past=Past(book.kept, reader), fetcher=fetcher)
        lot_size = settings.batch_size * (1 if settings.processes == 1 else 2 * settings.processes)
        is_shown = not quiet
        with IngestProgress(is_shown=is_shown) as progress:
            ingestion = Ingestion(book, pool.read, reader, not no_link, lot_size, limit, progress.tell)
            is_stopped = False
            try:
                _run(ingestion, sources, loading, progress, every_minutes=every if follow else None)
            except KeyboardInterrupt:
                is_stopped = True
            finally:
                progress.stop()
                _tell(ingestion.account, book, output_format, is_quiet=quiet, is_stopped=is_stopped)
    if code := STOPPED if is_stopped else ingestion.account.exit_code:
        raise typer.Exit(code)


def _run(
    ingestion: Ingestion,
    sources: list[str],
    loading: Loading,
    progress: IngestProgress,
    *,
    every_minutes: int | None,
) -> None:
    """Take in all sources once, then the addresses among them again and again where that is wanted."""
    ingestion.take(gather(sources, loading))
    if every_minutes is None:
        return
    watched = [source for source in sources if _is_address(source)]
    while not ingestion.is_full:
        again_at = datetime.now().astimezone() + timedelta(minutes=every_minutes)
        progress.wait(f"looking again at {again_at:%H:%M}")
        _wait(every_minutes * 60)
        ingestion.take(gather(watched, loading))


def _is_address(source: str) -> bool:
    return "://" in source


def _wait(seconds: float) -> None:
    time.sleep(seconds)


def _tell(
    account: Account, book: Casebook, output_format: AccountFormat, *, is_quiet: bool, is_stopped: bool
) -> None:
    if output_format is AccountFormat.JSON:
        record = {"casebook": book.store.shown_url, "stopped": is_stopped, **account.record()}
        sys.stdout.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
        return
    lines = list(account.lines())
    if is_stopped:
        lines.append("Stopped: run the same command again to go on.")
    stream = sys.stderr if is_quiet else sys.stdout
    for line in lines[1:] if is_quiet else lines:
        stream.write(line + "\n")
