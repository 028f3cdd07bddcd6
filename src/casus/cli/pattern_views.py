"""Patterns for people: tables with bars, and what to know about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.analysis.patterns.casts import NOBODY, OTHERS
from casus.analysis.patterns.repeats import NOTEWORTHY, SURELY, day_words, km_words
from casus.casebook.records import Standing
from casus.output.layout import DIM
from casus.output.wording import words_of

if TYPE_CHECKING:
    from casus.analysis.patterns.concentration import Concentration
    from casus.analysis.patterns.counting import LeftOut
    from casus.analysis.patterns.harms import CivilianShare, Harms
    from casus.analysis.patterns.parties import Parties, Party
    from casus.analysis.patterns.repeats import Cell, Repeats
    from casus.analysis.patterns.unit_results import Units
    from casus.casebook.browsing.records import Sum

_ASIDE = frozenset({OTHERS, NOBODY})  # who come after those that are named
_BAR = 16  # characters of the longest bar
_LONGEST_NAME = 36
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def units_view(found: Units, most: int) -> RenderableType:
    """Units with their events, deaths, shares and rates; below, how concentrated these are."""
    table = _table(found.level.words)
    has_rates = any(one.population is not None for one in found.counts)
    rates = ("events/100k", "killed/100k") if has_rates else ()
    _add_columns(table, ("events", "", "share", "so far", "killed", *rates))
    most_of = max(one.events for one in found.counts)
    for one in found.counts[:most]:
        shares = _percent(one.event_share), _percent(one.cumulative)
        told = (_rate(one.event_rate), _rate(one.death_rates and one.death_rates[1])) if has_rates else ()
        row = one.label, f"{one.events:,}", bar(one.events, most_of), *shares, _people(one.killed), *told
        table.add_row(*row)
    rest = found.counts[most:]
    if rest:
        events = sum(one.events for one in rest)
        table.add_row(Text(f"{len(rest):,} more (--most)", DIM), f"{events:,}")
    heading = f"Where: {found.asked}, by {found.level.words}"
    sentences = [_concentration_words(one, found.level.plural) for one in found.concentration]
    return _block(heading, table, [one for one in sentences if one], found.left_out, found.notices)


def repeats_view(found: Repeats) -> RenderableType:
    """Ratios by distance and time, with the pairs observed and expected."""
    table = _table("distance")
    columns = list(dict.fromkeys(day_words(cell) for cell in found.cells))
    _add_columns(table, columns)
    rows: dict[str, list[Cell]] = {}
    for cell in found.cells:
        rows.setdefault(km_words(cell), []).append(cell)
    for name, cells in rows.items():
        table.add_row(name, *map(_ratio, cells))
    said = [
        "Each field: how many times as many pairs as by chance; below, pairs observed / expected.",
        f"* p ≤ {NOTEWORTHY:g}, ** p ≤ {SURELY:g}, of {found.draws:,} permutations of the dates.",
        f"That some field stands out as far by chance alone: p = {found.p_any:.3f}.",
    ]
    heading = f"Near repeats: {found.asked}, {found.events:,} events"
    return _block(heading, table, said, found.left_out, found.notices)


def parties_view(found: Parties, most: int) -> RenderableType:
    """Perpetrators by how they come to be named, targets, and pairings."""
    pairs = _table("perpetrator" if found.is_directed else "party", "target" if found.is_directed else "and")
    _add_columns(pairs, ("events", "", "killed"))
    ranked = sorted(
        found.pairings, key=lambda one: (not {one.perpetrator, one.target}.isdisjoint(_ASIDE), -one.events)
    )
    largest = max((one.events for one in ranked), default=1)
    for one in ranked[:most]:
        cells = (f"{one.events:,}", bar(one.events, largest), _people(one.killed))
        pairs.add_row(one.perpetrator, one.target, *cells)
    if len(ranked) > most:
        pairs.add_row(Text(f"{len(ranked) - most:,} more (--most)", DIM))
    so = f", only {words_of(found.standing)}" if found.standing else ""
    return Group(
        Text(f"Who to whom: {found.asked}, {found.events:,} events{so}", style="bold"),
        _part(
            "Perpetrators, and in how many events they are named how",
            _cast(found.perpetrators, has_ways=True),
        ),
        _part("Targets, as they are named", _cast(found.targets, has_ways=False)),
        _part("Pairings" if found.is_directed else "Dyads, without direction", pairs),
        *_below((), (), found.notices),
    )


def harms_view(found: Harms) -> RenderableType:
    """People by harm and category, and the share of civilians."""
    table = _table("harm")
    _add_columns(table, ("low", "best", "high", "", "events", "no number", "elsewhere"))
    largest: dict[str, int] = {one.harm: one.people.best for one in found.counts if one.category is None}
    for one in found.counts:
        name = words_of(one.harm) if one.category is None else f"  {words_of(one.category)}"
        figures = (one.people.low, one.people.best, one.people.high)
        told = [f"{figure:,}" if one.people.known else "unknown" for figure in figures]
        counts = map(_count, (one.events, one.people.unknown, one.elsewhere))
        length = bar(one.people.best, largest[one.harm])
        table.add_row(Text(name, "bold" if one.category is None else ""), *told, length, *counts)
    said = list(_civilian_words(found.civilians)) if found.civilians is not None else []
    return _block(f"Who was harmed: {found.asked}, {found.events:,} events", table, said, (), found.notices)


def bar(value: float, most: float) -> str:
    """A bar of block characters, as long as the value is of the most."""
    eighths = round(_BAR * 8 * value / most) if most else 0
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def _cast(some: Sequence[Party], *, has_ways: bool) -> Table:
    table = _table("")
    ways = tuple(Standing) if has_ways else ()
    _add_columns(table, ("events", "killed", *map(words_of, ways)))
    for one in some:
        named = (_count(one.standings.get(way, 0)) for way in ways)
        table.add_row(one.name, f"{one.events:,}", _people(one.killed), *named)
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for heading in headings:
        table.add_column(heading, max_width=_LONGEST_NAME)
    return table


def _add_columns(table: Table, headings: Iterable[str]) -> None:
    """Columns of figures; those without a heading are of bars."""
    for heading in headings:
        table.add_column(heading, justify="right" if heading else "left", no_wrap=True)


def _part(heading: str, inner: RenderableType) -> RenderableType:
    return Group(Text(f"\n{heading}", style=DIM), Padding(inner, (0, 0, 0, 2)))


def _block(
    heading: str,
    table: RenderableType,
    said: Iterable[str],
    left_out: Sequence[LeftOut],
    notices: Iterable[str],
) -> RenderableType:
    return Group(Text(heading, style="bold"), Padding(table, (1, 0, 0, 0)), *_below(said, left_out, notices))


def _below(
    said: Iterable[str], left_out: Sequence[LeftOut], notices: Iterable[str]
) -> Iterator[RenderableType]:
    yield Text("")
    for sentence in said:
        yield Text(sentence)
    if left_out:
        yield Text(f"Left out: {'; '.join(f'{one.events:,} {one.why}' for one in left_out)}.")
    for notice in notices:
        yield Text(notice, style=DIM)


def _concentration_words(found: Concentration, plural: str) -> str:
    if found.gini is None:
        return ""
    words = (
        f"Half of the {found.measure} are in {found.half:,} of {found.units:,} {plural}; "
        f"Gini coefficient {found.gini:.2f}"
    )
    if found.estimate is not None and found.low is not None and found.high is not None:
        words += f", less what chance adds {found.estimate:.2f} (95% {found.low:.2f} to {found.high:.2f})"
    if found.if_even is not None:
        words += f"; {found.if_even:.2f} if each event were as likely in any of them"
    return f"{words}."


def _civilian_words(share: CivilianShare) -> Iterator[str]:
    if share.known is not None:
        yield (
            f"Civilians among the killed: {share.civilians:,} of the {share.civilians + share.others:,} "
            f"whose category is known, {share.known:.0%}, by the best figures."
        )
    if share.low is not None and share.high is not None:
        unsure = f"With {share.unsure:,} more of whom it is unknown or disputed, that"
        yield (
            f"{unsure if share.unsure else 'That'} is {share.low:.0%} to {share.high:.0%} under the "
            "extreme assumptions, which is no statistical interval."
        )


def _ratio(cell: Cell) -> str:
    mark = "" if not cell.stands_out else " **" if cell.p <= SURELY else " *"
    ratio = "–" if cell.ratio is None else f"{cell.ratio:.2f}"
    return f"{ratio}{mark}\n{cell.observed:,} / {cell.expected:,.1f}"


def _people(people: Sum) -> str:
    if not people.known:
        return "unknown" if people.unknown else "–"
    if people.low == people.high:
        return f"{people.best:,}"
    return f"{people.best:,} ({people.low:,}–{people.high:,})"


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}" if value >= 0.1 else f"{value:.1%}"


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:,.3g}"
