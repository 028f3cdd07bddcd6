"""Which tolls an event has: a specification by example.

A row is written as harm, category, then low/best/high, "-" where unknown; one number where
all three are the same, "?" where nobody says how many.
"""

from __future__ import annotations

from datetime import date

import pytest

import casus
from casus.model import Toll

DAY = date(2019, 6, 13)  # a Thursday


def written(toll: Toll) -> str:
    """A row as the table writes it."""
    bounds = (toll.low, toll.best, toll.high)
    figure = "/".join("-" if n is None else str(n) for n in bounds)
    if len(set(bounds)) == 1:
        figure = "?" if toll.best is None else str(toll.best)
    return f"{toll.harm.value} {toll.category.value} {figure}"


def rows(text: str) -> list[str]:
    """The toll rows of all events of a text, sorted."""
    reading = casus.read(text, published=DAY)
    return sorted(written(toll) for event in reading.events for toll in event.tolls)


CASES = [
    # -- numbers
    (
        "digits",
        "Gunmen killed 14 farmers near Yelwata on Tuesday, police said.",
        ["killed civilians 14"],
    ),
    (
        "words",
        "Seventeen labourers were massacred by gunmen near Taftan on Tuesday.",
        ["killed civilians 17"],
    ),
    (
        "thousands set off by a space",
        "Fighting in the town of Kalemie on Tuesday forced 25 000 people to flee, the Red Cross said.",
        ["displaced civilians 25000"],
    ),
    (
        "a dozen",
        "A dozen soldiers died in an ambush near Labbezanga on Tuesday.",
        ["killed security_forces 12"],
    ),
    (
        "plurals that give only a least number",
        "Dozens of people were killed and scores injured in clashes in Geneina on Tuesday.",
        ["injured unknown 40/-/-", "killed unknown 24/-/-"],
    ),
    (
        "several: people, and not how many",
        "Several soldiers were killed by artillery fire near Kurmuk on Tuesday.",
        ["killed security_forces ?"],
    ),
    (
        "at least",
        "Rebels hacked at least six villagers to death in Mutwanga on Tuesday.",
        ["killed civilians 6/6/-"],
    ),
    (
        "more than",
        "More than 20 insurgents were killed in a battle near Shakiso on Tuesday.",
        ["killed militants 20/20/-"],
    ),
    (
        "a hedge in quotation marks",
        'Troops killed "more than a dozen" insurgents near Shakiso on Tuesday.',
        ["killed militants 12/12/-"],
    ),
    (
        "no fewer than",
        "No fewer than 17 villagers were feared killed in an attack by herders on Gwer on Tuesday.",
        ["killed civilians 17/17/-"],
    ),
    (
        "upwards of",
        "A missile hit an apartment block in Izium on Tuesday. Upwards of 50 residents needed treatment.",
        ["injured civilians 50/50/-"],
    ),
    (
        "nearly: the number itself",
        (
            "Nearly 2,000 people have been displaced by Tuesday's attack on Bentiu and are sheltering in a "
            "school."
        ),
        ["displaced civilians 2000"],
    ),
    (
        "up to, feared",
        "Up to 40 people were feared dead after an air strike on a market in Adet on Tuesday.",
        ["killed civilians -/-/40"],
    ),
    (
        "as many as",
        "As many as eight policemen died in an ambush in Witu on Tuesday.",
        ["killed security_forces -/-/8"],
    ),
    (
        "a range in digits",
        "Gunmen killed 28-30 villagers in Tangaza on Tuesday, a councillor said.",
        ["killed civilians 28/28/30"],
    ),
    (
        "between two numbers",
        "Between five and seven gunmen were killed near Macomia on Tuesday.",
        ["killed militants 5/5/7"],
    ),
    (
        "a number and what it may come to",
        "At least 23 villagers, possibly 30, died in Tuesday's attack on a hamlet in Logo, police said.",
        ["killed civilians 23/23/30"],
    ),
    (
        "handed over: no limit of the number",
        "The kidnappers handed over 14 captive soldiers to the Red Cross near Bria on Tuesday.",
        ["released security_forces 14"],
    ),
    # -- what is no toll
    (
        "ages",
        "A gendarme of 22 was shot dead in Yate on Tuesday; the killer is 19.",
        ["killed security_forces 1"],
    ),
    (
        "ages of several",
        "Two girls of 16 and 19 were led away by gunmen near Medea on Tuesday.",
        ["abducted civilians 2"],
    ),
    (
        "units, times, distances and years",
        (
            "At 10.30 on Tuesday two soldiers of the 55 Battalion were killed 40 km from Sukma, the worst "
            "loss since 2014."
        ),
        ["killed security_forces 2"],
    ),
    (
        "money",
        "Bandits took 5 million naira and killed a trader near Funtua on Tuesday.",
        ["killed civilians 1"],
    ),
    (
        "an adjective with a hyphen is no measure",
        (
            "Six bullet-riddled bodies were found in the bush near Mamfe after a raid on Tuesday, "
            "residents said."
        ),
        ["killed unknown 6"],
    ),
    (
        "nobody",
        "Nobody was killed, but five people were wounded when a car bomb went off in Bilbao on Tuesday.",
        ["injured unknown 5"],
    ),
    (
        "no casualties",
        "The bomb in Bilbao on Tuesday caused no casualties, police said.",
        [],
    ),
    (
        "who escaped unhurt",
        (
            "A mother and her three children escaped without injury when a pipe bomb was thrown at their "
            "home in Ballymena on Tuesday."
        ),
        [],
    ),
    (
        "who escaped an attack is no captive",
        (
            "Militants bombed a police convoy in Nushki on Tuesday. The superintendent escaped the attack; "
            "two policemen were injured."
        ),
        ["injured security_forces 2"],
    ),
    # -- verbs and nouns
    (
        "killed and wounded in one clause",
        "A bomb killed eight shoppers and wounded 21 at a market in Baquba on Tuesday.",
        ["injured civilians 21", "killed civilians 8"],
    ),
    (
        "a passive without its second auxiliary",
        "Two teachers were killed and four wounded in an attack on a school in Kumbo on Tuesday.",
        ["injured civilians 4", "killed civilians 2"],
    ),
    (
        "nominal",
        "The killing of eight farmers near Numan on Tuesday has raised tension.",
        ["killed civilians 8"],
    ),
    (
        "lives",
        "The attack on a bus near Mandera on Tuesday cost eleven passengers their lives.",
        ["killed civilians 11"],
    ),
    (
        "left dead",
        "An attack on a checkpoint in Qayyarah on Tuesday left two soldiers dead and five wounded.",
        ["injured security_forces 5", "killed security_forces 2"],
    ),
    (
        "a side lost men",
        "The army said it had lost seven men in a rebel attack near Sake on Tuesday.",
        ["killed security_forces 7"],
    ),
    (
        "fallen",
        (
            "Two soldiers fell on the field of honour and five were evacuated to a hospital after clashes "
            "near Tongo on Tuesday."
        ),
        ["injured security_forces 5", "killed security_forces 2"],
    ),
    (
        "words of one side",
        "Two jawans attained martyrdom and three sustained injuries in an IED blast in Kanker on Tuesday.",
        ["injured security_forces 3", "killed security_forces 2"],
    ),
    (
        "throats",
        "Jihadists slit the throats of two herders near Deou on Tuesday and made off with their cattle.",
        ["killed civilians 2"],
    ),
    (
        "bodies",
        "The rebels left 20 bodies behind after Tuesday's battle near Leer.",
        ["killed militants 20"],
    ),
    (
        "wounds told by the treatment",
        (
            "Nine villagers were on admission in a hospital with machete wounds after gunmen raided Riyom "
            "on Sunday."
        ),
        ["injured civilians 9"],
    ),
    (
        "a lost limb",
        (
            "A bomb hit an ambulance near Toretsk on Tuesday. The paramedic was injured and the driver "
            "lost a leg."
        ),
        ["injured civilians 2"],
    ),
    (
        "abducted, by what was done",
        "Bandits stormed a school in Birnin Magaji on Tuesday and made away with 73 pupils.",
        ["abducted civilians 73"],
    ),
    (
        "in the hands of captors",
        "Thirty teachers were in the hands of mutineers at a barracks in Kindia on Tuesday.",
        ["abducted civilians 30"],
    ),
    (
        "fighters are captured, others arrested",
        (
            "Government troops captured 12 rebels near Walikale on Tuesday, and police arrested two "
            "students in Goma."
        ),
        ["arrested civilians 2", "captured militants 12"],
    ),
    (
        "arrests as a noun, not of those hurt",
        (
            "There were three arrests after police were stoned by youths in Strabane on Tuesday. Two "
            "officers suffered cuts."
        ),
        ["arrested civilians 3", "injured security_forces 2"],
    ),
    (
        "inmates who escape have no side",
        "Seven inmates escaped when gunmen attacked a prison in Kabba on Tuesday.",
        ["escaped unknown 7"],
    ),
    (
        "suspects who flee are no captives",
        "Soldiers rescued seven hostages in Reynosa on Tuesday. Two of the suspects managed to escape.",
        ["released civilians 7"],
    ),
    (
        "missing",
        "Nine soldiers are missing after an ambush near Banibangou on Tuesday.",
        ["missing security_forces 9"],
    ),
    (
        "displaced families",
        "Clashes in Kutum on Tuesday uprooted 1,200 families, the mayor said.",
        ["displaced civilians 1200"],
    ),
    (
        "took flight",
        "Some 3,000 residents took flight from Quissanga after a raid on Tuesday in which a man was killed.",
        ["displaced civilians 3000", "killed civilians 1"],
    ),
    # -- whom
    (
        "a soldier and two children",
        "A soldier and two children were killed by a landmine near Saada on Tuesday.",
        ["killed civilians 2", "killed security_forces 1"],
    ),
    (
        "persons one by one",
        "Gunmen shot dead a judge, his driver and a policeman guarding him in Herat on Tuesday.",
        ["killed civilians 2", "killed security_forces 1"],
    ),
    (
        "a list that looks like an apposition",
        "Militants killed an off-duty soldier, a retired police officer and a shopkeeper in Yala on Tuesday.",
        ["killed civilians 2", "killed security_forces 1"],
    ),
    (
        "persons by name",
        "Gunmen killed Sheikh Omar Hassan, a cleric, and his son Ali in Kwale on Tuesday.",
        ["killed civilians 2"],
    ),
    (
        "a role beside a relation",
        (
            "A special police officer and his wife were killed and their daughter was hurt when militants "
            "broke into their house in Kulgam on Tuesday."
        ),
        ["injured civilians 1", "killed civilians 1", "killed security_forces 1"],
    ),
    (
        "along with",
        "A district commissioner was killed along with two of his bodyguards in Zabul on Tuesday.",
        ["killed civilians 1", "killed security_forces 2"],
    ),
    (
        "men beside a woman",
        "Nine men and a woman were killed when gunmen raided a ranch in Redencao on Tuesday.",
        ["killed civilians 10"],
    ),
    (
        "one noun for two nations",
        "An ambush on Tuesday near Tillia killed four US and five Nigerien soldiers.",
        ["killed security_forces 9"],
    ),
    (
        "guards of a company are civilians",
        "Rebels killed a park ranger and two security guards on Tuesday near Rutshuru.",
        ["killed civilians 3"],
    ),
    (
        "former fighters are civilians",
        "A former rebel commander was assassinated in Tumaco on Tuesday.",
        ["killed civilians 1"],
    ),
    (
        "an attacker among the dead",
        "Two members of the security forces and one assailant died in a shootout in Sousse on Tuesday.",
        ["killed militants 1", "killed security_forces 2"],
    ),
    (
        "losses of a side",
        "The minister put army losses in Tuesday's battle near Samlot at 18 killed and 121 wounded.",
        ["injured security_forces 121", "killed security_forces 18"],
    ),
    # -- totals and parts
    (
        "including: a part",
        "A bus bomb in Beledweyne on Tuesday killed 16 passengers, including three children.",
        ["killed civilians 16"],
    ),
    (
        "parts after a colon that add up",
        "Gunmen attacked a convoy near Gao on Tuesday, killing 17: 12 soldiers and five civilians.",
        ["killed civilians 5", "killed security_forces 12"],
    ),
    (
        "parts between dashes",
        (
            "A total of 45 people - 30 soldiers, ten rebels and five civilians - died in fighting near "
            "Minova on Tuesday."
        ),
        ["killed civilians 5", "killed militants 10", "killed security_forces 30"],
    ),
    (
        "parts in brackets",
        (
            "A suicide bomber struck a checkpoint in Kirkuk on Tuesday. Toll: 5 dead (3 police, 2 "
            "civilians), 11 wounded."
        ),
        ["injured unknown 11", "killed civilians 2", "killed security_forces 3"],
    ),
    (
        "a total whose parts do not add up",
        "Gunmen killed 14 people, nine of them soldiers, in an attack on a post in Aguelhok on Tuesday.",
        ["killed security_forces 9", "killed unknown 14"],
    ),
    (
        "the rest, in a clause of its own",
        "A bomb killed ten people in Hawija on Tuesday; six were policemen and the rest shoppers.",
        ["killed civilians 4", "killed security_forces 6"],
    ),
    (
        "what all of them were",
        "Eleven people were killed in a raid on Dirkou on Tuesday. All of the dead were traders.",
        ["killed civilians 11"],
    ),
    (
        "a list of figures",
        (
            "Provisional assessment of Tuesday's fighting in Kishishe: eleven rebels neutralised, four "
            "captured; two soldiers killed."
        ),
        ["captured militants 4", "killed militants 11", "killed security_forces 2"],
    ),
    (
        "distributive numbers",
        "Two attacks killed three soldiers each in Borno on Tuesday.",
        ["killed security_forces 6"],
    ),
    (
        "single persons of one sentence add up",
        "Rebels shelled a farm near Makhmur on Tuesday: a farmer was killed and his wife died later.",
        ["killed civilians 2"],
    ),
    # -- additions
    (
        "another 12",
        "A mortar shell killed four worshippers at a mosque in Hajin on Tuesday. Another 12 were injured.",
        ["injured civilians 12", "killed civilians 4"],
    ),
    (
        "raising the toll",
        (
            "Three people were killed when a grenade exploded in a cafe in Gitega on Monday. Four of the "
            "injured later died, bringing the toll to seven."
        ),
        ["killed civilians 7"],
    ),
    (
        "two more, without a total",
        (
            "Ten people were killed in Monday's bombing of a market in Isabela. Two more died of their "
            "wounds on Wednesday."
        ),
        ["killed civilians 12"],
    ),
    (
        "bringing to a number",
        (
            "The death of two more people in hospital on Wednesday brought to 12 the number killed in "
            "Monday's bombing of a market in Isabela."
        ),
        ["killed civilians 12"],
    ),
    # -- words that stand for people
    (
        "all of them",
        (
            "Armed men kidnapped six aid workers near Aribinda on Saturday. All of them were released on "
            "Tuesday."
        ),
        ["abducted civilians 6", "released civilians 6"],
    ),
    (
        "him",
        "Militants barged into the house of Bashir Lone, a labourer, in Pattan on Tuesday and abducted him.",
        ["abducted civilians 1"],
    ),
    (
        "he, held before",
        "Police detained the blogger at his home in Brest on Tuesday. He was released on Wednesday.",
        ["arrested civilians 1", "released civilians 1"],
    ),
    (
        "held for hours: let go",
        "Gunmen seized the deputy mayor at his hotel in Sirte on Tuesday and held him for several hours.",
        ["abducted civilians 1", "released civilians 1"],
    ),
    (
        "one and the other",
        (
            "Masked men took two teachers from their school near Lubero on Saturday. One escaped and the "
            "other was freed on Monday."
        ),
        ["abducted civilians 2", "escaped civilians 1", "released civilians 1"],
    ),
    (
        "four of them",
        "Rebels ambushed troops near Mong Kung on Tuesday and killed 11 of them.",
        ["killed security_forces 11"],
    ),
    (
        "a third, of the same people",
        (
            "Two army men were killed and a third was wounded when rebels waylaid their truck in Makilala "
            "on Tuesday."
        ),
        ["injured security_forces 1", "killed security_forces 2"],
    ),
    # -- several sources
    (
        "a higher count by another source",
        (
            "Rebels attacked a village near Torodi on Tuesday and killed 12 farmers, the governor said. A "
            "local radio station spoke of 17 dead."
        ),
        ["killed civilians 12/12/17"],
    ),
    (
        "bodies at the hospital",
        (
            "A bomb went off at a market in Tuz on Tuesday, killing 14 people, police said. A doctor said "
            "he had received the bodies of 19 people."
        ),
        ["killed civilians 14/14/19"],
    ),
    (
        "a list of names",
        (
            "Police fired on protesters in Labe on Monday, killing five of them, the government said. The "
            "opposition drew up a list of nine names."
        ),
        ["killed civilians 5/5/9"],
    ),
    (
        "an earlier figure",
        (
            "Militants attacked an army base at Tarmuwa on Tuesday, killing 25 soldiers, the defence "
            "ministry said. An earlier report had put the toll at 18."
        ),
        ["killed security_forces 18/25/25"],
    ),
    (
        "a figure that was lowered",
        "The ministry lowered the toll of Tuesday's bombing in Jalalabad to 31 dead from 36.",
        ["killed unknown 31/31/36"],
    ),
    (
        "a boast is not the best figure",
        (
            "A Taliban spokesman claimed that 30 soldiers were killed in the attack on a base in Farah on "
            "Tuesday. The defence ministry acknowledged only 12 deaths."
        ),
        ["killed security_forces 12/12/30"],
    ),
    (
        "each side of its own dead",
        (
            "Rebels claim they killed 15 soldiers in an ambush near Kanyabayonga on Tuesday. The army says "
            "it lost two men."
        ),
        ["killed security_forces 2/2/15"],
    ),
    (
        "houses are no people",
        (
            "Gunmen killed two farmers in Barkin Ladi on Tuesday. A resident put the number of houses "
            "razed at over 40."
        ),
        ["killed civilians 2"],
    ),
    (
        "the number taken",
        (
            "Pirates boarded a tanker off Bioko on Tuesday and kidnapped six of her crew, the managers "
            "said. The navy gave the number of those taken as seven."
        ),
        ["abducted civilians 6/6/7"],
    ),
]


@pytest.mark.parametrize(("phenomenon", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_toll_rows(phenomenon: str, text: str, expected: list[str]) -> None:
    assert rows(text) == expected, phenomenon


# -- statistics: percent and value


STATISTICS = [
    (
        "a sum since a year",
        (
            "Gunmen killed two farmers near Jos on Tuesday. More than 12,000 people have died in the "
            "conflict since 2009."
        ),
        [(None, 12000)],
    ),
    (
        "a stretch of days is the event's own",
        "Forty people have been killed in clashes in Tripoli since Monday, medics said.",
        [],
    ),
    (
        "a change in percent with the figure it came to",
        (
            "A farmer was shot dead near Redencao on Tuesday. The commission counted 61 murders in the "
            "countryside last year, 22 percent more than in 2015."
        ),
        [(22.0, 61)],
    ),
    (
        "two figures set beside each other",
        (
            "A pipeline was bombed near Tame on Tuesday. Attacks have risen to 14 this year, compared with "
            "three in the same period of 2017."
        ),
        [(None, 14)],
    ),
    (
        "decades",
        (
            "A police officer was shot dead in Bayonne on Tuesday. The group is held responsible for 820 "
            "deaths in its campaign of four decades."
        ),
        [(None, 820)],
    ),
]


@pytest.mark.parametrize(("phenomenon", "text", "expected"), STATISTICS, ids=[case[0] for case in STATISTICS])
def test_statistics(phenomenon: str, text: str, expected: list[tuple[float | None, int | None]]) -> None:
    found = casus.read(text, published=DAY).statistics
    assert [(s.percent, s.value) for s in found] == expected, phenomenon
