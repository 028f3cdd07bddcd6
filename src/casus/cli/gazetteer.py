"""`casus gazetteer`: build the list of places, describe it, look a name up."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from casus.cli.consoles import notice_console, result_console
from casus.settings import Settings

gazetteer_app = typer.Typer(
    help="Build, describe and search the list of places that readings are resolved with.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
_MOST_SHOWN = 20


@gazetteer_app.command("build")
def build(
    if_missing: Annotated[bool, typer.Option("--if-missing", help="Do nothing where there is one.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")] = False,
) -> None:
    """Build the gazetteer from the installed GeoNames packages; takes about half a minute.

    It is kept where CASUS_GAZETTEER says, else in the user's data folder.

    [bold]Examples[/bold]

    casus gazetteer build

    casus gazetteer build --if-missing --quiet
    """
    from casus.resolving import gazetteer_build  # noqa: PLC0415 - only this command needs it

    path = Settings.from_environment(os.environ).gazetteer_path
    is_silent = quiet or not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), transient=True, disable=is_silent) as progress:
        task = progress.add_task("building the gazetteer", total=1.0)

        def show(doing: str, share: float) -> None:
            progress.update(task, description=doing, completed=share)

        if if_missing:
            with gazetteer_build.ensure_gazetteer(show, path) as gazetteer:
                built = gazetteer.path
        else:
            built = gazetteer_build.build(path, show)
    if not quiet:
        notice_console().print(f"gazetteer: {built}")


@gazetteer_app.command("info")
def info() -> None:
    """Say where the gazetteer is, what it holds, and where its data come from.

    [bold]Example[/bold]

    casus gazetteer info
    """
    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(Settings.from_environment(os.environ).gazetteer_path) as gazetteer:
        about = gazetteer.info()
    table = Table.grid(padding=(0, 2))
    table.add_row("file", str(about.path))
    table.add_row("size", f"{about.size_bytes / 1e6:.1f} MB")
    table.add_row("made from", about.sources)
    table.add_row("attribution", about.attribution)
    for kind, count in about.counts:
        table.add_row(kind, f"{count:,}")
    result_console(sys.stdout).print(table, soft_wrap=True)


@gazetteer_app.command("find")
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name, in any spelling.")],
) -> None:
    """Show the places that a name can mean, the likeliest first.

    [bold]Examples[/bold]

    casus gazetteer find Juba

    casus gazetteer find "Cox's Bazar"
    """
    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415

    with Gazetteer.open(Settings.from_environment(os.environ).gazetteer_path) as gazetteer:
        matches = gazetteer.lookup(name) or gazetteer.alike(name)
        if not matches:
            notice_console().print(f"no place named {name}")
            raise typer.Exit(1)
        table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
        for heading in ("place", "kind", "in", "country", "people", "point", "GeoNames"):
            table.add_column(heading)
        for match in matches[:_MOST_SHOWN]:
            entry = match.entry
            units = [gazetteer.entry(entry_id) for entry_id in (entry.adm2_id, entry.adm1_id)]
            inside = [unit.name for unit in units if unit is not None and unit.id != entry.id]
            point = "" if entry.latitude is None else f"{entry.latitude:.3f}, {entry.longitude:.3f}"
            table.add_row(
                entry.name,
                entry.kind.name.lower(),
                ", ".join(inside),
                entry.country_code or "",
                f"{entry.population:,}" if entry.population else "",
                point,
                str(entry.geonames_id or ""),
            )
    result_console(sys.stdout).print(table)
    if len(matches) > _MOST_SHOWN:
        notice_console().print(f"and {len(matches) - _MOST_SHOWN} more")
