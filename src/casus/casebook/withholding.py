"""The names that people asked to withhold, and where they may not be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.features import folded_name
from casus.casebook.records import DecisionKind, Event

_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Withheld:
    """The names that decisions withhold: full names, and all names by the report they are in."""

    everywhere: tuple[str, ...]
    by_report: Mapping[str, tuple[str, ...]]


def withheld_names(connection: Connection) -> Withheld:
    """All names that decisions in force withhold."""
    own, other = t.link.alias("own"), t.link.alias("other")
    query = (
        sa.select(t.decision.c.value, t.decision_key.c.key, other.c.key.label("beside"))
        .join(t.decision_key, t.decision_key.c.decision == t.decision.c.number)
        .outerjoin(own, sa.and_(own.c.key == t.decision_key.c.key, own.c.until.is_(None)))
        .outerjoin(other, sa.and_(other.c.event == own.c.event, other.c.until.is_(None)))
        .where(t.decision.c.kind == DecisionKind.WITHHOLD, t.decision.c.withdrawn_at.is_(None))
    )
    names: set[str] = set()
    by_report: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        name = str(row.value)
        names.add(name)
        for key in (row.key, row.beside):
            if key is not None:
                by_report[report_of(key)].add(name)
    full = sorted(name for name in names if len(re.findall(r"\w+", name)) > 1)
    return Withheld(tuple(full), {report: tuple(sorted(some)) for report, some in by_report.items()})


def report_of(key: str) -> str:
    """What the keys of one report's accounts begin with."""
    return key.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of an event's names is not to be found, by the rules by which exports leave names out.

    Full names are found nowhere.  Of names withheld in the event or in a report that tells of
    it, each word of three letters or more goes too, but from places and actors of the registry.
    """

    whole: frozenset[str] = frozenset()
    words: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, event: Event, withheld: Withheld) -> Hidden:
        """What is hidden of an event."""
        folded = {name for one in names_near(event, withheld) if (name := folded_name(one))}
        full = {name for one in withheld.everywhere if (name := folded_name(one))}
        parts = {word for name in folded for word in name.split() if len(word) >= _LEAST_LETTERS}
        return cls(frozenset(folded | full), frozenset(parts))

    def covers(self, folded: str, *, is_known: bool) -> bool:
        """Whether a folded name is hidden; `is_known` says that it is a place's, or in the registry."""
        if not self.whole:
            return False
        padded = f" {folded} "
        if any(f" {name} " in padded for name in self.whole):
            return True
        return not is_known and not self.words.isdisjoint(folded.split())


def names_near(event: Event, withheld: Withheld) -> tuple[str, ...]:
    """The names withheld in an event or in a report that tells of it."""
    by_report = (withheld.by_report.get(report_of(key), ()) for key in event.keys)
    return tuple(sorted({*event.withheld}.union(*by_report)))


def any_withheld(connection: Connection) -> bool:
    """Whether a name was ever withheld, even if that was taken back."""
    query = sa.select(t.decision.c.number).where(t.decision.c.kind == DecisionKind.WITHHOLD).limit(1)
    return connection.scalar(query) is not None


def events_naming(connection: Connection, names: Sequence[str]) -> set[str]:
    """The events in whose names one of some names stands."""
    found: set[str] = set()
    for name in names:
        folded = folded_name(name)
        if folded:
            column = t.event_state.c.names
            query = sa.select(t.event_state.c.event).where(column.contains(folded, autoescape=True))
            found |= set(connection.scalars(query))
    return found


def events_beside(connection: Connection, keys: Sequence[str]) -> set[str]:
    """The events that the reports of some accounts tell of."""
    own, beside = t.reported_event.alias("own"), t.reported_event.alias("beside")
    found: set[str] = set()
    for some in chunks(sorted(set(keys))):
        reports = sa.select(own.c.report).where(own.c.key.in_(some))
        others = sa.select(beside.c.key).where(beside.c.report.in_(reports), beside.c.ended_at.is_(None))
        query = sa.select(t.link.c.event).where(t.link.c.key.in_(others), t.link.c.until.is_(None))
        found |= set(connection.scalars(query))
    return found
