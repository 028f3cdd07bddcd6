"""How quick answers are on a casebook of 100,000 events.

    python benchmarks/bench_answers.py [--casebook URL] [--events N]

Without --casebook one is made of the readings of `made_up.py` in the virtual environment (once; ten
minutes or so) and kept.  Each answer is asked of a casebook that was just opened, so that
loading its events counts, and once more, as in the workbench or a notebook; the middle of three
rounds stands in the table.  The last column has the whole command, with starting Python.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casus.analysis.charts.checks import check_chart
from casus.analysis.charts.trends import trend_chart
from casus.analysis.checks import check_text
from casus.analysis.selecting import select
from casus.analysis.trends import Turn, trend
from casus.casebook.book import Casebook
from made_up import made_up_readings

EVENTS = 100_000
ANSWER_S, REPORT_S = 2.0, 20.0
KEPT = Path(sys.prefix) / "bench-answers.db"
ROUNDS = 3
_YEARS = 100
_BATCH = 2000
_TURN = date(2015, 1, 1)
_ASKED = "attacks up 70 percent since 2015-01-01 until 2019-12-31"


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds that an answer takes first and again, and as a command, and how many are wanted."""

    what: str
    first_s: float | None
    again_s: float | None
    command_s: float
    wanted_s: float

    def line(self) -> str:
        """A row of the table."""
        shown = [self.first_s, self.again_s, self.wanted_s, self.command_s]
        cells = "".join(f"{'' if one is None else f'{one:.2f} s':>10}" for one in shown)
        judged = self.command_s if self.first_s is None else self.first_s
        met = "met" if judged < self.wanted_s else "again" if self.is_met_again else "NOT MET"
        return f"{self.what:38}{cells}  {met}"

    @property
    def is_met_again(self) -> bool:
        """Whether it is quick enough once the events are loaded."""
        return self.again_s is not None and self.again_s < self.wanted_s


def fill(url: str, events: int) -> None:
    """Make the casebook, or go on with it."""
    with Casebook.open(url) as book:
        readings = made_up_readings(10 * events, told_once=0.95, years=_YEARS)
        while (there := book.count()) < events:
            print(f"\r{there:,} of {events:,} events", end="", file=sys.stderr, flush=True)
            book.ingest((reading.report.id, reading) for reading in itertools.islice(readings, _BATCH))
        print(file=sys.stderr)


def seconds(url: str, ask: Callable[[Casebook], object]) -> tuple[float, float]:
    """How long an answer takes of a casebook that was just opened, and how long again."""
    first, again = [], []
    for _ in range(ROUNDS):
        with Casebook.open(url) as book:
            for found in (first, again):
                start = time.perf_counter()
                ask(book)
                found.append(time.perf_counter() - start)
    return statistics.median(first), statistics.median(again)


def command(url: str, *words: str) -> float:
    """How long a whole command takes."""
    start = time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name("casus")), *words, "--casebook", url],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def measured(url: str, folder: Path) -> Iterator[Measure]:
    """All answers, in the order of the table."""

    def drawn(book: Casebook) -> object:
        found = trend(book, select(book), around=Turn.on(_TURN))
        return trend_chart(found).png()

    def check_drawn(book: Casebook) -> object:
        return check_chart(book, check_text(book, _ASKED)).png()

    page, chart = folder / "report.html", str(folder / "chart.png")
    around = ("trend", "--around", str(_TURN))

    def answer(what: str, ask: Callable[[Casebook], object], *words: str) -> Measure:
        return Measure(what, *seconds(url, ask), command(url, *words), ANSWER_S)

    def report(what: str, first: str, last: str) -> Measure:
        words = ("report", "--from", first, "--to", last, "--output", str(page))
        return Measure(what, None, None, command(url, *words), REPORT_S)

    yield answer("trend, all events by month", lambda book: trend(book, select(book)), "trend")
    yield answer(
        "trend, before and after a day",
        lambda book: trend(book, select(book), around=Turn.on(_TURN)),
        *around,
    )
    yield answer("check of a statistic", lambda book: check_text(book, _ASKED), "check", _ASKED)
    yield answer("trend, before and after, drawn", drawn, *around, "--chart", chart)
    yield answer("check, drawn", check_drawn, "check", _ASKED, "--chart", chart)
    yield report("report of a year, HTML", "2015-01-01", "2015-12-31")
    yield report("report of all events, HTML", "1922-01-01", "2021-12-31")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--casebook", help="ask this one")
    parser.add_argument("--events", type=int, default=EVENTS, help="make one of so many events")
    asked = parser.parse_args()
    url = asked.casebook or f"sqlite:///{KEPT}"
    if asked.casebook is None:
        fill(url, asked.events)
    with Casebook.open(url) as book:
        events, reports = book.count(), int(book.browse.press().reports.sum())
    print(f"\n{events:,} events, {reports:,} reports\n")
    print(f"{'':38}{'first':>10}{'again':>10}{'wanted':>10}{'command':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for one in measured(url, Path(folder)):
            print(one.line(), flush=True)


if __name__ == "__main__":
    main()
