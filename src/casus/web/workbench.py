"""What all pages and endpoints of one workbench share."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Depends, Request

from casus.casebook.book import Casebook
from casus.settings import Settings
from casus.web.answering import Answers, missing_parts
from casus.web.options import ServeOptions
from casus.web.reading import ReadingService
from casus.web.running import Runner
from casus.web.spool import Spool, default_root

_WARMING_S = 30.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Workbench:
    """An open casebook, and how it is served; `secret` is new with each start."""

    book: Casebook
    options: ServeOptions = field(default_factory=ServeOptions)
    settings: Settings = field(default_factory=Settings)
    secret: str = field(default_factory=lambda: token_urlsafe(32), repr=False)
    spool: Spool = field(init=False)
    reading: ReadingService = field(init=False)
    runner: Runner = field(init=False)
    answers: Answers = field(default_factory=Answers, repr=False)
    _warming: threading.Thread | None = None

    def __post_init__(self) -> None:
        options = self.options
        self.spool = Spool(options.folder or default_root(self.book.store))
        self.reading = ReadingService(self.settings, processes=options.readers)
        self.runner = Runner(self.book, self.spool, self.settings, is_private_allowed=options.allow_private)

    def start(self) -> None:
        """Begin the work beside the server."""
        self.runner.start()
        self._warming = threading.Thread(target=self._warm, name="casus-warming", daemon=True)
        self._warming.start()
        if self.options.readers:
            self.reading.warm_up()

    def stop(self) -> None:
        """End the work beside the server."""
        self.runner.stop()
        self.reading.close()
        if self._warming is not None:
            self._warming.join(_WARMING_S)

    def _warm(self) -> None:
        """Load what lists are counted from; who asks meanwhile waits for their part of it only."""
        try:
            self.book.browse.warm()
            if missing_parts() is None:
                self.book.browse.tellings(self.book.browse.table())
        except Exception:  # noqa: BLE001 - the server goes on; who asks first loads it
            _log.exception("what lists are counted from could not be loaded beforehand")


def workbench_of(request: Request) -> Workbench:
    """The workbench that a request is made to."""
    bench: Workbench = request.app.state.workbench
    return bench


Bench = Annotated[Workbench, Depends(workbench_of)]
