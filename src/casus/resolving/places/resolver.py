"""Resolves the places of a report together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casus.model import Evidence, PlaceCandidate
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match, NameRank
from casus.resolving.places import building, vocabulary
from casus.resolving.places.building import Chain, Held, Named
from casus.resolving.places.cues import Cue, read_cue
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.links import Links, link
from casus.resolving.places.passage import Passage, Span
from casus.resolving.places.ranking import Ranker
from casus.resolving.places.records import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.senses import Sense, lies_in
from casus.resolving.places.spotting import Spot, Spotter
from casus.resolving.places.weights import WEIGHTS, Weights

_SURE_SHARE = 0.5
_LIKELY_SHARE = 0.3
_LARGE_CITY = 200_000
_METROPOLIS = 500_000
_SMALL_TOWN = 15_000
_LIKE_SPELLING = 0.88
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)
_CAPITAL = re.compile(r"\b(?:the|its|their)\s+(?:\w+\s+){0,1}?(capital)\b(?!\s+(?:of|punishment|city of|markets?|offence|offense))", re.IGNORECASE)
_UNITS = frozenset({EntryKind.ADM1, EntryKind.ADM2})
_TYPES = ("unit", "settlement", "nature", "water")
_FORGIVEN_KM = 120.0
_NARROW = frozenset({EntryKind.SETTLEMENT, EntryKind.ADM2})


class PlaceResolver:
    """Finds and resolves the places of reports; one serves any number of them, in one thread."""

    def __init__(
        self, gazetteer: Gazetteer, countries: CountryTable | None = None, weights: Weights = WEIGHTS
    ) -> None:
        self._gazetteer = gazetteer
        self._countries = countries or CountryTable.load()
        self._spotter = Spotter(gazetteer, self._countries)
        self._ranker = Ranker(gazetteer, self._countries, weights)

    def resolve(
        self,
        text: str,
        *,
        publisher: str | None = None,
        blocked: Sequence[Span] = (),
        extra: Sequence[Span] = (),
    ) -> tuple[PlaceMention, ...]:
        """The place mentions of a report in order, none overlapping.

        `blocked` are spans that are known to be no places (persons, organisations);
        `extra` are proper names that the caller holds for places: they are kept even
        where the gazetteer has nothing under them.
        """
        passage = Passage(text, tuple(blocked))
        spotted = self._spotter.spot(passage, extra)
        return self._resolve(passage, spotted.spots, publisher, spotted.evidence)

    def resolve_spans(
        self, text: str, spans: Sequence[Span], *, publisher: str | None = None
    ) -> tuple[PlaceMention, ...]:
        """One mention for each of some spans that are known to be places, in order."""
        passage = Passage(text)
        return self._resolve(passage, self._spotter.given(passage, spans), publisher, [])

    def trace(
        self, text: str, spans: Sequence[Span], *, publisher: str | None = None
    ) -> tuple[tuple[Span, tuple[Match, ...], tuple[tuple[float, ...], ...]], ...]:
        """For each span its candidates and their features, in the order of `Weights`; for fitting them."""
        passage = Passage(text)
        spots = self._spotter.given(passage, spans)
        report = _Report(self._gazetteer, self._ranker, passage, spots, self._publisher_country(publisher), [])
        return report.trace()

    def candidates(
        self, name: str, *, country_code: str | None = None, adm1: str | None = None
    ) -> tuple[PlaceCandidate, ...]:
        """What a name may mean, likeliest first, with scores that add up to 1.

        Where `country_code` or `adm1` (a unit's name) is given, entries elsewhere
        score lower; they are not left out.  Other spellings are tried where no entry
        has the name itself.
        """
        matches = list(self._spotter.candidates(name, self._countries.by_name(name)))
        codes = frozenset({country_code}) if country_code else frozenset()
        if not any(not codes or match.entry.country_code in codes for match in matches):
            matches += self._gazetteer.alike(name, country_codes=codes)
        units = frozenset(match.entry.id for match in self._gazetteer.lookup(adm1)) if adm1 else frozenset()
        shares = self._ranker.shares_alone(matches, country_code, units)
        named = Named(self._gazetteer, {})
        order = sorted(range(len(matches)), key=lambda index: (-shares[index], index))
        return tuple(named.candidate(matches[index], shares[index]) for index in order)

    def _resolve(
        self,
        passage: Passage,
        spots: list[Spot],
        publisher: str | None,
        evidence: Sequence[tuple[Match, ...]],
    ) -> tuple[PlaceMention, ...]:
        if not spots and not evidence:
            return ()
        report = _Report(self._gazetteer, self._ranker, passage, spots, self._publisher_country(publisher), evidence)
        report.add_capitals(_capital_spots(passage, spots))
        return report.mentions(self._countries)

    def _publisher_country(self, publisher: str | None) -> str | None:
        """The country that a publisher's name or domain gives away."""
        if not publisher:
            return None
        for mention in self._countries.find(publisher):
            return mention.country.code
        label = publisher.rstrip("/").rsplit(".", 1)[-1].upper()
        code = "GB" if label == "UK" else label
        country = self._countries.by_code(code) if "." in publisher and len(code) == 2 else None
        return country.code if country else None


def _capital_spots(passage: Passage, spots: Sequence[Spot]) -> list[Spot]:
    """Where the text says "the capital" or "the Somali capital"."""
    found = []
    for match in _CAPITAL.finditer(passage.text):
        first = passage.find_word(match.start(1))
        start = match.start(1)
        before = next((spot for spot in spots if spot.is_demonym and spot.last == first), None)
        after = passage.text[match.end(1) : match.end(1) + 2]
        if after.startswith(",") and any(spot.start_char == match.end(1) + 2 for spot in spots):
            continue  # "the capital, Sanaa": the name says it
        if any(spot.first == first + 1 for spot in spots):
            continue
        name = passage.text[before.start_char if before else start : match.end(1)]
        country = before.country if before else None
        found.append(
            Spot(before.first if before else first, first + 1, before.start_char if before else start, match.end(1), name, "", (), country, is_given=True)
        )
    return found


class _Report:
    """The places of one report on their way to mentions."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        ranker: Ranker,
        passage: Passage,
        spots: list[Spot],
        publisher_country: str | None,
        evidence: Sequence[tuple[Match, ...]],
    ) -> None:
        self._gazetteer = gazetteer
        self._ranker = ranker
        self._passage = passage
        self._publisher_country = publisher_country
        self._evidence = evidence
        self._capitals: list[tuple[Spot, Entry]] = []
        self._spots = spots
        self._cues = [read_cue(passage, spot) for spot in spots]
        self._links: Links = link(passage.text, self._spots, self._cues)
        self._rank()
        if self._add_spellings():
            self._rank()
        self._chosen = [self._choose(number) for number in range(len(self._senses))]
        self._named = Named(gazetteer, self._unit_names())

    def _rank(self) -> None:
        self._senses, self._sense_of, self._context = self._ranker.rank(
            self._spots,
            self._cues,
            self._links,
            publisher_country=self._publisher_country,
            evidence=self._evidence,
        )

    def _likely_countries(self) -> frozenset[str]:
        named = self._context.named_countries
        likely = {
            code for code in self._context.country_weights if self._context.country_share(code) >= _LIKELY_SHARE
        }
        return frozenset(named | likely)

    def _add_spellings(self) -> bool:
        """Look for other spellings of names that have no fitting entry; True where one was found."""
        codes = self._likely_countries()
        if not codes:
            return False
        is_changed = False
        for number, sense in enumerate(self._senses):
            numbers = [at for at, other in enumerate(self._sense_of) if other == number]
            is_wanted = any(self._cues[at].is_strong or self._spots[at].is_extra for at in numbers)
            is_wanted &= not any(self._cues[at].role in ("feature", "nature", "water") for at in numbers)
            if not is_wanted or (sense.candidates and self._is_credible(sense, sense.best_index)):
                continue
            spot = self._spots[numbers[0]]
            found = self._gazetteer.alike(spot.name, country_codes=codes, least=_LIKE_SPELLING)
            known = {match.entry.id for match in spot.matches}
            fresh = tuple(match for match in found if match.entry.id not in known and match.rank is not NameRank.BARE)
            if fresh:
                self._spots = [
                    replace(other, matches=(*other.matches, *fresh)) if at in numbers else other
                    for at, other in enumerate(self._spots)
                ]
                is_changed = True
        return is_changed

    def _is_credible(self, sense: Sense, index: int) -> bool:
        """Whether a candidate may be meant though the report speaks of other countries."""
        entry = sense.candidates[index].entry
        if entry.kind in _NARROW and self._is_told_elsewhere(sense, entry):
            return False
        likely = self._likely_countries()
        if entry.kind not in _NARROW or not likely:
            return True
        code = entry.country_code
        is_typed = any(self._cues[at].noun is not None for at in sense.mentions)
        if code in likely or (entry.population >= _LARGE_CITY and not is_typed):
            return True
        if code == self._publisher_country:
            return True
        return code is not None and self._is_held_in(sense, code)

    def _is_told_elsewhere(self, sense: Sense, entry: Entry) -> bool:
        """Whether the text puts a name in a unit far from a candidate; moved borders are forgiven."""
        holders = [self._senses[number].best for number in sense.holders]
        units = [match.entry for match in holders if match is not None and match.entry.kind in _UNITS]
        if not units or any(lies_in(entry, unit) for unit in units):
            return False
        return all(_apart_km(entry, unit) > _FORGIVEN_KM for unit in units)

    def _is_held_in(self, sense: Sense, code: str) -> bool:
        holders = (self._senses[number] for number in sense.holders)
        return any(holder.best is not None and holder.best.entry.country_code == code for holder in holders)

    def _choose(self, number: int) -> int | None:
        """The candidate to take for a sense, None for an unknown place."""
        sense = self._senses[number]
        if not sense.candidates:
            return None
        index = sense.best_index
        is_given = any(self._spots[at].is_given for at in sense.mentions)
        return index if is_given or self._is_credible(sense, index) else None

    def _chosen_at(self, at: int) -> int | None:
        """The candidate for one mention: its sense's, a landform's or an offset's apart."""
        sense, chosen, cue = self._senses[self._sense_of[at]], self._chosen[self._sense_of[at]], self._cues[at]
        if chosen is None or self._spots[at].is_given:
            return chosen
        entry = sense.candidates[chosen].entry
        if cue.role in ("nature", "water") and entry.kind in _NARROW:
            return None  # "the Dnipro river" is not at the city of Dnipro
        if cue.role == "feature" and entry.kind is EntryKind.COUNTRY:
            return None  # nor "Palestine Street" in Palestine
        if cue.relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET) and entry.kind in _UNITS and cue.role != "unit":
            return _namesake(sense, entry) or chosen
        return chosen

    def _is_kept(self, at: int) -> bool:
        """Whether a spot is a place at all: a small town elsewhere, without a cue, is not."""
        spot, cue = self._spots[at], self._cues[at]
        if spot.is_extra or spot.is_given or spot.country is not None:
            return True
        number = self._sense_of[at]
        sense, chosen = self._senses[number], self._chosen[number]
        is_cued = any(self._cues[other].is_strong for other in sense.mentions) or bool(sense.holders)
        if chosen is None or self._chosen_at(at) is None:
            return is_cued and any(self._cues[at].role in _TYPES for at in sense.mentions)
        match = sense.candidates[chosen]
        entry = match.entry
        if is_cued or entry.kind not in _NARROW:
            return cue.is_strong or is_cued or match.rank is not NameRank.ALIAS or entry.kind in _NARROW
        if spot.last - spot.first > 1 and match.rank is NameRank.OWN:
            return True
        is_here = self._context.country_share(entry.country_code) >= _LIKELY_SHARE
        if match.rank is not NameRank.OWN:
            return is_here and entry.population >= _SMALL_TOWN
        return is_here or entry.population >= _METROPOLIS

    def _unit_names(self) -> dict[int, str]:
        """What the text calls the units that it names."""
        names: dict[int, str] = {}
        for number, sense in enumerate(self._senses):
            chosen = self._chosen[number]
            if chosen is None or sense.candidates[chosen].entry.kind not in (EntryKind.ADM1, EntryKind.ADM2):
                continue
            names.setdefault(sense.candidates[chosen].entry.id, building.in_sentence(self._spots[sense.mentions[0]].name))
        return names

    def trace(self) -> tuple[tuple[Span, tuple[Match, ...], tuple[tuple[float, ...], ...]], ...]:
        """For each spot its candidates and their features."""
        traces = []
        for spot, number in zip(self._spots, self._sense_of, strict=True):
            sense = self._senses[number]
            traces.append(((spot.start_char, spot.end_char), tuple(sense.candidates), tuple(sense.rows)))
        return tuple(traces)

    def add_capitals(self, spots: Sequence[Spot]) -> None:
        """Add "the capital" as a mention of the capital of the country it stands for."""
        for spot in spots:
            code = spot.country.code if spot.country else self._main_country()
            entry = self._ranker.capital(code) if code else None
            if entry is not None:
                self._capitals.append((spot, entry))

    def _main_country(self) -> str | None:
        weights = self._context.country_weights
        code = max(sorted(weights), key=lambda one: weights[one], default=None)
        return code if code and self._context.country_share(code) >= _LIKELY_SHARE else None

    def mentions(self, countries: CountryTable) -> tuple[PlaceMention, ...]:
        """The mentions in order."""
        kept: list[PlaceMention] = []
        index_of: dict[int, int] = {}
        fallback = self._fallback()
        for at, (spot, cue) in enumerate(zip(self._spots, self._cues, strict=True)):
            if not self._is_kept(at):
                continue
            index_of[at] = len(kept)
            number = self._sense_of[at]
            sense, chosen = self._senses[number], self._chosen_at(at)
            held = self._held(number)
            mention = building.build_mention(self._named, spot, cue, sense, chosen, held, fallback)
            kept.append(replace(mention, is_metonym=self._is_metonym(spot, cue, mention, countries)))
        kept = building.join_between(kept, self._between(index_of))
        for spot, entry in self._capitals:
            kept.append(self._capital_mention(spot, entry))
        taken = [(m.start_char, m.end_char) for m in kept if m.place.evidence[0].rule == "place.capital"]
        kept = [m for m in kept if not _is_swallowed(m, taken)]
        return tuple(sorted(kept, key=lambda mention: mention.start_char))

    def _capital_mention(self, spot: Spot, entry: Entry) -> PlaceMention:
        cue = read_cue(self._passage, spot)
        sense = Sense("", is_unit=False, candidates=[Match(entry, NameRank.ALIAS, 1.0)], shares=[0.9])
        mention = building.build_mention(self._named, spot, cue, sense, 0, Held(Chain(), (), None), Chain())
        evidence = Evidence(spot.start_char, spot.end_char, "place.capital")
        return replace(mention, place=replace(mention.place, evidence=(evidence, *mention.place.evidence[1:])))

    def _between(self, index_of: dict[int, int]) -> list[tuple[int, int]]:
        pairs = []
        for one, other in self._links.siblings:
            start = self._cues[one].phrase_start
            is_between = _BETWEEN.search(self._passage.text[max(0, start - 30) : start])
            if is_between and one in index_of and other in index_of and other == one + 1:
                pairs.append((index_of[one], index_of[other]))
        return pairs

    def _held(self, number: int) -> Held:
        """What the text says the name of a sense lies in; a sibling's holders count where it has none."""
        holders = self._all_holders(number)
        if not holders:
            for sibling in self._senses[number].siblings:
                holders = self._all_holders(sibling)
                if holders:
                    break
        chain, evidence, narrowest = Chain(), [], None
        for holder in holders:
            sense, chosen = self._senses[holder], self._chosen[holder]
            spot = self._spots[sense.mentions[0]]
            evidence.append(Evidence(spot.start_char, spot.end_char, "place.container"))
            entry = sense.candidates[chosen].entry if chosen is not None else None
            chain = self._joined(chain, entry, sense, building.in_sentence(spot.name))
            if entry is not None and entry.kind is not EntryKind.WATER:
                narrowest = _narrower(narrowest, entry)
        return Held(chain, tuple(dict.fromkeys(evidence)), narrowest)

    def _all_holders(self, number: int) -> list[int]:
        holders, queue = [], list(self._senses[number].holders)
        while queue:
            holder = queue.pop(0)
            if holder not in holders and holder != number:
                holders.append(holder)
                queue += self._senses[holder].holders
        return holders

    def _joined(self, chain: Chain, entry: Entry | None, sense: Sense, name: str) -> Chain:
        """A chain with one more place that the text gives; the first one said wins."""
        if entry is None:
            role_cue = next((self._cues[at] for at in sense.mentions if self._cues[at].role == "unit"), None)
            if role_cue is None:
                return chain
            is_first = building.kind_of(None, self._spots[sense.mentions[0]], role_cue) is PlaceKind.ADM1
            if is_first:
                return replace(chain, adm1=chain.adm1 or name)
            return replace(chain, adm2=chain.adm2 or name)
        told = self._named.chain(entry)
        if chain.country_code not in (None, told.country_code):
            return chain
        is_unit = entry.kind in (EntryKind.ADM1, EntryKind.ADM2, EntryKind.SETTLEMENT)
        return Chain(
            told.country_code,
            told.adm1 if entry.kind is EntryKind.ADM1 else chain.adm1 or (told.adm1 if is_unit else None),
            chain.adm2 or (told.adm2 if is_unit else None),
            chain.adm1_id or told.adm1_id,
            chain.adm2_id or told.adm2_id,
        )

    def _fallback(self) -> Chain:
        code = self._main_country()
        return Chain(code) if code and self._context.country_share(code) >= _SURE_SHARE else Chain()

    def _is_metonym(self, spot: Spot, cue: Cue, mention: PlaceMention, countries: CountryTable) -> bool:
        """A capital or a country that speaks or acts: its government is meant."""
        if cue.is_strong or cue.is_possessive or spot.is_demonym:
            return False
        if mention.kind is not PlaceKind.COUNTRY and countries.seat_of(spot.name) is None:
            return False
        keys = self._passage.keys
        position = spot.last
        if keys[position : position + 1] == ("and",) and position + 2 < len(keys):
            position += 2
        return position < len(keys) and keys[position] in vocabulary.SAYING_VERBS


def _namesake(sense: Sense, unit: Entry) -> int | None:
    """The settlement of a unit's name that lies in it: distances are told from the town."""
    return next(
        (
            index
            for index, match in enumerate(sense.candidates)
            if match.entry.kind is EntryKind.SETTLEMENT and lies_in(match.entry, unit)
        ),
        None,
    )


def _apart_km(one: Entry, other: Entry) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 0.0
    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude)


def _is_swallowed(mention: PlaceMention, taken: Sequence[Span]) -> bool:
    if mention.place.evidence[0].rule == "place.capital":
        return False
    return any(start <= mention.start_char and mention.end_char <= end for start, end in taken)


def _narrower(one: Entry | None, other: Entry) -> Entry:
    if one is None:
        return other
    order = (EntryKind.SETTLEMENT, EntryKind.ADM2, EntryKind.ADM1, EntryKind.REGION, EntryKind.COUNTRY)
    return min(one, other, key=lambda entry: order.index(entry.kind))
