"""A comparison with a reference data set as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from casus.casebook.matching import Comparison, Killed, Match, Sketch, TollRelation

_TOLLS = {
    TollRelation.SAME: "the same best figure",
    TollRelation.OVERLAPS: "other best figure, ranges meet",
    TollRelation.HIGHER_HERE: "higher here",
    TollRelation.LOWER_HERE: "lower here",
    TollRelation.UNKNOWN: "no number on one side",
}


def comparison_lines(comparison: Comparison, *, most: int = 20) -> Iterator[str]:
    """The account, then up to `most` events of each kind: tolls that differ, only here, only there."""
    matches = comparison.matches
    here, there = len(comparison.only_here), len(comparison.only_there)
    reference = comparison.reference
    yield f"Compared with {reference.name} ({reference.format}, {reference.events:,} events loaded)"
    yield f"  in both      {len(matches):,}"
    yield f"  only here    {here:,}"
    yield f"  only there   {there:,}"
    if matches:
        counts = Counter(match.toll for match in matches)
        yield "Killed, where both have the event"
        for relation, words in _TOLLS.items():
            if counts[relation]:
                yield f"  {counts[relation]:,} {words}"
    differing = [m for m in matches if m.toll in (TollRelation.HIGHER_HERE, TollRelation.LOWER_HERE)]
    yield from _some("Tolls that differ", [_match(match) for match in differing], most)
    yield from _some("Only here", [_sketch(sketch) for sketch in comparison.only_here], most)
    yield from _some("Only there", [_sketch(sketch) for sketch in comparison.only_there], most)


def _some(title: str, lines: list[str], most: int) -> Iterable[str]:
    if not lines:
        return
    yield title
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  and {len(lines) - most:,} more"


def _match(match: Match) -> str:
    here, there = match.here, match.there
    apart = "" if match.km_apart is None else f", {match.km_apart:g} km apart"
    return (
        f"{here.id} = {there.id}: {_words(here)}; killed {_killed(here.killed)} here, "
        f"{_killed(there.killed)} there (score {match.score:.2f}{apart})"
    )


def _sketch(sketch: Sketch) -> str:
    return f"{sketch.id}: {_words(sketch)}; killed {_killed(sketch.killed)}"


def _words(sketch: Sketch) -> str:
    day = str(sketch.start) if sketch.start else "day unknown"
    if sketch.start and sketch.end and sketch.end != sketch.start:
        day = f"{sketch.start} to {sketch.end}"
    place = ", ".join(part for part in (sketch.place, sketch.country_code) if part)
    return f"{day} {sketch.event_type.replace('_', ' ')}{f' in {place}' if place else ''}"


def _killed(killed: Killed) -> str:
    if killed.best is None:
        return "?"
    low = killed.best if killed.low is None else killed.low
    high = killed.best if killed.high is None else killed.high
    return str(killed.best) if low == high == killed.best else f"{killed.best} ({low} to {high})"
