"""A report's sentences with everything that one sentence alone can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Report
from casus.reading.acts import ActMention, find_acts
from casus.reading.attribution import Statement, statements_of
from casus.reading.groups import PhraseReader
from casus.reading.harms import HarmMention, find_harms
from casus.reading.incidents import Incident, incidents_of
from casus.reading.lexicon import Lexicon, load_lexicon
from casus.reading.marks import Marks, marks_of
from casus.reading.casting import Cast, party_words
from casus.reading.parsing import Sentence
from casus.reading.names import name_span
from casus.reading.speakers import VoiceBook
from casus.reading.statistics import Found, find_statistics
from casus.reading.weapons import WeaponMention, find_weapons
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import Country, CountryTable
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceKind, PlaceMention, resolve_places


@dataclass(frozen=True, slots=True, eq=False)
class AnnotatedSentence:
    """A sentence with its marks and mentions."""

    sentence: Sentence
    reader: PhraseReader
    marks: Marks
    harms: tuple[HarmMention, ...]
    acts: tuple[ActMention, ...]
    weapons: tuple[WeaponMention, ...]
    statements: tuple[Statement, ...]
    statistics: tuple[Found, ...]
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """A whole report annotated: its sentences and its main country."""

    sentences: tuple[AnnotatedSentence, ...]
    country: Country | None


def annotate(report: Report, sentences: Sequence[Sentence], dates: Sequence[DateMention]) -> Annotation:
    """The annotation of a report's parsed sentences."""
    lexicon, registry = load_lexicon(), ActorRegistry.load()
    first_actors = registry.find(report.text)
    persons = list(_person_spans(sentences))
    blocked = [*persons, *((a.start_char, a.end_char) for a in first_actors)]
    places = resolve_places(
        report.text, publisher=report.publisher, blocked=blocked, extra=_everywhere(report.text, list(_place_like(sentences)))
    )
    country = _main_country(places)
    actors = registry.find(report.text, country_code=country.code if country is not None else None)
    cast = Cast.of(report.text, actors)
    book = VoiceBook(lexicon, country.adjective if country is not None else None)
    is_kidnapping = bool(_KIDNAPPING.search(report.text))
    annotated = tuple(
        _annotated(s, lexicon, book, dates, places, cast, is_kidnapping=is_kidnapping) for s in sentences
    )
    return Annotation(annotated, country)


_KIDNAPPING = re.compile(r"kidnap|abduct|hostage|captor|captiv|ransom", re.IGNORECASE)


def _annotated(
    sentence: Sentence,
    lexicon: Lexicon,
    book: VoiceBook,
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    cast: Cast,
    *,
    is_kidnapping: bool,
) -> AnnotatedSentence:
    marks = marks_of(sentence, dates, places, cast.marks(sentence))
    reader = PhraseReader.of(
        sentence,
        lexicon,
        marks.blocked,
        marks.actors,
        marks.date_tokens(),
        places=marks.place_tokens(),
        is_kidnapping=is_kidnapping,
    )
    harms, acts = find_harms(reader), find_acts(reader)
    if not sentence.is_title:
        book.meet(sentence, marks)
    statements = () if sentence.is_title else statements_of(sentence, lexicon, book, marks)
    found = find_statistics(sentence, reader, marks, harms, statements)
    used = frozenset(i for f in found for i in f.triggers)
    incidents = incidents_of(
        reader,
        marks,
        [h for h in harms if h.trigger not in used],
        [a for a in acts if a.trigger not in used],
        statements,
    )
    return AnnotatedSentence(
        sentence,
        reader,
        marks,
        harms,
        acts,
        find_weapons(sentence, marks),
        statements,
        tuple(found),
        tuple(incidents),
    )


def _person_spans(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Names of persons, so that they are not taken for places."""
    for sentence in sentences:
        for entity in sentence.doc.ents:
            if entity.label_ == "PERSON" and (len(entity) > 1 or _after_title(sentence, entity.start)):
                yield sentence.chars(entity.start, entity.end)


_TITLES = {
    "mr",
    "mr.",
    "mrs",
    "ms",
    "dr",
    "dr.",
    "president",
    "minister",
    "general",
    "colonel",
    "major",
    "captain",
    "lieutenant",
    "father",
    "bishop",
    "pope",
    "king",
    "prince",
    "sir",
    "judge",
    "senator",
    "commander",
    "superintendent",
    "inspector",
    "sergeant",
    "corporal",
    "brigadier",
    "spokesman",
    "spokeswoman",
    "leader",
    "chief",
    "director",
}


def _after_title(sentence: Sentence, token: int) -> bool:
    return token > 0 and sentence.words[token - 1] in _TITLES


def _everywhere(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with every other occurrence of their words: a name that is a place once is one all through."""
    found = set(spans)
    for name in {text[start:end] for start, end in spans if end - start > 3}:
        found.update(m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return sorted(found)


def _place_like(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Capitalised names after "in", "at", "near" and "village of" that no person's name explains."""
    for sentence in sentences:
        for token in sentence.doc:
            if token.pos_ == "PROPN" and (
                (token.dep_ == "pobj" and _names_place(token, token.head)) or _described_as_place(token)
            ):
                yield sentence.chars(*_name(token))
                for other in token.conjuncts:
                    if other.i > token.i and other.pos_ == "PROPN" and other.ent_type_ not in _NO_PLACES:
                        yield sentence.chars(*_name(other))


_NO_PLACES = {"DATE", "TIME", "NORP"}


_ENTERED = {
    "leave",
    "enter",
    "reach",
    "storm",
    "raid",
    "capture",
    "flee",
    "attack",
    "bomb",
    "shell",
    "overrun",
    "besiege",
    "seize",
    "retake",
    "recapture",
    "hit",
    "quit",
    "burn",
    "abandon",
}


def _described_as_place(token: Token) -> bool:
    """True for "Rais, a village south of the capital", "left Pont-Rouge", "the place was La Paz, a hamlet"."""
    if token.ent_type_ in _NO_PLACES:
        return False
    if any(t.dep_ == "appos" and t.lemma_.lower() in party_words()["place"] for t in token.rights):
        return True
    return (
        token.dep_ == "dobj"
        and token.head.lemma_.lower() in _ENTERED
        and token.ent_type_ not in ("PERSON", "ORG")
        and token.tag_ == "NNP"
    )


def _names_place(token: Token, preposition: Token) -> bool:
    if token.ent_type_ in _NO_PLACES:
        return False
    if preposition.lower_ == "of":
        return preposition.head.lemma_.lower() in party_words()["place"]
    if token.ent_type_ == "PERSON" and any(t.ent_type_ == "PERSON" for t in token.lefts):
        return False
    if preposition.lower_ in ("from", "to"):
        return token.ent_type_ in ("GPE", "LOC", "FAC")
    return preposition.lower_ in ("in", "at", "near", "around", "outside", "inside", "towards")


def _name(token: Token) -> tuple[int, int]:
    span = name_span(token, None)
    return span.start, span.end


def _main_country(places: Sequence[PlaceMention]) -> Country | None:
    """The country of most place mentions, those of the head counting more."""
    votes: Counter[str] = Counter()
    for order, mention in enumerate(places):
        code = mention.place.country_code
        if code is None:
            continue
        votes[code] += 3 if order < 4 else 1
        if mention.kind is PlaceKind.DEMONYM or mention.is_dateline:
            votes[code] -= 0
    return CountryTable.load().by_code(max(votes, key=lambda code: votes[code])) if votes else None
