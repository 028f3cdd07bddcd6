"""Hierarchical log-linear models of lists: which there are, and which the counts can tell of.

A term is a number whose bits are lists; a model is the set of its terms.  With a term, a
hierarchical model has all terms within it (Bishop, Fienberg & Holland 1975, ch. 2-3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from casus.analysis.estimates.fitting import term_design
from casus.casebook.browsing.columns import Flags, Floats


@lru_cache(maxsize=8)
def hierarchical_models(lists: int, highest: int) -> Flags:
    """All models with every list's own term and terms of up to `highest` lists, never of all lists.

    Models x 2^k terms.  The model with the term of all lists is left out: it has as many
    parameters as there are cells with the unseen one, of which there is no count.
    """
    terms = range(1, 2**lists)
    by_order = {order: [term for term in terms if term.bit_count() == order] for order in range(1, lists + 1)}
    start = frozenset((0, *by_order[1]))

    def grown(model: frozenset[int], order: int) -> Iterator[frozenset[int]]:
        if order > min(highest, lists - 1):
            yield model
            return
        allowed = [term for term in by_order[order] if _parts(term) <= model]
        for added in _subsets(allowed):
            yield from grown(model | set(added), order + 1)

    models = sorted(grown(start, 2), key=lambda model: (len(model), sorted(model)))
    return as_flags(models, lists)


def as_flags(models: Sequence[Iterable[int]], lists: int) -> Flags:
    """Models given by their terms as rows of flags."""
    flags = np.zeros((len(models), 2**lists), dtype=np.bool_)
    for row, model in enumerate(models):
        flags[row, list(model)] = True
    return flags


@dataclass(frozen=True, slots=True, eq=False)
class Fittable:
    """What of each model is fitted (Chan, Silverman & Vincent 2021).

    A term of lists that share no case at all has an estimate at minus infinity: its cells are
    expected to be empty, and neither it nor they take part in the fit.  `is_identified` is
    False where the rest doesn't determine the number of unrecorded cases.
    """

    included: Flags
    used: Flags
    is_identified: Flags


def fittable(models: Flags, cells: Floats) -> Fittable:
    """What of some models can be fitted to counts (with the unseen cell first, which is not used)."""
    lists = models.shape[1].bit_length() - 1
    design = term_design(lists)
    is_empty = cells @ design == 0
    absent = models & is_empty
    used = absent.astype(float) @ design.T == 0
    used[:, 0] = False
    included = models & ~is_empty
    identified = np.ones(len(models), dtype=np.bool_)
    for row in np.flatnonzero(absent.any(axis=1)):
        part = design[np.ix_(used[row], included[row])]
        identified[row] = np.linalg.matrix_rank(part) == part.shape[1]
    return Fittable(included, used, identified)


def largest_terms(model: Flags) -> tuple[int, ...]:
    """The terms of several lists that are within no other, those of most lists first: they name the model."""
    terms = [int(term) for term in np.flatnonzero(model)]
    largest = [
        term
        for term in terms
        if term.bit_count() > 1 and not any(term != other and term & other == term for other in terms)
    ]
    return tuple(sorted(largest, key=lambda term: (-term.bit_count(), term)))


def words_of(terms: Sequence[int], names: Sequence[str]) -> str:
    """A model in words by its largest terms, as A*B; "independent" where there are none."""
    return ", ".join(term_words(term, names) for term in terms) or "independent"


def term_words(term: int, names: Sequence[str]) -> str:
    """A term as the names of its lists."""
    return "*".join(name for at, name in enumerate(names) if term >> at & 1)


def _parts(term: int) -> set[int]:
    return {term & ~(1 << at) for at in range(term.bit_length()) if term >> at & 1}


def _subsets(terms: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for size in range(len(terms) + 1):
        yield from combinations(terms, size)
