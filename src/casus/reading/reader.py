"""The rule-based reader: one report in, a reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casus.model import Issue, Reading, Report
from casus.reading.assembling import assemble
from casus.reading.entities import label_entities
from casus.reading.gating import relevant_stretches
from casus.reading.identifying import Identifier
from casus.reading.parsing import DEFAULT_PIPELINE, Job, Sentence, load_pipeline, parse
from casus.reading.sentences import annotate
from casus.resolving.actors import ActorRegistry
from casus.resolving.dates import DateKind, DateMention, find_dates

READER = "rules/1"


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads with rules over spaCy's parses.

    `pipeline` names the spaCy pipeline, `batch_size` is how many reports go through it together.
    `actors` is a list of actors of one's own, laid over the built-in one.
    """

    pipeline: str = DEFAULT_PIPELINE
    batch_size: int = 64
    actors: Path | None = None

    @property
    def name(self) -> str:
        """Name and version, as readings carry it."""
        return f"{READER} {self.pipeline}"

    def read(self, report: Report) -> Reading:
        """The reading of one report."""
        return next(self.read_all([report]))

    def read_all(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of many reports, in order; a batch of them is taken in at a time."""
        registry = ActorRegistry.load(self.actors)
        nlp = load_pipeline(self.pipeline)
        remaining = iter(reports)
        while batch := list(islice(remaining, self.batch_size)):
            jobs = [Job(report.text, relevant_stretches(report)) for report in batch]
            for report, sentences in zip(batch, parse(nlp, jobs), strict=True):
                yield self._reading(report, sentences, registry)

    def _reading(self, report: Report, sentences: Sequence[Sentence], registry: ActorRegistry) -> Reading:
        """The reading of a report; an empty one where the gate let no sentence through."""
        if not sentences:
            return Reading(report, self.name, (), (), (), (), tuple(_issues(report, ())))
        dates = find_dates(report.text, published_on=report.published_on, publisher=report.publisher)
        for sentence in sentences:
            label_entities(sentence, dates)
        annotation = annotate(report, sentences, dates, registry)
        record = assemble(annotation, report.published_on)
        identifier = Identifier(
            registry,
            report.text,
            annotation.country.code if annotation.country is not None else None,
            report.published_on.year if report.published_on is not None else None,
        )
        issues = tuple(_issues(report, dates))
        return Reading(
            report,
            self.name,
            identifier.events(record.events),
            identifier.claims(record.claims),
            record.agreements,
            record.statistics,
            issues,
        )


def _issues(report: Report, dates: Sequence[DateMention]) -> Iterator[Issue]:
    """What kept the reader from settling something: no publication date, dates it can't resolve."""
    if report.published_on is None:
        yield Issue(
            "no_publication_date",
            "No publication date is known, so weekdays and other relative dates stay unresolved; "
            "give one with --published.",
        )
    for mention in dates:
        if mention.start is None and mention.kind is DateKind.ABSOLUTE:
            words = report.text[mention.start_char : mention.end_char]
            yield Issue(
                "date_unresolved",
                f"The date of {words!r} is not known.",
                mention.start_char,
                mention.end_char,
            )
