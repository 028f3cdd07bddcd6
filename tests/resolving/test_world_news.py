"""World news: which of many namesakes a report means, by the countries and units that it names."""

from __future__ import annotations

import pytest

from casus.resolving.places import PlaceResolver


@pytest.mark.parametrize(
    ("text", "name", "country_code"),
    [
        (
            "BEIRUT (Reuters) - An explosion shook Tripoli on Friday, Lebanese officials said.",
            "Tripoli",
            "LB",
        ),
        ("TRIPOLI, Libya - Militias clashed in the capital overnight.", "TRIPOLI", "LY"),
        ("Police in Valencia, Venezuela, fired tear gas at protesters.", "Valencia", "VE"),
        ("Thousands marched in Valencia as Spain mourned the victims.", "Valencia", "ES"),
        ("Gunmen killed a mayor in Cordoba, in the Mexican state of Veracruz.", "Cordoba", "MX"),
        ("A bus crash near Cordoba, Argentina, left ten dead.", "Cordoba", "AR"),
        ("Soldiers shot two men in Hyderabad, in Pakistan's Sindh province.", "Hyderabad", "PK"),
        ("Police in Hyderabad arrested an Indian student on Monday.", "Hyderabad", "IN"),
        ("A blast in San Jose injured six, Costa Rican media said.", "San Jose", "CR"),
        ("Firefighters in San Jose, California, evacuated a school.", "San Jose", "US"),
        ("Rebels attacked Santiago in the north of the Philippines.", "Santiago", "PH"),
        ("Students burned tyres in Santiago, the Chilean capital.", "Santiago", "CL"),
        ("Sudanese troops shelled the town of Al-Fashir in North Darfur.", "Al-Fashir", "SD"),
        ("Georgia accused Russia of firing a missile near Gori.", "Georgia", "GE"),
        ("The sheriff in Georgia said the inmates fled to Atlanta.", "Georgia", "US"),
        ("Riots broke out in Birmingham, police in England said.", "Birmingham", "GB"),
        ("Demonstrators gathered in Birmingham, Alabama.", "Birmingham", "US"),
        ("Niger's army lost ten men near Diffa.", "Niger", "NE"),
        ("Bandits raided villages in Niger state, Nigeria.", "Niger", "NG"),
        ("Troops of Mali and Niger met at Menaka.", "Menaka", "ML"),
        ("The US embassy in Managua warned of clashes in Leon, Nicaragua.", "Leon", "NI"),
        ("The gang leader was shot in Leon, in the Mexican state of Guanajuato.", "Leon", "MX"),
        ("Washington and Moscow agreed on a truce for Aleppo.", "Aleppo", "SY"),
        ("Islamabad condemned the strike in Paktika.", "Paktika", "AF"),
        ("A suicide bomber struck in Victoria Island, Lagos.", "Lagos", "NG"),
        ("Fighting in Barcelona, in the Venezuelan state of Anzoategui, went on.", "Barcelona", "VE"),
        ("Houthi rebels fired on Marib, in Yemen, killing three.", "Marib", "YE"),
        ("The Guinean army opened fire in Conakry.", "Conakry", "GN"),
        ("Equatorial Guinea said that rebels landed in Malabo.", "Malabo", "GQ"),
        ("Clashes in Kandahar and in Lashkar Gah killed 20 Taliban.", "Kandahar", "AF"),
        ("Protesters blocked roads in La Paz and El Alto, Bolivia.", "La Paz", "BO"),
        ("Two police died in La Paz, in Mexico's Baja California Sur.", "La Paz", "MX"),
        ("A mosque was attacked in Jos, in Nigeria's Plateau State.", "Jos", "NG"),
        ("Palestinians clashed with soldiers in Hebron and Nablus.", "Nablus", "PS"),
        ("Kurdish fighters entered Kobani in northern Syria.", "Kobani", "SY"),
        ("Armenian and Azeri forces traded fire near Tartar.", "Tartar", "AZ"),
        ("The governor of Punjab was shot in Lahore.", "Punjab", "PK"),
        ("Farmers in Punjab, India, blocked trains at Amritsar.", "Punjab", "IN"),
        ("Ethiopian troops took Mekelle, the capital of Tigray.", "Mekelle", "ET"),
        (
            "The militia burned homes in Bunia, in Ituri province of the Democratic Republic of Congo.",
            "Bunia",
            "CD",
        ),
        ("A car bomb went off in Melbourne, Australia.", "Melbourne", "AU"),
        ("Rohingya villages were burned in Maungdaw township, Rakhine State.", "Maungdaw", "MM"),
        ("A landmine killed two near Kassala, eastern Sudan.", "Kassala", "SD"),
        ("Peruvian police said that Shining Path rebels hid near Ayacucho.", "Ayacucho", "PE"),
        ("Colombian soldiers killed five rebels in Florencia, Caqueta.", "Florencia", "CO"),
        (
            "The clash in San Vicente del Caguan left three soldiers dead, Bogota said.",
            "San Vicente del Caguan",
            "CO",
        ),
        ("Gunmen stormed a hotel in Grand-Bassam, Ivory Coast.", "Grand-Bassam", "CI"),
        ("Somali pirates held the ship near Eyl.", "Eyl", "SO"),
        ("Burundian opposition leaders were shot in Ngozi.", "Ngozi", "BI"),
        ("A prison riot in Santa Cruz, Bolivia, killed 30.", "Santa Cruz", "BO"),
        ("Indonesian police shot a suspect in Poso, Central Sulawesi.", "Poso", "ID"),
        ("Thai rangers were ambushed in Yala and in Pattani.", "Yala", "TH"),
        ("Three bombs exploded in Cotabato City, Mindanao.", "Cotabato City", "PH"),
    ],
)
def test_the_country_is_that_which_the_report_speaks_of(
    resolver: PlaceResolver, text: str, name: str, country_code: str
) -> None:
    mention = next(mention for mention in resolver.resolve(text) if mention.place.name == name)
    assert mention.place.country_code == country_code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # "as" is a word, and an article only where it is joined
        ("A bomb went off in Kabul as Afghans voted.", ["Kabul"]),
        ("Shells fell on Homs as Syria held talks.", ["Homs", "Syria"]),
    ],
)
def test_a_name_ends_before_a_conjunction(resolver: PlaceResolver, text: str, names: list[str]) -> None:
    found = [mention.place.name for mention in resolver.resolve(text)]
    assert [name for name in names if name not in found] == []


def test_a_list_of_states_is_no_chain(resolver: PlaceResolver) -> None:
    text = "Cases were found in Louisiana, Missouri, Montana, Ohio and Wyoming in the United States."
    kinds = {mention.place.name: mention.kind.value for mention in resolver.resolve(text)}
    assert {kinds[name] for name in ("Louisiana", "Missouri", "Montana", "Ohio", "Wyoming")} == {"adm1"}


def test_a_publisher_draws_names_to_its_country(resolver: PlaceResolver) -> None:
    text = "Police in Hyderabad shot a robber."
    found = {
        publisher: resolver.resolve(text, publisher=publisher)[0].place.country_code
        for publisher in ("dawn.com", "thehindu.com")
    }
    assert found == {"dawn.com": "PK", "thehindu.com": "IN"}


def test_an_unclear_name_keeps_its_alternatives_and_a_low_score(resolver: PlaceResolver) -> None:
    text = "The mayor of San Jose was shot."
    (mention,) = resolver.resolve_spans(text, [(13, 21)])
    place = mention.place
    assert place.score is not None
    assert place.score < 0.9
    assert len({candidate.country_code for candidate in place.alternatives}) > 1
