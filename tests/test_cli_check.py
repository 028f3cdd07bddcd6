"""`casus check`, as people and programs run it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.rising import AFTER, BEFORE, STEADY, attacks
from casebook.telling import Story, reading_of
from casus.casebook.book import Casebook
from casus.cli import main
from casus.model import Change, Evidence, Statistic

ASKED = "attacks by Amal Duur up 70 percent since 2020-07-01"
UNTIL = ("--until", "2020-12-29")


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('check') / 'book.db'}"
    told = reading_of(Story("Outlet 9", head="Attacks by Amal Duur rose by 70 percent."))
    words = Evidence(0, 39, "statistic.change")
    statistic = Statistic("attacks by Amal Duur", Change.UP, 70.0, None, "2020-07-01", "ministry", words)
    stories = (*attacks(BEFORE), *attacks(AFTER), *STEADY)
    with Casebook.open(url) as book:
        book.ingest((f"{at}", reading_of(story)) for at, story in enumerate(stories))
        book.ingest([("figures", replace(told, statistics=(statistic,)))])
    return url


def run(*words: str, casebook: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["check", *words, "--casebook", casebook])
    return int(stopped.value.code or 0)


def test_statistics_are_listed_with_their_verdicts(casebook: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(casebook=casebook) == 0
    shown = capsys.readouterr()
    assert "ministry" in shown.out
    assert "not checkable" in shown.out  # it was published before what it tells of
    assert "1 statistics; 'casus check NUMBER' explains one" in shown.err


def test_one_is_explained_with_its_numbers(casebook: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ASKED, *UNTIL, casebook=casebook) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "SUPPORTED: the record shows 70 percent more" in shown
    assert "as long before 2020-01-01/2020-06-30 20 0.11" in shown
    assert "2020-07-01/2020-12-29 34 0.19 1.70" in shown
    assert "other reports 2020-01-01/2020-06-30 48" in shown


def test_programs_get_records_and_rows(casebook: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ASKED, *UNTIL, "--format", "json", casebook=casebook) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["verdict"], record["trials"][0]["compared"]["after"]["count"]) == ("supported", 34)
    assert run("--format", "json", casebook=casebook) == 0
    assert [one["speaker"] for one in json.loads(capsys.readouterr().out)] == ["ministry"]
    assert run(ASKED, *UNTIL, "--format", "csv", casebook=casebook) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["before"], row["after"], row["verdict"]) == ("20", "34", "supported")


def test_the_events_and_the_baseline_are_chosen_by_options(
    casebook: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--perpetrator", "Amal Duur", "--type", "attack", "--baseline", "2020-02-01:2020-04-30")
    assert run("up 70 percent since 2020-07-01", *chosen, casebook=casebook) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "counted attacks by Amal Duur" in shown
    assert "chosen days 2020-02-01/2020-04-30" in shown


def test_a_check_is_drawn(casebook: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "check.svg"
    assert run(ASKED, *UNTIL, "--chart", str(target), casebook=casebook) == 0
    assert f"drawn: {target}" in capsys.readouterr().err
    assert "asserted: 70 percent more" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("nonsense",), 23, "neither how many nor which way"),
        (("99",), 15, "no statistic 99"),
        (("--chart", "x.png"), 23, "name the statistic"),
        ((ASKED, "--baseline", "2020-01-01"), 2, "write FROM:TO"),
        ((ASKED, "--baseline", "2020-05-01:2020-02-01"), 2, "is before"),
        ((ASKED, "--until", "soon"), 9, "soon"),
        ((ASKED, "--country", "Ruritania"), 23, "no country 'Ruritania'"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    casebook: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, why: str
) -> None:
    assert run(*words, casebook=casebook) == code
    assert why in " ".join(capsys.readouterr().err.replace("│", " ").split())
