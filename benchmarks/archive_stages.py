"""What one document of an archive costs, step by step: microseconds of one core.

    python benchmarks/archive_stages.py [--documents 3000] [--read 300] [--json] [--shared DIR]

The documents are those of a made-up archive (`archives.py`).  Every document pays the first steps;
the last ones are paid by those alone that the gate lets in and that copy no other, and are told by
such a document, and spread over all.  Pages of WARC are measured beside lines of JSON, which stand for all.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from archive_files import page
from archive_sources import sources
from archives import Archive
from casus.archive.gate import load_gate
from casus.casebook.copies import copy_keys, shared_words
from casus.casebook.filing import hash_of
from casus.model import Report
from casus.reading import reader as reading
from casus.reading.gating import relevant_stretches
from casus.reading.reader import RuleReader
from casus.sources import SourcedReport
from casus.sources.admitting import admitted
from casus.sources.columns import Columns
from casus.sources.decoding import tidy
from casus.sources.draft import Draft
from casus.sources.language import foreign_language
from casus.sources.metadata import Metadata
from casus.sources.pages import page_draft
from casus.sources.records import draft_or_failure, parse_json
from corpora import SHARED

_MOST_CHARS = 1_000_000
_PAGES = 300


@dataclass(frozen=True, slots=True)
class Step:
    """What a step costs a document that goes through it, and what share of all documents do."""

    name: str
    microseconds: float
    share: float

    @property
    def microseconds_of_all(self) -> float:
        """The cost spread over all documents."""
        return self.microseconds * self.share


def timed(name: str, items: Iterable[Any], share: float, do: Callable[[Any], Any]) -> Step:
    """The cost of doing something with each item."""
    among = list(items)
    do(among[0])  # what is loaded at the first call is no document's
    began = time.process_time()
    for item in among:
        do(item)
    return Step(name, 1e6 * (time.process_time() - began) / len(among), share)


def measure(archive: Archive, documents: int, most_read: int) -> list[Step]:
    """The steps in the order of a run."""
    lines = [json.dumps(archive.document(n).record(), ensure_ascii=False).encode() for n in range(documents)]
    drafts = [_draft(line) for line in lines]
    found = [admitted(draft, None, _MOST_CHARS) for draft in drafts]
    reports = [one.report for one in found if isinstance(one, SourcedReport)]
    gate = load_gate()
    let_in = [report for report in reports if gate.score(report.text) >= gate.threshold]
    numbers = {id(one.report): n for n, one in enumerate(found) if isinstance(one, SourcedReport)}
    originals = [report for report in let_in if not archive.is_copy(numbers[id(report)])]
    every, passing = len(reports) / documents, len(let_in) / documents
    records = [json.loads(line) for line in lines[:_PAGES]]
    first = [
        timed("in WARC: a page becomes a draft", records, 0.0, _draft_of_page),
        timed("a line of JSON becomes a draft", lines, 1.0, _draft),
        timed("tidying", drafts, 1.0, lambda draft: tidy(draft.text)),
        timed("the language", drafts, 1.0, lambda draft: foreign_language(draft.text)),
        timed("admitting, with both", drafts, 1.0, lambda draft: admitted(draft, None, _MOST_CHARS)),
        timed("the linear gate", reports, every, lambda report: gate.score(report.text)),
        timed("the hash", let_in, passing, hash_of),
        timed("the keys of copies", let_in, passing, lambda report: copy_keys(report.text)),
        timed("comparing two texts", let_in, 0.3 * passing, lambda r: shared_words(r.text, let_in[0].text)),
    ]
    return first + _reading(originals[:most_read], len(originals) / documents)


def _draft_of_page(record: dict[str, str]) -> Draft:
    return page_draft(page(record).encode(), "utf-8", record["url"], Metadata())


def _draft(line: bytes) -> Draft:
    draft = draft_or_failure(Columns().renamed(parse_json(line, "line")), "line")
    if not isinstance(draft, Draft):
        raise draft.error
    return draft


def _reading(reports: list[Report], share: float) -> list[Step]:
    """Reading, in its parts: each part's time is taken where the reader calls it."""
    reader = RuleReader()
    list(reader.read_all(reports[:5]))
    spent: dict[str, float] = {}
    parts = ("parse", "find_dates", "label_entities", "annotate", "assemble", "Identifier")
    kept = {name: getattr(reading, name) for name in parts}

    def watched(name: str) -> Callable[..., Any]:
        @functools.wraps(kept[name])
        def call(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            made = kept[name](*args, **options)
            made = list(made) if name == "parse" else made
            spent[name] = spent.get(name, 0.0) + time.process_time() - began
            return made

        return call

    cutting = timed("choosing sentences", reports, share, relevant_stretches)
    for name in parts:
        setattr(reading, name, watched(name))
    try:
        began = time.process_time()
        list(reader.read_all(reports))
        whole = time.process_time() - began
    finally:
        for name in parts:
            setattr(reading, name, kept[name])
    steps = [Step(f"reading: {name}", 1e6 * took / len(reports), share) for name, took in spent.items()]
    rest = 1e6 * (whole - sum(spent.values())) / len(reports) - cutting.microseconds
    return [
        cutting,
        *steps,
        Step("reading: the rest", rest, share),
        Step("reading, all of it", 1e6 * whole / len(reports), share),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--read", type=int, default=300, help="at most so many are read")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="where the texts lie")
    asked = parser.parse_args()
    steps = measure(Archive(sources(asked.shared)), asked.documents, asked.read)
    if asked.json:
        print(json.dumps([asdict(step) for step in steps], indent=2))
        return
    print(f"{'':36}{'µs each':>10}{'share':>8}{'µs of all':>11}")
    for step in steps:
        print(
            f"{step.name:36}{step.microseconds:>10,.0f}{step.share:>8.0%}{step.microseconds_of_all:>11,.0f}"
        )


if __name__ == "__main__":
    main()
