"""The casebook, as the rest of Casus uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Self

import sqlalchemy as sa

from casus.casebook import deciding, progress, states
from casus.casebook import schema as t
from casus.casebook.browsing.browser import Browser
from casus.casebook.chunks import chunks
from casus.casebook.comparing import Aspect, compare
from casus.casebook.copies import grouped
from casus.casebook.dossiers import Dossier, find_dossiers, readers_of
from casus.casebook.feeds import Feeds
from casus.casebook.filing import Sourced, file_readings, hash_of, known_hashes
from casus.casebook.jobs import Jobs
from casus.casebook.known import Beside, beside, events_told_by, heads_of
from casus.casebook.linking import Accounts, FeatureStore, link_pending
from casus.casebook.matching import Comparison, compare_events
from casus.casebook.pacts.register import Agreements
from casus.casebook.people.people import People
from casus.casebook.records import Decision, Event, EventFilter, Ingested, NewDecision, ReportHead, Told
from casus.casebook.reference import (
    ReferenceEvent,
    ReferenceFormat,
    ReferenceSet,
    drop_reference,
    load_reference,
    reference_events,
    reference_named,
    references,
)
from casus.casebook.store import Store
from casus.casebook.tellings import accounts_of, copies_among, events_told_in, report_heads
from casus.casebook.views import Views
from casus.casebook.withholding import Withheld, withheld_names
from casus.errors import NotInCasebook
from casus.model import Reading, Report
from casus.settings import Settings

_BATCH = 128
_SETTLED_AT_ONCE = 150_000


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Casebook:
    """One record from many reports.  Use `open`; `clock` gives the times that are noted."""

    store: Store
    clock: Callable[[], datetime] = _now
    _features: FeatureStore = field(default_factory=FeatureStore)
    _people: People | None = None
    browse: Browser = field(init=False)  # what pages look up
    views: Views = field(init=False)  # what people saved to look at again

    def __post_init__(self) -> None:
        """Set up the façades."""
        self.browse = Browser(self.store)
        self.views = Views(self.store, lambda: self.clock())  # noqa: PLW0108 - the clock may be set later

    @classmethod
    def open(cls, url: str = Settings().casebook, *, is_new_allowed: bool = True) -> Casebook:
        """The casebook at `url` (sqlite:///FILE or postgresql://HOST/DATABASE), made where there is none.

        Raises `CasebookError` where it can't be opened.
        """
        book = cls(Store.open(url, is_new_allowed=is_new_allowed))
        if book.store.was_upgraded:
            with book.store.writes() as connection:
                states.refresh_states(connection, states.all_events(connection), book.clock())
        return book

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    @property
    def people(self) -> People:
        """Who works on the casebook: accounts, sessions, tokens, the audit log."""
        if self._people is None:
            self._people = People(self.store, self._now)
        return self._people

    def _now(self) -> datetime:
        return self.clock()  # whichever clock it has by then

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What servers do

    @property
    def jobs(self) -> Jobs:
        """Long work that servers do on the casebook."""
        return Jobs(self.store, self.clock)

    @property
    def feeds(self) -> Feeds:
        """Feeds that servers take in now and then."""
        return Feeds(self.store, self.clock)

    def beside(self, report: Report) -> Beside:
        """Whether the casebook has a report already, and the copies of its text that it has."""
        with self.store.reads() as connection:
            return beside(connection, report)

    def heads_of(self, hashes: Sequence[str]) -> Mapping[str, ReportHead]:
        """The reports with some hashes, without their texts."""
        with self.store.reads() as connection:
            return heads_of(connection, hashes)

    def events_told_by(self, hashes: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """The events that reports tell of, by the reports' hashes."""
        with self.store.reads() as connection:
            return events_told_by(connection, hashes)

    @property
    def agreements(self) -> Agreements:
        """What people enter in the register of agreements and decide about it."""
        return Agreements(self.store, self._now)

    # Taking in

    def unread(self, reports: Sequence[Report], reader: str | None) -> list[Report]:
        """Those of some reports that `reader`, or with None any, has not read for this casebook."""
        with self.store.reads() as connection:
            known = known_hashes(connection, [hash_of(report) for report in reports], reader)
        return [report for report in reports if hash_of(report) not in known]

    def ingest(self, sourced: Iterable[tuple[str, Reading]], *, links: bool = True) -> Ingested:
        """File readings, each with where its report was found, and link them unless told not to.

        Each batch is filed and linked in one transaction, so that a run that was stopped
        leaves whole reports only, and the next goes on from there.
        """
        total = Ingested()
        for batch in chunks((Sourced(origin, reading) for origin, reading in sourced), _BATCH):
            total = added(total, self.ingest_batch(batch, links=links))
        return total

    def ingest_batch(self, batch: Sequence[Sourced], *, links: bool = True) -> Ingested:
        """File and link some readings in one transaction."""
        now = self.clock()
        with self.store.writes() as connection:
            account = file_readings(connection, batch, now)
            if links:
                linked = link_pending(connection, now, self._features)
                states.refresh_states(connection, linked.events, now)
        return account

    def kept(self, source: str) -> Mapping[str, Any] | None:
        """How far a source was taken in, as `keep` noted it; None where it did not."""
        with self.store.reads() as connection:
            return progress.kept(connection, source)

    def keep(self, values: Mapping[str, Mapping[str, Any]]) -> None:
        """Note how far each source was taken in, to go on from there."""
        with self.store.writes() as connection:
            progress.keep(connection, values, self.clock())

    def link(self) -> int:
        """Link all accounts that are not linked yet; gives their number."""
        total = 0
        while True:
            now = self.clock()
            with self.store.writes() as connection:
                linked = link_pending(connection, now, self._features, most=_SETTLED_AT_ONCE)
                states.refresh_states(connection, linked.events, now)
            total += linked.accounts
            if not linked.accounts:
                return total

    def rebuild(self) -> int:
        """Link everything anew from the accounts and decisions; gives the number of accounts."""
        with self.store.writes() as connection:
            connection.execute(sa.delete(t.pair))
            connection.execute(sa.delete(t.pending))
            current = sa.select(t.reported_event.c.key).where(t.reported_event.c.ended_at.is_(None))
            connection.execute(sa.insert(t.pending).from_select(["key"], current))
            now = self.clock()
            linked = link_pending(connection, now, self._features)
            states.refresh_states(connection, linked.events, now)
            states.drop_orphans(connection)
        return linked.accounts

    # Looking up

    def events(self, wanted: EventFilter | None = None) -> Iterator[Event]:
        """The events that a filter means, by day; all but rejected ones without a filter."""
        with self.store.reads() as connection:
            yield from states.find_events(connection, wanted or EventFilter())

    def dossiers(
        self, wanted: EventFilter | None = None, *, with_accounts: bool = True, with_quotes: bool = True
    ) -> Iterator[Dossier]:
        """The same events with their accounts and the words of their claims, for exports."""
        with self.store.reads() as connection:
            yield from find_dossiers(
                connection, wanted or EventFilter(), with_accounts=with_accounts, with_quotes=with_quotes
            )

    def withheld(self) -> Withheld:
        """All names that decisions in force withhold."""
        with self.store.reads() as connection:
            return withheld_names(connection)

    def readers(self) -> tuple[str, ...]:
        """The readers, with their versions, whose readings are in the casebook."""
        with self.store.reads() as connection:
            return readers_of(connection)

    def count(self, wanted: EventFilter | None = None) -> int:
        """How many events a filter means."""
        with self.store.reads() as connection:
            return states.count_events(connection, wanted or EventFilter())

    def event(self, event_id: str) -> Event:
        """An event by its id, or by the beginning of it where that is unambiguous.

        An id that was merged into another gives that other.  Raises `NotInCasebook`.
        """
        with self.store.reads() as connection:
            found = deciding.event_id_of(connection, event_id)
            return next(states.find_events(connection, EventFilter(ids=(found,), includes_rejected=True)))

    def told(self, event_id: str) -> tuple[Told, ...]:
        """The accounts that make up an event, in the order of publication; raises `NotInCasebook`."""
        with self.store.reads() as connection:
            found = deciding.event_id_of(connection, event_id)
            return accounts_of(connection, [found])[found]

    def heads(self) -> Iterator[ReportHead]:
        """All reports, without their texts, in the order in which they came."""
        with self.store.reads() as connection:
            yield from report_heads(connection)

    def copies(self) -> tuple[tuple[int, ...], ...]:
        """The groups of reports that are copies of one text, by their numbers."""
        with self.store.reads() as connection:
            pairs = connection.execute(sa.select(t.copy_pair.c.one, t.copy_pair.c.other)).all()
        return tuple(sorted(tuple(sorted(group)) for group in grouped((row.one, row.other) for row in pairs)))

    def copies_among(self, reports: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """The groups of copies, by numbers, that some reports belong to; copies elsewhere are in them."""
        with self.store.reads() as connection:
            return tuple(sorted(tuple(sorted(group)) for group in copies_among(connection, reports)))

    def told_in(self, report: int) -> tuple[tuple[str, Told], ...]:
        """The accounts of a report (by its number) as linking and people have them, each with its event."""
        with self.store.reads() as connection:
            events = events_told_in(connection, report)
            told = accounts_of(connection, events)
        found = [(event, one) for event in events for one in told[event] if one.report.number == report]
        return tuple(sorted(found, key=lambda pair: int(pair[1].key.rpartition(".")[2])))

    def texts(self, reports: Iterable[int]) -> Mapping[int, str]:
        """The texts of some reports by their numbers."""
        texts: dict[int, str] = {}
        with self.store.reads() as connection:
            for some in chunks(sorted(set(reports))):
                query = sa.select(t.report.c.number, t.report.c.text).where(t.report.c.number.in_(some))
                texts |= {row.number: row.text for row in connection.execute(query)}
        return texts

    def explain(self, one: str, other: str) -> tuple[Aspect, ...]:
        """What speaks for and against two reported events' being one event, by their keys."""
        with self.store.reads() as connection:
            accounts = Accounts(connection)
            accounts.load([one, other])
            for key in (one, other):
                if not accounts.has(key):
                    raise NotInCasebook(f"{key}: no reported event with this key: see 'casus show EVENT'")
            return compare(accounts.get(one), accounts.get(other))

    # Deciding

    def decide(self, event_id: str, new: NewDecision, expected_revision: int | None = None) -> Event:
        """Note a decision about an event, and give the event as it then is.

        Raises `CasebookError` where it can't be made, `NotInCasebook` for unknown ids, and
        `StaleRecord` where the event's revision is another than the one that is expected.
        """
        return self.decide_all(event_id, [new], expected_revision)

    def decide_all(
        self, event_id: str, news: Sequence[NewDecision], expected_revision: int | None = None
    ) -> Event:
        """Note several decisions about an event, all of them or none; see `decide`."""
        with self.store.writes() as connection:
            now = self.clock()
            found = deciding.event_id_of(connection, event_id)
            states.require_revision(connection, found, expected_revision)
            for new in news:
                found, changed = deciding.decide(connection, found, new, now)
                states.refresh_states(connection, changed, now)
        return self.event(found)

    def decide_many(self, event_ids: Sequence[str], new: NewDecision) -> tuple[str, ...]:
        """Note the same decision about each of several events, all of them or none; gives their ids."""
        with self.store.writes() as connection:
            now = self.clock()
            found = tuple(dict.fromkeys(deciding.event_id_of(connection, one) for one in event_ids))
            changed = dict.fromkeys(
                event for one in found for event in deciding.decide(connection, one, new, now)[1]
            )
            states.refresh_states(connection, tuple(changed), now)
        return found

    def withdraw(
        self, number: int, *, by: str, reason: str, expected_revision: int | None = None
    ) -> Decision:
        """Take a decision back; it stays in the history.

        Raises `NotInCasebook`, and `StaleRecord` where no event that it is about has the revision
        that is expected.
        """
        with self.store.writes() as connection:
            now = self.clock()
            if expected_revision is not None:
                states.require_revision_of_one(
                    connection, deciding.events_about(connection, number), expected_revision
                )
            decision, changed = deciding.withdraw(connection, number, by=by, reason=reason, now=now)
            states.refresh_states(connection, changed, now)
        return decision

    def decisions(self, event_id: str) -> tuple[Decision, ...]:
        """All decisions about an event, those taken back among them, in their order."""
        with self.store.reads() as connection:
            found = deciding.event_id_of(connection, event_id)
            keys = [told.key for told in accounts_of(connection, [found])[found]]
            return deciding.all_about(connection, keys)

    def decision(self, number: int) -> Decision:
        """A decision by its number; raises `NotInCasebook`."""
        with self.store.reads() as connection:
            return deciding.one(connection, number)

    def latest_decisions(
        self, *, by: str | None = None, before: int | None = None, limit: int = 50
    ) -> tuple[Decision, ...]:
        """The latest decisions about all events, the last first."""
        with self.store.reads() as connection:
            return deciding.latest(connection, by=by, before=before, limit=limit)

    # Comparing with what others coded

    def load_reference(
        self,
        name: str,
        reference_format: ReferenceFormat,
        events: Iterable[ReferenceEvent],
        *,
        description: str = "",
        replaces: bool = False,
    ) -> int:
        """File a reference data set, apart from the casebook's own events; gives its number of events.

        All of it is filed or nothing.  Raises `CasebookError` where the name is taken and
        `replaces` does not say that the earlier set is to go.
        """
        with self.store.writes() as connection:
            return load_reference(
                connection,
                name,
                reference_format,
                events,
                description=description,
                replaces=replaces,
                now=self.clock(),
            )

    def references(self) -> tuple[ReferenceSet, ...]:
        """The reference data sets that are loaded."""
        with self.store.reads() as connection:
            return references(connection)

    def drop_reference(self, name: str) -> None:
        """Forget a reference data set; raises `NotInCasebook`."""
        with self.store.writes() as connection:
            drop_reference(connection, name)

    def compare_with(self, name: str, wanted: EventFilter | None = None) -> Comparison:
        """Which events a reference data set has too, and what only one side has.

        Of the filter, days and country hold for both sides, the rest for the casebook's own
        events.  Raises `NotInCasebook`.
        """
        wanted = wanted or EventFilter()
        with self.store.reads() as connection:
            reference = reference_named(connection, name)
            return compare_events(
                reference,
                states.find_events(connection, wanted),
                reference_events(connection, reference.number, wanted),
            )


def added(one: Ingested, other: Ingested) -> Ingested:
    """Two accounts in one."""
    return Ingested(*(getattr(one, f.name) + getattr(other, f.name) for f in fields(Ingested)))
