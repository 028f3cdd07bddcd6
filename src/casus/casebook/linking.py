"""Reported events are linked to events, as they come or all at once.

For each account that is new the candidates are looked up: near in time, of the same
country, and of the same place where the time is vague.  Pairs that speak for one event are
kept.  The accounts that such pairs tie together, straight or through others, are then
clustered anew, so that linking one report gives what linking everything again would give.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise, product

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.clustering import Bound, Pair, clusters_of, ordered
from casus.casebook.coding import decoded_reported_event
from casus.casebook.comparing import weight_of
from casus.casebook.features import Features, features_of

SLACK_DAYS = 10
"""How far apart in time two accounts of one event may be put."""

WIDE_DAYS = 45
_WIDE = timedelta(days=WIDE_DAYS)
SAME_REPORT = -100.0
_MOST_KEPT = 50_000


class FeatureStore:
    """Features by key, kept from one transaction to the next with the readings that they are of."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, Features]] = {}

    def get(self, key: str, reading: int) -> Features | None:
        """The features of an account as a reading has it, None where they are not kept."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] == reading else None

    def put(self, key: str, reading: int, features: Features) -> None:
        """Keep features; all are dropped where there are too many."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[key] = reading, features


@dataclass(slots=True)
class Accounts:
    """The features of accounts as one transaction sees them, loaded as they are asked for."""

    connection: Connection
    store: FeatureStore = field(default_factory=FeatureStore)
    _known: dict[str, Features] = field(default_factory=dict)

    def load(self, keys: Iterable[str]) -> None:
        """Load several at once."""
        event = t.reported_event.c
        missing: list[str] = []
        for some in chunks(sorted({key for key in keys if key not in self._known})):
            query = sa.select(event.key, event.reading).where(event.key.in_(some), event.ended_at.is_(None))
            for key, reading in self.connection.execute(query):
                kept = self.store.get(key, reading)
                if kept is None:
                    missing.append(key)
                else:
                    self._known[key] = kept
        for some in chunks(missing):
            for row in self.connection.execute(_features_query().where(event.key.in_(some))):
                self._known[row.key] = features = _features(row)
                self.store.put(row.key, row.reading, features)

    def get(self, key: str) -> Features:
        """The features of an account that is there."""
        if key not in self._known:
            self.load([key])
        return self._known[key]

    def has(self, key: str) -> bool:
        """Whether there is an account with this key, among those loaded."""
        return key in self._known

    def weigh(self, one: str, other: str) -> float:
        """The evidence that two accounts are of one event; one report tells its events apart."""
        a, b = self.get(one), self.get(other)
        return SAME_REPORT if a.report == b.report else weight_of(a, b)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking changed: how many accounts it looked at, and the events whose accounts changed."""

    accounts: int
    events: tuple[str, ...]


def link_pending(
    connection: Connection, now: datetime, store: FeatureStore, most: int | None = None
) -> Linked:
    """Link the accounts that are pending, `most` of them; the states of the events are left to compute."""
    query = sa.select(t.pending.c.key).order_by(t.pending.c.key).limit(most)
    keys = list(connection.scalars(query))
    if not keys:
        return Linked(0, ())
    accounts = Accounts(connection, store)
    current = set(_current(connection, keys))
    accounts.load(current)
    _forget_pairs(connection, keys)
    _file_pairs(connection, accounts, sorted(current))
    changed = _relink(connection, accounts, keys, now)
    for some in chunks(keys):
        connection.execute(sa.delete(t.pending).where(t.pending.c.key.in_(some)))
    return Linked(len(keys), changed)


def relink(connection: Connection, keys: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Cluster anew the accounts that hang together with `keys`; gives the events that changed."""
    return _relink(connection, Accounts(connection), keys, now)


def _features_query() -> sa.Select[tuple[object, ...]]:
    event = t.reported_event
    return (
        sa.select(
            event.c.key,
            event.c.reading,
            event.c.report,
            event.c.record,
            event.c.words,
            t.report.c.published_on,
        )
        .join(t.report, t.report.c.number == event.c.report)
        .where(event.c.ended_at.is_(None))
    )


def _features(row: sa.Row[tuple[object, ...]]) -> Features:
    return features_of(row.key, row.report, row.published_on, decoded_reported_event(row.record), row.words)


def _current(connection: Connection, keys: Iterable[str]) -> Iterator[str]:
    event = t.reported_event
    for some in chunks(sorted(keys)):
        query = sa.select(event.c.key).where(event.c.key.in_(some), event.c.ended_at.is_(None))
        yield from connection.scalars(query)


def _forget_pairs(connection: Connection, keys: Sequence[str]) -> None:
    if connection.scalar(sa.select(t.pair.c.one).limit(1)) is None:
        return
    for some in chunks(sorted(keys)):
        connection.execute(sa.delete(t.pair).where(t.pair.c.one.in_(some)))
        connection.execute(sa.delete(t.pair).where(t.pair.c.other.in_(some)))


def _file_pairs(connection: Connection, accounts: Accounts, keys: Sequence[str]) -> None:
    """Compare each account with its candidates, once, and keep the pairs that speak for one event.

    No pair of these accounts is kept from before.
    """
    compared: set[Pair] = set()
    for some in chunks(keys):
        pairs = {
            ordered(key, other) for key in some for other in _candidates(connection, accounts.get(key))
        } - compared
        compared |= pairs
        accounts.load(key for pair in pairs for key in pair)
        weighed = ((pair, accounts.weigh(*pair)) for pair in sorted(pairs))
        rows = [
            {"one": one, "other": other, "weight": weight} for (one, other), weight in weighed if weight > 0
        ]
        if rows:
            connection.execute(sa.insert(t.pair), rows)


def _candidates(connection: Connection, account: Features) -> list[str]:
    """The keys of the accounts, in other reports, that may be of the same event."""
    days = (account.last - account.first).days if account.first and account.last else None
    is_wide = days is None or days > WIDE_DAYS
    if is_wide and account.place is None:
        return []
    slack = timedelta(days=SLACK_DAYS)
    first = (account.first or date.min + slack) - slack
    values = {
        "report": account.report,
        "country": account.country,
        "place": account.place,
        "first": first,
        "last": (account.last or date.max - slack) + slack,
        "early": max(first, date.min + _WIDE) - _WIDE,
    }
    queries = _AT_PLACE if is_wide else _THEN
    return list(connection.scalars(queries[account.country is not None], values))


def _candidate_queries() -> tuple[dict[bool, sa.CompoundSelect[tuple[str]]], ...]:
    """Accounts at a place and in a time, with a country or without; made once, being used often.

    Each part of a union asks for what an index has: a country and a short time, or a
    country and a place.  Accounts whose own time is long count only at the same place.
    """
    event = t.reported_event.c
    country, place = sa.bindparam("country", type_=sa.String), sa.bindparam("place", type_=sa.String)
    last, first = sa.bindparam("last", type_=sa.Date), sa.bindparam("first", type_=sa.Date)
    early = sa.bindparam("early", type_=sa.Date)
    query = sa.select(event.key).where(event.ended_at.is_(None), event.report != sa.bindparam("report"))
    is_then = sa.and_(event.first.between(early, last), event.last >= first)
    is_there = sa.and_(
        event.place == place, sa.or_(event.first.is_(None), sa.and_(event.first <= last, event.last >= first))
    )
    at_home, homeless = event.country == country, event.country.is_(None)
    return (
        {
            True: sa.union(query.where(at_home, is_there), query.where(homeless, is_there)),
            False: sa.union(query.where(is_there)),
        },
        {
            True: sa.union(
                *(query.where(where, when) for where in (at_home, homeless) for when in (is_then, is_there))
            ),
            False: sa.union(query.where(is_then), query.where(is_there)),
        },
    )


_AT_PLACE, _THEN = _candidate_queries()


def _relink(
    connection: Connection, accounts: Accounts, keys: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Cluster the accounts that hang together with `keys`; gives the events that changed."""
    bound = _bound(connection)
    weights, together = _reach(connection, keys, bound)
    members = sorted(_current(connection, together))
    accounts.load(members)
    event_of = {
        key: _first_of(group, accounts)
        for group in _groups(members, weights, accounts, bound)
        for key in group
    }
    return _write_links(connection, together, event_of, now)


def _groups(
    members: Sequence[str], weights: Mapping[Pair, float], accounts: Accounts, bound: Bound
) -> Iterator[frozenset[str]]:
    """The clusters of each part that hangs together."""
    for part, part_weights in _parts(members, weights, bound):
        yield from clusters_of(part, part_weights, accounts.weigh, bound)


def _parts(
    members: Sequence[str], weights: Mapping[Pair, float], bound: Bound
) -> Iterator[tuple[list[str], dict[Pair, float]]]:
    there = set(members)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in (*weights, *bound.together):
        if one in there and other in there:
            beside[one].add(other)
            beside[other].add(one)
    seen: set[str] = set()
    for start in members:
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            key = waiting.pop()
            part.append(key)
            fresh = beside[key] - seen
            seen |= fresh
            waiting += fresh
        inside = {
            ordered(key, other): weights[ordered(key, other)]
            for key in part
            for other in beside[key]
            if ordered(key, other) in weights
        }
        yield sorted(part), inside


def _reach(connection: Connection, keys: Iterable[str], bound: Bound) -> tuple[dict[Pair, float], set[str]]:
    """All keys that hang together with some, by pairs, present links or decisions, and those pairs."""
    decided: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in bound.together:
        decided[one].add(other)
        decided[other].add(one)
    weights: dict[Pair, float] = {}
    reached: set[str] = set()
    waiting = set(keys)
    while waiting:
        reached |= waiting
        found: set[str] = set()
        for some in chunks(sorted(waiting)):
            found |= _linked_with(connection, some)
            found.update(*(decided[key] for key in some))
            for column in (t.pair.c.one, t.pair.c.other):
                for row in connection.execute(sa.select(t.pair).where(column.in_(some))):
                    weights[row.one, row.other] = row.weight
                    found |= {row.one, row.other}
        waiting = found - reached
    return weights, reached


def _linked_with(connection: Connection, keys: Sequence[str]) -> set[str]:
    events = sa.select(t.link.c.event).where(t.link.c.key.in_(keys), t.link.c.until.is_(None))
    query = sa.select(t.link.c.key).where(t.link.c.event.in_(events), t.link.c.until.is_(None))
    return set(connection.scalars(query))


def _bound(connection: Connection) -> Bound:
    """What decisions that hold say on which accounts are one event."""
    together: set[Pair] = set()
    apart: set[Pair] = set()
    query = (
        sa.select(t.decision)
        .where(t.decision.c.withdrawn_at.is_(None), t.decision.c.kind.in_(("merge", "split")))
        .order_by(t.decision.c.number)
    )
    for row in connection.execute(query):
        if row.kind == "merge":
            apart -= {ordered(one, other) for one, other in combinations(row.keys, 2)}
            together |= {ordered(one, other) for one, other in pairwise(row.keys)}
        else:
            parted = {ordered(one, other) for one, other in product(row.keys, row.value)}
            together -= parted
            apart |= parted
    return Bound(frozenset(together), frozenset(apart))


def decided_apart(connection: Connection) -> frozenset[Pair]:
    """The pairs of accounts that people decided are of different events."""
    return _bound(connection).apart


def _first_of(group: Iterable[str], accounts: Accounts) -> str:
    """The account that came first, after which the event is named."""
    return min(group, key=lambda key: (accounts.get(key).report, int(key.rpartition(".")[2])))


def _write_links(
    connection: Connection, keys: Iterable[str], event_of: Mapping[str, str], now: datetime
) -> tuple[str, ...]:
    """End the links that no longer hold and add new ones; gives the ids of all events touched."""
    there: dict[str, str] = {}
    for some in chunks(sorted(keys)):
        query = sa.select(t.link.c.key, t.link.c.event).where(
            t.link.c.key.in_(some), t.link.c.until.is_(None)
        )
        there |= {row.key: row.event for row in connection.execute(query)}
    gone = sorted(key for key, event in there.items() if event_of.get(key) != event)
    new = {key: event for key, event in event_of.items() if there.get(key) != event}
    for some in chunks(gone):
        connection.execute(
            sa.update(t.link).where(t.link.c.key.in_(some), t.link.c.until.is_(None)).values(until=now)
        )
    _revive(connection, sorted(set(new.values())), now)
    if new:
        rows = [{"event": event, "key": key, "since": now} for key, event in sorted(new.items())]
        connection.execute(sa.insert(t.link), rows)
    successor = {there[key]: event_of[key] for key in gone if key in event_of}
    _end_empty(connection, sorted({there[key] for key in gone}), successor, now)
    return tuple(sorted({*there.values(), *event_of.values()}))


def _revive(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Make the events that are not there, and bring back those that had ended."""
    there: set[str] = set()
    for some in chunks(ids):
        there |= set(connection.scalars(sa.select(t.event.c.id).where(t.event.c.id.in_(some))))
        connection.execute(
            sa.update(t.event)
            .where(t.event.c.id.in_(some), t.event.c.ended_at.is_not(None))
            .values(ended_at=None, successor=None)
        )
    rows = [{"id": event_id, "created_at": now} for event_id in ids if event_id not in there]
    if rows:
        connection.execute(sa.insert(t.event), rows)


def _end_empty(
    connection: Connection, ids: Sequence[str], successor: Mapping[str, str], now: datetime
) -> None:
    """End the events that have no account left; `successor` says where their accounts went."""
    for event_id in ids:
        is_linked = sa.select(t.link.c.number).where(t.link.c.event == event_id, t.link.c.until.is_(None))
        if connection.scalar(is_linked.limit(1)) is None:
            connection.execute(
                sa.update(t.event)
                .where(t.event.c.id == event_id)
                .values(ended_at=now, successor=successor.get(event_id))
            )
