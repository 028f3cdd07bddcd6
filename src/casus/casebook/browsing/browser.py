"""What pages and the REST API look up in a casebook, as one façade."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing import overview, paging
from casus.casebook.browsing.caching import Answers
from casus.casebook.browsing.ordering import keys_of
from casus.casebook.browsing.records import (
    Box,
    EventOrder,
    EventPage,
    EventRow,
    Facets,
    MapCell,
    Neighbours,
    Period,
    TimeUnit,
    Totals,
)
from casus.casebook.browsing.timeline import timeline_of
from casus.casebook.records import EventFilter, Grade
from casus.casebook.states import count_events, last_revision
from casus.casebook.store import Store
from casus.casebook.withholding import Withheld, withheld_names
from casus.model import EventType

_ALL = EventFilter()


@dataclass(slots=True)
class Browser:
    """Looks things up; what takes long is kept until an event changes."""

    store: Store
    _answers: Answers = field(default_factory=Answers)

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
            revision = last_revision(connection)
            total = self._count(connection, wanted, revision)
            keys = keys_of(order, descending=descending)
            ids = paging.ids_of_page(connection, wanted, keys, (max(0, offset), limit, total))
            rows = paging.rows_of(connection, ids, self._withheld(connection, revision))
        return EventPage(rows, total, revision)

    def row(self, event_id: str) -> EventRow | None:
        """The row of one event, by its whole id; None where the casebook has none."""
        with self.store.reads() as connection:
            withheld = self._withheld(connection, last_revision(connection))
            return next(iter(paging.rows_of(connection, [event_id], withheld)), None)

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
            total = self._count(connection, wanted, last_revision(connection))
            keys = keys_of(order, descending=descending)
            return paging.neighbours_of(connection, event_id, wanted, keys, total)

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

    # Sums

    def totals(self, wanted: EventFilter = _ALL) -> Totals:
        """What the events that a filter means come to."""
        with self.store.reads() as connection:
            return overview.totals_of(self._groups(connection, wanted))

    def timeline(self, wanted: EventFilter = _ALL, unit: TimeUnit | None = None) -> tuple[Period, ...]:
        """The events over time, without gaps; in units that suit where none is asked for."""
        with self.store.reads() as connection:
            revision = last_revision(connection)
            return self._answers.get(
                ("timeline", wanted, unit), revision, lambda: timeline_of(connection, wanted, unit)
            )

    def map_cells(
        self, wanted: EventFilter = _ALL, cell_degrees: float = 1.0, box: Box | None = None
    ) -> tuple[MapCell, ...]:
        """The events on a map, those near each other together; within a box where one is given."""
        with self.store.reads() as connection:
            return self._answers.get(
                ("map", wanted, cell_degrees, box),
                last_revision(connection),
                lambda: overview.cells_of(connection, wanted, cell_degrees, box),
            )

    def facets(self, wanted: EventFilter = _ALL) -> Facets:
        """What each filter can be set to while the others stay as they are."""
        with self.store.reads() as connection:
            revision = last_revision(connection)
            anywhere = self._groups(connection, replace(wanted, country=None, adm1=None))
            units = self._answers.get(
                ("units", wanted),
                revision,
                lambda: (
                    overview.counts_by(connection, t.event_state.c.adm1, replace(wanted, adm1=None))
                    if wanted.country
                    else ()
                ),
            )
            assignees = self._answers.get(
                ("assignees", wanted),
                revision,
                lambda: overview.counts_by(
                    connection, t.event_state.c.assignee, replace(wanted, assignee=None, is_assigned=None)
                ),
            )
            return Facets(
                tuple(pair for pair in overview.counted(anywhere, lambda one: one.country) if pair[0]),
                units,
                overview.counted(
                    self._groups(connection, replace(wanted, event_type=None)),
                    lambda one: EventType(one.event_type),
                ),
                overview.counted(
                    self._groups(connection, replace(wanted, grade=None)), lambda one: Grade(one.grade)
                ),
                assignees,
            )

    # What is kept

    def _count(self, connection: Connection, wanted: EventFilter, revision: int) -> int:
        return self._answers.get(("count", wanted), revision, lambda: count_events(connection, wanted))

    def _groups(self, connection: Connection, wanted: EventFilter) -> tuple[overview.Group, ...]:
        revision = last_revision(connection)
        return self._answers.get(("groups", wanted), revision, lambda: overview.groups_of(connection, wanted))

    def _withheld(self, connection: Connection, revision: int) -> Withheld:
        return self._answers.get("withheld", revision, lambda: withheld_names(connection))
