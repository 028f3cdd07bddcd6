"""What pages and the REST API look up in a casebook, as one façade."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy.engine import Connection

from casus.casebook.browsing import overview, paging
from casus.casebook.browsing.columns import Columns, Flags, Panorama
from casus.casebook.browsing.masks import mask_of
from casus.casebook.browsing.ordering import in_order
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
from casus.casebook.store import Store
from casus.casebook.withholding import withheld_names
from casus.model import EventType

_ALL = EventFilter()


@dataclass(slots=True)
class Browser:
    """Looks things up; the columns of all events are kept and follow what changes."""

    store: Store
    _panorama: Panorama = field(default_factory=Panorama)

    def warm(self) -> None:
        """Load the columns, so that who asks first need not wait for them."""
        with self.store.reads() as connection:
            self._panorama.at_present(connection)

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

    def _meant(self, connection: Connection, wanted: EventFilter) -> tuple[Columns, Flags]:
        """The columns of all events, and which of them a filter means."""
        columns = self._panorama.at_present(connection)
        return columns, mask_of(connection, columns, wanted)
