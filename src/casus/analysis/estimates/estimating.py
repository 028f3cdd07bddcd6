"""Estimates of what was not recorded, by all methods side by side; of one set of lists, or by strata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from casus.analysis.estimates.bayes import Bayes, bayes
from casus.analysis.estimates.bounds import Bound, chao, chapman, lower_bound
from casus.analysis.estimates.cautions import cautions_of, refusal
from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.latent import Latent, latent_classes
from casus.analysis.estimates.loglinear import LogLinear, log_linear
from casus.analysis.estimates.results import (
    Caution,
    CautionKind,
    Estimate,
    EstimateResult,
    Method,
    Methods,
    Refused,
    StratifiedResult,
)
from casus.analysis.estimates.spreads import Spread, of_sum
from casus.errors import NotAnswerable


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """A part of the cases, by its name."""

    name: str
    histories: CaptureHistories


def estimate(
    histories: CaptureHistories,
    methods: Methods | str = Methods.ALL,
    *,
    latent: bool = False,
    seed: int = 0,
    name: str = "",
    cautions: Sequence[Caution] = (),
) -> EstimateResult:
    """Estimate how many cases are on none of the lists, by several methods.

    `latent` adds latent classes, which take some seconds and are drawn from `seed`.  `cautions` are
    put after those that the lists and figures give rise to.  Raises `NotAnswerable` where the lists
    allow no estimate: fewer than two, one with nothing on it, fewer than 20 cases or than 5 on two
    lists or more, or no method that gives one.
    """
    reason = refusal(histories)
    if reason is not None:
        raise NotAnswerable(reason)
    asked = Methods(methods)
    making = _Making(histories)
    if asked in {Methods.ALL, Methods.CHAO}:
        making.bounds()
    if asked in {Methods.ALL, Methods.LOGLINEAR}:
        making.log_linear()
    if asked in {Methods.ALL, Methods.BAYES}:
        making.bayes()
    if latent:
        making.latent(seed)
    if not making.estimates:
        raise NotAnswerable("; ".join(reason for _, reason in making.not_made))
    return EstimateResult(
        name,
        histories,
        tuple(making.estimates),
        making.found,
        making.posterior,
        making.classes,
        (*cautions_of(histories, making.estimates, making.found, making.classes), *cautions),
        tuple(making.not_made),
    )


def estimate_strata(
    strata: Sequence[Stratum],
    by: str,
    methods: Methods | str = Methods.ALL,
    *,
    latent: bool = False,
    seed: int = 0,
    cautions: Sequence[Caution] = (),
) -> StratifiedResult:
    """Estimate each stratum on its own, and the sum over those that have an estimate.

    A list with nothing in a stratum is left out there, as long as two remain.  Raises
    `NotAnswerable` where every stratum is refused.
    """
    results, refused = [], []
    for stratum in strata:
        histories, notes = _filled(stratum.histories)
        try:
            results.append(
                estimate(histories, methods, latent=latent, seed=seed, name=stratum.name, cautions=notes)
            )
        except NotAnswerable as error:
            refused.append(Refused(stratum.name, stratum.histories.recorded, str(error)))
    if not results:
        told = "; ".join(f"{one.name}: {one.reason}" for one in refused[:3])
        raise NotAnswerable(f"no stratum allows an estimate ({told})" if told else "there are no strata")
    totals = tuple(_totals(results, np.random.default_rng(seed)))
    return StratifiedResult(by, tuple(results), tuple(refused), totals, tuple(cautions))


class _Making:
    """The estimates of some histories as they are made; methods that fail are noted with the reason."""

    def __init__(self, histories: CaptureHistories) -> None:
        self.histories = histories
        self.estimates: list[Estimate] = []
        self.not_made: list[tuple[str, str]] = []
        self.found: LogLinear | None = None
        self.posterior: Bayes | None = None
        self.classes: Latent | None = None

    def bounds(self) -> None:
        if self.histories.lists == 2:
            self._bound(Method.CHAPMAN, chapman)
        else:
            self._bound(Method.CHAO, chao)
            self._bound(Method.LOWER_BOUND, lower_bound)

    def log_linear(self) -> None:
        try:
            self.found = log_linear(self.histories)
        except NotAnswerable as error:
            self.not_made.append((Method.LOGLINEAR.words, str(error)))
            return
        if self.found.tried > 1:
            self._add(Method.LOGLINEAR_BEST, self.found.models[0].unrecorded, self.found.best)
        self._add(Method.LOGLINEAR, self.found.unrecorded, self.found.average)

    def bayes(self) -> None:
        try:
            self.posterior = bayes(self.histories)
        except NotAnswerable as error:
            self.not_made.append((Method.GRAPHS.words, str(error)))
            return
        self._add(Method.GRAPHS, self.posterior.unrecorded, self.posterior.spread)

    def latent(self, seed: int) -> None:
        try:
            self.classes = latent_classes(self.histories, seed)
        except NotAnswerable as error:
            self.not_made.append((Method.LATENT_CLASSES.words, str(error)))
            return
        self._add(Method.LATENT_CLASSES, self.classes.unrecorded, self.classes.spread)

    def _bound(self, method: Method, making: Callable[[CaptureHistories], Bound]) -> None:
        try:
            found = making(self.histories)
        except NotAnswerable as error:
            self.not_made.append((method.words, str(error)))
            return
        self._add(method, found.unrecorded, found.spread)

    def _add(self, method: Method, unrecorded: float, spread: Spread) -> None:
        low, high = spread.interval()
        self.estimates.append(Estimate(method, self.histories.recorded, unrecorded, low, high, spread))


def _filled(histories: CaptureHistories) -> tuple[CaptureHistories, tuple[Caution, ...]]:
    """Histories without the lists that have nothing, and a word on these."""
    kept = np.flatnonzero(histories.sizes()).tolist()
    if len(kept) == histories.lists or len(kept) < 2:
        return histories, ()
    left = [name for at, name in enumerate(histories.names) if at not in kept]
    words = f"nothing is on {', '.join(left)} here, which is left out"
    return histories.only(kept), (Caution(CautionKind.LEFT_OUT, words),)


def _totals(results: Sequence[EstimateResult], random: np.random.Generator) -> Iterator[Estimate]:
    """The sums of the methods that every stratum has."""
    for method in Method:
        found = [one for one in (result.of(method) for result in results) if one is not None]
        if len(found) == len(results):
            spread = of_sum([one.spread for one in found], random)
            recorded, unrecorded = (
                sum(one.recorded for one in found),
                sum(one.unrecorded for one in found),
            )
            yield Estimate(method, recorded, unrecorded, *spread.interval(), spread)
