"""Readings beside coded reports: the figures over a whole folder, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casus.evaluation.gold import HEADLINE_MEASURES, score_record
from casus.evaluation.tally import Tally
from casus.output.gold import GoldRecord


@dataclass(slots=True)
class Comparison:
    """The running figures of one evaluation.

    `negatives` counts the reports with no event in gold, `clean` those of them in which
    none was found.
    """

    total: Tally = field(default_factory=Tally)
    reports: int = 0
    negatives: int = 0
    clean: int = 0

    def add(self, gold: GoldRecord, found: GoldRecord) -> Tally:
        """Count one report; gives its own tally."""
        one = Tally()
        score_record(gold, found, one)
        score_record(gold, found, self.total)
        self.reports += 1
        if not gold.events:
            self.negatives += 1
            self.clean += not found.events
        return one

    def mean_f1(self) -> float:
        """The mean F1 of `HEADLINE_MEASURES`."""
        return sum(self.total.score(measure).f1 for measure in HEADLINE_MEASURES) / len(HEADLINE_MEASURES)


def compare(pairs: Iterable[tuple[GoldRecord, GoldRecord]]) -> Comparison:
    """The figures over pairs of a gold record and what was found."""
    comparison = Comparison()
    for gold, found in pairs:
        comparison.add(gold, found)
    return comparison


def report_line(stem: str, tally: Tally) -> str:
    """One report's main figures on a line: F1, and for killed the share of events that is right."""
    events, rows, claims = (tally.score(measure).f1 for measure in ("events", "toll rows", "claims"))
    killed = tally.score("killed").recall
    return f"{stem:32} events {events:.2f}  killed {killed:.2f}  rows {rows:.2f}  claims {claims:.2f}"


def table_lines(comparison: Comparison) -> Iterator[str]:
    """The table, a line at a time: a row a measure, and the mean below."""
    yield (
        f"{comparison.reports} reports, 0 without a prediction, "
        f"{comparison.clean} of {comparison.negatives} negatives left empty"
    )
    yield f"{'':24}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}"
    for measure in comparison.total.measures():
        score = comparison.total.score(measure)
        figures = f"{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
        yield f"{measure:24}{score.gold_count:>6}{figures}"
    label = f"mean F1 of {len(HEADLINE_MEASURES)} measures"
    yield f"{label:24}{'':>6}{'':>8}{'':>8}{comparison.mean_f1():>8.3f}"
