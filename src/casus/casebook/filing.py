"""Readings are filed: reports, accounts and claims become rows, once.

A report with the same content is the same report.  When it is read by another reader, the
new reading takes the place of the old one, which is ended and kept; an account of the
same event keeps its key, so that what people decided about it still holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_reported_event, encoded
from casus.casebook.copies import LEAST_SHARE, copy_keys, credit_of, shared_words
from casus.casebook.features import folded_name, possible_days, telling_words
from casus.casebook.records import Ingested
from casus.model import Reading, Report, ReportedEvent, content_hash

_KEY_DIGITS = 12
_LEAST_LIKENESS = 3


@dataclass(frozen=True, slots=True)
class Sourced:
    """A reading and where its report was found."""

    origin: str
    reading: Reading


def hash_of(report: Report) -> str:
    """What tells a report from others: its content, not where it was found."""
    return content_hash(report.text, report.publisher, report.published_on, report.url)


def new_key(digest: str, number: int) -> str:
    """The key of the `number`th account (from 1) of the report with that hash."""
    return f"{digest[:_KEY_DIGITS]}.{number}"


def known_hashes(connection: Connection, hashes: Iterable[str], reader: str | None = None) -> frozenset[str]:
    """Those of `hashes` whose reports are filed; with `reader`, those that it has read."""
    query = sa.select(t.report.c.hash).where(t.report.c.hash.in_(list(hashes)))
    if reader is not None:
        query = query.join(t.reading, t.reading.c.report == t.report.c.number)
        query = query.where(t.reading.c.ended_at.is_(None), t.reading.c.reader == reader)
    return frozenset(connection.scalars(query))


def file_readings(connection: Connection, sourced: Sequence[Sourced], now: datetime) -> Ingested:
    """File some readings in the transaction of `connection`; gives the account of them.

    The keys of accounts that are new, or changed, or gone are put into `pending`.
    """
    first = {hash_of(item.reading.report): item for item in reversed(sourced)}
    in_order = [
        (digest, first[digest]) for digest in dict.fromkeys(hash_of(i.reading.report) for i in sourced)
    ]
    filed = _filed(connection, [digest for digest, _ in in_order])
    new = [(digest, item) for digest, item in in_order if digest not in filed]
    numbers = _insert_reports(connection, new, now)
    reread = 0
    fresh = [_Fresh(numbers[digest], digest, item.reading) for digest, item in new]
    for digest, item in in_order:
        if digest in filed and filed[digest].reader != item.reading.reader:
            before = _end_reading(connection, filed[digest].report, now)
            fresh.append(_Fresh(filed[digest].report, digest, item.reading, before))
            reread += 1
    _insert_readings(connection, fresh, now)
    return Ingested(
        seen=len(sourced),
        new=len(new),
        known=len(sourced) - len(new) - reread,
        without_events=sum(not item.reading.events for _, item in new),
        reread=reread,
    )


@dataclass(frozen=True, slots=True)
class _Filed:
    report: int
    reader: str | None


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A reading to be filed, with the accounts of the reading that it takes the place of."""

    report: int
    digest: str
    reading: Reading
    before: Mapping[str, ReportedEvent] = field(default_factory=dict)


def _filed(connection: Connection, hashes: Sequence[str]) -> dict[str, _Filed]:
    query = (
        sa.select(t.report.c.hash, t.report.c.number, t.reading.c.reader)
        .select_from(
            t.report.outerjoin(
                t.reading, sa.and_(t.reading.c.report == t.report.c.number, t.reading.c.ended_at.is_(None))
            )
        )
        .where(t.report.c.hash.in_(hashes))
    )
    return {row.hash: _Filed(row.number, row.reader) for row in connection.execute(query)}


def _insert_reports(
    connection: Connection, new: Sequence[tuple[str, Sourced]], now: datetime
) -> dict[str, int]:
    if not new:
        return {}
    rows = [_report_row(digest, item, now) for digest, item in new]
    insert = sa.insert(t.report).returning(t.report.c.number, sort_by_parameter_order=True)
    numbers = list(connection.scalars(insert, rows))
    by_hash = dict(zip((digest for digest, _ in new), numbers, strict=True))
    _file_copies(connection, {by_hash[digest]: item.reading.report.text for digest, item in new})
    return by_hash


def _report_row(digest: str, item: Sourced, now: datetime) -> dict[str, Any]:
    report = item.reading.report
    return {
        "hash": digest,
        "name": report.id,
        "origin": item.origin,
        "title": report.title,
        "text": report.text,
        "body_start": report.body_start,
        "publisher": report.publisher,
        "published_on": report.published_on,
        "url": report.url,
        "credit": credit_of(report.text, report.body_start),
        "added_at": now,
    }


def _file_copies(connection: Connection, texts: Mapping[int, str]) -> None:
    """File the copy keys of new reports, and the pairs that they make with others and each other."""
    keys = {number: dict.fromkeys(copy_keys(text)) for number, text in texts.items()}
    filed = _with_keys(connection, {key for own in keys.values() for key in own})
    beside: dict[int, set[int]] = {}
    for number, own in keys.items():
        beside[number] = {other for key in own for other in filed[key]}
        for key in own:
            filed[key].append(number)
    others = {other for found in beside.values() for other in found} - texts.keys()
    known = {**texts, **_texts(connection, others)}
    pairs = [
        {"one": min(number, other), "other": max(number, other), "share": share}
        for number, found in beside.items()
        for other in sorted(found)
        if (share := round(shared_words(known[number], known[other]), 4)) >= LEAST_SHARE
    ]
    rows = [{"key": key, "report": number} for number, own in keys.items() for key in own]
    connection.execute(sa.insert(t.copy_key), rows)
    if pairs:
        connection.execute(sa.insert(t.copy_pair), pairs)


def _with_keys(connection: Connection, keys: Iterable[str]) -> defaultdict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for some in chunks(sorted(keys)):
        for row in connection.execute(sa.select(t.copy_key).where(t.copy_key.c.key.in_(some))):
            found[row.key].append(row.report)
    return found


def _texts(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for some in chunks(sorted(numbers)):
        query = sa.select(t.report.c.number, t.report.c.text).where(t.report.c.number.in_(some))
        texts |= {row.number: row.text for row in connection.execute(query)}
    return texts


def _end_reading(connection: Connection, report: int, now: datetime) -> dict[str, ReportedEvent]:
    """End a report's current reading; gives its accounts by key."""
    is_current = sa.and_(t.reading.c.report == report, t.reading.c.ended_at.is_(None))
    number = connection.scalar(sa.select(t.reading.c.number).where(is_current))
    rows = connection.execute(
        sa.select(t.reported_event.c.key, t.reported_event.c.record).where(
            t.reported_event.c.reading == number
        )
    ).all()
    connection.execute(sa.update(t.reading).where(t.reading.c.number == number).values(ended_at=now))
    connection.execute(
        sa.update(t.reported_event).where(t.reported_event.c.reading == number).values(ended_at=now)
    )
    put_pending(connection, (row.key for row in rows))
    return {row.key: decoded_reported_event(row.record) for row in rows}


def _insert_readings(
    connection: Connection,
    fresh: Sequence[_Fresh],
    now: datetime,
) -> None:
    if not fresh:
        return
    rows = [
        {
            "report": item.report,
            "reader": item.reading.reader,
            "issues": [encoded(issue) for issue in item.reading.issues],
            "read_at": now,
        }
        for item in fresh
    ]
    insert = sa.insert(t.reading).returning(t.reading.c.number, sort_by_parameter_order=True)
    numbers = list(connection.scalars(insert, rows))
    events: list[dict[str, Any]] = []
    others: dict[sa.Table, list[dict[str, Any]]] = {t.claim: [], t.agreement: [], t.statistic: []}
    for number, item in zip(numbers, fresh, strict=True):
        reading = item.reading
        taken = _ever_used(connection, item.report) if item.before else 0
        keys = _keys(item.digest, reading.events, item.before, taken)
        events += [
            _event_row(keys[event.id], number, item.report, event, reading) for event in reading.events
        ]
        for claim in reading.claims:
            key = keys[claim.event_id] if claim.event_id is not None else None
            others[t.claim].append(
                {"reading": number, "key": key, "kind": claim.kind, "record": encoded(claim)}
            )
        for agreement in reading.agreements:
            others[t.agreement].append({"reading": number, "record": encoded(agreement)})
        for statistic in reading.statistics:
            others[t.statistic].append({"reading": number, "record": encoded(statistic)})
    if events:
        connection.execute(sa.insert(t.reported_event), events)
        put_pending(connection, (row["key"] for row in events))
    for table, table_rows in others.items():
        if table_rows:
            connection.execute(sa.insert(table), table_rows)


def _event_row(key: str, number: int, report: int, event: ReportedEvent, reading: Reading) -> dict[str, Any]:
    first, last = possible_days(event, reading.report.published_on)
    return {
        "key": key,
        "reading": number,
        "report": report,
        "is_main": event.is_main,
        "event_type": event.event_type,
        "first": first,
        "last": last,
        "country": event.where.country_code,
        "place": folded_name(event.where.name),
        "words": telling_words(reading.report, event),
        "record": encoded(event),
    }


def _keys(
    digest: str, events: Sequence[ReportedEvent], before: Mapping[str, ReportedEvent], taken: int
) -> dict[str, str]:
    """A key for each event by its id: that of the account before that it is most like, else a new one."""
    ranked = sorted(
        (-_likeness(event, old), index, key)
        for index, event in enumerate(events)
        for key, old in before.items()
        if _likeness(event, old) >= _LEAST_LIKENESS
    )
    key_of: dict[int, str] = {}
    for _, index, key in ranked:
        if index not in key_of and key not in key_of.values():
            key_of[index] = key
    for index in range(len(events)):
        if index not in key_of:
            taken += 1
            key_of[index] = new_key(digest, taken)
    return {event.id: key_of[index] for index, event in enumerate(events)}


def _likeness(event: ReportedEvent, old: ReportedEvent) -> int:
    """How much two readings' accounts look like one: the words that they were read from, place, day."""
    spans = {(piece.start_char, piece.end_char) for piece in event.evidence}
    shared = any((piece.start_char, piece.end_char) in spans for piece in old.evidence)
    return (
        3 * shared
        + (event.where.name == old.where.name)
        + (event.when.start == old.when.start)
        + (event.event_type is old.event_type)
    )


def _ever_used(connection: Connection, report: int) -> int:
    query = sa.select(t.reported_event.c.key).where(t.reported_event.c.report == report)
    return max((int(key.rpartition(".")[2]) for key in connection.scalars(query)), default=0)


def put_pending(connection: Connection, keys: Iterable[str]) -> None:
    """Note that links and states of these accounts are to be computed."""
    wanted = sorted(set(keys))
    if not wanted:
        return
    there = set(connection.scalars(sa.select(t.pending.c.key).where(t.pending.c.key.in_(wanted))))
    rows = [{"key": key} for key in wanted if key not in there]
    if rows:
        connection.execute(sa.insert(t.pending), rows)
