"""What a statistic asserts beside what the record shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Cell, Chart, chart_of, source_line
from casus.analysis.checks.counting import series_of
from casus.analysis.checks.judging import rounded
from casus.analysis.checks.records import Baseline, Check, Days, Trial
from casus.casebook.book import Casebook
from casus.errors import NotAnswerable

if TYPE_CHECKING:
    import altair as alt

_ROW = 40
_MOST_BARS = 60
_WIDTHS = (7, 14, 28, 56, 91, 182, 364, 728, 1820)  # days that a bar stands for
_WIDEST = 20.0  # times: intervals are drawn no further
_AGAINST = {
    Baseline.BEFORE: "as long right before",
    Baseline.YEAR_EARLIER: "a year earlier",
    Baseline.LATE_START: "begun later",
    Baseline.CHOSEN: "chosen days",
}
_TICKS = (0.05, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 10, 20)
_HOW = (
    "Below, on a scale on which double is as far off as half: the record's ratios with their 95 percent "
    "intervals, and as a band what is asserted, as it rounds. At 1 nothing changed."
)


def check_chart(book: Casebook, check: Check, *, width: int = theme.WIDTH) -> Chart:
    """A checked statistic: what was counted over time, and what is asserted beside the record's interval.

    Raises `NotAnswerable` for a statistic that the record says nothing of.
    """
    if not is_drawable(check):
        raise NotAnswerable(f"there is nothing to draw: {check.why}")
    revision = book.browse.pulse().revision
    if check.trials:
        return _of_change(book, check, revision, width)
    return _of_figure(check, revision, width)


def is_drawable(check: Check) -> bool:
    """Whether the record says anything of a statistic that can be drawn."""
    return check.subject is not None and bool(check.trials or check.recorded or check.share)


def alternative_of(check: Check) -> str:
    """What the chart of a check shows, in words."""
    return f"{_words(check)}: {check.why}."


def _of_change(book: Casebook, check: Check, revision: int, width: int) -> Chart:
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    subject = check.subject.words if check.subject else ""
    bars = list(_bars(book, check))
    days = bars[0]["days"]
    rows: list[list[Cell]] = [
        [str(bar["start"]), str(bar["end"]), bar["side"], bar["count"], None, None, None] for bar in bars
    ]
    rows += [
        [str(trial.after.first), str(trial.after.last), _AGAINST[trial.baseline], trial.compared.after.count,
         trial.compared.ratio, trial.compared.low, trial.compared.high]
        for trial in check.trials
    ]  # fmt: skip
    drawn = alt.vconcat(_over_time(bars, check.trials[0], width), _ratios(check, width), spacing=22)
    return chart_of(
        drawn.resolve_scale(x="independent", y="independent"),
        title=f"“{check.asserted.words}”",
        subtitle=f"{_words(check).capitalize()}: {check.why}",
        caption=(
            f"Bars: {subject}, {days} days each; the first and the last may be shorter.",
            _HOW,
            *check.notes,
            source_line(subject, revision),
        ),
        alternative=alternative_of(check),
        columns=("from", "to", "what", "count", "ratio", "low", "high"),
        rows=rows,
        width=width,
    )


def _bars(book: Casebook, check: Check) -> Iterator[dict[str, Any]]:
    """Counts of equal stretches, which meet at the day of the change so that none is of both sides."""
    trial = check.trials[0]
    if check.subject is None:
        return
    series = series_of(book, check.subject)
    for side, stretch in (("before", trial.before), ("after", trial.after)):
        longest = max(len(trial.before), len(trial.after))
        days = next((one for one in _WIDTHS if 2 * longest / one <= _MOST_BARS), _WIDTHS[-1])
        first, last = stretch.first.toordinal(), stretch.last.toordinal()
        starts = (
            range(first, last + 1, days) if side == "after" else range(last + 1 - days, first - days, -days)
        )
        for start in sorted(starts):
            span = Days(date.fromordinal(max(first, start)), date.fromordinal(min(last, start + days - 1)))
            yield {
                "start": span.first.isoformat(),
                "end": span.last.isoformat(),
                "stop": date.fromordinal(span.last.toordinal() + 1).isoformat(),
                "side": side,
                "count": int(series.of(span).sum()),
                "zero": 0,
                "days": days,
            }


def _over_time(bars: Sequence[dict[str, Any]], trial: Trial, width: int) -> alt.LayerChart | alt.FacetChart:
    import altair as alt  # noqa: PLC0415

    across = alt.X("start", type="temporal", axis=alt.Axis(title=None, format="%b %Y", labelOverlap=True))
    drawn = (
        alt.Chart(theme.data_of(list(bars)))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=across,
            x2=alt.X2("stop"),
            y=alt.Y(
                "count",
                type="quantitative",
                title="recorded",
                scale=alt.Scale(zero=True),
                axis=alt.Axis(tickMinStep=1, format=",d"),
            ),
            y2=alt.Y2("zero"),
            color=alt.Color(
                "side",
                type="nominal",
                scale=alt.Scale(domain=["before", "after"], range=[theme.EFFORT, theme.BLUE]),
                legend=None,
            ),
        )
    )
    means = [
        {
            "start": side.first.isoformat(),
            "stop": side.last.isoformat(),
            "mean": stretch.a_day * bars[0]["days"],
            "says": f"{name}: {stretch.count:,}, {stretch.a_day:.2g} a day",
        }
        for name, side, stretch in (
            ("before", trial.before, trial.compared.before),
            ("after", trial.after, trial.compared.after),
        )
    ]
    level = alt.Chart(theme.data_of(means)).encode(
        x=alt.X("start", type="temporal"), y=alt.Y("mean", type="quantitative")
    )
    lines = level.mark_rule(color=theme.INK, strokeWidth=1.5, strokeDash=[5, 3]).encode(x2=alt.X2("stop"))
    words = (
        alt.Chart(theme.data_of(means))
        .mark_text(align="left", dx=2, color=theme.INK, fontWeight="bold")
        .encode(x=alt.X("start", type="temporal"), y=alt.value(-8), text="says:N")
    )
    return alt.layer(drawn, lines, words).properties(width=width, height=180)


def _ratios(check: Check, width: int) -> alt.LayerChart | alt.FacetChart:
    import altair as alt  # noqa: PLC0415

    values: list[dict[str, Any]] = [
        {
            "at": at + 0.6,
            "says": _AGAINST[trial.baseline],
            "ratio": trial.compared.ratio,
            "low": max(1 / _WIDEST, trial.compared.low or 1 / _WIDEST),
            "high": min(_WIDEST, _WIDEST if trial.compared.high is None else trial.compared.high),
        }
        for at, trial in enumerate(check.trials)
    ]
    told = rounded(check.asserted) if check.asserted.ratio is not None else None
    ends = [1.0, *(value[name] for value in values for name in ("low", "high"))]
    ends += [min(_WIDEST, max(1 / _WIDEST, one)) for one in told or ()]
    least, most = min(ends) * 0.85, max(ends) * 1.15
    scale = alt.Scale(type="log", domain=[least, most], nice=False)
    ticks = [tick for tick in _TICKS if least <= tick <= most]
    axis = alt.Axis(title="times as many after as before", values=ticks, format="~g")
    down = alt.Y("at", type="quantitative", scale=alt.Scale(domain=[len(values), 0], nice=False), axis=None)
    layers: list[alt.Chart] = []
    if told is not None:
        low, high = (min(most, max(least, one)) for one in told)
        band = [{"low": low, "high": high, "says": f"asserted: {_asserted(check)}"}]
        shown = alt.Chart(theme.data_of(band)).encode(
            x=alt.X("low", type="quantitative", scale=scale, axis=axis)
        )
        layers.append(
            shown.mark_rect(color=theme.ORANGE, opacity=0.45, stroke=theme.INK, strokeDash=[3, 2]).encode(
                x2=alt.X2("high")
            )
        )
        layers.append(
            shown.mark_text(
                align="left", dx=2, dy=-8, baseline="bottom", fontWeight="bold", color=theme.INK
            ).encode(text="says:N", y=alt.value(0))
        )
    one = [{"one": 1}]
    layers.append(
        alt.Chart(theme.data_of(one))
        .mark_rule(color=theme.INK, strokeWidth=1.2)
        .encode(x=alt.X("one", type="quantitative", scale=scale, axis=axis))
    )
    base = alt.Chart(theme.data_of(values)).encode(y=down)
    layers.append(
        base.mark_rule(strokeWidth=2.5, color=theme.BLUE).encode(
            x=alt.X("low", type="quantitative", scale=scale, axis=axis), x2=alt.X2("high")
        )
    )
    layers.append(
        base.transform_filter("datum.ratio !== null")
        .mark_point(filled=True, size=75, color=theme.BLUE, opacity=1)
        .encode(x=alt.X("ratio", type="quantitative", scale=scale, axis=axis))
    )
    layers.append(
        base.mark_text(align="left", dy=-9, color=theme.INK).encode(
            x=alt.X("low", type="quantitative", scale=scale, axis=axis), text="says:N"
        )
    )
    return alt.layer(*layers).properties(width=width, height=_ROW * len(values))


def _of_figure(check: Check, revision: int, width: int) -> Chart:
    """A count or a share as one line from low to high, and what is asserted as a dashed one."""
    import altair as alt  # noqa: PLC0415

    if check.recorded is not None:
        low, middle, high = (
            float(one) for one in (check.recorded.low, check.recorded.best, check.recorded.high)
        )
        days, unit, told = check.recorded.days, "recorded, low to high", float(check.asserted.count or 0)
    elif check.share is not None:
        low, middle, high = check.share.low, check.share.percent, check.share.high
        days, unit, told = check.share.days, "percent, 95 percent interval", check.asserted.percent or 0.0
    else:
        raise NotAnswerable(f"there is nothing to draw: {check.why}")
    words = check.subject.words if check.subject else ""
    scale = alt.Scale(domain=[0, 1.15 * max(high, told, 1)], nice=False)
    value = [{"low": low, "best": middle, "high": high, "told": told, "says": f"asserted: {told:,.0f}"}]
    base = alt.Chart(theme.data_of(value))

    def across(name: str) -> alt.X:
        return alt.X(name, type="quantitative", scale=scale, axis=alt.Axis(title=unit))

    drawn = alt.layer(
        base.mark_bar(color=theme.BLUE, opacity=0.35, height=22)
        .encode(x=across("zero"), x2=alt.X2("best"))
        .transform_calculate(zero="0"),
        base.mark_rule(color=theme.BLUE, strokeWidth=3).encode(x=across("low"), x2=alt.X2("high")),
        base.mark_point(filled=True, size=90, color=theme.BLUE, opacity=1).encode(x=across("best")),
        base.mark_rule(color=theme.VERMILION, strokeWidth=2, strokeDash=[6, 3]).encode(x=across("told")),
        base.mark_text(align="right", dx=-6, dy=-24, fontWeight="bold", color=theme.INK).encode(
            x=across("told"), text="says:N"
        ),
    ).properties(width=width, height=70)
    return chart_of(
        drawn,
        title=f"“{check.asserted.words}”",
        subtitle=f"{_words(check).capitalize()}: {check.why}",
        caption=(f"Counted: {words}, {days}.", *check.notes, source_line(words, revision)),
        alternative=alternative_of(check),
        columns=("what", "low", "best", "high", "asserted"),
        rows=[(words, low, middle, high, told)],
        width=width,
    )


def _asserted(check: Check) -> str:
    percent = check.asserted.percent
    if percent is None:
        return "no change"
    ratio = check.asserted.ratio or 0.0
    return f"{percent:g} percent {'more' if ratio > 1 else 'less'}"


def _words(check: Check) -> str:
    return str(check.verdict).replace("_", " ")
