"""Charts of patterns: bars from zero with their range, tiles with their numbers, and what is said below."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from casus.analysis.charts import theme
from casus.analysis.charts.pattern_bars import harms_chart, units_chart
from casus.analysis.charts.pattern_tiles import _LIGHT_INK_FROM, _mixed, parties_chart, repeats_chart
from casus.analysis.patterns.casts import NOBODY, OTHERS
from casus.analysis.patterns.concentration import Concentration
from casus.analysis.patterns.counting import LeftOut, Measure
from casus.analysis.patterns.harms import CivilianShare, HarmCount, Harms
from casus.analysis.patterns.parties import Pairing, Parties, Party
from casus.analysis.patterns.repeats import Cell, Repeats
from casus.analysis.patterns.unit_results import Level, UnitCount, Units
from casus.casebook.browsing.records import Sum
from casus.errors import NotAnswerable
from casus.model import Category, Harm

EVENTS = Concentration(Measure.EVENTS, 2, 6, 1, 0.5, 0.4, 0.1, 0.7, 0.2)
UNITS = Units(
    "all events",
    7,
    Level.ADM1,
    Measure.EVENTS,
    (
        UnitCount(("YE", "Hajjah"), "Hajjah (YE)", 40, Sum(10, 12, 30, 3, 37), 0.8, 0.9, 0.8),
        UnitCount(("YE", "Lahj"), "Lahj (YE)", 10, Sum(0, 0, 0, 0, 10), 0.2, None, 1.0),
    ),
    50,
    Sum(10, 12, 30, 3, 47),
    (EVENTS,),
    (LeftOut("known to the country only", 4),),
    (),
)


def widths(svg: str) -> list[float]:
    """How long the blue bars of a drawing are, in pixels."""
    return [
        float(found) for found in re.findall(r'd="M0,[\d.]+h([\d.]+)v[\d.]+h-[\d.]+Z" fill="#0072b2"', svg)
    ]


def test_bars_of_units_begin_at_zero() -> None:
    chart = units_chart(UNITS)
    most, least, killed = widths(chart.svg())
    assert most / least == pytest.approx(4)
    assert killed > 0
    svg = chart.svg()
    for words in (
        "12 (10–30)",
        "no number",
        "Left out: 4 known to the country only.",
        "Gini coefficient 0.50",
    ):
        assert words in svg
    assert chart.rows[1] == ("Lahj (YE)", 10, None, None, None, 10)
    assert "Hajjah (YE): 40 events, 12 killed (10 to 30)" in chart.alternative


def test_units_that_are_not_drawn_are_told_of() -> None:
    assert "Not drawn: 1 more of 2, with 10 events." in units_chart(UNITS, most=1).caption


def test_places_of_one_name_have_bars_of_their_own() -> None:
    twice = replace(UNITS, counts=(UNITS.counts[0], UNITS.counts[0]))
    assert len(widths(units_chart(twice).svg())) == 4


HARMS = Harms(
    "all events",
    7,
    9,
    0,
    (
        HarmCount(Harm.KILLED, None, 4, Sum(5, 8, 9, 3, 1)),
        HarmCount(Harm.KILLED, Category.CIVILIANS, 3, Sum(3, 4, 5, 2, 0)),
        HarmCount(Harm.KILLED, Category.UNKNOWN, 1, Sum(2, 4, 4, 1, 1)),
        HarmCount(Harm.INJURED, None, 2, Sum(0, 0, 0, 0, 2)),
    ),
    CivilianShare(8, 0, 0, 1.0, 0.5, 1.0),
    (),
)


def test_harms_have_scales_of_their_own_and_those_without_numbers_are_told() -> None:
    chart = harms_chart(HARMS)
    everybody, *parts = widths(chart.svg())
    assert parts == pytest.approx([everybody / 2, everybody / 2])
    assert "Told without any number: injured." in chart.caption
    assert any("Between 50% and 100%" in line for line in chart.caption)
    with pytest.raises(NotAnswerable, match="no toll of all events has a number"):
        harms_chart(replace(HARMS, counts=HARMS.counts[3:]))


def test_a_harm_of_one_category_has_one_bar() -> None:
    one = (HARMS.counts[0], replace(HARMS.counts[0], category=Category.CIVILIANS))
    chart = harms_chart(replace(HARMS, counts=one))
    assert len(widths(chart.svg())) == 1
    assert ">civilians<" in chart.svg()


def test_on_a_narrow_page_panels_stand_below_each_other() -> None:
    wide, narrow = units_chart(UNITS), units_chart(UNITS, width=theme.NARROW)
    assert "hconcat" in wide.drawing
    assert "vconcat" in narrow.drawing
    assert len(widths(narrow.svg())) == 3


def test_letters_can_be_read_on_every_shade() -> None:
    for step in range(101):
        colour = _mixed(step / 100)
        letters = "#ffffff" if step / 100 >= _LIGHT_INK_FROM else "#000000"
        light, dark = sorted((luminance(colour), luminance(letters)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, step


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


REPEATS = Repeats(
    "all events", 7, 30, 40, (0.0, 5.0), (0, 7),
    (
        Cell(0, 0, 0, 0, 3, 1.0, 3.0, 0.001),
        Cell(0, 0, 1, 7, 9, 3.0, 3.0, 0.001),
        Cell(0, 5, 0, 0, 0, 0.0, None, 1.0),
        Cell(0, 5, 1, 7, 4, 4.0, 1.0, 0.5),
    ),
    0.01, 3, 999, 0, (), (),
)  # fmt: skip


def test_ratios_stand_in_their_tiles_and_only_repeats_are_marked() -> None:
    chart = repeats_chart(REPEATS)
    svg = chart.svg()
    assert svg.count("3.00 **") == 1
    assert re.findall(r">(3\.00(?: \*\*)?|1\.00|–)<", svg) == ["3.00", "3.00 **", "–", "1.00"]
    assert "9 / 3.0" in svg
    assert "A sample of 30 of 40 events." in chart.caption
    assert "same place, 1 to 7 days: 3.00 times" in chart.alternative
    calm = replace(REPEATS, cells=REPEATS.cells[2:])
    assert "No band stands out" in repeats_chart(calm).alternative


def party(name: str, events: int) -> Party:
    return Party(name, events, Sum(0, 0, 0, 0, events), {})


PARTIES = Parties(
    "all events", 7, True, None, 9, Sum(4, 4, 4, 1, 8),
    (party("Red Band", 6), party("Grey Band", 2), party(OTHERS, 1)),
    (party("villagers", 8), party(NOBODY, 1)),
    (
        Pairing("Red Band", "villagers", 6, Sum(4, 4, 5, 1, 5)),
        Pairing("Grey Band", NOBODY, 2, Sum(0, 0, 0, 0, 2)),
        Pairing(OTHERS, "villagers", 1, Sum(0, 0, 0, 0, 1)),
    ),
    2,
    (),
)  # fmt: skip


def test_parties_have_a_tile_each_and_others_stand_aside() -> None:
    chart = parties_chart(PARTIES)
    svg = chart.svg()
    assert "4 killed" in svg
    assert svg.count('fill="#004b78"') == 1  # the one pairing of most events between named parties
    assert svg.count('fill="#eceae5"') == 4  # others and nobody
    assert chart.rows[1] == ("Grey Band", NOBODY, 2, None, None, None)
    few = parties_chart(PARTIES, most=1)
    assert {row[0] for row in few.rows} == {"Red Band", OTHERS}
    assert any("are not drawn" in line for line in few.caption)
    with pytest.raises(NotAnswerable, match="draw it directed"):
        parties_chart(replace(PARTIES, is_directed=False))
