"""Fit the weights that part political violence from what only looks like it (`reading/peace.py`).

A logistic regression over the signs of single events.  Events of political violence are those
that pair with a coded one, and the first of each violent text of the relevance corpora; all
events read from coded reports without any, and from texts that are not violent, are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casus.evaluation import paired_events
from casus.output.gold import gold_record
from casus.reading import peace
from casus.reading.assembling import all_drafts_of, drafts_of
from casus.reading.drafts import EventDraft

if TYPE_CHECKING:
    from tune import Prepared

# How strongly a weight holds on to the one of before, in events.
_HOLD = 5.0
_STEPS, _RATE = 4000, 0.05
# What an event counts: those of coded reports are surer than those of labelled texts.
_CODED, _LABELLED, _OTHER = 1.5, 0.5, 1.0

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of an event, whether it is one of political violence, and how much that counts."""

    signs: Row
    is_violent: bool
    weight: float


def tune_peace(coded: Sequence[Prepared], violent: Sequence[Prepared], other: Sequence[Prepared]) -> None:
    """Fit the weights and print them beside those of before, and how many events each set gets right."""
    examples = [e for report in coded for e in _of_coded(report)]
    examples += [e for report in violent for e in list(_of_text(report, is_violent=True))[:1]]
    examples += [e for report in other for e in _of_text(report, is_violent=False)]
    shown = np.array([e.signs for e in examples])
    wanted = np.array([float(e.is_violent) for e in examples])
    counts = np.array([e.weight for e in examples])
    before = np.array([*peace.WEIGHTS.values(), -peace.THRESHOLD])
    after = before.copy()
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-shown @ after))
        pull = _HOLD * (after - before) * np.array([*[1.0] * (len(before) - 1), 0.2])
        after -= _RATE * (shown.T @ ((chances - wanted) * counts) + pull) / len(examples)
    for name, weights in (("before", before), ("after", after)):
        kept = shown @ weights >= 0
        right = float(np.mean(kept[wanted == 1])), float(np.mean(~kept[wanted == 0]))
        print(f"{name}: {right[0]:.3f} of the violent kept, {right[1]:.3f} of the others left out")
    for sign, old, new in zip((*peace.WEIGHTS, "threshold, negated"), before, after, strict=True):
        print(f"  {sign:20} {old:6.2f} -> {new:6.2f}")


def _of_coded(report: Prepared) -> Iterator[Example]:
    if report.annotation is None or report.coded is None:
        return
    drafts = all_drafts_of(report.annotation, report.report.published_on)
    if not report.coded.record.events:
        yield from (Example(_row(draft, report), is_violent=False, weight=_CODED) for draft in drafts)
        return
    kept = drafts_of(report.annotation, report.report.published_on)
    pairs = paired_events(report.coded.record, gold_record(report.reading()))
    for found in set(pairs.values()):
        yield Example(_row(kept[found], report), is_violent=True, weight=_CODED)


def _of_text(report: Prepared, *, is_violent: bool) -> Iterator[Example]:
    if report.annotation is not None:
        weight = _LABELLED if is_violent else _OTHER
        for draft in all_drafts_of(report.annotation, report.report.published_on):
            yield Example(_row(draft, report), is_violent, weight)


def _row(draft: EventDraft, report: Prepared) -> Row:
    """The counts of an event's signs in the order of the weights, and a one for the threshold."""
    if report.annotation is None:
        raise ValueError("a report that was not annotated has no events")
    tenor = peace.Tenor.of(report.annotation.words)
    signs = peace.signs_of(draft, report.annotation.body, tenor)
    return np.array([*(float(signs.get(sign, 0)) for sign in peace.WEIGHTS), 1.0])
