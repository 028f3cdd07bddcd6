"""Events with all that is told of them, a page at a time, for those who pass the record on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.records import Event, EventFilter, Told
from casus.casebook.states import find_events
from casus.casebook.tellings import accounts_of
from casus.casebook.withholding import names_near, withheld_names

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
            yield Dossier(
                event,
                accounts,
                {number: quotes[number] for one in accounts for number, _ in one.claims if number in quotes},
                names_near(event, withheld),
                withheld.everywhere,
            )


def readers_of(connection: Connection) -> tuple[str, ...]:
    """The readers, with their versions, whose readings the casebook rests on."""
    query = sa.select(t.reading.c.reader).where(t.reading.c.ended_at.is_(None)).distinct()
    return tuple(sorted(connection.scalars(query)))


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
