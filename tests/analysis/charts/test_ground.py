"""The ground of maps: projections that keep areas, and what of the world lies on a map."""

from __future__ import annotations

from math import asin, cos, degrees, pi, radians, sin, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casus.analysis.charts.ground import (
    EARTH_KM,
    Ground,
    Spot,
    _azimuthal,
    _equal_earth,
    clipped_line,
    clipped_ring,
    ground_of,
)

YEMEN = [Spot(15.5, 43.5), Spot(13.1, 44.9, 100)]


def test_a_quarter_of_the_globe_away_is_the_root_of_two_radii_away() -> None:
    # By hand: Lambert's distance is 2 sin(c/2), c the angle from the middle.
    assert _azimuthal(90, 0, 0) == pytest.approx((sqrt(2), 0))
    assert _azimuthal(0, 90, 0) == pytest.approx((0, sqrt(2)))
    assert _azimuthal(0, 50, 20) == pytest.approx((0, 2 * sin(radians(15))))


def test_the_equal_earth_is_as_wide_to_its_height_as_published() -> None:
    # Šavrič, Patterson and Jenny (2018): the ratio of width to height is 2.05458.
    width, height = 2 * _equal_earth(180, 0)[0], 2 * _equal_earth(0, 90)[1]
    assert width / height == pytest.approx(2.05458, abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(st.floats(-80, 80), st.floats(-75, 75), st.floats(-40, 40))
def test_both_projections_keep_areas(longitude: float, latitude: float, middle: float) -> None:
    step = 1e-4
    true = cos(radians(latitude)) * radians(2 * step) ** 2
    for flat in (lambda x, y: _azimuthal(x, y, middle), _equal_earth):
        east, west = flat(longitude + step, latitude), flat(longitude - step, latitude)
        north, south = flat(longitude, latitude + step), flat(longitude, latitude - step)
        area = (east[0] - west[0]) * (north[1] - south[1]) - (east[1] - west[1]) * (north[0] - south[0])
        assert area == pytest.approx(true, rel=1e-4)


def test_all_places_and_their_circles_lie_on_the_map() -> None:
    for width in (640, 270):
        ground = ground_of(YEMEN, width)
        assert not ground.is_world
        points = [ground.pixel(43.5, 15.5), *ground.circle(YEMEN[1])]
        assert all(0 < x < ground.width and 0 < y < ground.height for x, y in points)


def test_a_circle_is_as_far_around_as_it_says() -> None:
    ground = ground_of(YEMEN, 640)
    x, y = ground.pixel(44.9, 13.1)
    kilometres, pixels = ground.scale_bar()
    for across, down in ground.circle(YEMEN[1]):
        assert sqrt((across - x) ** 2 + (down - y) ** 2) / pixels * kilometres == pytest.approx(100, rel=0.02)


def test_a_single_place_has_ground_around_it() -> None:
    ground = ground_of([Spot(15.5, 43.5)], 640)
    x, y = ground.pixel(43.5, 15.5)
    assert (x, y) == pytest.approx((ground.width / 2, ground.height / 2), abs=1)
    assert ground.east - ground.west > 2


def test_a_country_that_is_named_is_shown_whole_and_its_neighbours_with_it() -> None:
    ground = ground_of(YEMEN, 640, "YE")
    seen = dict(ground.countries())
    assert {"Yemen", "Saudi Arabia", "Oman"} <= set(seen)
    assert all(-2 <= x <= 642 for x, _ in seen["Yemen"][0])
    assert max(x for x, _ in seen["Yemen"][0]) > 400  # its east, where no event was


def test_places_on_both_sides_of_the_line_of_dates_lie_beside_each_other() -> None:
    ground = ground_of([Spot(-17.8, 178.0), Spot(-18.2, -179.0)], 640)
    assert not ground.is_world
    assert ground.pixel(178.0, -17.8)[0] < ground.pixel(-179.0 + 360, -18.2)[0]
    assert ground.pixel(-179.0, -18.2) == ground.pixel(181.0, -18.2)
    assert "Fiji" in dict(ground.countries())


def test_far_places_are_shown_on_the_whole_world() -> None:
    ground = ground_of([Spot(4.6, -74.1), Spot(34.5, 69.2), Spot(-33.9, 151.2)], 640)
    assert ground.is_world
    assert ground.projection == "Equal Earth"
    assert len(ground.countries()) > 150
    assert ground.units() == []


def test_the_scale_bar_is_a_round_number_of_its_true_length() -> None:
    ground = ground_of(YEMEN, 640)
    kilometres, pixels = ground.scale_bar()
    assert str(kilometres).rstrip("0") in {"1", "2", "5"}
    assert 0.08 * ground.width < pixels < 0.23 * ground.width
    middle, level = (ground.west + ground.east) / 2, (ground.south + ground.north) / 2
    half = degrees(2 * asin(sin(kilometres / EARTH_KM / 4) / cos(radians(level))))
    wide = ground.pixel(middle + half, level)[0] - ground.pixel(middle - half, level)[0]
    assert wide == pytest.approx(pixels, rel=0.02)


def test_a_polygon_is_cut_at_the_frame() -> None:
    ring = [(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0), (-5.0, 2.0)]
    (cut,) = clipped_ring(ring, (0.0, 0.0, 10.0, 5.0))
    assert set(cut) == {(0.0, 2.0), (5.0, 2.0), (5.0, 5.0), (0.0, 5.0)}
    assert clipped_ring(ring, (6.0, 0.0, 10.0, 5.0)) == []


def test_a_line_is_cut_into_what_touches_the_frame() -> None:
    line = [(-2.0, 1.0), (-1.0, 1.0), (1.0, 1.0), (12.0, 1.0), (13.0, 2.0), (9.0, 2.0)]
    assert clipped_line(line, (0.0, 0.0, 10.0, 5.0)) == [
        [(-1.0, 1.0), (1.0, 1.0), (12.0, 1.0)],
        [(13.0, 2.0), (9.0, 2.0)],
    ]


def test_a_ground_lies_within_its_frame() -> None:
    ground: Ground = ground_of([Spot(80.0, 0.0), Spot(84.0, 40.0)], 640)
    assert 260 <= ground.height <= 520
    assert ground.scale * pi > 0
