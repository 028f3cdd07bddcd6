"""How charts look: colours, lines, marks, font, axes.

The colours are those of Okabe and Ito (2008), "Color Universal Design", which people with
any common colour vision tell apart.  No meaning hangs on colour alone: series differ in
dash and shape too, and in lightness when printed in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

FONT = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
"""Liberation Sans comes with the renderer; the others have letters of the same width."""

WIDTH = 640
"""How wide a plot is in pixels, without its axis."""
NARROW = 270
"""How wide a plot is that is read on a telephone."""

INK = "#1d1c1a"
MUTED = "#5c5850"
GRID = "#dcd8cf"
PAPER = "#ffffff"
BLUE = "#0072b2"
ORANGE = "#e69f00"
GREEN = "#009e73"
VERMILION = "#d55e00"
SKY = "#56b4e9"
PURPLE = "#cc79a7"

BAR = BLUE
"""Bars of what is counted."""
EFFORT = "#8d8a84"
"""Bars of how much was reported, which is no violence."""

_SMALL, _USUAL, _LARGE = 11, 12, 15


class Period(StrEnum):
    """What the ticks of a time axis tell, as a format of d3."""

    DAY = "%-d %b %Y"
    MONTH = "%b %Y"
    YEAR = "%Y"


@dataclass(frozen=True, slots=True)
class Series:
    """How one of several series is drawn: colour, dash and shape, so that no two differ in colour alone."""

    colour: str
    dash: tuple[int, ...]
    shape: str


SERIES = (
    Series(BLUE, (1, 0), "circle"),
    Series(ORANGE, (6, 3), "square"),
    Series(INK, (2, 2), "triangle-up"),
    Series(GREEN, (8, 3, 2, 3), "diamond"),
    Series(VERMILION, (10, 4), "cross"),
    Series(PURPLE, (4, 2), "triangle-down"),
)


def data_of(rows: Iterable[Mapping[str, Any]]) -> alt.Data:
    """Rows as data of a chart, without a frame."""
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    return alt.Data(values=[dict(row) for row in rows])  # type: ignore[no-untyped-call]


def config() -> dict[str, Any]:
    """The look of all charts, as Vega-Lite's `config`."""
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": _SMALL,
        "titleFontSize": _USUAL,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "labelOverlap": True,
        "titlePadding": 8,
    }
    return {
        "font": FONT,
        "background": PAPER,
        "aria": False,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "bar": {"color": BAR},
        "rule": {"color": INK},
        "text": {"color": INK, "fontSize": _SMALL},
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": _SMALL,
            "titleFontSize": _SMALL,
            "titleFontWeight": "normal",
            "symbolStrokeWidth": 1.5,
            "labelLimit": 260,
        },
        "title": {
            "anchor": "start",
            "frame": "group",
            "fontSize": _LARGE,
            "color": INK,
            "subtitleColor": MUTED,
            "subtitleFontSize": _USUAL,
            "subtitlePadding": 4,
            "offset": 12,
        },
    }


def time_axis(
    field: str,
    title: str | None = None,
    period: Period | None = None,
    domain: tuple[str, str] | None = None,
    **axis: Any,
) -> alt.X:
    """Days on the horizontal axis, in UTC so that a day is the same everywhere.

    `field` holds ISO days.  Without a `period` the ticks are years, months or days as they fit;
    `domain` are the ISO days that the axis goes from and to.
    """
    import altair as alt  # noqa: PLC0415

    if period is not None:
        axis["format"] = period.value
    scale = alt.Scale(type="utc") if domain is None else alt.Scale(type="utc", domain=domain, nice=False)
    return alt.X(field, type="temporal", scale=scale, axis=alt.Axis(title=title, **axis))


def number_axis(
    field: str,
    title: str,
    *,
    begins_at_zero: bool = True,
    is_whole: bool = True,
    most: float | None = None,
    **axis: Any,
) -> alt.Y:
    """Numbers on the vertical axis, beginning at zero; whole ones have no ticks between them.

    With `most` the axis goes from zero to it, or to a round number above.
    """
    import altair as alt  # noqa: PLC0415

    if is_whole:
        # Where there are few, ticks may stand between whole numbers: those say nothing.
        axis = {"labelExpr": "datum.value % 1 ? '' : format(datum.value, ',d')", "tickMinStep": 1, **axis}
    scale = (
        alt.Scale(zero=begins_at_zero, nice=True) if most is None else alt.Scale(domain=(0, most), nice=True)
    )
    shown = alt.Axis(title=title, **{"tickCount": 4, **axis})
    return alt.Y(field, type="quantitative", scale=scale, axis=shown)
