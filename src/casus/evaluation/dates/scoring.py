"""The dates that are found in a text against those that people marked.

Two spans overlap where they share a character.  They are the same where they begin and end
with the same word, prepositions, articles and punctuation at either end aside: one marks
"on Tuesday", another "Tuesday".  A value is right where first and last day are (and the
precision, where the gold has one); a time of day counts by its day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from casus.evaluation.dates.annotated import AnnotatedText, GoldSpan, GoldValue
from casus.evaluation.tally import Tally
from casus.model import DatePrecision, EventDate
from casus.resolving.dates import DateKind, DateMention, find_dates

STRICT, OVERLAP = "expressions, strict", "expressions, overlapping"
_HANGING = {DateKind.ANAPHORIC, DateKind.TIME}
_LOOSE_START = re.compile(
    r"""(?:(?:on|in|at|by|from|since|until|till|up\sto|before|after|during|over|for|through|throughout|within
      |between|as\sof|around|about|of|the|a|an|this\spast)\b\s*|[\s"'(,]+)*""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOSE_END = re.compile(r"""[\s"'’),.;:]*$|['’]s$""")


@dataclass(frozen=True, slots=True)
class Error:
    """One expression that is missed, spurious or has a wrong date."""

    kind: str
    where: str
    words: str
    gold: str
    found: str
    context: str


@dataclass(slots=True)
class DateScores:
    """The running figures: spans by `tally`, right and all values by what they are of, and the errors."""

    texts: int = 0
    tally: Tally = field(default_factory=Tally)
    found_spans: Counter[str] = field(default_factory=Counter)
    spans: Counter[str] = field(default_factory=Counter)
    right_values: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    found_values: Counter[str] = field(default_factory=Counter)
    references: int = 0
    others: int = 0
    right_texts: int = 0
    errors: list[Error] = field(default_factory=list)


def score_text(gold: AnnotatedText, scores: DateScores) -> None:
    """Find the dates of a text and count them."""
    mentions = find_dates(gold.text, published_on=gold.published_on)
    resolved = _resolved(mentions, gold)
    partners = _partners(gold, mentions)
    before = len(scores.errors)
    strict = 0
    for span, i in zip(gold.spans, partners, strict=True):
        if i is not None and _same(gold.text, span, mentions[i]):
            strict += 1
        elif i is not None:
            scores.errors.append(_extent_error(gold, span, mentions[i]))
    overlapping = sum(i is not None for i in partners)
    touched = sum(any(_overlap(span, m) for span in gold.spans) for m in mentions)
    scores.texts += 1
    scores.tally.add(STRICT, strict, len(gold.spans), len(mentions))
    scores.tally.add(OVERLAP, min(overlapping, touched), len(gold.spans), len(mentions))
    for span, i in zip(gold.spans, partners, strict=True):
        _count(gold, span, None if i is None else (mentions[i], resolved[i]), scores)
    for mention, when in zip(mentions, resolved, strict=True):
        if not any(_overlap(span, mention) for span in gold.spans):
            words = gold.text[mention.start_char : mention.end_char]
            scores.errors.append(
                Error("spurious", gold.name, words, "", _written(when), _context(gold, mention))
            )
    scores.right_texts += len(scores.errors) == before


def _count(
    gold: AnnotatedText, span: GoldSpan, found: tuple[DateMention, EventDate] | None, scores: DateScores
) -> None:
    words = gold.text[span.start_char : span.end_char]
    scores.spans[span.kind] += 1
    scores.found_spans[span.kind] += found is not None
    if found is None:
        scores.errors.append(Error("missed", gold.name, words, span.written, "", _context(gold, span)))
    if span.value is GoldValue.REFERENCE:
        scores.references += 1
        return
    if span.value is GoldValue.OTHER:
        scores.others += 1
        return
    scores.values[span.kind] += 1
    scores.found_values[span.kind] += found is not None
    if found is None:
        return
    if _is_right(span, found[1]):
        scores.right_values[span.kind] += 1
    else:
        scores.errors.append(
            Error("wrong", gold.name, words, span.written, _written(found[1]), _context(gold, span))
        )


def _is_right(span: GoldSpan, when: EventDate) -> bool:
    if (when.start, when.end) != (span.start, span.end):
        return False
    return span.precision is None or when.precision == span.precision


def _resolved(mentions: Sequence[DateMention], gold: AnnotatedText) -> list[EventDate]:
    """The date of each mention; those that hang on another count from the focus of the text."""
    focus: date | EventDate | None = gold.published_on if gold.is_running else gold.focus
    resolved: list[EventDate] = []
    for mention in mentions:
        when = mention.event_date()
        if mention.kind in _HANGING and focus is not None and not mention.has_complement:
            when = mention.resolve(focus)
        resolved.append(when)
        is_told = mention.kind is not DateKind.DATELINE and when.precision is DatePrecision.DAY
        if is_told and gold.is_running:
            focus = when
    return resolved


def _partners(gold: AnnotatedText, mentions: Sequence[DateMention]) -> list[int | None]:
    """For each gold span the mention that shares most of it, each mention once where that is possible."""
    partners: list[int | None] = []
    taken: set[int] = set()
    for span in gold.spans:
        over = [(_shared(span, m), i) for i, m in enumerate(mentions) if _overlap(span, m)]
        free = [pair for pair in over if pair[1] not in taken] or over
        best = max(free, key=lambda pair: (pair[0], -pair[1]))[1] if free else None
        if best is not None:
            taken.add(best)
        partners.append(best)
    return partners


def _shared(span: GoldSpan, mention: DateMention) -> int:
    return min(span.end_char, mention.end_char) - max(span.start_char, mention.start_char)


def _overlap(span: GoldSpan, mention: DateMention) -> bool:
    return _shared(span, mention) > 0


def _same(text: str, span: GoldSpan, mention: DateMention) -> bool:
    return _core(text, span.start_char, span.end_char) == _core(text, mention.start_char, mention.end_char)


def _extent_error(gold: AnnotatedText, span: GoldSpan, mention: DateMention) -> Error:
    words, found = (gold.text[s.start_char : s.end_char] for s in (span, mention))
    return Error("extent", gold.name, words, repr(words), repr(found), _context(gold, span))


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words of an expression begin and end."""
    words = text[start:end]
    loose = _LOOSE_START.match(words)
    first = loose.end() if loose and loose.end() < len(words) else 0
    last = _LOOSE_END.search(words)
    return start + first, start + (last.start() if last else len(words))


def _written(when: EventDate) -> str:
    if when.start is None:
        return "no date"
    days = f"{when.start}" if when.start == when.end else f"{when.start}..{when.end}"
    return f"{days} {when.precision}"


_REACH = 40


def _context(gold: AnnotatedText, span: GoldSpan | DateMention) -> str:
    around = gold.text[max(0, span.start_char - _REACH) : span.end_char + _REACH]
    return " ".join(around.split())
