"""What several mentions together say of a place: "X, 12 km west of Y", "between A and B"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casus.model import Evidence, Place
from casus.resolving.places.geodesy import distance_km, midpoint
from casus.resolving.places.precisions import FUZZY, NEAR_IT
from casus.resolving.places.records import PlaceMention, PlaceRelation

_TOLD_SCORE = 0.3
_FAR_APART_KM = 50.0
_NOTHING_BETWEEN_KM = 600.0


def with_place(mention: PlaceMention, place: Place) -> PlaceMention:
    """A mention with the place that its relation gives; where the point moves, its own is kept."""
    has_moved = (place.latitude, place.longitude) != (mention.place.latitude, mention.place.longitude)
    own_point = mention.anchor_point if has_moved else mention.own_point
    return replace(mention, place=place, own_point=own_point)


def at_offsets(mentions: Sequence[PlaceMention], pairs: Sequence[tuple[int, int]]) -> list[PlaceMention]:
    """The mentions with unknown places where the text measures them from others: "X, 12 km west of Y"."""
    placed = list(mentions)
    for unknown, anchor in pairs:
        place, measured = placed[unknown].place, placed[anchor]
        if place.evidence[0].rule != "place.unknown" or measured.place.latitude is None:
            continue
        if measured.relation is PlaceRelation.OFFSET and (
            measured.distance_km is None or measured.bearing is None
        ):
            continue
        evidence = Evidence(measured.phrase_start, measured.phrase_end, "place.offset")
        place = replace(
            place,
            latitude=measured.place.latitude,
            longitude=measured.place.longitude,
            precision_code=NEAR_IT,
            score=_TOLD_SCORE,
            evidence=(*place.evidence, evidence),
        )
        placed[unknown] = replace(placed[unknown], place=place)
    return placed


def join_between(mentions: Sequence[PlaceMention], pairs: Sequence[tuple[int, int]]) -> list[PlaceMention]:
    """The mentions with "between A and B" put halfway, for pairs of indices.

    Where the two are far apart, as in "talks between A and B", each stays where it is.
    """
    joined = list(mentions)
    for pair in pairs:
        first, second = (joined[index].place for index in pair)
        if None in (first.latitude, first.longitude, second.latitude, second.longitude):
            continue
        ends = (
            first.latitude or 0.0,
            first.longitude or 0.0,
            second.latitude or 0.0,
            second.longitude or 0.0,
        )
        apart = distance_km(*ends)
        if apart > _NOTHING_BETWEEN_KM:
            continue  # "talks between Washington and Moscow"
        precision = FUZZY if apart > _FAR_APART_KM else NEAR_IT
        latitude, longitude = midpoint(*ends)
        start = min(joined[index].phrase_start for index in pair)
        end = max(joined[index].phrase_end for index in pair)
        for index in pair:
            place = replace(
                joined[index].place, latitude=latitude, longitude=longitude, precision_code=precision
            )
            joined[index] = replace(
                with_place(joined[index], place),
                relation=PlaceRelation.BETWEEN,
                phrase_start=start,
                phrase_end=end,
            )
    return joined


def share_border(mentions: Sequence[PlaceMention], pairs: Sequence[tuple[int, int]]) -> list[PlaceMention]:
    """The mentions with both countries of "the border between A and B" at it."""
    shared = list(mentions)
    for one, other in pairs:
        if shared[one].relation is PlaceRelation.BORDER and shared[other].relation is PlaceRelation.IN:
            place = replace(shared[other].place, precision_code=FUZZY)
            shared[other] = replace(shared[other], relation=PlaceRelation.BORDER, place=place)
    return shared
