"""Events and the killed over time, as bars that a template draws as SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from casus.casebook.browsing.records import Period
from casus.web.rendering import UNKNOWN, Shown

HEIGHT = 100.0
_SLOT = 10.0
_FEWEST_SLOTS = 24
_TICKS = 5
_STEPS = (1, 1.5, 2, 3, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Whisker:
    """From the lowest to the highest figure."""

    x: float
    y_low: float
    y_high: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A period's bar, in the units of the chart; y counts downwards."""

    x: float
    y: float
    width: float
    height: float
    href: str
    title: str
    whisker: Whisker | None = None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period in words, for the table beside the chart."""

    label: str
    href: str
    events: int
    killed: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Two rows of bars over the same periods.

    `ticks` stand below their bars where each period is told, and are spread evenly from the first
    to the last elsewhere.
    """

    width: float
    events: tuple[Bar, ...]
    killed: tuple[Bar, ...]
    most_events: int
    most_killed: int
    ticks: tuple[str, ...]
    is_each_told: bool
    rows: tuple[PeriodRow, ...]


def chart_of(periods: Sequence[Period], shown: Shown, href: Callable[[date, date], str]) -> Chart | None:
    """The chart of some periods; `href` gives the address that shows only some days.  None for none."""
    if not periods:
        return None
    most_events = nice_top(max(one.events for one in periods))
    most_killed = nice_top(max(one.killed_high for one in periods))
    slots = max(len(periods), _FEWEST_SLOTS)
    pitch = slots * _SLOT / len(periods)
    events: list[Bar] = []
    killed: list[Bar] = []
    rows: list[PeriodRow] = []
    for at, one in enumerate(periods):
        label, link = period_label(one, shown), href(one.start, one.end)
        x = at * pitch + (pitch - _SLOT) / 2
        toll = _toll(one, shown)
        title = f"{label}: {_counted(one.events, 'event', shown)}, {toll} killed"
        rows.append(PeriodRow(label, link, one.events, toll))
        if one.events:
            events.append(_bar(x, one.events, most_events, link, title))
            killed.append(_with_whisker(_bar(x, one.killed_best, most_killed, link, title), one, most_killed))
    labels = [row.label for row in rows]
    is_each_told = len(labels) <= _TICKS
    return Chart(
        slots * _SLOT,
        tuple(events),
        tuple(killed),
        most_events,
        most_killed,
        tuple(labels) if is_each_told else _ticks(labels),
        is_each_told,
        tuple(row for row in rows if row.events),
    )


def x_of(periods: Sequence[Period], day: date) -> float | None:
    """Where the period of a day begins in the chart of some periods; None where it is in none."""
    pitch = max(len(periods), _FEWEST_SLOTS) * _SLOT / max(1, len(periods))
    return next((at * pitch for at, one in enumerate(periods) if one.start <= day <= one.end), None)


def nice_top(most: int) -> int:
    """A round number, not less than `most`, to end an axis at."""
    if most <= 10:
        return max(most, 1)
    power = 10 ** (len(str(most)) - 1)
    return int(next(step * power for step in _STEPS if step * power >= most))


def period_label(period: Period, shown: Shown) -> str:
    """A day, a week by its first day, a month or a year, in words."""
    days = (period.end - period.start).days + 1
    if days == 1:
        return shown.day(period.start)
    if days <= 7:
        return f"week of {shown.day(period.start)}"
    if days <= 31:
        return format_skeleton("yMMM", period.start, locale=shown.locale)
    return str(period.start.year)


def _bar(x: float, value: int, most: int, href: str, title: str) -> Bar:
    height = value / most * HEIGHT
    return Bar(x + _SLOT * 0.12, round(HEIGHT - height, 2), _SLOT * 0.76, round(height, 2), href, title)


def _with_whisker(bar: Bar, period: Period, most: int) -> Bar:
    if period.killed_low == period.killed_high:
        return bar
    low, high = (
        round(HEIGHT - value / most * HEIGHT, 2) for value in (period.killed_low, period.killed_high)
    )
    return Bar(
        bar.x, bar.y, bar.width, bar.height, bar.href, bar.title, Whisker(bar.x + bar.width / 2, low, high)
    )


def _toll(period: Period, shown: Shown) -> str:
    if not period.killed_known:
        return UNKNOWN
    return shown.spread(period.killed_low, period.killed_best, period.killed_high)


def _counted(number: int, noun: str, shown: Shown) -> str:
    return f"{shown.number(number)} {noun}{'' if number == 1 else 's'}"


def _ticks(labels: Sequence[str]) -> tuple[str, ...]:
    last = len(labels) - 1
    return tuple(labels[round(last * at / (_TICKS - 1))] for at in range(_TICKS))
