"""`casus agreements`, as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casebook.pacting import BY_HAND, COUNCIL, FRONT, act, take_in, told_of
from casus.casebook.book import Casebook
from casus.cli import main
from casus.model import EventType

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook of two tellings and three events."""
    path = tmp_path_factory.mktemp("filled") / "casebook.db"
    with Casebook.open(f"sqlite:///{path}") as book:
        take_in(
            book,
            told_of(),
            told_of("Tolo deal", publisher="Hill Radio"),
            act(date(2020, 5, 1)),
            act(date(2020, 6, 20), "Dirbat", event_type=EventType.BOMBING, against="villagers", killed=7),
            act(date(2020, 9, 1), "Tolo", by=COUNCIL, against=FRONT),
        )
    return path


@pytest.fixture
def run(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Runs `casus agreements` on a copy of the casebook; gives its exit code, output and messages."""
    url = f"sqlite:///{shutil.copy(filled, tmp_path / 'casebook.db')}"
    monkeypatch.setenv("CASUS_CASEBOOK", url)
    monkeypatch.setenv("CASUS_REVIEWER", "ada")
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(("agreements", *words))
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def listed(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("list", "--format", "csv", *words)[1])))


def test_agreements_are_listed_for_people_and_programs(run: Run) -> None:
    code, out, err = run("list", "--text", "tolo")
    assert code == 0
    assert "Tolo deal" in out
    assert "Salt Road" not in out
    assert "1 agreement" in err
    assert [row["name"] for row in listed(run)] == ["Tolo deal", "Salt Road Accord"]
    rows = json.loads(run("list", "--format", "json", "--limit", "1")[1])
    assert rows[0]["parties"] == [FRONT, COUNCIL]
    assert listed(run, "--text", "nobody") == []


def test_an_agreement_is_shown_with_what_bears_on_it_and_no_verdict(run: Run) -> None:
    code, out, _ = run("show", "1", "--days", "40")
    assert code == 0
    assert "Amal Duur: stop the raids" in out
    assert "listed: by Amal Duur, of the kinds armed clash, attack" in out
    assert "2020-06-20  bombing  Lahj, YE  7 killed" in out
    assert "that they do is no finding that it was broken" in out
    assert "no claim says in words of a breach" in out
    assert "40 days each, from 2020-05-01 to 2020-07-19" in out
    assert "violated" not in out
    line = next(line for line in out.splitlines() if line.strip().startswith("all parties"))
    assert line.split() == ["all", "parties", "█·····│·█····", "2"]


def test_an_agreement_for_programs(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("show", "1", "--format", "json")[1])
    assert told["agreement"]["name"] == "Salt Road Accord"
    assert [act["start"] for act in told["promises"][0]["events"]] == ["2020-06-20"]
    for table, column in (
        ("periods", "killed_best"), ("counts", "what"), ("commitments", "rule"), ("allegations", "words"),
        ("rates", "ratio"),
    ):  # fmt: skip
        path = tmp_path / f"{table}.csv"
        code, out, _ = run("show", "1", "--format", "csv", "--table", table, "-o", str(path))
        assert (code, out) == (0, "")
        assert column in path.read_text("utf-8").splitlines()[0].split(",")


def test_an_agreement_is_entered_by_options_or_from_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accord.json").write_text(json.dumps({**BY_HAND, "name": "Harbour Pact"}), "utf-8")
    assert run("add", "accord.json", "--reason", "the signed text")[0] == 0
    code, out, _ = run(
        "add", "--name", "Hill Pact", "--party", FRONT, "--party", "Hill Assembly", "--on", "2020-05",
        "--commitment", "Amal Duur: free all captives until 2020-07", "--source", "a leaflet",
        "--reason", "seen by ada",
    )  # fmt: skip
    assert code == 0
    assert "Hill Pact" in out
    names = {row["name"]: row for row in listed(run)}
    assert names["Hill Pact"]["commitments"] == "Amal Duur: free all captives until 2020-07"
    assert (names["Harbour Pact"]["is_by_hand"], names["Harbour Pact"]["reports"]) == ("True", "0")
    shown = run("show", names["Hill Pact"]["number"])[1]
    assert "ada, " in shown
    assert "(seen by ada): a leaflet" in shown
    assert "only the month of the agreement is known" in shown


def test_decisions_are_made_taken_back_and_kept(run: Run) -> None:
    assert run("correct", "1", "--on", "2020-06-09", "--name", "Salt Accord", "--reason", "the text")[0] == 0
    assert {row["agreed_on"] for row in listed(run)} == {"2020-06-09", "2020-06-10"}
    assert run("join", "1", "2", "--reason", "one deal")[0] == 0
    assert [row["reports"] for row in listed(run)] == ["2"]
    assert run("part", "2", "--reason", "two deals")[0] == 0
    assert run("reject", "2", "--reason", "no deal")[0] == 0
    assert [row["name"] for row in listed(run)] == ["Salt Accord"]
    assert [row["name"] for row in listed(run, "--rejected")] == ["Tolo deal"]
    code, out, _ = run("history", "2")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["3", "4", "5"]
    assert run("undo", "5", "--reason", "it was one")[2].startswith("decision 5 (reject) is taken back")
    assert len(listed(run)) == 2
    assert "it was one" in run("history", "2")[1]


def test_corrected_commitments_come_from_a_file(run: Run, tmp_path: Path) -> None:
    wanted = [{"by": FRONT, "text": "keep off the road", "country": "YE", "adm1": "Lahj"}]
    (tmp_path / "commitments.json").write_text(json.dumps(wanted), "utf-8")
    assert run("correct", "1", "--file", "commitments.json", "--reason", "the annex")[0] == 0
    assert "in Lahj (YE)" in run("show", "1")[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "99"), 15, "no agreement 99"),
        (("show", "1", "--days", "0"), 23, "ask for 1 to"),
        (("history", "99"), 15, "no agreement 99"),
        (("undo", "99", "--reason", "x"), 15, "no decision 99"),
        (("reject", "1"), 2, "say why"),
        (("correct", "1", "--reason", "x"), 2, "say what changes"),
        (("correct", "1", "--on", "June", "--reason", "x"), 14, "no day, month or year"),
        (("add", "--name", "X", "--reason", "x"), 14, "say where the agreement stands"),
        (("add", "none.json", "--reason", "x"), 2, "can't read none.json"),
        (("add", "--commitment", "stop", "--reason", "x"), 2, "write BY: TEXT"),
        (("join", "1", "--reason", "x"), 14, "nothing to join"),
    ],
)
def test_what_can_not_be_done_is_told(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    found, _, err = run(*words)
    assert found == code
    assert told in " ".join(err.replace("│", " ").split())
