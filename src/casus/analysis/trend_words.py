"""A trend in sentences: what it leaves out, and what came before and after a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casus.analysis.rate_results import RateComparison
from casus.analysis.rate_words import ratio_words
from casus.analysis.toll_rates import TollComparison
from casus.analysis.trend_results import BeforeAfter, Trend, TrendPeriod

_OTHER_THINGS = (
    "They tell of none of these events: where violence grows so do the reports of it, and only "
    "these say whether there was more reporting."
)
_ADJUSTED = (
    "What is left of the change if more reports alone explain it. It mends a change in how many "
    "reports there are, not in what they choose to tell."
)


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """What is compared, how it came out, in sentences what it means and how it was found, and warnings."""

    heading: str
    ratio: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]


def compared_words(split: BeforeAfter) -> Iterator[ComparedWords]:
    """What came after a day against what came before: events, deaths, and how much was reported."""
    yield _compared("Events", split.events)
    if split.deaths is not None:
        yield _compared("Killed", split.deaths.best, *_deaths_lines(split.deaths))
    if split.published is not None:
        yield _compared("All reports", split.published)
    if split.others is not None:
        yield _compared("Reports of other things", split.others, _OTHER_THINGS)
    if split.adjusted is not None:
        yield _compared("Events to a report of other things", split.adjusted, _ADJUSTED)


def split_notes(split: BeforeAfter) -> Iterator[str]:
    """What is on neither side, and how the days were chosen."""
    if split.crossing:
        yield f"{split.crossing:,} events go on over the day and are on neither side"
    yield from split.notes


def trend_notes(trend: Trend) -> Iterator[str]:
    """Which periods are not whole, and which events are not counted or in one period only."""
    partial = [period for period in trend.periods if not period.is_whole]
    if partial:
        yield f"* part of a {trend.unit}: {'; '.join(_part(period) for period in partial)}"
    if trend.undated:
        yield f"{trend.undated:,} events without a known day are not counted"
    if trend.earlier:
        yield f"{trend.earlier:,} events that began before {trend.first} and go on are not counted"
    if trend.long:
        yield f"{trend.long:,} events go on beyond the {trend.unit} of their first day, in which they count"
    yield from trend.notes


def _part(period: TrendPeriod) -> str:
    days = "1 day" if period.days == 1 else f"{period.days} days"
    return f"{days}, {period.start}" if period.days == 1 else f"{days}, {period.start} to {period.end}"


def _compared(name: str, one: RateComparison, *more: str) -> ComparedWords:
    sentences = tuple(_sentence(sentence) for sentence in (*more, *one.reasons))
    return ComparedWords(name, ratio_words(one), sentences, one.warnings)


def _deaths_lines(deaths: TollComparison) -> Iterator[str]:
    others = [("lowest", deaths.low), ("highest", deaths.high)]
    told = [f"by the {name} figures {ratio_words(one)}" for name, one in others if one is not None]
    yield "; ".join(told)
    if deaths.extreme_low is not None and deaths.extreme_high is not None:
        yield (
            f"if one side's figures were all the lowest and the other's all the highest, between "
            f"{deaths.extreme_low:.2f} and {deaths.extreme_high:.2f} times as many"
        )


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words[0].upper()}{words[1:]}."
