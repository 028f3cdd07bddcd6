"""Where the first event of a report took place: a specification by example.

After each report stand the name of the place, its units of second and first order and its
country; "-" is unknown.
"""

from __future__ import annotations

from datetime import date

import pytest

import casus

PUBLISHED = date(2016, 6, 15)

CASES = [
    # -- a place beside the event
    (
        "a town and its country",
        "Gunmen killed four traders in Maiduguri, Nigeria, on Monday.",
        "Maiduguri | Maiduguri | Borno | NG",
    ),
    (
        "a village that no gazetteer has, in a unit that one has",
        "Rebels shot dead six farmers in Talo village in Ituri province on Monday.",
        "Talo | - | Ituri | CD",
    ),
    (
        "units in a chain",
        "Militants shot dead a herder in Looti area of Dera Bugti District in Balochistan on Monday.",
        "Looti | Dera Bugti | Balochistan | PK",
    ),
    (
        "a quarter before its city",
        "Soldiers shot dead two people in the Kinama quarter of Bujumbura on Monday.",
        "Kinama | - | Bujumbura Mairie | BI",
    ),
    (
        "a distance",
        "A convoy was ambushed 30 km north of Gao, Mali, on Monday and five soldiers died.",
        "30 km north of Gao | - | Gao | ML",
    ),
    (
        "hills above a town",
        (
            "Four policemen were killed on Monday near the village of Slupe, in the hills "
            "above Tetovo, Macedonia."
        ),
        "near the village of Slupe | - | Tetovo | MK",
    ),
    (
        "a narrower place behind a part of a wider one",
        "In the lower Gali sector three houses were burnt down by gunmen at Otobaia on Monday, Georgia said.",
        "Otobaia | - | Abkhazia | GE",
    ),
    (
        "a place reached through another preposition",
        "Troops shot dead nine people on Monday as they drove through Bara Shan, in Helmand province.",
        "Bara Shan | - | Helmand | AF",
    ),
    (
        "a road",
        "Paramilitaries shot a taxi driver dead on Monday off the Ballyglen Road in Belfast, police said.",
        "off the Ballyglen Road | - | Northern Ireland | GB",
    ),
    (
        "what is aimed at comes before the place",
        (
            "Militants hurled a grenade on Saturday at police at Gojwara, in the heart of "
            "Srinagar, and killed a man."
        ),
        "Gojwara | Srinagar | Jammu and Kashmir | IN",
    ),
    (
        "woods have places in them",
        "Police killed two Maoist fighters in the forests of Kodanar in Dantewada District on Monday.",
        "forests of Kodanar | Dantewada | Chhattisgarh | IN",
    ),
    (
        "the whole name of a thing that is no town",
        "Both armies used mortars on Thursday in the battle at the Sarband water intake in Kyrgyzstan.",
        "Sarband water intake | - | - | KG",
    ),
    (
        "a venue in a town",
        "A suicide bomber killed nine people at a restaurant in Peshawar on Monday.",
        "restaurant in Peshawar | Peshawar | Khyber Pakhtunkhwa | PK",
    ),
    (
        "a capital that goes by no name",
        "Two people died on Monday when a bomb exploded in the Somali capital.",
        "Somali capital | - | Banadir | SO",
    ),
    # -- places that are not the event's
    (
        "where a speaker is",
        "Officials in Tunis said on Monday that gunmen had killed three soldiers in Kasserine.",
        "Kasserine | - | Kasserine | TN",
    ),
    (
        "where the wounded were taken",
        "Jihadists killed a farmer near Kidal, Mali, on Monday; his wife was flown to Bamako.",
        "near Kidal | Kidal | Kidal | ML",
    ),
    (
        "where a victim is from",
        "Gunmen shot dead a trader from Kano in Jos, Nigeria, on Monday.",
        "Jos | - | Plateau | NG",
    ),
    (
        "a country that acts",
        "Turkey shelled a village near Afrin, Syria, on Monday, killing two women.",
        "village near Afrin | Afrin | Aleppo | SY",
    ),
    (
        "what a voice condemns lies where it lies",
        "The European Union condemned on Tuesday the murder of a journalist in Veracruz, Mexico, on Sunday.",
        "Veracruz | Veracruz | Veracruz | MX",
    ),
    (
        "a report of blasts is not where it was made",
        "Two blasts that killed four people were reported at Havaid, in Bannu District, on Monday.",
        "Havaid | Bannu | Khyber Pakhtunkhwa | PK",
    ),
    (
        "a byline",
        (
            "Community buries 17 after night raid\n\nFrom Musa Danladi, Jos\n\nGunmen killed 17 "
            "people on Sunday "
            "at Mbar in Bokkos Local Government Area of Plateau State."
        ),
        "Mbar | Bokkos | Plateau | NG",
    ),
    (
        "where the displaced went",
        "Raids by gunmen on Monday killed two men in Djibo, Burkina Faso; families have left for Kaya.",
        "Djibo | Soum | Sahel | BF",
    ),
    # -- places that the event's sentence does not name
    (
        "there",
        "Shops are shut in Baidoa, Somalia. A bomb killed four people there on Monday.",
        "Baidoa | Baidoa | Bay | SO",
    ),
    (
        "the town",
        "Rebels hold Bambari, in the Central African Republic. Six people were killed in the town on Monday.",
        "Bambari | Bambari | Ouaka | CF",
    ),
    (
        "here: where the report was written",
        "GULU, Uganda, June 14 (Reuters) - Rebels shot dead four farmers here on Monday, the army said.",
        "Gulu | Gulu | Northern | UG",
    ),
    (
        "this hamlet: likewise, known or not",
        (
            "YUNTEL, Mexico - Nine people were slaughtered on Monday in this hamlet of coffee "
            "growers in Chiapas state."
        ),
        "Yuntel | - | Chiapas | MX",
    ),
    (
        "the heading of an item",
        (
            "Daily report on Bosnia\n\n1. GORAZDE. A shell hit a school on Sunday, killing six "
            "people. Observers "
            "were held up at Rogatica.\n\n2. COMMENT. None."
        ),
        "GORAZDE | - | Federation of Bosnia and Herzegovina | BA",
    ),
    (
        "a region at the head of a line",
        (
            "Weekly note on Burkina Faso\n\nKey points\n- Access is poor.\nIncidents\nEst: On "
            "Monday a minibus hit "
            "a mine and nine passengers died."
        ),
        "Est | - | Est | BF",
    ),
    (
        "the title, where the text names no place",
        "Five die in Akcakale\n\nA mortar shell killed five people in a yard on Monday, a mayor said.",
        "Akcakale | Akçakale | Şanlıurfa | TR",
    ),
    # -- which place a name means
    (
        "a unit called one is sought among the units of the report's country",
        (
            "A blast killed four people in the Raisan area of Hangu District on Monday, "
            "officials in Peshawar said."
        ),
        "Raisan | Hangu | Khyber Pakhtunkhwa | PK",
    ),
    (
        "two namesakes don't bear each other out",
        "Militants killed two people in Hangu town (Hangu District) in Khyber Pakhtunkhwa on Monday.",
        "Hangu | Hangu | Khyber Pakhtunkhwa | PK",
    ),
    (
        "a name that many may bear, without any clue, has no country",
        "Militants shot dead a policeman in Hangu on Sunday.",
        "Hangu | - | - | -",
    ),
    (
        "a district that no gazetteer has is no town abroad of that name",
        "Two people were shot dead on Monday in Sui District.",
        "Sui | Sui | - | -",
    ),
    (
        "a unit with its noun is a clue for its country",
        "A tribal elder was shot dead on Monday on his way from Kurram Agency to Sadda.",
        "- | - | - | PK",
    ),
    (
        "a small namesake far from all else is another place",
        "Rebels captured a pilot at Paro on Monday. He was handed over in Nduga regency, Indonesia.",
        "Paro | - | Highland Papua | ID",
    ),
    (
        "a force named for a unit speaks for it",
        "Two rebels died in a clash with the Chhattisgarh Armed Force in Bijapur District on Monday.",
        "Bijapur | Bijapur | Chhattisgarh | IN",
    ),
    (
        "a list of countries is no chain",
        (
            "Two soldiers were shot dead on Monday near the borders with Colombia, Brazil and "
            "Guyana in Venezuela."
        ),
        "Venezuela | - | - | VE",
    ),
    (
        "a clause about another country",
        (
            "Snipers killed two people on Monday in Bab al-Saraya, a quarter of Tripoli, Lebanon, "
            "that supports "
            "the uprising in Syria."
        ),
        "Bab al-Saraya | - | North Lebanon | LB",
    ),
    (
        "a great city needs no clue",
        "Militants killed two people in Karachi on Monday.",
        "Karachi | Karachi | Sindh | PK",
    ),
    (
        "the chief town of a unit of its name needs none",
        "Gunmen killed two people in Gao on Monday.",
        "Gao | - | Gao | ML",
    ),
    # -- no names
    (
        "capitals on common words",
        "Two people were shot dead at Bus Stand in Shopian town on Monday.",
        "Shopian | - | Jammu and Kashmir | IN",
    ),
    (
        "a preposition at the head of a sentence",
        "In Kushtia District, militants hacked a teacher to death on Monday, Bangladesh police said.",
        "Kushtia | Kushtia | Khulna | BD",
    ),
    (
        "a road named for a sultan",
        "Militants shot dead a guard at Tipu Sultan Road in Karachi on Monday.",
        "Tipu Sultan Road | - | Sindh | PK",
    ),
    (
        "a line of control",
        "Two soldiers were killed on Monday near Line of Control in Keran sector in Kupwara District.",
        "Keran | Kupwara | Jammu and Kashmir | IN",
    ),
]


@pytest.mark.parametrize(
    ("report", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_event_took_place_where_its_report_puts_it(report: str, expected: str) -> None:
    title, _, body = report.partition("\n\n")
    reading = casus.read(body or report, title=title if body else None, published=PUBLISHED)
    where = reading.events[0].where
    found = " | ".join(part or "-" for part in (where.name, where.adm2, where.adm1, where.country_code))
    assert found == expected


NURSED = [
    "Three of the wounded are still in hospital in Bamako.",
    "Three of the wounded were taken to a hospital in Bamako.",
    "Three wounded people were being treated in Bamako.",
]


@pytest.mark.parametrize("sentence", NURSED)
def test_where_the_hurt_are_nursed_is_no_second_event(sentence: str) -> None:
    reading = casus.read(
        f"Gunmen killed nine people in Gao, Mali, on Monday. {sentence}", published=PUBLISHED
    )
    assert [event.where.name for event in reading.events] == ["Gao"]
    assert [(toll.harm.value, toll.best) for toll in reading.events[0].tolls] == [
        ("killed", 9),
        ("injured", 3),
    ]


def test_a_hospital_that_is_hit_is_the_place() -> None:
    reading = casus.read(
        "A shell hit a hospital in Gao, Mali, on Monday and killed nine.", published=PUBLISHED
    )
    assert reading.events[0].where.adm1 == "Gao"
