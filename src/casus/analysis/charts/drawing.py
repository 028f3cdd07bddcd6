"""What a chart is, and how it is written: PNG, SVG, PDF, an interactive page, its specification.

Charts are made with Altair and drawn by vl-convert, which brings its own JavaScript and font:
nothing is asked of any network.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casus import __version__
from casus.analysis.charts import theme
from casus.errors import ExportError, NotAnswerable
from casus.exports.files import write_whole

if TYPE_CHECKING:
    import altair as alt

Cell = str | int | float | date | None
"""A cell of a table; None is unknown, and is shown as such."""
UNKNOWN = "unknown"

_LETTER = 5.6  # pixels that a letter of the caption takes on average
_AXIS = 60  # pixels left of the plot
_NUMBERED = re.compile(r"\b(clip|gradient_)(\d+)\b")
_NOISE = re.compile(r' (?:role="graphics-[a-z]+"|aria-roledescription="[a-z -]+"|aria-hidden="true")')


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chart:
    """A drawing with the words and figures that belong to it.

    `drawing` is a Vega-Lite specification without title and caption; `alternative` says in
    words what it shows; `columns` and `rows` are the figures that it is drawn from.
    """

    drawing: Mapping[str, Any]
    title: str
    caption: tuple[str, ...]
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    subtitle: str = ""
    width: int = theme.WIDTH

    @property
    def specification(self) -> dict[str, Any]:
        """The whole chart as Vega-Lite, with title and caption."""
        letters = int((self.width + _AXIS) / _LETTER)
        title: dict[str, Any] = {"text": textwrap.wrap(self.title, int(letters * 0.7))}
        if self.subtitle:
            title["subtitle"] = textwrap.wrap(self.subtitle, letters)
        caption = [line for one in self.caption for line in textwrap.wrap(one, letters)]
        below = {
            "text": caption,
            "orient": "bottom",
            "anchor": "start",
            "fontSize": 10.5,
            "fontWeight": "normal",
            "color": theme.MUTED,
            "offset": 14,
        }
        inner = {name: value for name, value in self.drawing.items() if name not in _OUTER}
        outer = {name: value for name, value in self.drawing.items() if name in _OUTER}
        return {
            **outer,
            "description": self.alternative,
            "title": title,
            "vconcat": [{"title": below, "vconcat": [inner]}],
            "config": theme.config(),
        }

    def svg(self, *, is_bare: bool = False) -> str:
        """The chart as SVG; a bare one has neither title nor caption, for a page that tells them itself."""
        spec = {**self.drawing, "config": theme.config()} if is_bare else self.specification
        drawn = _as_svg(spec)
        label = escape(self.alternative, quote=True)
        return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

    def png(self, scale: float = 2) -> bytes:
        """The chart as PNG; `scale` pixels for each pixel of the drawing."""
        import vl_convert  # noqa: PLC0415 - its first drawing takes 0.6 s

        return bytes(vl_convert.svg_to_png(self.svg(), scale=scale))

    def pdf(self) -> bytes:
        """The chart as a PDF of one page."""
        import vl_convert  # noqa: PLC0415

        return bytes(vl_convert.svg_to_pdf(self.svg()))

    def html(self) -> str:
        """A page of its own that answers to the pointer, with the figures as a table.

        All is in it (some 900 kB of JavaScript); without scripts the drawing stands still.
        """
        from casus.analysis.charts.pages import chart_page  # noqa: PLC0415 - loads Jinja

        return chart_page(self)

    def json(self) -> str:
        """The specification as JSON, for other programs that draw Vega-Lite."""
        return json.dumps(self.specification, ensure_ascii=False, indent=1) + "\n"

    def save(self, path: str | Path) -> None:
        """Write the chart in the format of the file's suffix, whole or not at all; raises `ExportError`."""
        target = Path(path)
        writes = _WRITERS.get(target.suffix.lower())
        if writes is None:
            known = ", ".join(_WRITERS)
            raise ExportError(f"{target}: no chart can be written so: end the name in one of {known}")
        write_whole(target, writes(self))

    def __repr__(self) -> str:
        return f"Chart({self.title!r})"

    def _repr_svg_(self) -> str:
        """The chart in a notebook."""
        return self.svg()

    def with_caption(self, *lines: str) -> Chart:
        """The same chart with more said below it."""
        return replace(self, caption=(*self.caption, *lines))


_OUTER = frozenset({"$schema", "datasets", "data", "config", "params", "usermeta"})
_WRITERS: dict[str, Callable[[Chart], bytes]] = {
    ".png": Chart.png,
    ".svg": lambda chart: chart.svg().encode(),
    ".pdf": Chart.pdf,
    ".html": lambda chart: chart.html().encode(),
    ".json": lambda chart: chart.json().encode(),
}


def chart_of(
    drawing: alt.TopLevelMixin,
    *,
    title: str,
    caption: Sequence[str],
    alternative: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    subtitle: str = "",
    width: int = theme.WIDTH,
    datasets: Mapping[str, list[dict[str, Any]]] | None = None,
) -> Chart:
    """A chart from what Altair made; raises `NotAnswerable` where there is nothing to draw.

    The figures of the drawing go beside it as `rows` under `columns`; a row whose cells but the
    first are all unknown draws nothing.  `datasets` are rows that the drawing names (`alt.NamedData`):
    Altair looks long at many.
    """
    if not any(any(cell is not None for cell in row[1:]) for row in rows):
        raise NotAnswerable(f"there is nothing to draw in the chart “{title}”: ask for other events or days")
    spec = drawing.to_dict(validate=False)  # its parts were looked at when they were made
    spec.pop("config", None)
    if datasets:
        spec["datasets"] = {**spec.get("datasets", {}), **datasets}
    return Chart(
        spec,
        title,
        tuple(caption),
        alternative,
        tuple(columns),
        tuple(tuple(row) for row in rows),
        subtitle,
        width,
    )


def source_line(events_in_words: str, revision: int) -> str:
    """The line of a caption that says which record was asked, and for what."""
    return f"Source: casebook at revision {revision:,}; {events_in_words}. Casus {__version__}."


def shown(cell: Cell) -> str:
    """A cell of a table in words."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, bool | str):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.4g}" if abs(cell) < 1000 else f"{cell:,.0f}"


def _as_svg(spec: Mapping[str, Any]) -> str:
    import vl_convert  # noqa: PLC0415

    drawn: str = vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])
    drawn = _NOISE.sub("", drawn)  # one description of the whole says more than that a line is a mark
    # The renderer numbers clips from one drawing to the next; a drawing is to be the same every time.
    numbers = {found: at for at, found in enumerate(dict.fromkeys(_NUMBERED.findall(drawn)))}
    return _NUMBERED.sub(lambda match: f"{match[1]}{numbers[match.groups()]}", drawn)
