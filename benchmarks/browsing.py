"""How quick looking things up is in a large casebook, asked for the first time and again.

    python benchmarks/browsing.py [--casebook URL] [--events N] [--json]

Without a casebook one is made of the readings of `made_up.py`, which takes a while at 100,000
events; with `--casebook sqlite:///FILE` it is kept there and used again.  "First" is after a
change, when no answer is kept; the time is the slowest of three.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice, product

from casus.casebook.book import Casebook
from casus.casebook.browsing.browser import Browser
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import EventFilter, Grade, Waiting
from casus.model import EventType, Harm
from made_up import made_up_readings

PAGE_MS, SUM_MS, OVERVIEW_MS = 60.0, 150.0, 400.0
_ROUNDS = 3
_BATCH = 2000
_WANTED_MS = {"pulse": 5.0, "near": 150.0, "reports": 150.0}

FILTERS = {
    "all": EventFilter(),
    "country": EventFilter(country="AA"),
    "rare country": EventFilter(country="BN"),
    "a year": EventFilter(since=date(2015, 1, 1), until=date(2015, 12, 31)),
    "type": EventFilter(event_type=EventType.ATTACK),
    "grade": EventFilter(grade=Grade.FAIR),
    "harm": EventFilter(harm=Harm.INJURED),
    "waiting": EventFilter(is_waiting=True),
    "new": EventFilter(waits_for=Waiting.NEW),
    "contested": EventFilter(is_contested=True),
    "text": EventFilter(text="tam"),
    "text, names withheld": EventFilter(text="tam", sees_withheld=False),
    "none": EventFilter(text="nowhere at all"),
    "several": EventFilter(
        since=date(2014, 1, 1), until=date(2019, 12, 31), country="AB", event_type=EventType.ATTACK, text="ba"
    ),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What was looked up, the milliseconds that it took first and again, and how many are wanted."""

    what: str
    first_ms: float
    again_ms: float
    wanted_ms: float


def measures(book: Casebook) -> Iterator[Measure]:
    """All measures, one by one."""
    for (name, wanted), order in product(FILTERS.items(), EventOrder):
        for where in (0.0, 0.25, 0.5, 0.99):
            offset = int(where * book.count(wanted))
            yield measured(
                f"page: {name}, by {order}, at {where:.0%}",
                lambda browse, w=wanted, o=order, at=offset: browse.page(w, o, descending=True, offset=at),
                book,
                PAGE_MS,
            )
    for name, wanted in FILTERS.items():
        yield measured(f"totals: {name}", lambda browse, w=wanted: browse.totals(w), book, SUM_MS)
        yield measured(f"timeline: {name}", lambda browse, w=wanted: browse.timeline(w), book, SUM_MS)
        yield measured(f"map: {name}", lambda browse, w=wanted: browse.map_cells(w, 0.5), book, SUM_MS)
        yield measured(f"facets: {name}", lambda browse, w=wanted: browse.facets(w), book, SUM_MS)
        yield measured(f"overview: {name}", lambda browse, w=wanted: overview(browse, w), book, OVERVIEW_MS)
    middle = book.browse.page(limit=1, offset=book.count() // 2).events[0].id
    for order in EventOrder:
        yield measured(
            f"neighbours by {order}",
            lambda browse, o=order: browse.neighbours(middle, order=o),
            book,
            PAGE_MS,
        )
    lists = {
        "pulse": lambda browse: browse.pulse(),
        "actors": lambda browse: browse.actors(),
        "places": lambda browse: browse.places(),
        "reports": lambda browse: browse.reports(),
        "near": lambda browse: browse.near(middle),
        "sources": lambda browse: browse.sources(),
    }
    for what, ask in lists.items():
        yield measured(what, ask, book, _WANTED_MS.get(what, 1000.0))


def overview(browse: Browser, wanted: EventFilter) -> None:
    """All that the overview shows."""
    browse.totals(wanted)
    browse.timeline(wanted)
    browse.map_cells(wanted, 0.5)
    browse.facets(wanted)
    browse.page(wanted, EventOrder.CHANGED, descending=True, limit=10)


def measured(what: str, ask: Callable[[Browser], object], book: Casebook, wanted_ms: float) -> Measure:
    """The slowest of a few rounds, each with nothing kept at first."""
    first, again = [], []
    for _ in range(_ROUNDS):
        browse = book.browse
        browse.forget()
        for times in (first, again):
            began = time.perf_counter()
            ask(browse)
            times.append(1000 * (time.perf_counter() - began))
    return Measure(what, max(first), max(again), wanted_ms)


def fill(book: Casebook, events: int) -> None:
    """Take in readings until there are so many events."""
    readings = made_up_readings(10 * events)
    while book.count() < events:
        book.ingest((reading.report.id, reading) for reading in islice(readings, _BATCH))


def main() -> None:
    """Measure and print: each kind's slowest, and all that is slower than wanted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--casebook", help="use this one, and keep what is made")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Casebook.open(options.casebook or f"sqlite:///{folder}/big.db") as book,
    ):
        fill(book, options.events)
        done = []
        for one in measures(book):
            done.append(one)
            if options.json:
                print(json.dumps(asdict(one)), flush=True)
            elif one.first_ms > one.wanted_ms:
                print(
                    f"NOT MET  {one.what:60}{one.first_ms:8.1f} ms, again {one.again_ms:6.1f} ms", flush=True
                )
        for kind in dict.fromkeys(one.what.partition(":")[0] for one in done):
            of_kind = [one for one in done if one.what.partition(":")[0] == kind]
            slowest = max(of_kind, key=lambda one: one.first_ms)
            print(
                f"{kind:24}{len(of_kind):5} asked, slowest {slowest.first_ms:7.1f} ms ({slowest.what}), "
                f"again {max(one.again_ms for one in of_kind):6.1f} ms"
            )


if __name__ == "__main__":
    main()
