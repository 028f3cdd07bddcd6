"""`casus archive read` and `casus archive show` as a user calls them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives_here import calm, everything, read_here, record, rows, write_lines
from casus.archive.plan import GateKind
from casus.cli import main
from casus.errors import ArchiveError, GazetteerError

# A run of tests that was started in the background has its children ignore Ctrl-C.
HEEDING_CTRL_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from casus.cli import main
main(sys.argv[1:])
"""


def run(*arguments: str | Path) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as ending:
        main([str(argument) for argument in arguments])
    return int(ending.value.code or 0)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a few reports, with a line that is none."""
    folder = tmp_path_factory.mktemp("archive")
    write_lines(folder / "in" / "a.jsonl", [*map(record, range(4)), calm(1), "no report"])
    assert run("archive", "read", folder / "in", folder / "out", "--workers", "1", "--quiet") == 20
    return folder / "out"


def test_reading_ends_with_an_account(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("archive", "read", archive.parent / "in", archive) == 20
    told = capsys.readouterr().out
    assert "4  reports read" in told
    assert "1  that the gate holds back" in told
    assert "was complete already" in told
    assert run("archive", "read", archive.parent / "in", archive, "--format", "json") == 20
    account = json.loads(capsys.readouterr().out)
    assert account["counts"]["read"] == 4
    assert account["was_complete"] is True


def test_an_archive_is_shown_with_what_made_it(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("archive", "show", archive) == 0
    told = capsys.readouterr().out
    assert "by rules/1" in told
    assert "gate hashed-words" in told
    assert run("archive", "show", archive, "--failures") == 0
    told = capsys.readouterr().out
    assert told.startswith("1 × BadRecord\n")
    assert "a.jsonl, line 6" in told
    assert run("archive", "show", archive, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "complete"


def test_what_can_not_be_done_is_told_on_one_line(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments, words in (
        (("read", tmp_path / "nothing", tmp_path / "out"), "nothing: "),
        (("read", "nonsense://a/b", tmp_path / "out"), "can't be opened"),
        (("read", archive.parent / "in", archive, "--gate", "none"), "made otherwise"),
        (("show", tmp_path), "no archive there"),
    ):
        assert run("archive", *arguments) == ArchiveError.exit_code
        errors = capsys.readouterr().err
        assert words in errors
        assert errors.count("\n") == 1
    monkeypatch.setenv("CASUS_GAZETTEER", str(tmp_path / "none.sqlite"))
    arguments = ("archive", "read", archive.parent / "in", tmp_path / "out")
    assert run(*arguments) == GazetteerError.exit_code
    assert run("archive", "read", archive.parent / "in", tmp_path / "out", "--master", "local[2]") != 0
    assert not (tmp_path / "out").exists()


def test_ctrl_c_ends_a_run_that_then_goes_on(tmp_path: Path) -> None:
    write_lines(tmp_path / "in" / "a.jsonl", map(record, range(60)))
    paths = [str(tmp_path / "in"), str(tmp_path / "out")]
    one = [sys.executable, "-c", HEEDING_CTRL_C, "archive", "read", *paths, "--workers", "1"]
    stopped = subprocess.Popen(one, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while stopped.poll() is None and not list(tmp_path.glob("out/_run/tries/lot-*")):
        time.sleep(0.05)
    stopped.send_signal(signal.SIGINT)
    _, errors = stopped.communicate()
    assert stopped.returncode == 130
    assert errors == "Stopped: run the same command again to go on.\n"
    assert json.loads((tmp_path / "out" / "archive.json").read_text())["state"] == "reading"
    assert run("archive", "show", tmp_path / "out") == ArchiveError.exit_code
    subprocess.run(one, check=True, capture_output=True)
    read_here(tmp_path / "in", tmp_path / "whole", gate=GateKind.LINEAR)
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert len(rows(tmp_path / "out", "reports")) == 60
