"""A report as one page of HTML that asks nobody for anything and needs no script."""

from __future__ import annotations

import base64
import re

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Chart, shown
from casus.analysis.charts.map_layers import BORDER, LAND, SEA, UNIT
from casus.analysis.report.attachments import Attachment, attachments_of
from casus.analysis.report.drawings import drawings_of
from casus.analysis.report.method import limits, method
from casus.analysis.report.records import PeriodReport
from casus.analysis.report.telling import comparison_lines, counted, notes_of
from casus.exports.about import ATTRIBUTION

# Colours of drawings that the page may change where it is dark, by the names of its CSS variables.
_COLOURS = {
    theme.INK: "ink",
    theme.MUTED: "muted",
    theme.GRID: "grid",
    theme.PAPER: "paper",
    theme.BLUE: "blue",
    theme.VERMILION: "vermilion",
    theme.EFFORT: "effort",
    SEA: "sea",
    LAND: "land",
    BORDER: "border",
    UNIT: "unit",
}


def report_html(report: PeriodReport) -> str:
    """The page; the same report gives the same text."""
    environment = Environment(
        loader=PackageLoader("casus.analysis.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["cell"] = shown
    environment.filters["counted"] = counted
    return environment.get_template("report.html").render(
        report=report,
        drawings=drawings_of(report),
        drawing=_inline,
        attachments=[(one, _address(one)) for one in attachments_of(report)],
        method=method(),
        limits=(*report.limits, *limits()),
        comparison=comparison_lines(report.comparison) if report.comparison else (),
        notes=notes_of(report),
        attribution=ATTRIBUTION,
        is_number=lambda cell: isinstance(cell, int | float),
    )


def _inline(chart: Chart, name: str) -> Markup:
    """A drawing as a part of the page, with names of its own and colours that follow the page."""
    svg = chart.svg(is_bare=True)
    svg = re.sub(r'\bid="([\w-]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([\w-]+)\)", rf"url(#{name}-\1)", svg)
    for colour, variable in _COLOURS.items():
        svg = re.sub(
            rf'(fill|stroke)="(?:{colour}|white)"' if colour == theme.PAPER else rf'(fill|stroke)="{colour}"',
            rf'\1="var(--c-{variable},{colour})"',
            svg,
        )
    return Markup(svg)  # noqa: S704 - the renderer escapes what it draws


def _address(attachment: Attachment) -> str:
    return f"data:{attachment.media_type};base64,{base64.b64encode(attachment.content).decode()}"
