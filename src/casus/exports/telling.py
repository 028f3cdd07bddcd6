"""An event in words, from its fields alone: for columns that hold notes."""

from __future__ import annotations

from collections.abc import Iterable

from casus.casebook.records import Event, EventToll, Perpetrator
from casus.exports.country_codes import country_name
from casus.model import Harm


def notes_on(event: Event) -> str:
    """What was reported: what, when, where, who, the figures as they were given, the grade."""
    return " ".join(_sentences(event))


def figure_in_words(row: EventToll) -> str:
    """A toll row: "9 civilians killed (sources: 9 to 28)"."""
    category = "" if row.category == "unknown" else f" {row.category.replace('_', ' ')}"
    best = row.best if row.best is not None else row.low
    if best is None:
        return f"an unknown number of{category or ' people'} {row.harm}"
    low, high = row.low, row.high
    spread = f" (lowest figure {_shown(low)}, highest {_shown(high)})" if low != best or high != best else ""
    return f"{best}{category} {row.harm}{spread}"


def _sentences(event: Event) -> Iterable[str]:
    kind = event.event_type.replace("_", " ").capitalize()
    place = event.where.name or event.where.adm1 or country_name(event.where.country_code)
    yield f"{kind}{_days(event)}{f' in {place}' if place else ''}."
    if event.perpetrators:
        yield f"Perpetrators: {'; '.join(_doer(one) for one in event.perpetrators)}."
    if event.targets:
        yield f"Targets: {'; '.join(one.name for one in event.targets)}."
    if event.weapons:
        yield f"Weapons: {'; '.join(one.name for one in event.weapons)}."
    for harm in Harm:
        rows = [row for row in event.tolls if row.harm is harm]
        if rows:
            yield f"Reported: {', '.join(map(figure_in_words, rows))}."
    if event.disputes:
        yield f"Sources disagree on {', '.join(one.field for one in event.disputes)}."
    yield f"Independent sources: {len(event.sources)}. Grade: {event.grade} ({event.grade_reason})."


def _days(event: Event) -> str:
    start, end = event.when.start, event.when.end
    if start is None:
        return ", day unknown,"
    if end is None or end == start:
        return f" on {start}"
    return f" between {start} and {end}"


def _doer(one: Perpetrator) -> str:
    return f"{one.name} ({', '.join(one.standings)})" if one.standings else one.name


def _shown(number: int | None) -> str:
    return "unknown" if number is None else str(number)
