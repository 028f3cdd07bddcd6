"""Actors: whom events name, by their keys in the registry or their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.beside import Beside, Row, Rows
from casus.casebook.browsing.columns import MISSING, Columns, Flags, Numbers, Pool
from casus.casebook.browsing.overview import figures, known, summed
from casus.casebook.browsing.records import ActorOrder, ActorRow, Standings
from casus.casebook.features import folded_name
from casus.casebook.records import EventFilter, Role, Standing

_named = t.event_actor.c
_ROLES = tuple(Role)
_ACTOR, _ROLE, _NAME, _FOLDED, _COUNTRY, _IS_REGISTERED, _IS_WITHHELD = range(7)
_NEVER = 2**40


@dataclass(slots=True)
class Cast:
    """Whom all events name, kept beside their columns."""

    actors: Pool = field(default_factory=Pool)
    names: Pool = field(default_factory=Pool)
    folded: Pool = field(default_factory=Pool)
    countries: Pool = field(default_factory=Pool)
    rows: Beside = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Beside(self._ask, _IS_WITHHELD + 1)

    def all_actors(
        self, connection: Connection, columns: Columns, *, sees_withheld: bool
    ) -> tuple[ActorRow, ...]:
        """All actors, those in most events first."""
        rows = self.rows.at_present(connection, columns)
        meant = rows.at >= 0
        meant[meant] &= ~columns.flags["is_rejected"][rows.at[meant]]
        if not sees_withheld:
            meant &= rows.values[:, _IS_WITHHELD] == 0
        found = self._counted(columns, rows.of(meant))
        return tuple(sorted(found, key=lambda one: (-one.as_perpetrator - one.as_target, one.id)))

    def named(
        self, connection: Connection, columns: Columns, *, sees_withheld: bool
    ) -> tuple[Rows, tuple[str, ...], tuple[str, ...]]:
        """Rows of actor, role, name and whether it is withheld, and the actors' keys and names by number."""
        rows = self.rows.at_present(connection, columns)
        if not sees_withheld:
            rows = rows.of(rows.values[:, _IS_WITHHELD] == 0)
        return (
            Rows(rows.at, rows.values[:, [_ACTOR, _ROLE, _NAME, _IS_WITHHELD]]),
            tuple(self.actors.words),
            tuple(self.names.words),
        )

    def events_of(self, connection: Connection, columns: Columns, wanted: EventFilter) -> Flags:
        """The events that name the actor whom a filter asks for, as `filtering` asks of the database."""
        rows = self.rows.at_present(connection, columns)
        actor = self.actors.number_of.get(wanted.actor_id or "", -1)
        folded = self.folded.number_of.get(folded_name(wanted.actor_id) or "", -1)
        values = rows.values
        meant = (values[:, _FOLDED] == folded) | (
            (values[:, _ACTOR] == actor) & (values[:, _IS_REGISTERED] == 1)
        )
        if wanted.role is not None:
            meant &= values[:, _ROLE] == _ROLES.index(wanted.role)
        if not wanted.sees_withheld:
            meant &= values[:, _IS_WITHHELD] == 0
        flags: Flags = np.zeros(len(columns.ids), dtype=np.bool_)
        flags[rows.at[meant & (rows.at >= 0)]] = True
        return flags

    def _counted(self, columns: Columns, rows: Rows) -> Iterator[ActorRow]:
        actor, size = rows.values[:, _ACTOR], len(self.actors.words)
        parts = [_per_actor(columns, rows.of(rows.values[:, _ROLE] == at), size) for at in range(len(_ROLES))]
        done, suffered = (part[0] for part in parts)
        killed = parts[_ROLES.index(Role.PERPETRATOR)][1]
        first, last = _days(columns, rows, size)
        names = _most_used(actor, rows.values[:, _NAME], self.names)
        countries = _most_used(actor, rows.values[:, _COUNTRY], self.countries)
        registered = np.bincount(actor, weights=rows.values[:, _IS_REGISTERED], minlength=size)
        for number in map(int, np.unique(actor)):
            actor_id = self.actors.words[number]
            yield ActorRow(
                actor_id,
                names[number][0],
                actor_id if registered[number] else None,
                _only(countries.get(number, ())),
                int(done[number]),
                int(suffered[number]),
                known(int(killed[number])),
                _day(int(first[number])),
                _day(int(last[number])),
                names[number],
            )

    def _ask(self, connection: Connection, some: Sequence[str] | None) -> Iterator[Row]:
        query = sa.select(
            _named.event, _named.role, _named.folded, _named.name,
            _named.registry_id, _named.country, _named.is_withheld,
        ).order_by(_named.event)  # fmt: skip
        roles = {str(role): at for at, role in enumerate(_ROLES)}
        actors, names, countries = self.actors.number, self.names.number, self.countries.number
        for row in connection.execute(query if some is None else query.where(_named.event.in_(some))):
            event, role, folded, name, registry_id, country, is_withheld = row
            yield (
                event,
                (
                    actors(registry_id or folded),
                    roles[role],
                    names(name),
                    self.folded.number(folded),
                    countries(country),
                    registry_id is not None,
                    is_withheld,
                ),
            )


def actors_named(
    actors: Sequence[ActorRow],
    text: str | None,
    role: Role | None,
    order: ActorOrder = ActorOrder.EVENTS,
    *,
    descending: bool = True,
) -> tuple[ActorRow, ...]:
    """Those of some actors with a text in one of their names and a part in events, in an order.

    Those of which it is not known what they are sorted by come last in either direction.
    """
    folded = folded_name(text) or ""
    counts = {Role.PERPETRATOR: "as_perpetrator", Role.TARGET: "as_target"}
    found = tuple(
        actor
        for actor in actors
        if (role is None or getattr(actor, counts[role]))
        and (not folded or any(folded in (folded_name(name) or "") for name in actor.names))
    )
    if order is ActorOrder.EVENTS and descending:
        return found  # as they are kept
    sortable = [one for one in found if _sorted_by(one, order) is not None]
    unknown = [one for one in found if _sorted_by(one, order) is None]
    # Sorting keeps the order of equals: those in most events first.
    return (*sorted(sortable, key=lambda one: _sorted_by(one, order), reverse=descending), *unknown)


def _sorted_by(actor: ActorRow, order: ActorOrder) -> Any:
    if order is ActorOrder.NAME:
        return folded_name(actor.name) or ""
    if order is ActorOrder.EVENTS:
        return actor.as_perpetrator + actor.as_target
    return getattr(actor, order)


def _per_actor(columns: Columns, rows: Rows, size: int) -> tuple[Numbers, Numbers]:
    """In how many events each actor is, and the dead of them; two names of one actor count once."""
    _, once = np.unique(rows.at * size + rows.values[:, _ACTOR], return_index=True)
    actor = rows.values[once, _ACTOR]
    killed = figures(columns, "killed", "best")[rows.at[once]]
    return np.bincount(actor, minlength=size), summed(actor, killed, size)


def _days(columns: Columns, rows: Rows, size: int) -> tuple[Numbers, Numbers]:
    """The first and the last day of each actor's events, as numbers of days."""
    start, end = columns.numbers["start"][rows.at], columns.numbers["end"][rows.at]
    first = np.full(size, _NEVER, dtype=np.int64)
    np.minimum.at(first, rows.values[:, _ACTOR], np.where(start == MISSING, _NEVER, start))
    last = np.full(size, MISSING, dtype=np.int64)
    np.maximum.at(last, rows.values[:, _ACTOR], np.where(end == MISSING, start, end))
    return first, last


def _only(words: Sequence[str]) -> str | None:
    """The one word that there is: of villagers in two countries none is theirs."""
    return words[0] if len(words) == 1 else None


def _day(number: int) -> date | None:
    return None if number in (MISSING, _NEVER) else date.fromordinal(number)


def _most_used(actor: Numbers, word: Numbers, pool: Pool) -> dict[int, tuple[str, ...]]:
    """The words of each actor, the most used first; those with none are left out."""
    pairs, counts = np.unique(actor * len(pool.words) + word, return_counts=True)
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        number, at = divmod(pair, len(pool.words))
        if at:
            found[number].append((-count, pool.words[at]))
    return {number: tuple(name for _, name in sorted(words)) for number, words in found.items()}


def actor_of(actors: Iterable[ActorRow], actor_id: str) -> ActorRow | None:
    """An actor by its key in the registry or its name."""
    wanted = (actor_id, folded_name(actor_id))
    found = {one.id: one for one in actors if one.id in wanted}
    return next((found[one] for one in wanted if one in found), None)


def standings_of(connection: Connection, actor_id: str, most: int, *, sees_withheld: bool) -> Standings:
    """How an actor comes to be named as perpetrator, in how many of its latest events."""
    state = t.event_state.c
    query = (
        sa.select(_named.event, t.event_record.c.record["perpetrators"], _named.registry_id, _named.folded)
        .join(t.event_state, state.event == _named.event)
        .join(t.event_record, t.event_record.c.event == _named.event)
        .where(_is_actor(actor_id), _named.role == Role.PERPETRATOR, sa.not_(state.is_rejected))
        .order_by(state.newest, _named.event)
        .limit(most)
    )
    if not sees_withheld:
        query = query.where(sa.not_(_named.is_withheld))
    counts: defaultdict[str, set[str]] = defaultdict(set)
    events = set()
    for event, perpetrators, registry_id, folded in connection.execute(query):
        events.add(event)
        for one in perpetrators:
            is_it = one["registry_id"] == registry_id if registry_id else folded_name(one["name"]) == folded
            for standing in one["standings"] if is_it else ():
                counts[standing].add(event)
    return Standings(
        {standing: len(counts[standing]) for standing in Standing if standing in counts}, len(events)
    )


def _is_actor(actor_id: str) -> sa.ColumnElement[bool]:
    return sa.or_(
        _named.registry_id == actor_id,
        sa.and_(_named.folded == folded_name(actor_id), _named.registry_id.is_(None)),
    )
