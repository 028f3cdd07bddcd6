"""Forces, authorities and weapons of states, as a specification of English usage."""

from __future__ import annotations

import pytest

from casus.model import Category
from casus.resolving.actors import ActorKind, ActorRegistry
from casus.resolving.force_nouns import ForceRole, load_force_nouns


def told(text: str, country_code: str | None = None) -> list[tuple[str, str]]:
    """Each mention in a text as (its words, the actor's name)."""
    mentions = ActorRegistry.load().find(text, country_code=country_code)
    return [(mention.alias, mention.entry.name) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An adjective, a possessive or a name before the noun.
        ("Afghan police fired.", [("Afghan police", "Afghan police")]),
        ("Nigeria's air force flew.", [("Nigeria's air force", "Nigerian air force")]),
        ("Honduras’ navy sailed.", [("Honduras’ navy", "Honduran navy")]),
        ("a US Coast Guard cutter", [("US Coast Guard", "U.S. coast guard")]),
        ("Myanmar police came.", [("Myanmar police", "Myanmar police")]),
        # What stands between them.
        ("Iraqi federal police", [("Iraqi federal police", "Iraqi federal police")]),
        ("Turkey's elite special forces", [("Turkey's elite special forces", "Turkish special forces")]),
        ("three Kenyan riot police officers", [("Kenyan riot police", "Kenyan riot police")]),
        # "of" and a country behind the noun.
        ("the army of Ghana", [("army of Ghana", "Ghanaian army")]),
        ("the government of the Gambia", [("government of the Gambia", "Gambian government")]),
        ("police in neighbouring Togo", [("police", "Togolese police")]),
        # People of a force, in any number, beside their country.
        ("Turkish soldiers", [("Turkish soldiers", "Turkish army")]),
        ("an Afghan policeman", [("Afghan policeman", "Afghan police")]),
        ("Russian troops", [("Russian troops", "Russian forces")]),
        ("a Chilean sailor", [("Chilean sailor", "Chilean navy")]),
        # Governments and ministries.
        ("the Israeli government", [("Israeli government", "Israeli government")]),
        ("Jordan's interior ministry", [("Jordan's interior ministry", "Jordanian interior ministry")]),
        ("the Defence Ministry of Peru", [("Defence Ministry of Peru", "Peruvian defence ministry")]),
        ("the Algerian regime", [("Algerian regime", "Algerian government")]),
        # Coordination, both ways.
        ("Chadian and Malian troops", [("Chadian", "Chadian forces"), ("Malian troops", "Malian forces")]),
        ("Bolivian army and police", [("Bolivian army", "Bolivian army"), ("police", "Bolivian police")]),
        ("Thai soldiers or policemen", [("Thai soldiers", "Thai army"), ("policemen", "Thai police")]),
        # A part of a people keeps its own name.
        ("Turkish Cypriot police", [("Turkish Cypriot police", "Turkish Cypriot police")]),
        # A force that the registry knows by that name.
        ("Congolese soldiers in Goma", [("Congolese soldiers", "Congolese army")]),
        # Past states.
        ("Soviet troops", [("Soviet troops", "Soviet forces")]),
    ],
)  # fmt: skip
def test_a_country_and_a_noun_make_a_force(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A country acts through its weapons; the words for the country are the evidence.
        ("Israeli artillery opened up.", [("Israeli", "Israeli forces")]),
        ("Russian warplanes returned.", [("Russian", "Russian forces")]),
        ("a US drone strike", [("US", "U.S. forces")]),
        ("Rwandan shelling", [("Rwandan", "Rwandan forces")]),
        ("Ethiopia's air strikes", [("Ethiopia", "Ethiopian forces")]),
        ("Syrian and Russian jets", [("Syrian", "Syrian forces"), ("Russian", "Russian forces")]),
        # Not where something else made or paid for them.
        ("a Russian-made rocket and Iranian-backed gunmen", []),
    ],
)
def test_a_country_acts_through_its_weapons(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "country_code", "expected"),
    [
        # A foreign country's attack is its own; the report's own country tells the place.
        ("A Russian attack killed two.", "UA", [("Russian", "Russian forces")]),
        ("An Afghan attack killed two.", "AF", []),
        ("Ethiopia's raid killed two.", None, [("Ethiopia", "Ethiopian forces")]),
        ("A Kenya attack killed two.", None, []),
    ],
)
def test_an_attack_is_a_countrys_or_in_a_country(
    text: str, country_code: str | None, expected: list[tuple[str, str]]
) -> None:
    assert told(text, country_code) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said so.", [("army", "Turkish army")]),
        ("Police, the coast guard", [("Police", "Turkish police"), ("coast guard", "Turkish coast guard")]),
        ("Security forces fired.", [("Security forces", "Turkish security forces")]),
        ("Troops and gendarmes", [("Troops", "Turkish forces"), ("gendarmes", "Turkish gendarmerie")]),
        ("Authorities blamed them.", [("Authorities", "Turkish authorities")]),
        ("The Defense Ministry knew.", [("Defense Ministry", "Turkish defence ministry")]),
        # People without a country are left to who reads them, but not the force that they belong to.
        ("Soldiers, policemen and officers ran.", []),
        ("Police officers left an army base.", [("Police", "Turkish police"), ("army", "Turkish army")]),
        # Somebody else's forces.
        ("Rebel forces, foreign troops and Hamas police", [("Hamas", "Hamas")]),
        ("Kurdish security forces", []),
        ("Anti-government forces", []),
        # Nouns within names that nobody knows.
        ("the Green Valley Army", []),
        ("the Army of Saint Jude", []),
        # A headline in capitals is no name.
        ("Gunmen Attack Army Base In Eastern Town", [("Army", "Turkish army")]),
    ],
)  # fmt: skip
def test_bare_forces_are_those_of_the_reports_country(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text, "TR") == expected


@pytest.mark.parametrize(
    ("text", "country_code", "expected"),
    [
        # With no country known, the noun stands alone.
        ("The army said so.", None, ["army"]),
        # It is the force named last where the report's own is never named,
        ("Indonesian soldiers came. The army denied it.", "TL", ["Indonesian army", "Indonesian army"]),
        ("An IDF raid. The army denied it.", "PS", ["Israeli army", "Israeli army"]),
        ("Malian soldiers came. The army denied it.", None, ["Malian army", "Malian army"]),
        # but not where the report's own is named too, or was told bare before,
        ("Kenyan soldiers met Somali troops. The army left.", "SO",
         ["Kenyan army", "Somali forces", "Somali army"]),
        ("The army came. U.S. soldiers left. The army stayed.", "SV",
         ["Salvadoran army", "U.S. army", "Salvadoran army"]),
        # nor where it is another body.
        ("Indonesian soldiers came. Police denied it.", "TL", ["Indonesian army", "East Timorese police"]),
        # "its" looks to the country before it.
        ("Armenian troops fired. Azerbaijan hides its military losses.", "AM",
         ["Armenian forces", "Azerbaijani military"]),
    ],
)  # fmt: skip
def test_whose_a_bare_force_is(text: str, country_code: str | None, expected: list[str]) -> None:
    assert [name for _, name in told(text, country_code)] == expected


def test_a_composed_force_tells_kind_category_and_country() -> None:
    army, ministry, country = ActorRegistry.load().find(
        "Turkish soldiers, the Turkish defence ministry and Turkish warplanes"
    )
    assert (army.entry.kind, army.entry.category) == (ActorKind.STATE_FORCE, Category.SECURITY_FORCES)
    assert (ministry.entry.kind, ministry.entry.category) == (ActorKind.AUTHORITY, None)
    assert (country.entry.kind, country.entry.category) == (ActorKind.AUTHORITY, None)
    assert {mention.entry.country_code for mention in (army, ministry, country)} == {"TR"}
    assert {mention.entry.id for mention in (army, ministry, country)} == {None}
    assert all(mention.entry.can_act for mention in (army, ministry, country))


def test_a_title_and_the_body_below_it_are_read_apart() -> None:
    assert told("Bomb in Turkey\n\nPolice came.", "SY") == [("Police", "Syrian police")]


def test_nouns_of_one_force_share_a_body() -> None:
    bodies = {noun.noun: noun.body for noun in load_force_nouns()}
    assert bodies["soldiers"] == bodies["military"] == bodies["troops"] == bodies["army"]
    assert bodies["police"] != bodies["army"]


def test_weapons_have_no_force_of_their_own() -> None:
    for noun in load_force_nouns():
        is_means = noun.role in (ForceRole.MEANS, ForceRole.ACTS)
        assert bool(noun.canonical) is not is_means
        assert bool(noun.body) is not is_means
