"""The words that the reader knows, from `knowledge/`."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from casus.knowledge import read_table
from casus.model import Category, EventType, Harm


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word that says people were harmed, and where in the clause those people stand.

    `patient` is object, subject, of (nouns: "the killing of") or modified (adjectives).
    """

    lemma: str
    pos: str
    complement: str
    harm: Harm
    patient: str
    event_type: EventType | None


@dataclass(frozen=True, slots=True)
class ActWord:
    """A word for an act of violence or contention; `note` is weak, weapon, loose or empty (see acts.tsv)."""

    lemma: str
    pos: str
    complement: str
    event_type: EventType
    note: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, indexed by lemma."""

    harms: Mapping[tuple[str, str], tuple[HarmWord, ...]]
    acts: Mapping[tuple[str, str], tuple[ActWord, ...]]
    noun_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    people: Mapping[str, Category]
    reporting: Mapping[str, tuple[tuple[str, str], ...]]  # verb -> (complement, kind)
    speakers: Mapping[str, str]  # noun -> anonymous or institution

    def person(self, word: str, lemma: str) -> Category | None:
        """The category of a noun for people, by its form, its lemma or its singular; None for other nouns."""
        found = self.people.get(word) or self.people.get(lemma)
        if found is not None:
            return found
        for plural, singular in _PLURALS:
            if word.endswith(plural):
                return self.people.get(word.removesuffix(plural) + singular)
        return None


Word = TypeVar("Word", HarmWord, ActWord)
_PLURALS = (
    ("women", "woman"),
    ("men", "man"),
    ("children", "child"),
    ("wives", "wife"),
    ("ies", "y"),
    ("es", "e"),
    ("s", ""),
)
HARM_COLUMNS = ("lemma", "pos", "complement", "harm", "patient", "event_type")
ACT_COLUMNS = ("lemma", "pos", "complement", "event_type", "note")
PEOPLE_COLUMNS = ("word", "category", "kind")


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package's knowledge files.  Raises KnowledgeError for a file of a wrong form."""
    harms, acts = _harm_words(), _act_words()
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for act in acts:
        parts = tuple(act.lemma.split())
        if act.pos == "NOUN" and len(parts) > 1:
            phrases[parts[-1]].append(parts)
    people = {
        row.text("word").lower(): row.choice("category", Category)
        for row in read_table("people.tsv", PEOPLE_COLUMNS)
    }
    return Lexicon(
        _by_lemma(harms),
        _by_lemma(acts),
        {key: tuple(sorted(value, key=len, reverse=True)) for key, value in phrases.items()},
        people,
        _reporting(),
        {row.text("noun"): row.text("kind") for row in read_table("speakers.tsv", ("noun", "kind"))},
    )


def _harm_words() -> list[HarmWord]:
    return [
        HarmWord(
            row.text("lemma"),
            row.text("pos"),
            row.cells["complement"],
            row.choice("harm", Harm),
            row.text("patient"),
            row.choice("event_type", EventType) if row.optional("event_type") else None,
        )
        for row in read_table("harms.tsv", HARM_COLUMNS)
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


def _reporting() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table("reporting.tsv", ("lemma", "complement", "kind")):
        found[row.text("lemma")].append((row.cells["complement"], row.text("kind")))
    return {lemma: tuple(sorted(kinds, key=lambda kind: not kind[0])) for lemma, kinds in found.items()}


def _by_lemma(words: list[Word]) -> dict[tuple[str, str], tuple[Word, ...]]:
    """Entries by lemma and part of speech, those that ask for a complement before the bare ones."""
    grouped: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: not word.complement):
        grouped[word.lemma, word.pos].append(word)
    return {key: tuple(value) for key, value in grouped.items()}
