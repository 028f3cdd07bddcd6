"""The rule-based reader: one report in, a reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from casus.model import Issue, Reading, Report
from casus.reading.assembling import assemble
from casus.reading.parsing import DEFAULT_PIPELINE, Sentence, load_pipeline, parse
from casus.reading.sentences import annotate
from casus.reading.segmenting import stretches
from casus.resolving.dates import DateKind, DateMention, find_dates

READER = "rules/1"


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads with rules over spaCy's parses.  `pipeline` names the spaCy pipeline."""

    pipeline: str = DEFAULT_PIPELINE
    batch_size: int = 64

    @property
    def name(self) -> str:
        """Name and version, as readings carry it."""
        return f"{READER} {self.pipeline}"

    def read(self, report: Report) -> Reading:
        """The reading of one report."""
        return next(self.read_all([report]))

    def read_all(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of many reports, in order; sentences of several reports are parsed in one batch."""
        nlp = load_pipeline(self.pipeline)
        remaining = iter(reports)
        while batch := list(islice(remaining, 16)):
            chosen = [(report, stretches(report)) for report in batch]
            jobs = [(report.text, pieces) for report, pieces in chosen]
            for (report, _), sentences in zip(chosen, parse(nlp, jobs, self.batch_size), strict=True):
                yield self._reading(report, sentences)

    def _reading(self, report: Report, sentences: Sequence[Sentence]) -> Reading:
        dates = find_dates(report.text, published_on=report.published_on)
        record = assemble(annotate(report, sentences, dates), report.published_on)
        issues = tuple(_issues(report, dates))
        return Reading(
            report, self.name, record.events, record.claims, record.agreements, record.statistics, issues
        )


def _issues(report: Report, dates: Sequence[DateMention]) -> Iterator[Issue]:
    unresolved = [d for d in dates if d.start is None and d.kind is DateKind.ABSOLUTE]
    if report.published_on is None:
        yield Issue(
            "no_publication_date",
            "No publication date is known, so weekdays and other relative dates stay unresolved; give one with --published.",
        )
    for mention in unresolved:
        words = report.text[mention.start_char : mention.end_char]
        yield Issue(
            "date_unresolved", f"The date of {words!r} is not known.", mention.start_char, mention.end_char
        )
