"""Figures of a report in words."""

from __future__ import annotations

from collections.abc import Iterator

from casus.analysis.mapping import Dead
from casus.analysis.rate_results import RateComparison
from casus.analysis.report.records import PeriodReport
from casus.analysis.trend_results import BeforeAfter
from casus.output.wording import figure_words


def dead_words(dead: Dead) -> str:
    """How many, in words; "unknown" where no event gives a number, which is not zero."""
    return figure_words(dead.low, dead.best, dead.high) if dead.told else "unknown"


def percent_words(percent: float | None) -> str:
    """A change in percent in words: "70 percent more"."""
    if percent is None:
        return "no ratio, as none were before"
    return f"{abs(percent):,.0f} percent {'more' if percent >= 0 else 'fewer'}"


def comparison_lines(compared: BeforeAfter) -> tuple[str, ...]:
    """What the comparison with the days before says, a sentence a line."""
    return tuple(_comparison_lines(compared))


def _comparison_lines(compared: BeforeAfter) -> Iterator[str]:
    before, after = compared.before, compared.after
    yield (
        f"{after.figures.events:,} events began in the {after.days:,} days from {after.first} to "
        f"{after.last}, {before.figures.events:,} in the {before.days:,} days from {before.first} to "
        f"{before.last}."
    )
    yield f"Events a day: {_change(compared.events)}"
    if compared.deaths is not None:
        yield f"Killed a day, by best figures: {_change(compared.deaths.best)}"
    if compared.published is not None:
        yield f"All reports published a day: {_change(compared.published)}"
    if compared.others is not None:
        yield f"Reports of other things a day: {_change(compared.others)}"
    if compared.adjusted is not None:
        yield f"Events to a report of other things: {_change(compared.adjusted)}"
    told = (compared.events, compared.deaths.best if compared.deaths else None)
    for line in dict.fromkeys(line for one in told if one for line in (*one.reasons, *one.warnings)):
        yield _sentence(line)
    for note in compared.notes:
        yield _sentence(note)


def notes_of(report: PeriodReport) -> tuple[str, ...]:
    """What is to be said of the counts over time, a sentence a line."""
    return tuple(_sentence(note) for note in report.trend.notes) if report.trend else ()


def _change(one: RateComparison) -> str:
    if one.ratio is None:
        return "none before, so that no ratio can be given."
    if one.low is not None and one.high is not None:
        clear = "" if one.is_clear else ", which leaves open whether anything changed"
        span = f" (95 percent interval {one.low:.2f} to {one.high:.2f} times{clear})"
    else:
        span = " (no interval can be given)"
    return f"{percent_words(one.percent)}, {one.ratio:.2f} times{span}."


def _sentence(told: str) -> str:
    """A line that begins with a capital and ends with a full stop."""
    line = f"{told[0].upper()}{told[1:]}"
    return line if line.endswith((".", "!", "?")) else f"{line}."
