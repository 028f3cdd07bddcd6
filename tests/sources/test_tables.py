"""Rows of tables become reports, by columns of any name."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casus.errors import BadRecord, NotText
from casus.model import Report
from casus.sources import Columns, SourcedReport, SourceFailure, load

BODY = "A mortar shell landed near a clinic on Friday and wounded two people, the mayor said."
MAPPED = Columns.parse("text=body, published=day,publisher=paper,url=link,id=number,title=head")
EXPECTED = Report.of(
    BODY,
    title="Clinic shelled",
    publisher="Harbour Post",
    published_on=date(2021, 5, 7),
    url="https://example.org/1",
    id="7",
)
ROW = {
    "body": BODY,
    "day": "2021-05-07",
    "paper": "Harbour Post",
    "link": EXPECTED.url,
    "number": 7,
    "head": "Clinic shelled",
    "text": "not this one",
}


def found(path: Path, columns: Columns | None = MAPPED) -> list[Report]:
    items = list(load([path], columns=columns))
    assert not [item for item in items if isinstance(item, SourceFailure)]
    return [item.report for item in items if isinstance(item, SourcedReport)]


def faults(path: Path, columns: Columns | None = MAPPED) -> list[str]:
    items = list(load([path], columns=columns))
    assert all(isinstance(item, SourceFailure) for item in items)
    assert all(
        isinstance(item.error, BadRecord | NotText) for item in items if isinstance(item, SourceFailure)
    )
    return [str(item.error) for item in items if isinstance(item, SourceFailure)]


def test_json_lines_with_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert found(path) == [EXPECTED]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_with_columns(tmp_path: Path, separator: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    cells = [f'"{value}"' for value in ROW.values()]
    path.write_text(f"{mark}{separator.join(ROW)}\r\n{separator.join(cells)}\r\n", encoding="utf-8")
    assert found(path) == [EXPECTED]


@pytest.mark.parametrize(
    "day",
    ["2021-05-07", date(2021, 5, 7), datetime(2021, 5, 7, 23, 30, tzinfo=UTC)],
    ids=["text", "day", "time"],
)
def test_parquet_with_columns(tmp_path: Path, day: object) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist([ROW | {"day": day}] * 3), path)
    assert found(path) == [EXPECTED] * 3
    path.rename(tmp_path / "nameless")
    assert found(tmp_path / "nameless") == [EXPECTED] * 3


def test_columns_go_by_their_own_names_where_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"text": [BODY], "published": ["2021-05-07"], "source_url": ["u"], "more": [1]}), path
    )
    assert found(path, None) == [Report.of(BODY, published_on=date(2021, 5, 7), url="u")]


def test_a_large_parquet_file_is_read_piece_by_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"text": [f"{number} {BODY}" for number in range(2000)]}), path, row_group_size=300
    )
    items = load([path])
    first = next(iter(items))
    assert isinstance(first, SourcedReport)
    assert first.origin == f"{path}, row 1"
    assert sum(1 for _ in items) == 1999


def test_a_bad_row_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text,published\n"{BODY}",soon\n"{BODY}",2021-05-07\n,2021-05-07\n', encoding="utf-8")
    bad, good, empty = load([path])
    assert isinstance(bad, SourceFailure)
    assert str(bad.error).startswith(f"{path}, row 2: published is 'soon'")
    assert isinstance(good, SourcedReport)
    assert isinstance(empty, SourceFailure)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("text=nowhere", "no column 'nowhere' for text"),
        ("published=day", "no column text"),
    ],
)
def test_columns_that_are_not_there_are_told_with_those_that_are(
    tmp_path: Path, columns: str, told: str
) -> None:
    row = {key: value for key, value in ROW.items() if key != "text"}
    (tmp_path / "a.csv").write_text(",".join(row) + "\n", encoding="utf-8")
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    for name in ("a.csv", "a.parquet"):
        [message] = faults(tmp_path / name, Columns.parse(columns))
        assert told in message
        assert "body, day" in message


@pytest.mark.parametrize("value", ["text", "text=", "mood=x", "text=a,text=b", ""])
def test_a_mapping_of_a_wrong_form_is_refused(value: str) -> None:
    with pytest.raises(BadRecord, match="--columns"):
        Columns.parse(value)


def test_damaged_files_are_told(tmp_path: Path) -> None:
    parquet = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [BODY * 50] * 100}), parquet)
    whole = parquet.read_bytes()
    parquet.write_bytes(whole[: len(whole) // 2])
    assert "no sound Parquet file" in faults(parquet)[0]
    table = tmp_path / "a.csv"
    for data, told in (
        (b"text\n\xff\xfe\xfa\n", "not UTF-8"),
        (b'text\n"open', "no valid CSV"),
        (b"", "no column"),
    ):
        table.write_bytes(data)
        assert told in faults(table, None)[0]


def test_tables_in_csv_are_not_gathered_from_folders(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text("file,day\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    assert len(found(tmp_path, None)) == 1
