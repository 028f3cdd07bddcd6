"""A report's text cut into segments, each with what was read from it.

Spans may overlap in any way.  The text is cut wherever a span begins or ends, so that each
segment lies wholly inside or wholly outside of every span, and marks need not nest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class MarkKind(StrEnum):
    """What was read from some words, the most telling first."""

    TOLL = "toll"
    BLAME = "blame"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
    PLACE = "place"
    DATE = "date"
    WEAPON = "weapon"
    SPEAKER = "speaker"
    CLAIM = "claim"
    EVENT = "event"
    AGREEMENT = "agreement"
    STATISTIC = "statistic"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Span:
    """Words (half-open offsets into the text) that a value was read from; `value` is that value's number."""

    start: int
    end: int
    kind: MarkKind
    value: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text from `start` on; `kinds` in the order of `MarkKind`, `values` by number.

    `begins` are the spans, as (start, end), whose first piece this is: what links lead to.
    """

    start: int
    text: str
    kinds: tuple[MarkKind, ...] = ()
    values: tuple[int, ...] = ()
    begins: tuple[tuple[int, int], ...] = ()


def segments_of(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """The text in pieces; put together they are the text, and spans outside of it are left out."""
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    cuts = sorted({0, len(text), *(at for span in inside for at in (span.start, span.end))})
    return tuple(_pieces(text, inside, cuts))


def _pieces(text: str, spans: Sequence[Span], cuts: Sequence[int]) -> Iterator[Segment]:
    opening: defaultdict[int, list[Span]] = defaultdict(list)
    closing: defaultdict[int, list[Span]] = defaultdict(list)
    for span in spans:
        opening[span.start].append(span)
        closing[span.end].append(span)
    over: dict[int, Span] = {}
    for start, end in pairwise(cuts):
        for span in closing[start]:
            over.pop(id(span), None)
        for span in opening[start]:
            over[id(span)] = span
        here = list(over.values())
        kinds = {span.kind for span in here}
        begins = {(span.start, span.end) for span in opening[start]}
        yield Segment(
            start,
            text[start:end],
            tuple(kind for kind in MarkKind if kind in kinds),
            tuple(sorted({span.value for span in here})),
            tuple(sorted(begins)),
        )
