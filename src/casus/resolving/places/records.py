"""What place resolving gives: the mentions of a report, each with a `Place`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casus.model import Place


class PlaceKind(StrEnum):
    """What a mention names."""

    COUNTRY = "country"
    ADM1 = "adm1"
    ADM2 = "adm2"
    SETTLEMENT = "settlement"
    FEATURE = "feature"
    REGION = "region"
    DEMONYM = "demonym"
    UNKNOWN = "unknown"


class PlaceRelation(StrEnum):
    """How what the sentence tells lies to the named place.

    `part`: in a part of it ("northern Baghdad"); `offset`: at a distance or in a
    direction from it; `off`: at sea before it; `border`: at its border.
    """

    IN = "in"
    NEAR = "near"
    OFFSET = "offset"
    BETWEEN = "between"
    OFF = "off"
    BORDER = "border"
    PART = "part"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a report names.

    `start_char` to `end_char` is the name, `phrase_start` to `phrase_end` the phrase
    around it ("40 km south of Kirkuk"); half-open offsets into the text.
    `distance_km` and `bearing` (degrees clockwise from north) are those of an offset,
    None where the text has none.  `place` is the point that the relation gives, so the
    one south of Kirkuk and not Kirkuk itself; its name and GeoNames id are those of
    Kirkuk, whose own point is then `own_point`.  `is_dateline` marks the place of
    writing at the head, `is_metonym` a capital that stands for its government.
    """

    start_char: int
    end_char: int
    phrase_start: int
    phrase_end: int
    kind: PlaceKind
    relation: PlaceRelation
    place: Place
    distance_km: float | None = None
    bearing: float | None = None
    is_dateline: bool = False
    is_metonym: bool = False
    own_point: tuple[float, float] | None = None

    @property
    def anchor_point(self) -> tuple[float, float] | None:
        """Latitude and longitude of the named place itself, None where it has no point."""
        if self.own_point is not None:
            return self.own_point
        if self.place.latitude is None or self.place.longitude is None:
            return None
        return self.place.latitude, self.place.longitude
