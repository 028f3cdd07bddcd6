"""Who a text names: armed groups, forces, authorities and the bodies that report on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from casus.model import STATE_KINDS, ActorKind
from casus.resolving.actor_lists import merged, read_list_file
from casus.resolving.actor_mentions import (
    Filed,
    Introduced,
    everywhere,
    first_of_each,
    introduced_force,
    is_no_states,
    longest,
    named_all,
    named_for_sure,
    resolved,
    tells_all,
    word_starts,
)
from casus.resolving.actor_records import (
    ActorEntry,
    ActorMention,
    KnownActor,
    load_actors,
    load_organisations,
)
from casus.resolving.actor_signs import Named, Signs, follows_small_word, is_alike, meant, signs_of
from casus.resolving.countries import Country, CountryMention, CountryTable
from casus.resolving.described_names import find_described
from casus.resolving.force_nouns import ForceNoun, bare_entry, composed_entry, load_force_nouns
from casus.resolving.forces import ForceComposer, ForceWords, KnownForce
from casus.resolving.introductions import (
    Introduction,
    find_abbreviations,
    local_entry,
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

_Seen = tuple[
    tuple[NameMatch[Filed], ...],
    tuple[CountryMention, ...],
    tuple[Introduction, ...],
    tuple[ActorMention, ...],
]


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
        self._states = [known for known in self.actors if known.is_state]
        named = (known for known in (*self.actors, *self.organisations) if not known.is_state)
        self._index: NameIndex[Filed] = NameIndex([*named_all(named), *((noun.noun, noun) for noun in nouns)])
        # A report is looked through twice, the second time for its main country.
        self._seen = lru_cache(maxsize=2)(self._look)

    @staticmethod
    @lru_cache(maxsize=2)
    def load(own_list: Path | None = None) -> ActorRegistry:
        """The registry, read once, with the actors of a list of one's own laid over the built-in ones.

        Raises KnowledgeError for a file of a wrong form, SourceMissing and NotText for a
        list that can't be read.
        """
        actors, organisations = load_actors(), load_organisations()
        if own_list is not None:
            own = read_list_file(own_list, (*actors, *organisations)).require_whole()
            actors = merged(actors, own)
        return ActorRegistry(actors, organisations, load_force_nouns(), CountryTable.load())

    def candidates(self, name: str) -> tuple[KnownActor, ...]:
        """All whom a name may mean, those first that it means without another sign."""
        found = sorted(self._get(name), key=lambda filed: filed.is_ambiguous)
        return tuple(dict.fromkeys(filed.actor for filed in found))

    def is_sure(self, name: str, actor: KnownActor) -> bool:
        """True where a name means an actor without another sign."""
        return any(filed.actor is actor and not filed.is_ambiguous for filed in self._get(name))

    def by_id(self, id: str) -> KnownActor | None:
        """The actor or body with an id of the knowledge files."""
        return self._by_id.get(id)

    def by_name(self, name: str, *, country_code: str | None = None) -> ActorEntry | None:
        """Who a name alone means, None where it means nobody or needs another sign."""
        known = meant(self._get(name), signs_of((), (), country_code))
        return known.entry if known is not None else None

    def find(self, text: str, *, country_code: str | None = None) -> tuple[ActorMention, ...]:
        """The actors that a text names: in order, the longest at each place, none overlapping.

        `country_code` is the report's main country: bare forces ("the army") are its.
        Names that a hyphen makes a mere quality of somebody else ("Taliban-held") and
        bare names of countries are left out.
        """
        matches, countries, introductions, described = self._seen(text)
        signs = signs_of(named_for_sure(matches), countries, country_code)
        named = list(resolved(text, matches, signs))
        forces = self._forces(text, matches, countries, named, country_code)
        if not introductions:
            return longest(named, forces, described)
        bound, taken = self._bound(text, introductions, forces, signs)
        signs = signs.with_ids(mention.entry.id for mention in bound if mention.entry.id is not None)
        named = [mention for mention in resolved(text, matches, signs) if mention.alias not in taken]
        return longest(bound, named, forces, described)

    def _look(self, text: str) -> _Seen:
        """What a text has of names, whatever its country."""
        return (
            tuple(self._index.find(text)),
            tuple(self._countries.find(text)),
            tuple(find_abbreviations(text)),
            tuple(self._described(text)),
        )

    def state_identifiers(self, country_code: str, kind: ActorKind, year: int | None) -> tuple[str, ...]:
        """The keys that other lists give a country's government and its forces of a kind, in a year."""
        kinds = (kind, ActorKind.AUTHORITY)
        return tuple(
            identifier
            for known in self._states
            if country_code in known.countries[:1] and known.entry.kind in kinds and known.was_there(year)
            for identifier in known.entry.identifiers
        )

    def parts_of(self, id: str, *, country_code: str | None, alone: bool) -> tuple[ActorEntry, ...]:
        """The one part of an actor, of a country if told; none where several are as likely.

        `alone` asks for the only part there is.
        """
        parts = [known for known in self.actors if known.parent == id]
        if not alone:
            parts = [known for known in parts if country_code in known.countries[:1]]
        return (parts[0].entry,) if len(parts) == 1 else ()

    def force(self, words: str, *, country_code: str | None) -> ActorEntry | None:
        """The force of a country that words end in, such as "off-duty policemen"; None for a means."""
        parts = words.split()
        for start in range(len(parts)):
            if start and is_no_states(parts[start - 1].lower()):
                return None
            noun = self._force_noun(" ".join(parts[start:]))
            if noun is not None:
                country = self._countries.by_code(country_code) if country_code else None
                if country is None:
                    return bare_entry(noun)
                composed = composed_entry(country.adjective, country, noun)
                return self._state_force(composed.name, country_code or "") or composed
        return None

    def _force_noun(self, words: str) -> ForceNoun | None:
        return next((v for v in self._index.get(words) if isinstance(v, ForceNoun) and v.body), None)

    def acts_by_means(self, text: str, mention: ActorMention) -> bool:
        """True for "US" in "US drones": a country told by what it fights with."""
        means = self._index.get(text[mention.end_char :].strip())
        return mention.entry.id is None and any(isinstance(v, ForceNoun) and not v.body for v in means)

    def same_actor(self, a: str, b: str) -> bool:
        """True where two names mean one actor, as far as the registry can tell.

        Words for its people don't tell actors apart ("Houthi fighters", "the Houthis"),
        nor do nouns for one body of a state ("Turkish army", "Turkish soldiers").
        """
        if key_of(a) == key_of(b):
            return True
        return bool(self._identities(a) & self._identities(b))

    def _bound(
        self, text: str, introductions: Iterable[Introduction], forces: Sequence[ActorMention], signs: Signs
    ) -> tuple[list[ActorMention], frozenset[str]]:
        """The mentions by introduced names, and the abbreviations that the text uses for something else."""
        bound: list[ActorMention] = []
        taken: set[str] = set()
        for introduction in first_of_each(text, introductions):
            found = introduced_force(text, introduction, forces)
            found = found or self._introduced(text, introduction, signs)
            if found is not None:
                name = text[found.start_char : introduction.end_char]
                bound.extend(everywhere(text, (name, introduction.abbreviation), found.entry))
            elif introduction.is_spelled:
                taken.add(introduction.abbreviation)
        return bound, frozenset(taken)

    def _described(self, text: str) -> Iterator[ActorMention]:
        """The mentions of groups that no file knows and the text says what they are."""
        for described in find_described(text):
            name = text[described.start_char : described.end_char]
            if not self._index.get(described.entry.name):
                yield from everywhere(text, (name,), described.entry)

    def _introduced(self, text: str, introduction: Introduction, signs: Signs) -> Introduced | None:
        """Who an introduced name is: a known actor, else one that only this text knows."""
        name = text[introduction.start_char : introduction.end_char]
        if self._countries.by_name(name) is not None:
            return None
        short = self._get(introduction.abbreviation)
        for start in word_starts(name):
            full = self._get(name[start:])
            agreed = [filed for filed in full if any(filed.actor is other.actor for other in short)]
            if not agreed and start and (introduction.is_spelled or follows_small_word(name, start)):
                continue
            known = meant(agreed or full, signs.with_ids(filed.actor.id for filed in agreed))
            if known is not None:
                return Introduced(introduction.start_char + start, known.entry)
        known = meant(
            [filed for filed in short if self._may_be(filed, name, introduction, signs)], signs.of_country()
        )
        entry = known.entry if known is not None else local_entry(text, introduction)
        return Introduced(introduction.start_char, entry) if entry is not None else None

    def _may_be(self, filed: Named, name: str, introduction: Introduction, signs: Signs) -> bool:
        """True where an actor with the abbreviation may bear a name that the registry doesn't have.

        The name must share words with one of its names, or be the translation of one where
        the text names its country; an ambiguous abbreviation asks for the country too.
        """
        is_there = signs.of_country().weight(filed.actor) > 0
        if is_alike(name, filed.actor):
            return is_there or not filed.is_ambiguous
        return is_there and not introduction.is_spelled

    def _get(self, name: str) -> list[Named]:
        return [filed for filed in self._index.get(name) if isinstance(filed, Named)]

    def _forces(
        self,
        text: str,
        matches: Iterable[NameMatch[Filed]],
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
            named=named,
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
            entries = [mention.entry for mention in self.find(name) if tells_all(name, mention)]
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
        if entry.kind in STATE_KINDS and entry.country_code is not None:
            country = self._countries.by_code(entry.country_code)
            if country is not None:
                for body in self._bodies(entry.name, country):
                    yield KnownForce(mention.start_char, country, body)
