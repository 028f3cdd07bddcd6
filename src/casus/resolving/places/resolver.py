"""Resolves the places of a report together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casus.model import PlaceCandidate
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Gazetteer, Match, NameRank
from casus.resolving.places.building import build_mention
from casus.resolving.places.capitals import RULE as CAPITAL_RULE
from casus.resolving.places.capitals import capital_mention, find_capitals, is_metonym, without_swallowed
from casus.resolving.places.chains import Chain, Named
from casus.resolving.places.draft import Draft
from casus.resolving.places.joint import at_offsets, join_between, share_border
from casus.resolving.places.links import leads_along
from casus.resolving.places.passage import Passage, Span
from casus.resolving.places.publishers import publisher_country
from casus.resolving.places.ranking import Ranker
from casus.resolving.places.records import PlaceKind, PlaceMention
from casus.resolving.places.search import Spotted, find_spots
from casus.resolving.places.senses import Clues
from casus.resolving.places.spotting import Spot, Spotter
from casus.resolving.places.surroundings import surroundings
from casus.resolving.places.weights import WEIGHTS, Weights

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)
_ROAD = re.compile(r"\s+(?:road|highway|route|motorway|railway|axis)\b")
_LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class Trace:
    """The candidates of one span with their features, in the order of `Weights`."""

    span: Span
    candidates: tuple[Match, ...]
    rows: tuple[tuple[float, ...], ...]


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
        actor_countries: Sequence[str] = (),
    ) -> tuple[PlaceMention, ...]:
        """The place mentions of a report, in order.

        `blocked` are spans that are known to be no places (persons, organisations);
        `extra` are proper names that the caller holds for places: they are kept even
        where the gazetteer has nothing under them.  `publisher` may be a name or a
        domain; it counts where it gives a country away, as do `actor_countries`, the
        homes (ISO alpha-2) of the groups that the report names.
        """
        passage = Passage(text, tuple(blocked))
        spotted = self._spotted(passage, extra)
        clues = Clues(self._publisher_country(publisher), tuple(actor_countries), tuple(spotted.evidence))
        draft = self._draft(passage, spotted.spots, clues)
        return tuple(self._mentions(draft))

    def resolve_names(
        self,
        text: str,
        *,
        publisher: str | None = None,
        blocked: Sequence[Span] = (),
        extra: Sequence[Span] = (),
        actor_countries: Sequence[str] = (),
    ) -> tuple[PlaceMention, ...]:
        """As `resolve`, but the place names as corpora mark them, whether or not anything is there.

        With the places that organisations bear in their names ("the Kabul police"), and without
        what only the sentence takes for a place, or what goes by no name ("the capital").
        """
        mentions = [
            mention
            for mention in self.resolve(
                text, publisher=publisher, blocked=blocked, extra=extra, actor_countries=actor_countries
            )
            if mention.kind is not PlaceKind.UNKNOWN and mention.place.evidence[0].rule != CAPITAL_RULE
        ]
        spans = [(mention.start_char, mention.end_char) for mention in mentions]
        borne = [
            (start, end)
            for start, end in self._spotted(Passage(text, tuple(blocked)), extra).borne
            if not any(start < other_end and other_start < end for other_start, other_end in spans)
        ]
        resolved = self.resolve_spans(text, [*spans, *borne], publisher=publisher)
        mentions += [mention for mention in resolved if (mention.start_char, mention.end_char) in borne]
        return tuple(sorted(mentions, key=lambda mention: mention.start_char))

    def _spotted(self, passage: Passage, extra: Sequence[Span]) -> Spotted:
        named = [(start, end) for start, end in extra if passage.text[start:end].strip()]
        return find_spots(self._spotter, passage, named)

    def resolve_spans(
        self, text: str, spans: Sequence[Span], *, publisher: str | None = None
    ) -> tuple[PlaceMention, ...]:
        """One mention for each of some spans that are known to be places, in order."""
        passage = Passage(text)
        draft = self._draft(
            passage, self._spotter.given(passage, spans), Clues(self._publisher_country(publisher))
        )
        return tuple(_named_mentions(draft, self._countries))

    def trace(self, text: str, spans: Sequence[Span], *, publisher: str | None = None) -> tuple[Trace, ...]:
        """Why `resolve_spans` chooses as it does: the candidates of each span and their features."""
        passage = Passage(text)
        draft = self._draft(
            passage, self._spotter.given(passage, spans), Clues(self._publisher_country(publisher))
        )
        return tuple(
            Trace(
                (spot.start_char, spot.end_char),
                tuple(draft.sense(at).candidates),
                tuple(draft.sense(at).rows),
            )
            for at, spot in enumerate(draft.spots)
        )

    def candidates(
        self, name: str, *, country_code: str | None = None, adm1: str | None = None
    ) -> tuple[PlaceCandidate, ...]:
        """What a name may mean, likeliest first, with scores that add up to 1.

        Where `country_code` or `adm1` (a unit's name) is given, entries elsewhere
        score lower; they are not left out.  Other spellings are tried where no entry
        there has the name itself.
        """
        matches = list(self._spotter.candidates(name))
        codes = frozenset({country_code}) if country_code else frozenset()
        if not any(not codes or match.entry.country_code in codes for match in matches):
            matches += self._gazetteer.alike(name, country_codes=codes)
        units = self._gazetteer.lookup(adm1) if adm1 else ()
        unit_ids = frozenset(match.entry.id for match in units if match.rank is not NameRank.BARE)
        shares = self._ranker.shares_alone(matches, country_code, unit_ids)
        named = Named(self._gazetteer, {})
        order = sorted(range(len(matches)), key=lambda index: (-shares[index], index))
        return tuple(named.candidate(matches[index], shares[index]) for index in order)

    def _draft(self, passage: Passage, spots: Sequence[Spot], clues: Clues) -> Draft:
        return Draft(self._gazetteer, self._ranker, passage, spots, clues)

    def _mentions(self, draft: Draft) -> list[PlaceMention]:
        mentions = _named_mentions(draft, self._countries)
        for spot in find_capitals(draft.passage, draft.spots):
            code = spot.country.code if spot.country else draft.main_country
            entry = self._ranker.capital(code) if code else None
            if entry is not None:
                mentions.append(capital_mention(draft.named, draft.passage, spot, entry))
        return sorted(without_swallowed(mentions), key=lambda mention: mention.start_char)

    def _publisher_country(self, publisher: str | None) -> str | None:
        """The country that a publisher's name or domain gives away."""
        return publisher_country(publisher, self._countries, self._gazetteer) if publisher else None


def _named_mentions(draft: Draft, countries: CountryTable) -> list[PlaceMention]:
    """The mentions of all spots that are places."""
    mentions: list[PlaceMention] = []
    index_of: dict[int, int] = {}
    for at, (spot, cue) in enumerate(zip(draft.spots, draft.cues, strict=True)):
        if not draft.is_place(at):
            continue
        held, chosen = draft.held(at), draft.chosen(at)
        is_placed = chosen is not None or held.chain != Chain()
        fallback = Chain() if is_placed else surroundings(draft, at)
        mention = build_mention(
            draft.named, spot, cue, draft.sense(at), chosen=chosen, held=held, fallback=fallback
        )
        index_of[at] = len(mentions)
        metonym = is_metonym(draft.passage, spot, cue, mention, countries)
        mentions.append(replace(mention, is_metonym=metonym))
    mentions = at_offsets(mentions, _pairs(draft.links.nearby, index_of))
    mentions = join_between(mentions, _between(draft, index_of))
    return share_border(mentions, _pairs(draft.links.siblings, index_of))


def _pairs(links: Sequence[tuple[int, int]], index_of: dict[int, int]) -> list[tuple[int, int]]:
    return [(index_of[one], index_of[other]) for one, other in links if one in index_of and other in index_of]


def _between(draft: Draft, index_of: dict[int, int]) -> list[tuple[int, int]]:
    """The pairs of mentions that stand as "between A and B"."""
    pairs = []
    for one, other in draft.links.siblings:
        start = draft.cues[one].phrase_start
        gap = draft.passage.text[draft.spots[one].end_char : draft.spots[other].start_char]
        is_led = leads_along(draft.passage.text, draft.spots[one].start_char, gap)
        before = draft.passage.text[max(0, start - _LOOK_BACK) : start]
        is_road = _ROAD.match(draft.passage.text, draft.spots[other].end_char) and draft.passage.text[
            draft.spots[one].end_char : draft.spots[other].start_char
        ] in ("-", "–")
        if (_BETWEEN.search(before) or is_road or is_led) and one in index_of and other in index_of:
            pairs.append((index_of[one], index_of[other]))
    return pairs
