"""Actors: whom events name, by their keys in the registry or their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import ActorRow
from casus.casebook.features import folded_name
from casus.casebook.records import Role

_named, _state = t.event_actor.c, t.event_state.c
_ID = sa.func.coalesce(_named.registry_id, _named.folded)


def all_actors(connection: Connection, *, sees_withheld: bool) -> tuple[ActorRow, ...]:
    """All actors, those in most events first."""
    return _rows(connection.execute(_query(sees_withheld=sees_withheld)))


def actor_of(connection: Connection, actor_id: str, *, sees_withheld: bool) -> ActorRow | None:
    """An actor by its key in the registry or its name."""
    is_it = sa.or_(
        _named.registry_id == actor_id,
        sa.and_(_named.folded == folded_name(actor_id), _named.registry_id.is_(None)),
    )
    rows = connection.execute(_query(sees_withheld=sees_withheld).where(is_it))
    return next(iter(_rows(rows)), None)


def actors_named(actors: Iterable[ActorRow], text: str | None, role: Role | None) -> tuple[ActorRow, ...]:
    """Those of some actors with a text in one of their names, and with a part in events."""
    folded = folded_name(text) or ""
    counts = {Role.PERPETRATOR: "as_perpetrator", Role.TARGET: "as_target"}
    return tuple(
        actor
        for actor in actors
        if (role is None or getattr(actor, counts[role]))
        and any(folded in (folded_name(name) or "") for name in actor.names)
    )


def _query(*, sees_withheld: bool) -> sa.Select[Any]:
    query = (
        sa.select(
            _ID.label("id"),
            _named.role,
            _named.name,
            sa.func.max(_named.registry_id).label("registry_id"),
            sa.func.max(_named.country).label("country"),
            sa.func.count().label("events"),
            sa.func.sum(_state.killed_best).label("killed"),
            sa.func.min(_state.start).label("first"),
            sa.func.max(sa.func.coalesce(_state.end, _state.start)).label("last"),
        )
        .join(t.event_state, _state.event == _named.event)
        .where(sa.not_(_state.is_rejected))
        .group_by(_ID, _named.role, _named.name)
    )
    return query if sees_withheld else query.where(sa.not_(_named.is_withheld))


def _rows(found: Iterable[Any]) -> tuple[ActorRow, ...]:
    by_id: defaultdict[str, list[Any]] = defaultdict(list)
    for row in found:
        by_id[row.id].append(row)
    actors = (_actor(actor_id, rows) for actor_id, rows in by_id.items())
    return tuple(sorted(actors, key=lambda one: (-one.as_perpetrator - one.as_target, one.id)))


def _actor(actor_id: str, rows: list[Any]) -> ActorRow:
    names: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for row in rows:
        names[row.name] += row.events
        events[row.role] += row.events
    in_use = tuple(sorted(names, key=lambda name: (-names[name], name)))
    return ActorRow(
        actor_id,
        in_use[0],
        next((row.registry_id for row in rows if row.registry_id), None),
        next((row.country for row in rows if row.country), None),
        events[Role.PERPETRATOR],
        events[Role.TARGET],
        sum(int(row.killed or 0) for row in rows if row.role == Role.PERPETRATOR),
        min((row.first for row in rows if row.first), default=None),
        max((row.last for row in rows if row.last), default=None),
        in_use,
    )
