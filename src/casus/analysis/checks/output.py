"""Checks as records for programs: JSON objects, and rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casus.analysis.checks.records import Check, Days, trial_row

ROW = (
    "number", "published", "speaker", "words", "verdict", "why", "counted", "baseline", "before_first",
    "before_last", "after_first", "after_last", "before", "after", "ratio", "low", "high",
    "method", "reports_ratio", "per_report_ratio",
)  # fmt: skip
"""The columns of `check_rows`; the first row of a check is of the definition that gives its verdict."""


def check_record(check: Check) -> dict[str, Any]:
    """A check as a JSON object: what is asserted, the verdict and why, and the figures behind it."""
    asserted = check.asserted
    subject = check.subject
    return {
        "number": asserted.row.number if asserted.row else None,
        "published": _plain(asserted.row.report.published_on) if asserted.row else None,
        "report": asserted.row.report.name if asserted.row else None,
        "speaker": asserted.speaker,
        "words": asserted.words,
        "kind": str(asserted.kind),
        "measure": asserted.measure,
        "verdict": str(check.verdict),
        "why": check.why,
        "counted": None
        if subject is None
        else {
            "words": subject.words,
            "harms": [str(harm) for harm in subject.harms],
            "categories": [str(category) for category in subject.categories],
            "event_types": [str(kind) for kind in subject.selection.wanted.event_types],
            "actor": subject.selection.wanted.actor_id,
            "country": subject.selection.wanted.country,
            "adm1": subject.selection.wanted.adm1,
        },
        "trials": [_plain(trial) for trial in check.trials],
        "recorded": _plain(check.recorded),
        "share": _plain(check.share),
        "coverage": _plain(check.coverage),
        "notes": list(check.notes),
    }


def check_rows(check: Check) -> Iterator[dict[str, Any]]:
    """A check as rows of a table: one for each definition that was tried, one where there is none."""
    asserted = check.asserted
    head = {
        "number": asserted.row.number if asserted.row else None,
        "published": asserted.row.report.published_on if asserted.row else None,
        "speaker": asserted.speaker,
        "words": asserted.words,
        "verdict": str(check.verdict),
        "why": check.why,
        "counted": check.subject.words if check.subject else None,
    }
    if not check.trials:
        yield head
    for trial in check.trials:
        yield {**head, **trial_row(trial), "why": trial.why}


def _plain(value: Any) -> Any:
    """A record as what JSON knows."""
    if isinstance(value, Days):
        return {"first": value.first.isoformat(), "last": value.last.isoformat()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
