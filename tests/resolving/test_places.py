from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.resolving.places import PlaceKind, PlaceMention, PlaceRelation, PlaceResolver
from casus.resolving.places.geodesy import destination, distance_km, midpoint

COUNTRY, ADM1, ADM2 = PlaceKind.COUNTRY, PlaceKind.ADM1, PlaceKind.ADM2
TOWN, FEATURE, REGION = PlaceKind.SETTLEMENT, PlaceKind.FEATURE, PlaceKind.REGION


def find(resolver: PlaceResolver, text: str, name: str) -> PlaceMention:
    found = [mention for mention in resolver.resolve(text) if mention.place.name == name]
    assert found, f"{name!r} is not among {[m.place.name for m in resolver.resolve(text)]}"
    return found[0]


def names(resolver: PlaceResolver, text: str) -> list[str | None]:
    return [m.place.name for m in resolver.resolve(text) if m.kind is not PlaceKind.DEMONYM]


# What a name is, by the words around it


@pytest.mark.parametrize(
    ("text", "name", "phrase", "kind", "chain"),
    [
        # a noun behind the name
        (
            "Troops entered Maywand district of Kandahar province.",
            "Maywand",
            "Maywand district",
            ADM2,
            ("AF", "Kandahar", "Maywand"),
        ),
        (
            "Farmers fled the Maywand District of Kandahar, Afghanistan.",
            "Maywand",
            "the Maywand District",
            ADM2,
            ("AF", "Kandahar", "Maywand"),
        ),
        (
            "Gunmen raided villages in Borno state, Nigeria.",
            "Borno",
            "Borno state",
            ADM1,
            ("NG", "Borno", None),
        ),
        # a noun before the name
        (
            "A bomb exploded in the city of Quetta.",
            "Quetta",
            "the city of Quetta",
            TOWN,
            ("PK", "Balochistan", None),
        ),
        (
            "Fighting reached the western province of Herat.",
            "Herat",
            "the western province of Herat",
            ADM1,
            ("AF", "Herat", None),
        ),
        # a bare name is the town where town and unit share it
        ("A bomb exploded in Herat, Afghanistan.", "Herat", "Herat", TOWN, ("AF", "Herat", None)),
        # countries, regions, seas
        (
            "The two met in Kenya.",
            "Kenya",
            "Kenya",
            COUNTRY,
            ("KE", None, None),
        ),
        ("Most attacks were in Cyrenaica, in Libya.", "Cyrenaica", "Cyrenaica", REGION, ("LY", None, None)),
        (
            "The ship was hit in the Gulf of Aden.",
            "Gulf of Aden",
            "the Gulf of Aden",
            FEATURE,
            (None, None, None),
        ),
        # an English name for the unit that the gazetteer files under another
        ("Soldiers died in Bunia in eastern Congo.", "Bunia", "Bunia", TOWN, ("CD", "Ituri", None)),
        ("A mine went off near Bouaké.", "Bouaké", "near Bouaké", TOWN, ("CI", "Vallée du Bandama", None)),
        ("Police in Makhachkala shot two men.", "Makhachkala", "Makhachkala", TOWN, ("RU", "Dagestan", None)),
        # provinces of the Philippines stand for the first order, as in news
        (
            "Rebels ambushed a patrol in Kidapawan in the Philippines.",
            "Kidapawan",
            "Kidapawan",
            TOWN,
            ("PH", "Cotabato", None),
        ),
    ],
)
def test_a_mention_has_a_kind_and_a_chain(
    resolver: PlaceResolver,
    *,
    text: str,
    name: str,
    phrase: str,
    kind: PlaceKind,
    chain: tuple[str | None, str | None, str | None],
) -> None:
    mention = find(resolver, text, name)
    place = mention.place
    assert text[mention.phrase_start : mention.phrase_end] == phrase
    assert (mention.kind, place.country_code, place.adm1) == (kind, *chain[:2])
    assert chain[2] in (None, place.adm2)
    assert text[mention.start_char : mention.end_char].startswith(name)


# Where an unknown place lies, by the text


@pytest.mark.parametrize(
    ("text", "name", "chain", "precision"),
    [
        # the text puts it in units
        (
            "They burned the village of Dar Qasim, in Maywand district of Kandahar province, Afghanistan.",
            "Dar Qasim",
            ("AF", "Kandahar", "Maywand"),
            3,
        ),
        (
            "Men raided Bunyakoro, a town in South Kivu province of eastern Congo.",
            "Bunyakoro",
            ("CD", "South Kivu", None),
            4,
        ),
        (
            "Shots were heard in the village of Wad Sabir in Sudan's Kassala state.",
            "Wad Sabir",
            ("SD", "Kassala", None),
            4,
        ),
        # or into a list of places that it puts in one
        (
            "Shells hit villages in Shabwa province of Yemen, among them the village of Bir Dahan.",
            "Bir Dahan",
            ("YE", "Shabwa", None),
            4,
        ),
        # or measures it from a known one
        (
            "A mine hit a bus at the village of Tamaslat, 20 km south of Gao in Mali.",
            "Tamaslat",
            ("ML", "Gao", None),
            2,
        ),
        # the paragraph has named a unit
        (
            "Clashes went on in Kassala state of Sudan, and gunmen burned the village of Wad Sabir.",
            "Wad Sabir",
            ("SD", "Kassala", None),
            4,
        ),
        # only the country is known
        ("In Mali, raiders came to the village of Tamaslat.", "Tamaslat", ("ML", None, None), 6),
        # a district of which the gazetteer knows nothing is still a district
        (
            "Police in Syria went to Homs province; in Dar Qasim district of Homs province a post burned.",
            "Dar Qasim",
            ("SY", "Homs", "Dar Qasim"),
            4,
        ),
        # rivers and mountains lie in the country the report is about, not at a city of their name
        (
            "Bodies were found in the Tora Zhawara mountains of Afghanistan.",
            "Tora Zhawara",
            ("AF", None, None),
            6,
        ),
        ("Afghanistan said that the Kunduz river had risen.", "Kunduz", ("AF", None, None), 6),
    ],
)
def test_an_unknown_place_lies_where_the_text_puts_it(
    resolver: PlaceResolver,
    text: str,
    name: str,
    chain: tuple[str | None, str | None, str | None],
    precision: int,
) -> None:
    place = find(resolver, text, name).place
    assert (place.country_code, place.adm1, place.adm2) == chain
    assert place.precision_code == precision
    assert place.geonames_id is None
    assert place.latitude is not None
    assert place.score is not None
    assert place.score <= 0.3


def test_what_the_text_says_of_a_unit_wins_over_the_gazetteer(resolver: PlaceResolver) -> None:
    text = "The raid was in Khammam district of Andhra Pradesh state, in India."
    place = find(resolver, text, "Khammam").place
    assert (place.country_code, place.adm1, place.adm2) == ("IN", "Andhra Pradesh", "Khammam")


def test_the_texts_spelling_of_a_unit_is_the_one_shown(resolver: PlaceResolver) -> None:
    text = "Six died in Najaf in Iraq. Police in An Najaf province said so, and Diwaniyah province was calm."
    assert find(resolver, text, "Diwaniyah").place.adm1 == "Diwaniyah"


def test_the_containers_are_evidence(resolver: PlaceResolver) -> None:
    text = "They burned the village of Dar Qasim in Kandahar province."
    place = find(resolver, text, "Dar Qasim").place
    told = [text[one.start_char : one.end_char] for one in place.evidence if one.rule == "place.container"]
    assert told == ["Kandahar"]


# Which of several namesakes


@pytest.mark.parametrize(
    ("text", "name", "country_code", "adm1"),
    [
        # what stands beside it
        ("The fire was in Springfield, Illinois.", "Springfield", "US", "Illinois"),
        ("The fire was in Springfield, Massachusetts.", "Springfield", "US", "Massachusetts"),
        ("Tripoli, a port city in northern Lebanon, was quiet.", "Tripoli", "LB", "North Lebanon"),
        ("Tripoli, the capital of Libya, was quiet.", "Tripoli", "LY", "Tripoli"),
        ("Lebanon's Tripoli was quiet.", "Tripoli", "LB", "North Lebanon"),
        # countries and people that the report names
        ("Nigerian troops fought near Gaya. The Nigerian army lost six men.", "Gaya", "NG", "Kano"),
        ("Police in India arrested two men in Gaya.", "Gaya", "IN", "Bihar"),
        ("Bolivian police said three men were shot in La Paz.", "La Paz", "BO", "La Paz"),
        ("Honduran police said three men were shot in La Paz.", "La Paz", "HN", "La Paz"),
        # other places of the report
        ("Buses run from Ottawa and Toronto to London.", "London", "CA", "Ontario"),
        # nothing: the one that everybody knows
        ("Four men were arrested in London.", "London", "GB", "England"),
        (
            "Four men were arrested in Washington and flown to Moscow and Cairo.",
            "Washington",
            "US",
            "District of Columbia",
        ),
        # the place of writing
        ("HYDERABAD, Pakistan - Two men were shot in Hyderabad.", "Hyderabad", "PK", "Sindh"),
        ("Two men were shot in Hyderabad, police in India said.", "Hyderabad", "IN", "Telangana"),
    ],
)
def test_the_report_decides_between_namesakes(
    resolver: PlaceResolver, text: str, name: str, country_code: str, adm1: str
) -> None:
    place = find(resolver, text, name).place
    assert (place.country_code, place.adm1) == (country_code, adm1)


def test_a_name_has_one_sense_in_a_report(resolver: PlaceResolver) -> None:
    text = "Tripoli, in northern Lebanon, was quiet.\n\nShops in Tripoli stayed shut. Few left Tripoli."
    found = [m.place.country_code for m in resolver.resolve(text) if m.place.name == "Tripoli"]
    assert found == ["LB", "LB", "LB"]


def test_namesakes_that_the_text_tells_apart_stay_apart(resolver: PlaceResolver) -> None:
    text = "The shooting was in Victoria, Australia, and not in Victoria, Texas."
    found = [m.place.country_code for m in resolver.resolve(text) if m.place.name == "Victoria"]
    assert found == ["AU", "US"]


def test_the_publishers_country_is_evidence(resolver: PlaceResolver) -> None:
    text = "Two men were shot in Hyderabad on Sunday."
    for publisher, country_code in (("Pakistan Press Service", "PK"), ("thepaper.in", "IN")):
        (mention,) = resolver.resolve(text, publisher=publisher)
        assert mention.place.country_code == country_code


def test_alternatives_are_kept_with_their_scores(resolver: PlaceResolver) -> None:
    place = find(resolver, "Four men were arrested in London.", "London").place
    assert 1 <= len(place.alternatives) <= 5
    scores = [one.score for one in place.alternatives]
    assert scores == sorted(scores, reverse=True)
    assert place.score is not None
    assert place.score > scores[0]
    assert {"CA", "US"} & {one.country_code for one in place.alternatives}


def test_another_transliteration_is_found_where_the_country_is_known(resolver: PlaceResolver) -> None:
    place = find(resolver, "A mine killed two soldiers in Maiwand in Afghanistan.", "Maiwand").place
    assert (place.country_code, place.adm1, place.name) == ("AF", "Kandahar", "Maiwand")
    assert place.evidence[0].rule == "place.sound"


# How the event lies to the place


@pytest.mark.parametrize(
    ("text", "name", "phrase", "relation", "distance_km", "bearing", "precision"),
    [
        (
            "A convoy was hit 40 km south of Gao, Mali.",
            "Gao",
            "40 km south of Gao",
            PlaceRelation.OFFSET,
            40.0,
            180.0,
            2,
        ),
        (
            "A convoy was hit ten miles (16 km) to the north-west of Gao.",
            "Gao",
            "ten miles (16 km) to the north-west of Gao",
            PlaceRelation.OFFSET,
            16.1,
            315.0,
            2,
        ),
        (
            "They live some 2.5 kilometres from Gao.",
            "Gao",
            "2.5 kilometres from Gao",
            PlaceRelation.OFFSET,
            2.5,
            None,
            2,
        ),
        ("Raiders struck east of Gao.", "Gao", "east of Gao", PlaceRelation.OFFSET, None, 90.0, 2),
        ("Raiders struck near Gao.", "Gao", "near Gao", PlaceRelation.NEAR, None, None, 2),
        ("Raiders struck close to Gao.", "Gao", "close to Gao", PlaceRelation.NEAR, None, None, 2),
        (
            "Raiders struck on the outskirts of Gao.",
            "Gao",
            "the outskirts of Gao",
            PlaceRelation.NEAR,
            None,
            None,
            2,
        ),
        ("Raiders struck in northern Gao.", "Gao", "northern Gao", PlaceRelation.PART, None, None, 1),
        ("Raiders struck in northern Mali.", "Mali", "northern Mali", PlaceRelation.PART, None, None, 5),
        (
            "Raiders struck in the north of Mali.",
            "Mali",
            "the north of Mali",
            PlaceRelation.PART,
            None,
            None,
            5,
        ),
        (
            "Pirates struck off the coast of Somalia.",
            "Somalia",
            "off the coast of Somalia",
            PlaceRelation.OFF,
            None,
            None,
            5,
        ),
        ("Pirates struck off Mombasa.", "Mombasa", "off Mombasa", PlaceRelation.OFF, None, None, 5),
        (
            "Raiders crossed the border with Niger.",
            "Niger",
            "border with Niger",
            PlaceRelation.BORDER,
            None,
            None,
            5,
        ),
        ("Raiders fled to the Chad border.", "Chad", "the Chad", PlaceRelation.BORDER, None, None, 5),
        ("Raiders struck in Gao, Mali.", "Gao", "Gao", PlaceRelation.IN, None, None, 1),
    ],
)
def test_a_phrase_tells_how_the_event_lies_to_the_place(
    resolver: PlaceResolver,
    *,
    text: str,
    name: str,
    phrase: str,
    relation: PlaceRelation,
    distance_km: float | None,
    bearing: float | None,
    precision: int,
) -> None:
    mention = find(resolver, text, name)
    assert text[mention.phrase_start : mention.phrase_end] == phrase
    assert (mention.relation, mention.distance_km, mention.bearing) == (relation, distance_km, bearing)
    assert mention.place.precision_code == precision


def test_an_offset_moves_the_point_and_keeps_the_anchor(resolver: PlaceResolver) -> None:
    at = find(resolver, "A convoy was hit in Gao, Mali.", "Gao").place
    off = find(resolver, "A convoy was hit 40 km south of Gao, Mali.", "Gao").place
    assert at.latitude is not None
    assert at.longitude is not None
    assert off.latitude is not None
    assert off.longitude is not None
    assert distance_km(at.latitude, at.longitude, off.latitude, off.longitude) == pytest.approx(40, rel=0.01)
    assert off.latitude < at.latitude
    assert off.geonames_id == at.geonames_id


def test_between_two_places_is_halfway(resolver: PlaceResolver) -> None:
    mentions = resolver.resolve("The convoy was ambushed on the road between Gao and Kidal in Mali.")
    gao, kidal = mentions[0], mentions[1]
    assert gao.relation is kidal.relation is PlaceRelation.BETWEEN
    assert (gao.place.latitude, gao.place.longitude) == (kidal.place.latitude, kidal.place.longitude)
    assert gao.place.latitude is not None
    assert 16.27 < gao.place.latitude < 18.44
    assert gao.place.precision_code == 5


def test_a_distance_is_told_from_the_town_and_not_from_its_province(resolver: PlaceResolver) -> None:
    text = "Shells fell in Homs province of Syria. The dead were found 12 km north of Homs."
    mention = next(m for m in resolver.resolve(text) if m.relation is PlaceRelation.OFFSET)
    assert mention.kind is TOWN


# What is no place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # persons
        ("Mr Paris and General Victoria Lagos said so.", []),
        ("Hillary Clinton and George Washington were named.", []),
        ("President Lincoln spoke for an hour.", []),
        # organisations: the place is evidence, not a mention
        ("Nepal Army soldiers and the Lahore Police Commission met in Peshawar.", ["Peshawar"]),
        # words that are rarely a place
        ("Police said in March that Reading was a bar.", []),
        ("Of the dead, many were Young. Most had fled in May.", []),
        # unless something says so
        ("He was taken to Mobile, Alabama.", ["Mobile", "Alabama"]),
        ("He came from Reading, England.", ["Reading", "England"]),
        # small letters in a text with capitals
        ("The most of them ate turkey with china cups.", []),
        # nor is a surname after the full name, nor the adjective of a people
        ("Gabriel Garcia Carballo was shot in Ecuador. Garcia died.", ["Ecuador"]),
        ("Two Chechen fighters spoke.", []),
        # acronyms
        ("The SLA and the MRTA signed.", []),
    ],
)
def test_a_name_is_not_always_a_place(resolver: PlaceResolver, text: str, expected: list[str]) -> None:
    assert names(resolver, text) == expected


def test_a_person_of_whom_the_text_has_spoken_stays_a_person(resolver: PlaceResolver) -> None:
    text = "Two soldiers beat Mike Jackson. Jackson died."
    assert names(resolver, text) == []


def test_blocked_spans_are_no_places(resolver: PlaceResolver) -> None:
    text = "Santos told the Houston group so in Brazil."
    blocked = [found.span() for found in re.finditer("Santos|the Houston group", text)]
    assert [m.place.name for m in resolver.resolve(text, blocked=blocked)] == ["Brazil"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rebels burned the village of Kamango in Congo.", "Kamango"),
        ("Two men died in Wajir district, Kenya said.", "Wajir"),
        ("Shells fell in Donetsk on Sunday.", "Donetsk"),
    ],
)
def test_a_blocked_name_that_the_text_calls_a_place_is_let_go(
    resolver: PlaceResolver, text: str, name: str
) -> None:
    start = text.index(name)
    found = resolver.resolve(text, blocked=[(start, start + len(name))])
    assert name in [mention.place.name for mention in found]


def test_extra_spans_are_kept_though_nobody_knows_them(resolver: PlaceResolver) -> None:
    text = "Shots were fired at Qwerzu, in Yemen."
    start = text.index("Qwerzu")
    assert "Qwerzu" not in names(resolver, text)
    mention = next(m for m in resolver.resolve(text, extra=[(start, start + 6)]) if m.place.name == "Qwerzu")
    assert mention.kind is PlaceKind.UNKNOWN
    assert (mention.place.country_code, mention.place.precision_code) == ("YE", 6)


def test_demonyms_are_evidence_and_no_settlements(resolver: PlaceResolver) -> None:
    mentions = resolver.resolve("Somali police arrested two men in Kismayo.")
    assert [m.kind for m in mentions] == [PlaceKind.DEMONYM, TOWN]
    assert {m.place.country_code for m in mentions} == {"SO"}


# Datelines, capitals, governments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BOSASO, Somalia, March 3 (Reuters) - Four men were shot.", ["BOSASO", "Somalia"]),
        ("Men shot in town\n\nBOSASO - Four men were shot in Garowe.", ["BOSASO"]),
        ("Four men were shot in Bosaso - the port - on Sunday.", []),
    ],
)
def test_the_place_of_writing_is_marked(resolver: PlaceResolver, text: str, expected: list[str]) -> None:
    assert [m.place.name for m in resolver.resolve(text) if m.is_dateline] == expected


@pytest.mark.parametrize(
    ("text", "name", "adm1", "phrase"),
    [
        ("The strike hit the Kenyan capital.", "Kenyan capital", "Nairobi", "the Kenyan capital"),
        ("Kenya mourns. Six died in the capital.", "capital", "Nairobi", "the capital"),
        (
            "Six died in Kenya, 30 km north of the capital.",
            "capital",
            "Nairobi",
            "30 km north of the capital",
        ),
    ],
)
def test_a_capital_needs_no_name(
    resolver: PlaceResolver, text: str, name: str, adm1: str, phrase: str
) -> None:
    mention = find(resolver, text, name)
    assert (mention.place.country_code, mention.place.adm1) == ("KE", adm1)
    assert text[mention.phrase_start : mention.phrase_end] == phrase
    assert mention.place.evidence[0].rule == "place.capital"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Islamabad and Kabul agreed to talks in Doha.", ["Islamabad", "Kabul"]),
        ("Ankara said it would answer.", ["Ankara"]),
        ("A bomb went off in Ankara.", []),
    ],
)
def test_a_capital_that_speaks_is_a_government(
    resolver: PlaceResolver, text: str, expected: list[str]
) -> None:
    assert [m.place.name for m in resolver.resolve(text) if m.is_metonym] == expected


# Texts without capitals, or with nothing else


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in karachi gunmen killed four people, police in pakistan said", ["karachi", "pakistan"]),
        ("SOLDIERS KILLED FOUR REBELS IN MEDELLIN, COLOMBIA, ON FRIDAY.", ["MEDELLIN", "COLOMBIA"]),
        ("the police said most of the men were of one mind", []),
    ],
)
def test_flat_text_gives_its_well_known_places(
    resolver: PlaceResolver, text: str, expected: list[str]
) -> None:
    assert names(resolver, text) == expected


def test_a_headline_in_capitals_is_no_string_of_persons(resolver: PlaceResolver) -> None:
    assert names(resolver, "Four Killed As Kano Market Blast Hits Nigeria Shoppers") == ["Kano", "Nigeria"]


# Laws


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                ["Gao", "in", "the village of", ",", "40 km south of", "between", "Mali", "'s", "\n\n", "-"]
            ),
        ),
        max_size=24,
    )
)
def test_any_text_resolves_and_every_span_lies_in_it(resolver: PlaceResolver, parts: list[str]) -> None:
    text = " ".join(parts)
    extra = [(0, min(3, len(text)))] if text.strip() else []
    mentions = resolver.resolve(text, extra=extra)
    assert mentions == resolver.resolve(text, extra=extra)
    for mention in mentions:
        assert 0 <= mention.phrase_start <= mention.start_char < mention.end_char
        assert mention.end_char <= mention.phrase_end <= len(text)
        assert mention.place.name == text[mention.start_char : mention.end_char]
        assert mention.place.evidence
        assert all(0 <= one.start_char < one.end_char <= len(text) for one in mention.place.evidence)
        assert mention.place.precision_code in (None, 1, 2, 3, 4, 5, 6, 7)
        assert len(mention.place.alternatives) <= 5


def test_no_text_has_no_places(resolver: PlaceResolver) -> None:
    assert resolver.resolve("") == ()


# Looking a name up


def test_a_lookup_ranks_what_a_name_may_mean(resolver: PlaceResolver) -> None:
    candidates = resolver.candidates("Tripoli")
    assert candidates[0].country_code == "LY"
    assert sum(one.score for one in candidates) == pytest.approx(1, abs=0.05)


def test_a_lookup_follows_country_and_unit(resolver: PlaceResolver) -> None:
    assert resolver.candidates("Tripoli", country_code="LB")[0].country_code == "LB"
    first = resolver.candidates("Springfield", country_code="US", adm1="Ohio")[0]
    assert (first.name, first.adm1) == ("Springfield", "Ohio")


def test_a_lookup_tries_other_spellings(resolver: PlaceResolver) -> None:
    assert resolver.candidates("Bossasso", country_code="SO")[0].country_code == "SO"
    assert resolver.candidates("Qwertzuiopolis") == ()


# Geodesy


def test_distances_on_the_globe() -> None:
    assert distance_km(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert distance_km(51.5, -0.13, 48.86, 2.35) == pytest.approx(343, abs=2)
    assert distance_km(10, 179.5, 10, -179.5) == pytest.approx(109.5, abs=0.2)


@pytest.mark.parametrize("bearing", [0.0, 45.0, 90.0, 180.0, 270.0])
def test_a_destination_lies_at_its_distance(bearing: float) -> None:
    latitude, longitude = destination(35.0, 44.0, bearing, 40.0)
    assert distance_km(35.0, 44.0, latitude, longitude) == pytest.approx(40, abs=0.01)


def test_a_midpoint_is_as_far_from_both_ends() -> None:
    latitude, longitude = midpoint(16.3, -0.04, 18.4, 1.4)
    one = distance_km(16.3, -0.04, latitude, longitude)
    assert one == pytest.approx(distance_km(18.4, 1.4, latitude, longitude), abs=0.01)
