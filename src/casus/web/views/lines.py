"""Events as lists show them: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casus.casebook.browsing.records import EventRow, Span
from casus.casebook.records import Event, Waiting
from casus.casebook.withholding import Withheld
from casus.web.access import Person
from casus.web.privacy import visible_of_event
from casus.web.rendering import words

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in a list, as somebody may see it; `why` says in words why it waits."""

    id: str
    revision: int
    changed_at: datetime
    event: Event
    waits_for: Waiting | None
    why: tuple[str, ...]
    score: float | None
    disputes: int
    killed: Span
    injured: Span


def event_lines(rows: Sequence[EventRow], person: Person, withheld: Withheld) -> tuple[EventLine, ...]:
    """The lines of some rows, without names that somebody may not see; `withheld` is `book.withheld()`."""
    return tuple(_line(row, person, withheld) for row in rows)


def _line(row: EventRow, person: Person, withheld: Withheld) -> EventLine:
    event = visible_of_event(person, row.event, row.event.keys, withheld)
    return EventLine(
        row.id,
        row.revision,
        row.changed_at,
        event,
        row.waits_for,
        _why(event, row),
        row.score,
        row.disputes,
        row.killed,
        row.injured,
    )


def _why(event: Event, row: EventRow) -> tuple[str, ...]:
    """What a reviewer is asked to look at."""
    if row.waits_for is Waiting.CHANGED:
        return event.needs_review
    if row.waits_for is Waiting.CONTESTED:
        return tuple(_disputed(one.field, [says for _, says in one.says]) for one in event.disputes) or (
            event.grade_reason,
        )
    if row.waits_for is Waiting.LOW_SCORE:
        return ("the place is unsure",)
    return ("nobody has looked at it",) if row.waits_for is Waiting.NEW else ()


def _disputed(field: str, said: Sequence[str]) -> str:
    values = list(dict.fromkeys(said))
    more = " …" if len(values) > _MOST_SAID else ""
    return (
        f"{words(field).replace('.', ', ')}: {' or '.join(words(one) for one in values[:_MOST_SAID])}{more}"
    )
