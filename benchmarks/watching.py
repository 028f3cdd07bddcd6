"""A command and all processes that it starts: its time, its processor time, and the most memory of each.

What a process has used is read from /proc a few times a second, so that those count that other
processes than ours wait for, such as Spark's Python workers.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_EVERY_S = 0.2
_TICKS_A_S = os.sysconf("SC_CLK_TCK")
COMMAND, WORKER, JVM, PYTHON_WORKER, OTHER = "command", "worker", "Java", "Spark's Python", "other"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a command took: seconds, core-seconds (user and system), and MiB by kind of process.

    The memory is the most that any one process of the kind ever held.  `marks` are the seconds
    after which something was first seen.
    """

    status: int
    output: str
    seconds: float
    core_seconds: float
    peak_mib: Mapping[str, float]
    marks: Mapping[str, float]

    def stage_shares(self, names: Sequence[str]) -> dict[str, float]:
        """The share of the time up to each mark since the one before it, in the order of `names`."""
        ends = [self.marks.get(name, self.seconds) for name in names]
        starts = [0.0, *ends[:-1]]
        return {
            name: (end - start) / self.seconds for name, start, end in zip(names, starts, ends, strict=True)
        }


@dataclass(slots=True)
class _Seen:
    ticks: dict[int, int] = field(default_factory=dict)
    mib: dict[str, float] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)


def watch(command: Sequence[str], marks: Mapping[str, Callable[[], bool]] | None = None) -> Watched:
    """Run a command to its end; `marks` are asked until they hold, and their times are kept."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    seen = _Seen()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_plain_environment()
    ) as process:
        while process.poll() is None:
            _look(process.pid, seen)
            for name, holds in (marks or {}).items():
                if name not in seen.marks and holds():
                    seen.marks[name] = time.perf_counter() - began
            time.sleep(_EVERY_S)
        seconds = time.perf_counter() - began
        output = process.stdout.read() if process.stdout is not None else ""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    waited_for = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    looked_at = sum(seen.ticks.values()) / _TICKS_A_S
    return Watched(process.returncode, output, seconds, max(waited_for, looked_at), seen.mib, seen.marks)


def _plain_environment() -> dict[str, str]:
    """The environment, with one thread a process for what would take all cores."""
    return os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NO_COLOR": "1"}


def _look(root: int, seen: _Seen) -> None:
    """Note the ticks and the memory of a process and of all below it."""
    for pid in _tree(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            status = Path(f"/proc/{pid}/status").read_text()
            line = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        seen.ticks[pid] = int(fields[11]) + int(fields[12])
        kib = next((int(row.split()[1]) for row in status.splitlines() if row.startswith("VmHWM:")), 0)
        kind = COMMAND if pid == root else _kind(line)
        seen.mib[kind] = max(seen.mib.get(kind, 0.0), kib / 1024)


def _tree(root: int) -> list[int]:
    found, at = [root], 0
    while at < len(found):
        pid = found[at]
        at += 1
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _kind(line: bytes) -> str:
    if b"java" in line.split(b"\0")[0]:
        return JVM
    if b"pyspark" in line:
        return PYTHON_WORKER
    return WORKER if b"spawn_main" in line else OTHER


if sys.platform != "linux":
    raise SystemExit("Memory and processor time of processes are read from /proc: run this on Linux.")
