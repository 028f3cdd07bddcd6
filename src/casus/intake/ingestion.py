"""Reports on their way into a casebook, a lot at a time, with an account of all of them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any

from casus.casebook.book import Casebook, added
from casus.casebook.filing import Sourced, hash_of
from casus.casebook.records import Ingested
from casus.errors import SOME_FAILED, SourceError
from casus.model import Reading, Report
from casus.sources import Mark, SourcedReport, SourceFailure

Found = SourcedReport | SourceFailure | Mark
_MOST_EXAMPLES = 3
_LONGEST_WAIT_S = 10.0


@dataclass(slots=True)
class Failures:
    """Failures of one kind: how many, and the first of them."""

    reason: str
    exit_code: int
    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """What came of a run: reports by what became of them, and failures by their kind."""

    ingested: Ingested = field(default_factory=Ingested)
    failures: dict[type[SourceError], Failures] = field(default_factory=dict)

    def fail(self, failure: SourceFailure) -> None:
        """Note a failure."""
        kind = type(failure.error)
        reason = (kind.__doc__ or kind.__name__).partition("\n")[0].rstrip(".")
        noted = self.failures.setdefault(kind, Failures(reason, kind.exit_code))
        noted.count += 1
        if len(noted.examples) < _MOST_EXAMPLES:
            noted.examples.append(str(failure.error))
        self.ingested = added(self.ingested, Ingested(seen=1, failed=1))

    @property
    def exit_code(self) -> int:
        """0 where nothing failed; a failure's own code where it was all there was; 20 otherwise."""
        if not self.failures:
            return 0
        [first, *_] = self.failures.values()
        return first.exit_code if self.ingested.seen == 1 else SOME_FAILED

    def lines(self) -> Iterator[str]:
        """The account for people."""
        told = self.ingested
        reread = f", {told.reread} read anew" if told.reread else ""
        yield (
            f"{told.seen} reports in: {told.new} new ({told.without_events} of them not violent), "
            f"{told.known} already known{reread}, {told.failed} failed"
        )
        for failures in sorted(self.failures.values(), key=lambda failures: -failures.count):
            yield f"  {failures.count} × {failures.reason}"
            yield from (f"      {example}" for example in failures.examples)
            if failures.count > len(failures.examples):
                yield f"      and {failures.count - len(failures.examples)} more"

    def record(self) -> dict[str, Any]:
        """The account for programs."""
        told = self.ingested
        return {
            "in": told.seen,
            "new": told.new,
            "known": told.known,
            "reread": told.reread,
            "not_violent": told.without_events,
            "failed": told.failed,
            "failures": [
                {"reason": failures.reason, "count": failures.count, "examples": failures.examples}
                for failures in self.failures.values()
            ],
        }


@dataclass(slots=True)
class Ingestion:
    """Takes reports into a casebook.

    A lot of them is looked up, read and filed before the next is begun, and only then is it
    noted how far its sources were taken in: whatever stops a run, the next loses nothing.
    Without a `reader` a report that any has read is known.  `limit` ends it after so many reports
    that were not known.
    """

    book: Casebook
    read: Callable[[Iterable[Report]], Iterator[Reading]]
    reader: str | None
    links: bool = True
    lot_size: int = 64
    limit: int | None = None
    tell: Callable[[Account, int], None] = lambda _account, _read: None  # how many are read, not filed
    account: Account = field(default_factory=Account)

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self._left() == 0

    def take(self, found: Iterable[Found]) -> None:
        """Take in all that is found, in lots."""
        for lot in _lots(found, self.lot_size):
            self._take_lot(lot)
            if self.is_full:
                return

    def _left(self) -> int | None:
        told = self.account.ingested
        return None if self.limit is None else max(0, self.limit - told.new - told.reread)

    def _take_lot(self, lot: Sequence[Found]) -> None:
        reports = [item.report for item in lot if isinstance(item, SourcedReport)]
        unread = list({hash_of(report): report for report in self.book.unread(reports, self.reader)}.values())
        admitted = unread[: self._left()]
        self._read_and_file(admitted, lot)
        if len(admitted) < len(unread):
            return  # the limit is reached within this lot: nothing more is said of it
        known = len(reports) - len(admitted)
        self._note(Ingested(seen=known, known=known))
        for item in lot:
            if isinstance(item, SourceFailure):
                self.account.fail(item)
        if marks := {item.source: item.value for item in lot if isinstance(item, Mark)}:
            self.book.keep(marks)
        self.tell(self.account, 0)

    def _read_and_file(self, reports: Sequence[Report], lot: Sequence[Found]) -> None:
        """Read and file some reports; what was read when Ctrl-C came is filed, too."""
        origins = {
            hash_of(item.report): item.origin for item in reversed(lot) if isinstance(item, SourcedReport)
        }
        sourced: list[Sourced] = []
        try:
            for reading in self.read(reports) if reports else ():
                sourced.append(Sourced(origins[hash_of(reading.report)], reading))
                self.tell(self.account, len(sourced))
        finally:
            if sourced:
                with _held_back():
                    self._note(self.book.ingest_batch(sourced, links=self.links))

    def _note(self, ingested: Ingested) -> None:
        self.account.ingested = added(self.account.ingested, ingested)


@contextmanager
def _held_back() -> Iterator[None]:
    """Ctrl-C takes effect only afterwards, and a second one at once; it reaches the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[bool] = []

    def note(*_: object) -> None:
        if came:
            raise KeyboardInterrupt
        came.append(True)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _lots(found: Iterable[Found], size: int) -> Iterator[list[Found]]:
    """The items, `size` at a time, or as many as came within ten seconds."""
    remaining = iter(found)
    while first := list(islice(remaining, 1)):
        lot, began = first, monotonic()
        while len(lot) < size and monotonic() - began < _LONGEST_WAIT_S:
            if not (more := list(islice(remaining, 1))):
                break
            lot += more
        yield lot
