"""Where: events and deaths by unit, and how concentrated they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from casus.analysis.patterns.concentration import (
    DRAWS,
    FEW_A_UNIT,
    LEAST_A_UNIT,
    Concentration,
    concentrations,
)
from casus.analysis.patterns.counting import (
    NOTHING,
    LeftOut,
    Measure,
    asked_words,
    killed_of,
    many,
    refuse_nothing,
    share,
    sums_by,
)
from casus.analysis.patterns.populations import Populations, key_of
from casus.analysis.patterns.unit_results import Level, UnitCount, Units
from casus.analysis.selecting import Selection
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Numbers
from casus.casebook.browsing.records import Sum
from casus.casebook.browsing.tables import EventTable
from casus.errors import NotAnswerable
from casus.resolving.countries import CountryTable

FEWEST_DRAWS = 100
_COARSEST = {Level.COUNTRY: 6, Level.ADM1: 5, Level.ADM2: 3, Level.PLACE: 2}
"""The coarsest precision (UCDP's where_prec) of events that can be counted at a level."""
_COUNTRY_ONLY = 6
_PER = 100_000


def units(
    book: Casebook,
    selection: Selection | None = None,
    level: Level | str = Level.ADM1,
    *,
    order: Measure | str = Measure.EVENTS,
    units_in_all: int | None = None,
    populations: Populations | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Units:
    """Events and deaths by unit, and how concentrated they are (docs/patterns.md).

    `units_in_all` is how many units there are, those without an event among them; without it
    only units with events count.  Events that are not known so exactly, and those whose place
    is withheld, are left out (of countries only where none is known).

    Raises `NotAnswerable` where no event can be counted, and where there are more units with
    events than `units_in_all`.
    """
    selection, level, order = selection or Selection(), Level(level), Measure(order)
    if draws < FEWEST_DRAWS:
        raise NotAnswerable(f"an interval needs {FEWEST_DRAWS} draws or more")
    table = book.browse.table(selection.wanted)
    refuse_nothing(table, selection)
    kept, left_out = _countable(table, level)
    if not kept.any():
        why = "; ".join(f"{one.events:,} {one.why}" for one in left_out)
        raise NotAnswerable(f"no event of {asked_words(selection)} can be put in a {level.words}: {why}")
    names, unit = _units_of(table, level, kept)
    if units_in_all is not None and units_in_all < len(names):
        raise NotAnswerable(
            f"there are {many(len(names), level.words, level.plural)} with events, "
            f"more than the {units_in_all:,} in all"
        )
    low, best, high = (one[kept] for one in killed_of(table))
    sums = sums_by(unit, (low, best, high), len(names))
    events = np.bincount(unit, minlength=len(names))
    counts = _ranked(level, names, events, sums, order)
    dead = np.where(best == MISSING, 0, best)
    weights = {Measure.EVENTS: np.ones(len(unit), dtype=np.int64), Measure.DEATHS: dead}
    found = concentrations(unit, weights, units_in_all or len(names), draws=draws, seed=seed)
    counts, unmatched = _with_rates(counts, populations)
    return Units(
        asked_words(selection),
        table.revision,
        level,
        order,
        counts,
        len(unit),
        _total(sums),
        found,
        left_out,
        tuple(_notices(level, counts, found[0], units_in_all, unmatched)),
    )


def _countable(table: EventTable, level: Level) -> tuple[Flags, tuple[LeftOut, ...]]:
    """Which events are known so exactly, and how many are not, by reason."""
    code = table.numbers["precision_code"]
    has_country = table.words["country"].codes > 0
    withheld = table.flags["is_place_withheld"] & (level is not Level.COUNTRY)
    is_named = table.words[level].codes > 0
    is_country_only = (code == _COUNTRY_ONLY) & (level is not Level.COUNTRY)
    reasons = (
        ("of which no country is known", ~has_country),
        ("of which the name of the place is withheld", withheld),
        ("known to the country only", is_country_only),
        (f"not known to the {level.words}", ~is_named | (code > _COARSEST[level])),
    )
    kept = np.ones(len(table), dtype=np.bool_)
    left_out = []
    for why, flags in reasons:
        if count := int((flags & kept).sum()):
            left_out.append(LeftOut(why, count))
        kept &= ~flags
    return kept, tuple(left_out)


def _units_of(table: EventTable, level: Level, kept: Flags) -> tuple[list[tuple[str, ...]], Numbers]:
    """The units of events by their names, in the order of these, and the number of each event's.

    Places of one name in one unit are told apart by their numbers in GeoNames.
    """
    parts = [table.words[name].codes[kept] for name in level.fields]
    if level is Level.PLACE:
        parts.append(table.numbers["geonames_id"][kept])
    keys, unit = np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)
    words = [table.words[name].words for name in level.fields]
    names = [tuple(some[code] for some, code in zip(words, key, strict=False)) for key in keys.tolist()]
    ranks = sorted(range(len(names)), key=lambda at: (names[at], keys[at].tolist()))
    place_of = np.empty(len(names), dtype=np.int64)
    place_of[ranks] = np.arange(len(names))
    return [names[at] for at in ranks], place_of[unit.reshape(-1)]


def _ranked(
    level: Level, names: list[tuple[str, ...]], events: Numbers, sums: tuple[Sum, ...], order: Measure
) -> tuple[UnitCount, ...]:
    """The units, those with most first, with their shares."""
    whole, dead = int(events.sum()), sum(one.best for one in sums)
    countries = CountryTable.load()
    counts = [
        UnitCount(
            name,
            _label(level, name, countries),
            count,
            killed,
            count / whole,
            share(killed.best, dead) if killed.known else None,
        )
        for name, count, killed in zip(names, events.tolist(), sums, strict=True)
    ]
    if order is Measure.EVENTS:
        counts.sort(key=lambda one: (-one.events, -one.killed.best, one.names))
    else:
        counts.sort(key=lambda one: (-one.killed.best, -one.events, one.names))
    ranked, so_far = [], 0
    for one in counts:
        so_far += one.events if order is Measure.EVENTS else one.killed.best
        ranked.append(replace(one, cumulative=share(so_far, whole if order is Measure.EVENTS else dead)))
    return tuple(ranked)


def _label(level: Level, names: tuple[str, ...], countries: CountryTable) -> str:
    country = countries.by_code(names[0])
    if level is Level.COUNTRY:
        return country.name if country is not None else names[0]
    return f"{', '.join(name for name in names[:0:-1] if name)} ({names[0]})"


def _with_rates(
    counts: tuple[UnitCount, ...], populations: Populations | None
) -> tuple[tuple[UnitCount, ...], int]:
    """The units with rates where their population is known, and how many populations no unit has."""
    if populations is None:
        return counts, 0
    found = []
    for one in counts:
        people = populations.get(key_of(one.names))
        if people is None:
            found.append(one)
            continue
        low, best, high = (
            _PER * figure / people for figure in (one.killed.low, one.killed.best, one.killed.high)
        )
        found.append(
            replace(
                one,
                population=people,
                event_rate=_PER * one.events / people,
                death_rates=(low, best, high),
            )
        )
    if all(one.population is None for one in found):
        raise NotAnswerable("no unit with events is in the file of populations: compare the names in both")
    return tuple(found), len(populations) - sum(one.population is not None for one in found)


def _total(sums: tuple[Sum, ...]) -> Sum:
    if not sums:
        return NOTHING
    return Sum(
        sum(one.low for one in sums),
        sum(one.best for one in sums),
        sum(one.high for one in sums),
        sum(one.known for one in sums),
        sum(one.unknown for one in sums),
    )


def _notices(
    level: Level,
    counts: tuple[UnitCount, ...],
    concentration: Concentration,
    units_in_all: int | None,
    unmatched: int,
) -> Iterator[str]:
    plural = level.plural
    if len(counts) == 1 and units_in_all in (None, 1):
        yield f"All are in one {level.words}: of one there is no concentration."
    elif units_in_all is None:
        yield (
            f"Only {plural} with events are compared: those without any are not known to the casebook. "
            "Give the number of all of them to count them in (--units-in-all)."
        )
    if concentration.gini is not None and concentration.estimate is None:
        yield (
            f"There are fewer than {LEAST_A_UNIT} events a {level.words}: what chance adds to the "
            "coefficient can't be told, and there is no interval."
        )
    elif concentration.gini is not None and concentration.total < FEW_A_UNIT * concentration.units:
        yield (
            f"There are fewer than {FEW_A_UNIT} events a {level.words}: chance makes the coefficient too "
            "high, more than is taken off, and the interval is too narrow."
        )
    without = sum(one.killed.unknown for one in counts)
    if without:
        yield f"Of {many(without, 'event')} no number of killed is known; they add nothing to the deaths."
    missing = sum(one.population is None for one in counts)
    if 0 < missing < len(counts):
        yield f"Of {many(missing, level.words, level.plural)} no population is given; they have no rates."
    if unmatched:
        yield f"The file has {many(unmatched, 'population')} of {plural} without an event here."
