"""Which days a statistic compares: what it says, and the ways to read what it leaves open."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from casus.analysis.checks.asking import Asserted, Kind
from casus.analysis.checks.records import Baseline, Days
from casus.errors import NotAnswerable

FEWEST_DAYS = 28
"""Days that each side of a comparison needs: a month, so that weekdays and a bad week don't decide."""
_SLACK = timedelta(days=31)  # reports of a war's first month are often missing
_OPEN = re.compile(r"\b(?:since|so far|to date|until now)\b|\bthis (?:year|month)\b", re.IGNORECASE)


def period_of(asserted: Asserted, coverage: Days | None) -> Days:
    """The days that a statistic is about, as far as the casebook's reports go.

    A count told of a year or a month ("31 in 2017") is of that alone, unless its words leave the
    end open ("since 2017").  Raises `NotAnswerable` where there is no such day.
    """
    if coverage is None:
        raise NotAnswerable("the casebook has no report with a date")
    if asserted.kind is Kind.RANK:
        raise NotAnswerable("a rank needs each one that came before, and the record needn't have them all")
    if asserted.since is None:
        raise NotAnswerable("it doesn't say since when")
    first, last_of_told = asserted.since
    last = min(asserted.until or coverage.last, coverage.last)
    is_closed = asserted.kind is not Kind.CHANGE and first != last_of_told
    if is_closed and not _OPEN.search(asserted.words):
        last = min(last, last_of_told)
    if first > coverage.last:
        raise NotAnswerable(
            f"it is about days since {first}, and the casebook's reports end on {coverage.last}"
        )
    if last < first:
        raise NotAnswerable(f"its period ends on {last}, before it begins on {first}")
    return Days(first, last)


def is_covered(days: Days, coverage: Days) -> bool:
    """Whether the casebook has reports from the beginning of some days on."""
    return coverage.first <= days.first + _SLACK


def comparisons(
    asserted: Asserted, after: Days, coverage: Days, chosen: Days | None = None
) -> Iterator[tuple[Baseline, Days, Days]]:
    """The stretches before and after that a change can mean, the most likely first.

    Statistics seldom say what they compare with.  Meant is most often as long a time right
    before; where the record begins later than that, both sides are as long as it allows.
    Raises `NotAnswerable` where no stretch before is long enough.
    """
    if len(after) < FEWEST_DAYS:
        raise NotAnswerable(
            f"only {len(after)} days ({after}) are after the change: at least {FEWEST_DAYS} are compared"
        )
    if chosen is not None:
        if chosen.last >= after.first and chosen.first <= after.last:
            raise NotAnswerable(
                f"the baseline ({chosen}) and the days after ({after}) overlap: choose others"
            )
        if chosen.first < coverage.first:
            raise NotAnswerable(
                f"the baseline begins on {chosen.first}, and the casebook's reports on {coverage.first}"
            )
        _long_enough(chosen, coverage)
        yield Baseline.CHOSEN, chosen, after
        return
    yield Baseline.BEFORE, _right_before(after, coverage), after
    earlier = Days(_year_before(after.first), _year_before(after.last))
    if earlier.last < after.first and earlier.first >= coverage.first:
        yield Baseline.YEAR_EARLIER, earlier, after
    _, late = asserted.since or (after.first, after.first)
    later = Days(late, after.last) if late <= after.last else after
    if late != after.first and len(later) >= FEWEST_DAYS:
        # The days of which it isn't known on which side they are stand on neither.
        yield Baseline.LATE_START, _right_before(Days(after.first, later.last), coverage, len(later)), later


def _right_before(after: Days, coverage: Days, days: int | None = None) -> Days:
    last = after.first - timedelta(days=1)
    reach = (after.first - coverage.first).days
    first = after.first - timedelta(days=max(1, min(days or len(after), reach)))
    before = Days(first, last)
    _long_enough(before, coverage)
    return before


def _long_enough(before: Days, coverage: Days) -> None:
    if before.last < coverage.first or len(before) < FEWEST_DAYS:
        raise NotAnswerable(
            f"there is no baseline: the casebook's first report is of {coverage.first}, and at least "
            f"{FEWEST_DAYS} days of reports are needed before {before.last + timedelta(days=1)}"
        )


def _year_before(day: date) -> date:
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))
