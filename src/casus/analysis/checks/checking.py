"""A statistic against the record: defined, counted, compared, judged, and said why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casus.analysis.checks.asking import Asserted, Kind, asserted_by, asserted_in
from casus.analysis.checks.counting import (
    Reports,
    Series,
    coverage_of,
    reports_beside,
    series_of,
)
from casus.analysis.checks.defining import comparisons, is_covered, period_of
from casus.analysis.checks.judging import (
    Judged,
    judge_change,
    judge_count,
    judge_share,
    with_effort,
)
from casus.analysis.checks.records import Baseline, Check, Days, Share, Subject, Trial, Verdict
from casus.analysis.checks.subjects import subject_of
from casus.analysis.rates import RateComparison, compare_days, to_reports
from casus.analysis.selecting import Selection
from casus.analysis.toll_rates import TollDays, compare_tolls
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import StatisticRow
from casus.casebook.browsing.tables import Press
from casus.casebook.records import EventFilter
from casus.errors import NotAnswerable, NotInCasebook

FEWEST_REPORTS = 5
"""Reports that a stretch needs: fewer say nothing of how much happened in it."""
FEWEST_OTHERS = 20
"""Reports of other things that a stretch needs before they say whether reporting changed."""


def check_text(
    book: Casebook,
    text: str,
    selection: Selection | None = None,
    *,
    until: date | None = None,
    baseline: Days | None = None,
) -> Check:
    """A typed statistic ("attacks up 70 percent since 2020-02-29") against the record.

    `selection` names the events that are counted, else the words do; `baseline` the days that a
    change is measured against, else those right before.  Raises `NotAnswerable` where the text is
    no statistic.
    """
    return check(book, asserted_in(text, until), selection, baseline=baseline)


def check_statistic(
    book: Casebook,
    number: int,
    selection: Selection | None = None,
    *,
    baseline: Days | None = None,
) -> Check:
    """A statistic that a report gives, by its number in the casebook; raises `NotInCasebook`."""
    row = book.browse.statistic(number)
    if row is None:
        raise NotInCasebook(f"no statistic {number} in this casebook: 'casus check' lists them")
    return check(book, _asserted(book, row), selection, baseline=baseline)


def check_all(
    book: Casebook, *, offset: int = 0, limit: int = 20, sees_withheld: bool = True
) -> tuple[Check, ...]:
    """The statistics that reports give, each against the record, the latest published first.

    Without `sees_withheld` no actor or unit is found by a name that is withheld.
    """
    selection = Selection(EventFilter(sees_withheld=sees_withheld))
    rows = book.browse.statistics(offset=offset, limit=limit).statistics
    texts = book.texts({row.report.number for row in rows})
    return tuple(
        check(book, asserted_by(row, _words(row, texts[row.report.number])), selection) for row in rows
    )


def check(
    book: Casebook,
    asserted: Asserted,
    selection: Selection | None = None,
    *,
    baseline: Days | None = None,
) -> Check:
    """What the record says of a statistic.  What it can't say is a verdict too, and no error."""
    press = book.browse.press()
    coverage = coverage_of(press)
    subject: Subject | None = None
    try:
        days = period_of(asserted, coverage)
        subject = subject_of(book, asserted, selection)
        question = _Question(book, asserted, subject, days, coverage or days, press)
        return question.changed(baseline) if asserted.kind is Kind.CHANGE else question.counted()
    except NotAnswerable as why:
        notes = () if subject is None else subject.notes
        return Check(asserted, Verdict.NOT_CHECKABLE, str(why), subject, coverage, notes=notes)


@dataclass(frozen=True, slots=True)
class _Question:
    """A statistic whose subject and days are known."""

    book: Casebook
    asserted: Asserted
    subject: Subject
    days: Days
    coverage: Days
    press: Press

    def changed(self, baseline: Days | None) -> Check:
        """Whether it changed as asserted, by each definition that the statistic leaves open."""
        series = series_of(self.book, self.subject)
        tried = tuple(comparisons(self.asserted, self.days, self.coverage, baseline))
        looked_at = Days(min(before.first for _, before, _ in tried), max(after.last for *_, after in tried))
        reports = reports_beside(self.book, self.press, self.subject, looked_at)
        trials = tuple(self._trial(series, reports, *stretches) for stretches in tried)
        first = trials[0]
        return Check(
            self.asserted,
            first.verdict,
            first.why,
            self.subject,
            self.coverage,
            trials,
            notes=(*self._notes(series), *_others(trials)),
        )

    def counted(self) -> Check:
        """Whether there were so many, or such a share."""
        series = series_of(self.book, self.subject)
        notes = tuple(self._notes(series))
        if self.asserted.kind is Kind.SHARE:
            share = self._share(series)
            judged = judge_share(self.asserted, share)
            return Check(self.asserted, *judged.both, self.subject, self.coverage, share=share, notes=notes)
        recorded = series.recorded(self.days)
        if not recorded.events:
            raise NotAnswerable(f"the record has none of what it counts from {self.days}")
        judged = judge_count(self.asserted, recorded, is_covered=is_covered(self.days, self.coverage))
        return Check(self.asserted, *judged.both, self.subject, self.coverage, recorded=recorded, notes=notes)

    def _trial(
        self, series: Series, reports: Reports, baseline: Baseline, before: Days, after: Days
    ) -> Trial:
        for days in (before, after):
            if (count := reports.of(days).sum()) < FEWEST_REPORTS:
                raise NotAnswerable(
                    f"the casebook has {count} reports from {days}: fewer than {FEWEST_REPORTS} say "
                    "nothing of how much happened"
                )
        compared, is_sure = _compared(self.asserted, series, before, after)
        others = [reports.others_of(days) for days in (before, after)]
        effort = per_report = None
        if min(one.sum() for one in others) >= FEWEST_OTHERS:
            effort = compare_days(*others, what="reports of other things")
            counted = compare_days(series.of(before), series.of(after), what=compared.what)
            per_report = to_reports(counted, effort)
        judged = with_effort(self.asserted, judge_change(self.asserted, compared), effort, per_report)
        if not is_sure and judged.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
            why = f"{judged.why}; but with the low or the high figures it is not so"
            judged = Judged(Verdict.WITHIN_UNCERTAINTY, why)
        return Trial(baseline, before, after, compared, effort, per_report, *judged.both)

    def _share(self, series: Series) -> Share:
        """How much of the same events by anybody are the actor's."""
        from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415

        wanted = self.subject.selection.wanted
        if wanted.actor_id is None:
            raise NotAnswerable("of what it is a share is not understood: name whose share, by --perpetrator")
        anybody = Selection(replace(wanted, actor_id=None, role=None), "the same by anybody")
        everybody = series_of(self.book, replace(self.subject, selection=anybody))
        part, whole = (int(one.of(self.days).sum()) for one in (series, everybody))
        if not whole:
            raise NotAnswerable(f"the record has none of what it counts from {self.days}")
        low, high = proportion_confint(part, whole, method="wilson")
        return Share(self.days, part, whole, 100 * part / whole, 100 * float(low), 100 * float(high))

    def _notes(self, series: Series) -> Iterator[str]:
        yield from self.subject.notes
        until, coverage = self.asserted.until, self.coverage
        if series.undated:
            yield f"{series.undated:,} events without a day are on neither side"
        if series.wide:
            yield f"{series.wide:,} events known to a month or a year only count on its first day"
        if until is not None and until > coverage.last:
            yield f"the casebook's reports end on {coverage.last}, before {until}"
        if not is_covered(self.days, coverage):
            yield f"the casebook's reports begin on {coverage.first}, after {self.days.first}"


def _compared(asserted: Asserted, series: Series, before: Days, after: Days) -> tuple[RateComparison, bool]:
    """The comparison, and whether low, best and high figures say the same of what is asserted."""
    if series.figures is None:
        return compare_days(series.of(before), series.of(after)), True
    sides = [
        TollDays(*(series.of(days, figure) for figure in ("low", "best", "high"))) for days in (before, after)
    ]
    tolls = compare_tolls(*sides, what="people")
    there = [one for one in (tolls.low, tolls.best, tolls.high) if one is not None]
    return tolls.best, len({judge_change(asserted, one).verdict for one in there}) == 1


def _others(trials: Sequence[Trial]) -> Iterator[str]:
    verdicts = {trial.verdict for trial in trials}
    if len(verdicts) > 1:
        yield "what it is measured against decides: see the other definitions"
    first = trials[0]
    if first.effort is None:
        yield (
            f"the casebook has fewer than {FEWEST_OTHERS} reports of other things from one side, so that it "
            "can't tell more violence from more reporting"
        )
    if len(first.before) < len(first.after):
        yield (
            f"the record reaches back {len(first.before)} days only before the change, fewer than the "
            f"{len(first.after)} after it; counts a day are compared"
        )


def _asserted(book: Casebook, row: StatisticRow) -> Asserted:
    return asserted_by(row, _words(row, book.texts([row.report.number])[row.report.number]))


def _words(row: StatisticRow, text: str) -> str:
    quote = row.statistic.quote
    return " ".join(text[quote.start_char : quote.end_char].split())
