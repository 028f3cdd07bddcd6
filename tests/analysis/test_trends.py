"""Events over time, and before and after a day, counted by hand on small casebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casebook.telling import Account, Story, reading_of
from casus.analysis.before_after import Turn, turn_of
from casus.analysis.plain import plain
from casus.analysis.rates import Method
from casus.analysis.selecting import select
from casus.analysis.trend_by import TrendBy
from casus.analysis.trends import trend
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import TimeUnit
from casus.errors import NotAnswerable
from casus.model import Agreement, DatePrecision, EventDate, EventType, Evidence, Reading

BookOf = Callable[..., Casebook]

JANUARY = date(2020, 1, 1)


def story(
    day: date | None,
    place: str = "Rakha",
    killed: int | None = 3,
    *,
    outlet: str = "Daily Post",
    published: date | None = None,
    **more: object,
) -> Story:
    """A report of one event, published the day after it."""
    told = f"Gunmen stormed the {place} depot on day {day}"
    account = Account(day, place, killed, told=told, **more)  # type: ignore[arg-type]
    return Story(outlet, published or (day or JANUARY) + timedelta(days=1), (account,))


def beside(day: date, number: int, outlet: str = "Harbour Gazette") -> Story:
    """A report that tells of no event."""
    return Story(outlet, day, (), head=f"Notice {number} of {day}: the ferry to Tolo leaves an hour later.")


def later(days: int) -> date:
    """So many days after New Year."""
    return JANUARY + timedelta(days=days)


SPRING = (
    story(date(2020, 1, 10)),
    story(date(2020, 1, 20), "Dirbat", 5, by="Amal Duur"),
    story(date(2020, 3, 4), "Tolo", None, outlet="Evening Star", event_type=EventType.BOMBING),
    story(date(2020, 3, 4), "Tolo", 7, outlet="Evening Star", event_type=EventType.BOMBING, by="Amal Duur"),
    beside(date(2020, 2, 3), 1),
    beside(date(2020, 3, 9), 2),
)


@pytest.fixture
def book(book_of: BookOf) -> Casebook:
    return book_of(*SPRING)


def test_periods_have_no_gaps_and_add_up(book: Casebook) -> None:
    found = trend(book, select(book), unit=TimeUnit.MONTH)
    assert [(period.start, period.end) for period in found.periods] == [
        (date(2020, 1, 10), date(2020, 1, 31)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2020, 3, 1), date(2020, 3, 4)),
    ]
    assert [period.is_whole for period in found.periods] == [False, True, False]
    assert [period.figures.events for period in found.periods] == [2, 0, found.total.events - 2]
    assert found.periods[0].figures.deaths_best == 8
    assert found.periods[0].figures.deaths_low == 8
    assert found.covered == (date(2020, 1, 11), date(2020, 3, 9))


def test_reports_and_outlets_of_each_period_are_told(book: Casebook) -> None:
    found = trend(book, select(book, since=JANUARY, until=date(2020, 3, 31)), unit=TimeUnit.MONTH)
    assert [(period.published, period.outlets) for period in found.periods] == [(2, 1), (1, 1), (3, 2)]
    assert found.periods[0].events_a_hundred_reports == 100
    assert found.periods[1].events_a_hundred_reports == 0
    assert "nothing before 2020-01-10" in found.notes[0]
    assert "nothing after 2020-03-09" in found.notes[1]


def test_unknown_tolls_are_counted_and_add_nothing(book_of: BookOf) -> None:
    book = book_of(story(date(2020, 1, 10), killed=None), story(date(2020, 1, 20), "Dirbat", 4))
    total = trend(book, select(book), unit=TimeUnit.YEAR).total
    assert (total.events, total.without_toll, total.deaths_best) == (2, 1, 4)


@pytest.mark.parametrize(
    ("unit", "count", "second"),
    [
        (TimeUnit.DAY, 55, date(2020, 1, 11)),
        (TimeUnit.WEEK, 9, date(2020, 1, 13)),
        (TimeUnit.MONTH, 3, date(2020, 2, 1)),
        (TimeUnit.YEAR, 1, None),
    ],
)
def test_weeks_begin_on_mondays_and_all_units_count_all(
    book: Casebook, unit: TimeUnit, count: int, second: date | None
) -> None:
    found = trend(book, select(book), unit=unit)
    assert len(found.periods) == count
    assert second in (None, *(period.start for period in found.periods[1:2]))
    assert sum(period.figures.events for period in found.periods) == found.total.events == len(book_ids(book))


def book_ids(book: Casebook) -> tuple[str, ...]:
    return book.browse.table().ids


def test_groups_are_told_largest_first_and_the_others_together(book: Casebook) -> None:
    found = trend(book, select(book), unit=TimeUnit.MONTH, by=TrendBy.COUNTRY, largest=1)
    names = {group.name: group.total.events for group in found.groups}
    assert names in ({"YE": 2}, {"SO": 2})
    assert found.others is not None
    assert found.other_groups == 1
    assert found.others.total.events + sum(names.values()) == found.total.events
    assert [len(group.periods) for group in (*found.groups, found.others)] == [3, 3]


def test_an_event_counts_with_each_of_its_actors(book_of: BookOf) -> None:
    both = Story(accounts=(Account(by="Amal Duur"),))
    reading = reading_of(both)
    one = reading.events[0]
    other = replace(one.perpetrators[0], name="Free Men of Tolo")
    book = book_of()
    book.ingest(
        [("a.txt", replace(reading, events=(replace(one, perpetrators=(*one.perpetrators, other)),)))]
    )
    book.ingest([("b.txt", reading_of(story(date(2020, 6, 2), "Tolo")))])
    found = trend(book, select(book), by=TrendBy.PERPETRATOR)
    names = {group.name: group.total.events for group in found.groups}
    assert names == {"Amal Duur": 1, "Free Men of Tolo": 1, "not known": 1}
    assert found.total.events == 2
    assert "count with each of them" in found.notes[-1]
    assert len(found.frame()) == 3 * len(found.periods)


def test_events_without_a_day_or_of_more_than_a_period_are_told(book_of: BookOf) -> None:
    reading = reading_of(story(date(2020, 1, 30), "Dirbat"))
    month = EventDate(
        date(2020, 1, 1), date(2020, 1, 31), DatePrecision.MONTH, reading.events[0].when.evidence
    )
    taken = story(None, "Mabar", 40, event_type=EventType.ABDUCTION, by="Amal Duur")
    book = book_of(taken, story(date(2020, 2, 9), "Tolo"))
    book.ingest([("month.txt", replace(reading, events=(replace(reading.events[0], when=month),)))])
    found = trend(book, select(book), unit=TimeUnit.WEEK)
    assert (found.undated, found.long, found.total.events) == (1, 1, 2)
    assert trend(book, select(book), unit=TimeUnit.MONTH).long == 0
    later = trend(book, select(book, since=date(2020, 1, 15)), unit=TimeUnit.MONTH)
    assert (later.earlier, later.total.events) == (1, 1)


@pytest.mark.parametrize(
    ("asked", "unit", "why"),
    [
        ({"country": "Kenya"}, None, "no such events in this casebook: all events in Kenya"),
        ({"until": date(2019, 12, 31)}, None, "begins on 2020-01-10, after 2019-12-31"),
        ({"since": date(2020, 6, 1)}, None, "ends on 2020-03-09, before 2020-06-01"),
        (
            {"since": date(2020, 2, 1), "until": date(2020, 2, 9)},
            None,
            "began between 2020-02-01 and 2020-02",
        ),
    ],
)
def test_what_there_is_nothing_of_is_said(
    book: Casebook, asked: dict[str, object], unit: TimeUnit | None, why: str
) -> None:
    with pytest.raises(NotAnswerable, match=why):
        trend(book, select(book, **asked), unit=unit)  # type: ignore[arg-type]


def test_events_that_have_no_day_make_no_trend(book_of: BookOf) -> None:
    book = book_of(story(None))
    with pytest.raises(NotAnswerable, match="no day is known"):
        trend(book, select(book))


def test_days_of_decades_are_too_many_periods(book_of: BookOf) -> None:
    book = book_of(story(date(2000, 1, 1)), story(date(2020, 1, 1)))
    with pytest.raises(NotAnswerable, match=r"too many periods \(7,306 days\): ask for each week"):
        trend(book, select(book), unit=TimeUnit.DAY)


# Before and after


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """Eighty days with an event in 16 and a notice in 4, then eighty with twice as many of both."""
    told = []
    for number in range(40):
        told += [beside(later(4 * number), one) for one in range(1 if number < 20 else 2)]
        if number % (4 if number < 20 else 2) == 1:
            told.append(_event(later(4 * number), number))
    told.append(beside(later(159), 3))
    with Casebook.open(f"sqlite:///{tmp_path_factory.mktemp('war') / 'casebook.db'}") as book:
        book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(told))
        yield book


def _event(day: date, number: int) -> Story:
    """An event that is taken for no other."""
    kind = (EventType.ATTACK, EventType.BOMBING, EventType.ABDUCTION, EventType.SHELLING)[number // 2 % 4]
    place = ("Rakha", "Dirbat", "Tolo")[number % 3]
    by = f"{('North', 'East', 'South', 'West', 'Upper')[number % 5]} {('Lions', 'Hawks')[number // 5 % 2]}"
    return story(day, place, number, published=day, event_type=kind, by=by)


def test_what_came_after_is_compared_with_what_came_before(war: Casebook) -> None:
    found = trend(war, select(war), around=Turn.on(later(80)))
    split = found.around
    assert split is not None
    assert (split.before.days, split.after.days) == (80, 80)
    assert (split.before.figures.events, split.after.figures.events) == (5, 10)
    assert split.events.ratio == 2
    assert split.before.figures.deaths_best == 1 + 5 + 9 + 13 + 17
    assert split.deaths is not None
    assert split.deaths.best.ratio == pytest.approx(sum(range(21, 41, 2)) / 45)
    assert (split.before.published, split.before.other_reports) == (25, 20)
    assert (split.after.published, split.after.other_reports) == (51, 41)
    assert split.published is not None
    assert split.others is not None
    assert split.others.ratio == 41 / 20
    # Twice as many events, and twice as many reports of other things: next to nothing is left.
    assert split.adjusted is not None
    assert split.adjusted.ratio == pytest.approx(40 / 41)
    assert "both sides have 80 days" in split.notes[0]
    compared = split.frame()["compared"].tolist()
    assert compared[0] == "events"
    assert compared[-3:] == ["reports", "other_reports", "events_a_report"]
    assert plain(found)["around"]["events"]["percent"] == pytest.approx(100)


def test_windows_are_clipped_to_what_is_covered_and_asked(war: Casebook) -> None:
    found = trend(war, select(war, until=later(99)), around=Turn.on(later(12)), window_days=15).around
    assert found is not None
    assert (found.before.first, found.before.days) == (JANUARY, 12)
    assert (found.after.last, found.after.days) == (later(26), 15)
    assert found.notes[0] == "only 12 of 15 days before are covered: 2020-01-01 is the first day that is"


def test_an_event_that_goes_on_over_the_day_is_on_neither_side(book_of: BookOf) -> None:
    day = date(2020, 1, 25)
    book = book_of(*SPRING, *(beside(later(number), number) for number in range(50)))
    reading = reading_of(story(day, "Mabar", 50))
    over = EventDate(day - timedelta(days=3), day, DatePrecision.DAY, reading.events[0].when.evidence)
    book.ingest([("over.txt", replace(reading, events=(replace(reading.events[0], when=over),)))])
    found = trend(book, select(book), around=Turn.on(day)).around
    assert found is not None
    assert found.crossing == 1
    assert (found.before.figures.events, found.after.figures.events) == (2, 0)


def test_nothing_after_gives_a_bound_and_no_ratio_of_nothing(book_of: BookOf) -> None:
    told = [_event(later(number), number) for number in (2, 7, 9, 16)]
    book = book_of(*told, *(beside(later(one), one) for one in range(40)))
    found = trend(book, select(book), around=Turn.on(later(20))).around
    assert found is not None
    assert found.events.method is Method.BOUND
    assert found.events.ratio == 0
    assert found.events.high is not None
    assert found.deaths is not None
    assert found.deaths.best.high is None


@pytest.mark.parametrize(
    ("day", "window", "why"),
    [
        (date(2019, 5, 1), None, "covers 0 days before 2019-05-01"),
        (date(2020, 1, 5), None, "covers 4 days before 2020-01-05"),
        (date(2020, 6, 7), None, "covers 2 days after 2020-06-07"),
        (date(2020, 1, 20), 0, "a window of 0 days is too short: give at least 7"),
    ],
)
def test_too_few_days_on_a_side_are_told(war: Casebook, day: date, window: int | None, why: str) -> None:
    with pytest.raises(NotAnswerable, match=why):
        trend(war, select(war), around=Turn.on(day), window_days=window)


# Agreements


def deal(agreed_on: str | None) -> Reading:
    reading = reading_of(
        Story(
            published=JANUARY,
            accounts=(),
            head="The Shore Accord was signed by Amal Duur and the government.",
        )
    )
    quote = Evidence(0, 16, "agreement.name")
    made = Agreement("Shore Accord", ("Amal Duur", "government"), agreed_on, DatePrecision.DAY, (), quote)
    return replace(reading, agreements=(made,))


@pytest.mark.parametrize(
    ("agreed_on", "before", "after"),
    [
        ("2020-01-21", date(2020, 1, 20), date(2020, 1, 21)),
        ("2020-01", date(2019, 12, 31), date(2020, 2, 1)),
    ],
)
def test_the_day_of_an_agreement_parts_before_from_after(
    book_of: BookOf, agreed_on: str, before: date, after: date
) -> None:
    book = book_of(*SPRING)
    book.ingest([("deal.txt", deal(agreed_on))])
    number = book.browse.agreements().agreements[0].told[0].number
    turn = turn_of(book, number)
    assert (turn.name, turn.before, turn.after) == ("Shore Accord", before, after)


def test_an_agreement_without_a_day_parts_nothing(book_of: BookOf) -> None:
    book = book_of(*SPRING)
    book.ingest([("deal.txt", deal(None))])
    with pytest.raises(NotAnswerable, match="no report says on which day"):
        turn_of(book, book.browse.agreements().agreements[0].told[0].number)
    with pytest.raises(NotAnswerable, match="has no agreement 99"):
        turn_of(book, 99)
