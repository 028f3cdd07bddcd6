"""Finds the words of a report that may name a place, with what the gazetteer knows under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casus.resolving.countries import Country, CountryMention, CountryTable, CountryWord
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer, Match, NameRank
from casus.resolving.place_names import without_article
from casus.resolving.places import vocabulary
from casus.resolving.places.passage import Passage, Span
from casus.resolving.places.vocabulary import PlaceNoun

_LONGEST_NAME = 6
_EXPANDED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_WIDE_KINDS = frozenset({EntryKind.COUNTRY, EntryKind.ADM1, EntryKind.REGION, EntryKind.WATER})
_BOUNDLESS = frozenset({EntryKind.REGION, EntryKind.WATER})
_KNOWN_POPULATION = 100_000
_CASELESS_POPULATION = 100_000
_ARTICLE_KEYS = frozenset("al el ar as ash at ad adh an az ez er es esh et ed en ul".split())
# Connectors that bind a name together, and such as may also stand between two names.
_BINDING = vocabulary.NAME_CONNECTORS - frozenset("and of the y e i on upon sur en am im bei a".split())
_LOOSE = frozenset("and of the y e i on en a".split())
_RELATIONAL = frozenset({"capital", "headquarters", "seat", "suburb", "community", "state", "stronghold"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A name that may be a place: words `first` to `last` (half-open) of the passage.

    `country` is set where the name is a country's name or demonym.  `noun` is the
    word for a kind of place that stands with the name in capitals ("Dang District").
    `is_extra` marks a span that the caller holds for a place.
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
    noun: PlaceNoun | None = None


@dataclass(slots=True)
class Spotted:
    """The spots of a report, and the places that organisations are named for, as evidence."""

    spots: list[Spot] = field(default_factory=list)
    evidence: list[tuple[Match, ...]] = field(default_factory=list)


class Spotter:
    """Finds place names; one serves any number of reports."""

    def __init__(self, gazetteer: Gazetteer, countries: CountryTable) -> None:
        self._gazetteer = gazetteer
        self._countries = countries

    def spot(self, passage: Passage, extra: Iterable[Span] = ()) -> Spotted:
        """The spots of a passage in order, none overlapping."""
        found = _Search(self, passage, sorted(extra))
        return found.run()

    def given(self, passage: Passage, spans: Iterable[Span]) -> list[Spot]:
        """A spot for exactly each of some spans, whatever stands around it."""
        mentions = {mention.start_char: mention for mention in self._countries.find(passage.text)}
        return [self.at(passage, span, mentions.get(span[0])) for span in sorted(spans)]

    def at(self, passage: Passage, span: Span, mention: CountryMention | None) -> Spot:
        """The spot of one span of characters."""
        first = passage.find_word(span[0])
        last = max(first + 1, passage.find_word(span[1]))
        name = passage.text[span[0] : span[1]]
        is_country = mention is not None and mention.end_char >= span[1] - 2
        country = mention.country if mention is not None and is_country else None
        return Spot(
            first,
            last,
            *span,
            name,
            sense_key(passage, first, last),
            self.of_country(mention, name) if mention and country else self.candidates(name, None),
            country,
            country is not None and mention is not None and mention.kind is CountryWord.DEMONYM,
            is_given=True,
        )

    def candidates(self, name: str, country: Country | None) -> tuple[Match, ...]:
        """What the gazetteer has under a name; a country that the country table knows comes first."""
        matches = _wide_first(self._gazetteer.lookup(name))
        article, _, rest = name.partition(" ")
        if not matches and article.lower() == "the":
            matches = self._gazetteer.lookup(rest)
        return self._with_country(matches, country, name)

    def by_words(self, passage: Passage, first: int, last: int) -> tuple[Match, ...]:
        """What the gazetteer has under some words of a passage."""
        key = "".join(
            _EXPANDED.get(part, part) for part in passage.keys[first:last] if part not in {".", "'s", "\n"}
        )
        if len(key) < 2:
            return ()
        return _wide_first(self._gazetteer.by_key(key))

    def _with_country(self, matches: tuple[Match, ...], country: Country | None, name: str) -> tuple[Match, ...]:
        """A country before its namesakes; its parts that go by another of its names come alone ("England")."""
        entry = self._gazetteer.country(country.code) if country and country.code else None
        if entry is None or country is None:
            return matches
        parts = [match for match in matches if match.entry.kind is EntryKind.ADM1 and match.rank is NameRank.OWN]
        if country.name != name and any(match.entry.country_code == country.code for match in parts):
            return tuple(match for match in matches if match.entry.id != entry.id)
        others = (
            match
            for match in matches
            if match.entry.id != entry.id
            and (match.rank is not NameRank.ALIAS or match.entry.country_code != country.code)
        )
        return (Match(entry, NameRank.OWN, 1.0), *others)

    def find_countries(self, text: str) -> dict[int, CountryMention]:
        """The country mentions of a text by their first character."""
        return {mention.start_char: mention for mention in self._countries.find(text)}

    def of_country(self, mention: CountryMention, name: str) -> tuple[Match, ...]:
        """The candidates of a country mention: the country, and for a name its namesakes."""
        matches = () if mention.kind is CountryWord.DEMONYM else self._gazetteer.lookup(name)
        return self._with_country(matches, mention.country, name)


def _wide_first(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The candidates of a name; a continent or sea leaves its small namesakes out ("Asia", "Baltic")."""
    if not any(match.entry.kind in _BOUNDLESS and match.entry.country_code is None for match in matches):
        return matches
    return tuple(match for match in matches if match.entry.kind in _WIDE_KINDS and match.rank is NameRank.OWN)


def sense_key(passage: Passage, first: int, last: int) -> str:
    """What the mentions of one name share in a report: its words without a leading article."""
    keys = [key for key in passage.keys[first:last] if key.isalnum()]
    while len(keys) > 1 and (keys[0] in _ARTICLE_KEYS or keys[0] == "the"):
        keys = keys[1:]
    return "".join(_EXPANDED.get(key, key) for key in keys)


class _Search:
    """One pass over a passage."""

    def __init__(self, spotter: Spotter, passage: Passage, extra: list[Span]) -> None:
        self._spotter = spotter
        self._passage = passage
        self._extra = extra
        self._mentions = spotter.find_countries(passage.text)
        self._nouns = vocabulary.place_nouns()
        self._common = vocabulary.common_words()
        self._surnames = self._blocked_surnames()
        self._found = Spotted()

    def run(self) -> Spotted:
        words = self._passage.words
        position = 0
        while position < len(words):
            position = self._step(position)
        self._add_missing_extras()
        self._found.spots.sort(key=lambda spot: spot.first)
        return self._found

    def _step(self, position: int) -> int:
        """Look at one word; gives the position to go on from."""
        passage = self._passage
        word = passage.words[position]
        mention = self._mentions.get(word.start_char)
        if passage.is_blocked[position]:
            if mention is not None:
                self._found.evidence.append(self._of_country(mention))
            return position + 1
        if not passage.is_capital[position] and not self._is_article(position) and mention is None:
            return position + 1
        last = self._run_end(position)
        span = self._longest(position, last)
        if mention is not None:
            end = passage.find_word(mention.end_char)
            if span is None or span[0] <= end:
                return self._country(position, end, mention)
        if span is None or self._breaks_off(span[0], last):
            return self._unknown(position, last)
        return self._name(position, last, *span)

    def _breaks_off(self, last: int, run_end: int) -> bool:
        """Whether a found name is only the head of a longer one: "Sid" of "Sid el Kebir"."""
        return last < run_end and self._passage.keys[last] in _BINDING and not self._passage.is_capital[last]

    def _unknown(self, first: int, run_end: int) -> int:
        """A name without an entry is a place where a noun of place says so: "the village of X", "X district"."""
        passage = self._passage
        last = run_end
        for at in range(first, run_end):
            if passage.keys[at] in _LOOSE and not passage.is_capital[at]:
                last = at
                break
        while last > first + 1 and not passage.is_capital[last - 1]:
            last -= 1
        if not passage.is_capital[last - 1] or passage.words[first].caseless or passage.title_case[first]:
            return first + 1
        noun = None
        if last - first > 1:
            noun, _ = self._noun_at(last - 1)
            last -= noun is not None
        is_unit = noun is not None and noun.role == "unit"
        if not is_unit and (noun is not None or not self._has_type(first, last)):
            return first + 1
        if all(passage.keys[at] in self._common for at in range(first, last)):
            return last
        self._found.spots.append(self._spot(first, last, (), None, noun))
        return max(last + (noun is not None), first + 1)

    def _has_type(self, first: int, last: int) -> bool:
        """Whether "village of" stands before a name, or "district" in small letters behind it."""
        keys = self._passage.keys
        if first > 1 and keys[first - 1] == "of":
            noun = self._nouns.get(keys[first - 2])
            if noun is not None and noun.role in ("unit", "settlement") and noun.word not in _RELATIONAL:
                return not self._passage.is_capital[first - 2]
        noun = self._nouns.get(keys[last]) if last < len(keys) else None
        return noun is not None and noun.role == "unit" and noun.word not in ("state", "division", "agency")

    def _is_article(self, position: int) -> bool:
        """An Arabic article in small letters before a capital: "al-Rashad"."""
        passage = self._passage
        if passage.keys[position] not in _ARTICLE_KEYS or position + 1 >= len(passage.words):
            return False
        after = passage.words[position + 1]
        return after.surface[0].isupper() and (after.joined or passage.keys[position] in ("al", "el", "ez", "ed"))

    def _run_end(self, position: int) -> int:
        """The end of the run of names that begins at a word: capitals, with small connectors inside."""
        passage = self._passage
        last = end = position + 1
        while end < len(passage.words) and end - position < _LONGEST_NAME + 2:
            word = passage.words[end]
            if passage.is_blocked[end] or "\n" in passage.text[passage.words[end - 1].end_char : word.start_char]:
                break
            if word.surface[0].isalnum() and (passage.is_capital[end] or word.surface.isdecimal()):
                last = end + 1
            elif not (
                passage.keys[end] in vocabulary.NAME_CONNECTORS
                or (word.surface == "." and passage.keys[end - 1] in _EXPANDED)
            ):
                break
            end += 1
        return last

    def _longest(self, first: int, run_end: int) -> tuple[int, tuple[Match, ...]] | None:
        """The end and the candidates of the longest name that begins at a word."""
        passage = self._passage
        for last in range(min(run_end, first + _LONGEST_NAME), first, -1):
            if not passage.is_capital[last - 1] and not passage.keys[last - 1].isdecimal():
                continue
            if last - first == 1 and not self._may_stand_alone(first):
                continue
            matches = self._spotter.by_words(passage, first, last)
            if matches and passage.words[first].caseless:
                matches = tuple(match for match in matches if _is_plain(match))
            if matches:
                return self._without_noun(first, last, matches)
        return None

    def _may_stand_alone(self, first: int) -> bool:
        """Whether one word can be a name: not an article, a month, or two letters unless "Columbia, S.C."."""
        passage = self._passage
        key = passage.keys[first]
        if key in _ARTICLE_KEYS or key in vocabulary.MONTHS and not self._is_after_preposition(first):
            return False
        if len(key) >= 3 and not passage.words[first].is_dotted:
            return not passage.words[first].surface.isupper() or len(key) > 3 or passage.words[first].caseless
        spots = self._found.spots
        return bool(spots) and spots[-1].last == first - 1 and passage.keys[first - 1] == ","

    def _is_after_preposition(self, first: int) -> bool:
        return first > 0 and self._passage.keys[first - 1] in ("near", "village", "town", "city")

    def _without_noun(self, first: int, last: int, matches: tuple[Match, ...]) -> tuple[int, tuple[Match, ...]]:
        """Leave a closing word for a unit out of the name ("Dang District"); it is read as a cue."""
        noun = self._nouns.get(self._passage.keys[last - 1])
        if noun is None or noun.role != "unit" or last - first < 2:
            return last, matches
        if len(self._passage.keys[first]) < 3 or self._passage.keys[first] in self._common and last - first == 2:
            return last, matches
        bare = self._spotter.by_words(self._passage, first, last - 1)
        known = {match.entry.id for match in bare}
        if not bare:
            return last, matches
        return last - 1, (*bare, *(match for match in matches if match.entry.id not in known))

    def _of_country(self, mention: CountryMention) -> tuple[Match, ...]:
        name = self._passage.text[mention.start_char : mention.end_char]
        return self._spotter.of_country(mention, name)

    def _country(self, first: int, last: int, mention: CountryMention) -> int:
        is_demonym = mention.kind is CountryWord.DEMONYM
        passage = self._passage
        run_end = self._run_end(first)
        if not is_demonym and last < run_end and not passage.title_case[first] and not passage.words[first].caseless:
            if self._is_organisation(last, run_end):
                self._found.evidence.append(self._of_country(mention))
                return self._past(last, run_end)
        spot = self._spot(first, last, self._of_country(mention), mention)
        if is_demonym or mention.tail is None or mention.country.code:
            self._found.spots.append(spot)
        return max(last, first + 1)

    def _name(self, first: int, run_end: int, last: int, matches: tuple[Match, ...]) -> int:
        """Judge a gazetteer name by the rest of its run of capitals."""
        passage = self._passage
        if self._is_titled(first):
            return self._skip_person(first, run_end)
        rest = last
        noun: PlaceNoun | None = None
        if rest < run_end:
            noun, rest = self._noun_at(rest)
            if noun is None:
                verdict = self._judge_rest(first, last, run_end, matches)
                if verdict:
                    return verdict
        if first > 0 and self._is_name_tail(first) and not self._is_wide(matches):
            self._surnames.add(passage.keys[last - 1])
            return last
        if not self._is_plausible(first, last, matches):
            return last
        if noun is None and self._is_adjective(last, matches):
            self._found.evidence.append(matches)
            return last
        self._found.spots.append(self._spot(first, last, matches, None, noun))
        return max(last, rest)

    def _judge_rest(self, first: int, last: int, run_end: int, matches: tuple[Match, ...]) -> int:
        """What more capitals behind a name make of it: 0 keeps the name, else where to go on."""
        passage = self._passage
        key = passage.keys[last]
        if passage.title_case[first] or passage.words[first].caseless:
            return 0
        if self._is_organisation(last, run_end):
            self._found.evidence.append(matches)
            return self._past(last, run_end)
        if passage.words[last].joined or not passage.is_capital[last]:
            return 0
        if len(passage.words[last].surface) > 1 and passage.words[last].surface.isupper():
            self._found.evidence.append(matches)
            return self._past(last, run_end)
        if passage.words[last].start_char in self._mentions or self._longest(last, run_end) is not None:
            return 0 if self._is_known(matches) else self._skip_person(first, run_end)
        if key in vocabulary.MONTHS or key in self._common:
            return 0
        return self._skip_person(first, run_end)

    def _is_organisation(self, first: int, run_end: int) -> bool:
        """Whether the capitals behind a name make an organisation of it: "Kabul Police", "Nepal Army"."""
        end = self._past(first, run_end)
        return any(self._passage.keys[at] in vocabulary.ORGANISATION_WORDS for at in range(first, end))

    def _past(self, last: int, run_end: int) -> int:
        end = last
        while end < run_end and self._passage.is_capital[end]:
            end += 1
        return end

    def _is_adjective(self, last: int, matches: tuple[Match, ...]) -> bool:
        """Whether a name is the adjective of a unit's full name: "Chechen" of "Chechen Republic"."""
        is_bare = matches[0].rank is NameRank.BARE and matches[0].entry.kind is EntryKind.ADM1
        noun = self._noun_at(last)[0] or self._nouns.get(self._passage.keys[last] if last < len(self._passage.keys) else "")
        return is_bare and noun is None

    def _skip_person(self, first: int, run_end: int) -> int:
        end = self._past(first, run_end)
        if end > first + 1:
            self._surnames.add(self._passage.keys[end - 1])
        return max(end, first + 1)

    def _noun_at(self, position: int) -> tuple[PlaceNoun | None, int]:
        """The place noun in capitals that begins at a word, two words before one."""
        keys = self._passage.keys
        two = " ".join(keys[position : position + 2])
        if two in self._nouns and self._passage.is_capital[position]:
            return self._nouns[two], position + 2
        noun = self._nouns.get(keys[position])
        return (noun, position + 1) if noun and self._passage.is_capital[position] else (None, position)

    def _is_titled(self, first: int) -> bool:
        """A title in front makes a person of a name; "mayor of" does not."""
        if first == 0:
            return False
        key = self._passage.keys[first - 1]
        if key == "." and first > 1:
            key = self._passage.keys[first - 2]
            return key in vocabulary.TITLES and len(key) <= 4
        return key in vocabulary.TITLES and key not in _EXPANDED

    def _is_name_tail(self, first: int) -> bool:
        """Whether the word before is a capital that belongs to the same (person's) name."""
        passage = self._passage
        before = passage.words[first - 1]
        key = passage.keys[first - 1]
        if before.caseless or passage.title_case[first] or not before.surface[0].isupper():
            return False
        if before.surface == "." or passage.is_blocked[first - 1] and not before.surface.isalpha():
            return False
        if key in self._common or key in self._nouns or before.start_char in self._mentions:
            return False
        is_last_spot = bool(self._found.spots) and self._found.spots[-1].last == first
        return not is_last_spot and key not in vocabulary.PREPOSITIONS

    def _is_plausible(self, first: int, last: int, matches: tuple[Match, ...]) -> bool:
        """A single word that is mostly something else needs a cue."""
        passage = self._passage
        key = passage.keys[last - 1]
        if last - first > 1 and not all(part in self._common for part in passage.keys[first:last]):
            return True
        is_doubtful = key in self._common or key in self._surnames
        if passage.words[first].caseless:
            return (not is_doubtful and self._is_known(matches)) or self._has_cue(first, last) and not is_doubtful
        if not is_doubtful:
            return self._is_known(matches) or self._has_cue(first, last) or not passage.starts_sentence[first]
        return self._has_cue(first, last)

    def _has_cue(self, first: int, last: int) -> bool:
        passage = self._passage
        noun, _ = self._noun_at(last) if last < len(passage.words) else (None, last)
        if noun is not None:
            return True
        before = first - 1
        if before >= 0 and passage.keys[before] == "of" and before > 0:
            return passage.keys[before - 1] in self._nouns
        if before >= 0 and passage.keys[before] == ",":
            return bool(self._found.spots) and self._found.spots[-1].last == before
        if before >= 0 and passage.keys[before] in vocabulary.PREPOSITIONS:
            return passage.keys[first] not in self._common or self._is_followed_by_place(last)
        return any(start <= passage.words[first].start_char < end for start, end in passage.datelines)

    def _is_followed_by_place(self, last: int) -> bool:
        passage = self._passage
        if last + 1 >= len(passage.words):
            return True
        if passage.keys[last] != ",":
            return passage.words[last].surface in ".!?\n"
        after = passage.words[last + 1]
        return after.start_char in self._mentions or self._longest(last + 1, self._run_end(last + 1)) is not None

    def _is_wide(self, matches: tuple[Match, ...]) -> bool:
        return any(match.entry.kind in _WIDE_KINDS and match.rank is NameRank.OWN for match in matches)

    def _is_known(self, matches: tuple[Match, ...]) -> bool:
        return self._is_wide(matches) or any(match.entry.population >= _KNOWN_POPULATION for match in matches)

    def _spot(
        self,
        first: int,
        last: int,
        matches: tuple[Match, ...],
        mention: CountryMention | None,
        noun: PlaceNoun | None = None,
    ) -> Spot:
        passage = self._passage
        start = passage.words[first].start_char
        end = mention.end_char if mention else passage.words[last - 1].end_char
        return Spot(
            first,
            last,
            start,
            end,
            passage.text[start:end],
            sense_key(passage, first, last),
            matches,
            mention.country if mention else None,
            mention is not None and mention.kind is CountryWord.DEMONYM,
            is_extra=self._is_extra(start, end),
            noun=noun,
        )

    def _is_extra(self, start: int, end: int) -> bool:
        return any(start < extra_end and extra_start < end for extra_start, extra_end in self._extra)

    def _add_missing_extras(self) -> None:
        taken = [(spot.start_char, spot.end_char) for spot in self._found.spots]
        for span in self._extra:
            if not any(start < span[1] and span[0] < end for start, end in taken):
                self._found.spots.append(self._extra_spot(span))

    def _extra_spot(self, span: Span) -> Spot:
        passage = self._passage
        first = passage.find_word(span[0])
        last = passage.find_word(span[1])
        while first < last - 1 and passage.keys[first] in vocabulary.ARTICLES:
            first += 1
        matches = self._spotter.by_words(passage, first, last)
        noun = None
        if last - first > 1:
            found, _ = self._noun_at(last - 1)
            if found is not None:
                noun, last = found, last - 1
                matches = self._spotter.by_words(passage, first, last) or matches
        start, end = passage.words[first].start_char, passage.words[last - 1].end_char
        name = passage.text[start:end]
        return Spot(first, last, start, end, name, sense_key(passage, first, last), matches, is_extra=True, noun=noun)

    def _blocked_surnames(self) -> set[str]:
        """The last words of blocked names: "Jackson" alone is the Mike Jackson who was blocked."""
        passage = self._passage
        surnames = set()
        for start, end in passage.blocked:
            keys = [
                passage.keys[index]
                for index in _words_within(passage, start, end)
                if passage.words[index].surface[0].isupper()
            ]
            if len(keys) > 1:
                surnames.add(keys[-1])
        return surnames


def _words_within(passage: Passage, start: int, end: int) -> Iterator[int]:
    index = passage.find_word(start)
    while index < len(passage.words) and passage.words[index].start_char < end:
        yield index
        index += 1


def _is_plain(match: Match) -> bool:
    """Known enough to be meant where capitals tell nothing."""
    entry: Entry = match.entry
    return entry.kind in _WIDE_KINDS and match.rank is NameRank.OWN or entry.population >= _CASELESS_POPULATION
