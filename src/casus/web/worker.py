"""A process that does one job after another for a server, and that the server can end at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from casus.casebook.book import Casebook
from casus.errors import CasusError
from casus.settings import Settings
from casus.web.reading import stay_with_parent
from casus.web.work import Progress, Work, do

_log = logging.getLogger(__name__)
_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a job came to nothing."""

    message: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job."""

    progress: Progress


class Stopped(Exception):
    """A job was ended before it was done."""


class Worker:
    """Does jobs in a process of its own, which is started when it is first needed."""

    def __init__(self, url: str, settings: Settings) -> None:
        self._url = url
        self._settings = settings
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, Any] | None = None

    def run(
        self, work: Work, tell: Callable[[Progress], None], is_unwanted: Callable[[], bool]
    ) -> Done | Failed:
        """Do a job; raises `Stopped` within a moment of its being unwanted."""
        pipe = self._started()
        try:
            pipe.send(work)
            while True:
                if pipe.poll(_LOOK_S):
                    came = pipe.recv()
                    if isinstance(came, Done | Failed):
                        return came
                    tell(came)
                if is_unwanted():
                    self.close()
                    raise Stopped
        except (EOFError, OSError) as error:
            self.close()
            return Failed(f"The process that did it stopped ({type(error).__name__}). Run it again to go on.")

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None

    def _started(self) -> Connection[Any, Any]:
        if self._process is not None and not self._process.is_alive():
            self.close()
        if self._pipe is None:
            context = get_context("spawn")
            here, there = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(there, self._url, self._settings), name="casus-jobs", daemon=True
            )
            self._process.start()
            there.close()
            self._pipe = here
        return self._pipe


def _serve(pipe: Connection[Any, Any], url: str, settings: Settings) -> None:
    """Do what comes through a pipe until it is closed."""
    stay_with_parent()
    while True:
        try:
            work = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(work, url, settings, pipe))


def _outcome(work: Work, url: str, settings: Settings, pipe: Connection[Any, Any]) -> Done | Failed:
    try:
        with Casebook.open(url, is_new_allowed=False) as book:
            return Done(do(work, book, settings, pipe.send))
    except CasusError as error:
        return Failed(str(error))
    except Exception:  # noqa: BLE001 - a fault of ours must not leave the job without an end
        _log.exception("a job (%s) failed", work.kind)
        return Failed("An error in Casus stopped it; the server's log tells where.")
