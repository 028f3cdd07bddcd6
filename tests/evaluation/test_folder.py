"""A folder of hand-coded reports is read, and its faults are told by file and field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casus.errors import SourceMissing
from casus.evaluation import CodedReport, Fault, read_folder
from casus.output.gold import gold_record
from factories import sample_reading, sample_report

Change = Callable[[dict[str, list[dict[str, object]]]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = gold_record(sample_reading(), "one.txt")
    (tmp_path / "one.txt").write_text(sample_report().text, encoding="utf-8")
    (tmp_path / "one.json").write_text(record.to_json(), encoding="utf-8")
    return tmp_path


def test_a_coded_report_is_text_and_record(folder: Path) -> None:
    (coded,) = read_folder(folder)
    assert isinstance(coded, CodedReport)
    report = sample_report()
    assert (coded.report.text, coded.report.title) == (report.text, report.title)
    assert (coded.report.published_on, coded.report.publisher) == (report.published_on, report.publisher)
    assert coded.record == gold_record(sample_reading(), "one.txt")


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        # The form of single fields.
        (lambda record: record["events"][0].pop("targets"), "events.0.targets", "Field required"),
        (lambda record: record["events"][0].update(event_type="raid"), "events.0.event_type", "'raid'"),
        (lambda record: record["events"][0].update(start="2021-02-30"), "events.0.start", "'2021-02-30'"),
        (lambda record: record["events"][0].update(country="Israel"), "events.0.country", "'Israel'"),
        (lambda record: record["claims"][0].update(low=-1), "claims.0.low", "-1"),
        (lambda record: record["claims"][0].update(low="9"), "claims.0.low", "'9'"),
        (lambda record: record["statistics"][0].update(since="2020-13"), "statistics.0.since", "YYYY-MM"),
        # Fields that must agree with each other.
        (lambda record: record["events"][0].update(end="2021-05-01"), "events.0.end", "before start"),
        (lambda record: record["events"][0]["tolls"][0].update(low=13), "events.0.tolls.0", "out of order"),  # type: ignore[index]
        (lambda record: record["events"].append(record["events"][0]), "events.2.id", "earlier event"),
        (lambda record: record["claims"][0].update(event="e9"), "claims.0.event", "no event"),
        (lambda record: record["claims"][0].update(anonymous=True), "claims.0.anonymous", "null"),
        (lambda record: record["claims"][0].update(harm=None), "claims.0.harm", "needs it"),
        (lambda record: record["claims"][0].update(quote="made up"), "claims.0.quote", "not in the text"),
        (
            lambda record: record["agreements"][0].update(quote="made up"),
            "agreements.0.quote",
            "not in the text",
        ),
    ],
)
def test_a_fault_is_told_by_file_and_field(folder: Path, change: Change, field: str, told: str) -> None:
    path = folder / "one.json"
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record), encoding="utf-8")
    (fault,) = read_folder(folder)
    assert isinstance(fault, Fault)
    assert (fault.file, fault.field) == ("one.json", field)
    assert told in fault.message


def test_two_rows_of_one_harm_and_category_are_a_fault(folder: Path) -> None:
    path = folder / "one.json"
    record = json.loads(path.read_text("utf-8"))
    record["events"][0]["tolls"] *= 2
    path.write_text(json.dumps(record), encoding="utf-8")
    (fault,) = read_folder(folder)
    assert isinstance(fault, Fault)
    assert fault.field == "events.0.tolls.1"


def test_a_faulty_record_does_not_hide_the_others(folder: Path) -> None:
    (folder / "bad.json").write_text("{", encoding="utf-8")
    (folder / "lone.json").write_text(
        (folder / "one.json").read_text("utf-8").replace("one.txt", "lone.txt"), "utf-8"
    )
    bad, lone, one = read_folder(folder)
    assert isinstance(bad, Fault)
    assert "no valid JSON" in bad.message
    assert isinstance(lone, Fault)
    assert "there is no lone.txt beside it" in lone.message
    assert isinstance(one, CodedReport)


def test_a_record_names_no_text_outside_its_folder(folder: Path) -> None:
    path = folder / "one.json"
    path.write_text(path.read_text("utf-8").replace("one.txt", "../elsewhere/one.txt"), encoding="utf-8")
    (coded,) = read_folder(folder)
    assert isinstance(coded, CodedReport)


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_records_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceMissing, match=r"no such folder|no records"):
        list(read_folder(tmp_path / name))
