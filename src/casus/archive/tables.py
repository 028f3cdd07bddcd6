"""The tables of an archive: what their rows hold, from a reading to rows and back.

Columns that are asked for often stand plainly; `record` holds a whole record as the casebook
keeps it, so that nothing is lost on the way.  Evidence counts characters of the report's `text`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from casus.casebook.coding import (
    decoded_agreement,
    decoded_claim,
    decoded_issue,
    decoded_reported_event,
    decoded_statistic,
    encoded,
)
from casus.casebook.features import figures_of, possible_days, telling_words
from casus.casebook.filing import hash_of, new_key
from casus.model import Actor, Claim, Harm, Reading, Report, ReportedEvent

UNDATED = "undated"
"""The month of reports whose day of publication isn't known."""

READ, COPY = "read", "copy"
"""What became of a report: it was read itself, or it copies one that was."""

_STRINGS = pa.list_(pa.string())
_NAMED = [("file", pa.string()), ("origin", pa.string())]
_REPORT = [
    ("hash", pa.string()),
    ("name", pa.string()),
    *_NAMED,
    ("title", pa.string()),
    ("text", pa.string()),
    ("body_start", pa.int32()),
    ("publisher", pa.string()),
    ("published_on", pa.date32()),
    ("url", pa.string()),
    ("score", pa.float32()),
]
STAGED = pa.schema(
    [
        *_REPORT,
        ("month", pa.string()),
        ("place_in_order", pa.string()),
        ("file_number", pa.int32()),
        ("position", pa.int64()),
        ("keys", _STRINGS),
    ]
)
"""A report that the gate let in, with the keys under which its copies are looked for."""

REPORTS = pa.schema(
    [
        *_REPORT,
        ("status", pa.string()),
        ("copy_of", pa.string()),
        ("copy_share", pa.float32()),
        ("reader", pa.string()),
        ("issues", pa.string()),
    ]
)
EVENTS = pa.schema(
    [
        ("key", pa.string()),
        ("report", pa.string()),
        ("id", pa.string()),
        ("is_main", pa.bool_()),
        ("event_type", pa.string()),
        ("precision", pa.string()),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("country", pa.string()),
        ("adm1", pa.string()),
        ("adm2", pa.string()),
        ("place", pa.string()),
        ("geonames_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("precision_code", pa.int8()),
        ("perpetrators", _STRINGS),
        ("targets", _STRINGS),
        ("weapons", _STRINGS),
        ("killed_low", pa.int64()),
        ("killed_high", pa.int64()),
        ("injured_low", pa.int64()),
        ("injured_high", pa.int64()),
        ("published_on", pa.date32()),
        ("words", pa.string()),
        ("record", pa.string()),
    ]
)
CLAIMS = pa.schema(
    [
        ("report", pa.string()),
        ("key", pa.string()),
        ("kind", pa.string()),
        ("speaker", pa.string()),
        ("actor", pa.string()),
        ("harm", pa.string()),
        ("category", pa.string()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("quote", pa.string()),
        ("record", pa.string()),
    ]
)
AGREEMENTS = pa.schema(
    [("report", pa.string()), ("name", pa.string()), ("agreed_on", pa.string()), ("record", pa.string())]
)
STATISTICS = pa.schema([("report", pa.string()), ("measure", pa.string()), ("record", pa.string())])
FAILURES = pa.schema(
    [
        *_NAMED,
        ("stage", pa.string()),
        ("error", pa.string()),
        ("message", pa.string()),
        ("hash", pa.string()),
    ]
)
TABLES: Mapping[str, pa.Schema] = {
    "reports": REPORTS,
    "events": EVENTS,
    "claims": CLAIMS,
    "agreements": AGREEMENTS,
    "statistics": STATISTICS,
    "failures": FAILURES,
}
"""The tables by name, each in `NAME/month=YYYY-MM/*.parquet`."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A report of an archive: where it was found, and how sure the gate was of it."""

    report: Report
    file: str
    origin: str
    score: float


def month_of(published_on: date | None) -> str:
    """The month that a report is filed under, as YYYY-MM."""
    return f"{published_on:%Y-%m}" if published_on is not None else UNDATED


def report_row(found: Found) -> Row:
    """What both a staged and a finished report's row begin with."""
    report = found.report
    return {
        "hash": hash_of(report),
        "name": report.id,
        "file": found.file,
        "origin": found.origin,
        "title": report.title,
        "text": report.text,
        "body_start": report.body_start,
        "publisher": report.publisher,
        "published_on": report.published_on,
        "url": report.url,
        "score": found.score,
    }


def report_of(row: Mapping[str, Any]) -> Report:
    """The report that a row of `REPORTS` or `STAGED` holds."""
    return Report(
        id=row["name"],
        text=row["text"],
        title=row["title"],
        publisher=row["publisher"],
        published_on=row["published_on"],
        url=row["url"],
        body_start=row["body_start"],
    )


def rows_of_reading(reading: Reading, digest: str) -> Iterator[tuple[str, Row]]:
    """The rows of a reading's record by table; `digest` is the hash of its report."""
    keys = {event.id: new_key(digest, number) for number, event in enumerate(reading.events, 1)}
    for event in reading.events:
        yield "events", {"key": keys[event.id], "report": digest, **_event_columns(reading, event)}
    for claim in reading.claims:
        key = keys[claim.event_id] if claim.event_id is not None else None
        yield "claims", {"report": digest, "key": key, **_claim_columns(reading, claim)}
    for agreement in reading.agreements:
        own = {"name": agreement.name, "agreed_on": agreement.agreed_on, "record": _json(encoded(agreement))}
        yield "agreements", {"report": digest, **own}
    for statistic in reading.statistics:
        own = {"measure": statistic.measure, "record": _json(encoded(statistic))}
        yield "statistics", {"report": digest, **own}


def issues_text(reading: Reading) -> str:
    """What a reader could not settle, as the column `issues` has it."""
    return _json([encoded(issue) for issue in reading.issues])


def reading_of(report: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Reading:
    """The reading that a row of `REPORTS` and its rows in the other tables hold, in their order."""
    return Reading(
        report=report_of(report),
        reader=report["reader"],
        events=tuple(decoded_reported_event(row["record"]) for row in rows.get("events", ())),
        claims=tuple(decoded_claim(row["record"]) for row in rows.get("claims", ())),
        agreements=tuple(decoded_agreement(row["record"]) for row in rows.get("agreements", ())),
        statistics=tuple(decoded_statistic(row["record"]) for row in rows.get("statistics", ())),
        issues=tuple(decoded_issue(issue) for issue in json.loads(report["issues"])),
    )


def table_of(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as a table of that name."""
    return pa.Table.from_pylist(list(rows), schema=TABLES[name])


def _event_columns(reading: Reading, event: ReportedEvent) -> Row:
    published = reading.report.published_on
    first, last = possible_days(event, published)
    killed = figures_of(event.tolls, Harm.KILLED) or (None, None)
    injured = figures_of(event.tolls, Harm.INJURED) or (None, None)
    where = event.where
    return {
        "id": event.id,
        "is_main": event.is_main,
        "event_type": event.event_type,
        "precision": event.when.precision,
        "start": event.when.start,
        "end": event.when.end,
        "first": first,
        "last": last,
        "country": where.country_code,
        "adm1": where.adm1,
        "adm2": where.adm2,
        "place": where.name,
        "geonames_id": where.geonames_id,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "precision_code": where.precision_code,
        "perpetrators": _names(event.perpetrators),
        "targets": _names(event.targets),
        "weapons": [weapon.name for weapon in event.weapons],
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        "published_on": published,
        "words": telling_words(reading.report, event),
        "record": _json(encoded(event)),
    }


def _claim_columns(reading: Reading, claim: Claim) -> Row:
    return {
        "kind": claim.kind,
        "speaker": claim.speaker.name,
        "actor": claim.actor.name if claim.actor is not None else None,
        "harm": claim.harm,
        "category": claim.category,
        "low": claim.low,
        "high": claim.high,
        "quote": reading.quote(claim.quote),
        "record": _json(encoded(claim)),
    }


def _names(actors: Iterable[Actor]) -> list[str]:
    return [actor.name for actor in actors]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
