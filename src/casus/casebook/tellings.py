"""The accounts of an event as they are kept: each with its report, its claims and its source.

An *independent source* is an outlet with its own account.  Copies of one text are one
source, outlets that print one agency's text are that agency, and an outlet that only
quotes another ("AFP reported") is that other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.claims_by_hand import CLAIM_KINDS, with_claims_by_hand
from casus.casebook.coding import decoded_claim, decoded_reported_event, json_text
from casus.casebook.copies import agency_named, grouped
from casus.casebook.decision_rows import decisions_about
from casus.casebook.records import ReportHead, Told
from casus.model import Claim


def accounts_of(connection: Connection, events: Sequence[str]) -> dict[str, tuple[Told, ...]]:
    """The accounts that make up some events, by event; an event without any is left out.

    What people decided about their claims is laid over them.
    """
    by_event: defaultdict[str, list[Told]] = defaultdict(list)
    for some in chunks(events):
        rows = connection.execute(_query().where(t.link.c.event.in_(some))).all()
        claims = _claims(connection, {(row.reading, row.key) for row in rows})
        by_hand = decisions_about(connection, [row.key for row in rows], CLAIM_KINDS)
        for row in rows:
            told = Told(
                row.key,
                head_of(row),
                decoded_reported_event(row.record),
                tuple(claims.get((row.reading, row.key), ())),
            )
            if row.key in by_hand:
                told = with_claims_by_hand(told, by_hand[row.key].values())
            by_event[row.event].append(told)
    copies = copies_among(
        connection, {told.report.number for told_all in by_event.values() for told in told_all}
    )
    return {event: _in_order(_with_sources(told, copies)) for event, told in by_event.items()}


def events_told_in(connection: Connection, report: int) -> list[str]:
    """The ids of the events that a report tells of."""
    event = t.reported_event.c
    query = sa.select(t.link.c.event).join(
        t.reported_event, sa.and_(event.key == t.link.c.key, event.ended_at.is_(None))
    )
    query = query.where(event.report == report, t.link.c.until.is_(None)).distinct()
    return sorted(connection.scalars(query))


def report_heads(connection: Connection) -> Iterator[ReportHead]:
    """All reports, without their texts, in the order in which they came."""
    for row in connection.execute(sa.select(*report_columns()).order_by(t.report.c.number)):
        yield head_of(row)


def report_columns() -> list[sa.Column[Any]]:
    """The columns that `head_of` reads."""
    return [column for column in t.report.c if column.name not in ("text", "body_start", "added_at")]


def _query() -> sa.Select[tuple[object, ...]]:
    event, report = t.reported_event, t.report
    return (
        sa.select(
            t.link.c.event,
            event.c.key,
            event.c.reading,
            json_text(event.c.record),
            report.c.number,
            report.c.hash,
            report.c.name,
            report.c.origin,
            report.c.title,
            report.c.publisher,
            report.c.published_on,
            report.c.url,
            report.c.credit,
        )
        .join(event, sa.and_(event.c.key == t.link.c.key, event.c.ended_at.is_(None)))
        .join(report, report.c.number == event.c.report)
        .where(t.link.c.until.is_(None))
    )


def head_of(row: Any) -> ReportHead:
    """A report without its text, from a row of `report`; its source is left open."""
    return ReportHead(
        number=row.number,
        hash=row.hash,
        name=row.name,
        origin=row.origin,
        title=row.title,
        publisher=row.publisher,
        published_on=row.published_on,
        url=row.url,
        credit=row.credit,
        source="",
    )


def _claims(
    connection: Connection, wanted: set[tuple[int, str]]
) -> dict[tuple[int, str], list[tuple[int, Claim]]]:
    found: defaultdict[tuple[int, str], list[tuple[int, Claim]]] = defaultdict(list)
    claim = t.claim
    for some in chunks(sorted({reading for reading, _ in wanted})):
        query = sa.select(claim.c.number, claim.c.reading, claim.c.key, json_text(claim.c.record)).where(
            claim.c.reading.in_(some), claim.c.key.is_not(None)
        )
        for row in connection.execute(query.order_by(claim.c.number)):
            if (row.reading, row.key) in wanted:
                found[row.reading, row.key].append((row.number, decoded_claim(row.record)))
    return found


def copies_among(connection: Connection, reports: Iterable[int]) -> list[frozenset[int]]:
    """The groups of copies among some reports, those included that other copies tie together."""
    reached: set[int] = set()
    pairs: set[tuple[int, int]] = set()
    waiting = set(reports)
    while waiting:
        reached |= waiting
        found: set[int] = set()
        for some in chunks(sorted(waiting)):
            for column in (t.copy_pair.c.one, t.copy_pair.c.other):
                query = sa.select(t.copy_pair.c.one, t.copy_pair.c.other).where(column.in_(some))
                for row in connection.execute(query):
                    pairs.add((row.one, row.other))
                    found |= {row.one, row.other}
        waiting = found - reached
    return list(grouped(pairs))


def _with_sources(told: Sequence[Told], copies: Sequence[frozenset[int]]) -> list[Told]:
    """The accounts with their independent sources: a name for each set of accounts that share one."""
    own = {one.key: _own_source(one) for one in told}
    group_of = {number: index for index, group in enumerate(copies) for number in group}
    names: dict[int | str, str] = {}
    for one in sorted(told, key=_published):
        group = group_of.get(one.report.number)
        if group is not None:
            is_agency = one.report.credit is not None
            if group not in names or (is_agency and agency_named(names[group]) is None):
                names[group] = own[one.key]
    # What copies share goes before what the outlet is called: its other accounts stay its own.
    return [
        replace(
            one,
            report=replace(one.report, source=names.get(group_of.get(one.report.number, -1), own[one.key])),
        )
        for one in told
    ]


def _own_source(told: Told) -> str:
    return told.report.credit or _quoted(told) or told.report.publisher or told.report.name


def _quoted(told: Told) -> str | None:
    """The agency that alone speaks for an account, None where the outlet or others speak too."""
    speakers = {claim.speaker.name or claim.speaker.affiliation or "" for _, claim in told.claims}
    agencies = {agency_named(speaker) for speaker in speakers}
    return agencies.pop() if len(agencies) == 1 else None


def _in_order(told: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(told, key=_published))


def _published(told: Told) -> tuple[str, str, str]:
    """By publication, then by content: the order in which reports arrived makes no difference."""
    day = told.report.published_on
    return (day.isoformat() if day else "9999", told.report.hash, told.key)
