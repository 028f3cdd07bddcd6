"""The figures of an evaluation of dates, as a table, as JSON, and its errors a line each."""

from __future__ import annotations

import json
from collections.abc import Iterator

from casus.evaluation.dates.annotated import GoldKind
from casus.evaluation.dates.scoring import OVERLAP, STRICT, DateScores


def table_lines(scores: DateScores) -> Iterator[str]:
    """The table, a line at a time."""
    yield f"{scores.texts} texts, {scores.right_texts} of them without an error"
    yield f"{'':28}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}"
    for measure in (STRICT, OVERLAP):
        score = scores.tally.score(measure)
        figures = f"{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
        yield f"{measure:28}{score.gold_count:>6}{figures}"
    yield f"{'':28}{'gold':>6}{'found':>8}{'right, of found':>18}{'right, of all':>16}"
    for kind in _kinds(scores):
        row = f"{kind:28}{scores.spans[kind]:>6}{_share(scores.found_spans[kind], scores.spans[kind]):>8}"
        if scores.values[kind]:
            right = scores.right_values[kind]
            row += f"{_share(right, scores.found_values[kind]):>18}{_share(right, scores.values[kind]):>16}"
        yield row
    if scores.references or scores.others:
        yield (
            f"values not compared: {scores.references} references to past, present and future, "
            f"{scores.others} durations, sets and dates without a year"
        )


def as_json(scores: DateScores) -> str:
    """The same figures and all errors as one JSON object."""
    spans = {
        name: {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        for name, measure in (("strict", STRICT), ("overlapping", OVERLAP))
        for score in (scores.tally.score(measure),)
    }
    kinds = {
        kind.value: {
            "gold": scores.spans[kind],
            "found": scores.found_spans[kind],
            "values": scores.values[kind],
            "values_found": scores.found_values[kind],
            "values_right": scores.right_values[kind],
        }
        for kind in _kinds(scores)
    }
    errors = [
        {
            "kind": error.kind,
            "where": error.where,
            "words": error.words,
            "gold": error.gold,
            "found": error.found,
            "context": error.context,
        }
        for error in scores.errors
    ]
    figures = {
        "texts": scores.texts,
        "texts_without_error": scores.right_texts,
        "expressions": scores.tally.score(STRICT).gold_count,
        "recognition": spans,
        "values": kinds,
        "references_not_compared": scores.references,
        "other_values_not_compared": scores.others,
        "errors": errors,
    }
    return json.dumps(figures, ensure_ascii=False, indent=2)


def error_lines(scores: DateScores, most: int) -> Iterator[str]:
    """The first `most` errors, a line each."""
    for error in scores.errors[:most]:
        values = "".join(
            f"  {name} {value}" for name, value in (("gold", error.gold), ("found", error.found)) if value
        )
        yield f"{error.kind:9}{error.where}  {' '.join(error.words.split())!r}{values}  … {error.context} …"


def _kinds(scores: DateScores) -> list[GoldKind]:
    return [kind for kind in GoldKind if scores.spans[kind]]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
