"""Chooses among the candidates of each name by the whole report: one sense a name.

The choice is made in rounds: each round scores every candidate against the countries,
units and places that the round before chose for the other names.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from operator import mul

from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match, NameRank
from casus.resolving.places.cues import Cue
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.links import Links
from casus.resolving.places.records import PlaceRelation
from casus.resolving.places.senses import Clues, Context, Sense, base_context, gather, lies_in, with_choices
from casus.resolving.places.spotting import Spot
from casus.resolving.places.weights import N_CHEAP, N_STATIC, WEIGHTS, Weights

ROUNDS = 3
_MOST_NEAR = 12
_WIDE = frozenset({EntryKind.REGION, EntryKind.WATER})
_UNPLACED = frozenset({EntryKind.REGION, EntryKind.WATER, EntryKind.COUNTRY})
_UNITS = frozenset({EntryKind.ADM1, EntryKind.ADM2})
# What news names less often than towns; the weight was fitted on second-order units.
_LESSER = frozenset({EntryKind.ADM2, EntryKind.LOCAL_UNIT, EntryKind.FEATURE})
_TOWN = 5_000
_FAR_KM = 1500.0
_FAR_DEGREES = 10.0
_LOG_LARGEST = 7.0
_NO_SHARE = 0.01
_DWARFS = 30


class Ranker:
    """Chooses candidates; one serves any number of reports."""

    def __init__(self, gazetteer: Gazetteer, countries: CountryTable, weights: Weights = WEIGHTS) -> None:
        self._gazetteer = gazetteer
        self._countries = countries
        row = astuple(weights)
        self._static, self._cheap, self._near = row[:N_STATIC], row[N_STATIC:N_CHEAP], row[N_CHEAP:]
        self._inside = weights.is_inside
        self._capitals: frozenset[int] | None = None

    def rank(
        self,
        spots: Sequence[Spot],
        cues: Sequence[Cue],
        links: Links,
        clues: Clues,
    ) -> tuple[list[Sense], list[int], Context]:
        """The senses of a report's names, the sense of each spot, and the context at the end."""
        senses, sense_of = gather(spots, cues, links)
        base = base_context(senses, clues)
        for sense in senses:
            sense_cues = [cues[number] for number in sense.mentions]
            homes, dwarfed = _homes(sense.candidates), _dwarfed(sense.candidates)
            sense.statics = [
                self._static_row(match, sense.is_unit, sense_cues, homes, dwarfed)
                for match in sense.candidates
            ]
            sense.shares = shares([_dot(row, self._static) for row in sense.statics])
        context = base
        for _ in range(ROUNDS):
            context = with_choices(senses, base, self.capitals)
            self._round(senses, context)
        return senses, sense_of, context

    def shares_alone(
        self, matches: Sequence[Match], country_code: str | None, adm1_ids: frozenset[int]
    ) -> list[float]:
        """The shares of candidates without a report, given the country and unit they should lie in."""
        return shares(
            [
                _dot(row, self._static)
                + self._inside * (match.entry.country_code == country_code)
                + self._inside * (match.entry.adm1_id in adm1_ids)
                for match, row in zip(matches, self.rows_alone(matches), strict=True)
            ]
        )

    def rows_alone(self, matches: Sequence[Match]) -> list[tuple[float, ...]]:
        """What the name alone says about some candidates, in the order of `Weights`."""
        homes, dwarfed = _homes(matches), _dwarfed(matches)
        return [
            self._static_row(match, is_unit=False, cues=(), homes=homes, dwarfed=dwarfed) for match in matches
        ]

    def _round(self, senses: Sequence[Sense], context: Context) -> None:
        """Score every candidate of every name against the last choices, then take the new shares."""
        new = [
            self._scores(number, sense, senses, context) if len(sense.candidates) > 1 else None
            for number, sense in enumerate(senses)
        ]
        for sense, scores in zip(senses, new, strict=True):
            if scores is not None:
                sense.shares = shares(scores)

    def _scores(self, number: int, sense: Sense, senses: Sequence[Sense], context: Context) -> list[float]:
        others = min(1.0, len(context.capitals - {number}) / 2)
        rows = [
            (
                *static,
                *_cheap_row(match.entry, number, senses, context),
                others * (match.entry.id in self.capitals),
            )
            for static, match in zip(sense.statics, sense.candidates, strict=True)
        ]
        scores = [_dot(row, self._static) + _dot(row[N_STATIC:], self._cheap) for row in rows]
        likely = sorted(range(len(scores)), key=lambda at: -scores[at])[:_MOST_NEAR]
        sense.rows = [(*row, 0.0, 0.0) for row in rows]
        for index in likely:
            near = _near_row(sense.candidates[index].entry, context.namesakes[sense.key], context)
            scores[index] += _dot(near, self._near)
            sense.rows[index] = (*rows[index], *near)
        return scores

    def _static_row(
        self,
        match: Match,
        is_unit: bool,
        cues: Iterable[Cue],
        homes: frozenset[int],
        dwarfed: frozenset[int],
    ) -> tuple[float, ...]:
        """What the name and its nouns say about a candidate, in the order of `Weights`."""
        entry, kind = match.entry, match.entry.kind
        agrees, differs = _noun_fit(entry, cues)
        adm1 = self._gazetteer.entry(entry.adm1_id) if kind is EntryKind.SETTLEMENT else None
        return (
            float(kind is EntryKind.COUNTRY),
            float(kind is EntryKind.ADM1),
            float(kind in _LESSER),
            float(kind in _WIDE),
            math.log10(1 + entry.population) / _LOG_LARGEST,
            float(match.rank is NameRank.ALIAS),
            float(match.rank is NameRank.BARE and not is_unit),
            float(entry.id in self.capitals),
            float(adm1 is not None and adm1.chief_id == entry.id),
            agrees,
            differs,
            float(not is_unit and entry.id in homes and kind in _UNITS),
            float(entry.id in dwarfed),
            1.0 - match.likeness,
        )

    @property
    def capitals(self) -> frozenset[int]:
        """The entries of the capitals of the world."""
        if self._capitals is None:
            found = (self.capital(country.code) for country in self._countries.countries if country.code)
            self._capitals = frozenset(entry.id for entry in found if entry is not None)
        return self._capitals

    def capital(self, code: str) -> Entry | None:
        """The entry of a country's capital."""
        country = self._countries.by_code(code)
        if country is None or country.capital is None:
            return None
        settlements = (
            match.entry
            for match in self._gazetteer.lookup(country.capital)
            if match.entry.kind is EntryKind.SETTLEMENT and match.entry.country_code == code
        )
        return next(settlements, None)


def _cheap_row(entry: Entry, number: int, senses: Sequence[Sense], context: Context) -> tuple[float, ...]:
    """What the report says about a candidate without distances, in the order of `Weights`."""
    sense = senses[number]
    code, adm1_id = entry.country_code, entry.adm1_id
    share = adm1_named = 0.0
    if adm1_id is not None:
        own_vote = sum(
            max(senses[other].shares)
            for other in context.namesakes[sense.key]
            if _votes_for(senses[other], adm1_id)
        )
        share = max(0.0, context.adm1_counts.get(adm1_id, 0.0) - own_vote) / max(
            1.0, context.adm1_total - 1.0
        )
        is_inner = entry.kind is not EntryKind.ADM1
        adm1_named = float(is_inner and context.named_units.get(adm1_id, number) != number)
    inside, outside, elsewhere = _containment(entry, sense, senses) if sense.holders else (0.0, 0.0, 0.0)
    holds = max((_held_share(entry, senses[held]) for held in sense.held), default=0.0)
    named = float(code in context.named_countries)
    only = named if len(context.named_countries) == 1 else 0.0
    home = float(code is not None and code == context.home)
    return (
        context.country_share(code),
        named,
        only,
        home,
        adm1_named,
        share,
        inside,
        outside,
        elsewhere,
        holds,
    )


def _containment(entry: Entry, sense: Sense, senses: Sequence[Sense]) -> tuple[float, float, float]:
    """How far the places that the text puts a name in hold a candidate: inside, outside, elsewhere."""
    inside = outside = elsewhere = 0.0
    for number in sense.holders:
        holder = senses[number]
        if not holder.candidates:
            continue
        share_in = share_country = 0.0
        for match, share in zip(holder.candidates, holder.shares, strict=True):
            if share < _NO_SHARE:
                continue
            if lies_in(entry, match.entry):
                share_in += share
            elif match.entry.country_code == entry.country_code:
                share_country += share
        inside += share_in
        elsewhere += share_country * (1 - share_in)
        outside += max(0.0, 1.0 - share_in - share_country)
    return min(inside, 1.5), min(outside, 1.5), min(elsewhere, 1.0)


def _held_share(entry: Entry, held: Sense) -> float:
    if not held.candidates or entry.kind in (EntryKind.SETTLEMENT, EntryKind.FEATURE):
        return 0.0
    return sum(
        share
        for match, share in zip(held.candidates, held.shares, strict=True)
        if lies_in(match.entry, entry)
    )


def _votes_for(sense: Sense, adm1_id: int) -> bool:
    """Whether the likeliest candidate of a sense lies in a first-order unit."""
    best = sense.best
    return best is not None and best.entry.adm1_id == adm1_id and best.entry.kind is not EntryKind.ADM1


def _near_row(entry: Entry, namesakes: Sequence[int], context: Context) -> tuple[float, float]:
    """Nearness to the nearest place of the report with another name; 0 for what has no point of its own."""
    if entry.latitude is None or entry.longitude is None or entry.kind in _UNPLACED:
        return 0.0, 0.0
    nearest = _FAR_KM
    for other, latitude, longitude in context.points:
        if other not in namesakes and abs(latitude - entry.latitude) < _FAR_DEGREES:
            nearest = min(nearest, distance_km(entry.latitude, entry.longitude, latitude, longitude))
    return math.exp(-nearest / 50), math.exp(-nearest / 300)


def _homes(matches: Iterable[Match]) -> frozenset[int]:
    """The units that share their name with a town in them, or with a sea or region ("Red Sea" state)."""
    matches = tuple(matches)
    if any(match.entry.kind in _WIDE for match in matches):
        return frozenset(match.entry.id for match in matches if match.entry.kind in _UNITS)
    return frozenset(
        unit_id
        for match in matches
        if match.entry.kind is EntryKind.SETTLEMENT and match.entry.population >= _TOWN
        for unit_id in (match.entry.adm1_id, match.entry.adm2_id)
        if unit_id is not None
    )


def _dwarfed(matches: Iterable[Match]) -> frozenset[int]:
    """The settlements with a far larger namesake elsewhere in their country: California in Pennsylvania."""
    matches = tuple(matches)
    largest: dict[str | None, Entry] = {}
    for match in matches:
        entry = match.entry
        known = largest.get(entry.country_code)
        is_wide = entry.kind in (EntryKind.ADM1, EntryKind.SETTLEMENT) and match.rank is NameRank.OWN
        if is_wide and (known is None or entry.population > known.population):
            largest[entry.country_code] = entry
    return frozenset(
        entry.id
        for entry in (match.entry for match in matches)
        if entry.kind is EntryKind.SETTLEMENT
        and (other := largest.get(entry.country_code)) is not None
        and other.id != entry.adm1_id
        and other.population > _DWARFS * max(entry.population, 1)
    )


def _noun_fit(entry: Entry, cues: Iterable[Cue]) -> tuple[float, float]:
    """Whether the nouns that stand with a name fit a candidate's kind."""
    agrees = differs = 0.0
    for cue in cues:
        if cue.relation is PlaceRelation.BORDER and cue.noun is None:
            fits = entry.kind is EntryKind.COUNTRY  # "the border with Niger"
            agrees, differs = (1.0, differs) if fits else (agrees, 1.0)
        if cue.noun is None:
            continue
        if cue.role == "unit":
            is_region = entry.kind is EntryKind.REGION and cue.noun.word == "region"
            is_local = entry.kind is EntryKind.LOCAL_UNIT and EntryKind.ADM2 in cue.levels
            fits = entry.kind in cue.levels or is_region or is_local
        elif cue.role == "settlement":
            fits = entry.kind is EntryKind.SETTLEMENT
        elif entry.kind is EntryKind.FEATURE:
            fits = True
        else:
            continue
        agrees, differs = (1.0, differs) if fits else (agrees, 1.0)
    return agrees, differs


def _dot(row: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(mul, row, weights), 0.0)


def shares(scores: Sequence[float]) -> list[float]:
    """Scores as shares that add up to 1."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
