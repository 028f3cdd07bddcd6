"""`casus archive load`: reports of archives into a casebook, those that tell of certain events or all."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.archive import ArchiveFormat, ArchiveProgress, FormatOption, QuietOption, needed
from casus.cli.archive_link import ArchivesArgument
from casus.cli.casebook_options import (
    ActorOption,
    CasebookOption,
    CountryOption,
    PlaceOption,
    SinceOption,
    TypeOption,
    UntilOption,
    open_casebook,
)
from casus.errors import STOPPED
from casus.intake.readers import ReaderPool
from casus.settings import Settings
from casus.sources import parse_day

if TYPE_CHECKING:
    from casus.archive.loading import Shelf
    from casus.archive.selecting import Selection, Wanted
    from casus.archive.storage import Folder
    from casus.casebook.book import Casebook
    from casus.intake.ingestion import Account

_WHICH = "Which events"


def archive_load(
    archives: ArchivesArgument,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="All reports of the archives.", rich_help_panel=_WHICH)
    ] = False,
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            metavar="ID",
            help="This linked event, by its id or an account's; again for more.",
            rich_help_panel=_WHICH,
        ),
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    place: PlaceOption = None,
    perpetrator: Annotated[
        str | None,
        typer.Option("--perpetrator", metavar="NAME", help="By this perpetrator.", rich_help_panel=_WHICH),
    ] = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    least_killed: Annotated[
        int | None,
        typer.Option(
            "--least-killed",
            min=1,
            metavar="N",
            help="In which N or more were killed, by the highest figure told.",
            rich_help_panel=_WHICH,
        ),
    ] = None,
    links: Annotated[
        str | None,
        typer.Option(
            "--links",
            metavar="FOLDER",
            help="What casus archive link wrote; for one archive, links within it if left out.",
        ),
    ] = None,
    no_copies: Annotated[
        bool, typer.Option("--no-copies", help="Leave out copies that the archive did not read.")
    ] = False,
    no_link: Annotated[
        bool, typer.Option("--no-link", help="Don't link in the casebook now: casus link does it later.")
    ] = False,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, metavar="N", help="Read copies on N cores.")
    ] = None,
    output_format: FormatOption = ArchiveFormat.TEXT,
    quiet: QuietOption = False,
    casebook: CasebookOption = None,
) -> None:
    """Load reports of archives, as they were read, into a casebook.

    Where one account of a linked event meets the filter, all reports of the
    event come. Reports that the casebook has are passed over, so a run may be
    stopped and started again. Copies are read now, so that the casebook
    counts them as copies.

    [bold]Examples[/bold]

    casus archive load archive/ --country YE --since 2021-01-01 --casebook sqlite:///yemen.db

    casus archive load archive/ --event 3f9a1c22b0d4.1

    casus archive load 2020/ 2021/ --links links/ --least-killed 25

    casus archive load archive/ --all --no-copies
    """
    needed()
    # Loaded here: tables and the database take longer to load than most commands to run.
    from casus.archive.loading import Shelf  # noqa: PLC0415
    from casus.archive.plan import finished  # noqa: PLC0415
    from casus.archive.selecting import Wanted, select  # noqa: PLC0415
    from casus.archive.storage import folder_of  # noqa: PLC0415

    wanted = Wanted(
        ids=tuple(event or ()),
        since=parse_day(since, "--since") if since else None,
        until=parse_day(until, "--until") if until else None,
        country=country,
        event_type=event_type,
        perpetrator=perpetrator,
        actor=actor,
        place=place,
        least_killed=least_killed,
    )
    _require_choice(wanted, is_all=every)
    folders = [folder_of(archive) for archive in archives]
    for folder in folders:
        finished(folder)
    selection = select(folders, _links(folders, links), wanted, with_copies=not no_copies)
    settings = Settings.from_environment(os.environ)
    settings = replace(settings, processes=processes or settings.processes)
    with open_casebook(casebook, is_new_allowed=True) as book, ReaderPool(settings) as pool:
        shelf = Shelf(folders, selection, pool.read, with_copies=not no_copies)
        account, is_stopped = _loaded(shelf, book, links=not no_link, is_shown=not quiet)
        _tell(account, shelf, book, output_format, is_quiet=quiet, is_stopped=is_stopped)
    if code := STOPPED if is_stopped else account.exit_code:
        raise typer.Exit(code)


def _require_choice(wanted: Wanted, *, is_all: bool) -> None:
    if wanted.is_all and not is_all:
        raise typer.BadParameter("say which events, as by --country or --since, or give --all")
    if is_all and not wanted.is_all:
        raise typer.BadParameter("it leaves no choice: give it, or say which events", param_hint="--all")


def _links(archives: list[Folder], given: str | None) -> Folder | None:
    """The links that are named, else those within a single archive, else none."""
    from casus.archive.linking.running import ABOUT, FOLDER  # noqa: PLC0415
    from casus.archive.storage import folder_of  # noqa: PLC0415

    if given is not None:
        return folder_of(given)
    if len(archives) == 1 and archives[0].exists(f"{FOLDER}/{ABOUT}"):
        return folder_of(archives[0].url(FOLDER))
    return None


def _loaded(shelf: Shelf, book: Casebook, *, links: bool, is_shown: bool) -> tuple[Account, bool]:
    """The account of loading, and whether Ctrl-C ended it."""
    from casus.archive.loading import loading  # noqa: PLC0415
    from casus.archive.running import Step  # noqa: PLC0415

    count = shelf.count()
    ingestion = loading(shelf, book, links=links)
    with ArchiveProgress(is_shown=is_shown) as progress:
        ingestion.tell = lambda account, read: progress.tell(
            Step("loading", account.ingested.seen + read, count, account.ingested.seen + read)
        )
        try:
            for lot in shelf.lots():
                ingestion.take(lot)
        except KeyboardInterrupt:
            return ingestion.account, True
    return ingestion.account, False


def _tell(
    account: Account,
    shelf: Shelf,
    book: Casebook,
    output_format: ArchiveFormat,
    *,
    is_quiet: bool,
    is_stopped: bool,
) -> None:
    selection = shelf.selection
    if output_format is ArchiveFormat.JSON:
        record = {
            "casebook": book.store.shown_url,
            "stopped": is_stopped,
            "events": selection.events,
            "linked": selection.is_linked,
            "copies": shelf.copies,
            **account.record(),
        }
        sys.stdout.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
        return
    if is_quiet:
        return
    for line in (*_about(selection), *account.lines()):
        sys.stdout.write(line + "\n")
    if shelf.copies:
        sys.stdout.write(f"{shelf.copies} of them are copies that the archive had not read\n")
    if is_stopped:
        sys.stdout.write("Stopped: run the same command again to go on.\n")


def _about(selection: Selection) -> list[str]:
    if selection.events is None:
        return []
    if selection.is_linked:
        return [f"{selection.events} linked events meet the filter"]
    told = f"{selection.events} reported events meet the filter; the archive is not linked"
    return [f"{told}, so only their own reports come (casus archive link finds the others)"]
