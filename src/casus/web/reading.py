"""Texts are read beside the server, so that nobody waits for another's: in processes that stay ready."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from casus.errors import NotRead
from casus.intake.single import Single, SingleReading, read_single
from casus.settings import Settings
from casus.sources import Metadata

_log = logging.getLogger(__name__)
_LONGEST_S = 60.0
_START_S = 120.0
_WARMING = Single(
    "warming up",
    text="Gunmen killed two farmers near a village on Monday, police said.",
    metadata=Metadata(title="Two killed"),
)
Result = TypeVar("Result")


class ReadingService:
    """Reads single texts in `processes` processes, which are started again when they die.

    The first text waits until the language pipeline is loaded; `warm_up` does that beforehand.
    """

    def __init__(self, settings: Settings, *, processes: int = 1, longest_s: float = _LONGEST_S) -> None:
        self._settings = settings
        self._processes = max(1, processes)
        self._longest_s = longest_s
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._is_ready = threading.Event()
        self._is_closed = False

    @property
    def is_ready(self) -> bool:
        """Whether a text would be read at once."""
        return self._is_ready.is_set()

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait until a text would be read at once, or for some seconds; gives whether it is so."""
        return self._is_ready.wait(seconds)

    def processes(self) -> list[int]:
        """The numbers of the processes that read."""
        executor = self._started()
        return [one.pid for one in (executor._processes or {}).values() if one.pid]  # noqa: SLF001

    def warm_up(self) -> None:
        """Start the processes and have them load what they need; returns at once."""
        executor = self._started()
        for _ in range(self._processes):
            executor.submit(read_single, self._settings, _WARMING).add_done_callback(self._note_ready)

    def read(self, single: Single) -> SingleReading:
        """The reading of one text.

        Raises `SourceError` where it holds no report, and `NotRead` where that takes too long.
        """
        return self._run(read_single, self._settings, single)

    def close(self) -> None:
        """End the processes, whatever they do."""
        with self._lock:
            self._is_closed = True
            executor, self._executor = self._executor, None
        if executor is not None:
            _end(executor)

    def _run(self, work: Callable[..., Result], *arguments: object) -> Result:
        for is_last in (False, True):
            executor = self._started()
            try:
                future = executor.submit(work, *arguments)
            except (BrokenProcessPool, RuntimeError) as error:
                # It was shut down, or died, between the two lines above.
                self._restart(executor)
                if is_last:
                    raise NotRead("the reader stopped: try again") from error
                continue
            try:
                result = future.result(self._longest_s if self.is_ready else _START_S)
            except TimeoutError as error:
                self._restart(executor)
                longest = f"{self._longest_s:.0f} s"
                raise NotRead(f"reading this text took longer than {longest}: shorten it") from error
            except (BrokenProcessPool, CancelledError) as error:
                self._restart(executor)
                if is_last:
                    raise NotRead("reading this text stopped the reader twice: it was not read") from error
            else:
                self._is_ready.set()
                return result
        raise NotRead("the reader stopped: try again")

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._is_closed:
                raise NotRead("the server is about to end")
            if self._executor is None:
                self._is_ready.clear()
                self._executor = ProcessPoolExecutor(
                    self._processes, mp_context=get_context("spawn"), initializer=stay_with_parent
                )
            return self._executor

    def _restart(self, broken: ProcessPoolExecutor) -> None:
        """Put a new pool in a broken one's place; once, however many threads found it broken."""
        with self._lock:
            if self._executor is not broken:
                return
            self._executor = None
        _log.warning("a reader died or was too slow: it is started again")
        _end(broken)
        try:
            self.warm_up()
        except NotRead:
            return  # the server ends

    def _note_ready(self, future: Future[SingleReading]) -> None:
        if not future.cancelled() and future.exception() is None:
            self._is_ready.set()


def stay_with_parent() -> None:
    """Leave Ctrl-C to the parent process, and end when it ends in whatever way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="casus-parent").start()


def _end(executor: ProcessPoolExecutor) -> None:
    # Processes of the pool have no public name before Python 3.14.
    processes = list((executor._processes or {}).values())  # noqa: SLF001
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    ends_at = time.monotonic() + 5
    for process in processes:
        process.join(max(0.0, ends_at - time.monotonic()))
