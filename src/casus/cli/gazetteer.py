"""`casus gazetteer`: build the list of places, describe it, look a name up."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from casus.cli.consoles import notice_console, result_console
from casus.errors import STOPPED
from casus.settings import Settings

if TYPE_CHECKING:
    from casus.resolving.gazetteer import InputAccount
    from casus.resolving.places.explaining import Explained

gazetteer_app = typer.Typer(
    help="Build, describe and search the list of places that readings are resolved with.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

_DUMPS = "FILE"


@gazetteer_app.command("build")
def build(
    *,
    geonames: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=_DUMPS,
            help="A dump of GeoNames with places (allCountries.zip, or a country's); again for more.",
        ),
    ] = None,
    alternate: Annotated[
        Path | None, typer.Option(metavar=_DUMPS, help="GeoNames' alternateNamesV2.zip.")
    ] = None,
    boundaries: Annotated[
        list[Path] | None,
        typer.Option(
            metavar=_DUMPS,
            help="Boundaries of units: GeoNames' shapes, or GeoJSON (geoBoundaries, GADM); again for more.",
        ),
    ] = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Do nothing where there is one that is up to date.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let the packages' data replace a gazetteer of dumps.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.")] = False,
) -> None:
    """Build the gazetteer from the installed GeoNames packages, or from GeoNames' own dumps.

    The first takes about half a minute. Dumps take longer; a build that was stopped goes
    on where it was. The gazetteer is kept where CASUS_GAZETTEER says, else in the user's
    data folder, and the old one stays until the new one is whole.

    [bold]Examples[/bold]

    casus gazetteer build

    casus gazetteer build --if-missing --quiet

    casus gazetteer build --geonames allCountries.zip --alternate alternateNamesV2.zip
    """
    path = Settings.from_environment(os.environ).gazetteer_path
    if geonames:
        _build_from_dumps(geonames, alternate, boundaries or [], path, if_missing=if_missing, quiet=quiet)
    elif alternate or boundaries:
        raise typer.BadParameter("name the dump of places too", param_hint="--geonames")
    else:
        _build_from_packages(path, if_missing=if_missing, replace=replace, quiet=quiet)


def _build_from_packages(path: Path | None, *, if_missing: bool, replace: bool, quiet: bool) -> None:
    from casus.resolving import gazetteer_build  # noqa: PLC0415 - only this command needs it

    with _progress(quiet=quiet) as show:
        if if_missing:
            with gazetteer_build.ensure_gazetteer(show, path) as gazetteer:
                built, advice = gazetteer.path, gazetteer_build.rebuild_advice(gazetteer)
        else:
            built, advice = gazetteer_build.build(path, show, replace=replace), None
    if advice:
        notice_console().print(f"casus: {advice}")
    if not quiet:
        notice_console().print(f"gazetteer: {built}")


def _build_from_dumps(
    places: list[Path],
    names: Path | None,
    boundaries: list[Path],
    path: Path | None,
    *,
    if_missing: bool,
    quiet: bool,
) -> None:
    from casus.resolving import gazetteer_build  # noqa: PLC0415

    dumps = gazetteer_build.Dumps(tuple(places), names, tuple(boundaries))
    if if_missing and gazetteer_build.is_built_from(dumps, path):
        return
    try:
        with _progress(quiet=quiet) as show:
            built = gazetteer_build.build_from_dumps(dumps, path, show)
    except KeyboardInterrupt:
        notice_console().print("casus: stopped; the same command goes on from here")
        raise typer.Exit(STOPPED) from None
    if not quiet:
        for account in built.inputs:
            for line in _account_lines(account):
                notice_console().print(line)
        notice_console().print(f"gazetteer: {built.path} ({built.path.stat().st_size / 1e6:.1f} MB)")


def _account_lines(account: InputAccount) -> Iterator[str]:
    """What became of the lines of a file."""
    yield (
        f"{account.name} of {account.modified_on}: {account.rows:,} lines, {account.filed:,} filed, "
        f"{account.left_out:,} left out for their kind, {account.skipped:,} skipped as malformed"
    )
    for skip in account.first_skips:
        yield f"  {skip}"
    if account.skipped > len(account.first_skips):
        yield f"  and {account.skipped - len(account.first_skips):,} more"


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error, none without a terminal there."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    is_silent = quiet or not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=is_silent) as progress:
        task = progress.add_task("building the gazetteer", total=1.0)

        def show(doing: str, share: float) -> None:
            progress.update(task, description=doing, completed=share)

        yield show


@gazetteer_app.command("info")
def info() -> None:
    """Say where the gazetteer is, what it holds, and where its data come from.

    [bold]Example[/bold]

    casus gazetteer info
    """
    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415
    from casus.resolving.gazetteer_build import rebuild_advice  # noqa: PLC0415

    with Gazetteer.open(Settings.from_environment(os.environ).gazetteer_path) as gazetteer:
        about, advice = gazetteer.info(), rebuild_advice(gazetteer)
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")  # paths and the command to build it again are told whole
    table.add_row("file", str(about.path))
    table.add_row("size", f"{about.size_bytes / 1e6:.1f} MB")
    table.add_row("made from", about.sources)
    table.add_row("made by", about.rebuild_command)
    table.add_row("attribution", about.attribution)
    for kind, count in about.counts:
        table.add_row(kind.replace("_", " "), f"{count:,}")
    for account in about.inputs:
        for number, line in enumerate(_account_lines(account)):
            table.add_row("input" if number == 0 else "", line)
    result_console(sys.stdout).print(table, soft_wrap=True)
    if advice:
        notice_console().print(f"casus: {advice}")


@gazetteer_app.command("find")
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name, in any spelling.")],
    country: Annotated[
        str | None, typer.Option("--country", metavar="CC", help="Where it should lie, as a two-letter code.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--in", metavar="UNIT", help="The province or district it should lie in.")
    ] = None,
    near: Annotated[
        str | None, typer.Option("--near", metavar="PLACE", help="A place that it should be near.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many to show.")] = 10,
) -> None:
    """Show the places that a name can mean, the likeliest first, and what speaks for each.

    The share is that of the weights a report without other clues would give; the options
    stand for what a report may tell besides. Places elsewhere fall behind; they stay.

    [bold]Examples[/bold]

    casus gazetteer find Juba

    casus gazetteer find "Cox's Bazar"

    casus gazetteer find Valencia --country VE --near Maracay
    """
    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415
    from casus.resolving.places.explaining import Explainer  # noqa: PLC0415

    with Gazetteer.open(Settings.from_environment(os.environ).gazetteer_path) as gazetteer:
        code = country.upper() if country else None
        found = Explainer(gazetteer).explain(name, country_code=code, unit=unit, near=near)
    if not found:
        notice_console().print(f"no place named {name}")
        raise typer.Exit(1)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    for explained in found[:most]:
        table.add_row(f"{explained.share:.2f}", _told(explained))
    result_console(sys.stdout).print(table)
    if len(found) > most:
        notice_console().print(f"and {len(found) - most} more; --most shows them")


def _told(explained: Explained) -> Text:
    """A candidate on two lines, folded to the width: what and where it is, and what speaks for it."""
    head = Text(explained.entry.name, style="bold")
    where = ", ".join(explained.where)
    head.append(f", {explained.what}{f' in {where}' if where else ''}", style="not bold")
    facts = list(explained.reasons)
    entry = explained.entry
    if entry.latitude is not None:
        facts.append(f"at {entry.latitude:.3f}, {entry.longitude:.3f}")
    facts.append(f"GeoNames {entry.geonames_id}" if entry.geonames_id else "not in GeoNames")
    return head.append(f"\n{'; '.join(facts)}", style="dim not bold")
