"""Knox's test against the published example, a case solved by hand, and every pair counted one by one."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.analysis.patterns.knox import expected_pairs, knox, soon_pairs
from casus.analysis.patterns.nearness import EARTH_RADIUS_KM, Points

DEGREE_KM = np.pi * EARTH_RADIUS_KM / 180


def great_circle_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance by the spherical law of cosines, in another way than the code."""
    (north, east), (to_north, to_east) = np.radians(one), np.radians(other)
    cosine = np.sin(north) * np.sin(to_north) + np.cos(north) * np.cos(to_north) * np.cos(east - to_east)
    return float(EARTH_RADIUS_KM * np.arccos(np.clip(cosine, -1, 1)))


def test_the_expectation_is_that_of_knox_1964() -> None:
    """Childhood leukaemia in Northumberland and Durham, 1951-60 (Knox 1964, Br J Prev Soc Med 18:17).

    Of 96 children 152 pairs fell ill within 60 days, 25 pairs within 1 km, 5 pairs both; 0.83
    were expected.
    """
    assert expected_pairs(25, 152, 96) == pytest.approx(0.83, abs=0.005)


@pytest.mark.parametrize("later", [10, 40_000])  # the second beyond what two bytes hold
def test_two_pairs_by_hand(later: int) -> None:
    """Two villages far from each other with two events each, a day apart in each.

    Of the six pairs two are near and the same two are soon: 2 * 2 / 6 = 2/3 are expected.
    Of the 24 orders of the days each third has both pairs soon, so that p is 1/3.
    """
    points = Points.of(np.array([1.0, 1.0, 9.0, 9.0]), np.array([2.0, 2.0, 2.0, 2.0]))
    days = np.array([0, 1, later, later + 1])
    found = knox(points.pairs([1.0]), days, [1], draws=1999, seed=3)
    assert found.observed.tolist() == [[2]]
    assert found.expected == pytest.approx(np.array([[2 / 3]]))
    exact = np.mean([abs(a - b) <= 1 and abs(c - d) <= 1 for a, b, c, d in permutations(days)])
    assert exact == pytest.approx(1 / 3)
    assert found.p[0, 0] == pytest.approx(exact, abs=0.03)
    assert found.pairs == 6


PLACES = st.tuples(st.sampled_from([0.0, 0.02, 0.3, 60.0]), st.sampled_from([-180.0, 179.99, 0.0, 0.2]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PLACES, st.integers(0, 20)), min_size=2, max_size=14))
def test_pairs_are_those_of_every_pair_counted(told: list[tuple[tuple[float, float], int]]) -> None:
    edges_km, edges = [0.0, 5.0, 50.0], [0, 3, 9]
    latitude, longitude = np.array([place for place, _ in told]).T
    days = np.array([day for _, day in told])
    points = Points.of(latitude, longitude)
    expected = np.zeros((3, 3), dtype=np.int64)
    near = 0
    for (one, day), (other, later) in combinations(told, 2):
        # Pairs of one point have no distance, whichever side of the date line it is told from.
        distance, lag = great_circle_km(one, other), abs(day - later)
        distance = 0.0 if distance < 0.001 else distance
        near += distance <= 50
        if distance <= 50 and lag <= 9:
            expected[np.searchsorted(edges_km, distance), np.searchsorted(edges, lag)] += 1
    assert points.near(50.0) == near
    pairs = points.pairs(edges_km)
    assert len(pairs.first) == near
    assert knox(pairs, days, edges, draws=1, seed=0).observed.tolist() == expected.tolist()
    lags = [abs(one - other) for one, other in combinations(days.tolist(), 2)]
    assert soon_pairs(days, edges).tolist() == [
        sum(low < lag <= high for lag in lags) for low, high in ((-1, 0), (0, 3), (3, 9))
    ]


def test_bands_end_at_their_kilometres() -> None:
    latitude = np.array([10.0, 10.0 + 4.999 / DEGREE_KM, 10.0 - 5.001 / DEGREE_KM])
    points = Points.of(latitude, np.zeros(3))
    assert points.near(5.0) == 1
    assert points.near(5.002) == 2


def test_events_without_a_pattern_stand_out_seldom_and_those_with_one_do() -> None:
    rng = np.random.default_rng(4)
    latitude, longitude = rng.uniform(0, 0.5, (2, 150))
    days = rng.integers(0, 300, 150)
    edges_km, edges = [0.0, 5.0, 10.0], [0, 7, 14]
    without = knox(Points.of(latitude, longitude).pairs(edges_km), days, edges, draws=199, seed=0)
    assert without.p_any > 0.05
    # Each of fifty events is followed within a week at some kilometres.
    latitude = np.concatenate((latitude, latitude[:50] + 0.02))
    longitude = np.concatenate((longitude, longitude[:50]))
    days = np.concatenate((days, days[:50] + rng.integers(1, 8, 50)))
    followed = knox(Points.of(latitude, longitude).pairs(edges_km), days, edges, draws=199, seed=0)
    assert followed.observed[1, 1] > 2 * followed.expected[1, 1]
    assert followed.p[1, 1] == pytest.approx(1 / 200)
    assert followed.p_any == pytest.approx(1 / 200)
