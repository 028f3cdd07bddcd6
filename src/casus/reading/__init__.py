"""Reading: one report in, claims and reported events out.

A pure function of the report, its date and the knowledge files: no database, no
network, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from casus.model import Reading, Report

__all__ = ["Reader", "read_report", "read_reports"]


class Reader(Protocol):
    """Anything that reads reports; a trained reader can stand beside the rules."""

    @property
    def name(self) -> str:
        """Name and version, recorded in each reading."""

    def read(self, report: Report) -> Reading:
        """The reading of one report."""

    def read_all(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of many reports, in order."""


def read_report(report: Report, *, actors: Path | None = None) -> Reading:
    """The rule-based reader's reading of one report; `actors` is a list of one's own."""
    from casus.reading.reader import RuleReader  # noqa: PLC0415  spaCy takes a second to import

    return RuleReader(actors=actors).read(report)


def read_reports(
    reports: Iterable[Report], *, batch_size: int = 64, actors: Path | None = None
) -> Iterator[Reading]:
    """The rule-based reader's readings of many reports, in order."""
    from casus.reading.reader import RuleReader  # noqa: PLC0415

    yield from RuleReader(batch_size=batch_size, actors=actors).read_all(reports)
