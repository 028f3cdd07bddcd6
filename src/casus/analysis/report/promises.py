"""Agreements of a period, and statistics that its reports give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casus.analysis.checks import check_statistic
from casus.analysis.report.accounts import cited
from casus.analysis.report.records import Accord, StatedFigure
from casus.casebook.book import Casebook
from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.records import AgreementRow, StatisticRow
from casus.casebook.withholding import Withheld
from casus.exports.redacting import redacted_record, redacted_text
from casus.output.wording import partial_date_words, statistic_words, words_of

_ALL = 10**9
MOST_STATISTICS = 25


def accords_of(
    book: Casebook, period: tuple[date, date], reports: frozenset[int] | None, withheld: Withheld
) -> Iterator[Accord]:
    """The agreements made in a period, by their day; with `reports` only those that they tell of."""
    since, until = period
    found = (
        row
        for row in book.browse.agreements(limit=_ALL).agreements
        if _overlaps(row.agreed_on, since, until)
        and (reports is None or any(one.report.number in reports for one in row.told))
    )
    for row in sorted(found, key=lambda one: (one.agreed_on or "", one.name)):
        yield _accord(_without_names(row, withheld))


def statistics_of(
    book: Casebook,
    period: tuple[date, date],
    reports: frozenset[int] | None,
    withheld: Withheld,
) -> tuple[tuple[StatedFigure, ...], int]:
    """The first statistics that reports published in a period give, with their checks; and how many more.

    They are in the order of publication.
    """
    since, until = period
    found = [
        row
        for row in book.browse.statistics(limit=_ALL).statistics
        if row.report.published_on is not None
        and since <= row.report.published_on <= until
        and (reports is None or row.report.number in reports)
    ]
    found.sort(key=lambda one: (one.report.published_on or date.max, one.number))
    texts = book.texts({row.report.number for row in found[:MOST_STATISTICS]})
    told = (_stated(book, row, texts[row.report.number], withheld) for row in found[:MOST_STATISTICS])
    return tuple(told), max(0, len(found) - MOST_STATISTICS)


def _stated(book: Casebook, row: StatisticRow, text: str, withheld: Withheld) -> StatedFigure:
    """A statistic and its check, without names that are withheld in its report."""
    names = withheld.of_report(row.report.hash)
    shown = redacted_text(text, names, withheld.everywhere)
    start, end = shown.span(row.statistic.quote.start_char, row.statistic.quote.end_char)
    told = redacted_record(row, names, withheld.everywhere)
    checked = check_statistic(book, row.number)
    return StatedFigure(
        statistic_words(told.statistic),
        told.statistic.speaker,
        " ".join(shown.text[start:end].split()),
        cited(told.report),
        row.number,
        words_of(checked.verdict),
        redacted_record(checked.why, names, withheld.everywhere),
    )


def _overlaps(told: str | None, since: date, until: date) -> bool:
    first, last = bounds_of(told)
    return first is not None and last is not None and first <= until and last >= since


def _without_names(row: AgreementRow, withheld: Withheld) -> AgreementRow:
    """An agreement without names that are withheld in a report that tells of it."""
    names = {name for one in row.told for name in withheld.of_report(one.report.hash)}
    return redacted_record(row, tuple(sorted(names)), withheld.everywhere)


def _accord(row: AgreementRow) -> Accord:
    commitments = (
        (one.by, " ".join(one.text.split()), partial_date_words(one.deadline)) for one in row.commitments
    )
    return Accord(
        row.name,
        row.parties,
        partial_date_words(row.agreed_on),
        tuple(dict.fromkeys(commitments)),
        tuple(cited(one.report) for one in row.told),
        bool(row.by_hand),
    )
