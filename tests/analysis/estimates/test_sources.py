"""Histories from a casebook: which sources tell of which events; and the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import pytest

from analysis.conftest import MakeBook
from casebook.telling import Account, Story
from casus.analysis.estimates import By, ListGroup, Unit, histories_of_casebook, strata_of_casebook
from casus.analysis.estimates.sources import listed_events
from casus.casebook.book import Casebook
from casus.casebook.records import EventFilter
from casus.cli import main
from casus.errors import NotAnswerable

TOLD_BY = {
    ("Daily Post",): 9,
    ("Evening Star",): 7,
    ("Coast Herald",): 4,
    ("Daily Post", "Evening Star"): 5,
    ("Daily Post", "Coast Herald"): 3,
    ("Hill Radio",): 2,
}
THINGS = ("mill", "bridge", "market", "school", "clinic", "harbour", "quarry", "station", "depot", "farm")
ACTS = ("Raiders burned the {} beside the orchard", "Armed men set the {} alight near the orchard")


def stories() -> Iterator[Story]:
    """Thirty events, twenty days apart, each told by some outlets in words of their own."""
    day, things = date(2019, 1, 1), cycle(THINGS)
    for outlets, events in TOLD_BY.items():
        for _ in range(events):
            thing = next(things)
            for outlet, act in zip(outlets, ACTS, strict=False):
                account = Account(day=day, killed=2, told=act.format(thing))
                yield Story(outlet, day + timedelta(days=1), (account,))
            day += timedelta(days=20)


@pytest.fixture
def book(book_of: MakeBook) -> Casebook:
    """A casebook of these events."""
    return book_of(*stories())


def test_each_source_is_a_list_the_largest_first(book: Casebook) -> None:
    assert book.count() == sum(TOLD_BY.values())
    found = histories_of_casebook(book, most=3)
    assert found.names == ("Daily Post", "Evening Star", "Coast Herald")
    assert found.sizes().tolist() == [17, 12, 7]
    assert found.overlaps()[0].tolist() == [17, 5, 3]
    assert found.known_besides == 2
    assert found.notes == ("1 source is in no list, the largest: Hill Radio (2)",)


def test_sources_are_joined_by_names_as_people_write_them(book: Casebook) -> None:
    groups = [ListGroup.parsed("daily post"), ListGroup.parsed("others=*")]
    found = histories_of_casebook(book, lists=groups)
    assert found.names == ("daily post", "others")
    assert found.counts == (9, 13, 8)
    with pytest.raises(NotAnswerable, match="called 'Evening Stars'; near it: Evening Star"):
        histories_of_casebook(book, lists=[*groups, ListGroup.parsed("Evening Stars")])


def test_deaths_are_counted_by_event(book: Casebook) -> None:
    found = histories_of_casebook(book, unit=Unit.DEATHS)
    assert found.recorded == 2 * sum(TOLD_BY.values())
    assert found.clumping == 2


def test_events_are_divided_by_what_they_have(book: Casebook) -> None:
    years = strata_of_casebook(book, By.YEAR, most=3)
    assert [one.name for one in years] == ["2019", "2020"]
    assert sum(one.histories.recorded for one in years) == 28
    assert [one.name for one in listed_events(book).strata("country")] == ["YE"]
    assert [one.name for one in listed_events(book).strata("event_type")] == ["attack"]


def test_no_events_are_no_lists(book: Casebook) -> None:
    with pytest.raises(NotAnswerable, match="no such events"):
        histories_of_casebook(book, EventFilter(country="SO"))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    book: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Runs `casus estimate` on the casebook; gives its exit code, output and messages."""
    monkeypatch.setenv("CASUS_CASEBOOK", f"sqlite:///{tmp_path / '0.db'}")
    monkeypatch.chdir(tmp_path)
    assert book.count()

    def command(*words: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(["estimate", *words])
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_the_command_tells_lists_figures_models_and_cautions(run: Run) -> None:
    code, out, _ = run("--most", "3")
    assert code == 0
    assert "What was not recorded: all events" in out
    assert "Daily Post" in out
    assert "log-linear, average of models" in out
    assert "outlets read and copy one another" in out
    assert "Recorded by at least one of the lists: 28 events." in out


def test_the_command_writes_for_programs(run: Run) -> None:
    code, out, _ = run("--most", "3", "--format", "json", "--method", "loglinear")
    record = json.loads(out)
    assert code == 0
    assert record["patterns"] == {"100": 9, "010": 7, "110": 5, "001": 4, "101": 3}
    assert [one["method"] for one in record["estimates"]] == ["loglinear_best", "loglinear"]
    assert {one["kind"] for one in record["cautions"]} >= {"sources", "shared_nothing"}
    _, out, _ = run("--most", "3", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert float(rows[0]["recorded"]) == 28


def test_the_command_takes_filters_and_parts(run: Run) -> None:
    code, out, _ = run("--most", "2", "--by", "country", "--country", "Yemen", "--type", "attack")
    assert code == 0
    assert "Sums of the above" in out
    assert "attacks in Yemen" in out
    _, out, _ = run("--most", "2", "--by", "country", "--format", "json")
    assert [one["stratum"] for one in json.loads(out)["strata"]] == ["YE"]


def test_the_command_takes_a_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    path.write_text("A,B,n,place\n1,1,167,x\n1,0,781,x\n0,1,254,x\n1,0,3,y\n", "utf-8")
    code, out, _ = run("--table", str(path), "--count", "n", "--by", "place")
    assert code == 0
    assert "y (3 recorded)" in out
    _, out, _ = run("--table", str(path), "--count", "n", "--format", "csv", "--method", "chao")
    assert float(next(csv.DictReader(io.StringIO(out)))["total"]) == pytest.approx(952 * 422 / 168 - 1)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--country", "Somalia"), 23, "there are no such events"),
        (("--list", "Daily Post"), 23, "two lists or more"),
        (("--since", "2019-02-01", "--until", "2019-02-20"), 23, "casus:"),
        (("--by", "weather"), 2, "none of country"),
        (("--count", "n"), 2, "for a table"),
        (("--table", "lists.csv", "--country", "YE"), 2, "for a casebook"),
        (("--table", "nowhere.csv"), 4, "nowhere.csv"),
    ],
)
def test_wrong_use_gets_a_sentence(run: Run, words: tuple[str, ...], code: int, told: str) -> None:
    ended, out, err = run(*words)
    assert ended == code
    assert told in " ".join(err.replace("│", " ").split())
    assert not out
