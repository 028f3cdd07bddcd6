"""Decomposable graphs of lists: which there are, with the cliques and separators of each.

Lists that are joined depend on each other directly.  A graph is decomposable where every
cycle of four lists or more has a shortcut; its likelihood is then a product over cliques
divided by one over separators (Lauritzen 1996, Graphical Models, ch. 2 and 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Graph:
    """A decomposable graph; lists are bits, cliques and separators sets of them.

    A separator stands there as often as it separates; the empty one is left out.
    """

    joined: tuple[tuple[int, int], ...]
    cliques: tuple[int, ...]
    separators: tuple[int, ...]

    def words(self, names: Sequence[str]) -> str:
        """The joined lists, as A-B; "independent" where none are."""
        return ", ".join(f"{names[one]}-{names[other]}" for one, other in self.joined) or "independent"


@lru_cache(maxsize=8)
def decomposable_graphs(lists: int) -> tuple[Graph, ...]:
    """All decomposable graphs of so many lists but the one that joins all, in a fixed order.

    In that one every pattern is as likely as it likes, the unseen one with it, so that the data
    say nothing of the unrecorded cases.  There are 7 graphs of three lists, 60 of four, 821 of five.
    """
    pairs = list(combinations(range(lists), 2))
    found = (graph_of(lists, joined) for size in range(len(pairs)) for joined in combinations(pairs, size))
    return tuple(graph for graph in found if graph is not None)


def graph_of(lists: int, joined: tuple[tuple[int, int], ...]) -> Graph | None:
    """The graph that joins some pairs of lists; None where it is not decomposable.

    Lists are taken in the order of maximum cardinality search (Tarjan & Yannakakis 1984): each
    next one has the most neighbours among those before.  The graph is decomposable where these
    neighbours are always all joined.
    """
    near = [0] * lists
    for one, other in joined:
        near[one] |= 1 << other
        near[other] |= 1 << one
    cliques: list[int] = []
    separators: list[int] = []
    for earlier, at in _taken_in_order(near):
        if any(earlier & ~(near[other] | 1 << other) for other in _bits(earlier)):
            return None
        whole = earlier | 1 << at
        if cliques and cliques[-1] & whole == cliques[-1]:
            cliques[-1] = whole
        else:
            if earlier:
                separators.append(earlier)
            cliques.append(whole)
    return Graph(joined, tuple(cliques), tuple(separators))


def _taken_in_order(near: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each list as it is taken, with its neighbours among those taken before."""
    taken, rest = 0, set(range(len(near)))
    while rest:
        at = max(rest, key=lambda one: ((near[one] & taken).bit_count(), -one))
        yield near[at] & taken, at
        taken |= 1 << at
        rest.remove(at)


def _bits(number: int) -> Iterator[int]:
    return (at for at in range(number.bit_length()) if number >> at & 1)
