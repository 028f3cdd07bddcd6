"""What reviewers decided, laid over what was computed.

A decision keeps what the accounts said when it was made (`seen`).  Where they now say
something else, the decision still holds and the event goes back to the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from casus.casebook.records import (
    Correction,
    Decision,
    DecisionKind,
    Event,
    EventToll,
    Grade,
    Named,
    Perpetrator,
    Standing,
)
from casus.errors import CasebookError
from casus.model import Category, DatePrecision, EventType, Harm

FIELDS = (
    "type", "start", "end", "country", "adm1", "adm2", "place", "latitude", "longitude", "precision",
    "perpetrators", "targets", "grade",
)  # fmt: skip
_FIGURES = ("low", "best", "high")


def with_decisions(
    event: Event, decisions: Sequence[Decision], unmet: Collection[int] = frozenset()
) -> Event:
    """The event with decisions laid over it, in the order in which they were made.

    A confirmation is of what the accounts say together with the corrections before it: what
    it covers needs no review any more.  Of several corrections of a field the last one counts.
    `unmet` are decisions about claims that no account makes now.
    """
    told = event
    last = {one.field: one.number for one in decisions if one.kind is DecisionKind.CORRECT}
    for decision in decisions:
        match decision.kind:
            case DecisionKind.CONFIRM:
                event = _confirmed(event, decision, summary_of(told))
            case DecisionKind.CORRECT if last[decision.field] == decision.number:
                event = _corrected(event, decision, told)
            case DecisionKind.CORRECT:
                event = replace(event, is_reviewed=True)
            case DecisionKind.REJECT:
                event = replace(event, is_rejected=True, is_reviewed=True)
            case DecisionKind.WITHHOLD:
                event = replace(event, withheld=(*event.withheld, str(decision.value)))
            case DecisionKind.ASSIGN:
                event = replace(event, assignee=str(decision.value) if decision.value else None)
            case DecisionKind.CORRECT_CLAIM | DecisionKind.RETRACT_CLAIM if decision.number in unmet:
                event = replace(event, needs_review=(*event.needs_review, _lost(decision)))
            case _:  # about links and claims, which are laid over the accounts, or a comment
                pass
    return event


def field_value(event: Event, field: str) -> object:
    """What an event says in a field, as JSON has it; raises `CasebookError` for no field."""
    if field in _READ:
        return _READ[field](event)
    harm, category, figure = toll_field(field)
    row = next((row for row in event.tolls if (row.harm, row.category) == (harm, category)), None)
    return None if row is None else getattr(row, figure)


def checked_value(field: str, text: str) -> object:
    """A value for a field from what a person typed; an empty text is unknown.

    Raises `CasebookError` where the field can't have it.
    """
    text = text.strip()
    if not text:
        return None
    try:
        return _PARSE[field](text) if field in _PARSE else _count(field, text)
    except ValueError as error:
        raise CasebookError(f"{text!r} is no {field}: {_WANTED.get(field, 'give a whole number')}") from error


def toll_field(field: str) -> tuple[Harm, Category, str]:
    """The harm, category and figure that a field such as "killed.civilians.best" names."""
    parts = field.split(".")
    try:
        harm, category, figure = Harm(parts[0]), Category(parts[1]), parts[2]
    except (ValueError, IndexError) as error:
        known = ", ".join(FIELDS)
        raise CasebookError(
            f"{field!r} is no field of an event: use one of {known}, or HARM.CATEGORY.low, best or high "
            "such as killed.civilians.best"
        ) from error
    if len(parts) != 3 or figure not in _FIGURES:
        raise CasebookError(f"{field!r}: a toll has low, best and high, such as killed.civilians.best")
    return harm, category, figure


def _confirmed(event: Event, decision: Decision, computed: Mapping[str, object]) -> Event:
    changed = _changes(decision.seen, computed)
    because = (f"changed since {decision.by} confirmed it: {', '.join(changed)}",) if changed else ()
    return replace(event, is_reviewed=True, needs_review=because)


def _lost(decision: Decision) -> str:
    done = "corrected" if decision.kind is DecisionKind.CORRECT_CLAIM else "retracted"
    return f"the claim that {decision.by} {done} (decision {decision.number}) is not read any more"


def _corrected(event: Event, decision: Decision, told: Event) -> Event:
    """The event with a field set; `told` is what its accounts say of it."""
    field = decision.field or ""
    computed = field_value(told, field)
    correction = Correction(field, decision.value, computed, decision.by, decision.reason, decision.number)
    because: tuple[str, ...] = ()
    if computed not in (decision.seen, decision.value):
        set_to, then, now = _shown(decision.value), _shown(decision.seen), _shown(computed)
        because = (f"{field}: {decision.by} set {set_to} where the accounts said {then}; they now say {now}",)
    event = _written(event, field, decision.value)
    return replace(
        event,
        corrections=(*event.corrections, correction),
        needs_review=(*event.needs_review, *because),
        is_reviewed=True,
    )


def summary_of(event: Event) -> dict[str, object]:
    """The fields that a confirmation covers, as JSON has them."""
    fields = {field: _READ[field](event) for field in FIELDS if field not in ("latitude", "longitude")}
    tolls = {f"{row.harm}.{row.category}.best": row.best for row in event.tolls}
    return {**fields, **tolls}


def _changes(seen: object, now: Mapping[str, object]) -> list[str]:
    before = seen if isinstance(seen, dict) else {}
    return [
        f"{field} {_shown(before.get(field))} → {_shown(now.get(field))}"
        for field in dict.fromkeys((*before, *now))
        if before.get(field) != now.get(field)
    ]


def _shown(value: object) -> str:
    if value is None or value == []:
        return "unknown"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _written(event: Event, field: str, value: object) -> Event:
    if field in _WRITE:
        return _WRITE[field](event, value)
    harm, category, figure = toll_field(field)
    rows = {(row.harm, row.category): row for row in event.tolls}
    row = rows.get((harm, category)) or EventToll(harm, category, None, None, None, ())
    changes: dict[str, Any] = {figure: value}
    rows[harm, category] = replace(row, **changes)
    ordered = sorted(rows, key=lambda pair: (list(Harm).index(pair[0]), list(Category).index(pair[1])))
    return replace(event, tolls=tuple(rows[pair] for pair in ordered))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_READ: Mapping[str, Callable[[Event], object]] = {
    "type": lambda event: str(event.event_type),
    "start": lambda event: _iso(event.when.start),
    "end": lambda event: _iso(event.when.end),
    "country": lambda event: event.where.country_code,
    "adm1": lambda event: event.where.adm1,
    "adm2": lambda event: event.where.adm2,
    "place": lambda event: event.where.name,
    "latitude": lambda event: event.where.latitude,
    "longitude": lambda event: event.where.longitude,
    "precision": lambda event: event.where.precision_code,
    "perpetrators": lambda event: [one.name for one in event.perpetrators],
    "targets": lambda event: [one.name for one in event.targets],
    "grade": lambda event: str(event.grade),
}


def _day(event: Event, value: object, *, is_start: bool) -> Event:
    day = date.fromisoformat(str(value)) if value else None
    when = replace(event.when, start=day) if is_start else replace(event.when, end=day)
    if when.start is None:
        precision = DatePrecision.UNKNOWN
    else:
        precision = DatePrecision.DAY if when.end in (None, when.start) else DatePrecision.RANGE
    if is_start and (when.end is None or (day is not None and when.end < day)):
        when = replace(when, end=day)
    return replace(event, when=replace(when, precision=precision))


def _where(name: str) -> Callable[[Event, object], Event]:
    def write(event: Event, value: object) -> Event:
        changes: dict[str, Any] = {name: value}
        return replace(event, where=replace(event.where, **changes))

    return write


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _perpetrators(event: Event, value: object) -> Event:
    known = {one.name: one for one in event.perpetrators}
    named = tuple(
        known.get(name) or Perpetrator(name, None, None, (Standing.REPORTED,), ()) for name in _listed(value)
    )
    return replace(event, perpetrators=named)


def _targets(event: Event, value: object) -> Event:
    known = {one.name: one for one in event.targets}
    return replace(
        event, targets=tuple(known.get(name) or Named(name, None, None, ()) for name in _listed(value))
    )


_WRITE: Mapping[str, Callable[[Event, object], Event]] = {
    "type": lambda event, value: replace(event, event_type=EventType(str(value))),
    "start": lambda event, value: _day(event, value, is_start=True),
    "end": lambda event, value: _day(event, value, is_start=False),
    "country": _where("country_code"),
    "adm1": _where("adm1"),
    "adm2": _where("adm2"),
    "place": _where("name"),
    "latitude": _where("latitude"),
    "longitude": _where("longitude"),
    "precision": _where("precision_code"),
    "perpetrators": _perpetrators,
    "targets": _targets,
    "grade": lambda event, value: replace(event, grade=Grade(str(value)), grade_reason="set by a reviewer"),
}


def _country(text: str) -> str:
    if len(text) != 2 or not text.isalpha():
        raise ValueError(text)
    return text.upper()


def _between(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        number = float(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return parse


def _precision(text: str) -> int:
    if text not in tuple("1234567"):
        raise ValueError(text)
    return int(text)


def _count(field: str, text: str) -> int:
    toll_field(field)
    number = int(text.replace(",", ""))
    if number < 0:
        raise ValueError(text)
    return number


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


_PARSE: Mapping[str, Callable[[str], object]] = {
    "type": lambda text: str(EventType(text)),
    "start": lambda text: date.fromisoformat(text).isoformat(),
    "end": lambda text: date.fromisoformat(text).isoformat(),
    "country": _country,
    "adm1": str,
    "adm2": str,
    "place": str,
    "latitude": _between(-90.0, 90.0),
    "longitude": _between(-180.0, 180.0),
    "precision": _precision,
    "perpetrators": _names,
    "targets": _names,
    "grade": lambda text: str(Grade(text)),
}
_WANTED = {
    "type": "use one of " + ", ".join(EventType),
    "start": "use YYYY-MM-DD",
    "end": "use YYYY-MM-DD",
    "country": "use a code of two letters (ISO 3166-1)",
    "latitude": "use degrees from -90 to 90",
    "longitude": "use degrees from -180 to 180",
    "precision": "use UCDP's codes 1 to 7",
    "grade": "use one of " + ", ".join(Grade),
}
