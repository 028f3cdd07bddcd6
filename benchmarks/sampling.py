"""How much of a piece of work is spent in one package, by samples of the running code.

A sample is taken at each tick of the process's own time and weighs the time since the
last, so that a long call into compiled code counts in full for whoever made it.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from types import FrameType

_TICK_S = 0.002


class Sampler:
    """Seconds spent beneath functions of a package (`inside`), and in all (`total`)."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._last = 0.0
        self.inside = 0.0
        self.total = 0.0

    @property
    def share(self) -> float:
        """The part of the time that was spent in the package, 0 to 1."""
        return self.inside / self.total if self.total else 0.0

    def watch(self, work: Callable[[], object]) -> None:
        """Run `work` in the main thread and count where its time goes."""
        before = signal.signal(signal.SIGPROF, self._count)
        self._last = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _TICK_S, _TICK_S)
        try:
            work()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _count(self, _signal: int, frame: FrameType | None) -> None:
        now = time.process_time()
        passed, self._last = now - self._last, now
        self.total += passed
        while frame is not None:
            name = str(frame.f_globals.get("__name__", ""))
            if name == self._package or name.startswith(self._package + "."):
                self.inside += passed
                return
            frame = frame.f_back


def share_of(package: str, work: Callable[[], object]) -> float:
    """The part of the time of `work`, 0 to 1, that is spent beneath functions of `package`."""
    sampler = Sampler(package)
    sampler.watch(work)
    return sampler.share
