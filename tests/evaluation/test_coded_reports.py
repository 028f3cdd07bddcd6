"""How well the coded reports are read: floors, so that no change loses what was won.

The figures themselves stand in the README, with the command that prints them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.evaluation import CodedReport, Comparison, read_folder
from casus.output.gold import GoldRecord, gold_record
from casus.reading import read_reports

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = {"main events": 0.88, "events": 0.80, "killed": 0.78, "country": 0.80, "date": 0.72}
MEAN_FLOOR = 0.68

needs_gold = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the coded reports lie beside the repository, in ../shared/gold"
)
needs_seed = pytest.mark.skipif(
    not (SHARED / "seed").is_dir(), reason="the first report lies beside the repository, in ../shared/seed"
)


def read_coded(folder: Path) -> list[tuple[GoldRecord, GoldRecord]]:
    """Gold record and record read, for each coded report of a folder."""
    coded = [item for item in read_folder(folder) if isinstance(item, CodedReport)]
    readings = read_reports([item.report for item in coded])
    return [(item.record, gold_record(reading)) for item, reading in zip(coded, readings, strict=True)]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    result = Comparison()
    for gold, found in read_coded(SHARED / "gold"):
        result.add(gold, found)
    return result


@needs_gold
@pytest.mark.parametrize("measure", FLOORS)
def test_no_measure_falls_below_its_floor(comparison: Comparison, measure: str) -> None:
    assert comparison.total.score(measure).f1 >= FLOORS[measure]


@needs_gold
def test_the_mean_does_not_fall_below_its_floor(comparison: Comparison) -> None:
    assert comparison.mean_f1() >= MEAN_FLOOR


@needs_gold
def test_hardly_any_report_without_an_event_gets_one(comparison: Comparison) -> None:
    assert comparison.negatives - comparison.clean <= 1


@needs_seed
def test_the_first_report_is_read_whole() -> None:
    ((gold, found),) = read_coded(SHARED / "seed")
    comparison = Comparison()
    tally = comparison.add(gold, found)
    for measure in ("events", "date", "country", "killed", "toll rows", "agreements", "statistics"):
        assert tally.score(measure).f1 == 1.0, measure
