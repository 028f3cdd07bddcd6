"""The words that the reader knows, from `knowledge/`."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from casus.knowledge import read_table
from casus.model import Category, EventType, Harm
from casus.reading.reporting import ReportingVerb, SpeakerKind, load_reporting_verbs, load_speaker_nouns


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word that says people were harmed, and where in the clause those people stand.

    `patient` is object, subject, with ("made off with"), of (nouns: "the killing of") or
    modified (adjectives).
    `needs` is what the word asks for before it means harm, "" for nothing; the head of
    `harms.tsv` lists the needs.
    """

    lemma: str
    pos: str
    complement: str
    harm: Harm
    patient: str
    event_type: EventType | None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class ActWord:
    """A word for an act of violence or contention; `note` is weak, weapon, loose or empty (see acts.tsv)."""

    lemma: str
    pos: str
    complement: str
    event_type: EventType
    note: str


@dataclass(frozen=True, slots=True)
class PeopleModifier:
    """What a word beside a noun makes of people; `over` are the categories (or "role") it overrules."""

    category: Category
    over: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, indexed by lemma."""

    harms: Mapping[tuple[str, str], tuple[HarmWord, ...]]
    acts: Mapping[tuple[str, str], tuple[ActWord, ...]]
    noun_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    people: Mapping[str, Category]
    people_kinds: Mapping[str, str]
    people_before: Mapping[str, PeopleModifier]
    people_after: Mapping[str, PeopleModifier]
    reporting: Mapping[str, tuple[ReportingVerb, ...]]
    speakers: Mapping[str, SpeakerKind]
    national_speakers: frozenset[str]  # nouns that alone mean the country's own body: "the army"

    def person(self, word: str, lemma: str) -> Category | None:
        """The category of a noun for people, by its form, its lemma or its singular; None for other nouns."""
        key = self._person_key(word, lemma)
        return self.people[key] if key is not None else None

    def person_kind(self, word: str, lemma: str) -> str | None:
        """The kind of a noun for people in `people.tsv`; None for other nouns."""
        key = self._person_key(word, lemma)
        return self.people_kinds[key] if key is not None else None

    def _person_key(self, word: str, lemma: str) -> str | None:
        forms = [word, lemma]
        ending = next((pair for pair in _PLURALS if word.endswith(pair[0])), None)
        if ending is not None:
            forms.append(word.removesuffix(ending[0]) + ending[1])
        return next((form for form in forms if form in self.people), None)


Word = TypeVar("Word", HarmWord, ActWord)
_PLURALS = (
    ("women", "woman"),
    ("men", "man"),
    ("children", "child"),
    ("wives", "wife"),
    ("ies", "y"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("sses", "ss"),
    ("s", ""),
)
HARM_COLUMNS = ("lemma", "pos", "complement", "harm", "patient", "event_type", "needs")
ACT_COLUMNS = ("lemma", "pos", "complement", "event_type", "note")
PEOPLE_COLUMNS = ("word", "category", "kind")
MODIFIER_COLUMNS = ("word", "side", "category", "over")


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package's knowledge files.  Raises KnowledgeError for a file of a wrong form."""
    acts = _act_words()
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for act in acts:
        parts = tuple(act.lemma.split())
        if act.pos == "NOUN" and len(parts) > 1:
            phrases[parts[-1]].append(parts)
    speakers = load_speaker_nouns()
    people = [(row.text("word").lower(), row) for row in read_table("people.tsv", PEOPLE_COLUMNS)]
    return Lexicon(
        _by_lemma(_harm_words()),
        _by_lemma(acts),
        {key: tuple(sorted(value, key=len, reverse=True)) for key, value in phrases.items()},
        {word: row.choice("category", Category) for word, row in people},
        {word: row.text("kind") for word, row in people},
        _modifiers("before"),
        _modifiers("after"),
        load_reporting_verbs(),
        {noun: speaker.kind for noun, speaker in speakers.items()},
        frozenset(noun for noun, speaker in speakers.items() if speaker.is_national),
    )


@functools.cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """The lists of `word_lists.tsv`, by name: closed sets of words that the rules for tolls ask for."""
    rows = read_table("word_lists.tsv", ("list", "words"))
    return {row.text("list"): frozenset(row.members("words")) for row in rows}


def _harm_words() -> list[HarmWord]:
    return [
        HarmWord(
            row.text("lemma"),
            row.text("pos"),
            complement,
            row.choice("harm", Harm),
            row.text("patient"),
            row.choice("event_type", EventType) if row.optional("event_type") else None,
            row.cells["needs"],
        )
        for row in read_table("harms.tsv", HARM_COLUMNS)
        for complement in row.members("complement") or ("",)
    ]


def _act_words() -> list[ActWord]:
    return [
        ActWord(
            row.text("lemma"),
            row.text("pos"),
            row.cells["complement"],
            row.choice("event_type", EventType),
            row.cells["note"],
        )
        for row in read_table("acts.tsv", ACT_COLUMNS)
    ]


def _modifiers(side: str) -> dict[str, PeopleModifier]:
    return {
        row.text("word"): PeopleModifier(row.choice("category", Category), frozenset(row.members("over")))
        for row in read_table("people_modifiers.tsv", MODIFIER_COLUMNS)
        if row.text("side") == side
    }


def _by_lemma(words: list[Word]) -> dict[tuple[str, str], tuple[Word, ...]]:
    """Entries by lemma and part of speech, those that ask for a complement before the bare ones."""
    grouped: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: not word.complement):
        grouped[word.lemma, word.pos].append(word)
    return {key: tuple(value) for key, value in grouped.items()}
