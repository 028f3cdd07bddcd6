"""What a check gives: the verdict, the definitions that it tried, and the numbers behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from casus.analysis.checks.asking import Asserted
from casus.analysis.rates import RateComparison
from casus.analysis.selecting import Selection
from casus.model import Category, Harm

if TYPE_CHECKING:
    import pandas as pd


class Verdict(StrEnum):
    """What the record says of a statistic."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    WITHIN_UNCERTAINTY = "within_uncertainty"
    NOT_CHECKABLE = "not_checkable"


class Baseline(StrEnum):
    """What a change is measured against; statistics seldom say."""

    BEFORE = "before"  # as many days right before
    YEAR_EARLIER = "year_earlier"  # the same days of the year before
    LATE_START = "late_start"  # as `BEFORE`, from the last day that the told beginning can mean
    CHOSEN = "chosen"  # days that the asker chose


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends inclusive."""

    first: date
    last: date

    def __len__(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted: events, or people harmed in them of some categories (all where none is named)."""

    selection: Selection
    harms: tuple[Harm, ...] = ()
    categories: tuple[Category, ...] = ()
    words: str = ""
    notes: tuple[str, ...] = ()  # what was taken for granted, or left out


@dataclass(frozen=True, slots=True)
class Trial:
    """One definition of a change, what the record has on both sides, and what that says.

    `effort` compares the casebook's reports of other things from both stretches, which say whether
    reporting changed; `per_report` is the change of what is counted to such a report.  Both are
    None where there are too few.
    """

    baseline: Baseline
    before: Days
    after: Days
    compared: RateComparison
    effort: RateComparison | None
    per_report: RateComparison | None
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record holds of a count over a period: low, best and high, in so many events."""

    days: Days
    low: int
    best: int
    high: int
    events: int
    without_number: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, in percent, with the interval of 95 percent."""

    days: Days
    part: int
    whole: int
    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Check:
    """A statistic against the record: the verdict of the first trial, with all that stands behind it.

    `coverage` are the first and last day of the casebook's reports.  `why` is one or two
    sentences; `notes` what a reader should know besides.
    """

    asserted: Asserted
    verdict: Verdict
    why: str
    subject: Subject | None = None
    coverage: Days | None = None
    trials: tuple[Trial, ...] = ()
    recorded: Recorded | None = None
    share: Share | None = None
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """A row for each definition that was tried: days and counts of both sides, ratio, low, high.

        A count or share has one row of its figures; a statistic that is not checkable has none.
        """
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame(list(_rows(self)))


def _rows(check: Check) -> list[dict[str, object]]:
    verdict = {"verdict": str(check.verdict)}
    if check.recorded is not None:
        one = check.recorded
        figures = {name: getattr(one, name) for name in ("low", "best", "high", "events", "without_number")}
        return [{"first": one.days.first, "last": one.days.last, **figures, **verdict}]
    if check.share is not None:
        share = check.share
        figures = {name: getattr(share, name) for name in ("part", "whole", "percent", "low", "high")}
        return [{"first": share.days.first, "last": share.days.last, **figures, **verdict}]
    return [trial_row(trial) for trial in check.trials]


def trial_row(trial: Trial) -> dict[str, object]:
    """A definition that was tried as a row: its days and counts, the ratio with its interval, the verdict."""
    compared = trial.compared
    return {
        "baseline": str(trial.baseline),
        "before_first": trial.before.first,
        "before_last": trial.before.last,
        "after_first": trial.after.first,
        "after_last": trial.after.last,
        "before": compared.before.count,
        "after": compared.after.count,
        "ratio": compared.ratio,
        "low": compared.low,
        "high": compared.high,
        "method": str(compared.method),
        "reports_ratio": trial.effort.ratio if trial.effort else None,
        "per_report_ratio": trial.per_report.ratio if trial.per_report else None,
        "verdict": str(trial.verdict),
    }
