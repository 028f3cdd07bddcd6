"""An export is whole or not there, and each format can be opened by those who read it."""

from __future__ import annotations

import csv
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.casebook.dossiers import Dossier
from casus.casebook.records import EventFilter, EventWhere, Named
from casus.errors import ExportError
from casus.exports import ExportFormat, export_casebook, export_events, read_events
from casus.exports.about import ATTRIBUTION
from casus.exports.acled import COLUMNS as ACLED_COLUMNS
from casus.exports.event_columns import EVENT_COLUMNS, PLAIN_COLUMNS
from casus.exports.ucdp import COLUMNS as UCDP_COLUMNS
from casus.model import EventType
from exports.made_up import ABOUT, dossiers_by_chance, made_up_dossier, made_up_event


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_ged_and_acled_have_their_columns_in_order(tmp_path: Path) -> None:
    assert len(UCDP_COLUMNS) == 49
    assert len(ACLED_COLUMNS) == 31
    for export_format, columns in (
        (ExportFormat.UCDP_GED, UCDP_COLUMNS),
        (ExportFormat.ACLED, ACLED_COLUMNS),
    ):
        target = tmp_path / f"{export_format}.csv"
        export_events(export_format, dossiers_by_chance(30), target, ABOUT)
        with target.open(encoding="utf-8", newline="") as handle:
            header, *rows = list(csv.reader(handle))
        assert tuple(header) == columns
        assert len(rows) == 30
        assert all(len(row) == len(columns) for row in rows)


def test_frictionless_finds_a_data_package_valid(tmp_path: Path) -> None:
    tricky = made_up_event(99, targets=(Named('=HYPERLINK("x"), a\nb', None, None, ()),))
    dossiers = [
        *dossiers_by_chance(40),
        made_up_dossier(tricky, 99, '"Nine",\r\nhe said; -'),
        Dossier(made_up_event(100)),
    ]
    target = tmp_path / "package"
    export_events(ExportFormat.DATAPACKAGE, dossiers, target, ABOUT)
    report = frictionless.validate(str(target / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == 5
    descriptor = json.loads((target / "datapackage.json").read_text("utf-8"))
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    assert descriptor["casus"]["readers"] == ["rules/1 hand"]
    assert {"title": "Daily Post"} in descriptor["sources"]
    codebook = (target / "codebook.md").read_text("utf-8")
    assert all(f"`{column.name}`" in codebook for column in EVENT_COLUMNS)
    assert ATTRIBUTION in codebook


def test_frictionless_finds_a_wrong_package_invalid(tmp_path: Path) -> None:
    export_events(ExportFormat.DATAPACKAGE, dossiers_by_chance(3), tmp_path / "package", ABOUT)
    tolls = tmp_path / "package" / "tolls.csv"
    tolls.write_text(tolls.read_text("utf-8").replace("ev-2", "ev-9"), "utf-8")
    assert not frictionless.validate(str(tmp_path / "package" / "datapackage.json")).valid


def test_a_report_of_two_events_stands_once_in_a_package(tmp_path: Path) -> None:
    one, other = made_up_dossier(made_up_event(1)), made_up_dossier(made_up_event(2), 2)
    shared = Dossier(
        other.event, (other.told[0].__class__("0000000000aa.2", one.told[0].report, one.told[0].event, ()),)
    )
    export_events(ExportFormat.DATAPACKAGE, [one, shared], tmp_path / "package", ABOUT)
    assert len(rows_of(tmp_path / "package" / "reports.csv")) == 1
    assert len(rows_of(tmp_path / "package" / "accounts.csv")) == 2


def test_geojson_is_one_collection_of_points(tmp_path: Path) -> None:
    nowhere = made_up_event(2, where=EventWhere(None, None, None, None, None, None, None, None, ()))
    target = tmp_path / "events.geojson"
    export_events(ExportFormat.GEOJSON, [made_up_dossier(made_up_event()), Dossier(nowhere)], target, ABOUT)
    collection = json.loads(target.read_text("utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert collection["metadata"]["attribution"] == ATTRIBUTION
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [43.5, 15.5]}
    assert first["properties"]["killed_best"] == 12
    assert first["properties"]["start"] == "2020-03-04"
    assert second["geometry"] is None
    export_events(ExportFormat.GEOJSON, [], target, ABOUT)
    assert json.loads(target.read_text("utf-8"))["features"] == []


def test_geoparquet_has_points_and_their_metadata(tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    export_events(ExportFormat.GEOPARQUET, dossiers_by_chance(25), target, ABOUT)
    table = pq.read_table(target)
    assert table.num_rows == 25
    row = table.to_pylist()[0]
    assert struct.unpack("<BIdd", row["geometry"]) == (1, 1, row["longitude"], row["latitude"])
    metadata = pq.read_metadata(target).metadata
    geo = json.loads(metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["encoding"] == "WKB"
    west, south, east, north = geo["columns"]["geometry"]["bbox"]
    assert west < east
    assert south < north
    assert json.loads(metadata[b"casus"])["readers"] == ["rules/1 hand"]
    export_events(ExportFormat.GEOPARQUET, [], target, ABOUT)
    assert pq.read_table(target).num_rows == 0


def test_a_workbook_has_a_sheet_a_table_and_no_formula(tmp_path: Path) -> None:
    event = made_up_event(targets=(Named("=1+1\x07", None, None, ()),))
    target = tmp_path / "events.xlsx"
    export_events(ExportFormat.EXCEL, [made_up_dossier(event)], target, ABOUT)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["about", "events", "tolls", "accounts", "claims", "reports", "codebook"]
    header, row = (list(values) for values in book["events"].iter_rows(values_only=True))
    assert header == [column.name for column in PLAIN_COLUMNS]
    assert row[header.index("targets")] == "'=1+1\N{REPLACEMENT CHARACTER}"
    assert row[header.index("killed_best")] == 12
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    assert book.properties.creator.startswith("Casus ")


def test_plover_leaves_out_what_it_has_no_type_for_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    other = Dossier(made_up_event(2, event_type=EventType.OTHER))
    exported = export_events(ExportFormat.PLOVER, [made_up_dossier(made_up_event()), other], target, ABOUT)
    assert (exported.events, exported.left_out, exported.written) == (2, 1, 1)
    [record] = map(json.loads, target.read_text("utf-8").splitlines())
    assert record["event"] == "ASSAULT"
    assert record["actor"] == [{"name": "Houthis", "country": "YEM", "sector": "REB"}]
    assert record["recipient"][0]["sector"] == "CVL"
    assert record["location"]["country"] == "YEM"
    assert record["text"] == "Nine died, the mayor said"
    assert record["publication"][0]["date"] == "2020-03-05"


def failing() -> Iterator[Dossier]:
    yield from dossiers_by_chance(3)
    raise RuntimeError("the power went")


@pytest.mark.parametrize("export_format", ExportFormat)
def test_what_was_there_stays_where_an_export_fails(tmp_path: Path, export_format: ExportFormat) -> None:
    target = tmp_path / "out"
    export_events(export_format, dossiers_by_chance(1), target, ABOUT)
    before = sorted(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    with pytest.raises(RuntimeError, match="the power went"):
        export_events(export_format, failing(), target, ABOUT)
    assert sorted(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()) == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("export_format", ExportFormat)
def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path, export_format: ExportFormat) -> None:
    target = tmp_path / "out"
    counts: list[int] = []
    export_events(export_format, dossiers_by_chance(1), target, ABOUT)
    exported = export_events(export_format, dossiers_by_chance(5), target, ABOUT, progress=counts.append)
    assert exported.events == 5
    assert counts == [1, 2, 3, 4, 5]
    assert list(tmp_path.iterdir()) == [target]


def test_texts_go_to_standard_output_and_others_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    export_events(ExportFormat.CSV, dossiers_by_chance(2), "-", ABOUT)
    assert len(list(csv.DictReader(capsys.readouterr().out.splitlines()))) == 2
    with pytest.raises(ExportError, match="can't go to standard output"):
        export_events(ExportFormat.EXCEL, dossiers_by_chance(2), "-", ABOUT)


def test_wrong_targets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"):
        export_events(ExportFormat.CSV, [], tmp_path, ABOUT)
    with pytest.raises(ExportError, match="can't be written"):
        export_events(ExportFormat.CSV, [], tmp_path / "no" / "such.csv", ABOUT)
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(ExportError, match="is no data package"):
        export_events(ExportFormat.DATAPACKAGE, [], tmp_path, ABOUT)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_an_export_is_of_the_events_that_a_filter_means(tmp_path: Path) -> None:
    with Casebook.open(f"sqlite:///{tmp_path}/book.db") as book:
        stories = [Story(), Story("Evening Star", accounts=(Account(place="Tolo", told="Raid"),))]
        book.ingest((str(number), reading_of(story)) for number, story in enumerate(stories))
        for export_format in ExportFormat:
            target = tmp_path / f"all.{export_format}"
            assert export_casebook(book, export_format, target, ABOUT.made_at).events == 2
            exported = export_casebook(
                book,
                export_format,
                target,
                ABOUT.made_at,
                wanted=EventFilter(country="SO"),
                licence="ODbL-1.0",
            )
            assert exported.events == 1
        assert [event.where.name for event in read_events(tmp_path / "all.csv")] == ["Tolo"]
        assert list(read_events(tmp_path / "all.datapackage")) == list(book.events(EventFilter(country="SO")))
        descriptor = json.loads((tmp_path / "all.datapackage" / "datapackage.json").read_text("utf-8"))
        assert descriptor["licenses"] == [{"name": "ODbL-1.0", "title": "ODbL-1.0"}]
        assert descriptor["casus"]["readers"] == ["hand/1"]
        [row] = rows_of(tmp_path / "all.ucdp-ged")
        assert row["source_office"] == "Evening Star"
