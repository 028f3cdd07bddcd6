"""Near repeats and parties as tables of tiles with their numbers in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Chart, chart_of, source_line
from casus.analysis.patterns.casts import NOBODY, OTHERS
from casus.analysis.patterns.counting import many
from casus.analysis.patterns.parties import Parties
from casus.analysis.patterns.repeats import NOTEWORTHY, SURELY, Cell, Repeats, day_words, km_words
from casus.errors import NotAnswerable

if TYPE_CHECKING:
    import altair as alt

MOST_PARTIES = 8
_HIGH = 3.0
"""Ratios from here on have the darkest tile."""
_LIGHT, _DARK, _ASIDE = "#ffffff", "#004b78", "#eceae5"
_BLACK, _LIGHT_INK_FROM = "#000000", 0.74
"""Letters are white on shades from here on, black on lighter ones: 4.5 to 1 or more on each."""
_LEAST_DARKEST = 5
"""A tile of fewer events than these is not the darkest, however few all are."""
_LETTERS = 150


@dataclass(frozen=True, slots=True)
class _Tile:
    """A tile: its row and column, the words in it, and how dark it is (0 to 1; None stands aside)."""

    row: str
    column: str
    words: str
    below: str
    shade: float | None
    is_marked: bool = False


def repeats_chart(found: Repeats, *, width: int = theme.WIDTH) -> Chart:
    """The ratio of observed to expected pairs by distance and time."""
    tiles = [_of_cell(cell) for cell in found.cells]
    return chart_of(
        _tiles(tiles, ("distance between two events", "time between them"), width, 46),
        title=f"Near repeats: {found.asked}",
        subtitle="How many times as many pairs of events as by chance; observed / expected below",
        caption=(*_of_repeats(found), source_line(found.asked, found.revision)),
        alternative=_repeats_in_words(found),
        columns=("distance", "time", "observed", "expected", "ratio", "p"),
        rows=[
            (km_words(one), day_words(one), one.observed, round(one.expected, 2), one.ratio, one.p)
            for one in found.cells
        ],
        width=width,
    )


def parties_chart(found: Parties, *, most: int = MOST_PARTIES, width: int = theme.WIDTH) -> Chart:
    """Events by perpetrator and target; raises `NotAnswerable` for dyads, which have no direction."""
    if not found.is_directed:
        raise NotAnswerable(
            "dyads without direction make no table of perpetrators by targets: draw it directed"
        )
    rows = _first([one.name for one in found.perpetrators], most)
    columns = _first([one.name for one in found.targets], most)
    counts = {(one.perpetrator, one.target): one for one in found.pairings}
    kept = [one for key, one in counts.items() if key[0] in rows and key[1] in columns]
    named = [one.events for one in kept if not {one.perpetrator, one.target} & {OTHERS, NOBODY}]
    largest = max((_LEAST_DARKEST, *named))
    tiles = []
    for row in rows:
        for column in columns:
            pair = counts.get((row, column))
            shade = None if {row, column} & {OTHERS, NOBODY} else (pair.events / largest if pair else 0.0)
            below = "" if pair is None or not pair.killed.known else f"{pair.killed.best:,} killed"
            tiles.append(_Tile(row, column, f"{pair.events:,}" if pair else "–", below, shade))
    is_cut = len(kept) < len(found.pairings)
    return chart_of(
        _tiles(tiles, ("perpetrator, as named", "target, as named"), width, 36),
        title=f"Who to whom: {found.asked}",
        subtitle="Events that name both; below, all who were killed in them, by the best figure",
        caption=(*_of_parties(found, is_cut=is_cut), source_line(found.asked, found.revision)),
        alternative=_parties_in_words(found),
        columns=("perpetrator", "target", "events", "killed: low", "best", "high"),
        rows=[
            (one.perpetrator, one.target, one.events)
            + ((one.killed.low, one.killed.best, one.killed.high) if one.killed.known else (None, None, None))
            for one in kept
        ],
        width=width,
    )


def _tiles(
    tiles: Sequence[_Tile], titles: tuple[str, str], width: int, height: int
) -> alt.LayerChart | alt.FacetChart:
    """The tiles in the order of their rows and columns, `height` pixels each."""
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    rows = list(dict.fromkeys(tile.row for tile in tiles))
    columns = list(dict.fromkeys(tile.column for tile in tiles))
    values: list[dict[str, Any]] = [
        {
            "row": tile.row,
            "column": tile.column,
            "words": tile.words,
            "below": tile.below,
            "colour": _ASIDE if tile.shade is None else _mixed(tile.shade),
            "ink": _LIGHT if (tile.shade or 0) >= _LIGHT_INK_FROM else _BLACK,
            "is_marked": tile.is_marked,
        }
        for tile in tiles
    ]
    leans = max(map(len, columns)) * len(columns) > 80
    across = alt.Axis(
        title=titles[1],
        orient="top",
        labelAngle=-30 if leans else 0,
        ticks=False,
        domain=False,
        labelLimit=130,
        labelOverlap=False,
    )
    down = alt.Axis(title=titles[0], ticks=False, domain=False, labelLimit=_LETTERS - 10)
    base: Any = alt.Chart(theme.data_of(values)).encode(
        x=alt.X("column", type="nominal", sort=columns, axis=across),
        y=alt.Y("row", type="nominal", sort=rows, axis=down),
    )
    ground = base.mark_rect(stroke=theme.GRID, strokeWidth=0.8).encode(
        color=alt.Color("colour", type="nominal", scale=None)
    )
    frames = base.mark_rect(filled=False, stroke=theme.INK, strokeWidth=2).transform_filter("datum.is_marked")
    ink = alt.Color("ink", type="nominal", scale=None)
    layers = [ground, frames]
    for only, up in (("datum.below === ''", 0), ("datum.below !== ''", -6)):
        words = base.mark_text(fontSize=13, dy=up).encode(text="words:N", color=ink)
        layers.append(words.transform_filter(only))
    layers.append(base.mark_text(fontSize=9.5, dy=9).encode(text="below:N", color=ink))
    return alt.layer(*layers).properties(width=width - _LETTERS, height=height * len(rows))


def _mixed(shade: float) -> str:
    """A colour between white and dark blue, which is as much lighter or darker in grey."""
    share = min(1.0, max(0.0, shade))
    parts = [
        round(int(_LIGHT[at : at + 2], 16) * (1 - share) + int(_DARK[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _of_cell(cell: Cell) -> _Tile:
    below = f"{cell.observed:,} / {cell.expected:,.1f}"
    row, column = km_words(cell), day_words(cell)
    if cell.ratio is None:
        return _Tile(row, column, "–", below, 0.0)
    mark = "" if not cell.stands_out else " **" if cell.p <= SURELY else " *"
    shade = (cell.ratio - 1) / (_HIGH - 1)
    return _Tile(
        row, column, f"{cell.ratio:.2f}{mark}", below, None if cell.is_double else shade, is_marked=bool(mark)
    )


def _of_repeats(found: Repeats) -> Iterator[str]:
    yield (
        f"* p ≤ {NOTEWORTHY:g}, ** p ≤ {SURELY:g}: so few of {found.draws:,} permutations of the dates have "
        f"as many pairs. White is as by chance or less, the darkest {_HIGH:g} times and more. "
        f"That some field stands out as far as here by chance alone: p = {found.p_any:.3f}."
    )
    if found.events < found.known:
        yield f"A sample of {found.events:,} of {found.known:,} events."
    if any(cell.is_double for cell in found.cells):
        yield (
            "Grey: pairs of one place and one day may be accounts of one event that are not linked, and "
            "linking may have joined two events."
        )
    if found.left_out:
        told = "; ".join(f"{one.events:,} {one.why}" for one in found.left_out)
        yield f"Left out: {told}."


def _repeats_in_words(found: Repeats) -> str:
    out = [cell for cell in found.cells if cell.stands_out and cell.ratio is not None]
    told = "; ".join(
        f"{km_words(one)}, {day_words(one)}: {one.ratio:.2f} times as many as by chance (p = {one.p:.3f})"
        for one in out[:4]
    )
    return (
        f"Table of pairs among {many(found.events, 'event')} by distance and time. "
        f"{f'What stands out: {told}' if told else 'No band stands out from chance'}."
    )


def _first(names: Sequence[str], most: int) -> list[str]:
    """The first names, and others and nobody where they are among all."""
    named = [name for name in names if name not in (OTHERS, NOBODY)][:most]
    return [*named, *(name for name in (OTHERS, NOBODY) if name in names)]


def _of_parties(found: Parties, *, is_cut: bool) -> Iterator[str]:
    yield "Perpetrators and targets are whom reports and speakers name: an accusation is not a finding."
    if found.several:
        yield (
            f"An event that names several in one part stands in several tiles ({found.several:,} of "
            f"{found.events:,} do), which add up to more than all events."
        )
    if is_cut:
        yield f"Pairings of parties below the first {MOST_PARTIES} are not drawn."


def _parties_in_words(found: Parties) -> str:
    most = sorted(found.pairings, key=lambda one: -one.events)[:3]
    told = "; ".join(f"{one.perpetrator} and {one.target}, {many(one.events, 'event')}" for one in most)
    return f"Table of {many(found.events, 'event')} by perpetrator and target. Most events: {told}."
