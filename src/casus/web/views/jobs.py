"""Jobs as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casus.casebook.jobs import Job, JobKind, JobState
from casus.casebook.records import ReportHead
from casus.web.access import Person, Right

RIGHT_OF = {
    JobKind.INGEST: Right.ADD,
    JobKind.LINK: Right.JOBS,
    JobKind.REBUILD: Right.JOBS,
    JobKind.EXPORT: Right.EXPORT,
}
_BADGES = {
    JobState.WAITING: "",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "warn",
    JobState.INTERRUPTED: "warn",
}
_COUNTS = (
    ("in", "in"),
    ("new", "new"),
    ("known", "already known"),
    ("reread", "read anew"),
    ("not_violent", "not violent"),
    ("failed", "failed"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Reports that failed for one reason, and the first of them."""

    reason: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CameIn:
    """A report that a job took in, None where it is no longer there, and the events that it tells of."""

    hash: str
    head: ReportHead | None
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as one sees it: what it is, how far, what came of it, and what may be done about it."""

    number: int
    about: str
    by: str
    state: JobState
    badge: str
    made_at: datetime
    ended_at: datetime | None
    is_over: bool
    is_cancelled: bool
    done: int
    total: int | None
    message: str
    account: tuple[tuple[str, int], ...]
    failures: tuple[Failure, ...]
    came: tuple[CameIn, ...]
    came_count: int
    file_name: str | None
    file_bytes: int
    may_cancel: bool
    may_run_again: bool


def job_line(
    job: Job, person: Person, heads: Mapping[str, ReportHead] | None = None, most: int = 5
) -> JobLine:
    """A job for somebody; `heads` are those of its reports, as far as they are to be shown."""
    result = job.result or {}
    is_export = job.kind is JobKind.EXPORT and job.state is JobState.DONE and person.may(Right.EXPORT)
    may_change = job.by == person.name or person.may(Right.JOBS)
    came_to_nothing = job.state in (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)
    return JobLine(
        number=job.number,
        about=about(job),
        by=job.by,
        state=job.state,
        badge=_BADGES[job.state],
        made_at=job.made_at,
        ended_at=job.ended_at,
        is_over=job.state.is_over,
        is_cancelled=job.is_cancelled,
        done=job.done,
        total=job.total,
        message=job.message,
        account=tuple((label, result[name]) for name, label in _COUNTS if result.get(name)),
        failures=tuple(
            Failure(one["reason"], one["count"], tuple(one["examples"])) for one in result.get("failures", ())
        ),
        came=tuple(_came(one, heads or {}) for one in result.get("reports", ())[:most]),
        came_count=result.get("came", 0),
        file_name=result.get("file") if is_export else None,
        file_bytes=result.get("bytes", 0),
        may_cancel=not job.state.is_over and may_change,
        may_run_again=came_to_nothing and person.may(RIGHT_OF[job.kind]),
    )


def shown_hashes(jobs: tuple[Job, ...], most: int = 5) -> list[str]:
    """The reports of some jobs that `job_line` shows."""
    return [one["hash"] for job in jobs for one in (job.result or {}).get("reports", ())[:most]]


def about(job: Job) -> str:
    """What a job is about, in words."""
    told = job.parameters
    match job.kind:
        case JobKind.LINK:
            return "Link what is not linked yet"
        case JobKind.REBUILD:
            return "Link everything anew"
        case JobKind.EXPORT:
            return f"Data set: {told.get('format', '')}"
        case JobKind.INGEST:
            return f"Feed: {told.get('name', '')}" if "feed" in told else f"Reports: {_sources(told)}"


def _sources(told: Mapping[str, Any]) -> str:
    addresses = told.get("addresses", ())
    parts = [_counted(told.get("files", 0), "file"), _counted(len(told.get("texts", ())), "text")]
    parts.append(addresses[0] if len(addresses) == 1 else _counted(len(addresses), "address"))
    return ", ".join(part for part in parts if part)


def _counted(count: int, name: str) -> str:
    plural = "es" if name.endswith("s") else "s"
    return "" if not count else f"{count} {name}{'' if count == 1 else plural}"


def _came(one: Mapping[str, Any], heads: Mapping[str, ReportHead]) -> CameIn:
    return CameIn(one["hash"], heads.get(one["hash"]), tuple(one["events"]))
