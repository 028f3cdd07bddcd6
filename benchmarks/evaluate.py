"""How well Casus reads the coded reports: those that were looked at, and the third held back.

    python benchmarks/evaluate.py [--shared DIR]

Every third report of `../shared/gold`, by name, was held back while the rules were written;
only the totals over all of them were looked at.  The first column is over the other two
thirds and the report that the project starts from, the second over the third held back,
the last over the 94 reports.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from casus.evaluation import CodedReport, Comparison, compare, read_folder
from casus.evaluation.gold import HEADLINE_MEASURES
from casus.output.gold import gold_record
from casus.reading import read_reports
from corpora import SHARED

_HELD_BACK = 2  # the third, the sixth, … by name
MEASURES = (*HEADLINE_MEASURES, "main events", "agreements", "statistics")


def coded_reports(folder: Path) -> list[CodedReport]:
    """The usable coded reports of a folder, by name."""
    return [item for item in read_folder(folder) if isinstance(item, CodedReport)]


def compared(reports: Sequence[CodedReport]) -> Comparison:
    """The figures over some reports, read now."""
    readings = read_reports([coded.report for coded in reports])
    return compare((c.record, gold_record(r)) for c, r in zip(reports, readings, strict=True))


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where gold/ and seed/ lie")
    shared = parser.parse_args().shared
    if not (shared / "gold").is_dir():
        sys.exit(f"{shared}/gold: no coded reports here; `casus evaluate gold DIR` reads your own.")
    gold = coded_reports(shared / "gold")
    held = [coded for n, coded in enumerate(gold) if n % 3 == _HELD_BACK]
    seen = [coded for n, coded in enumerate(gold) if n % 3 != _HELD_BACK]
    seed = coded_reports(shared / "seed") if (shared / "seed").is_dir() else []
    columns = [compared([*seed, *seen]), compared(held), compared(gold)]
    print(f"{'F1':16}{'looked at':>10}{'held back':>10}{'all':>8}")
    for measure in MEASURES:
        values = [column.total.score(measure).f1 for column in columns]
        print(f"{measure:16}{values[0]:>10.2f}{values[1]:>10.2f}{values[2]:>8.2f}")
    means = [column.mean_f1() for column in columns]
    print(f"{'mean of 11':16}{means[0]:>10.2f}{means[1]:>10.2f}{means[2]:>8.2f}")
    empty = [f"{column.clean}/{column.negatives}" for column in columns]
    print(f"{'negatives empty':16}{empty[0]:>10}{empty[1]:>10}{empty[2]:>8}")


if __name__ == "__main__":
    main()
