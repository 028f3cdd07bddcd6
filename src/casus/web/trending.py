"""Trends as somebody may see them, with their charts and tables, for pages and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from casus.analysis.trend_by import TrendBy
from casus.casebook.browsing.records import TimeUnit
from casus.casebook.records import EventFilter
from casus.errors import NotAnswerable
from casus.exports.cells import harmless
from casus.web.access import Person
from casus.web.privacy import visible_anywhere, visible_reasons
from casus.web.workbench import Workbench

if TYPE_CHECKING:
    from casus.analysis.before_after import Turn
    from casus.analysis.charts.drawing import Chart
    from casus.analysis.trend_results import BeforeAfter, Trend


class ChartFormat(StrEnum):
    """How a chart is given."""

    SVG = "svg"
    PNG = "png"
    HTML = "html"


MEDIA_TYPES = {
    ChartFormat.SVG: "image/svg+xml",
    ChartFormat.PNG: "image/png",
    ChartFormat.HTML: "text/html; charset=utf-8",
}


class ChartOf(StrEnum):
    """What of a trend a chart shows."""

    PERIODS = "periods"
    RATIOS = "ratios"


@dataclass(frozen=True, slots=True)
class TrendQuestion:
    """Which events over time, by what they are told apart, and around which day or agreement."""

    wanted: EventFilter
    every: TimeUnit | None = None
    by: TrendBy | None = None
    around: date | None = None
    agreement: int | None = None
    window: int | None = None

    def without_split(self) -> TrendQuestion:
        """The same over time alone."""
        return TrendQuestion(self.wanted, self.every, self.by)


def trend_for(bench: Workbench, person: Person, asked: TrendQuestion) -> Trend:
    """The trend, without names that somebody may not see; raises `NotAnswerable`."""
    from casus.analysis.selecting import selection_for  # noqa: PLC0415
    from casus.analysis.trends import trend  # noqa: PLC0415

    book = bench.book
    if asked.window is not None and asked.around is None and asked.agreement is None:
        raise NotAnswerable("a number of days goes with a day or an agreement to count them around")
    withheld = book.withheld()

    def work() -> Trend:
        found = trend(
            book,
            selection_for(book, asked.wanted),
            unit=asked.every,
            by=asked.by,
            around=turn,
            window_days=asked.window,
        )
        return visible_anywhere(person, found, withheld)

    with visible_reasons(person, withheld):
        turn = _turn(bench, asked)
        return bench.answers.of(book, ("trend", asked, turn), work)


def chart_of_trend(
    bench: Workbench,
    person: Person,
    asked: TrendQuestion,
    chart: ChartOf,
    *,
    kind: ChartFormat,
    is_narrow: bool = False,
) -> bytes:
    """The chart of a trend; raises `NotAnswerable` where there is nothing to draw."""
    found = trend_for(bench, person, asked)
    question = ("trend chart", asked, _turn(bench, asked), chart, kind, is_narrow)
    return bench.answers.of(
        bench.book, question, lambda: drawn(_chart(found, chart, is_narrow=is_narrow), kind)
    )


def trend_table(found: Trend) -> str:
    """The periods of a trend as CSV, with a row for each group where it has groups."""
    safe = found.frame().map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    return str(safe.to_csv(index=False, lineterminator="\n"))


def sides_in_words(split: BeforeAfter) -> tuple[str, str]:
    """The days before and those after."""
    before, after = (f"{side.first} to {side.last}" for side in (split.before, split.after))
    return before, after


def width_of(*, is_narrow: bool) -> int:
    """How wide a chart is drawn: for a page, or for a telephone."""
    from casus.analysis.charts import theme  # noqa: PLC0415

    return theme.NARROW if is_narrow else theme.WIDTH


def drawn(chart: Chart, kind: ChartFormat) -> bytes:
    """A chart in one of the formats."""
    match kind:
        case ChartFormat.SVG:
            return chart.svg().encode()
        case ChartFormat.PNG:
            return chart.png()
        case ChartFormat.HTML:
            return chart.html().encode()


def _chart(found: Trend, chart: ChartOf, *, is_narrow: bool) -> Chart:
    from casus.analysis.charts.comparisons import comparison_chart, rows_of  # noqa: PLC0415
    from casus.analysis.charts.trends import trend_chart  # noqa: PLC0415

    width = width_of(is_narrow=is_narrow)
    if chart is ChartOf.PERIODS:
        return trend_chart(found, width=width)
    if found.around is None:
        raise NotAnswerable("ratios are of what came after a day: give a day or an agreement")
    before, after = sides_in_words(found.around)
    return comparison_chart(
        rows_of(found.around),
        before=before,
        after=after,
        events_in_words=found.words,
        revision=found.revision,
        width=width,
    )


def _turn(bench: Workbench, asked: TrendQuestion) -> Turn | None:
    from casus.analysis.before_after import Turn, turn_of  # noqa: PLC0415

    if asked.agreement is not None and asked.around is not None:
        raise NotAnswerable("give a day or an agreement to count around, not both")
    if asked.agreement is not None:
        return turn_of(bench.book, asked.agreement)
    return None if asked.around is None else Turn.on(asked.around)
