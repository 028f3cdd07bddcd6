"""Which reported events make one event, from the evidence on pairs of them.

The pairs are taken from the strongest down, and two groups are joined where the evidence
over all their pairs speaks for it and no pair contradicts: so a vague account never joins
two that exclude each other.  What people decided comes first.  The result depends on the
accounts and decisions alone, and not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

CONTRADICTION = -7.0
"""From this weight down (base 2), a pair excludes that its two groups are one event."""

Pair = tuple[str, str]
Weigh = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Bound:
    """What people decided on pairs of keys: to be one event, or not to be."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


def ordered(one: str, other: str) -> Pair:
    """The two keys in their order."""
    return (one, other) if one < other else (other, one)


def clusters_of(
    keys: Iterable[str], weights: Mapping[Pair, float], weigh: Weigh, bound: Bound
) -> tuple[frozenset[str], ...]:
    """The groups of `keys` that are one event each, in the order of their first keys.

    `weights` are those of the candidate pairs; `weigh` gives the weight of any other pair.
    """
    group_of = {key: frozenset({key}) for key in sorted(set(keys))}
    seen = dict(weights)

    def join(one: str, other: str) -> None:
        joined = group_of[one] | group_of[other]
        for key in joined:
            group_of[key] = joined

    for one, other in sorted(bound.together):
        if one in group_of and other in group_of:
            join(one, other)
    ranked = sorted((pair for pair in weights if weights[pair] > 0), key=lambda pair: (-weights[pair], pair))
    for one, other in ranked:
        if one not in group_of or other not in group_of or group_of[one] is group_of[other]:
            continue
        if _may_join(group_of[one], group_of[other], seen, weigh, bound):
            join(one, other)
    return tuple(sorted(set(group_of.values()), key=min))


def _may_join(
    one: frozenset[str], other: frozenset[str], seen: dict[Pair, float], weigh: Weigh, bound: Bound
) -> bool:
    total = 0.0
    for key in one:
        for other_key in other:
            pair = ordered(key, other_key)
            if pair in bound.apart:
                return False
            weight = seen.get(pair)
            if weight is None:
                weight = seen[pair] = weigh(*pair)
            if weight <= CONTRADICTION:
                return False
            total += weight
    return total > 0
