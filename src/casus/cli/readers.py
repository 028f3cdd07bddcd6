"""The rule-based reader with the user's settings, on one processor core or on several."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from casus.model import Reading, Report
from casus.settings import Settings

_BATCHES_AHEAD = 2


def read_with(settings: Settings, reports: Iterable[Report]) -> Iterator[Reading]:
    """The readings of `reports`, in their order, whatever the number of processes.

    Reports are taken in as they are needed, a few batches ahead at most.
    """
    if settings.processes == 1:
        yield from _readings(settings, reports)
        return
    waiting: deque[Future[list[Reading]]] = deque()
    context = get_context("spawn")
    with ProcessPoolExecutor(settings.processes, mp_context=context) as executor:
        for batch in _batches(reports, settings.batch_size):
            waiting.append(executor.submit(_read_batch, settings, batch))
            if len(waiting) > _BATCHES_AHEAD * settings.processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


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
