"""A report's sentences with everything that one sentence alone can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casus.model import Report
from casus.reading.acts import ActMention, find_acts
from casus.reading.attribution import Statement, statements_of
from casus.reading.groups import PhraseReader
from casus.reading.harms import HarmMention, find_harms
from casus.reading.incidents import Incident, incidents_of
from casus.reading.lexicon import Lexicon, load_lexicon
from casus.reading.marks import ActorMark, Marks, marks_of
from casus.reading.parsing import Sentence
from casus.reading.naming import is_place_noun, person_spans, place_spans
from casus.reading.statistics import Found, find_statistics
from casus.reading.weapons import WeaponMention, find_weapons
from casus.resolving.actors import ActorMention, ActorRegistry
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
    blocked = [*person_spans(sentences), *((a.start_char, a.end_char) for a in first_actors)]
    places = resolve_places(
        report.text,
        publisher=report.publisher,
        blocked=blocked,
        extra=place_spans(report.text, sentences),
        actor_countries=sorted({a.entry.country_code for a in first_actors if a.entry.country_code}),
    )
    country = _main_country(places)
    actors = registry.find(report.text, country_code=country.code if country is not None else None)
    names = _names_in_text(report.text, actors)
    marks = [marks_of(s, dates, places, _actor_marks(s, actors, names)) for s in sentences]
    statements = statements_of(sentences, marks, lexicon, country.adjective if country is not None else None)
    is_kidnapping = bool(_KIDNAPPING.search(report.text))
    annotated = tuple(
        _annotated(sentence, lexicon, own, said, is_kidnapping=is_kidnapping)
        for sentence, own, said in zip(sentences, marks, statements, strict=True)
    )
    return Annotation(annotated, country)


_KIDNAPPING = re.compile(r"kidnap|abduct|hostage|captor|captiv|ransom", re.IGNORECASE)


def _annotated(
    sentence: Sentence,
    lexicon: Lexicon,
    marks: Marks,
    statements: tuple[Statement, ...],
    *,
    is_kidnapping: bool,
) -> AnnotatedSentence:
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
    found = find_statistics(sentence, reader, marks, harms, statements)
    used = frozenset(i for f in found for i in f.triggers)
    incidents = incidents_of(
        sentence,
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
        find_weapons(sentence),
        statements,
        tuple(found),
        tuple(incidents),
    )


def _actor_marks(
    sentence: Sentence, actors: Sequence[ActorMention], names: Mapping[str, str]
) -> dict[int, ActorMark]:
    first, last = sentence.chars(0, len(sentence.doc))
    found: dict[int, ActorMark] = {}
    for mention in actors:
        if not first <= mention.start_char < last:
            continue
        tokens = sentence.tokens_in(mention.start_char, mention.end_char)
        if tokens is None or _is_place_name(sentence, *tokens):
            continue
        entry = mention.entry
        name = names.get(entry.id or "", entry.name)
        mark = ActorMark(
            *tokens, name, entry.id, entry.kind, entry.country_code, entry.category, entry.can_act
        )
        found.update(dict.fromkeys(range(*tokens), mark))
    _refer_back(sentence, actors, names, found)
    return found


# Nouns that stand for a group named elsewhere in the report: "the coalition", "the rebels".
_SHORT_FOR = {"coalition", "alliance", "junta", "peacekeepers", "cartel"}
_FIGHTERS = {"rebels", "rebel", "militants", "insurgents", "guerrillas", "separatists", "militia", "militiamen", "jihadists", "islamists", "group"}


def _refer_back(sentence: Sentence, actors: Sequence[ActorMention], names: Mapping[str, str], found: dict[int, ActorMark]) -> None:
    """Mark "the coalition" and "the rebels" as the one actor of the report that they can mean."""
    entries = {m.entry.name: m for m in actors}
    groups = [m for m in entries.values() if m.entry.kind in ("armed_group", "militia", "gang")]
    for i, word in enumerate(sentence.words):
        if i in found or word not in _SHORT_FOR | _FIGHTERS:
            continue
        definite = i > 0 and sentence.words[i - 1] in ("the", "these", "those", "a") or word in ("rebel", "coalition")
        meant = [m for m in entries.values() if word in m.alias.lower().split()] if word in _SHORT_FOR else groups
        if len(meant) != 1 or not definite or (word == "group" and sentence.words[i - 1] != "the"):
            continue
        entry = meant[0].entry
        name = names.get(entry.id or "", entry.name)
        found[i] = ActorMark(i, i + 1, name, entry.id, entry.kind, entry.country_code, entry.category, entry.can_act)


def _names_in_text(text: str, actors: Sequence[ActorMention]) -> dict[str, str]:
    """How the report names each actor of the registry: by the registry's name where it stands there, else in its own words."""
    names: dict[str, str] = {}
    lower = text.lower()
    for mention in actors:
        entry = mention.entry
        if entry.id is None or entry.id in names or entry.kind == "state_force":
            continue
        if entry.name.lower() not in lower:
            names[entry.id] = text[mention.start_char : mention.end_char].removeprefix("the ").removeprefix("The ")
    return names


def _is_place_name(sentence: Sentence, start: int, end: int) -> bool:
    """True where a name that a group bears too is a place here: "at Shabiha, a village"."""
    words = sentence.words
    after = words[end : end + 4]
    return (
        start > 0
        and words[start - 1] in ("in", "at", "near")
        and len(after) > 2
        and after[0] == ","
        and any(is_place_noun(w) for w in after[1:])
    )


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
