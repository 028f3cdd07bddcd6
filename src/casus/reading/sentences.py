"""A report's sentences with everything that one sentence alone can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casus.model import Report
from casus.reading.acts import ActMention, find_acts
from casus.reading.attribution import Statement, statements_of
from casus.reading.casting import Cast
from casus.reading.groups import PhraseReader
from casus.reading.harms import HarmMention, find_harms
from casus.reading.incidents import Incident, incidents_of
from casus.reading.lexicon import Lexicon, load_lexicon
from casus.reading.marks import Marks, marks_of
from casus.reading.naming import person_spans, place_spans
from casus.reading.parsing import Sentence
from casus.reading.statistics import Found, find_statistics
from casus.reading.weapons import WeaponMention, find_weapons
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import Country, CountryTable
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceKind, PlaceMention, default_resolver


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
    """A whole report annotated: its sentences, its main country and the place it was written at."""

    sentences: tuple[AnnotatedSentence, ...]
    country: Country | None
    dateline: PlaceMention | None

    @property
    def words(self) -> str:
        """The text of all sentences."""
        return " ".join(s.sentence.plain_text for s in self.sentences)

    @property
    def body(self) -> tuple[AnnotatedSentence, ...]:
        """The sentences below the title."""
        return tuple(s for s in self.sentences if not s.sentence.is_title)


def annotate(
    report: Report,
    sentences: Sequence[Sentence],
    dates: Sequence[DateMention],
    registry: ActorRegistry | None = None,
) -> Annotation:
    """The annotation of a report's parsed sentences; `registry` is the built-in one where none is given."""
    lexicon, registry = load_lexicon(), registry or ActorRegistry.load()
    places = find_places(report, sentences, registry)
    country = _main_country(places)
    actors = registry.find(report.text, country_code=country.code if country is not None else None)
    cast = Cast.of(report.text, actors, registry)
    marks = [marks_of(s, dates, places, cast.marks(s)) for s in sentences]
    statements = statements_of(sentences, marks, lexicon, country.adjective if country is not None else None)
    is_kidnapping = bool(_KIDNAPPING.search(report.text))
    annotated = tuple(
        _annotated(
            sentence, lexicon, own, said, is_kidnapping=is_kidnapping, published_on=report.published_on
        )
        for sentence, own, said in zip(sentences, marks, statements, strict=True)
    )
    dateline = next((p for p in places if p.is_dateline and p.kind is not PlaceKind.COUNTRY), None)
    return Annotation(annotated, country, dateline)


def find_places(
    report: Report,
    sentences: Sequence[Sentence],
    registry: ActorRegistry | None = None,
    *,
    names_only: bool = False,
) -> tuple[PlaceMention, ...]:
    """The places of a report, without the names that its sentences make persons or groups.

    With `names_only`, the place names as corpora mark them; see `PlaceResolver.resolve_names`.
    """
    actors = (registry or ActorRegistry.load()).find(report.text)
    blocked = [*person_spans(sentences), *((actor.start_char, actor.end_char) for actor in actors)]
    resolver = default_resolver()
    resolve = resolver.resolve_names if names_only else resolver.resolve
    return resolve(
        report.text,
        publisher=report.publisher,
        blocked=blocked,
        extra=place_spans(report.text, sentences),
        actor_countries=sorted({actor.entry.country_code for actor in actors if actor.entry.country_code}),
    )


_KIDNAPPING = re.compile(
    r"kidnap|abduct|hostage|captor|captiv|ransom|snatched"
    r"|\b(?:led|taken|took|carried|marched|dragged|driven) (?:away|off)\b"
    r"|\b(?:men|gunmen|rebels|militants|fighters|bandits|guerrillas|militiamen) (?:had )?(?:seized|took)\b",
    re.IGNORECASE,
)


def _annotated(
    sentence: Sentence,
    lexicon: Lexicon,
    marks: Marks,
    statements: tuple[Statement, ...],
    *,
    is_kidnapping: bool,
    published_on: date | None,
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
    found = find_statistics(sentence, reader, marks, harms, statements, published_on=published_on)
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


def _main_country(places: Sequence[PlaceMention]) -> Country | None:
    """The country of most place mentions, those of the head counting more."""
    votes: Counter[str] = Counter()
    for order, mention in enumerate(places):
        code = mention.place.country_code
        if code is None:
            continue
        votes[code] += 3 if order < 4 else 1
    return CountryTable.load().by_code(max(votes, key=lambda code: votes[code])) if votes else None
