"""`casus map`: where events were, with their dead and with how exactly the places are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from casus.cli.analysis_options import (
    AnswerFormat,
    AnswerFormatOption,
    EitherOption,
    PerpetratorOption,
    TargetOption,
    TypesOption,
    UnitOption,
    WhereOption,
    analysis_layer,
    selected,
)
from casus.cli.casebook_options import (
    CasebookOption,
    GradeOption,
    ReviewedOption,
    SinceOption,
    UntilOption,
    open_casebook,
)
from casus.cli.consoles import notice_console, result_console, result_stream
from casus.errors import NotAnswerable
from casus.output.layout import DIM

if TYPE_CHECKING:
    from casus.analysis.mapping import EventMap


def event_map(
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    country: WhereOption = None,
    unit: UnitOption = None,
    types: TypesOption = None,
    actor: EitherOption = None,
    perpetrator: PerpetratorOption = None,
    target: TargetOption = None,
    grade: GradeOption = None,
    reviewed: ReviewedOption = None,
    most: Annotated[
        int, typer.Option("--most", min=1, help="List at most so many places; files have all.")
    ] = 20,
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart", metavar="FILE", help="Draw it: .png, .svg, .pdf, .html or .json by the name."
        ),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Show where events were: the places of most dead, and a map of them.

    The area of a mark is how many were killed; what is known to a unit only is drawn as a dashed
    circle, what is known to a country only is told below. Places that reviewers withhold are left out.

    [bold]Examples[/bold]

    casus map --country Niger --chart niger.png

    casus map --since 2022-01-01 --type bombing --format csv --output places.csv
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.charts.maps import map_chart  # noqa: PLC0415
        from casus.analysis.mapping import map_of  # noqa: PLC0415
        from casus.exports.redacting import redacted_record  # noqa: PLC0415

        selection = selected(
            book,
            since=since,
            until=until,
            country=country,
            unit=unit,
            types=types,
            grade=grade,
            actor=actor,
            perpetrator=perpetrator,
            target=target,
            is_reviewed=reviewed,
        )
        table = book.browse.table(selection.wanted)
        found = redacted_record(map_of(table), (), book.withheld().everywhere)
        if not found.events:
            raise NotAnswerable(f"there are no such events in this casebook: {selection.words}")
        _write(found, output_format, output, most)
        if chart is not None:
            map_chart(found, selection.words).save(chart)
            notice_console().print(f"drawn: {chart}")


def _write(found: EventMap, output_format: AnswerFormat, output: Path | None, most: int) -> None:
    with result_stream(output) as stream:
        match output_format:
            case AnswerFormat.JSON:
                from casus.analysis.plain import plain  # noqa: PLC0415

                stream.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
            case AnswerFormat.CSV:
                from casus.exports.cells import harmless  # noqa: PLC0415 - the exports take long to load

                safe = found.frame().map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
                stream.write(safe.to_csv(index=False, lineterminator="\n"))
            case AnswerFormat.TEXT:
                result_console(stream).print(_table(found, most))
    _tell_rest(found, most if output_format is AnswerFormat.TEXT else len(found.marks))


def _table(found: EventMap, most: int) -> Table:
    from casus.analysis.charts.map_layers import exactly, killed_words  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for heading in ("place", "unit", "country", "how exactly"):
        table.add_column(heading)
    table.add_column("events", justify="right")
    table.add_column("killed")
    for mark in found.marks[:most]:
        names = (mark.place or "unnamed", mark.unit or "", mark.country or "")
        killed = killed_words(mark.killed).removesuffix(" killed") if mark.killed.told else "no number told"
        table.add_row(*names, exactly(mark), f"{mark.events:,}", killed)
    return table


def _tell_rest(found: EventMap, listed: int) -> None:
    from casus.analysis.charts.maps import left_out  # noqa: PLC0415

    for line in left_out(found):
        notice_console().print(line)
    if len(found.marks) > listed:
        notice_console().print(f"{listed} of {len(found.marks):,} places (--most lists more)")
