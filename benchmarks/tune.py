"""Find the weights of the signs by which Casus joins, keeps and names events, on coded reports.

    python benchmarks/tune.py kinds DIR... [--write]
    python benchmarks/tune.py peace DIR...
    python benchmarks/tune.py joining DIR... [--minutes 20]

`DIR` are folders of coded reports, as `casus evaluate gold` reads them.  Hold reports back
that you mean to measure on.  `kinds` fits `knowledge/kind_weights.tsv`; `peace` and `joining`
print better weights for `reading/peace.py` and `reading/joining.py`, to be entered there.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casus.evaluation import CodedReport, read_folder
from casus.model import Reading, Report
from casus.reading.assembling import assemble
from casus.reading.entities import label_entities
from casus.reading.gating import relevant_stretches
from casus.reading.parsing import Job, load_pipeline, parse
from casus.reading.sentences import Annotation, annotate
from casus.resolving.dates import find_dates
from corpora import SHARED, as_reports, general_texts, relevance_corpora, spread
from tune_joining import tune_joining
from tune_kinds import tune_kinds
from tune_peace import tune_peace

# Corpora whose violent texts each tell of an event, and those whose other texts tell of none.
_VIOLENT, _CALM = ("satp_relevant",), ("BBC_News",)
_MOST_VIOLENT, _MOST_CALM = 400, 600


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report with all that no weight changes; no annotation where the gate let nothing in."""

    report: Report
    coded: CodedReport | None
    annotation: Annotation | None

    def reading(self) -> Reading:
        """The reading with the weights of the moment."""
        if self.annotation is None:
            return Reading(self.report, "tuning", (), (), (), ())
        record = assemble(self.annotation, self.report.published_on)
        return Reading(
            self.report, "tuning", record.events, record.claims, record.agreements, record.statistics
        )


def prepared(reports: Sequence[tuple[Report, CodedReport | None]]) -> Iterator[Prepared]:
    """The reports annotated once."""
    jobs = [Job(report.text, relevant_stretches(report)) for report, _ in reports]
    for (report, coded), sentences in zip(reports, parse(load_pipeline(), jobs), strict=True):
        if not sentences:
            yield Prepared(report, coded, None)
            continue
        dates = find_dates(report.text, published_on=report.published_on)
        for sentence in sentences:
            label_entities(sentence, dates)
        yield Prepared(report, coded, annotate(report, sentences, dates))


def main() -> None:
    """Read the command line and tune."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("kinds", "peace", "joining"))
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="kinds: write the table")
    parser.add_argument("--minutes", type=float, default=20.0, help="joining: how long to look (20)")
    arguments = parser.parse_args()
    found = [item for folder in arguments.folders for item in read_folder(folder)]
    coded = [item for item in found if isinstance(item, CodedReport)]
    if not coded:
        sys.exit("No coded reports in these folders.")
    reports = list(prepared([(item.report, item) for item in coded]))
    print(f"{len(reports)} reports; {len(found) - len(coded)} faulty files left out")
    if arguments.what == "kinds":
        tune_kinds(reports, write=arguments.write)
    elif arguments.what == "peace":
        corpora = relevance_corpora(SHARED)
        violent = [text for c in corpora if c.name in _VIOLENT for text in spread(c.texts, _MOST_VIOLENT)]
        calm = [text for c in corpora if c.name in _CALM and not c.is_violent for text in c.texts]
        general = [*general_texts(SHARED)[::2], *spread(calm, _MOST_CALM)]
        tune_peace(reports, _plain(violent), _plain(general))
    else:
        tune_joining(reports, minutes=arguments.minutes)


def _plain(texts: Sequence[str]) -> list[Prepared]:
    return list(prepared([(report, None) for report in as_reports(texts)]))


if __name__ == "__main__":
    main()
