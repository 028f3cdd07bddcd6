"""What statistics count, by their words."""

from __future__ import annotations

import pytest

from casus.analysis.checks.measures import Measure, measure_of, places_in
from casus.model import Category, EventType, Harm

ATTACKS = (
    EventType.ATTACK,
    EventType.KILLING,
    EventType.BOMBING,
    EventType.SHELLING,
    EventType.AIR_STRIKE,
)


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("attacks", Measure(ATTACKS)),
        ("the number of air strikes", Measure((EventType.AIR_STRIKE,))),
        ("suicide bombings", Measure((EventType.BOMBING,))),
        (
            "bombings and other assaults by the Karama Front",
            Measure((EventType.BOMBING, *(one for one in ATTACKS if one is not EventType.BOMBING)),
                    perpetrator="Karama Front"),
        ),
        ("Karama Front attacks", Measure(ATTACKS, perpetrator="Karama Front")),
        ("attacks by its fighters", Measure(ATTACKS, perpetrator="its fighters")),
        ("attacks against the Karama Front", Measure(ATTACKS, target="Karama Front")),
        ("attacks in Yemen", Measure(ATTACKS, where=("Yemen",))),
        ("people killed", Measure(harms=(Harm.KILLED,))),
        ("civilians killed by the Karama Front", Measure(
            harms=(Harm.KILLED,), categories=(Category.CIVILIANS,), perpetrator="Karama Front")),
        ("killings of civilians", Measure(harms=(Harm.KILLED,), categories=(Category.CIVILIANS,))),
        ("soldiers wounded in Yemen", Measure(
            harms=(Harm.INJURED,), categories=(Category.SECURITY_FORCES,), where=("Yemen",))),
        ("casualties", Measure(harms=(Harm.KILLED, Harm.INJURED))),
        ("lives lost in the Yemen war", Measure(harms=(Harm.KILLED,), where=("Yemen",))),
        ("people displaced by the war", Measure(harms=(Harm.DISPLACED,))),
    ],
)  # fmt: skip
def test_words_say_what_is_counted(words: str, measure: Measure) -> None:
    assert measure_of(words) == measure
    assert measure.is_understood


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("ceasefire violations by the Karama Front", ("ceasefire", "violations")),
        ("insurgent attacks", ("insurgent",)),
        ("attacks on civilians", ("civilians",)),
        ("seizures", ("seizures",)),
        ("roadside bombings", ("roadside",)),
        ("", ()),
        ("people", ()),
    ],
)
def test_what_is_not_understood_is_not_guessed(words: str, unknown: tuple[str, ...]) -> None:
    measure = measure_of(words)
    assert not measure.is_understood
    assert measure.unknown == unknown


def test_places_of_a_sentence_end_where_the_time_begins() -> None:
    told = "Over 90 people have been killed in Hajjah since the talks in Oman, in a bad year"
    assert places_in(told) == ("Hajjah",)
