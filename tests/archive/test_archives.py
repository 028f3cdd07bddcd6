"""The made-up archives that speed is measured on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from archive_files import page
from archive_sources import Sources, of_repository, sources
from archives import Archive, Document, make_archive
from casus.archive.inputs import input_files, reports_in
from casus.casebook.copies import LEAST_SHARE, copy_keys, shared_words
from casus.model import Report
from casus.reading.gating import tells_of_violence
from casus.sources import SourcedReport, SourceFailure
from casus.sources.loading import load
from casus.sources.metadata import Metadata
from casus.sources.pages import page_draft
from casus.sources.streams import Form
from corpora import REPOSITORY

DOCUMENTS = 400


@pytest.fixture(scope="module")
def grown_of() -> Sources:
    return of_repository()


@pytest.fixture(scope="module")
def made(grown_of: Sources) -> list[Document]:
    archive = Archive(grown_of)
    return [archive.document(number) for number in range(DOCUMENTS)]


def text_of(document: Document) -> str:
    return document.record()["text"]


def copies_found(documents: list[Document]) -> set[tuple[int, int]]:
    """Pairs of numbers that casus takes for copies of one text."""
    by_key = defaultdict(list)
    for document in documents:
        for key in copy_keys(text_of(document)):
            by_key[key].append(document)
    return {
        (one.truth.number, other.truth.number)
        for filed in by_key.values()
        for one, other in combinations(filed, 2)
        if shared_words(text_of(one), text_of(other)) >= LEAST_SHARE
    }


def original(document: Document) -> int:
    truth = document.truth
    return truth.number if truth.copy_of is None else truth.copy_of


def test_three_in_ten_are_copies_and_one_in_ten_tells_of_violence(made: list[Document]) -> None:
    assert sum(document.truth.copy_of is not None for document in made) == 0.3 * DOCUMENTS
    assert 0.05 * DOCUMENTS < sum(document.truth.is_violent for document in made) < 0.16 * DOCUMENTS


def test_near_copies_are_found_and_no_other_text_is_taken_for_one(made: list[Document]) -> None:
    of = {document.truth.number: original(document) for document in made}
    found = copies_found(made)
    copies = {(d.truth.copy_of, d.truth.number) for d in made if d.truth.copy_of is not None}
    assert len(copies - found) <= len(copies) // 50
    assert sum(of[one] != of[other] for one, other in found) <= 1


def test_a_copy_is_of_another_publisher_and_within_two_days(made: list[Document]) -> None:
    by_number = {document.truth.number: document for document in made}
    for document in made:
        if document.truth.copy_of is not None:
            first = by_number[document.truth.copy_of]
            assert document.publisher != first.publisher
            assert 0 <= (document.published - first.published).days <= 2


def test_a_text_is_grown_from_what_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "relevance"
    folder.mkdir(parents=True)
    row = " ".join(f"The baker number {n} of Lowell sold {n * 7} loaves on Tuesday." for n in range(1, 30))
    act = " ".join(f"Gunmen killed {n} soldiers in an attack near Bama on Monday." for n in range(2, 30))
    (folder / "BBC_News.train.tsv").write_text(f"{row}\t0\n")
    (folder / "insightCrime.train.tsv").write_text(f"{act}\t1\n")
    there = sources(tmp_path)
    assert str(tmp_path) in there.told
    texts = [text_of(Archive(there).document(number)) for number in range(60)]
    assert all("baker number" in text or "Gunmen killed" in text for text in texts)


def test_every_violent_text_passes_the_gate(made: list[Document]) -> None:
    violent = [d for d in made if d.truth.is_violent]
    assert violent
    assert all(tells_of_violence(Report.of(text_of(d), title=d.title)) for d in violent)


def test_a_larger_archive_and_another_number_of_processes_give_the_same_documents(
    grown_of: Sources, made: list[Document], tmp_path: Path
) -> None:
    list(make_archive(Archive(grown_of), 60, tmp_path / "one", files_of=20, jobs=2))
    lines = [line for path in sorted((tmp_path / "one").iterdir()) for line in path.read_text().splitlines()]
    assert [json.loads(line) for line in lines] == [document.record() for document in made[:60]]


def test_another_seed_gives_other_documents(grown_of: Sources, made: list[Document]) -> None:
    assert Archive(grown_of, seed=2).document(0).sentences != made[0].sentences


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_what_is_written_is_read_as_reports(grown_of: Sources, form: str, tmp_path: Path) -> None:
    ((path, size),) = make_archive(Archive(grown_of), 30, tmp_path, form=form, jobs=1)
    assert size == path.stat().st_size
    assert [type(found) for found in load([path])] == [SourcedReport] * 30
    if form == "parquet":
        assert pq.read_table(path).column("id")[0].as_py() == "made-up-00000000"


def test_a_page_holds_the_article_and_what_is_known_of_it(made: list[Document]) -> None:
    record = made[0].record()
    draft = page_draft(page(record).encode(), "utf-8", "page", Metadata())
    assert record["text"].split("\n\n")[0] in draft.text
    assert "Terms of use" not in draft.text
    assert draft.metadata.publisher == record["publisher"]
    assert draft.metadata.published_on is not None
    assert draft.metadata.published_on.isoformat() == record["published"]


def test_the_example_archive_holds_each_form_one_broken_line_and_no_other_fault(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    subprocess.run(
        [sys.executable, REPOSITORY / "examples" / "archive" / "make_archive.py", "--output", folder],
        check=True,
    )
    files = input_files(str(folder))
    assert {"".join(Path(file.address).suffixes) for file in files} == {
        ".jsonl", ".parquet", ".warc.gz", ".jsonl.gz",
    }  # fmt: skip
    found = [one for file in files for one in reports_in(file.address, Form())]
    reports = [one.report for one in found if isinstance(one, SourcedReport)]
    (failure,) = [one for one in found if isinstance(one, SourceFailure)]
    assert "2021-10.jsonl, line" in failure.origin
    assert len(reports) > 200
    by_title = defaultdict(list)
    for report in reports:
        by_title[report.title].append(report.text)
    wire = by_title["At least 15 dead in raid on market in western Niger"][0]
    assert any(LEAST_SHARE <= shared_words(wire, report.text) < 1 for report in reports)
    assert "Toll of Ayorou market attack rises to 19" in by_title
