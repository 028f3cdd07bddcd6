"""Persons and dates marked as entities of a parsed sentence, without a statistical recogniser.

A recogniser takes as long as tagger and parser together.  What reading asks of it (is this
name a person's, is this word part of a date) is told as well by the dates found before, by
a title before a name, and by an age or an office after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from casus.reading.lexicon import load_lexicon
from casus.reading.names import is_title, name_span
from casus.reading.parsing import Sentence
from casus.resolving.dates import DateMention

# Long enough for an age and the commas around it.
_AGE_TOKENS = 3
_AGE = re.compile(r",\s*\d{1,2}\s*[,.;)]?")


def label_entities(sentence: Sentence, dates: Sequence[DateMention]) -> None:
    """Mark DATE and PERSON on the sentence's tokens; of spans that overlap the longest stays."""
    found = [*_dates(sentence, dates), *_persons(sentence.doc)]
    sentence.doc.set_ents(filter_spans(found))


def _dates(sentence: Sentence, dates: Sequence[DateMention]) -> Iterator[Span]:
    end = sentence.start + len(sentence.plain_text)
    for mention in dates:
        if sentence.start <= mention.start_char and mention.end_char <= end:
            tokens = sentence.tokens_in(mention.start_char, mention.end_char)
            if tokens is not None:
                yield Span(sentence.doc, *tokens, label="DATE")


def _persons(doc: Doc) -> Iterator[Span]:
    for token in doc:
        if token.pos_ != "PROPN" or (token.dep_ == "compound" and token.head.i > token.i):
            continue
        span = name_span(token, None)
        is_titled = span.name_start > span.start or (span.start > 0 and is_title(doc[span.start - 1]))
        is_long = span.end - span.name_start > 1
        if is_titled or (is_long and (_has_age(doc, span.end) or _has_office(token))):
            yield Span(doc, span.name_start, span.end, label="PERSON")


def _has_age(doc: Doc, end: int) -> bool:
    """True for "Amina Diallo, 34,"."""
    return _AGE.fullmatch(doc[end : end + _AGE_TOKENS].text) is not None


def _has_office(name: Token) -> bool:
    """True for "Amina Diallo, a teacher"."""
    return any(token.dep_ == "appos" and _is_person_noun(token) for token in name.rights)


def _is_person_noun(token: Token) -> bool:
    lexicon, lemma = load_lexicon(), token.lemma_.lower()
    return (
        lexicon.person(token.lower_, lemma) is not None
        or lexicon.speakers.get(lemma) == "anonymous"
        or is_title(token)
    )
