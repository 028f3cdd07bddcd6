"""What holds for every text: it reads, the same each time, and its evidence says what the values say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import casus
from casus.model import Evidence, Reading
from casus.reading.quantities import find_quantities

DAY = date(2020, 9, 23)

# Pieces of news that set off many rules, to be put together in any order.
PIECES = (
    "Gunmen killed four farmers near Gwoza on Monday, police said.",
    "At least 12 people, including three children, were wounded in the blast",
    "The army denied that its troops had shelled the village of Rann.",
    "“We did it,” a spokesman for the rebels told reporters by telephone",
    "between five and seven soldiers died",
    "raising the toll to 17",
    "He added that no one was hurt.",
    "On 12 May 2019, a convoy was ambushed 40 km south of Kirkuk",
    "dozens were abducted; two of them later escaped",
    "The two sides agreed to a ceasefire until Friday",
    "more than 1,200 civilians have been killed since January",
    "\n\n",
    "—",
    '"',
    "(AP)",
    "the group claimed responsibility for the attack",
    "in Aleppo, Syria",
    "she said",
    "تفجير",
    "\u2028",
    "🔥",
    "3-5",
    "'s",
)
NEWS = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=14).map(" ".join)
ANYTHING = st.text(max_size=400) | NEWS
TRIALS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def evidence_of(reading: Reading) -> Iterator[Evidence]:
    """All the evidence of a reading."""
    for event in reading.events:
        yield from event.evidence
        yield from event.when.evidence
        yield from event.where.evidence if event.where is not None else ()
        for toll in event.tolls:
            yield from toll.evidence
        for actor in (*event.perpetrators, *event.targets):
            yield from actor.evidence
        for weapon in event.weapons:
            yield from weapon.evidence
    for claim in reading.claims:
        yield claim.quote
    for agreement in reading.agreements:
        yield agreement.quote
        for commitment in agreement.commitments:
            yield from commitment.evidence
    for statistic in reading.statistics:
        yield statistic.quote


@TRIALS
@given(text=ANYTHING, published=st.none() | st.just(DAY))
def test_any_text_reads_and_its_evidence_lies_in_it(text: str, published: date | None) -> None:
    reading = casus.read(text, published=published)
    for evidence in evidence_of(reading):
        assert 0 <= evidence.start_char < evidence.end_char <= len(reading.report.text)
        assert reading.quote(evidence).strip()
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", evidence.rule), evidence.rule


@TRIALS
@given(text=NEWS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert casus.read(text, published=DAY) == casus.read(text, published=DAY)


@TRIALS
@given(text=NEWS, title=st.sampled_from(("", "Four killed in Gwoza", "Rebels free 12")))
def test_an_actor_of_no_registry_stands_in_the_words_of_their_evidence(text: str, title: str) -> None:
    reading = casus.read(text, title=title or None, published=DAY)
    for event in reading.events:
        for actor in (*event.perpetrators, *event.targets):
            if actor.registry_id is None and actor.country_code is None:
                quotes = " ".join(reading.quote(e) for e in actor.evidence).lower()
                is_reference = quotes in ("the group", "they")
                assert is_reference or any(word in quotes for word in actor.name.lower().split())


@pytest.mark.parametrize("number", [1, 2, 3, 7, 12, 19, 20, 45, 100, 128, 1200, 45000])
@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels killed {} soldiers near Gao on Tuesday.",
        "{} soldiers were killed near Gao on Tuesday when rebels attacked their camp.",
        "An attack by rebels on Tuesday left {} soldiers dead near Gao.",
    ],
)
def test_a_toll_points_at_the_number_that_it_was_read_from(number: int, sentence: str) -> None:
    reading = casus.read(sentence.format(f"{number:,}"), published=DAY)
    (toll,) = [toll for event in reading.events for toll in event.tolls]
    quoted = " ".join(reading.quote(e) for e in toll.evidence)
    assert toll.best == number
    assert number in [quantity.best for quantity in find_quantities(quoted.lower().split())]
