"""Phrases of a knowledge file found in a sentence, by the words or their lemmas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Doc, Token

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PhraseTable(Generic[Value]):
    """Phrases, each with what it stands for, by their first word."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Value], ...]]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, Value]]) -> PhraseTable[Value]:
        """A table of phrases (lemmas, one space apart)."""
        found: dict[str, list[tuple[tuple[str, ...], Value]]] = defaultdict(list)
        for phrase, value in phrases:
            words = tuple(phrase.split())
            found[words[0]].append((words, value))
        return cls({first: tuple(sorted(rows, key=lambda r: -len(r[0]))) for first, rows in found.items()})

    def find(self, doc: Doc, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Value]]:
        """The longest phrase at each place within ranges of tokens: first token, end (exclusive), value."""
        for start, end in ranges:
            for i in range(start, end):
                found = self._at(doc, i, end)
                if found is not None:
                    yield i, i + found[0], found[1]

    def _at(self, doc: Doc, i: int, end: int) -> tuple[int, Value] | None:
        for first in {doc[i].lower_, doc[i].lemma_.lower()}:
            for words, value in self.by_first.get(first, ()):
                if i + len(words) <= end and all(_is(doc[i + n], word) for n, word in enumerate(words)):
                    return len(words), value
        return None


def _is(token: Token, word: str) -> bool:
    return word in (token.lower_, token.lemma_.lower())
