"""Knox's test of whether events that are near each other in space are so in time too.

Knox (1964), "The detection of space-time interactions", counts the pairs of events within a
distance and within a time of each other, and expects as many as the two would have in common
by chance.  Whether there are more is told by permuting the dates over the places (Mantel 1967);
in bands of both, as for burglaries by Townsley, Homel and Chaseling (2003) and Johnson and
others (2007), and for attacks in Iraq by Townsley, Johnson and Ratcliffe (2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from casus.analysis.patterns.nearness import NearPairs
from casus.casebook.browsing.columns import Floats, Numbers

Small = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]


@dataclass(frozen=True, slots=True, eq=False)
class Knox:
    """Pairs of events by bands of distance (rows) and of days (columns).

    `p` is the share of permutations with as many pairs as observed or more, the observed one
    among them; `p_any` that of permutations in which some band stands out as far as any does
    that is observed.  The band of one place and one day, where there is one, has no part in it.
    """

    observed: Numbers
    expected: Floats
    p: Floats
    p_any: float
    pairs: int  # of all events, however far apart


def expected_pairs(near: int, soon: int, events: int) -> float:
    """How many pairs are near and soon by chance, of so many near and so many soon ones."""
    return near * soon / (events * (events - 1) / 2)


def soon_pairs(days: Numbers, edges: Sequence[int]) -> Numbers:
    """How many pairs of all events there are in each band of days."""
    counts = np.bincount(days - days.min())
    same = int((counts * (counts - 1) // 2).sum())
    lags = [same, *(int(counts[lag:] @ counts[:-lag]) for lag in range(1, edges[-1] + 1))]
    soon: Numbers = np.diff(np.cumsum(lags)[list(edges)], prepend=0)
    return soon


def knox(near: NearPairs, days: Numbers, edges: Sequence[int], *, draws: int, seed: int) -> Knox:
    """Knox's test of pairs by band of distance, with the day (a whole number) of each event.

    `edges` are the last days of the bands of time, rising; the first band begins at 0.
    """
    size = len(days)
    shuffled = _small(days)
    buffers = (np.empty(len(near.first), shuffled.dtype), np.empty(len(near.first), shuffled.dtype))
    observed = _counted(near, shuffled, edges, buffers)
    soon = soon_pairs(days, edges)
    expected = np.array(
        [
            [expected_pairs(end - start, int(some), size) for some in soon]
            for start, end in zip(near.starts[:-1], near.starts[1:], strict=True)
        ]
    )
    rng = np.random.default_rng(seed)
    drawn = np.empty((draws, *observed.shape), dtype=np.int64)
    for at in range(draws):
        rng.shuffle(shuffled)
        drawn[at] = _counted(near, shuffled, edges, buffers)
    p = ((drawn >= observed).sum(axis=0) + 1) / (draws + 1)
    return Knox(observed, expected, p, _p_any(observed, expected, drawn, edges), size * (size - 1) // 2)


def _small(days: Numbers) -> Small:
    """Days from the first, in as few bytes as hold them: most of the time goes into moving them."""
    since = days - days.min()
    small: Small = since.astype(np.int16 if since.max() <= np.iinfo(np.int16).max else np.int64)
    return small


def _counted(near: NearPairs, days: Small, edges: Sequence[int], buffers: tuple[Small, Small]) -> Numbers:
    """The pairs of each band of distance (rows) in each band of days (columns)."""
    apart, others = buffers
    days.take(near.first, out=apart, mode="clip")  # no row is out of bounds; numpy is quicker so
    days.take(near.second, out=others, mode="clip")
    apart -= others
    np.abs(apart, out=apart)
    up_to = [
        [int(np.count_nonzero(apart[start:end] <= edge)) for edge in edges]
        for start, end in zip(near.starts[:-1], near.starts[1:], strict=True)
    ]
    whole = np.array(up_to, dtype=np.int64)
    whole[:, 1:] -= whole[:, :-1].copy()
    return whole


def _p_any(observed: Numbers, expected: Floats, drawn: Numbers, edges: Sequence[int]) -> float:
    """How often the band that stands out most does so as far by chance (Westfall and Young 1993)."""
    spread = drawn.std(axis=0)
    is_asked = spread > 0
    if edges[0] == 0:
        is_asked[0, 0] = False
    if not is_asked.any():
        return 1.0
    furthest = ((observed - expected)[is_asked] / spread[is_asked]).max()
    by_chance = ((drawn - expected)[:, is_asked] / spread[is_asked]).max(axis=1)
    return float(((by_chance >= furthest - 1e-12).sum() + 1) / (len(drawn) + 1))
