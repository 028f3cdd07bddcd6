"""What is looked up in a casebook: lists, sums, what a change brings, and what is not to be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pytest

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.browsing import tables
from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.browser import Browser
from casus.casebook.browsing.columns import MISSING
from casus.casebook.browsing.records import Box, Copying, EventOrder, TimeUnit
from casus.casebook.browsing.reports import ReportFilter
from casus.casebook.records import DecisionKind, EventFilter, Grade, NewDecision, Role, Waiting
from casus.errors import CasebookError, NotInCasebook, StaleRecord
from casus.model import (
    Agreement,
    Category,
    Change,
    ClaimKind,
    Commitment,
    DatePrecision,
    EventType,
    Evidence,
    Harm,
    PlaceCandidate,
    Reading,
    Statistic,
)

RAID = Story()
RAID_AGAIN = Story(
    "Evening Star",
    date(2020, 3, 6),
    (replace(Account(), killed=12, told="Armed men set the mill alight near the orchard"),),
)
MINE = Story(
    "Daily Post",
    date(2020, 3, 5),
    (
        Account(
            place="Tolo", killed=3, told="A mine tore up a minibus on the salt track",
            event_type=EventType.BOMBING, by="Amal Duur",
        ),
    ),
)  # fmt: skip
MARCH = Story(
    "Coast Herald",
    date(2021, 7, 2),
    (
        Account(
            day=date(2021, 7, 1), place="Dirbat", killed=None, told="Dockers marched on the harbour office",
            event_type=EventType.PROTEST, against="Amal Duur",
        ),
        Account(
            day=None, place=None, killed=1, told="A clerk was shot at his desk in the customs house",
            event_type=EventType.KILLING, is_main=False,
        ),
    ),
)  # fmt: skip


@pytest.fixture
def filled(book: Casebook) -> Casebook:
    """Four events: a raid that two outlets tell of, a mine, a march, a killing without day and place."""
    take_in(book, RAID, RAID_AGAIN, MINE, MARCH)
    return book


def take_in(book: Casebook, *stories: Story) -> None:
    book.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(stories))


def decision(kind: DecisionKind, **values: object) -> NewDecision:
    return NewDecision(kind=kind, by="ada", reason="seen", **values)  # type: ignore[arg-type]


def id_at(book: Casebook, place: str | None) -> str:
    [event_id] = [event.id for event in book.events() if event.where.name == place]
    return event_id


def places(book: Casebook, order: EventOrder, *, descending: bool = False) -> list[str | None]:
    return [
        row.event.where.name for row in book.browse.page(EventFilter(), order, descending=descending).events
    ]


def test_pages_are_sorted_and_unknown_values_come_last(filled: Casebook) -> None:
    assert places(filled, EventOrder.DAY)[2:] == ["Dirbat", None]
    assert places(filled, EventOrder.DAY, descending=True)[0::3] == ["Dirbat", None]
    assert places(filled, EventOrder.KILLED) == [None, "Tolo", "Rakha", "Dirbat"]
    assert places(filled, EventOrder.KILLED, descending=True) == ["Rakha", "Tolo", None, "Dirbat"]
    assert places(filled, EventOrder.PLACE) == ["Dirbat", "Rakha", "Tolo", None]
    assert places(filled, EventOrder.PLACE, descending=True) == ["Tolo", "Rakha", "Dirbat", None]
    assert places(filled, EventOrder.REPORTS, descending=True)[0] == "Rakha"
    assert places(filled, EventOrder.TYPE)[0] == "Rakha"
    assert places(filled, EventOrder.PRESSING) == ["Rakha", "Dirbat", "Tolo", None]


def test_pages_follow_each_other(filled: Casebook) -> None:
    for order, descending in product(EventOrder, (False, True)):
        whole = filled.browse.page(EventFilter(), order, descending=descending)
        assert (whole.total, len(whole.events)) == (4, 4)
        singly = [
            row
            for at in range(4)
            for row in filled.browse.page(
                EventFilter(), order, descending=descending, offset=at, limit=1
            ).events
        ]
        assert singly == list(whole.events)
    assert filled.browse.page(offset=9).events == ()


def test_a_row_has_what_lists_show(filled: Casebook) -> None:
    [row] = filled.browse.page(EventFilter(place="Rakha")).events
    assert (row.killed.low, row.killed.best, row.killed.high) == (9, 9, 12)
    assert row.injured.best is None
    assert row.waits_for is Waiting.CONTESTED
    assert row.disputes == 1
    assert row == filled.browse.row(row.id)
    assert filled.browse.row("nothing") is None


FILTERS = [
    EventFilter(),
    EventFilter(since=date(2020, 3, 5)),
    EventFilter(until=date(2020, 3, 4)),
    EventFilter(country="ye"),
    EventFilter(country="YE", adm1="Lahj"),
    EventFilter(adm1="Nowhere"),
    EventFilter(event_type=EventType.PROTEST),
    EventFilter(grade=Grade.FAIR),
    EventFilter(harm=Harm.KILLED),
    EventFilter(harm=Harm.INJURED),
    EventFilter(is_contested=True),
    EventFilter(is_contested=False),
    EventFilter(is_waiting=True),
    EventFilter(is_waiting=False),
    EventFilter(waits_for=Waiting.NEW),
    EventFilter(is_reviewed=True),
    EventFilter(needs_review=True),
    EventFilter(is_assigned=True),
    EventFilter(assignee="ada"),
    EventFilter(is_rejected_only=True),
    EventFilter(includes_rejected=True),
    EventFilter(text="duur"),
    EventFilter(text="duur", sees_withheld=False),
    EventFilter(actor_id="Amal Duur"),
    EventFilter(actor_id="Amal Duur", role=Role.TARGET),
    EventFilter(actor_id="Amal Duur", sees_withheld=False),
    EventFilter(geonames_id=15),
    EventFilter(event_types=(EventType.PROTEST, EventType.BOMBING)),
    EventFilter(text="tolo", country="SO", since=date(2020, 1, 1)),
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_columns_and_database_mean_the_same_events(filled: Casebook, wanted: EventFilter) -> None:
    filled.decide(id_at(filled, "Dirbat"), decision(DecisionKind.ASSIGN, value="ada"))
    filled.decide(id_at(filled, "Tolo"), decision(DecisionKind.WITHHOLD, value="Amal Duur"))
    filled.decide(id_at(filled, None), decision(DecisionKind.REJECT))
    found = filled.browse.page(wanted)
    assert {row.id for row in found.events} == {event.id for event in filled.events(wanted)}
    assert found.total == filled.count(wanted) == filled.browse.totals(wanted).events


def test_columns_follow_what_changes(filled: Casebook) -> None:
    assert filled.browse.page().total == 4
    tolo, rakha = id_at(filled, "Tolo"), id_at(filled, "Rakha")
    filled.decide(tolo, decision(DecisionKind.CORRECT, field="killed.civilians.best", value=40))
    assert places(filled, EventOrder.KILLED, descending=True)[0] == "Tolo"
    filled.decide(rakha, decision(DecisionKind.MERGE, others=(tolo,)))
    assert filled.browse.page().total == 3
    shells = replace(Account(), day=date(2022, 1, 2), place="Mabar", told="Shells fell on the market street")
    take_in(filled, replace(MINE, published=date(2022, 1, 3), accounts=(shells,)))
    assert filled.browse.page().total == 4
    with Casebook.open(filled.store.engine.url.render_as_string(hide_password=False)) as afresh:
        for order in EventOrder:
            assert afresh.browse.page(order=order) == filled.browse.page(order=order)


def test_neighbours_walk_the_queue(filled: Casebook) -> None:
    queue = [row.id for row in filled.browse.page(order=EventOrder.PRESSING).events]
    for at, event_id in enumerate(queue):
        beside = filled.browse.neighbours(event_id)
        assert beside.previous == (queue[at - 1] if at else None)
        assert beside.next == (queue[at + 1] if at < 3 else None)
        assert (beside.position, beside.total) == (at + 1, 4)
    left_out = filled.browse.neighbours(queue[1], EventFilter(country="SO"))
    assert (left_out.position, left_out.total) == (None, 1)
    assert filled.browse.neighbours("nothing").position is None


def test_the_next_that_waits(filled: Casebook) -> None:
    queue = [row.id for row in filled.browse.page(order=EventOrder.PRESSING).events]
    assert filled.browse.next_waiting() == queue[0]
    assert filled.browse.next_waiting(queue[0]) == queue[1]
    assert filled.browse.next_waiting(queue[-1]) == queue[0]
    filled.decide(queue[0], decision(DecisionKind.CONFIRM))
    assert filled.browse.next_waiting(queue[0]) == queue[1]
    filled.decide(queue[2], decision(DecisionKind.ASSIGN, value="bo"))
    assert filled.browse.next_waiting(assignee="bo") == queue[2]
    assert filled.browse.next_waiting(queue[2], assignee="bo") is None


def test_totals_are_those_of_the_events(filled: Casebook) -> None:
    totals = filled.browse.totals()
    assert (totals.events, totals.waiting, totals.contested, totals.undated) == (4, 4, 1, 1)
    assert (totals.killed.low, totals.killed.best, totals.killed.high) == (13, 13, 16)
    assert (totals.killed.known, totals.killed.unknown) == (3, 1)
    assert (totals.injured.best, totals.injured.known) == (0, 0)
    assert totals.by_country == {"YE": 2, "SO": 1, "": 1}
    assert totals.by_type[EventType.BOMBING] == 1
    assert totals.by_grade == {Grade.WEAK: 3, Grade.FAIR: 1}
    assert totals.by_waiting[Waiting.CONTESTED] == 1
    assert filled.browse.totals(EventFilter(text="nowhere")).events == 0


def test_a_timeline_has_no_gaps(filled: Casebook) -> None:
    months = filled.browse.timeline(unit=TimeUnit.MONTH)
    assert [(one.start, one.events, one.killed_low, one.killed_high) for one in months if one.events] == [
        (date(2020, 3, 1), 2, 12, 15),
        (date(2021, 7, 1), 1, 0, 0),
    ]
    assert len(months) == 17
    assert all(later.start.toordinal() - one.end.toordinal() == 1 for one, later in pairwise(months))
    weeks = filled.browse.timeline()
    assert (weeks[0].start, weeks[0].end) == (date(2020, 3, 2), date(2020, 3, 8))
    assert filled.browse.timeline(EventFilter(text="nowhere")) == ()
    assert len(filled.browse.timeline(EventFilter(country="SO"))) == 1


def test_cells_gather_events_near_each_other(filled: Casebook) -> None:
    cells = filled.browse.map_cells(cell_degrees=5)
    assert {(cell.events, cell.killed_best) for cell in cells} == {(1, 3), (1, 9), (1, None)}
    [tolo] = [cell for cell in cells if cell.killed_best == 3]
    assert (tolo.latitude, tolo.longitude, tolo.event) == (3.2, 42.1, id_at(filled, "Tolo"))
    [yemen] = filled.browse.map_cells(EventFilter(country="YE"), 90)
    assert (yemen.events, yemen.killed_best, yemen.event) == (2, 9, None)
    assert (yemen.country, yemen.geonames_id) == ("YE", None)
    assert len(filled.browse.map_cells(box=Box(0, 40, 5, 45))) == 1
    assert len(filled.browse.map_cells(box=Box(0, 170, 5, 43))) == 1


def test_facets_leave_their_own_filter_out(filled: Casebook) -> None:
    facets = filled.browse.facets(EventFilter(country="YE"))
    assert facets.countries == (("YE", 2), ("SO", 1))
    assert facets.units == (("Hajjah", 1), ("Lahj", 1))
    assert dict(facets.types) == {EventType.ATTACK: 1, EventType.PROTEST: 1}
    assert filled.browse.facets().units == ()


def test_a_withheld_name_is_not_found_in_its_report_either(filled: Casebook) -> None:
    hidden = EventFilter(text="duur", sees_withheld=False)
    assert filled.browse.page(hidden).total == 2
    # The march's report tells of the killing too: a name withheld there is withheld in the march.
    filled.decide(id_at(filled, None), decision(DecisionKind.WITHHOLD, value="Duur"))
    assert {row.event.where.name for row in filled.browse.page(hidden).events} == {"Tolo"}
    assert filled.browse.page(replace(hidden, sees_withheld=True)).total == 2
    # A full name is found nowhere.
    filled.decide(id_at(filled, None), decision(DecisionKind.WITHHOLD, value="Amal Duur"))
    assert filled.browse.page(hidden).total == filled.count(hidden) == 0
    for one in filled.decisions(id_at(filled, None)):
        filled.withdraw(one.number, by="ada", reason="they agreed")
    assert filled.browse.page(hidden).total == filled.count(hidden) == 2


def test_a_stale_record_is_not_written_over(filled: Casebook) -> None:
    tolo = id_at(filled, "Tolo")
    seen = filled.browse.row(tolo)
    assert seen is not None
    new = decision(DecisionKind.CORRECT, field="place", value="Old Tolo")
    filled.decide(tolo, new, expected_revision=seen.revision)
    with pytest.raises(StaleRecord) as refused:
        filled.decide(tolo, replace(new, value="New Tolo"), expected_revision=seen.revision)
    assert refused.value.current == filled.event(tolo)
    [number] = [one.number for one in filled.decisions(tolo)]
    with pytest.raises(StaleRecord):
        filled.withdraw(number, by="bo", reason="no", expected_revision=seen.revision)
    now = filled.browse.row(tolo)
    assert now is not None
    filled.withdraw(number, by="bo", reason="no", expected_revision=now.revision)
    assert filled.event(tolo).where.name == "Tolo"


def test_several_decisions_are_made_together_or_not_at_all(filled: Casebook) -> None:
    tolo, rakha = id_at(filled, "Tolo"), id_at(filled, "Rakha")
    wrong = decision(DecisionKind.MERGE, others=(tolo,))
    with pytest.raises(Exception, match="nothing to merge"):
        filled.decide_all(tolo, [decision(DecisionKind.CONFIRM), wrong])
    assert filled.decisions(tolo) == ()
    both = [decision(DecisionKind.CORRECT, field="place", value="Old Tolo"), decision(DecisionKind.CONFIRM)]
    assert filled.decide_all(tolo, both).where.name == "Old Tolo"
    assert set(filled.decide_many([tolo, rakha], decision(DecisionKind.ASSIGN, value="bo"))) == {tolo, rakha}
    assert filled.count(EventFilter(assignee="bo")) == 2


def test_columns_serve_a_casebook_without_events(new_url: Callable[[], str]) -> None:
    with Casebook.open(new_url()) as empty:
        assert empty.browse.page().events == ()
        assert empty.browse.totals().killed.best == 0
        assert empty.browse.timeline() == empty.browse.map_cells() == ()
        assert empty.browse.facets().countries == ()
        assert empty.browse.next_waiting() is None


def test_the_pulse_and_what_changed(filled: Casebook) -> None:
    before = filled.browse.pulse()
    assert filled.browse.changes(before.revision) == ()
    tolo = id_at(filled, "Tolo")
    filled.decide(tolo, decision(DecisionKind.ASSIGN, value="bo"))
    after = filled.browse.pulse()
    assert (after.revision, after.decision, after.job) == (before.revision + 1, 1, 0)
    [changed] = filled.browse.changes(before.revision)
    assert (changed.id, changed.by, changed.kind) == (tolo, "ada", DecisionKind.ASSIGN)
    assert len(filled.browse.changes(0)) == 4


def test_views_are_saved_for_one_or_for_all(book: Casebook) -> None:
    mine = book.views.save("ada", " The  north ", "events", "country=YE")
    shared = book.views.save("bo", "Contested", "queue", "contested=1", is_shared=True)
    assert book.views.list("ada") == (shared, mine)
    assert mine.name == "The north"
    assert book.views.list("cy") == (shared,)
    anew = book.views.save("ada", "The north", "events", "country=SO")
    assert [view.query for view in book.views.list("ada") if view.by == "ada"] == ["country=SO"]
    with pytest.raises(NotInCasebook):
        book.views.delete("bo", anew.number)
    book.views.delete("ada", anew.number)
    book.views.delete("admin", shared.number, is_any=True)
    assert book.views.list("ada") == ()
    with pytest.raises(CasebookError, match="needs a name"):
        book.views.save("ada", "  ", "events", "")


def test_a_report_with_all_that_was_read_in_it(filled: Casebook) -> None:
    listed = filled.browse.reports()
    assert [row.head.publisher for row in listed.reports] == [
        "Coast Herald", "Evening Star", "Daily Post", "Daily Post",
    ]  # fmt: skip
    assert (listed.reports[0].events, listed.total) == (2, 4)
    report = filled.browse.report(listed.reports[0].head.number)
    assert report is not None
    assert report == filled.browse.report(report.head.hash) == filled.browse.report(report.head.hash[:12])
    assert "harbour office" in report.text[report.body_start :]
    assert [one.event for one in report.events] == [id_at(filled, "Dirbat"), id_at(filled, None)]
    assert report.reader == "hand/1"
    assert report.copies == report.withheld == ()
    assert filled.browse.report(99) is None
    assert filled.browse.report("nothing") is None
    filled.decide(id_at(filled, "Dirbat"), decision(DecisionKind.WITHHOLD, value="Duur"))
    again = filled.browse.report(report.head.hash)
    assert again is not None
    assert again.withheld == ("Duur",)


def test_reports_are_searched(filled: Casebook) -> None:
    assert filled.browse.reports(ReportFilter(text="herald")).total == 1
    assert filled.browse.reports(ReportFilter(since=date(2020, 3, 6), until=date(2020, 12, 31))).total == 1
    assert filled.browse.reports(ReportFilter(publisher="Daily Post")).total == 2
    assert filled.browse.reports(offset=3).total == 4
    assert len(filled.browse.reports(offset=3).reports) == 1


def test_copies_are_told_of(book: Casebook) -> None:
    head = "Smoke hung over the valley on Thursday as people came back."
    take_in(book, replace(RAID, head=head), replace(RAID, head=head, publisher="Coast Herald"))
    first = book.browse.report(1)
    assert first is not None
    [copy] = first.copies
    assert (copy.report.number, copy.share) == (2, 1.0)


def test_what_ties_accounts_and_what_is_near(filled: Casebook) -> None:
    rakha = id_at(filled, "Rakha")
    within = filled.browse.near(rakha)
    assert within.events == ()
    [tie] = within.within
    assert tie.probability > 0.5
    assert "the same day" in [reason.words for reason in tie.reasons]
    filled.decide(rakha, decision(DecisionKind.SPLIT, keys=filled.event(rakha).keys[1:]))
    parted = filled.browse.near(rakha)
    [near] = parted.events
    assert near.is_parted
    assert near.best.weight == tie.weight
    assert near.best.key in filled.event(rakha).keys
    assert parted.within == ()
    filled.decide(id_at(filled, "Tolo"), decision(DecisionKind.MERGE, others=(rakha,)))
    assert len(filled.browse.near(filled.event(rakha).id).by_hand) == 2


def test_actors_by_what_they_are_named_as(filled: Casebook) -> None:
    found = filled.browse.actors("duur")
    assert found.total == 1
    [duur] = found.actors
    assert (duur.name, duur.as_perpetrator, duur.as_target, duur.killed_best) == ("Amal Duur", 1, 1, 3)
    assert (duur.first, duur.last) == (date(2020, 3, 4), date(2021, 7, 1))
    assert filled.browse.actor("Amal Duur") == duur
    assert filled.browse.actor("Nobody") is None
    [first] = filled.browse.actors(limit=1).actors
    assert (first.name, first.as_target) == ("villagers", 3)
    assert [one.name for one in filled.browse.actors(role=Role.PERPETRATOR).actors] == ["Amal Duur"]
    filled.decide(id_at(filled, "Tolo"), decision(DecisionKind.WITHHOLD, value="Amal Duur"))
    assert filled.browse.actors("duur", sees_withheld=False).total == 0
    assert filled.browse.actor("Amal Duur", sees_withheld=False) is None
    assert filled.browse.actors("duur").total == 1


def test_places_and_what_their_names_could_mean(book: Casebook) -> None:
    reading = reading_of(RAID)
    other = PlaceCandidate("Rakha", "IN", "Bihar", None, 99, 25.0, 85.0, 0.4)
    where = replace(reading.events[0].where, alternatives=(other,))
    events = (replace(reading.events[0], where=where),)
    book.ingest(
        [("one", replace(reading, events=events)), ("two", reading_of(RAID_AGAIN)), ("3", reading_of(MINE))]
    )
    assert [(row.name, row.events, row.killed_best) for row in book.browse.places().places] == [
        ("Rakha", 1, 9),
        ("Tolo", 1, 3),
    ]
    assert book.browse.places(country="SO").total == book.browse.places("tol").total == 1
    chosen, passed_over = book.browse.candidates("Rakha")
    assert (chosen.country, chosen.chosen, chosen.considered) == ("YE", 2, 2)
    assert (passed_over.country, passed_over.chosen, passed_over.considered) == ("IN", 0, 1)
    assert book.browse.candidates("Rakha", "SO") == ()


def deal(reading: Reading, parties: tuple[str, ...], agreed_on: str | None) -> Reading:
    quote = Evidence(0, 5, "agreement.named")
    promise = Commitment("Amal Duur", "stop the raids", None, (quote,))
    made = Agreement("Salt Road Accord", parties, agreed_on, DatePrecision.DAY, (promise,), quote)
    measure = Statistic("attacks", Change.UP, 12.0, None, "2020", None, quote)
    return replace(reading, agreements=(made,), statistics=(measure,))


def test_an_agreement_that_several_reports_tell_of(book: Casebook) -> None:
    parties = ("Amal Duur", "Coast Council")
    book.ingest(
        [
            ("one", deal(reading_of(MINE), parties, "2020-06")),
            ("two", deal(reading_of(MARCH), parties[::-1], "2020-06-10")),
            ("three", reading_of(RAID)),
        ]
    )
    page = book.browse.agreements()
    assert page.total == 1
    [row] = page.agreements
    assert (row.parties, row.agreed_on, len(row.told)) == (parties, "2020-06-10", 2)
    record = book.browse.agreement(row.told[1].number, days=500)
    assert record is not None
    assert record == replace(record, row=row)
    assert [one.row.event.where.name for one in record.before] == ["Tolo"]
    assert [one.row.event.where.name for one in record.after] == ["Dirbat"]
    assert record.before[0].parties == (("Amal Duur", Role.PERPETRATOR),)
    assert record.after[0].parties == (("Amal Duur", Role.TARGET),)
    counts = {(one.what, one.value): (one.before, one.after) for one in record.counts}
    assert counts["party", "Amal Duur"] == (1, 1)
    assert counts["type", "bombing"] == (1, 0)
    assert counts["area", "Lahj"] == (0, 1)
    near = book.browse.agreement(row.number, days=30)
    assert near is not None
    assert near.before == near.after == ()
    assert book.browse.agreement(99) is None
    assert book.browse.statistics().total == 2
    assert book.browse.statistics(limit=1).statistics[0].report.publisher == "Coast Herald"


def test_an_agreement_without_a_day_has_no_before(book: Casebook) -> None:
    book.ingest([("one", deal(reading_of(MINE), ("Amal Duur",), None))])
    [row] = book.browse.agreements().agreements
    record = book.browse.agreement(row.number)
    assert record is not None
    assert record.day is None
    assert record.before == record.counts == ()


@pytest.mark.parametrize(
    ("told", "bounds"),
    [
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2020-02-03", (date(2020, 2, 3), date(2020, 2, 3))),
        (None, (None, None)),
        ("in spring", (None, None)),
    ],
)
def test_days_of_a_told_time(told: str | None, bounds: tuple[date | None, date | None]) -> None:
    assert bounds_of(told) == bounds


def test_outlets_and_who_copies_whom(book: Casebook) -> None:
    head = "Smoke hung over the valley on Thursday as people came back."
    copy = replace(RAID, head=head, publisher="Coast Herald", published=date(2020, 3, 7))
    take_in(book, copy, replace(RAID, head=head), RAID_AGAIN, MINE)
    found = book.browse.sources()
    by_name = {one.name: one for one in found.outlets}
    post = by_name["Daily Post"]
    assert (post.reports, post.events, post.alone, post.contradicted, post.copied) == (2, 2, 1, 1, 0)
    assert (post.first, post.last) == (date(2020, 3, 5), date(2020, 3, 5))
    star, herald = by_name["Evening Star"], by_name["Coast Herald"]
    assert (star.alone, star.contradicted) == (0, 1)
    assert (herald.reports, herald.copied, herald.contradicted) == (1, 1, 0)
    assert found.copying == (Copying("Daily Post", "Coast Herald", 1),)


def test_what_is_counted_from_memory_is_what_the_casebook_has(filled: Casebook) -> None:
    """After each change the rows that followed it say what rows loaded anew say."""

    def lists(browse: Browser) -> list[object]:
        return [
            *(browse.actors(sees_withheld=sees) for sees in (True, False)),
            *(browse.places(sees_withheld=sees) for sees in (True, False)),
            browse.sources(),
            browse.totals(EventFilter(actor_id="Amal Duur")),
        ]

    def merged() -> None:
        filled.decide(id_at(filled, "Tolo"), decision(DecisionKind.MERGE, others=(id_at(filled, "Rakha"),)))

    def withheld() -> None:
        filled.decide(id_at(filled, "Dirbat"), decision(DecisionKind.WITHHOLD, value="Amal Duur"))

    def rejected() -> None:
        filled.decide(id_at(filled, "Dirbat"), decision(DecisionKind.REJECT))

    def another() -> None:
        head = "Smoke hung over the valley on Thursday as people came back."
        take_in(
            filled, replace(MINE, publisher="River Star", head=head), replace(RAID, head=f"{head} Again.")
        )

    for change in (merged, another, withheld, rejected):
        before = lists(filled.browse)
        change()
        assert before != lists(filled.browse) == lists(Browser(filled.store)), change
    filled.rebuild()
    assert lists(filled.browse) == lists(Browser(filled.store))


def test_events_as_columns_and_what_is_beside_them(filled: Casebook) -> None:
    table = filled.browse.table()
    events = {event.id: event for event in filled.events()}
    assert set(table.ids) == set(events)
    for row, event_id in enumerate(table.ids):
        event = events[event_id]
        assert table.day_of(row) == event.when.start
        assert table.words["event_type"][row] == event.event_type
        assert table.words["place"][row] == (event.where.name or None)
        assert table.words["adm2"][row] == event.where.adm2
        assert table.numbers["sources"][row] == len(event.sources)
    roles, sources, tolls = (
        filled.browse.roles(),
        filled.browse.independent_sources(table),
        filled.browse.tolls(table),
    )
    named = {
        (table.ids[row], tuple(Role)[role], roles.name[at])
        for at, (row, role) in enumerate(zip(roles.event, roles.role, strict=True))
    }
    assert named == {
        (event.id, role, one.name)
        for event in events.values()
        for role, some in ((Role.PERPETRATOR, event.perpetrators), (Role.TARGET, event.targets))
        for one in some
    }
    told = sorted((table.ids[row], sources.source[at] or "") for at, row in enumerate(sources.event))
    assert told == sorted((event.id, name) for event in events.values() for name in event.sources)
    harmed = {
        (table.ids[row], tolls.harm[at], tolls.category[at], int(tolls.low[at]), int(tolls.best[at]))
        for at, row in enumerate(tolls.event)
    }
    assert harmed == {
        (event.id, toll.harm, toll.category, toll.low, toll.best)
        for event in events.values()
        for toll in event.tolls
    }


def test_how_perpetrators_come_to_be_named_beside_the_columns(book: Casebook) -> None:
    said = (
        claim(ClaimKind.ACCUSATION, "Ila Doran", actor="Amal Duur"),
        claim(ClaimKind.DENIAL, "Amal Duur", actor="Amal Duur"),
    )
    take_in(book, Story(accounts=(Account(by="Amal Duur", claims=said),)), MINE)
    table = book.browse.table()
    rows = book.browse.standings_of_events(table)
    told = {
        (table.words["place"][row], rows.actor[at], rows.standing[at])
        for at, row in enumerate(rows.event.tolist())
    }
    assert told == {
        ("Rakha", "amal duur", "accused"),
        ("Rakha", "amal duur", "denied"),
        ("Tolo", "amal duur", "reported"),
    }
    assert {book.browse.roles().actor[at] for at in range(4)} == {"amal duur", "villagers"}


def test_figures_that_other_sources_give_are_told_from_tolls_without_a_number(book: Casebook) -> None:
    soldiers = replace(RAID_AGAIN.accounts[0], category=Category.SECURITY_FORCES)
    take_in(book, RAID, replace(RAID_AGAIN, accounts=(soldiers,)))
    tolls = book.browse.tolls(book.browse.table())
    told = {(tolls.category[at], int(tolls.best[at]), bool(tolls.is_numbered[at])) for at in range(2)}
    assert told == {("civilians", 9, True), ("security_forces", MISSING, True)}


def test_columns_of_some_events_are_of_those_alone(filled: Casebook) -> None:
    wanted = EventFilter(event_types=(EventType.BOMBING, EventType.PROTEST))
    table, roles = filled.browse.table(wanted), filled.browse.roles(wanted)
    assert set(table.words["event_type"].all()) == {"bombing", "protest"}
    assert {roles.name[at] for at in range(len(roles.event))} >= {"Amal Duur"}
    assert set(roles.event.tolist()) <= set(range(len(table)))


def test_reports_of_events_and_of_each_day(filled: Casebook) -> None:
    table = filled.browse.table()
    tellings, press = filled.browse.tellings(table), filled.browse.press()
    counts = [0] * len(table)
    for row in tellings.event.tolist():
        counts[row] += 1
    assert counts == table.numbers["reports"].tolist()
    assert int(press.reports.sum()) == sum(head.published_on is not None for head in filled.heads())
    assert set(press.outlet.all()) == {head.publisher for head in filled.heads()}


def test_the_tellings_of_some_events_are_picked_from_those_of_all(
    filled: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    every, some = filled.browse.table(), filled.browse.table(EventFilter(country="YE"))
    assert 0 < len(some) < len(every)
    known = [filled.browse.tellings(table) for table in (every, some)]
    monkeypatch.setattr(tables, "FEW", 0)
    for table, asked in zip((every, some), known, strict=True):
        picked = filled.browse.tellings(table)
        for name in ("event", "report", "day"):
            assert getattr(picked, name).tolist() == getattr(asked, name).tolist()
        assert picked.outlet.all() == asked.outlet.all()
