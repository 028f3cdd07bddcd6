"""`casus patterns`: where it happens, whether it is followed nearby, by whom to whom, and with what harm."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from casus.casebook.records import Standing
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
from casus.cli.pattern_options import (
    ChartOption,
    CountedOption,
    DayBandsOption,
    DrawsOption,
    LevelChoice,
    LevelOption,
    MeasureChoice,
    MostRowsOption,
    OutputOption,
    SeedOption,
    TopOption,
    ends_of,
)

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import RenderableType

    from casus.analysis.charts.drawing import Chart

patterns_app = typer.Typer(
    help="Say where and what: concentration, near repeats, parties, and tolls by kind of harm.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


class Answer(Protocol):
    """What the functions of `casus.analysis.patterns` give."""

    def frame(self) -> pd.DataFrame:
        """The figures as a table."""


@patterns_app.command("units")
def units(
    *,
    level: LevelOption = LevelChoice.ADM1,
    order: CountedOption = MeasureChoice.EVENTS,
    units_in_all: Annotated[
        int | None,
        typer.Option(
            "--units-in-all", metavar="N", min=1, help="How many units there are, with events or not."
        ),
    ] = None,
    populations: Annotated[
        Path | None,
        typer.Option(
            "--populations",
            metavar="FILE",
            help="A CSV with country, adm1 … and population, for rates per 100,000.",
        ),
    ] = None,
    most: MostRowsOption = 20,
    seed: SeedOption = 0,
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
    output: OutputOption = None,
    chart: ChartOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Count events and deaths by country, unit or place, and say how concentrated they are.

    [bold]Examples[/bold]

    casus patterns units --country Mali --since 2019-01-01 --chart units.png

    casus patterns units --by adm2 --order deaths --units-in-all 58

    casus patterns units --by country --populations people.csv --format csv
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.charts.pattern_bars import units_chart  # noqa: PLC0415 - loads charts
        from casus.analysis.patterns.populations import populations_of  # noqa: PLC0415
        from casus.analysis.patterns.unit_results import Level  # noqa: PLC0415
        from casus.analysis.patterns.units import units as units_of  # noqa: PLC0415
        from casus.cli.pattern_views import units_view  # noqa: PLC0415

        found = units_of(
            book,
            selected(
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
            ),
            Level(level),
            order=str(order),
            units_in_all=units_in_all,
            populations=populations_of(populations, Level(level).fields) if populations else None,
            seed=seed,
        )
        drawn = units_chart(found) if chart is not None else None
    _write(found, units_view(found, most), output_format, output)
    _draw(drawn, chart)


@patterns_app.command("repeats")
def repeats(
    *,
    km: Annotated[
        str, typer.Option("--km", metavar="ENDS", help="Last kilometres of the bands; 0 is one place.")
    ] = "0,5,10,20,40",
    days: DayBandsOption = "0,7,14,21,28",
    precision: Annotated[
        int, typer.Option("--precision", min=1, max=2, help="1: exact places only; 2: near them, too.")
    ] = 2,
    draws: DrawsOption = 999,
    most_pairs: Annotated[
        int, typer.Option("--most-pairs", min=1000, help="Where more pairs are near, a sample is compared.")
    ] = 1_000_000,
    seed: SeedOption = 0,
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
    output: OutputOption = None,
    chart: ChartOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Say whether events follow each other nearby and soon more often than by chance (Knox's test).

    [bold]Examples[/bold]

    casus patterns repeats --country Niger --type attack --chart repeats.png

    casus patterns repeats --km 0,10,25,50 --days 0,2,7,14,30

    casus patterns repeats --unit Tillaberi --precision 1 --format json
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.charts.pattern_tiles import repeats_chart  # noqa: PLC0415 - loads charts
        from casus.analysis.patterns.repeats import near_repeats  # noqa: PLC0415
        from casus.cli.pattern_views import repeats_view  # noqa: PLC0415

        found = near_repeats(
            book,
            selected(
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
            ),
            distances_km=ends_of(km, float, "--km"),
            days=ends_of(days, int, "--days"),
            coarsest=precision,
            draws=draws,
            most_pairs=most_pairs,
            seed=seed,
        )
        drawn = repeats_chart(found) if chart is not None else None
    _write(found, repeats_view(found), output_format, output)
    _draw(drawn, chart)


@patterns_app.command("parties")
def parties(
    *,
    top: TopOption = 8,
    standing: Annotated[
        Standing | None,
        typer.Option(
            "--standing", help="Only perpetrators who claim it, are accused, deny it, or are reported."
        ),
    ] = None,
    dyads: Annotated[bool, typer.Option("--dyads", help="Pairs of parties, whoever did it to whom.")] = False,
    most: MostRowsOption = 20,
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
    output: OutputOption = None,
    chart: ChartOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Count events and deaths by perpetrator and target, as the reports name them.

    [bold]Examples[/bold]

    casus patterns parties --country Yemen --chart parties.png

    casus patterns parties --standing claimed --since 2020-01-01

    casus patterns parties --dyads --top 20 --format csv
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.charts.pattern_tiles import parties_chart  # noqa: PLC0415 - loads charts
        from casus.analysis.patterns.parties import parties as parties_of  # noqa: PLC0415
        from casus.cli.pattern_views import parties_view  # noqa: PLC0415

        found = parties_of(
            book,
            selected(
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
            ),
            top=top,
            standing=standing,
            is_directed=not dyads,
        )
        drawn = parties_chart(found) if chart is not None else None
    _write(found, parties_view(found, most), output_format, output)
    _draw(drawn, chart)


@patterns_app.command("harms")
def harms(
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
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    output: OutputOption = None,
    chart: ChartOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Count people by harm and category, low, best and high, and the share of civilians among the killed.

    [bold]Examples[/bold]

    casus patterns harms --country Sudan --since 2023-04-15 --chart harms.png

    casus patterns harms --type air_strike --format json
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.charts.pattern_bars import harms_chart  # noqa: PLC0415 - loads charts
        from casus.analysis.patterns.harms import harms as harms_of  # noqa: PLC0415
        from casus.cli.pattern_views import harms_view  # noqa: PLC0415

        found = harms_of(
            book,
            selected(
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
            ),
        )
        drawn = harms_chart(found) if chart is not None else None
    _write(found, harms_view(found), output_format, output)
    _draw(drawn, chart)


def _write(found: Answer, view: RenderableType, output_format: AnswerFormat, output: Path | None) -> None:
    with result_stream(output) as stream:
        match output_format:
            case AnswerFormat.JSON:
                record: dict[str, Any] = asdict(found)  # type: ignore[call-overload]
                stream.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
            case AnswerFormat.CSV:
                from casus.exports.cells import harmless  # noqa: PLC0415 - the exports take long to load

                safe = found.frame().map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
                stream.write(safe.to_csv(index=False, lineterminator="\n"))
            case AnswerFormat.TEXT:
                result_console(stream).print(view)


def _draw(drawn: Chart | None, path: Path | None) -> None:
    if drawn is not None and path is not None:
        drawn.save(path)
        notice_console().print(f"drawn: {path}")
