"""A report's places while they are being decided: which candidate, and whether it is a place at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casus.model import Evidence
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match, NameRank
from casus.resolving.places.building import kind_of
from casus.resolving.places.chains import Chain, Held, Named, in_sentence, join_told, narrower, with_unit
from casus.resolving.places.credibility import LIKELY_SHARE, Credibility
from casus.resolving.places.cues import read_cue
from casus.resolving.places.links import link
from casus.resolving.places.passage import Passage
from casus.resolving.places.ranking import Ranker
from casus.resolving.places.records import PlaceKind, PlaceRelation
from casus.resolving.places.senses import Clues, Sense, lies_in, own_weight
from casus.resolving.places.spotting import Spot

_METROPOLIS, _SMALL_TOWN = 500_000, 15_000
_LIKE_SPELLING = 0.88
_UNITS = frozenset({EntryKind.ADM1, EntryKind.ADM2})
_NARROW = frozenset({EntryKind.SETTLEMENT, EntryKind.ADM2})
_TYPES = frozenset({"unit", "settlement", "nature", "water", "attribute"})
_NO_SPELLINGS = frozenset({"feature", "nature", "water"})


class Draft:
    """The spots of one report with their cues, links, senses and the candidates chosen."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        ranker: Ranker,
        passage: Passage,
        spots: Sequence[Spot],
        clues: Clues,
    ) -> None:
        self._gazetteer = gazetteer
        self._ranker = ranker
        self._clues = clues
        self.passage = passage
        self.spots = list(spots)
        self.cues = [read_cue(passage, spot) for spot in spots]
        self.links = link(passage.text, self.spots, self.cues)
        self._rank()
        if self._add_spellings():
            self._rank()
        self._choices = [self._choose(sense) for sense in self.senses]
        if self._drop_ruled_out():
            self._choices = [self._choose(sense) for sense in self.senses]
        self.named = Named(gazetteer, self._unit_names())

    def _rank(self) -> None:
        self.senses, self.sense_of, self.context = self._ranker.rank(
            self.spots,
            self.cues,
            self.links,
            self._clues,
        )
        self._weigh_countries()

    def _drop_ruled_out(self) -> bool:
        """Take what was ruled out from the evidence for countries; True where it was any."""
        ruled_out = [
            sense
            for sense, chosen in zip(self.senses, self._choices, strict=True)
            if chosen is None and own_weight(sense)
        ]
        weights = self.context.firm_weights
        for sense in ruled_out:
            code = sense.candidates[sense.best_index].entry.country_code or ""
            weights[code] = max(0.0, weights[code] - own_weight(sense))
        self._weigh_countries()
        return bool(ruled_out)

    def _weigh_countries(self) -> None:
        """Set the countries that the report speaks of, and what they let a name mean."""
        shares = {code: self.context.firm_share(code) for code in sorted(self.context.firm_weights)}
        likely = {code for code, share in shares.items() if share >= LIKELY_SHARE}
        self.likely = frozenset(self.context.named_countries | likely)
        self.main_country = max(shares, key=lambda code: shares[code]) if likely else None
        self._credibility = Credibility(
            self.passage,
            self.spots,
            self.cues,
            self.links,
            self.senses,
            self.sense_of,
            self.context,
            self.likely,
            self._ranker.capitals,
            self._clues.publisher_country,
        )

    def _add_spellings(self) -> bool:
        """Look for other spellings of names that have no fitting entry; True where one was found."""
        is_changed = False
        for sense in self.senses if self.likely else ():
            cues = [self.cues[at] for at in sense.mentions]
            is_wanted = any(cue.is_strong for cue in cues) or any(
                self.spots[at].is_extra for at in sense.mentions
            )
            if not is_wanted or any(cue.role in _NO_SPELLINGS for cue in cues):
                continue
            if sense.candidates and self._credibility.allows(sense):
                continue
            fresh = self._spellings(sense)
            for at in sense.mentions if fresh else ():
                self.spots[at] = replace(self.spots[at], matches=(*self.spots[at].matches, *fresh))
                is_changed = True
        return is_changed

    def _spellings(self, sense: Sense) -> tuple[Match, ...]:
        name = self.spots[sense.mentions[0]].name
        known = {match.entry.id for match in sense.candidates}
        found = self._gazetteer.alike(name, country_codes=self.likely, least=_LIKE_SPELLING)
        return tuple(
            match
            for match in found
            if match.entry.id not in known
            and match.rank is not NameRank.BARE
            and match.entry.kind in (*_UNITS, *_NARROW)
        )

    def _choose(self, sense: Sense) -> int | None:
        """The candidate to take for a sense, None for an unknown place."""
        if not sense.candidates:
            return None
        is_given = any(self.spots[at].is_given for at in sense.mentions)
        return sense.best_index if is_given or self._credibility.allows(sense) else None

    def _unit_names(self) -> dict[int, str]:
        """What the text calls the units that it names."""
        names: dict[int, str] = {}
        for sense, chosen in zip(self.senses, self._choices, strict=True):
            if chosen is not None and sense.candidates[chosen].entry.kind in _UNITS:
                name = in_sentence(self.spots[sense.mentions[0]].name)
                names.setdefault(sense.candidates[chosen].entry.id, name)
        return names

    def sense(self, at: int) -> Sense:
        """The sense of a spot."""
        return self.senses[self.sense_of[at]]

    def chosen(self, at: int) -> int | None:
        """The candidate for a spot: that of its sense, but for landforms and distances."""
        sense, chosen, cue = self.sense(at), self._choices[self.sense_of[at]], self.cues[at]
        if chosen is None or self.spots[at].is_given:
            return chosen
        entry = sense.candidates[chosen].entry
        if cue.role in ("nature", "water") and entry.kind in _NARROW:
            return None  # "the Dnipro river" is not at the city of Dnipro
        if cue.role == "feature" and entry.kind is EntryKind.COUNTRY:
            return None  # nor "Palestine Street" in Palestine
        is_measured = cue.relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET)
        if is_measured and entry.kind in _UNITS and cue.role != "unit":
            town = _town_in(sense, entry)  # distances are told from the town
            return chosen if town is None else town
        return chosen

    def entry(self, at: int) -> Entry | None:
        """The entry chosen for a spot."""
        chosen = self.chosen(at)
        return None if chosen is None else self.sense(at).candidates[chosen].entry

    def is_capital(self, entry: Entry) -> bool:
        """Whether an entry is the capital of its country."""
        return entry.id in self._ranker.capitals

    def is_place(self, at: int) -> bool:
        """Whether a spot is a place at all: a small town abroad, without a cue, is not."""
        spot, sense = self.spots[at], self.sense(at)
        if spot.is_extra or spot.is_given or spot.country is not None:
            return True
        chosen = self.chosen(at)
        if spot.is_tentative and chosen is None:
            return False
        is_cued = any(self.cues[other].is_strong for other in sense.mentions) or bool(sense.holders)
        if chosen is None:
            return is_cued and any(self.cues[other].role in _TYPES for other in sense.mentions)
        match = sense.candidates[chosen]
        is_here = match.entry.country_code in self.likely
        if is_cued:
            return True
        if match.entry.kind not in _NARROW and match.rank is not NameRank.ALIAS:
            is_large = match.entry.kind is not EntryKind.ADM1 or match.entry.population >= _METROPOLIS
            return is_here or is_large
        if spot.last - spot.first > 1 and match.rank is NameRank.OWN:
            return True
        if match.rank is NameRank.OWN:
            return is_here or match.entry.population >= _METROPOLIS
        return is_here and match.entry.population >= _SMALL_TOWN

    def held(self, at: int) -> Held:
        """What the text says a spot lies in; what it says of its neighbours in a list counts for it."""
        number = self.sense_of[at]
        groups = [
            self._holders(number),
            *(self._holders(sibling) for sibling in self.senses[number].siblings),
        ]
        holders = next((group for group in groups if group), [])
        chain, evidence, narrowest = Chain(), [], None
        for holder in holders:
            sense, chosen = self.senses[holder], self._choices[holder]
            spot = self.spots[sense.mentions[0]]
            evidence.append(Evidence(spot.start_char, spot.end_char, "place.container"))
            if chosen is None:
                chain = self._with_unknown_unit(chain, sense)
                continue
            entry = sense.candidates[chosen].entry
            chain = join_told(chain, self.named.chain(entry), entry.kind)
            narrowest = narrower(narrowest, entry)
        return Held(chain, tuple(dict.fromkeys(evidence)), narrowest)

    def _holders(self, number: int) -> list[int]:
        """All that the text puts a sense in, nearest first."""
        holders: list[int] = []
        queue = list(self.senses[number].holders)
        while queue:
            holder = queue.pop(0)
            if holder not in holders and holder != number:
                holders.append(holder)
                queue += self.senses[holder].holders
        return holders

    def _with_unknown_unit(self, chain: Chain, sense: Sense) -> Chain:
        units = [at for at in sense.mentions if self.cues[at].role == "unit"]
        if not units:
            return chain
        spot = self.spots[units[0]]
        is_first_order = kind_of(None, spot, self.cues[units[0]]) is PlaceKind.ADM1
        return with_unit(chain, in_sentence(spot.name), is_first_order=is_first_order)


def _town_in(sense: Sense, unit: Entry) -> int | None:
    """The settlement of a unit's name that lies in it."""
    return next(
        (
            index
            for index, match in enumerate(sense.candidates)
            if match.entry.kind is EntryKind.SETTLEMENT and lies_in(match.entry, unit)
        ),
        None,
    )
