"""A trend as its page shows it: periods, groups, and what came before and after a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from babel.dates import format_skeleton

from casus.analysis.trend_by import TrendBy
from casus.analysis.trend_results import BeforeAfter, Figures, Side, Trend, TrendGroup, TrendPeriod
from casus.casebook.browsing.records import TimeUnit
from casus.web.filters import Filters, query_of
from casus.web.rendering import Shown, words
from casus.web.trending import TrendQuestion
from casus.web.views.typed import Typed, a_day, a_number, one_of

READERS = {
    "every": one_of(TimeUnit),
    "by": one_of(TrendBy),
    "around": a_day,
    "agreement": a_number,
    "window": a_number,
}
BY_WORDS = {TrendBy.ADM1: "unit", TrendBy.EVENT_TYPE: "type"}
_FILTERS = {TrendBy.COUNTRY: "country", TrendBy.EVENT_TYPE: "type", TrendBy.GRADE: "grade"}
_NOT_KNOWN = "not known"
_MOST_BARS = 48
_HEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """Figures in words; "" where there is nothing to say."""

    events: str
    killed: str
    without_toll: str
    sources: str


@dataclass(frozen=True, slots=True)
class PeriodShown:
    """A period, and the address of its events."""

    label: str
    is_whole: bool
    href: str
    figures: FiguresShown
    published: str
    outlets: str
    to_reports: str


@dataclass(frozen=True, slots=True)
class SmallBar:
    """A bar of a small drawing in a table; y counts downwards from the top of 20."""

    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group; `bars` are its events over time, from zero, the drawing being `width` wide."""

    label: str
    href: str | None
    figures: FiguresShown
    bars: tuple[SmallBar, ...]
    width: int


@dataclass(frozen=True, slots=True)
class SideShown:
    """The days before, or after."""

    name: str
    days: str
    href: str
    number: str
    a_day: str
    figures: FiguresShown
    published: str
    others: str
    outlets: str


def question_of(typed: Typed, asked: TrendQuestion) -> TrendQuestion:
    """What a page is asked: the events of `asked`, in the way that its fields say."""
    values = typed.values
    around, agreement = values.get("around"), values.get("agreement")
    is_split = around is not None or agreement is not None
    return TrendQuestion(
        asked.wanted,
        values.get("every"),
        values.get("by"),
        around,
        agreement if around is None else None,
        values.get("window") if is_split else None,
    )


def address_of(path: str, filters: Filters, typed: Typed, **more: object) -> str:
    """An address that asks for the same trend."""
    return path + query_of({**filters.values(), **typed.kept(), **more})


def periods_shown(trend: Trend, filters: Filters, shown: Shown, *, most: int) -> Iterator[PeriodShown]:
    """The periods, the earliest first; the latest `most` of more."""
    for period in trend.periods[-most:]:
        to_reports = period.events_a_hundred_reports
        yield PeriodShown(
            period_label(period, trend.unit, shown),
            period.is_whole,
            f"/events{filters.query(since=period.start, until=period.end)}",
            figures_shown(period.figures, shown),
            shown.number(period.published),
            shown.number(period.outlets),
            "" if to_reports is None else shown.places(to_reports, 1),
        )


def period_label(period: TrendPeriod, unit: TimeUnit, shown: Shown) -> str:
    """A period in words: a year, a month, a week by its first day, a day."""
    if unit is TimeUnit.YEAR:
        return str(period.start.year)
    if unit is TimeUnit.MONTH:
        return str(format_skeleton("yMMM", period.start, locale=shown.locale))
    return shown.day(period.start)


def figures_shown(figures: Figures, shown: Shown) -> FiguresShown:
    """Figures; the dead of events that give no number are unknown, which is not zero."""
    killed = "" if not figures.events else shown.number(None)
    if figures.events > figures.without_toll:
        killed = shown.spread(figures.deaths_low, figures.deaths_best, figures.deaths_high)
    sources = figures.sources_an_event
    return FiguresShown(
        shown.number(figures.events),
        killed,
        shown.number(figures.without_toll) if figures.without_toll else "",
        "" if sources is None else shown.places(sources, 1),
    )


def groups_shown(trend: Trend, filters: Filters, shown: Shown) -> Iterator[GroupShown]:
    """The largest groups, and what all others come to."""
    name = _FILTERS.get(trend.by) if trend.by is not None else None
    for group in trend.groups:
        href = None
        if name is not None and group.name != _NOT_KNOWN:
            href = f"/events{filters.query(**{name: group.name, 'since': trend.first, 'until': trend.last})}"
        yield _group(group, _label(group.name, trend.by, shown), href, shown)
    if trend.others is not None:
        count = trend.other_groups
        label = "1 other" if count == 1 else f"{shown.number(count)} others"
        yield _group(trend.others, label, None, shown)


def sides_shown(split: BeforeAfter, filters: Filters, shown: Shown) -> tuple[SideShown, SideShown]:
    """Both sides of a day."""
    return _side("Before", split.before, filters, shown), _side("After", split.after, filters, shown)


def _side(name: str, side: Side, filters: Filters, shown: Shown) -> SideShown:
    return SideShown(
        name,
        shown.days(side.first, side.last),
        f"/events{filters.query(since=side.first, until=side.last)}",
        shown.number(side.days),
        shown.places(side.figures.events / side.days),
        figures_shown(side.figures, shown),
        shown.number(side.published),
        shown.number(side.other_reports),
        shown.number(side.outlets),
    )


def _label(name: str, by: TrendBy | None, shown: Shown) -> str:
    if by is TrendBy.COUNTRY and len(name) == 2:
        return shown.country(name)
    return words(name) if by in (TrendBy.EVENT_TYPE, TrendBy.GRADE) else name


def _group(group: TrendGroup, label: str, href: str | None, shown: Shown) -> GroupShown:
    sums = _summed([one.events for one in group.periods])
    most = max(sums)
    heights = [round(_HEIGHT * one / most, 1) if most else 0.0 for one in sums]
    bars = tuple(
        SmallBar(at * 4, round(_HEIGHT - height, 1), height) for at, height in enumerate(heights) if height
    )
    return GroupShown(label, href, figures_shown(group.total, shown), bars, 4 * len(sums))


def _summed(counts: Sequence[int]) -> list[int]:
    """Counts; of more than fit in a small drawing several are added up in one."""
    step = -(-len(counts) // _MOST_BARS)
    return [sum(counts[at : at + step]) for at in range(0, len(counts), step)]
