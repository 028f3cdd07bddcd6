"""The place names of reports, found as the reader finds them, in the whole of each text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from casus.model import Report
from casus.reading.parsing import DEFAULT_PIPELINE, Job, load_pipeline, parse
from casus.reading.segmenting import stretches
from casus.reading.sentences import find_places
from casus.resolving.places import PlaceMention


def read_places(
    reports: Iterable[Report], *, pipeline: str = DEFAULT_PIPELINE, batch_size: int = 64
) -> Iterator[tuple[PlaceMention, ...]]:
    """The place names of each report, in order, whether or not it tells of violence."""
    nlp = load_pipeline(pipeline)
    remaining = iter(reports)
    while batch := list(islice(remaining, batch_size)):
        jobs = [Job(report.text, list(enumerate(stretches(report)))) for report in batch]
        for report, sentences in zip(batch, parse(nlp, jobs), strict=True):
            yield find_places(report, sentences, names_only=True)
