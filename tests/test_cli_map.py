"""`casus map`: places as a table, for programs, and drawn."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.cli import main


@pytest.fixture
def address(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'book.db'}"
    stories = (
        Story("Daily Post", date(2020, 3, 5), (Account(date(2020, 3, 4), "Rakha", 9),)),
        Story("Sea News", date(2020, 5, 2), (Account(date(2020, 5, 1), "Hajjah", None, told="A mine went"),)),
        Story("Sea News", date(2020, 7, 2), (Account(date(2020, 7, 1), "Somalia", 3, told="A dhow sank"),)),
    )  # fmt: skip
    with Casebook.open(url) as book:
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))
    return url


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["map", *words])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_places_are_listed_and_what_has_none_is_told(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--casebook", address)
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert lines[1:] == ["Rakha Hajjah YE the place 1 9", "Hajjah Hajjah YE within 100 km 1 no number told"]
    assert "1 event known to the country only (3 killed)" in err


def test_programs_get_all_places_and_a_file_gets_the_map(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "--casebook", address, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["place"], row["radius_km"], row["killed_best"]) for row in rows] == [
        ("Rakha", "", "9"),
        ("Hajjah", "100", ""),
    ]
    chart = tmp_path / "yemen.svg"
    _, out, err = run(capsys, "--casebook", address, "--format", "json", "--chart", str(chart))
    assert json.loads(out)["countrywide"]["events"] == 1
    assert chart.read_text("utf-8").startswith("<svg ")
    assert f"drawn: {chart}" in err


def test_no_events_and_no_places_are_told_in_a_sentence(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--casebook", address, "--country", "ML")[::2] == (
        23,
        "casus: there are no such events in this casebook: all events in Mali\n",
    )
    code, _, err = run(capsys, "--casebook", address, "--country", "SO", "--chart", str(tmp_path / "x.png"))
    assert code == 23
    assert "no map can be drawn of all events in Somalia: none of the 1 has a known place" in err
