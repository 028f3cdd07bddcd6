"""What the marks of a map mean, as a strip below it."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme

if TYPE_CHECKING:
    import altair as alt

_LETTER, _GAP = 5.3, 12
_KINDS = (
    ("circle", 90, True, "place known"),
    ("circle", 90, False, "known to a unit only"),
    ("triangle-up", 40, False, "number killed not told"),
)


def key_of(sizes: Sequence[tuple[int, float]], width: int, colour: str) -> alt.LayerChart | alt.FacetChart:
    """A strip as wide as the map: kinds of marks, and areas for some numbers of dead."""
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    entries = [*_KINDS, *(("circle", area, True, f"{killed:,} killed") for killed, area in sizes)]
    values, height = _placed(entries, width)
    chart = alt.Chart(theme.data_of(values)).encode(x=_at("x", width), y=_at("y", height))
    looks: tuple[tuple[bool, dict[str, Any]], ...] = ((True, {"fillOpacity": 0.55}), (False, {}))
    marks = [
        chart.mark_point(stroke=colour, strokeWidth=1.2, opacity=1, fill=colour if filled else None, **more)
        .transform_filter(f"datum.filled === {str(filled).lower()}")
        .encode(
            size=alt.Size("area", type="quantitative", scale=None),
            shape=alt.Shape("shape", type="nominal", scale=None),
        )
        for filled, more in looks
    ]
    words = chart.mark_text(align="left", baseline="middle").encode(x=_at("text_x", width), text="says:N")
    return alt.layer(*marks, words).properties(width=width, height=height)


def _placed(
    entries: Sequence[tuple[str, float, bool, str]], width: int
) -> tuple[list[dict[str, Any]], float]:
    """The entries in rows that fit, and how high they are."""
    values: list[dict[str, Any]] = []
    left = top = tall = 0.0
    row: list[dict[str, Any]] = []

    def end_row() -> None:
        nonlocal top, tall, left
        values.extend({**one, "y": top + tall / 2} for one in row)
        top, tall, left = top + tall, 0.0, 0.0
        row.clear()

    for shape, area, filled, says in entries:
        radius = sqrt(area / pi) + 2
        wide = 2 * radius + 6 + len(says) * _LETTER
        if row and left + wide > width:
            end_row()
        look = {"shape": shape, "area": round(area, 1), "filled": filled, "says": says}
        row.append({"x": left + radius, "text_x": left + 2 * radius + 6, **look})
        left += wide + _GAP
        tall = max(tall, 2 * radius, 20)
    end_row()
    return values, top


def _at(name: str, most: float) -> Any:
    import altair as alt  # noqa: PLC0415

    kind = alt.Y if name == "y" else alt.X
    domain = [most, 0] if name == "y" else [0, most]
    return kind(name, type="quantitative", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=None)
