"""How what is told lies to a named place: distances, directions, roads, borders, coasts."""

from __future__ import annotations

import pytest

from casus.resolving.places import PlaceMention, PlaceRelation, PlaceResolver
from casus.resolving.places.geodesy import destination, distance_km, midpoint

IN, NEAR, OFFSET = PlaceRelation.IN, PlaceRelation.NEAR, PlaceRelation.OFFSET
BETWEEN, OFF, BORDER, PART = (
    PlaceRelation.BETWEEN,
    PlaceRelation.OFF,
    PlaceRelation.BORDER,
    PlaceRelation.PART,
)


def mention_of(resolver: PlaceResolver, text: str, name: str) -> PlaceMention:
    return next(mention for mention in resolver.resolve(text) if mention.place.name == name)


@pytest.mark.parametrize(
    ("text", "name", "phrase", "relation", "precision", "distance", "bearing"),
    [
        # a distance and a direction
        (
            "A bomb exploded 40 km south of Kirkuk, in Iraq.",
            "Kirkuk",
            "40 km south of Kirkuk",
            OFFSET,
            2,
            40.0,
            180.0,
        ),
        (
            "They hit the patrol some 15 miles north-east of Maiduguri, Nigeria.",
            "Maiduguri",
            "15 miles north-east of Maiduguri",
            OFFSET,
            2,
            24.1,
            45.0,
        ),
        (
            "It was about 25 kilometres (16 miles) west of Herat in Afghanistan.",
            "Herat",
            "25 kilometres (16 miles) west of Herat",
            OFFSET,
            2,
            25.0,
            270.0,
        ),
        (
            "The base is 120 km north-west of N'Djamena in Chad.",
            "N'Djamena",
            "120 km north-west of N'Djamena",
            OFFSET,
            2,
            120.0,
            315.0,
        ),
        (
            "Militants attacked a post twelve miles east of Quetta, Pakistan.",
            "Quetta",
            "twelve miles east of Quetta",
            OFFSET,
            2,
            19.3,
            90.0,
        ),
        (
            "Six died in a village about 70km south-west of Ouagadougou, in Burkina Faso.",
            "Ouagadougou",
            "70km south-west of Ouagadougou",
            OFFSET,
            2,
            70.0,
            225.0,
        ),
        (
            "The convoy was hit 60 kilometers (37 miles) to the north of Timbuktu, Mali.",
            "Timbuktu",
            "60 kilometers (37 miles) to the north of Timbuktu",
            OFFSET,
            2,
            60.0,
            0.0,
        ),
        (
            "A ship was boarded 20 nautical miles east of Mogadishu, Somalia.",
            "Mogadishu",
            "20 nautical miles east of Mogadishu",
            OFFSET,
            2,
            37.0,
            90.0,
        ),
        (
            "Eighty kilometres southeast of Agadez, Niger, a truck hit a mine.",
            "Agadez",
            "Eighty kilometres southeast of Agadez",
            OFFSET,
            2,
            80.0,
            135.0,
        ),
        # a distance alone
        (
            "Rebels struck a convoy roughly 10 km from Goma in eastern Congo.",
            "Goma",
            "10 km from Goma",
            OFFSET,
            2,
            10.0,
            None,
        ),
        (
            "The mine lay 3 km outside Tripoli, Libya.",
            "Tripoli",
            "3 km outside Tripoli",
            OFFSET,
            2,
            3.0,
            None,
        ),
        (
            "A plane was shot down half a mile from Luhansk, Ukraine.",
            "Luhansk",
            "half a mile from Luhansk",
            OFFSET,
            2,
            0.8,
            None,
        ),
        (
            "A drone hit a car a few kilometres from Idlib, Syria.",
            "Idlib",
            "a few kilometres from Idlib",
            OFFSET,
            2,
            None,
            None,
        ),
        (
            "Fighters are now 15 km away from Sirte, Libya.",
            "Sirte",
            "15 km away from Sirte",
            OFFSET,
            2,
            15.0,
            None,
        ),
        # a direction alone
        ("Troops fought just north of Aden in Yemen.", "Aden", "just north of Aden", OFFSET, 2, None, 0.0),
        (
            "The explosion was in the desert east of Palmyra, Syria.",
            "Palmyra",
            "east of Palmyra",
            OFFSET,
            2,
            None,
            90.0,
        ),
        # told in hours, so vague
        (
            "The village lies an hour's drive from Peshawar, Pakistan.",
            "Peshawar",
            "an hour's drive from Peshawar",
            OFFSET,
            5,
            None,
            None,
        ),
        (
            "They raided a hamlet two hours' drive north of Beni, in the Democratic Republic of Congo.",
            "Beni",
            "two hours' drive north of Beni",
            OFFSET,
            5,
            None,
            0.0,
        ),
        (
            "The camp is a two-day walk from Abéché, in Chad.",
            "Abéché",
            "two-day walk from Abéché",
            OFFSET,
            5,
            None,
            None,
        ),
        # near
        ("Five soldiers died near Mopti in central Mali.", "Mopti", "near Mopti", NEAR, 2, None, None),
        (
            "Insurgents burned houses within 5 km of Pemba, Mozambique.",
            "Pemba",
            "within 5 km of Pemba",
            NEAR,
            2,
            5.0,
            None,
        ),
        (
            "A mortar round landed close to Damascus, Syria.",
            "Damascus",
            "close to Damascus",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "A truck was burned not far from Mocimboa da Praia, Mozambique.",
            "Mocimboa da Praia",
            "not far from Mocimboa da Praia",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "The raid was in the vicinity of Mosul, Iraq.",
            "Mosul",
            "the vicinity of Mosul",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "The helicopter came down in the hills above Srinagar, India.",
            "Srinagar",
            "hills above Srinagar",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "Shells fell on the outskirts of Donetsk, Ukraine.",
            "Donetsk",
            "the outskirts of Donetsk",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "The gunfight broke out in the suburbs of Karachi, Pakistan.",
            "Karachi",
            "the suburbs of Karachi",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "Bodies were found upstream of Bamako, in Mali.",
            "Bamako",
            "upstream of Bamako",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "Two were shot downriver from Khartoum in Sudan.",
            "Khartoum",
            "downriver from Khartoum",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "Men attacked a checkpoint at the southern entrance to Taiz, Yemen.",
            "Taiz",
            "entrance to Taiz",
            NEAR,
            2,
            None,
            None,
        ),
        (
            "Police found the bodies on the road to Lashkar Gah, Afghanistan.",
            "Lashkar Gah",
            "on the road to Lashkar Gah",
            NEAR,
            2,
            None,
            None,
        ),
        # on a road or line between two places
        (
            "Gunmen opened fire on the road between Kaduna and Abuja in Nigeria.",
            "Kaduna",
            "Kaduna and Abuja",
            BETWEEN,
            5,
            None,
            None,
        ),
        (
            "Buses were stopped on the Kaduna-Abuja highway in Nigeria.",
            "Kaduna",
            "the Kaduna-Abuja highway",
            BETWEEN,
            5,
            None,
            None,
        ),
        (
            "An ambush on the road from Kandahar to Kabul killed six in Afghanistan.",
            "Kabul",
            "Kandahar to Kabul",
            BETWEEN,
            5,
            None,
            None,
        ),
        (
            "They were abducted along the highway linking Peshawar to Islamabad in Pakistan.",
            "Peshawar",
            "Peshawar to Islamabad",
            BETWEEN,
            5,
            None,
            None,
        ),
        (
            "The attack happened halfway between Homs and Palmyra in Syria.",
            "Palmyra",
            "Homs and Palmyra",
            BETWEEN,
            5,
            None,
            None,
        ),
        # at a border
        (
            "Fighters crossed the border with Chad, officials in Sudan said.",
            "Chad",
            "border with Chad",
            BORDER,
            5,
            None,
            None,
        ),
        (
            "Clashes broke out on the border between Armenia and Azerbaijan.",
            "Azerbaijan",
            "Azerbaijan",
            BORDER,
            5,
            None,
            None,
        ),
        (
            "They were killed along the frontier with Kenya, Somali police said.",
            "Kenya",
            "frontier with Kenya",
            BORDER,
            5,
            None,
            None,
        ),
        # at sea
        (
            "A tanker was seized off the coast of Somalia.",
            "Somalia",
            "off the coast of Somalia",
            OFF,
            5,
            None,
            None,
        ),
        ("The boat sank off Tripoli, Libya.", "Tripoli", "off Tripoli", OFF, 5, None, None),
        (
            "The tanker was hit 30 miles off the coast of Yemen.",
            "Yemen",
            "30 miles off the coast of Yemen",
            OFF,
            5,
            48.3,
            None,
        ),
        # in a part
        (
            "Shooting was heard in the east of Aleppo, Syria.",
            "Aleppo",
            "the east of Aleppo",
            PART,
            1,
            None,
            None,
        ),
    ],
)
def test_words_before_a_name_tell_where_something_was(
    resolver: PlaceResolver,
    text: str,
    *,
    name: str,
    phrase: str,
    relation: PlaceRelation,
    precision: int,
    distance: float | None,
    bearing: float | None,
) -> None:
    mention = mention_of(resolver, text, name)
    assert text[mention.phrase_start : mention.phrase_end] == phrase
    assert (mention.relation, mention.place.precision_code) == (relation, precision)
    assert (mention.distance_km, mention.bearing) == (distance, bearing)


def test_a_measured_place_lies_where_the_measure_ends(resolver: PlaceResolver) -> None:
    mention = mention_of(resolver, "A bomb exploded 40 km south of Kirkuk, in Iraq.", "Kirkuk")
    assert mention.own_point is not None
    assert (mention.place.latitude, mention.place.longitude) == destination(*mention.own_point, 180.0, 40.0)
    # The record keeps what it was measured from, and the words that measure.
    assert mention.place.name == "Kirkuk"
    assert mention.place.geonames_id is not None
    assert "place.offset" in {evidence.rule for evidence in mention.place.evidence}
    assert mention.anchor_point == mention.own_point


def test_a_road_between_two_places_is_halfway(resolver: PlaceResolver) -> None:
    text = "Gunmen opened fire on the road between Kaduna and Abuja in Nigeria."
    one, other = (mention_of(resolver, text, name) for name in ("Kaduna", "Abuja"))
    assert one.own_point is not None
    assert other.own_point is not None
    assert (one.place.latitude, one.place.longitude) == midpoint(*one.own_point, *other.own_point)


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Ankara and Washington broke down.",
        "A deal between Moscow and Beijing was signed.",
        "Trade between Nairobi and London grew.",
    ],
)
def test_nothing_lies_between_far_capitals(resolver: PlaceResolver, text: str) -> None:
    assert all(mention.own_point is None for mention in resolver.resolve(text))


@pytest.mark.parametrize(
    ("latitude", "longitude", "bearing", "distance"),
    [(35.46806, 44.39222, 180.0, 40.0), (12.10672, 15.0444, 315.0, 120.0), (-1.67, 29.23, 77.0, 10.0)],
)
def test_a_point_at_a_distance_lies_at_that_distance(
    latitude: float, longitude: float, bearing: float, distance: float
) -> None:
    there = destination(latitude, longitude, bearing, distance)
    assert distance_km(latitude, longitude, *there) == pytest.approx(distance, rel=1e-3)


# Worked out on the WGS 84 ellipsoid by geographiclib 2.1; the sphere errs by less than 0.6 percent.
@pytest.mark.parametrize(
    ("start", "bearing", "distance", "expected"),
    [
        ((35.46806, 44.39222), 180.0, 40.0, (35.10752, 44.39222)),
        ((12.10672, 15.0444), 315.0, 120.0, (12.87262, 14.26266)),
        ((-1.67, 29.23), 77.0, 10.0, (-1.64965, 29.31757)),
        ((64.0, -150.0), 90.0, 300.0, (63.87091, -143.88780)),
        ((0.0, 179.5), 90.0, 200.0, (0.0, -178.70337)),
        ((-33.9, 18.4), 225.0, 370.4, (-36.22666, 15.48717)),
    ],
)
def test_points_agree_with_the_ellipsoid(
    start: tuple[float, float], bearing: float, distance: float, expected: tuple[float, float]
) -> None:
    assert distance_km(*destination(*start, bearing, distance), *expected) < 0.006 * distance
