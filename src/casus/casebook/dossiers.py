"""Events with all that is told of them, a page at a time, for those who pass the record on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.records import DecisionKind, Event, EventFilter, Told
from casus.casebook.states import find_events
from casus.casebook.tellings import accounts_of

_PAGE = 400


@dataclass(frozen=True, slots=True)
class Dossier:
    """An event, its accounts, and the words of their claims by the claims' numbers.

    `withheld` are names that people asked to keep back, of this event or of a report that
    tells of it; `withheld_elsewhere` full names withheld in other events of the casebook.
    """

    event: Event
    told: tuple[Told, ...] = ()
    quotes: Mapping[int, str] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    withheld_elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """The names that decisions withhold: full names, and all names by the report they are in."""

    everywhere: tuple[str, ...]
    by_report: Mapping[str, tuple[str, ...]]

    def of_keys(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names withheld in the reports that some reported events are from."""
        names = (self.by_report.get(report_of(key), ()) for key in keys)
        return tuple(sorted({name for some in names for name in some}))

    def of_report(self, report_hash: str) -> tuple[str, ...]:
        """The names withheld in the report of a hash."""
        keys = (some for key, some in self.by_report.items() if report_hash.startswith(key))
        return tuple(sorted({name for some in keys for name in some}))


def find_dossiers(
    connection: Connection, wanted: EventFilter, *, with_accounts: bool, with_quotes: bool
) -> Iterator[Dossier]:
    """The dossiers of the events that a filter means, by day; what is not asked for takes no time."""
    withheld = withheld_names(connection)
    for page in chunks(find_events(connection, wanted), _PAGE):
        told = accounts_of(connection, [event.id for event in page]) if with_accounts else {}
        quotes = _quotes(connection, told.values()) if with_quotes else {}
        for event in page:
            accounts = told.get(event.id, ())
            names = {*event.withheld, *withheld.of_keys(event.keys)}
            yield Dossier(
                event,
                accounts,
                {number: quotes[number] for one in accounts for number, _ in one.claims if number in quotes},
                tuple(sorted(names)),
                withheld.everywhere,
            )


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


def readers_of(connection: Connection) -> tuple[str, ...]:
    """The readers, with their versions, whose readings the casebook rests on."""
    query = sa.select(t.reading.c.reader).where(t.reading.c.ended_at.is_(None)).distinct()
    return tuple(sorted(connection.scalars(query)))


def report_of(key: str) -> str:
    """What the keys of one report's accounts begin with."""
    return key.rpartition(".")[0]


def _quotes(connection: Connection, told: Iterable[Sequence[Told]]) -> dict[int, str]:
    """The words of claims, cut from the texts of their reports."""
    spans: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for accounts in told:
        for one in accounts:
            for number, claim in one.claims:
                spans[one.report.number].append((number, claim.quote.start_char, claim.quote.end_char))
    quotes: dict[int, str] = {}
    for some in chunks(sorted(spans)):
        query = sa.select(t.report.c.number, t.report.c.text).where(t.report.c.number.in_(some))
        for row in connection.execute(query):
            quotes |= {number: row.text[start:end] for number, start, end in spans[row.number]}
    return quotes
