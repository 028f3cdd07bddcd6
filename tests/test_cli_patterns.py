"""`casus patterns` as a user calls it: for people, for programs, as a chart, and asked wrongly."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.cli import main
from casus.errors import NotAnswerable
from casus.model import Place

FIRST = date(2020, 1, 1)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a casebook: twenty-four raids along a road, one of them by a name like a formula."""
    path = tmp_path_factory.mktemp("books") / "book.db"
    accounts = tuple(
        Account(
            FIRST + timedelta(37 * at % 211), told=f"Raiders came to house {at}", by="Red Band", killed=at
        )
        for at in range(24)
    )
    accounts = (*accounts, Account(FIRST, "Tolo", 7, by="=Blue Band", told="A mine tore up a cart"))
    reading = reading_of(Story(accounts=accounts))
    events = [
        replace(
            event,
            where=Place(f"Oru {at % 7}", "YE", "Hajjah", None, 500 + at % 7, 15 + at % 7 / 50, 43.5, 1, 1.0),
        )
        for at, event in enumerate(reading.events[:24])
    ]
    with Casebook.open(f"sqlite:///{path}") as casebook:
        casebook.ingest([("all.txt", replace(reading, events=(*events, reading.events[24])))])
    return f"sqlite:///{path}"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """The exit code, what went to standard output and what to standard error."""
    with pytest.raises(SystemExit) as ending:
        main(["patterns", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(ending.value.code or 0), out, err


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_units_are_listed_with_what_they_have(capsys: pytest.CaptureFixture[str], book: str) -> None:
    code, out, _ = run(capsys, "units", "--casebook", book)
    assert code == 0
    assert "Where: all events, by first-order unit" in out
    hajjah = next(line for line in out.splitlines() if line.startswith("Hajjah (YE)"))
    assert hajjah.split() == ["Hajjah", "(YE)", "24", "█" * 16, "96%", "96%", "276"]
    assert "Half of the events are in 1 of 2 first-order units" in out
    _, out, _ = run(
        capsys, "units", "--casebook", book, "--by", "place", "--most", "2", "--units-in-all", "30"
    )
    assert "6 more (--most)" in out
    assert "of 30 places" in out


def test_units_for_programs(capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path) -> None:
    people = tmp_path / "people.tsv"
    people.write_text("country\tpopulation\nYemen\t2400000\n", "utf-8")
    _, out, _ = run(
        capsys, "units", "--casebook", book, "--by", "country", "--populations", people, "-f", "csv"
    )
    assert [(row["country"], row["events"], row["events_per_100k"]) for row in rows(out)] == [
        ("YE", "24", "1.0"), ("SO", "1", ""),
    ]  # fmt: skip
    _, out, _ = run(
        capsys, "units", "--casebook", book, "--country", "Yemen", "--order", "deaths", "-f", "json"
    )
    found = json.loads(out)
    assert (found["asked"], found["level"], found["order"]) == ("all events in Yemen", "adm1", "deaths")
    assert found["counts"][0]["killed"]["best"] == 276
    _, out, _ = run(capsys, "units", "--casebook", book, "--by", "country", "--populations", people)
    assert "events/100k" in out


def test_repeats_are_a_table_of_ratios(capsys: pytest.CaptureFixture[str], book: str) -> None:
    code, out, _ = run(
        capsys, "repeats", "--casebook", book, "--draws", "99", "--km", "0,5,20", "--days", "0,9"
    )
    assert code == 0
    assert "Near repeats: all events, 25 events" in out
    for words in ("same place", "up to 5 km", "5 to 20 km", "same day", "1 to 9 days", "of 99 permutations"):
        assert words in out
    _, out, _ = run(capsys, "repeats", "--casebook", book, "--draws", "99", "-f", "csv")
    assert len(rows(out)) == 25
    again = run(capsys, "repeats", "--casebook", book, "--draws", "99", "-f", "csv")[1]
    assert again == out


def test_parties_are_told_with_how_they_are_named(
    capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "parties", "--casebook", book)
    assert code == 0
    band = next(line for line in out.splitlines() if line.split()[:2] == ["Red", "Band"])
    assert band.split() == ["Red", "Band", "24", "276", "–", "–", "–", "24"]
    assert "An accusation is not a finding" in out
    target = tmp_path / "parties.csv"
    run(capsys, "parties", "--casebook", book, "-f", "csv", "-o", target)
    assert {row["perpetrator"] for row in rows(target.read_text("utf-8"))} == {"Red Band", "'=Blue Band"}
    code, out, _ = run(capsys, "parties", "--casebook", book, "--dyads", "--most", "1")
    assert "Dyads, without direction" in out
    assert "1 more (--most)" in out


def test_harms_are_told_with_their_range(capsys: pytest.CaptureFixture[str], book: str) -> None:
    code, out, _ = run(capsys, "harms", "--casebook", book, "--since", "2020-01-02")
    assert code == 0
    killed = next(line for line in out.splitlines() if line.startswith("killed"))
    assert killed.split() == ["killed", "276", "276", "276", "█" * 16, "23", "–", "–"]
    assert "Civilians among the killed: 276 of the 276" in out
    _, out, _ = run(capsys, "harms", "--casebook", book, "-f", "json")
    assert json.loads(out)["civilians"]["known"] == 1.0


@pytest.mark.parametrize("answer", ["units", "repeats", "parties", "harms"])
def test_each_can_be_drawn(
    capsys: pytest.CaptureFixture[str], book: str, tmp_path: Path, answer: str
) -> None:
    target = tmp_path / "chart.svg"
    more = ("--draws", "99") if answer == "repeats" else ()
    code, _, err = run(capsys, answer, "--casebook", book, "--chart", target, *more)
    assert code == 0
    assert f"drawn: {target}" in " ".join(err.split("\n"))
    assert target.read_text("utf-8").startswith("<svg")
    assert "casebook at revision" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("asked", "code", "why"),
    [
        (("units", "--country", "ML"), NotAnswerable.exit_code, "has none of all events in Mali"),
        (("units", "--units-in-all", "1"), NotAnswerable.exit_code, "2 first-order units with events"),
        (("units", "--populations", "none.csv"), NotAnswerable.exit_code, "can't read populations"),
        (("repeats", "--days", "0,x"), 2, "no list of numbers"),
        (("repeats", "--days", "7,0"), NotAnswerable.exit_code, "must rise"),
        (("repeats", "--country", "Somalia"), NotAnswerable.exit_code, "need 20 events"),
        (("parties", "--standing", "claimed"), NotAnswerable.exit_code, "said to claim it"),
        (("parties", "--dyads", "--chart", "x.svg"), NotAnswerable.exit_code, "draw it directed"),
        (("harms", "--type", "protest"), NotAnswerable.exit_code, "has none of protests"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], book: str, asked: tuple[str, ...], code: int, why: str
) -> None:
    found, out, err = run(capsys, *asked, "--casebook", book)
    assert (found, out) == (code, "")
    assert why in " ".join(err.split())
