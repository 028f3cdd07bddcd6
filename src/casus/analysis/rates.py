"""What two stretches of days say of each other: counts a day, their ratio, and how sure it is.

`compare_days` compares counts (events, reports), `compare_tolls` sums of figures (deaths).  Which
method gives the interval is chosen by tests that the answer reports, as `docs/trends.md` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
"""How often the intervals are to hold the true ratio."""
FEWEST_DAYS = 7
"""Fewer days on a side are not compared."""
FEW = 10
"""Fewer events on a side get an exact interval and a warning."""


class Method(StrEnum):
    """How the interval of a ratio is found."""

    EXACT = "exact"
    POISSON = "poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"
    BLOCK_BOOTSTRAP = "block_bootstrap"
    BOUND = "bound"
    """One side has none: a bound on one side, no interval."""


class Asked(StrEnum):
    """What a test asks of daily counts."""

    DISPERSION = "dispersion"
    """Pearson's chi-squared over its degrees of freedom: 1 where counts vary as a Poisson's do."""
    OVERDISPERSION = "overdispersion"
    """Dean's score test for a variance above the mean."""
    OVERDISPERSION_REGRESSION = "overdispersion_regression"
    """Cameron and Trivedi's regression for the same."""
    AUTOCORRELATION = "autocorrelation"
    """Ljung and Box's test whether a day's count tells of the next days'."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a test gave: its figure, its p value (None where it has none), whether it found what it asks."""

    __test__ = False  # pytest takes it for one of its own

    asked: Asked
    statistic: float
    degrees: int | None
    p: float | None
    is_found: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """One side of a comparison: how many in how many days, and in how many reports where that is asked."""

    count: int
    days: int
    reports: int | None = None

    @property
    def a_day(self) -> float:
        """The count of an average day."""
        return self.count / self.days

    @property
    def a_report(self) -> float | None:
        """The count to a report; None where reports are not asked about, or there are none."""
        return self.count / self.reports if self.reports else None


@dataclass(frozen=True, slots=True)
class RateComparison:
    """What comes after against what came before, a day (or, where stretches have reports, a report).

    `ratio` is after over before, None where before has none; `low` and `high` bound it with
    `level`, None where that side has no bound.  `reasons` say in sentences why the method is
    what it is, `warnings` what to be careful about.
    """

    what: str
    before: Stretch
    after: Stretch
    ratio: float | None
    low: float | None
    high: float | None
    method: Method
    tests: tuple[Test, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    level: float = LEVEL

    @property
    def percent(self) -> float | None:
        """The change in percent: 70.0 is "up 70 percent", -100.0 none any more."""
        return _percent(self.ratio)

    @property
    def percent_low(self) -> float | None:
        """The lower end of the change in percent."""
        return _percent(self.low)

    @property
    def percent_high(self) -> float | None:
        """The upper end of the change in percent."""
        return _percent(self.high)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return (self.low is not None and self.low > 1) or (self.high is not None and self.high < 1)

    def frame(self) -> pd.DataFrame:
        """One row: what, method, level, ratio, low, high, the same in percent, and each side's figures."""
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame([dict(_row(self))])


@dataclass(frozen=True, slots=True)
class TollComparison:
    """Deaths after against deaths before, by the low, the best and the high figures of the events.

    `envelope_low` and `envelope_high` hold the intervals of all three.  `extreme_low` and
    `extreme_high` are the ratios if one side's figures were all the low and the other's the high.
    """

    best: RateComparison
    low: RateComparison
    high: RateComparison
    envelope_low: float | None
    envelope_high: float | None
    extreme_low: float | None
    extreme_high: float | None

    def frame(self) -> pd.DataFrame:
        """Three rows, low, best and high in the column `figure`, with the columns of a comparison."""
        import pandas as pd  # noqa: PLC0415

        named = (("low", self.low), ("best", self.best), ("high", self.high))
        return pd.DataFrame([{"figure": name, **dict(_row(one))} for name, one in named])


def _row(one: RateComparison) -> Iterator[tuple[str, object]]:
    yield from (("what", one.what), ("method", str(one.method)), ("level", one.level))
    yield from (("ratio", one.ratio), ("low", one.low), ("high", one.high))
    yield from (
        ("percent", one.percent),
        ("percent_low", one.percent_low),
        ("percent_high", one.percent_high),
    )
    for side, stretch in (("before", one.before), ("after", one.after)):
        yield from ((f"{side}_count", stretch.count), (f"{side}_days", stretch.days))
        yield from ((f"{side}_a_day", stretch.a_day), (f"{side}_reports", stretch.reports))
    for test in one.tests:
        yield from ((str(test.asked), test.statistic), (f"{test.asked}_p", test.p))


def _percent(ratio: float | None) -> float | None:
    return None if ratio is None else 100 * (ratio - 1)
