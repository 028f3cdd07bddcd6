"""How casebooks grow: made-up but realistic readings, ingested, linked and exported.

    python benchmarks/scaling.py [SIZE ...] [--json]

Each measure runs in a process of its own, whose most memory is told beside it.  The
readings are those of `made_up.py`, seeded; making them is not counted.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from casus.casebook.book import Casebook
from casus.exports import ExportFormat, export_casebook
from casus.model import Reading
from made_up import made_up_readings

SIZES = (1_000, 10_000, 100_000)
INGEST_A_SECOND = 500
EXPORT_A_SECOND = 100_000 / 30
LINK_S, NEW_REPORT_S = 300.0, 0.2
MEMORY_MIB = 2048.0
_NEW_REPORTS = 25


@dataclass(frozen=True, slots=True)
class Measure:
    """What was done to a casebook of `size` reports, how long it took, and the most memory."""

    what: str
    size: int
    count: int
    seconds: float
    peak_mib: float


def _ready(size: int) -> list[Reading]:
    """The readings, set apart from what the garbage collector goes through: they are not the casebook's."""
    readings = list(made_up_readings(size))
    gc.freeze()
    return readings


def ingested(url: str, size: int) -> tuple[int, float]:
    """File and link readings as they come."""
    readings = _ready(size)
    with Casebook.open(url) as book:
        began = time.perf_counter()
        book.ingest((reading.report.id, reading) for reading in readings)
        return size, time.perf_counter() - began


def filed(url: str, size: int) -> tuple[int, float]:
    """File readings without linking them."""
    readings = _ready(size)
    with Casebook.open(url) as book:
        began = time.perf_counter()
        book.ingest(((reading.report.id, reading) for reading in readings), links=False)
        return size, time.perf_counter() - began


def linked(url: str, _size: int) -> tuple[int, float]:
    """Link all that was filed."""
    with Casebook.open(url) as book:
        began = time.perf_counter()
        count = book.link()
        return count, time.perf_counter() - began


def added(url: str, size: int) -> tuple[int, float]:
    """Take in new reports one by one; the time is that of one."""
    readings = list(islice(made_up_readings(size + _NEW_REPORTS), size, None))
    with Casebook.open(url) as book:
        began = time.perf_counter()
        for reading in readings:
            book.ingest([(reading.report.id, reading)])
        return len(readings), (time.perf_counter() - began) / len(readings)


def exported(url: str, _size: int) -> tuple[int, float]:
    """Write all events as rows of our own."""
    return _written(url, ExportFormat.CSV)


def exported_as_ucdp(url: str, _size: int) -> tuple[int, float]:
    """Write all events as UCDP GED rows, which need the accounts of each."""
    return _written(url, ExportFormat.UCDP_GED)


def _written(url: str, form: ExportFormat) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as folder, Casebook.open(url) as book:
        began = time.perf_counter()
        done = export_casebook(book, form, Path(folder, "events.csv"), datetime.now(UTC))
        return done.events, time.perf_counter() - began


_STEPS: tuple[tuple[str, Callable[[str, int], tuple[int, float]]], ...] = (
    ("file", filed),
    ("link from scratch", linked),
    ("one new report", added),
    ("export CSV", exported),
    ("export UCDP GED", exported_as_ucdp),
)


def measure(sizes: tuple[int, ...]) -> Iterator[Measure]:
    """All measures for each size, in order."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield _measured("ingest and link", ingested, f"sqlite:///{folder}/whole.db", size)
            for what, step in _STEPS:
                yield _measured(what, step, f"sqlite:///{folder}/steps.db", size)


def _measured(what: str, step: Callable[[str, int], tuple[int, float]], url: str, size: int) -> Measure:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(step, url, size, sender))
    process.start()
    count, seconds, peak_mib = receiver.recv()
    process.join()
    return Measure(what, size, count, seconds, peak_mib)


def _run(step: Callable[[str, int], tuple[int, float]], url: str, size: int, sender: object) -> None:
    count, seconds = step(url, size)
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    sender.send((count, seconds, int(found[1]) / 1024 if found else float("nan")))  # type: ignore[attr-defined]


def line(one: Measure) -> str:
    """A measure for people, with what is wanted of it."""
    pace = f"{one.count / one.seconds:,.0f} a second" if one.what != "one new report" else ""
    shown = f"{1000 * one.seconds:.0f} ms" if one.what == "one new report" else f"{one.seconds:.1f} s"
    return (
        f"{one.size:>9,} reports  {one.what:18}{one.count:>9,}{shown:>11}{pace:>18}"
        f"{one.peak_mib:>8.0f} MiB  {verdict(one)}"
    )


def verdict(one: Measure) -> str:
    """Whether a measure reaches what is wanted; empty where nothing is."""
    wanted = {
        "ingest and link": one.count / one.seconds >= INGEST_A_SECOND,
        "link from scratch": one.seconds <= LINK_S,
        "one new report": one.seconds <= NEW_REPORT_S,
        "export CSV": one.count / one.seconds >= EXPORT_A_SECOND,
        "export UCDP GED": one.count / one.seconds >= EXPORT_A_SECOND,
    }
    if one.peak_mib > MEMORY_MIB:
        return "NOT MET (memory)"
    return "" if one.what not in wanted else "met" if wanted[one.what] else "NOT MET"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="numbers of reports")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    options = parser.parse_args()
    for one in measure(tuple(options.sizes)):
        print(json.dumps(asdict(one)) if options.json else line(one), flush=True)


if __name__ == "__main__":
    main()
