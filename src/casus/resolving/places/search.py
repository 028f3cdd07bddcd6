"""Finds the names of a report that may be places, in one pass over its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casus.resolving.countries import CountryMention, CountryWord
from casus.resolving.gazetteer import EntryKind, Match, NameRank
from casus.resolving.places import vocabulary
from casus.resolving.places.passage import Passage, Span
from casus.resolving.places.runs import NOT_UNITS, Runs
from casus.resolving.places.spotting import Spot, Spotter, is_known, is_wide, known_only, sense_key
from casus.resolving.places.vocabulary import PlaceNoun

_LONGEST_NAME, _LONGEST_FLAT_NAME = 6, 3
_SHORTEST_SPELLING = 5
_LONGEST_ACRONYM = 5
# Nouns that are part of the name ("Palestine Street"); units and towns only say what it is.
_NAMING = frozenset({"feature", "nature", "water"})


@dataclass(slots=True)
class Spotted:
    """The spots of a report, and the places that organisations and peoples are named for, as evidence.

    `borne` are where these places stand in the names of the organisations ("Kabul" of "Kabul Police").
    """

    spots: list[Spot] = field(default_factory=list)
    evidence: list[tuple[Match, ...]] = field(default_factory=list)
    borne: list[Span] = field(default_factory=list)


def find_spots(spotter: Spotter, passage: Passage, extra: Iterable[Span] = ()) -> Spotted:
    """The spots of a passage in order, none overlapping; each span of `extra` lies in one."""
    return _Search(spotter, passage, sorted({*extra, *passage.dateline_towns})).run()


class _Search:
    def __init__(self, spotter: Spotter, passage: Passage, extra: list[Span]) -> None:
        self._spotter = spotter
        self._passage = passage
        self._extra = extra
        self._mentions = spotter.find_countries(passage.text)
        self._runs = Runs(passage, self._mentions)
        self._found = Spotted()

    def run(self) -> Spotted:
        """Look at each word in turn."""
        self._release_blocked()
        position = 0
        for start in self._starts():
            if start >= position:
                position = self._step(start)
        taken = [(spot.start_char, spot.end_char) for spot in self._found.spots]
        for span in self._extra:
            if not any(start < span[1] and span[0] < end for start, end in taken):
                self._add_extra(span)
        self._found.spots.sort(key=lambda spot: spot.first)
        return self._found

    def _starts(self) -> list[int]:
        """The words at which a name may begin."""
        passage = self._passage
        return [
            at
            for at, (word, is_capital) in enumerate(zip(passage.words, passage.is_capital, strict=True))
            if word.start_char in self._mentions
            or (is_capital and not (word.caseless and self._runs.is_common(at, at + 1)))
            or self._runs.is_article(at)
        ]

    def _release_blocked(self) -> None:
        """Let go of blocked names that the words around them call places; taggers err on strange names."""
        passage = self._passage
        for start, end in passage.blocked:
            first, last = passage.find_word(start), passage.find_word(end)
            is_name = first < last and passage.is_capital[first] and passage.is_capital[last - 1]
            if is_name and self._is_called_a_place(first, last):
                passage.is_blocked[first:last] = [False] * (last - first)
                self._runs.surnames.discard(passage.keys[last - 1])

    def _is_called_a_place(self, first: int, last: int) -> bool:
        """Whether a noun or a preposition of place stands with a name, or the dateline holds it."""
        passage = self._passage
        if passage.keys[first] in vocabulary.ARTICLES:
            first += 1
        noun, _ = self._runs.noun_at(last - 1) if last - first > 1 else (None, last)
        if noun is not None and noun.role == "unit" and noun.word not in NOT_UNITS:
            return not self._runs.is_organisation(first, last)
        if self._runs.has_type(first, last):
            return True
        matches = self._spotter.by_words(passage, first, last)
        before = passage.keys[first - 1] if first else ""
        if before == "of" and first > 1 and self._runs.small_noun_at(first - 2) is not None:
            return bool(matches)
        if before in vocabulary.EPITHETS or before in vocabulary.DIRECTION_ADJECTIVES:
            return is_wide(matches)
        if before in vocabulary.PREPOSITIONS:
            return bool(matches) and not self._runs.is_common(first, last)
        is_capital = (
            before == "," and first > 1 and passage.keys[first - 2] in ("capital", "city", "town", "village")
        )
        is_dateline = any(start <= passage.words[first].start_char < end for start, end in passage.datelines)
        return (is_capital or is_dateline) and bool(matches)

    @property
    def _last_end(self) -> int:
        return self._found.spots[-1].last if self._found.spots else -1

    def _step(self, position: int) -> int:
        """Look at one word; gives the position to go on from."""
        passage = self._passage
        mention = self._mentions.get(passage.words[position].start_char)
        if passage.is_blocked[position]:
            if mention is not None:
                self._found.evidence.append(self._of_country(mention))
                self._found.borne.append((mention.start_char, mention.end_char))
            return position + 1
        run_end = self._runs.end(position)
        span = self._longest(position, run_end)
        if mention is not None:
            end = passage.find_word(mention.end_char)
            if span is None or span[0] <= end:
                return self._country(position, end, run_end, mention)
        if (
            span is None
            or self._runs.breaks_off(span[0], run_end)
            or self._is_typed_longer(position, span[0], run_end)
        ):
            return self._unknown(position, run_end)
        return self._name(position, run_end, *span)

    def _is_typed_longer(self, first: int, last: int, run_end: int) -> bool:
        """Whether a noun calls a longer name a place than the gazetteer has: "the village of Beni Hakim"."""
        end = self._runs.name_end(first, run_end)
        if end <= last or self._runs.noun_at(last)[0] is not None:
            return False
        return self._runs.has_type(first, end) and not self._runs.is_organisation(last, end)

    def _longest(self, first: int, run_end: int) -> tuple[int, tuple[Match, ...]] | None:
        """The end and the candidates of the longest name that begins at a word."""
        passage = self._passage
        longest = _LONGEST_FLAT_NAME if passage.words[first].caseless else _LONGEST_NAME
        for last in range(min(run_end, first + longest), first, -1):
            if not passage.is_capital[last - 1] and not passage.keys[last - 1].isdecimal():
                continue
            if last - first == 1 and not self._runs.may_stand_alone(first, self._last_end):
                continue
            matches = self._spotter.by_words(passage, first, last)
            if passage.words[first].caseless:
                matches = known_only(matches)
            if passage.words[first].start_char not in self._mentions:  # "the banks of the Niger"
                matches = tuple(match for match in matches if match.entry.kind is not EntryKind.COUNTRY)
            if matches:
                return self._without_noun(first, last, matches)
        return None

    def _without_noun(
        self, first: int, last: int, matches: tuple[Match, ...]
    ) -> tuple[int, tuple[Match, ...]]:
        """Leave a closing word for a unit out of the name ("Dang District"); it is read as a cue."""
        noun = self._runs.small_noun_at(last - 1)
        if noun is None or noun.role != "unit" or last - first < 2 or len(self._passage.keys[first]) < 3:
            return last, matches
        bare = (
            ()
            if self._runs.is_common(first, last - 1)
            else self._spotter.by_words(self._passage, first, last - 1)
        )
        if not bare:
            return last, matches
        known = {match.entry.id for match in bare}
        return last - 1, (*bare, *(match for match in matches if match.entry.id not in known))

    def _of_country(self, mention: CountryMention) -> tuple[Match, ...]:
        return self._spotter.of_country(mention, self._passage.text[mention.start_char : mention.end_char])

    def _country(self, first: int, last: int, run_end: int, mention: CountryMention) -> int:
        """File a country's name or demonym; one that an organisation bears is evidence only."""
        passage = self._passage
        matches = self._of_country(mention)
        if mention.kind is CountryWord.DEMONYM:
            self._add(first, last, matches, mention)
            return max(last, first + 1)
        is_plain = passage.title_case[first] or passage.words[first].caseless
        if not is_plain and self._runs.is_organisation(last, run_end):
            self._found.evidence.append(matches)
            self._found.borne.append((mention.start_char, mention.end_char))
            return self._runs.past_capitals(last, run_end)
        noun, rest = self._runs.noun_at(last)
        if noun is not None and noun.role in _NAMING and not is_plain:
            self._add(first, last, matches, None, noun)
            return rest
        self._add(first, last, matches, mention)
        return max(last, first + 1)

    def _unknown(self, first: int, run_end: int) -> int:
        """A name without an entry is a place where a noun says so: "the village of X", "X district"."""
        passage = self._passage
        if passage.keys[first] in vocabulary.PREPOSITIONS | vocabulary.WEAK_PREPOSITIONS:
            return first + 1  # "In Harun District, gunmen"
        last = self._runs.name_end(first, run_end)
        if not passage.is_capital[last - 1] or passage.words[first].caseless or passage.title_case[first]:
            return first + 1
        noun = None
        if last - first > 1:
            noun, _ = self._runs.noun_at(last - 1)
            last -= noun is not None
        is_unit = noun is not None and noun.role == "unit" and noun.word not in NOT_UNITS
        is_typed = is_unit or (noun is None and self._runs.has_type(first, last))
        is_tentative = not is_typed and noun is None and self._may_be_misspelt(first, last)
        if not is_typed and not is_tentative:
            return first + 1
        if any(key in vocabulary.ORGANISATION_WORDS for key in passage.keys[first:last]):
            return max(run_end, first + 1)
        is_acronym = (
            passage.words[last - 1].surface.isupper() and len(passage.keys[last - 1]) <= _LONGEST_ACRONYM
        )
        if is_acronym or self._runs.is_common(first, last):
            return first + 1
        self._add(first, last, (), None, noun, is_tentative=is_tentative)
        return max(last + (noun is not None), first + 1)

    def _may_be_misspelt(self, first: int, last: int) -> bool:
        """Whether an unknown name after "in", "at" or "near" may be another spelling of a known one."""
        key = sense_key(self._passage, first, last)
        is_after = first > 0 and self._passage.keys[first - 1] in ("in", "at", "near")
        return (
            is_after and len(key) >= _SHORTEST_SPELLING and self._passage.words[first].surface[1:].islower()
        )

    def _name(self, first: int, run_end: int, last: int, matches: tuple[Match, ...]) -> int:
        """Judge a gazetteer name by the rest of its run of capitals."""
        passage = self._passage
        if self._runs.is_titled(first):
            return self._skip_person(first, run_end)
        noun, rest = self._runs.noun_at(last) if last < run_end else (None, last)
        if noun is not None and noun.role in _NAMING and passage.title_case[first]:
            noun, rest = None, last
        elif noun is None and last < run_end:
            onward = self._past_longer_name(first, last, run_end, matches)
            if onward is not None:
                return onward
        if first > 0 and self._runs.is_name_tail(first, self._last_end):
            self._runs.surnames.add(passage.keys[last - 1])
            return last
        if not self._is_plausible(first, last, matches):
            return last
        if noun is None and self._is_adjective(last, matches):
            self._found.evidence.append(matches)
            return last
        self._add(first, last, matches, None, noun)
        return max(last, rest)

    def _past_longer_name(
        self, first: int, last: int, run_end: int, matches: tuple[Match, ...]
    ) -> int | None:
        """Where to go on if more capitals make a longer name of a name; None if it stands by itself."""
        passage = self._passage
        word = passage.words[last]
        if passage.title_case[first] or passage.words[first].caseless or word.joined:
            return None
        if not passage.is_capital[last] or self._runs.is_common(last, last + 1):
            is_body = self._runs.is_organisation(last, run_end)
        else:
            is_body = self._runs.is_organisation(last, run_end) or (
                len(word.surface) > 1 and word.surface.isupper()
            )
            if not is_body:
                is_country_next = word.start_char in self._mentions  # "Kabul Afghanistan" is two places
                return None if is_country_next else self._skip_person(first, run_end)
        if not is_body:
            return None
        self._found.evidence.append(matches)
        if self._is_plausible(first, last, matches):
            self._found.borne.append((passage.words[first].start_char, passage.words[last - 1].end_char))
        return self._runs.past_capitals(last, run_end)

    def _skip_person(self, first: int, run_end: int) -> int:
        end = self._runs.past_capitals(first, run_end)
        self._runs.surnames.update(self._passage.keys[first + 1 : end])
        return max(end, first + 1)

    def _is_adjective(self, last: int, matches: tuple[Match, ...]) -> bool:
        """Whether a name is the adjective in a unit's full name: "Chechen" of "Chechen Republic"."""
        is_bare = matches[0].rank is NameRank.BARE and matches[0].entry.kind is EntryKind.ADM1
        return is_bare and self._runs.small_noun_at(last) is None

    def _is_plausible(self, first: int, last: int, matches: tuple[Match, ...]) -> bool:
        """Whether a name may stand for a place; words that are mostly something else need a cue."""
        passage = self._passage
        if self._runs.is_direction(first, last):
            return self._runs.has_unit_behind(last)
        is_doubtful = self._runs.is_common(first, last) or (
            last - first == 1 and passage.keys[first] in self._runs.surnames
        )
        if passage.words[first].caseless:
            return not is_doubtful and (is_known(matches) or self._has_cue(first, last))
        if is_doubtful:
            return (last - first > 1 and is_wide(matches)) or self._has_cue(first, last)
        is_open = last - first > 1 or not passage.starts_sentence(first)
        return is_open or is_known(matches) or self._has_cue(first, last)

    def _has_cue(self, first: int, last: int) -> bool:
        """Whether a noun, a preposition, a place before it or the dateline says that a name is a place."""
        passage = self._passage
        noun = self._runs.small_noun_at(last)
        if noun is not None and noun.role in ("unit", "settlement"):
            return not passage.is_capital[last] or bool(self._spotter.by_words(passage, first, last + 1))
        before = passage.keys[first - 1] if first else ""
        if before == "of" and first > 1:
            return self._runs.small_noun_at(first - 2) is not None
        if before == ",":
            return self._last_end == first - 1
        if before in vocabulary.PREPOSITIONS and not self._runs.is_common(first, last):
            return True
        if before in vocabulary.PREPOSITIONS or before in vocabulary.WEAK_PREPOSITIONS:
            return self._is_followed_by_place(last)
        if self._is_heading(first, last):
            return True
        return any(start <= passage.words[first].start_char < end for start, end in passage.datelines)

    def _is_heading(self, first: int, last: int) -> bool:
        """Whether a name alone heads a line, as in situation reports: "GORAZDE.", "Est: On 14 March"."""
        passage = self._passage
        after = passage.words[last].surface if last < len(passage.words) else "."
        is_line = last >= len(passage.words) or passage.starts_line(last)
        is_numbered = first > 1 and passage.keys[first - 2].isdecimal() and passage.starts_line(first - 2)
        return (passage.starts_line(first) or is_numbered) and (after in (":", ".") or is_line)

    def _is_followed_by_place(self, last: int) -> bool:
        """Whether a sentence ends behind a name, or a comma and another place follow: "Mobile, Alabama"."""
        passage = self._passage
        if last + 1 >= len(passage.words):
            return True
        if passage.keys[last] != ",":
            return passage.words[last].surface in (".", "!", "?", "\n")
        after = last + 1
        return passage.words[after].start_char in self._mentions or (
            passage.is_capital[after] and self._longest(after, self._runs.end(after)) is not None
        )

    def _add(
        self,
        first: int,
        last: int,
        matches: tuple[Match, ...],
        mention: CountryMention | None,
        noun: PlaceNoun | None = None,
        *,
        is_extra: bool = False,
        is_tentative: bool = False,
    ) -> None:
        passage = self._passage
        rest = last
        if noun is not None and noun.role in _NAMING:
            _, rest = self._runs.noun_at(last)
        start = passage.words[first].start_char
        end = mention.end_char if mention else passage.words[rest - 1].end_char
        is_extra = is_extra or any(start < other_end and other < end for other, other_end in self._extra)
        spot = Spot(
            first,
            last,
            start,
            end,
            passage.text[start:end],
            sense_key(passage, first, rest),
            matches,
            mention.country if mention else None,
            mention is not None and mention.kind is CountryWord.DEMONYM,
            is_extra=is_extra,
            is_tentative=is_tentative and not is_extra,
            noun=noun,
        )
        self._found.spots.append(spot)

    def _add_extra(self, span: Span) -> None:
        """File a span that the caller holds for a place and that the search passed over."""
        passage = self._passage
        first, last = passage.find_word(span[0]), passage.find_word(span[1])
        while first < last - 1 and passage.keys[first] in vocabulary.ARTICLES:
            first += 1
        if first >= last:
            return
        noun = None
        if last - first > 1:
            noun, _ = self._runs.noun_at(last - 1)
            is_town = noun is not None and noun.role == "settlement"  # "Stone Town" keeps its noun
            last -= noun is not None and not is_town
        self._add(first, last, self._spotter.by_words(passage, first, last), None, noun, is_extra=True)
