"""How often the intervals of `casus estimate` hold the truth, and how far off it is where its models fail.

    python benchmarks/simulate_estimates.py [--draws N] [--seed N] [--latent] [--only WORD] [--json]

Cases of a known number are put on lists in a known way, and what is on none of them is estimated.
Printed are, for each way and method, the share of 95 percent intervals that hold the true number of
unrecorded cases, on which side the others miss it, the bias (the median of estimated over true, less
one), and how wide the intervals are against the true number.  Where the models hold, coverage is
wanted between 0.93 and 0.97; with few draws it strays from that by chance (its standard error is told).
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import repeat
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from casus.analysis.estimates import CaptureHistories, Method, estimate
from casus.errors import NotAnswerable

WANTED = (0.93, 0.97)
_JUDGED = (Method.CHAPMAN, Method.LOGLINEAR, Method.GRAPHS)
Flags = NDArray[np.bool_]
Draw = Callable[[np.random.Generator], Flags]


@dataclass(frozen=True, slots=True)
class Way:
    """How cases come onto lists: `draw` gives cases x lists; whether the models allow for it."""

    name: str
    draw: Draw
    holds: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How a method fared with a way; shares of the draws, and medians over them."""

    way: str
    method: str
    holds: bool
    draws: int
    refused: int
    coverage: float
    too_high: float  # the whole interval lies above the truth
    too_low: float
    bias: float
    width: float

    @property
    def error(self) -> float:
        """The standard error of the coverage."""
        return sqrt(self.coverage * (1 - self.coverage) / self.draws)

    @property
    def is_as_wanted(self) -> bool | None:
        """Whether the coverage is as wanted, give or take chance; None where nothing is wanted."""
        if not self.holds or self.method not in _JUDGED:
            return None
        stray = 2 * sqrt(0.95 * 0.05 / self.draws)
        return WANTED[0] - stray <= self.coverage <= WANTED[1] + stray


def on_lists(random: np.random.Generator, cases: int, chances: Sequence[float], unlike: float = 0.0) -> Flags:
    """Cases on independent lists; with `unlike`, their log-odds differ by a normal of that deviation."""
    odds = np.log(np.array(chances) / (1 - np.array(chances))) + random.normal(
        0.0, unlike or 1e-9, (cases, 1)
    )
    return random.random((cases, len(chances))) < 1 / (1 + np.exp(-odds))


def copied(random: np.random.Generator, is_on: Flags, share: float, by: Sequence[int]) -> Flags:
    """The same, the first list's cases being copied by others, each with this chance."""
    found = is_on.copy()
    for one in by:
        found[:, one] |= is_on[:, 0] & (random.random(len(is_on)) < share)
    return found


def apart(random: np.random.Generator, cases: int, chances: Sequence[float]) -> Flags:
    """Lists of which the first covers one half of the country and the second the other."""
    found = on_lists(random, cases, chances)
    is_north = random.random(cases) < 0.5
    found[:, 0] &= is_north
    found[:, 1] &= ~is_north
    return found


def unlinked(random: np.random.Generator, is_on: Flags, share: float) -> Flags:
    """The same, but a share of the cases on several lists is taken for two: the first list's and the rest."""
    is_split = (is_on.sum(axis=1) > 1) & (random.random(len(is_on)) < share)
    first = np.zeros_like(is_on)
    first[np.arange(len(is_on)), is_on.argmax(axis=1)] = True
    kept = np.where(is_split[:, None], first, is_on)
    return np.concatenate((kept, (is_on & ~first)[is_split]))


FOUR, THREE, TWO = (0.3, 0.25, 0.2, 0.15), (0.3, 0.25, 0.2), (0.3, 0.25)
CASES = 1000


def _four(random: np.random.Generator) -> Flags:
    return on_lists(random, CASES, FOUR)


def _few(random: np.random.Generator) -> Flags:
    return on_lists(random, 300, FOUR)


def _three(random: np.random.Generator) -> Flags:
    return on_lists(random, CASES, THREE)


def _two(random: np.random.Generator) -> Flags:
    return on_lists(random, CASES, TWO)


def _four_copied(random: np.random.Generator) -> Flags:
    return copied(random, on_lists(random, 2 * CASES, FOUR), 0.3, [1])


def _far_apart(random: np.random.Generator) -> Flags:
    return apart(random, 2 * CASES, (0.5, 0.4, 0.2, 0.2))


def _two_copied(random: np.random.Generator) -> Flags:
    return copied(random, on_lists(random, CASES, TWO), 0.3, [1])


def _unlike(random: np.random.Generator) -> Flags:
    return on_lists(random, CASES, FOUR, unlike=1.0)


def _unlinked(random: np.random.Generator) -> Flags:
    return unlinked(random, on_lists(random, CASES, FOUR), 0.1)


WAYS = (
    Way("four lists, independent", _four, holds=True),
    Way("four lists, 300 cases", _few, holds=True),
    Way("three lists, independent", _three, holds=True),
    Way("two lists, independent", _two, holds=True),
    Way("four lists, one copies", _four_copied, holds=True),
    Way("four lists, two far apart", _far_apart, holds=True),
    Way("two lists, one copies", _two_copied, holds=False),
    Way("four lists, cases unlike", _unlike, holds=False),
    Way("four lists, a tenth unlinked", _unlinked, holds=False),
)


def study(at: int, draws: int, seed: int, has_latent: bool = False) -> list[Score]:
    """How each method fares with a way, given by its place among them."""
    return list(_scores(WAYS[at], draws, seed + at, has_latent))


def _scores(way: Way, draws: int, seed: int, has_latent: bool) -> Iterator[Score]:
    random = np.random.default_rng(seed)
    found: defaultdict[Method, list[tuple[float, float, float, float]]] = defaultdict(list)
    refused = 0
    for _ in range(draws):
        is_on = way.draw(random)
        unseen = float((~is_on.any(axis=1)).sum())
        names = tuple("ABCD"[: is_on.shape[1]])
        try:
            result = estimate(CaptureHistories.of_rows(names, is_on), latent=has_latent, seed=seed)
        except NotAnswerable:
            refused += 1
            continue
        for one in result.estimates:
            found[one.method].append((one.unrecorded, one.low, one.high, unseen))
    for method, rows in found.items():
        middle, low, high, true = np.array(rows).T
        yield Score(
            way.name,
            str(method),
            way.holds,
            len(rows),
            refused,
            float(((low <= true) & (true <= high)).mean()),
            float((low > true).mean()),
            float((high < true).mean()),
            float(np.median(middle / true)) - 1,
            float(np.median((high - low) / true)),
        )


def lines(scores: Sequence[Score]) -> Iterator[str]:
    """The scores as a table."""
    yield f"{'':29} {'method':19} {'coverage':>15} {'too low':>8} {'too high':>8} {'bias':>7} {'width':>6}"
    before = ""
    for one in scores:
        if one.way != before:
            told = "the models hold" if one.holds else "the models do not hold"
            yield f"{one.way} ({told}; {one.draws} draws, {one.refused} refused)"
        before = one.way
        mark = {True: "", False: "  NOT AS WANTED", None: ""}[one.is_as_wanted]
        yield (
            f"{'':29} {_named(one.method):19} {one.coverage:8.3f} ±{one.error:.3f} {one.too_low:8.3f} "
            f"{one.too_high:8.3f} {one.bias:+7.1%} {one.width:6.2f}{mark}"
        )


def _named(method: str) -> str:
    return f"{method} (bound)" if Method(method).is_bound else method


def main() -> None:
    """Run the study and print what came out."""
    parser = argparse.ArgumentParser(description="Coverage and bias of estimates of the unrecorded.")
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--latent", action="store_true", help="latent classes, too; 2 s and more a draw")
    parser.add_argument("--only", default="", help="only ways with this word in their name")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        ways = [at for at, way in enumerate(WAYS) if given.only in way.name]
        done = pool.map(study, ways, repeat(given.draws), repeat(given.seed), repeat(given.latent))
        scores = [score for some in done for score in some]
    if given.json:
        print(json.dumps([asdict(one) for one in scores], indent=1))
    else:
        print("\n".join(lines(scores)))


if __name__ == "__main__":
    main()
