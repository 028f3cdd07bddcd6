"""How quick the workbench is on a casebook of 100,000 events, in Chromium and for programs.

    python benchmarks/bench_web.py [--casebook URL] [--events N] [--users N] [--seconds N] [--only WORD ...]

Without --casebook one is made of the readings of `made_up.py` in the virtual environment (once; it takes a
while) and kept.  Measured are pages in Chromium until they can be used, lists by the API, and
as many simulated reviewers as --users says, by Locust (`reviewers.py`).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import Browser, sync_playwright

from casus.casebook.book import Casebook
from casus.casebook.records import EventFilter
from made_up import made_up_readings
from served import Served, launched, served

EVENTS = 100_000
PAGE_S, EVENT_S, LIST_S = 1.0, 0.5, 0.1
ROUNDS = 20
_TOLD_ONCE = 0.95
_BATCH = 2000
KEPT = Path(sys.prefix) / "bench-web.db"
_REVIEWERS = Path(__file__).with_name("reviewers.py")
_FILTERS = (
    "", "country=AD", "country=AE", "type=attack", "grade=fair", "since=2015-01-01&until=2015-12-31",
    "harm=injured", "status=contested", "text=tam", "country=AC&type=killing",
)  # fmt: skip
_ORDERS = (
    "order=day&descending=true",
    "order=killed&descending=true",
    "order=place",
    "order=reports&descending=true",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds that something took each time, and how many are wanted at the 95th percentile."""

    what: str
    seconds: tuple[float, ...]
    wanted_s: float | None

    @property
    def p95_s(self) -> float:
        """What 95 of 100 do not exceed."""
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


def line(one: Measure) -> str:
    """A row of the table."""
    verdict = "" if one.wanted_s is None else "met" if one.p95_s < one.wanted_s else "NOT MET"
    wanted = "" if one.wanted_s is None else f"{1000 * one.wanted_s:.0f} ms"
    middle = 1000 * statistics.median(one.seconds)
    times = f"{len(one.seconds):>5}{middle:>9.0f} ms{1000 * one.p95_s:>9.0f} ms"
    return f"{one.what:44}{times}{wanted:>10}  {verdict}"


def pages(browser: Browser, server: Served, events: Sequence[str]) -> Iterator[Measure]:
    """Pages in Chromium, whose own files it has kept from the first visit."""
    lists = list(itertools.islice(itertools.cycle(_FILTERS), ROUNDS))
    orders = list(itertools.islice(itertools.cycle(_ORDERS), ROUNDS))
    yield opened(
        browser, server, "overview", [f"/?{one}" for one in lists], ready=".map-point", wanted_s=PAGE_S
    )
    tables = [f"/events?{one}&{order}" for one, order in zip(lists, orders, strict=True)]
    yield opened(browser, server, "events, as a table", tables, ready="main table tbody tr", wanted_s=PAGE_S)
    yield opened(
        browser, server, "event", [f"/events/{one}" for one in events], ready="main h1", wanted_s=EVENT_S
    )
    yield opened(
        browser, server, "queue", [f"/queue?{one}" for one in lists], ready="main h1", wanted_s=PAGE_S
    )


def opened(
    browser: Browser, server: Served, what: str, paths: Sequence[str], *, ready: str, wanted_s: float
) -> Measure:
    """How long pages take until they are loaded, what matters is drawn, and the browser answers."""
    context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(paths[0])
    page.wait_for_load_state("networkidle")
    taken = []
    for path in paths:
        page.goto("about:blank")
        began = time.perf_counter()
        page.goto(path, wait_until="load")
        page.locator(ready).first.wait_for(state="attached")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        taken.append(time.perf_counter() - began)
    context.close()
    return Measure(what, tuple(taken), wanted_s)


def lists(server: Served) -> Iterator[Measure]:
    """Lists of 100 events by the API, and single events."""
    with httpx.Client(base_url=f"{server.address}/api/v1", timeout=60) as client:
        asked = [
            f"/events?limit=100&offset={offset}&{one}&{order}"
            for one, order, offset in itertools.product(_FILTERS, _ORDERS, (0, 200))
        ]
        yield answered(client, "API: 100 events, first time", asked, LIST_S)
        yield answered(client, "API: 100 events, again", asked, LIST_S)
        yield answered(client, "API: pulse", ["/pulse"] * 100, None)


def answered(client: httpx.Client, what: str, asked: Sequence[str], wanted_s: float | None) -> Measure:
    """How long answers take."""
    taken = []
    for path in asked:
        began = time.perf_counter()
        client.get(path).raise_for_status()
        taken.append(time.perf_counter() - began)
    return Measure(what, tuple(taken), wanted_s)


def reviewed(server: Served, users: int, seconds: int) -> str:
    """What Locust saw with so many reviewers, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable, "-m", "locust", "--headless", "-f", str(_REVIEWERS),
                "--users", str(users), "--spawn-rate", str(users / 5), "--run-time", f"{seconds}s",
                "--host", server.address, "--csv", f"{folder}/out", "--only-summary", "--loglevel", "WARNING",
            ],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        with Path(folder, "out_stats.csv").open(encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        with Path(folder, "out_failures.csv").open(encoding="utf-8") as table:
            failures = [
                f"  {row['Occurrences']} x {row['Name']}: {row['Error']}" for row in csv.DictReader(table)
            ]
    head = f"with {users} reviewers"
    told = [f"{head:34}{'asked':>7}{'failed':>8}{'median':>11}{'95th':>11}{'a second':>10}"]
    for row in rows:
        counts = f"{row['Request Count']:>7}{row['Failure Count']:>8}"
        times = f"{float(row['50%'] or 0):>8.0f} ms{float(row['95%'] or 0):>8.0f} ms"
        told.append(f"{row['Name']:34}{counts}{times}{float(row['Requests/s']):>10.1f}")
    total = rows[-1]["Failure Count"] if rows else "?"
    verdict = "met: no error" if done.returncode == 0 and total == "0" else f"NOT MET: {total} errors"
    return "\n".join([*told, *failures, verdict])


def casebook(url: str | None, events: int) -> str:
    """The casebook to measure: one with so many events is made where there is none."""
    chosen = url or f"sqlite:///{KEPT}"
    with Casebook.open(chosen) as book:
        if book.count() < events:
            print(f"making a casebook of {events:,} events, once: some ten minutes ...", flush=True)
            fill(book, events)
    return chosen


def fill(book: Casebook, events: int) -> None:
    """Take in readings until there are so many events; most are told once, so that it does not take hours."""
    readings = made_up_readings(10 * events, told_once=_TOLD_ONCE)
    while book.count() < events:
        book.ingest((reading.report.id, reading) for reading in itertools.islice(readings, _BATCH))


def copied(url: str, folder: Path) -> str:
    """A copy that the reviewers may change; a casebook on a server is used as it is."""
    path = url.removeprefix("sqlite:///")
    if path == url:
        return url
    with closing(sqlite3.connect(path)) as kept, closing(sqlite3.connect(folder / "book.db")) as copy:
        kept.backup(copy)
    return f"sqlite:///{folder}/book.db"


def some_events(url: str, count: int) -> list[str]:
    """Events from all over the casebook."""
    with Casebook.open(url) as book:
        found = book.count()
        step = max(1, found // count)
        return [
            book.browse.page(EventFilter(), offset=at, limit=1).events[0].id for at in range(0, found, step)
        ][:count]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--casebook", help="use this one")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--only", nargs="*", choices=("pages", "api", "reviewers"), default=("pages", "api", "reviewers")
    )
    options = parser.parse_args()
    made = casebook(options.casebook, options.events)
    steps: dict[str, Callable[[Served], None]] = {
        "api": lambda server: print("\n".join(map(line, lists(server))), flush=True),
        "pages": lambda server: _print_pages(server, made),
        "reviewers": lambda server: print(reviewed(server, options.users, options.seconds), flush=True),
    }
    with tempfile.TemporaryDirectory() as folder:
        url = copied(made, Path(folder))
        with served(url, Path(folder, "serve.log"), environment={"CASUS_REVIEWER": "rowan"}) as server:
            print(f"{'':44}{'times':>5}{'median':>12}{'95th':>12}{'wanted':>10}", flush=True)
            for name, step in steps.items():
                if name in options.only:
                    step(server)
            memory = psutil.Process(server.pid).memory_info().rss / 2**20
            print(f"memory of the server: {memory:.0f} MiB")


def _print_pages(server: Served, url: str) -> None:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for one in pages(browser, server, some_events(url, ROUNDS)):
            print(line(one), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
