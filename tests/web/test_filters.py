"""Filters in addresses: what they mean, what they say of values that they don't understand."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest

from casus.casebook.records import Grade, Waiting
from casus.model import EventType, Harm
from casus.web.access import Person, Right
from casus.web.filters import Filters, Status, query_of

REVIEWER = Person("rowan", "Rowan", "reviewer", frozenset(Right))
VIEWER = Person("wren", "Wren", "viewer", frozenset({Right.READ}))


def asked(query: str) -> Filters:
    return Filters.of(dict(parse_qsl(query)))


def test_an_address_asks_for_what_it_says() -> None:
    wanted = asked(
        "since=2024-03-01&until=2024-03-31&country=ne&adm1=Agadez&text=a&actor=b&place=c"
        "&type=attack&harm=injured&grade=fair&waits_for=new&actor_id=x&geonames_id=7"
    ).wanted(REVIEWER)
    assert (wanted.since, wanted.until) == (date(2024, 3, 1), date(2024, 3, 31))
    assert (wanted.country, wanted.adm1, wanted.geonames_id) == ("NE", "Agadez", 7)
    assert (wanted.text, wanted.actor, wanted.place, wanted.actor_id) == ("a", "b", "c", "x")
    assert (wanted.event_type, wanted.harm) == (EventType.ATTACK, Harm.INJURED)
    assert (wanted.grade, wanted.waits_for) == (Grade.FAIR, Waiting.NEW)


@pytest.mark.parametrize(
    ("status", "field", "value"),
    [
        (Status.WAITING, "is_waiting", True),
        (Status.REVIEWED, "is_reviewed", True),
        (Status.UNREVIEWED, "is_reviewed", False),
        (Status.CONTESTED, "is_contested", True),
        (Status.REJECTED, "is_rejected_only", True),
    ],
)
def test_a_status_asks_for_one_thing_only(status: Status, field: str, value: bool) -> None:
    wanted = Filters(status=status).wanted(REVIEWER)
    plain = Filters().wanted(REVIEWER)
    differing = [name for name in plain.__slots__ if getattr(wanted, name) != getattr(plain, name)]
    assert differing == [field]
    assert getattr(wanted, field) is value


def test_me_and_nobody_are_assignees() -> None:
    assert asked("assignee=@me").wanted(REVIEWER).assignee == "rowan"
    nobody = asked("assignee=@nobody").wanted(REVIEWER)
    assert (nobody.assignee, nobody.is_assigned) == (None, False)
    assert asked("assignee=me").wanted(REVIEWER).assignee == "me"


def test_who_may_not_see_withheld_names_does_not_find_them() -> None:
    assert Filters().wanted(REVIEWER).sees_withheld
    assert not Filters().wanted(VIEWER).sees_withheld


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("since", "yesterday"),
        ("until", "2024-02-30"),
        ("country", "Niger"),
        ("country", "n1"),
        ("type", "meeting"),
        ("grade", "9"),
        ("status", "lost"),
        ("geonames_id", "-1"),
        ("geonames_id", "٣"),
        ("text", "a" * 201),
        ("place", "a\x00b"),
    ],
)
def test_what_is_not_understood_asks_for_nothing_and_is_told(name: str, typed: str) -> None:
    filters = asked(query_of({name: typed, "harm": "killed"})[1:])
    assert filters.error_of(name)
    assert filters.field_value(name) == typed[:200]
    assert filters.values() == {"harm": "killed"}


def test_a_last_day_before_the_first_is_told() -> None:
    filters = asked("since=2024-03-02&until=2024-03-01")
    assert (filters.since, filters.until) == (date(2024, 3, 2), None)
    assert filters.error_of("until") == "the last day is before the first"
    assert filters.field_value("until") == "2024-03-01"


def test_fields_left_empty_ask_for_nothing() -> None:
    assert asked("since=&country=+&type=").is_empty


def test_a_query_string_gives_the_same_filter_again() -> None:
    filters = asked("since=2024-03-01&text=Al+%26+Sons+%2B&status=waiting&assignee=@me&harm=abducted")
    assert asked(filters.query()[1:]) == filters


def test_a_query_string_can_be_changed() -> None:
    filters = asked("country=NE&adm1=Agadez")
    assert filters.query(adm1=None) == "?country=NE"
    assert filters.query(country=None, adm1=None) == ""
    assert filters.query(type=EventType.RIOT, offset=0, descending=False, column=("day", "id")) == (
        "?country=NE&adm1=Agadez&type=riot&offset=0&descending=false&column=day&column=id"
    )
