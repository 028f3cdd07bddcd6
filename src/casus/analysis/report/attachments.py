"""The data that a report carries: its events as CSV, and all that it tells as JSON."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass

from casus.analysis.plain import plain
from casus.analysis.report.records import PeriodReport
from casus.analysis.report.telling import counted

_MOST_PLAIN = 10_000
"""Events; a file of more is packed."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a report carries."""

    name: str
    media_type: str
    content: bytes
    says: str


def attachments_of(report: PeriodReport, *, is_packed: bool | None = None) -> Iterator[Attachment]:
    """The events and the answers; packed where there are many events, unless told."""
    packs = report.data.rows > _MOST_PLAIN if is_packed is None else is_packed
    events = f"{counted(report.data.rows)}, a row each"
    answers = "All figures, claims and quotes of this report"
    for name, media_type, text, says in (
        ("events.csv", "text/csv", report.data.csv, events),
        ("report.json", "application/json", report_json(report), answers),
    ):
        content = text.encode()
        if packs:
            yield Attachment(f"{name}.gz", "application/gzip", gzip.compress(content, 9, mtime=0), says)
        else:
            yield Attachment(name, media_type, content, says)


def report_json(report: PeriodReport) -> str:
    """All that a report tells but the table of events, as JSON with the names of the records' fields."""
    told = plain(report)
    del told["data"]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
