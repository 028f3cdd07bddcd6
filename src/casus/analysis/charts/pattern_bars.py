"""Units and harms as horizontal bars that begin at zero, with a line from low to high."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Chart, chart_of, source_line
from casus.analysis.patterns.counting import Measure, many
from casus.analysis.patterns.harms import HarmCount, Harms
from casus.analysis.patterns.unit_results import UnitCount, Units
from casus.casebook.browsing.records import Sum
from casus.errors import NotAnswerable
from casus.output.wording import words_of

if TYPE_CHECKING:
    import altair as alt

MOST_BARS = 20
_STEP = 20  # pixels a bar takes
_LETTERS = 150  # pixels of the names of units
_WIDE = 480  # pixels from which on two panels stand side by side
_LETTER = 5.9  # pixels that a letter of the words beside a bar takes


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar: its name, how long it is, from where to where its line goes, and the words beside it."""

    name: str
    value: int | None
    low: int | None
    high: int | None
    words: str


def units_chart(found: Units, *, most: int = MOST_BARS, width: int = theme.WIDTH) -> Chart:
    """Events and deaths of the first units, side by side."""
    import altair as alt  # noqa: PLC0415 - takes 0.3 s

    shown = found.counts[:most]
    names = _names(shown)
    events = [
        _Bar(name, one.events, None, None, f"{one.events:,}") for name, one in zip(names, shown, strict=True)
    ]
    deaths = [_of_people(name, one.killed) for name, one in zip(names, shown, strict=True)]
    killed = "killed: best figure, and a line from low to high"
    room = _room(width)
    drawn = (
        alt.hconcat(
            _bars(events, "events", room // 2),
            _bars(deaths, killed, room // 2, has_names=False),
            spacing=14,
        )
        if width >= _WIDE
        else alt.vconcat(_bars(events, "events", room), _bars(deaths, killed, room))
    )
    plural = many(len(found.counts), found.level.words, found.level.plural)
    return chart_of(
        drawn,
        title=f"Where: {found.asked}",
        subtitle=f"By {found.level.words}, those with most {found.order} first",
        caption=(*_of_units(found, len(shown)), source_line(found.asked, found.revision)),
        alternative=_units_in_words(found, plural),
        columns=(found.level.words, "events", "killed: low", "best", "high", "events without a number"),
        rows=[(name, one.events, *_cells(one.killed)) for name, one in zip(names, shown, strict=True)],
        width=width,
    )


def harms_chart(found: Harms, *, width: int = theme.WIDTH) -> Chart:
    """Tolls by harm and category, each harm on a scale of its own."""
    import altair as alt  # noqa: PLC0415

    numbered = [one.harm for one in found.counts if one.category is None and one.people.known]
    if not numbered:
        raise NotAnswerable(f"there is nothing to draw: no toll of {found.asked} has a number")
    panels = []
    for harm in numbered:
        rows = [one for one in found.counts if one.harm is harm]
        if len(rows) == 2 and rows[0].people == rows[1].people:
            del rows[0]  # all are of one category
        bars = [_of_people(_category(one), one.people) for one in rows]
        panels.append(_bars(bars, f"people {words_of(harm)}", _room(width)))
    return chart_of(
        alt.vconcat(*panels, spacing=16),
        title=f"Who was harmed: {found.asked}",
        subtitle="Bars are best figures, lines go from low to high; each harm has a scale of its own",
        caption=(*_of_harms(found), source_line(found.asked, found.revision)),
        alternative=_harms_in_words(found),
        columns=("harm", "category", "low", "best", "high", "events without a number", "events"),
        rows=[(words_of(one.harm), _category(one), *_cells(one.people), one.events) for one in found.counts],
        width=width,
    )


def _bars(
    bars: Sequence[_Bar], title: str, width: int, *, has_names: bool = True
) -> alt.LayerChart | alt.FacetChart:
    """Bars in their order with their words beside them."""
    import altair as alt  # noqa: PLC0415

    values: list[dict[str, Any]] = [
        {
            "name": bar.name,
            "value": bar.value,
            "low": bar.low,
            "high": bar.high,
            "words": bar.words,
            "end": max(bar.value or 0, bar.high or 0),
        }
        for bar in bars
    ]
    room = 12 + _LETTER * max(len(bar.words) for bar in bars)
    longest = (max(one["end"] for one in values) or 1) * width / max(width - room, width / 3)
    axis = alt.Axis(title=None, labelLimit=_LETTERS - 10, labels=has_names, ticks=False, domain=False)
    scale = alt.Scale(domain=[0, longest], nice=False, zero=True)
    ticks = alt.Axis(title=title, format=",d", tickMinStep=1, tickCount=4)
    base: Any = alt.Chart(theme.data_of(values)).encode(
        y=alt.Y("name", type="nominal", sort=[bar.name for bar in bars], axis=axis)
    )
    layers = [
        base.mark_bar(color=theme.BAR, height={"band": 0.68}).encode(
            x=alt.X("value", type="quantitative", scale=scale, axis=ticks)
        )
    ]
    if any(bar.low is not None for bar in bars):
        lines = base.transform_filter("datum.low !== null && datum.low < datum.high")
        line = lines.mark_rule(color=theme.INK, strokeWidth=1.4).encode(
            x=alt.X("low", type="quantitative"), x2="high:Q"
        )
        ends = [
            lines.mark_tick(color=theme.INK, thickness=1.4, height=7).encode(
                x=alt.X(end, type="quantitative")
            )
            for end in ("low", "high")
        ]
        layers += [line, *ends]
    layers.append(
        base.mark_text(align="left", dx=5, fontSize=10.5).encode(
            x=alt.X("end", type="quantitative"), text="words:N"
        )
    )
    return alt.layer(*layers).properties(width=width, height=_STEP * len(bars))


def _room(width: int) -> int:
    """The pixels of bars: on a wide page the names take some of them."""
    return width if width < _WIDE else width - _LETTERS // 2


def _of_people(name: str, people: Sum) -> _Bar:
    if not people.known:
        return _Bar(name, None, None, None, "no number" if people.unknown else "none")
    words = f"{people.best:,}"
    if people.low != people.high:
        words += f" ({people.low:,}–{people.high:,})"
    return _Bar(name, people.best, people.low, people.high, words)


def _cells(people: Sum) -> tuple[int | None, int | None, int | None, int]:
    if not people.known:
        return None, None, None, people.unknown
    return people.low, people.best, people.high, people.unknown


def _names(counts: Sequence[UnitCount]) -> list[str]:
    """Labels, with a number after those that come again."""
    seen: dict[str, int] = {}
    names = []
    for one in counts:
        seen[one.label] = seen.get(one.label, 0) + 1
        names.append(one.label if seen[one.label] == 1 else f"{one.label} #{seen[one.label]}")
    return names


def _category(one: HarmCount) -> str:
    return "all" if one.category is None else words_of(one.category)


def _of_units(found: Units, shown: int) -> Iterator[str]:
    rest = found.counts[shown:]
    if rest:
        events = sum(one.events for one in rest)
        yield f"Not drawn: {len(rest):,} more of {len(found.counts):,}, with {many(events, 'event')}."
    if found.left_out:
        told = "; ".join(f"{one.events:,} {one.why}" for one in found.left_out)
        yield f"Left out: {told}."
    for one in found.concentration:
        if one.gini is not None and one.measure is Measure.EVENTS:
            yield (
                f"Half of the events are in {one.half:,} of {one.units:,}. Gini coefficient {one.gini:.2f}; "
                f"{one.if_even or 0:.2f} by chance alone."
            )
    without = found.killed.unknown
    if without:
        yield f"Of {many(without, 'event')} no number of killed is known; they add nothing to the bars."


def _units_in_words(found: Units, plural: str) -> str:
    first = "; ".join(
        f"{one.label}: {many(one.events, 'event')}, {_people_words(one.killed)}" for one in found.counts[:3]
    )
    return f"Bars of {many(found.events, 'event')} in {plural}. Those with most {found.order}: {first}."


def _people_words(killed: Sum) -> str:
    return f"{killed.best:,} killed ({killed.low:,} to {killed.high:,})" if killed.known else "killed unknown"


def _of_harms(found: Harms) -> Iterator[str]:
    untold = [words_of(one.harm) for one in found.counts if one.category is None and not one.people.known]
    if untold:
        yield f"Told without any number: {', '.join(untold)}."
    without = sum(one.people.unknown for one in found.counts if one.category is None)
    if without:
        yield f"In {found.events:,} events, {many(without, 'toll')} without a number; they add nobody."
    civilians = found.civilians
    if civilians is not None and civilians.low is not None and civilians.high is not None:
        yield (
            f"Between {civilians.low:.0%} and {civilians.high:.0%} of the killed were civilians, under the "
            "extreme assumptions about those of whom it is unknown or disputed."
        )
    yield "Harms are not added to each other: the same people may have come to several."


def _harms_in_words(found: Harms) -> str:
    told = "; ".join(
        f"{words_of(one.harm)}: {one.people.best:,} ({one.people.low:,} to {one.people.high:,})"
        for one in found.counts
        if one.category is None and one.people.known
    )
    return f"Bars of people harmed in {many(found.events, 'event')}, by harm and category. {told}."
