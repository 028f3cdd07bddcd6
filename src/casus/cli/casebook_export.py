"""`casus export` and `casus compare`: data sets out of a casebook, and beside those of others."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.casebook_options import (
    ActorOption,
    CasebookOption,
    CountryOption,
    GradeOption,
    PlaceOption,
    ReviewedOption,
    SinceOption,
    TypeOption,
    UntilOption,
    open_casebook,
    wanted_events,
)
from casus.cli.consoles import Counter, notice_console

if TYPE_CHECKING:
    from casus.casebook.book import Casebook

_MOST_BAD_ROWS = 10


class DataFormat(StrEnum):
    """A format of `casus export`; the values are those of `casus.exports.ExportFormat`."""

    UCDP_GED = "ucdp-ged"
    ACLED = "acled"
    PLOVER = "plover"
    GEOJSON = "geojson"
    GEOPARQUET = "geoparquet"
    CSV = "csv"
    EXCEL = "xlsx"
    DATAPACKAGE = "datapackage"
    JSONL = "jsonl"


class ComparisonFormat(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"


def export(
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The file or, for a data package, the folder; - for standard output."
        ),
    ],
    *,
    data_format: Annotated[DataFormat, typer.Option("--format", "-f", help="The format.")] = DataFormat.CSV,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    grade: GradeOption = None,
    reviewed: ReviewedOption = None,
    licence: Annotated[
        str, typer.Option("--licence", metavar="SPDX", help="The licence that the data set is under.")
    ] = "CC-BY-4.0",
    casebook: CasebookOption = None,
) -> None:
    """Write the events that a filter means as a data set: UCDP's, ACLED's, and seven other formats.

    Names that reviewers withhold are left out everywhere. A file appears when it is whole.

    [bold]Examples[/bold]

    casus export --format ucdp-ged events.csv

    casus export --format datapackage --reviewed --country ML mali/

    casus export --format geojson --since 2020-01-01 - | gzip > events.geojson.gz
    """
    from casus.exports import ExportFormat, export_casebook  # noqa: PLC0415 - loads the database layer

    wanted = wanted_events(
        since=since,
        until=until,
        country=country,
        place=place,
        actor=actor,
        event_type=event_type,
        grade=grade,
        is_reviewed=reviewed,
    )
    with open_casebook(casebook) as book, Counter(is_shown=True, noun="events") as counter:
        done = export_casebook(
            book,
            ExportFormat(data_format),
            target,
            datetime.now(UTC),
            wanted=wanted,
            licence=licence,
            progress=lambda _count: counter.advance(),
        )
    left_out = f", {done.left_out} that the format has no place for left out" if done.left_out else ""
    notice_console().print(f"{done.written} events written{left_out}")


def compare(
    reference: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A UCDP GED or ACLED file, or the name of one loaded before."),
    ] = None,
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Load the file under this name, not its own.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Load the file anew where one of its name is loaded.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget what is loaded under this name.")] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    most: Annotated[int, typer.Option("--most", min=0, help="List at most so many of each kind.")] = 20,
    output_format: Annotated[
        ComparisonFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
    ] = ComparisonFormat.TEXT,
    casebook: CasebookOption = None,
) -> None:
    """Set the casebook beside a UCDP GED or ACLED file: which events both have, which only one has.

    The file is loaded once, apart from the casebook's own events. Without an argument the
    loaded files are listed.

    [bold]Examples[/bold]

    casus compare GEDEvent_v25_1.csv --country NE --since 2022-01-01

    casus compare GEDEvent_v25_1 --format json

    casus compare GEDEvent_v25_1 --forget
    """
    from casus.exports import comparison_lines  # noqa: PLC0415 - loads the database layer

    with open_casebook(casebook) as book:
        if reference is None:
            _list(book)
            return
        if forget:
            book.drop_reference(reference)
            notice_console().print(f"{reference} is forgotten")
            return
        loaded = _loaded(book, reference, name, replaces=replace)
        wanted = wanted_events(since=since, until=until, country=country)
        comparison = book.compare_with(loaded, wanted)
    if output_format is ComparisonFormat.JSON:
        sys.stdout.write(json.dumps(asdict(comparison), default=str, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(comparison_lines(comparison, most=most)) + "\n")


def _list(book: Casebook) -> None:
    found = book.references()
    for one in found:
        sys.stdout.write(f"{one.name}\t{one.format}\t{one.events} events\n")
    if not found:
        notice_console().print("no reference data set is loaded: name a UCDP GED or ACLED file")


def _loaded(book: Casebook, reference: str, name: str | None, *, replaces: bool) -> str:
    """The name under which a reference data set is loaded; a file is loaded first where it is not."""
    from casus.exports import load_reference_file  # noqa: PLC0415

    path = Path(reference)
    known = {one.name for one in book.references()}
    wanted = name or path.stem
    if reference in known or (wanted in known and not replaces):
        return reference if reference in known else wanted
    with Counter(is_shown=True, noun="rows") as counter:
        done = load_reference_file(
            book, path, name=wanted, replaces=replaces, progress=lambda _count: counter.advance()
        )
    notices = notice_console()
    for row in done.shown[:_MOST_BAD_ROWS]:
        notices.print(f"line {row.line}: {row.reason}", markup=False)
    notices.print(f"{done.events} events loaded as {wanted}, {done.bad_rows} rows left out")
    return wanted
