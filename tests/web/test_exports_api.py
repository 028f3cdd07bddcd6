"""Data sets over the web: as they are made, under a name, without the names that are withheld."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, EventFilter, NewDecision
from casus.exports import ExportFormat, export_lines
from casus.web.api import exports

FORMATS = [str(one) for one in ExportFormat]


def test_every_format_is_served_under_a_name(client: TestClient) -> None:
    for form in FORMATS:
        answer = client.get(f"/api/v1/exports/{form}")
        head = client.head(f"/api/v1/exports/{form}")
        assert answer.status_code == head.status_code == 200, form
        assert answer.headers["content-disposition"].startswith('attachment; filename="casus-')
        assert head.headers["content-disposition"] == answer.headers["content-disposition"]
        assert head.headers["content-type"] == answer.headers["content-type"]
        assert (len(answer.content) > 0, head.content) == (True, b"")


def test_a_filter_chooses_what_is_in_it(client: TestClient, book: Casebook) -> None:
    [first, *_] = book.events()
    day = first.when.start
    assert day is not None
    wanted = f"since={day}&until={day}&country=ne&type={first.event_type}&place=&grade="
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/exports/csv?{wanted}").text)))
    expected = EventFilter(since=day, until=day, country="NE", event_type=first.event_type)
    assert [row["id"] for row in rows] == [event.id for event in book.events(expected)]
    assert client.get("/api/v1/exports/csv?country=IS").text.count("\n") == 1


def test_json_is_whole(client: TestClient, book: Casebook) -> None:
    lines = client.get("/api/v1/exports/jsonl").text.splitlines()
    assert json.loads(lines[0])["about"]["licence"] == "CC-BY-4.0"
    assert len(lines) == 1 + book.count()
    assert len(client.get("/api/v1/exports/geojson").json()["features"]) == book.count()


def test_a_data_package_is_one_archive(client: TestClient) -> None:
    answer = client.get("/api/v1/exports/datapackage?licence=CC-BY-SA-4.0")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = {name.rpartition("/")[2] for name in archive.namelist()}
        [descriptor] = [name for name in archive.namelist() if name.endswith("datapackage.json")]
        assert json.loads(archive.read(descriptor))["licenses"][0]["name"] == "CC-BY-SA-4.0"
    assert {"events.csv", "claims.csv", "datapackage.json", "codebook.md"} <= names


def test_withheld_names_are_in_no_format(client: TestClient, book: Casebook) -> None:
    name = next(one.name for event in book.events() for one in event.perpetrators if one.registry_id is None)
    [event, *_] = [one for one in book.events() if any(p.name == name for p in one.perpetrators)]
    assert name in client.get("/api/v1/exports/csv").text
    book.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="rowan", reason="asked for", value=name))
    for form in ("csv", "jsonl", "geojson", "ucdp-ged", "acled", "plover"):
        assert name not in client.get(f"/api/v1/exports/{form}").text


def test_the_first_line_comes_before_the_events_are_looked_up(book: Casebook) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    lines = export_lines(book, ExportFormat.CSV, datetime.now(UTC))
    assert next(lines).startswith("id,")
    book.close()


@pytest.mark.parametrize(
    "query",
    ["country=Niger", "since=tomorrow", "type=war", "grade=a", "status=2", "colour=red",
     "licence=none", "place=" + "x" * 300],
)  # fmt: skip
def test_a_filter_of_a_wrong_form_is_refused(client: TestClient, query: str) -> None:
    for answer in (client.get(f"/api/v1/exports/csv?{query}"), client.head(f"/api/v1/exports/csv?{query}")):
        assert answer.status_code == 422


def test_unknown_formats_are_refused(client: TestClient) -> None:
    assert client.get("/api/v1/exports/pdf").status_code == 422


def test_only_so_many_are_made_at_once_and_turns_are_given_back(client: TestClient) -> None:
    for _ in range(exports._AT_ONCE):
        exports._take_turn()
    try:
        answer = client.get("/api/v1/exports/csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
    finally:
        for _ in range(exports._AT_ONCE):
            exports._free.release()
    for _ in range(3 * exports._AT_ONCE):
        assert client.get("/api/v1/exports/csv").status_code == 200
        assert client.get("/api/v1/exports/xlsx").status_code == 200
