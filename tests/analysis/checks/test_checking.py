"""Statistics against casebooks whose days are known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.rising import AFTER, BEFORE, CHANGE, STEADY, attacks, drawn, others
from casebook.telling import Story, reading_of
from casus import read
from casus.analysis.charts.checks import check_chart
from casus.analysis.checks import Baseline, Days, Verdict, check_all, check_statistic, check_text
from casus.analysis.checks.output import check_record, check_rows
from casus.analysis.rates import compare_days
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.errors import NotAnswerable, NotInCasebook
from casus.model import Change, EventType, Evidence, Statistic

SEED = Path(__file__).parents[4] / "shared" / "seed"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """Twenty attacks in the 182 days before July 2020, and thirty-four in as many from then on."""
    stories = (
        *attacks(BEFORE),
        *attacks(AFTER),
        *STEADY,
    )
    with Casebook.open(f"sqlite:///{tmp_path_factory.mktemp('checks') / 'book.db'}") as opened:
        opened.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))
        yield opened


def test_a_rise_is_measured_against_as_many_days_before(book: Casebook) -> None:
    found = check_text(book, "attacks by Amal Duur up 70 percent since 2020-07-01", until=date(2020, 12, 29))
    [trial] = found.trials
    assert (trial.baseline, str(trial.before)) == (Baseline.BEFORE, "2020-01-01 to 2020-06-30")
    assert str(trial.after) == "2020-07-01 to 2020-12-29"
    assert (trial.compared.before.count, trial.compared.after.count) == (20, 34)
    assert trial.compared.ratio == pytest.approx(34 / 20)
    assert trial.compared == compare_days(
        *(np.array([day in days for day in every(stretch)], dtype=np.int64)
          for days, stretch in ((BEFORE, trial.before), (AFTER, trial.after)))
    )  # fmt: skip
    assert found.verdict is Verdict.SUPPORTED
    assert trial.effort is not None
    assert (trial.effort.before.count, trial.effort.after.count) == (47, 47)


def every(stretch: Days) -> Iterator[date]:
    return (stretch.first + timedelta(days=offset) for offset in range(len(stretch)))


def test_each_verdict_comes_of_the_record(book: Casebook) -> None:
    def verdict(text: str) -> Verdict:
        return check_text(book, text, until=date(2020, 12, 29)).verdict

    assert verdict("attacks by Amal Duur down 50 percent since 2020-07-01") is Verdict.CONTRADICTED
    assert verdict("attacks by Amal Duur 4 times as many since 2020-07-01") is Verdict.CONTRADICTED
    assert verdict("attacks in Somalia up 70 percent since 2020-07-01") is Verdict.WITHIN_UNCERTAINTY
    assert verdict("34 people killed by Amal Duur since 2020-07-01") is Verdict.SUPPORTED
    assert verdict("20 people killed by Amal Duur since 2020-07-01") is Verdict.CONTRADICTED
    assert verdict("90 people killed by Amal Duur since 2020-07-01") is Verdict.WITHIN_UNCERTAINTY
    assert verdict("100 percent of attacks by Amal Duur since 2020-07-01") is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("attacks by Amal Duur up since 2020-01-05", "there is no baseline"),
        ("attacks by Amal Duur up since 2020-12-20", "at least 28 are compared"),
        ("attacks by Amal Duur up since 2023-01-01", "reports end on"),
        ("attacks by Nobody Known up since 2020-07-01", "names 'Nobody Known'"),
        ("attacks in Ruritania up since 2020-07-01", "no event is in a unit 'Ruritania'"),
        ("ceasefire violations up since 2020-07-01", "is not understood"),
        ("up 70 percent since 2020-07-01", "doesn't say what it counts"),
        ("abductions up since 2020-07-01", "no events on either side"),
        ("60 percent of attacks since 2020-07-01", "of what it is a share"),
    ],
)
def test_what_the_record_cannot_say_is_not_checkable(book: Casebook, text: str, why: str) -> None:
    found = check_text(book, text)
    assert found.verdict is Verdict.NOT_CHECKABLE
    assert why in found.why
    assert found.frame().empty
    with pytest.raises(NotAnswerable, match="nothing to draw"):
        check_chart(book, found)


def test_events_and_baseline_can_be_chosen(book: Casebook) -> None:
    events = select(book, perpetrator="Amal Duur", types=[EventType.ATTACK])
    spring = Days(date(2020, 3, 1), date(2020, 4, 30))
    found = check_text(book, "up 70 percent since 2020-07-01", events, baseline=spring)
    [trial] = found.trials
    assert (trial.baseline, trial.before) == (Baseline.CHOSEN, spring)
    overlapping = Days(date(2020, 6, 1), date(2020, 7, 10))
    assert "overlap" in check_text(book, "up since 2020-07-01", events, baseline=overlapping).why
    early = Days(date(2019, 1, 1), date(2019, 5, 1))
    assert "begins on 2019-01-01" in check_text(book, "up since 2020-07-01", events, baseline=early).why


def test_more_reports_of_everything_withdraw_a_verdict(book_of: Callable[..., Casebook]) -> None:
    stories = [*attacks(drawn(date(2020, 1, 2), 178, 15)), *attacks(drawn(CHANGE, 180, 45))]
    steady = book_of(*stories, *STEADY)
    asked = "attacks by Amal Duur up 200 percent since 2020-07-01"
    assert check_text(steady, asked, until=date(2020, 12, 29)).verdict is Verdict.SUPPORTED
    growing = book_of(*stories, *others(date(2020, 1, 1), CHANGE, 6), *others(CHANGE, date(2020, 12, 31), 2))
    found = check_text(growing, asked, until=date(2020, 12, 29))
    assert found.verdict is Verdict.WITHIN_UNCERTAINTY
    assert "reporting may explain the difference" in found.why


def test_a_month_is_counted_from_its_first_day_and_from_its_last(book: Casebook) -> None:
    found = check_text(book, "attacks by Amal Duur up 70 percent since 2020-07")
    first, late = found.trials
    assert (first.after.first, late.after.first) == (CHANGE, date(2020, 7, 31))
    assert late.baseline is Baseline.LATE_START
    assert late.before.last == date(2020, 6, 30)  # the days between are on neither side


def test_statistics_of_reports_are_found_and_checked(book_of: Callable[..., Casebook]) -> None:
    book = book_of(
        *attacks(BEFORE),
        *attacks(AFTER),
        *STEADY,
    )
    reading = reading_of(
        Story("Outlet 9", date(2020, 12, 30), (), head="Attacks by Amal Duur rose by 70 percent.")
    )
    told = Statistic(
        "attacks by Amal Duur",
        Change.UP,
        70.0,
        None,
        "2020-07-01",
        "ministry",
        Evidence(0, 39, "statistic.change"),
    )
    rank = replace(told, measure="mayor killed", percent=None, change=None, value=4,
                   quote=Evidence(0, 7, "statistic.rank"))  # fmt: skip
    book.ingest([("figures.txt", replace(reading, statistics=(told, rank)))])
    checks = check_all(book)
    by_kind = {str(one.asserted.kind): one for one in checks}
    assert by_kind["rank"].verdict is Verdict.NOT_CHECKABLE
    found = by_kind["change"]
    assert found.asserted.words == "Attacks by Amal Duur rose by 70 percent"
    assert (found.trials[0].compared.before.count, found.trials[0].compared.after.count) == (20, 34)
    assert found.asserted.row is not None
    assert check_statistic(book, found.asserted.row.number) == found
    with pytest.raises(NotInCasebook, match="no statistic 99"):
        check_statistic(book, 99)


def test_a_check_is_a_record_and_rows(book: Casebook) -> None:
    found = check_text(book, "attacks by Amal Duur up 70 percent since 2020-07-01", until=date(2020, 12, 29))
    record = json.loads(json.dumps(check_record(found)))
    assert record["verdict"] == "supported"
    assert record["trials"][0]["before"] == {"first": "2020-01-01", "last": "2020-06-30"}
    assert record["counted"]["actor"] == "amal duur"
    [row] = check_rows(found)
    assert (row["before"], row["after"]) == (20, 34)
    frame = found.frame()
    assert list(frame["before"]) == [20]
    assert frame["ratio"].iloc[0] == pytest.approx(1.7, rel=1e-3)


def test_a_check_is_drawn_from_zero_with_its_interval(book: Casebook) -> None:
    found = check_text(book, "attacks by Amal Duur up 70 percent since 2020-07-01", until=date(2020, 12, 29))
    chart = check_chart(book, found)
    bars = [row for row in chart.rows if row[2] in ("before", "after")]
    assert sum(int(str(row[3])) for row in bars if row[2] == "before") == 20
    assert sum(int(str(row[3])) for row in bars if row[2] == "after") == 34
    drawn = json.dumps(chart.specification)
    assert '"zero": true' in drawn
    assert "asserted: 70 percent more" in drawn
    assert chart.svg().startswith("<svg ")
    count = check_chart(book, check_text(book, "90 people killed by Amal Duur since 2020-07-01"))
    assert "asserted: 90" in json.dumps(count.specification)


@pytest.mark.skipif(
    not SEED.is_dir(), reason="the first report lies beside the repository, in ../shared/seed"
)
def test_the_statistic_of_the_first_report_has_no_baseline_in_it_alone(
    book_of: Callable[..., Casebook],
) -> None:
    book = book_of()
    [text] = SEED.glob("*.txt")
    published = json.loads(text.with_suffix(".json").read_text("utf-8"))["report"]["published"]
    book.ingest([("seed", read(text.read_text("utf-8"), published))])
    [found] = check_all(book)
    assert (found.asserted.change, found.asserted.percent) == (Change.UP, 70.0)
    assert found.verdict is Verdict.NOT_CHECKABLE
    assert "no baseline" in found.why
