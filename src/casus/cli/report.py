"""`casus report`: what a casebook tells of a period, as a page or a PDF that need nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casus.cli.analysis_options import (
    EitherOption,
    PerpetratorOption,
    TargetOption,
    TypesOption,
    UnitOption,
    WhereOption,
    analysis_layer,
)
from casus.cli.casebook_options import CasebookOption, GradeOption, ReviewedOption, open_casebook
from casus.cli.consoles import notice_console
from casus.sources import parse_day

_PANEL = "Which events"


def report(
    *,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="YYYY-MM-DD",
            help="The first day; else that of the first event.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="YYYY-MM-DD",
            help="The last day; else that of the last event.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    country: WhereOption = None,
    unit: UnitOption = None,
    types: TypesOption = None,
    actor: EitherOption = None,
    perpetrator: PerpetratorOption = None,
    target: TargetOption = None,
    grade: GradeOption = None,
    reviewed: ReviewedOption = None,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write: .html or .pdf; can be given twice. Else report.html here.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The title; else what it is about.")
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Write what the casebook tells of a period: map, trend, deadliest events, method, data.

    One file that opens offline. Names that reviewers withhold are left out everywhere. A file
    appears when it is whole.

    [bold]Examples[/bold]

    casus report --from 2020-01-01 --to 2020-06-30 --country Niger --output niger.html

    casus report --country NE --type bombing --type attack -o niger.html -o niger.pdf

    casus report --from 2020-03-01 --perpetrator "Azawagh Liberation Front" --title "The front in spring"
    """
    with analysis_layer():
        from casus.analysis.report import period_report, save_report  # noqa: PLC0415
        from casus.analysis.report.telling import counted  # noqa: PLC0415
        from casus.analysis.report.writing import require_format  # noqa: PLC0415
        from casus.analysis.selecting import select  # noqa: PLC0415
    targets = [require_format(path) for path in output or [Path("report.html")]]
    console = notice_console()
    with open_casebook(casebook) as book, console.status("opening the casebook") as status:
        selection = select(
            book,
            since=parse_day(first, "--from") if first else None,
            until=parse_day(last, "--to") if last else None,
            country=country,
            unit=unit,
            types=types or (),
            grade=grade,
            actor=actor,
            perpetrator=perpetrator,
            target=target,
            is_reviewed=reviewed,
            sees_withheld=False,
        )
        made = period_report(book, selection, title=title, progress=status.update)
        for path in targets:
            status.update(f"writing {path}")
            save_report(made, path)
    where = " and ".join(map(str, targets))
    console.print(f"{counted(made.summary.events)}, {made.since} to {made.until}: {where}")
