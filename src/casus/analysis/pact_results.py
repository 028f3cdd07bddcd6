"""What a timeline of an agreement gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casus.analysis.rate_results import RateComparison, row_of
from casus.casebook.browsing.records import AgreementRow, PartyAct, Sides, TimeUnit
from casus.casebook.records import ReportHead

if TYPE_CHECKING:
    import pandas as pd

PERIOD_COLUMNS = (
    "start", "end", "side", "party", "events", "killed_low", "killed_best", "killed_high", "with_figures",
)  # fmt: skip
COUNT_COLUMNS = (
    "what",
    "value",
    "side",
    "events",
    "killed_low",
    "killed_best",
    "killed_high",
    "with_figures",
)
PROMISE_COLUMNS = (
    "commitment", "by", "text", "deadline", "rule", "when", "event", "start", "end", "event_type",
    "country", "adm1", "killed_low", "killed_best", "killed_high",
)  # fmt: skip
ALLEGATION_COLUMNS = (
    "speaker", "role", "affiliation", "is_anonymous", "accused", "publisher", "published_on", "report",
    "words", "event",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events, and how many people were killed in those `with_figures`, whose number is known."""

    events: int
    killed_low: int
    killed_best: int
    killed_high: int
    with_figures: int


@dataclass(frozen=True, slots=True)
class PactPeriod:
    """Some days on one `side` (before, between, after), inclusive; `party` is None for all parties."""

    start: date
    end: date
    side: str
    party: str | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class PactCount:
    """Events of a party, a type or an area (`what`), by side; an area of "" is not known."""

    what: str
    value: str
    before: Tally
    between: Tally
    after: Tally


@dataclass(frozen=True, slots=True)
class Borne:
    """A commitment, and the events that bear on it by a `rule`; that they do is no finding of a breach.

    `later` are those after the deadline, `told_by` the outlets whose reports tell of it, `told_target`
    whom its words name without anything being left out by it.  Of the other events in which
    the same parties are said to have acted after the agreement, `others` are of another kind, target or
    area, and of `unplaced` the area is not known.
    """

    by: str
    text: str
    deadline: str | None
    rule: str
    told_target: str | None
    told_by: tuple[str, ...]
    events: tuple[PartyAct, ...]
    later: tuple[PartyAct, ...]
    others: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Alleged:
    """Who alleges that a party broke its word, in which words of which report, and of which event."""

    speaker: str | None
    role: str | None
    affiliation: str | None
    is_anonymous: bool
    accused: str | None
    report: ReportHead
    words: str
    event: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days that the casebook's reports cover, and what they published on each side of an agreement.

    `since` and `until` are the days of comparison; reports and outlets are those of all subjects.
    """

    first: date
    last: date
    since: date
    until: date
    reports: tuple[int, int]
    outlets: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PactTimeline:
    """An agreement with what happened around it; see `casus.analysis.pacts.pact_timeline`.

    `actors` are the parties, and who else undertook something.  `rates` compare the days before
    with the days after, of all of them first, then of each; `cautions` are sentences on what to be
    careful about and what could not be compared.
    """

    agreement: AgreementRow
    day: date | None
    last: date | None
    since: date | None
    until: date | None
    actors: tuple[str, ...]
    days: int
    unit: TimeUnit
    periods: tuple[PactPeriod, ...]
    counts: tuple[PactCount, ...]
    acts: Sides
    promises: tuple[Borne, ...]
    alleged: tuple[Alleged, ...]
    coverage: Coverage | None
    rates: tuple[RateComparison, ...]
    cautions: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """The periods, a row each for all parties (party "") and for each: `PERIOD_COLUMNS`."""
        return _frame(
            ((one.start, one.end, one.side, one.party or "", *_figures(one.tally)) for one in self.periods),
            PERIOD_COLUMNS,
        )

    def counts_frame(self) -> pd.DataFrame:
        """Events by party, type and area, a row for each side: `COUNT_COLUMNS`."""
        return _frame(
            (
                (one.what, one.value, side, *_figures(tally))
                for one in self.counts
                for side, tally in (("before", one.before), ("between", one.between), ("after", one.after))
            ),
            COUNT_COLUMNS,
        )

    def promises_frame(self) -> pd.DataFrame:
        """The events that bear on commitments, a row for each of each commitment: `PROMISE_COLUMNS`.

        A commitment without events has one row whose `event` is empty.
        """
        return _frame(
            (row for at, one in enumerate(self.promises, 1) for row in _borne(at, one)), PROMISE_COLUMNS
        )

    def allegations_frame(self) -> pd.DataFrame:
        """Who alleges what, where: `ALLEGATION_COLUMNS`; `report` is the report's hash."""
        return _frame(
            (
                (
                    one.speaker, one.role, one.affiliation, one.is_anonymous, one.accused,
                    one.report.publisher, one.report.published_on, one.report.hash, one.words, one.event,
                )
                for one in self.alleged
            ),
            ALLEGATION_COLUMNS,
        )  # fmt: skip

    def rates_frame(self) -> pd.DataFrame:
        """The comparisons, a row each: see `RateComparison.frame`."""
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame([dict(row_of(one)) for one in self.rates])


def _figures(tally: Tally) -> tuple[int, int, int, int, int]:
    return tally.events, tally.killed_low, tally.killed_best, tally.killed_high, tally.with_figures


def _borne(at: int, one: Borne) -> Iterator[tuple[object, ...]]:
    told = at, one.by, one.text, one.deadline, one.rule
    acts = [("until the deadline" if one.deadline else "after the agreement", act) for act in one.events]
    acts += [("after the deadline", act) for act in one.later]
    for when, act in acts:
        killed = act.killed
        yield (
            *told, when, act.event, act.start, act.end, str(act.event_type), act.country, act.adm1,
            killed.low, killed.best, killed.high,
        )  # fmt: skip
    if not acts:
        yield (*told, *(None for _ in PROMISE_COLUMNS[len(told) :]))


def _frame(rows: Iterable[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(list(rows), columns=list(columns))
