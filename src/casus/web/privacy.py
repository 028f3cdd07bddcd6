"""What somebody may see of names that are withheld: everything that pages and the API show goes by here.

Whoever may see withheld names gets records as they are.  All others get them without the
names, wherever they stand: in fields, quotes, texts, comments and what was decided.  Spans
of evidence in records stay those of the report as it is; `RedactedText.span` says where they
are in the text that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from casus.casebook.browsing.records import EventRow
from casus.casebook.dossiers import Dossier
from casus.casebook.jobs import Job
from casus.casebook.records import Decision, Event, ReportHead
from casus.casebook.views import SavedView
from casus.casebook.withholding import Withheld
from casus.errors import NotAnswerable, NotInCasebook
from casus.exports.redacting import RedactedText, redacted, redacted_record, redacted_text
from casus.web.access import Person, Right

Record = TypeVar("Record")


def visible(person: Person, dossier: Dossier) -> Dossier:
    """An event with its accounts and quotes, as somebody may see it."""
    return dossier if person.may(Right.SEE_WITHHELD) else redacted(dossier)


def visible_text(person: Person, text: str, report_hash: str, withheld: Withheld) -> RedactedText:
    """The text of a report (`ReportHead.hash`), as somebody may see it; `withheld` is `book.withheld()`.

    Highlights go to `.span(evidence.start_char, evidence.end_char)` of the `.text`.
    """
    if person.may(Right.SEE_WITHHELD):
        return RedactedText(text)
    return redacted_text(text, withheld.of_report(report_hash), withheld.everywhere)


def visible_in_report(person: Person, record: Record, report_hash: str, withheld: Withheld) -> Record:
    """What is read from or told of a report: its head, claims, reported events, issues."""
    if person.may(Right.SEE_WITHHELD):
        return record
    return redacted_record(record, withheld.of_report(report_hash), withheld.everywhere)


def visible_of_event(person: Person, record: Record, keys: tuple[str, ...], withheld: Withheld) -> Record:
    """What is told of an event by its `keys`: the event itself, decisions, disputes, comments."""
    if person.may(Right.SEE_WITHHELD):
        return record
    return redacted_record(record, withheld.of_keys(keys), withheld.everywhere)


def visible_anywhere(person: Person, record: Record, withheld: Withheld) -> Record:
    """What is of no one event or report: lists of events, reports, actors, places, sources.

    Events, heads of reports and decisions within it lose the names of their own reports in part, too.
    """
    if person.may(Right.SEE_WITHHELD) or not (withheld.by_report or withheld.everywhere):
        return record
    names = {name for some in withheld.by_report.values() for name in some}
    known: Record = _without_own(record, withheld)
    return redacted_record(known, (), tuple(sorted({*names, *withheld.everywhere})))


@contextmanager
def visible_reasons(person: Person, withheld: Withheld) -> Iterator[None]:
    """Raises why a question has no answer as somebody may see it: without names that are withheld."""
    try:
        yield
    except NotAnswerable as error:
        raise NotAnswerable(visible_anywhere(person, str(error), withheld)) from error


def _without_own(value: Any, withheld: Withheld) -> Any:
    match value:
        case EventRow():
            return redacted_record(value, withheld.of_keys(value.event.keys), withheld.everywhere)
        case Event() | Decision():
            return redacted_record(value, withheld.of_keys(value.keys), withheld.everywhere)
        case ReportHead():
            return redacted_record(value, withheld.of_report(value.hash), withheld.everywhere)
        case tuple() | list():
            return type(value)(_without_own(one, withheld) for one in value)
        case dict():
            return {key: _without_own(one, withheld) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        within = {one.name: getattr(value, one.name) for one in fields(value)}
        changes = {name: _without_own(one, withheld) for name, one in within.items() if _may_hold(one)}
        return replace(value, **changes) if changes else value
    return value


def _may_hold(value: Any) -> bool:
    return isinstance(value, tuple | list | dict) or (is_dataclass(value) and not isinstance(value, type))


def visible_views(person: Person, views: Iterable[SavedView], withheld: Withheld) -> list[SavedView]:
    """The saved views that somebody may see: what others share is left out where a name is in it."""
    if person.may(Right.SEE_WITHHELD):
        return list(views)
    return [
        view
        for view in views
        if view.by == person.name
        or visible_anywhere(person, told := f"{view.name} {unquote_plus(view.query)}", withheld) == told
    ]


def whose_jobs(person: Person) -> str | None:
    """Whose jobs somebody may see; None for everybody's.

    Jobs tell of titles, files and addresses that nobody has looked at yet.
    """
    return None if person.may(Right.SEE_WITHHELD) else person.name


def visible_job(person: Person, job: Job) -> Job:
    """A job, where somebody may see it; raises `NotInCasebook` as for one that is not there."""
    if whose_jobs(person) not in (None, job.by):
        raise NotInCasebook(f"no job {job.number} of yours")
    return job
