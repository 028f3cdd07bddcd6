"""A report as a PDF, set by Typst from data; its words are data and never instructions."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from casus.analysis.charts.drawing import Chart, shown
from casus.analysis.report.attachments import attachments_of
from casus.analysis.report.drawings import drawings_of
from casus.analysis.report.method import limits, method
from casus.analysis.report.records import PeriodReport
from casus.analysis.report.telling import comparison_lines, counted, dead_words, notes_of
from casus.errors import ExportError
from casus.exports.about import ATTRIBUTION

_TEMPLATE = "report.typ"


def report_pdf(report: PeriodReport) -> bytes:
    """The pages; what `attachments_of` gives is attached to them."""
    import typst  # noqa: PLC0415
    import vl_convert  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="casus-report-") as name:
        folder = Path(name)
        template = files("casus.analysis.report") / "templates" / _TEMPLATE
        (folder / _TEMPLATE).write_text(template.read_text("utf-8"), "utf-8")
        drawings = {key: one.wide for key, one in drawings_of(report, has_narrow=False).items()}
        for key, chart in drawings.items():
            if chart is not None:
                (folder / f"{key}.pdf").write_bytes(vl_convert.svg_to_pdf(chart.svg(is_bare=True)))
        attached = list(attachments_of(report, is_packed=False))
        for one in attached:
            (folder / one.name).write_bytes(one.content)
        told = _told(report, drawings)
        told["attachments"] = [{"name": a.name, "type": a.media_type, "says": a.says} for a in attached]
        (folder / "told.json").write_text(json.dumps(told, default=_plain), "utf-8")
        try:
            return bytes(typst.compile(folder / _TEMPLATE, root=folder, timestamp=_midnight(report.made_on)))
        except RuntimeError as error:
            raise ExportError(f"the PDF can't be set: {error}") from error


def _midnight(day: date) -> int:
    """The beginning of a day in UTC, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _told(report: PeriodReport, drawings: dict[str, Chart | None]) -> dict[str, Any]:
    """What the template sets, all of it as text, numbers and lists."""
    summary = report.summary
    missing = {"map": report.no_map, "trend": report.no_trend, "comparison": report.no_comparison}
    return {
        "title": report.title,
        "about": (
            f"What a casebook of published reports tells of {report.words}, {report.since} to "
            f"{report.until}. Made on {report.made_on} with {report.software} from revision "
            f"{report.revision:,} of the casebook."
        ),
        "summary": [
            ("events", f"{summary.events:,}", _began_before(summary.started_before)),
            ("killed", dead_words(summary.killed), f"{summary.killed.told:,} of the events give a number"),
            ("injured", dead_words(summary.injured), f"{summary.injured.told:,} of the events give a number"),
            (
                "reports",
                f"{summary.reports:,}",
                f"of {counted(summary.outlets, 'outlet')}; {counted(summary.sources, 'independent source')}",
            ),
            ("reviewed by a person", f"{summary.reviewed:,}", ""),
            ("sources disagree on", f"{summary.contested:,}", ""),
        ],
        "grades": [(str(grade), f"{count:,}") for grade, count in summary.grades],
        "drawings": {
            key: {"missing": missing[key]} if chart is None else _drawing(chart)
            for key, chart in drawings.items()
        },
        "notes": notes_of(report),
        "comparison": comparison_lines(report.comparison) if report.comparison else (),
        "accounts": [_broken(asdict(one)) for one in report.accounts],
        "breakdowns": [
            {
                "by": one.by,
                "rows": [
                    (row.name, f"{row.events:,}", dead_words(row.killed), f"{row.events - row.killed.told:,}")
                    for row in one.rows
                ],
                "others": one.others,
                "unnamed": counted(one.unnamed) if one.unnamed else "",
            }
            for one in report.breakdowns
            if one.rows
        ],
        "accords": [asdict(one) for one in report.accords],
        "statistics": [asdict(one) for one in report.statistics],
        "further_statistics": report.further_statistics,
        "method": method(),
        "limits": (*report.limits, *limits()),
        "made": (
            f"{report.software}. Readers whose readings the casebook rests on: "
            f"{', '.join(report.readers) or 'none'}. {ATTRIBUTION} Map: Natural Earth, public domain."
        ),
    }


def _began_before(events: int) -> str:
    return f"{events:,} began before the period" if events else ""


def _drawing(chart: Chart) -> dict[str, Any]:
    caption = [f"{chart.subtitle}.", *chart.caption]
    rows = [[shown(cell) for cell in row] for row in chart.rows]
    return {"alternative": chart.alternative, "caption": caption, "columns": chart.columns, "rows": rows}


def _broken(value: Any) -> Any:
    """The same record; words that are longer than a line may be broken."""
    if isinstance(value, str):
        return re.sub(r"(\S{30})(?=\S)", "\\1\u200b", value)
    if isinstance(value, dict):
        return {key: _broken(one) for key, one in value.items()}
    return [_broken(one) for one in value] if isinstance(value, list | tuple) else value


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
