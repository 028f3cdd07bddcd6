"""Which place in a sentence is that of which of its events, and which only tells of a speaker or a way."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from casus.reading.attaching import trigger_for
from casus.reading.attribution import Statement
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.resolving.places import PlaceMention


def event_places(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> list[tuple[int, PlaceMention]]:
    found = []
    for first, end, mention in marks.places:
        if mention.kind == "demonym" or any(i in marks.actors for i in range(first, end)):
            continue
        if (
            _in_speaker(first, statements)
            or _is_origin(sentence, first)
            or _where_said(sentence, first, statements)
        ):
            continue
        found.append((trigger_for(sentence, first, triggers), mention))
    return found


def _where_said(sentence: Sentence, token: int, statements: Sequence[Statement]) -> bool:
    """True for the place of saying: "told reporters in Colombo", "said from the capital"."""
    verbs = {s.verb for s in statements}
    word: Token = sentence.doc[token]
    while word.dep_ in ("compound", "amod", "nmod", "poss", "appos") and word.head.i != word.i:
        word = word.head
    if word.dep_ != "pobj" or word.head.lower_ not in ("in", "at", "from", "near", "outside"):
        return False
    holder = word.head.head
    return holder.i in verbs or (
        holder.dep_ in ("dobj", "dative")
        and holder.head.i in verbs
        and holder.lemma_.lower() in ("reporter", "journalist", "agency", "conference")
    )


def _is_origin(sentence: Sentence, token: int) -> bool:
    """True for where something came from or who people are: "launched from X", "refugees from X", "the capital of X"."""
    word: Token = sentence.doc[token]
    while word.dep_ in ("compound", "amod", "nmod", "poss") and word.head.i > word.i:
        word = word.head
    return (
        word.dep_ == "pobj"
        and word.head.lower_ == "from"
        and word.head.head.lemma_.lower() not in ("take", "abduct", "kidnap", "seize", "snatch", "drag")
    )


def _in_speaker(token: int, statements: Sequence[Statement]) -> bool:
    return any(s.speaker_start <= token < s.speaker_end and not s.covers(token) for s in statements)
