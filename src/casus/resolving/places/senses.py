"""The names of a report as senses, each with its candidates, and what the report says as a whole."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from casus.resolving.gazetteer import Entry, EntryKind, Match, NameRank
from casus.resolving.places.cues import Cue
from casus.resolving.places.links import Links
from casus.resolving.places.spotting import Spot, is_known

_NAMED, _DEMONYM, _DATELINE, _PUBLISHER, _CHOSEN, _MENTIONED = 1.0, 0.8, 1.5, 1.0, 0.6, 0.4
_PEOPLE, _ACTOR = 0.2, 0.8
# Peoples who live in several countries under one name: "Bosnian Serbs", "Croats of Herzegovina".
_PEOPLES = frozenset({"serb", "serbs", "croat", "croats"})
_UNIT_KINDS = frozenset({EntryKind.ADM1, EntryKind.ADM2})
_POINT_KINDS = frozenset({EntryKind.SETTLEMENT, EntryKind.ADM2, EntryKind.LOCAL_UNIT, EntryKind.FEATURE})
_MOST_NEIGHBOURS = 24
_FIRM_POPULATION = 50_000
_NO_SENSE = -1


@dataclass(frozen=True, slots=True)
class Clues:
    """What speaks for a country beside the names of places.

    `publisher_country` is where the publisher is, `actor_countries` the home of each
    group that the report names, `evidence` the places that bodies and peoples are named for.
    """

    publisher_country: str | None = None
    actor_countries: tuple[str, ...] = ()
    evidence: tuple[tuple[Match, ...], ...] = ()


@dataclass(slots=True)
class Sense:
    """A name of the report with all its mentions, and the candidates for what it means.

    `is_unit` sets "Kirkuk province" apart from "Kirkuk"; `is_cued` says that the words
    around a mention call it a place.  `shares` are those of the
    candidates, in their order; `rows` their features; `holders` are the senses that
    the text puts it in, `held` those that it puts in it.
    """

    key: str
    is_unit: bool
    candidates: list[Match] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    statics: list[tuple[float, ...]] = field(default_factory=list)
    rows: list[tuple[float, ...]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    siblings: list[int] = field(default_factory=list)
    is_country: bool = False
    is_demonym: bool = False
    is_dateline: bool = False
    is_cued: bool = False

    @property
    def best(self) -> Match | None:
        """The likeliest candidate."""
        return self.candidates[self.best_index] if self.candidates else None

    @property
    def best_index(self) -> int:
        """The index of the likeliest candidate; there must be one."""
        return self.shares.index(max(self.shares))


@dataclass(slots=True)
class Context:
    """What the report as a whole says about where it is.

    `namesakes` are the senses of each name ("Hangu" and "Hangu District"), which do not bear
    each other out; `named_units` gives the sense that names a unit; `points` are (sense, latitude,
    longitude) of the places chosen; `capitals` are the senses that mean one.  `firm_weights` are
    the country weights without the choices for small places, which bear each other out.
    `home` is the publisher's country.
    """

    country_weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    named_countries: set[str] = field(default_factory=set)
    named_units: dict[int, int] = field(default_factory=dict)
    adm1_counts: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    points: list[tuple[int, float, float]] = field(default_factory=list)
    country_total: float = 0.0
    adm1_total: float = 0.0
    capitals: set[int] = field(default_factory=set)
    firm_weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    namesakes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    home: str | None = None

    def country_share(self, code: str | None) -> float:
        """The share of the evidence that speaks for a country."""
        if code is None or not self.country_total:
            return 0.0
        return self.country_weights.get(code, 0.0) / self.country_total

    def firm_share(self, code: str | None, without: float = 0.0) -> float:
        """The share of the firm evidence that speaks for a country, less a part of it."""
        total = sum(self.firm_weights.values()) - without
        return (self.firm_weights.get(code or "", 0.0) - without) / total if total > 0 else 0.0


def gather(spots: Sequence[Spot], cues: Sequence[Cue], links: Links) -> tuple[list[Sense], list[int]]:
    """The senses of some spots, tied by the links of the text, and the sense of each spot."""
    senses: list[Sense] = []
    index_of: dict[tuple[str, bool, bool], int] = {}
    sense_of: list[int] = []
    apart = _told_apart(spots, links)
    for number, (spot, cue) in enumerate(zip(spots, cues, strict=True)):
        is_unit = cue.role == "unit"
        is_country = bool(spot.matches) and spot.matches[0].entry.kind is EntryKind.COUNTRY
        name = spot.country.name if spot.country is not None and is_country else spot.key
        identity = (name + apart.get(number, ""), is_unit, spot.is_demonym)
        index = index_of.get(identity)
        if index is None:
            index = index_of[identity] = len(senses)
            senses.append(Sense(spot.key, is_unit, is_demonym=spot.is_demonym))
        sense = senses[index]
        known = {match.entry.id for match in sense.candidates}
        sense.candidates += [match for match in spot.matches if match.entry.id not in known]
        sense.mentions.append(number)
        sense.is_country |= spot.country is not None and is_country
        sense.is_dateline |= cue.is_dateline
        sense.is_cued |= cue.is_strong
        sense_of.append(index)
    _tie(senses, sense_of, links)
    return senses, sense_of


def _told_apart(spots: Sequence[Spot], links: Links) -> dict[int, str]:
    """What sets the namesakes of a report apart: "Victoria, Australia" is not "Victoria, Texas"."""
    outer_of: dict[int, str] = {}
    for found in links.containments:
        if found.inner + 1 == found.outer and spots[found.outer].matches:
            outer_of.setdefault(found.inner, spots[found.outer].key)
    outers: dict[str, set[str]] = defaultdict(set)
    for inner, outer in outer_of.items():
        outers[spots[inner].key].add(outer)
    return {inner: f" in {outer}" for inner, outer in outer_of.items() if len(outers[spots[inner].key]) > 1}


def _tie(senses: Sequence[Sense], sense_of: Sequence[int], links: Links) -> None:
    for found in links.containments:
        inner, outer = sense_of[found.inner], sense_of[found.outer]
        if inner == outer or (found.is_weak and not _is_possible(senses[inner], senses[outer])):
            continue
        if found.is_weak and senses[inner].is_country and senses[outer].is_country:
            continue  # "Colombia, Brazil and Guyana" is a list
        if outer not in senses[inner].holders:
            senses[inner].holders.append(outer)
            senses[outer].held.append(inner)
    for one, other in links.siblings:
        senses[sense_of[one]].siblings.append(sense_of[other])
        senses[sense_of[other]].siblings.append(sense_of[one])


def _is_possible(inner: Sense, outer: Sense) -> bool:
    """Whether some reading of "X, Y" puts X in Y; an unknown X may lie in any country or first-order unit."""
    if not inner.candidates:
        return any(match.entry.kind in (EntryKind.COUNTRY, EntryKind.ADM1) for match in outer.candidates[:2])
    return any(
        lies_in(one.entry, other.entry)
        for one in inner.candidates
        for other in outer.candidates
        if other.entry.kind is not EntryKind.SETTLEMENT
    )


def lies_in(entry: Entry, holder: Entry) -> bool:
    """Whether the gazetteer puts an entry inside a country or unit.

    A region holds what lies in its country, a settlement what shares its second-order unit.
    """
    if entry.id == holder.id:
        return False
    if holder.kind is EntryKind.COUNTRY:
        return entry.country_code == holder.country_code
    if holder.kind is EntryKind.ADM1:
        return entry.adm1_id == holder.id
    if holder.kind is EntryKind.ADM2:
        return entry.adm2_id == holder.id
    if holder.kind is EntryKind.REGION:
        return holder.country_code is not None and entry.country_code == holder.country_code
    return holder.adm2_id is not None and entry.adm2_id == holder.adm2_id


def base_context(senses: Sequence[Sense], clues: Clues) -> Context:
    """What the text says outright: countries, demonyms, the publisher, actors, bodies named for places."""
    context = Context(home=clues.publisher_country)
    if clues.publisher_country:
        context.country_weights[clues.publisher_country] += _PUBLISHER
    for code in clues.actor_countries:
        context.country_weights[code] += _ACTOR
    for sense in senses:
        top = sense.candidates[0].entry if sense.candidates else None
        if not sense.is_country or top is None or top.kind is not EntryKind.COUNTRY or not top.country_code:
            continue
        is_plain = sense.is_demonym or not any(
            match.entry.country_code != top.country_code and match.entry.kind not in _POINT_KINDS
            for match in sense.candidates
        )
        is_people = sense.key in _PEOPLES
        weight = _PEOPLE if is_people else _DEMONYM if sense.is_demonym else _NAMED
        weight *= 1 + math.log(len(sense.mentions))
        context.country_weights[top.country_code] += weight if is_plain else weight / 2
        if is_plain and not is_people:
            context.named_countries.add(top.country_code)
    for matches in clues.evidence:
        if matches and matches[0].entry.country_code and is_known(matches):
            entry = matches[0].entry
            context.country_weights[entry.country_code or ""] += _MENTIONED
            if entry.kind is EntryKind.ADM1:
                context.named_units[entry.id] = _NO_SENSE  # "the Chhattisgarh Armed Force"
    context.country_total = sum(context.country_weights.values())
    context.firm_weights = defaultdict(float, context.country_weights)
    return context


def with_choices(senses: Sequence[Sense], base: Context, capitals: frozenset[int]) -> Context:
    """The base context with what the last round chose."""
    context = Context(defaultdict(float, base.country_weights), set(base.named_countries), home=base.home)
    context.firm_weights = defaultdict(float, base.firm_weights)
    context.named_units = dict(base.named_units)
    for number, sense in enumerate(senses):
        context.namesakes[sense.key].append(number)
        if sense.candidates:
            index = sense.best_index
            if sense.candidates[index].entry.id in capitals:
                context.capitals.add(number)
            _add_choice(context, number, sense, sense.candidates[index], sense.shares[index])
    context.points = context.points[:_MOST_NEIGHBOURS]
    context.country_total = sum(context.country_weights.values())
    context.adm1_total = sum(context.adm1_counts.values())
    return context


def is_firm(sense: Sense, match: Match) -> bool:
    """Whether the choice for a name is evidence for its country by itself.

    A town must be large, and called a place where it only goes by that name too; a unit
    must be large or called one.
    """
    entry = match.entry
    if sense.is_dateline or entry.kind not in _POINT_KINDS:
        return True
    if sense.is_unit and entry.kind is EntryKind.ADM2 and match.rank is NameRank.OWN:
        return True
    return entry.population >= _FIRM_POPULATION and (sense.is_cued or match.rank is not NameRank.ALIAS)


def choice_weight(sense: Sense) -> float:
    """How much the choice for a name counts for its country."""
    return _DATELINE if sense.is_dateline else _CHOSEN


def own_weight(sense: Sense) -> float:
    """How much of the firm evidence for its country is the choice for a name itself."""
    best = sense.best
    return choice_weight(sense) * max(sense.shares) if best is not None and is_firm(sense, best) else 0.0


def _add_choice(context: Context, number: int, sense: Sense, match: Match, share: float) -> None:
    entry = match.entry
    if entry.country_code and not (sense.is_country and entry.kind is EntryKind.COUNTRY):
        context.country_weights[entry.country_code] += choice_weight(sense) * share
        if is_firm(sense, match):
            context.firm_weights[entry.country_code] += choice_weight(sense) * share
    if entry.kind in _UNIT_KINDS:
        context.named_units[entry.id] = number
    if entry.adm1_id is not None and entry.kind is not EntryKind.ADM1:
        context.adm1_counts[entry.adm1_id] += share
    if entry.kind in _POINT_KINDS and entry.latitude is not None and entry.longitude is not None:
        context.points.append((number, entry.latitude, entry.longitude))
