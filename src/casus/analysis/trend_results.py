"""What a trend gives: figures of periods and groups, and what came before and after a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from casus.analysis.rate_results import RateComparison
from casus.analysis.toll_rates import TollComparison
from casus.analysis.trend_by import TrendBy
from casus.casebook.browsing.records import TimeUnit

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Figures:
    """What some events come to.

    `deaths_…` add up the events' figures of the killed; the `without_toll` events that give none
    add nothing, which is not to say that nobody died.  `accounts` are reports that tell of an
    event, one that tells of two being counted with each; `sources` are independent sources,
    counted with each event in the same way.
    """

    events: int = 0
    deaths_low: int = 0
    deaths_best: int = 0
    deaths_high: int = 0
    without_toll: int = 0
    accounts: int = 0
    sources: int = 0

    @property
    def sources_an_event(self) -> float | None:
        """How many independent sources an average event has; None where there are no events."""
        return self.sources / self.events if self.events else None


@dataclass(frozen=True, slots=True)
class TrendPeriod:
    """A day, week, month or year, or the part of it that is asked about.

    `start` and `end` are the days that are counted, both inclusive; `is_whole` says whether they are all
    of the period.  `published` are all reports in the casebook that were published on them,
    `outlets` how many outlets published them, whatever they tell of.
    """

    start: date
    end: date
    is_whole: bool
    figures: Figures
    published: int
    outlets: int

    @property
    def days(self) -> int:
        """How many days are counted."""
        return (self.end - self.start).days + 1

    @property
    def events_a_hundred_reports(self) -> float | None:
        """Events to a hundred published reports; None where none was published."""
        return 100 * self.figures.events / self.published if self.published else None


@dataclass(frozen=True, slots=True)
class TrendGroup:
    """The events of one country, unit, type, grade or actor: in all, and in each period of the trend."""

    name: str
    total: Figures
    periods: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The days before or after, both inclusive, with their events and the reports published on them.

    `other_reports` are those of `published` that tell of none of the events that are asked about,
    whenever these were.
    """

    first: date
    last: date
    figures: Figures
    published: int
    other_reports: int
    outlets: int

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What came after a day, which is part of it, against what came before.

    `name` is that of the agreement where the day is one's.  `deaths` is None where none are
    known on either side.  `published` compares all reports, `others` those that tell of none of the
    events: where violence grows, so do the reports of it, and only those of other things say
    whether there was more reporting.  `adjusted` compares the events to such a report.  All are
    None where there are too few.  `crossing` events go on over the day and are on neither
    side.  `notes` say in sentences how the days were chosen.
    """

    day: date
    name: str | None
    before: Side
    after: Side
    events: RateComparison
    deaths: TollComparison | None
    published: RateComparison | None
    others: RateComparison | None
    adjusted: RateComparison | None
    crossing: int
    notes: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """A row for each comparison, named in the column `compared`, with the columns of a comparison.

        They are events, deaths_low, deaths_best, deaths_high, reports, other_reports and
        events_a_report.
        """
        import pandas as pd  # noqa: PLC0415 - loading takes long

        from casus.analysis.rate_results import row_of  # noqa: PLC0415

        return pd.DataFrame([{"compared": name, **dict(row_of(one))} for name, one in self._compared()])

    def _compared(self) -> Iterator[tuple[str, RateComparison]]:
        deaths = self.deaths
        named = (
            ("events", self.events),
            ("deaths_low", deaths.low if deaths else None),
            ("deaths_best", deaths.best if deaths else None),
            ("deaths_high", deaths.high if deaths else None),
            ("reports", self.published),
            ("other_reports", self.others),
            ("events_a_report", self.adjusted),
        )
        yield from ((name, one) for name, one in named if one is not None)


@dataclass(frozen=True, slots=True)
class Trend:
    """Events over time, without gaps, and before and after a day where one is asked about.

    `words` say which events, at which `revision` of the casebook.  `groups` are the largest,
    `others` what all further groups come to (`other_groups` in number).  Of the events that are
    meant, `undated` have no day and are not counted, `earlier` began before the first day that is
    asked about and are not counted, `long` go on beyond the period in which they count, that of
    their first day (or are known only by their month or year).  `covered` are the first and last
    day on which a report was published.
    """

    words: str
    revision: int
    unit: TimeUnit
    periods: tuple[TrendPeriod, ...]
    total: Figures
    by: TrendBy | None
    groups: tuple[TrendGroup, ...]
    other_groups: int
    others: TrendGroup | None
    undated: int
    earlier: int
    long: int
    covered: tuple[date, date] | None
    around: BeforeAfter | None
    notes: tuple[str, ...]

    @property
    def first(self) -> date:
        """The first day that is counted."""
        return self.periods[0].start

    @property
    def last(self) -> date:
        """The last day that is counted."""
        return self.periods[-1].end

    def frame(self) -> pd.DataFrame:
        """A row for each period, and where events are grouped for each group of each period.

        Columns: start, end, days, is_whole, group (with `by`), the figures of `Figures`,
        published, outlets, events_a_hundred_reports.
        """
        import pandas as pd  # noqa: PLC0415 - loading takes long

        return pd.DataFrame([dict(row) for row in self._rows()])

    def _rows(self) -> Iterator[Iterator[tuple[str, object]]]:
        groups = [*self.groups, *([self.others] if self.others else [])]
        for number, period in enumerate(self.periods):
            if self.by is None:
                yield _row(period, None, period.figures)
            for group in groups:
                yield _row(period, group.name, group.periods[number])


def _row(period: TrendPeriod, group: str | None, figures: Figures) -> Iterator[tuple[str, object]]:
    yield from (("start", period.start), ("end", period.end), ("days", period.days))
    yield "is_whole", period.is_whole
    if group is not None:
        yield "group", group
    yield from ((one.name, getattr(figures, one.name)) for one in fields(figures))
    yield from (("published", period.published), ("outlets", period.outlets))
    yield (
        "events_a_hundred_reports",
        100 * figures.events / period.published if period.published else None,
    )
