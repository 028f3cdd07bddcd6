"""The rule-based reader with the user's settings, on one processor core or on several."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Self

from casus.model import Reading, Report
from casus.settings import Settings

_BATCHES_AHEAD = 2


class ReaderPool:
    """Readers that stay ready from one lot of reports to the next."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._settings.processes > 1:
            self._executor = ProcessPoolExecutor(
                self._settings.processes,
                mp_context=get_context("spawn"),
                initializer=_leave_stopping_to_parent,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of `reports`, in their order, whatever the number of processes.

        Reports are taken in as they are needed, a few batches ahead at most.
        """
        if self._executor is None:
            yield from _readings(self._settings, reports)
            return
        waiting: deque[Future[list[Reading]]] = deque()
        for batch in _batches(reports, self._settings.batch_size):
            waiting.append(self._executor.submit(_read_batch, self._settings, batch))
            if len(waiting) > _BATCHES_AHEAD * self._settings.processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def read_with(settings: Settings, reports: Iterable[Report]) -> Iterator[Reading]:
    """The readings of `reports`, in their order, whatever the number of processes."""
    with ReaderPool(settings) as pool:
        yield from pool.read(reports)


def reader_name(settings: Settings) -> str:
    """Name and version of the reader that these settings mean."""
    from casus.reading.reader import RuleReader  # noqa: PLC0415

    return RuleReader(pipeline=settings.pipeline).name


def _leave_stopping_to_parent() -> None:
    """Ctrl-C goes to all processes of a command; the first of them ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _batches(reports: Iterable[Report], size: int) -> Iterator[list[Report]]:
    remaining = iter(reports)
    while batch := list(islice(remaining, size)):
        yield batch


def _read_batch(settings: Settings, batch: list[Report]) -> list[Reading]:
    return list(_readings(settings, batch))


def _readings(settings: Settings, reports: Iterable[Report]) -> Iterator[Reading]:
    # Loaded here: spaCy takes longer than everything else together.
    from casus.reading.reader import RuleReader  # noqa: PLC0415

    reader = RuleReader(
        pipeline=settings.pipeline, batch_size=settings.batch_size, actors=settings.actors_path
    )
    return reader.read_all(reports)
