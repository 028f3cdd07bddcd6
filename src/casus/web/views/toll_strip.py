"""Figures of one harm on one axis: what each source says, and what the record makes of it.

Positions are in percent of the axis, so that the drawing fits any width without its words
growing or shrinking.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.casebook.records import Event, Told
from casus.casebook.tolls import total_of
from casus.model import Category, Claim, ClaimKind, Harm, Toll
from casus.output.wording import short_speaker_words
from casus.web.views.comparison import Column

_WIDE = 40  # times that the largest figure is the smallest: from there on the axis is logarithmic
_MOST_TICKS = 6
_MOST_NAMED = 2
_ROW, _TOP, _FOOT = 34, 8, 24


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis, in percent of its length."""

    value: int
    at: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: from low to high with a dot at the best; None where an end is open or unknown."""

    label: str
    who: tuple[str, ...]
    category: Category | None
    low: int | None
    best: int | None
    high: int | None
    start: float
    end: float
    dot: float | None
    y: int
    is_record: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The figures of one harm, the record's first; `without_number` says so and gives none."""

    harm: Harm
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    is_log: bool
    height: int
    without_number: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    who: str
    category: Category | None
    low: int | None
    best: int | None
    high: int | None


def strips_of(event: Event, columns: Sequence[Column]) -> tuple[Strip, ...]:
    """A strip for each harm of which a number is told."""
    harms = dict.fromkeys(row.harm for row in event.tolls)
    made = (_strip(event, harm, list(_said(columns, harm))) for harm in harms)
    return tuple(strip for strip in made if strip is not None)


def _said(columns: Sequence[Column], harm: Harm) -> Iterable[_Said]:
    """Each claim of a harm, and the rows that accounts tell in their own voice."""
    for column in columns:
        for one in column.told:
            claims = [c for _, c in one.claims if c.kind is ClaimKind.TOLL and c.harm is harm]
            for claim in claims:
                who = f"{column.source}: {short_speaker_words(claim.speaker)}"
                yield _Said(who, claim.category, claim.low, _best(claim.low, None, claim.high), claim.high)
            yield from _own_voice(column.source, one, harm, claims)


def _own_voice(source: str, one: Told, harm: Harm, claims: Sequence[Claim]) -> Iterable[_Said]:
    for row in one.event.tolls:
        if row.harm is harm and not any(_span(claim) in _spans(row) for claim in claims):
            yield _Said(source, row.category, row.low, _best(row.low, row.best, row.high), row.high)


def _span(claim: Claim) -> tuple[int, int]:
    return claim.quote.start_char, claim.quote.end_char


def _spans(row: Toll) -> set[tuple[int, int]]:
    return {(piece.start_char, piece.end_char) for piece in row.evidence}


def _strip(event: Event, harm: Harm, said: Sequence[_Said]) -> Strip | None:
    low, best, high = total_of(event.tolls, harm)
    numbered = [one for one in said if one.best is not None]
    figures = [n for one in numbered for n in (one.low, one.best, one.high) if n is not None]
    figures += [n for n in (low, best, high) if n is not None]
    if not figures:
        return None
    axis = _Axis.of(figures)
    bars = [_bar(_Said("The record", None, low, best, high), ("The record",), axis, 0, is_record=True)]
    for same in _alike(numbered):
        bars.append(_bar(same[0], tuple(one.who for one in same), axis, len(bars)))
    silent = tuple(dict.fromkeys(one.who for one in said if one.best is None))
    height = _TOP + _ROW * len(bars) + _FOOT
    return Strip(harm, tuple(bars), axis.ticks(), axis.is_log, height, silent)


def _alike(said: Sequence[_Said]) -> list[list[_Said]]:
    """Equal figures together, the largest first."""
    groups: dict[tuple[object, ...], list[_Said]] = {}
    for one in said:
        category = None if one.category is Category.UNKNOWN else one.category
        groups.setdefault((category, one.low, one.best, one.high), []).append(one)
    return sorted(groups.values(), key=lambda group: (-(group[0].best or 0), -len(group), group[0].who))


def _bar(said: _Said, who: tuple[str, ...], axis: _Axis, index: int, *, is_record: bool = False) -> Bar:
    named = list(dict.fromkeys(who))
    label = "; ".join(named[:_MOST_NAMED])
    if len(named) > _MOST_NAMED:
        label += f" and {len(named) - _MOST_NAMED} more"
    low = said.low if said.low is not None else said.best
    is_open = said.high is None and not is_record
    high = said.high if said.high is not None else said.best
    return Bar(
        label,
        tuple(named),
        None if said.category is Category.UNKNOWN else said.category,
        said.low,
        said.best,
        said.high,
        axis.at(low or 0),
        axis.at(max(low or 0, high or 0)),
        None if said.best is None else axis.at(said.best),
        _TOP + _ROW * index,
        is_record,
        is_open,
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    most: int
    is_log: bool

    @classmethod
    def of(cls, figures: Sequence[int]) -> _Axis:
        most, least = max(*figures, 1), min((n for n in figures if n > 0), default=1)
        return cls(most, most / least >= _WIDE)

    def at(self, value: int) -> float:
        """Where a value is, in percent; a little is left free at the end."""
        share = math.log1p(value) / math.log1p(self.most) if self.is_log else value / self.most
        return round(2 + 94 * share, 2)

    def ticks(self) -> tuple[Tick, ...]:
        if self.is_log:
            values = [0, *(10**power for power in range(len(str(self.most))))]
        else:
            step = _nice(self.most / _MOST_TICKS)
            values = list(range(0, self.most + 1, step))
        return tuple(Tick(value, self.at(value)) for value in values)


def _nice(least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that is not below a number."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= least:
                return factor * power
        power *= 10


def _best(low: int | None, best: int | None, high: int | None) -> int | None:
    return best if best is not None else low if low is not None else high
