"""Makes a `Place` of a chosen candidate: unit chain, point and precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from casus.model import Evidence, Place, PlaceCandidate
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match
from casus.resolving.place_names import fold_key
from casus.resolving.places.cues import Cue
from casus.resolving.places.geodesy import destination, distance_km, midpoint
from casus.resolving.places.records import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.senses import Sense
from casus.resolving.places.spotting import Spot

# UCDP GED codebook, where_prec.
EXACT, NEAR_IT, SECOND_ORDER, FIRST_ORDER, FUZZY, COUNTRY, INTERNATIONAL_WATERS = range(1, 8)
# Countries whose provinces, which news names, are GeoNames' second order below regions that it hardly names.
_PROVINCES_ARE_ADM2 = frozenset({"PH"})
_METRO_MANILA = 7521311  # a region without provinces
_MOST_ALTERNATIVES = 5
_UNKNOWN_SCORE = 0.3
_FAR_APART_KM = 50.0
_CITY_SHARE = 1.2

_KINDS = {
    EntryKind.COUNTRY: PlaceKind.COUNTRY,
    EntryKind.ADM1: PlaceKind.ADM1,
    EntryKind.ADM2: PlaceKind.ADM2,
    EntryKind.SETTLEMENT: PlaceKind.SETTLEMENT,
    EntryKind.REGION: PlaceKind.REGION,
    EntryKind.WATER: PlaceKind.FEATURE,
}
_PRECISIONS = {
    PlaceKind.COUNTRY: COUNTRY,
    PlaceKind.DEMONYM: COUNTRY,
    PlaceKind.ADM1: FIRST_ORDER,
    PlaceKind.ADM2: SECOND_ORDER,
    PlaceKind.SETTLEMENT: EXACT,
    PlaceKind.REGION: FUZZY,
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Country and units, by id where the gazetteer has them and by the name to show."""

    country_code: str | None = None
    adm1: str | None = None
    adm2: str | None = None
    adm1_id: int | None = None
    adm2_id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What the report itself calls its units: the text's name by id."""

    gazetteer: Gazetteer
    unit_names: dict[int, str]

    def unit(self, unit_id: int | None) -> str | None:
        """The name to show for a unit: the text's, else the gazetteer's."""
        entry = self.gazetteer.entry(unit_id)
        if entry is None:
            return None
        return self.unit_names.get(entry.id, entry.name)

    def chain(self, entry: Entry) -> Chain:
        """The chain of an entry, with itself in it where it is a unit."""
        adm1_id = entry.id if entry.kind is EntryKind.ADM1 else entry.adm1_id
        adm2_id = entry.id if entry.kind is EntryKind.ADM2 else entry.adm2_id
        if entry.kind is EntryKind.ADM1:
            adm2_id = None
        if entry.country_code in _PROVINCES_ARE_ADM2 and adm2_id is not None and adm1_id != _METRO_MANILA:
            return Chain(entry.country_code, self.unit(adm2_id), None, adm1_id, adm2_id)
        if entry.kind is EntryKind.SETTLEMENT and self._is_part_of(entry, adm2_id):
            return Chain(entry.country_code, self.unit(adm1_id), None, adm1_id, adm2_id)
        return Chain(entry.country_code, self.unit(adm1_id), self.unit(adm2_id), adm1_id, adm2_id)

    def _is_part_of(self, city: Entry, adm2_id: int | None) -> bool:
        """Whether a second-order unit is a part of the city that GeoNames files under it (Al Rusafa of Baghdad)."""
        unit = self.gazetteer.entry(adm2_id)
        if unit is None or unit.chief_id != city.id or fold_key(unit.name) == fold_key(city.name):
            return False
        return adm2_id not in self.unit_names and unit.population <= _CITY_SHARE * city.population

    def candidate(self, match: Match, score: float) -> PlaceCandidate:
        """A candidate as the record keeps it."""
        entry, chain = match.entry, self.chain(match.entry)
        return PlaceCandidate(
            entry.name,
            chain.country_code,
            chain.adm1,
            chain.adm2,
            entry.geonames_id,
            entry.latitude,
            entry.longitude,
            round(score, 3),
        )


@dataclass(frozen=True, slots=True)
class Held:
    """What the text says a name lies in: the chain, the places that say so, and the narrowest of them."""

    chain: Chain
    evidence: tuple[Evidence, ...]
    narrowest: Entry | None


def in_sentence(name: str) -> str:
    """A name as it would stand inside a sentence: "KABUL" is Kabul."""
    return name.title() if name.isupper() and len(name) > 3 else name


def kind_of(match: Match | None, spot: Spot, cue: Cue) -> PlaceKind:
    """What a mention names, by its candidate and by the noun that stands with it."""
    if spot.is_demonym:
        return PlaceKind.DEMONYM
    if spot.country is not None and match is None:
        return PlaceKind.COUNTRY
    noun = cue.noun
    if match is not None and noun is not None and noun.role == "unit":
        if match.entry.kind in (EntryKind.ADM1, EntryKind.ADM2, EntryKind.REGION, EntryKind.COUNTRY):
            return _KINDS[match.entry.kind]
        return _unit_kind(cue)
    if noun is not None and noun.role in ("feature", "nature", "water"):
        return PlaceKind.FEATURE
    if match is not None:
        return _KINDS[match.entry.kind]
    if noun is None:
        return PlaceKind.UNKNOWN
    return _unit_kind(cue) if noun.role == "unit" else PlaceKind.SETTLEMENT


def _unit_kind(cue: Cue) -> PlaceKind:
    """The level that a noun means by itself: a district is of second order, a province of first."""
    assert cue.noun is not None
    if cue.noun.word in ("district", "county", "municipality", "parish", "zone", "department"):
        return PlaceKind.ADM2 if cue.noun.word != "department" else PlaceKind.ADM1
    return PlaceKind.ADM1 if EntryKind.ADM1 in cue.levels else PlaceKind.ADM2


def build_mention(
    named: Named, spot: Spot, cue: Cue, sense: Sense, chosen: int | None, held: Held, fallback: Chain
) -> PlaceMention:
    """The mention of a spot, with candidate `chosen` of its sense, or None for an unknown place."""
    match = sense.candidates[chosen] if chosen is not None else None
    kind = kind_of(match, spot, cue)
    place = (
        _unknown(named, spot, sense, kind, held, fallback)
        if match is None or chosen is None
        else _known(named, spot, sense, chosen, kind, held)
    )
    place = _with_relation(place, kind, cue)
    return PlaceMention(
        spot.start_char,
        spot.end_char,
        min(cue.phrase_start, spot.start_char),
        max(cue.phrase_end, spot.end_char),
        kind,
        cue.relation,
        place,
        cue.distance_km,
        cue.bearing,
        cue.is_dateline,
    )


def _known(named: Named, spot: Spot, sense: Sense, chosen: int, kind: PlaceKind, held: Held) -> Place:
    match = sense.candidates[chosen]
    chain = _with_text(named.chain(match.entry), held.chain, kind, spot.name)
    chain = _with_namesake(named, chain, sense, match.entry)
    score = sense.shares[chosen] * match.likeness
    rule = "place.demonym" if spot.is_demonym else "place.name" if match.likeness == 1.0 else "place.sound"
    precision = INTERNATIONAL_WATERS if match.entry.kind is EntryKind.WATER else _PRECISIONS.get(kind, FUZZY)
    if kind is PlaceKind.FEATURE and match.entry.kind is EntryKind.SETTLEMENT:
        precision = NEAR_IT
    return Place(
        spot.name,
        chain.country_code,
        chain.adm1,
        chain.adm2,
        match.entry.geonames_id,
        match.entry.latitude,
        match.entry.longitude,
        precision,
        round(score, 3),
        _alternatives(named, sense, chosen),
        (Evidence(spot.start_char, spot.end_char, rule), *held.evidence),
    )


def _with_namesake(named: Named, chain: Chain, sense: Sense, entry: Entry) -> Chain:
    """A town that GeoNames files under no second-order unit lies in the one of its own name."""
    if chain.adm2 is not None or entry.kind is not EntryKind.SETTLEMENT or entry.adm2_id is not None:
        return chain
    for match in sense.candidates:
        unit = match.entry
        if unit.kind is EntryKind.ADM2 and unit.adm1_id == entry.adm1_id and unit.country_code == entry.country_code:
            return replace(chain, adm2=named.unit(unit.id), adm2_id=unit.id)
    return chain


def _with_text(chain: Chain, told: Chain, kind: PlaceKind, name: str) -> Chain:
    """A gazetteer's chain with the units that the text gives instead."""
    if kind is PlaceKind.COUNTRY or kind is PlaceKind.DEMONYM:
        return Chain(chain.country_code)
    same_country = told.country_code in (None, chain.country_code)
    if kind is PlaceKind.ADM1:
        return Chain(chain.country_code, in_sentence(name))
    if same_country and told.adm1 is not None:
        chain = replace(chain, adm1=told.adm1)
    if kind is PlaceKind.ADM2 and chain.country_code in _PROVINCES_ARE_ADM2 and chain.adm2 is None:
        return replace(chain, adm1=in_sentence(name))
    if kind is PlaceKind.ADM2:
        return replace(chain, adm2=in_sentence(name))
    if same_country and told.adm2 is not None:
        chain = replace(chain, adm2=told.adm2)
    return chain


def _unknown(named: Named, spot: Spot, sense: Sense, kind: PlaceKind, held: Held, fallback: Chain) -> Place:
    """A place that no entry stands for: where the text or the rest of the report puts it."""
    is_told = held.chain.country_code is not None
    chain = held.chain if is_told else fallback
    anchor = held.narrowest if is_told else None
    precision = COUNTRY if chain.country_code else None
    if chain.adm1:
        precision = FIRST_ORDER
    if chain.adm2:
        precision = SECOND_ORDER
    if anchor is not None and anchor.kind is EntryKind.SETTLEMENT:
        precision = EXACT
    if anchor is None and chain.country_code:
        anchor = named.gazetteer.country(chain.country_code)
    if kind is PlaceKind.ADM1:
        chain, precision = replace(chain, adm1=spot.name), FIRST_ORDER
    elif kind is PlaceKind.ADM2:
        chain, precision = replace(chain, adm2=spot.name), precision and max(SECOND_ORDER, precision)
    return Place(
        spot.name,
        chain.country_code,
        chain.adm1,
        chain.adm2,
        None,
        anchor.latitude if anchor else None,
        anchor.longitude if anchor else None,
        precision,
        _UNKNOWN_SCORE if is_told else _UNKNOWN_SCORE / 2 if chain.country_code else 0.0,
        _alternatives(named, sense, None),
        (Evidence(spot.start_char, spot.end_char, "place.unknown"), *held.evidence),
    )


def _alternatives(named: Named, sense: Sense, chosen: int | None) -> tuple[PlaceCandidate, ...]:
    order = sorted(range(len(sense.candidates)), key=lambda index: (-sense.shares[index], index))
    others = [index for index in order if index != chosen][:_MOST_ALTERNATIVES]
    return tuple(named.candidate(sense.candidates[index], sense.shares[index]) for index in others)


def _with_relation(place: Place, kind: PlaceKind, cue: Cue) -> Place:
    """The point and precision that "near", "40 km south of" or "the border with" give."""
    relation = cue.relation
    if relation is PlaceRelation.IN or place.precision_code is None:
        return place
    if relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET):
        place = _moved(place, cue)
        return replace(place, precision_code=max(place.precision_code, NEAR_IT))
    if relation in (PlaceRelation.BORDER, PlaceRelation.OFF, PlaceRelation.BETWEEN):
        return replace(place, precision_code=FUZZY)
    if kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return replace(place, precision_code=FUZZY)
    return place


def _moved(place: Place, cue: Cue) -> Place:
    if cue.distance_km is None or cue.bearing is None or place.latitude is None or place.longitude is None:
        return place
    latitude, longitude = destination(place.latitude, place.longitude, cue.bearing, cue.distance_km)
    evidence = Evidence(cue.phrase_start, cue.phrase_end, "place.offset")
    return replace(place, latitude=latitude, longitude=longitude, evidence=(*place.evidence, evidence))


def join_between(mentions: Sequence[PlaceMention], pairs: Sequence[tuple[int, int]]) -> list[PlaceMention]:
    """The mentions with "between A and B" put halfway, for pairs of indices."""
    joined = list(mentions)
    for one, other in pairs:
        first, second = joined[one], joined[other]
        points = (first.place.latitude, first.place.longitude, second.place.latitude, second.place.longitude)
        latitude, longitude, other_latitude, other_longitude = points
        if latitude is None or longitude is None or other_latitude is None or other_longitude is None:
            continue
        middle = midpoint(latitude, longitude, other_latitude, other_longitude)
        apart = distance_km(latitude, longitude, other_latitude, other_longitude)
        precision = FUZZY if apart > _FAR_APART_KM else NEAR_IT
        start, end = min(first.phrase_start, second.phrase_start), max(first.phrase_end, second.phrase_end)
        for index in (one, other):
            place = replace(
                joined[index].place, latitude=middle[0], longitude=middle[1], precision_code=precision
            )
            joined[index] = replace(
                joined[index], place=place, relation=PlaceRelation.BETWEEN, phrase_start=start, phrase_end=end
            )
    return joined
