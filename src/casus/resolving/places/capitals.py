"""Capitals that go by no name ("the Somali capital"), and those that stand for governments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casus.model import Evidence
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Entry, Match, NameRank
from casus.resolving.places import vocabulary
from casus.resolving.places.building import build_mention
from casus.resolving.places.chains import Chain, Held, Named
from casus.resolving.places.cues import Cue, read_cue
from casus.resolving.places.passage import Passage
from casus.resolving.places.records import PlaceKind, PlaceMention
from casus.resolving.places.senses import Sense
from casus.resolving.places.spotting import Spot

RULE = "place.capital"
_SCORE = 0.9
_CAPITAL = re.compile(
    r"\b(?:the|its|their)\s+(?:\w+\s+)?(?P<noun>capital)\b"
    r"(?!\s+(?:of|punishment|city of|market|offen[cs]e|region))",
    re.IGNORECASE,
)


def find_capitals(passage: Passage, spots: Sequence[Spot]) -> list[Spot]:
    """Where the text says "the capital", "the Somali capital", "Guinea's capital" without its name beside."""
    found = list(_of_countries(passage, spots))
    demonyms = {spot.last: spot for spot in spots if spot.is_demonym}
    starts = {spot.first for spot in spots}
    for match in _CAPITAL.finditer(passage.text):
        first = passage.find_word(match.start("noun"))
        is_named = first + 1 in starts or (first + 2 in starts and passage.keys[first + 1] == ",")
        if is_named:
            continue
        whose = demonyms.get(first)
        start = whose.start_char if whose else match.start("noun")
        end = match.end("noun")
        found.append(
            Spot(
                whose.first if whose else first,
                first + 1,
                start,
                end,
                passage.text[start:end],
                "",
                (),
                whose.country if whose else None,
                is_given=True,
            )
        )
    return found


def _of_countries(passage: Passage, spots: Sequence[Spot]) -> Iterator[Spot]:
    """Those behind a country's name: "Guinea's capital"."""
    starts = {spot.first for spot in spots}
    for spot in spots:
        noun = spot.last + 1
        is_capital = passage.keys[spot.last : noun + 1] == ("s", "capital") and noun + 1 not in starts
        is_named = passage.keys[noun + 1 : noun + 2] == (",",) and noun + 2 in starts
        if spot.country is not None and not spot.is_demonym and is_capital and not is_named:
            end = passage.words[noun].end_char
            name = passage.text[spot.start_char : end]
            yield replace(spot, last=noun + 1, end_char=end, name=name, key="", matches=(), is_given=True)


def capital_mention(named: Named, passage: Passage, spot: Spot, entry: Entry) -> PlaceMention:
    """The mention of a capital by such a phrase."""
    plain = replace(spot, country=None)
    sense = Sense("", is_unit=False, candidates=[Match(entry, NameRank.ALIAS, 1.0)], shares=[_SCORE])
    cue = read_cue(passage, plain)
    mention = build_mention(named, plain, cue, sense, chosen=0, held=Held(), fallback=Chain())
    evidence = Evidence(spot.start_char, spot.end_char, RULE)
    return replace(mention, place=replace(mention.place, evidence=(evidence, *mention.place.evidence[1:])))


def without_swallowed(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions without the demonyms that are part of "the Somali capital"."""
    capitals = [mention for mention in mentions if mention.place.evidence[0].rule == RULE]
    return [
        mention
        for mention in mentions
        if mention in capitals
        or not any(
            capital.start_char <= mention.start_char and mention.end_char <= capital.end_char
            for capital in capitals
        )
    ]


def is_metonym(
    passage: Passage, spot: Spot, cue: Cue, mention: PlaceMention, countries: CountryTable
) -> bool:
    """Whether a capital or country speaks or acts, so that its government is meant."""
    if cue.is_strong or cue.is_possessive or spot.is_demonym:
        return False
    if mention.kind is not PlaceKind.COUNTRY and countries.seat_of(spot.name) is None:
        return False
    keys = passage.keys
    position = spot.last
    if keys[position : position + 1] == ("and",):
        position += 2  # "Kabul and Washington agreed"
    return position < len(keys) and keys[position] in vocabulary.SAYING_VERBS
