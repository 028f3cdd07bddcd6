"""What an estimate of the unrecorded gives: figures by method, models, and what to be careful of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from casus.analysis.estimates.bayes import Bayes
from casus.analysis.estimates.histories import CaptureHistories
from casus.analysis.estimates.latent import Latent
from casus.analysis.estimates.loglinear import LogLinear
from casus.analysis.estimates.spreads import Spread


class Methods(StrEnum):
    """Which methods are asked for."""

    ALL = "all"
    CHAO = "chao"
    LOGLINEAR = "loglinear"
    BAYES = "bayes"


class Method(StrEnum):
    """How a figure was made."""

    CHAPMAN = "chapman"
    CHAO = "chao"
    LOWER_BOUND = "lower_bound"
    LOGLINEAR_BEST = "loglinear_best"
    LOGLINEAR = "loglinear"
    GRAPHS = "graphs"
    LATENT_CLASSES = "latent_classes"

    @property
    def words(self) -> str:
        """The method in words."""
        return _WORDS[self]

    @property
    def is_bound(self) -> bool:
        """Whether the figure is a lower bound, not an estimate."""
        return self in {Method.CHAO, Method.LOWER_BOUND}


_WORDS = {
    Method.CHAPMAN: "two lists (Chapman)",
    Method.CHAO: "lower bound, lists alike (Chao)",
    Method.LOWER_BOUND: "lower bound, lists unlike",
    Method.LOGLINEAR_BEST: "log-linear, best model by BIC",
    Method.LOGLINEAR: "log-linear, average of models",
    Method.GRAPHS: "Bayesian, decomposable graphs",
    Method.LATENT_CLASSES: "Bayesian, latent classes",
}


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A method's figure: what is recorded, and how many more are not, with a 95 percent interval.

    `spread` is the distribution that `low` and `high` are from.
    """

    method: Method
    recorded: float
    unrecorded: float
    low: float
    high: float
    spread: Spread

    @property
    def total(self) -> float:
        """Recorded and unrecorded."""
        return self.recorded + self.unrecorded

    @property
    def total_low(self) -> float:
        """The lower limit of the total."""
        return self.recorded + self.low

    @property
    def total_high(self) -> float:
        """The upper limit of the total."""
        return self.recorded + self.high


class CautionKind(StrEnum):
    """What makes an estimate doubtful."""

    TWO_LISTS = "two_lists"
    SHARED_NOTHING = "shared_nothing"
    WITHIN = "within"
    SMALL_OVERLAP = "small_overlap"
    SPARSE = "sparse"
    DEPENDENT = "dependent"
    UNEQUAL_CASES = "unequal_cases"
    MODELS_DISAGREE = "models_disagree"
    METHODS_DISAGREE = "methods_disagree"
    WIDE = "wide"
    KNOWN_BESIDES = "known_besides"
    NOT_MIXED = "not_mixed"
    DEATHS = "deaths"
    SOURCES = "sources"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to be careful of, in one sentence."""

    kind: CautionKind
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class EstimateResult:
    """The estimates of one set of histories; `name` is the stratum's, "" where there is none."""

    name: str
    histories: CaptureHistories
    estimates: tuple[Estimate, ...]
    log_linear: LogLinear | None
    bayes: Bayes | None
    latent: Latent | None
    cautions: tuple[Caution, ...]
    not_made: tuple[tuple[str, str], ...]

    def of(self, method: Method) -> Estimate | None:
        """The estimate of a method; None where it was not made."""
        return next((one for one in self.estimates if one.method is method), None)

    @property
    def main(self) -> Estimate:
        """The figure to name first: the averaged log-linear one where it was made."""
        for method in (Method.LOGLINEAR, Method.GRAPHS, Method.CHAPMAN, Method.LOWER_BOUND):
            found = self.of(method)
            if found is not None:
                return found
        return self.estimates[0]

    def frame(self) -> pd.DataFrame:
        """A row for each method; see `estimates_frame`."""
        return estimates_frame((self.name, one) for one in self.estimates)

    def models_frame(self) -> pd.DataFrame:
        """A row for each model and graph listed; columns as in `model_rows`, those without a BIC NaN."""
        columns = ["method", "model", "weight", "unrecorded", "low", "high", "bic"]
        return pd.DataFrame(self.model_rows(), columns=columns).astype({"bic": float})

    def model_rows(self) -> Iterator[dict[str, str | float | None]]:
        """Each model and graph listed: method, model (text), weight, unrecorded, low, high, bic or None."""
        for model in self.log_linear.models if self.log_linear else ():
            yield {
                "method": str(Method.LOGLINEAR),
                "model": model.words,
                "weight": model.weight,
                "unrecorded": model.unrecorded,
                "low": model.low,
                "high": model.high,
                "bic": model.bic,
            }
        for graph in self.bayes.graphs if self.bayes else ():
            yield {
                "method": str(Method.GRAPHS),
                "model": graph.words,
                "weight": graph.weight,
                "unrecorded": graph.unrecorded,
                "low": graph.low,
                "high": graph.high,
                "bic": None,
            }


@dataclass(frozen=True, slots=True)
class Refused:
    """A stratum without an estimate, and why."""

    name: str
    recorded: float
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class StratifiedResult:
    """The estimates of each stratum, those refused, and the sums over the strata that have one.

    A sum's figure is the sum of the strata's; its interval is the middle 95 percent of the sums of
    numbers drawn from their distributions, one stratum being independent of another.
    """

    by: str
    strata: tuple[EstimateResult, ...]
    refused: tuple[Refused, ...]
    totals: tuple[Estimate, ...]
    cautions: tuple[Caution, ...]

    def frame(self) -> pd.DataFrame:
        """A row for each stratum and method, then the sums as stratum "total"; see `estimates_frame`."""
        rows = [(result.name, one) for result in self.strata for one in result.estimates]
        return estimates_frame([*rows, *(("total", one) for one in self.totals)])


def estimates_frame(rows: Iterable[tuple[str, Estimate]]) -> pd.DataFrame:
    """A row for each estimate.

    Columns: stratum (text, empty for none), method (text), is_bound (bool), recorded, unrecorded,
    unrecorded_low, unrecorded_high, total, total_low, total_high (numbers).
    """
    table = [
        {
            "stratum": name,
            "method": str(one.method),
            "is_bound": one.method.is_bound,
            "recorded": one.recorded,
            "unrecorded": one.unrecorded,
            "unrecorded_low": one.low,
            "unrecorded_high": one.high,
            "total": one.total,
            "total_low": one.total_low,
            "total_high": one.total_high,
        }
        for name, one in rows
    ]
    return pd.DataFrame(table)
