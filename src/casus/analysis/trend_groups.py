"""The events of a trend by country, unit, type, grade or actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from casus.analysis.counting import figures_of, in_all
from casus.analysis.trend_by import TrendBy
from casus.analysis.trend_results import TrendGroup
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import Numbers
from casus.casebook.browsing.tables import EventTable
from casus.casebook.records import EventFilter, Role

_ROLES = {TrendBy.PERPETRATOR: Role.PERPETRATOR, TrendBy.TARGET: Role.TARGET}
OTHERS = "others"
"""The group of all that are not told by themselves."""
NOT_KNOWN = "not known"
"""The group of events without a country, unit, type, grade or actor."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The largest groups, how many others there are, and what those come to."""

    groups: tuple[TrendGroup, ...] = ()
    other_groups: int = 0
    others: TrendGroup | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The rows of a table that a trend counts, in their order, and of each the period that it is in."""

    table: EventTable
    rows: Numbers
    cells: Numbers
    periods: int


@dataclass(frozen=True, slots=True, eq=False)
class _Members:
    """Which rows of the table are in which group; of events with several actors there are several."""

    rows: Numbers
    groups: Numbers
    names: tuple[str, ...]


def grouped(book: Casebook, wanted: EventFilter, placed: Placed, by: TrendBy, *, largest: int) -> Grouped:
    """The largest groups of the events of a trend; `wanted` is the filter that gave their table.

    An event with several perpetrators, or targets, counts with each; among the others once.
    """
    members = _members(book, wanted, placed, by)
    sizes = np.bincount(members.groups, minlength=len(members.names))
    order = sorted(
        np.flatnonzero(sizes).tolist(), key=lambda group: (-int(sizes[group]), members.names[group])
    )
    told, rest = order[:largest], order[largest:]
    groups = tuple(_group(placed, members.names[one], members.rows[members.groups == one]) for one in told)
    others = None
    if rest:
        beside = np.unique(members.rows[np.isin(members.groups, rest)])
        others = _group(placed, OTHERS, beside)
    return Grouped(groups, len(rest), others, tuple(_notes(members, by)))


def _members(book: Casebook, wanted: EventFilter, placed: Placed, by: TrendBy) -> _Members:
    table, rows = placed.table, placed.rows
    if by not in _ROLES:
        column = table.words[by]
        codes = column.codes[rows]
        if by is TrendBy.ADM1 and not wanted.sees_withheld:
            codes = np.where(table.flags["is_place_withheld"][rows], 0, codes)  # 0 is that of no unit
        return _Members(rows, codes, (NOT_KNOWN, *column.words[1:]))
    named = book.browse.roles(wanted)
    is_meant = np.zeros(len(table), dtype=np.bool_)
    is_meant[rows] = True
    meant = (named.role == list(Role).index(_ROLES[by])) & is_meant[named.event]
    # An actor goes by its key, and is told by the name that most of its events give it.
    events, actors = _pairs(named.event[meant], named.actor.codes[meant], len(named.actor.words))
    unnamed = np.setdiff1d(rows, events)
    return _Members(
        np.concatenate([events, unnamed]),
        np.concatenate([actors, np.zeros(len(unnamed), dtype=np.int64)]),
        _usual_names(named.actor.codes[meant], named.name.codes[meant], named.actor.words, named.name.words),
    )


def _usual_names(
    actors: Numbers, names: Numbers, keys: tuple[str, ...], words: tuple[str, ...]
) -> tuple[str, ...]:
    usual = [NOT_KNOWN, *keys[1:]]
    pairs, counts = np.unique(actors * len(words) + names, return_counts=True)
    for pair in pairs[np.argsort(counts, kind="stable")].tolist():  # the most frequent is written last
        actor, name = divmod(pair, len(words))
        usual[actor] = words[name] or usual[actor]
    return tuple(usual)


def _pairs(left: Numbers, right: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """The pairs that there are, each once; those on the right are below `size`."""
    there = np.unique(left * size + right)
    return there // size, there % size


def _group(placed: Placed, name: str, rows: Numbers) -> TrendGroup:
    cells = placed.cells[np.searchsorted(placed.rows, rows)]
    periods = figures_of(placed.table, rows, cells, placed.periods)
    return TrendGroup(name, in_all(periods), periods)


def _notes(members: _Members, by: TrendBy) -> Iterator[str]:
    several = len(members.rows) - len(np.unique(members.rows))
    if several:
        yield f"events with several {by}s count with each of them, {several} times more than there are events"
