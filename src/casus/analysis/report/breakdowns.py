"""The events of a report by what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from casus.analysis.mapping import Dead
from casus.analysis.report.records import Breakdown, Row
from casus.casebook.browsing.tables import EventTable, RoleRows
from casus.casebook.records import Role
from casus.model import EventType
from casus.output.wording import words_of
from casus.resolving.countries import CountryTable

MOST_ROWS = 12


def breakdowns_of(table: EventTable, roles: RoleRows, *, is_one_country: bool) -> Iterator[Breakdown]:
    """By type, country (where there are several), unit, and by who is named in which part."""
    types, countries, units = (table.words[name].all() for name in ("event_type", "country", "adm1"))
    yield _breakdown(
        table, "type", ((words_of(EventType(one or "other")), at) for at, one in enumerate(types))
    )
    known = CountryTable.load()

    def country_name(code: str) -> str:
        found = known.by_code(code)
        return code if found is None else found.name

    if not is_one_country:
        named = ((country_name(one), at) for at, one in enumerate(countries) if one)
        yield _breakdown(table, "country", named)
    places = (
        (unit if is_one_country or not countries[at] else f"{unit}, {country_name(countries[at] or '')}", at)
        for at, unit in enumerate(units)
        if unit
    )
    yield _breakdown(table, "first-order unit", places)
    for part in (Role.PERPETRATOR, Role.TARGET):
        number = tuple(Role).index(part)
        named = (
            (roles.name.words[name], event)
            for event, role, name in zip(
                roles.event.tolist(), roles.role.tolist(), roles.name.codes.tolist(), strict=True
            )
            if role == number
        )
        yield _breakdown(table, f"named as {part}", named)


def _breakdown(table: EventTable, by: str, named: Iterable[tuple[str, int]]) -> Breakdown:
    """The groups of most events; an event that has several names is in several groups."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for name, row in named:
        groups[name].add(row)
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))
    rows = [Row(name, len(groups[name]), Dead.of(table, groups[name])) for name in order[:MOST_ROWS]]
    in_a_group: set[int] = set().union(*groups.values()) if groups else set()
    return Breakdown(by, tuple(rows), max(0, len(order) - MOST_ROWS), len(table) - len(in_a_group))
