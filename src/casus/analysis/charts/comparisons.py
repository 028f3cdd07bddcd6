"""How much came after against before: ratios with their intervals, beside the counts a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Chart, chart_of, source_line
from casus.analysis.rate_results import RateComparison
from casus.analysis.trend_results import BeforeAfter

if TYPE_CHECKING:
    import altair as alt

_ROW = 34
_WIDEST = 50  # times: intervals go no further on the drawing, and end in an arrow there


_HOW = (
    "The solid line at 1 is no change; an interval across it leaves open which way things went. "
    "Reporting (squares) may have changed too."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of the chart: what is compared, and how it came out."""

    says: str
    rates: RateComparison
    is_effort: bool = False
    """Whether it is how much was reported, and no violence."""


def rows_of(result: BeforeAfter) -> tuple[Compared, ...]:
    """What a comparison of before and after has to draw."""
    named = (
        ("events", result.events, False),
        ("killed, best figures", result.deaths.best if result.deaths else None, False),
        ("killed, lowest figures", result.deaths.low if result.deaths else None, False),
        ("killed, highest figures", result.deaths.high if result.deaths else None, False),
        ("all reports", result.published, True),
        ("reports of other things", result.others, True),
        ("events to such a report", result.adjusted, False),
    )
    return tuple(Compared(says, one, is_effort) for says, one, is_effort in named if one is not None)


def comparison_chart(
    rows: Sequence[Compared],
    *,
    before: str,
    after: str,
    events_in_words: str,
    revision: int,
    width: int = theme.WIDTH,
) -> Chart:
    """Each ratio as a mark with its interval, on a scale on which double is as far off as half.

    `before` and `after` say which days were compared.  A ratio that can't be told, as nothing was
    before, has no mark; an interval without a bound ends in an arrow.  Raises `NotAnswerable`
    where no ratio can be drawn.
    """
    return chart_of(
        _drawn(rows, width),
        title=f"After against before: {events_in_words}",
        subtitle="How many times as many a day (or to a report), and the 95 percent interval",
        caption=(
            f"Before: {before}. After: {after}.",
            _HOW,
            source_line(events_in_words, revision),
        ),
        alternative=alternative_of(rows),
        columns=("what", "times", "from", "to", "before", "days before", "after", "days after", "method"),
        rows=[
            (
                one.says,
                _rounded(one.rates.ratio),
                _rounded(one.rates.low),
                _rounded(one.rates.high),
                one.rates.before.count,
                one.rates.before.days,
                one.rates.after.count,
                one.rates.after.days,
                str(one.rates.method).replace("_", " "),
            )
            for one in rows
        ],
        width=width,
    )


def alternative_of(rows: Sequence[Compared]) -> str:
    """What the chart of some comparisons shows, in words."""
    return "; ".join(_told(one) for one in rows) + "."


def _drawn(rows: Sequence[Compared], width: int) -> alt.LayerChart | alt.FacetChart:
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    least, most = _ends(rows)
    values = [_value(at, one, least, most) for at, one in enumerate(rows)]
    height = _ROW * len(rows)
    across = alt.Scale(type="log", domain=[least, most], nice=False)
    ticks = [one for one in (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if least <= one <= most]
    axis = alt.Axis(title="times as many after as before", values=ticks, format="~g", grid=True)
    down = alt.Y("at", type="quantitative", scale=alt.Scale(domain=[len(rows), 0], nice=False), axis=None)

    def chart(some: Sequence[dict[str, Any]], name: str) -> alt.Chart:
        where = alt.X(name, type="quantitative", scale=across, axis=axis)
        return alt.Chart(theme.data_of(some)).encode(x=where, y=down)

    drawn = [value for value in values if value["ratio"] is not None]
    spans = [value for value in values if value["low"] is not None]
    layers = [
        alt.Chart(theme.data_of([{"one": 1}]))
        .mark_rule(color=theme.INK, strokeWidth=1.2)
        .encode(x=alt.X("one", type="quantitative", scale=across, axis=axis)),
        chart(spans, "low").mark_rule(strokeWidth=2, color=theme.BLUE).encode(x2=alt.X2("high")),
        chart([one for one in spans if one["ends_low"]], "low").mark_tick(
            orient="vertical", size=10, thickness=2, color=theme.BLUE
        ),
        chart([one for one in spans if one["ends_high"]], "high").mark_tick(
            orient="vertical", size=10, thickness=2, color=theme.BLUE
        ),
        chart([one for one in spans if not one["ends_low"]], "low").mark_point(
            shape="triangle-left", filled=True, size=70, color=theme.BLUE, opacity=1
        ),
        chart([one for one in spans if not one["ends_high"]], "high").mark_point(
            shape="triangle-right", filled=True, size=70, color=theme.BLUE, opacity=1
        ),
        chart(drawn, "ratio")
        .mark_point(filled=True, size=80, color=theme.BLUE, opacity=1)
        .encode(
            shape=alt.Shape("shape", type="nominal", scale=None),
            tooltip=[alt.Tooltip("says", type="nominal"), alt.Tooltip("told", type="nominal")],
        ),
        alt.Chart(theme.data_of(values))
        .mark_text(align="left", baseline="bottom", dy=-5, x=0)
        .encode(y=down, text="told:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=height)


def _value(at: int, one: Compared, least: float, most: float) -> dict[str, Any]:
    rates = one.rates
    has_interval = rates.low is not None or rates.high is not None

    def within(number: float | None, otherwise: float) -> float:
        return min(most, max(least, otherwise if number is None else number))

    return {
        "at": at + 0.72,
        "says": one.says,
        "told": _told(one),
        "ratio": rates.ratio if rates.ratio and least <= rates.ratio <= most else None,
        "low": within(rates.low, least) if has_interval else None,
        "high": within(rates.high, most) if has_interval else None,
        "ends_low": rates.low is not None and rates.low >= least,
        "ends_high": rates.high is not None and rates.high <= most,
        "shape": "square" if one.is_effort else "circle",
    }


def _ends(rows: Sequence[Compared]) -> tuple[float, float]:
    """The ends of the scale: as far as the intervals go, within bounds, and the same to both sides of 1."""
    told = [
        number
        for one in rows
        for number in (one.rates.ratio, one.rates.low, one.rates.high)
        if number is not None and number > 0
    ]
    furthest = max([2.0, *(max(number, 1 / number) for number in told)])
    end = min(float(_WIDEST), furthest * 1.15)
    return 1 / end, end


def _told(one: Compared) -> str:
    rates = one.rates
    to_report = rates.before.reports is not None and rates.after.reports is not None
    if to_report:
        each = (rates.before.a_report, rates.after.a_report)
        counts = " to ".join(_figure(each_one) for each_one in each) + " to a report"
    else:
        counts = f"{_figure(rates.before.a_day)} to {_figure(rates.after.a_day)} a day"
    if rates.ratio is None:
        return f"{one.says}: {counts}; none before, so no ratio"
    span = (
        "" if rates.low is None or rates.high is None else f" ({_figure(rates.low)} to {_figure(rates.high)})"
    )
    return f"{one.says}: {counts}, {_figure(rates.ratio)} times{span}"


def _figure(number: float | None) -> str:
    """A number with two digits that tell, or whole."""
    if number is None:
        return "unknown"
    if number == 0:
        return "0"
    digits = max(0, 1 - floor(log10(abs(number))))
    return f"{number:,.{min(digits, 4)}f}"


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
