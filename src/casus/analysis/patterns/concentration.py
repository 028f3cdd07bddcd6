"""How unevenly events and deaths fall on units: the Gini coefficient, with what chance does to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casus.analysis.patterns.counting import Measure
from casus.casebook.browsing.columns import Floats, Numbers

DRAWS = 500
"""How often events are drawn anew."""
FEW_A_UNIT = 20
"""Below so many events a unit the interval is too narrow, and too high (docs/patterns.md)."""
LEAST_A_UNIT = 5
"""Of fewer events a unit there is no estimate and no interval."""
_FEWEST_DRAWS = 20
_EVEN_DRAWS = 100  # of these only the mean is told
_NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated something is: 0 where each unit has as much, 1 where one has all.

    `gini` is the coefficient as counted, `estimate` the same less what chance adds to it, with
    its 95 percent interval `low` to `high`, None with fewer than 5 events a unit; `if_even` is
    what chance alone would give on average, were each event as likely in any unit.  All are
    None with a single unit, or a single event.  `half` units have half of the `total`.
    """

    measure: Measure
    units: int
    total: int
    half: int
    gini: float | None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    if_even: float | None = None


def gini(amounts: Sequence[float] | Numbers | Floats) -> float:
    """The Gini coefficient of amounts, none below 0: 0 where all are equal, 1 where one has all.

    With the amounts in rising order it is the sum of (2i - n - 1) times the amount i, over n
    times their sum (Gini 1912), times n / (n - 1), since the coefficient of n units is below
    1 - 1/n otherwise (Deltas 2003, "The small-sample bias of the Gini coefficient").  There
    must be two amounts or more, and one above 0.
    """
    rising = np.sort(np.asarray(amounts, dtype=np.float64))
    size = len(rising)
    weights = 2.0 * np.arange(1, size + 1) - size - 1
    return float(weights @ rising / ((size - 1) * rising.sum()))


def units_with_half(amounts: Sequence[float] | Numbers | Floats) -> int:
    """How few units have half of the whole, or more; 0 of nothing."""
    falling = np.sort(np.asarray(amounts, dtype=np.float64))[::-1]
    whole = falling.sum()
    return int(np.searchsorted(falling.cumsum(), whole / 2) + 1) if whole else 0


def concentrations(
    unit: Numbers,
    weights: Mapping[Measure, Numbers],
    units: int,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[Concentration, ...]:
    """How concentrated each of some weights of events is on units.

    `unit` holds the number of each event's unit, below `units`; units that no event is in are
    units with nothing.  The interval is the normal one of the bootstrap over events, with its
    bias taken off (Davison and Hinkley 1997, section 5.2): drawing events anew adds chance to a
    coefficient that has some already.  The order of the events changes nothing.
    """
    order = np.lexsort((*weights.values(), unit))
    unit = unit[order]
    weights = {measure: values[order] for measure, values in weights.items()}
    drawn, even = _drawn(unit, weights, units, draws, seed)
    has_estimate = len(unit) >= LEAST_A_UNIT * units
    return tuple(
        _told(
            measure,
            np.bincount(unit, weights=values, minlength=units).astype(np.float64),
            drawn[measure],
            even[measure],
            has_estimate=has_estimate,
        )
        for measure, values in weights.items()
    )


Drawn = dict[Measure, list[float]]


def _drawn(
    unit: Numbers, weights: Mapping[Measure, Numbers], units: int, draws: int, seed: int
) -> tuple[Drawn, Drawn]:
    """Coefficients of events drawn anew, and of events that fall on units by chance."""
    rng = np.random.default_rng(seed)
    drawn: Drawn = {measure: [] for measure in weights}
    even: Drawn = {measure: [] for measure in weights}
    if units < 2 or len(unit) < 2:
        return drawn, even
    for at in range(draws):
        again = rng.integers(0, len(unit), len(unit))
        where = unit[again]
        for measure, values in weights.items():
            _add(drawn[measure], where, values[again], units)
        if at < _EVEN_DRAWS:
            anywhere = rng.integers(0, units, len(unit))
            for measure, values in weights.items():
                _add(even[measure], anywhere, values, units)
    return drawn, even


def _add(found: list[float], unit: Numbers, values: Numbers, units: int) -> None:
    amounts = np.bincount(unit, weights=values, minlength=units)
    if amounts.any():
        found.append(gini(amounts))


def _told(
    measure: Measure, amounts: Floats, drawn: list[float], even: list[float], *, has_estimate: bool
) -> Concentration:
    units = len(amounts)
    whole, half = int(amounts.sum()), units_with_half(amounts)
    if not whole or len(drawn) < _FEWEST_DRAWS:
        return Concentration(measure, units, whole, half, None)
    counted = gini(amounts)
    if_even = float(np.mean(even))
    if not has_estimate:
        return Concentration(measure, units, whole, half, counted, if_even=if_even)
    estimate = 2 * counted - float(np.mean(drawn))
    margin = _NORMAL_95 * float(np.std(drawn, ddof=1))
    return Concentration(
        measure,
        units,
        whole,
        half,
        counted,
        _bounded(estimate),
        _bounded(estimate - margin),
        _bounded(estimate + margin),
        if_even,
    )


def _bounded(value: float) -> float:
    return min(1.0, max(0.0, value))
