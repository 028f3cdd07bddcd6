"""Numbers that count nobody anew: parts of other figures, some of people told of before, labels."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.lexicon import word_lists
from casus.reading.parsing import Sentence
from casus.reading.phrases import PhraseContext
from casus.reading.quantities import Quantity

DEFINITE = frozenset({"the", "these", "those", "this", "that", "his", "her", "its", "their", "both", "all"})
_OPENERS = frozenset({"including", "included", "include", "includes"})
_AMONG = frozenset({"among", "amongst"})
_TOLD_OF = frozenset({"the", "these", "those"})  # not "six of her crew", who may be told of here first
_THEM = frozenset({"them", "whom", "these", "those", "which"})


def is_part(reader: PhraseContext, token: Token, start: int) -> bool:
    """True for people counted in another figure: "including three children", "among them 12 women"."""
    words = reader.sentence.words
    before = words[max(0, start - 4) : start]
    opener = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _OPENERS | _AMONG), None)
    if opener is not None and "," not in before[opener:]:
        after = words[max(0, start - 4) + opener + 1] if before[opener] in _AMONG else ""
        if before[opener] in _OPENERS or after in _THEM:
            return True
    tail = words[token.i + 1 : token.i + 6]
    if "among" in tail and "them" in tail and not {",", "."} & set(tail[: tail.index("among")]):
        return True
    if token.dep_ == "conj" and token.head.i < token.i and token.head.pos_ in ("NOUN", "NUM", "PROPN"):
        return is_part(reader, token.head, reader.phrase_start(token.head))
    return False


def is_subset(token: Token, head: Token) -> bool:
    """True for "two of them", "three of the foreign fighters": some of the people told of before."""
    if head.i == token.i or token.lemma_.lower() in word_lists()["gatherings"]:
        return False  # "eleven members of the police" are told of here first
    return head.lower_ in _THEM or any(t.lower_ in _TOLD_OF for t in head.doc[token.i + 1 : head.i])


# -- numbers of names, ratios and ages

_RATIO = (("out", "of"), ("in", "every"), ("of", "every"), ("for", "every"))


def is_label(sentence: Sentence, quantity: Quantity, known: frozenset[int]) -> bool:
    """True for the number of a name ("Barrio 18"), of a ratio ("seven out of ten"), of an age."""
    words, start = sentence.words, quantity.start
    if (
        tuple(words[quantity.end : quantity.end + 2]) in _RATIO
        or tuple(words[max(0, start - 2) : start]) in _RATIO
    ):
        return True
    i = start - 1
    while i >= 0 and (words[i] in (",", "and", "or", "to") or sentence.doc[i].pos_ == "NUM"):
        i -= 1
    if i >= 0 and words[i] in ("aged", "age", "ages"):
        return True
    before = sentence.doc[start - 1] if start else None
    digits = start == quantity.number_start and words[start].isdigit()
    return digits and before is not None and before.tag_ == "NNP" and before.i not in known
