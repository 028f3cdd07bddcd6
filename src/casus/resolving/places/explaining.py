"""Why one of the places that a name can mean is likelier than another, in words and weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match, NameRank
from casus.resolving.gazetteer_import import feature_words
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.ranking import Ranker, shares
from casus.resolving.places.spotting import Spotter
from casus.resolving.places.weights import N_STATIC, NAMES, WEIGHTS, Weights

_KIND_WORDS = {
    EntryKind.COUNTRY: "country",
    EntryKind.ADM1: "first-order unit",
    EntryKind.ADM2: "second-order unit",
    EntryKind.SETTLEMENT: "settlement",
    EntryKind.REGION: "region",
    EntryKind.WATER: "water",
    EntryKind.LOCAL_UNIT: "local unit",
    EntryKind.FEATURE: "feature",
}
_TERM_WORDS = {
    "is_country": "a country",
    "is_adm1": "a first-order unit",
    "is_adm2": "a lesser unit or feature",
    "is_region": "a region or sea",
    "is_bare": "named without the word for its kind",
    "is_capital": "capital of its country",
    "is_chief": "chief town of its first-order unit",
    "has_namesake": "a town in it has the name too",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A place that a name can mean, with its share of the weight and what speaks for and against it.

    `where` is what it lies in, narrow first.  `terms` are the features that count, each
    with what it adds to the score; `reasons` say the same in words.
    """

    entry: Entry
    share: float
    what: str
    where: tuple[str, ...]
    terms: tuple[tuple[str, float], ...]
    reasons: tuple[str, ...]


class Explainer:
    """Explains choices by the weights that resolving uses."""

    def __init__(self, gazetteer: Gazetteer, weights: Weights = WEIGHTS) -> None:
        self._gazetteer = gazetteer
        self._countries = CountryTable.load()
        self._spotter = Spotter(gazetteer, self._countries)
        self._ranker = Ranker(gazetteer, self._countries, weights)
        self._weights = weights

    def explain(
        self, name: str, *, country_code: str | None = None, unit: str | None = None, near: str | None = None
    ) -> tuple[Explained, ...]:
        """What a name may mean, likeliest first; none where no place has the name or a like one.

        `country_code` and `unit` (a unit's name) are where it should lie, `near` the
        name of a place that it should be near.
        """
        matches = list(self._spotter.candidates(name))
        codes = frozenset({country_code}) if country_code else frozenset()
        if not any(not codes or match.entry.country_code in codes for match in matches):
            matches += self._gazetteer.alike(name, country_codes=codes)
        units = self._gazetteer.lookup(unit) if unit else ()
        unit_ids = frozenset(m.entry.id for m in units if m.entry.kind in (EntryKind.ADM1, EntryKind.ADM2))
        anchor = self._anchor(near, country_code) if near else None
        rows = [
            (
                *terms,
                ("in the country asked for", self._weights.is_inside * (match.entry.country_code in codes)),
                (f"in {unit}", self._weights.is_inside * _is_in(match.entry, unit_ids)),
                *self._nearness(match.entry, anchor),
            )
            for match, terms in zip(matches, self._static_terms(matches), strict=True)
        ]
        all_shares = shares([sum(worth for _, worth in terms) for terms in rows])
        order = sorted(range(len(matches)), key=lambda at: (-all_shares[at], at))
        return tuple(self._explained(matches[at], all_shares[at], rows[at]) for at in order)

    def _static_terms(self, matches: Sequence[Match]) -> list[tuple[tuple[str, float], ...]]:
        weights = [getattr(self._weights, name) for name in NAMES[:N_STATIC]]
        return [
            tuple((name, value * weight) for name, value, weight in zip(NAMES, row, weights, strict=False))
            for row in self._ranker.rows_alone(matches)
        ]

    def _anchor(self, name: str, country_code: str | None) -> Entry | None:
        found = self.explain(name, country_code=country_code)
        return found[0].entry if found else None

    def _nearness(self, entry: Entry, anchor: Entry | None) -> tuple[tuple[str, float], ...]:
        if anchor is None or None in (entry.latitude, anchor.latitude) or entry.id == anchor.id:
            return ()
        ends = (
            entry.latitude or 0.0,
            entry.longitude or 0.0,
            anchor.latitude or 0.0,
            anchor.longitude or 0.0,
        )
        km = distance_km(*ends)
        worth = self._weights.very_near * math.exp(-km / 50) + self._weights.near * math.exp(-km / 300)
        return ((f"{km:,.0f} km from {anchor.name}", worth),)

    def _explained(self, match: Match, share: float, terms: Sequence[tuple[str, float]]) -> Explained:
        entry = match.entry
        units = [
            self._gazetteer.entry(unit_id)
            for unit_id in (entry.adm2_id, entry.adm1_id)
            if unit_id != entry.id
        ]
        where = [unit.name for unit in units if unit is not None]
        country = self._countries.by_code(entry.country_code) if entry.country_code else None
        if country is not None and entry.kind is not EntryKind.COUNTRY:
            where.append(country.name)
        counted = tuple((name, round(worth, 2)) for name, worth in terms if worth)
        words = feature_words().get(_with_class(entry.feature_code), _KIND_WORDS[entry.kind])
        return Explained(entry, share, words, tuple(where), counted, tuple(_reasons(match, counted)))


def _is_in(entry: Entry, unit_ids: frozenset[int]) -> bool:
    return bool(unit_ids & {entry.adm1_id, entry.adm2_id})


def _with_class(feature_code: str | None) -> str:
    """A feature code as `feature_codes.tsv` has it, with its class."""
    codes = {code.partition(".")[2]: code for code in feature_words()}
    return codes.get(feature_code or "", "")


def _reasons(match: Match, terms: Sequence[tuple[str, float]]) -> list[str]:
    """The terms in words, what weighs most first, each with what it adds."""
    ranked = sorted(terms, key=lambda term: -abs(term[1]))
    told = ["its own name"] if match.rank is NameRank.OWN and match.likeness == 1.0 else []
    for name, worth in ranked:
        if name == "population":
            words = f"{match.entry.population:,} people"
        elif name == "is_alias":
            words = "by another of its names"
        elif name == "is_unlike":
            words = f"spelt otherwise (likeness {match.likeness:.2f})"
        else:
            words = _TERM_WORDS.get(name, name)
        told.append(f"{words} {worth:+.1f}")
    return told
