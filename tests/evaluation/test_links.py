"""The measures of linking, and how well linked reports of a shared folder are linked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casus.errors import BadRecord, SourceMissing
from casus.evaluation.links import (
    LinkedEvent,
    Links,
    Mention,
    PredictedEvent,
    Prediction,
    linked,
    read_links,
    read_prediction,
    read_reports,
    scores_of,
)
from casus.reading.reader import RuleReader

SHARED = Path(__file__).parents[3] / "shared" / "links"


def event(name: str, *reports: str, day: str = "2020-03-04", country: str = "YE") -> LinkedEvent:
    mentions = tuple(Mention(report=report) for report in reports)
    return LinkedEvent(event=name, date=day, country=country, mentions=mentions)


def found(*groups: str) -> Prediction:
    return Prediction(
        events=tuple(PredictedEvent(event=group, reports=tuple(group.split())) for group in groups)
    )


LINKS = Links(events=(event("one", "a", "b", "c"), event("two", "d", "e", day="2020-03-20")))


def test_a_perfect_prediction_scores_one() -> None:
    scores = scores_of(LINKS, found("a b c", "d e"))
    assert (scores.pairs.f1, scores.main_pairs.f1, scores.ceaf.f1) == (1.0, 1.0, 1.0)
    assert (scores.confusable, scores.confused) == (6, 0)


def test_a_missed_link_costs_recall_and_a_wrong_one_precision() -> None:
    missed = scores_of(LINKS, found("a b", "c", "d e")).pairs
    assert (missed.precision, missed.recall) == (1.0, 0.5)
    wrong = scores_of(LINKS, found("a b c d e"))
    assert (wrong.pairs.precision, wrong.pairs.recall) == (0.4, 1.0)
    assert wrong.confused == 6


def test_one_event_too_many_costs_ceaf() -> None:
    scores = scores_of(LINKS, found("a b c", "d e", "f")).ceaf
    assert (round(scores.precision, 3), scores.recall) == (0.667, 1.0)


def test_a_folder_of_a_wrong_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="name a folder"):
        read_links(tmp_path)
    (tmp_path / "links.json").write_text('{"events": [{"event": "e"}]}')
    with pytest.raises(BadRecord, match=r"events\.0\.mentions"):
        read_links(tmp_path)
    (tmp_path / "reports.jsonl").write_text('{"id": "r1"}\n')
    with pytest.raises(BadRecord, match="line 1"):
        list(read_reports(tmp_path))


def test_a_prediction_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "predicted.json"
    path.write_text(json.dumps({"events": [{"event": "x", "reports": ["a", "b"]}], "copies": [["a", "b"]]}))
    assert read_prediction(path).copies == (("a", "b"),)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the linked reports are not here")
def test_shared_reports_are_linked() -> None:
    prediction = linked(RuleReader().read_all(read_reports(SHARED)))
    scores = scores_of(read_links(SHARED), prediction)
    assert scores.pairs.f1 >= 0.88
    assert scores.ceaf.f1 >= 0.82
    assert scores.copies.f1 >= 0.99
    assert scores.confused <= 1
