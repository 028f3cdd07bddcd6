"""What a report on a period holds, gathered from a casebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np

from casus import __version__
from casus.analysis.before_after import Turn, before_and_after, covered_days
from casus.analysis.mapping import Dead, map_of
from casus.analysis.report.accounts import deadliest
from casus.analysis.report.breakdowns import breakdowns_of
from casus.analysis.report.event_data import event_data
from casus.analysis.report.promises import accords_of, statistics_of
from casus.analysis.report.records import PeriodReport, Summary
from casus.analysis.selecting import Selection
from casus.analysis.trend_results import BeforeAfter, Trend
from casus.analysis.trends import trend
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING
from casus.casebook.browsing.records import Sum, Totals
from casus.casebook.browsing.tables import EventTable, ReportRows
from casus.casebook.records import EventFilter, Grade
from casus.casebook.withholding import Withheld
from casus.errors import NotAnswerable
from casus.exports.redacting import redacted_record

Progress = Callable[[str], None]
_UNKNOWN = Dead()


def period_report(
    book: Casebook,
    selection: Selection,
    *,
    title: str | None = None,
    progress: Progress | None = None,
) -> PeriodReport:
    """What the casebook tells of the selected events, without names that are withheld.

    Without a first or last day the period is that of the events.  `progress` is called with what
    is being done.  The same casebook, question and day give the same report.

    Raises `NotAnswerable` where no event is meant, and where the period ends before the casebook begins.
    """
    tells = progress or (lambda _: None)
    tells("looking up the events")
    asked = Selection(replace(selection.wanted, sees_withheld=False), selection.words)
    since, until = _period(book, asked)
    asked = asked.between(since, until)
    table = book.browse.table(asked.wanted)
    if not len(table):
        raise NotAnswerable(f"there are no events to report on: {asked.words}, {since} to {until}")
    tells("counting reports and sources")
    withheld = book.withheld()
    tellings = book.browse.tellings(table)
    roles = book.browse.roles(asked.wanted)
    is_narrow = asked.wanted != EventFilter(since=since, until=until, sees_withheld=False)
    told_in = frozenset(tellings.report.tolist()) if is_narrow else None
    tells("counting over time")
    over_time, no_trend = _trend(book, asked)
    tells("comparing with the days before")
    compared, no_comparison = _comparison(book, asked, since, until)
    place_map = map_of(table)
    tells("looking up the deadliest events")
    accounts = deadliest(book, table)
    tells("looking up agreements and statistics")
    return redacted_record(
        PeriodReport(
            title or f"{asked.words[0].upper()}{asked.words[1:]}, {since} to {until}",
            asked.words,
            since,
            until,
            book.clock().date(),
            table.revision,
            f"Casus {__version__}",
            book.readers(),
            _summary(book, table, tellings, since, asked.wanted),
            place_map if place_map.marks else None,
            "none of the events has a place that is known better than by its country",
            over_time,
            no_trend,
            compared,
            no_comparison,
            accounts,
            tuple(breakdowns_of(table, roles, is_one_country=asked.wanted.country is not None)),
            tuple(accords_of(book, (since, until), told_in, withheld)),
            *statistics_of(book, (since, until), told_in, withheld),
            tuple(_limits(book, table, over_time, period=(since, until), withheld=withheld)),
            event_data(table, roles, withheld),
        ),
        (),
        withheld.everywhere,
    )


def _period(book: Casebook, asked: Selection) -> tuple[date, date]:
    """The first and the last day of the report."""
    since, until = asked.wanted.since, asked.wanted.until
    covered = covered_days(book.browse.press())
    known = _known_days(book, asked)
    first = min((day for day in (covered and covered[0], known and known[0]) if day), default=None)
    if until is not None and first is not None and until < first:
        raise NotAnswerable(
            f"the casebook begins on {first}: it says nothing of a period that ends on {until}"
        )
    if known is None and (since is None or until is None):
        raise NotAnswerable(f"there are no events with a known day to report on: {asked.words}")
    since, until = since or (known or (None,))[0], until or (known or (None, None))[1]
    if since is None or until is None or since > until:
        raise NotAnswerable(f"there are no events to report on: {asked.words}, {since} to {until}")
    return since, until


def _known_days(book: Casebook, asked: Selection) -> tuple[date, date] | None:
    """The first and last day of the events that are meant, on whatever days."""
    table = book.browse.table(replace(asked.wanted, since=None, until=None))
    start, end = table.numbers["start"], table.numbers["end"]
    is_dated = start != MISSING
    if not is_dated.any():
        return None
    return date.fromordinal(int(start[is_dated].min())), date.fromordinal(int(end[is_dated].max()))


def _trend(book: Casebook, asked: Selection) -> tuple[Trend | None, str]:
    try:
        return trend(book, asked), ""
    except NotAnswerable as error:
        return None, str(error)


def _comparison(book: Casebook, asked: Selection, since: date, until: date) -> tuple[BeforeAfter | None, str]:
    """The period against as many days before it; of these at least half are to be covered by reports."""
    press = book.browse.press()
    days = (until - since).days + 1
    before = since - timedelta(days=days)
    covered = covered_days(press)
    if covered is not None and (had := (since - max(covered[0], before)).days) < days / 2:
        return None, (
            f"of the {days:,} days before the period the casebook covers {max(0, had):,}, too few to "
            "compare with"
        )
    table = book.browse.table(replace(asked.wanted, since=None, until=None))
    told, turn = partial(book.browse.tellings, table), Turn.on(since)
    try:
        return before_and_after(table, press, told, turn, since=before, until=until, window_days=days), ""
    except NotAnswerable as error:
        return None, str(error)


def _summary(
    book: Casebook, table: EventTable, tellings: ReportRows, since: date, wanted: EventFilter
) -> Summary:
    totals: Totals = book.browse.totals(wanted)
    sources = book.browse.independent_sources(table)
    start = table.numbers["start"]
    return Summary(
        totals.events,
        _dead(totals.killed),
        _dead(totals.injured),
        int(((start != MISSING) & (start < since.toordinal())).sum()),
        len(np.unique(tellings.report)),
        len(np.unique(tellings.outlet.codes[tellings.outlet.codes > 0])),
        len(np.unique(sources.source.codes)),
        totals.reviewed,
        totals.contested,
        tuple((grade, totals.by_grade.get(grade, 0)) for grade in Grade),
    )


def _dead(told: Sum) -> Dead:
    return Dead(told.low, told.best, told.high, told.known) if told.known else _UNKNOWN


def _limits(
    book: Casebook,
    table: EventTable,
    over_time: Trend | None,
    *,
    period: tuple[date, date],
    withheld: Withheld,
) -> Iterator[str]:
    """What to keep in mind of this report in particular."""
    covered = covered_days(book.browse.press())
    if covered is None:
        yield "No report in the casebook has a day of publication, so which days it covers is not known."
    elif period[0] < covered[0] or period[1] > covered[1]:
        yield (
            f"The casebook has reports of {covered[0]} to {covered[1]}; other days of the period are not "
            "covered."
        )
    if over_time is not None and over_time.undated:
        yield (
            f"{over_time.undated:,} further events of the kind asked for have no known day and are in no "
            "figure of this report."
        )
    alone = int((table.numbers["sources"] == 1).sum())
    yield f"{alone:,} of {len(table):,} events rest on a single independent source."
    if withheld.by_report or withheld.everywhere:
        yield "Names that people asked to withhold are left out, and so is where places lie whose names are."
