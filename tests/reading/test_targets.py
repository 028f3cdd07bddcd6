"""To whom it was done: a specification by example."""

from __future__ import annotations

from datetime import date

import pytest

import casus

DAY = date(2016, 6, 15)  # a Wednesday

CASES = [
    # -- people
    (
        "those who were killed",
        "Gunmen shot dead two traders in Lakki on Monday, reports Dawn.",
        ["traders"],
    ),
    (
        "a person by office and name",
        "Governor Amir Rashid was assassinated by two men on a motorcycle in Kandahar on Monday.",
        ["Amir Rashid"],
    ),
    (
        "a group by the names beside it",
        "ETA gunmen killed two Spanish civil guards, Pedro Gil and Luis Mora, in Capbreton on Saturday.",
        ["Spanish civil guards", "Pedro Gil", "Luis Mora"],
    ),
    (
        "people by what most of them were",
        "Gunmen shot dead 55 people, most of them Ashaninka Indians, near Satipo in Peru on Monday.",
        ["Ashaninka Indians"],
    ),
    (
        "members of a party",
        "Unidentified men shot dead two activists of the Congress Party in Kannur in India on Monday.",
        ["activists of the Congress Party"],
    ),
    (
        "members of an armed group",
        "Police killed two suspected members of the Maute group in a raid on a house in Marawi on Friday.",
        ["Maute"],
    ),
    (
        "the country's policemen",
        "A roadside bomb killed four policemen in Kandahar in Afghanistan on Tuesday.",
        ["Afghan policemen"],
    ),
    (
        "the dead without their state",
        "Gunmen shot dead a slain minister's brother in Quetta on Monday.",
        ["brother"],
    ),
    # -- whom an act meets
    (
        "who came under attack",
        "A police patrol came under attack from armed men near Bannu in Pakistan on Monday.",
        ["police patrol"],
    ),
    (
        "who came under fire",
        (
            "An army convoy came under fire from Shabab fighters near Baidoa in Somalia on Friday, "
            "leaving three soldiers dead."
        ),
        ["army convoy", "soldiers"],
    ),
    (
        "what ran over a mine, with whose it is",
        (
            "A carrier of the CIS peacekeeping force ran over an anti-tank mine near Gali in Georgia on "
            "Monday, wounding two soldiers."
        ),
        ["CIS peacekeeping force"],
    ),
    (
        "what was set on fire",
        "Crowds set fire to buses and shops in Dakar in Senegal on Monday; two people died.",
        ["buses", "shops"],
    ),
    (
        "what was set ablaze",
        "Armed men set a school ablaze in Arbinda in Burkina Faso on Monday and killed a teacher.",
        ["school"],
    ),
    (
        "what was burned down",
        "A crowd burned down the Masonic Lodge at Levuka in Fiji on Monday and killed two guards.",
        ["Masonic Lodge"],
    ),
    (
        "what a grenade was fired towards",
        "Militants fired two rifle grenades towards the house of a policeman in Kupwara on Monday.",
        ["house of a policeman"],
    ),
    (
        "what a grenade was hurled at",
        "On Monday a grenade hurled at a CRPF bunker in Srinagar wounded three passers-by, police said.",
        ["CRPF"],
    ),
    (
        "at whom stones were thrown",
        "Villagers threw stones at soldiers in Qusra in the West Bank on Monday, wounding two of them.",
        ["soldiers"],
    ),
    # -- things
    (
        "a post",
        "Rebels attacked a border post near Bole in Ghana on Tuesday, killing two policemen.",
        ["border post"],
    ),
    (
        "a venue of a bomb",
        "A bomb exploded in a crowded market in Maiduguri in Nigeria on Monday, killing 14 people.",
        ["market"],
    ),
    (
        "the health centre, though a centre alone is none",
        "Armed men ransacked the health centre of Arbinda in Burkina Faso on Monday and killed a nurse.",
        ["health centre"],
    ),
    (
        "an airport by its name",
        "A car bomb exploded at Barajas airport in Madrid on Saturday, killing two people.",
        ["airport"],
    ),
    (
        "convoys and whose they were",
        (
            "Gunmen opened fire on two convoys of Shia families in Kurram in Pakistan on Monday, killing "
            "43 people."
        ),
        ["convoys of Shia families"],
    ),
    (
        "houses and not how many",
        "Soldiers burnt more than 200 houses in Laikha township of Shan State in Myanmar on Friday.",
        ["houses"],
    ),
    (
        "a village by its name",
        "Rebels attacked Obo in the Central African Republic on Monday.",
        ["Obo"],
    ),
    # -- protests, arrests, clashes
    (
        "the crowd of a protest",
        "Police opened fire on demonstrators in Khartoum on Sunday, killing three protesters.",
        ["demonstrators"],
    ),
    (
        "who was arrested",
        "Police arrested the opposition leader Tendai Moyo at the airport of Harare on Monday.",
        ["Tendai Moyo"],
    ),
    (
        "the other side of a clash",
        "Government troops and UNITA rebels clashed near Kuito in Angola on Monday, leaving 12 people dead.",
        ["UNITA"],
    ),
    (
        "the side with which they met",
        "Two militants were killed in a gunfight with the security forces in Shopian in Kashmir on Monday.",
        ["Indian security forces"],
    ),
]

NO_TARGETS = [
    (
        "what a group has done before",
        (
            "Gunmen killed nine traders in Bol in Chad on Monday. The mayor blamed the Sons of the "
            "Long Lake, a faction that has raided fishing camps since last year."
        ),
        "fishing camps",
    ),
    (
        "one of those who are told together",
        "Masked men shot dead two teachers in Rhamu in Kenya on Tuesday. A third teacher was wounded.",
        "teacher",
    ),
    (
        "a road",
        "Two lawyers were shot dead in an attack on Ring Road in Peshawar on Monday.",
        "Ring Road",
    ),
    (
        "a quality",
        "Gunmen killed a farmer in Cauca in Colombia on Monday amid growing insecurity.",
        "insecurity",
    ),
    (
        "the bomb",
        "Unidentified men set off a lorry full of explosives in Basra in Iraq on Monday, killing 9 people.",
        "lorry",
    ),
    (
        "the doers told again",
        (
            "Militants killed two guards in Khunthak in Manipur on Monday in an attack blamed on "
            "suspected militants."
        ),
        "suspected militants",
    ),
    (
        "nobody in particular",
        "A bomb killed nine people and wounded 20 others in Aden in Yemen on Monday.",
        "others",
    ),
    (
        "the day of the deed",
        "On 13 June fighters of the Karen National Union killed four soldiers near Kawkareik in Myanmar.",
        "13 June fighters",
    ),
]


def _targets(text: str) -> list[str]:
    return [actor.name for actor in casus.read(text, published=DAY).events[0].targets]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_report_names_to_whom_it_was_done(text: str, expected: list[str]) -> None:
    found = " | ".join(_targets(text))
    assert all(name in found for name in expected), found


@pytest.mark.parametrize(("text", "name"), [pytest.param(*case[1:], id=case[0]) for case in NO_TARGETS])
def test_not_everything_in_its_way_is_a_target(text: str, name: str) -> None:
    assert name not in _targets(text)


def test_a_pronoun_means_the_people_before_it() -> None:
    text = (
        "Two Kenyan soldiers guarded a camp at Kismayo in Somalia on Monday. "
        "They were shot dead by Shabab fighters."
    )
    assert any("Kenya" in name for name in _targets(text))


def test_every_target_points_at_its_words() -> None:
    for _, text, _ in CASES:
        for event in casus.read(text, published=DAY).events:
            for actor in event.targets:
                assert actor.evidence
                assert all(text[e.start_char : e.end_char].strip() for e in actor.evidence)
