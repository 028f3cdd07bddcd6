"""Persons and dates on a parsed sentence: each row is a sentence and its entities."""

from __future__ import annotations

from datetime import date

import pytest

from casus.model import Report
from casus.reading.entities import label_entities
from casus.reading.parsing import Job, load_pipeline, parse
from casus.reading.segmenting import stretches
from casus.resolving.dates import find_dates

CASES = [
    # A title, a rank or an office before the name.
    ("President Lusala Kanda spoke.", {("Lusala Kanda", "PERSON")}),
    ("The police chief, Colonel Imad Sarraf, agreed.", {("Imad Sarraf", "PERSON")}),
    ("They met Governor Tamba.", {("Tamba", "PERSON")}),
    # An age or an office after it.
    ("Amina Diallo, 34, was hurt.", {("Amina Diallo", "PERSON")}),
    ("Amina Diallo, a teacher, was hurt.", {("Amina Diallo", "PERSON")}),
    # A name alone may be anything.
    ("Amina Diallo was hurt.", set()),
    ("They fled to Tel Rimon, a village.", set()),
    # Dates that the date grammar found.
    ("A bomb went off on 3 May 2021.", {("on 3 May 2021", "DATE")}),
    ("President Kanda left on Friday.", {("Kanda", "PERSON"), ("on Friday", "DATE")}),
    ("Nobody came.", set()),
]


@pytest.mark.parametrize(("text", "entities"), CASES)
def test_a_sentence_has_these_entities(text: str, entities: set[tuple[str, str]]) -> None:
    report = Report.of(text)
    [[sentence]] = parse(load_pipeline(), [Job(text, tuple(enumerate(stretches(report))))])
    label_entities(sentence, find_dates(text, published_on=date(2021, 5, 10)))
    assert {(entity.text, entity.label_) for entity in sentence.doc.ents} == entities
