"""Runs survive what a text does to its reader, a worker that dies, and a disk that is full."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archives_here import Here, everything, plan_for, read_here, record, rows, telling, write_lines
from casus.archive.local_engine import LocalEngine
from casus.archive.plan import output_of
from casus.archive.running import read_archive
from casus.errors import ArchiveError
from deadly_pipeline import BREAKS, HOLDS_UP, KILLS


def poisoned(number: int, word: str) -> dict[str, object]:
    """A report whose first sentence has a word."""
    return record(number, text=telling(number).replace("Gunmen on motorcycles", f"Gunmen of {word}"))


def test_texts_that_kill_hold_up_or_break_a_reader_are_set_aside(tmp_path: Path) -> None:
    bad = [poisoned(20, KILLS), poisoned(23, HOLDS_UP), poisoned(26, BREAKS)]
    write_lines(tmp_path / "in" / "a.jsonl", [*map(record, range(6)), *bad])
    write_lines(tmp_path / "in" / "b.jsonl", map(record, range(6, 12)))
    plan = plan_for(tmp_path / "in", pipeline="deadly_pipeline", lot_size=20, most_seconds=3)
    account = read_archive(
        output_of(str(tmp_path / "out")), plan, lambda: LocalEngine(workers=2), lambda _: None
    )
    assert (account.counts["read"], account.counts["set_aside"]) == (12, 3)
    failures = {row["origin"]: row for row in rows(tmp_path / "out", "failures")}
    told = [failures[f"{tmp_path}/in/a.jsonl, line {line}"] for line in (7, 8, 9)]
    assert [row["error"] for row in told] == ["NotRead", "NotRead", "ValueError"]
    assert "stopped the reader" in told[0]["message"]
    assert "longer than 3 seconds" in told[1]["message"]
    assert "no parser can bear this" in told[2]["message"]
    assert len({row["report"] for row in rows(tmp_path / "out", "events")}) == 12


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes meanwhile, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("stops_after", [0, 1, 2])
def test_a_full_disk_is_told_and_the_run_goes_on_later(tmp_path: Path, stops_after: int) -> None:
    """It is full as the first stage begins, before the reports are sorted, or among the lots."""
    write_lines(tmp_path / "in" / "a.jsonl", map(record, range(6)))
    if stops_after:
        with pytest.raises(KeyboardInterrupt):
            read_here(tmp_path / "in", tmp_path / "out", Here(stops_after), lot_size=2)
    with files_up_to(1500), pytest.raises(ArchiveError, match="room"):
        read_here(tmp_path / "in", tmp_path / "out", lot_size=2)
    read_here(tmp_path / "in", tmp_path / "out", lot_size=2)
    read_here(tmp_path / "in", tmp_path / "whole", lot_size=2)
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert len(rows(tmp_path / "out", "reports")) == 6
