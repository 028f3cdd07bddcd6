"""The layers of a map: the ground, circles of what is roughly known, marks of the dead, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import pi, sqrt
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.ground import Ground, Pixel, Spot
from casus.analysis.charts.lettering import Disc, Text, country_names, place_names
from casus.analysis.charts.map_key import key_of
from casus.analysis.mapping import Dead, Mark
from casus.output.wording import figure_words

if TYPE_CHECKING:
    import altair as alt

Countries = Sequence[tuple[str, list[list[Pixel]]]]
COLOUR = theme.VERMILION
CELL = 7
"""Pixels within which marks are put together where there are too many."""
SEA, LAND, BORDER, UNIT = "#eef2f3", "#fbfaf7", "#a39e94", "#d5d0c5"
_LARGEST = 1000  # square pixels of the mark of most dead
_OF_ONE_DEATH = 60  # square pixels at most, so that few dead look few
_UNTOLD, _NONE = 40, 30
_MOST_MARKS = 900


def shapes_of(ground: Ground, marks: Sequence[Mark], countries: Countries) -> dict[str, list[dict[str, Any]]]:
    """The shapes that layers draw, by the names of their datasets."""
    circles = {(one.latitude, one.longitude, one.radius_km) for one in marks if one.radius_km is not None}
    rings = [
        ground.circle(Spot(latitude, longitude, radius)) for latitude, longitude, radius in sorted(circles)
    ]
    units = ground.units()
    return {
        "land": [_shape("MultiPolygon", [[ring] for ring in rings]) for _, rings in countries],
        **({"units": [_shape("MultiLineString", units)]} if units else {}),
        **({"circles": [_shape("MultiLineString", rings)]} if rings else {}),
    }


def drawn(ground: Ground, marks: Sequence[Mark], countries: Countries) -> alt.VConcatChart:
    """The map with its key below; it draws the datasets of `shapes_of`."""
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    most = max((mark.killed.best or 0 for mark in marks), default=0)
    layers = [
        *_ground_layers(ground),
        *_mark_layers(ground, marks, most),
        *_letters(ground, marks, most, countries),
    ]
    view = alt.ViewBackground(fill=SEA, stroke=BORDER)
    laid = alt.layer(*layers).properties(width=ground.width, height=ground.height, view=view)
    sizes = [(killed, area_of(killed, most)) for killed in _told_sizes(most)]
    return alt.vconcat(laid, key_of(sizes, ground.width, COLOUR), spacing=6)


def together(marks: Sequence[Mark], ground: Ground) -> Sequence[Mark]:
    """The marks; where there are too many, those within a few pixels of each other as one."""
    if len(marks) <= _MOST_MARKS:
        return marks
    cells: defaultdict[tuple[int, int, int | None], list[Mark]] = defaultdict(list)
    for mark in marks:
        x, y = ground.pixel(mark.longitude, mark.latitude)
        cells[int(x // CELL), int(y // CELL), mark.radius_km].append(mark)
    return [some[0] if len(some) == 1 else _one_of(some) for some in cells.values()]


def _one_of(marks: Sequence[Mark]) -> Mark:
    events = sum(mark.events for mark in marks)
    first = marks[0]
    return Mark(
        sum(mark.latitude * mark.events for mark in marks) / events,
        sum(mark.longitude * mark.events for mark in marks) / events,
        first.radius_km,
        f"{first.place or 'unnamed'} and {len(marks) - 1} near it",
        first.unit,
        first.country,
        events,
        sum((mark.killed for mark in marks), Dead()),
    )


def area_of(killed: int, most: int) -> float:
    """How many square pixels a mark has; most people killed have the largest."""
    return killed / max(1, most) * min(_LARGEST, _OF_ONE_DEATH * most)


def exactly(mark: Mark) -> str:
    """How exactly the place of a mark is known, in words."""
    return "the place" if mark.radius_km is None else f"within {mark.radius_km} km"


def killed_words(dead: Dead) -> str:
    """How many were killed, in words."""
    return f"{figure_words(dead.low, dead.best, dead.high)} killed" if dead.told else "no number killed told"


def _ground_layers(ground: Ground) -> Iterator[alt.Chart]:
    import altair as alt  # noqa: PLC0415

    yield _shapes("land").mark_geoshape(fill=LAND, stroke=BORDER, strokeWidth=0.8, clip=True)
    if ground.units():
        yield _shapes("units").mark_geoshape(fill=None, stroke=UNIT, strokeWidth=0.7, clip=True)
    if not ground.is_world:
        kilometres, long = ground.scale_bar()
        bar = [{"x": 12, "x2": 12 + long, "y": ground.height - 12, "says": f"{kilometres:,} km"}]
        drawn = alt.Chart(theme.data_of(bar)).encode(x=_x("x", ground), y=_y("y", ground))
        yield drawn.mark_rule(color=theme.INK, strokeWidth=2).encode(x2="x2:Q")
        yield drawn.mark_text(align="left", dy=-8, fontSize=10).encode(text="says:N")


def _mark_layers(ground: Ground, marks: Sequence[Mark], most: int) -> Iterator[alt.Chart]:
    import altair as alt  # noqa: PLC0415

    if any(mark.radius_km is not None for mark in marks):
        dashed: dict[str, Any] = {
            "stroke": COLOUR,
            "strokeWidth": 1,
            "strokeDash": [4, 3],
            "strokeOpacity": 0.8,
        }
        yield _shapes("circles").mark_geoshape(fill=None, clip=True, **dashed)
    drawn = [_point(ground, mark, most) for mark in sorted(marks, key=lambda one: -(one.killed.best or 0))]
    for is_known in (False, True):
        points = [one for one in drawn if one["known"] is is_known]
        if points:
            filled: dict[str, Any] = (
                {"fill": COLOUR, "fillOpacity": 0.55} if is_known else {"fill": "transparent"}
            )
            yield (
                alt.Chart(theme.data_of(points))
                .mark_point(stroke=COLOUR, strokeWidth=1.2, opacity=1, clip=True, **filled)
                .encode(
                    x=_x("x", ground),
                    y=_y("y", ground),
                    size=alt.Size("area", type="quantitative", scale=None),
                    shape=alt.Shape("shape", type="nominal", scale=None),
                    tooltip=[
                        alt.Tooltip(name, type="nominal") for name in ("place", "exactly", "events", "killed")
                    ],
                )
            )


def _letters(ground: Ground, marks: Sequence[Mark], most: int, countries: Countries) -> Iterator[alt.Chart]:
    import altair as alt  # noqa: PLC0415

    discs = [_disc(ground, mark, most) for mark in marks]
    named = [
        (mark.place, disc)
        for mark, disc in zip(marks, discs, strict=True)
        if mark.radius_km is None and mark.place
    ]
    places = list(place_names(named, ground, discs))
    texts: tuple[tuple[Sequence[Text], dict[str, Any]], ...] = (
        (
            list(country_names(ground, countries, places, discs)),
            {"color": theme.MUTED, "fontSize": 10.5, "fontStyle": "italic", "align": "center"},
        ),
        (places, {"color": theme.INK, "fontSize": 11, "align": "left", "fontWeight": "bold"}),
    )
    for some, style in texts:
        if some:
            values = [{"x": one.x, "y": one.y, "says": one.says} for one in some]
            chart = alt.Chart(theme.data_of(values)).encode(x=_x("x", ground), y=_y("y", ground))
            # A light edge keeps letters readable over lines and marks.
            edge = {**style, "stroke": LAND, "strokeWidth": 3, "strokeOpacity": 0.85}
            yield chart.mark_text(baseline="middle", **edge).encode(text="says:N")
            yield chart.mark_text(baseline="middle", **style).encode(text="says:N")


def _disc(ground: Ground, mark: Mark, most: int) -> Disc:
    """The middle of a mark and how far it reaches, in pixels."""
    area = max(_UNTOLD, area_of(mark.killed.best or 0, most))
    return *ground.pixel(mark.longitude, mark.latitude), sqrt(area / pi)


def _point(ground: Ground, mark: Mark, most: int) -> dict[str, Any]:
    x, y = ground.pixel(mark.longitude, mark.latitude)
    best = mark.killed.best
    shape, area = ("circle", area_of(best, most)) if best else ("square", _NONE)
    if best is None:
        shape, area = "triangle-up", _UNTOLD
    return {
        "x": x,
        "y": y,
        "area": round(area, 1),
        "shape": shape,
        "known": mark.radius_km is None,
        "place": mark.place or "unnamed",
        "exactly": exactly(mark),
        "events": f"{mark.events:,}",
        "killed": killed_words(mark.killed),
    }


def _told_sizes(most: int) -> list[int]:
    """Numbers of dead whose sizes the key shows."""
    if most < 3:
        return [most] if most else []
    power = 10 ** (len(str(most)) - 1)
    top = max(step * power for step in (1, 2, 5) if step * power <= most)
    return sorted({max(1, top // 10), max(1, top // 2), top}) if top >= 10 else [1, top]


def _shape(kind: str, coordinates: Sequence[object]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _shapes(name: str) -> alt.Chart:
    """Shapes of a dataset in pixels, which are drawn as they are."""
    import altair as alt  # noqa: PLC0415

    return alt.Chart(alt.NamedData(name=name)).project(type="identity", scale=1, translate=[0, 0])


def _x(name: str, ground: Ground) -> alt.X:
    import altair as alt  # noqa: PLC0415

    scale = alt.Scale(domain=[0, ground.width], nice=False, zero=False)
    return alt.X(name, type="quantitative", scale=scale, axis=None)


def _y(name: str, ground: Ground) -> alt.Y:
    import altair as alt  # noqa: PLC0415

    scale = alt.Scale(domain=[ground.height, 0], nice=False, zero=False)
    return alt.Y(name, type="quantitative", scale=scale, axis=None)
