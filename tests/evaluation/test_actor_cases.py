"""Tables of phrases: what they ask, how they are scored, and the figures of the shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import BadRecord
from casus.evaluation import read_cases, score_cases, score_lines
from casus.resolving.actors import ActorRegistry

ROOT = Path(__file__).parents[2]
HEADER = "set\ttext\treport_country\tid\tname\tkind\tcategory\tcountry\tparent\n"


def test_an_empty_cell_asks_nothing_and_a_dash_expects_nothing() -> None:
    [case] = read_cases(f"# mine\n{HEADER}own\t{{Gunmen}} fled.\tML\t-\t\tarmed_group\t\t-\t\n", "mine.tsv")
    assert (case.line, case.subset, case.phrase, case.report_country) == (3, "own", "Gunmen", "ML")
    assert case.expected == {"id": "-", "kind": "armed_group", "country": "-"}


def test_right_and_wrong_fields_are_counted() -> None:
    gunmen = "own\t{Gunmen} fled.\tML\t-\t\tmilitia\t\t-\t\n"
    police = "own\t{Malian police} fled.\t\t-\t\tpolice\t\tML\t-\n"
    text = HEADER + gunmen + police
    score = score_cases(read_cases(text, "mine.tsv"), ActorRegistry.load())
    assert (score.asked["own", "kind"], score.right["own", "kind"]) == (2, 1)
    [miss] = score.misses
    assert (miss.case.line, miss.field, miss.found) == (2, "kind", "armed_group")
    header, *lines = score_lines(score)
    assert header.split() == ["set", "field", "asked", "right", "share"]
    assert ["own", "kind", "2", "1", "0.500"] in [line.split() for line in lines]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no cases"),
        ("name\nA\n", "line 1: the header needs text"),
        ("text\tkind\n{A} b\n", "line 2: 1 fields, the header has 2"),
        ("text\tkind\nA b\tgang\n", "line 2: put the words that mean the actor"),
        ("text\tkind\n{A} {b}\tgang\n", "line 2: put the words that mean the actor"),
    ],
)
def test_a_table_of_a_wrong_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadRecord, match=message):
        read_cases(text, "mine.tsv")


def test_the_shipped_table_stays_right() -> None:
    file = ROOT / "benchmarks" / "actors.tsv"
    cases = read_cases(file.read_text("utf-8"), file.name)
    assert len(cases) >= 150
    score = score_cases(cases, ActorRegistry.load())
    known = [("Kuki gunmen", "kind"), ("Kuki gunmen", "country")]  # peoples are told by no list
    assert [(miss.case.phrase, miss.field) for miss in score.misses] == known
