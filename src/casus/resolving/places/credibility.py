"""Whether the likeliest candidate of a name may be meant at all, by the rest of the report.

Villages' names recur all over the world, and a gazetteer has one of them for nearly any
word.  A candidate that nothing else in the report speaks for is no answer: the name is
then kept as that of an unknown place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from casus.resolving.gazetteer import Entry, EntryKind, Match, NameRank
from casus.resolving.places.cues import Cue
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.links import Links
from casus.resolving.places.passage import Passage
from casus.resolving.places.senses import Context, Sense, is_firm, lies_in, own_weight
from casus.resolving.places.spotting import Spot

LIKELY_SHARE = 0.3
_LARGE_CITY, _METROPOLIS = 200_000, 500_000
_FORGIVEN_KM = 120.0
_NEIGHBOUR_KM = 200.0
_STRAY_KM, _STRAY_TOWN = 400.0, 50_000
_OUTWEIGHED = 10  # by how much a town must outweigh its namesakes abroad to be meant without more
_UNITS = frozenset({EntryKind.ADM1, EntryKind.ADM2})
_SMALL = frozenset({EntryKind.SETTLEMENT, EntryKind.LOCAL_UNIT, EntryKind.FEATURE})
_NARROW = frozenset({*_SMALL, EntryKind.ADM2})
_NO_TOWNS = frozenset({"unit", "feature", "nature", "water"})


@dataclass(frozen=True, slots=True)
class Credibility:
    """What a report says that may rule a candidate out.

    `likely` are the countries that it speaks of, `capitals` the entries of all capitals.
    """

    passage: Passage
    spots: Sequence[Spot]
    cues: Sequence[Cue]
    links: Links
    senses: Sequence[Sense]
    sense_of: Sequence[int]
    context: Context
    likely: frozenset[str]
    capitals: Collection[int]
    publisher_country: str | None

    def allows(self, sense: Sense) -> bool:
        """Whether the likeliest candidate of a sense may be meant."""
        match = sense.candidates[sense.best_index]
        entry, code = match.entry, match.entry.country_code
        is_typed = any(self.cues[at].noun is not None for at in sense.mentions)
        if entry.kind not in _NARROW and not (entry.kind is EntryKind.ADM1 and is_typed):
            return True
        if self._is_told_elsewhere(sense, entry) or self._is_measured_elsewhere(sense, entry):
            return False
        if self._is_stray(sense, match):
            return False
        if not self.likely or self._is_only_clue(sense):
            return self._is_clear(sense, match)
        if entry.population >= _LARGE_CITY and not is_typed:
            return True
        if self._is_named_by(sense, code) or self.context.firm_share(code, own_weight(sense)) >= LIKELY_SHARE:
            return True
        holders = (self.senses[number].best for number in sense.holders)
        return code == self.publisher_country or any(
            holder is not None and holder.entry.country_code == code for holder in holders
        )

    def _is_only_clue(self, sense: Sense) -> bool:
        """Whether nothing but the choice for one name speaks for a country."""
        return sum(self.context.firm_weights.values()) <= own_weight(sense)

    def _is_clear(self, sense: Sense, match: Match) -> bool:
        """Whether a name tells by itself which place is meant, in a report that gives no country away.

        A unit must be called what it is.  A settlement must be a great city or the chief town
        of a unit of its name, be far larger than its namesakes abroad, or have a neighbour.
        """
        entry = match.entry
        if entry.kind not in _SMALL:
            return True
        is_town = entry.kind is not EntryKind.FEATURE
        roles = {self.cues[at].role for at in sense.mentions}
        is_metropolis = entry.population >= _METROPOLIS and match.rank is NameRank.OWN
        is_other = is_town and bool(roles & (_NO_TOWNS - {"unit"} if is_metropolis else _NO_TOWNS))
        if is_other or match.rank is NameRank.ALIAS:
            return False
        others = [other.entry for other in sense.candidates]
        is_chief = any(other.kind is EntryKind.ADM1 and other.id == entry.adm1_id for other in others)
        abroad = (other.population for other in others if other.country_code != entry.country_code)
        is_large = entry.population >= _METROPOLIS or entry.population > _OUTWEIGHED * max(abroad, default=0)
        return is_chief or is_large or any(km <= _NEIGHBOUR_KM for km in self._distances(sense, entry))

    def _distances(self, sense: Sense, entry: Entry) -> Iterator[float]:
        """How far the likeliest places of the report's other names are from an entry, in kilometres."""
        for other in self.senses:
            best = other.best
            if other.key != sense.key and best is not None and best.entry.latitude is not None:
                yield _apart_km(entry, best.entry)

    def _is_stray(self, sense: Sense, match: Match) -> bool:
        """Whether a small place, or one of another spelling, is far from all else in its country."""
        entry = match.entry
        is_large = entry.population >= _STRAY_TOWN and match.likeness == 1.0
        if entry.kind not in _SMALL or is_large or sense.holders:
            return False
        others = [
            other.best.entry
            for other in self.senses
            if other.key != sense.key and other.best is not None and is_firm(other, other.best)
        ]
        here = [
            _apart_km(entry, other)
            for other in others
            if other.country_code == entry.country_code
            and other.kind in _NARROW | _UNITS
            and other.latitude is not None
            and other.id not in self.capitals
        ]
        return bool(here) and min(here) > _STRAY_KM

    def _is_named_by(self, sense: Sense, code: str | None) -> bool:
        """Whether the report has named a country by the end of the paragraph that first has a name."""
        if code not in self.context.named_countries:
            return False
        start = self.spots[sense.mentions[0]].end_char
        end = self.passage.text.find("\n", start)
        return any(
            spot.country is not None
            and spot.country.code == code
            and (end < 0 or spot.start_char < end)
            and (spot.is_demonym or cue.is_strong or cue.is_possessive or cue.is_dateline)
            for spot, cue in zip(self.spots, self.cues, strict=True)
        )

    def _is_told_elsewhere(self, sense: Sense, entry: Entry) -> bool:
        """Whether the text puts a name in a unit far from a candidate; moved borders are forgiven."""
        holders = (self.senses[number].best for number in sense.holders)
        units = [match.entry for match in holders if match is not None and match.entry.kind in _UNITS]
        if not units or any(lies_in(entry, unit) for unit in units):
            return False
        return all(_apart_km(entry, unit) > _FORGIVEN_KM for unit in units)

    def _is_measured_elsewhere(self, sense: Sense, entry: Entry) -> bool:
        """Whether a candidate lies far from what the text measures the name from: "X, 3 km from Y"."""
        for inner, outer in self.links.nearby:
            anchor = self.senses[self.sense_of[outer]].best
            if inner not in sense.mentions or anchor is None or anchor.entry.kind not in _NARROW:
                continue
            told = self.cues[outer].distance_km or 0.0
            if _apart_km(entry, anchor.entry) > 2 * told + _FORGIVEN_KM:
                return True
        return False


def _apart_km(one: Entry, other: Entry) -> float:
    """The distance of two entries; 0 where either has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 0.0
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
