"""Reports: one with all that was read in it, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import (
    ClaimHere,
    CopyElsewhere,
    ReportPage,
    ReportRecord,
    ReportRow,
    ToldHere,
)
from casus.casebook.chunks import chunks
from casus.casebook.coding import (
    decoded_agreement,
    decoded_claim,
    decoded_issue,
    decoded_reported_event,
    decoded_statistic,
    json_text,
)
from casus.casebook.records import ReportHead
from casus.casebook.tellings import head_of, report_columns
from casus.casebook.withholding import Withheld, withheld_names

_MOST_DIGITS = 11
_KEY_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFilter:
    """Which reports are meant; `text` is a part of title, publisher or name.  Days are inclusive."""

    text: str | None = None
    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    sees_withheld: bool = True


def report_of(connection: Connection, given: str | int) -> ReportRecord | None:
    """A report by its number, its hash, or the beginning of it that keys have."""
    reading = t.reading.c
    query = (
        sa.select(t.report, reading.number.label("reading"), reading.reader, reading.read_at, reading.issues)
        .join(t.reading, sa.and_(reading.report == t.report.c.number, reading.ended_at.is_(None)))
        .limit(1)
    )
    row = connection.execute(query.where(_named(str(given)))).first()
    if row is None:
        return None
    head = head_of(row)
    withheld = withheld_names(connection)
    return ReportRecord(
        head=head,
        text=row.text,
        body_start=row.body_start,
        added_at=row.added_at,
        reader=row.reader,
        read_at=row.read_at,
        issues=tuple(decoded_issue(issue) for issue in row.issues),
        events=_told(connection, row.reading),
        claims=_claims(connection, row.reading),
        agreements=tuple(
            (number, decoded_agreement(record))
            for number, record in _records(connection, t.agreement, row.reading)
        ),
        statistics=tuple(
            (number, decoded_statistic(record))
            for number, record in _records(connection, t.statistic, row.reading)
        ),
        copies=_copies(connection, head.number),
        withheld=withheld.by_report.get(head.hash[:_KEY_DIGITS], ()),
        withheld_elsewhere=withheld.everywhere,
    )


def reports_of(connection: Connection, wanted: ReportFilter, offset: int, limit: int) -> ReportPage:
    """Some of the reports that are asked for, the latest published first."""
    report = t.report.c
    conditions = list(_conditions(wanted, withheld_names(connection)))
    total = connection.scalar(sa.select(sa.func.count()).select_from(t.report).where(*conditions)) or 0
    query = sa.select(*report_columns()).where(*conditions)
    query = query.order_by(report.published_on.desc().nulls_last(), report.number.desc())
    heads = [head_of(row) for row in connection.execute(query.limit(limit).offset(max(0, offset)))]
    return ReportPage(_with_events(connection, heads), total)


def _named(given: str) -> sa.ColumnElement[bool]:
    report = t.report.c
    if given.isdecimal() and len(given) <= _MOST_DIGITS:
        return report.number == int(given)
    if len(given) == _KEY_DIGITS:
        return report.hash.between(given, given + "g")
    return report.hash == given


def _told(connection: Connection, reading: int) -> tuple[ToldHere, ...]:
    event = t.reported_event.c
    query = (
        sa.select(event.key, json_text(event.record), t.link.c.event)
        .outerjoin(t.link, sa.and_(t.link.c.key == event.key, t.link.c.until.is_(None)))
        .where(event.reading == reading, event.ended_at.is_(None))
    )
    told = (
        ToldHere(row.key, decoded_reported_event(row.record), row.event) for row in connection.execute(query)
    )
    return tuple(sorted(told, key=lambda one: int(one.key.rpartition(".")[2])))


def _claims(connection: Connection, reading: int) -> tuple[ClaimHere, ...]:
    claim = t.claim.c
    query = sa.select(claim.number, claim.key, json_text(claim.record)).where(claim.reading == reading)
    rows = connection.execute(query.order_by(claim.number))
    return tuple(ClaimHere(row.number, row.key, decoded_claim(row.record)) for row in rows)


def _records(connection: Connection, table: sa.Table, reading: int) -> Sequence[Any]:
    query = sa.select(table.c.number, json_text(table.c.record)).where(table.c.reading == reading)
    return connection.execute(query.order_by(table.c.number)).all()


def _copies(connection: Connection, number: int) -> tuple[CopyElsewhere, ...]:
    pair = t.copy_pair.c
    found: list[CopyElsewhere] = []
    for own, other in ((pair.one, pair.other), (pair.other, pair.one)):
        query = sa.select(*report_columns(), pair.share).join(t.copy_pair, other == t.report.c.number)
        found += [
            CopyElsewhere(head_of(row), row.share) for row in connection.execute(query.where(own == number))
        ]
    return tuple(sorted(found, key=lambda copy: (-copy.share, copy.report.number)))


def _conditions(wanted: ReportFilter, withheld: Withheld) -> list[sa.ColumnElement[bool]]:
    report = t.report.c
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.since is not None:
        conditions.append(report.published_on >= wanted.since)
    if wanted.until is not None:
        conditions.append(report.published_on <= wanted.until)
    if wanted.publisher is not None:
        conditions.append(report.publisher == wanted.publisher)
    if wanted.text:
        searched = (report.title, report.publisher, report.name)
        conditions.append(sa.or_(*(_has(column, wanted.text) for column in searched)))
        if not wanted.sees_withheld:  # else titles could be asked for names
            conditions += [
                sa.not_(sa.func.coalesce(_has(report.title, one), False)) for one in withheld.everywhere
            ]
            hidden = list(withheld.by_report)
            if hidden:
                conditions.append(sa.func.substr(report.hash, 1, _KEY_DIGITS).not_in(hidden))
    return conditions


def _has(column: sa.ColumnElement[Any], text: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(column).contains(text.lower(), autoescape=True)


def _with_events(connection: Connection, heads: Sequence[ReportHead]) -> tuple[ReportRow, ...]:
    event = t.reported_event.c
    counts: dict[int, int] = {}
    for some in chunks(head.number for head in heads):
        query = sa.select(event.report, sa.func.count()).where(
            event.report.in_(some), event.ended_at.is_(None)
        )
        counts |= {row[0]: row[1] for row in connection.execute(query.group_by(event.report))}
    return tuple(ReportRow(head, counts.get(head.number, 0)) for head in heads)
