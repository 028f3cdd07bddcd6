"""The sentence of a report that a value was read from, with the words of the value in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casus.casebook.records import ReportHead
from casus.exports.redacting import RedactedText
from casus.model import Evidence

_MOST_AROUND = 260
_ENDS = re.compile(r"[.!?؟۔。！？…]['\"”’»)\]]*(?=\s)|\n|[。！？]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence with a marked part: `before`, `words` and `after` in a row."""

    href: str
    before: str
    words: str
    after: str
    rule: str
    source: str
    day: date | None


def address_of(report_hash: str, start: int, end: int) -> str:
    """The page of a report, at some of its words as they are shown."""
    return f"/reports/{report_hash}#c{start}-{end}"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences with a span begin and end, at most some hundred characters around it."""
    earliest, latest = max(0, start - _MOST_AROUND), min(len(text), end + _MOST_AROUND)
    begins = [found.end() for found in _ENDS.finditer(text, earliest, start)]
    following = _ENDS.search(text, max(start, end - 1), latest)
    first = begins[-1] if begins else earliest
    last = max(end, following.end()) if following is not None else latest
    return first, last


def excerpt(head: ReportHead, shown: RedactedText, evidence: Evidence) -> Excerpt:
    """The sentence of a piece of evidence in a report's text as it is shown."""
    start, end = shown.span(evidence.start_char, evidence.end_char)
    first, last = sentence_around(shown.text, start, end)
    return Excerpt(
        address_of(head.hash, start, end),
        shown.text[first:start].lstrip(),
        shown.text[start:end],
        shown.text[end:last].rstrip(),
        evidence.rule,
        head.publisher or head.name,
        head.published_on,
    )


def excerpts(
    head: ReportHead, texts: Mapping[int, RedactedText], evidence: Iterable[Evidence]
) -> tuple[Excerpt, ...]:
    """The sentences of several pieces, each once."""
    shown = texts.get(head.number)
    if shown is None:
        return ()
    pieces = dict.fromkeys((piece.start_char, piece.end_char, piece.rule) for piece in evidence)
    return tuple(excerpt(head, shown, Evidence(*piece)) for piece in pieces)
