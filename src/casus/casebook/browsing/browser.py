"""What pages and the REST API look up in a casebook, as one façade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

import numpy as np
from sqlalchemy.engine import Connection

from casus.casebook.browsing import (
    actors,
    agreements,
    live,
    overview,
    paging,
    places,
    reports,
    sources,
    tables,
)
from casus.casebook.browsing.claims import ClaimRow, claims_after
from casus.casebook.browsing.columns import Columns, Flags, Panorama
from casus.casebook.browsing.masks import mask_of
from casus.casebook.browsing.ordering import in_order
from casus.casebook.browsing.reasons import near_of
from casus.casebook.browsing.records import (
    ActorOrder,
    ActorPage,
    ActorRow,
    AgreementPage,
    AgreementRecord,
    Box,
    Candidate,
    ChangedEvent,
    EventOrder,
    EventPage,
    EventRow,
    Facets,
    MapCell,
    Near,
    Neighbours,
    Period,
    PlaceOrder,
    PlacePage,
    PlaceRow,
    Pulse,
    ReportPage,
    ReportRecord,
    Sources,
    Standings,
    StatisticPage,
    StatisticRow,
    TimeUnit,
    Totals,
)
from casus.casebook.browsing.reports import ReportFilter
from casus.casebook.browsing.tables import (
    EventTable,
    Press,
    ReportRows,
    RoleRows,
    SourceRows,
    StandingRows,
    TollRows,
)
from casus.casebook.browsing.timeline import timeline_of
from casus.casebook.pacts.entries import Register
from casus.casebook.records import EventFilter, Grade, Role
from casus.casebook.store import Store
from casus.casebook.withholding import withheld_names
from casus.model import ClaimKind, EventType

Answer = TypeVar("Answer")
Row = TypeVar("Row")

_ALL = EventFilter()
_SMALL_SHARE = 0.4  # of the reports: looking up more takes as long as all
_ALL_REPORTS = ReportFilter()
_MOST_OF_PACT = agreements.MOST_EVENTS


@dataclass(slots=True)
class Browser:
    """Looks things up; the columns of all events are kept and follow what changes."""

    store: Store
    _panorama: Panorama = field(default_factory=Panorama)
    _cast: actors.Cast = field(default_factory=actors.Cast)
    _press: sources.Press = field(default_factory=sources.Press)
    _deals: agreements.Deals = field(default_factory=agreements.Deals)

    def warm(self) -> None:
        """Load what is kept in memory, so that who asks first need not wait for it."""
        with self.store.reads() as connection:
            self._panorama.at_present(connection)
        self.actors(limit=1)
        self.places(limit=1)
        self.sources()
        self.agreements(limit=1)

    def forget(self) -> None:
        """Drop the answers that are kept, as a change of any event does."""
        self._panorama.forget()

    # Events

    def page(
        self,
        wanted: EventFilter = _ALL,
        order: EventOrder = EventOrder.DAY,
        *,
        descending: bool = False,
        offset: int = 0,
        limit: int = 100,
    ) -> EventPage:
        """Some of the events that a filter means, in an order, and how many there are."""
        with self.store.reads() as connection:
            columns, meant = self._meant(connection, wanted)
            places = in_order(columns, order, descending=descending)
            found = places[meant[places]]
            ids = [columns.ids[at] for at in found[max(0, offset) : max(0, offset) + limit]]
            rows = paging.rows_of(connection, ids, withheld_names(connection))
        return EventPage(rows, len(found), columns.revision)

    def row(self, event_id: str) -> EventRow | None:
        """The row of one event, by its whole id; None where the casebook has none."""
        with self.store.reads() as connection:
            return next(iter(paging.rows_of(connection, [event_id], withheld_names(connection))), None)

    def neighbours(
        self,
        event_id: str,
        wanted: EventFilter = _ALL,
        order: EventOrder = EventOrder.PRESSING,
        *,
        descending: bool = False,
    ) -> Neighbours:
        """The events before and after one in an order, and its place among those that a filter means."""
        with self.store.reads() as connection:
            columns, meant = self._meant(connection, wanted)
        places = in_order(columns, order, descending=descending)
        return paging.neighbours_of(columns, event_id, meant, places)

    def next_waiting(
        self, after: str | None = None, wanted: EventFilter = _ALL, assignee: str | None = None
    ) -> str | None:
        """The next event that waits, the most pressing first, and from the last the first again.

        `assignee` asks for those given to somebody.  Where the event `after` does not wait any
        more, it is the first that waits.  None where nothing else waits.
        """
        wanted = replace(wanted, is_waiting=True, assignee=assignee or wanted.assignee)
        following = self.neighbours(after, wanted) if after is not None else None
        if following is not None and following.next is not None:
            return following.next
        first = self.page(wanted, EventOrder.PRESSING, limit=1).events
        return next((row.id for row in first if row.id != after), None)

    # Reports, and what ties accounts

    def report(self, given: str | int) -> ReportRecord | None:
        """A report by its number or hash, or by what its keys begin with; None where there is none."""
        with self.store.reads() as connection:
            return reports.report_of(connection, given)

    def reports(
        self,
        wanted: ReportFilter = _ALL_REPORTS,
        *,
        offset: int = 0,
        limit: int = 100,
    ) -> ReportPage:
        """Some of the reports that are asked for, the latest published first."""
        with self.store.reads() as connection:
            return reports.reports_of(connection, wanted, offset, limit)

    def claims(self, after: int = 0, limit: int = 100, kind: ClaimKind | None = None) -> tuple[ClaimRow, ...]:
        """Claims as they were read, by their numbers, those that follow one."""
        with self.store.reads() as connection:
            return claims_after(connection, after, limit, kind)

    def near(self, event_id: str) -> Near:
        """The events that may be the same as one, the nearest first, and what ties its own accounts."""
        with self.store.reads() as connection:
            return near_of(connection, event_id)

    # Lists of what is in the record

    def actors(
        self,
        text: str | None = None,
        role: Role | None = None,
        *,
        order: ActorOrder = ActorOrder.EVENTS,
        descending: bool = True,
        offset: int = 0,
        limit: int = 100,
        sees_withheld: bool = True,
    ) -> ActorPage:
        """Some of the actors that are asked for, those in most events first where nothing else is asked."""
        everybody = self._everybody(sees_withheld=sees_withheld)
        found = actors.actors_named(everybody, text, role, order, descending=descending)
        return ActorPage(_part(found, offset, limit), len(found))

    def actor(self, actor_id: str, *, sees_withheld: bool = True) -> ActorRow | None:
        """An actor by its key in the registry, or its name; None where no event names it."""
        return actors.actor_of(self._everybody(sees_withheld=sees_withheld), actor_id)

    def standings(self, actor_id: str, most: int = 1000, *, sees_withheld: bool = True) -> Standings:
        """How an actor comes to be named as perpetrator, in its latest events, `most` at most."""
        with self.store.reads() as connection:
            return self._kept(
                connection,
                ("standings", actor_id, most, sees_withheld),
                lambda _: actors.standings_of(connection, actor_id, most, sees_withheld=sees_withheld),
            )

    def places(
        self,
        text: str | None = None,
        country: str | None = None,
        *,
        order: PlaceOrder = PlaceOrder.EVENTS,
        descending: bool = True,
        offset: int = 0,
        limit: int = 100,
        sees_withheld: bool = True,
    ) -> PlacePage:
        """Some of the places of events, those of most events first where nothing else is asked."""
        everywhere = self._everywhere(sees_withheld=sees_withheld)
        found = places.places_named(everywhere, text, country, order, descending=descending)
        return PlacePage(_part(found, offset, limit), len(found))

    def place_countries(self, *, sees_withheld: bool = True) -> tuple[str, ...]:
        """The countries that places of events are in."""
        everywhere = self._everywhere(sees_withheld=sees_withheld)
        return tuple(sorted({row.country for row in everywhere if row.country}))

    def place(
        self, place_id: str, country: str | None = None, *, sees_withheld: bool = True
    ) -> tuple[PlaceRow, ...]:
        """A place by its number in GeoNames or its name: each country and unit that it is held to be in."""
        return places.place_of(self._everywhere(sees_withheld=sees_withheld), place_id, country)

    def candidates(self, name: str, country: str | None = None) -> tuple[Candidate, ...]:
        """What accounts took the name of a place for, and what it could have meant."""
        with self.store.reads() as connection:
            return places.candidates_of(connection, name, country)

    def agreements(
        self, text: str | None = None, *, offset: int = 0, limit: int = 100, is_rejected: bool = False
    ) -> AgreementPage:
        """Some of the agreements of the register, the latest first; `text` is a part of a name.

        Those that people rejected are left out, or are what is asked for.
        """
        register = self.register()
        found = agreements.agreements_named(register.rejected if is_rejected else register.rows, text)
        return AgreementPage(_part(found, offset, limit), len(found))

    def agreement(
        self,
        number: int,
        days: int = 90,
        *,
        sees_withheld: bool = True,
        most: int = _MOST_OF_PACT,
    ) -> AgreementRecord | None:
        """An agreement by a number, and the events of its parties so many days before and after.

        Of the events nearest to it `most` a side come as whole records, all of them as `acts`.
        """
        with self.store.reads() as connection:
            row = self._deals.at_present(connection).row_with(number)
            if row is None:
                return None
            return agreements.record_of(connection, row, days, sees_withheld=sees_withheld, most=most)

    def register(self) -> Register:
        """All agreements, with what people decided about them."""
        with self.store.reads() as connection:
            return self._deals.at_present(connection)

    def statistics(self, *, offset: int = 0, limit: int = 100) -> StatisticPage:
        """Some of the statistics that reports give, the latest published first."""
        with self.store.reads() as connection:
            return agreements.statistics_of(connection, offset, limit)

    def statistic(self, number: int) -> StatisticRow | None:
        """A statistic by its number; None where no current reading has it."""
        with self.store.reads() as connection:
            return agreements.statistic_with(connection, number)

    def sources(self) -> Sources:
        """The outlets, and who copies whom."""
        with self.store.reads() as connection:
            return self._kept(
                connection,
                ("sources", sources.last_report(connection)),
                lambda columns: self._press.sources(connection, columns),
            )

    def _everybody(self, *, sees_withheld: bool) -> tuple[ActorRow, ...]:
        with self.store.reads() as connection:
            return self._kept(
                connection,
                ("actors", sees_withheld),
                lambda columns: self._cast.all_actors(connection, columns, sees_withheld=sees_withheld),
            )

    def _everywhere(self, *, sees_withheld: bool) -> tuple[PlaceRow, ...]:
        with self.store.reads() as connection:
            return self._kept(
                connection,
                ("places", sees_withheld),
                lambda columns: places.all_places(columns, sees_withheld=sees_withheld),
            )

    # What changed

    def pulse(self) -> Pulse:
        """Numbers that go up when anything changes; quick enough to be asked for every second."""
        with self.store.reads() as connection:
            return live.pulse_of(connection)

    def changes(self, since_revision: int, limit: int = 200) -> tuple[ChangedEvent, ...]:
        """The events that changed after a revision, and whose decision was the latest about each."""
        with self.store.reads() as connection:
            return live.changes_since(connection, since_revision, limit)

    # Sums

    def totals(self, wanted: EventFilter = _ALL) -> Totals:
        """What the events that a filter means come to."""
        with self.store.reads() as connection:
            return overview.totals_of(*self._meant(connection, wanted))

    def timeline(self, wanted: EventFilter = _ALL, unit: TimeUnit | None = None) -> tuple[Period, ...]:
        """The events over time, without gaps; in units that suit where none is asked for."""
        with self.store.reads() as connection:
            return timeline_of(*self._meant(connection, wanted), unit)

    def map_cells(
        self, wanted: EventFilter = _ALL, cell_degrees: float = 1.0, box: Box | None = None
    ) -> tuple[MapCell, ...]:
        """The events on a map, those near each other together; within a box where one is given."""
        with self.store.reads() as connection:
            return overview.cells_of(*self._meant(connection, wanted), cell_degrees, box)

    def facets(self, wanted: EventFilter = _ALL) -> Facets:
        """What each filter can be set to while the others stay as they are."""
        with self.store.reads() as connection:

            def counts(column: str, asked: EventFilter) -> list[tuple[str, int]]:
                columns, meant = self._meant(connection, asked)
                return [pair for pair in overview.counts_by(columns, column, meant) if pair[0]]

            types = counts("event_type", replace(wanted, event_type=None))
            return Facets(
                tuple(counts("country", replace(wanted, country=None, adm1=None))),
                tuple(counts("adm1", replace(wanted, adm1=None))) if wanted.country else (),
                tuple((EventType(word), count) for word, count in types),
                tuple((Grade(word), count) for word, count in counts("grade", replace(wanted, grade=None))),
                tuple(counts("assignee", replace(wanted, assignee=None, is_assigned=None))),
            )

    # What analyses count

    def table(self, wanted: EventFilter = _ALL) -> EventTable:
        """The events that a filter means, as columns."""
        with self.store.reads() as connection:
            return tables.table_of(*self._meant(connection, wanted))

    def roles(self, wanted: EventFilter = _ALL) -> RoleRows:
        """Whom the events of `table` name, as perpetrator or target, beside its rows."""
        with self.store.reads() as connection:
            columns, meant = self._meant(connection, wanted)
            return tables.roles_of(connection, columns, self._cast, meant, sees_withheld=wanted.sees_withheld)

    def independent_sources(self, events: EventTable) -> SourceRows:
        """The independent sources of events."""
        with self.store.reads() as connection:
            return tables.sources_of(connection, events)

    def tolls(self, events: EventTable) -> TollRows:
        """The tolls of events, by harm and category."""
        with self.store.reads() as connection:
            return tables.tolls_of(connection, events)

    def standings_of_events(self, events: EventTable) -> StandingRows:
        """How the perpetrators of events come to be named."""
        with self.store.reads() as connection:
            return tables.standings_of_events(connection, events)

    def tellings(self, events: EventTable, between: tuple[date, date] | None = None) -> ReportRows:
        """The reports that tell of events; where days are given, at least all that were published then.

        Of many events they are picked from those of all, which are kept: looking these up takes
        long, so that of few days only those are looked up as long as all are not kept.
        """
        with self.store.reads() as connection:
            if len(events) <= tables.FEW:
                return tables.reports_of_events(connection, events)
            last = sources.last_report(connection)
            if (
                between is not None
                and ("tellings", last, None) not in self._panorama.at_present(connection).made
            ):
                reports, _ = sources.published_between(connection, *between)
                between = between if reports < _SMALL_SHARE * last else None
            else:
                between = None
            ids, told = self._kept(
                connection, ("tellings", last, between), partial(_all_told, connection, between)
            )
            return tables.told_of(events, ids, told)

    def press(self) -> Press:
        """How many reports each outlet published on each day."""
        with self.store.reads() as connection:
            return self._kept(
                connection, ("press", sources.last_report(connection)), lambda _: tables.press_of(connection)
            )

    def days_of_reports(self) -> tuple[date, date] | None:
        """The first and the last day on which a report was published; None where no report has a day."""
        with self.store.reads() as connection:
            return sources.days_of_reports(connection)

    def published_between(self, since: date, until: date) -> tuple[int, int]:
        """How many reports were published between two days, both included, and by how many outlets."""
        with self.store.reads() as connection:
            return sources.published_between(connection, since, until)

    def _kept(self, connection: Connection, question: object, ask: Callable[[Columns], Answer]) -> Answer:
        """An answer, worked out where it is not kept since the last change of an event."""
        columns = self._panorama.at_present(connection)
        answer: Answer | None = columns.made.get(question)
        if answer is None:
            answer = ask(columns)
            columns.keep(question, answer)
        return answer

    def _meant(self, connection: Connection, wanted: EventFilter) -> tuple[Columns, Flags]:
        """The columns of all events, and which of them a filter means."""
        columns = self._panorama.at_present(connection)
        return columns, mask_of(connection, columns, wanted, self._cast.events_of)


def _part(found: tuple[Row, ...], offset: int, limit: int) -> tuple[Row, ...]:
    return found[max(0, offset) : max(0, offset) + limit]


def _all_told(
    connection: Connection, between: tuple[date, date] | None, columns: Columns
) -> tuple[tuple[str, ...], ReportRows]:
    """The ids of all events, and the reports that tell of them, of some days or of all."""
    every = tables.table_of(columns, np.ones(len(columns.ids), dtype=np.bool_))
    return every.ids, tables.reports_of_events(connection, every, between)
