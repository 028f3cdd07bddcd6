"""Fit the weights of the signs of an event's kind: a softmax regression drawn to weights set by hand.

The weights set by hand (`kind_priors.tsv`) say what follows from the definitions of the kinds
alone; a weight leaves its prior only as far as the coded reports pull it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casus.evaluation import paired_events
from casus.model import EventType
from casus.output.gold import gold_record
from casus.reading.assembling import drafts_of, kind_signs

if TYPE_CHECKING:
    from tune import Prepared

KINDS = list(EventType)
PRIORS = Path(__file__).with_name("kind_priors.tsv")
# How strongly a weight holds on to its prior, in reports; by ten-fold cross-validation.
_HOLD = 8.0
_FOLDS = 10
_RAREST = 3  # events; a sign met in fewer is left out
_STEPS, _RATE = 1500, 0.5
_LEAST_WEIGHT = 0.05

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A found event that was paired with a coded one: its signs, and the kind that the coder gave it."""

    report: str
    signs: frozenset[str]
    kind: EventType


def tune_kinds(reports: Sequence[Prepared], *, write: bool) -> None:
    """Fit the weights, print how well they do on reports not fitted on, and write the table if asked."""
    examples = [example for report in reports for example in _examples(report)]
    counts = Counter(sign for example in examples for sign in example.signs)
    names = sorted(sign for sign, count in counts.items() if count >= _RAREST)
    shown = np.array([[float(name in example.signs) for name in names] for example in examples])
    coded = np.array([KINDS.index(example.kind) for example in examples])
    prior = _prior(names)
    fold_of = {name: n % _FOLDS for n, name in enumerate(sorted({example.report for example in examples}))}
    folds = np.array([fold_of[example.report] for example in examples])
    right = 0
    for fold in range(_FOLDS):
        weights = _fitted(shown[folds != fold], coded[folds != fold], prior)
        right += int(np.sum((shown[folds == fold] @ weights).argmax(1) == coded[folds == fold]))
    alone = float(np.mean((shown @ prior).argmax(1) == coded))
    by_others = right / len(examples)
    print(f"{len(examples)} events: {alone:.3f} right by the priors alone, {by_others:.3f} cross-validated")
    if write:
        _write(names, _fitted(shown, coded, prior))


def _examples(report: Prepared) -> Iterator[Example]:
    if report.annotation is None or report.coded is None:
        return
    reading = report.reading()
    pairs = paired_events(report.coded.record, gold_record(reading))
    drafts = drafts_of(report.annotation, report.report.published_on)
    main_kind = reading.events[0].event_type if reading.events else None
    for coded, found in pairs.items():
        signs = kind_signs(drafts[found], report.annotation, main_kind if found else None)
        yield Example(report.coded.name, signs, report.coded.record.events[coded].event_type)


def _prior(names: Sequence[str]) -> Matrix:
    prior = np.zeros((len(names), len(KINDS)))
    rows = {name: n for n, name in enumerate(names)}
    with PRIORS.open(encoding="utf-8") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            if row["sign"] in rows:
                prior[rows[row["sign"]], KINDS.index(EventType(row["event_type"]))] = float(row["weight"])
    return prior


def _fitted(shown: Matrix, coded: NDArray[np.int64], prior: Matrix) -> Matrix:
    """Weights by gradient descent on the log-loss, with a quadratic pull to the prior."""
    weights, wanted = prior.copy(), np.eye(len(KINDS))[coded]
    for _ in range(_STEPS):
        scores = shown @ weights
        odds = np.exp(scores - scores.max(1, keepdims=True))
        chances = odds / odds.sum(1, keepdims=True)
        weights -= _RATE * (shown.T @ (chances - wanted) + _HOLD * (weights - prior)) / len(coded)
    return weights


def _write(names: Sequence[str], weights: Matrix) -> None:
    path = Path(str(files("casus.knowledge").joinpath("kind_weights.tsv")))
    head = "# What each sign weighs for each kind of event: written by `benchmarks/tune.py kinds`.\n"
    rows = (
        f"{name}\t{kind.value}\t{weights[n, k]:.2f}\n"
        for n, name in enumerate(names)
        for k, kind in enumerate(KINDS)
        if abs(weights[n, k]) >= _LEAST_WEIGHT
    )
    path.write_text(head + "sign\tevent_type\tweight\n" + "".join(rows), "utf-8")
    print(f"wrote {path.name}")
