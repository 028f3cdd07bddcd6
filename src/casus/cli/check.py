"""`casus check`: what the record says of a statistic."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

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
from casus.cli.casebook_options import CasebookOption, GradeOption, ReviewedOption, open_casebook
from casus.cli.consoles import notice_console, result_console
from casus.errors import NotAnswerable
from casus.output.layout import DIM, labelled
from casus.sources import parse_day

if TYPE_CHECKING:
    from casus.analysis.checks import Check, Days
    from casus.analysis.checks.records import Trial
    from casus.analysis.rates import Stretch

_STYLES = {
    "supported": "green",
    "contradicted": "red",
    "within_uncertainty": "yellow",
    "not_checkable": DIM,
}
_AGAINST = {
    "before": "as long before",
    "year_earlier": "a year earlier",
    "late_start": "begun later",
    "chosen": "chosen days",
}
_LONGEST_WORDS = 90


def check(
    statistic: Annotated[
        str | None,
        typer.Argument(
            metavar="[STATISTIC]",
            help="The number of a statistic in the casebook, or one in words: 'attacks up 70 percent since "
            "2020-02-29'. Without it those of the casebook are listed.",
        ),
    ] = None,
    *,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline",
            metavar="FROM:TO",
            help="The days that a change is measured against, as two dates; else as many right before.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="YYYY-MM-DD", help="The last day that a typed statistic is about."),
    ] = None,
    types: TypesOption = None,
    country: WhereOption = None,
    unit: UnitOption = None,
    actor: EitherOption = None,
    perpetrator: PerpetratorOption = None,
    target: TargetOption = None,
    grade: GradeOption = None,
    reviewed: ReviewedOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="List at most so many statistics.")] = 20,
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", metavar="FILE", help="Draw it too: .png, .svg, .pdf, .html or .json."),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Check a statistic against the record: supported, contradicted, within uncertainty, or not checkable.

    What is counted is read from the statistic's words, unless options name the events. The answer
    gives the definition, the numbers on both sides, and what other definitions would say.

    [bold]Examples[/bold]

    casus check

    casus check 2 --chart check.png

    casus check "attacks up 70 percent since 2020-02-29" --perpetrator "Azawagh Liberation Front"

    casus check "500 people killed in Niger since 2021" --format json
    """
    with open_casebook(casebook) as book, analysis_layer():
        from casus.analysis.checks import check_all, check_statistic, check_text  # noqa: PLC0415

        if statistic is None:
            if chart is not None:
                raise NotAnswerable("--chart draws one check: name the statistic by its number or in words")
            checks = check_all(book, limit=limit)
            if not checks:
                raise NotAnswerable(
                    "no report of this casebook gives a statistic: type one, such as 'attacks up 70 percent "
                    "since 2020-02-29'"
                )
            _write(checks, output_format, is_list=True)
            _tell_rest(len(checks), book.browse.statistics(limit=1).total)
            return
        selection = selected(
            book,
            types=types,
            country=country,
            unit=unit,
            actor=actor,
            perpetrator=perpetrator,
            target=target,
            grade=grade,
            is_reviewed=reviewed,
        )
        days = _days(baseline)
        if statistic.isascii() and statistic.isdecimal():
            found = check_statistic(book, int(statistic), selection, baseline=days)
        else:
            last = parse_day(until, "--until") if until else None
            found = check_text(book, statistic, selection, until=last, baseline=days)
        _write([found], output_format, is_list=False)
        if chart is not None:
            from casus.analysis.charts.checks import check_chart  # noqa: PLC0415

            check_chart(book, found).save(chart)
            notice_console().print(f"drawn: {chart}")


def _days(told: str | None) -> Days | None:
    from casus.analysis.checks import Days  # noqa: PLC0415

    if told is None:
        return None
    first, colon, last = told.partition(":")
    if not colon:
        raise typer.BadParameter("write FROM:TO, such as 2019-03-01:2020-02-28", param_hint="--baseline")
    days = Days(parse_day(first, "--baseline"), parse_day(last, "--baseline"))
    if days.last < days.first:
        raise typer.BadParameter(f"{last} is before {first}", param_hint="--baseline")
    return days


def _write(checks: Sequence[Check], output_format: AnswerFormat, *, is_list: bool) -> None:
    if output_format is AnswerFormat.JSON:
        from casus.analysis.checks.output import check_record  # noqa: PLC0415

        records = [check_record(one) for one in checks]
        json.dump(records if is_list else records[0], sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    elif output_format is AnswerFormat.CSV:
        from casus.analysis.checks.output import ROW, check_rows  # noqa: PLC0415

        writer = csv.DictWriter(sys.stdout, ROW, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for one in checks for row in check_rows(one))
    else:
        console = result_console(sys.stdout)
        console.print(_table(checks) if is_list else Group(*_blocks(checks[0])))


def _tell_rest(shown: int, total: int) -> None:
    more = f", {shown} shown (--limit)" if total > shown else ""
    notice_console().print(f"{total} statistics{more}; 'casus check NUMBER' explains one")


def _table(checks: Sequence[Check]) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), show_edge=False, header_style=DIM)
    table.add_column("no.", justify="right")
    table.add_column("published", no_wrap=True)
    table.add_column("who says", ratio=2)
    table.add_column("what", ratio=5)
    table.add_column("the record", ratio=5)
    for one in checks:
        row = one.asserted.row
        published = row.report.published_on if row is not None else None
        verdict = Text(_words(one.verdict), _STYLES[one.verdict])
        table.add_row(
            str(row.number) if row is not None else "",
            "" if published is None else str(published),
            one.asserted.speaker or "the report",
            Text(f"“{_short(one.asserted.words)}”"),
            verdict.append(f": {one.why}", "default"),
        )
    return table


def _blocks(one: Check) -> Iterator[RenderableType]:
    asserted = one.asserted
    yield Text(_heading(one), "bold")
    rows: list[tuple[str, RenderableType]] = [("says", Text(f"“{asserted.words}”"))]
    if asserted.row is not None:
        rows.append(("who", Text(asserted.speaker or "the report, in its own voice")))
    if one.subject is not None:
        rows.append(("counted", Text(one.subject.words)))
    verdict = Text(_words(one.verdict).upper(), f"bold {_STYLES[one.verdict]}")
    rows.append(("verdict", verdict.append(f": {one.why}", "not bold default")))
    if one.trials:
        rows.append(("measured", _trials(one.trials)))
        rows += [("method", Text(reason)) for reason in one.trials[0].compared.reasons]
    if one.recorded is not None:
        counted = one.recorded
        unknown = f", {counted.without_number:,} of them without a number" if counted.without_number else ""
        rows.append(("period", Text(str(counted.days))))
        rows.append(("recorded", Text(f"in {counted.events:,} events{unknown}")))
    if one.share is not None:
        rows.append(("period", Text(str(one.share.days))))
        rows.append(("recorded", Text(f"{one.share.part:,} of {one.share.whole:,}")))
    warnings = one.trials[0].compared.warnings if one.trials else ()
    rows += [("note", Text(note)) for note in (*one.notes, *warnings)]
    if one.coverage is not None:
        rows.append(("record", Text(f"reports published {one.coverage}")))
    yield Padding(labelled(_grouped(rows), 10), (0, 0, 0, 2))


def _grouped(rows: Sequence[tuple[str, RenderableType]]) -> Iterator[tuple[str, RenderableType]]:
    """Rows with a label that the row before has are of that one."""
    before = None
    for label, content in rows:
        yield "" if label == before else label, content
        before = label


def _trials(trials: Sequence[Trial]) -> Table:
    """Two lines for each definition, before and after, and below how reporting changed."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    table.add_column("against", no_wrap=True)
    table.add_column("days", no_wrap=True)
    table.add_column("count", justify="right")
    table.add_column("a day", justify="right")
    table.add_column("times as many (95 %)")
    for trial in trials:
        compared = trial.compared
        verdict = Text(_words(trial.verdict), _STYLES[trial.verdict])
        times = Text(_ratio(compared.ratio, compared.low, compared.high) + ": ").append(verdict)
        table.add_row(_AGAINST[trial.baseline], _side(trial.before), *_counted(compared.before))
        table.add_row("", _side(trial.after), *_counted(compared.after), times)
    first = trials[0]
    if first.effort is not None and first.per_report is not None:
        effort, per_report = first.effort, first.per_report
        times = Text(_ratio(effort.ratio, effort.low, effort.high), DIM)
        table.add_row(Text("other reports", DIM), Text(_side(first.before), DIM), *_counted(effort.before))
        table.add_row("", Text(_side(first.after), DIM), *_counted(effort.after), times)
        to_one = Text(_ratio(per_report.ratio, per_report.low, per_report.high), DIM)
        table.add_row(Text("to one of them", DIM), "", "", "", to_one)
    return table


def _side(days: Days) -> str:
    return f"{days.first}/{days.last}"


def _counted(side: Stretch) -> tuple[str, str]:
    return f"{side.count:,}", f"{side.a_day:.2f}"


def _ratio(ratio: float | None, low: float | None, high: float | None) -> str:
    middle = "none before" if ratio is None else f"{ratio:.2f}"
    ends = [f"{low:.2f}" if low is not None else "", f"{high:.2f}" if high is not None else ""]
    if not any(ends):
        return middle
    return (
        f"{middle} ({' to '.join(ends)})"
        if all(ends)
        else f"{middle} ({'from ' if ends[0] else 'to '}{''.join(ends)})"
    )


def _heading(one: Check) -> str:
    row = one.asserted.row
    if row is None:
        return "Statistic"
    report = row.report
    told = ", ".join(str(part) for part in (report.publisher or report.name, report.published_on) if part)
    return f"Statistic {row.number}, {told}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"


def _words(value: str) -> str:
    return str(value).replace("_", " ")
