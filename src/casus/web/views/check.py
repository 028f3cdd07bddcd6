"""A check as its page shows it: the words, the verdict, what was compared, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casus.casebook.records import Grade
from casus.exports.redacting import RedactedText
from casus.model import EventType
from casus.web.checking import CheckQuestion
from casus.web.filters import query_of
from casus.web.rendering import Shown
from casus.web.views.excerpts import Excerpt, excerpts
from casus.web.views.typed import Typed, a_day, a_name, one_of

if TYPE_CHECKING:
    from casus.analysis.checks import Check, Days
    from casus.analysis.checks.records import Trial
    from casus.analysis.rate_results import RateComparison, Stretch

READERS = {
    "statistic": a_name,
    "until": a_day,
    "first": a_day,
    "last": a_day,
    "country": a_name,
    "unit": a_name,
    "type": one_of(EventType),
    "grade": one_of(Grade),
    "actor": a_name,
    "perpetrator": a_name,
    "target": a_name,
}
"""What an address says of a check, beside its number."""
AGAINST = {
    "before": "as many days right before",
    "year_earlier": "the same days a year earlier",
    "late_start": "begun later, of a beginning that is not told to the day",
    "chosen": "days that were chosen",
}


@dataclass(frozen=True, slots=True)
class RowShown:
    """A comparison: what, the days and figures of both sides, and how many times as many."""

    what: str
    before: str
    before_count: str
    after: str
    after_count: str
    ratio: str
    verdict: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check in the words of its page.

    `quote` are the words in their report, None of a typed statistic.  `recorded` says what the
    record has of a count or a share.  `address` is where it is explained, `chart` where it is
    drawn, None where there is nothing to draw.
    """

    number: int | None
    words: str
    speaker: str | None
    quote: Excerpt | None
    verdict: str
    why: str
    counted: str | None
    rows: tuple[RowShown, ...]
    recorded: str | None
    method: tuple[str, ...]
    notes: tuple[str, ...]
    record: str | None
    address: str
    chart: str | None
    alternative: str


def question_of(typed: Typed, number: int | None = None) -> CheckQuestion:
    """What a page is asked."""
    return CheckQuestion(number, **typed.values)


def check_shown(
    check: Check, asked: CheckQuestion, texts: Mapping[int, RedactedText], shown: Shown
) -> CheckShown:
    """A check as its page and the list show it."""
    from casus.analysis.charts.checks import alternative_of, is_drawable  # noqa: PLC0415

    row = check.asserted.row
    quote = None
    if row is not None:
        quote = next(iter(excerpts(row.report, texts, [row.statistic.quote])), None)
    number = row.number if row is not None else None
    query = query_of(asked.values)
    address = f"/checks/{number}{query}" if number is not None else f"/checks{query}"
    where = f"checks/{number}" if number is not None else "check"
    warnings = check.trials[0].compared.warnings if check.trials else ()
    return CheckShown(
        number,
        check.asserted.words,
        check.asserted.speaker,
        quote,
        str(check.verdict),
        check.why,
        check.subject.words if check.subject else None,
        tuple(_rows(check, shown)),
        _recorded(check, shown),
        check.trials[0].compared.reasons if check.trials else (),
        (*check.notes, *warnings),
        _days(check.coverage, shown) if check.coverage else None,
        address,
        f"/api/v1/{where}/chart" if is_drawable(check) else None,
        alternative_of(check),
    )


def chart_query(asked: CheckQuestion, *, is_narrow: bool = False) -> str:
    """What the address of a check's chart says."""
    return query_of({**asked.values, **({"narrow": "true"} if is_narrow else {})})


def _rows(check: Check, shown: Shown) -> Iterator[RowShown]:
    """Each definition that was tried; of the first also how reporting changed."""
    for trial in check.trials:
        yield _row(AGAINST[trial.baseline], trial, trial.compared, shown, is_verdict=True)
    first = check.trials[0] if check.trials else None
    if first is not None and first.effort is not None:
        yield _row("reports of other things, on the days of the first", first, first.effort, shown)
    if first is not None and first.per_report is not None:
        ratio = _ratio(first.per_report, shown)
        yield RowShown("what is counted, to one of these reports", "", "", "", "", ratio)


def _row(
    what: str, trial: Trial, compared: RateComparison, shown: Shown, *, is_verdict: bool = False
) -> RowShown:
    return RowShown(
        what,
        _days(trial.before, shown),
        _count(compared.before, shown),
        _days(trial.after, shown),
        _count(compared.after, shown),
        _ratio(compared, shown),
        str(trial.verdict) if is_verdict else None,
        trial.why if is_verdict else "",
    )


def _count(side: Stretch, shown: Shown) -> str:
    return f"{shown.number(side.count)} ({shown.places(side.a_day)} a day)"


def _ratio(one: RateComparison, shown: Shown) -> str:
    middle = "none before" if one.ratio is None else shown.places(one.ratio)
    low, high = (None if end is None else shown.places(end) for end in (one.low, one.high))
    if low is None and high is None:
        return middle
    if low is None or high is None:
        return f"{middle} ({f'at most {high}' if low is None else f'at least {low}'})"
    return f"{middle} ({low} to {high})"


def _recorded(check: Check, shown: Shown) -> str | None:
    if check.recorded is not None:
        one = check.recorded
        unknown = (
            f", {shown.number(one.without_number)} of them without a number" if one.without_number else ""
        )
        return (
            f"{shown.spread(one.low, one.best, one.high)} in {shown.number(one.events)} events{unknown}; "
            f"{_days(one.days, shown)}"
        )
    if check.share is not None:
        share = check.share
        return (
            f"{shown.number(share.part)} of {shown.number(share.whole)}, {share.percent:.0f} percent "
            f"({share.low:.0f} to {share.high:.0f}); {_days(share.days, shown)}"
        )
    return None


def _days(days: Days, shown: Shown) -> str:
    first: date = days.first
    return shown.days(first, days.last)
