"""Fits the weights by which the meaning of a place name is chosen.

    python benchmarks/toponyms.py FILE [FILE ...]

The files are corpora of marked names that `casus evaluate toponyms` reads, which also
prints how good the weights are.  Only odd-numbered articles are looked at.
Prints `casus.resolving.places.weights.WEIGHTS`, fitted.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casus.evaluation.toponym_corpora import GoldArticle, GoldToponym, half_of, read_corpus
from casus.evaluation.toponyms import NEAR_KM
from casus.resolving.gazetteer import Entry, Gazetteer
from casus.resolving.places import PlaceResolver
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.weights import FIRST, Weights

_FIT_PASSES = 3
_FIT_STEPS = 150
_FIT_RATE = 2.0
_RIDGE = 3.0


def training_rows(resolver: PlaceResolver, article: GoldArticle) -> Iterator[tuple[NDArray[np.float64], int]]:
    """For each marked name with a right candidate among several: their features, and its index."""
    spans = [(toponym.start_char, toponym.end_char) for toponym in article.toponyms]
    traces = resolver.trace(article.text, spans, publisher=article.publisher)
    by_span = {trace.span: trace for trace in traces}
    for toponym in article.toponyms:
        trace = by_span[(toponym.start_char, toponym.end_char)]
        right = _right_index(toponym, [match.entry for match in trace.candidates])
        if right is not None and len(trace.rows) > 1:
            yield np.array(trace.rows), right


def _right_index(toponym: GoldToponym, entries: Sequence[Entry]) -> int | None:
    if toponym.geonames_id is not None:
        return next((at for at, entry in enumerate(entries) if entry.id == toponym.geonames_id), None)
    if toponym.point is None:
        return None
    apart = [
        distance_km(entry.latitude, entry.longitude, *toponym.point)
        if entry.latitude is not None and entry.longitude is not None
        else math.inf
        for entry in entries
    ]
    nearest = min(range(len(apart)), key=lambda at: apart[at], default=None)
    return nearest if nearest is not None and apart[nearest] <= NEAR_KM else None


def fit(gazetteer: Gazetteer, corpora: Sequence[Sequence[GoldArticle]], weights: Weights) -> Weights:
    """The weights that make the right candidates likeliest, held to `weights` by a ridge."""
    start = np.array(astuple(weights))
    current = start.copy()
    for _ in range(_FIT_PASSES):
        resolver = PlaceResolver(gazetteer, weights=Weights(*current.tolist()))
        samples = [
            sample
            for corpus in corpora
            for article in half_of(corpus, "odd")
            for sample in training_rows(resolver, article)
        ]
        for _ in range(_FIT_STEPS):
            gradient = -_RIDGE * (current - start)
            for rows, right in samples:
                scores = rows @ current
                shares = np.exp(scores - scores.max())
                shares /= shares.sum()
                gradient += rows[right] - shares @ rows
            current = current + _FIT_RATE * gradient / len(samples)
    return Weights(*(round(value, 1) for value in current.tolist()))


def main() -> None:
    """Print the fitted weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--gazetteer", type=Path, help="another gazetteer file than the default")
    options = parser.parse_args()
    corpora = [read_corpus(path).articles for path in options.files]
    with Gazetteer.open(options.gazetteer) as gazetteer:
        for name, value in asdict(fit(gazetteer, corpora, FIRST)).items():
            print(f"    {name}={value},")


if __name__ == "__main__":
    main()
