"""Archives are read whole, once, and go on where they were stopped."""

from __future__ import annotations

import gzip
import io
import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from archives_here import Here, calm, everything, plan_for, read_here, record, rows, telling, write_lines
from casus.archive.inputs import input_files
from casus.archive.plan import output_of
from casus.archive.running import kept_account, read_archive
from casus.archive.storage import alone_in
from casus.archive.tables import reading_of
from casus.errors import ArchiveError
from casus.reading.reader import RuleReader


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files with reports of violence, of none, copies, an update, a repeat and a broken line."""
    folder = tmp_path_factory.mktemp("source")
    copy = record(0, publisher="Copyist", text=telling(0) + " Printed with leave.", published="2021-01-11")
    update = record(1, publisher="Copyist", text=telling(1, killed=27), published="2021-02-12")
    write_lines(folder / "a.jsonl", [*map(record, range(8)), *map(calm, range(5))])
    lines = [copy, update, record(3), *map(record, range(8, 12))]
    text = "".join(json.dumps(line) + "\n" for line in lines) + "{broken\n"
    (folder / "deeper").mkdir()
    (folder / "deeper" / "b.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (folder / "notes.txt").write_text("no part of the archive", "utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("archive") / "out"
    read_here(source, output, lot_size=3)
    return output


def test_each_document_is_accounted_for(source: Path, archive: Path) -> None:
    account = kept_account(output_of(str(archive)))
    assert account.files == 2
    told = account.counts
    assert (told["documents"], told["failed"], told["not_violent"], told["repeats"]) == (21, 1, 5, 1)
    assert (told["let_in"], told["copies"], told["read"], told["set_aside"]) == (15, 1, 13, 0)
    assert told["events"] == len(rows(archive, "events")) >= 12
    by_file = pq.ParquetFile(archive / "files.parquet").read().to_pylist()
    assert [row["file"] for row in by_file] == [
        str(source / "a.jsonl"),
        str(source / "deeper" / "b.jsonl.gz"),
    ]
    assert [(row["documents"], row["read"], row["copies"]) for row in by_file] == [(13, 8, 0), (8, 5, 1)]
    assert all(row["reader"].startswith("rules/") for row in by_file)


def test_a_copy_is_not_read_and_an_update_is(archive: Path) -> None:
    reports = {row["url"] + row["publisher"]: row for row in rows(archive, "reports")}
    copy = reports["https://example.org/0Copyist"]
    original = reports["https://example.org/0Harbour Post 0"]
    assert (copy["status"], copy["copy_of"], copy["reader"]) == ("copy", original["hash"], None)
    assert original["status"] == "read"
    assert original["copy_of"] is None
    update = reports["https://example.org/1Copyist"]
    assert (update["status"], update["copy_of"]) == (
        "read",
        reports["https://example.org/1Harbour Post 1"]["hash"],
    )
    killed = [row["killed_low"] for row in rows(archive, "events") if row["report"] == update["hash"]]
    assert killed == [27]
    assert not [row for row in rows(archive, "events") if row["report"] == copy["hash"]]


def test_tables_are_parted_by_the_month_of_publication(archive: Path) -> None:
    months = {path.name for path in (archive / "reports").iterdir()}
    assert months == {"month=2021-01", "month=2021-02", "month=2021-03"}
    for path in (archive / "reports").rglob("*.parquet"):
        month = path.parent.name.removeprefix("month=")
        assert {f"{day:%Y-%m}" for day in pq.ParquetFile(path).read()["published_on"].to_pylist()} == {month}


def test_rows_hold_the_readings_that_the_reader_makes(archive: Path) -> None:
    tables = {name: rows(archive, name) for name in ("events", "claims", "agreements", "statistics")}
    reports = [row for row in rows(archive, "reports") if row["status"] == "read"]
    for row in reports:
        own = {name: [r for r in table if r["report"] == row["hash"]] for name, table in tables.items()}
        kept = reading_of(row, own)
        assert kept == RuleReader().read(kept.report)


def test_what_fails_is_kept_with_its_reason(archive: Path) -> None:
    [failure] = rows(archive, "failures")
    assert failure["error"] == "BadRecord"
    assert failure["stage"] == "admitting"
    assert failure["origin"].endswith("b.jsonl.gz, line 8")


def test_a_run_that_was_stopped_goes_on_and_ends_with_the_same_bytes(
    source: Path, archive: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    for stops_after in (1, 2, 3):
        with pytest.raises(KeyboardInterrupt):
            read_here(source, output, Here(stops_after), lot_size=3)
        assert json.loads((output / "archive.json").read_text())["state"] == "reading"
    going_on = Here()
    read_here(source, output, going_on, lot_size=3)
    assert going_on.done < 8
    assert everything(output) == everything(archive)
    assert not (output / "_run").exists()


def test_a_complete_archive_is_left_as_it_is(source: Path, archive: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in archive.rglob("*.*")}
    idle = Here()
    account = read_here(source, archive, idle, lot_size=3)
    assert account.was_complete
    assert idle.done == 0
    assert {path: path.stat().st_mtime_ns for path in archive.rglob("*.*")} == before


def test_two_runs_on_one_output_are_refused(source: Path, archive: Path) -> None:
    with alone_in(output_of(str(archive))), pytest.raises(ArchiveError, match="another run is at work"):
        read_here(source, archive, lot_size=3)


def test_an_output_of_another_run_is_refused(source: Path, archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"made otherwise .*lot_size was 3, now 4"):
        read_here(source, archive, lot_size=4)
    more = tmp_path / "source"
    write_lines(more / "a.jsonl", [record(1)])
    output = tmp_path / "out"
    read_here(more, output)
    write_lines(more / "c.jsonl", [record(2)])
    with pytest.raises(ArchiveError, match="other files"):
        read_here(more, output)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("not yours", "utf-8")
    with pytest.raises(ArchiveError, match="not empty, and no archive"):
        read_here(more, tmp_path / "mine")
    with pytest.raises(ArchiveError, match="this is a file"):
        read_here(more, more / "a.jsonl")
    assert (tmp_path / "mine" / "thesis.txt").read_text("utf-8") == "not yours"


@pytest.mark.parametrize("name", ["nothing", "empty", "none/*.jsonl", "notes.txt"])
def test_an_input_without_files_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match=r"no file of reports there|can't be opened"):
        read_here(tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_archive_of_no_documents_is_complete_and_empty(tmp_path: Path) -> None:
    write_lines(tmp_path / "in" / "a.jsonl", [])
    account = read_here(tmp_path / "in", tmp_path / "out")
    assert set(account.counts.values()) == {0}
    assert rows(tmp_path / "out", "reports") == []


def test_what_comes_before_a_damage_is_taken(tmp_path: Path) -> None:
    whole = gzip.compress("".join(json.dumps(record(n)) + "\n" for n in range(3)).encode())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    lying = whole[:-4] + (int.from_bytes(whole[-4:], "little") + 1000).to_bytes(4, "little")
    (folder / "lying.jsonl.gz").write_bytes(lying)
    (folder / "no-gzip.jsonl.gz").write_bytes(b"plain text")
    pq.write_table(pa.table({"headline": ["a"]}), folder / "other-columns.parquet")
    (folder / "torn.parquet").write_bytes(b"PAR1 and then nothing of the kind")
    warc = warc_of([record(5), record(6)])
    (folder / "cut.warc").write_bytes(warc[:-300])
    account = read_here(folder, tmp_path / "out")
    damaged = {Path(file).name: damage for file, damage in account.damaged}
    assert set(damaged) == {path.name for path in folder.iterdir()}
    assert "damaged or cut off" in damaged["cut.jsonl.gz"]
    assert "length" in damaged["lying.jsonl.gz"]
    assert "--columns text=COLUMN" in damaged["other-columns.parquet"]
    assert "no sound Parquet file" in damaged["torn.parquet"]
    assert "damaged or cut off at byte" in damaged["cut.warc"]
    texts = {row["text"] for row in rows(tmp_path / "out", "reports")}
    assert {telling(n) for n in range(3)} <= texts  # those of the file that lies only at its end
    assert account.counts["read"] == 4


def test_parquet_and_warc_give_what_json_lines_give(tmp_path: Path) -> None:
    records = [record(n, url=f"https://example.org/{n}") for n in range(4)]
    write_lines(tmp_path / "lines" / "a.jsonl", records)
    columns = {"body": [r["text"] for r in records], "day": [r["published"] for r in records]}
    own = {name: [r[name] for r in records] for name in ("publisher", "url")}
    (tmp_path / "parquet").mkdir()
    pq.write_table(pa.table({**columns, **own}), tmp_path / "parquet" / "a.parquet")
    read_here(tmp_path / "lines", tmp_path / "one")
    read_here(tmp_path / "parquet", tmp_path / "two", columns={"text": "body", "published": "day"})
    without_place = [
        [{**row, "file": "", "origin": ""} for row in rows(tmp_path / name, "reports")]
        for name in ("one", "two")
    ]
    assert without_place[0] == without_place[1]
    assert rows(tmp_path / "one", "events") == rows(tmp_path / "two", "events")
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").write_bytes(gzip.compress(warc_of(records)))
    account = read_here(tmp_path / "warc", tmp_path / "three")
    assert account.counts["read"] == 4
    assert {row["url"] for row in rows(tmp_path / "three", "reports")} == {r["url"] for r in records}


def test_objects_of_a_store_are_read(tmp_path: Path) -> None:
    import fsspec  # noqa: PLC0415

    store = fsspec.filesystem("memory")
    text = "".join(json.dumps(record(n)) + "\n" for n in range(3))
    store.pipe("/news/2021/a.jsonl", text.encode())
    store.pipe("/news/2021/b.jsonl.gz", gzip.compress(text.encode()))
    account = read_here("memory://news", tmp_path / "out")
    assert (account.files, account.counts["read"], account.counts["repeats"]) == (2, 3, 3)
    files = {row["file"] for row in rows(tmp_path / "out", "reports")}
    assert files == {"memory:///news/2021/a.jsonl"}
    doing = Here()
    plan = plan_for("memory://news/2021/*.gz")
    account = read_archive(output_of("memory://results/2021"), plan, lambda: doing, lambda _: None)
    assert account.counts["read"] == 3
    assert store.exists("/results/2021/archive.json")
    assert not store.exists("/results/2021/_run")


def warc_of(records: list[dict[str, str]]) -> bytes:
    """A WARC file of pages with these texts."""
    stream = io.BytesIO()
    for item in records:
        title, _, body = item["text"].partition("\n\n")
        page = (
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"<p>{body}</p></article></body></html>"
        )
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        made = WarcRecord()
        made.init_headers()
        made.record_type = WarcRecordType.response
        made.record_date = datetime.fromisoformat(f"{item['published']}T06:00:00Z")
        made.headers["WARC-Target-URI"] = item["url"]
        made.headers["Content-Type"] = "application/http; msgtype=response"
        made.set_bytes_content(answer)
        made.is_http = True
        made.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("named", ["", "/*.jsonl", "/a?.jsonl", "/**/a[0-9].jsonl", "/a1.jsonl"])
def test_files_are_found_by_folder_glob_or_name(tmp_path: Path, named: str) -> None:
    folder = tmp_path / "_mine" / ".kept"
    write_lines(folder / "a1.jsonl", [record(1)])
    write_lines(folder / ".hidden.jsonl", [record(2)])
    write_lines(folder / "_temporary" / "a2.jsonl", [record(3)])
    assert [Path(file.address).name for file in input_files(f"{folder}{named}")] == ["a1.jsonl"]
