"""ACLED's codes, by the rules of docs/exports.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Event, EventToll, Named, Perpetrator, Standing
from casus.exports.acled import COLUMNS, acled_row, acled_types
from casus.exports.cells import Value
from casus.model import Category, EventType, Harm
from exports.made_up import made_up_event


def row(event: Event) -> dict[str, Value]:
    return dict(zip(COLUMNS, acled_row(Dossier(event), 1_600_000_000), strict=True))


def doers(*names: str) -> tuple[Perpetrator, ...]:
    return tuple(Perpetrator(name, None, None, (Standing.REPORTED,), ()) for name in names)


def named(*names: str) -> tuple[Named, ...]:
    return tuple(Named(name, None, None, ()) for name in names)


@pytest.mark.parametrize("event_type", EventType)
def test_every_type_has_one_of_acled_whatever_the_signs(event_type: EventType) -> None:
    assert not acled_types()[event_type][-1].sign


HURT = (EventToll(Harm.INJURED, Category.CIVILIANS, 2, 2, 2, ()),)


@pytest.mark.parametrize(
    ("event", "event_type", "sub_type", "disorder"),
    [
        (made_up_event(event_type=EventType.ARMED_CLASH), "Battles", "Armed clash", "Political violence"),
        (made_up_event(), "Violence against civilians", "Attack", "Political violence"),
        (made_up_event(targets=named("soldiers")), "Battles", "Armed clash", "Political violence"),
        (
            made_up_event(event_type=EventType.BOMBING, weapons=named("suicide bomb")),
            "Explosions/Remote violence", "Suicide bomb", "Political violence",
        ),
        (
            made_up_event(event_type=EventType.BOMBING),
            "Explosions/Remote violence", "Remote explosive/landmine/IED", "Political violence",
        ),
        (
            made_up_event(event_type=EventType.PROTEST, perpetrators=(), tolls=(), deaths=None),
            "Protests", "Peaceful protest", "Demonstrations",
        ),
        (
            made_up_event(event_type=EventType.PROTEST, perpetrators=doers("police"), tolls=(), deaths=None),
            "Protests", "Protest with intervention", "Demonstrations",
        ),
        (
            made_up_event(
                event_type=EventType.PROTEST, perpetrators=doers("police"), tolls=HURT, deaths=None
            ),
            "Protests", "Excessive force against protesters", "Political violence; Demonstrations",
        ),
        (
            made_up_event(event_type=EventType.ARREST), "Strategic developments", "Arrests",
            "Strategic developments",
        ),
    ],
)  # fmt: skip
def test_event_types(event: Event, event_type: str, sub_type: str, disorder: str) -> None:
    told = row(event)
    assert (told["event_type"], told["sub_event_type"], told["disorder_type"]) == (
        event_type,
        sub_type,
        disorder,
    )


@pytest.mark.parametrize(
    ("event", "actors", "interaction"),
    [
        (
            made_up_event(),
            ("Houthis", None, "Rebel group", "Civilians (Yemen)", "villagers", "Civilians"),
            "Rebel group-Civilians",
        ),
        (
            made_up_event(perpetrators=doers("gunmen")),
            ("Unidentified Armed Group (Yemen)", "gunmen", "Political militia", "Civilians (Yemen)",
             "villagers", "Civilians"),
            "Political militia-Civilians",
        ),
        (
            made_up_event(perpetrators=()),
            ("Unidentified Armed Group (Yemen)", None, "Political militia", "Civilians (Yemen)", "villagers",
             "Civilians"),
            "Political militia-Civilians",
        ),
        (
            made_up_event(event_type=EventType.ARMED_CLASH, targets=named("army", "police")),
            ("Houthis", None, "Rebel group", "army", "police", "State forces"),
            "State forces-Rebel group",
        ),
        (
            made_up_event(event_type=EventType.ARMED_CLASH, targets=named("Saudi army")),
            ("Houthis", None, "Rebel group", "Saudi army", None, "External/Other forces"),
            "Rebel group-External/Other forces",
        ),
        (
            made_up_event(event_type=EventType.PROTEST, perpetrators=(), targets=()),
            ("Protesters (Yemen)", None, "Protesters", None, None, None),
            "Protesters only",
        ),
        (
            made_up_event(event_type=EventType.RIOT, perpetrators=doers("police")),
            ("Rioters (Yemen)", None, "Rioters", "police", None, "State forces"),
            "State forces-Rioters",
        ),
    ],
)  # fmt: skip
def test_actors(event: Event, actors: tuple[str | None, ...], interaction: str) -> None:
    told = row(event)
    columns = ("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2")
    assert tuple(told[column] for column in columns) == actors
    assert told["interaction"] == interaction


def test_civilians_targeted() -> None:
    assert row(made_up_event())["civilian_targeting"] == "Civilian targeting"
    clash = made_up_event(event_type=EventType.ARMED_CLASH, targets=named("army"))
    assert row(clash)["civilian_targeting"] is None


def test_fatalities_and_what_was_reported() -> None:
    assert row(made_up_event())["fatalities"] == 12
    nobody = made_up_event(tolls=HURT, deaths=None)
    assert row(nobody)["fatalities"] == 0
    vague = made_up_event(
        tolls=(EventToll(Harm.KILLED, Category.CIVILIANS, None, None, None, ()),), deaths=None
    )
    told = row(vague)
    assert told["fatalities"] is None
    assert "an unknown number of civilians killed" in str(told["notes"])
    assert "12 civilians killed (lowest figure 9, highest 28)" in str(row(made_up_event())["notes"])


@pytest.mark.parametrize(("where_prec", "geo"), [(1, 1), (2, 2), (3, 2), (4, 3), (6, 3), (None, None)])
def test_precision_of_places(where_prec: int | None, geo: int | None) -> None:
    event = made_up_event()
    event = replace(event, where=replace(event.where, precision_code=where_prec))
    assert row(event)["geo_precision"] == geo


def test_codes_of_the_country() -> None:
    told = row(made_up_event())
    assert (told["iso"], told["region"], told["country"], told["location"]) == (
        887,
        "Middle East",
        "Yemen",
        "Rakha",
    )
    assert told["time_precision"] == 1
    assert told["event_date"] == "2020-03-04"
    assert told["timestamp"] == 1_600_000_000
