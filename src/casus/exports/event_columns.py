"""An event as a row of Casus's own columns, and a row as an event again.

The plain columns are for people and programs; `details` holds as JSON what a row has no
room for, so that nothing is lost.  Reading back takes each field from its own column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from casus.casebook.coding import decoded_event, encoded
from casus.casebook.records import Event
from casus.errors import ExportError
from casus.exports.cells import Value, text_of
from casus.exports.country_codes import country_name
from casus.exports.grid import priogrid_cell
from casus.model import Harm

LIST_SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type (as Frictionless names types), what is in it.

    `path` says which field of an event it is, None where it is worked out from others.
    """

    name: str
    kind: str
    description: str
    value: Callable[[Event], Value]
    path: tuple[str, ...] | None = None


def _joined(values: object) -> str | None:
    texts = [str(value) for value in values] if isinstance(values, tuple | list) else []
    return LIST_SEPARATOR.join(texts) or None


def _harm(harm: Harm) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{harm}_{figure}",
            "integer",
            f"People {harm}, {word} figure; empty: no number.",
            _total(harm, figure),
        )
        for figure, word in (("low", "lowest"), ("best", "best"), ("high", "highest"))
    )


def _total(harm: Harm, figure: str) -> Callable[[Event], int | None]:
    """What gives a harm's figure over all categories."""
    get = attrgetter(figure)

    def value(event: Event) -> int | None:
        total: int | None = None
        for row in event.tolls:
            if row.harm is harm and (number := get(row)) is not None:
                total = number + (total or 0)
        return total

    return value


def _deaths(side: str, who: str) -> Column:
    def value(event: Event) -> Value:
        count = getattr(event.deaths, side, None)
        return count if isinstance(count, int) else None

    return Column(f"deaths_{side}", "integer", f"Killed, {who}; empty: no number is known.", value)


def _disputes(event: Event) -> str | None:
    return _joined(
        [
            f"{one.field}: {', '.join(f'{source} says {what}' for source, what in one.says)}"
            for one in event.disputes
        ]
    )


def _details(event: Event) -> str:
    record: dict[str, Any] = encoded(event)
    for path in _PATHS:
        holder = record
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


EVENT_COLUMNS: tuple[Column, ...] = (
    Column("id", "string", "Identifier of the event in the casebook.", lambda e: e.id, ("id",)),
    Column("event_type", "string", "Kind of event.", lambda e: str(e.event_type), ("event_type",)),
    Column("start", "date", "First day; empty: unknown.", lambda e: e.when.start, ("when", "start")),
    Column("end", "date", "Last day; empty: unknown, or going on.", lambda e: e.when.end, ("when", "end")),
    Column(
        "date_precision",
        "string",
        "day, range, month, year or unknown.",
        lambda e: str(e.when.precision),
        ("when", "precision"),
    ),
    Column("place", "string", "Name of the place.", lambda e: e.where.name, ("where", "name")),
    Column(
        "country",
        "string",
        "Country, ISO 3166-1 alpha-2.",
        lambda e: e.where.country_code,
        ("where", "country_code"),
    ),
    Column("country_name", "string", "Name of the country.", lambda e: country_name(e.where.country_code)),
    Column("adm1", "string", "First-order unit.", lambda e: e.where.adm1, ("where", "adm1")),
    Column("adm2", "string", "Second-order unit.", lambda e: e.where.adm2, ("where", "adm2")),
    Column(
        "geonames_id",
        "integer",
        "Entry in GeoNames.",
        lambda e: e.where.geonames_id,
        ("where", "geonames_id"),
    ),
    Column("latitude", "number", "Degrees north, WGS 84.", lambda e: e.where.latitude, ("where", "latitude")),
    Column(
        "longitude", "number", "Degrees east, WGS 84.", lambda e: e.where.longitude, ("where", "longitude")
    ),
    Column(
        "place_precision",
        "integer",
        "1 exact place, 2 near it, 3 second-order unit, 4 first-order unit, "
        "5 line or area, 6 country, 7 international waters (UCDP's where_prec).",
        lambda e: e.where.precision_code,
        ("where", "precision_code"),
    ),
    Column(
        "priogrid_gid",
        "integer",
        "Cell of the PRIO-GRID of half a degree.",
        lambda e: priogrid_cell(e.where.latitude, e.where.longitude),
    ),
    Column(
        "perpetrators",
        "string",
        "Who is said to have done it, joined by '; '.",
        lambda e: _joined([one.name for one in e.perpetrators]),
    ),
    Column(
        "targets",
        "string",
        "To whom it was done, joined by '; '.",
        lambda e: _joined([one.name for one in e.targets]),
    ),
    Column(
        "weapons", "string", "With what, joined by '; '.", lambda e: _joined([one.name for one in e.weapons])
    ),
    *_harm(Harm.KILLED),
    *_harm(Harm.INJURED),
    *_harm(Harm.ABDUCTED),
    _deaths("side_a", "forces of the state"),
    _deaths("side_b", "its armed opponents"),
    _deaths("civilians", "civilians"),
    _deaths("unknown", "of unknown side"),
    Column(
        "grade",
        "string",
        "confirmed, fair, weak, contested or discounted.",
        lambda e: str(e.grade),
        ("grade",),
    ),
    Column("grade_reason", "string", "Why it has this grade.", lambda e: e.grade_reason, ("grade_reason",)),
    Column("reports", "integer", "Number of reports, copies among them.", lambda e: e.reports, ("reports",)),
    Column("source_count", "integer", "Number of independent sources.", lambda e: len(e.sources)),
    Column("sources", "string", "Independent sources, joined by '; '.", lambda e: _joined(e.sources)),
    Column("disputes", "string", "What sources contradict each other on.", _disputes),
    Column(
        "is_reviewed",
        "boolean",
        "A person confirmed, corrected or rejected it.",
        lambda e: e.is_reviewed,
        ("is_reviewed",),
    ),
    Column(
        "is_rejected",
        "boolean",
        "A person found that it is no event.",
        lambda e: e.is_rejected,
        ("is_rejected",),
    ),
    Column(
        "corrected",
        "string",
        "Fields that a person set, joined by '; '.",
        lambda e: _joined([one.field for one in e.corrections]),
    ),
    Column("review_reasons", "string", "Why it waits for review.", lambda e: _joined(e.needs_review)),
    Column("assignee", "string", "Who is to review it.", lambda e: e.assignee, ("assignee",)),
    Column("details", "string", "What the columns have no room for, as JSON.", _details),
)
PLAIN_COLUMNS = tuple(column for column in EVENT_COLUMNS if column.name != "details")
_PATHS = tuple(column.path for column in EVENT_COLUMNS if column.path is not None)


def event_of(cells: Mapping[str, str]) -> Event:
    """The event that a row of `EVENT_COLUMNS` was written from; raises `ExportError`."""
    try:
        record: dict[str, Any] = json.loads(text_of(cells["details"]) or "{}")
        for column in EVENT_COLUMNS:
            if column.path is None:
                continue
            holder = record
            for name in column.path[:-1]:
                holder = holder.setdefault(name, {})
            holder[column.path[-1]] = _read(column.kind, cells[column.name])
        return decoded_event(record)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        told = f"no column {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
        raise ExportError(f"the event {cells.get('id', '')!r} can't be read back: {told}") from error


def _read(kind: str, shown: str) -> object:
    if kind == "string":
        return text_of(shown)
    if not shown:
        return None
    match kind:
        case "integer":
            return int(shown)
        case "number":
            return float(shown)
        case "boolean":
            return {"true": True, "false": False}[shown]
        case _:
            return date.fromisoformat(shown)
