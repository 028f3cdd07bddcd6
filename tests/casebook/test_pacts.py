"""The register of agreements: from reports and by hand, decided about, taken back; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic import command

from casebook.pacting import BY_HAND, COUNCIL, FRONT, decide, take_in, told_of
from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import AgreementRow
from casus.casebook.pacts.records import NewPactDecision, PactDecisionKind, PactField
from casus.casebook.schema import metadata
from casus.casebook.store import _config
from casus.errors import CasebookError, NotInCasebook, StaleRecord
from casus.model import EventType

ADD, CORRECT = PactDecisionKind.ADD, PactDecisionKind.CORRECT
JOIN, PART, REJECT = PactDecisionKind.JOIN, PactDecisionKind.PART, PactDecisionKind.REJECT
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def book() -> Iterator[Casebook]:
    """An empty casebook; what is asked of PostgreSQL as well is at the end."""
    with Casebook.open("sqlite://") as casebook:
        yield casebook


def listed(book: Casebook) -> tuple[AgreementRow, ...]:
    return book.browse.agreements().agreements


def names(book: Casebook) -> list[str]:
    return sorted(row.name for row in listed(book))


def undo(book: Casebook, number: int) -> None:
    book.agreements.withdraw(number, by="sefu", reason="mixed up")


# By hand


def test_an_agreement_by_hand_says_who_entered_it_when_why_and_where_it_stands(book: Casebook) -> None:
    book.clock = lambda: NOW
    row = decide(book, ADD, value=BY_HAND, reason="the signed text")
    assert listed(book) == (row,)
    assert (row.name, row.parties, row.agreed_on, row.told) == (
        "Salt Road Accord", (FRONT, COUNCIL), "2020-06-10", (),
    )  # fmt: skip
    [entered] = row.by_hand
    assert (entered.by, entered.at, entered.reason) == ("rowan", NOW, "the signed text")
    assert entered.agreement.source == "https://example.org/salt-road"
    [promise] = row.commitments
    assert (promise.by, promise.text, promise.deadline) == (FRONT, "stop the raids", "2020-08-01")
    assert book.browse.agreements("salt road").total == book.browse.agreements("coast").total == 1


def test_an_agreement_by_hand_that_is_taken_back_is_in_the_history_still(book: Casebook) -> None:
    row = decide(book, ADD, value=BY_HAND)
    [made] = book.agreements.history(row.number)
    undo(book, made.number)
    assert listed(book) == ()
    [kept] = book.agreements.history(row.number)
    assert (kept.withdrawn_by, kept.withdrawn_reason) == ("sefu", "mixed up")
    with pytest.raises(CasebookError, match="taken back already"):
        undo(book, made.number)
    with pytest.raises(NotInCasebook):
        decide(book, CORRECT, row.number, field="name", value="Other")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "  "}, "needs a name"),
        ({"parties": []}, "needs its parties"),
        ({"source": None}, "say where the agreement stands"),
        ({"agreed_on": "last week"}, "no day, month or year"),
        ({"agreed_on": "2020-02-30"}, "no day, month or year"),
        ({"agreed_on": 2020}, "give text"),
        ({"day": "2020"}, "no field of an agreement"),
        ({"commitments": "stop"}, "give a list"),
        ({"commitments": [{"by": FRONT}]}, "needs who made it"),
        ({"commitments": [{"by": FRONT, "text": "stop", "event_types": ["raid"]}]}, "no type of event"),
        ({"commitments": [{"by": FRONT, "text": "stop", "country": "XX"}]}, "no code of a country"),
        ({"commitments": [{"by": FRONT, "text": "stop", "adm1": "Hajjah"}]}, "needs its country"),
        ({"name": "x" * 501}, "at most 500"),
    ],
)
def test_what_makes_no_agreement_is_refused(changes: dict[str, object], told: str) -> None:
    with Casebook.open("sqlite://") as book:
        with pytest.raises(CasebookError, match=told):
            decide(book, ADD, value={**BY_HAND, **changes})
        assert listed(book) == ()


def test_a_decision_takes_a_reason() -> None:
    with Casebook.open("sqlite://") as book, pytest.raises(CasebookError, match="say why"):
        decide(book, ADD, value=BY_HAND, reason=" ")


# Correcting


def test_a_correction_is_laid_over_what_reports_say_and_taken_off_again(book: Casebook) -> None:
    take_in(book, told_of(agreed_on="2020-06"))
    [before] = listed(book)
    wanted = [{"by": COUNCIL, "text": "open the road", "event_types": ["arrest"], "country": "ye"}]
    decide(book, CORRECT, before.number, field="agreed_on", value="2020-06-09")
    row = decide(book, CORRECT, before.number, field="commitments", value=wanted)
    assert row.agreed_on == "2020-06-09"
    [promise] = row.commitments
    assert (promise.event_types, promise.country) == ((EventType.ARREST,), "YE")
    assert {one.field: one.computed for one in row.corrections}[PactField.AGREED_ON] == "2020-06"
    assert row.told == before.told  # what the report says stays
    for one in book.agreements.history(before.number):
        undo(book, one.number)
    [after] = listed(book)
    assert (after.agreed_on, after.commitments) == (before.agreed_on, before.commitments)
    assert (after.revision, len(book.agreements.history(before.number))) == (4, 2)


def test_where_reports_come_to_say_something_else_a_correction_is_to_be_looked_at(book: Casebook) -> None:
    take_in(book, told_of(agreed_on="2020-06"))
    [row] = listed(book)
    row = decide(book, CORRECT, row.number, field="agreed_on", value="2020-06-09")
    assert row.needs_review == ()
    take_in(book, told_of(publisher="Hill Radio", agreed_on="2020-06-10"))
    [row] = listed(book)
    assert row.agreed_on == "2020-06-09"
    assert row.needs_review == ("agreed_on: rowan set it (decision 1); reports now say otherwise",)


def test_what_is_no_correction_is_refused(book: Casebook) -> None:
    row = decide(book, ADD, value=BY_HAND)
    for field, value, told in (
        ("name", "Salt Road Accord", "is that already"),
        ("source", "elsewhere", "no field of an agreement"),
        ("parties", [], "needs its parties"),
    ):
        with pytest.raises(CasebookError, match=told):
            decide(book, CORRECT, row.number, field=field, value=value)


def test_who_decides_about_what_has_changed_meanwhile_is_told(book: Casebook) -> None:
    row = decide(book, ADD, value=BY_HAND)
    seen = row.revision
    decide(book, CORRECT, row.number, field="name", value="Accord of the Salt Road")
    new = NewPactDecision(kind=REJECT, by="sefu", reason="none", about=(row.number,))
    with pytest.raises(StaleRecord):
        book.agreements.decide(new, seen)
    assert names(book) == ["Accord of the Salt Road"]


# Joining and parting


def test_two_names_of_one_agreement_are_joined_and_their_parties_are_those_of_both(book: Casebook) -> None:
    take_in(
        book,
        told_of(),
        told_of(
            "peace deal", publisher="Hill Radio", parties=(FRONT, "Hill Assembly"), promised="free captives"
        ),
        told_of("Other Pact", publisher="Coast Herald"),
    )
    one, other = (book.browse.agreements(text).agreements[0] for text in ("salt", "peace"))
    joined = decide(book, JOIN, one.number, other.number)
    assert (joined.name, joined.parties) == ("Salt Road Accord", (FRONT, COUNCIL, "Hill Assembly"))
    assert [promise.text for promise in joined.commitments] == ["stop the raids", "free captives"]
    assert book.browse.register().row_with(other.number) == joined
    assert names(book) == ["Other Pact", "Salt Road Accord"]
    # What another report tells under the second name belongs to the joined entry, too.
    take_in(book, told_of("peace deal", publisher="Gulf Mail", parties=(FRONT, "Hill Assembly")))
    assert [len(row.told) for row in listed(book) if row.name == "Salt Road Accord"] == [3]
    [decision] = book.agreements.history(one.number)
    undo(book, decision.number)
    assert names(book) == ["Other Pact", "Salt Road Accord", "peace deal"]


def test_tellings_that_are_of_another_agreement_are_parted(book: Casebook) -> None:
    take_in(
        book,
        told_of("truce", agreed_on="2019-03-01"),
        told_of("truce", publisher="Hill Radio", agreed_on="2020-06-10"),
        told_of("truce", publisher="Gulf Mail", agreed_on="2020-06-10"),
    )
    [row] = listed(book)
    early = next(one.number for one in row.told if one.agreement.agreed_on == "2019-03-01")
    parted = decide(book, PART, early)
    assert (parted.agreed_on, len(parted.told)) == ("2019-03-01", 1)
    assert [(row.agreed_on, len(row.told)) for row in listed(book)] == [("2020-06-10", 2), ("2019-03-01", 1)]
    with pytest.raises(CasebookError, match="not all"):
        decide(book, PART, early)
    [decision] = book.agreements.history(early)
    undo(book, decision.number)
    assert len(listed(book)) == 1


def test_joined_entries_are_parted_again_by_hand_as_well(book: Casebook) -> None:
    take_in(book, told_of())
    [told] = listed(book)
    entered = decide(book, ADD, value={**BY_HAND, "name": "Treaty of Tolo", "agreed_on": "2020-06-10"})
    joined = decide(book, JOIN, told.number, entered.number)
    assert (len(joined.told), len(joined.by_hand)) == (1, 1)
    [promise] = joined.commitments
    assert promise.deadline == "2020-08-01"  # as it was entered: the report names none
    parted = decide(book, PART, entered.number)
    assert (parted.name, parted.told) == ("Treaty of Tolo", ())
    assert names(book) == ["Salt Road Accord", "Treaty of Tolo"]


def test_what_can_not_be_joined_or_parted_is_refused(book: Casebook) -> None:
    row = decide(book, ADD, value=BY_HAND)
    with pytest.raises(CasebookError, match="nothing to join"):
        decide(book, JOIN, row.number, row.number)
    with pytest.raises(NotInCasebook, match="no agreement 99"):
        decide(book, JOIN, row.number, 99)
    with pytest.raises(CasebookError, match="say which agreement"):
        decide(book, REJECT)
    other = decide(book, ADD, value={**BY_HAND, "name": "Other"})
    with pytest.raises(CasebookError, match="name one agreement"):
        decide(book, REJECT, row.number, other.number)


# Rejecting


def test_what_is_no_agreement_is_rejected_and_comes_back_when_that_is_undone(book: Casebook) -> None:
    take_in(book, told_of())
    [row] = listed(book)
    assert decide(book, REJECT, row.number, reason="a song of that name").is_rejected
    assert listed(book) == ()
    assert [one.name for one in book.browse.agreements(is_rejected=True).agreements] == [row.name]
    with pytest.raises(CasebookError, match="was rejected"):
        decide(book, CORRECT, row.number, field="name", value="Other")
    [decision] = book.agreements.history(row.number)
    undo(book, decision.number)
    assert names(book) == [row.name]


def test_another_report_of_a_rejected_agreement_is_not_hidden_with_it(book: Casebook) -> None:
    take_in(book, told_of())
    decide(book, REJECT, listed(book)[0].number)
    take_in(book, told_of(publisher="Hill Radio"))
    [row] = listed(book)
    assert [one.report.publisher for one in row.told] == ["Hill Radio"]


# Reading again


def test_decisions_outlive_a_better_reading_and_old_numbers_still_lead_there(book: Casebook) -> None:
    sentence = "Amal Duur and the Coast Council signed a deal at Tolo."
    take_in(book, told_of("deal", sentence=sentence), told_of("Other Pact", publisher="Hill Radio"))
    deal = next(row for row in listed(book) if row.name == "deal")
    decide(book, CORRECT, deal.number, field="name", value="Tolo Accord")
    take_in(book, told_of("deal at Tolo", sentence=sentence, reader="hand/2"))
    row = book.browse.register().row_with(deal.number)
    assert row is not None
    assert row.number != deal.number
    assert (row.name, row.told[0].agreement.name) == ("Tolo Accord", "deal at Tolo")
    assert [one.by for one in book.agreements.history(deal.number)] == ["rowan"]
    assert len(row.needs_review) == 1  # the report is read to say another name now


def test_the_pulse_goes_up_with_each_decision_and_with_taking_one_back(book: Casebook) -> None:
    start = book.browse.pulse().decision
    row = decide(book, ADD, value=BY_HAND)
    added = book.browse.pulse().decision
    undo(book, book.agreements.history(row.number)[0].number)
    assert start < added < book.browse.pulse().decision


# An older casebook


def test_a_casebook_of_the_second_version_keeps_its_agreements(new_url: Callable[[], str]) -> None:
    """Its tables are made by their own migrations and filled from a casebook of today."""
    url, old = new_url(), new_url()
    with Casebook.open(url) as today:
        take_in(today, told_of(), told_of("Other Pact", publisher="Hill Radio", published=date(2020, 7, 1)))
        expected, events = listed(today), today.count()
        with today.store.reads() as connection:
            rows = {
                table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
                for table in metadata.sorted_tables
            }
    address = sa.make_url(old)
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg") if address.get_backend_name() != "sqlite" else address
    )
    with engine.begin() as connection:
        scripts = _config()
        scripts.attributes["connection"] = connection
        command.upgrade(scripts, "0002")
        for table in metadata.sorted_tables:
            if rows[table.name]:
                connection.execute(sa.insert(table), rows[table.name])
        if connection.dialect.name == "postgresql":  # which counts by itself only what it numbered itself
            connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('agreement', 'number'), 100)"))
    engine.dispose()
    with Casebook.open(old) as book:
        assert not book.store.was_upgraded  # its states of events are kept
        assert listed(book) == expected
        entered = decide(book, ADD, value={**BY_HAND, "name": "Tolo Accord"})
        assert names(book) == ["Other Pact", "Salt Road Accord", "Tolo Accord"]
        assert entered.number not in {row.number for row in expected}
        with book.store.reads() as connection:
            assert len(connection.execute(sa.select(t.agreement)).all()) == 3
        joined = decide(book, JOIN, entered.number, expected[0].number)
        assert (len(joined.told), len(joined.by_hand)) == (1, 1)
        decide(book, CORRECT, joined.number, field="name", value="Accord")
        assert decide(book, REJECT, joined.number).is_rejected
        history = book.agreements.history(entered.number)
        assert [one.kind for one in history] == [ADD, JOIN, CORRECT, REJECT]
        for one in reversed(history):
            undo(book, one.number)
        assert [replace(row, revision=0) for row in listed(book)] == list(expected)
        assert book.count() == events
