"""`casus trend`: events and deaths over time, and before and after a day."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from casus.analysis.trend_by import TrendBy
from casus.casebook.browsing.records import TimeUnit
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
from casus.sources import parse_day

if TYPE_CHECKING:
    from casus.analysis.trend_results import Trend

_MOMENT = "Before and after"


def trend(
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
    every: Annotated[
        TimeUnit | None, typer.Option("--every", help="How long the periods are; else as suits the days.")
    ] = None,
    by: Annotated[TrendBy | None, typer.Option("--by", help="Tell the largest of these too.")] = None,
    largest: Annotated[int, typer.Option("--largest", min=1, max=50, help="How many of them.")] = 8,
    around: Annotated[
        str | None,
        typer.Option(
            "--around",
            metavar="YYYY-MM-DD",
            help="Compare what came from this day on with what came before.",
            rich_help_panel=_MOMENT,
        ),
    ] = None,
    agreement: Annotated[
        int | None,
        typer.Option(
            "--agreement",
            metavar="NUMBER",
            help="The same around the day of an agreement in the casebook.",
            rich_help_panel=_MOMENT,
        ),
    ] = None,
    window: Annotated[
        int | None,
        typer.Option(
            "--window",
            metavar="DAYS",
            help="So many days on each side; else as many as are covered on both.",
            rich_help_panel=_MOMENT,
        ),
    ] = None,
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Draw it too: .png, .svg, .pdf or .html by the name."),
    ] = None,
    ratio_chart: Annotated[
        Path | None,
        typer.Option(
            "--ratio-chart",
            metavar="FILE",
            help="Draw the ratios of after to before with their intervals.",
            rich_help_panel=_MOMENT,
        ),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Count events and deaths over time, with what was reported; and before and after a day.

    Around a day it tells counts a day on both sides, how many times as many there are after, with
    a 95 percent interval and how it was found, and what changed in the reporting meanwhile.
    csv has a row for each period, or around a day a row for each comparison.

    [bold]Examples[/bold]

    casus trend --country Niger --every month --chart trend.png

    casus trend --type bombing --type attack --around 2020-02-29 --window 180

    casus trend --by perpetrator --since 2019-01-01 --format csv
    """
    _check(around, agreement, window, ratio_chart)
    day = parse_day(around, "--around") if around else None
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.before_after import Turn, turn_of  # noqa: PLC0415
        from casus.analysis.trends import trend as trend_of  # noqa: PLC0415

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
        turn = turn_of(book, agreement) if agreement is not None else Turn.on(day) if day else None
        found = trend_of(book, selection, unit=every, by=by, around=turn, window_days=window, largest=largest)
    with result_stream(output) as stream:
        _write(found, output_format, stream)
    if chart is not None or ratio_chart is not None:
        _draw(found, chart, ratio_chart)


def _check(around: str | None, agreement: int | None, window: int | None, ratio_chart: Path | None) -> None:
    if around is not None and agreement is not None:
        raise typer.BadParameter("give a day or an agreement, not both", param_hint="--around")
    for given, hint in ((window, "--window"), (ratio_chart, "--ratio-chart")):
        if given is not None and around is None and agreement is None:
            raise typer.BadParameter("it goes with --around or --agreement", param_hint=hint)


def _write(found: Trend, output_format: AnswerFormat, stream: TextIO) -> None:
    match output_format:
        case AnswerFormat.JSON:
            from casus.analysis.plain import plain  # noqa: PLC0415

            stream.write(json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
        case AnswerFormat.CSV:
            from casus.exports.cells import harmless  # noqa: PLC0415 - the exports take long to load

            frame = found.frame() if found.around is None else found.around.frame()
            safe = frame.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
            stream.write(safe.to_csv(index=False, lineterminator="\n"))
        case AnswerFormat.TEXT:
            from casus.cli.trend_views import trend_view  # noqa: PLC0415

            result_console(stream).print(trend_view(found))


def _draw(found: Trend, chart: Path | None, ratio_chart: Path | None) -> None:
    with analysis_layer():
        from casus.analysis.charts.comparisons import comparison_chart, rows_of  # noqa: PLC0415
        from casus.analysis.charts.trends import trend_chart  # noqa: PLC0415

        if chart is not None:
            trend_chart(found).save(chart)
            notice_console().print(f"drawn: {chart}")
        if ratio_chart is not None and found.around is not None:
            split = found.around
            days = [f"{side.first} to {side.last}" for side in (split.before, split.after)]
            comparison_chart(
                rows_of(split),
                before=days[0],
                after=days[1],
                events_in_words=found.words,
                revision=found.revision,
            ).save(ratio_chart)
            notice_console().print(f"drawn: {ratio_chart}")
