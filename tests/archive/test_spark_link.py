"""Spark links an archive as DuckDB does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from casus.archive.linking.local import local_engine
from casus.archive.linking.running import link_archives
from casus.archive.storage import folder_of
from casus.casebook.filing import hash_of
from casus.model import Report
from java import needs_java
from made_up import made_up_readings
from written_archive import write_archive


def rows(links: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table, by its files in order."""
    parts = [pq.ParquetFile(path).read().to_pylist() for path in sorted((links / table).glob("*.parquet"))]
    return [row for part in parts for row in part]


@needs_java
def test_spark_gives_the_same_links_pairs_and_events(tmp_path: Path) -> None:
    readings = list(made_up_readings(60, years=1, told_once=0.3))
    copied = readings[0].report
    copy = Report.of(copied.text, publisher="Copyist", published_on=copied.published_on)
    archive = write_archive(tmp_path / "archive", readings, {hash_of(copied): [copy]})
    here, there = tmp_path / "here", tmp_path / "there"
    command = [sys.executable, "-m", "casus", "archive", "link", str(tmp_path / "archive"), "-o", str(there)]
    options = ["--engine", "spark", "--master", "local[2]", "--format", "json"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    made = link_archives(
        [archive], folder_of(str(here)), lambda work: local_engine(work, 1, "500MB"), lambda _step: None
    )
    account = json.loads(run.stdout)
    assert made.events_of_several > 5
    assert {name: account[name] for name in ("accounts", "pairs", "kept", "parts", "events", "reports")} == {
        name: getattr(made, name) for name in ("accounts", "pairs", "kept", "parts", "events", "reports")
    }
    for table in ("links", "pairs", "events"):
        assert rows(there, table) == rows(here, table)
        assert rows(here, table)
