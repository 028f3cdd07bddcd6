"""A chart as a page of its own that needs no network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from casus.analysis.charts.drawing import shown

if TYPE_CHECKING:
    from casus.analysis.charts.drawing import Chart


def chart_page(chart: Chart) -> str:
    """The page: the drawing, which scripts make answer to the pointer, its words and its figures."""
    import vl_convert  # noqa: PLC0415

    environment = Environment(
        loader=PackageLoader("casus.analysis.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    interactive = {**chart.drawing, "config": chart.specification["config"]}
    return environment.get_template("chart.html").render(
        chart=chart,
        drawing=Markup(chart.svg(is_bare=True)),  # noqa: S704 - the renderer escapes what it draws
        specification=_in_script(interactive),
        library=Markup(vl_convert.javascript_bundle()),  # type: ignore[call-arg]  # noqa: S704 - forgotten in its stub
        shown=shown,
        is_number=lambda cell: isinstance(cell, int | float),
    )


def _in_script(value: object) -> Markup:
    """JSON that ends no script element, whatever words it holds."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(told.replace("<", "\\u003c"))  # noqa: S704
