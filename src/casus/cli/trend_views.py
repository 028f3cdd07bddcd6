"""Trends for people: a line for each period, groups, and what came before and after a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.analysis.trend_results import BeforeAfter, Figures, Side, Trend, TrendGroup
from casus.analysis.trend_words import ComparedWords, compared_words, split_notes, trend_notes
from casus.casebook.browsing.records import TimeUnit
from casus.output.layout import DIM, INDENT

_BAR = 6  # characters, so that a line fits 80
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEVELS = "▁▂▃▄▅▆▇█"
_LABELS = {TimeUnit.YEAR: "%Y", TimeUnit.MONTH: "%Y-%m", TimeUnit.WEEK: "%Y-%m-%d", TimeUnit.DAY: "%Y-%m-%d"}
_BY = {"adm1": "unit", "event_type": "type"}
_UNDER = (0, 0, 0, INDENT)
_WARNING = "yellow"
_TOLLS = (("killed", True), ("unknown\ntoll", True), ("sources\nan event", True))


def trend_view(trend: Trend) -> Group:
    """All that a trend says."""
    parts: list[RenderableType] = [
        Text(f"{trend.words}, by {trend.unit}, {trend.first} to {trend.last}", "bold"),
        Text(),
        _periods_table(trend),
        *(Text(note, DIM) for note in trend_notes(trend)),
    ]
    if trend.by is not None:
        by = _BY.get(trend.by, str(trend.by))
        parts += [Text(), Text(f"By {by}", "bold"), _groups_table(trend, by)]
    if trend.around is not None:
        parts += [Text(), *_around(trend.around)]
    return Group(*parts)


def _table(*headings: tuple[str, bool]) -> Table:
    """A table without lines; each heading with whether its column holds figures."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, header_style=DIM)
    for heading, is_figure in headings:
        table.add_column(heading, justify="right" if is_figure else "left", no_wrap=True, vertical="bottom")
    return table


def _periods_table(trend: Trend) -> Table:
    table = _table(
        (str(trend.unit), False),
        ("events", True),
        ("", False),
        *_TOLLS,
        ("all\nreports", True),
        ("outlets", True),
        ("events\nto 100\nreports", True),
    )
    most = max(period.figures.events for period in trend.periods)
    for period in trend.periods:
        mark = "" if period.is_whole else " *"
        table.add_row(
            period.start.strftime(_LABELS[trend.unit]) + mark,
            f"{period.figures.events:,}",
            bar(period.figures.events, most),
            *_tolls(period.figures),
            f"{period.published:,}",
            f"{period.outlets:,}",
            "" if period.events_a_hundred_reports is None else f"{period.events_a_hundred_reports:.1f}",
        )
    if len(trend.periods) > 1:
        published = sum(period.published for period in trend.periods)
        table.add_row(
            "all", f"{trend.total.events:,}", "", *_tolls(trend.total), f"{published:,}", "", "", style="bold"
        )
    return table


def _tolls(figures: Figures) -> tuple[str, str, str]:
    """The dead, how many events give no number of them, and sources an event."""
    low, best, high = figures.deaths_low, figures.deaths_best, figures.deaths_high
    killed = f"{best:,}" if low == best == high else f"{best:,} ({low:,}–{high:,})"
    if figures.events == figures.without_toll:
        killed = ""
    sources = figures.sources_an_event
    return killed, f"{figures.without_toll:,}" if figures.without_toll else "", _figure(sources)


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}"


def bar(count: int, most: int, width: int = _BAR) -> str:
    """A bar from zero, `most` being the whole width."""
    eighths = round(8 * width * count / most) if most else 0
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def line(counts: Sequence[int], width: int = 24) -> str:
    """Counts as a line of small bars from zero; of more than fit, several are added up in one."""
    step = -(-len(counts) // width)
    sums = [sum(counts[at : at + step]) for at in range(0, len(counts), step)]
    most = max(sums)
    return "".join(" " if not one else _LEVELS[max(0, round(8 * one / most) - 1)] for one in sums)


def _groups_table(trend: Trend, by: str) -> Table:
    table = _table(
        (by, False),
        ("events", True),
        ("", False),
        *_TOLLS,
        (f"each {trend.unit}", False),
    )
    groups = list(trend.groups)
    most = max(group.total.events for group in groups)
    for group in groups:
        table.add_row(*_group_cells(group, group.name.replace("_", " "), most))
    if trend.others is not None:
        count = trend.other_groups
        name = "1 other" if count == 1 else f"{count:,} others"
        table.add_row(*_group_cells(trend.others, name, None), style=DIM)
    return table


def _group_cells(group: TrendGroup, name: str, most: int | None) -> Iterator[str]:
    yield name
    yield f"{group.total.events:,}"
    yield "" if most is None else bar(group.total.events, most)
    yield from _tolls(group.total)
    yield line([figures.events for figures in group.periods])


def _around(split: BeforeAfter) -> Iterator[RenderableType]:
    name = f" ({split.name})" if split.name else ""
    yield Text(f"Before and after {split.day}{name}", "bold")
    yield _sides_table(split)
    yield from (Text(note, DIM) for note in split_notes(split))
    for told in compared_words(split):
        yield from _compared(told)


def _sides_table(split: BeforeAfter) -> Table:
    table = _table(
        ("", False),
        ("days", True),
        ("events", True),
        ("a day", True),
        *_TOLLS,
        ("all\nreports", True),
        ("of other\nthings", True),
        ("outlets", True),
    )
    for name, side in (("before", split.before), ("after", split.after)):
        table.add_row(*_side_cells(name, side))
    return table


def _side_cells(name: str, side: Side) -> Iterator[str]:
    yield f"{name}, {side.first}\n  to {side.last}"
    yield f"{side.days:,}"
    yield f"{side.figures.events:,}"
    yield f"{side.figures.events / side.days:.2f}"
    yield from _tolls(side.figures)
    yield from (f"{side.published:,}", f"{side.other_reports:,}", f"{side.outlets:,}")


def _compared(told: ComparedWords) -> Iterator[RenderableType]:
    yield Text()
    yield Text.assemble((f"{told.heading}: ", "bold"), told.ratio)
    for sentence in told.sentences:
        yield Padding(Text(sentence), _UNDER)
    for sentence in told.warnings:
        yield Padding(Text(f"! {sentence}", _WARNING), _UNDER)
