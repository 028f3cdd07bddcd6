"""Values in plain words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.model import (
    Actor,
    Category,
    Change,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    Evidence,
    Harm,
    Place,
    Speaker,
    Statistic,
)
from casus.output.wording import (
    claim_words,
    coordinate_words,
    day_words,
    figure_words,
    partial_date_words,
    span_words,
    speaker_words,
    statistic_words,
    when_words,
    where_words,
)
from casus.resolving.countries import CountryTable

HERE = Evidence(0, 1, "test.words")


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        # Nothing is zero that is not told.
        (None, None, None, "number not given"),
        (0, 0, 0, "0"),
        # One figure.
        (28, 28, 28, "28"),
        (1250, 1250, 1250, "1,250"),
        (None, 28, None, "28"),
        # An open end: "at least", "dozens", "up to".
        (28, 28, None, "at least 28"),
        (24, None, None, "at least 24"),
        (None, None, 30, "up to 30"),
        (20, 28, None, "28, at least 20"),
        # Sources that differ.
        (28, 28, 30, "28, up to 30"),
        (None, 28, 30, "28, up to 30"),
        (20, 28, 28, "28, at least 20"),
        (20, 28, 30, "20 to 30, best 28"),
        (28, None, 30, "28 to 30"),
    ],
)
def test_a_toll_is_told_as_people_tell_it(
    low: int | None, best: int | None, high: int | None, words: str
) -> None:
    assert figure_words(low, best, high) == words


FIGURE = st.none() | st.integers(0, 999)


@given(st.tuples(FIGURE, FIGURE, FIGURE))
def test_every_figure_of_a_toll_is_told(figures: tuple[int | None, int | None, int | None]) -> None:
    known = iter(sorted(figure for figure in figures if figure is not None))
    ordered = [None if figure is None else next(known) for figure in figures]
    words = figure_words(*ordered).replace(",", "").split()
    assert {str(figure) for figure in ordered if figure is not None} <= set(words)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (28, 28, "28"),
        (28, 30, "28 to 30"),
        (28, None, "at least 28"),
        (None, 30, "up to 30"),
        (None, None, "number not given"),
    ],
)
def test_a_claimed_figure_is_told_without_a_best_one(low: int | None, high: int | None, words: str) -> None:
    assert span_words(low, high) == words


def when(start: date | None, end: date | None, precision: DatePrecision = DatePrecision.RANGE) -> EventDate:
    return EventDate(start, end, precision)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (when(date(2020, 9, 22), date(2020, 9, 22), DatePrecision.DAY), "Tuesday 22 September 2020"),
        (when(date(2020, 9, 22), date(2020, 9, 23)), "22 to 23 September 2020"),
        (when(date(2020, 9, 30), date(2020, 10, 1)), "30 September to 1 October 2020"),
        (when(date(2020, 12, 31), date(2021, 1, 1)), "31 December 2020 to 1 January 2021"),
        (when(date(2020, 2, 1), date(2020, 2, 29), DatePrecision.MONTH), "February 2020"),
        (when(date(2020, 1, 1), date(2020, 12, 31), DatePrecision.YEAR), "2020"),
        (when(date(2020, 9, 22), None), "since 22 September 2020"),
        (when(None, date(2020, 9, 22)), "until 22 September 2020"),
        (when(None, None, DatePrecision.UNKNOWN), "not known"),
    ],
)
def test_a_date_is_told_as_exactly_as_it_is_known(told: EventDate, words: str) -> None:
    assert when_words(told) == words


def test_a_day_is_told_with_its_weekday() -> None:
    assert day_words(date(2024, 2, 29)) == "Thursday 29 February 2024"


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, None), ("2020", "2020"), ("2020-02", "February 2020"), ("2020-02-09", "9 February 2020")],
)
def test_a_partial_date_keeps_its_precision(value: str | None, words: str | None) -> None:
    assert partial_date_words(value) == words


COUNTRIES = CountryTable.load()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("Bol", "TD", "Lac", "Mamdi"), "Bol, Mamdi, Lac, Chad"),
        # A name is not told twice.
        (Place("near Bol town", "TD", "Lac", "Bol"), "near Bol town, Lac, Chad"),
        (Place("Chad", "TD"), "Chad"),
        (Place(None, "TD"), "Chad"),
        (Place("the lake", None), "the lake"),
        (Place(None, None), "not known"),
    ],
)
def test_a_place_is_told_from_small_to_large(place: Place, words: str) -> None:
    assert where_words(place, COUNTRIES) == words


def test_a_point_is_told_with_what_it_stands_for() -> None:
    place = Place("Bol", "TD", latitude=13.4586, longitude=14.7148, precision_code=1)
    assert coordinate_words(place) == "13.46, 14.71: the exact place"
    assert coordinate_words(Place("Bol", "TD")) is None


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        (Speaker("Ila Doran", "mayor", is_anonymous=False), "Ila Doran, mayor"),
        (Speaker("police", None, is_anonymous=False), "police"),
        (Speaker("police", "police", is_anonymous=False), "police"),
        (
            Speaker("Ila Doran", None, is_anonymous=False, affiliation="town council"),
            "Ila Doran, town council",
        ),
        (Speaker(None, "local doctor", is_anonymous=True), "local doctor, not named"),
        (Speaker(None, None, is_anonymous=True), "somebody who is not named"),
    ],
)
def test_a_speaker_is_told_by_name_and_role(speaker: Speaker, words: str) -> None:
    assert speaker_words(speaker) == words


MAYOR = Speaker("Ila Doran", "mayor", is_anonymous=False)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("e1", ClaimKind.TOLL, MAYOR, HERE, harm=Harm.KILLED, low=9), "killed: at least 9"),
        (
            Claim(
                "e1",
                ClaimKind.TOLL,
                MAYOR,
                HERE,
                harm=Harm.KILLED,
                category=Category.SECURITY_FORCES,
                low=9,
                high=9,
            ),
            "killed (security forces): 9",
        ),
        (Claim("e1", ClaimKind.TOLL, MAYOR, HERE, None, Harm.KILLED, Category.UNKNOWN, 9, 9), "killed: 9"),
        (Claim("e1", ClaimKind.ACCUSATION, MAYOR, HERE, actor=Actor("army")), "against army"),
        (Claim("e1", ClaimKind.CONTROL, MAYOR, HERE, actor=Actor("army")), "held by army"),
        (Claim("e1", ClaimKind.DENIAL, MAYOR, HERE, actor=Actor("army")), "by army"),
        (Claim("e1", ClaimKind.CIRCUMSTANCE, MAYOR, HERE), ""),
    ],
)
def test_a_claim_is_told_without_its_quote(claim: Claim, words: str) -> None:
    assert claim_words(claim) == words


@pytest.mark.parametrize(
    ("change", "percent", "value", "since", "words"),
    [
        (Change.UP, 70.0, None, "2020-02", "up 70 percent since February 2020"),
        (Change.DOWN, 12.5, 340, None, "down 12.5 percent to 340"),
        (None, None, 15000, "1976", "15,000 since 1976"),
        (Change.LEVEL, None, None, None, "unchanged"),
        (None, None, None, None, "no figure given"),
    ],
)
def test_a_statistic_is_told_with_what_is_known_of_it(
    change: Change | None, percent: float | None, value: int | None, since: str | None, words: str
) -> None:
    assert statistic_words(Statistic("deaths", change, percent, value, since, None, HERE)) == words
