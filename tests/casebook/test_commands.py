"""The commands on a casebook, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.cli import main

RAID = Account(by="Boko Haram", by_id="boko-haram")
STORIES = (
    Story(accounts=(RAID,)),
    Story(
        "Evening Star", accounts=(replace(RAID, killed=12, told="Armed men burned the mill by the orchard"),)
    ),
    Story(accounts=(replace(RAID, place="Tolo", killed=3, told="A mine tore up a minibus on the track"),)),
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a casebook of two events; gives its exit code, output and messages."""
    url = f"sqlite:///{tmp_path}/casebook.db"
    with Casebook.open(url) as book:
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(STORIES))
    monkeypatch.setenv("CASUS_CASEBOOK", url)
    monkeypatch.setenv("CASUS_REVIEWER", "ada")
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(words)
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def ids(run: Run) -> list[str]:
    """The ids of the events, the one that two outlets tell of first."""
    rows = list(csv.DictReader(io.StringIO(run("events", "--format", "csv")[1])))
    return [row["event"] for row in sorted(rows, key=lambda row: -int(row["reports"]))]


def test_events_are_listed_by_filter(run: Run) -> None:
    code, out, err = run("events", "--country", "SO")
    assert code == 0
    assert "Tolo" in out
    assert "Rakha" not in out
    assert "1 events" in err
    assert len(json.loads(run("events", "--format", "json")[1])) == 2
    assert len(run("events", "--format", "jsonl")[1].splitlines()) == 2
    assert "2 events, 1 shown" in run("events", "--limit", "1")[2]


def test_no_cell_of_a_listed_event_is_a_formula(run: Run) -> None:
    event = ids(run)[0]
    run("review", event, "--set", "place==1+1", "--reason", "a test", "--by", "ada")
    table = run("events", "--format", "csv")[1]
    assert ",'=1+1," in table
    assert ",=1+1," not in table


def test_an_event_is_shown_with_its_sources_and_grade(run: Run) -> None:
    both, _ = ids(run)
    code, out, _ = run("show", both[:8])
    assert code == 0
    for words in ("Daily Post", "Evening Star", "fair", "disputed", "9 (Daily Post)"):
        assert words in out
    assert json.loads(run("show", both, "--format", "json")[1])["id"] == both


def test_an_unknown_event_is_an_error_of_one_line(run: Run) -> None:
    code, _, err = run("show", "ffff")
    assert code == 15
    assert err == "casus: no event 'ffff' in this casebook: 'casus events' lists them\n"


def test_corrections_are_kept_shown_and_taken_back(run: Run) -> None:
    both, _ = ids(run)
    assert run("review", both, "--set", "killed.civilians.best=11", "--reason", "the graves")[0] == 0
    assert "11 (" in run("events")[1]
    code, out, _ = run("history", both)
    assert code == 0
    assert "correct killed.civilians.best: 9 → 11" in out
    assert "ada" in out
    assert run("review", "--undo", "1", "--reason", "miscounted")[0] == 0
    assert "taken back" in run("history", both)[1]
    assert "11 (" not in run("events")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "mood=sad", "--reason", "x"), "is no field of an event"),
        (("--set", "start=soon", "--reason", "x"), "use YYYY-MM-DD"),
        (("--set", "killed.civilians.best=many", "--reason", "x"), "give a whole number"),
        (("--set", "place", "--reason", "x"), "write FIELD=VALUE"),
        (("--set", "place=Rakha"), "say why"),
        ((), "say what to do"),
    ],
)
def test_wrong_decisions_are_refused(run: Run, words: tuple[str, ...], message: str) -> None:
    both, _ = ids(run)
    code, _, err = run("review", both, *words)
    assert code in (2, 14)
    assert message in " ".join(err.replace("│", " ").split())
    assert "nothing was decided" in run("history", both)[2]


def test_events_are_merged_split_and_explained(run: Run) -> None:
    both, other = ids(run)
    assert run("merge", both, other, "--reason", "one raid")[0] == 0
    assert len(ids(run)) == 1
    keys = json.loads(run("show", both, "--format", "json")[1])["keys"]
    assert run("split", both, keys[-1], "--reason", "two raids")[0] == 0
    assert len(ids(run)) == 2
    code, out, _ = run("link", "--explain", keys[0], keys[1])
    assert code == 0
    assert "before anything is compared" in out
    assert run("rebuild")[0] == 0
    assert len(ids(run)) == 2


def test_the_queue_is_listed(run: Run) -> None:
    _, out, err = run("review")
    assert "Rakha" in out
    assert "0 to review again, 2 not reviewed" in err


def test_events_are_exported_and_compared(run: Run, tmp_path: Path) -> None:
    assert run("export", "--format", "ucdp-ged", "ged.csv")[0] == 0
    assert len((tmp_path / "ged.csv").read_text("utf-8").splitlines()) == 3
    code, out, _ = run("export", "--format", "csv", "--country", "SO", "-")
    assert code == 0
    assert "Tolo" in out
    code, out, _ = run("compare", "ged.csv")
    assert code == 0
    assert "in both      2" in out
    assert "ged" in run("compare")[1]
    assert run("compare", "ged", "--forget")[0] == 0


def test_no_casebook_is_an_error_of_one_line(tmp_path: Path, run: Run) -> None:
    code, _, err = run("events", "--casebook", f"sqlite:///{tmp_path}/none.db")
    assert code == 14
    assert "make one with 'casus ingest'" in err


def test_claims_are_added_corrected_and_retracted(run: Run) -> None:
    event = ids(run)[0]
    key = json.loads(run("show", event, "--format", "json")[1])["keys"][0]
    marked = f"{key}:kind=toll,harm=injured,low=4,high=4,speaker=a nurse,start_char=0,end_char=9"
    assert run("review", event, "--add-claim", marked)[0] == 0
    assert "injured: 4  claim -1" in run("show", event)[1]
    assert run("review", event, "--correct-claim", "-1:high=6", "--reason", "read again")[0] == 0
    assert "injured" in run("history", event)[1]
    assert run("review", event, "--retract-claim", "-1", "--reason", "of another raid")[0] == 0
    assert "injured" not in run("show", event)[1]
    assert "write -1:FIELD=VALUE" in run("review", event, "--correct-claim", "-1", "--reason", "x")[2]
    assert run("review", event, "--retract-claim", "-1")[0] == 2
