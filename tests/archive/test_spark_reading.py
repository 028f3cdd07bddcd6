"""Spark reads what a pool of processes reads, and goes on when a worker of it is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from archives_here import calm, everything, read_here, record, rows, telling, write_lines
from java import needs_java


def children_of(process: int) -> dict[int, str]:
    """All processes below one, with their command lines."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(folder.name))
    found: dict[int, str] = {}
    waiting = [process]
    while waiting:
        for child in parents.get(waiting.pop(), ()):
            with contextlib.suppress(OSError):
                found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            waiting.append(child)
    return found


def kill_a_worker(process: subprocess.Popen[str]) -> bool:
    """Kill a Python worker of Spark; whether there was one."""
    daemons = [child for child, line in children_of(process.pid).items() if "pyspark.daemon" in line]
    workers = [child for daemon in daemons for child in children_of(daemon)]
    for worker in workers[:1]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
            return True
    return False


@needs_java
def test_spark_writes_the_same_rows_though_a_worker_is_killed(tmp_path: Path) -> None:
    copy = record(0, publisher="Copyist", text=telling(0) + " Printed by permission.", published="2021-01-11")
    write_lines(tmp_path / "in" / "a.jsonl", [*map(record, range(9)), copy, *map(calm, range(3))])
    write_lines(tmp_path / "in" / "b.jsonl", [*map(record, range(9, 18)), record(2)])
    read_here(tmp_path / "in", tmp_path / "here")
    output = tmp_path / "out"
    command = [sys.executable, "-m", "casus", "archive", "read", str(tmp_path / "in"), str(output)]
    options = ["--gate", "words", "--engine", "spark", "--master", "local[2]"]
    run = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    is_killed = False
    while run.poll() is None:
        if not is_killed and list(output.glob("_run/tries/lot-*")):
            is_killed = kill_a_worker(run)
        time.sleep(0.05)
    told, errors = run.communicate()
    assert run.returncode == 0, errors
    assert is_killed
    assert "is complete" in told
    assert everything(output) == everything(tmp_path / "here")
    assert len(rows(output, "reports")) == 19
    assert errors == ""
