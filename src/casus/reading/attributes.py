"""Parts of speech from tags, as spaCy's attribute ruler gives them, without trying each rule on each token.

Almost all of the ruler's rules look at one token's tag, relation and, for a few words, its
form.  What they give is therefore asked of the ruler once for each such triple and
remembered.  A sentence that another rule matches ("there is", "gonna") goes to the ruler
itself, so that the outcome is always the ruler's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, cast

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

RULER = "attribute_ruler"
REMEMBERING = "remembering_attribute_ruler"
_ASKED_BY: list[int | str] = ["LOWER", "TAG", "DEP"]
_TOLD: list[int | str] = ["POS", "MORPH", "LEMMA"]

TokenPattern = Mapping[str, Any]
Hashes = tuple[int, int, int]


class Rule(TypedDict):
    """A rule of the ruler, as far as it matters here."""

    patterns: list[list[TokenPattern]]


@dataclass(frozen=True, slots=True, eq=False)
class RememberingRuler:
    """A pipeline component that does what `ruler` does.

    `words` are the forms that its one-token rules name, as hashes; `other_rules` finds what
    its other rules match.
    """

    ruler: AttributeRuler
    vocab: Vocab
    words: frozenset[int]
    other_rules: Matcher
    known: dict[Hashes, Hashes] = field(default_factory=dict)

    @classmethod
    def of(cls, ruler: AttributeRuler, vocab: Vocab) -> RememberingRuler:
        """A component that does what `ruler` does."""
        words: set[int] = set()
        others = Matcher(vocab)
        patterns = [pattern for rule in cast("list[Rule]", ruler.patterns) for pattern in rule["patterns"]]
        for number, pattern in enumerate(patterns):
            if _is_plain(pattern):
                words.update(vocab.strings.add(word) for word in _words_of(pattern[0]))
            else:
                others.add(str(number), [cast("Any", pattern)])
        return cls(ruler, vocab, frozenset(words), others)

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with part of speech, morphology and the lemmas that rules give."""
        if self.other_rules(doc, allow_missing=True):
            return self.ruler(doc)
        asked = doc.to_array(_ASKED_BY).tolist()
        return _with_values(doc, _TOLD, [self._told(lower, tag, dep) for lower, tag, dep in asked])

    def _told(self, lower: int, tag: int, dep: int) -> Hashes:
        key = (lower if lower in self.words else 0, tag, dep)
        told = self.known.get(key)
        if told is None:
            told = self.known[key] = self._ask(lower, tag, dep)
        return told

    def _ask(self, lower: int, tag: int, dep: int) -> Hashes:
        """What the ruler says of such a token alone."""
        token = Doc(self.vocab, words=[self.vocab.strings[lower]])
        _with_values(token, _ASKED_BY[1:], [(tag, dep)])
        [[pos, morph, lemma]] = self.ruler(token).to_array(_TOLD).tolist()
        return pos, morph, lemma


@Language.factory(REMEMBERING)
def _remembering_ruler(nlp: Language, name: str) -> RememberingRuler:  # noqa: ARG001 - spaCy's signature
    return RememberingRuler.of(cast("AttributeRuler", nlp.get_pipe(RULER)), nlp.vocab)


def remember_attributes(nlp: Language) -> None:
    """Let a remembering ruler stand in for the attribute ruler of a pipeline that has one."""
    if RULER in nlp.pipe_names:
        nlp.add_pipe(REMEMBERING, before=RULER)
        nlp.disable_pipe(RULER)


def _with_values(doc: Doc, attributes: list[int | str], values: Sequence[tuple[int, ...]]) -> Doc:
    """`doc` with a row of attribute values for each token."""
    rows = np.array(values, dtype="uint64").reshape(-1, len(attributes))
    return doc.from_array(attributes, cast("Any", rows))


def _is_plain(pattern: Sequence[TokenPattern]) -> bool:
    """True for a pattern of one token that names tags, relations and words."""
    if len(pattern) != 1 or not pattern[0].keys() <= set(_ASKED_BY):
        return False
    form = pattern[0].get("LOWER", "")
    return isinstance(form, str) or form.keys() == {"IN"}


def _words_of(token: TokenPattern) -> Sequence[str]:
    form = token.get("LOWER", {"IN": []})
    return [form] if isinstance(form, str) else cast("list[str]", form["IN"])
