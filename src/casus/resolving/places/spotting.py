"""Names that may be places, with what the gazetteer and the country table have under them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casus.resolving.countries import Country, CountryMention, CountryTable, CountryWord
from casus.resolving.gazetteer import EntryKind, Gazetteer, Match, NameRank
from casus.resolving.places.passage import Passage, Span
from casus.resolving.places.vocabulary import ARTICLE_KEYS, SHORTENED, PlaceNoun, place_nouns

WIDE_KINDS = frozenset({EntryKind.COUNTRY, EntryKind.ADM1, EntryKind.REGION, EntryKind.WATER})
_BOUNDLESS = frozenset({EntryKind.REGION, EntryKind.WATER})
_KNOWN_POPULATION = 100_000
_SHORTEST_STEM = 3
# How words for people and adjectives are made from the names of regions, longest first.
_PEOPLE_ENDINGS = tuple(
    (ending + plural, instead)
    for plural in ("s", "")
    for ending, instead in (("ian", ""), ("an", ""), ("n", ""), ("ni", ""), ("n", "s"), ("i", ""), ("er", ""))
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A name that may be a place: words `first` to `last` (half-open) of the passage.

    `key` is shared by the mentions of one name.  `country` is set where the name is a
    country's name or demonym.  `noun` is the word for a kind of place that stands with
    the name in capitals ("Dang District"); a street's or river's is part of `name`.
    `is_extra` marks a span that the caller holds for a place, `is_given` one that is
    known to be one, `is_tentative` one that is a place only if the gazetteer has it
    under another spelling.
    """

    first: int
    last: int
    start_char: int
    end_char: int
    name: str
    key: str
    matches: tuple[Match, ...]
    country: Country | None = None
    is_demonym: bool = False
    is_extra: bool = False
    is_given: bool = False
    is_tentative: bool = False
    noun: PlaceNoun | None = None


class Spotter:
    """Looks names up in the gazetteer and the country table together."""

    def __init__(self, gazetteer: Gazetteer, countries: CountryTable) -> None:
        self._gazetteer = gazetteer
        self._countries = countries

    def given(self, passage: Passage, spans: Iterable[Span]) -> list[Spot]:
        """A spot for exactly each of some spans, whatever stands around it."""
        mentions = self.find_countries(passage.text)
        return [self._at(passage, span, mentions.get(span[0])) for span in sorted(spans)]

    def _at(self, passage: Passage, span: Span, mention: CountryMention | None) -> Spot:
        first = passage.find_word(span[0])
        last = max(first + 1, passage.find_word(span[1]))
        name = passage.text[span[0] : span[1]]
        if mention is not None and mention.end_char < span[1] - 2:
            mention = None  # "Georgia State": the country is only the head of the name
        matches = self.candidates(name) if mention is None else self.of_country(mention, name)
        if not matches:
            matches = self._of_landform(name) or self._of_people(name)
        return Spot(
            first,
            last,
            *span,
            name,
            sense_key(passage, first, last),
            matches,
            mention.country if mention else None,
            mention is not None and mention.kind is CountryWord.DEMONYM,
            is_given=True,
        )

    def _of_landform(self, name: str) -> tuple[Match, ...]:
        """What a valley or the like is named for, which lies in it or by it: "the Swat Valley"."""
        stem, _, word = name.rpartition(" ")
        noun = place_nouns().get(word.lower())
        if noun is None or noun.role != "nature":
            return ()
        return self.candidates(stem)

    def _of_people(self, name: str) -> tuple[Match, ...]:
        """The region or unit that an adjective or a word for its people comes from: "South Ossetian"."""
        for ending, instead in _PEOPLE_ENDINGS:
            if not name.endswith(ending) or len(name) - len(ending) < _SHORTEST_STEM:
                continue
            stem = name.removesuffix(ending) + instead
            matches = self._gazetteer.lookup(stem)
            wide = tuple(
                match
                for match in matches
                if match.entry.kind in WIDE_KINDS and match.rank is not NameRank.ALIAS
            )
            if wide:
                return wide
        return ()

    def candidates(self, name: str) -> tuple[Match, ...]:
        """What the gazetteer has under a name that stands alone."""
        matches = self._gazetteer.lookup(name)
        article, _, rest = name.partition(" ")
        if not matches and article.lower() == "the":
            matches = self._gazetteer.lookup(rest)
        return _without_namesakes(matches)

    def by_words(self, passage: Passage, first: int, last: int) -> tuple[Match, ...]:
        """What the gazetteer has under some words of a passage."""
        key = "".join(SHORTENED.get(part, part) for part in passage.keys[first:last] if part not in _MARKS)
        return _without_namesakes(self._gazetteer.by_key(key)) if len(key) > 1 else ()

    def find_countries(self, text: str) -> dict[int, CountryMention]:
        """The country mentions of a text by their first character."""
        return {mention.start_char: mention for mention in self._countries.find(text)}

    def of_country(self, mention: CountryMention, name: str) -> tuple[Match, ...]:
        """The candidates of a country mention: the country, then its namesakes abroad.

        A part of a country that the table counts among its names ("England") comes alone.
        """
        matches = () if mention.kind is CountryWord.DEMONYM else self._gazetteer.lookup(name)
        code = mention.country.code
        entry = self._gazetteer.country(code) if code else None
        if entry is None:
            return matches
        is_part = mention.country.name != name and any(
            match.entry.kind is EntryKind.ADM1
            and match.entry.country_code == code
            and match.rank is NameRank.OWN
            for match in matches
        )
        if is_part:
            return tuple(match for match in matches if match.entry.id != entry.id)
        abroad = (match for match in matches if match.entry.country_code != code)
        return (Match(entry, NameRank.OWN, 1.0), *abroad)


_MARKS = frozenset({".", "'s", "’s", "\n"})


def _without_namesakes(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Candidates without what a region, continent or sea of the name outweighs ("Asia", "Mindanao")."""
    wide = [match.entry for match in matches if match.entry.kind in _BOUNDLESS]
    if not wide:
        return matches
    if any(entry.country_code is None for entry in wide):
        return tuple(
            match for match in matches if match.entry.kind in WIDE_KINDS and match.rank is NameRank.OWN
        )
    return tuple(
        match
        for match in matches
        if match.rank is NameRank.OWN or match.entry.country_code != wide[0].country_code
    )


def sense_key(passage: Passage, first: int, last: int) -> str:
    """What the mentions of one name share in a report: its words without a leading article."""
    keys = [key for key in passage.keys[first:last] if key.isalnum()]
    while len(keys) > 1 and (keys[0] in ARTICLE_KEYS or keys[0] == "the"):
        keys = keys[1:]
    return "".join(SHORTENED.get(key, key) for key in keys)


def is_wide(matches: Iterable[Match]) -> bool:
    """Whether a country, first-order unit, region or sea is among some candidates under its own name."""
    return any(match.entry.kind in WIDE_KINDS and match.rank is NameRank.OWN for match in matches)


def is_known(matches: Iterable[Match]) -> bool:
    """Whether a candidate is wide or a city that readers know."""
    matches = tuple(matches)
    return is_wide(matches) or any(match.entry.population >= _KNOWN_POPULATION for match in matches)


def known_only(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The candidates that may be meant where capitals tell nothing."""
    return tuple(
        match
        for match in matches
        if (match.entry.kind in WIDE_KINDS and match.rank is NameRank.OWN)
        or match.entry.population >= _KNOWN_POPULATION
    )
