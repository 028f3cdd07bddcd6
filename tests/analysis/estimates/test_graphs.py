"""Decomposable graphs and the posterior over them, against plain enumeration and products."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from scipy.special import betaln, gammaln

from analysis.estimates.published import FISH, KOSOVO
from casus.analysis.estimates import CaptureHistories
from casus.analysis.estimates.bayes import Prior, bayes, graphs_posterior
from casus.analysis.estimates.graphs import decomposable_graphs, graph_of
from casus.errors import NotAnswerable


def can_be_taken_apart(lists: int, joined: tuple[tuple[int, int], ...]) -> bool:
    """Whether lists can be removed one after another, each with all its neighbours joined (Dirac 1961)."""
    left = set(range(lists))
    pairs = {frozenset(pair) for pair in joined}
    while left:
        for one in left:
            near = [other for other in left if frozenset((one, other)) in pairs]
            if all(frozenset(pair) in pairs for pair in combinations(near, 2)):
                left.remove(one)
                break
        else:
            return False
    return True


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822)])
def test_there_are_so_many_decomposable_graphs_and_one_is_left_out(lists: int, graphs: int) -> None:
    assert len(decomposable_graphs(lists)) == graphs - 1


def test_a_graph_is_decomposable_where_it_can_be_taken_apart() -> None:
    pairs = list(combinations(range(5), 2))
    for size in range(len(pairs) + 1):
        for joined in list(combinations(pairs, size))[::3]:
            assert (graph_of(5, joined) is not None) == can_be_taken_apart(5, joined)


def test_cliques_and_separators_count_each_list_and_each_pair_once() -> None:
    for graph in decomposable_graphs(4):
        for some in (0b0001, 0b0010, 0b1000, *(1 << one | 1 << other for one, other in graph.joined)):
            held = sum(clique & some == some for clique in graph.cliques)
            assert held - sum(part & some == some for part in graph.separators) == 1


def test_the_posterior_of_two_independent_lists_is_that_of_two_coins() -> None:
    unrecorded = np.arange(0.0, 400.0)
    cells = np.array((0.0, 30.0, 20.0, 15.0))
    found = graphs_posterior(cells, prior_count=0.25, unrecorded=unrecorded)
    total = unrecorded + 65
    # each list is a coin with a Beta(1/2, 1/2) prior that shows heads 45 and 35 times
    logs = gammaln(total + 1) - gammaln(unrecorded + 1) - np.log(total)
    logs += betaln(45.5, total - 45 + 0.5) + betaln(35.5, total - 35 + 0.5)
    chances = np.exp(logs - logs.max())
    assert found.joint[0] == pytest.approx(chances / chances.sum(), abs=1e-12)


def test_the_posterior_of_three_lists_is_that_of_every_graph_worked_out_in_full() -> None:
    # The likelihood of a graph with prior counts, by adding case after case: each is put in its
    # cell with the chance that the graph's cliques and separators give it by what came before.
    rows = ["100"] * 4 + ["010"] * 3 + ["001"] * 2 + ["110"] * 2 + ["101"] + ["111"]
    cells = CaptureHistories.of_patterns(tuple("ABC"), {row: rows.count(row) for row in set(rows)}).cells
    possible = np.arange(0.0, 6.0)
    found = graphs_posterior(cells, prior_count=0.5, prior=Prior.UNRECORDED, unrecorded=possible)
    expected = np.zeros_like(found.joint)
    for row, graph in enumerate(found.graphs):
        for column, unseen in enumerate(possible.astype(int).tolist()):
            cases = [*rows, *["000"] * unseen]
            chance = 1.0
            for set_of, power in ((graph.cliques, 1), (graph.separators, -1)):
                for some in set_of:
                    chance *= urn(cases, [at for at in range(3) if some >> at & 1]) ** power
            ways = comb(len(cases), unseen)
            expected[row, column] = chance * ways / max(unseen, 0.5)
    assert found.joint == pytest.approx(expected / expected.sum(), rel=1e-9)


def urn(cases: list[str], lists: list[int]) -> float:
    """The chance of drawing cases, on some lists only, from an urn with four prior counts in all."""
    seen: dict[tuple[str, ...], int] = {}
    chance = 1.0
    for drawn, case in enumerate(cases):
        pattern = tuple(case[at] for at in lists)
        chance *= (seen.get(pattern, 0) + 4 / 2 ** len(lists)) / (drawn + 4)
        seen[pattern] = seen.get(pattern, 0) + 1
    return chance


def test_wide_steps_between_large_numbers_change_nothing_that_shows() -> None:
    cells = KOSOVO.cells
    each = graphs_posterior(cells, unrecorded=np.arange(0.0, 30_000.0)).spread()
    assert bayes(KOSOVO).spread.interval() == pytest.approx(each.interval(), rel=1e-3)


def test_graphs_agree_with_two_lists_by_hand_and_refuse_six() -> None:
    assert bayes(FISH).unrecorded == pytest.approx(781 * 254 / 167, rel=0.01)
    six = CaptureHistories.of_patterns(tuple("ABCDEF"), {"111111": 30})
    with pytest.raises(NotAnswerable, match="join lists"):
        bayes(six)
