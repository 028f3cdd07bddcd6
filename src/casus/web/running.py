"""Jobs run beside the server, one after another, and feeds are taken in when they are due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from time import monotonic
from typing import Any, Self, TypeVar

from casus.casebook.book import Casebook
from casus.casebook.jobs import Job, JobKind
from casus.errors import CasusError, NotInCasebook
from casus.settings import Settings
from casus.sources import Metadata
from casus.web.spool import Spool
from casus.web.work import PastedText, Progress, Work
from casus.web.worker import Failed, Stopped, Worker

_log = logging.getLogger(__name__)
_LOOK_S, _BEAT_S, _CHECK_S, _FEEDS_S, _SWEEP_S = 1.0, 1.0, 0.4, 5.0, 3600.0
_IDLE_S = 300.0
Result = TypeVar("Result")


@dataclass(slots=True)
class Runner:
    """Runs the jobs of a casebook in threads of the server, their work in a process of its own."""

    book: Casebook
    spool: Spool
    settings: Settings = field(default_factory=Settings)
    is_private_allowed: bool = False
    _ends: threading.Event = field(default_factory=threading.Event)
    _wakes: threading.Event = field(default_factory=threading.Event)
    _looks: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to run what waits."""
        for name, loop in (("casus-jobs", self._run_jobs), ("casus-feeds", self._keep_house)):
            thread = threading.Thread(target=loop, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def wake(self) -> None:
        """Look for jobs, and for feeds that are due, at once."""
        self._looks.set()
        self._wakes.set()

    def stop(self) -> None:
        """End; a job that runs is interrupted, and can be run again."""
        self._ends.set()
        self.wake()
        for thread in self._threads:
            thread.join(15)
        self._threads.clear()

    def _run_jobs(self) -> None:
        url = self.book.store.engine.url.render_as_string(hide_password=False)
        worker = Worker(url, self.settings)
        used_at = monotonic()
        try:
            while not self._ends.is_set():
                self._wakes.clear()
                job = _guarded(self.book.jobs.claim)
                if job is not None:
                    _guarded(partial(self._run, job, worker))
                    used_at = monotonic()
                    continue
                if monotonic() - used_at > _IDLE_S:
                    worker.close()
                self._wakes.wait(_LOOK_S)
        finally:
            worker.close()

    def _keep_house(self) -> None:
        """Take feeds in when they are due, note what other servers left behind, and clear away old files."""
        sweeps_at = 0.0
        while not self._ends.is_set():
            self._looks.clear()
            _guarded(self.book.jobs.interrupt_silent)
            if _guarded(self.book.feeds.take_due):
                self._wakes.set()
            if monotonic() > sweeps_at:
                sweeps_at = monotonic() + _SWEEP_S
                _guarded(self.spool.sweep)
            self._looks.wait(_FEEDS_S)

    def _run(self, job: Job, worker: Worker) -> None:
        try:
            work = self._work_of(job)
        except CasusError as error:
            self.book.jobs.fail(job.number, str(error))
            return
        with _Beat(self.book, job.number) as beat:
            checked_at = monotonic()

            def is_unwanted() -> bool:
                nonlocal checked_at
                if self._ends.is_set():
                    return True
                if monotonic() - checked_at < _CHECK_S:
                    return False
                checked_at = monotonic()
                return self.book.jobs.is_cancelled(job.number)

            try:
                outcome = worker.run(work, beat.tell, is_unwanted)
            except Stopped:
                outcome = None
        self._end(
            job, outcome.progress if outcome and not isinstance(outcome, Failed) else beat.last, outcome
        )

    def _end(self, job: Job, last: Progress, outcome: object) -> None:
        jobs = self.book.jobs
        result = dict(last.result) or None
        if isinstance(outcome, Failed):
            jobs.fail(job.number, outcome.message, result)
        elif outcome is not None:
            self.book.jobs.beat(job.number, last.done, last.total, last.message)
            jobs.finish(job.number, last.result, last.message)
            for upload in job.parameters.get("uploads", ()):
                self.spool.drop_upload(upload)
        elif self._ends.is_set():
            jobs.interrupt(job.number, "The server was stopped. Run it again to go on.", result)
        else:
            jobs.stop(job.number, "Cancelled; what was complete is kept.", result)
        if job.kind is JobKind.EXPORT and (outcome is None or isinstance(outcome, Failed)):
            self.spool.drop_export(job.number)
        if (feed := job.parameters.get("feed")) is not None:
            ended = jobs.get(job.number)
            account = {"job": job.number, "state": ended.state, "message": ended.message}
            self.book.feeds.note(feed, {**account, "account": _counts_of(ended.result)})

    def _work_of(self, job: Job) -> Work:
        told = job.parameters
        if job.kind is JobKind.INGEST:
            files = tuple(
                one for upload in told.get("uploads", ()) for one in self.spool.upload(upload).files
            )
            return Work(
                job.kind,
                files=files,
                texts=tuple(pasted(one) for one in told.get("texts", ())),
                addresses=self._addresses(told),
                is_private_allowed=self.is_private_allowed,
                links=told.get("links", True),
            )
        if job.kind is JobKind.EXPORT:
            return Work(
                job.kind,
                folder=self.spool.export_folder(job.number),
                export_format=told["format"],
                wanted=told.get("filter", {}),
                licence=told.get("licence", "CC-BY-4.0"),
            )
        return Work(job.kind)

    def _addresses(self, told: Mapping[str, Any]) -> tuple[str, ...]:
        addresses = tuple(told.get("addresses", ()))
        if "feed" not in told:
            return addresses
        try:
            return (*addresses, self.book.feeds.get(told["feed"]).url)
        except NotInCasebook as error:
            raise NotInCasebook("the feed was removed meanwhile") from error


class _Beat:
    """Says once a second that a job is under way, in a thread: the casebook may be busy."""

    def __init__(self, book: Casebook, number: int) -> None:
        self.last = Progress(0, None, "")
        self._book = book
        self._number = number
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="casus-beat")

    def tell(self, progress: Progress) -> None:
        """Note how far the job is."""
        self.last = progress

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ends.wait(_BEAT_S):
            last = self.last
            _guarded(partial(self._book.jobs.beat, self._number, last.done, last.total, last.message))


def pasted(record: Mapping[str, Any]) -> PastedText:
    """A pasted text as a job keeps it."""
    published = record.get("published")
    return PastedText(
        record.get("origin", "pasted"),
        record["text"],
        Metadata(
            record.get("title"),
            record.get("publisher"),
            date.fromisoformat(published) if published else None,
            record.get("url"),
        ),
    )


def _counts_of(result: Mapping[str, Any] | None) -> dict[str, Any]:
    wanted = ("in", "new", "known", "reread", "not_violent", "failed", "failures")
    return {key: value for key, value in (result or {}).items() if key in wanted}


def _guarded(work: Callable[[], Result]) -> Result | None:
    """What a piece of work gives; None, and a line in the log, where it fails."""
    try:
        return work()
    except Exception:  # noqa: BLE001 - a thread of the server goes on, whatever befalls one job
        _log.exception("the work beside the server met an error and goes on")
        return None
