"""A report as files: written whole or not at all, in the format of the suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casus.analysis.report.page import report_html
from casus.analysis.report.paper import report_pdf
from casus.analysis.report.records import PeriodReport
from casus.errors import ExportError
from casus.exports.files import write_whole

_WRITERS: dict[str, Callable[[PeriodReport], bytes]] = {
    ".html": lambda report: report_html(report).encode(),
    ".pdf": report_pdf,
}


def require_format(path: str | Path) -> Path:
    """A path that a report can be written to; raises `ExportError` for another suffix."""
    target = Path(path)
    if target.suffix.lower() not in _WRITERS:
        raise ExportError(f"{target}: no report can be written so: end the name in .html or .pdf")
    return target


def save_report(report: PeriodReport, path: str | Path) -> None:
    """Write a report as HTML or PDF, in place of an earlier one; raises `ExportError`."""
    target = require_format(path)
    write_whole(target, _WRITERS[target.suffix.lower()](report))
