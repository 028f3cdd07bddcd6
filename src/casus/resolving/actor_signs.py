"""Which actor a name means, by the other signs of it in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casus.resolving.actor_records import KnownActor
from casus.resolving.countries import CountryMention
from casus.resolving.name_index import key_of

_SHARED_WORDS = 0.5  # of two full names of one group
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du", "des", "el", "al"})


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """An actor filed under one of its names."""

    actor: KnownActor
    is_ambiguous: bool


@dataclass(frozen=True, slots=True)
class Signs:
    """What in a text tells which actor an ambiguous name means."""

    ids: frozenset[str]
    parents: frozenset[str]
    times_named: Mapping[str, int]  # country codes
    country_code: str | None

    def with_ids(self, ids: Iterable[str]) -> Signs:
        """These signs, and that the text names the actors with these ids for sure."""
        return replace(self, ids=self.ids.union(ids))

    def of_country(self) -> Signs:
        """The countries alone."""
        return replace(self, ids=frozenset(), parents=frozenset())

    def weight(self, actor: KnownActor) -> float:
        """How much speaks for an actor.

        4 another of its own names, 3 its parent or its wing, 2 to 2.5 the report's
        country, 1 to 2 another country in the text, 0 nothing.
        """
        if actor.id in self.ids:
            return 4
        if actor.id in self.parents or actor.parent in self.ids:
            return 3
        if self.country_code is not None and self.country_code in actor.countries:
            return 2.5 if self.country_code == actor.countries[0] else 2
        times = max((self.times_named.get(code, 0) for code in actor.countries), default=0)
        return 2 - 1 / times if times else 0


def signs_of(
    sure: Iterable[KnownActor], countries: Iterable[CountryMention], country_code: str | None
) -> Signs:
    """The signs of a text: the actors that it names for sure, its countries, and its main one."""
    actors = tuple(sure)
    times = Counter(mention.country.code for mention in countries if mention.country.code is not None)
    return Signs(
        frozenset(actor.id for actor in actors),
        frozenset(actor.parent for actor in actors if actor.parent is not None),
        times,
        country_code.upper() if country_code else None,
    )


def meant(candidates: Sequence[Named], signs: Signs) -> KnownActor | None:
    """The actor that a name means: the only one if its name is sure, else the one with the best sign."""
    sure = [filed.actor for filed in candidates if not filed.is_ambiguous]
    if len(sure) == len(candidates) == 1:
        return sure[0]
    best = max((filed.actor for filed in candidates), key=signs.weight, default=None)
    if best is not None and signs.weight(best) > 0:
        return best
    return sure[0] if len(sure) == 1 else None


def is_alike(name: str, actor: KnownActor) -> bool:
    """True where an introduced name shares most of its words with one of an actor's."""
    words = _telling_words(name)
    return any(
        len(words & other) >= _SHARED_WORDS * len(words | other)
        for other in map(_telling_words, actor.aliases)
        if len(other) > 1
    )


def _telling_words(name: str) -> set[str]:
    return set(key_of(name).split()) - _SMALL_WORDS


def follows_small_word(name: str, start: int) -> bool:
    """True where the word before `start` ties the rest to it: "Friends of Hamas" is not Hamas."""
    return name[:start].rsplit(maxsplit=1)[-1] in _SMALL_WORDS
