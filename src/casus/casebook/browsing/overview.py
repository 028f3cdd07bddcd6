"""What some events come to: sums, a timeline, a map, and what there is to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import Box, MapCell, Sum, Totals
from casus.casebook.filtering import conditions_of
from casus.casebook.records import EventFilter, Grade, Waiting
from casus.model import EventType

Value = TypeVar("Value")

_state = t.event_state.c
_LEAST_DEGREES = 0.001


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one grade, type and country, counted in several ways."""

    grade: str
    event_type: str
    country: str
    counts: tuple[int, ...]  # as `_COUNTED` names them


def groups_of(connection: Connection, wanted: EventFilter) -> tuple[Group, ...]:
    """The events that a filter means by grade, type and country, in one look at them all."""
    query = sa.select(_state.grade, _state.event_type, _state.country, *_COUNTED.values())
    query = query.where(*conditions_of(wanted)).group_by(_state.grade, _state.event_type, _state.country)
    return tuple(
        Group(row[0], row[1], row[2] or "", tuple(int(count or 0) for count in row[3:]))
        for row in connection.execute(query)
    )


def totals_of(groups: Sequence[Group]) -> Totals:
    """What groups of events come to."""
    summed = [sum(counts) for counts in zip(*(group.counts for group in groups), strict=True)]
    total = dict(zip(_COUNTED, summed or [0] * len(_COUNTED), strict=True))
    return Totals(
        events=total["events"],
        waiting=sum(total[waiting] for waiting in Waiting),
        contested=total["contested_at_all"],
        reviewed=total["reviewed"],
        undated=total["undated"],
        by_grade=dict(counted(groups, lambda group: Grade(group.grade))),
        by_type=dict(counted(groups, lambda group: EventType(group.event_type))),
        by_country=dict(counted(groups, lambda group: group.country)),
        by_waiting={waiting: total[waiting] for waiting in Waiting},
        killed=_sum("killed", total),
        injured=_sum("injured", total),
    )


def counted(groups: Iterable[Group], value_of: Callable[[Group], Value]) -> tuple[tuple[Value, int], ...]:
    """The number of events by something, the most first."""
    counts: Counter[Value] = Counter()
    for group in groups:
        counts[value_of(group)] += group.counts[0]
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))


def counts_by(
    connection: Connection, column: sa.ColumnElement[Any], wanted: EventFilter
) -> tuple[tuple[str, int], ...]:
    """The number of events by a column, the most first; those without a value are left out."""
    count = sa.func.count()
    query = sa.select(column, count).where(*conditions_of(wanted), column.is_not(None)).group_by(column)
    return tuple((row[0], row[1]) for row in connection.execute(query.order_by(count.desc(), column)))


def cells_of(
    connection: Connection, wanted: EventFilter, degrees: float, box: Box | None
) -> tuple[MapCell, ...]:
    """The events that have a point, in cells of so many degrees, the fullest last, to be drawn on top."""
    degrees = max(degrees, _LEAST_DEGREES)
    rows = [_whole((column + 180.0) / degrees, connection) for column in (_state.latitude, _state.longitude)]
    count = sa.func.count()
    query = (
        sa.select(
            sa.func.avg(_state.latitude), sa.func.avg(_state.longitude), count,
            sa.func.sum(_figure("killed", "best")), sa.func.min(_state.event),
            sa.func.max(_state.precision_code),
        )
        .where(*conditions_of(wanted), _state.latitude.is_not(None), _state.longitude.is_not(None))
        .group_by(*rows)
        .order_by(count, sa.func.min(_state.event))
    )  # fmt: skip
    if box is not None:
        query = query.where(_state.latitude.between(box.south, box.north))
        across: sa.ColumnElement[bool] = _state.longitude.between(box.west, box.east)
        if box.west > box.east:  # over the line of dates
            across = sa.or_(_state.longitude >= box.west, _state.longitude <= box.east)
        query = query.where(across)
    return tuple(
        MapCell(row[0], row[1], row[2], int(row[3] or 0), row[4] if row[2] == 1 else None, row[5])
        for row in connection.execute(query)
    )


def _whole(value: sa.ColumnElement[Any], connection: Connection) -> sa.ColumnElement[Any]:
    """The whole part of a positive number: a cast cuts on SQLite and rounds on PostgreSQL."""
    return sa.cast(value, sa.Integer) if connection.dialect.name == "sqlite" else sa.func.floor(value)


def _figure(harm: str, part: str) -> sa.ColumnElement[Any]:
    order = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}
    return sa.func.coalesce(*(_state[f"{harm}_{name}"] for name in order[part]))


def _counting(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def figure_sum(harm: str, part: str) -> sa.ColumnElement[Any]:
    """The sum of a figure over events: of those that give none of a kind, the nearest that they give."""
    return sa.func.sum(_figure(harm, part))


def _sum(harm: str, total: dict[str, int]) -> Sum:
    known = total[f"{harm}_known"]
    low, best, high = (total[f"{harm}_{part}"] for part in _PARTS)
    return Sum(low, best, high, known, total["events"] - known)


_PARTS = ("low", "best", "high")
_COUNTED: dict[str, sa.ColumnElement[Any]] = {
    "events": sa.func.count(),
    **{str(waiting): _counting(_state.waits_for == waiting) for waiting in Waiting},
    "contested_at_all": _counting(sa.or_(_state.disputes > 0, _state.grade == Grade.CONTESTED)),
    "reviewed": _counting(_state.is_reviewed),
    "undated": _counting(_state.start.is_(None)),
    **{f"{harm}_{part}": figure_sum(harm, part) for harm in ("killed", "injured") for part in _PARTS},
    **{f"{harm}_known": sa.func.count(_figure(harm, "best")) for harm in ("killed", "injured")},
}
