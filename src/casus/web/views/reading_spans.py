"""The text of a reading that is not kept yet, with what was read from which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casus.model import ClaimKind, Evidence, Reading
from casus.web.views.evidence import MarkKind, Segment, Span, segments_of

_BLAMING = frozenset({ClaimKind.RESPONSIBILITY, ClaimKind.ACCUSATION, ClaimKind.DENIAL})


def segments_in(reading: Reading) -> tuple[Segment, ...]:
    """The text in pieces, each with the kinds of evidence that it is."""
    spans = (Span(one.start_char, one.end_char, kind, 0) for kind, one in _evidence(reading))
    return segments_of(reading.report.text, spans)


def kinds_in(segments: Iterable[Segment]) -> tuple[MarkKind, ...]:
    """The kinds of evidence that stand in a text, for its legend."""
    present = {kind for segment in segments for kind in segment.kinds}
    return tuple(kind for kind in MarkKind if kind in present)


def _evidence(reading: Reading) -> Iterator[tuple[MarkKind, Evidence]]:
    for event in reading.events:
        yield from ((MarkKind.EVENT, one) for one in event.evidence)
        yield from ((MarkKind.DATE, one) for one in event.when.evidence)
        yield from ((MarkKind.PLACE, one) for one in event.where.evidence)
        for kind, values in (
            (MarkKind.PERPETRATOR, event.perpetrators),
            (MarkKind.TARGET, event.targets),
            (MarkKind.WEAPON, event.weapons),
            (MarkKind.TOLL, event.tolls),
        ):
            yield from ((kind, one) for value in values for one in value.evidence)
    for claim in reading.claims:
        yield (MarkKind.BLAME if claim.kind in _BLAMING else MarkKind.CLAIM), claim.quote
        yield from ((MarkKind.SPEAKER, one) for one in claim.speaker.evidence)
    yield from ((MarkKind.AGREEMENT, one.quote) for one in reading.agreements)
    yield from ((MarkKind.STATISTIC, one.quote) for one in reading.statistics)
