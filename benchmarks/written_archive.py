"""A finished archive of readings that are at hand, for measuring and testing what comes after reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from casus.archive.plan import ABOUT, COMPLETE, FORMAT
from casus.archive.storage import Folder, folder_of
from casus.archive.tables import (
    COPY,
    READ,
    Found,
    issues_text,
    month_of,
    report_row,
    rows_of_reading,
    table_of,
)
from casus.casebook.filing import hash_of
from casus.model import Reading, Report

LOT = 400


def write_archive(
    folder: Path, readings: Iterable[Reading], copies: Mapping[str, Iterable[Report]] | None = None
) -> Folder:
    """An archive of readings, each report once; `copies` are reports not read, by their original's hash."""
    output = folder_of(str(folder))
    reports: dict[str, tuple[Report, Reading | None, str | None]] = {}
    for reading in readings:
        reports.setdefault(hash_of(reading.report), (reading.report, reading, None))
    for original, others in (copies or {}).items():
        for report in others:
            reports.setdefault(hash_of(report), (report, None, original))
    in_order = sorted(reports, key=lambda digest: (month_of(reports[digest][0].published_on), digest))
    months: defaultdict[str, list[str]] = defaultdict(list)
    for digest in in_order:
        months[month_of(reports[digest][0].published_on)].append(digest)
    for month, digests in months.items():
        for lot, start in enumerate(range(0, len(digests), LOT)):
            _write_lot(
                output, f"month={month}/lot-{lot:05}", {d: reports[d] for d in digests[start : start + LOT]}
            )
    about = {
        "format": FORMAT,
        "state": COMPLETE,
        "plan": {"source": "readings"},
        "inputs": "".join(in_order[:99]),
    }
    output.write_json(ABOUT, {**about, "completed_at": "2026-01-01T00:00:00+00:00"})
    return output


def _write_lot(
    output: Folder, name: str, reports: Mapping[str, tuple[Report, Reading | None, str | None]]
) -> None:
    tables: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for digest, (report, reading, original) in reports.items():
        row = report_row(Found(report, "made-up", report.id, 1.0)) | {
            "status": COPY if reading is None else READ,
            "copy_of": original,
            "copy_share": None if original is None else 1.0,
            "reader": None if reading is None else reading.reader,
            "issues": "[]" if reading is None else issues_text(reading),
        }
        tables["reports"].append(row)
        if reading is not None:
            for table, told in rows_of_reading(reading, digest):
                tables[table].append(told)
    for table, rows in tables.items():
        output.write_table(f"{table}/{name}.parquet", table_of(table, rows))
