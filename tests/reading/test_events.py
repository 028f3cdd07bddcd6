"""Which events a report tells, of what kind and when: a specification by example."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

import casus


class Told(NamedTuple):
    """An event as the table writes it: kind, first day (or None), whether it is what the report is about."""

    kind: str
    start: str | None
    is_main: bool


def told(text: str, published: date, title: str | None = None) -> list[Told]:
    reading = casus.read(text, published=published, title=title)
    return [
        Told(e.event_type.value, e.when.start.isoformat() if e.when.start else None, e.is_main)
        for e in reading.events
    ]


DAY = date(2019, 6, 13)  # a Thursday

CASES = [
    # -- kinds
    (
        "an attack on a post with small arms",
        "Militants stormed an army post near Rann on Tuesday and killed seven soldiers, the army said.",
        [Told("attack", "2019-06-11", True)],
    ),
    (
        "people singled out who could not fight back",
        "Gunmen dragged six passengers off a bus near Bamenda on Monday and executed them, police said.",
        [Told("killing", "2019-06-10", True)],
    ),
    (
        "an assassination",
        "A city councillor was shot dead outside his home in Quetta on Wednesday by two men on a motorcycle.",
        [Told("killing", "2019-06-12", True)],
    ),
    (
        "both sides fought",
        (
            "Soldiers and rebels fought for three hours near Kitchanga on Sunday; four soldiers and nine "
            "rebels died."
        ),
        [Told("armed_clash", "2019-06-09", True)],
    ),
    (
        "a roadside bomb",
        "A roadside bomb killed four policemen in Kandahar on Wednesday, an official said.",
        [Told("bombing", "2019-06-12", True)],
    ),
    (
        "a suicide bomber",
        (
            "A suicide bomber blew himself up at a mosque in Kano on Friday, killing 11 worshippers, "
            "police said."
        ),
        [Told("bombing", "2019-06-07", True)],
    ),
    (
        "mortars",
        "Five people died when mortar shells landed on a market in Taiz on Tuesday, medics said.",
        [Told("shelling", "2019-06-11", True)],
    ),
    (
        "warplanes",
        "Warplanes bombed a village near Idlib on Monday, killing three children, rescue workers said.",
        [Told("air_strike", "2019-06-10", True)],
    ),
    (
        "a drone is an air strike",
        "A drone strike killed a rebel commander in the Menaka region on Saturday, the army said.",
        [Told("air_strike", "2019-06-08", True)],
    ),
    (
        "an abduction",
        "Armed men kidnapped two priests near Kaduna on Sunday night, the diocese said.",
        [Told("abduction", "2019-06-09", True)],
    ),
    (
        "an arrest by the authorities",
        "Police arrested 14 opposition activists in Kampala on Wednesday, their party said.",
        [Told("arrest", "2019-06-12", True)],
    ),
    (
        "a protest on which force was used",
        "Police fired tear gas at protesters in Conakry on Tuesday, wounding eight demonstrators.",
        [Told("protest", "2019-06-11", True)],
    ),
    (
        "a violent crowd",
        "Rioters looted shops and burned cars in Honiara on Wednesday, police said.",
        [Told("riot", "2019-06-12", True)],
    ),
    (
        "arson without a bomb",
        "Unknown men set fire to a clinic in Butembo on Monday night, destroying it, the mayor said.",
        [Told("destruction", "2019-06-10", True)],
    ),
    # -- one event told twice
    (
        "the attack told again with the definite article",
        (
            "Gunmen attacked a church in Dablo on Sunday and killed six people. The attack was the third "
            "on a church in a month. The gunmen burned the building before they left, residents said."
        ),
        [Told("attack", "2019-06-09", True)],
    ),
    (
        "the toll told again by another source",
        (
            "At least nine people were killed in a blast in Lashkar Gah on Tuesday, the governor said. A "
            "doctor at the hospital said that 12 bodies had been brought in."
        ),
        [Told("bombing", "2019-06-11", True)],
    ),
    (
        "victims told later in the report",
        (
            "Attackers raided a mining camp near Tillaberi on Monday, killing 15 people, police said. "
            "Among the dead were four children, a health worker said."
        ),
        [Told("attack", "2019-06-10", True)],
    ),
    # -- several events
    (
        "another day, another place",
        "A bomb killed three soldiers in Mopti on Wednesday. On May 2, gunmen shot dead five farmers in Gao.",
        [Told("bombing", "2019-06-12", True), Told("killing", "2019-05-02", False)],
    ),
    (
        "in another attack the same day",
        (
            "Gunmen attacked a police patrol in Peshawar on Wednesday, killing two officers. In another "
            "attack, a bomb wounded four soldiers in Bannu the same day."
        ),
        [Told("attack", "2019-06-12", True), Told("bombing", "2019-06-12", False)],
    ),
    (
        "elsewhere",
        (
            "Shelling killed two villagers in Avdiivka on Tuesday. Elsewhere in the region, a mine blew "
            "up under a truck in Shchastia, killing the driver."
        ),
        [Told("shelling", "2019-06-11", True), Told("bombing", "2019-06-11", False)],
    ),
    (
        "the year before",
        (
            "Suspected rebels killed 10 villagers near Eringeti on Tuesday night, the army said. In "
            "October 2016 rebels hacked 35 people to death in the same area."
        ),
        [Told("killing", "2019-06-11", True), Told("killing", "2016-10-01", False)],
    ),
    (
        "a protest against the killing",
        (
            "Gunmen killed a student leader in Dhaka on Monday. On Tuesday hundreds of students marched "
            "through the city in protest and police beat several of them with batons."
        ),
        [Told("killing", "2019-06-10", True), Told("protest", "2019-06-11", False)],
    ),
    # -- what a sentence before tells of day and place
    (
        "the scene is set in a sentence without an event",
        (
            "Shelling killed two villagers in Avdiivka on Sunday. On Tuesday a patrol was driving through "
            "Kidal. Its lorry ran over a mine and three soldiers died."
        ),
        [Told("shelling", "2019-06-09", True), Told("bombing", "2019-06-11", False)],
    ),
    (
        "what a witness did sets no scene",
        (
            "Gunmen killed nine people in Dablo on Sunday. The mayor, Ousmane Zango, went to Kaya on "
            "Tuesday. A list that he showed had 11 dead, Zango said."
        ),
        [Told("killing", "2019-06-09", True)],
    ),
    # -- captives and what became of them
    (
        "a release is no event of its own",
        (
            "Armed men kidnapped four aid workers near Baidoa on June 3. Two of the hostages were freed "
            "on Tuesday, the agency said."
        ),
        [Told("abduction", "2019-06-03", True)],
    ),
    (
        "the seizure told after the release",
        (
            "Rebels in Arauca freed two policemen on Wednesday, the Red Cross said. The guerrillas had "
            "seized them on May 20 at a roadblock."
        ),
        [Told("abduction", "2019-05-20", True)],
    ),
    (
        "what became of the attackers",
        (
            "Gunmen stormed a hotel in Kismayo on Friday and killed ten guests. Soldiers shot dead three "
            "of the attackers, the regional president said."
        ),
        [Told("attack", "2019-06-07", True)],
    ),
    # -- other people, other items
    (
        "a crowd after an attack",
        (
            "A bomb killed six worshippers at a shrine in Quetta on Wednesday. Angry youths burned tyres "
            "and stoned police cars."
        ),
        [Told("bombing", "2019-06-12", True), Told("riot", "2019-06-12", False)],
    ),
    (
        "the items of a list",
        (
            "MOSUL - A car bomb killed four people near a bank on Wednesday.\n\n"
            "KIRKUK - Gunmen shot dead a judge in his car on Wednesday."
        ),
        [Told("bombing", "2019-06-12", True), Told("killing", "2019-06-12", False)],
    ),
    # -- violence by its means alone
    (
        "a mine, whoever laid it",
        "A boy was killed when a landmine exploded in Dera Bugti district on Tuesday.",
        [Told("bombing", "2019-06-11", True)],
    ),
    (
        "a gas cylinder is none",
        "A gas cylinder exploded in a restaurant in Lahore on Tuesday and killed three diners, police said.",
        [],
    ),
    # -- what is no new event
    (
        "a threat",
        "The rebels threatened on Tuesday to attack the capital and kill foreign soldiers.",
        [],
    ),
    ("a plan", "The army plans to bomb rebel camps near the border, a minister said on Monday.", []),
    (
        "a condition",
        "If the militia attacked the town, thousands would flee, an aid worker warned on Wednesday.",
        [],
    ),
    (
        "a foiled attack",
        "Police said on Wednesday that they had foiled a plot to bomb an embassy in Nairobi.",
        [],
    ),
    (
        "a metaphor of sport",
        "The striker shot twice in the first half and United attacked without mercy, winning the match 4-0.",
        [],
    ),
    (
        "a metaphor of markets",
        "Shares were hammered on Tuesday as investors fled; the index lost 40 points in a bloodbath.",
        [],
    ),
    (
        "an accident",
        "A bus overturned near Lima on Monday, killing 12 passengers, police said. The brakes had failed.",
        [],
    ),
    (
        "a disaster",
        "Floods and landslides killed 31 people in Assam on Wednesday, officials said.",
        [],
    ),
    (
        "a drill",
        (
            "Soldiers stormed a school in Tartu on Tuesday in a mock hostage rescue, part of an annual "
            "exercise; students played the wounded."
        ),
        [],
    ),
    (
        "a private crime",
        "A jealous husband stabbed his estranged wife at their house in Leeds on Sunday, police said.",
        [],
    ),
    (
        "a play",
        "The director said the battle scene, in which 40 extras die, was filmed in a quarry on Monday.",
        [],
    ),
]


@pytest.mark.parametrize(("phenomenon", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_events(phenomenon: str, text: str, expected: list[Told]) -> None:
    assert told(text, DAY) == expected, phenomenon


def test_an_event_that_only_the_title_names() -> None:
    text = (
        "Some sixty huts and the only clinic of Naminhanje went up in smoke between Monday night and Tuesday "
        "morning, the district administrator said by telephone.\n\nNobody was hurt."
    )
    events = told(text, DAY, title="Insurgents burn village in Cabo Delgado")
    assert [(e.kind, e.is_main) for e in events] == [("destruction", True)]


def test_a_round_up_tells_each_incident_apart() -> None:
    text = (
        "BAGHDAD - The following are security incidents reported in Iraq on Wednesday.\n\n"
        "MOSUL - Gunmen killed a policeman in eastern Mosul, police said.\n\n"
        "BAQUBA - A roadside bomb wounded three soldiers in Baquba, police said.\n\n"
        "KIRKUK - Police found the bodies of two men with gunshot wounds in Kirkuk, police said."
    )
    assert len(told(text, DAY, title="Factbox: security developments in Iraq")) == 3
