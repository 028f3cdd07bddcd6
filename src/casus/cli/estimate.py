"""`casus estimate`: how much happened that no list recorded."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus import __version__
from casus.cli import estimate_views
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
from casus.cli.consoles import notice_console, result_console

if TYPE_CHECKING:
    from casus.analysis.charts.drawing import Chart
    from casus.analysis.estimates import EstimateResult, StratifiedResult


class MethodChoice(StrEnum):
    """Which methods to use."""

    ALL = "all"
    CHAO = "chao"
    LOGLINEAR = "loglinear"
    BAYES = "bayes"


class Counted(StrEnum):
    """What of a casebook is counted."""

    EVENTS = "events"
    DEATHS = "deaths"


def estimate(
    *,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table", metavar="FILE", help="Your own lists instead of a casebook: a CSV with 0 and 1 a list."
        ),
    ] = None,
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--list",
            metavar="NAMES",
            help="A list: a source or column, or several ('Press=Daily Post,Star'); '*' is all others.",
        ),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=2, max=10, help="Without --list: the largest sources, so many.")
    ] = 4,
    counted: Annotated[
        Counted, typer.Option("--of", help="What of a casebook to estimate.", rich_help_panel="Casebook")
    ] = Counted.EVENTS,
    count: Annotated[
        str | None,
        typer.Option("--count", metavar="COLUMN", help="With --table: how many cases each row stands for."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="PART",
            help="Each part on its own, and the sum: country, adm1, event_type, year; of a table, a column.",
        ),
    ] = None,
    method: Annotated[
        MethodChoice,
        typer.Option("--method", help="Lower bounds, log-linear models, Bayesian graphs, or all."),
    ] = MethodChoice.ALL,
    latent: Annotated[
        bool,
        typer.Option("--latent", help="Add latent classes, for cases that differ; it takes some seconds."),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="For what is drawn: latent classes, sums.")] = 0,
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
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Draw it too: .png, .svg, .pdf, .html or .json."),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Estimate what no list recorded, from how far several lists overlap.

    Lists are sources of a casebook or columns of a table.  Where lists are too few, too small or
    share nothing, there is no estimate; whatever makes one doubtful is told with it.

    [bold]Examples[/bold]

    casus estimate --country ML --type bombing --since 2019-01-01

    casus estimate --list "Daily Post" --list "Radio=Hill Radio,Radio Salt" --by year

    casus estimate --table lists.csv --count cases --chart estimate.png
    """
    is_filtered = any(
        one is not None
        for one in (since, until, country, unit, types, actor, perpetrator, target, grade, reviewed)
    )
    with analysis_layer():
        from casus.analysis import estimates  # noqa: PLC0415
        from casus.analysis.charts.drawing import source_line  # noqa: PLC0415
        from casus.analysis.charts.estimates import estimate_chart, strata_chart  # noqa: PLC0415
        from casus.analysis.estimates.sources import SOURCES_CAUTION, listed_events  # noqa: PLC0415
        from casus.analysis.estimates.tables import read_lists  # noqa: PLC0415
    groups = [estimates.ListGroup.parsed(text) for text in lists or ()]
    if table is not None:
        if is_filtered or counted is not Counted.EVENTS:
            raise typer.BadParameter("filters and --of are for a casebook, not for a table")
        listed = read_lists(table, groups, count, by)
        histories, strata = listed.histories(), listed.strata()
        cautions: tuple[estimates.Caution, ...] = ()
        words, source = f"cases in {table.name}", f"Source: lists in {table.name}. Casus {__version__}."
    else:
        if count is not None:
            raise typer.BadParameter("this is for a table", param_hint="--count")
        if by is not None and by not in tuple(estimates.By):
            raise typer.BadParameter(f"{by!r} is none of {', '.join(estimates.By)}", param_hint="--by")
        with open_casebook(casebook) as book:
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
            events = listed_events(book, selection.wanted, groups, most, counted.value)
        histories, strata = events.histories(), events.strata(by) if by else ()
        cautions = (SOURCES_CAUTION,)
        words = selection.words if counted is Counted.EVENTS else f"deaths in {selection.words}"
        source = source_line(words, events.table.revision)
    if by is None:
        result = estimates.estimate(histories, method.value, latent=latent, seed=seed, cautions=cautions)
        _write_one(result, words, output_format)
        if chart is not None:
            _draw(estimate_chart(result, words=words, source=source), chart)
    else:
        parts = estimates.estimate_strata(
            strata, by, method.value, latent=latent, seed=seed, cautions=cautions
        )
        _write_strata(parts, words, output_format)
        if chart is not None:
            _draw(strata_chart(parts, words=words, source=source), chart)


def _write_one(result: EstimateResult, words: str, output_format: AnswerFormat) -> None:
    match output_format:
        case AnswerFormat.TEXT:
            result_console(sys.stdout).print(estimate_views.estimate_block(result, words))
        case AnswerFormat.JSON:
            _write_json({"about": words, **estimate_views.estimate_record(result)})
        case AnswerFormat.CSV:
            sys.stdout.write(result.frame().to_csv(index=False))


def _write_strata(result: StratifiedResult, words: str, output_format: AnswerFormat) -> None:
    match output_format:
        case AnswerFormat.TEXT:
            result_console(sys.stdout).print(estimate_views.strata_block(result, words))
        case AnswerFormat.JSON:
            _write_json({"about": words, **estimate_views.strata_record(result)})
        case AnswerFormat.CSV:
            sys.stdout.write(result.frame().to_csv(index=False))


def _draw(drawing: Chart, path: Path) -> None:
    drawing.save(path)
    notice_console().print(f"drawn: {path}")


def _write_json(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
