"""Who did it: a specification by example."""

from __future__ import annotations

from datetime import date

import pytest

import casus

DAY = date(2016, 6, 15)  # a Wednesday

CASES = [
    # -- the grammar of the deed
    (
        "the subject of the verb",
        "Gunmen attacked a market in Bauchi on Monday and killed nine traders.",
        ["Gunmen"],
    ),
    (
        "after by",
        "Nine peasants were shot dead by military police at a ranch in Para state in Brazil on Tuesday.",
        ["Brazilian military police"],
    ),
    (
        "the passive doer goes for the participle too",
        "A convoy was ambushed by rebels near Bria in the Central African Republic on Monday, killing five.",
        ["rebels"],
    ),
    (
        "who laid the ambush in which they died",
        (
            "Six soldiers were killed in an ambush laid by the Free Savannah Front near Bole in Ghana on "
            "Monday."
        ),
        ["Free Savannah Front"],
    ),
    (
        "who carried out the attack",
        "An attack carried out by Boko Haram fighters killed 12 villagers near Diffa in Niger on Sunday.",
        ["Boko Haram"],
    ),
    (
        "who fired the weapon",
        "Shells fired by the army killed four children in a school in Homs in Syria on Tuesday.",
        ["Syrian army"],
    ),
    (
        "police firing",
        "Five protesters died in police firing at a rally in Kano in Nigeria on Monday.",
        ["Nigerian police"],
    ),
    # -- where the parse goes astray
    (
        "an aside between doer and verb",
        (
            "About 200 rebels, some of them women, attacked three villages near Ayacucho in Peru on "
            "Monday, killing 12 peasants."
        ),
        ["rebels"],
    ),
    (
        "an armed aside",
        (
            "Dozens of men in black shirts, many armed with clubs, stormed the railway station in Patna "
            "on Sunday and beat 30 passengers."
        ),
        ["men in black shirts"],
    ),
    (
        "a dateline before the doer",
        (
            "LIMA, Peru (AP) - Shining Path guerrillas shot to death 15 peasants in the Apurimac valley, "
            "police said Friday."
        ),
        ["Shining Path"],
    ),
    (
        "a date before the noun",
        (
            "In the night of 12 to 13 June armed men ransacked the health centre of Arbinda in Burkina "
            "Faso and killed a nurse."
        ),
        ["armed men"],
    ),
    (
        "quotation marks around the doer",
        'The army said "a terrorist group" killed nine farmers near Medea in Algeria on Monday.',
        ["terrorist group"],
    ),
    # -- who is no doer
    (
        "the newspaper at the end",
        "Two persons were killed in a bomb blast in Kupwara district on Monday, reports Daily Excelsior.",
        [],
    ),
    (
        "those who met a mine",
        "Four soldiers died on Tuesday when their truck ran over a mine near Kidal in northern Mali.",
        [],
    ),
    (
        "those who hit a bomb and died of it",
        (
            "An armoured carrier of the UN mission hit a roadside bomb outside Gao in Mali on Sunday, "
            "killing two peacekeepers."
        ),
        [],
    ),
    (
        "those who came under attack",
        (
            "A police patrol came under attack from armed men on motorbikes near Bannu in Pakistan on "
            "Monday; two officers were injured."
        ),
        ["armed men"],
    ),
    (
        "the victims' own force, which tells of it",
        (
            "Three policemen were injured when a bomb exploded near their van in Quetta on Tuesday, "
            "police said."
        ),
        [],
    ),
    (
        "the speaker, turned round",
        (
            "Guards in uniform set fire to the huts of 30 families on Tuesday, denounced Juan Ortiz, "
            "leader of the peasants of Yoro in Honduras."
        ),
        ["Guards in uniform"],
    ),
    (
        "those who help the hurt",
        (
            "Doctors of the Red Cross treated 40 people who were wounded when a mortar shell hit the "
            "market of Bangui in the Central African Republic on Monday."
        ),
        [],
    ),
    (
        "those who deny it",
        "Three farmers were shot dead near Jenin on Monday. The army said its troops had not shot them.",
        [],
    ),
    (
        "who arrests in the aftermath",
        (
            "Israeli settlers set fire to 30 houses in Qusra on Sunday, wounding two residents. Israeli "
            "police said they had detained eight people."
        ),
        ["Israeli settlers"],
    ),
    (
        "who shot the attackers",
        (
            "Masked men stabbed 20 passengers to death at a station in Yunnan in China on Tuesday. Police"
            " shot dead four of the attackers."
        ),
        ["Masked men"],
    ),
    (
        "a district in a phrase of place",
        "Four troopers died in an ambush on the road to Imphal in Senapati District on Monday.",
        [],
    ),
    # -- groups and forces
    (
        "cadres of a faction of a group",
        (
            "A teacher was abducted by suspected cadres of the Khaplang faction of the National Socialist"
            " Council of Nagaland in Mon district on Monday."
        ),
        ["National Socialist Council of Nagaland"],
    ),
    (
        "a name with its abbreviation",
        (
            "A car bomb near a police station in Arauca wounded six officers on Monday. The defence "
            "minister attributed the blast to the National Liberation Army (ELN)."
        ),
        ["National Liberation Army (ELN)"],
    ),
    (
        "the country's soldiers",
        "Soldiers killed 11 peasants in the village of Coban in Guatemala on Monday.",
        ["Guatemalan soldiers"],
    ),
    (
        "a country by its name",
        "Israel bombed a house in Khan Younis on Friday, killing four members of one family.",
        ["Israel"],
    ),
    (
        "a country's weapons",
        (
            "A Ukrainian drone killed a woman in the village of Shebekino in Russia's Belgorod region on "
            "Tuesday."
        ),
        ["Ukrainian forces"],
    ),
    (
        "its men are the group's",
        "Boko Haram said its fighters had killed 14 soldiers near Maiduguri in Nigeria on Monday.",
        ["Boko Haram"],
    ),
    (
        "rebels who claim to have killed",
        (
            "A patrol was ambushed near Nduga in Indonesia on Monday. The West Papua National Liberation "
            "Army claimed to have killed five soldiers."
        ),
        ["West Papua National Liberation Army"],
    ),
    (
        "the whole name of a body that no list has",
        "Nine villagers were shot dead by the Democratic Front of Boroland on Tuesday in Sonitpur in India.",
        ["Democratic Front of Boroland"],
    ),
    # -- blame, claims and the rest of the report
    (
        "who belongs to whom",
        (
            "A couple were shot dead in their house at Pampore in Kashmir on Sunday. Police said the "
            "attackers belonged to Lashkar-e-Taiba."
        ),
        ["Lashkar-e-Taiba"],
    ),
    (
        "an identity in the second of two verbs",
        (
            "Eleven bus passengers were killed near Blida in Algeria on Monday. The killers numbered "
            "about 20 and were followers of the Armed Islamic Group."
        ),
        ["Armed Islamic Group"],
    ),
    (
        "behind the attack",
        (
            "A bomb killed 29 people at a market in Kashgar on Saturday. Evidence showed that the Islamic"
            " State was behind the attack."
        ),
        ["Islamic State"],
    ),
    (
        "who owns up",
        (
            "A suicide bomber killed 12 worshippers at a mosque in Kunduz on Friday. Islamic State "
            "claimed the attack."
        ),
        ["Islamic State"],
    ),
    (
        "nobody owns up",
        "A suicide bomber killed 12 worshippers at a mosque in Kunduz on Friday. No group has claimed it.",
        ["suicide bomber"],
    ),
    (
        "saboteurs who are blamed",
        (
            "A mine killed two peacekeepers on the road to Gali in Georgia on Monday. The authorities "
            'attributed the blast to "Armenian saboteurs".'
        ),
        ["Armenian saboteurs"],
    ),
    # -- protests, riots, arrests, clashes
    (
        "a riot is the rioters'",
        (
            "Crowds set fire to buses and threw stones at riot police in Dakar in Senegal on Monday; the "
            "police replied with tear gas. Nine people died."
        ),
        ["Crowds"],
    ),
    (
        "force used at a protest",
        "Police opened fire on demonstrators in Khartoum on Sunday, killing three protesters.",
        ["Sudanese police"],
    ),
    (
        "an arrest that the force announces",
        (
            "Police said they had detained three members of the Kurdistan Workers' Party in Diyarbakir on"
            " Monday."
        ),
        ["Turkish police"],
    ),
    (
        "the side of a clash that is told first",
        "Clashes between the army and M23 rebels near Rutshuru killed 12 soldiers on Monday.",
        ["Congolese army"],
    ),
    # -- groups that no list knows, by what the report says they are
    (
        "a group by what stands beside its name",
        (
            "Eleven miners were abducted near Watsa in Congo on Monday. The army accused the Uele "
            "Self-Defence Union, a militia."
        ),
        ["Uele Self-Defence Union"],
    ),
    (
        "a whole name with of and the",
        (
            "Nine fishermen were killed near Bol in Chad on Monday. The governor blamed the Sons of the Long "
            "Lake, a faction that has raided villages since last year."
        ),
        ["Sons of the Long Lake"],
    ),
    (
        "a group by its fighters",
        "Fighters of the Front for the Rescue of the East killed nine villagers near Birao on Monday.",
        ["Front for the Rescue of the East"],
    ),
    (
        "a named group that nobody blames did not do it",
        (
            "Gunmen killed nine villagers near Tera in Niger on Monday. The Free Savannah Front, a rebel "
            "group, is active in the area."
        ),
        ["Gunmen"],
    ),
    # -- who is behind it, who stands by, who comes
    (
        "who carried out both attacks",
        (
            "Gunmen shot dead two barbers at a shop in Quetta on Monday. A tailor was shot dead in Kalat on "
            "Monday. A caller said that Jundullah had carried out both attacks."
        ),
        ["Jundullah"],
    ),
    (
        "the attackers were",
        (
            "Gunmen killed ten officers near Kapedo in Kenya on Friday. The governor said the gunmen were "
            "Samburu herdsmen."
        ),
        ["Samburu herdsmen"],
    ),
    (
        "those who come armed",
        (
            "Forty villagers died in raids on two villages in Niger on Saturday. Gunmen entered the villages "
            "at midday, the mayor said."
        ),
        ["Gunmen"],
    ),
    (
        "the subject of the main clause after a clause of time",
        (
            "The gunmen landed near Bol in Chad on Monday, when traders were at their stalls, and opened "
            "fire with rifles."
        ),
        ["gunmen"],
    ),
    (
        "supporters of a government are not the government",
        "Government supporters beat four priests in Masaya in Nicaragua on Monday.",
        ["Government supporters"],
    ),
    (
        "an officer's rank is no group",
        (
            "Two constables were shot dead in Korangi in Karachi on Thursday. SSP Fayyaz Anwar said the "
            "attackers fled."
        ),
        [],
    ),
    (
        "those who fell in an encounter",
        "Two militants were killed in a gunfight with the security forces in Shopian in Kashmir on Monday.",
        ["militants"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_report_names_who_did_it(text: str, expected: list[str]) -> None:
    event = casus.read(text, published=DAY).events[0]
    assert [actor.name for actor in event.perpetrators] == expected


def test_a_title_names_the_doer_that_the_text_leaves_open() -> None:
    reading = casus.read(
        "Fourteen people were killed when gunmen stormed the village of Dalori near Maiduguri on Saturday.",
        title="Boko Haram kills 14 in raid on Nigerian village",
        published=DAY,
    )
    assert [actor.name for actor in reading.events[0].perpetrators] == ["Boko Haram"]


def test_a_title_blames() -> None:
    reading = casus.read(
        "A pipe bomb was hurled through the window of a house in Portrush on Tuesday, wounding a boy.",
        title="Loyalists are blamed for bomb attack on home",
        published=DAY,
    )
    assert [actor.name for actor in reading.events[0].perpetrators] == ["Loyalists"]


def test_every_doer_points_at_its_words() -> None:
    for _, text, _ in CASES:
        for event in casus.read(text, published=DAY).events:
            for actor in event.perpetrators:
                assert actor.evidence
                assert all(text[e.start_char : e.end_char].strip() for e in actor.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers fought rebels. The deadly confrontation between Tamley and Orden ended a chase.",
        "Clashes between erupted at the bridge of Belmar on Monday and killed three people.",
        "Rebels killed two soldiers near Belmar on Monday. Gunmen fled after clashes between.",
    ],
)
def test_a_clash_between_nobody_that_the_parser_sees_is_read(text: str) -> None:
    assert casus.read(text, published=DAY).report.text == text
