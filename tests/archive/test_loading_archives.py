"""What an archive read comes into a casebook as if the casebook had read it itself."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from archives_here import read_here, record, telling, write_lines
from casebook.telling import Account, Story, reading_of
from casus.archive.linking.local import local_engine
from casus.archive.linking.running import link_archives
from casus.archive.selecting import Wanted, select
from casus.archive.storage import Folder, folder_of
from casus.casebook.filing import hash_of
from casus.cli import main
from casus.errors import ArchiveError
from casus.model import EventType, Reading, Report
from written_archive import write_archive

DAY = date(2020, 3, 4)


def casus(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[str, int]:
    """What a command prints, and its exit code."""
    code = 0
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    captured = capsys.readouterr()
    return captured.out + captured.err, code


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command gives as JSON."""
    output, code = casus(capsys, *arguments, "--format", "json")
    assert code == 0, output
    return json.loads(output)


def link(archive: Folder) -> Folder:
    links = folder_of(archive.url("links"))
    link_archives([archive], links, lambda place: local_engine(place, 1, "500MB"), lambda _step: None)
    return links


def test_an_archive_loads_as_the_same_reports_are_ingested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = record(0, publisher="Copyist", text=telling(0) + " Printed by permission.", published="2021-01-11")
    again = record(
        1, publisher="Late Echo", text=f"A day later.\n{telling(1, killed=5)}", published="2021-02-12"
    )
    records = sorted([*map(record, range(9)), copy, again], key=lambda one: str(one["published"]))
    source = write_lines(tmp_path / "in" / "a.jsonl", records)
    ingested, loaded = (f"sqlite:///{tmp_path}/{name}.db" for name in ("ingested", "loaded"))
    assert told(capsys, "ingest", source, "--casebook", ingested)["new"] == 11
    read_here(tmp_path / "in", tmp_path / "archive")
    account = told(capsys, "archive", "load", tmp_path / "archive", "--all", "--casebook", loaded)
    assert (account["in"], account["new"], account["known"], account["copies"]) == (11, 11, 0, 1)
    events = [told(capsys, "events", "--casebook", book) for book in (ingested, loaded)]
    assert events[0]
    assert events[0] == events[1]
    again_account = told(capsys, "archive", "load", tmp_path / "archive", "--all", "--casebook", loaded)
    assert (again_account["new"], again_account["known"]) == (0, 11)
    assert told(capsys, "events", "--casebook", loaded) == events[1]


FIRST = reading_of(Story("Daily Post", DAY + timedelta(1), (Account(killed=9, by="Red Hand"),)))
LATER = reading_of(Story("Harbour Radio", DAY + timedelta(2), (Account(killed=30),), head="Late news."))
SOMALI = reading_of(
    Story(
        "Daily Post",
        DAY + timedelta(40),
        (
            Account(
                DAY + timedelta(39),
                "Tolo",
                2,
                event_type=EventType.BOMBING,
                told="A mine went off on the road",
            ),
        ),
    )
)
UNDATED = reading_of(
    Story("Harbour Radio", DAY + timedelta(80), (Account(None, "Dirbat", None, told="Men took sheep"),))
)
COPY = Report.of(FIRST.report.text, publisher="Copyist", published_on=DAY + timedelta(1))


@pytest.fixture
def archive(tmp_path: Path) -> Folder:
    """Four reports of three events, and a copy of the first."""
    readings = [FIRST, LATER, SOMALI, UNDATED]
    return write_archive(tmp_path / "archive", readings, {hash_of(FIRST.report): [COPY]})


@pytest.fixture(scope="module")
def linked_archive(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The same, linked once for tests that change nothing."""
    folder = tmp_path_factory.mktemp("linked") / "archive"
    made = write_archive(folder, [FIRST, LATER, SOMALI, UNDATED], {hash_of(FIRST.report): [COPY]})
    link(made)
    return made


def reports(*wanted: Reading | Report) -> set[str]:
    return {hash_of(one.report if isinstance(one, Reading) else one) for one in wanted}


@pytest.mark.parametrize(
    ("wanted", "met"),
    [
        (Wanted(since=DAY, until=DAY), [FIRST, LATER, COPY]),
        (Wanted(since=DAY + timedelta(1)), [SOMALI]),
        (Wanted(country="so"), [SOMALI]),
        (Wanted(event_type=EventType.BOMBING), [SOMALI]),
        (Wanted(place="hájjah"), [FIRST, LATER, COPY]),
        (Wanted(place="dirbat"), [UNDATED]),
        # One account names them, and all reports of its event come.
        (Wanted(perpetrator="red hand"), [FIRST, LATER, COPY]),
        (Wanted(actor="villagers", country="SO"), [SOMALI]),
        (Wanted(least_killed=30), [FIRST, LATER, COPY]),
        (Wanted(ids=(f"{hash_of(FIRST.report)[:12]}.1",)), [FIRST, LATER, COPY]),
        (Wanted(ids=(f"{hash_of(LATER.report)[:12]}.1",), country="YE"), [FIRST, LATER, COPY]),
    ],
)
def test_a_filter_means_all_reports_of_the_events_that_it_meets(
    wanted: Wanted, met: list[Reading | Report], linked_archive: Folder
) -> None:
    links = folder_of(linked_archive.url("links"))
    found = select([linked_archive], links, wanted, with_copies=True)
    assert found.hashes == reports(*met)
    assert found.events == 1
    without = select([linked_archive], links, wanted, with_copies=False)
    assert without.hashes == reports(*met) - reports(COPY)


def test_without_links_single_reports_come_with_their_copies(archive: Folder) -> None:
    found = select([archive], None, Wanted(perpetrator="red hand"), with_copies=True)
    assert found.hashes == reports(FIRST, COPY)
    assert not found.is_linked
    assert select([archive], None, Wanted(), with_copies=True).hashes is None


def test_what_can_not_be_selected_is_refused(archive: Folder, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="run casus archive link first"):
        select([archive], None, Wanted(ids=("000000000000.1",)), with_copies=True)
    links = link(archive)
    with pytest.raises(ArchiveError, match=r"000000000000\.1: no event of these links"):
        select([archive], links, Wanted(ids=("000000000000.1",)), with_copies=True)
    with pytest.raises(ArchiveError, match="no event meets the filter"):
        select([archive], links, Wanted(country="FR"), with_copies=True)
    with pytest.raises(ArchiveError, match="no links there"):
        select([archive], folder_of(str(tmp_path / "nowhere")), Wanted(country="YE"), with_copies=True)
    archive.write_json("archive.json", {**archive.read_json("archive.json"), "completed_at": "later"})
    with pytest.raises(ArchiveError, match="of an earlier state of it"):
        select([archive], links, Wanted(country="YE"), with_copies=True)


def test_commands_link_an_archive_and_load_a_part_of_it(
    archive: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = f"sqlite:///{tmp_path}/part.db"
    made = told(capsys, "archive", "link", archive.path, "--workers", 1)
    assert (made["accounts"], made["events"], made["events_of_several"], made["was_complete"]) == (
        4,
        3,
        1,
        False,
    )
    shown, code = casus(capsys, "archive", "link", archive.path)
    assert code == 0
    assert "were complete already" in shown
    options = ("--country", "YE", "--until", DAY.isoformat(), "--no-copies", "--casebook", book)
    account = told(capsys, "archive", "load", archive.path, *options)
    assert (account["events"], account["in"], account["new"]) == (1, 2, 2)
    event = told(capsys, "events", "--casebook", book)
    assert event["reports"] == 2
    shown, _ = casus(capsys, "archive", "load", archive.path, *options)
    assert (
        "1 linked events meet the filter\n2 reports in: 0 new (0 of them not violent), 2 already known"
        in shown
    )


@pytest.mark.parametrize(
    ("arguments", "said", "exit_code"),
    [
        (("link", "nothing"), "no archive there: casus archive read makes one", 24),
        (("link", "one", "two"), "several archives are linked: name a folder", 2),
        (("load", "nothing", "--all"), "no archive there", 24),
        (("load", "archive"), "say which events", 2),
        (("load", "archive", "--all", "--country", "YE"), "it leaves no choice", 2),
        (("load", "archive", "--country", "FR"), "no event meets the filter", 24),
        (("load", "archive", "--since", "soon"), "--since", 9),
    ],
)
def test_what_can_not_be_done_is_said(  # noqa: PLR0917
    arguments: tuple[str, ...],
    said: str,
    exit_code: int,
    archive: Folder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(archive.path.parent)
    output, code = casus(capsys, "archive", *arguments)
    assert said in " ".join(output.replace("│", " ").split())
    assert code == exit_code
