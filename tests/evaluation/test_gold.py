"""Our measures are those of the gold reports' own scorer, to the digit."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from casus.evaluation import Comparison, compare, report_line, table_lines
from casus.evaluation.gold import killed_figure, score_record
from casus.evaluation.tally import Tally
from casus.model import Category, EventType, Harm
from casus.output.gold import GoldEvent, GoldRecord, GoldToll, gold_record
from factories import sample_reading

SCORER = Path(__file__).parents[3] / "shared" / "gold" / "score.py"
needs_scorer = pytest.mark.skipif(
    not SCORER.is_file(), reason="the gold reports and their scorer are not here"
)

RECORD = gold_record(sample_reading(), "1.txt")


def toll(harm: Harm, low: int | None, best: int | None) -> GoldToll:
    return GoldToll(harm=harm, category=Category.UNKNOWN, low=low, best=best, high=None)


def with_tolls(*tolls: GoldToll) -> GoldEvent:
    return RECORD.events[0].model_copy(update={"tolls": tolls})


@pytest.mark.parametrize(
    ("tolls", "figure"),
    [
        ((), None),
        ((toll(Harm.INJURED, 3, 3),), None),
        ((toll(Harm.KILLED, None, None),), None),
        ((toll(Harm.KILLED, 24, None),), 24),
        ((toll(Harm.KILLED, 2, 3), toll(Harm.KILLED, 4, None), toll(Harm.INJURED, 9, 9)), 7),
    ],
)
def test_the_killed_figure_is_the_sum_of_best_else_low(
    tolls: tuple[GoldToll, ...], figure: int | None
) -> None:
    assert killed_figure(with_tolls(*tolls)) == figure


def f1_of(found: GoldRecord, measure: str) -> float:
    tally = Tally()
    score_record(RECORD, found, tally)
    return tally.score(measure).f1


def test_a_record_agrees_with_itself() -> None:
    tally = Tally()
    score_record(RECORD, RECORD, tally)
    # A claim on no event can't be matched: the scorer ties each claim to a pair of events.
    partial = {"claims", "claims: circumstance"}
    assert {measure for measure in tally.measures() if tally.score(measure).f1 < 1} == partial


@pytest.mark.parametrize(
    ("field", "value", "measure"),
    [
        ("event_type", EventType.BOMBING, "event type"),
        ("end", date(2021, 5, 9), "date"),
        ("country", "SY", "country"),
        ("adm1", "Upper Galilee", "adm1"),
        ("perpetrators", ("gunmen",), "perpetrators"),
        ("targets", ("soldiers",), "targets"),
        ("tolls", (), "killed"),
        ("tolls", (), "toll rows"),
    ],
)
def test_a_wrong_field_costs_its_own_measure(field: str, value: object, measure: str) -> None:
    first, second = RECORD.events
    wrong = RECORD.model_copy(update={"events": (first.model_copy(update={field: value}), second)})
    assert f1_of(wrong, measure) < 1
    assert f1_of(wrong, "events") == 1


def test_nothing_found_is_nothing_right() -> None:
    empty = RECORD.model_copy(update={"events": (), "claims": (), "agreements": (), "statistics": ()})
    assert f1_of(empty, "events") == 0
    assert compare([(empty, empty), (empty, RECORD)]).clean == 1


@needs_scorer
@pytest.mark.parametrize("seed", range(12))
def test_table_and_lines_are_those_of_the_scorer(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    paths = rng.sample(sorted(SCORER.parent.glob("*.json")), 12)
    gold, found, lines = tmp_path / "gold", tmp_path / "found", []
    gold.mkdir()
    found.mkdir()
    comparison = Comparison()
    contents = [json.loads(path.read_text("utf-8")) for path in paths]
    for number, content in enumerate(contents):
        name = f"{number:03}.json"
        changed = _perturbed(content, rng.choice(contents), rng)
        (gold / name).write_text(json.dumps(content), encoding="utf-8")
        (found / name).write_text(json.dumps(changed), encoding="utf-8")
        tally = comparison.add(GoldRecord.model_validate(content), GoldRecord.model_validate(changed))
        lines.append(report_line(f"{number:03}", tally))
    command = [sys.executable, str(SCORER), str(gold), str(found), "--each"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [*lines, *table_lines(comparison)]


def _perturbed(content: dict[str, object], other: dict[str, object], rng: random.Random) -> dict[str, object]:
    """A record as a reader could give it: parts lost, taken from another report, or changed."""
    changed = json.loads(json.dumps(content))
    for key in ("events", "claims", "agreements", "statistics"):
        kept = [item for item in changed[key] if rng.random() < 0.8]
        strays = [item for item in json.loads(json.dumps(other[key])) if rng.random() < 0.3]
        changed[key] = kept + strays
        rng.shuffle(changed[key])
    for number, event in enumerate(changed["events"]):
        _perturb_event(event, rng)
        if rng.random() < 0.1:
            event["id"] = f"x{number}"
    ids = {}
    for event in changed["events"]:  # ids must be unique in a record
        while event["id"] in ids:
            event["id"] += "b"
        ids[event["id"]] = event
    for claim in changed["claims"]:
        _perturb_claim(claim, list(ids), rng)
    for agreement in changed["agreements"]:
        agreement["date"] = rng.choice([agreement["date"], None, "2020-02"])
    for statistic in changed["statistics"]:
        statistic["percent"] = rng.choice([statistic["percent"], None, 12.5])
    return changed


def _perturb_event(event: dict[str, object], rng: random.Random) -> None:
    names = ["United States", "U.S. troops", "the army", "villagers", "children", "gunmen", "Aleppo province"]
    for key in ("perpetrators", "targets"):
        event[key] = rng.choice([event[key], event[key], [], [rng.choice(names)]])
    for key in ("place", "adm1", "adm2"):
        given = event[key]
        misspelt = given[:-1] + "x" if isinstance(given, str) and given else given
        event[key] = rng.choice([given, given, misspelt, None, rng.choice(names)])
    event["event_type"] = rng.choice([event["event_type"], "attack"])
    event["start"] = rng.choice([event["start"], event["start"], None, "2020-02-09"])
    event["country"] = rng.choice([event["country"], event["country"], None, "AF"])
    event["main"] = rng.choice([True, False])
    tolls = event["tolls"]
    assert isinstance(tolls, list)
    for row in tolls:
        low = rng.choice([row["low"], row["low"], None, 7])
        best = rng.choice([row["best"], row["best"], None, 7])
        row.update(low=low, best=best, category=rng.choice([row["category"], "unknown"]))


def _perturb_claim(claim: dict[str, object], ids: list[str], rng: random.Random) -> None:
    claim["event"] = rng.choice([claim["event"], claim["event"], None, *ids[:1]])
    claim["role"] = rng.choice([claim["role"], None, "police spokesman"])
    if rng.random() < 0.3:
        claim["speaker"], claim["anonymous"] = rng.choice(
            [(None, True), ("the police", False), (None, False)]
        )
    if claim["kind"] == "toll":
        claim["low"] = rng.choice([claim["low"], claim["low"], None, 3])
