"""How often the interval of a Gini coefficient covers the truth, on casebooks drawn from known shares.

    python benchmarks/concentration.py [RUNS]

Each line draws the true shares of units, and events from them, so many times; it prints how often
the 95 percent interval covers the coefficient of the shares, and by how much the coefficient as
counted, and less what chance adds, is off on average.  docs/patterns.md has the table.
"""

from __future__ import annotations

import sys

import numpy as np

from casus.analysis.patterns.concentration import concentrations, gini
from casus.analysis.patterns.counting import Measure

CASES = ((12, 2.0, 1200), (30, 1.0, 3000), (30, 0.3, 3000), (30, 1.0, 600), (30, 1.0, 150), (200, 1.0, 1000))
"""Units, how even their shares are (Dirichlet), events."""


def study(units: int, evenness: float, events: int, runs: int) -> tuple[float, float, float]:
    """The coverage, the bias of the coefficient as counted, and that of it less chance."""
    rng = np.random.default_rng(units * events)
    ones = {Measure.EVENTS: np.ones(events, dtype=np.int64)}
    covered, counted, estimated = 0, [], []
    for seed in range(runs):
        shares = rng.dirichlet(np.full(units, evenness))
        truth = gini(shares)
        unit = rng.choice(units, events, p=shares)
        [found] = concentrations(unit, ones, units, draws=200, seed=seed)
        if found.gini is None or found.estimate is None or found.low is None or found.high is None:
            continue
        covered += found.low <= truth <= found.high
        counted.append(found.gini - truth)
        estimated.append(found.estimate - truth)
    return covered / runs, float(np.mean(counted)), float(np.mean(estimated))


def main(runs: int = 1000) -> None:
    """Print a line a case."""
    print("| units | events a unit | coverage | as counted is off by | less chance is off by |")
    print("| --- | --- | --- | --- | --- |")
    for units, evenness, events in CASES:
        coverage, counted, estimated = study(units, evenness, events, runs)
        kind = "even" if evenness > 1 else "uneven" if evenness == 1 else "very uneven"
        print(
            f"| {units}, {kind} | {events / units:g} | {coverage:.3f} | {counted:+.3f} | {estimated:+.3f} |"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
