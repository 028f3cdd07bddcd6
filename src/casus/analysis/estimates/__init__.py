"""Estimates of what was not recorded: multiple-systems estimation from lists that overlap.

`estimate` takes `CaptureHistories`, which `histories_of_table` and `histories_of_casebook` make,
and `estimate_strata` takes the strata of `strata_of_table` or `strata_of_casebook`.
"""

from casus.analysis.estimates.estimating import Stratum, estimate, estimate_strata
from casus.analysis.estimates.groups import ListGroup
from casus.analysis.estimates.histories import CaptureHistories, Unit
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
from casus.analysis.estimates.sources import By, histories_of_casebook, strata_of_casebook
from casus.analysis.estimates.tables import histories_of_table, strata_of_table

__all__ = [
    "By",
    "CaptureHistories",
    "Caution",
    "CautionKind",
    "Estimate",
    "EstimateResult",
    "ListGroup",
    "Method",
    "Methods",
    "Refused",
    "StratifiedResult",
    "Stratum",
    "Unit",
    "estimate",
    "estimate_strata",
    "histories_of_casebook",
    "histories_of_table",
    "strata_of_casebook",
    "strata_of_table",
]
