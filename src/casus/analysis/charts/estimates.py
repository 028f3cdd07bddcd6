"""How much is recorded and how much there may be in all: each method's figure, or each stratum's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Chart, chart_of
from casus.analysis.estimates.results import Estimate, EstimateResult, StratifiedResult

if TYPE_CHECKING:
    import altair as alt

_ROW = 36
_WIDEST = 12  # times what is recorded: intervals go no further on the drawing, and end in an arrow there
_HOW = (
    "Grey: what the lists record. Circles: recorded and unrecorded together, as estimated, with 95 percent "
    "intervals; triangles: lower bounds. Intervals allow for chance and the choice of model, not for lists "
    "that depend on each other in other ways."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the chart."""

    says: str
    estimate: Estimate

    @property
    def told(self) -> str:
        """The line in words."""
        one = self.estimate
        kind = "at least " if one.method.is_bound else ""
        return f"{self.says}: {kind}{one.total:,.0f} ({one.total_low:,.0f} to {one.total_high:,.0f})"


def estimate_chart(result: EstimateResult, *, words: str, source: str, width: int = theme.WIDTH) -> Chart:
    """The total of each method with its interval, beside what is recorded, on a scale from zero.

    `words` say what is estimated ("bombings in Niger"), `source` where the lists are from: a line
    of the caption.
    """
    rows = [_Row(one.method.words, one) for one in result.estimates]
    subtitle = f"{result.main.recorded:,.0f} are on one or more of {result.histories.lists} lists"
    told = [f"{caution.words[0].upper()}{caution.words[1:]}." for caution in result.cautions[:3]]
    return _chart(rows, f"Recorded and unrecorded: {words}", subtitle, (_HOW, *told, source), width)


def strata_chart(result: StratifiedResult, *, words: str, source: str, width: int = theme.WIDTH) -> Chart:
    """The total of each stratum by its main method, beside what is recorded there; as `estimate_chart`."""
    rows = [_Row(one.name.replace("_", " "), one.main) for one in result.strata]
    methods = " and ".join(dict.fromkeys(one.main.method.words for one in result.strata))
    refused = (
        [f"Without an estimate: {', '.join(one.name.replace('_', ' ') for one in result.refused)}."]
        if result.refused
        else []
    )
    title = f"Recorded and unrecorded by {result.by.replace('_', ' ')}: {words}"
    return _chart(rows, title, f"By {methods}", (_HOW, *refused, source), width)


def _chart(rows: Sequence[_Row], title: str, subtitle: str, caption: Sequence[str], width: int) -> Chart:
    return chart_of(
        _drawn(rows, width),
        title=title,
        subtitle=subtitle,
        caption=caption,
        alternative="; ".join(row.told for row in rows) + ".",
        columns=("what", "recorded", "in all", "from", "to"),
        rows=[
            (
                row.says,
                round(row.estimate.recorded),
                round(row.estimate.total),
                round(row.estimate.total_low),
                round(row.estimate.total_high),
            )
            for row in rows
        ],
        width=width,
    )


def _drawn(rows: Sequence[_Row], width: int) -> alt.LayerChart | alt.FacetChart:
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    widest = _WIDEST * max(row.estimate.recorded for row in rows)
    most = min(max(row.estimate.total_high for row in rows) * 1.05, widest)
    values = [_value(at, row, most) for at, row in enumerate(rows)]
    across = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(title="in all", format=",.0f", grid=True, tickCount=6)
    down = alt.Y("at", type="quantitative", scale=alt.Scale(domain=[len(rows), 0], nice=False), axis=None)

    def chart(some: Sequence[dict[str, Any]], name: str) -> alt.Chart:
        where = alt.X(name, type="quantitative", scale=across, axis=axis)
        return alt.Chart(theme.data_of(some)).encode(x=where, y=down)

    ending = [one for one in values if one["ends"]]
    open_ended = [one for one in values if not one["ends"]]
    layers = [
        chart(values, "recorded")
        .mark_bar(color=theme.EFFORT, height=9)
        .encode(x2=alt.X2(datum=0), tooltip=[alt.Tooltip("told", type="nominal")]),
        chart(values, "low").mark_rule(strokeWidth=2, color=theme.BLUE).encode(x2=alt.X2("high")),
        chart(values, "low").mark_tick(orient="vertical", size=10, thickness=2, color=theme.BLUE),
        chart(ending, "high").mark_tick(orient="vertical", size=10, thickness=2, color=theme.BLUE),
        chart(open_ended, "high").mark_point(
            shape="triangle-right", filled=True, size=70, color=theme.BLUE, opacity=1
        ),
        chart([one for one in values if one["is_within"]], "total")
        .mark_point(filled=True, size=80, color=theme.BLUE, opacity=1)
        .encode(
            shape=alt.Shape("shape", type="nominal", scale=None),
            tooltip=[alt.Tooltip("told", type="nominal")],
        ),
        alt.Chart(theme.data_of(values))
        .mark_text(align="left", baseline="bottom", dy=-7, x=0)
        .encode(y=down, text="told:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=_ROW * len(rows))


def _value(at: int, row: _Row, most: float) -> dict[str, Any]:
    one = row.estimate
    return {
        "at": at + 0.75,
        "told": row.told,
        "recorded": min(one.recorded, most),
        "total": one.total,
        "low": min(one.total_low, most),
        "high": min(one.total_high, most),
        "ends": one.total_high <= most,
        "is_within": one.total <= most,
        "shape": "triangle-up" if one.method.is_bound else "circle",
    }
