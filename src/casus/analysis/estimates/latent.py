"""A Bayesian estimate with latent classes (Manrique-Vallier 2016, Biometrics 72:1246-1254).

Cases belong to unseen classes; within a class the lists are independent, and each class has
its own chance of being on each list.  So cases may differ in how likely they are to be recorded.
The classes' shares have a stick-breaking prior, which leaves empty those that are not needed.
The posterior is sampled by Gibbs steps, several chains side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.spreads import Spread, of_draws
from casus.casebook.browsing.columns import Floats, Numbers
from casus.errors import NotAnswerable

_CLASSES = 5
_CHAINS = 12
_STEPS = 8000
_BURNT = 2000
_SHAPE = 0.25  # of the prior of the concentration, and its rate, as in the R package LCMCR
_SMALL = 1e-12
MIXED_UP_TO = 1.1


@dataclass(frozen=True, slots=True, eq=False)
class Latent:
    """What latent classes say.

    `mixing` is Gelman & Rubin's ratio (1992) of the spread of all chains to that within
    each, on the logarithm of the unrecorded; well above 1 the chains do not agree.
    """

    spread: Spread
    mixing: float
    classes: float  # with one case in a hundred or more, on average

    @property
    def unrecorded(self) -> float:
        """The posterior median."""
        return self.spread.quantile(0.5)

    @property
    def is_mixed(self) -> bool:
        """Whether the chains agree."""
        return self.mixing < MIXED_UP_TO


def latent_classes(
    histories: CaptureHistories, seed: int = 0, *, steps: int | None = None, classes: int = _CLASSES
) -> Latent:
    """Sample the posterior; the same seed gives the same draws.

    Chances of being on a list have uniform priors; the prior of the total is one over it.  Raises
    `NotAnswerable` for two lists, which look the same whatever the classes.
    """
    if histories.lists < 3:
        raise NotAnswerable("latent classes need three lists or more")
    steps = _STEPS if steps is None else steps
    random = np.random.default_rng(seed)
    cells = np.round(histories.independent_cells).astype(np.int64)
    members = histories.members().astype(float)
    burnt = min(_BURNT, steps // 3)
    state = _State.begun(cells, histories.lists, classes, random)
    unrecorded = np.empty((steps - burnt, _CHAINS))
    used = 0.0
    for step in range(steps):
        state.move(cells, members, random)
        if step >= burnt:
            unrecorded[step - burnt] = state.unrecorded
            used += float((state.shares > 0.01).sum(axis=1).mean())
    spread = of_draws(unrecorded.ravel()).times(histories.clumping)
    return Latent(spread, _mixing(np.log(unrecorded + 1.0)), used / len(unrecorded))


@dataclass(slots=True, eq=False)
class _State:
    """Where each chain stands: chances (chain, class, list), shares (chain, class), and the rest."""

    chances: Floats
    shares: Floats
    concentration: Floats
    unrecorded: Numbers

    @classmethod
    def begun(cls, cells: Numbers, lists: int, classes: int, random: np.random.Generator) -> _State:
        """A start far apart: each chain with its own chances and number of unrecorded cases."""
        start = random.uniform(0.1, 3.0, _CHAINS) * cells.sum()
        shares = random.dirichlet(np.ones(classes), _CHAINS)
        chances = random.uniform(0.05, 0.6, (_CHAINS, classes, lists))
        return cls(chances, shares, np.ones(_CHAINS), np.floor(start).astype(np.int64))

    def move(self, cells: Numbers, members: Floats, random: np.random.Generator) -> None:
        """One Gibbs step: classes of cases, chances, shares, concentration, unrecorded cases."""
        logs = np.log(self.chances), np.log1p(-self.chances)
        weight = np.log(np.maximum(self.shares, _SMALL))[:, None, :] + np.einsum(
            "pl,ckl->cpk", members, logs[0] - logs[1]
        )
        weight += logs[1].sum(axis=2)[:, None, :]
        joint = np.exp(weight)  # chain x pattern x class
        unseen = np.clip(joint[:, 0].sum(axis=1), _SMALL, 1 - _SMALL)
        self.unrecorded = random.negative_binomial(cells.sum(), 1.0 - unseen)
        counts = np.repeat(cells[None, :], _CHAINS, axis=0)
        counts[:, 0] = self.unrecorded
        placed = random.multinomial(counts, joint / joint.sum(axis=2, keepdims=True)).astype(float)
        in_class = placed.sum(axis=1)
        on = np.einsum("cpk,pl->ckl", placed, members)
        drawn = random.beta(on + 1.0, in_class[:, :, None] - on + 1.0)
        self.chances = np.clip(drawn, _SMALL, 1 - 1e-9)
        self._break_sticks(in_class, random)

    def _break_sticks(self, in_class: Floats, random: np.random.Generator) -> None:
        after = in_class[:, ::-1].cumsum(axis=1)[:, ::-1] - in_class
        sticks = random.beta(1.0 + in_class[:, :-1], self.concentration[:, None] + after[:, :-1])
        sticks = np.clip(sticks, _SMALL, 1 - 1e-9)
        left = np.cumprod(1.0 - sticks, axis=1)
        before = np.concatenate((np.ones((_CHAINS, 1)), left), axis=1)
        self.shares = before * np.concatenate((sticks, np.ones((_CHAINS, 1))), axis=1)
        rest = left[:, -1] if left.shape[1] else np.ones(_CHAINS)
        rate = _SHAPE - np.log(np.maximum(rest, 1e-300))
        self.concentration = np.maximum(random.gamma(_SHAPE + left.shape[1], 1.0 / rate), _SMALL)


def _mixing(draws: Floats) -> float:
    """Gelman & Rubin's ratio, each chain being cut into halves; draws in rows, chains in columns."""
    half = len(draws) // 2
    parts = np.concatenate((draws[:half], draws[half : 2 * half]), axis=1)
    within = float(parts.var(axis=0, ddof=1).mean())
    between = float(parts.mean(axis=0).var(ddof=1))
    return float(np.sqrt(1.0 - 1.0 / half + between / within)) if within > 0 else 1.0
