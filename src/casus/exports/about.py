"""What stands beside the data: who made the set, with what, from what, and what one may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from casus import __version__
from casus.casebook.book import Casebook

FORMAT = "casus-events/1"
ATTRIBUTION = (
    "Place names, units and coordinates: GeoNames (https://www.geonames.org), CC BY 4.0 "
    "(https://creativecommons.org/licenses/by/4.0/)."
)
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
}


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a data set.  `made_at` is aware; `licence` a name of the SPDX list."""

    made_at: datetime
    readers: tuple[str, ...] = ()
    title: str = "Events of political violence"
    description: str = "Events computed from published reports by Casus; each keeps its sources and claims."
    licence: str = "CC-BY-4.0"

    @property
    def made(self) -> str:
        """When it was made, in UTC, as ISO 8601."""
        return self.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def software(self) -> str:
        """What made it, with its version."""
        return f"Casus {__version__}"

    def record(self) -> dict[str, object]:
        """All of it as values that JSON has."""
        return {
            "format": FORMAT,
            "title": self.title,
            "description": self.description,
            "created": self.made,
            "software": self.software,
            "readers": list(self.readers),
            "licence": self.licence,
            "attribution": ATTRIBUTION,
        }


def about(casebook: Casebook, made_at: datetime, *, licence: str = "CC-BY-4.0") -> About:
    """What is to be told of an export of a casebook."""
    return About(made_at, casebook.readers(), licence=licence)
