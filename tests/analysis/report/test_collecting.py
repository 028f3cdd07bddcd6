"""What a report holds, counted by hand from the stories of its casebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.report.conftest import SINCE, UNTIL
from casebook.telling import Account, Story, reading_of
from casus.analysis.checks import check_statistic
from casus.analysis.mapping import Dead
from casus.analysis.report import PeriodReport, period_report
from casus.analysis.report.records import Breakdown
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.records import Grade
from casus.errors import NotAnswerable
from casus.model import (
    Agreement,
    Change,
    Commitment,
    DatePrecision,
    Evidence,
    Reading,
    Report,
    Statistic,
)
from casus.output.wording import words_of


def test_the_summary_is_what_a_hand_counts(report: PeriodReport) -> None:
    # Rakha (9 and 12: low 9, best the lower of two in the middle, high 12), Dirbat (4), Mabar (no number).
    summary = report.summary
    assert summary.events == 3
    assert summary.killed == Dead(13, 13, 16, 2)
    assert summary.injured == Dead(None, None, None, 0)
    assert (summary.reports, summary.outlets, summary.sources) == (4, 3, 3)
    assert dict(summary.grades) == {
        Grade.CONFIRMED: 0,
        Grade.FAIR: 0,
        Grade.WEAK: 2,
        Grade.CONTESTED: 1,
        Grade.DISCOUNTED: 0,
    }
    assert (summary.reviewed, summary.contested, summary.started_before) == (0, 1, 0)


def test_the_report_says_what_it_is_of(report: PeriodReport) -> None:
    assert report.title == "All events in Yemen, 2020-03-01 to 2020-04-30"
    assert (report.since, report.until, report.made_on) == (SINCE, UNTIL, date(2021, 6, 1))
    assert report.readers == ("hand/1",)
    assert report.software.startswith("Casus ")


def test_map_and_trend_are_of_the_same_events(report: PeriodReport) -> None:
    assert report.place_map is not None
    assert report.place_map.drawn == 3
    assert report.trend is not None
    assert sum(period.figures.events for period in report.trend.periods) == 3


def test_the_period_is_compared_with_as_many_days_before_it(report: PeriodReport) -> None:
    compared = report.comparison
    assert compared is not None
    assert (compared.after.first, compared.after.last) == (SINCE, date(2020, 4, 11))  # the last report
    assert (compared.before.first, compared.before.last) == (date(2020, 1, 11), date(2020, 2, 29))
    assert (compared.before.figures.events, compared.after.figures.events) == (0, 3)


def test_the_deadliest_event_has_who_says_what(report: PeriodReport) -> None:
    first, second = report.accounts
    assert (first.where, first.killed, first.grade) == (
        "Rakha, Hajjah, Yemen",
        "9, up to 12",
        Grade.CONTESTED,
    )
    assert first.perpetrators == (("Azawagh Front", "accused, denied"),)
    (toll,) = first.tolls
    assert [(said.says, said.sources) for said in toll.figures] == [
        ("9", (("Daily Post", date(2020, 3, 5)),)),
        ("12", (("Radio One", date(2020, 3, 6)),)),
    ]
    assert [saying.kind for saying in first.sayings] == ["toll", "denial", "accusation"]
    denial = first.sayings[1]
    assert denial.quote == "The mill of Rakha was burned, killing 12 in Rakha."
    assert (denial.speaker, denial.report.publisher) == ("a spokesman", "Radio One")
    assert [field for field, _ in first.disputes] == ["killed"]
    assert (second.where, second.killed) == ("Dirbat, Lahj, Yemen", "4")


def test_groups_of_events_add_up(report: PeriodReport) -> None:
    by = {one.by: one for one in report.breakdowns}
    assert [(row.name, row.events, row.killed.best) for row in by["type"].rows] == [("attack", 3, 13)]
    assert [(row.name, row.events, row.killed.best) for row in by["first-order unit"].rows] == [
        ("Hajjah", 2, 9),
        ("Lahj", 1, 4),
    ]
    assert [(row.name, row.events) for row in by["named as perpetrator"].rows] == [("Azawagh Front", 1)]
    assert by["named as perpetrator"].unnamed == 2
    assert "country" not in by


def test_without_a_country_there_is_a_table_of_countries(book: Casebook) -> None:
    by: dict[str, Breakdown] = {one.by: one for one in period_report(book, select(book)).breakdowns}
    assert [(row.name, row.events) for row in by["country"].rows] == [("Yemen", 4), ("Somalia", 1)]


def test_the_data_have_a_row_an_event_and_unknown_is_empty(report: PeriodReport) -> None:
    rows = list(csv.DictReader(io.StringIO(report.data.csv)))
    assert [row["place"] for row in rows] == ["Rakha", "Dirbat", "Mabar"]
    assert [row["killed_best"] for row in rows] == ["9", "4", ""]
    assert [row["start"] for row in rows] == ["2020-03-04", "2020-03-20", "2020-04-10"]
    assert rows[0]["perpetrators"] == "Azawagh Front"
    assert rows[0]["latitude"] == "15.50000"
    assert list(rows[0]) == [name for name, _ in report.data.columns]
    frame = report.frame()
    assert frame["killed_best"].sum() == 13
    assert len(frame) == report.data.rows == 3


def test_without_days_the_period_is_that_of_the_events(book: Casebook) -> None:
    report = period_report(book, select(book, country="YE"))
    assert (report.since, report.until) == (date(2020, 1, 10), date(2020, 4, 10))
    assert report.comparison is None
    assert report.no_comparison == (
        "of the 92 days before the period the casebook covers 0, too few to compare with"
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        # Nothing happened, or not there
        ({"since": date(2020, 2, 1), "until": date(2020, 2, 9)}, "there are no events to report on: all"),
        ({"since": date(2020, 8, 1)}, "there are no events to report on"),
        # Not in this casebook's time
        ({"until": date(1999, 1, 1)}, "the casebook begins on 2020-01-10: it says nothing of"),
        # No period, no place
        ({"since": date(2020, 3, 2), "until": date(2020, 3, 1)}, "the period ends before it begins"),
        ({"country": "Atlantis"}, "no country 'Atlantis'"),
    ],
)  # fmt: skip
def test_what_can_not_be_reported_is_told_in_a_sentence(
    book: Casebook, asked: dict[str, object], says: str
) -> None:
    ask: Callable[..., PeriodReport] = lambda **given: period_report(book, select(book, **given))  # noqa: E731
    with pytest.raises(NotAnswerable, match=says):
        ask(**asked)


TOLD = (
    "The Tolo accord was signed. The Front will open the road. Attacks rose by 70 percent, Orrin Vael said."
)


def quoted(words: str) -> Evidence:
    return Evidence(TOLD.index(words), TOLD.index(words) + len(words), "hand")


def test_agreements_and_statistics_of_the_period_are_told_with_their_checks(
    tmp_path: Path,
) -> None:
    report = Report.of(TOLD, publisher="Sahel Wire", published_on=date(2022, 9, 27))
    accord = Agreement(
        "Tolo accord",
        ("the Front", "the government"),
        "2022-02-26",
        DatePrecision.DAY,
        (Commitment("the Front", "open the road", "2022-06-30"),),
        quoted("The Tolo accord was signed"),
    )
    rise = Statistic(
        "attacks", Change.UP, 70.0, None, "2022-02", "Orrin Vael", quoted("Attacks rose by 70 percent")
    )
    event = Story("Sea News", date(2022, 9, 2), (Account(date(2022, 9, 1), "Tolo", 3),))
    with Casebook.open(f"sqlite:///{tmp_path / 'accord.db'}") as book:
        book.ingest(
            [
                ("a.txt", Reading(report, "hand/1", agreements=(accord,), statistics=(rise,))),
                ("b.txt", reading_of(event)),
            ]
        )
        made = period_report(book, select(book, since=date(2022, 1, 1), until=date(2022, 12, 31)))
        elsewhere = period_report(
            book, select(book, since=date(2022, 1, 1), until=date(2022, 12, 31), country="SO")
        )
        checked = check_statistic(book, 1)
    (told,) = made.accords
    assert (told.name, told.agreed_on, told.is_by_hand) == ("Tolo accord", "26 February 2022", False)
    assert told.commitments == (("the Front", "open the road", "30 June 2022"),)
    (stated,) = made.statistics
    assert (stated.says, stated.speaker) == ("up 70 percent since February 2022", "Orrin Vael")
    assert stated.quote == "Attacks rose by 70 percent"
    assert stated.report.publisher == "Sahel Wire"
    assert (stated.verdict, stated.why) == (words_of(checked.verdict), checked.why)
    # With a filter they are those of the reports that tell of its events.
    assert elsewhere.accords == elsewhere.statistics == ()
