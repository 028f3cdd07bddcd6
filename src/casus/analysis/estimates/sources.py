"""Histories from a casebook: which events are told by which independent sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process

from casus.analysis.estimates.estimating import Stratum
from casus.analysis.estimates.groups import REST, ListGroup, checked
from casus.analysis.estimates.histories import CaptureHistories, Unit
from casus.analysis.estimates.results import Caution, CautionKind
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Floats, Numbers
from casus.casebook.browsing.tables import EventTable
from casus.casebook.features import folded_name
from casus.casebook.records import EventFilter
from casus.errors import NotAnswerable

MOST_SOURCES = 4
_UNKNOWN = "unknown"
SOURCES_CAUTION = Caution(
    CautionKind.SOURCES,
    "outlets read and copy one another, and tell of what is near and deadly first, so that they are hardly "
    "independent; two events that were linked wrongly lower the estimate, a link that was missed raises it",
)


class By(StrEnum):
    """What events of a casebook can be divided by."""

    COUNTRY = "country"
    ADM1 = "adm1"
    EVENT_TYPE = "event_type"
    YEAR = "year"


@dataclass(frozen=True, slots=True, eq=False)
class ListedEvents:
    """Events and the lists that tell of them: `is_on` is events x lists.

    `left_out` are the sources that are in no list, with how many events each tells of, the most first.
    """

    table: EventTable
    names: tuple[str, ...]
    is_on: Flags
    unit: Unit
    left_out: tuple[tuple[str, int], ...]

    def histories(self, rows: Flags | None = None) -> CaptureHistories:
        """The histories of all events, or of some; in deaths, those of events whose toll is known."""
        kept = np.ones(len(self.table), dtype=np.bool_) if rows is None else rows
        weights: Floats | None = None
        if self.unit is Unit.DEATHS:
            killed = self.table.numbers["killed_best"]
            kept = kept & (killed != MISSING)
            weights = killed[kept].astype(float)
        found = CaptureHistories.of_rows(self.names, self.is_on[kept], weights, self.unit)
        return replace(found, notes=tuple(self._notes()))

    def strata(self, by: By | str) -> tuple[Stratum, ...]:
        """The histories of each country, unit, type or year, in order; what is unknown is one, too."""
        words = np.array(self._words(By(by)), dtype=object)
        return tuple(Stratum(name, self.histories(words == name)) for name in sorted(set(words.tolist())))

    def _words(self, by: By) -> list[str]:
        if by is By.YEAR:
            days = self.table.numbers["start"].tolist()
            return [_UNKNOWN if day == MISSING else str(date.fromordinal(day).year) for day in days]
        return [word or _UNKNOWN for word in self.table.words[str(by)].all()]

    def _notes(self) -> Iterator[str]:
        if self.left_out:
            largest = ", ".join(f"{name} ({count:,})" for name, count in self.left_out[:3])
            words = "source is" if len(self.left_out) == 1 else "sources are"
            yield f"{len(self.left_out):,} {words} in no list, the largest: {largest}"


def listed_events(
    book: Casebook,
    wanted: EventFilter | None = None,
    lists: Sequence[ListGroup] = (),
    most: int = MOST_SOURCES,
    unit: Unit | str = Unit.EVENTS,
) -> ListedEvents:
    """The events that a filter means, by the lists that tell of them.

    Copies of one text are one source already.  Without `lists`, each of the `most` sources that
    tell of most events is a list.  Raises `NotAnswerable` where there are no such events or
    sources.
    """
    table = book.browse.table(EventFilter() if wanted is None else wanted)
    if not len(table):
        raise NotAnswerable("there are no such events")
    told = book.browse.independent_sources(table)
    counts = np.bincount(told.source.codes, minlength=len(told.source.words))
    order = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code] and code]
    words = told.source.words
    groups = _filled(lists, [words[code] for code in order], most)
    is_on = np.zeros((len(table), len(groups)), dtype=np.bool_)
    listed: set[str] = set()
    for at, group in enumerate(groups):
        codes = [code for code in order if words[code] in group.members]
        listed.update(group.members)
        is_on[_events(told.event, told.source.codes, codes), at] = True
    left_out = tuple((words[code], int(counts[code])) for code in order if words[code] not in listed)
    return ListedEvents(table, tuple(group.name for group in groups), is_on, Unit(unit), left_out)


def histories_of_casebook(
    book: Casebook,
    wanted: EventFilter | None = None,
    lists: Sequence[ListGroup] = (),
    most: int = MOST_SOURCES,
    unit: Unit | str = Unit.EVENTS,
) -> CaptureHistories:
    """The histories of a casebook's events, or of deaths in them; see `listed_events`."""
    return listed_events(book, wanted, lists, most, unit).histories()


def strata_of_casebook(
    book: Casebook,
    by: By | str,
    wanted: EventFilter | None = None,
    lists: Sequence[ListGroup] = (),
    *,
    most: int = MOST_SOURCES,
    unit: Unit | str = Unit.EVENTS,
) -> tuple[Stratum, ...]:
    """The histories of each country, unit, type or year; the lists are the same in all."""
    return listed_events(book, wanted, lists, most, unit).strata(by)


def _events(event: Numbers, source: Numbers, codes: Sequence[int]) -> Numbers:
    return event[np.isin(source, np.array(codes, dtype=np.int64))]


def _filled(lists: Sequence[ListGroup], sources: Sequence[str], most: int) -> list[ListGroup]:
    """The lists with their sources as the casebook spells them."""
    if not lists:
        return [ListGroup(name, (name,)) for name in sources[:most]]
    checked(lists)
    spelled = {folded_name(name): name for name in reversed(sources)}
    found: list[ListGroup] = []
    for group in lists:
        members = []
        for member in group.members:
            name = REST if member == REST else spelled.get(folded_name(member))
            if name is None:
                near = process.extract(member, sources, scorer=fuzz.WRatio, limit=3, score_cutoff=70)
                told = f"; near it: {', '.join(one for one, _, _ in near)}" if near else ""
                raise NotAnswerable(f"no source of these events is called {member!r}{told}")
            members.append(name)
        found.append(ListGroup(group.name, tuple(members)))
    named = {member for group in found for member in group.members}
    rest = tuple(name for name in sources if name not in named)
    return [
        ListGroup(
            group.name, tuple(name for one in group.members for name in (rest if one == REST else (one,)))
        )
        for group in found
    ]
