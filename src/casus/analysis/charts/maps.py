"""Events on a map: how many were killed by the area of a mark, how exactly its place is known by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Cell, Chart, chart_of, source_line
from casus.analysis.charts.ground import Ground, Spot, ground_of
from casus.analysis.charts.map_layers import CELL, drawn, exactly, killed_words, shapes_of, together
from casus.analysis.mapping import EventMap, Mark
from casus.errors import NotAnswerable
from casus.knowledge.natural_earth import CREDIT
from casus.output.wording import figure_words

_MOST_ROWS = 500


def map_chart(found: EventMap, events_in_words: str = "all events", *, width: int = theme.WIDTH) -> Chart:
    """A map of events.

    A place that is known is a filled mark; one that is known to a unit is a hollow one within a
    dashed circle of the unit's usual size; what is known to a country alone is told below.
    Raises `NotAnswerable` where no event has a point.
    """
    if not found.marks:
        raise NotAnswerable(
            f"no map can be drawn of {events_in_words}: none of the {found.events:,} has a known place"
        )
    spots = [Spot(one.latitude, one.longitude, one.radius_km or 0) for one in found.marks]
    ground = ground_of(spots, width, _country_of(found.marks))
    marks = together(found.marks, ground)
    countries = ground.countries()
    return chart_of(
        drawn(ground, marks, countries),
        title=f"Where: {events_in_words}",
        subtitle="The area of a mark is how many were killed, by the best figure",
        caption=(
            *_captions(found, ground, is_merged=len(marks) < len(found.marks)),
            source_line(events_in_words, found.revision),
        ),
        alternative=_in_words(found),
        columns=("place", "unit", "country", "how exactly", "events", "killed", "give no number"),
        rows=[_row(mark) for mark in found.marks[:_MOST_ROWS]],
        width=width,
        datasets=shapes_of(ground, marks, countries),
    )


def _country_of(marks: Sequence[Mark]) -> str | None:
    """The country of all marks, where they are in several of its units."""
    countries = {mark.country for mark in marks}
    units = {mark.unit for mark in marks}
    return next(iter(countries)) if len(countries) == 1 and len(units) > 1 else None


def _captions(found: EventMap, ground: Ground, *, is_merged: bool) -> Iterator[str]:
    if any(mark.radius_km is not None for mark in found.marks):
        yield (
            "A dashed circle is as large as what is known: near a place 25 km, a unit of the second order "
            "40 km, of the first order 100 km; where within it is not known."
        )
    yield from left_out(found)
    if is_merged:
        yield f"Marks of {len(found.marks):,} places; those within {CELL} pixels of each other are one."
    if len(found.marks) > _MOST_ROWS:
        yield f"The table has the {_MOST_ROWS} places of most dead, of {len(found.marks):,}."
    yield f"Map: {CREDIT}; {ground.projection} projection, which keeps areas."


def left_out(found: EventMap) -> Iterator[str]:
    """A sentence about the events that no mark stands for, where there are any."""
    reasons = (
        (found.countrywide, "known to the country only"),
        (found.placeless, "without a known place"),
        (found.withheld, "whose place is withheld"),
    )
    told = [
        f"{_counted(one.events)} {reason} ({killed_words(one.killed)})"
        for one, reason in reasons
        if one.events
    ]
    if told:
        yield f"Not drawn: {'; '.join(told)}."


def _in_words(found: EventMap) -> str:
    places = [mark for mark in found.marks if mark.killed.best][:3]
    vague = sum(mark.events for mark in found.marks if mark.radius_km is not None)
    told = f"Map of {_counted(found.drawn)} at {len(found.marks):,} places"
    told += f", {vague:,} of them known to a unit or nearby place only." if vague else "."
    if places:
        most = "; ".join(
            f"{mark.place or 'an unnamed place'}, {killed_words(mark.killed)} in {_counted(mark.events)}"
            for mark in places
        )
        told += f" Most people were killed at {most}."
    return told


def _row(mark: Mark) -> tuple[Cell, ...]:
    return (
        mark.place or "unnamed",
        mark.unit,
        mark.country,
        exactly(mark),
        mark.events,
        figure_words(mark.killed.low, mark.killed.best, mark.killed.high) if mark.killed.told else None,
        mark.events - mark.killed.told,
    )


def _counted(events: int) -> str:
    return f"{events:,} event{'' if events == 1 else 's'}"
