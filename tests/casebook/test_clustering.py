"""Clusters depend on the evidence and on what people decided, and on nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casus.casebook.clustering import CONTRADICTION, Bound, Pair, clusters_of, ordered

KEYS = "abcdefg"
PAIRS = [ordered(one, other) for one in KEYS for other in KEYS if one < other]
WEIGHTS = st.fixed_dictionaries({}, optional={pair: st.integers(-12, 12) for pair in PAIRS})


def clusters(weights: dict[Pair, float], bound: Bound = Bound(), keys: str = KEYS) -> set[str]:  # noqa: B008
    candidates = {pair: weight for pair, weight in weights.items() if weight > 0}
    groups = clusters_of(keys, candidates, lambda one, other: weights.get((one, other), 0.0), bound)
    return {"".join(sorted(group)) for group in groups}


def test_a_vague_account_joins_no_two_that_exclude_each_other() -> None:
    weights = {("a", "b"): 5.0, ("b", "c"): 4.0, ("a", "c"): -9.0}
    assert clusters(weights, keys="abc") == {"ab", "c"}


def test_weak_doubts_are_outweighed() -> None:
    weights = {("a", "b"): 5.0, ("b", "c"): 4.0, ("a", "c"): -1.0}
    assert clusters(weights, keys="abc") == {"abc"}


def test_people_have_the_last_word() -> None:
    weights = {("a", "b"): 9.0}
    assert clusters(weights, Bound(apart=frozenset({("a", "b")})), "abc") == {"a", "b", "c"}
    assert clusters(weights, Bound(together=frozenset({("b", "c")})), "abc") == {"abc"}


@given(WEIGHTS, st.permutations(KEYS))
def test_the_order_makes_no_difference(weights: dict[Pair, float], order: list[str]) -> None:
    turned = dict(sorted(weights.items(), key=lambda item: order.index(item[0][0])))
    assert clusters(turned, keys="".join(order)) == clusters(weights)


@given(WEIGHTS)
def test_no_cluster_holds_a_contradiction(weights: dict[Pair, float]) -> None:
    for group in clusters(weights):
        for pair in PAIRS:
            if set(pair) <= set(group):
                assert weights.get(pair, 0.0) > CONTRADICTION
