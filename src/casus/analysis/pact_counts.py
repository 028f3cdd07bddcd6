"""The events around an agreement, counted by periods, parties, kinds and areas."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from casus.analysis.pact_results import PactCount, PactPeriod, Tally
from casus.casebook.browsing.party_acts import aspects_of
from casus.casebook.browsing.records import AgreementRecord, PartyAct, Sides, TimeUnit

_MONTHS = {TimeUnit.MONTH: 1, TimeUnit.YEAR: 12}
_DAYS = {TimeUnit.DAY: 1, TimeUnit.WEEK: 7}
_ORDER = ("party", "type", "area")


def tally_of(acts: Iterable[PartyAct]) -> Tally:
    """What some events come to; where only one figure of the killed is known, it stands for the others."""
    events = low = best = high = known = 0
    for act in acts:
        events += 1
        span = act.killed
        figures = [figure for figure in (span.best, span.low, span.high) if figure is not None]
        if figures:
            known += 1
            best += figures[0]
            low += figures[0] if span.low is None else span.low
            high += figures[0] if span.high is None else span.high
    return Tally(events, low, best, high, known)


def counts_of(sides: Sides) -> tuple[PactCount, ...]:
    """Events by party, type and area, those of most events first; an event counts once for each party."""
    grouped: defaultdict[tuple[str, str], tuple[list[PartyAct], ...]] = defaultdict(lambda: ([], [], []))
    for at, acts in enumerate((sides.before, sides.between, sides.after)):
        for act in acts:
            for aspect in aspects_of(act):
                grouped[aspect][at].append(act)
    ordered = sorted(
        grouped.items(),
        key=lambda pair: (_ORDER.index(pair[0][0]), -sum(map(len, pair[1])), pair[0][1]),
    )
    return tuple(PactCount(*aspect, *map(tally_of, lists)) for aspect, lists in ordered)


def periods_of(record: AgreementRecord, unit: TimeUnit) -> tuple[PactPeriod, ...]:
    """The periods before and after an agreement, of all parties first and then of each actor in it.

    They are counted from the agreement; the first and the last may be shorter.
    """
    day, last, since, until = record.day, record.last, record.since, record.until
    if day is None or last is None or since is None or until is None:
        return ()
    after = day if day == last else last + timedelta(days=1)
    found: list[PactPeriod] = []
    for party in (None, *record.actors):
        sides = [
            [act for act in acts if party is None or any(party == name for name, _ in act.parties)]
            for acts in (record.acts.before, record.acts.between, record.acts.after)
        ]
        found += _periods(_starts_back(since, day, unit), day, "before", party, sides[0])
        if day != last:
            found.append(PactPeriod(day, last, "between", party, tally_of(sides[1])))
        found += _periods(_starts(after, until, unit), until + timedelta(days=1), "after", party, sides[2])
    return tuple(found)


def _periods(
    starts: Sequence[date], following: date, side: str, party: str | None, acts: Iterable[PartyAct]
) -> list[PactPeriod]:
    """Periods from each start to the next, the last to the day before one that follows them all."""
    groups: defaultdict[int, list[PartyAct]] = defaultdict(list)
    for act in acts:
        groups[bisect_right(starts, act.start) - 1].append(act)
    ends = [*starts[1:], following]
    return [
        PactPeriod(start, end - timedelta(days=1), side, party, tally_of(groups[at]))
        for at, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _starts(first: date, until: date, unit: TimeUnit) -> list[date]:
    starts, count = [first], 1
    while (start := _moved(first, unit, count)) is not None and start <= until:
        starts.append(start)
        count += 1
    return starts


def _starts_back(since: date, day: date, unit: TimeUnit) -> list[date]:
    starts, count = [], 1
    while (start := _moved(day, unit, -count)) is not None and start > since:
        starts.append(start)
        count += 1
    return [since, *reversed(starts)] if since < day else []


def _moved(day: date, unit: TimeUnit, count: int) -> date | None:
    """A day so many units on, the last of its month where the month has no such day; None out of time."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
