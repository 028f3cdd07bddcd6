"""Whether events a day name the parties more often after an agreement than before, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from casus.analysis.pact_results import Coverage
from casus.analysis.rates import RateComparison, compare_days
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import AgreementRecord, PartyAct
from casus.errors import NotAnswerable

_DAY = timedelta(days=1)
EXPLAINED = (
    "a change in these rates is a change in what was reported: how much is published and which parties are "
    "named by chance change too, and nothing here says why, or that anybody broke the agreement"
)


def coverage_of(book: Casebook, record: AgreementRecord) -> Coverage | None:
    """The days before and after an agreement on which reports of the casebook were published.

    None where the agreement has no day, or where no report was published on either side.
    """
    if record.day is None or record.since is None or record.until is None:
        return None
    days = book.browse.days_of_reports()
    if days is None:
        return None
    first, last = days
    since, until = max(first, record.since), min(last, record.until)
    if since > until:
        return None
    before = book.browse.published_between(since, record.day - _DAY)
    after = book.browse.published_between(_after(record), until)
    return Coverage(first, last, since, until, (before[0], after[0]), (before[1], after[1]))


def compared(
    record: AgreementRecord, coverage: Coverage | None
) -> tuple[tuple[RateComparison, ...], tuple[str, ...]]:
    """Events a day before and after, of all parties and of each; and what could not be compared, and why."""
    if record.day is None:
        return (), ()
    if coverage is None:
        return (), ("no report was published on these days, so that there is nothing to compare",)
    rates: list[RateComparison] = []
    told: list[str] = list(_cut(record, coverage))
    for party in (None, *record.actors):
        what = "events that name a party" if party is None else f"events that name {party}"
        try:
            rates.append(
                compare_days(
                    _by_day(record.acts.before, coverage.since, record.day - _DAY, party),
                    _by_day(record.acts.after, _after(record), coverage.until, party),
                    what=what,
                )
            )
        except NotAnswerable as error:
            told.append(f"{what}: {error}")
            if party is None:
                break
    return tuple(rates), tuple(told)


def _after(record: AgreementRecord) -> date:
    """The first day after an agreement: its own, where that is known."""
    day, last = record.day or date.min, record.last or date.min
    return day if day == last else last + _DAY


def _cut(record: AgreementRecord, coverage: Coverage) -> Iterable[str]:
    if record.since is not None and coverage.since > record.since:
        yield f"the first report is of {coverage.first}: days before that are not compared"
    if record.until is not None and coverage.until < record.until:
        yield f"the last report is of {coverage.last}: days after that are not compared"


def _by_day(acts: Iterable[PartyAct], first: date, last: date, party: str | None) -> NDArray[np.int64]:
    """How many events began on each of some days, shape (days,)."""
    counts = np.zeros(max(0, (last - first).days + 1), dtype=np.int64)
    for act in acts:
        if first <= act.start <= last and (party is None or any(party == name for name, _ in act.parties)):
            counts[(act.start - first).days] += 1
    return counts
