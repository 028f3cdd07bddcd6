"""Events, deaths and reporting over time, one above the other on the same days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Cell, Chart, chart_of, source_line
from casus.analysis.trend_results import Figures, Trend, TrendGroup, TrendPeriod
from casus.casebook.browsing.records import TimeUnit
from casus.errors import NotAnswerable
from casus.output.wording import figure_words

if TYPE_CHECKING:
    import altair as alt

EVENTS, DEATHS, EFFORT = theme.BLUE, theme.VERMILION, theme.EFFORT
_FORMATS = {
    TimeUnit.YEAR: "%Y",
    TimeUnit.MONTH: "%b %Y",
    TimeUnit.WEEK: "%-d %b %Y",
    TimeUnit.DAY: "%-d %b %Y",
}
_LABELS = {TimeUnit.YEAR: 45, TimeUnit.MONTH: 65, TimeUnit.WEEK: 85, TimeUnit.DAY: 85}  # pixels each
_STEPS = {TimeUnit.YEAR: (1, 2, 5, 10, 20, 50), TimeUnit.MONTH: (1, 2, 3, 6, 12, 24, 60, 120)}
_A_GAP_FROM = 4  # pixels that a period has, from which its bar stands apart


def trend_chart(result: Trend, *, width: int = theme.WIDTH) -> Chart:
    """Events of each period as bars, deaths as bars with low to high, and below how much was reported.

    Periods in which no event gives a number of dead have no bar of deaths, which is not zero.  A
    day that the trend is asked about is a dashed line.  Groups have a row of bars each.  Raises
    `NotAnswerable` where there is no event.
    """
    if not result.total.events:
        raise NotAnswerable(f"there is nothing to draw: no event of {result.words} began in these days")
    panels = _Panels(result, width)
    return chart_of(
        panels.drawn(),
        title=f"Over time: {result.words}",
        subtitle=f"By the {result.unit}, {result.first} to {result.last}",
        caption=(*_captions(result), source_line(result.words, result.revision)),
        alternative=alternative_of(result),
        columns=(
            str(result.unit),
            "events",
            "killed",
            "give no number",
            "reports published",
            "outlets",
        ),
        rows=[_row(one, result.unit) for one in result.periods],
        width=width,
    )


class _Panels:
    """The rows of bars, which share their days."""

    def __init__(self, result: Trend, width: int) -> None:
        self.result = result
        self.width = width
        pitch = width / len(result.periods)
        self.gap = 1 if pitch >= _A_GAP_FROM else 0

    def drawn(self) -> alt.VConcatChart:
        """All rows, one above the other."""
        import altair as alt  # noqa: PLC0415 - takes 0.3 s

        panels = [*self._groups()] if self.result.groups else [self._events(self.result.total, None)]
        panels.append(self._deaths())
        panels.append(self._effort())
        drawn: alt.VConcatChart = alt.vconcat(*panels, spacing=14)
        return drawn.resolve_scale(x="shared", y="independent")  # type: ignore[no-any-return]

    def _events(
        self, _: Figures, group: TrendGroup | None, most: int | None = None
    ) -> alt.LayerChart | alt.FacetChart:
        figures = group.periods if group else [one.figures for one in self.result.periods]
        rows = self._rows([one.events for one in figures])
        title = "events" if group is None else ""
        height = 120 if group is None else 46
        bars = self._bars(rows, title, EVENTS, height, most)
        if group is not None:
            bars = bars.properties(title=_row_title(group.name.replace("_", " ")))
        return self._layered(bars, with_name=group is None)

    def _groups(self) -> Iterator[alt.LayerChart | alt.FacetChart]:
        groups = [*self.result.groups, *([self.result.others] if self.result.others else [])]
        most = max(one.events for group in groups for one in group.periods)
        for group in groups:
            yield self._events(group.total, group, most)

    def _deaths(self) -> alt.LayerChart | alt.FacetChart:
        import altair as alt  # noqa: PLC0415

        figures = [one.figures for one in self.result.periods]
        rows = self._rows([_deaths_of(one) for one in figures])
        for row, one in zip(rows, figures, strict=True):
            row |= {"low": one.deaths_low, "high": one.deaths_high}
        bars = self._bars(rows, "killed", DEATHS, 100)
        spread = [row for row in rows if row["value"] is not None and row["low"] != row["high"]]
        if not spread:
            return self._layered(bars)
        whiskers = (
            alt.Chart(theme.data_of(spread))
            .mark_rule(color=theme.INK, strokeWidth=1.5 if self.gap else 1)
            .encode(x=theme.time_axis("middle"), y=alt.Y("low", type="quantitative"), y2=alt.Y2("high"))
        )
        return self._layered(bars, whiskers)

    def _effort(self) -> alt.LayerChart | alt.FacetChart:
        rows = self._rows([one.published for one in self.result.periods])
        return self._layered(self._bars(rows, "reports", EFFORT, 56, has_days=True))

    def _bars(
        self,
        rows: Sequence[dict[str, Any]],
        title: str,
        colour: str,
        height: int,
        most: int | None = None,
        *,
        has_days: bool = False,
    ) -> alt.Chart:
        import altair as alt  # noqa: PLC0415

        ticks = self._ticks() if has_days else {"labels": False}
        days = theme.time_axis("start", domain=(rows[0]["start"], rows[-1]["after"]), **ticks)
        up = theme.number_axis("value", title, most=most, tickCount=4 if height > 60 else 2)
        bars: alt.Chart = (
            alt.Chart(theme.data_of(rows))
            .mark_bar(orient="vertical", color=colour, x2Offset=-self.gap, stroke=colour)
            .encode(
                x=days,
                x2=alt.X2("after"),
                y=up,
                y2=alt.Y2Datum(0),
                fillOpacity=alt.FillOpacity("opacity", type="quantitative", scale=None),
                strokeWidth=alt.StrokeWidth("edge", type="quantitative", scale=None),
                tooltip=[
                    alt.Tooltip("label", title="when", type="nominal"),
                    alt.Tooltip("value:Q", title=title),
                ],
            )
            .properties(width=self.width, height=height)
        )
        return bars

    def _ticks(self) -> dict[str, Any]:
        unit, periods = self.result.unit, len(self.result.periods)
        shown = max(2, self.width // _LABELS[unit])
        axis: dict[str, Any] = {"format": _FORMATS[unit]}
        if unit in _STEPS:
            step = next((one for one in _STEPS[unit] if ceil(periods / one) <= shown), _STEPS[unit][-1])
            if unit is TimeUnit.MONTH and step % 12 == 0:
                axis["format"] = _FORMATS[TimeUnit.YEAR]
            return {**axis, "tickCount": {"interval": str(unit), "step": step}}
        return {**axis, "tickCount": shown if periods > shown else {"interval": "day", "step": self._step()}}

    def _step(self) -> int:
        return 7 if self.result.unit is TimeUnit.WEEK else 1

    def _layered(self, *layers: alt.Chart, with_name: bool = False) -> alt.LayerChart | alt.FacetChart:
        import altair as alt  # noqa: PLC0415

        around = self.result.around
        if around is None:
            return alt.layer(*layers)
        data = theme.data_of([{"day": around.day.isoformat(), "says": around.name or f"{around.day}"}])
        line = alt.Chart(data).encode(x=theme.time_axis("day"))
        marked = [line.mark_rule(color=theme.INK, strokeDash=[5, 3], strokeWidth=1.3)]
        if with_name:
            is_late = (around.day - self.result.first) > (self.result.last - self.result.first) / 2
            side: dict[str, Any] = {"align": "right", "dx": -5} if is_late else {"align": "left", "dx": 5}
            marked.append(
                line.mark_text(y=-3, baseline="bottom", limit=self.width / 2, **side).encode(text="says:N")
            )
        return alt.layer(*layers, *marked)

    def _rows(self, values: Sequence[int | None]) -> list[dict[str, Any]]:
        """What bars are drawn of: days as ISO, the day after a period being where its bar ends."""
        rows = []
        for period, value in zip(self.result.periods, values, strict=True):
            after = period.end + timedelta(days=1)
            rows.append(
                {
                    "start": period.start.isoformat(),
                    "after": after.isoformat(),
                    "middle": _middle(period.start, after),
                    "value": value,
                    "label": period_words(period, self.result.unit),
                    "opacity": 1 if period.is_whole else 0.35,
                    "edge": 0 if period.is_whole or not value else 1,
                }
            )
        return rows


def period_words(period: TrendPeriod, unit: TimeUnit) -> str:
    """A day, a week by its first day, a month or a year; what is counted where that is a part of it."""
    if not period.is_whole:
        return f"{period.start} to {period.end} (in part)"
    if unit is TimeUnit.YEAR:
        return f"{period.start:%Y}"
    if unit is TimeUnit.MONTH:
        return f"{period.start:%Y-%m}"
    return f"week of {period.start}" if unit is TimeUnit.WEEK else f"{period.start}"


def _deaths_of(figures: Figures) -> int | None:
    """The best number of dead; None where no event of some gives one."""
    return None if figures.events and figures.without_toll == figures.events else figures.deaths_best


def _row(period: TrendPeriod, unit: TimeUnit) -> tuple[Cell, ...]:
    one = period.figures
    is_known = _deaths_of(one) is not None
    killed = figure_words(one.deaths_low, one.deaths_best, one.deaths_high) if is_known else None
    return (
        period_words(period, unit), one.events, killed, one.without_toll, period.published, period.outlets
    )  # fmt: skip


def _captions(result: Trend) -> Iterator[str]:
    total = result.total
    yield (
        "Bars of the killed are the best figures, lines go from the lowest to the highest; "
        f"{total.without_toll:,} of {total.events:,} events give no number, which is not zero."
    )
    yield "Grey bars are all reports in the casebook: where fewer are published, fewer events are told of."
    if not all(period.is_whole for period in result.periods):
        yield "Light bars: only a part of the period is counted."
    left = [
        f"{count:,} {words}"
        for count, words in (
            (result.undated, "without a known day"),
            (result.earlier, "that began before the first day"),
        )
        if count
    ]
    if left:
        yield f"Not counted: {' and '.join(left)}."
    if result.around is not None:
        yield f"Dashed line: {result.around.name or 'the day'} ({result.around.day})."


def alternative_of(result: Trend) -> str:
    """What the chart of a trend shows, in words."""
    most = max(result.periods, key=lambda one: one.figures.events)
    total = result.total
    killed = (
        f", {figure_words(total.deaths_low, total.deaths_best, total.deaths_high)} killed"
        if _deaths_of(total) is not None
        else ""
    )
    return (
        f"Bars of {total.events:,} events{killed}, by the {result.unit} from {result.first} to "
        f"{result.last}. Most events, {most.figures.events:,}, began in {period_words(most, result.unit)}; "
        f"the fewest reports of a period were {min(one.published for one in result.periods):,}, the most "
        f"{max(one.published for one in result.periods):,}."
    )


def _row_title(name: str) -> alt.TitleParams:
    import altair as alt  # noqa: PLC0415

    return alt.TitleParams(name, fontSize=11, fontWeight="normal", offset=2, frame="bounds")


def _middle(start: date, after: date) -> str:
    """The middle of a period as an ISO time of UTC."""
    hours = (after - start).days * 12
    return f"{start + timedelta(days=hours // 24)}T{hours % 24:02}:00:00Z"
