"""`casus trend`, as people and programs run it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.cli import main
from casus.model import EventType

Run = Callable[..., tuple[int, str, str]]
FIRST = date(2020, 1, 6)  # a Monday
KINDS = (EventType.ATTACK, EventType.BOMBING, EventType.ABDUCTION)


def told() -> list[Story]:
    """Twelve weeks with a notice in each, an event in every second, from the seventh in each."""
    stories = []
    for week in range(12):
        day = FIRST + timedelta(weeks=week)
        stories += [
            Story(
                "Harbour Gazette", day, (), head=f"Notice {week} {part} on {day}: the ferry leaves at noon."
            )
            for part in range(4)
        ]
        if week >= 6 or week % 2 == 0:
            place = ("Rakha", "Dirbat", "Tolo")[week % 3]
            account = Account(
                day, place, week, event_type=KINDS[week % 3], told=f"Men of the hills, week {week}"
            )
            stories.append(Story("Daily Post", day + timedelta(days=1), (account,)))
    return stories


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('trend')}/casebook.db"
    with Casebook.open(address) as book:
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(told()))
    return address


@pytest.fixture
def run(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `casus trend`; gives its exit code, output and messages."""
    monkeypatch.setenv("CASUS_CASEBOOK", url)
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(["trend", *words])
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_people_get_a_line_for_each_period(run: Run) -> None:
    code, out, _ = run("--every", "month")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "all events, by month, 2020-01-06 to 2020-03-23"
    march = next(line for line in lines if line.startswith("2020-03 *"))
    assert march.split()[2] == "4"
    assert "█" in march
    assert any(line.startswith("all ") for line in lines)
    assert "* part of a month: 26 days, 2020-01-06 to 2020-01-31; 23 days, 2020-03-01 to 2020-03-23" in out


def test_groups_are_told_with_their_course(run: Run) -> None:
    out = run("--by", "country", "--largest", "1", "--every", "month")[1]
    assert "By country" in out
    assert "1 other" in out


def test_programs_get_rows_and_records(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--every", "week", "--format", "csv")[1])))
    assert [row["start"] for row in rows[:2]] == ["2020-01-06", "2020-01-13"]
    assert sum(int(row["events"]) for row in rows) == 9
    assert {row["is_whole"] for row in rows} == {"True", "False"}
    record = json.loads(run("--every", "week", "--format", "json", "--by", "country")[1])
    assert record["words"] == "all events"
    assert record["total"]["events"] == 9
    assert record["periods"][0]["start"] == "2020-01-06"
    assert record["around"] is None
    assert len(record["groups"][0]["periods"]) == len(record["periods"])


def test_before_and_after_is_told_in_sentences(run: Run) -> None:
    code, out, _ = run("--around", "2020-02-17", "--window", "35")
    assert code == 0
    text = " ".join(out.split())
    assert "Before and after 2020-02-17" in text
    assert "before, 2020-01-13" in text
    assert "Events: 2.50 times as many a day (95% interval" in text
    assert "Killed: " in text
    assert "Reports of other things: " in text
    assert "What is left of the change if more reports alone explain it." in text
    assert "! few events: 2 before and 5 after" in text
    rows = list(csv.DictReader(io.StringIO(run("--around", "2020-02-17", "--format", "csv")[1])))
    assert [row["compared"] for row in rows][:1] == ["events"]
    record = json.loads(run("--around", "2020-02-17", "--format", "json")[1])
    assert record["around"]["events"]["tests"][0]["asked"] == "dispersion"
    assert record["around"]["before"]["days"] == 37


def test_answers_go_to_files_and_are_drawn(run: Run, tmp_path: Path) -> None:
    code, out, err = run(
        *("--every", "week", "--around", "2020-02-17", "--format", "csv", "--output", "trend.csv"),
        *("--chart", "trend.svg", "--ratio-chart", "ratio.svg"),
    )
    assert (code, out) == (0, "")
    assert (tmp_path / "trend.csv").read_text("utf-8").startswith("compared,")
    assert "all events" in (tmp_path / "trend.svg").read_text("utf-8")
    assert "times as many" in (tmp_path / "ratio.svg").read_text("utf-8")
    assert "drawn: trend.svg" in err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--country", "Kenya"], 23, "there are no such events in this casebook"),
        (["--until", "2019-05-01"], 23, "begins on 2020-01-06, after 2019-05-01"),
        (["--since", "2020-05-01", "--until", "2020-04-01"], 23, "ends before it begins"),
        (["--around", "2019-05-01"], 23, "covers 0 days before 2019-05-01"),
        (["--around", "2020-02-17", "--window", "0"], 23, "a window of 0 days is too short"),
        (["--around", "soon"], 9, "--around"),
        (["--agreement", "7"], 23, "the casebook has no agreement 7"),
        (["--window", "30"], 2, "it goes with --around or --agreement"),
        (["--ratio-chart", "a.png"], 2, "it goes with --around or --agreement"),
        (["--around", "2020-02-17", "--agreement", "7"], 2, "not both"),
        (["--every", "decade"], 2, "decade"),
        (["--chart", "trend.docx"], 18, "no chart can be written so"),
    ],
)
def test_what_can_not_be_answered_is_said_in_a_sentence(
    run: Run, words: list[str], code: int, says: str
) -> None:
    ending, _, err = run(*words)
    assert ending == code
    assert says in " ".join(err.split())
    if code != 2:
        assert len(err.strip().splitlines()) == 1
