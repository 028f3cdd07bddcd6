"""Who a text names: armed groups, forces, authorities and the bodies that report on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from casus.resolving.actor_records import (
    ActorEntry,
    ActorKind,
    ActorMention,
    KnownActor,
    load_actors,
    load_organisations,
)
from casus.resolving.countries import Country, CountryMention, CountryTable
from casus.resolving.forces import ForceComposer, ForceNoun, ForceWords, KnownForce, load_force_nouns
from casus.resolving.introductions import (
    Introduction,
    actor_cues,
    find_abbreviations,
    local_entry,
    occurrences,
)
from casus.resolving.name_index import NameIndex, NameMatch, key_of

__all__ = [
    "ActorEntry",
    "ActorKind",
    "ActorMention",
    "ActorRegistry",
    "Introduction",
    "KnownActor",
    "find_abbreviations",
]

_SHARED_WORDS = 0.5  # of two full names of one group
_TAIL = re.compile(r"[-‐‑–](\w+)")
_SMALL_WORDS = frozenset("of the and for in on de la du des el al for".split())


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """An actor filed under one of its names."""

    actor: KnownActor
    is_ambiguous: bool


_Filed = _Named | ForceNoun


@dataclass(frozen=True, slots=True)
class _Signs:
    """What in a text tells which actor an ambiguous name means."""

    ids: frozenset[str]
    parents: frozenset[str]
    times_named: Mapping[str, int]  # country codes
    country_code: str | None

    def with_ids(self, ids: Iterable[str]) -> _Signs:
        """These signs, and that the text names the actors with these ids for sure."""
        return replace(self, ids=self.ids.union(ids))

    def weight(self, actor: KnownActor) -> float:
        """How much speaks for an actor: 0 nothing, 4 another of its own names."""
        if actor.id in self.ids:
            return 4
        if actor.id in self.parents or actor.parent in self.ids:
            return 3
        if self.country_code is not None and self.country_code in actor.countries:
            return 2.5 if self.country_code == actor.countries[0] else 2
        times = max((self.times_named.get(code, 0) for code in actor.countries), default=0)
        return 2 - 1 / times if times else 0


class ActorRegistry:
    """The actors, bodies and force nouns of the knowledge files."""

    def __init__(
        self,
        actors: Iterable[KnownActor],
        organisations: Iterable[KnownActor],
        nouns: Iterable[ForceNoun],
        countries: CountryTable,
    ) -> None:
        self.actors = tuple(actors)
        self.organisations = tuple(organisations)
        self._countries = countries
        self._by_id = {known.id: known for known in (*self.actors, *self.organisations)}
        self._index: NameIndex[_Filed] = NameIndex(
            [*_named((*self.actors, *self.organisations)), *((noun.noun, noun) for noun in nouns)]
        )

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> ActorRegistry:
        """The registry, read once; raises KnowledgeError for a file of a wrong form."""
        return ActorRegistry(load_actors(), load_organisations(), load_force_nouns(), CountryTable.load())

    def by_id(self, id: str) -> KnownActor | None:
        """The actor or body with an id of the knowledge files."""
        return self._by_id.get(id)

    def by_name(self, name: str, *, country_code: str | None = None) -> ActorEntry | None:
        """Who a name alone means, None where it means nobody or needs another sign."""
        known = _meant(self._get(name), _Signs(frozenset(), frozenset(), {}, country_code))
        return known.entry if known is not None else None

    def find(self, text: str, *, country_code: str | None = None) -> tuple[ActorMention, ...]:
        """The actors that a text names: in order, the longest at each place, none overlapping.

        `country_code` is the report's main country: bare forces ("the army") are its.
        Names that a hyphen makes a mere quality of somebody else ("Taliban-held") and
        bare names of countries are left out.
        """
        matches = self._index.find(text)
        countries = self._countries.find(text)
        signs = _signs(matches, countries, country_code)
        bound: list[ActorMention] = []
        for introduction in find_abbreviations(text):
            entry = self._introduced(text, introduction, signs)
            if entry is not None:
                bound.extend(_bound(text, introduction, entry))
        if bound:
            signs = signs.with_ids(mention.entry.id for mention in bound if mention.entry.id is not None)
        named = list(_resolved(text, matches, signs))
        forces = self._forces(text, matches, countries, (*bound, *named), country_code)
        return _longest(bound, named, forces)

    def same_actor(self, a: str, b: str) -> bool:
        """True where two names mean one actor, as far as the registry can tell.

        Words for its people don't tell actors apart ("Houthi fighters", "the Houthis"),
        nor do nouns for one body of a state ("Turkish army", "Turkish soldiers").
        """
        if key_of(a) == key_of(b):
            return True
        return bool(self._identities(a) & self._identities(b))

    def _introduced(self, text: str, introduction: Introduction, signs: _Signs) -> ActorEntry | None:
        """Who an introduced name is: a known actor, else one that only this text knows."""
        name = text[introduction.start_char : introduction.end_char]
        if self._countries.by_name(name) is not None:
            return None
        short = self._get(introduction.abbreviation)
        words = name.split()
        for dropped in range(max(1, len(words) - 1)):
            full = self._get(" ".join(words[dropped:]))
            agreed = {filed.actor.id for filed in full} & {filed.actor.id for filed in short}
            known = _meant([filed for filed in full if filed.actor.id in agreed] or full, signs.with_ids(agreed))
            if known is not None:
                return known.entry
        alike = [filed for filed in short if _is_alike(name, filed.actor)]
        known = _meant(alike, signs.with_ids({filed.actor.id for filed in alike}))
        if known is None and not introduction.is_spelled:
            known = _meant(short, signs)
        return known.entry if known is not None else local_entry(text, introduction)

    def _get(self, name: str) -> list[_Named]:
        return [filed for filed in self._index.get(name) if isinstance(filed, _Named)]

    def _forces(
        self,
        text: str,
        matches: Iterable[NameMatch[_Filed]],
        countries: tuple[CountryMention, ...],
        named: Sequence[ActorMention],
        country_code: str | None,
    ) -> tuple[ActorMention, ...]:
        forces = [
            ForceWords(match.start_char, match.end_char, noun)
            for match in matches
            for noun in match.values
            if isinstance(noun, ForceNoun)
        ]
        if not forces:
            return ()
        composer = ForceComposer(
            text,
            forces,
            countries,
            named_ends=frozenset(mention.end_char for mention in named),
            known=[force for mention in named for force in self._known_forces(mention)],
            country=self._countries.by_code(country_code) if country_code else None,
            resolve=self._state_force,
        )
        return composer.mentions()

    def _state_force(self, name: str, country_code: str) -> ActorEntry | None:
        """The registry's own entry for a composed name, such as "Congolese army"."""
        for filed in self._get(name):
            if country_code in filed.actor.countries and not filed.is_ambiguous:
                return filed.actor.entry
        return None

    def _identities(self, name: str) -> set[tuple[str, str]]:
        """Ids, and countries with a body of theirs, that a name may mean."""
        entries = [filed.actor.entry for filed in self._get(name)]
        if not entries:
            entries = [mention.entry for mention in self.find(name) if _tells_all(name, mention)]
        return {identity for entry in entries for identity in self._entry_identities(entry)}

    def _entry_identities(self, entry: ActorEntry) -> Iterator[tuple[str, str]]:
        if entry.id is not None:
            yield "", entry.id
        country = self._countries.by_code(entry.country_code) if entry.country_code else None
        if country is not None:
            if entry.name == country.name:
                yield country.name, "country"
            for body in self._bodies(entry.name, country):
                yield country.name, body

    def _bodies(self, name: str, country: Country) -> Iterator[str]:
        """The body of a country that a composed name means: "army" for "Turkish military"."""
        noun = name.removeprefix(f"{country.adjective} ")
        if noun != name:
            yield from (filed.body for filed in self._index.get(noun) if isinstance(filed, ForceNoun))

    def _known_forces(self, mention: ActorMention) -> Iterator[KnownForce]:
        entry = mention.entry
        if entry.kind is ActorKind.STATE_FORCE and entry.country_code is not None:
            country = self._countries.by_code(entry.country_code)
            if country is not None:
                for body in self._bodies(entry.name, country):
                    yield KnownForce(mention.start_char, country, body)


def _named(actors: Iterable[KnownActor]) -> Iterator[tuple[str, _Filed]]:
    """Each name of each actor; two spellings of one key are filed once."""
    for actor in actors:
        for alias in actor.aliases:
            yield alias, _Named(actor, alias in actor.ambiguous)


def _signs(
    matches: Iterable[NameMatch[_Filed]], countries: Iterable[CountryMention], country_code: str | None
) -> _Signs:
    sure = [filed.actor for match in matches if (filed := _only(match)) is not None and not filed.is_ambiguous]
    times = Counter(mention.country.code for mention in countries if mention.country.code is not None)
    return _Signs(
        frozenset(actor.id for actor in sure),
        frozenset(actor.parent for actor in sure if actor.parent is not None),
        times,
        country_code.upper() if country_code else None,
    )


def _only(match: NameMatch[_Filed]) -> _Named | None:
    value = match.values[0]
    return value if len(match.values) == 1 and isinstance(value, _Named) else None


def _meant(candidates: Sequence[_Named], signs: _Signs) -> KnownActor | None:
    """The actor that a name means: the only one if its name is sure, else the one with the best sign."""
    sure = [filed.actor for filed in candidates if not filed.is_ambiguous]
    if len(sure) == len(candidates) == 1:
        return sure[0]
    best = max((filed.actor for filed in candidates), key=signs.weight, default=None)
    if best is not None and signs.weight(best) > 0:
        return best
    return sure[0] if len(sure) == 1 else None


def _is_alike(name: str, actor: KnownActor) -> bool:
    """True where an introduced name shares most of its words with one of an actor's."""
    words = _telling_words(name)
    return any(
        len(words & other) >= _SHARED_WORDS * len(words | other)
        for other in map(_telling_words, actor.aliases)
        if len(other) > 1
    )


def _telling_words(name: str) -> set[str]:
    return set(key_of(name).split()) - _SMALL_WORDS


def _resolved(
    text: str, matches: Iterable[NameMatch[_Filed]], signs: _Signs
) -> Iterator[ActorMention]:
    for match in matches:
        candidates = [filed for filed in match.values if isinstance(filed, _Named)]
        if not candidates or match.tail in actor_cues()["tail"]:
            continue
        known = _meant(candidates, signs)
        if known is not None:
            words = text[match.start_char : match.end_char]
            yield ActorMention(match.start_char, match.end_char, known.entry, words)


def _bound(text: str, introduction: Introduction, entry: ActorEntry) -> Iterator[ActorMention]:
    """Every place where a text names somebody by a name that it introduces."""
    name = text[introduction.start_char : introduction.end_char]
    for words in (name, introduction.abbreviation):
        for start, end in occurrences(text, words):
            tail = _TAIL.match(text, end)
            if tail is None or tail[1].casefold() not in actor_cues()["tail"]:
                yield ActorMention(start, end, entry, words)


def _tells_all(name: str, mention: ActorMention) -> bool:
    """True where the words around a mention tell nothing more about who it is."""
    around = f"{name[: mention.start_char]} {name[mention.end_char :]}"
    members = actor_cues()["member"]
    return all(word in members or word.lower() in members for word in around.split())


def _longest(*kinds: Iterable[ActorMention]) -> tuple[ActorMention, ...]:
    """The mentions in order, the longest where some overlap; of equal ones, that of the first kind."""
    ranked = [(mention, rank) for rank, mentions in enumerate(kinds) for mention in mentions]
    ranked.sort(key=lambda pair: (pair[0].start_char, -pair[0].end_char, pair[1]))
    kept: list[ActorMention] = []
    for mention, _ in ranked:
        if kept and mention.start_char < kept[-1].end_char:
            if _length(mention) > _length(kept[-1]):
                kept[-1] = mention
            continue
        kept.append(mention)
    return tuple(kept)


def _length(mention: ActorMention) -> int:
    return mention.end_char - mention.start_char
