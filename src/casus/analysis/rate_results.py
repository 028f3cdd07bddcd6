"""What a comparison of two stretches of days gives, whatever method gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from casus.analysis.rate_tests import Test

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
    alpha: float | None = None
    """Of the negative binomial: the variance is mu + alpha mu^2."""
    block_days: tuple[int, int] | None = None
    """Of the bootstrap: how many days the blocks of each side have."""

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

        return pd.DataFrame([dict(row_of(self))])


def row_of(one: RateComparison) -> Iterator[tuple[str, object]]:
    """A comparison as a row of a frame."""
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
