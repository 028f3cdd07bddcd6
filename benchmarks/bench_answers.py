"""How quick answers are on a casebook of 100,000 events.

    python benchmarks/bench_answers.py [--casebook URL] [--events N]

Without --casebook one is made of the readings of `made_up.py` in the virtual environment (once; ten
minutes or so) and kept.  Each answer is asked of a casebook that was just opened, so that
loading its events counts; the middle of three rounds stands in the table.  The last column
has the whole command, with starting Python and loading its parts.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
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
    """Seconds that an answer took in each round, by function and as a command, and how many are wanted."""

    what: str
    asked_s: tuple[float, ...]
    command_s: float | None
    wanted_s: float

    def line(self) -> str:
        """A row of the table."""
        middle = statistics.median(self.asked_s)
        verdict = "met" if middle < self.wanted_s else "NOT MET"
        command = "" if self.command_s is None else f"{self.command_s:.1f} s"
        return f"{self.what:44}{middle:>8.2f} s{self.wanted_s:>8.0f} s  {verdict:8}{command:>10}"


def fill(url: str, events: int) -> None:
    """Make the casebook, or go on with it."""
    with Casebook.open(url) as book:
        readings = made_up_readings(10 * events, told_once=0.95, years=_YEARS)
        while (there := book.count()) < events:
            print(f"\r{there:,} of {events:,} events", end="", file=sys.stderr, flush=True)
            book.ingest((reading.report.id, reading) for reading in itertools.islice(readings, _BATCH))
        print(file=sys.stderr)


def seconds(url: str, ask: Callable[[Casebook], object]) -> tuple[float, ...]:
    """How long an answer takes, asked of a casebook that was just opened."""
    found = []
    for _ in range(ROUNDS):
        with Casebook.open(url) as book:
            start = time.perf_counter()
            ask(book)
            found.append(time.perf_counter() - start)
    return tuple(found)


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


def measured(url: str, folder: Path) -> Sequence[Measure]:
    """All answers, in the order of the table."""

    def drawn(book: Casebook) -> object:
        found = trend(book, select(book), around=Turn.on(_TURN))
        return trend_chart(found).png()

    def check_drawn(book: Casebook) -> object:
        return check_chart(book, check_text(book, _ASKED)).png()

    page, chart = folder / "report.html", folder / "chart.png"
    return (
        Measure(
            "trend, all events by month",
            seconds(url, lambda book: trend(book, select(book))),
            command(url, "trend"),
            ANSWER_S,
        ),
        Measure(
            "trend, before and after a day",
            seconds(url, lambda book: trend(book, select(book), around=Turn.on(_TURN))),
            command(url, "trend", "--around", str(_TURN)),
            ANSWER_S,
        ),
        Measure(
            "check of a statistic",
            seconds(url, lambda book: check_text(book, _ASKED)),
            command(url, "check", _ASKED),
            ANSWER_S,
        ),
        Measure("trend, drawn", seconds(url, drawn), command(url, "trend", "--chart", str(chart)), ANSWER_S),
        Measure(
            "check, drawn",
            seconds(url, check_drawn),
            command(url, "check", _ASKED, "--chart", str(chart)),
            ANSWER_S,
        ),
        Measure(
            "report of a year, HTML",
            (_report(url, "2015-01-01", "2015-12-31", page),),
            None,
            REPORT_S,
        ),
        Measure(
            "report of all events, HTML",
            (_report(url, "1922-01-01", "2021-12-31", page),),
            None,
            REPORT_S,
        ),
    )


def _report(url: str, first: str, last: str, page: Path) -> float:
    return command(url, "report", "--from", first, "--to", last, "--output", str(page))


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
    print(f"{'':44}{'answer':>10}{'wanted':>10}  {'':8}{'command':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for one in measured(url, Path(folder)):
            print(one.line(), flush=True)


if __name__ == "__main__":
    main()
