"""Published files are read as they are, and bad rows are told and left out.

The rows are made up in the form of the published files.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from casus.casebook.reference import ReferenceEvent, ReferenceFormat, Violence
from casus.errors import BadRecord, SourceMissing
from casus.exports import ExportFormat, export_events
from casus.exports.acled import COLUMNS as ACLED_COLUMNS
from casus.exports.reference_files import BadRow, format_of, read_reference
from casus.exports.ucdp import COLUMNS as UCDP_COLUMNS
from casus.model import EventType
from exports.made_up import ABOUT, made_up_dossier, made_up_event

UCDP = {
    "id": "900001", "relid": "YEM-2020-1-1-1", "year": "2020", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "1", "conflict_new_id": "1", "dyad_name": "Government of Yemen - Houthis",
    "side_a": "Government of Yemen (North Yemen)", "side_b": "Houthis", "number_of_sources": "2",
    "source_article": '"Reuters,2020-03-05,Nine dead, says mayor"', "where_prec": "1",
    "where_coordinates": "Rakha village", "adm_1": "Hajjah governorate", "latitude": "15.51",
    "longitude": "43.49", "geom_wkt": "POINT (43.49 15.51)", "country": "Yemen (North Yemen)",
    "country_id": "678", "region": "Middle East", "event_clarity": "1", "date_prec": "1",
    "date_start": "2020-03-04 00:00:00.000", "date_end": "2020-03-04 00:00:00.000", "deaths_a": "0",
    "deaths_b": "9", "deaths_civilians": "0", "deaths_unknown": "0", "best": "9", "high": "9", "low": "9",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "YEM90001", "event_date": "2020-03-04", "year": "2020", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Houthis", "inter1": "Rebel group", "actor2": "Military Forces of Yemen (2012-)",
    "assoc_actor_2": "Tribal Militia (Yemen); Popular Committee", "inter2": "State forces",
    "interaction": "State forces-Rebel group", "iso": "887", "region": "Middle East", "country": "Yemen",
    "admin1": "Hajjah", "location": "Rakha", "latitude": "15.5000", "longitude": "43.5000",
    "geo_precision": "1", "source": "Daily Post", "notes": "On 4 March, a clash; nine died.",
    "fatalities": "9", "timestamp": "1600000000",
}  # fmt: skip


def written(path: Path, columns: tuple[str, ...], *rows: dict[str, str], delimiter: str = ",") -> Path:
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8")
    return path


def events_of(path: Path) -> list[ReferenceEvent]:
    return [row for row in read_reference(path, format_of(path)) if isinstance(row, ReferenceEvent)]


def bad_rows_of(path: Path) -> list[BadRow]:
    return [row for row in read_reference(path, format_of(path)) if isinstance(row, BadRow)]


def test_a_row_of_ged(tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP)
    assert format_of(path) is ReferenceFormat.UCDP_GED
    [event] = events_of(path)
    assert event.id == "900001"
    assert event.event_type == Violence.STATE_BASED
    assert (event.start, event.end) == (date(2020, 3, 4), date(2020, 3, 4))
    assert (event.country_code, event.place) == ("YE", "Rakha village")
    assert (event.latitude, event.longitude, event.precision_code) == (15.51, 43.49, 1)
    assert (event.low, event.best, event.high) == (9, 9, 9)
    assert event.actors == ("Government of Yemen (North Yemen)", "Houthis")
    assert event.record["dyad_name"] == UCDP["dyad_name"]


def test_a_row_of_acled(tmp_path: Path) -> None:
    path = written(tmp_path / "acled.csv", ACLED_COLUMNS, ACLED)
    assert format_of(path) is ReferenceFormat.ACLED
    [event] = events_of(path)
    assert event.id == "YEM90001"
    assert event.event_type == EventType.ARMED_CLASH
    assert event.country_code == "YE"
    assert (event.low, event.best, event.high) == (None, 9, None)
    assert event.actors == (
        "Houthis", "Military Forces of Yemen (2012-)", "Tribal Militia (Yemen)", "Popular Committee",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ({"event_date": "04 March 2020"}, date(2020, 3, 4), date(2020, 3, 4)),
        ({"event_date": "4-Mar-2020"}, date(2020, 3, 4), date(2020, 3, 4)),
        ({"time_precision": "2"}, date(2020, 2, 27), date(2020, 3, 10)),
        ({"time_precision": "3"}, date(2020, 3, 1), date(2020, 3, 31)),
    ],
)
def test_days_of_acled(tmp_path: Path, told: dict[str, str], start: date, end: date) -> None:
    [event] = events_of(written(tmp_path / "acled.csv", ACLED_COLUMNS, ACLED | told))
    assert (event.start, event.end) == (start, end)


@pytest.mark.parametrize(
    ("event_type", "sub_type", "own"),
    [
        ("Explosions/Remote violence", "Air/drone strike", EventType.AIR_STRIKE),
        ("Explosions/Remote violence", "Suicide bomb", EventType.BOMBING),
        ("Violence against civilians", "Abduction/forced disappearance", EventType.ABDUCTION),
        ("Protests", "Excessive force against protesters", EventType.PROTEST),
        ("Strategic developments", "Change to group/activity", EventType.OTHER),
        ("Riots", "", EventType.RIOT),
    ],
)
def test_types_of_acled(tmp_path: Path, event_type: str, sub_type: str, own: EventType) -> None:
    row = ACLED | {"event_type": event_type, "sub_event_type": sub_type}
    assert events_of(written(tmp_path / "acled.csv", ACLED_COLUMNS, row))[0].event_type == own


def test_acled_without_optional_columns_and_with_semicolons(tmp_path: Path) -> None:
    columns = ("data_id", "event_date", "event_type", "actor1", "country", "fatalities")
    path = written(tmp_path / "old.csv", columns, ACLED | {"data_id": "77"}, delimiter=";")
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    [event] = events_of(path)
    assert (event.id, event.country_code, event.latitude, event.precision_code) == ("77", "YE", None, None)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"date_start": "soon"}, "'soon' is no date"),
        ({"date_start": ""}, "date_start is empty"),
        ({"date_end": "2019-01-01"}, "lies before"),
        ({"type_of_violence": "4"}, "not 1, 2 or 3"),
        ({"best": "many"}, "no whole number"),
        ({"latitude": "155"}, "no point on earth"),
        ({"longitude": "x"}, "is no point"),
        ({"id": "900001"}, "stands twice"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_left_out(
    tmp_path: Path, wrong: dict[str, str], reason: str
) -> None:
    path = written(
        tmp_path / "ged.csv", UCDP_COLUMNS, UCDP, UCDP | {"id": "900002"} | wrong, UCDP | {"id": "900003"}
    )
    assert [event.id for event in events_of(path)] == ["900001", "900003"]
    [bad] = bad_rows_of(path)
    assert bad.line == 3
    assert reason in bad.reason


def test_a_row_that_is_cut_off_is_bad(tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP)
    path.write_text(path.read_text("utf-8") + "900002,YEM\n", "utf-8")
    assert [bad.line for bad in bad_rows_of(path)] == [3]


def test_other_files_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,age\na,1\n")
    with pytest.raises(BadRecord, match="neither the columns"):
        format_of(other)
    with pytest.raises(BadRecord, match="has no column id"):
        list(read_reference(other, ReferenceFormat.UCDP_GED))
    with pytest.raises(SourceMissing, match="can't be read"):
        format_of(tmp_path / "nothing.csv")
    other.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRecord, match="UTF-8"):
        format_of(other)


def test_what_casus_exports_can_be_loaded(tmp_path: Path) -> None:
    for export_format in (ExportFormat.UCDP_GED, ExportFormat.ACLED):
        target = tmp_path / f"{export_format}.csv"
        export_events(export_format, [made_up_dossier(made_up_event())], target, ABOUT)
        [event] = events_of(target)
        assert (event.id, event.country_code, event.best) == ("ev-1", "YE", 12)
