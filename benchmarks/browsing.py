"""How quick looking things up is in a large casebook, after a change of one event and again.

    python benchmarks/browsing.py [--casebook URL] [--events N] [--json]

Without a casebook one is made of the readings of `made_up.py`, which takes a while at 100,000
events; with `--casebook sqlite:///FILE` it is kept there and used again.  "First" is when no
answer is kept; of lists and pages of them it is after an event was given to somebody, which any
list has to follow.  Times are the slowest of three: what passes, and for the first what the
process works, which tells more on a machine that others use.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, islice, product

from casus.casebook.book import Casebook
from casus.casebook.browsing.browser import Browser
from casus.casebook.browsing.records import ActorOrder, EventOrder, PlaceOrder, PlaceRow
from casus.casebook.records import DecisionKind, EventFilter, Grade, NewDecision, Role, Waiting
from casus.model import EventType, Harm
from made_up import made_up_readings

PAGE_MS, SUM_MS, OVERVIEW_MS = 60.0, 150.0, 400.0
_ROUNDS = 3
LIST_MS = 1000.0
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
    first_cpu_ms: float
    again_ms: float
    wanted_ms: float


def measures_of_events(book: Casebook) -> Iterator[Measure]:
    """What tables and sums of events take, one by one."""
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


def measures_of_lists(book: Casebook) -> Iterator[Measure]:
    """What lists and pages of what they list take."""
    linked = linked_event(book)
    lists = {
        "pulse": lambda browse: browse.pulse(),
        "actors": lambda browse: browse.actors(),
        "actors: by name": lambda browse: browse.actors("ba", order=ActorOrder.KILLED),
        "actors: of who may not see all": lambda browse: browse.actors(sees_withheld=False),
        "places": lambda browse: browse.places(),
        "places: by name": lambda browse: browse.places("ba", "AA", order=PlaceOrder.NAME),
        "reports": lambda browse: browse.reports(),
        "near": lambda browse: browse.near(linked),
        "agreements": lambda browse: browse.agreements(),
        "statistics": lambda browse: browse.statistics(),
        "sources": lambda browse: browse.sources(),
    }
    change = Change(book, linked)
    for what, ask in lists.items():
        yield measured(what, ask, book, _WANTED_MS.get(what, LIST_MS), change)
    for role in Role:
        actor = book.browse.actors(role=role, limit=1).actors[0].id
        yield measured(
            f"actor: {role} of most events",
            lambda browse, one=actor: actor_page(browse, one),
            book,
            LIST_MS,
            change,
        )
    place = book.browse.places(limit=1).places[0]
    yield measured("place: of most events", lambda browse: place_page(browse, place), book, LIST_MS, change)


@dataclass(slots=True)
class Change:
    """Changes an event: gives it to one and then to another."""

    book: Casebook
    event: str
    times: int = 0

    def __call__(self) -> None:
        """Do so once more."""
        self.times += 1
        new = NewDecision(kind=DecisionKind.ASSIGN, by="bench", reason="", value=f"reviewer {self.times % 2}")
        self.book.decide(self.event, new)


def linked_event(book: Casebook) -> str:
    """An event that a report tells of."""
    numbers = (row.head.number for row in book.browse.reports(limit=100).reports)
    told = (one.event for number in numbers for one in book.browse.report(number).events)
    return next(event for event in told if event is not None)


def actor_page(browse: Browser, actor_id: str) -> None:
    """All that the page of an actor shows."""
    wanted = EventFilter(actor_id=actor_id)
    browse.actor(actor_id)
    browse.standings(actor_id)
    browse.totals(wanted)
    browse.timeline(wanted)
    browse.map_cells(wanted, 0.5)
    browse.page(wanted, EventOrder.DAY, descending=True, limit=10)


def place_page(browse: Browser, place: PlaceRow) -> None:
    """All that the page of a place shows."""
    browse.place(str(place.geonames_id))
    browse.candidates(place.name, place.country)
    browse.page(EventFilter(geonames_id=place.geonames_id), EventOrder.DAY, descending=True, limit=10)


def overview(browse: Browser, wanted: EventFilter) -> None:
    """All that the overview shows."""
    browse.totals(wanted)
    browse.timeline(wanted)
    browse.map_cells(wanted, 0.5)
    browse.facets(wanted)
    browse.page(wanted, EventOrder.CHANGED, descending=True, limit=10)


def measured(
    what: str,
    ask: Callable[[Browser], object],
    book: Casebook,
    wanted_ms: float,
    change: Callable[[], None] | None = None,
) -> Measure:
    """The slowest of a few rounds, each with nothing kept at first, or after a change."""
    first, worked, again = [], [], []
    for _ in range(_ROUNDS):
        browse = book.browse
        browse.forget() if change is None else change()
        began, at_work = time.perf_counter(), time.process_time()
        ask(browse)
        first.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - at_work))
        began = time.perf_counter()
        ask(browse)
        again.append(1000 * (time.perf_counter() - began))
    return Measure(what, max(first), max(worked), max(again), wanted_ms)


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
    parser.add_argument("--lists", action="store_true", help="measure only lists, and pages of them")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Casebook.open(options.casebook or f"sqlite:///{folder}/big.db") as book,
    ):
        fill(book, options.events)
        began = time.perf_counter()
        book.browse.warm()
        print(f"warm in {time.perf_counter() - began:.1f} s", file=sys.stderr)
        done = []
        events = () if options.lists else measures_of_events(book)
        for one in chain(events, measures_of_lists(book)):
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
                f"{kind:24}{len(of_kind):5} asked, slowest {slowest.first_ms:7.1f} ms, "
                f"{slowest.first_cpu_ms:7.1f} of work ({slowest.what}), "
                f"again {max(one.again_ms for one in of_kind):6.1f} ms"
            )


if __name__ == "__main__":
    main()
