"""`casus actors`: look an actor up, describe the list, check a list of one's own, import others."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from casus.cli.consoles import notice_console, result_console, result_stream
from casus.errors import KnowledgeError
from casus.resolving.actor_imports import Import, Skipped, laid_over, list_text
from casus.resolving.actor_lists import read_list_file, read_text
from casus.resolving.actor_records import KnownActor, load_actors, load_organisations
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.published_actors import Publisher, published_actors
from casus.settings import Settings

actors_app = typer.Typer(
    help="Look up, check, describe and import the actors that reports are read with.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
import_app = typer.Typer(
    help="Make a list of your own from one that UCDP or ACLED publishes.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
actors_app.add_typer(import_app, name="import")
_MOST_COUNTRIES = 20

_Own = Annotated[
    Path | None,
    typer.Option("--actors", metavar="FILE", help="Actors of your own, laid over the built-in ones."),
]
_Published = Annotated[Path, typer.Argument(metavar="FILE", help="The list as published, as CSV.")]
_Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the terminal.")
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results and errors.")]


@actors_app.command("check")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A list of actors of your own, TSV or CSV.")],
) -> None:
    """Check a list of actors of your own: every fault with its line and what to correct.

    docs/actors.md tells the columns. The list is checked beside the built-in one, so that no
    name means two actors.

    [bold]Example[/bold]

    casus actors check my-actors.tsv
    """
    found = read_list_file(file, (*load_actors(), *load_organisations()))
    notices = notice_console()
    for fault in found.faults:
        notices.print(f"{file}, line {fault.line}: {fault.message}", markup=False)
    if found.faults:
        lines = len({fault.line for fault in found.faults})
        raise KnowledgeError(
            f"{len(found.faults)} faults in {lines} lines of {file}: correct them and check again"
        )
    built_in = {known.id for known in load_actors()}
    replaced = sum(actor.id in built_in for actor in found.actors)
    sys.stdout.write(
        f"{file}: {len(found.actors)} actors, {replaced} of them in the place of built-in ones\n"
    )


@actors_app.command("find")
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an acronym or an id.")],
    *,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="The country that the report is about.")
    ] = None,
    actors: _Own = None,
) -> None:
    """Show who a name means, and who else could be meant.

    [bold]Examples[/bold]

    casus actors find "Shining Path"

    casus actors find PDF --country MM
    """
    registry = ActorRegistry.load(actors or Settings.from_environment(os.environ).actors_path)
    code = country.upper() if country else None
    if code is not None and CountryTable.load().by_code(code) is None:
        raise typer.BadParameter("use a code of two letters, such as MM", param_hint="--country")
    by_id = registry.by_id(name)
    candidates = [by_id] if by_id is not None else list(registry.candidates(name))
    entry = by_id.entry if by_id is not None else registry.by_name(name, country_code=code)
    if not candidates:
        notice_console().print(f"no actor named {name}", markup=False)
        raise typer.Exit(1)
    meant = next((known for known in candidates if known.entry == entry), None)
    console = result_console(sys.stdout)
    if meant is None:
        console.print(f"{name} alone means nobody: another sign must tell which is meant", markup=False)
    else:
        console.print(_card(meant, registry))
    others = [known for known in candidates if known is not meant]
    if others:
        console.print("\ncould be" if meant is None else "\ncould also be")
        table = Table.grid(padding=(0, 2))
        for known in others:
            table.add_row(f"  {known.entry.name}", known.entry.kind, ", ".join(known.countries), known.id)
        console.print(table)


def _card(known: KnownActor, registry: ActorRegistry) -> Table:
    """All that the registry has of an actor."""
    entry, countries = known.entry, CountryTable.load()
    named = [countries.by_code(code) for code in known.countries]
    parent = registry.by_id(known.parent) if known.parent is not None else None
    years = f"{known.valid_from or '?'} to {known.valid_to or 'now or unknown'}"
    rows = (
        ("name", entry.name),
        ("id", known.id),
        ("kind", entry.kind),
        ("losses count as", entry.category or "nobody's"),
        ("countries", ", ".join(country.name for country in named if country is not None)),
        ("part of", parent.entry.name if parent is not None else ""),
        ("years", years if known.valid_from or known.valid_to else ""),
        ("other names", ", ".join(a for a in known.aliases[1:] if a not in known.ambiguous)),
        ("shared names", ", ".join(a for a in known.aliases if a in known.ambiguous)),
        ("in other lists", ", ".join(entry.identifiers)),
    )
    table = Table.grid(padding=(0, 2))
    for label, value in rows:
        if value:
            table.add_row(label, value)
    return table


@actors_app.command("info")
def info(*, actors: _Own = None) -> None:
    """Say how many actors the list holds, by kind and by country.

    [bold]Example[/bold]

    casus actors info
    """
    registry = ActorRegistry.load(actors or Settings.from_environment(os.environ).actors_path)
    known = (*registry.actors, *registry.organisations)
    console = result_console(sys.stdout)
    console.print(f"{len(registry.actors):,} actors and {len(registry.organisations):,} bodies that speak")
    console.print(f"{sum(len(one.aliases) for one in known):,} names, {_ambiguous(known):,} of them shared\n")
    console.print(_counts("kind", Counter(str(one.entry.kind) for one in known)))
    countries = CountryTable.load()
    places = Counter(
        country.name
        for one in registry.actors
        for country in (countries.by_code(code) for code in one.countries[:1])
        if country is not None
    )
    console.print()
    console.print(_counts("country", places, most=_MOST_COUNTRIES))


def _ambiguous(known: Iterable[KnownActor]) -> int:
    return sum(len(one.ambiguous) for one in known)


def _counts(heading: str, counts: Counter[str], *, most: int | None = None) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column(heading)
    table.add_column("actors", justify="right")
    for name, count in counts.most_common(most):
        table.add_row(name, f"{count:,}")
    if most is not None and len(counts) > most:
        table.add_row(f"{len(counts) - most} more", f"{sum(counts.values()) - _top(counts, most):,}")
    return table


def _top(counts: Counter[str], most: int) -> int:
    return sum(count for _, count in counts.most_common(most))


@import_app.command("ucdp")
def import_ucdp(file: _Published, *, output: _Output = None, quiet: _Quiet = False) -> None:
    """Make a list from UCDP's Actor Dataset: known actors get their UCDP number, others are added.

    Rows that could be several actors are listed and left out, and so are rows that name no
    organisation.

    [bold]Example[/bold]

    casus actors import ucdp Actor_v26_1.csv --output ucdp-actors.tsv
    """
    _import(file, Publisher.UCDP, output, quiet=quiet)


@import_app.command("acled")
def import_acled(file: _Published, *, output: _Output = None, quiet: _Quiet = False) -> None:
    """Make a list from ACLED's list of actors: known actors get their ACLED name, others are added.

    The years and countries in brackets are read. Rows that could be several actors are
    listed and left out, and so are rows that name no organisation.

    [bold]Example[/bold]

    casus actors import acled acled-actors.csv --output acled-actors.tsv
    """
    _import(file, Publisher.ACLED, output, quiet=quiet)


def _import(file: Path, publisher: Publisher, output: Path | None, *, quiet: bool) -> None:
    text = read_text(file, encodings=("utf-8-sig", "cp1252"))
    source = f"{publisher.upper()} list of actors"
    made = laid_over(ActorRegistry.load(), published_actors(text, publisher), source=source)
    with result_stream(output) as stream:
        stream.write(list_text(made.rows, f"Made by 'casus actors import {publisher}' from {file.name}."))
    if not quiet:
        _tell(made)


def _tell(made: Import) -> None:
    """The account of an import, on standard error."""
    notices = notice_console()
    for heading, rows in (("unclear", made.unclear), ("left out", made.skipped)):
        for row in rows:
            notices.print(f"line {row.line}: {heading}: {row.reason}", markup=False)
    total = sum(row["identifiers"].count("|") + 1 for row in made.rows) + _count(made.unclear, made.skipped)
    notices.print(
        f"{total} rows: {made.matched} known actors extended, {made.new} new, "
        f"{len(made.unclear)} unclear, {len(made.skipped)} left out"
    )


def _count(*groups: tuple[Skipped, ...]) -> int:
    return sum(map(len, groups))
