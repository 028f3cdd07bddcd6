"""Countries and units of places: as the gazetteer has them, and as the text gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casus.model import Evidence, PlaceCandidate
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match
from casus.resolving.place_names import fold_key

# Countries whose provinces, which news names, are GeoNames' second order below regions that it hardly names.
PROVINCES_ARE_ADM2 = frozenset({"PH"})
_METRO_MANILA = 7521311  # a region without provinces
_CITY_SHARE = 1.2
_SHORT_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """Country and units, by id where the gazetteer has them and by the name to show."""

    country_code: str | None = None
    adm1: str | None = None
    adm2: str | None = None
    adm1_id: int | None = None
    adm2_id: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What the text says a name lies in: the chain, the places that say so, and the narrowest of them."""

    chain: Chain = Chain()
    evidence: tuple[Evidence, ...] = ()
    narrowest: Entry | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The gazetteer's units under the names that the report itself gives them, by id."""

    gazetteer: Gazetteer
    unit_names: dict[int, str]

    def unit(self, unit_id: int | None) -> str | None:
        """The name to show for a unit: the text's, else the gazetteer's."""
        entry = self.gazetteer.entry(unit_id)
        return None if entry is None else self.unit_names.get(entry.id, entry.name)

    def chain(self, entry: Entry) -> Chain:
        """The chain of an entry, with itself in it where it is a unit."""
        code, adm1_id, adm2_id = entry.country_code, entry.adm1_id, entry.adm2_id
        if code in PROVINCES_ARE_ADM2 and adm2_id is not None and adm1_id != _METRO_MANILA:
            return Chain(code, self.unit(adm2_id), None, adm1_id, adm2_id)
        if entry.kind is EntryKind.SETTLEMENT and self._is_part_of(entry, adm2_id):
            return Chain(code, self.unit(adm1_id), None, adm1_id, adm2_id)
        return Chain(code, self.unit(adm1_id), self.unit(adm2_id), adm1_id, adm2_id)

    def _is_part_of(self, city: Entry, adm2_id: int | None) -> bool:
        """Whether a second-order unit is but a part of the city that GeoNames files in it."""
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


def in_sentence(name: str) -> str:
    """A name as it would stand inside a sentence: "KABUL" is Kabul."""
    is_flat = name.islower() or (name.isupper() and len(name) > _SHORT_ACRONYM)
    return name.title() if is_flat else name


def join_told(chain: Chain, told: Chain, kind: EntryKind) -> Chain:
    """A chain with one more place that the text gives, its kind known; what was said first wins."""
    if chain.country_code not in (None, told.country_code):
        return chain
    has_units = kind in (EntryKind.ADM1, EntryKind.ADM2, EntryKind.LOCAL_UNIT, EntryKind.SETTLEMENT)
    adm1 = told.adm1 if has_units else None
    return Chain(
        told.country_code,
        adm1 if kind is EntryKind.ADM1 else chain.adm1 or adm1,
        chain.adm2 or (told.adm2 if has_units else None),
        chain.adm1_id or told.adm1_id,
        chain.adm2_id or told.adm2_id,
    )


def narrower(one: Entry | None, other: Entry) -> Entry:
    """The smaller of two places."""
    order = (
        EntryKind.SETTLEMENT,
        EntryKind.FEATURE,
        EntryKind.LOCAL_UNIT,
        EntryKind.ADM2,
        EntryKind.ADM1,
        EntryKind.REGION,
        EntryKind.WATER,
        EntryKind.COUNTRY,
    )
    return other if one is None else min(one, other, key=lambda entry: order.index(entry.kind))


def with_unit(chain: Chain, name: str, *, is_first_order: bool) -> Chain:
    """A chain with a unit that only the text knows."""
    if is_first_order:
        return replace(chain, adm1=chain.adm1 or name)
    return replace(chain, adm2=chain.adm2 or name)
