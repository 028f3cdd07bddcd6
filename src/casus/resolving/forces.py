"""A country's forces and authorities in a text: "Turkish army", and "the army" whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from casus.model import STATE_KINDS
from casus.resolving.actor_records import ActorEntry, ActorMention
from casus.resolving.countries import Country, CountryMention, CountryWord
from casus.resolving.force_nouns import (
    ForceNoun,
    ForceRole,
    bare_entry,
    composed_entry,
    country_entry,
    own_adjective,
)
from casus.resolving.introductions import actor_cues

_REACH = 48  # characters between a country and its force
_LONGEST_HEADLINE = 200
_FEWEST_WORDS = 5  # of four letters and more, to tell a headline from a name
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_IN = re.compile(r"\s+in\s+(?:(?:neighbou?ring|nearby|the|\w+ern)\s+){0,2}")
_AND = re.compile(r"(?:\s*,)?\s*(?:\band\b|\bor\b|&|,|/|-|–)\s*(?:the\s+)?")
_OF_NAME = re.compile(r"\s+of\s+(?:the\s+)?[A-Z]")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w’'-]*)[^\S\n]+$")
_WORD_BEFORE = re.compile(r"([\w’'-]+)[^\S\n]+$")
_ITS = re.compile(r"\bits(?: own)?\s+$")
_SENTENCE_END = re.compile(r"[.!?;]\s|\n\s*\n")
_TITLE_SHARE = 0.7
_ARTICLES = frozenset({"The", "A", "An", "THE"})


@dataclass(frozen=True, slots=True)
class ForceWords:
    """A force noun found in a text; offsets are half-open."""

    start_char: int
    end_char: int
    noun: ForceNoun


@dataclass(frozen=True, slots=True)
class KnownForce:
    """A state's force that the registry found: where it begins, and which body of which country it is."""

    start_char: int
    country: Country
    body: str


Resolve = Callable[[str, str], ActorEntry | None]


@lru_cache(maxsize=1)
def _link() -> re.Pattern[str]:
    """What may stand between a country and its force."""
    words = "|".join(re.escape(word) for word in sorted(actor_cues()["modifier"], key=len, reverse=True))
    return re.compile(rf"(?:['’]s|['’])?\s+(?:(?:{words})[\s-]+){{0,3}}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Tie:
    """A country tied to a force noun; `joins` is True where another country stands between."""

    country: CountryMention
    force: ForceWords
    joins: bool


class ForceComposer:
    """Composes the forces of one text."""

    def __init__(
        self,
        text: str,
        forces: Sequence[ForceWords],
        countries: Sequence[CountryMention],
        *,
        named: Sequence[ActorMention],
        known: Sequence[KnownForce],
        country: Country | None,
        resolve: Resolve,
    ) -> None:
        """`country` is the report's main one, `named` are the actors that the registry found.

        `known` are the state forces among them.  `resolve` gives the registry's entry
        for a composed name and a country code, if any.
        """
        self._text = text
        self._forces = forces
        self._starts = [force.start_char for force in forces]
        self._countries = countries
        self._country_starts = [mention.start_char for mention in countries]
        self._named_ends = {mention.end_char for mention in named}
        self._named_at = {mention.start_char: mention for mention in named}
        self._known = sorted(known, key=lambda force: force.start_char)
        self._country = country
        self._resolve = resolve
        self._owners: dict[str, set[Country]] = {}  # by body: whose the text names anywhere
        self._last: dict[str, tuple[str, Country] | None] = {}  # by body: whose it named last
        self._settled: set[str] = set()  # bodies told bare before any was named

    def mentions(self) -> tuple[ActorMention, ...]:
        """The forces, authorities and countries that act, in no order."""
        ties = self._ties()
        self._note_owners(ties)
        tied = {tie.force.start_char: tie.country for tie in ties}
        joint = {tie.force.start_char for tie in ties if tie.joins}
        found = [mention for tie in ties if (mention := self._tied(tie)) is not None]
        before: tuple[int, CountryMention] | None = None
        for force in self._forces:
            self._note_known(force.start_char)
            owner = tied.get(force.start_char)
            if owner is None and before is not None and self._continues(before[0], force):
                owner = before[1]
                if force.noun.body:
                    found.append(self._mention(force.start_char, force.end_char, self._of(owner, force.noun)))
            elif owner is None:
                found.extend(self._alone(force))
            if owner is not None:
                is_joint = force.start_char in joint
                self._last[force.noun.body] = None if is_joint else (self._adjective(owner), owner.country)
            before = (force.end_char, owner) if owner is not None else None
        return tuple(found)

    def _note_owners(self, ties: Sequence[_Tie]) -> None:
        for tie in ties:
            self._owners.setdefault(tie.force.noun.body, set()).add(tie.country.country)
        for force in self._known:
            self._owners.setdefault(force.body, set()).add(force.country)

    def _note_known(self, start: int) -> None:
        """Remember the forces that the registry found before `start`."""
        while self._known and self._known[0].start_char < start:
            force = self._known.pop(0)
            self._last[force.body] = (force.country.adjective, force.country)

    def _ties(self) -> list[_Tie]:
        ties: list[_Tie] = []
        after: _Tie | None = None
        for mention in reversed(self._countries):
            tie = self._adjacent(mention) or self._joined(mention, after)
            after = tie
            if tie is not None:
                ties.append(tie)
        return ties

    def _adjacent(self, mention: CountryMention) -> _Tie | None:
        position = bisect_left(self._starts, mention.end_char)
        if position == len(self._forces):
            return None
        force = self._forces[position]
        gap = self._text[mention.end_char : force.start_char]
        if len(gap) > _REACH or not _link().fullmatch(gap) or gap.count("\n") > 1:
            return None
        return _Tie(mention, force, joins=False)

    def _joined(self, mention: CountryMention, after: _Tie | None) -> _Tie | None:
        """Ties "US" to the forces in "US and Afghan forces"."""
        if after is None or not self._is_adjective(mention):
            return None
        gap = self._text[mention.end_char : after.country.start_char]
        return _Tie(mention, after.force, joins=True) if _AND.fullmatch(gap) else None

    def _is_adjective(self, mention: CountryMention) -> bool:
        words = self._text[mention.start_char : mention.end_char]
        is_initials = len(words) <= 4 and words.replace(".", "").isupper()
        return mention.kind is CountryWord.DEMONYM or is_initials or words == mention.country.adjective

    def _tied(self, tie: _Tie) -> ActorMention | None:
        mention, noun = tie.country, tie.force.noun
        if noun.role in (ForceRole.FORCE, ForceRole.MEMBERS):
            end = mention.end_char if tie.joins else tie.force.end_char
            named = self._named_at.get(mention.start_char)
            if named is not None and mention.end_char < named.end_char <= end:  # "Nigerian Army officer"
                return self._mention(mention.start_char, end, named.entry)
            return self._mention(mention.start_char, end, self._of(mention, noun))
        if noun.role is ForceRole.ACTS and not self._acts(tie):
            return None
        return self._mention(mention.start_char, mention.end_char, country_entry(mention.country))

    def _acts(self, tie: _Tie) -> bool:
        if self._country is not None and tie.country.country == self._country:
            return False
        is_possessive = self._text[tie.country.end_char] in "'’"
        return is_possessive or tie.joins or self._is_adjective(tie.country)

    def _continues(self, end: int, force: ForceWords) -> bool:
        """True for "police" in "Afghan army and police"."""
        return bool(_AND.fullmatch(self._text, end, force.start_char))

    def _alone(self, force: ForceWords) -> Iterator[ActorMention]:
        if force.noun.role is not ForceRole.FORCE:
            if force.noun.alone is None:
                return
            force = self._first_words(force, force.noun.alone)
        mention = self._country_behind(force, _OF)
        if mention is not None:
            yield self._mention(force.start_char, mention.end_char, self._of(mention, force.noun))
            return
        if self._is_anothers(force) or self._is_in_name(force):
            return
        mention = self._country_behind(force, _IN) or self._its_country(force)
        if mention is not None:
            yield self._mention(force.start_char, force.end_char, self._of(mention, force.noun))
            return
        yield self._mention(force.start_char, force.end_char, self._bare(force.noun))

    def _first_words(self, force: ForceWords, noun: ForceNoun) -> ForceWords:
        """The words for the force that a noun begins with, such as "army" in "army base"."""
        words = re.finditer(r"[^\s-]+", self._text[force.start_char : force.end_char])
        *_, last = islice(words, len(noun.noun.split()))
        return ForceWords(force.start_char, force.start_char + last.end(), noun)

    def _country_behind(self, force: ForceWords, link: re.Pattern[str]) -> CountryMention | None:
        match = link.match(self._text, force.end_char)
        if match is None:
            return None
        position = bisect_left(self._country_starts, match.end())
        if position == len(self._countries):
            return None
        mention = self._countries[position]
        is_name = mention.kind is CountryWord.NAME and mention.tail is None
        return mention if is_name and mention.start_char == match.end() else None

    def _its_country(self, force: ForceWords) -> CountryMention | None:
        """The country that "its" means in "Ukraine did not disclose its military losses"."""
        if not _ITS.search(self._text, max(0, force.start_char - _REACH), force.start_char):
            return None
        position = bisect_left(self._country_starts, force.start_char)
        mention = self._countries[position - 1] if position else None
        if mention is None or _SENTENCE_END.search(self._text, mention.end_char, force.start_char):
            return None
        return mention

    def _is_anothers(self, force: ForceWords) -> bool:
        """True for "rebel forces", "RSF troops" and "anti-terror police of the group"."""
        before = _WORD_BEFORE.search(self._text, max(0, force.start_char - _REACH), force.start_char)
        if before is None:
            return False
        words = before[1]
        forms = {words, words.lower(), words[0].upper() + words[1:]}
        return before.end(1) in self._named_ends or not forms.isdisjoint(actor_cues()["foreign"])

    def _is_in_name(self, force: ForceWords) -> bool:
        """True for "Army" in a name that the registry doesn't know, such as "People's Army of X"."""
        text, start = self._text, force.start_char
        if not text[start].isupper() or self._is_headline(start):
            return False
        if _OF_NAME.match(text, force.end_char):
            return True
        before = _CAPITAL_BEFORE.search(text, max(0, start - _REACH), start)
        return before is not None and before[1] not in _ARTICLES

    def _is_headline(self, start: int) -> bool:
        """True where the line has most of its words in capitals, so that a capital says nothing."""
        first = max(0, start - _LONGEST_HEADLINE)
        last = start + _LONGEST_HEADLINE
        line = self._text[first:start].rpartition("\n")[2] + self._text[start:last].partition("\n")[0]
        if len(line) > _LONGEST_HEADLINE:
            return False
        words = re.findall(r"[^\W\d_]{4,}", line)
        return len(words) >= _FEWEST_WORDS and sum(word[0].isupper() for word in words) >= _TITLE_SHARE * len(
            words
        )

    def _of(self, mention: CountryMention, noun: ForceNoun) -> ActorEntry:
        return self._entry(self._adjective(mention), mention.country, noun)

    def _adjective(self, mention: CountryMention) -> str:
        return own_adjective(self._text[mention.start_char : mention.end_char], mention)

    def _bare(self, noun: ForceNoun) -> ActorEntry:
        last = self._last.get(noun.body) if noun.kind in STATE_KINDS else None
        if last is not None and self._means_last(noun.body):
            return self._entry(*last, noun)
        self._settled.add(noun.body)
        if self._country is None:
            return bare_entry(noun)
        return self._entry(self._country.adjective, self._country, noun)

    def _means_last(self, body: str) -> bool:
        """True where a bare force is the one named last, as "the army" is in a report on Israel's in Gaza.

        It is the report's country's where the text names that one's too, or told of
        it bare before it named another.
        """
        owners = self._owners.get(body, set())
        if self._country is None:
            return len(owners) == 1
        return self._country not in owners and body not in self._settled

    def _entry(self, adjective: str, country: Country, noun: ForceNoun) -> ActorEntry:
        composed = composed_entry(adjective, country, noun)
        known = self._resolve(composed.name, country.code) if country.code else None
        return known or composed

    def _mention(self, start: int, end: int, entry: ActorEntry) -> ActorMention:
        return ActorMention(start, end, entry, self._text[start:end])
