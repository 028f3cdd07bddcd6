"""Which of many events are near each other: pairs by bands of distance along great circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from casus.casebook.browsing.columns import Floats, Numbers

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the Earth (IUGG); distances on it are within 0.6 percent of those on the ellipsoid."""
_SLACK = 1e-9  # of a chord of the unit sphere: some 6 mm
_FURTHEST_KM = np.pi * EARTH_RADIUS_KM


@dataclass(frozen=True, slots=True, eq=False)
class NearPairs:
    """Pairs of events by band of distance: the rows of both, those of the first band first.

    The pairs of band k stand from `starts[k]` to `starts[k + 1]`.
    """

    first: Numbers
    second: Numbers
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Events on a sphere: the distinct points, and how many of the `rows`, in turn, are at each."""

    sphere: Floats  # a row of x, y and z a point
    rows: Numbers
    counts: Numbers

    @classmethod
    def of(cls, latitude: Floats, longitude: Floats) -> Points:
        """The points of events, by degrees."""
        degrees, point, counts = np.unique(
            np.stack((latitude, longitude), axis=1), axis=0, return_inverse=True, return_counts=True
        )
        north, east = np.radians(degrees).T
        sphere = np.stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)), axis=1)
        return cls(sphere, np.argsort(point.reshape(-1), kind="stable"), counts)

    def near(self, most_km: float) -> int:
        """How many pairs of events are within a distance."""
        tree = cKDTree(self.sphere)
        weights = self.counts.astype(np.float64)
        both_ways = tree.count_neighbors(tree, _chord(most_km), weights=(weights, weights))
        return (round(float(both_ways)) - int(self.counts.sum())) // 2

    def pairs(self, edges_km: Sequence[float]) -> NearPairs:
        """The pairs of events by bands of distance, each up to an edge and beyond the one before it."""
        tree = cKDTree(self.sphere)
        at = tree.query_pairs(_chord(edges_km[-1]), output_type="ndarray").astype(np.int64)
        chords = np.linalg.norm(self.sphere[at[:, 0]] - self.sphere[at[:, 1]], axis=1)
        band = np.searchsorted([_chord(edge) for edge in edges_km], chords)
        first, second, bands = self._events_at(at, band)
        order = np.argsort(bands, kind="stable")
        starts = np.searchsorted(bands[order], np.arange(len(edges_km) + 1))
        return NearPairs(first[order], second[order], tuple(starts.tolist()))

    def _events_at(self, at: Numbers, band: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The pairs of events of pairs of points, and those at one point, which are in the first band."""
        starts = np.cumsum(self.counts) - self.counts
        crowded = np.flatnonzero(self.counts > 1)
        one = np.concatenate((at[:, 0], crowded))
        other = np.concatenate((at[:, 1], crowded))
        bands = np.concatenate((band, np.zeros(len(crowded), dtype=np.int64)))
        sizes = self.counts[one] * self.counts[other]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        across = np.repeat(self.counts[other], sizes)
        first = np.repeat(starts[one], sizes) + within // across
        second = np.repeat(starts[other], sizes) + within % across
        is_pair = (first < second) | np.repeat(one != other, sizes)
        return self.rows[first[is_pair]], self.rows[second[is_pair]], np.repeat(bands, sizes)[is_pair]


def _chord(distance_km: float) -> float:
    """The straight line between two points of the unit sphere so far from each other along it."""
    angle = min(distance_km, _FURTHEST_KM) / EARTH_RADIUS_KM
    return float(2 * np.sin(angle / 2)) + _SLACK
