"""The figures of `toponyms` as lines for people and as plain values for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from casus.evaluation.toponym_corpora import ToponymCorpus
from casus.evaluation.toponyms import (
    END_TO_END,
    EXACT,
    FARTHEST_KM,
    NEAR_KM,
    OVERLAPPING,
    Resolution,
    ToponymScores,
    Verdict,
)

_WIDTH = 30
_NAMES_KM = f"{NEAR_KM:.0f} km"


def score_lines(corpus: ToponymCorpus, scores: ToponymScores, *, demonyms: bool) -> Iterator[str]:
    """The figures of one corpus, a line at a time; finding is left out where it was not measured."""
    yield f"{corpus.name}: {scores.articles} articles"
    if scores.recognition.measures():
        kept = "demonyms count" if demonyms else "without demonyms"
        yield f"  {'finding names':{_WIDTH}}{'marked':>8}{'P':>8}{'R':>8}{'F1':>8}"
        for measure in (EXACT, OVERLAPPING, END_TO_END):
            score = scores.found(measure)
            label = f"{measure}, {_NAMES_KM}" if measure == END_TO_END else f"{measure}, {kept}"
            figures = f"{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
            yield f"  {label:{_WIDTH + 2}}{score.gold_count:>6}{figures}"
    found = scores.resolution()
    yield f"  {'resolving marked names':{_WIDTH}}{found.spans:>8}  ({found.unanswered} without an answer)"
    yield from (f"  {label:{_WIDTH}}{value:>8}" for label, value in _rows(found))


def _rows(found: Resolution) -> Iterator[tuple[str, str]]:
    """The measures of resolving with their labels; those that the corpus can't tell are left out."""
    shares = (
        (f"within {_NAMES_KM}", found.near),
        ("right country", found.country),
        ("right first-order unit", found.adm1),
        ("same GeoNames id", found.same_id),
        ("area under the error curve", found.auc),
    )
    yield from ((label, f"{value:.3f}") for label, value in shares if value is not None)
    distances = (
        (f"mean error, km (none: {FARTHEST_KM:.0f})", found.mean_km),
        ("median error, km", found.median_km),
        ("mean error of the answers, km", found.answered_mean_km),
        ("median error of the answers, km", found.answered_median_km),
    )
    yield from ((label, f"{value:.1f}") for label, value in distances if value is not None)


def calibration_lines(scores: ToponymScores) -> Iterator[str]:
    """For each band of scores how many answers have one and how many of them lie near."""
    yield f"  {'score of the answer':{_WIDTH}}{'answers':>8}{'mean':>8}{'near':>8}"
    for decile in scores.calibration():
        label = f"{decile.low:.1f} to {decile.high:.1f}"
        yield f"  {label:{_WIDTH}}{decile.answers:>8}{decile.mean_score:>8.3f}{decile.near:>8.3f}"


def error_lines(scores: ToponymScores, most: int) -> Iterator[str]:
    """The commonest names without an answer near the right point, with what was answered."""
    wrong = Counter(_answer(verdict) for verdict in scores.verdicts if not verdict.is_near)
    for answer, count in wrong.most_common(most):
        yield f"  {count:4} {answer}"


def verdict_lines(scores: ToponymScores) -> Iterator[str]:
    """Each marked name: right or wrong, where it stands, and what was answered."""
    for verdict in scores.verdicts:
        mark = "+" if verdict.is_near else "-"
        yield f"{mark} {verdict.toponym.start_char:6} {_answer(verdict)}"


def _answer(verdict: Verdict) -> str:
    gold = verdict.toponym
    right = [verdict.truth.country_code, verdict.truth.adm1_name, gold.feature]
    latitude, longitude = gold.point or (0.0, 0.0)
    asked = f"{gold.name} [{_joined(right)} {latitude:.2f} {longitude:.2f}]"
    place = verdict.mention.place if verdict.mention is not None else None
    if place is None or verdict.error_km is None:
        return f"{asked}: no answer"
    told = _joined([place.country_code, place.adm1, place.adm2])
    return f"{asked}: {told} {verdict.error_km:.0f} km off, score {verdict.score:.2f}"


def _joined(parts: Sequence[str | None]) -> str:
    return "/".join(part for part in parts if part) or "-"


def score_record(
    corpus: ToponymCorpus, scores: ToponymScores, *, demonyms: bool, errors: int, calibration: bool
) -> dict[str, object]:
    """The figures of one corpus as values that JSON can hold; shares are 0 to 1, distances km."""
    record: dict[str, object] = {
        "corpus": corpus.name,
        "articles": scores.articles,
        "marks_moved": corpus.moved,
        "marks_lost": corpus.lost,
        "demonyms_count": demonyms,
        "resolution": asdict(scores.resolution()),
    }
    if scores.recognition.measures():
        found = {measure: asdict(scores.found(measure)) for measure in (EXACT, OVERLAPPING, END_TO_END)}
        record["recognition"] = {measure.replace(" ", "_"): values for measure, values in found.items()}
    if calibration:
        record["calibration"] = [asdict(decile) for decile in scores.calibration()]
    if errors:
        record["errors"] = [line.strip() for line in error_lines(scores, errors)]
    return record
