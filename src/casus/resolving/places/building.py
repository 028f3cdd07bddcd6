"""Makes mentions of chosen candidates: kind, unit chain, point and precision."""

from __future__ import annotations

from dataclasses import replace

from casus.model import Evidence, Place, PlaceCandidate
from casus.resolving.gazetteer import Entry, EntryKind, Match
from casus.resolving.places.chains import PROVINCES_ARE_ADM2, Chain, Held, Named, in_sentence
from casus.resolving.places.cues import Cue
from casus.resolving.places.geodesy import destination
from casus.resolving.places.joint import with_place
from casus.resolving.places.precisions import (
    COUNTRY,
    EXACT,
    FIRST_ORDER,
    FUZZY,
    INTERNATIONAL_WATERS,
    NEAR_IT,
    SECOND_ORDER,
)
from casus.resolving.places.records import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.senses import Sense
from casus.resolving.places.spotting import Spot
from casus.resolving.places.vocabulary import word_set

_MOST_ALTERNATIVES = 5
_TOLD_SCORE, _GUESSED_SCORE = 0.3, 0.15
_VAGUE_NOUNS = word_set("region territory zone")
_SECOND_ORDER_NOUNS = word_set("district county municipality parish zone")

_LOCAL_KINDS = frozenset({EntryKind.ADM1, EntryKind.ADM2, EntryKind.LOCAL_UNIT, EntryKind.SETTLEMENT})
_KINDS = {
    EntryKind.COUNTRY: PlaceKind.COUNTRY,
    EntryKind.ADM1: PlaceKind.ADM1,
    EntryKind.ADM2: PlaceKind.ADM2,
    EntryKind.SETTLEMENT: PlaceKind.SETTLEMENT,
    EntryKind.REGION: PlaceKind.REGION,
    EntryKind.WATER: PlaceKind.FEATURE,
    EntryKind.LOCAL_UNIT: PlaceKind.SETTLEMENT,
    EntryKind.FEATURE: PlaceKind.FEATURE,
}
_PRECISIONS = {
    PlaceKind.COUNTRY: COUNTRY,
    PlaceKind.DEMONYM: COUNTRY,
    PlaceKind.ADM1: FIRST_ORDER,
    PlaceKind.ADM2: SECOND_ORDER,
    PlaceKind.SETTLEMENT: EXACT,
    PlaceKind.REGION: FUZZY,
}


def kind_of(match: Match | None, spot: Spot, cue: Cue) -> PlaceKind:
    """What a mention names, by its candidate and by the noun that stands with it."""
    if spot.is_demonym:
        return PlaceKind.DEMONYM
    if cue.role in ("feature", "nature", "water") and (spot.country is None or match is None):
        return PlaceKind.FEATURE
    if spot.country is not None and match is None:
        return PlaceKind.COUNTRY
    if cue.role == "unit" and (match is None or match.entry.kind is EntryKind.SETTLEMENT):
        return _unit_kind(cue)
    if match is not None:
        return _KINDS[match.entry.kind]
    return PlaceKind.SETTLEMENT if cue.role == "settlement" else PlaceKind.UNKNOWN


def _unit_kind(cue: Cue) -> PlaceKind:
    """The level that a noun means by itself: a district is of second order, a province of first."""
    if cue.noun is not None and cue.noun.word in _SECOND_ORDER_NOUNS:
        return PlaceKind.ADM2
    if cue.noun is not None and cue.noun.word in _VAGUE_NOUNS:
        return PlaceKind.REGION
    return PlaceKind.ADM1 if EntryKind.ADM1 in cue.levels else PlaceKind.ADM2


def build_mention(
    named: Named,
    spot: Spot,
    cue: Cue,
    sense: Sense,
    *,
    chosen: int | None,
    held: Held,
    fallback: Chain,
) -> PlaceMention:
    """The mention of a spot, with candidate `chosen` of its sense, or None for an unknown place.

    `fallback` is where the rest of the report puts a place of which the text says nothing.
    """
    kind = kind_of(sense.candidates[chosen] if chosen is not None else None, spot, cue)
    is_inner = held.narrowest is not None and held.narrowest.kind in _LOCAL_KINDS
    if chosen is None and kind is PlaceKind.ADM1 and is_inner:
        kind = PlaceKind.ADM2  # "Kurkheda division in Gadchiroli district"
    if chosen is None:
        place = _unknown(named, spot, sense, kind=kind, held=held, fallback=fallback)
    else:
        place = _known(named, spot, sense, chosen=chosen, kind=kind, held=held)
    mention = PlaceMention(
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
    return with_place(mention, _with_relation(place, kind, cue))


def _known(named: Named, spot: Spot, sense: Sense, *, chosen: int, kind: PlaceKind, held: Held) -> Place:
    match = sense.candidates[chosen]
    entry = match.entry
    chain = _with_namesake(named, named.chain(entry), sense, entry)
    chain = _with_text(chain, held.chain, kind, in_sentence(spot.name))
    rule = "place.demonym" if spot.is_demonym else "place.name" if match.likeness == 1.0 else "place.sound"
    return Place(
        spot.name,
        chain.country_code,
        chain.adm1,
        chain.adm2,
        entry.geonames_id,
        entry.latitude,
        entry.longitude,
        _precision(entry, kind),
        round(sense.shares[chosen] * match.likeness, 3),
        _alternatives(named, sense, chosen),
        (Evidence(spot.start_char, spot.end_char, rule), *held.evidence),
    )


def _precision(entry: Entry, kind: PlaceKind) -> int:
    if entry.kind is EntryKind.WATER:
        return INTERNATIONAL_WATERS if entry.country_code is None else FUZZY
    if kind is PlaceKind.FEATURE and entry.kind in (EntryKind.SETTLEMENT, EntryKind.FEATURE):
        return NEAR_IT
    return _PRECISIONS.get(kind, FUZZY)


def _with_namesake(named: Named, chain: Chain, sense: Sense, entry: Entry) -> Chain:
    """A town that GeoNames files under no second-order unit lies in the one of its own name."""
    if chain.adm2 is not None or entry.kind is not EntryKind.SETTLEMENT or entry.adm2_id is not None:
        return chain
    for match in sense.candidates:
        unit = match.entry
        if unit.kind is EntryKind.ADM2 and (unit.country_code, unit.adm1_id) == (
            entry.country_code,
            entry.adm1_id,
        ):
            return replace(chain, adm2=named.unit(unit.id), adm2_id=unit.id)
    return chain


def _with_text(chain: Chain, told: Chain, kind: PlaceKind, name: str) -> Chain:
    """A gazetteer's chain with the units that the text gives instead."""
    if kind in (PlaceKind.COUNTRY, PlaceKind.DEMONYM):
        return Chain(chain.country_code)
    if kind is PlaceKind.ADM1:
        return Chain(chain.country_code, name)
    is_same_country = told.country_code in (None, chain.country_code)
    if is_same_country and told.adm1 is not None:
        chain = replace(chain, adm1=told.adm1)
    if kind is PlaceKind.ADM2 and chain.country_code in PROVINCES_ARE_ADM2 and chain.adm2 is None:
        return replace(chain, adm1=name)
    if kind is PlaceKind.ADM2:
        return replace(chain, adm2=name)
    if is_same_country and told.adm2 is not None:
        return replace(chain, adm2=told.adm2)
    return chain


def _unknown(
    named: Named, spot: Spot, sense: Sense, *, kind: PlaceKind, held: Held, fallback: Chain
) -> Place:
    """A place that no entry stands for: where the text or the rest of the report puts it."""
    is_told = held.chain != Chain()
    chain = _chain_of_unknown(held.chain if is_told else fallback, kind, in_sentence(spot.name))
    if (
        is_told
        and chain.adm1 is None
        and held.narrowest is not None
        and held.narrowest.kind is EntryKind.REGION
    ):
        chain = replace(chain, adm1=held.narrowest.name)  # "X in Nagorno-Karabakh"
    anchor = held.narrowest if is_told else named.gazetteer.entry(chain.adm2_id or chain.adm1_id)
    if anchor is None and chain.country_code:
        anchor = named.gazetteer.country(chain.country_code)
    score = _TOLD_SCORE if is_told else _GUESSED_SCORE if chain.country_code else 0.0
    return Place(
        spot.name,
        chain.country_code,
        chain.adm1,
        chain.adm2,
        None,
        anchor.latitude if anchor else None,
        anchor.longitude if anchor else None,
        _precision_of_unknown(chain, anchor, kind),
        score,
        _alternatives(named, sense, None),
        (Evidence(spot.start_char, spot.end_char, "place.unknown"), *held.evidence),
    )


def _chain_of_unknown(chain: Chain, kind: PlaceKind, name: str) -> Chain:
    if kind is PlaceKind.ADM1:
        return Chain(chain.country_code, name)
    return replace(chain, adm2=name, adm2_id=None) if kind is PlaceKind.ADM2 else chain


def _precision_of_unknown(chain: Chain, anchor: Entry | None, kind: PlaceKind) -> int | None:
    """As precise as the unit whose point stands in for the place."""
    if anchor is None:
        return FIRST_ORDER if chain.adm1 and chain.country_code else None
    if anchor.kind is EntryKind.SETTLEMENT:
        return NEAR_IT if kind is not PlaceKind.ADM2 else SECOND_ORDER
    if anchor.kind is EntryKind.ADM2:
        return SECOND_ORDER
    return FIRST_ORDER if chain.adm1 else COUNTRY


def _alternatives(named: Named, sense: Sense, chosen: int | None) -> tuple[PlaceCandidate, ...]:
    order = sorted(range(len(sense.candidates)), key=lambda index: (-sense.shares[index], index))
    others = [index for index in order if index != chosen][:_MOST_ALTERNATIVES]
    return tuple(named.candidate(sense.candidates[index], sense.shares[index]) for index in others)


def _with_relation(place: Place, kind: PlaceKind, cue: Cue) -> Place:
    """The point and precision that "near", "40 km south of" or "the border with" give."""
    if cue.relation is PlaceRelation.IN or place.precision_code is None:
        return place
    if cue.relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET):
        place = _moved(place, cue)
        least = FUZZY if cue.is_vague else NEAR_IT
        return replace(place, precision_code=max(place.precision_code or least, least))
    if cue.relation is not PlaceRelation.PART or kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return replace(place, precision_code=FUZZY)
    return place


def _moved(place: Place, cue: Cue) -> Place:
    if cue.distance_km is None or cue.bearing is None or place.latitude is None or place.longitude is None:
        return place
    latitude, longitude = destination(place.latitude, place.longitude, cue.bearing, cue.distance_km)
    evidence = Evidence(cue.phrase_start, cue.phrase_end, "place.offset")
    return replace(place, latitude=latitude, longitude=longitude, evidence=(*place.evidence, evidence))
