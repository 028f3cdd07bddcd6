"""What a report on a period holds, as typed immutable records.  No name that is withheld is in any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casus.analysis.mapping import Dead, EventMap
from casus.analysis.trend_results import BeforeAfter, Trend
from casus.casebook.records import Grade

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Summary:
    """What the events of a report come to.  Days are inclusive.

    `started_before` events began before the first day and went on in the period; `reports` tell of
    the events, from `outlets`; `sources` are independent ones, copies of one text being one.
    """

    events: int
    killed: Dead
    injured: Dead
    started_before: int
    reports: int
    outlets: int
    sources: int
    reviewed: int
    contested: int
    grades: tuple[tuple[Grade, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Events that have something in common: a type, a unit, somebody who is named in them."""

    name: str
    events: int
    killed: Dead


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The largest groups of events by one thing; `others` is how many further groups there are."""

    by: str
    rows: tuple[Row, ...]
    others: int
    unnamed: int  # events that name none


@dataclass(frozen=True, slots=True)
class Cited:
    """A report that something is from, as a reader can find it."""

    publisher: str
    published_on: date | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Saying:
    """What a speaker says of an event, in the words of a report."""

    kind: str
    speaker: str
    says: str
    quote: str
    report: Cited


@dataclass(frozen=True, slots=True)
class Said:
    """What independent sources say alike, each with the day on which it did, where that is known."""

    says: str
    sources: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class TollLine:
    """How many were harmed in one way: over all sources, and what each says."""

    harm: str
    figure: str
    figures: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An event with what is claimed about it, and where sources disagree."""

    id: str
    what: str
    when: str
    where: str
    killed: str
    grade: Grade
    grade_reason: str
    is_reviewed: bool
    perpetrators: tuple[tuple[str, str], ...]  # who, and how they come to be named
    targets: tuple[str, ...]
    tolls: tuple[TollLine, ...]
    disputes: tuple[tuple[str, tuple[Said, ...]], ...]  # field, and what is said of it
    sayings: tuple[Saying, ...]
    further_sayings: int
    reports: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Accord:
    """An agreement of the period, and who undertook what by when."""

    name: str
    parties: tuple[str, ...]
    agreed_on: str | None
    commitments: tuple[tuple[str, str, str | None], ...]  # by whom, what, by when
    reports: tuple[Cited, ...]
    is_by_hand: bool


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A statistic that a report of the period gives, and what the casebook says to it, and why."""

    says: str
    speaker: str | None
    quote: str
    report: Cited
    number: int  # in the casebook
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class EventData:
    """The events of a report as a table, to be attached: text of a CSV file, and its columns in words."""

    csv: str
    rows: int
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """What the casebook tells of a period.

    `words` say which events, `limits` what to keep in mind; `comparison` is None where
    `no_comparison` says why; so is `place_map` with `no_map`.
    """

    title: str
    words: str
    since: date
    until: date
    made_on: date
    revision: int
    software: str
    readers: tuple[str, ...]
    summary: Summary
    place_map: EventMap | None
    no_map: str
    trend: Trend | None
    no_trend: str
    comparison: BeforeAfter | None
    no_comparison: str
    accounts: tuple[Account, ...]
    breakdowns: tuple[Breakdown, ...]
    accords: tuple[Accord, ...]
    statistics: tuple[StatedFigure, ...]
    further_statistics: int
    limits: tuple[str, ...]
    data: EventData

    def frame(self) -> pd.DataFrame:
        """The events, a row each, with the columns that `data.columns` explains; all but figures as text."""
        import io  # noqa: PLC0415

        import pandas as pd  # noqa: PLC0415 - takes half a second

        return pd.read_csv(io.StringIO(self.data.csv), keep_default_na=True)
