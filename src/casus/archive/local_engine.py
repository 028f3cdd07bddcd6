"""Units done by a pool of processes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, Self

from casus.archive.engines import Told
from casus.archive.plan import Plan
from casus.archive.sorting import LotJob, sort_with_duckdb
from casus.archive.storage import Folder
from casus.archive.units import Unit, do
from casus.errors import ArchiveError

_AHEAD = 2
_MOST_DEATHS = 50


class LocalEngine:
    """A pool of processes on this machine; one that dies is replaced."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            os.environ.setdefault(name, "1")  # one core a worker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing stays."""

    def each(self, units: Sequence[Unit], tell: Told) -> None:
        """Do all units side by side; what a dead worker was at is tried again, alone."""
        waiting = list(reversed(units))
        deaths = 0
        while waiting:
            broken = self._side_by_side(waiting, tell)
            for unit in broken:
                deaths = self._alone(unit, tell, deaths)

    def sort(self, output: Folder, plan: Plan) -> tuple[LotJob, ...]:
        """Find copies and write the lots, by DuckDB."""
        return sort_with_duckdb(output, plan, self._workers)

    def _side_by_side(self, waiting: list[Unit], tell: Told) -> list[Unit]:
        """Do units until all are done or a worker dies; gives those that were under way then."""
        executor = worker_pool(self._workers)
        under_way: dict[Future[dict[str, Any]], Unit] = {}
        try:
            while waiting or under_way:
                while waiting and len(under_way) < self._workers + _AHEAD:
                    unit = waiting.pop()
                    under_way[executor.submit(do, unit)] = unit
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    account = future.result()
                    del under_way[future]
                    tell(account)
        except BrokenProcessPool:
            return list(under_way.values())
        except BaseException:
            _end_workers()
            raise
        finally:
            executor.shutdown(cancel_futures=True)
        return []

    def _alone(self, unit: Unit, tell: Told, deaths: int) -> int:
        """Do a unit in a process of its own, again and again while it dies; gives all deaths so far."""
        while True:
            executor = worker_pool(1)
            try:
                tell(executor.submit(do, unit).result())
            except KeyboardInterrupt:
                _end_workers()
                raise
            except BrokenProcessPool as error:
                deaths += 1
                if deaths > _MOST_DEATHS:
                    raise ArchiveError(
                        f"workers died {deaths} times: see that there is memory enough (1.5 GiB a worker), "
                        "and run the same command again to go on"
                    ) from error
            else:
                return deaths
            finally:
                executor.shutdown(cancel_futures=True)


def _end_workers() -> None:
    """End the workers at once: what they are at is begun anew by the next run."""
    for worker in active_children():
        worker.terminate()


def worker_pool(workers: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl-C to the one that began them."""
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_stopping_to_parent
    )


def _leave_stopping_to_parent() -> None:
    """Ctrl-C goes to all processes of a command; the first of them ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
