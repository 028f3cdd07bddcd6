"""The coded reports, read as an archive, give what the reader makes of each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives_here import read_here, rows, write_lines
from casus.archive.plan import GateKind
from casus.archive.tables import reading_of
from casus.casebook.filing import hash_of
from casus.evaluation.folder import CodedReport, read_folder
from casus.reading.reader import RuleReader

GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.mark.skipif(
    not GOLD.is_dir(), reason="the coded reports lie beside the repository, in ../shared/gold"
)
def test_coded_reports_score_the_same_through_an_archive(tmp_path: Path) -> None:
    coded = [item for item in read_folder(GOLD) if isinstance(item, CodedReport)]
    records = [
        {
            "text": item.report.text,
            "title": item.report.title,
            "publisher": item.report.publisher,
            "published": item.report.published_on.isoformat() if item.report.published_on else None,
            "url": item.report.url,
        }
        for item in coded
    ]
    write_lines(tmp_path / "in" / "gold.jsonl", records)
    account = read_here(tmp_path / "in", tmp_path / "out", gate=GateKind.LINEAR)
    assert account.counts["documents"] == len(coded) == 94
    tables = {name: rows(tmp_path / "out", name) for name in ("events", "claims", "agreements", "statistics")}
    kept = {
        row["hash"]: reading_of(
            row, {name: [r for r in table if r["report"] == row["hash"]] for name, table in tables.items()}
        )
        for row in rows(tmp_path / "out", "reports")
    }
    alone = list(RuleReader().read_all(item.report for item in coded))
    for item, reading in zip(coded, alone, strict=True):
        found = kept.get(hash_of(item.report))
        if found is None:  # held back by the gate
            assert not item.record.events, item.name
            told = (reading.events, reading.claims, reading.agreements, reading.statistics)
            assert told == ((), (), (), ()), item.name
        else:
            ours = (found.events, found.claims, found.agreements, found.statistics, found.issues)
            theirs = (reading.events, reading.claims, reading.agreements, reading.statistics, reading.issues)
            assert ours == theirs, item.name
